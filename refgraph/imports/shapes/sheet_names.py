"""What the sheet or the file itself is called, read as a column: a sheet for each partner."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.imports.rules.headers import bare, places
from refgraph.imports.rules.words import DIRECTION_WORDS, HEADERS, STATUS_WORDS, is_name_like
from refgraph.names.folded import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["FILE_NAME", "SHEET_NAME", "is_person_title", "with_title_column"]

#: The headers by which rules and ``--columns`` name what a sheet, or a file, is called.
SHEET_NAME, FILE_NAME = "sheet name", "file name"
# Words of what a sheet is about, and of no name.
_ABOUT = re.compile(
    r"\b(referrals?|introductions?|deals?|clients?|customers?|patients?|leads?|partners?|members?"
    r"|contacts?|people|names?|log|tracker|list|sheet|tab|table|data|report|summary|overview"
    r"|totals?|pipeline|archive|master|backup|copy|notes?|old|new|open|closed|won|lost|team|group"
    r"|chapter|office|region|north|south|east|west|city|county|district|street|school|quarter"
    r"|year|month|week|slips?|business|meeting|import|export|template|example|test|all|other"
    r"|empfehlung\w*|kund\w*|liste?|tabelle|blatt|feuille|hoja|foglio|blad|planilha|folha"
    r"|recommandation\w*|recomenda\w*|segnalazion\w*|aanbeveling\w*|verwijzing\w*|indica\w*"
    r"|jan\w*|feb\w*|mar(ch|z)?|april?|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b"
)


def is_person_title(title: str) -> bool:
    """Tell whether a sheet is called as a person is, and as nothing else.

    Examples
    --------
    >>> [is_person_title(each) for each in ("Ann Lee", "Dr. Bo Park", "Closed Deals", "Sent Out")]
    [True, True, False, False]
    """
    words = fold(title)
    parts = words.split()
    if not is_name_like(title) or _ABOUT.search(words) or words in STATUS_WORDS:
        return False
    if any(part in DIRECTION_WORDS for part in parts if len(part) > 2):
        return False
    return not any(pattern.search(words) for pattern in HEADERS.values())


def with_title_column(
    row: Sequence[str], rest: Grid, rules: Rules | None
) -> tuple[Sequence[str], Grid]:
    """Add a column of what the sheet is called, where rules name it and no header does.

    Parameters
    ----------
    row : sequence of str
        The header.
    rest : Grid
        What stands below it.
    rules : Rules, optional
        What somebody says about the file.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> from refgraph.imports.rules.ruleset import Rules
    >>> rules = Rules(columns={"person": (("sheet name",),)})
    >>> header, rest = with_title_column(["Way"], Grid("a", [["in"]], [2], title="Ann Lee"), rules)
    >>> header, rest.rows
    (['Way', 'sheet name'], [['in', 'Ann Lee']])
    """
    if rules is None:
        return row, rest
    said = {header for some in rules.columns.values() for each in some for header in each}
    said |= {bare(each.column) for each in rules.conditions}
    wanted = [name for name in (SHEET_NAME, FILE_NAME) if name in said and name not in places(row)]
    if not wanted:
        return row, rest
    width = len(row)
    added = [rest.title] * len(wanted)
    rows = [[*each[:width], *[""] * (width - len(each)), *added] for each in rest.rows]
    return [*row, *wanted], replace(rest, rows=rows, ragged=True)
