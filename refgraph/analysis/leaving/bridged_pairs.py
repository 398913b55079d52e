"""Pairs whom only one person brings within two steps, and the introductions that keep them so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Bridged", "choose_introductions", "find_bridged"]


@dataclass(frozen=True)
class Bridged:
    """The introductions to make, and what they keep.

    Attributes
    ----------
    introductions : tuple of (int, int, int)
        The two people, by their places among the contacts, and the pairs that it keeps beyond
        those before it.
    kept : int
        Pairs that all of them keep.
    bound : int
        More than which no introductions, as many as these, could keep.
    pairs : int
        All pairs whom only the person brings within two steps.
    """

    introductions: tuple[tuple[int, int, int], ...]
    kept: int
    bound: int
    pairs: int


def find_bridged(tied: NDArray[np.bool_], contacts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which contacts of a person have no tie and nobody else in common.

    Parameters
    ----------
    tied : ndarray of bool
        A row for each contact, a column for each of all people: who is tied, in either
        direction, to whom. The column of the person is False.
    contacts : ndarray of int64
        The columns of the contacts.

    Examples
    --------
    >>> tied = np.zeros((3, 3), bool)
    >>> tied[0, 1] = tied[1, 0] = True
    >>> find_bridged(tied, np.array([0, 1, 2])).tolist()
    [[False, False, True], [False, False, True], [True, True, False]]
    """
    rows = tied.astype(np.float32)
    near = (rows @ rows.T > 0) | tied[:, contacts]
    np.fill_diagonal(near, val=True)
    return np.asarray(~near)


def choose_introductions(
    tied: NDArray[np.bool_], bridged: NDArray[np.bool_], number: int
) -> Bridged:
    r"""Choose introductions one after the other, each time the one that keeps most pairs.

    An introduction of :math:`a` and :math:`b` keeps their own pair, and each pair of :math:`a`
    with a contact of :math:`b`, or the other way round, within two steps.

    Parameters
    ----------
    tied : ndarray of bool
        Which contacts of the person are tied to each other; symmetric.
    bridged : ndarray of bool
        Which of them the person alone brings together, as :func:`find_bridged` tells.
    number : int
        How many introductions at most.

    Returns
    -------
    Bridged

    Notes
    -----
    Where :math:`g_1 \ge g_2 \ge \dots` are the pairs that each introduction keeps by itself, no
    :math:`k` of them keep more than :math:`\sum_{i \le k} g_i + \binom{k}{2}`: a pair that is kept
    is so by one of them, or by two that have a person in common. Nor more than all pairs.

    Examples
    --------
    Three people whom nothing else links, and one introduction.

    >>> chosen = choose_introductions(np.zeros((3, 3), bool), ~np.eye(3, dtype=bool), 2)
    >>> chosen.introductions, chosen.kept, chosen.bound
    (((0, 1, 1), (0, 2, 2)), 3, 3)
    """
    now, left = tied.astype(np.float32), bridged.astype(np.float32)
    pairs = int(bridged.sum()) // 2
    alone = np.sort(np.triu(_gains(now, left), 1), axis=None)[::-1]
    found: list[tuple[int, int, int]] = []
    while len(found) < number and left.any():
        gains = np.triu(_gains(now, left), 1)
        one, other = divmod(int(gains.argmax()), len(gains))
        if gains[one, other] < 1:
            break
        found.append((one, other, int(gains[one, other])))
        now[one, other] = now[other, one] = 1
        left[(now @ now > 0) | (now > 0)] = 0
    kept = sum(gain for *_, gain in found)
    size = len(found)
    most = int(alone[:size].sum()) + size * (size - 1) // 2
    return Bridged(tuple(found), kept, min(pairs, most), pairs)


def _gains(tied: NDArray[np.float32], left: NDArray[np.float32]) -> NDArray[np.float32]:
    """Count the pairs that each introduction would keep."""
    over = left @ tied
    gains: NDArray[np.float32] = (left + over + over.T) * (1 - tied)
    return gains
