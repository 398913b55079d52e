"""Whom to refer first, in words: by part, with who cannot be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.returning.returns import HORIZON
from refgraph.analysis.suggesting import candidates
from refgraph.analysis.suggesting.reason import expected
from refgraph.report.sections.section import Section, despite_window, joined, rest
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book
    from refgraph.report.questions.question import Answer
    from refgraph.report.summary import Summary

__all__ = ["HEADINGS", "SAYS", "about_even", "footer", "lead", "refer_first", "shown"]

_NOBODY = "There is nobody in this book who could be suggested."
_BESIDE = (
    "Whom you owe has a list of its own: that gives back what came, this looks for what is new."
)
_NAMED = 6  # people that a sentence names
_SHOWN = {
    candidates.START: 4,
    candidates.SETTLE: 1,
    candidates.AGAIN: 1,
    candidates.FIRST_TRY: 1,
}
#: What is said of the people of each part.
SAYS = {
    candidates.START: "never had a referral from you",
    candidates.SETTLE: "to settle more of what is open",
    candidates.AGAIN: "once more, though nothing is open",
    candidates.FIRST_TRY: "a first try, to learn how they answer",
}
#: What stands above the rows of each part, and of those who are in none.
HEADINGS = {
    candidates.START: "Start: never had a referral from you",
    candidates.SETTLE: "Settle: had one from you, and more of theirs is open",
    candidates.AGAIN: "Again: had one from you, and nothing is open",
    candidates.FIRST_TRY: "First try: never had one either, and little is known of them",
    "": "No suggestion: marked do not refer, still waiting for a call, or of another role",
}


def footer(book: Book, table: pd.DataFrame, horizon: int) -> str:
    """Say under the list what it is ranked by, and what that takes for granted.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.suggesting import refer_first
    >>> book = Book.sample()
    >>> footer(book, refer_first.rank(book), 180).partition(" within")[0]
    'Ranks go, over all groups, by how many referrals are expected to follow one from you'
    """
    if table.empty:
        said = _NOBODY
    else:
        ranked = (
            "Ranks go, over all groups, by how many referrals are expected to follow one from you "
            f"within {count(horizon, 'day')} beyond those that come anyway, with 95% ranges. The "
            "estimate takes for granted that a referral takes nothing away; gifts were not drawn "
            "by lot, so that some of it may come of when they were made."
        )
        known = table[table["part"] != candidates.FIRST_TRY]
        tries = len(known) < len(table)
        rare = "The last ranks of every ten are kept for first tries." if tries else ""
        said = joined(ranked, rare)
    return joined(said, despite_window(book))


def about_even(table: pd.DataFrame) -> str:
    """Say who of a list cannot be told apart from its first by what one more referral adds.

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
    >>> about_even(lines)
    'About even, as far as the record tells: Bo, Cy.'
    >>> about_even(lines.head(2))
    'About even, as far as the record tells, are all of them: the order decides little.'
    >>> about_even(lines.tail(1))
    ''
    """
    number = candidates.level(table)
    if number < 2:
        return ""
    if number == len(table):
        return "About even, as far as the record tells, are all of them: the order decides little."
    names = table["person"].head(min(number, _NAMED)).tolist()
    more = f" and {number - _NAMED:,} more" if number > _NAMED else ""
    return f"About even, as far as the record tells: {', '.join(names)}{more}."


def lead(table: pd.DataFrame) -> str:
    """Say over the list who comes first, who cannot be told apart from them, and who never had one.

    Examples
    --------
    >>> import pandas as pd
    >>> line = {"person": "Bo", "part": "again", "added": 0.6, "added_low": 0.4, "added_high": 0.8}
    >>> lead(pd.DataFrame([line]))
    'First by rank: Bo, about 0.6 more than come anyway (0.4 to 0.8).'
    >>> lead(pd.DataFrame([line, line | {"person": "Cy", "part": "start"}])).partition(". ")[2]
    '1 of 2 never had a referral from you.'
    """
    known = table[table["part"] != candidates.FIRST_TRY]
    if known.empty:
        return ""
    first: Any = next(known.head(1).itertuples())
    more = expected(first.added, first.added_low, first.added_high)
    told = about_even(known)
    if candidates.level(known) < len(known) or not told:
        told = joined(f"First by rank: {first.person}, {more}.", told)
    never = int(table["part"].isin([candidates.START, candidates.FIRST_TRY]).sum())
    of_all = f"{never:,} of {len(table):,} never had a referral from you." if never else ""
    return joined(told, of_all)


def refer_first(summary: Summary, answer: Answer) -> Section:
    """Say whom to refer first, part by part, each with why."""
    table, title = answer.table, "Refer first"
    if summary.book["me"] is None:
        told = f"This needs a person: {summary.command('refer-first', '--for PERSON')}."
        return Section(title, (told,))
    if table.empty:
        return Section(title, (_NOBODY,))
    ranked = (
        "First those who never had a referral from you, then one each of other kinds; of a kind, "
        f"first whom most is expected to follow within {HORIZON} days beyond what comes anyway."
    )
    start = table[table["part"] == candidates.START]
    even = about_even(start)
    if start.empty:
        even = "Everyone who could be suggested has had a referral from you."
    elif candidates.level(start) == len(start) > 1:
        even = "Those who never had a referral from you cannot be told apart by it."
    items = [
        (f"{_who(row)}: {SAYS[row['part']]}", str(row["because"]))
        for row in shown(summary).to_dict("records")
    ]
    left = rest(table, summary.command("refer-first"), len(items))
    return Section(
        title, (ranked, even, _BESIDE), items=tuple(items), note=joined(left, summary.conditions)
    )


def shown(summary: Summary) -> pd.DataFrame:
    """Give the suggestions that a page shows, part by part.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> shown(summarize(Book.sample()))["part"].drop_duplicates().tolist()
    ['start', 'settle', 'again']
    """
    table = summary.refer_first
    parts = [table[table["part"] == part].head(summary.most(_SHOWN[part])) for part in SAYS]
    return pd.concat(parts)


def _who(row: Mapping[Any, Any]) -> str:
    return f"{row['person']} ({row['role']})" if row["role"] else f"{row['person']}"
