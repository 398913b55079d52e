"""One summary of a book: everything a review says, computed once for every renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis import balance, leaks, owe, refer_first, stats
from refgraph.report import limits, network

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["Summary", "summarize"]


@dataclass(frozen=True, eq=False, repr=False)
class Summary:
    """The tables and counts of a review.

    Attributes
    ----------
    book : dict
        Whose it is, its size, span, window and today.
    position : dict
        Counts: of me (given, received, owed, gone first, even, ageing) or,
        without me, of the network.
    owe, refer_first, connectors, reciprocity : pandas.DataFrame
        As their commands print them.
    one_sided : pandas.DataFrame
        Pairs by how far they are from even, the most one-sided first.
    leaks, thanks_due : pandas.DataFrame
        See :mod:`refgraph.analysis.leaks`.
    connectors_note : str
        How the connectors were computed.
    conditions : str
        What the book's profession asks to print with it, or nothing.
    withheld : str
        Why whom one owes is not shown, or nothing.
    """

    book: dict[str, Any]
    position: dict[str, Any]
    owe: pd.DataFrame
    refer_first: pd.DataFrame
    connectors: pd.DataFrame
    reciprocity: pd.DataFrame
    one_sided: pd.DataFrame
    leaks: pd.DataFrame
    thanks_due: pd.DataFrame
    connectors_note: str
    conditions: str
    withheld: str

    def _repr_markdown_(self) -> str:
        from refgraph.report.render import markdown  # noqa: PLC0415  # renderers stand above

        return markdown(self)


def summarize(book: Book) -> Summary:
    """Compute everything a review says.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.

    Returns
    -------
    Summary

    Examples
    --------
    >>> from refgraph import Book
    >>> summary = summarize(Book.sample())
    >>> summary.position["owe_referrals"] == int(summary.owe["open"].sum())
    True
    """
    withheld = limits.withheld(book)
    owed = owe.rank(book)
    suggested = refer_first.rank(book) if book.me else _no_suggestions()
    if withheld:
        owed, suggested = owed.iloc[:0], suggested.iloc[:0]
    pairs = balance.by_pair(book.graph())
    one_sided = pairs.iloc[(-pairs["balance"].abs()).argsort(kind="stable")]
    return Summary(
        book=_about(book),
        position=_position(book, withheld=bool(withheld)),
        owe=owed,
        refer_first=suggested,
        connectors=network.connectors_table(book),
        reciprocity=network.reciprocity_table(book),
        one_sided=one_sided[one_sided["balance"] != 0].reset_index(drop=True),
        leaks=leaks.unresolved(book),
        thanks_due=leaks.thanks_due(book) if book.me else pd.DataFrame(),
        connectors_note=network.connectors_note(book),
        conditions=limits.footer(book, ""),
        withheld=withheld,
    )


def _no_suggestions() -> pd.DataFrame:
    columns = ["rank", "person", "role", "expected_return", "introduce", "because"]
    return pd.DataFrame(columns=columns)


def _about(book: Book) -> dict[str, Any]:
    counted = stats.overall(book)
    return {
        "path": book.path,
        "me": book.me,
        "today": book.today.isoformat(),
        "since": book.since.isoformat() if book.since else None,
        "until": book.until.isoformat() if book.until else None,
        "people": counted["people"],
        "referrals": counted["referrals"],
        "undated": counted["undated"],
        "first": counted["first"],
        "last": counted["last"],
    }


def _position(book: Book, *, withheld: bool) -> dict[str, Any]:
    """Count where me, or the whole network, stands."""
    quiet = len(leaks.unresolved(book))
    if book.me is None:
        return {
            "given": int(book.referrals["count"].sum()),
            "giving": int(book.referrals["giver"].nunique()),
            "receiving": int(book.referrals["receiver"].nunique()),
            "open": 0 if withheld else int(owe.rank(book)["open"].sum()),
            "leaks": quiet,
        }
    mine = owe.position(book)
    flows = {"given": int(mine["i_gave"].sum()), "received": int(mine["gave_me"].sum())}
    if withheld:
        return {**flows, "leaks": quiet, "thanks_due": len(leaks.thanks_due(book))}
    owed = mine[mine["open"] > 0]
    ahead = mine[mine["i_gave"] > mine["gave_me"]]
    even = mine[(mine["open"] == 0) & (mine["i_gave"] <= mine["gave_me"])]
    oldest = owed["oldest_open"].min()
    return {
        **flows,
        "balance": flows["given"] - flows["received"],
        "owe_people": len(owed),
        "owe_referrals": int(owed["open"].sum()),
        "oldest_open": None if pd.isna(oldest) else f"{oldest:%Y-%m-%d}",
        "days_open": None if pd.isna(oldest) else int(owed["days_open"].max()),
        "went_first_people": len(ahead),
        "went_first_referrals": int((ahead["i_gave"] - ahead["gave_me"]).sum()),
        "even_people": len(even),
        "ageing": {str(age): int(n) for age, n in owe.ageing(book)["referrals"].items()},
        "leaks": quiet,
        "thanks_due": len(leaks.thanks_due(book)),
    }
