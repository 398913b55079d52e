"""Pairs of who needs and who offers, best first, without listing them all."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from refgraph.progress import counted, doing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from refgraph.analysis.suggesting.phrasebook import Phrasebook

__all__ = ["Pair", "Room"]

_Line: TypeAlias = "list[tuple[float, int]]"  # less standing and person: the best first
_Levels: TypeAlias = "list[tuple[float, list[_Line]]]"  # fit and who fits so well, best first

_MANY = 64  # people who share a phrase: they stand in a line of their own


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

    def walk(self, gone: Collection[int]) -> Iterator[tuple[float, int]]:
        """From the front, without anybody who has gone by the time they are reached."""
        at = 0
        while (at := self._here(at, gone)) < len(self._people):
            yield self._people[at]
            at += 1

    def _here(self, start: int, gone: Collection[int]) -> int:
        at = self._next[start]
        while at < len(self._people) and self._people[at][1] in gone:
            self._next[at] = at + 1
            at = self._next[at + 1]
        while self._next[start] != at:
            self._next[start], start = at, self._next[start]
        return at


class _Side:
    """Who needs, or who offers, what fits a phrase of the other side."""

    def __init__(
        self,
        phrases: Sequence[list[str]],
        standing: Sequence[float],
        phrasebook: Phrasebook,
        least: float,
    ) -> None:
        self._standing = standing
        self._holders: dict[str, list[int]] = {}
        for place, said in enumerate(phrases):
            for phrase in dict.fromkeys(said):
                self._holders.setdefault(phrase, []).append(place)
        self.near = phrasebook.index(self._holders, least=least).near
        self._levels: dict[str, _Levels] = {}
        self._told: dict[tuple[str, ...], _Levels] = {}
        self._lines: dict[tuple[str, ...], _Line] = {}

    def levels(self, phrases: tuple[str, ...]) -> _Levels:
        """People by how well they fit any of the phrases, the best first."""
        if phrases not in self._told:
            self._told[phrases] = self._together(phrases)
        return self._told[phrases]

    def _together(self, phrases: tuple[str, ...]) -> _Levels:
        found: dict[float, dict[int, _Line]] = {}
        for phrase in phrases:
            if phrase not in self._levels:
                self._levels[phrase] = self._levels_of(phrase)
            for fit, lines in self._levels[phrase]:
                found.setdefault(fit, {}).update((id(people), people) for people in lines)
        return [(fit, list(found[fit].values())) for fit in sorted(found, reverse=True)]

    def _levels_of(self, phrase: str) -> _Levels:
        fitting: dict[float, list[str]] = {}
        for other, fit in self.near(phrase).items():
            fitting.setdefault(fit, []).append(other)
        found = []
        for fit, others in fitting.items():
            few = tuple(other for other in others if len(self._holders[other]) < _MANY)
            many = [(other,) for other in others if len(self._holders[other]) >= _MANY]
            found.append((fit, [self._line(key) for key in (*many, few) if key]))
        return found

    def _line(self, phrases: tuple[str, ...]) -> _Line:
        if phrases not in self._lines:
            people = dict.fromkeys(place for phrase in phrases for place in self._holders[phrase])
            self._lines[phrases] = sorted((-self._standing[place], place) for place in people)
        return self._lines[phrases]


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
    Those who share a phrase stand in one sorted line, which is walked only as far as it takes,
    so that the work grows with the people and not with their pairs.

    Examples
    --------
    >>> from refgraph.analysis.suggesting.phrasebook import Phrasebook
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
        self._needs, self._offers = [*map(tuple, needs)], [*map(tuple, offers)]
        self._words: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[float, int, int]] = {}
        self._standing = standing
        self._together = brought_together
        self._offering = _Side(offers, standing, phrasebook, least)
        self._needing = _Side(needs, standing, phrasebook, least)

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
        queues: dict[int, _Queue] = {}

        def walk(people: _Line) -> Iterator[tuple[float, int]]:
            if id(people) not in queues:
                queues[id(people)] = _Queue(people)
            return queues[id(people)].walk(gone)

        waiting = []
        everyone = range(len(self._needs))
        for place in counted(everyone, "Comparing what people need and offer", len(everyone)):
            others = self._ahead(self._needs[place], self._offering, place, walk)
            waiting += [(*self._rank(*first), others) for first in islice(others, 1)]
        heapq.heapify(waiting)
        found = []
        with doing("Choosing introductions", len(everyone) // 2) as work:
            while waiting:
                *_, needs, offers, others = waiting[0]
                if needs not in gone and offers not in gone:
                    found.append(self._pair(needs, offers))
                    gone |= {needs, offers}
                    work.advance()
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
        phrases: tuple[str, ...],
        side: _Side,
        place: int,
        walk: Callable[[_Line], Iterator[tuple[float, int]]] = iter,
    ) -> Iterator[tuple[float, int, int]]:
        """Fit and people of each pair of one person, best first; some may come twice."""
        for fit, lines in side.levels(phrases):
            for _, other in heapq.merge(*map(walk, lines)) if len(lines) > 1 else walk(lines[0]):
                if other != place and (min(place, other), max(place, other)) not in self._together:
                    yield fit, place, other

    def _who_offer(self, place: int) -> Iterator[int]:
        ahead = self._ahead(self._needs[place], self._offering, place)
        return _each_once(other for _, _, other in ahead)

    def _who_need(self, place: int) -> Iterator[int]:
        ahead = self._ahead(self._offers[place], self._needing, place)
        return _each_once(other for _, _, other in ahead)

    def _sorted(self, pairs: Collection[tuple[int, int]]) -> list[Pair]:
        found = [self._pair(needs, offers) for needs, offers in pairs]
        return sorted(found, key=lambda pair: self._rank(pair.fit, pair.needs, pair.offers))

    def _pair(self, needs: int, offers: int) -> Pair:
        """Give the pair with its best words."""
        mine, theirs = self._needs[needs], self._offers[offers]
        if (mine, theirs) not in self._words:
            self._words[mine, theirs] = min(
                (-fit, at, to)
                for at, need in enumerate(mine)
                for to, offer in enumerate(theirs)
                if (fit := self._offering.near(need).get(offer)) is not None
            )
        fit, at, to = self._words[mine, theirs]
        return Pair(needs, offers, mine[at], theirs[to], -fit)


def _each_once(people: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for person in people:
        if person not in seen:
            seen.add(person)
            yield person
