"""Pairs of who needs and who offers, best first, without listing them all."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from refgraph.analysis.phrases import Phrasebook

__all__ = ["Pair", "Room"]

_Line: TypeAlias = "list[tuple[float, float, int]]"  # less fit, less standing, person: best first


class Pair(NamedTuple):
    """Somebody who needs what another offers; people are places, 0 to n - 1.

    Attributes
    ----------
    needs, offers : int
        The two people.
    need, offer : str
        The words of each that fit best; of equals those that each names first.
    fit : float
        How well they fit.
    """

    needs: int
    offers: int
    need: str
    offer: str
    fit: float


class _Queue:
    """People in their order; those who have gone are passed over, and skipped ever after."""

    def __init__(self, people: _Line) -> None:
        self._people = people
        self._next = list(range(len(people) + 1))

    def walk(self, gone: Collection[int]) -> Iterator[tuple[float, float, int]]:
        """From the front, without anybody who has gone by the time they are reached."""
        at = 0
        while (at := self._here(at, gone)) < len(self._people):
            yield self._people[at]
            at += 1

    def _here(self, start: int, gone: Collection[int]) -> int:
        at = self._next[start]
        while at < len(self._people) and self._people[at][2] in gone:
            self._next[at] = at + 1
            at = self._next[at + 1]
        while self._next[start] != at:
            self._next[start], start = at, self._next[start]
        return at


class Room:
    """People with needs and offers, of whom some know each other.

    Parameters
    ----------
    needs, offers : sequence of list of str
        For each person, what they need and what they offer.
    standing : sequence of float
        For each person; of two pairs that fit as well, the one with the larger sum is better.
    brought_together : set of (int, int)
        Pairs, the smaller place first, that are not to be introduced.
    phrasebook : Phrasebook
        How well two phrases fit.
    least : float
        The least fit.

    Notes
    -----
    People with the same answers share one sorted list, which is walked only as far as it
    takes, so that the work grows with the people and not with their pairs.

    Examples
    --------
    >>> from refgraph.analysis.phrases import Phrasebook
    >>> room = Room(
    ...     [["tax"], ["tax"], []],
    ...     [[], [], ["tax"]],
    ...     [0.5, 0.9, 0.5],
    ...     brought_together=set(),
    ...     phrasebook=Phrasebook({}),
    ...     least=0.5,
    ... )
    >>> [(pair.needs, pair.offers) for pair in room.pairs()], len(room.matched())
    ([(1, 2), (0, 2)], 1)
    """

    def __init__(
        self,
        needs: Sequence[list[str]],
        offers: Sequence[list[str]],
        standing: Sequence[float],
        *,
        brought_together: set[tuple[int, int]],
        phrasebook: Phrasebook,
        least: float,
    ) -> None:
        self._needs, self._offers = needs, offers
        self._standing = standing
        self._together = brought_together
        wanted, offered = _holders(needs), _holders(offers)
        self._answers = phrasebook.near(wanted, offered, least=least)
        asked: dict[str, dict[str, float]] = {}
        for need, answers in self._answers.items():
            for offer, fit in answers.items():
                asked.setdefault(offer, {})[need] = fit
        self._offering = self._lines(self._answers, offered)
        self._needing = self._lines(asked, wanted)

    def _lines(
        self, fits: dict[str, dict[str, float]], holders: dict[str, list[int]]
    ) -> dict[str, _Line]:
        """For each phrase the people who answer it; phrases with the same answers share them."""
        lines: dict[tuple[tuple[str, float], ...], _Line] = {}
        found = {}
        for phrase, answers in fits.items():
            key = tuple(sorted(answers.items()))
            if answers and key not in lines:
                best: dict[int, float] = {}
                for other, fit in answers.items():
                    for place in holders[other]:
                        best[place] = max(fit, best.get(place, 0.0))
                people = [(-fit, -self._standing[place], place) for place, fit in best.items()]
                lines[key] = sorted(people)
            if answers:
                found[phrase] = lines[key]
        return found

    def pairs(self, *, most: int | None = None) -> list[Pair]:
        """Every pair, or the best ``most`` for each who needs and each who offers."""
        found = {
            (needs, offers)
            for needs in range(len(self._needs))
            for offers in islice(self._who_offer(needs), most)
        }
        if most is not None:
            found |= {
                (needs, offers)
                for offers in range(len(self._offers))
                for needs in islice(self._who_need(offers), most)
            }
        return self._sorted(found)

    def of(self, person: int) -> list[Pair]:
        """Every pair of one person, each other person once with the better direction."""
        both = [(person, other) for other in self._who_offer(person)]
        both += [(other, person) for other in self._who_need(person)]
        kept: dict[int, Pair] = {}
        for pair in self._sorted(both):
            kept.setdefault(pair.offers if pair.needs == person else pair.needs, pair)
        return list(kept.values())

    def matched(self) -> list[Pair]:
        """Pairs in which nobody appears twice: the best of all, the best of the rest, and so on."""
        gone: set[int] = set()
        queues = {id(people): _Queue(people) for people in self._offering.values()}

        def walk(people: _Line) -> Iterator[tuple[float, float, int]]:
            return queues[id(people)].walk(gone)

        waiting = []
        for place in range(len(self._needs)):
            others = self._ahead(self._needs[place], self._offering, place, walk)
            waiting += [(*self._rank(*first), others) for first in islice(others, 1)]
        heapq.heapify(waiting)
        found = []
        while waiting:
            *_, needs, offers, others = waiting[0]
            if needs not in gone and offers not in gone:
                found.append(self._pair(needs, offers))
                gone |= {needs, offers}
            following = None if needs in gone else next(others, None)
            if following is None:
                heapq.heappop(waiting)
            else:
                heapq.heapreplace(waiting, (*self._rank(*following), others))
        return found

    def _rank(self, fit: float, needs: int, offers: int) -> tuple[float, float, int, int]:
        return -fit, -(self._standing[needs] + self._standing[offers]), needs, offers

    def _ahead(
        self,
        phrases: list[str],
        lines: dict[str, _Line],
        place: int,
        walk: Callable[[_Line], Iterator[tuple[float, float, int]]] = iter,
    ) -> Iterator[tuple[float, int, int]]:
        """Fit and people of each pair of one person, best first; some may come twice."""
        mine = [lines[phrase] for phrase in phrases if phrase in lines]
        mine = list({id(people): people for people in mine}.values())
        for fit, _, other in heapq.merge(*map(walk, mine)):
            if other != place and (min(place, other), max(place, other)) not in self._together:
                yield -fit, place, other

    def _who_offer(self, place: int) -> Iterator[int]:
        return self._others(self._needs, self._offering, place)

    def _who_need(self, place: int) -> Iterator[int]:
        return self._others(self._offers, self._needing, place)

    def _others(
        self, phrases: Sequence[list[str]], lines: dict[str, _Line], place: int
    ) -> Iterator[int]:
        seen: set[int] = set()
        for _, _, other in self._ahead(phrases[place], lines, place):
            if other not in seen:
                seen.add(other)
                yield other

    def _sorted(self, pairs: Collection[tuple[int, int]]) -> list[Pair]:
        found = [self._pair(needs, offers) for needs, offers in pairs]
        return sorted(found, key=lambda pair: self._rank(pair.fit, pair.needs, pair.offers))

    def _pair(self, needs: int, offers: int) -> Pair:
        """Give the pair with its best words."""
        mine, theirs = self._needs[needs], self._offers[offers]
        fits = [
            (-fit, at, to)
            for at, need in enumerate(mine)
            for to, offer in enumerate(theirs)
            if (fit := self._answers[need].get(offer)) is not None
        ]
        fit, at, to = min(fits)
        return Pair(needs, offers, mine[at], theirs[to], -fit)


def _holders(phrases: Sequence[list[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, said in enumerate(phrases):
        for phrase in dict.fromkeys(said):
            found.setdefault(phrase, []).append(place)
    return found
