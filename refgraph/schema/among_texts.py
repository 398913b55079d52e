"""Which texts of a column are among some others, however the column keeps them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["is_one_of", "listed"]


@runtime_checkable
class _Texts(Protocol):
    """A column or an index of texts."""

    def to_numpy(self, dtype: Any) -> Any: ...


def listed(column: _Texts) -> list[Any]:
    """Give the values of a column as a list; walked one by one, texts of Arrow take far longer.

    Examples
    --------
    >>> import pandas as pd
    >>> listed(pd.Series(["Ann", "Bo"]))
    ['Ann', 'Bo']
    """
    values: list[Any] = column.to_numpy(dtype=object).tolist()
    return values


def is_one_of(column: _Texts, some: _Texts | Iterable[str]) -> NDArray[np.bool_]:
    """Tell of each text of a column whether it is one of some others.

    Says what ``isin`` says, and takes as long for many others as for few: pandas makes a value of
    Arrow of each of them first.

    Parameters
    ----------
    column : Series or Index
        Of texts.
    some : iterable of str
        A set is asked as it is.

    Examples
    --------
    >>> import pandas as pd
    >>> is_one_of(pd.Series(["Ann", "Bo", "Ann"]), ["Bo", "Cy"]).tolist()
    [False, True, False]
    >>> is_one_of(pd.Index(["Ann"]), []).tolist()
    [False]
    """
    if isinstance(some, (AbstractSet, dict)):
        known: Any = some
    else:
        known = {*(listed(some) if isinstance(some, _Texts) else some)}
    values = listed(column)
    return np.fromiter(map(known.__contains__, values), dtype=bool, count=len(values))
