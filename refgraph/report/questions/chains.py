"""Who started what, through whom, and what it was worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.questions.meanings import ROW
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections.chains_text import VIEWS, chains_table
from refgraph.report.sections.section import despite_window, joined

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from refgraph.book.book import Book

__all__ = ["CHAINS"]

_MEANINGS = {
    "--by root": {
        "root": "who started the chain: somebody whom nobody is known to have brought",
        "currency": "of the values; they are never added across currencies",
        "started": "people below the root: whom they referred, whom these referred, and so on",
        "clients": "of these, clients by role or prospects of a won referral",
        "depth": "steps from the root to the lowest",
        "value": "won by referrals of the people below; each step counts the decay once",
        "won_value": "the same, each step counting whole",
        "chain": "the longest chain, from the root on",
    },
    "--by person": {
        "person": "a person in a chain",
        "parent": "who brought them: the giver of the referral that they came by",
        "root": "the first of their chain",
        "depth": "steps from the root to them",
        "children": "people they brought themselves",
        "descendants": "people below them, at whatever distance",
        "date": "day of the referral they came by",
        "id": "its identity",
    },
    "--by giver": {
        "giver": "who gave the referrals",
        "currency": "of the value; none where no value is recorded",
        "won": "referrals of theirs that were won",
        "valued": "of these, with a value",
        "value": "what they were worth together",
    },
    "--by client": {
        "client": "client by role, or prospect of a won referral to you",
        "currency": "of the value; none where no value is recorded",
        "value": "of the won referrals to you",
        "depth": "people they came through; 0: nobody is known",
        "chain": "these people, from the first to the client",
    },
    "--essential": {
        "person": "somebody whom clients came through, at whatever distance",
        "currency": "of the value; none where no value is recorded",
        "clients": "clients who would be missing without them, in all currencies",
        "value": "of the won referrals of these clients to you",
    },
    "--unknown": {
        **{name: ROW[name] for name in ("date", "prospect", "status", "id", "file", "line")},
        "giver": "who gave the referral",
        "receiver": "who received it",
        "why": "why it does not say who brought whom",
        "count": "how many referrals the row stands for",
    },
}


def _asking(view: str) -> Callable[..., Answer]:
    """Give what answers one of the questions about chains."""

    def answer(book: Book, **options: Any) -> Answer:
        table, said = chains_table(book, view, **options)
        if view != "--by giver":
            said = joined(said, despite_window(book))
        return Answer(table, said)

    return answer


#: By what the command line says after ``chains``; the first is asked where nothing is said.
CHAINS = {
    view: Question(
        "chains" if view == VIEWS[0] else f"chains {view}", _asking(view), _MEANINGS[view]
    )
    for view in VIEWS
}
