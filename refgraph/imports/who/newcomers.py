"""Referrers whom the book lacks: who of them is a person, and who is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.leftovers import Nearest
from refgraph.imports.rules.ruleset import EVERY_REFERRER
from refgraph.imports.rules.words import is_name_like
from refgraph.schema.text import quoted
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.imports.book_index import Known
    from refgraph.imports.converted import Converted
    from refgraph.imports.plan import Plan

__all__ = ["newcomers_of"]

_MOST_TOLD = 5


def newcomers_of(converted: Converted, known: Known, plan: Plan) -> Iterator[str]:
    """Give the new people among the referrers: those who are named so, and those written so.

    Somebody who is nearly called as a person of the book is no newcomer: that is asked.

    Parameters
    ----------
    converted : Converted
        The file.
    known : Known
        The book; each name that was given is to be known to it before the next one.
    plan : Plan
        It is told who was taken as they are written.
    """
    texts = dict.fromkeys(reference.text for reference in converted.references)
    yield from (name for name in dict.fromkeys(converted.newcomers) if name in texts)
    near = Nearest(known.names.everyone())
    every = EVERY_REFERRER in converted.newcomers
    taken = []
    for text in texts:
        # The names that this yields are known to the next: two spellings are one person.
        if not (every or is_name_like(text)) or known.names.find(text) or near.to(text):
            continue
        taken += [] if every else [text]
        yield text
    if taken:
        who = ", ".join(map(quoted, taken[:_MOST_TOLD])) + ", ..." * (len(taken) > _MOST_TOLD)
        people = count(len(taken), "referrer", "is")
        plan.notes.append(f"{plan.path}: {people} new and written as a person is: {who}")
