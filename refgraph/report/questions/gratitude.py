"""Whom to thank, who thanked late or never, and who is to be told what became of a referral."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from refgraph.analysis.owing import leaks
from refgraph.analysis.tending import gratitude, news, set_aside
from refgraph.book import professional_limits
from refgraph.report.questions.meanings import ROW
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections.section import joined
from refgraph.report.tending.reminders import unknown_news
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["THANKS"]

_NEWS = {"id": "str", "due": "datetime64[s]", "said": "datetime64[s]"}
_HIDDEN = ["id", "prospect", "reason", "said"]  # which the profile health does not show


def _thanks(book: Book, person: str | None = None, *, said: bool = False) -> Answer:
    """List what is to be said to whom, and say how soon thanks are said in this book."""
    seen = set_aside.seen_by(book, book.asked(person, "Whom to thank"))
    table, owed = gratitude.due(seen), news.owed(seen)
    open_rows = table["state"] != "said"
    told = _footer(seen, table[open_rows], owed)
    news_rows = owed.rename(columns={"moved": "since"}).assign(reason="news", state="owed")
    parts = [table[open_rows], news_rows.drop(columns=["status", "prospect"])]
    parts += [table[~open_rows]] if said else []
    table = pd.concat([part for part in parts if len(part)] or [table.iloc[:0]])
    table = table.astype(_NEWS).reset_index(drop=True)
    table.insert(2, "prospect", gratitude.prospects_of(seen, table["id"]))
    if professional_limits.withheld(book):
        table = table.drop(columns=_HIDDEN)
    return Answer(professional_limits.beside(book, table), told, aside=("id", "said"))


def _footer(book: Book, due: pd.DataFrame, owed: pd.DataFrame) -> str:
    if professional_limits.withheld(book):
        return "" if len(due) else "Nobody is left to be thanked."
    tracked = bool(len(owed)) or leaks.tells_outcomes(book.window())
    unknown = unknown_news(news.undated(book), tracked=tracked)
    all_done = "Everyone has been thanked." if unknown else _NOTHING
    said = "" if len(due) + len(owed) else all_done
    return joined(said, _how_soon(book), _untold(owed), unknown)


_NOTHING = "Everyone has been thanked, and told what became of what they sent."


def _how_soon(book: Book) -> str:
    """Say how many days thanks took."""
    days = gratitude.until_thanks(book)
    if not days["thanked"]:
        return "No thanks are recorded for a referral."
    late, never = (int(days[name]) for name in ("late", "never"))
    median, all_ = days["median"], int(days["thanked"])
    told = (
        f"Thanks came {median:g} {pluralize(median, 'day')} after receipt in the median, "
        f"{count(int(days['worst']), 'day')} at worst, and for {late:,} of {all_:,} "
        f"after more than {gratitude.DAYS['receipt']}."
    )
    if not never:
        return told
    return f"{told} For {count(never, 'referral')} no thanks were said within a month, nor since."


def _untold(owed: pd.DataFrame) -> str:
    if owed.empty:
        return ""
    people = count(int(owed["person"].nunique()), "person")
    have = agree(len(owed), "has")
    return (
        f"{count(len(owed), 'referral')} of {people} {have} moved, and they have not heard since."
    )


THANKS = Question(
    "thanks",
    _thanks,
    {
        "person": "who gave the referral",
        "id": ROW["id"],
        "prospect": ROW["prospect"],
        "reason": "what asks for thanks: its receipt, the first meeting, its close, the day a year"
        " after it; or news: it moved, and they have not been told",
        "since": "the day of that",
        "due": "the day by which thanks are due; news is due now",
        "days": "days from then to the thanks, or to today",
        "said": "the day of the thanks",
        "state": "due, late, never (not said for over 30 days), owed (news), or said",
    },
    compares=False,
)
