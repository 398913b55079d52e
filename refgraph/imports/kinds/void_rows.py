"""A column that is not read and says of some rows that they do not count: void, cancelled, a copy.

Taken as they stand, such rows would be referrals that somebody has taken back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.blank_words import blank_word
from refgraph.imports.rules.words import YES, YES_NO, fold
from refgraph.schema.text import argument, quoted
from refgraph.wording import count, pluralize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout

__all__ = ["leave_void_rows"]

# English, German, French, Spanish, Italian, Dutch, Portuguese.
_VOID = re.compile(
    r"^((is|was|row|entry|mark(ed)? as) )?(void(ed)?|deleted?|duplicates?( of)?|dupe?s?|removed?"
    r"|invalid|ignored?|excluded?|do not (count|use)|test( (row|entry|record|data))?|disregard"
    r"|geloscht|doppelt|dublette|duplikat|ungultig|ignorieren|nicht zahlen|supprimee?|doublon"
    r"|invalide|ignorer|eliminad[oa]|borrad[oa]|duplicad[oa]|invalid[oa]|ignorar|eliminat[oa]"
    r"|doppione|duplicat[oa]|non valid[oa]|ignora|verwijderd|dubbel|ongeldig|negeren|apagad[oa]"
    r"|excluid[oa])( (on|at|by|date|am|von|le|par|el|por|il|da|op|door|em))?$"
)
# What was called off may be the business, and the referral have been made all the same.
_CALLED_OFF = re.compile(
    r"^((is|was) )?(cancell?ed|retracted|reversed|withdrawn|storniert|storno|annulliert"
    r"|zuruckgezogen|annulee?|retiree?|anulad[oa]|cancelad[oa]|retirad[oa]|annullat[oa]"
    r"|cancellat[oa]|ritirat[oa]|geannuleerd|ingetrokken)"
    r"( (on|at|by|date|am|von|le|par|el|por|il|da|op|door|em))?$"
)
_NO = frozenset(
    ("", "n", "no", "false", "0", "nein", "non", "nee", "nao", "falsch", "faux", "falso", "onwaar")
)
_MOST_LINES = 20
_MOST_RULES, _LONGEST = 3, 40  # cells that are told as rules, and their letters


def leave_void_rows(layout: Layout, grid: Grid) -> None:
    """Leave out the rows that a column which is not read clearly marks as void; ask of others.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    grid : Grid
        What stands below its header, which is changed; it is told which rows are left out.

    Raises
    ------
    LedgerError
        If a column calls some rows off, or marks them in words that need not mean void: it is
        asked whether they count.
    """
    if not layout.line or grid.is_network:
        return
    used = layout.used()
    for at, title in enumerate(layout.titles):
        header, name = fold(title), title.strip()
        if at in used or not (_VOID.match(header) or _CALLED_OFF.match(header)):
            continue
        marked = [k for k, row in enumerate(grid.rows) if _is_marked(row, at)]
        if not marked:
            continue
        count_all = f"--columns {argument(f'note={name}')}"
        cells = list(dict.fromkeys(grid.rows[k][at].strip() for k in marked))
        doubtful = next((cell for cell in cells if not _says_void(cell)), cells[0])
        is_clear = _VOID.match(header) and _says_void(doubtful) and len(marked) < len(grid.rows)
        if not is_clear:
            message = f"the column {quoted(name)} marks some rows, like {quoted(doubtful)}"
            hint = (
                f"if each is a referral all the same: {count_all}; if not, take those rows out"
                f"{_rules(name, cells)}"
            )
            raise LedgerError([grid.problem(grid.lines[marked[0]], message, hint)])
        lines = ", ".join(f"{grid.lines[k]:,}" for k in marked[:_MOST_LINES])
        lines += ", ..." * (len(marked) > _MOST_LINES)
        grid.notes.append(
            f"{grid.path}: left out {count(len(marked), 'row')} that {quoted(name)} marks: "
            f"{pluralize(len(marked), 'line')} {lines}; if each counts: {count_all}"
        )
        for k in reversed(marked):
            del grid.rows[k], grid.lines[k]


def _says_void(cell: str) -> bool:
    """Tell whether a cell is a mark or a word that can only mean yes, it is void."""
    word = fold(cell)
    return word in YES or word == "1" or bool(_VOID.match(word)) or (not word and "?" not in cell)


def _rules(name: str, cells: Sequence[str]) -> str:
    """Say how a rules file takes the rows out, where their cells are few and short."""
    is_plain = len(cells) <= _MOST_RULES and all(
        len(cell) <= _LONGEST and cell.isprintable() and '"' not in cell for cell in (name, *cells)
    )
    if not is_plain:
        return ""
    rules = ", ".join(f'if "{name}" = "{cell}" skip' for cell in cells)
    return f", or say so in a rules file, with --rules, each on a line: {rules}"


def _is_marked(row: Sequence[str], at: int) -> bool:
    """Tell whether a cell says more than no or nothing."""
    cell = row[at].strip() if at < len(row) else ""
    word = fold(cell)
    if not word:  # a mark alone, as a cross or a dash
        return bool(cell) and cell not in _DASHES
    return word not in _NO and (word in YES_NO or not blank_word(cell))


_DASHES = frozenset("-\u2013\u2014\u2610\u25a1")
