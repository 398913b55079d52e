"""A column that keeps each distinct value once, with the place of it in every row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from numpy.typing import NDArray

__all__ = ["Column", "repeated_places", "shared_codes"]

_PIECE = 65_536  # rows whose places are numbers of Python at a time


class Column(Sequence[Any]):
    """One value for each row; rows that say the same share it.

    Reads as a list does, and equals one with the same values.

    Parameters
    ----------
    distinct : list
        The values, each of which stands in a row; they need not differ.
    codes : ndarray of int
        For each row, where its value stands in `distinct`.

    Examples
    --------
    >>> column = Column.of(["Bo", "Ann", "Bo"])
    >>> column.distinct, column.codes.tolist()
    (['Bo', 'Ann'], [0, 1, 0])
    >>> column
    ['Bo', 'Ann', 'Bo']
    """

    __hash__ = None  # type: ignore[assignment]  # it equals a list, which has none
    __slots__ = ("codes", "distinct")

    def __init__(self, distinct: list[Any], codes: NDArray[np.integer[Any]]) -> None:
        self.distinct = distinct
        self.codes = codes

    @classmethod
    def of(cls, values: Iterable[Any]) -> Column:
        """Find the distinct values, in the order in which they come."""
        if isinstance(values, Column):
            return values
        listed = values if isinstance(values, (list, tuple)) else list(values)
        place = {value: at for at, value in enumerate(dict.fromkeys(listed))}
        codes = np.fromiter(map(place.__getitem__, listed), np.int32, len(listed))
        return cls(list(place), codes)

    @classmethod
    def constant(cls, value: Any, rows: int) -> Column:
        """Give every row the same value.

        Examples
        --------
        >>> Column.constant(None, 2)
        [None, None]
        """
        return cls([value] if rows else [], np.zeros(rows, np.int32))

    def map(self, change: Callable[[Any], Any]) -> Column:
        """Change every value, each distinct one once.

        Examples
        --------
        >>> Column.of([1, 2, 1]).map(str)
        ['1', '2', '1']
        """
        return Column(list(map(change, self.distinct)), self.codes)

    def where(self, keep: NDArray[np.bool_]) -> Column:
        """Keep some of the rows, and the values that stand in them.

        Examples
        --------
        >>> Column.of(["Ann", None]).where(np.array([True, False])).distinct
        ['Ann']
        """
        codes = self.codes[keep]
        stands = np.zeros(len(self.distinct), bool)
        stands[codes] = True
        place = (np.cumsum(stands) - 1).astype(np.int32)
        return Column(list(compress(self.distinct, stands)), place[codes])

    def first_rows(self) -> NDArray[np.intp]:
        """Give the first row in which each value stands.

        Examples
        --------
        >>> Column.of(["Bo", "Ann", "Bo", "Cy"]).first_rows().tolist()
        [0, 1, 3]
        """
        first = np.full(len(self.distinct), len(self.codes), np.intp)
        first[self.codes[::-1]] = np.arange(len(self.codes))[::-1]  # the last that is set stays
        return first

    def with_others(self, rows: NDArray[np.int64], values: Sequence[Any]) -> Column:
        """Put other values into some rows.

        Examples
        --------
        >>> changed = Column.of(["Bo", "Ann", "Bo"]).with_others(np.array([1]), ["Cy"])
        >>> changed, changed.distinct
        (['Bo', 'Cy', 'Bo'], ['Bo', 'Cy'])
        """
        every = [*dict.fromkeys(chain(self.distinct, values))]
        place = dict(zip(every, range(len(every)), strict=True))
        known = np.fromiter(map(place.__getitem__, self.distinct), np.int32, len(self.distinct))
        codes = known[self.codes]
        codes[rows] = [*map(place.__getitem__, values)]
        first = Column(every, codes).first_rows()
        order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(codes))]
        new = np.empty(len(every), np.int32)
        new[order] = np.arange(len(order))
        return Column([every[at] for at in order.tolist()], new[codes])

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return list(self)[row]
        return self.distinct[self.codes[row]]

    def __iter__(self) -> Iterator[Any]:
        pieces = (self.codes[at : at + _PIECE] for at in range(0, len(self.codes), _PIECE))
        return chain.from_iterable(
            map(self.distinct.__getitem__, piece.tolist()) for piece in pieces
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Column, list)):
            return NotImplemented
        return len(self) == len(other) and all(
            one is two or one == two for one, two in zip(self, other, strict=True)
        )

    def __repr__(self) -> str:
        return repr(list(self))


def shared_codes(*columns: Column) -> list[NDArray[np.integer[Any]]]:
    """Give the values of several columns one numbering: equal numbers are equal values.

    Examples
    --------
    >>> one, two = shared_codes(Column.of(["Ann", "Bo"]), Column.of(["Bo", "Cy"]))
    >>> one.tolist(), two.tolist()
    ([0, 1], [1, 2])
    """
    every = dict.fromkeys(chain.from_iterable(column.distinct for column in columns))
    place = dict(zip(every, range(len(every)), strict=True))
    return [
        np.fromiter(map(place.__getitem__, column.distinct), np.int32, len(column.distinct))[
            column.codes
        ]
        for column in columns
    ]


def repeated_places(values: Iterable[Hashable]) -> NDArray[np.intp]:
    """Find where values stand that may stand elsewhere too; all others are there once.

    Only a number is kept of each. Two values are taken for the same here where their hashes are:
    who asks compares those that are found.

    Examples
    --------
    >>> repeated_places(["Ann", "Bo", "Cy", "Bo"]).tolist()
    [1, 3]
    """
    hashes = np.fromiter(map(hash, values), np.int64)
    ordered = np.sort(hashes)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return np.empty(0, np.intp)
    place = np.minimum(np.searchsorted(twice, hashes), len(twice) - 1)
    return np.flatnonzero(twice[place] == hashes)
