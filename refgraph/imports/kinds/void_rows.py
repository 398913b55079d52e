"""A column that is not read and says of some rows that they do not count: void, cancelled, a copy.

Taken as they stand, such rows would be referrals that somebody has taken back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.blank_words import blank_word
from refgraph.imports.rules.words import YES_NO, fold
from refgraph.schema.text import argument, quoted, visible

if TYPE_CHECKING:
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout

__all__ = ["see_void_rows"]

# English, German, French, Spanish, Italian, Dutch, Portuguese.
_VOID = re.compile(
    r"^((is|was|row|entry|mark(ed)? as) )?(void(ed)?|cancell?ed|deleted?|duplicates?( of)?|dupe?s?"
    r"|removed?|invalid|ignored?|excluded?|retracted|reversed|withdrawn|do not (count|use)"
    r"|test( (row|entry|record|data))?|archived|disregard"
    r"|storniert|storno|annulliert|geloscht|doppelt|dublette|duplikat|ungultig|ignorieren"
    r"|zuruckgezogen|nicht zahlen|annulee?|supprimee?|doublon|invalide|ignorer|retiree?"
    r"|anulad[oa]|cancelad[oa]|eliminad[oa]|borrad[oa]|duplicad[oa]|invalid[oa]|ignorar|retirad[oa]"
    r"|annullat[oa]|cancellat[oa]|eliminat[oa]|doppione|duplicat[oa]|non valid[oa]|ignora"
    r"|geannuleerd|verwijderd|dubbel|ongeldig|negeren|ingetrokken|apagad[oa]|excluid[oa])$"
)
_NO = frozenset(
    ("", "n", "no", "false", "0", "nein", "non", "nee", "nao", "falsch", "faux", "falso", "onwaar")
)


def see_void_rows(layout: Layout, grid: Grid) -> None:
    """Refuse a table in which a column that is left out marks some rows as void.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    grid : Grid
        What stands below its header.

    Raises
    ------
    LedgerError
        If there is such a column: it is asked whether those rows count.
    """
    if not layout.line or grid.is_network:
        return
    used = layout.used()
    for at, title in enumerate(layout.titles):
        if at in used or not _VOID.match(fold(title)):
            continue
        for line, row in zip(grid.lines, grid.rows, strict=True):
            cell = row[at].strip() if at < len(row) else ""
            if fold(cell) in _NO and not (cell and not fold(cell) and cell not in "-\u2013\u2014"):
                continue
            if blank_word(cell) and fold(cell) not in YES_NO:
                continue
            name = title.strip()
            message = (
                f"the column {quoted(name)} says of some rows that they do not count, "
                f"like {quoted(visible(cell, 40))}"
            )
            rule = f'if "{name}" = "{visible(cell, 40)}" skip'
            hint = (
                f"if all rows count: --columns {argument(f'note={name}')}; if not, take those rows "
                f"out, or say so in a rules file, with --rules: {rule}"
            )
            raise LedgerError([grid.problem(line, message, hint)])
