"""Each kind of touch has its own effect: in a book made for it, another kind answers otherwise."""

from __future__ import annotations

import pytest
from strategies import TODAY, ago, book_of

from refgraph.analysis.owing import owe
from refgraph.analysis.tending import agreed, gratitude, lanes, news, pipeline
from refgraph.schema.values import KINDS

PEOPLE = [
    {"person": "Me", "profession": "adviser"},
    {"person": "Ann", "role": "client", "cadence": "monthly"},
    {"person": "Bo", "role": "partner", "offers": ("wills",), "needs": ("bread",)},
    {"person": "Cy", "role": "client", "offers": ("bread",), "needs": ("wills",)},
    {"person": "Di", "role": "client"},
]
ROWS = [
    (ago(500), "Bo", "Me", 1, {"status": "lost", "status_date": ago(450)}),
    (ago(90), "Di", "Me", 1, {"status": "won", "status_date": ago(20)}),
]
THANKS = [(ago(440), "Bo", "thanks"), (ago(89), "Di", "thanks")]
GLAD = (ago(2), "Cy", "they-thanked-me")
#: Of each kind the row that it stands in, what it is set against, and the other rows.
MADE_FOR = {
    "thanks": ((ago(1), "Di"), "call", []),
    "call": ((ago(1), "Di"), "mention", []),
    "meeting": ((ago(1), "Di"), "mention", []),
    "email": ((ago(1), "Di"), "mention", []),
    "one-to-one": ((ago(1), "Di"), "mention", []),
    "news": ((ago(1), "Di"), "mention", []),
    "endorsement": ((ago(1), "Bo"), "call", []),
    "introduction": ((ago(1), "Bo"), "call", []),
    "gift": ((ago(1), "Bo"), "call", []),
    "settled": ((ago(40), "Bo"), "call", []),
    "value": ((ago(1), "Bo"), "call", []),
    "ask": ((ago(1), "Cy"), "call", [GLAD]),
    "they-thanked-me": ((ago(1), "Cy"), "call", []),
    "mention": ((ago(1), "Cy"), "call", []),
    "concern": ((ago(1), "Cy"), "mention", [GLAD]),
    "resolved": ((ago(1), "Cy"), "mention", [GLAD, (ago(9), "Cy", "concern")]),
    "snooze": ((ago(1), "Ann"), "mention", [(ago(60), "Ann", "call")]),
    "done": (
        (ago(1), "Ann"),
        "mention",
        [(ago(9), "Ann", "decision", {"note": "meet Bo", "until": ago(3)})],
    ),
    "decision": ((ago(1), "Ann"), "mention", [(ago(60), "Ann", "call")]),
}


def answers(row, kind, others):
    book = book_of(
        ROWS, me="Me", people=PEOPLE, touches=[*THANKS, *others, (*row, kind)], today=TODAY
    )
    tables = (
        lanes.lines(book),
        gratitude.due(book),
        news.owed(book),
        owe.rank(book),
        pipeline.mentions(book),
        agreed.decisions(book),
    )
    return [table.astype(str).to_dict("records") for table in tables]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_touch_answers_otherwise_than_another(kind):
    row, other, more = MADE_FOR[kind]
    assert answers(row, kind, more) != answers(row, other, more)
    assert not any(each[2] == "snooze" for each in more)
