"""Which layout a file has, told by its headers, and where its columns stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.cells.sheet import LEAD
from refgraph.imports.cells.totals import plain_rows
from refgraph.imports.column_names import KINDS, NEEDED, TABLES, kind_of, needed_for
from refgraph.imports.kinds.other_side import see_receivers
from refgraph.imports.kinds.passed_over import of_one_column
from refgraph.imports.rules.builtin_rules import shipped
from refgraph.imports.rules.column import MOST_ROWS
from refgraph.imports.rules.headers import bare, places
from refgraph.imports.rules.infer import could_be_header, infer_rules, missing_columns
from refgraph.imports.rules.ruleset import INFERRED, OWN, Rules
from refgraph.imports.rules.tally import split_ticks
from refgraph.imports.rules.turned import direction_in
from refgraph.imports.rules.unknown_columns import side_left_out, spoiled_direction, unknown_columns
from refgraph.imports.shapes.counted import counted_in
from refgraph.imports.shapes.merged_down import with_merged
from refgraph.imports.shapes.named_once import fill_blocks, see_told
from refgraph.imports.shapes.said_directions import as_said
from refgraph.imports.shapes.sheet_names import with_title_column
from refgraph.imports.shapes.side_by_side import one_below_the_other
from refgraph.imports.shapes.stacked_headers import other_shapes, turned_over
from refgraph.imports.shapes.twin_columns import with_twins
from refgraph.imports.shapes.written_marks import read_marks
from refgraph.names.void_marks import is_asked
from refgraph.reading.files.problems import Problems
from refgraph.schema.text import quoted, visible
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.imports.cells.sheet import Grid

__all__ = ["Layout", "fits", "layouts_of"]

_SLIPS = {"slip type", "type of slip"}
# Columns of an address book: each row is a person.
_IN_CARDS = {"first name", "email", "e-mail", "email address", "e-mail address"}


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of one table mean.

    Attributes
    ----------
    rules : Rules
        All that is said about it.
    kind : str
        One of :data:`KINDS <refgraph.imports.column_names.KINDS>`.
    titles : sequence of str
        The headers, or ours where the rules name the columns.
    line : int
        The line of the header; 0 without one.
    columns : mapping of str to list
        Our column, and the positions that are joined, for each alternative.
    relations : sequence of (int, int)
        Where a contact's relations stand: what each is, and to whom.
    """

    rules: Rules
    kind: str
    titles: Sequence[str]
    line: int
    columns: Mapping[str, Sequence[Sequence[int]]]
    relations: Sequence[tuple[int, int]] = ()

    def place(self, name: str) -> int | None:
        """Find the column that a condition is about by its header."""
        return places(self.titles).get(bare(name))

    def used(self) -> set[int]:
        """Give the positions of the columns that something is read from."""
        used = {at for options in self.columns.values() for option in options for at in option}
        used |= {at for pair in self.relations for at in pair}
        used |= {
            at for each in self.rules.conditions if (at := self.place(each.column)) is not None
        }
        return used

    def titles_read(self) -> set[str]:
        """Give the headers, in small letters, of the columns that something is read from."""
        return {bare(self.titles[at]) for at in self.used()}

    def asked(self) -> set[int]:
        """Give the columns that are asked which rows they mark as void."""
        void = self.rules.void
        return {at for at, title in enumerate(self.titles) if is_asked(title, void)}

    def unused(self) -> list[str]:
        """Name the columns that nothing is read from, and that mark no rows."""
        used = self.used() | self.asked()
        return [
            visible(title.strip(), 40)
            for at, title in enumerate(self.titles)
            if at not in used and title.strip()
        ]

    def twice(self) -> list[str]:
        """Name the headers that stand more than once, where something is read from the first."""
        times = Counter(map(bare, self.titles))
        used = [at for options in self.columns.values() for option in options for at in option]
        read = Counter(bare(self.titles[at]) for at in {*used})
        return sorted({name for at in used if times[name := bare(self.titles[at])] > read[name]})


def fits(rules: Rules | None, row: Sequence[str]) -> bool:
    """Tell whether a row is a header that is known, or of the width that the rules say."""
    if rules is not None and rules.fields:
        return len(row) == len(rules.fields) > 1
    return bool(_recognised(rules, row)) or (_may_infer(rules) and could_be_header(row))


def layouts_of(grid: Grid, rules: Rules | None, me: str | None = None) -> list[tuple[Layout, Grid]]:
    """Find the layout of a file: one table, or several of a book one under another.

    Parameters
    ----------
    grid : Grid
        The file.
    rules : Rules, optional
        What somebody says about it; a layout is recognised without, or if
        they name no columns.
    me : str, optional
        Whose referrals they are.

    Raises
    ------
    UnknownColumnsError
        If no layout fits.
    LedgerError
        If one fits, and a column that decides is open.
    """
    if rules is not None:
        grid = as_said(grid, rules)
    if rules is not None and rules.fields:
        return [(_by_position(rules), replace(grid))]
    if _may_infer(rules) and not grid.is_network:
        grid = one_below_the_other(grid) or turned_over(grid) or grid
    if found := _tables_in(grid, rules, me):
        return found
    for made in other_shapes(grid) if _may_infer(rules) else ():
        if found := _tables_in(made, rules, me):
            grid.notes[:] = made.notes
            return found
    for line, row in zip(grid.lines[:LEAD], grid.rows[:LEAD], strict=True):
        if rules is not None and rules.columns and (told := _as_told(rules, row)):
            rest = grid.below(line)
            layout = _filled(_by_header(told, row, line), rest)
            see_told(grid.path, row, rules.above)
            fill_blocks(layout, rest, rules.above, me)
            if left := side_left_out(row, rest, layout.used()):
                raise left
            return [(layout, rest)]
    raise unknown_columns(grid, rules, infers=_may_infer(rules))


def _tables_in(grid: Grid, rules: Rules | None, me: str | None) -> list[tuple[Layout, Grid]]:
    """Find the first line that is the header of a known layout, with what stands below it."""
    above = () if rules is None else rules.above
    for line, header in zip(grid.lines[:LEAD], grid.rows[:LEAD], strict=True):
        titled = with_title_column(header, with_merged(grid.below(line)), rules)
        row, rest = _with_ticks(*titled, rules)
        if counted := counted_in(grid, row, rest, rules, me) if _may_infer(rules) else None:
            said, counts = counted
            see_told(grid.path, row, above)
            grid.notes[:] = counts.notes
            return [(_by_header(said, [*said.columns], line), counts)]
        if found := _recognised(rules, row, rest.rows) or _inferred(rules, row, rest, me):
            layout = _filled(_by_header(found, row, line), rest)
            _check(grid.path, layout, rules)
            see_told(grid.path, row, above)
            see_receivers(layout, rest, me)
            if found.name == INFERRED and not (rules and rules.path):
                _see_directions(layout, rest)
            if not found.is_own:
                read_marks(rest)
            fill_blocks(layout, rest, above, me)
            grid.notes[:] = rest.notes
            return _tables(layout, rest, rules) if found.is_own else [(layout, rest)]
    return []


def _with_ticks(row: Sequence[str], rest: Grid, rules: Rules | None) -> tuple[Sequence[str], Grid]:
    """Make one column of directions of two with ticks, where no rules name the columns."""
    return (split_ticks(row, rest) if _may_infer(rules) else None) or (row, rest)


def _see_directions(layout: Layout, rest: Grid) -> None:
    """Refuse a column of directions that would be left out for one word."""
    left = spoiled_direction(layout.titles, rest, layout.used(), enough=0.5)
    if left is not None:
        raise left


def _may_infer(rules: Rules | None) -> bool:
    return rules is None or not (_names_all(rules) or rules.like or rules.fields)


def _names_all(rules: Rules) -> bool:
    """Tell whether rules name columns, and none of those that are needed is left to be found.

    A rules file names what counts; what an option says changes what is recognised, unless it
    is enough.
    """
    if not rules.columns or rules.like:
        return False
    kind = kind_of({*rules.columns, *rules.constants})
    # a person alone may be one of a table that says more, as a direction
    return bool(rules.path or rules.kind) or kind not in (None, "", "people", "contacts")


def _inferred(rules: Rules | None, row: Sequence[str], rest: Grid, me: str | None) -> Rules | None:
    """Tell what the columns mean by their headers and cells, where no layout is named."""
    if not _may_infer(rules):
        return None
    told = {} if rules is None else rules.columns
    ours = {each[0]: name for name, some in told.items() for each in some if len(each) == 1}
    named = [ours.get(bare(title), title) for title in row]
    rows = plain_rows(rest.rows, MOST_ROWS)
    found = infer_rules(named, rows, me)
    if found is None and (direction := direction_in(rest.title)):
        found = infer_rules(named, rows, me, direction)
        note = f"{rest.path}: every row is {direction}, as the name {quoted(rest.title)} says"
        if found is not None and note not in rest.notes:
            rest.notes.append(note)
    return found if found is None or rules is None else rules.over(found)


def _filled(layout: Layout, rest: Grid) -> Layout:
    """Add the columns that a layout does not know by their headers, and the cells bear out."""
    known = {*layout.columns, *layout.rules.constants}
    read = {at for options in layout.columns.values() for option in options for at in option}
    found = missing_columns(layout.titles, plain_rows(rest.rows, MOST_ROWS), known, read)
    wanted = {name: found[name] for name in found if name in KINDS[layout.kind]}
    names = places(layout.titles)
    columns = {name: _positions(options, names) for name, options in wanted.items()}
    days = "date" if layout.rules.name == INFERRED else ""
    made = with_twins({**columns, **layout.columns}, layout.titles, rest.rows, days)
    return replace(layout, columns=made)


def _recognised(
    rules: Rules | None, row: Sequence[str], rows: Sequence[Sequence[str]] = ()
) -> Rules | None:
    """Give the rules that fit a header, if any, with what stands below."""
    names = places(row)
    if rules is not None and _names_all(rules):
        return _as_told(rules, row)
    if rules is not None and rules.like:
        base = shipped().get(rules.like)
        if base is None:
            near = did_you_mean(rules.like, shipped())
            hint = f"did you mean {near}?" if near else f"layouts are: {', '.join(shipped())}"
            message = f"there is no layout {quoted(rules.like)}"
            raise LedgerError([Problem(rules.path, 0, message, hint=hint)])
        bases = [base]
    else:
        if own := _own(names):
            return own if rules is None else rules.over(own)
        bases = [each for each in shipped().values() if _may_be(each, names)]
        if not bases:
            return None
    # Who names giver and receiver says more than who names a referrer.
    best = max(bases, key=lambda each: (_matched(names, each), each.kind == "referrals"))
    found = of_one_column(best, row, rows) if _matched(names, best) else None
    return found if found is None or rules is None else rules.over(found)


def _as_told(rules: Rules, row: Sequence[str]) -> Rules | None:
    """Give rules that name columns, if a header has all of those that are needed."""
    names = places(row)
    kind = rules.kind or kind_of({*rules.columns, *rules.constants})
    there = {name for name, options in rules.columns.items() if _positions(options, names)}
    needed = {*needed_for(kind)} - {*rules.constants} if kind else {""}
    needed = needed or {*rules.columns}  # where both sides are said, one date would be no header
    return rules if there and needed <= there else None


def _may_be(rules: Rules, names: Mapping[str, int]) -> bool:
    """Tell whether a layout is told by its header alone, and not by any list with a referrer."""
    return bool(rules.recognise) or (rules.kind == "contacts" and not _IN_CARDS.isdisjoint(names))


def _matched(names: Mapping[str, int], rules: Rules) -> int:
    """Count the headers by which a layout is recognised; its needed columns count as one."""
    if not rules.recognise:
        needed = [rules.columns[name] for name in NEEDED[rules.kind]]
        return int(all(_positions(options, names) for options in needed))
    return max((len(each) for each in rules.recognise if names.keys() >= {*each}), default=0)


def _own(names: Mapping[str, int]) -> Rules | None:
    """Recognise a table of a book, or one that says given and received."""
    columns = {name for kind in KINDS for name in KINDS[kind] if bare(name) in names}
    columns -= {"slip", "inside", "referrer"}
    if not _SLIPS.isdisjoint(names):  # not every slip is a referral
        return None
    kind = kind_of(columns)
    if not kind:
        return None
    known = {bare(name) for name in KINDS[kind]}
    # Few words are enough for a table of referrals; others are common in foreign files.
    enough = kind in ("referrals", "personal") or {*names} <= known
    if not enough and (kind != "people" or len({*names} & known) < 3):
        return None
    mapped = {name: ((bare(name),),) for name in KINDS[kind] if bare(name) in names}
    return Rules(name=OWN, kind=kind, columns=mapped, decimal="point")


def _positions(alternatives: Sequence[Sequence[str]], names: Mapping[str, int]) -> list[list[int]]:
    return [
        [names[header] for header in headers]
        for headers in alternatives
        if all(header in names for header in headers)
    ]


def _by_header(rules: Rules, row: Sequence[str], line: int) -> Layout:
    names = places(row)
    columns = {ours: _positions(options, names) for ours, options in rules.columns.items()}
    columns = {ours: found for ours, found in columns.items() if found}
    kind = rules.kind or kind_of({*columns, *rules.constants})
    relations = [
        (at, names[value])
        for header, at in names.items()
        if header.startswith(("relation ", "custom field ")) and header.endswith(" - label")
        if (value := header.removesuffix("label") + "value") in names
    ]
    return Layout(rules, kind, row, line, columns, relations if kind == "contacts" else ())


def _by_position(rules: Rules) -> Layout:
    columns = {name: [[at]] for at, name in enumerate(rules.fields) if name}
    kind = rules.kind or kind_of({*columns, *rules.constants})
    layout = Layout(rules, kind, rules.fields, 0, columns)
    if not kind:
        message = "these fields are neither referrals nor people"
        hint = "name giver and receiver, or direction and person, or person"
        raise LedgerError([Problem(rules.path, 0, message, hint=hint)])
    _check("", layout, rules)
    return layout


def _check(path: str, layout: Layout, rules: Rules | None) -> None:
    """See that every column that the rules speak of is there."""
    if rules is None:
        return
    problems = Problems()
    listed = visible(", ".join(filter(None, layout.titles)), 200)
    names = places(layout.titles)
    for ours, options in rules.columns.items():
        if not rules.path and ours not in (*KINDS[layout.kind], "slip"):
            message = f"{ours} is not read from this file as {layout.rules.name or layout.kind}"
            hint = "name giver and receiver both, and all that is read: --columns giver=..."
            problems.append(Problem(path, 0, message, hint=hint))
        elif ours not in layout.columns or not (rules.path or _positions(options, names)):
            message = f"{path} has no column {quoted(' + '.join(options[0]))} for {ours}"
            where = rules.path or path
            problems.append(Problem(where, 0, message, hint=f"its columns are: {listed}"))
    for each in rules.conditions:
        if each.column not in layout.columns and layout.place(each.column) is None:
            message = f"there is no column {quoted(each.column)}"
            problems.append(Problem(rules.path, each.line, message, hint=f"columns are: {listed}"))
    if problems:
        raise LedgerError(problems.told())


def _tables(first: Layout, grid: Grid, rules: Rules | None) -> list[tuple[Layout, Grid]]:
    """Split what a dry run prints: tables of a book, each under its own header."""
    found, layout, start = [], first, 0
    for at, row in enumerate(grid.rows):
        own = _own(places(row)) if {*row} <= _ALL and len({*row}) == len(row) > 1 else None
        if own is not None:
            found.append((layout, _part(grid, start, at)))
            layout = _by_header(own if rules is None else rules.over(own), row, grid.lines[at])
            start = at + 1
    found.append((layout, _part(grid, start, len(grid.rows))))
    broken = found[0][1]
    broken.broken = grid.broken
    return found


_ALL = {name for columns in TABLES.values() for name in columns}


def _part(grid: Grid, start: int, end: int) -> Grid:
    return replace(grid, rows=grid.rows[start:end], lines=grid.lines[start:end], broken=Problems())
