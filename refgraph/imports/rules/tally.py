"""A list of people with how many referrals each was given, and how many came from them.

Where each row is one referral, a tick in one of the two columns says which way it went.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.left_out import say_unread, unread
from refgraph.imports.cells.totals import heading_rows, say_totals, total_rows
from refgraph.imports.rules.column import columns_of
from refgraph.imports.rules.headers import places
from refgraph.imports.rules.ruleset import Rules
from refgraph.imports.rules.words import DIRECTION_WORDS, HEADERS
from refgraph.names.folded import YES, fold
from refgraph.names.lookup import ME_WORDS
from refgraph.names.spelling import bare
from refgraph.names.void_marks import is_asked
from refgraph.schema.text import argument, quoted
from refgraph.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from refgraph.errors import Problem
    from refgraph.imports.cells.sheet import Grid

__all__ = ["TALLY", "TICKED", "split_tally", "split_ticks"]

#: The columns that a tally is split into.
TALLY = ("direction", "person", "count")
#: The header of the column that two columns of ticks are made into.
TICKED = "given/received (ticked)"
_MEMBER = re.compile(
    r"^((chapter|group|team) )?(members?|mitglied(er)?|membres?|miembros?|soci[oa]?s?|leden|lid"
    r"|membros?)( name)?$"
)
_NOTHING = {"", "0", "-"}
_VERB = "(?:gave|sent|referred|passed|send|give)"
_THINGS = r"(?:\w+ )?(?:that )?"
_SAID = {
    "given": re.compile(rf"{_THINGS}(?:i|we) {_VERB}(?: them| out)?|{_VERB} (?:to )?them"),
    "received": re.compile(
        rf"{_THINGS}they {_VERB}(?: me| us)?|{_VERB} (?:to )?(?:me|us)|(?:i|we) (?:got|received)"
    ),
}
_TICKS = YES | {"xx", "v", "ok"}
_MARKS = frozenset("✓✔☑✅☒•●*+👍🟢🎉\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_NO_TICKS = {
    "",
    "0",
    "-",
    "n",
    "no",
    "nein",
    "non",
    "nee",
    "nao",
    "false",
    *"☐□✗✘❌👎🔴⬜\u2013\u2014",
}


def _sides(row: Sequence[str]) -> dict[str, list[int]]:
    """Find the columns headed as given and as received: gave, we sent, they sent, gave us."""
    found: dict[str, list[int]] = {}
    for at, title in enumerate(row):
        header = fold(title)
        side = DIRECTION_WORDS.get(header, "")
        side = side or next((word for word, each in _SAID.items() if each.fullmatch(header)), "")
        if side:
            found.setdefault(side, []).append(at)
    return found


def split_tally(
    row: Sequence[str],
    rest: Grid,
    me: str | None = None,
    *,
    told: str = "",
    named: Collection[str] = (),
    void: str | None = None,
) -> tuple[Rules, Grid] | None:
    """Make a row of each number of a tally; None if the table is none.

    A tally has one column of people, one headed as given and one as received, both of
    whole numbers; other columns of numbers may be sums of the two, and are left out.

    Parameters
    ----------
    row : sequence of str
        What may be the header.
    rest : Grid
        What stands below.
    me : str, optional
        Whose referrals they may be.
    told : str
        The header of whom I gave to, and got from, as somebody says it.
    named : collection of str
        Words of a summary that are names here.
    void : str, optional
        The header of the column that is said to mark rows; nothing if none does.

    Raises
    ------
    LedgerError
        If the numbers are of the members of a group, which says nobody's partner.
    """
    headers = [fold(title) for title in row]
    sides = _sides(row)
    if not sides.keys() >= {"given", "received"}:
        return None
    given, received = sides["given"][-1], sides["received"][-1]
    if (person := _person(row, headers, rest, told)) is None:
        return None
    totals = {*total_rows(rest.rows, named)}
    rest = replace(rest, rows=[[*cells, *[""] * (len(row) - len(cells))] for cells in rest.rows])
    kept = [at for at in range(len(rest.rows)) if at not in totals]
    counts = [_whole(rest.rows[at][side]) for at in kept for side in (given, received)]
    if not kept or not all(count.isdigit() or count in _NOTHING for count in counts):
        return None
    if long := [at for at in kept if any(map(str.strip, rest.rows[at][len(row) :]))]:
        message = f"expected {len(row)} fields, got {len(rest.rows[long[0]])}"
        hint = "a field that holds what separates the fields stands in quotes"
        raise LedgerError([rest.problem(rest.lines[long[0]], message, hint)])
    if twice := next((places for places in sides.values() if len(places) > 1), None):
        raise LedgerError([_stand_twice([row[at].strip() for at in twice], rest)])
    people = [rest.rows[at][person] for at in kept]
    if not told and (_MEMBER.search(headers[person]) or _names(people, me)):
        raise LedgerError([_of_group(row[person].strip(), rest)])
    made = [
        (rest.lines[at], [word, rest.rows[at][person], number])
        for at in kept
        for word, side in (("given", given), ("received", received))
        if (number := _whole(rest.rows[at][side])) not in _NOTHING
    ]
    told = f"{rest.path}: each number is so many referrals given or received, without a day"
    used = {person, given, received}
    used |= {at for at, title in enumerate(row) if is_asked(title, void)}
    left = dict(unread(row, used, [rest.rows[at] for at in kept]))
    notes = [told, *say_unread(rest.path, left)]
    notes += say_totals(rest.path, rest.lines, rest.rows, totals)
    grid = replace(
        rest,
        rows=[cells for _, cells in made],
        lines=[line for line, _ in made],
        notes=[*rest.notes, *(each for each in notes if each not in rest.notes)],
    )
    columns = {name: ((name,),) for name in TALLY}
    return Rules(name="a tally of referrals", kind="personal", columns=columns), grid


def _person(row: Sequence[str], headers: Sequence[str], rest: Grid, told: str) -> int | None:
    """Find the column of people: the one that is told, by its header, or the only one of names."""
    if told:
        return places(row).get(told)
    said = (at for at, each in enumerate(headers) if HEADERS["person"].search(each))
    named = [each.at for each in columns_of(row, rest.rows) if each.is_names]
    return next(said, named[0] if len(named) == 1 else None)


def _names(people: Sequence[str], me: str | None) -> bool:
    """Tell whether I am among the people."""
    mine = {*ME_WORDS, bare(me or "")} - {""}
    return any(bare(each) in mine for each in people)


def _stand_twice(titles: Sequence[str], rest: Grid) -> Problem:
    """Say that numbers of one way stand in more columns than one."""
    message = f"the columns {join_names([*map(quoted, titles)])} count the same way"
    hint = "keep one for each way, as the sum of both, or give each pair a table of its own"
    return rest.problem(rest.lines[0] if rest.lines else 0, message, hint)


def _of_group(title: str, rest: Grid) -> Problem:
    """Say that the numbers of a group's members name no pair."""
    message = "these are the numbers of each member of a group: they do not say who gave to whom"
    hint = (
        f"import the slips of the group, or its matrix of who gave to whom; if they are what you "
        f"gave to each and got from each: --columns {argument(f'person={title}')}"
    )
    return rest.problem(rest.lines[0] if rest.lines else 0, message, hint)


def split_ticks(row: Sequence[str], rest: Grid) -> tuple[list[str], Grid] | None:
    """Make one column of directions of two columns with ticks; None if there are no such two.

    In rows with a day each, numbers count the referrals of that day.

    Parameters
    ----------
    row : sequence of str
        What may be the header.
    rest : Grid
        What stands below; it is told what was decided.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> grid = Grid("a.csv", [["Ann Lee", "x", ""], ["Bo Park", "", "x"]], [2, 3])
    >>> header, ticked = split_ticks(["Name", "Gave", "Got"], grid)
    >>> ticked.rows
    [['Ann Lee', 'given', ''], ['Bo Park', 'received', '']]
    """
    sides = _sides(row)
    if {side: len(places) for side, places in sides.items()} != {"given": 1, "received": 1}:
        return None
    (given,), (received,) = sides["given"], sides["received"]
    left = {*total_rows(rest.rows), *heading_rows(rest.rows)}
    made: list[tuple[int, list[str]]] = []
    marks: set[str] = set()
    for at, (line, cells) in enumerate(zip(rest.lines, rest.rows, strict=True)):
        full = [*cells, *[""] * (len(row) - len(cells))]
        ticks = {"given": _tick(full[given]), "received": _tick(full[received])}
        if at in left:
            made.append((line, full))
            continue
        if None in ticks.values():
            return None
        said = {word: tick for word, tick in ticks.items() if tick}
        marks.update(said.values())
        for word, tick in (said or {"": ""}).items():
            full[given], full[received] = word, tick if tick.isdigit() else ""
            made.append((line, [*full]))
    if not marks or (all(map(str.isdigit, marks)) and not _has_days(row, rest)):
        return None
    header = [*row]
    header[given], header[received] = TICKED, "count" if any(map(str.isdigit, marks)) else ""
    names = f"{quoted(row[given].strip())} and {quoted(row[received].strip())}"
    told = f"{rest.path}: the marks under {names} say which way each referral went"
    if told not in rest.notes:
        rest.notes.append(told)
    rows, lines = [cells for _, cells in made], [line for line, _ in made]
    return header, replace(rest, rows=rows, lines=lines)


def _has_days(row: Sequence[str], rest: Grid) -> bool:
    """Tell whether a column says a day for each row."""
    return any(each.says("date") and each.is_dates for each in columns_of(row, rest.rows))


def _tick(cell: str) -> str | None:
    """Give the mark or the number of a cell, nothing if it has none; None if it is another text."""
    word = _whole(fold(cell) or cell.replace("\ufe0f", ""))
    if word in _NO_TICKS:
        return ""
    is_mark = word in _TICKS or _MARKS.issuperset(word) or (word.isdigit() and len(word) < 4)
    return word if is_mark else None


def _whole(cell: str) -> str:
    return cell.strip().removesuffix(".0")
