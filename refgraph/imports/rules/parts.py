"""A workbook with several tables of referrals is imported sheet by sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.sheet import open_grid, sheets_of
from refgraph.imports.rules.recognise import fits, layouts_of
from refgraph.reading.files.file_format import Form
from refgraph.reading.sheets.workbook import say_hidden
from refgraph.schema.text import quoted
from refgraph.wording import pluralize

if TYPE_CHECKING:
    from refgraph.imports.rules.recognise import Layout

__all__ = ["Parts", "parts_of"]

_MOST_SHEETS = 40
_OF_REFERRALS = ("referrals", "personal", "contacts", "slips")


@dataclass(frozen=True, slots=True)
class Parts:
    """The sheets of a file that are imported.

    Attributes
    ----------
    sheets : tuple of str or None
        Their names; None alone leaves the choice to who reads the file.
    notes : tuple of str
        What was left out.
    """

    sheets: tuple[str | None, ...] = (None,)
    notes: tuple[str, ...] = ()


def parts_of(path: str, me: str | None = None) -> Parts:
    """Find the sheets of a workbook that hold tables which are recognised.

    Among sheets of referrals with days, one without is taken for a summary of
    them and left out, which is said.

    Parameters
    ----------
    path : str
        The file.
    me : str, optional
        Whose referrals they are.

    Raises
    ------
    LedgerError
        If the file cannot be read.
    """
    sheets = sheets_of(path)
    names = [name for name, hidden in sheets.items() if not hidden]
    if not 1 < len(names) <= _MOST_SHEETS:
        return Parts()
    found = {name: layout for name in names if (layout := _layout(path, name, me))}
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
    if others:
        what = f"the {pluralize(len(others), 'sheet')} {', '.join(others)}"
        notes.append(f"{path}: left out {what} (--sheet NAME chooses)")
    if hidden := say_hidden(sheets):
        notes.append(f"{path}: {hidden}")
    return Parts(tuple(kept), tuple(notes))


def _tells_referrals(layout: Layout) -> bool:
    return layout.kind in _OF_REFERRALS and (
        layout.kind != "contacts" or "referrer" in layout.columns
    )


def _layout(path: str, sheet: str, me: str | None) -> Layout | None:
    """Recognise one sheet; None if it is no table, or of another kind."""
    try:
        grid = open_grid(path, partial(fits, None), form=Form(sheet=sheet), networks=False)
        return layouts_of(grid, None, me)[0][0]
    except LedgerError:
        return None
