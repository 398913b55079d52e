"""Rows of cells become rows under our names: skipped, changed and renamed by the rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from refgraph.errors import LedgerError
from refgraph.imports.cells.contact_cells import Contact, contacts_in, words_in
from refgraph.imports.cells.date_order import is_partial, readings
from refgraph.imports.cells.shared_keys import rows_like
from refgraph.imports.cells.totals import heading_rows, say_totals, total_rows
from refgraph.imports.cells.void_words import say_void
from refgraph.imports.column_names import NAMES, needed_for
from refgraph.imports.kinds.outcomes import is_void, settle_outcome
from refgraph.imports.rules.words import STATUS_WORDS
from refgraph.names.folded import fold
from refgraph.reading.files.problems import Problems
from refgraph.schema.text import FieldError, clean, quoted, visible
from refgraph.schema.values import STATUSES
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from refgraph.errors import Problem
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout
    from refgraph.imports.rules.ruleset import Condition

    _Asked: TypeAlias = tuple[str, int | None, list[Condition]]

__all__ = ["Entries", "Entry", "entries_of"]

#: How a remark begins that stands where a name does.
_REMARK = re.compile(
    r"(note|nb|n\.b\.|hinweis|bemerkung|remarque|nota|opmerking)\b ?:|[-=*#/_]{2}", re.IGNORECASE
)
#: Chinese, Japanese and Korean names are written with the family's first, without a blank.
_FAMILY_FIRST = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
# Cells of these may hold an e-mail beside a name; of those, several contacts.
_CONTACTS = (*NAMES, "prospect")
_FIRST_OF_SEVERAL = ("person", "prospect")
# Several words each, between which other programs write commas.
_WORDS = ("offers", "needs")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes
    ----------
    line : int
        Where it starts.
    texts : dict of str to str
        What stands under each column of ours.
    told : frozenset of str
        The columns that the file itself filled.
    """

    line: int
    texts: dict[str, str]
    told: frozenset[str]


@dataclass(slots=True)
class Entries:
    """The rows of one table.

    Attributes
    ----------
    rows : list of Entry
        Those that count.
    left_out : Counter
        How many rows do not count, by the reason.
    problems : Problems
        One for each row that cannot be split into its columns.
    unknown : dict of str to Counter
        For each column that rules set something by, the texts that none of them knows, and
        in how many rows each stands.
    heard : set of str
        The names of its rows, where an option or a rule names somebody.
    """

    rows: list[Entry] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: Problems = field(default_factory=Problems)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)


def entries_of(layout: Layout, grid: Grid) -> Entries:
    """Give every row of a table under our names.

    Parameters
    ----------
    layout : Layout
        What its columns mean.
    grid : Grid
        What stands under its header; its rows are taken out of it.
    """
    found = Entries(problems=grid.broken.below(0))
    width = len(layout.titles)
    grid = _without_totals(layout, grid, found)
    if not layout.line and not grid.ragged and len(grid.rows) > 1:
        _see_width(grid, width)
    places = [layout.place(each.column) for each in layout.rules.conditions]
    asked = _asked(layout, places)
    make = _maker(layout)
    void: list[Entry] = []
    heard = found.heard if layout.rules.renames or any(layout.rules.newcomers) else None
    for line, cells in grid.taken():
        row = _fitted(cells, width, ragged=grid.ragged)
        if row is None or (faults := _faults(grid, line, width)):
            found.problems += [_misfit(grid, line, cells, width)] if row is None else faults
            continue
        if (entry := _entry(line, row, layout, places, make(), heard=heard)) is None:
            found.left_out["by a rule"] += 1
        elif not layout.rules.is_own and layout.rules.void != "" and is_void(entry.texts):
            void.append(entry)
        else:
            if not layout.rules.is_own:
                written = {ours: entry.texts.get(ours) for ours in NAMES}
                _part_contacts(entry, grid)
                parted = [ours for ours in NAMES if entry.texts.get(ours) != written[ours]]
                _rename(entry.texts, layout, heard, parted)  # as they are named now
            found.rows.append(entry)
            told = [*_unknown(row, layout, asked)]
            for column, text in told:
                found.unknown.setdefault(column, Counter())[text] += 1
            text = settle_outcome(entry.texts, layout)
            known = [each for *_, rules in asked for each in rules if each.holds(text)]
            if text and not known and all(text != other for _, other in told):
                found.unknown.setdefault("status", Counter())[text] += 1
    if void:
        found.left_out["void"] += len(void)
        grid.notes.append(say_void(void, "status", layout, grid))
    return found


def _without_totals(layout: Layout, grid: Grid, found: Entries) -> Grid:
    """Leave out the rows that say totals or months alone, and show each."""
    if layout.kind in ("statuses", "touches"):
        return grid
    named = {*layout.rules.newcomers, *layout.rules.renames}
    totals = {*total_rows(grid.rows, named)}
    needed = [name for name in needed_for(layout.kind) if name not in layout.rules.constants]
    headings = [] if layout.rules.is_own else heading_rows(grid.rows, alone=len(needed) > 1)
    remarks = [] if layout.rules.is_own else _remarks(layout, grid, {*totals, *headings})
    if remarks:
        said = ", ".join(quoted(visible(_only(grid.rows[at]), 40)) for at in remarks[:3])
        said += ", ..." * (len(remarks) > 3)
        grid.notes.append(
            f"{grid.path}: left out {count(len(remarks), 'row')} of a remark alone: {said}"
        )
        found.left_out[pluralize(len(remarks), "remark")] += len(remarks)
    again = [] if layout.rules.is_own else _headers_again(layout, grid)
    if again:
        rows = f"{count(len(again), 'row')} that {agree(len(again), 'repeats')} the header"
        grid.notes.append(f"{grid.path}: left out {rows}")
        found.left_out[pluralize(len(again), "header")] += len(again)
    if headings:
        said = ", ".join(quoted(next(filter(str.strip, grid.rows[at]))) for at in headings[:3])
        said += ", ..." * (len(headings) > 3)
        rows = count(len(headings), "row")
        grid.notes.append(
            f"{grid.path}: left out {rows} that {agree(len(headings), 'says')} a time alone: {said}"
        )
        found.left_out[pluralize(len(headings), "heading")] += len(headings)
    grid.notes += say_totals(grid.path, grid.lines, grid.rows, totals)
    if totals:
        found.left_out[pluralize(len(totals), "total")] += len(totals)
    for at in sorted(totals.union(headings, remarks, again), reverse=True):
        del grid.rows[at], grid.lines[at]
    return grid


def _headers_again(layout: Layout, grid: Grid) -> list[int]:
    """Find rows in which the names are the headers, as above another part of a table."""
    titles = [" ".join(title.split()).casefold() for title in layout.titles]
    names = [name for name in needed_for(layout.kind) if name not in layout.rules.constants]
    sides = {at for name in names for some in layout.columns.get(name, ()) for at in some}
    if not layout.line or not sides or not all(titles[at] for at in sides):
        return []
    first = min(sides)
    found = []
    for at, row in enumerate(grid.rows):
        if first < len(row) and " ".join(row[first].split()).casefold() == titles[first]:
            cells = [(k, " ".join(cell.split()).casefold()) for k, cell in enumerate(row)]
            filled = [(k, cell) for k, cell in cells if cell]
            same = all(k < len(titles) and cell == titles[k] for k, cell in filled)
            found += [at] if same and len(filled) > 1 else []
    return found


def _only(row: Sequence[str]) -> str:
    """Give the one cell of a row that holds anything; nothing if others do too."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return filled[0] if len(filled) == 1 else ""


def _remarks(layout: Layout, grid: Grid, others: set[int]) -> list[int]:
    """Find rows with one text alone that stands where no name does, and is no day."""
    if layout.kind not in ("referrals", "personal") or not layout.line or len(layout.titles) < 3:
        return []
    sides = {
        at
        for name in needed_for(layout.kind)
        for some in layout.columns.get(name, ())
        for at in some
    }
    found = []
    for at, row in enumerate(grid.rows):
        text = _only(row)
        if not text or at in others or readings(text) or is_partial(text) or text.isdigit():
            continue
        place = next(k for k, cell in enumerate(row) if cell.strip())
        if place not in sides or _REMARK.match(text):
            found.append(at)
    return found


def _part_contacts(entry: Entry, grid: Grid) -> None:
    """Take the first of the contacts of a cell, and its e-mail off; tell the others."""
    for column in _CONTACTS:
        text = entry.texts.get(column, "")
        if not ("@" in text or ";" in text or "://" in text):
            continue
        first, *others = contacts_in(text) or [Contact("")]
        if others and column not in _FIRST_OF_SEVERAL:  # who of them gave or got is not said
            entry.texts[column] = "; ".join(each.name for each in (first, *others))
            continue
        entry.texts[column] = first.name
        if column == "person" and first.email and not entry.texts.get("email", "").strip():
            entry.texts["email"] = first.email
        if others:
            names = visible(", ".join(each.name for each in others), 100)
            grid.notes.append(
                f"{grid.path}: line {entry.line:,}: took the first contact, "
                f"{visible(first.name, 60)}, and left out {names}"
            )


def _asked(layout: Layout, places: Sequence[int | None]) -> list[_Asked]:
    """Give the columns by which rules set something: each, its place, and all of its rules."""
    rules = layout.rules.conditions
    columns = {
        each.column: at
        for each, at in zip(rules, places, strict=True)
        if each.sets and each.column != "status"  # whose words are known, and told if they are not
    }
    return [
        (column, at, [each for each in rules if each.column == column])
        for column, at in columns.items()
    ]


def _unknown(
    row: Sequence[str], layout: Layout, asked: Sequence[_Asked]
) -> Iterator[tuple[str, str]]:
    """Give the texts of a row that no rule knows, of the columns by which rules set something."""
    for column, at, rules in asked:
        text = row[at] if at is not None else _cell(row, layout.columns.get(column, ()))
        said = " ".join(text.split())
        known = fold(said) in STATUS_WORDS or said.casefold() in STATUSES
        if said and not known and not any(each.holds(text) for each in rules):
            yield column, said


def _maker(layout: Layout) -> Callable[[], dict[str, str]]:
    """Give what makes the texts of a row, with every column of ours that each has."""
    return rows_like(dict.fromkeys([*layout.columns, *layout.rules.constants], ""))


def _entry(
    line: int,
    row: Sequence[str],
    layout: Layout,
    places: Sequence[int | None],
    texts: dict[str, str],
    *,
    heard: set[str] | None,
) -> Entry | None:
    """Read one row as the rules say; None if they skip it."""
    for ours, options in layout.columns.items():
        texts[ours] = _cell(row, options, several=ours in _WORDS and not layout.rules.is_own)
    told = _shared(frozenset(ours for ours in layout.columns if texts[ours].strip()))
    if referrer := _related(row, layout):
        texts["referrer"] = referrer
    for ours, text in layout.rules.constants.items():
        if not texts.get(ours, "").strip():
            texts[ours] = text
    for each, at in zip(layout.rules.conditions, places, strict=True):
        if each.holds(texts.get(each.column, "") if at is None else row[at]):
            if not each.sets:
                return None
            texts[each.sets[0]] = each.sets[1]
    _rename(texts, layout, heard)
    return Entry(line, texts, told)


def _related(row: Sequence[str], layout: Layout) -> str:
    """Read who is said to be the referrer by a relation or field of Google Contacts, if anyone."""
    for label, value in layout.relations:
        if fold(row[label]) == "referred by" and row[value].strip():
            return row[value]
    return ""


@lru_cache
def _shared(told: frozenset[str]) -> frozenset[str]:
    """Give the same object for equal ones, of which a file has few."""
    return told


def _see_width(grid: Grid, width: int) -> None:
    """Refuse a file of which no row has the width that the rules name: once, not row by row."""
    if any(_fitted(cells, width, ragged=False) for cells in grid.rows):
        return
    usual, _ = Counter(map(len, grid.rows)).most_common(1)[0]
    fields = f"{usual} {pluralize(usual, 'field')}"
    message = f"the rows of this file have {fields}, and the rules name {width}"
    hint = "name every column after fields, with a blank for each that is left out"
    raise LedgerError([grid.problem(grid.lines[0], message, hint)])


def _fitted(cells: Sequence[str], width: int, *, ragged: bool) -> Sequence[str] | None:
    """Give a row its width, or None if it has another.

    In a text only the exact width will do: with one comma too many in a name,
    a blank cell at the end would hide that all cells moved.
    """
    if ragged and not any(map(str.strip, cells[width:])):
        return [*cells[:width], *[""] * (width - len(cells))]
    return cells if len(cells) == width else None


def _faults(grid: Grid, line: int, width: int) -> list[Problem]:
    """Say which cells of a row hold an error."""
    found = [grid.faults[line, at] for at in range(width) if (line, at) in grid.faults]
    return [grid.problem(line, *fault) for fault in found]


def _misfit(grid: Grid, line: int, cells: Sequence[str], width: int) -> Problem:
    message = f"expected {width} fields, got {len(cells)}"
    if len(cells) < width:
        return grid.problem(line, message, "write the empty fields too")
    hint = "a field that holds what separates the fields stands in quotes"
    if not any(map(str.strip, cells[width:])):
        hint = f"{hint}; or remove the empty fields at the end"
    return grid.problem(line, message, hint)


def _cell(row: Sequence[str], options: Sequence[Sequence[int]], *, several: bool = False) -> str:
    """Read a column: the first alternative that is not blank, its parts joined by blanks.

    Of a column of several words the parts are words of their own.
    """
    for places in options:
        parts = [row[at] for at in places if row[at].strip()]
        if parts and several:
            return "; ".join(map(words_in, parts))
        if parts:
            if len(parts) == 2 and all(map(_FAMILY_FIRST.fullmatch, map(str.strip, parts))):
                return "".join(map(str.strip, reversed(parts)))
            return parts[0] if len(places) == 1 else " ".join(map(str.strip, parts))
    return ""


def _rename(
    texts: dict[str, str], layout: Layout, heard: set[str] | None, columns: Iterable[str] = NAMES
) -> None:
    """Put the names of the book for those of the file, which stay as written otherwise.

    Where options name somebody, ``heard`` is told each name as it is written and as it is renamed.
    """
    for ours in columns:
        if heard is not None and texts.get(ours):
            try:
                name = clean(texts[ours])
            except FieldError:
                continue  # refused where it is read
            texts[ours] = layout.rules.renames.get(name, texts[ours])
            heard.update((name, texts[ours]))
