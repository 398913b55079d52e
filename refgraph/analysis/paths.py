"""Rules that follow who refers to whom over several steps, as the network was on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from refgraph.analysis.protocol import Trial

__all__ = ["BETA", "scores"]

BETA = 0.05  # what each further step of a path weighs


def scores(tested: Trial) -> dict[str, NDArray[np.float64]]:
    r"""Score every tested gift of i to j by the ways from j back to i before its day.

    With :math:`A` the ties by then (1 if j ever referred to k), :math:`p_{jk}` the share
    of j's referrals that went to k, and sums over people all different:

    .. math::
        \text{common} &= \#\{k : k \text{ has referrals with both, in any direction}\} \\
        \text{Katz} &= \beta A_{ji} + \beta^2 (A^2)_{ji} + \beta^3 (A^3)_{ji},
        \quad \beta = 0.05 \\
        \text{PropFlow} &= p_{ji} + \sum_k p_{jk} p_{ki} + \sum_{k, l} p_{jk} p_{kl} p_{li}

    Katz [1]_ is cut at three steps. PropFlow [2]_ is the chance that a walk from j, which
    chooses the next person by the share of referrals and ends where it comes back to
    anybody, reaches i within three steps.

    Parameters
    ----------
    tested : Trial
        What :func:`refgraph.analysis.protocol.trial` gives.

    Returns
    -------
    dict
        ``common neighbours``, ``katz``, ``propflow``, in the order of the trial.

    References
    ----------
    .. [1] Katz, L. (1953). A new status index derived from sociometric analysis.
       *Psychometrika* 18, 39-43.
    .. [2] Lichtenwalter, R. N., Lussier, J. T., Chawla, N. V. (2010). New perspectives and
       methods in link prediction. *KDD*, 243-252.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.protocol import trial
    >>> list(scores(trial(Book.sample())))
    ['common neighbours', 'katz', 'propflow']
    """
    size = len(tested.day)
    found = {name: np.zeros(size) for name in ("common neighbours", "katz", "propflow")}
    if not size:
        return found
    network = _Network(tested)
    starts = np.flatnonzero(np.diff(tested.day, prepend=tested.day[0] - 1))
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        i, j = tested.giver[start:end], tested.receiver[start:end]
        network.grow(int(tested.day[start]))
        found["common neighbours"][start:end] = network.common(i, j)
        one, two, three = network.walks(network.tie, i, j)
        found["katz"][start:end] = BETA * (one + BETA * (two + BETA * three))
        found["propflow"][start:end] = network.flow(i, j)
    return found


class _Network:
    """The ties of a record, all of them in place from the start and empty until their day."""

    def __init__(self, tested: Trial) -> None:
        giver, receiver = tested.rows["giver"].to_numpy(), tested.rows["receiver"].to_numpy()
        self._people = people = tested.people
        self._key, self._tie_of_row = np.unique(giver * people + receiver, return_inverse=True)
        self._from, self._to = np.divmod(self._key, people)
        self._start = np.searchsorted(self._from, np.arange(people + 1))
        turned = self._to * people + self._from
        self._turn = np.argsort(turned)  # ties by receiver, giver
        self._turned_start = np.searchsorted(self._to[self._turn], np.arange(people + 1))
        self._back = self._find(turned)
        self._day = tested.rows["day"].to_numpy()
        self._count = tested.rows["count"].to_numpy().astype(float)
        self._rows = 0
        self._weight = np.zeros(len(self._key))

    def grow(self, day: int) -> None:
        """Add the referrals before the day."""
        end = int(np.searchsorted(self._day, day))  # rows come by day
        rows = slice(self._rows, end)
        np.add.at(self._weight, self._tie_of_row[rows], self._count[rows])
        self._rows = end
        given = np.bincount(self._from, self._weight, self._people)
        self.tie = (self._weight > 0).astype(float)
        self.share = self._weight / np.maximum(given, 1)[self._from]

    def common(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.float64]:
        """Count the people who have referrals with both."""
        out, into = self._matrix(self.tie), self._turned(self.tie)
        either = out + into
        either.data[:] = either.data > 0
        return _dot(either[i], either[j])

    def walks(
        self, step: NDArray[np.float64], i: NDArray[np.int64], j: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Sum the walks from j to i of one, two and three steps, each the product of its steps."""
        out, into = self._matrix(step), self._turned(step)
        start, place = np.unique(j, return_inverse=True)
        first = out[start]
        second = first @ out
        end = into[i]
        return self._at(step, j, i), _dot(first[place], end), _dot(second[place], end)

    def flow(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.float64]:
        """Sum the walks that come back to nobody."""
        one, two, three = self.walks(self.share, i, j)
        there = np.where(self._back < 0, 0.0, self.share[self._back]) * self.share
        round_trip = np.bincount(self._from, there, self._people)
        back = self._at(self.share, i, j)
        # over i and back, or over j again; what does both was taken twice
        three -= one * (round_trip[i] + round_trip[j] - one * back)
        return one + two + np.maximum(three, 0.0)

    def _find(self, key: NDArray[np.int64]) -> NDArray[np.int64]:
        at = np.minimum(np.searchsorted(self._key, key), len(self._key) - 1)
        return np.where(self._key[at] == key, at, -1)

    def _at(
        self, step: NDArray[np.float64], one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        at = self._find(one * self._people + other)
        return np.where(at < 0, 0.0, step[at])

    def _matrix(self, step: NDArray[np.float64]) -> sparse.csr_matrix:
        from scipy.sparse import csr_matrix  # noqa: PLC0415  # 0.2 s that most answers do without

        shape = (self._people, self._people)
        return csr_matrix((step, self._to, self._start), shape=shape)

    def _turned(self, step: NDArray[np.float64]) -> sparse.csr_matrix:
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        shape = (self._people, self._people)
        turn = self._turn
        return csr_matrix((step[turn], self._from[turn], self._turned_start), shape=shape)


def _dot(one: sparse.csr_matrix, other: sparse.csr_matrix) -> NDArray[np.float64]:
    """Multiply the rows of two matrices, each with the other's, and sum them."""
    return np.asarray(one.multiply(other).sum(axis=1)).ravel()
