"""What a meeting of two people is worth, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.suggesting.need_offer_matching import Room
from refgraph.analysis.suggesting.phrasebook import LEAST, Phrasebook
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from refgraph.analysis.suggesting.need_offer_matching import Pair
    from refgraph.book.book import Book

__all__ = ["GROUPS", "LONG_AGO", "NEED", "ONE_WAY", "MeetingWorth"]

#: What a meeting is worth for each reason; any meeting is worth 1.
NEED, ONE_WAY, GROUPS, LONG_AGO = 600, 300, 100, 100

_YEAR = 365  # days after which two people met long ago
_TOGETHER = ("meeting", "one-to-one")


@dataclass(frozen=True)
class MeetingWorth:
    """What each two of some people would have of a meeting.

    Attributes
    ----------
    people : list of str
        Who they are, in the order of their names.
    needs : dict of (int, int) to list of Pair
        What the one needs and the other offers, where no referral went between the two: by
        their places, the smaller first.
    gave : ndarray of int64
        Referrals from each to each.
    groups : list of str
        The group of each; "" where none is recorded.
    linked : set of (str, str)
        Groups between which a referral went, in either order.
    days : ndarray of float64
        Days since two last met; below 0 where they are to meet, NaN where nothing is known.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> worth = MeetingWorth.of(book, ["Alice Merton", "Hiro Tanabe"])
    >>> worth.matrix().shape
    (2, 2)
    """

    people: list[str]
    needs: dict[tuple[int, int], list[Pair]]
    gave: NDArray[np.int64]
    groups: list[str]
    linked: set[tuple[str, str]]
    days: NDArray[np.float64]

    @classmethod
    def of(cls, book: Book, people: Sequence[str]) -> MeetingWorth:
        """Read it from a book; the whole record counts, whatever the window."""
        about = book.people.loc[list(people)]
        groups = [str(name) for name in about["group"]]
        gave = _gave(book, people)
        return cls(
            list(people),
            _needs(book, about, gave + gave.T > 0),
            gave,
            groups,
            _linked(book),
            _days(book, people),
        )

    def matrix(self) -> NDArray[np.int64]:
        """Give what a meeting of each two is worth, in whole numbers; 0 of one with oneself."""
        size = len(self.people)
        worth = np.ones((size, size), np.int64)
        for pair in self.needs:
            worth[pair] += NEED
            worth[pair[::-1]] += NEED
        worth += ONE_WAY * self.one_way() + GROUPS * self.groups_apart()
        share = np.clip(np.where(np.isnan(self.days), _YEAR, self.days), 0, _YEAR) / _YEAR
        worth += np.round(LONG_AGO * share).astype(np.int64)
        worth[self.days < 0] = 1  # they are to meet anyway
        np.fill_diagonal(worth, 0)
        return worth

    def one_way(self) -> NDArray[np.bool_]:
        """Tell of which two one alone referred to the other."""
        found: NDArray[np.bool_] = (self.gave > 0) != (self.gave.T > 0)
        return found

    def groups_apart(self) -> NDArray[np.bool_]:
        """Tell of which two the groups were never linked by a referral."""
        return np.array(
            [[self._never_linked(one, other) for other in self.groups] for one in self.groups],
            bool,
        ).reshape(self.gave.shape)

    def reasons(self, pairs: Collection[tuple[int, int]]) -> dict[str, tuple[int, int]]:
        """Count, for each reason, the pairs that have it: of those given, and of all."""
        apart, one_way = self.groups_apart(), self.one_way()
        return {
            "needs": (sum(pair in self.needs for pair in pairs), len(self.needs)),
            "one_way": (sum(bool(one_way[pair]) for pair in pairs), int(one_way.sum()) // 2),
            "groups": (sum(bool(apart[pair]) for pair in pairs), int(apart.sum()) // 2),
        }

    def why(self, one: int, other: int, *, reader: int | None = None) -> str:
        """Say what two people would have of a meeting, the weightiest first.

        One of them may be the ``reader``, who is called you.
        """

        def does(who: int, verb: str) -> str:
            if reader is None:
                return f"{self.people[who]} {verb}s"
            return f"{'you' if who == reader else 'they'} {verb}"

        said = [
            f"{does(pair.needs, 'need')} {pair.need}, which {does(pair.offers, 'offer')}"
            for pair in self.needs.get((min(one, other), max(one, other)), [])
        ]
        there, back = int(self.gave[one, other]), int(self.gave[other, one])
        if (there > 0) != (back > 0):
            at, number = one if there else other, count(there + back, "referral")
            if reader is None:
                giver = self.people[at]
                said.append(f"of the two, only {giver} referred to the other so far, {number}")
            elif at == reader:
                said.append(f"you sent them {number} and had none back so far")
            else:
                said.append(f"they sent you {number} and had none back so far")
        if self._never_linked(self.groups[one], self.groups[other]):
            first, second = sorted((self.groups[one], self.groups[other]))
            said.append(f"no referral ever went between {first} and {second}")
        days, met = self.days[one, other], "they" if reader is None else "you"
        if np.isnan(days):
            said.append(f"no meeting of {'the' if reader is None else 'you'} two is on record")
        elif days >= 0:
            said.append(f"{met} last met {count(int(days), 'day')} ago")
        else:
            said.append(f"{met} are to meet anyway")
        return "; ".join(said)

    def _never_linked(self, one: str, other: str) -> bool:
        return bool(one and other) and one != other and (one, other) not in self.linked


def _needs(
    book: Book, about: pd.DataFrame, linked: NDArray[np.bool_]
) -> dict[tuple[int, int], list[Pair]]:
    """Give what the one of two needs and the other offers, whom no referral has linked yet."""
    room = Room(
        [list(said) for said in about["needs"]],
        [
            [*said, *filter(None, [profession])]
            for said, profession in zip(about["offers"], about["profession"], strict=True)
        ],
        [0.0] * len(about),
        brought_together={*zip(*(ends.tolist() for ends in np.nonzero(linked)), strict=True)},
        phrasebook=Phrasebook(book.settings.synonyms),
        least=LEAST,
    )
    found: dict[tuple[int, int], list[Pair]] = {}
    for pair in sorted(room.pairs(), key=lambda pair: (pair.needs, pair.offers)):
        ends = min(pair.needs, pair.offers), max(pair.needs, pair.offers)
        found.setdefault(ends, []).append(pair)
    return found


def _gave(book: Book, people: Sequence[str]) -> NDArray[np.int64]:
    rows = book.history[["giver", "receiver", "count"]]
    at = pd.Index(people)
    giver, receiver = (at.get_indexer(pd.Index(rows[name])) for name in ("giver", "receiver"))
    among = (giver >= 0) & (receiver >= 0)
    gave = np.zeros((len(people), len(people)), np.int64)
    np.add.at(gave, (giver[among], receiver[among]), rows["count"].to_numpy()[among])
    return gave


def _linked(book: Book) -> set[tuple[str, str]]:
    """Give groups between which a referral went, whoever of them gave it."""
    groups = book.people["group"].to_numpy()
    giver, receiver = book.ends
    between = {*zip(groups[giver].tolist(), groups[receiver].tolist(), strict=True)}
    return between | {(other, one) for one, other in between}


def _days(book: Book, people: Sequence[str]) -> NDArray[np.float64]:
    """Give the days since two people last met, by the touches that name both."""
    days = np.full((len(people), len(people)), np.nan)
    place = {name: at for at, name in enumerate(people)}
    rows = book.touches[book.touches["kind"].isin(_TOGETHER)]
    when = book.days_since(rows["until"].fillna(rows["date"]).to_numpy())
    for person, second, ago in zip(rows["person"], rows["with"], when.tolist(), strict=True):
        met = [name for name in (book.me, person, second) if name in place]
        for one in met:
            for other in met:
                at = place[one], place[other]
                if one != other and not days[at] <= ago:
                    days[at] = ago
    return days
