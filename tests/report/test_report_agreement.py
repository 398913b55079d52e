"""In books of very few people, verbs and nouns go with their numbers in every sentence."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from strategies import TODAY, book_of

from refgraph import report
from refgraph.errors import RefgraphError
from refgraph.report.questions.registry import QUESTIONS

_VERBS = "is|was|has|does|comes|goes|exists|waits"
_NUMBER = r"(?<![\d.,:-])"
#: One with a noun of several, or several with one of one; and so for verbs.
WRONG = re.compile(
    rf"{_NUMBER}1 (?:(?:other|more|open) )?(?!(?:{_VERBS}|this)\b)[a-z]+(?<!s)s\b"
    rf"|{_NUMBER}1 (?:people|are|were|have|do)\b|\b(?:[Aa]ll|[Bb]oth|first|last) 1\b"
    rf"|{_NUMBER}(?:0|[2-9]|\d\d+) (?:person|referral|gift|day|tie|pair|group|month|year)\b"
    rf"|{_NUMBER}(?:[2-9]|\d\d+) (?:{_VERBS})\b"
)
DAYS = [TODAY - timedelta(days=days) for days in (400, 200, 45, 9)]
BOOKS = {  # who gave to whom, and whose book it is
    "one referral": ([("Bo", "Ann")], "Ann"),
    "three people": ([("Bo", "Ann"), ("Ann", "Bo"), ("Cy", "Ann")], "Ann"),
    "nobody's": ([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Bo")], None),
}
ASKED = {
    "effect": {"horizon": 180, "samples": 20, "seed": 0},
    "evaluate": {"horizon": 180, "half_life": 730, "samples": 20, "seed": 0},
    "evaluate --calibration": {"horizon": 180, "half_life": 730},
    "reciprocity": {"test": True, "samples": 20},
}
ABOUT = {"register": ["Bo"], "why": ["Bo"], "without": ["Bo"]}


def sentences(book):
    """Give every sentence about a book: over its tables, under them, and in their rows."""
    for name in QUESTIONS:
        try:
            answer = report.ask(book, name, *ABOUT.get(name, []), **ASKED.get(name, {}))
        except RefgraphError as error:
            yield name, str(error)
            continue
        yield name, f"{answer.lead} {answer.said}"
        if "because" in answer.table:
            yield from ((name, because) for because in answer.table["because"])


def test_what_is_wrong_is_seen():
    wrong = "All 1 others. 1 referrals! 2 of 3 people: 1 are. The first 1 group. 2 person; 3 is"
    assert len(WRONG.findall(wrong)) == 6
    assert not WRONG.search(
        "1 of 3 others is level, 1 other is not; 0.1 ties, 2 people are, 11 days"
    )


@pytest.mark.parametrize(("rows", "me"), BOOKS.values(), ids=BOOKS)
def test_numbers_agree_with_what_they_count(rows, me):
    dated = [(DAYS[at], *ends, 1) for at, ends in enumerate(rows)]
    people = [{"person": name, "role": "client"} for name in sorted({*sum(rows, ())})]
    book = book_of(dated, me=me, people=people, touches=[(DAYS[2], "Bo", "call")])
    assert [found for found in sentences(book) if WRONG.search(found[1])] == []
