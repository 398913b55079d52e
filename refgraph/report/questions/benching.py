"""The people one would refer, by profession, and where nobody sits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.suggesting import bench as analysis
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections import bench as words

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["BENCH", "BENCH_BY_PROFESSION", "BENCH_TO_SHARE"]

_NOBODY = (
    "Nobody is on the bench: give people a profession or offers in people.csv, and rate them "
    "or send them a referral."
)


def _bench(book: Book, person: str | None = None, *, profession: str | None = None) -> Answer:
    """Give whom one would refer, the best standing first."""
    sender = book.whose(person)
    table = analysis.by_person(book, person, profession=profession)
    if profession is None:
        missing = analysis.by_profession(book, person)
        said = [words.holes(missing), words.concentration(book, missing, sender)]
        if table.empty:
            said = [_NOBODY]
    else:
        said = [] if len(table) else [f"Nobody on the bench for {profession}."]
    said.append(_about(sender))
    if book.windowed:
        said.append("What was sent is of the window; the bench and its standing are of all.")
    columns = [*analysis.COLUMNS]
    aside = columns[columns.index("offers") : columns.index("standing_low")]
    if profession is None:
        aside += [*analysis.RATINGS, "share"]
    return Answer(table, "\n".join(filter(None, said)), aside=tuple(aside))


def _by_profession(book: Book, person: str | None = None) -> Answer:
    """Give each profession, those with nobody first."""
    table, sender = analysis.by_profession(book, person), book.whose(person)
    said = filter(None, [words.concentration(book, table, sender), _about(sender)])
    return Answer(table, "\n".join(said), aside=("people", "needed_by", "offered_by"))


def _to_share(book: Book, person: str | None = None, *, profession: str | None = None) -> Answer:
    """Give the list to hand on: no ratings, no counts."""
    handed = words.shared(analysis.by_person(book, person, profession=profession))
    nobody = "Nobody is rated with 4 or 5, and nowhere below 3, in people.csv yet."
    return Answer(handed, "" if len(handed) else nobody)


def _about(sender: str | None) -> str:
    if sender is not None:
        return ""
    return "This book has no me: what anyone sent is counted; --for PERSON shows one person's."


BENCH = Question(
    "bench",
    _bench,
    {
        "person": "whom you would refer",
        "profession": "their profession, or their first offer where they have none",
        "standing": "half ratings, half share won of the closed referrals anyone sent them; the"
        " fewer are known, the nearer to the book's mean",
        "rating": "mean of the ratings, 0 to 5",
        "helpful": "rating of how helpful they are",
        "dependable": "rating of how dependable they are",
        "follow_through": "rating of whether they do what they say",
        "track_record": "rating of how good their work has been",
        "sent": "referrals you sent them",
        "won": "of these, won",
        "lost": "of these, lost",
        "open": "of these, neither won nor lost yet",
        "share": "sent to them / sent to anyone of their profession",
        "known_since": "day since when you know them",
        "evidence_days": "days since the last referral with them or touch",
        "offers": "what they offer",
        "contacted": "of the open ones, contacted",
        "met": "of the open ones, met",
        "last_referral": "day of the last referral between you and them",
        "last_touch": "day of the last touch",
        "standing_low": "the standing at the lower end of the 95 % interval of the share won,"
        " ratings as they are",
        "standing_high": "at the upper end of it",
    },
    compares=False,
)
BENCH_BY_PROFESSION = Question(
    "bench --by profession",
    _by_profession,
    {
        "profession": "a profession, or a need that nobody on the bench answers",
        "on_bench": "people on the bench for it",
        "best": "who of them has the best standing",
        "standing": "that standing",
        "needed": "people who need what they offer",
        "sent": "referrals you sent to anyone of this profession",
        "won": "of these, won",
        "lost": "of these, lost",
        "most_sent_to": "who had most of them",
        "share": "their share",
        "state": "nobody, or only one person, on the bench",
        "people": "the people on the bench, the best first",
        "needed_by": "who needs it",
        "offered_by": "who offers it, and is neither rated nor had a referral yet",
        "standing_low": "lower end of the standing of the best, as outcomes tell",
        "standing_high": "upper end of it",
    },
    compares=False,
)
BENCH_TO_SHARE = Question(
    "bench --share",
    _to_share,
    {
        "person": "whom to call on",
        "profession": "their profession, or their first offer where they have none",
        "offers": "what they offer",
        "because": "why them",
    },
    compares=False,
)
