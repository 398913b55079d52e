"""A recognised file becomes rows for the book, by the kind of export that it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.book_index import Names
from refgraph.imports.cells.field_values import Fields
from refgraph.imports.cells.left_out import say_unread, unread
from refgraph.imports.cells.named_rows import entries_of
from refgraph.imports.cells.sheet import LEAD
from refgraph.imports.converted import Converted, Row
from refgraph.imports.kinds.contacts import convert_contact
from refgraph.imports.kinds.left_out_sides import see_left_out
from refgraph.imports.kinds.lost_columns import say_lost
from refgraph.imports.kinds.other_side import see_other_side
from refgraph.imports.kinds.passed_over import passed_over
from refgraph.imports.kinds.row_kinds import is_referral, with_row_kinds
from refgraph.imports.kinds.slips import convert_slip
from refgraph.imports.kinds.void_rows import leave_void_rows
from refgraph.imports.rules.builtin_rules import shipped
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.infer import open_values
from refgraph.imports.rules.reasons import reasons_of
from refgraph.imports.rules.recognise import layouts_of
from refgraph.imports.rules.ruleset import INFERRED
from refgraph.imports.rules.tally import TALLY
from refgraph.imports.rules.words import DIRECTION_WORDS
from refgraph.imports.shapes.months_across import MONTHLY
from refgraph.imports.shapes.sheet_names import SHEET_NAME
from refgraph.imports.understood import rules_of
from refgraph.imports.who.me_cells import name_me
from refgraph.imports.who.nobody import blank_nobody
from refgraph.imports.who.several_people import leave_several
from refgraph.names.folded import fold
from refgraph.schema.row_facts import person_of
from refgraph.schema.text import argument, quoted
from refgraph.schema.values import DIRECTIONS, among, filled, named
from refgraph.wording import count, join_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from refgraph.imports.cells.named_rows import Entries, Entry
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["convert"]

_EXAMPLES = {"status": "contacted", "role": "prospect"}
_TABLE_OF = {"referrals": "referrals", "people": "people"}
_TABLE_OF |= {"touches": "touches", "statuses": "statuses"}


def convert(
    grid: Grid,
    rules: Rules | None,
    *,
    me: str | None,
    today: date,
    day: date | None = None,
    names: Names | None = None,
    brief: bool = False,
) -> Converted:
    """Convert a file.

    Parameters
    ----------
    grid : Grid
        Its rows, which are taken out of it.
    rules : Rules, optional
        What somebody says about them.
    me : str or None
        Whose book it is.
    today : datetime.date
        The last day that is not in the future.
    day : datetime.date, optional
        The date of rows that have none.
    names : Names, optional
        Who has a name in the book.
    brief : bool
        Whether what the columns are taken for is left to who asks, and not among the notes.

    Raises
    ------
    LedgerError
        If the file as a whole cannot be converted.
    """
    tables = _tables(grid, rules, me)
    found = Converted(grid.path, notes=grid.notes)
    found.lost = [note for layout, part in tables for note in say_lost(layout, part)]
    left = _left_out(tables, brief=brief)
    found.reasons = [] if brief else _reasons(grid, *tables[0])
    found.rules = "" if brief else _rules(tables[0][0], grid)
    grid.rows, grid.lines = [], []  # from here on the tables alone hold them
    parts = [(layout, entries_of(layout, part)) for layout, part in tables]
    said = {*found.notes}
    found.notes += [note for _, part in tables for note in part.notes if note not in said]
    found.layouts = [layout for layout, _ in tables]
    found.notes += found.lost
    if not brief:
        _tell(grid, tables[0][0], found)
    found.notes += say_unread(grid.path, left)
    first = tables[0][0].rules
    names = names or Names((), {}, me)
    for layout, entries in parts:
        found.heard |= entries.heard
        found.notes += blank_nobody(grid.path, layout, entries, names)
        leave_several(layout, entries, names, found)
    every = [entry for _, entries in parts for entry in entries.rows]
    name_me(grid, every, me, names, found, kept=first.newcomers, is_own=first.is_own)
    for layout, entries in parts:
        found.notes += _unknown(grid, layout, entries)
    fields = Fields(grid, every, first, today, day)
    every.clear()  # they are as large as what is made of them
    for layout, entries in parts:
        if layout.kind == "personal" and me is None:
            raise LedgerError([_nobody(grid, layout)])
        found.problems.extend(entries.problems)
        found.left_out += entries.left_out
        found.newcomers += layout.rules.newcomers
        entries.rows.reverse()
        while entries.rows:
            _take(entries.rows.pop(), layout, fields, me, found)
    found.problems.extend(fields.problems)
    found.problems.sort(key=lambda problem: problem.line)
    return found


def _tables(grid: Grid, rules: Rules | None, me: str | None) -> list[tuple[Layout, Grid]]:
    """Tell what the columns of each table mean, without void rows; ask what is open."""
    tables = [(with_row_kinds(layout, part), part) for layout, part in layouts_of(grid, rules, me)]
    if rules is None or not {"giver", "receiver", "note"} & {*rules.columns}:
        see_other_side(*tables[0], me)
    for layout, part in tables:
        leave_void_rows(layout, part)
        see_left_out(layout, part)
    if rules is None or "value" not in rules.columns:
        _see_values(*tables[0])
    return tables


def _see_values(layout: Layout, part: Grid) -> None:
    """Refuse to choose between two columns that say alike what a referral was worth."""
    taken = [at for option in layout.columns.get("value", ()) for at in option]
    if layout.rules.name != INFERRED or len(taken) != 1:
        return
    titles = open_values(layout.titles, part.rows, taken[0], layout.used())
    if titles:
        message = f"{join_names([*map(quoted, titles)])} may each say what a referral was worth"
        columns = [f"--columns {argument(f'value={title}')}" for title in titles]
        hint = f"say which one does: {', or '.join(columns)}"
        if len({*titles}) < len(titles):
            hint = "give each of them a header of its own"
        raise LedgerError([part.problem(layout.line, message, hint)])


def _reasons(grid: Grid, layout: Layout, part: Grid) -> list[str]:
    """Say why each column was taken as it was."""
    is_own = (
        tuple(layout.titles) in (TALLY, MONTHLY) or grid.is_network
    )  # its titles are none of the file
    return [] if is_own else reasons_of(layout, part.rows)


def _tell(grid: Grid, layout: Layout, found: Converted) -> None:
    """Say what the file is taken for, and which of its columns stands there twice."""
    if layout.rules.name:
        found.notes.append(f"{grid.path}: read as {layout.rules.name}")
    for name in layout.twice() if layout.line else ():
        found.notes.append(f"{grid.path}: the first of the columns called {quoted(name)} is read")


def _rules(layout: Layout, grid: Grid) -> str:
    """Give the rules that say what a table was taken for; none of a tally, a matrix or the like.

    Rules name the headers of a line, and there the headers that are read stand in none.
    """
    read, said = layout.titles_read() - {bare(SHEET_NAME)}, Counter(map(bare, layout.titles))
    here = [Counter(map(bare, row)) for row in grid.rows[:LEAD]]
    is_there = any(all(row[title] == said[title] for title in read) for row in here)
    return rules_of(layout) if layout.line and is_there and not grid.is_network else ""


def _left_out(tables: Sequence[tuple[Layout, Grid]], *, brief: bool) -> dict[str, str]:
    """Give what nothing is read from: columns, but for who is told of those, and cells of others.

    Each comes with some of what it holds.
    """
    left: dict[str, str] = {}
    for each, part in tables:
        used = each.used() | each.asked()
        left |= {} if brief else dict(unread(each.titles, used, part.rows))
        left |= dict(passed_over(each, part.rows))
    return left


def _unknown(grid: Grid, layout: Layout, entries: Entries) -> list[str]:
    """Tell the texts that no rule knows, with a rule that would know the first of them."""
    notes = []
    for column, texts in entries.unknown.items():
        rules = [each for each in layout.rules.conditions if each.column == column and each.sets]
        listed = [
            f"{quoted(text)} ({count(times, 'row')})"
            for text, times in sorted(texts.items(), key=lambda each: (-each[1], each[0]))
        ]
        text = min(texts, key=lambda each: ('"' in each, -texts[each], each))
        title = f'"{column}"' if layout.place(column) is not None else column
        ours, value = next((each.sets for each in rules if each.sets), ("status", "contacted"))
        rule = f'if {title} = "{text}" set {ours} "{_EXAMPLES.get(ours, value)}"'
        rows = count(sum(texts.values()), "row", "says")
        notes.append(
            f"{grid.path}: no rule knows what {rows} in {title}, and it changes nothing: "
            f"{', '.join(listed)}; what it means can be said {_where(layout)}, for example: {rule}"
        )
    return notes


def _where(layout: Layout) -> str:
    name = layout.rules.path.removesuffix(".rules")
    if name in shipped():
        return f'in a rules file, under a line "like {name}"'
    return "in the rules" if layout.rules.path else "in a rules file"


def _nobody(grid: Grid, layout: Layout) -> Problem:
    message = "each row names only the other person, and nothing says who you are"
    return grid.problem(layout.line, message, "say it with --me NAME")


def _take(entry: Entry, layout: Layout, fields: Fields, me: str | None, found: Converted) -> None:
    """Convert one row."""
    if layout.kind != "slips" and not is_referral(entry.texts.get("slip", "")):
        _take_other(entry, layout, fields, me, found)
    elif layout.kind == "contacts":
        convert_contact(entry, layout.rules, fields, found)
    elif layout.kind == "slips":
        convert_slip(entry, fields, found, me)
    elif layout.kind == "personal":
        if values := _personal(entry, fields, str(me)):
            found.rows["referrals"].append(Row(entry.line, values, entry.told))
    elif values := fields.row(entry, table := _TABLE_OF[layout.kind]):
        if values.get("id") and table == "referrals":
            values["id"] = f"{layout.rules.prefix}{values['id']}"
        found.rows[table].append(Row(entry.line, values, entry.told))


def _take_other(
    entry: Entry, layout: Layout, fields: Fields, me: str | None, found: Converted
) -> None:
    """Convert a row that says to be no referral, as a slip of its kind."""
    texts = entry.texts
    if layout.kind == "personal":
        word = fold(texts.get("direction", ""))
        sides = (str(me), texts.get("person", ""))
        is_mine = DIRECTION_WORDS.get(word) != "received"
        texts["giver"], texts["receiver"] = sides if is_mine else sides[::-1]
    elif layout.kind == "contacts":
        texts["giver"], texts["receiver"] = texts.get("referrer", ""), str(me or "")
    convert_slip(entry, fields, found, me)


def _personal(entry: Entry, fields: Fields, me: str) -> dict[str, object]:
    """Name giver and receiver of a row that names only the other person."""
    word = entry.texts.get("direction", "").strip().casefold()
    entry.texts["direction"] = DIRECTION_WORDS.get(fold(word), word)
    entry.texts["giver"] = entry.texts["receiver"] = "-"  # read in a moment
    values = fields.row(
        entry,
        "referrals",
        direction=filled(among("direction", DIRECTIONS), "the direction is not given"),
        person=named("the person is not named"),
    )
    if not values:
        return {}
    person, given = person_of(values), values["direction"] == "given"
    row = fields.bare(values, "referrals")
    row["giver"], row["receiver"] = (me, person) if given else (person, me)
    return row
