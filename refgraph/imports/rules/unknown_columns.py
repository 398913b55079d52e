"""What is said of a table whose columns nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.sheet import LEAD
from refgraph.imports.column_names import kind_of
from refgraph.imports.rules.column import columns_of
from refgraph.imports.rules.headers import places
from refgraph.imports.rules.infer import lacks_person
from refgraph.imports.rules.turned import tells_of_them
from refgraph.imports.rules.words import DIRECTION_WORDS
from refgraph.imports.shapes.arrow_lines import ARROW_LINE, CHAT_LINE, has_arrow
from refgraph.imports.shapes.sheet_names import SHEET_NAME
from refgraph.names.folded import fold
from refgraph.schema.text import argument, quoted, visible
from refgraph.schema.values import DIRECTIONS, did_you_mean
from refgraph.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from refgraph.errors import Problem
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.column import Column
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["UnknownColumnsError", "side_left_out", "unknown_columns"]

# What the summary of a networking group counts of each member: referrals in and out, business.
_LETTERS = frozenset(("rgi", "rgo", "rri", "rro", "tyfcb"))
#: What heads the names of a pivot table in its compact form.
_ROW_LABELS = frozenset(
    (
        *("row labels", "zeilenbeschriftungen", "etiquettes de lignes", "etiquetas de fila"),
        *("etichette di riga", "rijlabels", "rotulos de linha"),
    )
)
_ENOUGH_LETTERS = 3


_MOST_WORDS = 4
_COMMENTS, _FEWEST = ("%", "#"), 2


class UnknownColumnsError(LedgerError):
    """Nobody knows what the columns of a file mean."""


def unknown_columns(grid: Grid, rules: Rules | None, *, infers: bool) -> LedgerError:
    """Say that no layout fits a file, and what would.

    It is an :class:`UnknownColumnsError` where nothing was understood, and no such one where the
    table is understood but for a column that decides.

    Parameters
    ----------
    grid : Grid
        The file.
    rules : Rules, optional
        What somebody says about it.
    infers : bool
        Whether its columns may be told by their cells.
    """
    line = grid.lines[0] if grid.lines else 0
    if rules is not None and (rules.columns or rules.like):
        wanted = rules.like and f"the layout {rules.like}"
        by = wanted or rules.path or "--columns"
        message = f"no line of the first {LEAD} has the columns that {by} names"
        return UnknownColumnsError(
            [grid.problem(line, message, "name the headers as the file has them")]
        )
    if near := _near_miss(grid) or _of_members(grid) or _of_pivot(grid):
        return UnknownColumnsError([near])
    if infers and (lines := _of_lines(grid)):
        return LedgerError([lines])
    for at, row in zip(grid.lines[:LEAD], grid.rows[:LEAD], strict=True):
        if infers and (open_ := _open(grid, at, row)):
            return LedgerError([open_])
    if all(len(row) == 1 for row in grid.rows[:LEAD]):
        message = "this is no table: none of its first lines has more than one column"
        hint = _by_blanks(grid) or (
            "export it as CSV, or say what separates its columns with --delimiter"
        )
        return UnknownColumnsError([grid.problem(line, message, hint)])
    message = "refgraph does not know what these columns mean"
    lead = grid.rows[:LEAD]
    full = max(range(len(lead)), key=lambda at: sum(map(bool, map(str.strip, lead[at]))), default=0)
    columns = columns_of(lead[full] if lead else (), grid.rows[full + 1 :])
    line = grid.lines[full] if lead else 0
    columns.sort(key=lambda each: (not each.is_names, each.is_dates or each.is_amounts))
    titles = [*dict.fromkeys(each.title.strip() for each in columns if each.is_names)]
    giver, receiver = titles[:2] if len(titles) > 1 else ("HEADER", "HEADER")
    named = argument(f"giver={giver},receiver={receiver}")
    hint = (
        f"name those that say who gave and who got, such as --columns {named}; "
        f"or in a rules file, with --rules: refgraph import --help tells how"
    )
    return UnknownColumnsError([grid.problem(line, message, hint)])


def _of_pivot(grid: Grid) -> Problem | None:
    """Say of a pivot table whose names stand under each other in one column how it is read."""
    for line, row in zip(grid.lines[:LEAD], grid.rows[:LEAD], strict=True):
        if row and fold(row[0]) in _ROW_LABELS:
            message = "this is a pivot table in its compact form: who gave and got share a column"
            hint = "in the spreadsheet choose Design, Report Layout, Show in Tabular Form"
            return grid.problem(line, message, hint)
    return None


def _open(grid: Grid, line: int, row: Sequence[str]) -> Problem | None:
    """Say what is open of a table whose rows say which way each referral went."""
    if lacks_person(row, grid.below(line).rows[:LEAD]):
        message = "each row has a direction, and no column is known to say from or to whom"
        return grid.problem(line, message, _whose(grid, line, row))
    return _turned(grid, line, row) or _no_direction(grid, line, row)


def _of_lines(grid: Grid) -> Problem | None:
    """Say how lines of a chat, or with an arrow each, are written so that they can be read."""
    line = grid.lines[0] if grid.lines else 0
    write = f"write a file with a line for each referral: {ARROW_LINE}"
    texts = [", ".join(row).strip() for row in grid.rows[:LEAD]]
    chat = [each for each in texts if CHAT_LINE.match(each)]
    if chat and len(chat) * 2 >= len(texts):
        return grid.problem(line, "this is a chat, of whose sentences none is read", write)
    arrows = [at for at, text in enumerate(texts) if has_arrow(text)]
    if arrows and len(arrows) * 2 >= len(texts):
        message = "not each line has one arrow between two names"
        return grid.problem(line, message, write)
    return None


def _of_members(grid: Grid) -> Problem | None:
    """Say of the figures of a group's members, in the letters of such reports, what they lack."""
    for line, row in zip(grid.lines[:LEAD], grid.rows[:LEAD], strict=True):
        if len(_LETTERS & {*map(fold, row)}) >= _ENOUGH_LETTERS:
            message = "these are numbers of each member of a group: they name no pair"
            hint = "import the slips of the group, or its matrix of who gave to whom"
            return grid.problem(line, message, hint)
    return None


def _by_blanks(grid: Grid) -> str:
    """Name the command that reads an edge list whose columns blanks separate; nothing for others.

    Such lists of networks are read, and not imported.
    """
    mark = next((text[0] for row in grid.rows[:1] if (text := row[0].strip())[:1] in _COMMENTS), "")
    texts = [row[0].strip() for row in grid.rows[:LEAD] if not (mark and row[0].startswith(mark))]
    widths = {len(text.split()) for text in texts}
    if len(widths) != 1 or max(widths) < _FEWEST or not all(text[:1].isalnum() for text in texts):
        return ""
    said = f" --comment {argument(mark)}" if mark else ""
    first, *others = (text.split()[:_FEWEST] for text in texts)
    if others and all(map(str.isdigit, others[0])) and not any(map(str.isdigit, first)):
        columns = argument(f"giver={first[0]},receiver={first[1]}")
    else:
        said, columns = f"{said} --no-header", "giver=1,receiver=2"
    command = f"refgraph reciprocity {argument(grid.path)} --delimiter space{said}"
    return f"if blanks separate its columns: {command} --columns {columns}"


def side_left_out(row: Sequence[str], rest: Grid, used: Collection[int]) -> LedgerError | None:
    """Say that a column would be left out whose header says who gave or got, if one would.

    Parameters
    ----------
    row : sequence of str
        The header.
    rest : Grid
        What stands below it.
    used : collection of int
        The places that are read.
    """
    if spoiled := spoiled_direction(row, rest, used):
        return spoiled
    for column in columns_of(row, rest.rows):
        if column.at in used or not any(map(column.says, ("direction", "giver", "receiver"))):
            continue
        message = f"{_decides(column.title)}, and would be left out"
        names = [argument(f"{side}={column.title}") for side in ("giver", "receiver")]
        hint = f"say what it is: --columns {names[0]}, or --columns {names[1]}"
        at = rest.lines[0] if rest.lines else 0
        return LedgerError([rest.problem(at, message, hint)])
    return None


def spoiled_direction(
    row: Sequence[str], rest: Grid, used: Collection[int], *, enough: float = 0.0
) -> LedgerError | None:
    """Say which word is no direction in a column of directions that would be left out for it.

    Parameters
    ----------
    row, rest, used
        As of :func:`side_left_out`.
    enough : float
        The least share of its cells that are words of a direction.
    """
    for column in columns_of(row, rest.rows):
        words = column.fitting(lambda cell: fold(cell) in DIRECTION_WORDS)
        if column.at in used or not column.says("direction") or words < enough * len(column.cells):
            continue
        for line, each in zip(rest.lines, rest.rows, strict=True):
            cell = each[column.at].strip() if column.at < len(each) else ""
            if cell and fold(cell) not in DIRECTION_WORDS:
                return LedgerError([_no_direction_in(column, cell, rest, line)])
    return None


def _whose(grid: Grid, line: int, row: Sequence[str]) -> str:
    """Say how a column is named that says from or to whom, or what the file itself is called."""
    columns = columns_of(row, grid.below(line).rows)
    named = [each.title.strip() for each in columns if each.is_names][:_MOST_WORDS]
    called = f"--columns {argument(f'person={SHEET_NAME}')}"
    told = [f"--columns {argument(f'person={title}')}" for title in named]
    by_title = f"if they are about {visible(grid.title, 60)}: {called}"
    return "; ".join(
        [*([f"say which one names that person: {', or '.join(told)}"] * bool(told)), by_title]
    )


def _no_direction_in(column: Column, cell: str, rest: Grid, line: int) -> Problem:
    """Ask which way a word says that a referral went, and show the others that nobody knows."""
    unknown = (each for each in column.cells if fold(each) not in DIRECTION_WORDS)
    others = [each for each in dict.fromkeys(unknown) if each != cell][:_MOST_WORDS]
    too = f" (nor {join_names([*map(quoted, others)])})" if others else ""
    ways = (f"--rename {argument(f'{cell}={way}')}" for way in DIRECTIONS)
    message = f"{_decides(column.title)}, and {quoted(cell)} is no direction{too}"
    return rest.problem(line, message, f"say which way it is: {', or '.join(ways)}")


def _decides(title: str) -> str:
    return f"the column {quoted(title)} says who gave or got"


def _turned(grid: Grid, line: int, row: Sequence[str]) -> Problem | None:
    """Say that a column tells directions as the other person sees them, if one does."""
    columns = columns_of(row, grid.below(line).rows)
    for column in columns:
        if not (column.directions and tells_of_them(column.title)):
            continue
        title, word = column.title.strip(), column.cells[0]
        person = next((each.title.strip() for each in columns if each.says("person")), "HEADER")
        turned = "received" if DIRECTION_WORDS[fold(word)] == "given" else "given"
        message = f"the column {quoted(title)} may say what they did, or what I did"
        said = argument(f"direction={title},person={person}")
        rule = f'column direction "{title}", and if "{title}" = "{word}" set direction "{turned}"'
        hint = f"if it is what I did: --columns {said}; if they did, in a rules file: {rule}"
        return grid.problem(line, message, hint)
    return None


def _no_direction(grid: Grid, line: int, row: Sequence[str]) -> Problem | None:
    """Say which word is no direction in a column that is headed so, if one is."""
    rest = grid.below(line)
    for column in columns_of(row, rest.rows):
        if not column.says("direction") or not column.cells or column.directions:
            continue
        for at, each in zip(rest.lines, rest.rows, strict=True):
            cell = each[column.at].strip() if column.at < len(each) else ""
            if cell and fold(cell) not in DIRECTION_WORDS:
                return _no_direction_in(column, cell, rest, at)
    return None


def _near_miss(grid: Grid) -> Problem | None:
    """Find a table of referrals in which one header is misspelled."""
    for line, row in zip(grid.lines[:LEAD], grid.rows[:LEAD], strict=True):
        names = places(row)
        absent = [
            name for name in ("giver", "receiver", "direction", "person") if name not in names
        ]
        for name in names:
            near = did_you_mean(name, absent, cutoff=0.8)
            if near and kind_of({*names, near}) in ("referrals", "personal"):
                message = f"there is no column {quoted(name)}; did you mean {near}?"
                return grid.problem(line, message, "correct the header")
    return None
