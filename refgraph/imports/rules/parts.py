"""A workbook with several tables of referrals is imported sheet by sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.cells.sheet import open_grid, sheets_of
from refgraph.imports.column_names import NEEDED
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.recognise import fits, layouts_of
from refgraph.imports.rules.ruleset import Rules
from refgraph.imports.shapes.sheet_names import SHEET_NAME, is_person_title
from refgraph.names.spelling import bare as bare_name
from refgraph.reading.files.file_format import Form
from refgraph.reading.sheets.workbook import say_hidden
from refgraph.schema.text import argument, quoted
from refgraph.wording import join_names, pluralize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.imports.rules.recognise import Layout

__all__ = ["NamedSheetsError", "Parts", "parts_of"]

_MOST_SHEETS = 40
# So many small sheets are read too: each of them takes another reading of the file.
_MOST_SMALL, _MOST_BYTES = 400, 100_000_000
_MOST_TOLD = 5
_OF_REFERRALS = ("referrals", "personal", "contacts", "slips")
_PERSON = {NEEDED["personal"][-1]: SHEET_NAME}


class NamedSheetsError(LedgerError):
    """Sheets are called as people are, who may be one side of their rows."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The sheets of a file that are imported.

    Attributes
    ----------
    sheets : tuple of str or None
        Their names; None alone leaves the choice to who reads the file.
    notes : tuple of str
        What was left out.
    columns : mapping of str to str
        Our columns that are read from what each sheet is called.
    """

    sheets: tuple[str | None, ...] = (None,)
    notes: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


def parts_of(path: str, me: str | None = None, rules: Rules | None = None) -> Parts:
    """Find the sheets of a workbook that hold tables which are recognised.

    Among sheets of referrals with days, one without is taken for a summary of
    them and left out, which is said. Where no column names a person and each sheet is called
    as one, its rows are about that person.

    Parameters
    ----------
    path : str
        The file.
    me : str, optional
        Whose referrals they are.
    rules : Rules, optional
        What somebody says about the columns.

    Raises
    ------
    NamedSheetsError
        If each sheet is called as a person is, and may say one side of its rows; or there are
        more than can be read together.
    LedgerError
        If the file cannot be read.
    """
    sheets = sheets_of(path)
    names = [name for name, hidden in sheets.items() if not hidden]
    if len(names) < 2:
        return Parts()
    if len(names) > _MOST_SHEETS and not _are_small(path, len(names)):
        raise NamedSheetsError([_too_many(path, names)])
    found = {name: layout for name in names if (layout := _either(path, name, me, rules))}
    columns: dict[str, str] = {}
    if rules is None or not rules.columns:
        columns = _of_people(path, found, [name for name in names if name not in found], me)
        if columns:
            found = _named_by_sheet(path, [*filter(is_person_title, names)], columns, me)
    dated = any("date" in layout.columns for layout in found.values() if _tells_referrals(layout))
    kept = [
        name
        for name, layout in found.items()
        if not (dated and _tells_referrals(layout) and "date" not in layout.columns)
    ]
    others = [quoted(name) for name in names if name not in kept]
    if not kept:
        return Parts()
    notes = []
    if columns:
        ours = join_names([ours for ours, title in columns.items() if title == SHEET_NAME])
        notes.append(f"{path}: the {ours} of each row is whom its sheet is called after")
    if others:
        what = f"the {pluralize(len(others), 'sheet')} {', '.join(others)}"
        notes.append(f"{path}: left out {what} (--sheet NAME chooses)")
    if hidden := say_hidden(sheets):
        notes.append(f"{path}: {hidden}")
    return Parts(tuple(kept), tuple(notes), columns)


def _are_small(path: str, many: int) -> bool:
    """Tell whether so many sheets of a file can be read one after the other."""
    return many <= _MOST_SMALL and many * Path(path).stat().st_size <= _MOST_BYTES


def _too_many(path: str, names: Sequence[str]) -> Problem:
    """Say that the sheets of a large workbook are named one by one."""
    shown = ", ".join(map(quoted, names[:_MOST_TOLD]))
    message = f"this file has {len(names):,} sheets, too many to be read together: {shown}, ..."
    first = argument(names[0])
    hint = f"read them one by one: --sheet {first}; or put what belongs together on one sheet"
    return Problem(path, 0, message, hint=hint)


def _of_people(
    path: str, found: Mapping[str, Layout], others: Sequence[str], me: str | None
) -> dict[str, str]:
    """Give what is read from the names of sheets that are called as people are, if any is.

    Raises
    ------
    NamedSheetsError
        If they may say one side, and the other may be me.
    """
    called = [name for name in others if is_person_title(name)]
    if len(called) > 1 and len(_named_by_sheet(path, called, _PERSON, me)) == len(called):
        return _PERSON
    mine = {bare_name(me or "")}
    called = [name for name in found if is_person_title(name) and bare_name(name) not in mine]
    called = [name for name in called if _leaves_me(found[name])]
    if len(called) < 2:
        return {}
    told = [(found[name], _one_side(found[name])) for name in called]
    sides = {(side[0], _title(layout, side[1])) for layout, side in told if side}
    if len(sides) != 1 or not all(side for _, side in told):
        who = join_names([quoted(name) for name in called[:3]])
        message = f"the sheets are called as people are, and may hold the rows of each: {who}"
        one = argument(called[0])
        hint = (
            f"if they do, read them one by one, each into its own book: --sheet {one} --me {one}; "
            f"if all are of {me or 'me'}: --columns {argument(f'note={SHEET_NAME}')}"
        )
        raise NamedSheetsError([Problem(path, 0, message, hint=hint)])
    ((ours, title),) = sides
    other = "giver" if ours == "receiver" else "receiver"
    if me is None:
        return {ours: title, other: SHEET_NAME}
    said = f"{ours}={title},{other}={SHEET_NAME}"
    who = join_names([quoted(name) for name in called[:3]])
    message = f"the sheets are called as people are, and may say who {_DID[other]}: {who}"
    hint = (
        f"if they do: --columns {argument(said)}; "
        f"if not: --columns {argument(f'note={SHEET_NAME}')}"
    )
    raise NamedSheetsError([Problem(path, 0, message, hint=hint)])


_DID = {"giver": "gave", "receiver": "got"}


def _title(layout: Layout, column: str) -> str:
    return layout.titles[layout.columns[column][0][0]].strip()


def _leaves_me(layout: Layout) -> bool:
    """Tell whether one side of each row, or of some, is me for want of a name."""
    if layout.kind == "referrals":
        return not {"giver", "receiver"}.isdisjoint(layout.rules.constants)
    return layout.kind == "personal" or (layout.kind == "contacts" and "referrer" in layout.columns)


def _one_side(layout: Layout) -> tuple[str, str] | None:
    """Name the side that a table of mine tells, and the column of ours that tells it."""
    if layout.kind == "contacts" and "referrer" in layout.columns:
        return "giver", "referrer"
    if layout.kind == "personal" and "direction" not in layout.columns:
        is_given = layout.rules.constants.get("direction") == "given"
        return ("receiver" if is_given else "giver"), NEEDED["personal"][-1]
    return None


def _named_by_sheet(
    path: str, names: Sequence[str], columns: Mapping[str, str], me: str | None
) -> dict[str, Layout]:
    """Recognise sheets of which a column is what the sheet is called."""
    rules = Rules(columns={ours: ((bare(title),),) for ours, title in columns.items()})
    return {name: layout for name in names if (layout := _layout(path, name, me, rules))}


def _tells_referrals(layout: Layout) -> bool:
    return layout.kind in _OF_REFERRALS and (
        layout.kind != "contacts" or "referrer" in layout.columns
    )


def _either(path: str, sheet: str, me: str | None, rules: Rules | None) -> Layout | None:
    """Recognise one sheet as somebody says, else by itself."""
    return (_layout(path, sheet, me, rules) if rules else None) or _layout(path, sheet, me)


def _layout(path: str, sheet: str, me: str | None, rules: Rules | None = None) -> Layout | None:
    """Recognise one sheet; None if it is no table, or of another kind."""
    try:
        grid = open_grid(path, partial(fits, rules), form=Form(sheet=sheet), networks=False)
        return layouts_of(grid, rules, me)[0][0]
    except LedgerError:
        return None
