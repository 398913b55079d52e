"""Who brought whom: for everybody the one referral they came by, as a forest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.book import professional_limits
from refgraph.errors import OptionError
from refgraph.graph.referral_rows import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["TOUCHES", "WHY", "Forest", "forest"]

TOUCHES = ("first", "last")
#: Why it is not known who brought a prospect, what matters most first; "" where it is known.
WHY = (
    "",
    "won, but no prospect is named",
    "somebody else referred them on the same day",
    "they referred somebody themselves on the same day",
    "no date, so what came first is not known",
    "the prospect is the giver",
    "the prospect is the receiver",
    "the giver was brought by a later referral themselves",
    "nobody else in the book has this name",
)
_UNNAMED, _TIED, _SAME_DAY, _UNDATED, _GIVER, _RECEIVER, _TOO_EARLY, _NOBODY = range(1, len(WHY))
_LATER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Forest:
    """Everybody and whom they came by; places are those in `names`.

    Attributes
    ----------
    names : list of str
        The people of the book and the prospects it names, sorted.
    parent : ndarray of int64
        Who brought each of them; -1 where nobody did, or it is not known.
    row : ndarray of int64
        The row of ``book.history`` that says so; -1 likewise.
    order : ndarray of int64
        Those who have a parent, every parent before the children.
    root, depth : ndarray of int64
        The first of each one's chain, and the steps from there.
    descendants, children, height : ndarray of int64
        The people below each one, those one step below, and the steps to the lowest.
    heir : ndarray of int64
        The child from whom the longest chain goes on, the first by name; -1 for none.
    why : ndarray of int64
        For each row of ``book.history``, where in `WHY` the reason stands.
    """

    names: list[str]
    parent: NDArray[np.int64]
    row: NDArray[np.int64]
    order: NDArray[np.int64]
    root: NDArray[np.int64]
    depth: NDArray[np.int64]
    descendants: NDArray[np.int64]
    children: NDArray[np.int64]
    height: NDArray[np.int64]
    heir: NDArray[np.int64]
    why: NDArray[np.int64]

    def longest(self, place: int) -> list[str]:
        """Name the longest chain that begins with somebody, the first by name of equal ones."""
        found = []
        while place >= 0:
            found.append(self.names[place])
            place = int(self.heir[place])
        return found

    def path(self, place: int, *, below: int = -1, most: int = 100) -> list[str]:
        """Name those from the root, or from the one after `below`, to somebody.

        Of more than `most` people, the last ones.
        """
        found: list[str] = []
        while place >= 0 and place != below and len(found) < most:
            found.append(self.names[place])
            place = int(self.parent[place])
        return found[::-1]


def forest(book: Book, *, touch: str = "first") -> Forest:
    r"""Find for everybody the referral they came by, and so who started whom.

    The referrals that may have brought :math:`x` are those with prospect :math:`x` and
    another giver and receiver, neither of whom had a referral from :math:`x` before, and
    a date before the first day :math:`t_b(x)` on which :math:`x` themselves referred a
    person of the book: whoever gives was there already. Of these, `touch` chooses the
    earliest, or the latest up to the day on which the first of them was won. Its giver
    is the parent of :math:`x`, its day is :math:`t(x)`.

    The parent :math:`y` referred :math:`x` on that day, so :math:`t(y) < t_b(y) \le
    t(x)`: going up, days strictly decrease, and no chain can close [1]_. A prospect
    whom nobody else in the book is called can only end a chain, and has a parent
    only if that parent was brought earlier.

    What two givers did on one day is not put in an order, nor is what has no
    date: such a prospect has no parent, and `Forest.why` says so.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    touch : {"first", "last"}, default "first"
        Which of several referrals of one prospect brought them.

    Returns
    -------
    Forest
        A prospect is a person of the book by name or alias; other prospects of the
        same name are one person.

    Raises
    ------
    OptionError
        `touch` is something else.

    References
    ----------
    .. [1] An own definition; value along chains of customers is discussed by Kumar, V.,
       Petersen, J. A., Leone, R. P. (2010). Driving profitability by encouraging
       customer referrals: who, when, and how. *Journal of Marketing* 74(5), 1-17.

    Examples
    --------
    >>> from refgraph import Book
    >>> tree = forest(Book.sample())
    >>> tree.longest(tree.names.index("Carmen Ibarra"))
    ['Carmen Ibarra', 'Erin Kestrel', 'Jonas Vetter', 'Kirsten Dahl']
    """
    professional_limits.refuse(book)
    if touch not in TOUCHES:
        msg = f"touch is {' or '.join(map(repr, TOUCHES))}, not {touch!r}"
        raise OptionError(msg)
    rows = _Rows.of(book)
    last = touch == "last"
    known, day, prospect = rows.known, rows.day, rows.prospect
    why = rows.odd()
    named = (why == 0) & (prospect >= 0)
    inside = named.copy()
    inside[named] = known[prospect[named]]
    brought = _earliest(rows.giver, day, inside, len(known))
    early = named.copy()
    early[named] = day[named] < brought[prospect[named]]
    fresh = named & ~rows.acquainted()
    early &= fresh
    if last:
        early[named] &= day[named] <= rows.settled(early)[prospect[named]]
    parent, row, tied = _chosen(rows, early, last=last)
    why[tied] = _TIED
    since = np.where(row >= 0, day[row], NEVER) if len(day) else row
    hanging = np.flatnonzero((parent >= 0) & ~known)
    hanging = hanging[since[parent[hanging]] >= since[hanging]]
    why[row[hanging]] = _TOO_EARLY
    parent[hanging], row[hanging] = -1, -1
    why[_at_once(prospect, day, fresh, early, brought)] = _SAME_DAY
    strange = (why == 0) & (prospect >= 0)
    strange[strange] = ~known[prospect[strange]]
    why[strange] = _NOBODY
    linked = np.flatnonzero(parent >= 0)
    order = linked[np.argsort(since[linked], kind="stable")]
    root, depth, descendants, children, height, heir = _measured(parent, order)
    return Forest(
        *(rows.names, parent, row, order, root, depth, descendants, children, height, heir, why)
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of ``book.history`` as places in names, sorted, and as whole days."""

    names: list[str]
    known: NDArray[np.bool_]  # which of the names are people of the book
    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    prospect: NDArray[np.int64]  # -1 for nobody
    day: NDArray[np.int64]
    closed: NDArray[np.int64]  # the day of the status, or of the row where that is later
    won: NDArray[np.bool_]

    @classmethod
    def of(cls, book: Book) -> _Rows:
        rows = book.history
        names = sorted({*map(str, book.people.index), *filter(None, rows["prospect"])})
        place = pd.Index(names, dtype=object)
        giver, receiver, prospect = (
            place.get_indexer(rows[name].astype(object)).astype(np.int64)
            for name in ("giver", "receiver", "prospect")
        )
        day, closed = (
            rows[name].to_numpy().astype("datetime64[D]").astype(np.int64)
            for name in ("date", "status_date")
        )
        known = np.zeros(len(names), dtype=bool)
        known[place.get_indexer(book.people.index.astype(object))] = True
        won = (rows["status"] == "won").to_numpy()
        closed = np.maximum(day, closed)  # no date is the smallest number
        return cls(names, known, giver, receiver, prospect, day, closed, won)

    def odd(self) -> NDArray[np.int64]:
        """Give the reason of every row that can link nobody, 0 for the others."""
        named = self.prospect >= 0
        return np.select(
            [
                ~named & self.won,
                named & (self.prospect == self.giver),
                named & (self.prospect == self.receiver),
                named & (self.day == NEVER),
            ],
            [_UNNAMED, _GIVER, _RECEIVER, _UNDATED],
            0,
        ).astype(np.int64)

    def acquainted(self) -> NDArray[np.bool_]:
        """Tell in which rows giver or receiver had a referral from the prospect before."""
        people = len(self.names)
        dated = np.flatnonzero(self.day != NEVER)  # oldest first, as the record is
        pairs, at = np.unique(self.giver[dated] * people + self.receiver[dated], return_index=True)
        found = np.zeros(len(self.day), dtype=bool)
        if not len(pairs):
            return found
        for other in (self.giver, self.receiver):
            asked = self.prospect * people + other
            place = np.searchsorted(pairs, asked).clip(max=len(pairs) - 1)
            found |= (pairs[place] == asked) & (self.day[dated[at[place]]] < self.day)
        return found & (self.prospect >= 0)

    def settled(self, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Give the day on which each person was first won, in these rows."""
        return _earliest(self.prospect, self.closed, rows & self.won, len(self.known))


def _earliest(
    who: NDArray[np.int64], day: NDArray[np.int64], rows: NDArray[np.bool_], people: int
) -> NDArray[np.int64]:
    """Give the first day of each person among the chosen rows; the last of all days for none."""
    first = np.full(people, _LATER)
    np.minimum.at(first, who[rows], day[rows])
    return first


def _chosen(
    rows: _Rows, early: NDArray[np.bool_], *, last: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Find the giver and the row that brought each person, and the rows that are tied."""
    people = len(rows.known)
    day = -rows.day if last else rows.day
    deciding = early.copy()
    deciding[early] = (
        day[early] == _earliest(rows.prospect, day, early, people)[rows.prospect[early]]
    )
    at = np.flatnonzero(deciding)[::-1]  # the first row of a day is written last
    prospect, giver = rows.prospect[at], rows.giver[at]
    parent, row = np.full(people, -1), np.full(people, -1)
    parent[prospect], row[prospect] = giver, at
    torn = np.zeros(people, dtype=bool)
    torn[prospect[giver != parent[prospect]]] = True
    parent[torn], row[torn] = -1, -1
    return parent, row, at[torn[prospect]]


def _at_once(
    prospect: NDArray[np.int64],
    day: NDArray[np.int64],
    named: NDArray[np.bool_],
    early: NDArray[np.bool_],
    brought: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Find the first referrals of people who referred somebody on that day themselves."""
    none = np.ones(len(brought), dtype=bool)
    none[prospect[early]] = False
    at = np.flatnonzero(named)
    at = at[none[prospect[at]] & (day[at] == brought[prospect[at]])]
    first = _earliest(prospect, day, named, len(brought))[prospect[at]]
    chosen: NDArray[np.int64] = at[day[at] == first]
    return chosen


def _measured(parent: NDArray[np.int64], order: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Give root, depth, descendants, children, height and heir of everybody."""
    people = len(parent)
    above, down = parent.tolist(), order.tolist()
    root, depth = list(range(people)), [0] * people
    for one in down:
        root[one], depth[one] = root[above[one]], depth[above[one]] + 1
    below, children, height, heir = [0] * people, [0] * people, [0] * people, [-1] * people
    for one in reversed(down):
        up = above[one]
        below[up] += below[one] + 1
        children[up] += 1
        longer = height[one] + 1 - height[up]
        if longer > 0 or (longer == 0 and one < heir[up]):
            height[up], heir[up] = height[one] + 1, one
    return tuple(
        np.array(values, dtype=np.int64) for values in (root, depth, below, children, height, heir)
    )
