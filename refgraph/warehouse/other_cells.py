"""Cells that no answer is made of are checked as in a book: ids used twice and void rows found."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.errors import Problem
from refgraph.names.void_marks import may_void, void_marks
from refgraph.schema.columns import TEXTS, field_of
from refgraph.schema.distinct_values import Column
from refgraph.schema.text import quoted
from refgraph.warehouse.coding import MOST_SHOWN, OF_IDS
from refgraph.warehouse.place import quiet

if TYPE_CHECKING:
    from refgraph.warehouse.coding import Coding, Found

__all__ = ["first_of_each_id", "leave_void_out", "read_others", "repeated_ids", "without"]

_ANSWERED = frozenset(("giver", "receiver", "date", "count"))  # read where they are needed
# Amounts that are read as they stand, in tables whose amounts are text and numbers.
_PLAIN = r"^[0-9]{1,15}([.][0-9]{1,9})?$"
_MOST = 1e15
_MOST_MARKS = 1_000  # texts of a column that may mark rows, that are looked at
# Blanks of any kind at either end of an id: engines cut only the common one.
_BLANK = "[\\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_EDGES = f"^{_BLANK}+|{_BLANK}+$"


def read_others(coding: Coding) -> dict[str, Found]:
    """Read the values of every other column that holds no free text, each once.

    Free text (a prospect, a note) is in no answer, and is read with the rows of a part.

    Returns
    -------
    dict of str to Found
        By our name of the column.
    """
    names = coding.columns.keys() - TEXTS - _ANSWERED
    return {name: coding.read_cells(name, _doubtful(coding, name)) for name in sorted(names)}


def _doubtful(coding: Coding, name: str) -> Any:
    """Give the rows whose cell is to be read: of amounts those that are not plain."""
    rows = coding.place.rows
    cell = rows[coding.columns[name]]
    if field_of("referrals", name).dtype != "amount":
        return rows
    if cell.type().is_string():
        return rows.filter(~cell.re_search(_PLAIN))
    if cell.type().is_numeric():
        return rows.filter(~((cell >= 0) & (cell < _MOST) & (cell == cell.round(2))))
    return rows


def without(coding: Coding, rows: Any, name: str, found: Found) -> Any:
    """Leave out the rows that hold one of the values that are wrong."""
    arrow = import_module("pyarrow")
    if not found.wrong:
        return rows
    wrong = found.values.take(arrow.array(sorted(found.wrong), arrow.int64()))
    told = import_module("ibis").memtable(arrow.table({"wrong_value": wrong}))
    return rows.anti_join(told, coding.cells(rows, name) == told.wrong_value)


def repeated_ids(coding: Coding) -> list[Problem]:
    """Name the ids that stand in more than one row."""
    if not coding.identity:
        return []
    path, rows = coding.place.path, coding.place.rows
    told = rows.select(key=rows[coding.identity].cast("string"))
    with quiet(path):  # few tables have any with blanks around it, and to cut them costs most
        ragged = told.key.re_search(_EDGES).any()
        if bool(told.aggregate(ragged=ragged).to_pyarrow().column(0)[0].as_py()):
            told = told.mutate(key=_key(told, "key"))
    told = told.filter(told.key != "").group_by("key").aggregate(times=lambda each: each.count())
    told = told.filter(told.times > 1)
    with quiet(path):
        some = told.order_by("key").limit(MOST_SHOWN + 1).to_pyarrow().to_pylist()
        total = len(some) if len(some) <= MOST_SHOWN else int(told.count().to_pyarrow().as_py())
    hint = "give each row an id of its own, or use none: --columns id="
    problems = [
        Problem(path, 0, f"the id {quoted(row['key'])} is used {row['times']:,} times", "", hint)
        for row in some[:MOST_SHOWN]
    ]
    if total > MOST_SHOWN:
        said = f"{total - MOST_SHOWN:,} more ids are used more than once"
        problems.append(Problem(path, 0, said, hint=hint, times=total - MOST_SHOWN))
    return problems


def first_of_each_id(joined: Any, column: str) -> Any:
    """Keep of the rows with one id the earliest; rows are in no order where they are."""
    ibis = import_module("ibis")
    if joined.get_backend().name == "sqlite":  # whose parser has no room for so long a question
        joined = ibis.memtable(joined.to_pyarrow())
    key = _key(joined, column)
    order = [joined[f"{name}_at"] for name in ("day", "giver", "receiver", "units")]
    place = ibis.row_number().over(ibis.window(group_by=key, order_by=order))
    placed = joined.mutate(id_place=place, id_key=key)
    kept = placed.filter((placed.id_place == 0) | (placed.id_key == ""))
    return kept.drop(*OF_IDS)


def _key(rows: Any, column: str) -> Any:
    """Give the ids as texts without blanks around them; of rows without one nothing."""
    return rows[column].cast("string").re_replace(_EDGES, "").fill_null("")


def leave_void_out(coding: Coding, told: str | None = None) -> list[Problem]:
    """Leave out the rows that a column says do not count: what else stands there is no matter.

    Parameters
    ----------
    coding : Coding
        The rows, and which columns are read; its rows become those that count.
    told : str, optional
        The column that is said to mark rows; nothing if none does. Where it and others mark every
        row, it alone counts.

    Returns
    -------
    list of Problem
        What is to be asked of columns of which nobody said that they mark rows, or which mark all.
    """
    if told == "":
        return []
    asked: list[Problem] = []
    if told is not None:
        _leave(coding, told, asked, is_told=True, asks=False)
    by_told, read = coding.place, {*coding.columns.values()}
    for title in coding.place.rows.columns:
        if title == told or title in read or not may_void(title):
            continue
        doubts: list[Problem] = []
        is_any_left = _leave(coding, title, doubts, is_told=False, asks=told is None)
        if told is not None and not is_any_left:
            coding.place = by_told
            return asked
        asked += doubts
    return asked


def _leave(coding: Coding, title: str, asked: list[Problem], *, is_told: bool, asks: bool) -> bool:
    """Leave out the rows that one column marks, and add what is to be asked of it.

    Where nobody told of any it is asked always: nothing says elsewhere what is left out. It is told
    whether rows are left.
    """
    rows = coding.place.rows
    texts = rows.select(cell=_text(rows, title)).group_by("cell")
    texts = texts.aggregate(times=lambda each: each.count())
    texts = texts.order_by(texts.times.desc(), texts.cell).limit(_MOST_MARKS)  # none is rare
    with quiet(coding.place.path):
        cells = texts.to_pyarrow().to_pydict()
    marks = void_marks(title, Column.of(cells["cell"]), is_told=is_told)
    if marks is None:
        return True
    marked = {*marks.places}
    plain = [cell for at, cell in enumerate(cells["cell"]) if at not in marked]
    if not plain:
        marks = replace(marks, is_clear=False, together=[title])
    coding.place = replace(coding.place, rows=rows.filter(_text(rows, title).isin(plain)))
    if asks or not marks.is_clear:
        message, hint = marks.question()
        times = sum(cells["times"][at] for at in marks.places)
        asked.append(Problem(coding.place.path, 0, message, "", hint, times))
    return bool(plain)


def _text(rows: Any, title: str) -> Any:
    return rows[title].cast("string").fill_null("")
