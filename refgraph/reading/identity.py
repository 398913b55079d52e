"""A row of referrals keeps its name: the id it was given, or one from its content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.schema.distinct_values import Column, repeated_places, shared_codes
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from refgraph.reading.table import Sheet

__all__ = ["CONTENT", "Ids", "content", "is_derived", "name_rows", "row_ids"]

#: The columns that make up the identity of a row without an id, in order.
CONTENT = ("date", "giver", "receiver", "prospect", "count", "note")
_DERIVED = re.compile(r"r[0-9a-f]{10}(-[0-9]+)?")


def row_ids(rows: Iterable[tuple[str, ...]], taken: Collection[str] = ()) -> list[str]:
    """Derive an id for each row from its content.

    The id is ``r`` and ten hexadecimal digits of BLAKE2b over the fields,
    joined by unit separators; the second and third of equal rows end in
    ``-2`` and ``-3``. The names are those written in the file, so that an
    alias added later changes no id.

    Parameters
    ----------
    rows : iterable of tuple of str
        The `CONTENT` of each row, as text.
    taken : collection of str
        Ids that other rows have already.

    Returns
    -------
    list of str
        One id for each row, all distinct.

    Examples
    --------
    >>> ann = ("2026-01-08", "Ann", "Bo", "", "1", "")
    >>> row_ids([ann, ann])
    ['ra47c97d3d4', 'ra47c97d3d4-2']
    """
    ids = [
        "r" + blake2b(text.encode(), digest_size=5).hexdigest() for text in map("\x1f".join, rows)
    ]
    used = frozenset(taken)
    times: dict[str, int] = {}
    for at in range(len(ids)) if used else repeated_places(ids):
        stem = ids[at]
        times[stem] = times.get(stem, 0) + 1
        while (identity := stem if times[stem] == 1 else f"{stem}-{times[stem]}") in used:
            times[stem] += 1
        ids[at] = identity
    return ids


def is_derived(identity: str) -> bool:
    """Tell whether an id looks like one made from the content of its row.

    Examples
    --------
    >>> is_derived("ra47c97d3d4-2"), is_derived("2026-17")
    (True, False)
    """
    return _DERIVED.fullmatch(identity) is not None


def content(columns: Mapping[str, Column]) -> Iterator[tuple[str, ...]]:
    """Give the `CONTENT` of every row as text; it is complete where none is refused."""
    texts = [columns[name] for name in CONTENT]
    texts = [column.map(lambda value: "" if value is None else str(value)) for column in texts]
    return zip(*texts, strict=True)


class Ids(Sequence[str]):
    """The ids of rows, derived from their content when somebody asks for one.

    Examples
    --------
    >>> rows = [("2026-01-08", "Ann", "Bo", "", "1", "")]
    >>> columns = {name: Column.of(texts) for name, texts in zip(CONTENT, zip(*rows))}
    >>> Ids(columns)
    ['ra47c97d3d4']
    """

    __hash__ = None  # type: ignore[assignment]  # it equals a list, which has none

    def __init__(
        self, columns: Mapping[str, Column], complete: NDArray[np.bool_] | None = None
    ) -> None:
        self._columns = {name: columns[name] for name in CONTENT}
        self._length = len(next(iter(self._columns.values())))
        self._rows = np.arange(self._length, dtype=np.int32)
        self._complete = np.ones(len(self._rows), bool) if complete is None else complete

    @cached_property
    def _every(self) -> list[str]:
        """The ids of all rows, whichever are kept; nothing for those that were refused."""
        complete = self._complete.tolist()
        made = iter(row_ids(compress(content(self._columns), complete)))
        return [next(made) if each else "" for each in complete]

    def where(self, keep: NDArray[np.bool_]) -> Ids:
        """Keep some of the rows, each with the id that it has among all."""
        some = Ids(self._columns, self._complete)
        some._rows = self._rows[keep]
        return some

    def written(self) -> list[Column]:
        """Give the columns they are made from, as they are written."""
        if len(self._rows) == self._length:
            return [*self._columns.values()]
        return [Column(each.distinct, each.codes[self._rows]) for each in self._columns.values()]

    @cached_property
    def made(self) -> list[str]:
        """All of them."""
        return [self._every[row] for row in self._rows.tolist()]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: Any) -> Any:
        return self.made[row]

    def __iter__(self) -> Iterator[str]:
        return iter(self.made)

    def __eq__(self, other: object) -> bool:
        return self.made == list(other) if isinstance(other, Sequence) else NotImplemented

    def __repr__(self) -> str:
        return repr(self.made)


def name_rows(sheets: list[Sheet]) -> None:
    """Fill the ids of all rows that have none; refuse ids used twice.

    Parameters
    ----------
    sheets : list of Sheet
        The referrals of one record, names still as written.
    """
    if len(sheets) == 1 and not any(sheets[0].columns["id"].distinct):
        sheets[0].columns["id"] = Ids(sheets[0].columns, sheets[0].refused.others())
        return
    taken = set(_explicit(sheets))
    for sheet in sheets:
        if all(sheet.columns["id"].distinct):
            continue
        ids = list(sheet.columns["id"])
        blank = [row for row, identity in enumerate(ids) if not identity]
        if sheet.refused:
            blank = [row for row in blank if row not in sheet.refused]
        if not blank:
            continue
        wanted = [False] * len(ids)
        for row in blank:
            wanted[row] = True
        made = row_ids(compress(content(sheet.columns), wanted), taken)
        for row, identity in zip(blank, made, strict=True):
            ids[row] = identity
        taken.update(made)
        sheet.columns["id"] = Column.of(ids)


def _explicit(sheets: list[Sheet]) -> Iterator[str]:
    """Give the ids that stand in the files, each once."""
    columns = [sheet.columns["id"] for sheet in sheets]
    every = list(dict.fromkeys(chain.from_iterable(column.distinct for column in columns)))
    times = np.bincount(np.concatenate([np.empty(0, np.int32), *shared_codes(*columns)]))
    if not any(identity for identity, rows in zip(every, times > 1, strict=True) if rows):
        yield from filter(None, every)
        return
    first: dict[str, tuple[Sheet, int]] = {}
    for sheet in sheets:
        for row, identity in enumerate(sheet.columns["id"]):
            if not identity or row in sheet.void:
                continue
            if identity not in first:
                first[identity] = (sheet, sheet.lines[row])
                yield identity
                continue
            other, line = first[identity]
            place = other.source.place(line)
            place += "" if other is sheet else f" of {other.source.path}"
            sheet.refuse(
                row,
                f"the id {quoted(identity)} is already used on {place}",
                "leave the id empty and one is made from the row",
                "ids",
            )
