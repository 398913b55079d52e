"""From checked ledger columns to pandas frames, each with one dtype contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.schema.columns import COLUMNS, DATES, FIELDS, blanks_of
from refgraph.schema.contacts import CONTACT
from refgraph.schema.contacts import contacts as in_contact
from refgraph.schema.distinct_values import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

__all__ = ["contacts", "history", "people", "touches"]


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
        return pd.Series(convert(values.distinct)).take(values.codes).reset_index(drop=True)
    return convert(list(values))


def _until(today: date, frame: pd.DataFrame) -> pd.DataFrame:
    """Count what is dated after today, by a clock that is ahead of this one, as of today."""
    last = np.datetime64(today, "s")
    for name in DATES & {*frame.columns}:
        late = frame[name].to_numpy() > last
        if late.any():
            frame[name] = np.where(late, last, frame[name].to_numpy())
    return frame


def history(columns: Mapping[str, Sequence[Any]], today: date) -> pd.DataFrame:
    """Referrals in canonical order, whatever the order of the rows in the file."""
    frame = _until(today, _frame(columns))
    order, names = _canonical_order(frame), [*frame.columns]
    # One column after the other, so that no two whole frames stand in memory.
    told = {name: frame.pop(name).take(order).reset_index(drop=True) for name in names}
    return pd.DataFrame(told, copy=False)


def within(rows: pd.DataFrame, since: date | None, until: date | None) -> NDArray[np.bool_]:
    """Tell which rows are dated from one day to another; undated ones only if both are open."""
    chosen = np.ones(len(rows), dtype=bool)
    day = rows["date"].to_numpy()
    if since is not None:
        chosen &= day >= np.datetime64(since)
    if until is not None:
        chosen &= day <= np.datetime64(until)
    return chosen


_ORDER = ("date", "giver", "receiver", "prospect")


def _canonical_order(frame: pd.DataFrame) -> NDArray[np.intp]:
    """Sort by date, giver, receiver, prospect; equal ones by what else they say."""
    day = frame["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    ranks = [pd.factorize(frame[name], sort=True)[0] for name in reversed(_ORDER[1:])]
    keys = [*ranks, day]  # NaT is the smallest integer: undated rows come first
    order = np.lexsort(keys)
    same = np.ones(max(0, len(frame) - 1), bool)
    for key in keys:
        same &= np.diff(key[order]) == 0
    if not same.any():
        return order
    group = np.r_[0, np.cumsum(~same)]
    tied = np.flatnonzero(np.r_[False, same] | np.r_[same, False])
    said = [name for name in COLUMNS["referrals"] if name in frame and name not in _ORDER]
    told = [_text_ranks(frame[name].iloc[order[tied]]) for name in said]
    lines = frame["line"].to_numpy()[order[tied]]
    ranked = np.lexsort([lines, *reversed(told), group[tied]])
    order[tied] = order[tied[ranked]]
    return order


def _text_ranks(values: pd.Series[Any]) -> NDArray[np.intp]:
    """Rank values by their text: blank ones too, which do not compare."""
    if values.dtype == object:  # equal amounts may be written in two ways
        written = ["None" if value is None else str(value) for value in values]
        return pd.factorize(np.array(written, dtype=object), sort=True)[0]
    if values.dtype == "str":
        return pd.factorize(values, sort=True)[0]
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    return pd.factorize(np.array([*map(str, distinct)], dtype=object), sort=True)[0][codes]


# What a blank cell says of somebody.
_UNDECLARED = blanks_of("people")


def people(columns: Mapping[str, Sequence[Any]], seen: set[str], today: date) -> pd.DataFrame:
    """Everyone: those declared in people.csv, and those only seen elsewhere."""
    declared = columns["person"]
    others = sorted(seen.difference(declared))
    told = {
        name: [*values, *[_UNDECLARED[name]] * len(others)]
        for name, values in columns.items()
        if name not in ("person", "file", "line")
    }
    rows = {**told, "declared": [True] * len(declared) + [False] * len(others)}
    frame = _until(today, _frame(rows))
    frame.index = pd.Index([*declared, *others], dtype="str", name="person")
    return frame.sort_index()


def contacts(touches: pd.DataFrame) -> pd.DataFrame:
    """Who was in contact on which day: a row for each person of a touch that is a contact."""
    found = pd.DataFrame(
        [*in_contact({str(name): touches[name] for name in touches})],
        columns=list(CONTACT),
        dtype=object,
    )
    return found.astype({name: touches.dtypes[name] for name in CONTACT})


def touches(columns: Mapping[str, Sequence[Any]], today: date) -> pd.DataFrame:
    """Dated contacts, oldest first."""
    said = [*COLUMNS["touches"], "line"]
    return _until(today, _frame(columns)).sort_values(
        said,
        kind="stable",
        ignore_index=True,
        key=lambda column: column.astype(str) if column.dtype == object else column,
    )
