"""What a book says, as single facts that can be set beside those of another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.connecting import connectors, groups
from refgraph.analysis.owing import owe
from refgraph.analysis.owing.leaks import QUIET_DAYS
from refgraph.book import professional_limits
from refgraph.errors import RefgraphError
from refgraph.graph.door import without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book

__all__ = ["FIRST", "Facts", "facts_of", "facts_of_report"]

#: How many connectors are followed.
FIRST = 10
#: From what a fact is of, whom it is about and which, to what it is: a text or a whole number.
Facts = dict[tuple[str, str, str], Any]

_RESOLVED = ("won", "lost")


def facts_of(book: Book) -> Facts:
    """Tell what a book says today, of me or, in a book without a me, of everybody.

    Parameters
    ----------
    book : Book
        The book.

    Returns
    -------
    dict of (str, str, str) to int or str
        ``open``: referrals of a person that are open, by who owes them; ``status`` of a referral
        of or to me, by its id, the person being the other one; ``quiet``, whether it has had no
        news for more than 30 days; ``thanks`` said to a person; ``known``, whether a person is in
        a referral or a touch; ``rank`` of the first ten connectors.

    Raises
    ------
    WithheldError
        The book has the profile ``health``.

    Examples
    --------
    >>> from refgraph import Book
    >>> facts = facts_of(Book.sample())
    >>> sorted({kind for kind, *_ in facts})
    ['known', 'open', 'quiet', 'rank', 'status', 'thanks']
    """
    professional_limits.refuse(book)
    return {**_open(book), **_referrals(book), **_people(book), **_ranks(book)}


def facts_of_report(report: Mapping[str, Any]) -> Facts:
    """Tell what was shown in a report, as ``refgraph report -O json`` writes it.

    Parameters
    ----------
    report : mapping
        Of which ``book``, ``owe`` and ``connectors`` are read.

    Returns
    -------
    dict of (str, str, str) to int or str
        ``open`` and ``rank`` as :func:`facts_of` tells them.

    Raises
    ------
    RefgraphError
        It is no such report.

    Examples
    --------
    >>> owed = [{"person": "Ann", "open": 2}]
    >>> facts_of_report({"book": {"me": "Me"}, "owe": owed, "connectors": []})
    {('open', 'Ann', 'Me'): 2}
    """
    try:
        me = report["book"]["me"]
        found: Facts = {
            ("open", str(row["person"]), str(row.get("me") or me)): int(row["open"])
            for row in report["owe"]
        }
        for rank, row in enumerate(report["connectors"][:FIRST], 1):
            found["rank", str(row["person"]), "connectors"] = rank
    except (KeyError, TypeError, ValueError, AttributeError):
        msg = "this is no report as refgraph report -O json writes it"
        raise RefgraphError(msg) from None
    return found


def _open(book: Book) -> Facts:
    table = owe.rank(book)
    owing = table["me"] if "me" in table else [str(book.me)] * len(table)
    return {
        ("open", person, who): int(number)
        for person, who, number in zip(table["person"], owing, table["open"], strict=True)
    }


def _referrals(book: Book) -> Facts:
    rows = book.history
    quiet = book.days_since(rows["status_date"].fillna(rows["date"]).to_numpy()) > QUIET_DAYS
    found: Facts = {}
    for giver, receiver, identity, status, is_quiet in zip(
        rows["giver"], rows["receiver"], rows["id"], rows["status"], quiet, strict=True
    ):
        if book.me in (None, giver, receiver):
            person = receiver if giver == book.me else giver
            found["status", person, identity] = status
            if is_quiet and status not in _RESOLVED:
                found["quiet", person, identity] = "quiet"
    return found


def _people(book: Book) -> Facts:
    thanks = book.touches.loc[book.touches["kind"] == "thanks", "person"].value_counts()
    found: Facts = {("thanks", str(name), ""): int(number) for name, number in thanks.items()}
    named = [*book.history["giver"], *book.history["receiver"]]
    named += [*book.touches["person"], *book.touches["with"]]
    found.update({("known", name, ""): 1 for name in named if name and name != book.me})
    return found


def _ranks(book: Book) -> Facts:
    G = book.graph() if book.me is None else without(book.graph(), book.me)
    table = connectors.rank(G, groups.of(book, G))
    first = [str(name) for name, score in table["score"].head(FIRST).items() if not np.isnan(score)]
    return {("rank", name, "connectors"): rank for rank, name in enumerate(first, 1)}
