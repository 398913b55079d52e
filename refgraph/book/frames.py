"""From checked ledger columns to pandas frames, each with one dtype contract."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.reading.identity import Ids
from refgraph.schema.columns import COLUMNS, DATES, FIELDS, MEMBERS, blanks_of
from refgraph.schema.contact_days import CONTACT, is_contact
from refgraph.schema.distinct_values import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

__all__ = ["Columns", "contacts", "history", "last_days", "people", "touches", "within"]


_FIRST = ("giver", "receiver")
# Of these, most rows have a value of their own: they are ranked in rows that else are equal only.
_NEXT = ["prospect"]
_NEXT += [name for name in COLUMNS["referrals"] if name not in ("date", *_FIRST, *_NEXT, "id")]
_MOST_KEYS = 2**62


def _days(values: list[date | None]) -> NDArray[np.datetime64]:
    known = {day: at for at, day in enumerate(dict.fromkeys(values))}  # few, over and over
    days = np.array(list(known), dtype="datetime64[D]").astype("datetime64[s]")
    return days[list(map(known.__getitem__, values))] if values else days


def _text(values: list[str]) -> pd.Series[str]:
    return pd.Series(values, dtype="str")


def _numbers(values: list[int | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _whole(values: list[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def _yes_no(values: list[bool]) -> NDArray[np.bool_]:
    return np.array(values, dtype=bool)


def _objects(values: list[Any]) -> pd.Series[Any]:
    return pd.Series(values, dtype=object)


_TYPES: dict[str, Callable[[list[Any]], Any]] = {
    "text": _text,
    "day": _days,
    "whole": _whole,
    "number": _numbers,
    "flag": _yes_no,
}
# How a ledger column becomes a frame column; one that is no column of ours is text.
_CONVERTERS: dict[str, Callable[[list[Any]], Any]] = {
    "line": _whole,
    "declared": _yes_no,
    **{
        field.name: _TYPES.get(field.dtype, _objects)
        for fields in FIELDS.values()
        for field in fields
    },
}


def _frame(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    told = {name: _converted(_CONVERTERS.get(name, _text), each) for name, each in columns.items()}
    return pd.DataFrame(told, copy=False)


def _converted(convert: Callable[[list[Any]], Any], values: Sequence[Any]) -> Any:
    """Convert one column, each distinct value once where it keeps them so."""
    if isinstance(values, Column) and len(values):
        return pd.Series(convert(values.distinct), copy=False).array.take(values.codes)
    return convert(list(values))


def _until(today: date, frame: pd.DataFrame) -> pd.DataFrame:
    """Count what is dated after today, by a clock that is ahead of this one, as of today."""
    last = np.datetime64(today, "s")
    for name in DATES & {*frame.columns}:
        late = frame[name].to_numpy() > last
        if late.any():
            frame[name] = np.where(late, last, frame[name].to_numpy())
    return frame


def changes_until(
    today: date, changes: Sequence[tuple[date | None, str, str]]
) -> tuple[tuple[date | None, str, str], ...]:
    """Count changes of a status dated after today as of today."""
    if all(day is None or day <= today for day, _, _ in changes):
        return tuple(changes)
    return tuple((day and min(day, today), told, status) for day, told, status in changes)


class Columns:
    """The columns of a table, each made when it is first asked for, and then kept.

    Parameters
    ----------
    names : sequence of str
        What they are called, in order.
    make : callable
        Told a name, makes that column; all have the same index.
    code : callable, optional
        Told a name, gives the distinct values of that column, and which one each row has.

    Examples
    --------
    >>> made = Columns(["count", "line"], lambda name: pd.Series([1, 2], name=name))
    >>> made["line"].tolist(), made.code("line").distinct
    ([1, 2], [1, 2])
    """

    def __init__(
        self,
        names: Sequence[str],
        make: Callable[[str], pd.Series[Any]],
        code: Callable[[str], Column] | None = None,
    ) -> None:
        self._names, self._make, self._code = list(names), make, code
        self._made: dict[str, pd.Series[Any]] = {}

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Columns:
        """Take those of a table."""
        return cls([*map(str, frame.columns)], frame.__getitem__)

    def __getitem__(self, name: str) -> pd.Series[Any]:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name].copy(deep=False)  # pandas copies what is written to

    def code(self, name: str) -> Column:
        """Give the distinct values of a column, and which one each row has."""
        return self._code(name) if self._code else Column.of(self[name].tolist())

    def select(self, names: Sequence[str]) -> pd.DataFrame:
        """Give some of them as a table."""
        return pd.DataFrame({name: self[name] for name in names}, copy=False)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All of them, as a table."""
        return self.select(self._names)


def history(columns: Mapping[str, Sequence[Any]], today: date) -> Columns:
    """Referrals in canonical order, whatever the order of the rows in the file."""
    order: list[NDArray[np.intp]] = []

    def in_order() -> NDArray[np.intp]:
        if not order:
            order.append(_canonical_order(columns, today))
        return order[0]

    def make(name: str) -> pd.Series[Any]:
        values, convert = columns[name], _CONVERTERS.get(name, _text)
        if isinstance(values, Column) and len(values):
            made, rows = convert(values.distinct), values.codes[in_order()]
        else:
            made, rows = convert(list(values)), in_order()
        made = pd.Series(pd.Series(made).array.take(rows), name=name, copy=False)
        return _until(today, made.to_frame())[name] if name in DATES else made

    def code(name: str) -> Column:
        column = Column.of(columns[name])
        return Column(column.distinct, column.codes[in_order()])

    return Columns([*columns], make, code)


def within(days: pd.Series[Any], since: date | None, until: date | None) -> NDArray[np.bool_]:
    """Tell which days are from one day to another; no day is only if both are open."""
    chosen = np.ones(len(days), dtype=bool)
    day = days.to_numpy()
    if since is not None:
        chosen &= day >= np.datetime64(since)
    if until is not None:
        chosen &= day <= np.datetime64(until)
    return chosen


def _canonical_order(columns: Mapping[str, Sequence[Any]], today: date) -> NDArray[np.intp]:
    """Sort by date, giver, receiver, prospect; equal ones by what else they say."""
    last = pd.Timestamp(today)  # what is handed over in memory may hold either kind of day
    days = Column.of(columns["date"]).map(
        lambda day: "" if day is None else f"{min(pd.Timestamp(day), last).isoformat()}"
    )
    key = _rank_rows([days, *(Column.of(columns[name]) for name in _FIRST)], slice(None))
    order = np.argsort(key, kind="stable")
    same = np.diff(key[order]) == 0  # undated rows come first
    if not same.any():
        return order
    tied = np.flatnonzero(np.r_[False, same] | np.r_[same, False])
    rows = order[tied]
    # Ids that are made from what is written need not be made to be sorted by.
    ids = columns["id"]
    more = [Column.of(columns[name]) for name in _NEXT if name in columns]
    more += ids.written() if isinstance(ids, Ids) else [Column.of(ids)]
    lines = np.asarray(columns["line"], np.int64)[rows]
    order[tied] = rows[np.lexsort([lines, _rank_rows(more, rows), key[rows]])]
    return order


def _rank_rows(columns: Sequence[Column], rows: Any) -> NDArray[np.int64]:
    """Give rows numbers in the order of their first value, then of their second, and so on."""
    rank, most = np.zeros(len(columns[0].codes[rows]), dtype=np.int64), 1
    for column in columns:
        ranks = _ranks(Column(column.distinct, column.codes[rows]))
        kinds = int(ranks.max(initial=0)) + 1
        if most * kinds > _MOST_KEYS:
            rank = np.unique(rank, return_inverse=True)[1].astype(np.int64)
            most = int(rank.max(initial=0)) + 1
        if kinds > 1:
            rank *= kinds
            rank += ranks
        most *= kinds
    return rank


def _ranks(column: Column) -> NDArray[np.int32]:
    """Rank the values of a column by their text, each that stands in a row once."""
    stands = np.flatnonzero(np.bincount(column.codes, minlength=len(column.distinct)))
    texts = {code: str(column.distinct[code]) for code in stands.tolist()}
    place = {text: at for at, text in enumerate(sorted({*texts.values()}))}
    ranks = np.zeros(len(column.distinct), np.int32)
    ranks[stands] = [place[text] for text in texts.values()]
    return ranks.take(column.codes)


# What a blank cell says of somebody.
_UNDECLARED = blanks_of("people")


def people(columns: Mapping[str, Sequence[Any]], seen: set[str], today: date) -> pd.DataFrame:
    """Everyone: those declared in people.csv, and those only seen elsewhere."""
    declared = columns["person"]
    others = sorted(seen.difference(declared))
    told = {
        name: _followed(values, _UNDECLARED[name], len(others))
        for name, values in columns.items()
        if name not in ("person", "file", "line")
    }
    rows = {**told, "declared": [True] * len(declared) + [False] * len(others)}
    frame = _until(today, _frame(rows))
    frame.index = pd.Index([*declared, *others], dtype="str", name="person")
    return frame.sort_index()


def contacts(touches: pd.DataFrame) -> pd.DataFrame:
    """Who was in contact on which day: a row for each person of a touch that is a contact."""
    day, kind, person = (touches[name] for name in CONTACT)
    kinds = kind.unique()
    some, at_once = (
        kind.isin([each for each in kinds if is_contact(each, planned=planned)]).to_numpy()
        for planned in (True, False)
    )
    counts = np.where(touches["until"].notna(), some, at_once)
    ends = [touches[end].to_numpy(dtype=object)[counts] for end in MEMBERS["touches"]]
    who = np.stack(ends, axis=1).ravel()  # those of one touch stand together
    rows = np.repeat(np.flatnonzero(counts), len(ends))[who != ""]
    columns = [day.take(rows).array, kind.take(rows).array]
    people = pd.Series(who[who != ""], dtype=person.dtype)
    return pd.DataFrame(dict(zip(CONTACT, [*columns, people], strict=True)))


def last_days(touches: pd.DataFrame) -> pd.Series[Any]:
    """Give the last day on which each person is named in touches, first or second, by name.

    Examples
    --------
    >>> days = pd.to_datetime(["2026-01-05", "2026-01-09"])
    >>> said = pd.DataFrame({"date": days, "person": ["Ann", "Bo"], "with": ["", "Ann"]})
    >>> last_days(said).dt.day.to_dict()
    {'Ann': 9, 'Bo': 9}
    """
    ends = [touches.groupby(end)["date"].max() for end in MEMBERS["touches"]]
    last: pd.Series[Any] = pd.concat(ends).groupby(level=0).max()
    return last.drop("", errors="ignore")


def touches(columns: Mapping[str, Sequence[Any]], today: date) -> pd.DataFrame:
    """Dated contacts, oldest first."""
    frame = _until(today, _frame(columns))
    first, *more = [*COLUMNS["touches"], "line"]
    said = [first] if frame[first].is_unique else [first, *more]  # to rank all of them takes long
    return frame.sort_values(
        said,
        kind="stable",
        ignore_index=True,
        key=lambda column: column.astype(str) if column.dtype == object else column,
    )


def _followed(values: Sequence[Any], blank: Any, rows: int) -> Column:
    """Give a column with so many rows behind it that say nothing."""
    column = Column.of(values)
    last = np.full(rows, len(column.distinct), np.int32)
    return Column([*column.distinct, *[blank] * bool(rows)], np.r_[column.codes, last])
