"""Which new rows of a file are rows of the book that somebody edited in the file since.

A row that says exactly what a row of the book says is that row. The others are looked for
among the rows of the book that the file does not name any more: first by what both still say
(the same two on the same day; the same prospect, where one has no day), then by their place
between rows that are known on both sides. A referral between the same two on another day is
one of its own where no place tells otherwise: money is never hidden.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from refgraph.imports.column_names import TABLES
from refgraph.keeping.edit_rows import EditedRow
from refgraph.reading.files.writer import cell
from refgraph.schema.row_facts import date_of, id_of
from refgraph.schema.text import visible
from refgraph.schema.values import STATUSES
from refgraph.wording import agree, count, which_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

    from refgraph.imports.book_index import Known
    from refgraph.imports.converted import Row
    from refgraph.reading.read_options import Table

    # From the place of a row to what is compared of it.
    _FactsOf: TypeAlias = Callable[[int], Mapping[str, Any]]

__all__ = ["Edit", "changes_of", "find_edited", "rows_to_write", "say_edits", "statuses_to_write"]

_NEAR = 0.75
_DIGITS = re.compile(r"\d+")
# Rows of file and book that are compared each with each between two known rows.
_MOST_PAIRS = 10_000
_MEMBERS = ("giver", "receiver")
_COMPARED = ("date", *_MEMBERS, "prospect", "note", "value")
_TEXTS = (*_MEMBERS, "prospect", "note")
_CLOSED = ("won", "lost")
_LONGEST = 40
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Edit:
    """A row of the book of which the file says something else by now.

    Attributes
    ----------
    line : int
        The row of the file.
    place : int
        The row among the referrals of the book.
    changes : mapping of str to tuple
        For each column what the book says, and what the file says.
    is_sure : bool
        Whether it is that row without doubt, by its id or by what it still says.
    """

    line: int
    place: int
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    is_sure: bool = False

    def __str__(self) -> str:
        """Say what changed.

        Examples
        --------
        >>> print(Edit(6, 2, {"status": ("given", "won"), "value": (None, 7000)}))
        line 6: status given → won, value 7000
        """
        told = []
        for name, (old, new) in self.changes.items():
            before = visible(cell(old), _LONGEST)
            after = visible(cell(new), _LONGEST)
            told.append(f"{name} {before} → {after}" if before else f"{name} {after}")
        return f"line {self.line:,}: {', '.join(told)}"


def changes_of(
    row: Row, old: Mapping[str, Any], person: Callable[[str], str], leave: Collection[str] = ()
) -> dict[str, tuple[Any, Any]]:
    """Compare what a row of a file tells with the row of the book that it is.

    A blank cell tells nothing, and a status that the book has left behind neither.

    Parameters
    ----------
    row : Row
        The row of the file.
    old : mapping
        The row of the book.
    person : callable
        The person behind a name.
    leave : collection of str
        Columns that are not compared.
    """
    found = {}
    told = row.told | {*_MEMBERS} | ({"prospect"} if "person" in row.told else set())
    for name in TABLES["referrals"]:
        new, before = row.values.get(name), old.get(name)
        if name in ("id", "status_date", *leave) or name not in told:
            continue
        if new in ("", None) or new == before:
            continue
        if name in (*_MEMBERS, "prospect") and person(new) == person(before or ""):
            continue
        if name == "status" and not _moves_on(str(before), str(new)):
            continue
        found[name] = before, new
    return found


def _moves_on(old: str, new: str) -> bool:
    return STATUSES.index(new) > STATUSES.index(old) or (old in _CLOSED and new in _CLOSED)


def find_edited(
    rows: Sequence[Row],
    found: Mapping[int, int],
    book: Sequence[Mapping[str, Any]],
    person: Callable[[str], str],
    me: str | None = None,
) -> dict[int, int]:
    """Find the rows of the book that rows of a file have been, before they were edited.

    Parameters
    ----------
    rows : sequence of Row
        The referrals of the file, in its order.
    found : mapping of int to int
        The rows that the book has as they are, and where.
    book : sequence of mapping
        The referrals of the book, in its order.
    person : callable
        The person behind a name.
    me : str, optional
        Whose book it is: that they stand in two rows tells nothing.

    Returns
    -------
    dict of int to int
        The place of a row in the file, and of the row of the book that it was.
    """
    used = {*found.values()}
    free = [place for place in range(len(book)) if place not in used]
    if not free:
        return {}
    unnamed = (at for at, row in enumerate(rows) if at not in found and not id_of(row.values))
    new = array("q", unnamed)  # as many as the file has rows

    def of_file(at: int) -> dict[str, Any]:
        return _facts(rows[at].values, person)

    def of_book(place: int) -> dict[str, Any]:
        return _facts(book[place], person)

    edited = _by_content(new, free, of_file, of_book)
    known = {**found, **edited}
    if found:
        for mine, theirs, is_whole in _gaps(known, new, free):
            edited |= _by_place(mine, theirs, of_file, of_book, me, is_whole=is_whole)
    return edited


def _facts(values: Mapping[str, Any], person: Callable[[str], str]) -> dict[str, Any]:
    found = {name: values.get(name) for name in _COMPARED}
    for name in (*_MEMBERS, "prospect"):
        found[name] = person(str(found[name] or ""))
    return found


def _by_content(
    new: Sequence[int], free: Sequence[int], of_file: _FactsOf, of_book: _FactsOf
) -> dict[int, int]:
    """Match rows of the same two on the same day, or of the same prospect without a day.

    Nothing is kept of the longer side but what the shorter one asks for.
    """
    wanted = {key for at in new for key in _keys(of_file(at))} if len(new) < len(free) else None
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in free:
        for key in _keys(of_book(place)):
            if wanted is None or key in wanted:
                places[key].append(place)
    used: set[int] = set()
    found: dict[int, int] = {}
    for at in new:
        row = of_file(at)
        for key in _keys(row):
            fitting = [place for place in places.get(key, ())[:100] if place not in used]
            agreeing = [each for each in fitting if _agree(row, of_book(each))]
            if agreeing:
                found[at] = agreeing[0]
                used.add(agreeing[0])
                break
    return found


def _keys(row: Mapping[str, Any]) -> Iterator[Hashable]:
    day, giver, receiver, prospect = (row[name] for name in _COMPARED[:4])
    if day is not None:
        yield "day", day, giver, receiver
    if prospect:
        yield "prospect", prospect, giver, receiver
    if prospect and day is not None:
        yield "giver", day, prospect, giver
        yield "receiver", day, prospect, receiver


def _agree(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two rows can be one: each cell the same, filled since, or spelled nearly so."""
    days = date_of(row), date_of(other)
    if days[0] != days[1] and None not in days:
        return False
    if _DIGITS.findall(row["prospect"]) != _DIGITS.findall(other["prospect"]):
        return not (row["prospect"] and other["prospect"])  # matter 17 is not matter 18
    return all(_near(str(row[name] or ""), str(other[name] or "")) for name in _TEXTS)


def _near(one: str, two: str) -> bool:
    if not (one and two) or one == two:
        return True
    return SequenceMatcher(None, one.casefold(), two.casefold()).ratio() >= _NEAR


def _gaps(
    known: Mapping[int, int], new: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[list[int], list[int], bool]]:
    """Give the new rows between two known ones, with the free rows of the book there.

    The last of the three tells whether a known row stands below, and none or one above: the
    book may have got other rows below those of the file.
    """
    chain = _rising(sorted(known.items()))
    new = [at for at in new if at not in known]
    used = {*known.values()}
    free = [place for place in free if place not in used]
    ends = [(-1, -1), *chain, (max([*new, *known], default=0) + 1, max([*free, *used]) + 1)]
    for step, (before, after) in enumerate(pairwise(ends)):
        mine = new[bisect_right(new, before[0]) : bisect_left(new, after[0])]
        theirs = free[bisect_right(free, before[1]) : bisect_left(free, after[1])]
        if mine and theirs:
            yield mine, theirs, step < len(ends) - 2


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep as many pairs as stand in the same order on both sides."""
    tails: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before[index] = last[length - 1] if length else -1
        tails[length : length + 1] = [place]
        last[length : length + 1] = [index]
    found, index = [], last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _by_place(
    mine: list[int],
    theirs: list[int],
    of_file: _FactsOf,
    of_book: _FactsOf,
    me: str | None,
    *,
    is_whole: bool,
) -> dict[int, int]:
    """Match rows that stand at the same place, the most alike first.

    Where as many are new as are gone, above one that is known, each is one of them. Elsewhere two
    rows must still have something in common.
    """
    found: dict[int, int] = {}
    even = len(mine) == len(theirs)
    if len(mine) * len(theirs) <= _MOST_PAIRS:
        others = [*enumerate(zip(theirs, map(of_book, theirs), strict=True))]
        scored = [
            (-_alike(row, other, me, is_loose=even), abs(nth - place_nth), at, place)
            for nth, (at, row) in enumerate(zip(mine, map(of_file, mine), strict=True))
            for place_nth, (place, other) in others
        ]
        used: set[int] = set()
        for score, _, at, place in sorted(scored):
            if score < 0 and at not in found and place not in used:
                found[at] = place
                used.add(place)
    if is_whole and even:
        left = [at for at in mine if at not in found]
        found.update(zip(left, sorted({*theirs} - {*found.values()}), strict=True))
    return found


def _alike(
    row: Mapping[str, Any], other: Mapping[str, Any], me: str | None, *, is_loose: bool
) -> float:
    """Count what two rows both say; nothing if that is too little to take them for one."""
    near = [_near(row[name], other[name]) for name in _MEMBERS]
    told = [is_near for is_near, name in zip(near, _MEMBERS, strict=True) if row[name] != me]
    prospect = bool(row["prospect"]) and row["prospect"] == other["prospect"]
    day = date_of(row) is not None and date_of(row) == date_of(other)
    apart = not _near(row["prospect"], other["prospect"]) and not day
    if is_loose:
        enough = any(told) or prospect or day
    else:
        enough = prospect or (all(near) and not apart) or (day and any(told))
    if not enough:
        return 0.0
    same = sum(row[name] == other[name] for name in _MEMBERS)
    value = row["value"] is not None and row["value"] == other["value"]
    note = bool(row["note"]) and row["note"] == other["note"]
    return float(2 * same + sum(near) + 3 * prospect + 3 * day + value + note)


def say_edits(edits: Sequence[Edit], changed: str) -> list[str]:
    """Say what is different by now, and how that is taken over; at most so many rows.

    Examples
    --------
    >>> print(*say_edits([Edit(6, 2, {"status": ("given", "won")}, is_sure=True)], ""), sep="")
    1 row of the book is different in the file by now, and stays as it is:
      line 6: status given → won
      = to write it in the book: import again with --update
    """
    if not edits:
        return []
    times, more = len(edits), len(edits) - _MOST_SHOWN
    what = f"{count(times, 'row')} of the book {agree(times, 'is')} different in the file by now"
    shown = [f"  {edit}" for edit in edits[:_MOST_SHOWN]]
    shown += [f"  and {count(more, 'row')} more"] if more > 0 else []
    if changed == "update":
        return ["\n".join([f"{what}, which is taken over:", *shown])]
    hint = f"to write {agree(times, 'it')} in the book: import again with --update"
    if not all(edit.is_sure for edit in edits):
        hint += f"; if {which_of(times, 'it is another', 'they are others')}: --as-new"
    stays = which_of(times, "stays as it is", "stay as they are")
    return ["\n".join([f"{what}, and {stays}:", *shown, f"  = {hint}"])]


def statuses_to_write(
    edits: Sequence[Edit], rows: Sequence[Row], known: Known
) -> list[dict[str, Any]]:
    """Give the rows of statuses.csv that say how far referrals of the book have come."""
    by_line = {row.line: row.values for row in rows}
    return [
        {
            "date": by_line[edit.line]["status_date"] or known.today,
            "id": id_of(known.referrals[edit.place]),
            "status": edit.changes["status"][1],
        }
        for edit in edits
        if "status" in edit.changes
    ]


def rows_to_write(
    edits: Sequence[Edit], referrals: Table, me: str, *, has_ids: bool
) -> list[EditedRow]:
    """Give the cells that are written anew; a status has its row in statuses.csv, where it can.

    The id of a row that was made from its content stays, so that what points to it still does.
    """
    found = []
    for edit in edits:
        path, line, identity = (
            referrals.columns[name][edit.place] for name in ("file", "line", "id")
        )
        cells = {name: new for name, (_, new) in edit.changes.items()}
        if has_ids:
            cells.pop("status", None)
            cells |= {"id": identity} if cells else {}
        if cells:
            found.append(EditedRow(str(path), int(line), cells, me))
    return found
