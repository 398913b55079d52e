"""Whole numbers: counts in tables.

Of a foreign graph with fractions of referrals, counts are floats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from pandas.arrays import IntegerArray

__all__ = ["counts", "counts_in", "nullable"]

_EXACT = 2.0**53  # whole numbers up to it are exact as floats


def counts(values: ArrayLike) -> NDArray[Any]:
    """Give numbers of referrals as integers; as they are if one of them is no whole number.

    Examples
    --------
    >>> counts([3.0, 0.0]), counts([0.5, 1.0])
    (array([3, 0]), array([0.5, 1. ]))
    """
    numbers = np.asarray(values, dtype=float)
    whole = bool((np.trunc(numbers) == numbers).all() and (np.abs(numbers) <= _EXACT).all())
    return numbers.astype(np.int64) if whole else numbers


def counts_in(table: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Give a table in which these columns are counts, those of them that it has.

    Examples
    --------
    >>> counts_in(pd.DataFrame({"given": [2.0], "rate": [1.0]}), ("given", "received")).iloc[0, 0]
    np.int64(2)
    """
    return table.assign(**{name: counts(table[name]) for name in names if name in table})


def nullable(values: ArrayLike) -> IntegerArray:
    """Give whole numbers, some of which may be missing.

    Examples
    --------
    >>> nullable([3.0, np.nan])
    <IntegerArray>
    [3, <NA>]
    Length: 2, dtype: Int64
    """
    numbers = np.asarray(values, dtype=float)
    missing = np.isnan(numbers)
    return pd.arrays.IntegerArray(np.where(missing, 0, numbers).astype(np.int64), missing)
