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

__all__ = ["QUESTIONS"]

QUESTIONS = {
    question.name: question
    for question in (
        tending.TODAY,
        gratitude.THANKS,
        tending.DECISIONS,
        tending.PIPELINE,
        tending.PIPELINE_BY_HANDOFF,
        tending.LEAKS_BY_DIRECTION,
        tending.ASKS,
        tending.TREND,
        owing.OWE,
        owing.BALANCE,
        owing.BALANCE_BY_PAIR,
        owing.REGISTER,
        owing.WHY,
        describing.CHANGES,
        suggesting.REFER_FIRST,
        suggesting.INTRODUCE,
        planning.PAIRINGS,
        benching.BENCH,
        benching.BENCH_BY_PROFESSION,
        benching.BENCH_TO_SHARE,
        trying.EFFECT,
        trying.EVALUATE,
        trying.CALIBRATION,
        connecting.CONNECTORS,
        *chains.CHAINS.values(),
        planning.WITHOUT,
        connecting.GROUPS,
        connecting.GROUPS_BY_PERSON,
        connecting.RECIPROCITY,
        connecting.RECIPROCITY_BY_PERSON,
        connecting.RECIPROCITY_BY_PAIR,
        connecting.RETURNS,
        connecting.RETURNS_CURVE,
        describing.PEOPLE,
        describing.LOOKALIKES,
        describing.STATS,
    )
}
