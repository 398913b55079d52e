"""Edge lists of other programs: their headers become giver, receiver and count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from refgraph.errors import LedgerError
from refgraph.schema.row_ends import ends_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.reading.files.records import Source

__all__ = ["EDGES", "UNDIRECTED", "WHO_GAVE", "edge_columns", "take_edge_list"]

#: The header of a network that became a table.
EDGES = ("giver", "receiver", "count")
#: Words for a tie that has no direction.
UNDIRECTED = frozenset(("undirected", "mutual"))
#: Why such a tie is refused.
WHO_GAVE = "undirected edges do not say who gave"
#: What can be done about it.
DIRECT_IT = "export directed edges, or write a row for each referral: giver,receiver,count"

_ENDS = (("source", "target"), ("from", "to"), ("vertex 1", "vertex 2"), ("giver", "receiver"))
_WEIGHTS = ("count", "weight", "strength", "edge weight")
_TYPES = ("type", "direction", "directed")
# Columns that say more of giver and receiver than the ends of an edge do.
_OURS = frozenset(("person", "giver", "receiver"))
_NAMED = re.compile(r"(.+?) \([^()]*\) (.+)")


def edge_columns(header: Sequence[str]) -> dict[str, int]:
    """Find the columns of an edge list by their headers; nothing if it is none.

    Examples
    --------
    >>> edge_columns(["Source", "Target", "Type", "Weight"])
    {'giver': 0, 'receiver': 1, 'count': 3}
    >>> edge_columns(["date", "giver", "receiver"])
    {}
    """
    names = [" ".join(name.split()).casefold() for name in header]
    ends = next((pair for pair in _ENDS if {*pair} <= {*names}), None)
    if ends is None or (ends[0] not in _OURS and _OURS & {*names}):
        return {}
    weight = next((name for name in _WEIGHTS if name in names), "")
    if ends[0] == "giver" and (weight in ("", "count", "strength") or "date" in names):
        return {}
    found = {"giver": names.index(ends[0]), "receiver": names.index(ends[1])}
    return {**found, "count": names.index(weight)} if weight else found


def take_edge_list(source: Source, notes: list[str]) -> bool:
    """Give an edge list our headers; say whether it was one.

    Raises
    ------
    LedgerError
        It has edges without direction.
    """
    header = source.rows[0]
    found = edge_columns(header)
    if not found:
        return _take_named_edges(source, notes)
    names = [" ".join(name.split()).casefold() for name in header]
    for at, name in enumerate(names):
        if name in _TYPES:
            _refuse_undirected(source, at)
    _refuse_header_again(source, ends_of(found))
    told = ", ".join(f"{header[at].strip()} as {ours}" for ours, at in found.items())
    renamed = list(header)
    for ours, at in found.items():
        renamed[at] = ours
    source.rows[0] = renamed
    says_days = any(re.search(r"\b(date|day)\b", name) for name in names)
    dated = "" if says_days else "; it has no column date, so its referrals are undated"
    notes.append(f"{source.path}: this is an edge list: {told}{dated}")
    return True


def _refuse_header_again(source: Source, ends: Sequence[int]) -> None:
    """Refuse a list in which the header stands again, which would be an edge of two people."""
    titles = [source.rows[0][at].strip().casefold() for at in ends]
    lines = [
        line
        for line, row in zip(source.lines[1:], source.rows[1:], strict=True)
        if [row[at].strip().casefold() for at in ends if at < len(row)] == titles
    ]
    if source.bulk and not lines:
        again: set[int] | None = None
        for at, title in zip(ends, titles, strict=True):
            texts = source.bulk.column(at)
            codes = [k for k, text in enumerate(texts.distinct) if text.strip().casefold() == title]
            rows = {*np.flatnonzero(np.isin(texts.codes, codes)).tolist()} if codes else set()
            again = rows if again is None else again & rows
            if not again:
                break
        lines = [int(source.bulk.lines[row]) for row in sorted(again or ())]
    if lines:
        message, hint = "this row repeats the header", "take it out"
        raise LedgerError([source.problem(lines[0], message, hint)])


def _refuse_undirected(source: Source, at: int) -> None:
    lines = [
        line
        for line, row in zip(source.lines[1:], source.rows[1:], strict=True)
        if at < len(row) and row[at].strip().casefold() in UNDIRECTED
    ]
    if source.bulk:
        texts = source.bulk.column(at)
        bad = [text.strip().casefold() in UNDIRECTED for text in texts.distinct]
        if any(bad):
            pairs = zip(source.bulk.lines, texts.codes.tolist(), strict=True)
            lines += [int(line) for line, code in pairs if bad[code]]
    if lines:
        raise LedgerError([source.problem(min(lines), WHO_GAVE, DIRECT_IT)])


def _take_named_edges(source: Source, notes: list[str]) -> bool:
    """Take a table of edges by Cytoscape, which names each one "A (interaction) B"."""
    names = [" ".join(name.split()).casefold() for name in source.rows[0]]
    if source.bulk or not {"interaction", "shared interaction"} & {*names}:
        return False
    at = next((names.index(name) for name in ("name", "shared name") if name in names), -1)
    weight = next((names.index(name) for name in _WEIGHTS if name in names), -1)
    if at < 0 or len(source.rows) < 2:
        return False
    rows, width = [[*EDGES]], len(names)
    for line, row in zip(source.lines[1:], source.rows[1:], strict=True):
        found = _NAMED.fullmatch(row[at].strip()) if len(row) == width else None
        if found is None:
            message = "this edge is not named like the others: A (interaction) B"
            hint = "export it with the columns source and target"
            raise LedgerError([source.problem(line, message, hint)])
        rows.append([found[1], found[2], row[weight] if weight >= 0 else ""])
    source.rows = rows
    told = "the names of its edges, A (interaction) B, say giver and receiver"
    notes.append(f"{source.path}: this is a table of edges: {told}; its referrals are undated")
    return True
