"""Whom to refer first, and whom to introduce to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.returning.returns import HORIZON
from refgraph.analysis.suggesting import introductions
from refgraph.analysis.suggesting import refer_first as analysis
from refgraph.progress import doing
from refgraph.report.questions.question import Answer, Line, Question
from refgraph.report.sections.section import despite_window, joined
from refgraph.report.sections.suggested import HEADINGS, kinds, lead, no_low_end, refer_first
from refgraph.report.suggested_order import footer
from refgraph.report.views.grouped import Grouping, arranged
from refgraph.schema.text import argument

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["INTRODUCE", "REFER_FIRST"]

#: Columns of refer-first that a reader sees; those of --parts beside them.
_SEEN = ("rank", "person", "role", "introduce", "because", "added", "added_low", "added_high")
_SEEN_BESIDE = ("anyway", "anyway_low", "anyway_high")  # which part is said above the rows


def _refer_first(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = HORIZON,
    parts: bool = False,
    most: int | None = None,
    **options: Any,
) -> Answer:
    """Say whom to refer first, and why; options as :func:`refgraph.refer_first.rank` takes them.

    With ``most``, of a page that shows so many rows, only these are told in words.
    """
    grouping = Grouping(kinds, HEADINGS, numbered="rank")
    if most is not None:
        options["told"] = lambda table: arranged(table, grouping, most)[0].index
    table = analysis.rank(book, person, horizon=horizon, parts=parts, **options)
    aside = [name for name in analysis.COLUMNS if name not in (*_SEEN, *_SEEN_BESIDE)]
    if parts:
        aside = [name for name in aside if name not in ("expected_return", "partner_rate")]
    aside += [f"{name}_low" for name in ("added", "anyway") if no_low_end(table, name)]
    if table["anyway_high"].isna().all():
        aside.append("anyway_high")
    lines = arranged(table, grouping, most)[0]["rank"]
    whose = book.asked(person, "Whom to refer first")
    over = lead(book, table, lines, whose, horizon=horizon)
    said, heads = footer(book, table, lines, horizon=horizon), {"rank": "line"}
    return Answer(table, said, aside=tuple(aside), grouping=grouping, lead=over, heads=heads)


def _of_report(book: Book, whose: str | None, _: bool) -> Answer:  # noqa: FBT001  # of each line
    """Answer for the report: nobody is suggested to nobody."""
    if whose is None:
        return Answer(pd.DataFrame(columns=list(analysis.COLUMNS)))
    return REFER_FIRST(book, whose)


def _introduce(book: Book, person: str | None = None, whose: str | None = None) -> Answer:
    """Say who could be introduced to whom, the best fit first."""
    with doing("Looking for introductions"):
        table = introductions.rank(book, person, whose=whose)
    said = "" if len(table) else _nothing(book, person)
    if len(table) and person is None:
        one = "PERSON" if book.is_incognito else argument(str(next(table.itertuples()).person))
        said = (
            f"No referral has brought these together, and nobody appears twice; refgraph introduce "
            f"{one} -b BOOK shows all of one person's. --draft RANK writes the messages."
        )
    return Answer(table, joined(said, despite_window(book)), aside=("because_ids",))


def _nothing(book: Book, person: str | None) -> str:
    """Say why there is no introduction to make."""
    people = book.people
    if person is not None:
        row = people.loc[person]
        if row["do_not_refer"]:
            return f"{person} is marked do not refer, so no introduction is suggested."
        if not (row["needs"] or row["offers"] or row["profession"]):
            return (
                f"What {person} needs and offers is not recorded; write it in the columns "
                f"needs, offers and profession of people.csv."
            )
        return f"Nobody is left whom {person} could be introduced to."
    if not people["needs"].map(bool).any():
        return "Nobody's needs are recorded; write them in the column needs of people.csv."
    if not people["offers"].map(bool).any() and not people["profession"].any():
        return (
            "Nobody's offers are recorded; write them in the columns offers and profession "
            "of people.csv."
        )
    return (
        "Nobody needs what another offers whom they have not met. If the words differ, "
        "[synonyms] in refgraph.toml brings them together."
    )


REFER_FIRST = Question(
    "refer-first",
    _refer_first,
    {
        "rank": "on a page the number of the line, groups one below the other; in JSON and CSV the"
        " place in one list by added, first tries at the end of every ten",
        "person": "to whom",
        "role": "client, partner, or none recorded",
        "expected_return": "chance that a referral comes back in time, whether or not because you"
        " gave one: r = (own answered + receipts"
        " + prior gifts x prior) / (own gifts + receipts + prior gifts), corrected",
        "introduce": "whom to introduce to them, by needs and offers",
        "because": "the evidence",
        "low": "lower end of the 95 % interval of the expected return",
        "high": "upper end of it",
        "gave_me": "referrals they gave you",
        "i_gave": "referrals they had back from you",
        "open": "referrals of theirs that nothing has settled yet",
        "gifts": "spells of giving to them by anyone, each begun by a referral that answers none,"
        " that were answered or not in time",
        "answered": "of these, answered",
        "partner_rate": "share they answer, less what comes anyway, the recent weighing more; drawn"
        " to that of all, the more so the less people of the book differ",
        "last_touch_days": "days since the last touch with them",
        "because_ids": "ids of the referrals behind the sentence",
        "added": "referrals that one more from you is expected to bring within the horizon beyond"
        " what comes anyway: what people sent after gifts less what they send at other times,"
        " pooled from the pair to the person to the book; the list is ranked by it",
        "added_low": "lower end of the middle 95 % of what it may be, of people who stay as they"
        " are or change little by little; whoever stopped answering lately may lie outside",
        "added_high": "upper end of it",
        "anyway": "referrals they are expected to send you in that time if you give nothing,"
        " as active as they are now; not told where the record is shorter than that",
        "part": "start (never had anything from you, whatever they sent), settle (had something,"
        " and more of theirs is open), again (a further gift), first try (never had anything, and"
        " nothing is open; out of turn, the widest range first, to learn how they answer)",
        "anyway_low": "lower end of the middle 95 % of what is to be expected anyway, not of"
        " how many come; 0 where none came, or all that came may have been answers; not told, nor"
        " is the upper end, of whom some of what they sent has no date",
        "anyway_high": "upper end of it",
        "own_answered": "with --parts: of own gifts, answered; the recent weigh more",
        "own_gifts": "with --parts: spells of giving by you; the recent weigh more, open ones"
        " for the share of returns that come as soon",
        "receipts": "with --parts: a quarter of the referrals they gave you; the recent weigh more",
        "unasked": "with --parts: chance that they refer to you in that time anyway, from those"
        " of late that answered nothing",
        "global_rate": "with --parts: share answered in the whole book, the recent weighing more:"
        " (answered + 1) / (gifts + 2)",
        "correction": "with --parts: what the odds of the global rate are multiplied by, for what"
        " came of the gifts whose time has passed; below 1, fewer came than were expected",
        "prior": "with --parts: chance of a return by all but what passed between you two",
        "prior_gifts": "with --parts: how many gifts between you two that chance is worth",
        "slope": "with --parts: what the distance of all log odds from that of the global rate is"
        " multiplied by; below 1, chances lay too far apart",
    },
    line=Line("whom to refer first", refer_first, _of_report),
)
INTRODUCE = Question(
    "introduce",
    _introduce,
    {
        "rank": "1 is the introduction to make first",
        "person": "who needs something",
        "need": "what they need, in the words of people.csv",
        "introduce_to": "who offers it",
        "offer": "their offer or profession, in the words of people.csv",
        "fit": "words that need and offer have in common / all their words, synonyms counted",
        "standing_needs": "standing on the bench of who needs it",
        "standing_offers": "standing on the bench of who offers it",
        "because": "the evidence",
        "because_ids": "ids of the closed referrals to who offers it",
    },
    compares=False,
)
