"""Why each column of a table was taken as it was: a word of its header, and what its cells are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.cells.amounts import is_amount
from refgraph.imports.cells.totals import total_rows
from refgraph.imports.rules.builtin_rules import shipped
from refgraph.imports.rules.column import columns_of, is_day
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.ruleset import INFERRED
from refgraph.imports.rules.words import DIRECTION_WORDS, HEADERS, STATUS_WORDS, is_name_like
from refgraph.names.folded import fold
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from refgraph.imports.rules.column import Column
    from refgraph.imports.rules.recognise import Layout

__all__ = ["reasons_of"]

# Under which patterns the header of one of our columns is looked for.
_ROLES = {
    "giver": ("giver", "weak_giver"),
    "referrer": ("giver", "weak_giver"),
    "receiver": ("receiver", "weak_receiver", "owner"),
    "person": ("person", "prospect", "weak_prospect", "giver", "receiver", "weak_receiver"),
    "prospect": ("prospect", "weak_prospect", "person", "deal"),
    "date": ("date", "weak_date"),
    "value": ("value", "weak_value"),
}


def _is_direction(cell: str) -> bool:
    return fold(cell) in DIRECTION_WORDS


def _is_outcome(cell: str) -> bool:
    return fold(cell) in STATUS_WORDS


def _is_whole(cell: str) -> bool:
    return cell.removesuffix(".0").isdigit()


_KINDS: dict[str, tuple[Callable[[str], bool], str]] = {
    "date": (is_day, "dates"),
    "value": (is_amount, "amounts"),
    "count": (_is_whole, "whole numbers"),
    "direction": (_is_direction, "words of a direction"),
    "status": (_is_outcome, "words of an outcome"),
}
_KINDS |= dict.fromkeys(
    ("giver", "receiver", "person", "referrer", "prospect"), (is_name_like, "written as names")
)


def reasons_of(layout: Layout, rows: Sequence[Sequence[str]]) -> list[str]:
    """Say of each column what it was taken as, and why.

    Parameters
    ----------
    layout : Layout
        What the columns mean.
    rows : sequence of sequence of str
        What stands below the header; some hundred are looked at.

    Examples
    --------
    >>> from refgraph.imports.rules.recognise import Layout
    >>> from refgraph.imports.rules.ruleset import Rules
    >>> layout = Layout(Rules(name=INFERRED), "personal", ["When"], 1, {"date": [[0]]})
    >>> reasons_of(layout, [["2026-03-01"], ["1 May"]])
    ["'When' is date: the header says when; 1 of 2 are dates"]
    """
    totals = {*total_rows(rows)}
    counted = [row for at, row in enumerate(rows) if at not in totals]
    columns = {each.at: each for each in columns_of(layout.titles, counted)}
    told = []
    for ours, options in layout.columns.items():
        parts = [columns[at] for option in options[:1] for at in option if at in columns]
        if parts:
            titles = " + ".join(quoted(each.title.strip()) for each in parts)
            why = "; ".join(_why(layout, ours, parts))
            told.append(f"{titles} is {ours}{why and ': '}{why}")
    return told


def _why(layout: Layout, ours: str, parts: Sequence[Column]) -> Iterator[str]:
    """Say what speaks for a column."""
    rules, first = layout.rules, parts[0]
    is_named = ours in rules.columns and rules.name != INFERRED
    if is_named and rules.path and rules.path.removesuffix(".rules") not in shipped():
        yield f"so says {rules.path}"
    elif bare(first.title) == ours:
        yield "so refgraph calls it"
    elif is_named:
        yield f"as in {rules.name}"
    elif word := _word_of(first, ours):
        yield f"the header says {word}"
    if len(parts) == 1 and ours in _KINDS and first.cells:
        holds, kind = _KINDS[ours]
        yield f"{first.fitting(holds):,} of {len(first.cells):,} are {kind}"


def _word_of(column: Column, ours: str) -> str:
    """Give the word of a header by which it was told."""
    for role in _ROLES.get(ours, (ours,)):
        if role in HEADERS and (found := HEADERS[role].search(column.header)):
            return found[0]
    return ""
