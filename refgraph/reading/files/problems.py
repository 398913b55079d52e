"""The problems of a record: all of them counted, and of each kind so many listed."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from refgraph.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

__all__ = ["MOST_LISTED", "Problems"]

#: Problems of one check in one file that are listed; more are counted.
MOST_LISTED = 10_000
_REST = "correct these first, and check again"


class Problems(list[Problem]):
    """A list of problems that does not grow with a file in which every row is wrong.

    Attributes
    ----------
    lines : array of int
        The lines that they are about, listed or not, one for each.
    times : Counter
        How many there are for each path and check.

    Examples
    --------
    >>> found = Problems()
    >>> for line in range(10_200):
    ...     found.append(Problem("r.csv", line + 2, "there is no 2026-02-30", check="dates"))
    >>> len(found), found.count_all
    (10000, 10200)
    >>> print(found.told()[0])
    r.csv: 10,200 problems of the check dates: the first 10,000 are listed
          = correct these first, and check again
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines = array("q")
        self.times: Counter[tuple[str, str]] = Counter()

    @property
    def count_all(self) -> int:
        """How many there are, listed or not."""
        return self.times.total()

    def room(self, path: str, check: str) -> int:
        """How many more of a kind would be listed."""
        return max(0, MOST_LISTED - self.times[path, check])

    def is_listed(self, path: str, check: str, line: int) -> bool:
        """Count one more of a kind; tell whether it is to be listed."""
        self.lines.append(line)
        self.times[path, check] += 1
        return self.times[path, check] <= MOST_LISTED

    def keep(self, problem: Problem) -> None:
        """List one that was counted."""
        super().append(problem)

    def append(self, problem: Problem) -> None:
        """Add one, if there is room for it."""
        if self.is_listed(problem.path, problem.check, problem.line):
            super().append(problem)

    def extend(self, others: Iterable[Problem]) -> None:
        """Add several, with those that another list only counted."""
        before = len(self.lines)
        for problem in others:
            self.append(problem)
        if isinstance(others, Problems):
            self.times += others.times - Counter((each.path, each.check) for each in others)
            self.lines = self.lines[:before] + others.lines

    def __iadd__(self, others: Iterable[Problem]) -> Self:  # type: ignore[misc,override]
        """Add several."""
        self.extend(others)
        return self

    def below(self, line: int) -> Problems:
        """Give those that are about what stands below a line."""
        found = Problems()
        found.extend(self)
        above = Counter((each.path, each.check) for each in self if each.line <= line)
        found[:] = [each for each in self if each.line > line]
        found.times -= above
        found.lines = array("q", (each for each in self.lines if each > line))
        return found

    def told(self) -> list[Problem]:
        """Give those that are listed, and how many of which kind are not."""
        more = []
        for (path, check), times in self.times.items():
            if (left := times - MOST_LISTED) > 0:
                message = f"{times:,} problems of the check {check}: the first {MOST_LISTED:,} "
                message += "are listed"
                more.append(Problem(path, 0, message, "", _REST, check, times=left))
        return [*more, *self]
