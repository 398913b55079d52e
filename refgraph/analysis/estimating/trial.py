"""A trial: the gifts that are tested, and the record they are tested on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Trial"]


@dataclass(frozen=True, slots=True)
class Trial:
    """The gifts to be tested, and the record they are tested on, as arrays.

    Attributes
    ----------
    people : int
        Number of people; positions below count from 0 to ``people`` - 1.
    horizon : int
        Days within which a return counts as an answer.
    giver, receiver, day : ndarray of int64
        Of each gift that is tested, by day, giver, receiver; days count from 1970.
    answered : ndarray of bool
        Whether it was answered within the horizon.
    past : pandas.DataFrame
        Every episode but the swapped: ``giver`` and ``receiver`` (positions), ``opened``,
        ``ended`` (the last day on which the ranking does not count it as closed yet),
        ``answered`` and ``answer`` (the day of the answer; of no meaning if there is none).
    rows : pandas.DataFrame
        Every referral with a date: ``giver``, ``receiver``, ``day``, ``count``,
        ``unasked`` (whether it answered no episode).
    """

    people: int
    horizon: int
    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    day: NDArray[np.int64]
    answered: NDArray[np.bool_]
    past: pd.DataFrame
    rows: pd.DataFrame
