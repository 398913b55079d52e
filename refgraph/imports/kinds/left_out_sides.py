"""Columns that nothing is read from, and that say who gave or got, or how many it were.

To leave one out would be to book referrals on somebody else, or to lose some: it is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.totals import plain_rows
from refgraph.imports.kinds.other_side import is_clerk
from refgraph.imports.rules.column import MOST_ROWS, columns_of
from refgraph.imports.rules.ruleset import INFERRED
from refgraph.schema.text import argument, quoted
from refgraph.wording import join_names, pluralize, which_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.errors import Problem
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.column import Column
    from refgraph.imports.rules.recognise import Layout

__all__ = ["see_left_out"]

_KINDS = ("referrals", "personal", "contacts")
_SIDES = ("giver", "receiver")
#: A word of referring alone, which does not say whether it is who did it or to whom.
_REFERRED = re.compile(
    r"^(introduced|referred|recommended|passed|sent|gave|empfohlen|vermittelt|recommande|presente"
    r"|recomendado|referido|presentado|segnalato|presentato|aanbevolen|doorverwezen|indicado)$"
)
_MANY = re.compile(
    r"\b(referrals?|leads?|slips?|empfehlung(en)?|recommandations?|recomendacion(es)?"
    r"|referencias?|segnalazion[ei]|verwijzing(en)?|doorverwijzing(en)?|indicac(ao|oes))\b"
)
#: Who may have done it, in a table that says only to whom, or from whom.
_ACTOR = re.compile(
    r"\b(provider|doctor|dentist|physician|clinician|therapist|practitioner|attorney|lawyer|agent"
    r"|advis[eo]r|broker|member|associate|employee|rep|colleague|consultant|berater|beraterin|arzt"
    r"|anwalt|mitglied|medecin|avocat|membre|conseiller|abogado|miembro|asesor|avvocato|membro"
    r"|consulente|arts|advocaat|lid|adviseur|medico|advogado)( name)?$"
)
_NOT_MANY = re.compile(r"\b(id|no|number|nr|value|fee|amount|worth|code|rate)\b")
_UNIT = re.compile(r"[%$€£]")  # of a title as it is written


def see_left_out(layout: Layout, grid: Grid) -> None:
    """Refuse a table in which a column is left out that decides.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    grid : Grid
        What stands below its header.

    Raises
    ------
    LedgerError
        If there is such a column: it is asked what it says.
    """
    has_referrals = layout.kind != "contacts" or "referrer" in layout.columns
    is_told = layout.rules.path or layout.rules.name != INFERRED
    if is_told or not (layout.line and has_referrals and layout.kind in _KINDS):
        return
    used = layout.used()
    says_one = layout.kind == "personal" and "direction" not in layout.columns
    columns = columns_of(layout.titles, plain_rows(grid.rows, MOST_ROWS))
    left = [each for each in columns if each.at not in used and each.cells]
    asked: list[Column] = []
    for each in left:
        is_side = any(map(each.says, _SIDES)) or bool(_REFERRED.search(each.header))
        is_actor = says_one and _ACTOR.search(each.header) is not None
        if (is_side or is_actor) and each.is_names and not is_clerk(each.header):
            asked.append(each)
    if asked:
        raise LedgerError([_asked(asked, grid)])
    if {"count", "prospect", "date"}.isdisjoint(layout.columns) and (
        layout.kind != "contacts" or "person" not in layout.columns
    ):
        counts = [each for each in left if _counts(each)]
        if counts:
            raise LedgerError([_asked_counts(counts, grid)])


def _counts(column: Column) -> bool:
    """Tell whether a column says how many referrals there were."""
    if _NOT_MANY.search(column.header) or _UNIT.search(column.title):
        return False
    return column.is_counts and _MANY.search(column.header) is not None


def _asked(columns: Sequence[Column], grid: Grid) -> Problem:
    """Ask what columns of names say."""
    titles = [each.title.strip() for each in columns]
    named, noun = join_names([*map(quoted, titles)]), pluralize(len(titles), "column")
    message = f"the {noun} {named} may say who gave or got, and would be left out"
    sides = ", or ".join(f"--columns {argument(f'{side}={titles[0]}')}" for side in _SIDES)
    says = which_of(len(titles), "it says", f"{quoted(titles[0])} says")
    hint = f"if {says} who gave, or who got: {sides}; if not: {_aside(titles)}"
    return grid.problem(grid.lines[0] if grid.lines else 0, message, hint)


def _aside(titles: Sequence[str]) -> str:
    """Say how columns are left out; only one can be taken as a note."""
    if len(titles) == 1:
        return f"--columns {argument(f'note={titles[0]}')}"
    return f"take {join_names([*map(quoted, titles)])} out of the file"


def _asked_counts(columns: Sequence[Column], grid: Grid) -> Problem:
    """Ask whether columns of whole numbers say how many referrals there were."""
    titles = [each.title.strip() for each in columns]
    named, many = join_names([*map(quoted, titles)]), len(titles)
    noun = pluralize(many, "column")
    message = f"the {noun} {named} may say how many referrals, and would be left out"
    heads = "Given for what you gave to each, and Received for what came from each"
    hint = f"if {which_of(many, 'it does', 'they do')}, have one column {heads}"
    told = f"{hint}; if not: {_aside(titles)}"
    return grid.problem(grid.lines[0] if grid.lines else 0, message, told)
