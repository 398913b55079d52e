"""What of a book can change, as plain values, each by what it is about."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from refgraph.analysis.comparing.first_ranks import CONNECTORS, REFER_FIRST, ranks_of
from refgraph.analysis.owing import leaks, owe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.book.book import Book

    Key = tuple[str, str, str, str]
    State = dict[Key, int | str]

__all__ = ["KINDS", "RANKS", "state_of"]

#: Of what can change, the places in lists.
RANKS = (CONNECTORS, REFER_FIRST)
#: What can change.
KINDS = ("owed", "received", "given", "thanks", "status", "quiet", *RANKS, "person")


def state_of(book: Book, person: str | None = None) -> State:
    """Give what stands in a book today, from somebody's side or, of a book of nobody, of all.

    Parameters
    ----------
    book : Book
        Its window is not asked.
    person : str, optional
        From whose side; the book's me if not given.

    Returns
    -------
    dict
        By kind, person, second person and id of a referral ("" where there is none): referrals
        still ``owed``; ``received`` and ``given``; of those received not thanked for yet
        (``thanks``); the ``status`` of each referral that is not merely given; referrals gone
        ``quiet``; the first ten ``connectors`` and those to ``refer-first``, by their place;
        and each ``person`` with a referral, by how many of either kind they have.

    Examples
    --------
    >>> from refgraph import Book
    >>> state = state_of(Book.sample())
    >>> sorted({kind for kind, *_ in state})[:5]
    ['connectors', 'given', 'owed', 'person', 'quiet']
    """
    book = book.window()
    whose = book.whose(person)
    return dict(chain(_entries(book, whose), _places(book, whose)))


def _entries(book: Book, whose: str | None) -> Iterator[tuple[Key, int | str]]:
    rows, owed = book.history, owe.rank(book, whose)
    sides = owed["me"] if whose is None else [""] * len(owed)
    for me, other, still in zip(sides, owed["person"], owed["open"], strict=True):
        yield ("owed", other, me, ""), int(still)
    if whose is not None:
        for kind, here, there in (
            ("received", "receiver", "giver"),
            ("given", "giver", "receiver"),
        ):
            sums = rows[rows[here] == whose].groupby(there)["count"].sum()
            for other, number in sums.items():
                yield (kind, str(other), "", ""), int(number)
        mine = (rows["giver"] == whose) | (rows["receiver"] == whose)
    if whose is not None and whose == book.me:
        due = leaks.thanks_due(book)
        for other, number in zip(due["person"], due["referrals"], strict=True):
            yield ("thanks", other, "", ""), int(number)
    known = rows if whose is None else rows[mine]
    known = known[known["status"] != "given"]
    for giver, receiver, status, identity in zip(
        *(known[name] for name in ("giver", "receiver", "status", "id")), strict=True
    ):
        yield ("status", giver, receiver, identity), str(status)
    quiet = leaks.unresolved(book, whose).groupby(["giver", "receiver"], as_index=False).size()
    for giver, receiver, number in quiet.itertuples(index=False):
        yield ("quiet", giver, receiver, ""), int(number)


def _places(book: Book, whose: str | None) -> Iterator[tuple[Key, int]]:
    """Give the places in lists, and how many referrals everybody has."""
    for which, someone, place in ranks_of(book, whose):
        yield (which, someone, "", ""), place
    for someone, degree in _referrals(book).items():
        yield ("person", someone, "", ""), degree


def _referrals(book: Book) -> dict[str, int]:
    """Count the referrals of everybody who has any."""
    rows = book.history
    sums = (
        rows.groupby("giver")["count"]
        .sum()
        .add(rows.groupby("receiver")["count"].sum(), fill_value=0)
    )
    return {str(name): int(number) for name, number in sums.items() if number}
