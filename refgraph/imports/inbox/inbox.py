"""Lines of plain words, as somebody types them into a phone, become rows of a book.

One line is one event. ``Ann Lee > me Okafor Dental, called ahead`` is a referral, ``thanks Ann``
and ``met Bo`` are touches. A day may stand before it, or alone on a line above; what stands
behind a comma is the note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError
from refgraph.imports.cells.date_order import readings, settle_days
from refgraph.imports.column_names import TABLES
from refgraph.imports.converted import Converted, Row
from refgraph.imports.inbox.captured_names import CapturedNames
from refgraph.imports.inbox.inbox_lines import LONGEST, Line, lines_of, read_day_before
from refgraph.imports.inbox.inbox_words import (
    ARROW,
    BACK_ARROW,
    FOR,
    HANDOFF_WORDS,
    PAIRED,
    SENTENCES,
)
from refgraph.reading.identity import CONTENT
from refgraph.schema.columns import MEMBERS, blanks_of
from refgraph.schema.dates import date_reader
from refgraph.schema.text import FieldError, prose, quoted, refuse
from refgraph.schema.values import KINDS, person
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from refgraph.imports.book_index import Known
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.request import Request

__all__ = ["convert_inbox"]

_BRACKETS = re.compile(r"(?P<who>[^()]+?)\s*\((?P<what>[^()]+)\)")
_DAY = CONTENT[0]
_HINT = (
    "write it like: Ann Lee > me Okafor Dental, called ahead; me > Ann Lee; thanks Ann Lee; "
    "met Ann Lee; introduced Ann Lee to Bo Park"
)


@dataclass(slots=True)
class _Reading:
    """What the lines mean, up to here."""

    who: CapturedNames
    found: Converted
    known: Known
    undated: list[Row] = field(default_factory=list)


def convert_inbox(grid: Grid, request: Request, known: Known) -> Converted:
    """Make rows of the lines of an inbox.

    Parameters
    ----------
    grid : Grid
        The file, a line in each row.
    request : Request
        What is said about it: who I am, who is new, on which day lines without one are.
    known : Known
        The book.

    Returns
    -------
    Converted
        Rows of referrals and touches; a line that cannot be taken is a problem.

    Raises
    ------
    LedgerError
        If the days of its lines may be read in two ways.
    """
    lines = [*lines_of([row[0] for row in grid.rows], grid.lines)]
    try:
        days = settle_days([each.day for each in lines if readings(each.day)], request.date_format)
    except FieldError as error:
        raise LedgerError([grid.problem(0, str(error), error.hint)]) from None
    otherwise = request.day or known.today
    who = CapturedNames.of(known.names, request)
    for _ in range(2):  # a line may call by a part of a name who is named in full further down
        reading = _Reading(who, Converted(grid.path, notes=[*grid.notes]), known)
        for each in lines:
            try:
                day = None if not each.day else read_day_before(each.day, days.read, known.today)
                _take(each, reading, day or otherwise, told=day is not None)
            except FieldError as error:
                reading.found.problems.append(grid.problem(each.line, str(error), error.hint))
        who = who.with_new()
    _settle_undated(reading, otherwise)
    reading.found.notes += _notes(grid.path, reading.who)
    return reading.found


def _take(each: Line, reading: _Reading, day: date, *, told: bool) -> None:
    """Read one line, and keep its row."""
    day = date_reader(reading.known.today)(day.isoformat()) or day
    if len(each.said) + len(each.note) > LONGEST:
        refuse(f"this line is longer than {LONGEST:,} characters", "a line says one event")
    table, values, what = _row(each, reading.who)
    values |= {_DAY: day, "note": "; ".join(filter(None, (what, prose(each.note))))}
    filled = {name for name, value in values.items() if value not in ("", None)}
    row = Row(each.line, {**blanks_of(table), **values}, frozenset(filled - {_DAY}))
    reading.found.rows[table].append(row)
    if not told:
        reading.undated.append(row)


def _row(each: Line, who: CapturedNames) -> tuple[str, dict[str, Any], str]:
    """Find the table and the values of a line, and what a touch was for."""
    said = each.said
    for arrow, forth in ((ARROW, True), (BACK_ARROW, False)):
        left, *right = arrow.split(said, maxsplit=1)
        if right and left and right[0]:
            return "referrals", _referral(left, right[0], each.note, who, forth=forth), ""
    if pair := PAIRED.fullmatch(said):
        other, what = _what(pair["other"])
        return _touch("introduction", who, what, pair["who"], other)
    word, _, rest = said.partition(" ")
    if word.casefold() in KINDS and rest:
        name, what = _what(rest)
        return _touch(word.casefold(), who, what or each.note, name)
    for kind, form in SENTENCES:
        if match := form.fullmatch(said):
            name, what = _what(match["who"])
            return _touch(kind, who, what, name)
    return refuse("nobody can tell what this line says", _HINT)


def _touch(
    kind: str, who: CapturedNames, what: str, *named: str
) -> tuple[str, dict[str, Any], str]:
    people = [who.find(name) for name in named]
    if who.names.me in people:
        refuse("a touch is a contact with somebody else", _HINT)
    if len({*people}) < len(people):
        refuse(f"{quoted(people[0])} is with themselves", "name the second person")
    if kind == "settled" and not what:
        refuse("a touch of kind settled needs a note", "say after a comma how it was settled")
    values = {"kind": kind, **dict(zip(("person", "with"), people, strict=False))}
    return "touches", values, what


def _referral(
    left: str, right: str, note: str, who: CapturedNames, *, forth: bool
) -> dict[str, Any]:
    """Read who gave, who received and who was referred."""
    one = who.find(left)
    if named := _named_apart(right):
        other, prospect = who.find(named[0]), named[1]
    else:
        other, prospect = who.leading(right)
    if who.names.person(one) == who.names.person(other):
        refuse(f"{quoted(one)} cannot refer to themselves", _HINT)
    giver, receiver = (one, other) if forth else (other, one)
    level = next((level for level, form in HANDOFF_WORDS if form.search(note)), None)
    prospect = person(prospect) if prospect else ""
    return {"giver": giver, "receiver": receiver, "prospect": prospect, "handoff": level}


def _named_apart(text: str) -> tuple[str, str] | None:
    """Split who was referred off where a colon, brackets or a word stands between."""
    name, colon, prospect = (part.strip() for part in text.partition(":"))
    if colon and name and prospect:
        return name, prospect
    if match := _BRACKETS.fullmatch(text):
        return match["who"], match["what"].strip()
    if (match := FOR.search(text)) and match.start() and text[match.end() :].strip():
        return text[: match.start()], text[match.end() :].strip()
    return None


def _what(text: str) -> tuple[str, str]:
    """Split off what a touch was for: it becomes the note."""
    match = FOR.search(text)
    if match is None or not text[match.end() :].strip():
        return text.strip(), ""
    return text[: match.start()].strip(), text[match.start() :].strip()


def _settle_undated(reading: _Reading, day: date) -> None:
    """Let lines without a day be those of the book that say the same, whenever that was."""
    undated, same, there = {id(row) for row in reading.undated}, 0, _days_there(reading)
    rows = [(table, row) for table, some in reading.found.rows.items() for row in some]
    # what has a day is that of the book on this day, and leaves the other days to the others
    for table, row in sorted(rows, key=lambda each: id(each[1]) in undated):
        days = there.get(_but_for_the_day(table, row.values, reading.known), [])
        if id(row) in undated and days:
            row.values[_DAY] = days.pop()
            same += 1
        elif row.values[_DAY] in days:
            days.remove(row.values[_DAY])
    path, notes = reading.found.path, reading.found.notes
    if new := len(undated) - same:
        notes.append(
            f"{path}: {count(new, 'line')} without a day {agree(new, 'counts')} as of {day}; "
            "a day can stand before a line, or alone above several"
        )
    if same:
        notes.append(
            f"{path}: {count(same, 'line without a day', 'says')} what the book says already, and "
            f"{agree(same, 'counts')} as there; if it is new, write the day before it"
        )


def _days_there(reading: _Reading) -> dict[tuple[Any, ...], list[date]]:
    """Give the days on which the book holds what says the same."""
    known = reading.known
    there: dict[tuple[Any, ...], list[date]] = {}
    for table, old in {"referrals": known.referrals, "touches": known.touches}.items():
        for values in old if reading.undated else ():
            if values[_DAY] is not None:
                there.setdefault(_but_for_the_day(table, values, known), []).append(values[_DAY])
    return there


def _but_for_the_day(table: str, values: Mapping[str, Any], known: Known) -> tuple[Any, ...]:
    """Give all by which a row is known again, but for its day."""
    names = CONTENT if table == "referrals" else TABLES[table]
    said = ((name, values.get(name) or "") for name in names if name != _DAY)
    person_of = known.names.person
    return table, *(
        person_of(value) if name in MEMBERS[table] else str(value or "1" * (name == "count"))
        for name, value in said
    )


def _notes(path: str, who: CapturedNames) -> list[str]:
    told = [
        f"{path}: {quoted(text)} is taken as {quoted(name)}" for text, name in who.taken.items()
    ]
    if who.new:
        names = ", ".join(map(quoted, who.new))
        told.append(f"{path}: new in this book: {names}")
    return told
