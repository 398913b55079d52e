"""Whom to refer first, in words: by part, with who cannot be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.returning.returns import HORIZON
from refgraph.analysis.suggesting import candidates
from refgraph.analysis.suggesting.reason import expected
from refgraph.report.sections.section import Section, despite_window, joined, rest
from refgraph.wording import count, which_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book
    from refgraph.report.questions.question import Answer
    from refgraph.report.summary import Summary

__all__ = ["HEADINGS", "SAYS", "about_even", "footer", "kinds", "lead", "refer_first", "shown"]

_NOBODY = "There is nobody in this book who could be suggested."
_BESIDE = "Whom you owe gives back what came; this looks for what is new."
_ALL_HAD = "Everyone who could be suggested has had a referral from you."
_NAMED = 6  # people that a sentence names
#: Those of the part ``start`` who gave something, and those who did not.
GAVE, NEITHER = "start, gave", "start, gave nothing"
_NEVER = (GAVE, NEITHER, candidates.FIRST_TRY)  # never had a referral from me
_SHOWN = {GAVE: 3, NEITHER: 1, candidates.FIRST_TRY: 1, candidates.SETTLE: 1, candidates.AGAIN: 1}
#: What is said of the people of each kind, the first of the page first.
SAYS = {
    GAVE: "gave you referrals, and never had one from you",
    NEITHER: "no referral either way yet",
    candidates.FIRST_TRY: "a first try, to learn how they answer",
    candidates.SETTLE: "to settle more of what is open",
    candidates.AGAIN: "once more, though nothing is open",
}
#: What stands above the rows of each kind, and of those who are in no part.
HEADINGS = {
    GAVE: "Gave you referrals, and never had one from you",
    NEITHER: "No referral either way yet",
    candidates.FIRST_TRY: "First tries: never had one from you either, and least is known of them",
    candidates.SETTLE: "Settle: had one from you, and more of theirs is open",
    candidates.AGAIN: "Again: had one from you, and nothing is open",
    "": "No suggestion: marked do not refer, still waiting for a call, or of another role",
}


def kinds(table: pd.DataFrame) -> pd.Series[str]:
    """Give of each row its part, with those of ``start`` who gave apart from those who did not.

    Examples
    --------
    >>> lines = pd.DataFrame({"part": ["start", "start", "again"], "gave_me": [2, 0, 0]})
    >>> kinds(lines).tolist()
    ['start, gave', 'start, gave nothing', 'again']
    """
    gave = table["gave_me"].gt(0).map({True: GAVE, False: NEITHER}).astype("str")
    return table["part"].mask(table["part"] == candidates.START, gave)


def footer(book: Book, table: pd.DataFrame) -> str:
    """Say under the list in which order it stands, and what that takes for granted.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.suggesting import refer_first
    >>> book = Book.sample()
    >>> footer(book, refer_first.rank(book)).partition(";")[0]
    'Lines are numbered down the page, in each group by added'
    """
    if table.empty:
        said = _NOBODY
    else:
        ranked = (
            "Lines are numbered down the page, in each group by added; in JSON and CSV all are one "
            "list by added, with their rank. The estimate takes for granted that a referral takes "
            "nothing away; gifts were not drawn by lot, so that some of what is called added may "
            "come of when they were made."
        )
        tries = (table["part"] == candidates.FIRST_TRY).any()
        rare = "The last ranks of every ten are kept for first tries." if tries else ""
        said = joined(ranked, rare)
    return joined(said, despite_window(book))


def about_even(table: pd.DataFrame) -> str:
    """Say how much the order of a list by ``added`` tells: who is level with its first.

    Examples
    --------
    >>> import pandas as pd
    >>> lines = pd.DataFrame(
    ...     {
    ...         "person": ["Bo", "Cy", "Di"],
    ...         "added": [0.6, 0.5, 0.1],
    ...         "added_low": [0.4, 0.3, 0.0],
    ...         "added_high": [0.8, 0.7, 0.2],
    ...     }
    ... )
    >>> about_even(lines).split(". ")[1]
    'By this record about even with Bo: Cy.'
    >>> about_even(lines.head(2)).partition(": ")[0]
    'By this record all are about even with the one of whom most is expected'
    >>> about_even(lines.head(1))
    'Expected of Bo: about 0.6 more than come anyway (0.4 to 0.8).'
    """
    number = candidates.level(table)
    if number == len(table) > 1:
        return (
            "By this record all are about even with the one of whom most is expected: their order "
            "decides little."
        )
    first: Any = next(table.head(1).itertuples())
    most = which_of(len(table), "Expected", "Most is expected")
    told = f"{most} of {first.person}: {expected(first.added, first.added_low, first.added_high)}."
    if number < 2:
        return told
    level = _named(table["person"].iloc[1:number].tolist())
    return f"{told} By this record about even with {first.person}: {level}."


def _named(names: Sequence[str]) -> str:
    """Name people of a list, the first few of many."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def lead(table: pd.DataFrame, horizon: int) -> str:
    """Say over the list whom to refer first, how sure the order is, and what its numbers count.

    Examples
    --------
    >>> import pandas as pd
    >>> line = {"person": "Bo", "part": "again", "added": 0.6, "added_low": 0.4, "added_high": 0.8}
    >>> other = line | {"person": "Cy", "part": "start", "gave_me": 2}
    >>> print(lead(pd.DataFrame([other]), 180).partition(". ")[0])
    First who gave you referrals, and never had one from you: Cy
    """
    if table.empty:
        return ""
    of, days = kinds(table), count(horizon, "day")
    gave = table.loc[(of == GAVE).to_numpy(), "person"].tolist()
    first = f"First who {SAYS[GAVE]}: {_named(gave)}." if gave else ""
    number, groups = int(of.isin(_NEVER).sum()), len({*of} & {*_NEVER})
    where = which_of(groups, "the first group", f"the first {groups} groups")
    never = f"{number:,} of {len(table):,} never had one from you: {where}." if number else ""
    asked = table[table["part"] != ""].sort_values("added", ascending=False, kind="stable")
    sure = "How sure that is: what passed is counted, the order within a group is an estimate."
    counted = (
        f"added: referrals expected to follow one more from you within {days}, beyond what comes "
        "anyway (added low to high: 95% range). anyway: referrals expected from them in that time "
        "if you give nothing."
    )
    told = joined(sure, about_even(asked)) if len(asked) else ""
    return "\n".join(filter(None, [joined(first, never), told, counted]))


def refer_first(summary: Summary, answer: Answer) -> Section:
    """Say whom to refer first, part by part, each with why."""
    table, title = answer.table, "Refer first"
    if summary.book["me"] is None:
        told = f"This needs a person: {summary.command('refer-first', '--for PERSON')}."
        return Section(title, (told,))
    if table.empty:
        return Section(title, (_NOBODY,))
    ranked = (
        "First who gave you referrals and never had one from you, then others; of a kind, by what "
        "one more adds: how many are expected to follow it "
        f"within {HORIZON} days beyond what comes anyway."
    )
    of = kinds(table)
    start = table[of.isin([GAVE, NEITHER]).to_numpy()]
    had = "" if of.isin(_NEVER).any() else _ALL_HAD
    even = had if start.empty else about_even(start)
    items = [
        (f"{_who(row)}: {SAYS[row['kind']]}", str(row["because"]))
        for row in shown(summary).to_dict("records")
    ]
    left = rest(table, summary.command("refer-first"), len(items))
    return Section(
        title, (ranked, even, _BESIDE), items=tuple(items), note=joined(left, summary.conditions)
    )


def shown(summary: Summary) -> pd.DataFrame:
    """Give the suggestions that a page shows, kind by kind, with the ``kind`` of each.

    Where few gave, others who never had a referral take their places.

    Examples
    --------
    >>> from refgraph.report.summary import summarize
    >>> from refgraph import Book
    >>> shown(summarize(Book.sample()))["kind"].unique().tolist()
    ['start, gave', 'start, gave nothing', 'settle', 'again']
    """
    table = summary.refer_first
    table = table.assign(kind=kinds(table))
    parts, free = [], 0
    for kind in SAYS:
        most = summary.most(_SHOWN[kind])
        parts.append(table[table["kind"] == kind].head(most + free))
        free = max(most - len(parts[-1]), 0) if kind == GAVE else 0
    return pd.concat(parts)


def _who(row: Mapping[Any, Any]) -> str:
    return f"{row['person']} ({row['role']})" if row["role"] else f"{row['person']}"
