"""All ties that there are, were or would be, as a book; and what differs between two counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from refgraph.schema.row_ends import ends_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from refgraph.book.book import Book

    Tie = tuple[str, str]

__all__ = ["KINDS", "differing", "joined"]

#: What a tie may be, beside the same as before; those drawn last stand above the others.
KINDS = ("less", "gone", "more", "new")


def differing(before: Mapping[Tie, float], after: Mapping[Tie, float]) -> dict[Tie, str]:
    """Say of each tie that is not as it was what it is: one of :data:`KINDS`.

    Examples
    --------
    >>> was, now = {("A", "B"): 1, ("B", "C"): 2, ("C", "A"): 1}, {("A", "B"): 2, ("B", "C"): 1}
    >>> differing(was, now | {("C", "B"): 1})
    {('A', 'B'): 'more', ('B', 'C'): 'less', ('C', 'A'): 'gone', ('C', 'B'): 'new'}
    """
    found = {}
    for ends in sorted({*before, *after}):
        was, now = before.get(ends, 0), after.get(ends, 0)
        if was != now:
            found[ends] = (
                "new" if not was else "gone" if not now else "more" if now > was else "less"
            )
    return found


def joined(book: Book, more: Mapping[Tie, float], among: Collection[str] | None = None) -> Book:
    """Give a book with further ties, so that a map has a place for each; no row says when.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    more : mapping of (str, str) to float
        How many referrals each further tie stands for.
    among : collection of str, optional
        Leave out all ties but those between these.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = joined(Book.sample(), {("Hiro Tanabe", "Zed Young"): 2})
    >>> book.graph()["Hiro Tanabe"]["Zed Young"]["weight"]
    2.0
    """
    rows = book.referrals
    if more and len(rows):
        ends = [*more]
        added = rows.iloc[[0] * len(ends)].assign(
            date=None,
            giver=[giver for giver, _ in ends],
            receiver=[receiver for _, receiver in ends],
            count=[more[each] for each in ends],
            id=[f"more {at}" for at in range(len(ends))],
        )
        rows = pd.concat([rows, added.astype(rows.dtypes)], ignore_index=True)
    if among is not None:
        givers, receivers = ends_of(rows)
        inside = givers.isin([*among]) & receivers.isin([*among])
        rows = rows[inside].reset_index(drop=True)
    people = book.people
    unknown = sorted({each for ends in more for each in ends if each not in people.index})
    if unknown:
        blank = people.iloc[[0] * len(unknown)].assign(role="", profession="", group="")
        blank.index = pd.Index(unknown, dtype=people.index.dtype, name=people.index.name)
        people = pd.concat([people, blank]).sort_index()
    return book.window().altered(history=rows, people=people)
