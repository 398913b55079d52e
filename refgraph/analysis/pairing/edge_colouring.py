"""Pairs put into weeks, so that nobody has two meetings in one week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.statistics.random import generator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Pair", "colour"]

Pair = tuple[int, int]

_KICKS = 10_000  # pairs put into a week in another's place before one gives up
_OFTEN = 5  # of so many, one takes the place of two


def colour(pairs: Iterable[Pair], present: NDArray[np.bool_]) -> list[set[Pair]]:
    """Put pairs into weeks in which both are there, each person once a week.

    A pair for which no week is free at both ends changes the weeks of a chain of others (Kempe),
    and if that does not help, takes the place of another pair, which is put elsewhere.

    Parameters
    ----------
    pairs : iterable of (int, int)
        People by their places.
    present : ndarray of bool
        A row for each week, a column for each person.

    Returns
    -------
    list of set of (int, int)
        The pairs of each week; a pair for which no place was found is in none.

    Examples
    --------
    >>> import numpy as np
    >>> square = [(0, 1), (1, 2), (2, 3), (0, 3)]
    >>> colour(square, np.ones((2, 4), bool))
    [{(0, 1), (2, 3)}, {(1, 2), (0, 3)}]
    """
    plan = _Plan(present)
    random = generator(0)
    left = list(pairs)[::-1]
    for kick in range(len(left) + _KICKS):
        if not left:
            break
        one, other = left.pop()
        if not plan.place(one, other):
            weeks = plan.weeks_for(one, other, anywhere=kick % _OFTEN == 0)
            if weeks:
                left += plan.displace(one, other, weeks[int(random.integers(len(weeks)))])
    return plan.rounds()


class _Plan:
    """Whom each person meets in each week so far."""

    def __init__(self, present: NDArray[np.bool_]) -> None:
        self._there = present.T.tolist()
        self._with: list[list[int | None]] = [[None] * len(present) for _ in self._there]

    def rounds(self) -> list[set[Pair]]:
        """Give the pairs of each week."""
        weeks = range(len(self._with[0]) if self._with else 0)
        return [
            {
                (one, other)
                for one, met in enumerate(self._with)
                if (other := met[week]) is not None and one < other
            }
            for week in weeks
        ]

    def weeks_for(self, one: int, other: int, *, anywhere: bool) -> list[int]:
        """Give the weeks in which both are there, and one is free unless it may be anywhere."""
        both = zip(self._there[one], self._there[other], strict=True)
        weeks = [week for week, there in enumerate(both) if all(there)]
        free = () if anywhere else {*self._free(one), *self._free(other)}
        return [week for week in weeks if week in free] or weeks

    def place(self, one: int, other: int) -> bool:
        """Put a pair into a week, moving others along a chain where it takes that."""
        free, theirs = list(self._free(one)), list(self._free(other))
        for week in free:
            if week in theirs:
                self._meet(one, other, week)
                return True
        for week in free:
            for instead in theirs:
                if self._swap(other, one, week, instead):
                    self._meet(one, other, week)
                    return True
        return False

    def displace(self, one: int, other: int, week: int) -> list[Pair]:
        """Put a pair into a week, and give the pairs whose place it took."""
        gone = []
        for person in (one, other):
            met = self._with[person][week]
            if met is not None:
                self._with[person][week] = self._with[met][week] = None
                gone.append((min(person, met), max(person, met)))
        self._meet(one, other, week)
        return gone

    def _free(self, person: int) -> Iterator[int]:
        met = zip(self._there[person], self._with[person], strict=True)
        return (week for week, (there, other) in enumerate(met) if there and other is None)

    def _meet(self, one: int, other: int, week: int) -> None:
        self._with[one][week], self._with[other][week] = other, one

    def _swap(self, start: int, end: int, week: int, instead: int) -> bool:
        """Exchange two weeks along the chain from ``start``, unless it leads to ``end``."""
        chain, at = [start], week
        while (following := self._with[chain[-1]][at]) is not None:
            chain.append(following)
            at = instead if at == week else week
        if chain[-1] == end or not all(
            self._there[each][week] and self._there[each][instead] for each in chain
        ):
            return False
        for each in chain:
            met = self._with[each]
            met[week], met[instead] = met[instead], met[week]
        return True
