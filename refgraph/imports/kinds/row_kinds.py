"""A column that says what each row is: a referral, a one-to-one, a visitor, a thank-you.

It decides, whatever it is called: of a table with such a column only what it calls a referral
is one. Words like Buyer or Dental decide nothing, and leave the column what it was.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.kinds.slips import kind_of_slip
from refgraph.imports.rules.column import columns_of
from refgraph.names.folded import fold
from refgraph.schema.text import argument, quoted

if TYPE_CHECKING:
    from refgraph.errors import Problem
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.column import Column
    from refgraph.imports.rules.recognise import Layout

__all__ = ["OpenKindError", "is_referral", "may_say_kinds", "with_row_kinds"]

_KINDS = ("referrals", "personal", "contacts")
_HEADER = re.compile(
    r"^((slip|row|entry|activity|record|event|referral|interaction) )?(type|kind|category)$"
    r"|^type of \w+$|^(slip|activity|entry|event|what|interaction|action|art|typ|tipo|soort)$"
    r"|^(genre|nature|categorie|categoria|kategorie|aktivitat|activite|actividad|attivita)$"
    r"|^(activiteit|atividade)$"
)
_REFERRAL = re.compile(
    r"\b(referrals?|ref|inside|outside|tier \d|leads?|intro(duction)?s?)\b|empfehlung"
    r"|recommandation|recomendacion|\breferencia|segnalazion|raccomandazion|verwijzing|indicac|recomendac"
)
#: What calls a row a referral and nothing else.
_NAMED = re.compile(
    r"(the )?referrals?|empfehlung(en)?|recommandations?|recomendacion(es)?|segnalazion[ei]"
    r"|raccomandazion[ei]|verwijzing(en)?|indicac(ao|oes)|recomendac(ao|oes)"
)
_OTHER = re.compile(
    r"\b(visitors?|guests?|ceus?|training|testimonials?|education|dues|attendance|absen\w+)\b"
    r"|\b(gast|gaste|besucher|visiteurs?|invites?|visitantes?|ospit[ei]|bezoekers?|convidados?)\b"
    r"|\b(danke|dankeschon|merci|gracias|grazie|bedankt|obrigad[oa])\b"
)


class OpenKindError(LedgerError):
    """Nobody knows whether rows of another kind than others are referrals."""


def may_say_kinds(title: str) -> bool:
    """Tell whether a header is one under which rows are told apart.

    Examples
    --------
    >>> may_say_kinds("Slip Type"), may_say_kinds("Blood type")
    (True, False)
    """
    return bool(_HEADER.search(fold(title)))


def is_referral(text: str) -> bool:
    """Tell whether what stands in such a column calls its row a referral; a blank cell does.

    Examples
    --------
    >>> [is_referral(each) for each in ("Referral", "Outside", "", "1-2-1", "Visitor", "TYFCB")]
    [True, True, True, False, False, False]
    """
    return not text.strip() or (not _is_other(text) and bool(_REFERRAL.search(fold(text))))


def _is_other(text: str) -> bool:
    return kind_of_slip(text) in ("one-to-one", "closed") or bool(_OTHER.search(fold(text)))


def with_row_kinds(layout: Layout, grid: Grid) -> Layout:
    """Read what each row is from the column that says it, if a column does.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    grid : Grid
        What stands below its header; it is told which column decides.

    Raises
    ------
    LedgerError
        If it calls no row a referral, and some of its words are not known.
    """
    if layout.kind not in _KINDS or layout.rules.path or not layout.line:
        return layout
    used = layout.used()
    for column in columns_of(layout.titles, grid.rows):
        if column.at not in used and (word := _unknown_kind(column)):
            raise OpenKindError([_kind_open(column, word, grid)])
        if column.at not in used and _says_kinds(column):
            _ask_which(column, grid)
            grid.notes.append(
                f"{grid.path}: {quoted(column.title.strip())} says what each row is: only what "
                f"it calls a referral is taken as one"
            )
            return replace(layout, columns={**layout.columns, "slip": [[column.at]]})
    return layout


def _unknown_kind(column: Column) -> str:
    """Give a word for a row beside others that are called referrals, if nobody knows what it is."""
    said = [cell for cell in column.cells if _NAMED.fullmatch(fold(cell))]
    unknown = [cell for cell in column.cells if not (is_referral(cell) or _is_other(cell))]
    return unknown[0] if said and unknown and _HEADER.search(column.header) else ""


def _kind_open(column: Column, word: str, grid: Grid) -> Problem:
    """Ask whether only what is called a referral is one."""
    title = column.title.strip()
    message = f"{quoted(title)} calls some rows referrals, and others {quoted(word)}"
    hint = (
        f"if only what it calls a referral is one: --columns {argument(f'slip={title}')}; "
        f"if each row is one: --columns {argument(f'note={title}')}"
    )
    at = next(
        (
            line
            for line, row in zip(grid.lines, grid.rows, strict=True)
            if column.at < len(row) and row[column.at].strip() == word
        ),
        0,
    )
    return grid.problem(at, message, hint)


def _ask_which(column: Column, grid: Grid) -> None:
    """Ask what the rows are, if none is called a referral and some are called what is not known."""
    unknown = [cell for cell in column.cells if not (is_referral(cell) or _is_other(cell))]
    if not unknown or any(cell.strip() and is_referral(cell) for cell in column.cells):
        return
    title = column.title.strip()
    other = next(cell for cell in column.cells if _is_other(cell))
    message = f"{quoted(title)} calls rows {quoted(other)}, and none a referral"
    rule = f'if "{title}" ~ "{other}" skip'
    hint = f"say in a rules file, with --rules, what is none: {rule}; the others are referrals then"
    raise LedgerError([grid.problem(grid.lines[0], message, hint)])


def _says_kinds(column: Column) -> bool:
    """Tell whether some cells call their row another thing than a referral."""
    others = column.fitting(_is_other)
    if not others:
        return False
    told = others + column.fitting(is_referral)
    return bool(_HEADER.search(column.header)) or (told == len(column.cells) > 1)
