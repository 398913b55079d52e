"""Proposals that were accepted become rows of a book, planned as those of any import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.capture.proposals import row_id
from refgraph.imports.cells.sheet import Grid
from refgraph.imports.compare import make_plan
from refgraph.imports.converted import Converted, Row
from refgraph.schema.columns import blanks_of
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from refgraph.imports.book_index import Known
    from refgraph.imports.capture.proposals import Proposal
    from refgraph.imports.plan import Plan

__all__ = ["plan_accepted"]


def plan_accepted(path: str, accepted: Iterable[Proposal], known: Known) -> Plan:
    """Plan the rows of proposals that were accepted.

    Parameters
    ----------
    path : str
        Where they come from, for messages.
    accepted : iterable of Proposal
        What is true.
    known : Known
        The book.

    Raises
    ------
    LedgerError
        If they cannot be compared with the book, or one of them is of me alone.
    """
    accepted = [*accepted]
    me = str(known.me)
    if any(
        me in map(known.names.person, filter(None, (each.person, each.other))) for each in accepted
    ):
        message = f"{quoted(me)} is you, and a proposal is of somebody else"
        raise LedgerError([Problem(path, 0, message, hint="name them in person and other")])
    found = Converted(path)
    made = set[str]()
    for line, each in enumerate(accepted, 1):
        for table, values in _rows(each, me, made):
            told = frozenset(name for name, value in values.items() if value not in ("", None))
            found.rows[table].append(Row(line, {**blanks_of(table), **values}, told))
    return make_plan(Grid(path, [], []), found, known, keeps_repeats=True)


def _rows(each: Proposal, me: str, made: set[str]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give the rows of one proposal: who is new, and what was."""
    for name, address in each.new:
        if name in made:
            continue
        made.add(name)
        yield "people", {"person": name, "email": address}
    if each.kind == "referral":
        named = {"giver": each.person, "receiver": me, "prospect": each.other}
        yield "referrals", {"date": each.day, **named, "handoff": each.handoff, "id": row_id(each)}
    else:
        named = {"person": each.person, "with": each.other}
        yield "touches", {"date": each.day, "kind": each.kind, **named}
