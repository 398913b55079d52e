"""All referrals from one person to another, as a tie: of a whole book, made when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]

__all__ = ["Counted", "Folded", "Tie"]


@dataclass(frozen=True)
class Tie:
    """All referrals from one person to another.

    Attributes
    ----------
    giver, receiver : str
        Who gave to whom.
    dated : tuple of (str, int)
        ISO date and number of referrals, in order of time.
    undated : int
        Referrals without a date.
    """

    giver: str
    receiver: str
    dated: tuple[tuple[str, int], ...] = ()
    undated: int = 0


class Folded(Sequence[Tie]):
    """The ties of rows of referrals, by giver, then receiver: numbers until one is asked for.

    Parameters
    ----------
    names : list of str
        Everybody, in the order of their places.
    giver, receiver : ndarray of int
        Places, row by row.
    day : ndarray of datetime64[D]
        NaT for none.
    count : ndarray of int
        How many referrals a row stands for.

    Attributes
    ----------
    names : list of str
        As given.
    giver, receiver : ndarray of int
        Places, tie by tie.
    total : ndarray of int
        How many referrals each tie has.

    Examples
    --------
    >>> day = np.array(["2026-03-01", "NaT", "2026-03-01"], "datetime64[D]")
    >>> ties = Folded(["Ann", "Bo"], np.array([0, 0, 0]), np.array([1, 1, 1]), day, np.ones(3, int))
    >>> ties[0]
    Tie(giver='Ann', receiver='Bo', dated=(('2026-03-01', 2),), undated=1)
    >>> len(ties), ties.total.tolist()
    (1, [3])
    """

    def __init__(
        self,
        names: list[str],
        giver: Ints,
        receiver: Ints,
        day: NDArray[np.datetime64],
        count: Ints,
    ) -> None:
        order = np.lexsort((day, receiver, giver))
        self._day, self._count = day[order], count[order]
        giver, receiver = giver[order], receiver[order]
        first = np.flatnonzero(np.diff(giver, prepend=-1) | np.diff(receiver, prepend=-1))
        self._bounds = np.append(first, len(order))
        self.names, self.giver, self.receiver = names, giver[first], receiver[first]
        self.total = np.diff(np.append(0, np.cumsum(self._count))[self._bounds])

    def __len__(self) -> int:
        return len(self.giver)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[each] for each in range(len(self))[at]]
        return next(self._told(range(len(self))[at], range(len(self))[at] + 1))

    def __iter__(self) -> Iterator[Tie]:
        return self._told(0, len(self))

    def _told(self, first: int, end: int) -> Iterator[Tie]:
        """Give some ties in a row."""
        bounds = self._bounds[first : end + 1].tolist()
        rows = slice(bounds[0], bounds[-1])
        days, counts = np.datetime_as_string(self._day[rows]).tolist(), self._count[rows].tolist()
        ends = zip(self.giver[first:end].tolist(), self.receiver[first:end].tolist(), strict=True)
        for (giver, receiver), start, stop in zip(ends, bounds, bounds[1:], strict=False):
            dated: dict[str, int] = {}
            for row in range(start - rows.start, stop - rows.start):
                dated[days[row]] = dated.get(days[row], 0) + counts[row]
            undated = dated.pop("NaT", 0)
            yield Tie(self.names[giver], self.names[receiver], tuple(dated.items()), undated)


class Counted:
    """How many referrals each tie has, found by who gave or received.

    Parameters
    ----------
    ties : sequence of Tie
        Each two people at most once in each direction.

    Examples
    --------
    >>> counted = Counted([Tie("Ann", "Bo", undated=2), Tie("Cy", "Bo", undated=1)])
    >>> counted.between("Ann", "Bo"), counted.between("Bo", "Ann")
    (2, None)
    >>> counted.given("Ann"), counted.received("Bo")
    ((2, ['Bo']), (3, ['Ann', 'Cy']))
    """

    def __init__(self, ties: Iterable[Tie]) -> None:
        if isinstance(ties, Folded):
            self._names, ends, self._total = ties.names, (ties.giver, ties.receiver), ties.total
            self._place = {name: at for at, name in enumerate(self._names)}
        else:
            told = [*ties]
            self._place = {}
            for tie in told:
                for name in (tie.giver, tie.receiver):
                    self._place.setdefault(name, len(self._place))
            self._names = [*self._place]
            ends = (
                np.array([self._place[tie.giver] for tie in told], int),
                np.array([self._place[tie.receiver] for tie in told], int),
            )
            numbers = [tie.undated + sum(count for _, count in tie.dated) for tie in told]
            self._total = np.array(numbers, int)
        self._ends = ends
        self._order = [np.argsort(end, kind="stable") for end in ends]
        people = np.arange(len(self._names) + 1)
        self._bounds = [
            np.searchsorted(end[order], people)
            for end, order in zip(ends, self._order, strict=True)
        ]

    def between(self, giver: str, receiver: str) -> int | None:
        """Give how many one gave another; None where there is no tie."""
        ties = self._of(giver, 0)
        here = ties[self._ends[1][ties] == self._place.get(receiver, -1)]
        return int(self._total[here[0]]) if len(here) else None

    def given(self, person: str) -> tuple[int, list[str]]:
        """Give how many somebody gave, and to whom."""
        return self._told(self._of(person, 0), 1)

    def received(self, person: str) -> tuple[int, list[str]]:
        """Give how many somebody received, and from whom."""
        return self._told(self._of(person, 1), 0)

    def _of(self, person: str, end: int) -> NDArray[np.intp]:
        at = self._place.get(person)
        if at is None:
            return np.zeros(0, np.intp)
        bounds = self._bounds[end]
        return self._order[end][bounds[at] : bounds[at + 1]]

    def _told(self, ties: NDArray[np.intp], end: int) -> tuple[int, list[str]]:
        others = [self._names[at] for at in self._ends[end][ties].tolist()]
        return int(self._total[ties].sum()), others
