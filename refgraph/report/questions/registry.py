"""Every question that can be asked of a book, by the name of its table."""

from __future__ import annotations

from refgraph.report.questions import (
    benching,
    chains,
    connecting,
    describing,
    gratitude,
    owing,
    planning,
    suggesting,
    tending,
    trying,
)
from refgraph.report.questions.question import Question

__all__ = ["LINES", "QUESTIONS"]

_MODULES = (
    *(tending, gratitude, owing, suggesting, planning, benching, trying, connecting),
    *(chains, describing),
)

#: What each module declares, in its order.
QUESTIONS = {
    each.name: each
    for module in _MODULES
    for each in (*vars(module).values(), *getattr(module, "CHAINS", {}).values())
    if isinstance(each, Question)
}

#: Those with a line of their own in the report, in reading order.
LINES = tuple(each for each in QUESTIONS.values() if each.line is not None)
