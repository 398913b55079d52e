"""From an archive to proposals, and from those that are accepted to what is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.capture.proposals import count_without_me, propose
from refgraph.imports.capture.proposed_rows import plan_accepted
from refgraph.imports.events.captures import events_of
from refgraph.imports.plan import Plan
from refgraph.imports.run import prepare
from refgraph.keeping.engine.declined import read_declined
from refgraph.progress import doing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.book_index import Known
    from refgraph.imports.capture.proposals import Proposal
    from refgraph.imports.request import Request
    from refgraph.imports.rules.ruleset import Rules
    from refgraph.imports.run import Prepared

__all__ = ["Proposed", "prepare_accepted", "proposals_of"]


@dataclass(slots=True)
class Proposed:
    """What archives say that a book does not have.

    Attributes
    ----------
    proposals : list of Proposal
        By kind, then by day.
    events : int
        How many mails and appointments were between people.
    left : Counter
        How many others there are, by why they tell nothing.
    hides : bool
        Whether the profession of the book hides who was referred.
    """

    proposals: list[Proposal] = field(default_factory=list)
    events: int = 0
    left: Counter[str] = field(default_factory=Counter)
    hides: bool = False


def proposals_of(request: Request, files: Sequence[str], mine: Sequence[str] = ()) -> Proposed:
    """Read archives, and propose what they say that the book does not have; nothing is written.

    Parameters
    ----------
    request : Request
        The book, and how it is read.
    files : sequence of str
        The archives of mail and the calendars, which are read together.
    mine : sequence of str
        My addresses, beside those that the book or my name tells.

    Raises
    ------
    LedgerError
        If the book or an archive cannot be read, or nothing says who I am.
    """
    found = Proposed()

    def planned(_request: Request, _rules: Rules | None, known: Known) -> Plan:
        if known.me is None:
            message = "mail and calendars are read for one person, and nothing says who you are"
            raise LedgerError([Problem(files[0], 0, message, hint="say it with --me NAME")])
        events = []
        for file in files:
            with doing("Reading the mail and the calendar"):
                capture = events_of(file, known.today)
            events += capture.events
            found.left += capture.left
        found.events = len(events)
        found.left["without me"] += count_without_me(events, known, mine)
        found.proposals = propose(events, known, mine, files[0], read_declined(request.book))
        return Plan(files[0])

    found.hides = prepare(request, planned=planned).hides
    return found


def prepare_accepted(request: Request, path: str, accepted: Sequence[Proposal]) -> Prepared:
    """Prepare the import of proposals that were accepted.

    Parameters
    ----------
    request : Request
        The book, and how it is read.
    path : str
        Where they come from, for messages.
    accepted : sequence of Proposal
        What is true.

    Raises
    ------
    LedgerError
        If the book cannot be read.
    """
    return prepare(request, planned=lambda _request, _rules, known: _plan(path, accepted, known))


def _plan(path: str, accepted: Sequence[Proposal], known: Known) -> Plan:
    if known.me is None:
        message = "what is proposed is of one person, and nothing says who you are"
        raise LedgerError([Problem(path, 0, message, hint="say it with --me NAME")])
    return plan_accepted(path, accepted, known)
