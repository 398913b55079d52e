"""Weeks of meetings that are worth most together, nobody meeting anybody twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.pairing.edge_colouring import colour
from refgraph.analysis.pairing.most_worth import best_pairs, best_rounds
from refgraph.progress import doing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refgraph.analysis.pairing.edge_colouring import Pair

__all__ = ["Rounds", "choose_rounds", "greedy", "most_weeks", "round_robin"]

_FEW = 8  # people up to whom all weeks are chosen at once
_PASSES = 6  # times each week is chosen again, given the others
_ALONE = 2  # what it counts that one sits out for the first time; a meeting counts one more
_CLOSE = 0.01  # share of the bound; nearer to it, nothing more is tried


@dataclass(frozen=True)
class Rounds:
    """The meetings of some weeks.

    Attributes
    ----------
    weeks : tuple of tuple of (int, int)
        The pairs of each week, in order; people are places.
    worth : int
        What they are worth together.
    bound : int
        More than which no weeks could be worth.
    """

    weeks: tuple[tuple[Pair, ...], ...]
    worth: int
    bound: int


def most_weeks(people: int) -> int:
    """Give the weeks after which everybody has met everybody.

    Examples
    --------
    >>> [most_weeks(people) for people in (2, 3, 4, 5)]
    [1, 3, 3, 5]
    """
    return people - 1 if people % 2 == 0 else people


def choose_rounds(worth: NDArray[np.int64], present: NDArray[np.bool_]) -> Rounds:
    """Choose who meets whom in each week.

    As many as can meet do so in each week, then nobody sits out twice who need not, then the
    meetings are worth as much as possible.

    Parameters
    ----------
    worth : ndarray of int64
        What a meeting of two people is worth, at least 0; symmetric.
    present : ndarray of bool
        A row for each week, a column for each person.

    Returns
    -------
    Rounds

    Notes
    -----
    The pairs that are worth most when nobody has more meetings than weeks (an integer program,
    whose optimum is the bound) are put into weeks by colouring; then each week is chosen again
    by a matching of most weight among the pairs that meet in no other, until nothing changes.
    A round robin and the best week after the best week are tried too, improved in the same way if
    nothing comes close to the bound; the best stands. For up to 8 people an integer program
    chooses all weeks at once, if nothing reached it.

    Examples
    --------
    >>> import numpy as np
    >>> worth = np.zeros((4, 4), int)
    >>> worth[0, 2] = worth[2, 0] = 7
    >>> chosen = choose_rounds(worth, np.ones((1, 4), bool))
    >>> chosen.weeks, chosen.worth, chosen.bound
    ((((0, 2), (1, 3)),), 7, 7)
    """
    people, weeks = present.shape[1], len(present)
    if people < 2 or not weeks:
        return Rounds(((),) * weeks, 0, 0)
    room = _Room.of(worth, present)
    with doing("Choosing who meets whom", 4) as work:
        most = room.present.sum(0)
        pairs, bound = best_pairs(room.plain, most, room.possible, exactly=True)
        if not pairs:
            pairs, _ = best_pairs(room.value, most, room.possible)
        work.advance()
        found = [room.improve(colour(pairs, room.present))]
        work.advance()
        if room.lacks(found, bound):
            found += [room.greedy(), room.round_robin()]
        if not any(map(room.is_full, found)):  # that some sit out more than once may be worth more
            _, bound = best_pairs(worth, most[:people], room.possible[:people, :people])
        if people <= _FEW and room.lacks(found, bound):
            exact, is_best = best_rounds(room.value, room.present)
            found.append(exact)
            bound = room.worth(exact) if is_best else bound
        elif room.lacks(found, bound * (1 - _CLOSE)):
            found += map(room.improve, found[1:])
        work.advance()
    best = max(found, key=room.rank)
    return Rounds(tuple(map(room.meetings, best)), room.worth(best), bound)


def round_robin(present: NDArray[np.bool_]) -> list[tuple[Pair, ...]]:
    """Seat everybody in a circle and turn it by one each week; who is away meets nobody.

    Examples
    --------
    >>> import numpy as np
    >>> round_robin(np.ones((3, 4), bool))[:2]
    [((0, 3), (1, 2)), ((0, 2), (1, 3))]
    """
    nobody = np.zeros((present.shape[1],) * 2, np.int64)
    room = _Room.of(nobody, present)
    return [room.meetings(week) for week in room.round_robin()]


def greedy(worth: NDArray[np.int64], present: NDArray[np.bool_]) -> list[tuple[Pair, ...]]:
    """Choose the best first week, then the best second one of what is left, and so on.

    Examples
    --------
    >>> import numpy as np
    >>> worth = np.array([[0, 5, 1], [5, 0, 2], [1, 2, 0]])
    >>> greedy(worth, np.ones((2, 3), bool))
    [((0, 1),), ((1, 2),)]
    """
    room = _Room.of(worth, present)
    return [room.meetings(week) for week in room.greedy()]


@dataclass(frozen=True)
class _Room:
    """People and weeks; where the number of those there is odd, one more who stands for nobody.

    Whoever meets nobody sits out, and as no pair meets twice, nobody sits out twice.
    """

    people: int
    present: NDArray[np.bool_]
    plain: NDArray[np.int64]  # what a meeting of two is worth
    value: NDArray[np.int64]  # the same, and more than all that any choice of meetings is worth

    @classmethod
    def of(cls, worth: NDArray[np.int64], present: NDArray[np.bool_]) -> _Room:
        people = len(worth)
        odd = present.sum(1) % 2 == 1
        size = people + bool(odd.any())
        there = np.zeros((len(present), size), bool)
        there[:, :people] = present
        there[:, people:] = odd[:, None]
        plain = np.zeros((size, size), np.int64)
        plain[:people, :people] = worth
        # A week more of meetings is worth more than any choice of pairs in all weeks.
        meetings = people // 2 * len(present)
        base = int(np.sort(np.triu(worth, 1), axis=None)[-meetings:].sum()) + 1
        value = plain + _ALONE * base
        value[:people, :people] += base  # so that none is left out for two who sit out
        return cls(people, there, plain, value)

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Which two are there in the same week."""
        there = self.present.astype(np.int64)
        return np.asarray(there.T @ there > 0)

    def meetings(self, week: set[Pair] | Sequence[Pair]) -> tuple[Pair, ...]:
        """Give the pairs of a week without whoever meets nobody."""
        return tuple(sorted(pair for pair in week if pair[1] < self.people))

    def worth(self, weeks: Sequence[set[Pair]]) -> int:
        return int(sum(self.plain[pair] for week in weeks for pair in week))

    def rank(self, weeks: Sequence[set[Pair]]) -> int:
        return int(sum(self.value[pair] for week in weeks for pair in week))

    def lacks(self, found: Sequence[Sequence[set[Pair]]], enough: float) -> bool:
        """Tell whether the best of some weeks leaves somebody out, or is not worth enough."""
        best = max(found, key=self.rank)
        return self.worth(best) < enough or not self.is_full(best)

    def is_full(self, weeks: Sequence[set[Pair]]) -> bool:
        """Tell whether everybody meets somebody, or sits out for the first time."""
        return sum(map(len, weeks)) * 2 == int(self.present.sum())

    def round_robin(self) -> list[set[Pair]]:
        size = len(self.plain) + len(self.plain) % 2
        circle = list(range(size))
        weeks = []
        for there in self.present:
            pairs = zip(circle[: size // 2], circle[: size // 2 - 1 : -1], strict=True)
            met = {(min(pair), max(pair)) for pair in pairs}
            weeks.append(
                {pair for pair in met if pair[1] < len(there) and there[pair[0]] and there[pair[1]]}
            )
            circle = [circle[0], circle[-1], *circle[1:-1]]
        return weeks

    def greedy(self) -> list[set[Pair]]:
        weeks: list[set[Pair]] = []
        for week in range(len(self.present)):
            weeks.append(self._best(week, set().union(*weeks)))
        return weeks

    def improve(self, weeks: Sequence[set[Pair]]) -> list[set[Pair]]:
        """Choose each week again, given the others, until nothing is gained."""
        found = list(weeks)
        before = -1
        for _ in range(_PASSES):
            if self.rank(found) <= before:
                break
            before = self.rank(found)
            for week, now in enumerate(found):
                taken = set().union(*found) - now
                best = self._best(week, taken)
                if self.rank([best]) > self.rank([now]):
                    found[week] = best
        return found

    def _best(self, week: int, taken: set[Pair]) -> set[Pair]:
        """Give the meetings of a week that are worth most among pairs that are not taken."""
        import networkx as nx  # noqa: PLC0415  # 0.1 s

        there = np.flatnonzero(self.present[week]).tolist()
        G: nx.Graph[int] = nx.Graph()
        G.add_weighted_edges_from(
            (one, other, int(self.value[one, other]))
            for at, one in enumerate(there)
            for other in there[at + 1 :]
            if (one, other) not in taken
        )
        return {(min(pair), max(pair)) for pair in nx.max_weight_matching(G)}
