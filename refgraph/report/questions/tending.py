"""What needs tending: what to do today, referrals under way, and those that leak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.tending import agreed, asking, pipeline, set_aside, trend
from refgraph.book import professional_limits
from refgraph.report.questions.meanings import ROW
from refgraph.report.questions.question import Answer, Question
from refgraph.report.tending import agreed_text, over_time, today_text, under_way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.book.book import Book

__all__ = [
    "ASKS",
    "DECISIONS",
    "LEAKS_BY_DIRECTION",
    "PIPELINE",
    "PIPELINE_BY_HANDOFF",
    "TODAY",
    "TREND",
]

_SPARED = ("date", "days_quiet", "raise_to", "brings", "brings_low", "brings_high")


def _today(
    book: Book, person: str | None = None, *, top: int = 10, behind: Sequence[str] | None = None
) -> Answer:
    """List what is worth doing today, each line with its message and its command."""
    table = today_text.table(book, person, top=top, behind=behind)
    said = "" if len(table) else today_text.NOTHING
    columns = list(today_text.COLUMNS)
    return Answer(table[columns], said, aside=("message", "subject", "mailto", "about"))


def _decisions(book: Book, person: str | None = None) -> Answer:
    """List what was decided, what is due of it, and what is done."""
    table = agreed.decisions(book, person)
    return Answer(table, agreed_text.counted(table), aside=("about",))


def _pipeline(book: Book, person: str | None = None, *, leaks: bool = False) -> Answer:
    """List the referrals under way, and say how many leak."""
    table = pipeline.rank(book, person, leaks=leaks)
    said = under_way.footer(book, table, person)
    if table.empty:
        nothing = "Nothing leaks." if leaks else "No referral is under way."
        said = f"{nothing} {said}".strip()
    sides = ("giver", "receiver")
    if book.whose(person) is None and not book.settings.hides:
        sides = ("person", "direction")
    return Answer(table, said, aside=(*_SPARED, *sides))


def _by_handoff(book: Book, person: str | None = None) -> Answer:
    """Count what was won by how it was introduced."""
    table = pipeline.closing(book, person)
    return Answer(table, under_way.closed_by_handoff(table))


def _by_direction(book: Book, person: str | None = None) -> Answer:
    """Count how many leak, of how many."""
    return Answer(pipeline.leak_rate(book, person), under_way.heard_of(book, person))


def _by_ask(book: Book, person: str | None = None) -> Answer:
    """List whom I asked for a referral, and say what asking led to."""
    whose = book.whose(person)
    seen = book if whose is None else set_aside.seen_by(book, whose)
    table = professional_limits.beside(book, asking.asked(seen))
    return Answer(table, under_way.asks_led_to(table))


def _trend(
    book: Book,
    person: str | None = None,
    *,
    by: str = "quarter",
    samples: int = trend.SAMPLES,
    seed: int = 1,
) -> Answer:
    """Give how it went from period to period, and what is beyond chance."""
    table = trend.by_period(book, person, by=by, samples=samples, seed=seed)
    said = over_time.told(table, trend.over_all(book, person, samples=samples, seed=seed), by)
    ends = [f"{name}_{end}" for name in trend.MEASURES for end in ("low", "high")]
    return Answer(table, said, aside=tuple(ends))


_RANGE = {
    "share": "the second of these, of the first",
    "low": "lower end of its 95 % interval, a row being one case",
    "high": "upper end of it",
}
TODAY = Question(
    "today",
    _today,
    {
        "rank": "1 is what is worth most",
        "person": "with whom",
        "lane": "decided, you owe, bring news, say thanks, save, stay close, give first, ask or"
        " one-to-one",
        "reason": "what in that lane it is",
        "because": "the evidence",
        "due": "the day it should be done by, where there is one",
        "worth": "weight x chance x week x 60 / minutes: what waiting a week is expected to cost, "
        "in referrals won, for each hour that the line takes",
        "do": "the command that records it; it runs as it stands",
        "message": "a draft; nothing is sent",
        "subject": "its subject",
        "mailto": "a link that opens it in a mail program; none without an address",
        "weight": "of the lane, from [worth] in refgraph.toml; else 1",
        "chance": "the chance that it matters: that a referral to you is won that else is not",
        "week": "the share of that which waiting one week costs",
        "minutes": "that it takes, about",
        "about": "id of the referral it is about",
        "can_wait": "whether it is worth less than one referral won in twenty hours",
    },
    compares=False,
)
DECISIONS = Question(
    "decisions",
    _decisions,
    {
        "person": "with whom, or who has it in hand",
        "with": "the second person it names",
        "what": "what was decided",
        "until": "by when",
        "state": "open; due today; late; or done",
        "decided": "the day it was decided, or decided again",
        "done": "the day it was done",
        "about": "id of the referral it is about",
    },
    compares=False,
)
PIPELINE = Question(
    "pipeline",
    _pipeline,
    {
        **{name: ROW[name] for name in ("id", "date", "prospect", "handoff")},
        "person": "the other one; without a me, who has it in hand",
        "other": "the other one, where nobody's side is looked at",
        "direction": "received or given by me; between, without a me",
        "status": "given, contacted or met",
        "age_days": "days since it was given",
        "giver": "who gave it",
        "receiver": "who received it",
        "days_quiet": "days since its newest status, or contact about it",
        "state": "leaking: over 30 days and no contact; quiet: no news for over 30 days; stale:"
        " for over 90; else open",
        "raise_to": "the handoff to raise it to, if more of those closed were won so",
        "brings": "by how much more of those closed were won so: a share",
        "brings_low": "lower end of its 95 % interval",
        "brings_high": "upper end of it",
    },
    compares=False,
)
PIPELINE_BY_HANDOFF = Question(
    "pipeline --by handoff",
    _by_handoff,
    {
        "handoff": ROW["handoff"],
        "referrals": "referrals introduced so",
        "open": "of these, neither won nor lost yet",
        "closed": "of these, won or lost",
        "won": "of these, won",
        **_RANGE,
        "share": "won / closed; none that is open has failed",
    },
)
LEAKS_BY_DIRECTION = Question(
    "pipeline --by direction",
    _by_direction,
    {
        "direction": "received or given by me, or all",
        "referrals": "referrals older than 30 days",
        "leaking": "of these, without a recorded contact: still given, and no touch about it",
        **_RANGE,
        "share": "leaking / referrals",
    },
)
ASKS = Question(
    "pipeline --by ask",
    _by_ask,
    {
        "person": "whom I asked",
        "date": "when",
        "days": "days since then",
        "outcome": f"led to a referral; waiting, for {asking.WAIT_DAYS} days; else nothing",
        "id": "the referral that it led to",
        "status": "what became of that one",
    },
)
TREND = Question(
    "trend",
    _trend,
    {
        "period": "the month or the quarter; the first and the last may be cut short",
        "given": "referrals given in it",
        "received": "referrals received in it",
        "mutual_people": "people who both gave and received in it",
        "reciprocity": "share of its referrals matched by one the other way in it",
        "days_to_thanks": "median days from a referral received in it to the first thanks since",
        "leak_rate": "of its referrals older than 30 days, the share without a recorded contact",
        "beyond": "what is outside its band, and on which side; nothing for a period cut short",
        **{
            f"{name}_{end}": f"{side} end of the band of {name.replace('_', ' ')}: if days were"
            " drawn by lot, nothing would leave its band in any period, 95 % of the time or more;"
            " none for a period cut short"
            if name in trend.COMPARED
            else f"blank: {name.replace('_', ' ')} needs both to give, and is not compared"
            for name in trend.MEASURES
            for end, side in (("low", "lower"), ("high", "upper"))
        },
    },
)
