"""Who could be introduced to whom: what one person needs and another offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing import owe
from refgraph.analysis.statistics.sorting import distinct
from refgraph.analysis.suggesting import bench, need_offer_matching
from refgraph.analysis.suggesting.phrasebook import LEAST, Phrasebook, words
from refgraph.book import professional_limits
from refgraph.book.arrival import arrivals
from refgraph.errors import RefgraphError
from refgraph.names.mentions import Mentions
from refgraph.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["COLUMNS", "Introduction", "possible", "rank", "why_none"]

COLUMNS = (
    *("rank", "person", "need", "introduce_to", "offer", "fit", "standing_needs"),
    *("standing_offers", "because", "because_ids"),
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """One introduction that could be made: somebody who needs what another offers.

    Attributes
    ----------
    needs, offers : str
        The two people.
    word : str
        The need, in the words of the person who has it.
    offer : str
        The offer or profession that answers it, in the words of ``people.csv``.
    fit : float
        How well the two fit; see :class:`refgraph.analysis.suggesting.phrasebook.Phrasebook`.
    """

    needs: str
    offers: str
    word: str
    offer: str
    fit: float


def possible(
    book: Book, person: str | None = None, *, most: int | None = None, least: float = LEAST
) -> list[Introduction]:
    """Match needs with offers and professions between people no referral has brought together.

    Me, people marked ``do_not_refer``, vendors and others are left out; so is every pair that a
    referral has already brought together, at whatever time, as its giver, receiver or prospect, and
    every pair that I have introduced: by a touch of kind ``introduction`` with both, or with one
    of them whose note names the other.

    Parameters
    ----------
    book : Book
        The whole record counts, whatever the window.
    person : str, optional
        Who would introduce them, and so is left out too; the book's me if not given.
    most : int, optional
        Only the best so many for each person who needs something, and for each who offers
        something: in a large book there are millions.
    least : float, default 0.5
        The least fit of a need and an offer.

    Returns
    -------
    list of Introduction
        Best fit first; then by the mean of the two people's standing on the bench
        (:func:`refgraph.bench.standing`), then by who needs and who offers, who came into
        the record first; one per pair
        and direction, of several words the best, then the first.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = possible(Book.sample())
    >>> all(one.needs != one.offers for one in found)
    True
    >>> [one.fit for one in found] == sorted((one.fit for one in found), reverse=True)
    True
    """
    if not book.people["needs"].astype(bool).any():
        return []
    return _told(book, _room(book, person, least).pairs(most=most))


def why_none(
    book: Book, people: Sequence[str], person: str | None = None, *, least: float = LEAST
) -> list[str]:
    """Say of people who could be introduced to nobody why that is so.

    Parameters
    ----------
    book : Book
        The whole record counts, whatever the window.
    people : sequence of str
        People of whom :func:`possible` says nothing.
    person : str, optional
        Who would introduce them; the book's me if not given.
    least : float, default 0.5
        The least fit of a need and an offer.

    Returns
    -------
    list of str
        Of each that nothing is recorded, that nothing fits, or with whom they have been brought
        together already. Nothing at all where nobody's needs are recorded.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> why_none(book, ["Farid Nassar", "Gloria Penn"])
    ['already brought together with Hiro Tanabe', 'already brought together with Carmen Ibarra']
    """
    told = book.people[["needs", "offers", "profession"]]
    if not (people and told["needs"].astype(bool).any()):
        return [""] * len(people)
    room, turn = _room(book, person, least, met=set()), arrivals(book)
    names, why = book.people.index[_by_turn(book)], []
    for name, at in zip(people, turn[book.places(people)].tolist(), strict=True):
        if not told.loc[name].astype(bool).any():
            why.append("what they need and offer is not recorded")
            continue
        pairs = room.of(at)
        others = [str(names[one.offers if one.needs == at else one.needs]) for one in pairs]
        if others:
            named = others if len(others) <= 2 else [others[0], f"{len(others) - 1:,} more"]
            why.append(f"already brought together with {join_names(named)}")
        else:
            why.append("nobody here offers what they need, or needs what they offer")
    return why


def rank(
    book: Book, person: str | None = None, *, whose: str | None = None, least: float = LEAST
) -> pd.DataFrame:
    """List the best introductions to make, with the evidence.

    Without ``person`` nobody appears twice: the best pair is taken first, in the order of
    :func:`possible`, then the best of those that are left, and so on. With ``person`` it
    is every introduction of that person, each other person once, with the better of the
    two directions.

    Parameters
    ----------
    book : Book
        The whole record counts, whatever the window.
    person : str, optional
        Whom to find introductions for.
    whose : str, optional
        Who would introduce them; the book's me if not given. Without either, nobody is
        left out for that.
    least : float, default 0.5
        The least fit of a need and an offer.

    Returns
    -------
    pandas.DataFrame
        ``rank`` from 1, ``person`` (who needs), ``need``, ``introduce_to`` (who offers),
        ``offer``, ``fit``, ``standing_needs`` and ``standing_offers`` (of the two, on the
        bench), ``because`` (one sentence), ``because_ids`` (ids of the closed referrals
        to the one who offers, oldest first).

    Raises
    ------
    UnknownPersonError
        Somebody named is not in the book.
    RefgraphError
        ``person`` is who would introduce them, or me.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = rank(Book.sample())
    >>> bool(pd.concat([table["person"], table["introduce_to"]]).is_unique)
    True
    """
    introducer = book.whose(whose)
    about = None if person is None else book.person(person)
    if about is not None and about == introducer:
        msg = f"{about} would make the introductions; name somebody else."
        raise RefgraphError(msg)
    if about is not None and about == book.me:
        msg = f"This is the book of {about}, who is introduced to nobody; name somebody else."
        raise RefgraphError(msg)
    room = _room(book, introducer, least)
    if about is None:
        found = _told(book, room.matched())
    else:
        found = _told(book, room.of(int(arrivals(book)[book.places([about])[0]])))
    return professional_limits.beside(book, _table(book, found))


def _told(book: Book, pairs: Iterable[need_offer_matching.Pair]) -> list[Introduction]:
    names = [str(name) for name in book.people.index[_by_turn(book)]]
    return [
        Introduction(names[one.needs], names[one.offers], one.need, one.offer, one.fit)
        for one in pairs
    ]


def _by_turn(book: Book) -> NDArray[np.int64]:
    """Give the places of people by when they came into the record, which breaks ties."""
    return np.asarray(np.argsort(arrivals(book)))


def _room(
    book: Book, whose: str | None, least: float, *, met: set[tuple[int, int]] | None = None
) -> need_offer_matching.Room:
    """Give the people who may be introduced, with what they need, offer and are worth.

    ``met`` are pairs that need no introduction; those that the record knows of if not given.
    """
    people = book.people
    whose = book.whose(whose)
    welcome = owe.may_be_owed(book) & ~people["do_not_refer"].to_numpy()
    welcome &= ~people.index.isin([name for name in (whose, book.me) if name is not None])
    turn = _by_turn(book)
    people, welcome = people.iloc[turn], welcome[turn]
    return need_offer_matching.Room(
        [list(said) if here else [] for said, here in zip(people["needs"], welcome, strict=True)],
        [
            [*said, *filter(None, [profession])] if here else []
            for said, profession, here in zip(
                people["offers"], people["profession"], welcome, strict=True
            )
        ],
        bench.standing(book).to_numpy()[turn].tolist(),
        brought_together=_met(book) | _introduced(book, whose) if met is None else met,
        phrasebook=Phrasebook(book.settings.synonyms),
        least=least,
    )


def _met(book: Book) -> set[tuple[int, int]]:
    """Pairs, by their turns, who are in one referral."""
    turn = np.r_[arrivals(book), -1]  # the last one is nobody's
    giver, receiver = (turn[end] for end in book.ends)
    prospect = turn[book.places(book.column("prospect"))]
    one = np.concatenate([giver, giver, receiver])
    other = np.concatenate([receiver, prospect, prospect])
    first, second = np.minimum(one, other), np.maximum(one, other)
    people = max(len(book.people), 1)
    pairs = distinct((first * people + second)[first >= 0])
    return set(zip((pairs // people).tolist(), (pairs % people).tolist(), strict=True))


def _introduced(book: Book, whose: str | None) -> set[tuple[int, int]]:
    """Pairs, by their turns, whom a touch of kind ``introduction`` names, or its note."""
    if whose is None or whose != book.me:  # touches are those of me
        return set()
    touches = professional_limits.touches_as_written(book)
    touches = touches[touches["kind"] == "introduction"]
    aliases = zip(map(str, book.people.index), book.people["aliases"], strict=True)
    mentions = Mentions(dict(aliases))
    found = set()
    turn = arrivals(book)
    person = turn[book.places(touches["person"])].tolist()
    for one, note, other_one in zip(person, touches["note"], touches["with"], strict=True):
        others = book.places([*mentions.people(note), *filter(None, [other_one])])
        found |= {(min(one, other), max(one, other)) for other in turn[others].tolist()}
    return found


def _table(book: Book, found: Sequence[Introduction]) -> pd.DataFrame:
    standing = bench.standing(book)
    offering = [one.offers for one in found]
    rows = book.history[book.history["status"].isin(bench.CLOSED)]
    rows = rows[rows["receiver"].isin(offering)]
    ids: dict[str, list[str]] = {}
    for name, row in zip(rows["receiver"], rows["id"], strict=True):
        ids.setdefault(name, []).append(row)
    closed = rows.groupby("receiver")["count"].sum().to_dict()
    won = rows[rows["status"] == "won"].groupby("receiver")["count"].sum().to_dict()
    rating = bench.rating(book).to_dict()
    because = [
        _because(one, rating[one.offers], won.get(one.offers, 0), closed.get(one.offers, 0))
        for one in found
    ]
    needing = [one.needs for one in found]
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(found) + 1),
            "person": pd.Series(needing, dtype="str"),
            "need": pd.Series([one.word for one in found], dtype="str"),
            "introduce_to": pd.Series(offering, dtype="str"),
            "offer": pd.Series([one.offer for one in found], dtype="str"),
            "fit": np.array([one.fit for one in found], dtype=float),
            "standing_needs": standing.reindex(needing).to_numpy(dtype=float),
            "standing_offers": standing.reindex(offering).to_numpy(dtype=float),
            "because": pd.Series(because, dtype="str"),
            "because_ids": pd.Series([ids.get(name, []) for name in offering], dtype=object),
        }
    )


def _because(one: Introduction, rating: float, won: int, closed: int) -> str:
    """One sentence: what is known of who offers it, and how the words fit where they differ."""
    parts = [] if np.isnan(rating) else [f"is rated {f'{rating:.1f}'.removesuffix('.0')} of 5"]
    if closed:
        parts.append(_outcome(won, closed))
    known = " and ".join(parts) or "has no rating or outcome yet"
    said, offered = set(words(one.word)), set(words(one.offer))
    if said == offered:
        how = ""
    elif one.fit == 1:
        how = f"; by [synonyms] {one.word} is {one.offer}"
    else:
        how = f"; {one.word} and {one.offer} have words in common"
    return f"{one.offers} {known}{how}."


def _outcome(won: int, closed: int) -> str:
    if closed == 1:
        return f"{'won' if won else 'did not win'} the only closed referral anyone sent them"
    number = "all" if won == closed else f"{won:,}" if won else "none"
    return f"won {number} of the {closed:,} closed referrals anyone sent them"
