"""Rules that follow who refers to whom over several steps, as the network was on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from refgraph.analysis.estimating.trial import Trial

__all__ = ["BETA", "scores"]

BETA = 0.05  # what each further step of a path weighs
_CELLS = 4_000_000  # numbers written out at a time
_MANY = 1_000  # ties of a person over whom walks are summed once for all gifts


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
        What :func:`refgraph.analysis.estimating.protocol.trial` gives.

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
    >>> from refgraph.analysis.estimating.protocol import trial
    >>> list(scores(trial(Book.sample())))
    ['common neighbours', 'katz', 'propflow']
    """
    size = len(tested.day)
    found = {name: np.zeros(size) for name in ("common neighbours", "katz", "propflow")}
    if not size:
        return found
    network = _Network(tested)
    starts = np.flatnonzero(np.diff(tested.day, prepend=tested.day[0] - 1))
    days = zip(starts, [*starts[1:], size], strict=True)
    for start, end in counted(days, "Following the ties between people day by day", len(starts)):
        i, j = tested.giver[start:end], tested.receiver[start:end]
        network.grow(int(tested.day[start]))
        found["common neighbours"][start:end] = network.common(i, j)
        (one, two, three), shares = network.walks(i, j)
        found["katz"][start:end] = BETA * (one + BETA * (two + BETA * three))
        found["propflow"][start:end] = network.flow(i, j, *shares)
    return found


class _Network:
    """The ties of a record, all of them in place from the start and empty until their day."""

    def __init__(self, tested: Trial) -> None:
        giver, receiver = tested.rows["giver"].to_numpy(), tested.rows["receiver"].to_numpy()
        self._people = people = tested.people
        self._key, self._tie_of_row = np.unique(giver * people + receiver, return_inverse=True)
        self._from, to = np.divmod(self._key, people)
        self._out = _Rows(self._from, to, people)
        turn = np.argsort(to * people + self._from)  # ties by receiver, giver
        self._into = _Rows(to[turn], self._from[turn], people)
        self._turned = np.argsort(turn)
        self._back = self._find(to * people + self._from)
        both = np.stack([giver * people + receiver, receiver * people + giver], axis=1).ravel()
        contact, self._contact_of_row = np.unique(both, return_inverse=True)
        self._contacts = _Rows(*np.divmod(contact, people), people)
        self._met = np.zeros(len(contact))
        self._day = tested.rows["day"].to_numpy()
        self._count = tested.rows["count"].to_numpy().astype(float)
        self._rows = 0
        self._sheet = _Sheet(people)
        self._weight = np.zeros(len(self._key))
        # each step by giver, receiver, and by receiver, giver
        self._tie = (np.zeros(len(self._key)), np.zeros(len(self._key)))
        self._share = (np.zeros(len(self._key)), np.zeros(len(self._key)))

    def grow(self, day: int) -> None:
        """Add the referrals before the day."""
        end = int(np.searchsorted(self._day, day))  # rows come by day
        rows, self._rows = slice(self._rows, end), end
        new = self._tie_of_row[rows]
        self._met[self._contact_of_row[2 * rows.start : 2 * rows.stop]] = 1
        np.add.at(self._weight, new, self._count[rows])
        for values, ties in zip(self._tie, (new, self._turned[new]), strict=True):
            values[ties] = 1
        givers = np.unique(self._from[new])
        ties, row = self._out.places(givers)
        given = np.bincount(row, self._weight[ties], len(givers))
        share = self._weight[ties] / given[row]
        self._share[0][ties] = share
        self._share[1][self._turned[ties]] = share

    def common(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.float64]:
        """Count the people who have referrals with both."""
        one, at_i = np.unique(i, return_inverse=True)
        other, at_j = np.unique(j, return_inverse=True)
        near, far = (self._contacts.some([self._met], rows) for rows in (one, other))
        (found,) = self._sheet.dots(near, at_i, far, at_j)
        return found

    def walks(
        self, i: NDArray[np.int64], j: NDArray[np.int64]
    ) -> list[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]]:
        """Sum the walks from j to i of one, two and three steps, by ties and by shares.

        A walk weighs the product of its steps. Ties and shares are in the same places.
        """
        start, at_j = np.unique(j, return_inverse=True)
        end, at_i = np.unique(i, return_inverse=True)
        steps = (self._tie, self._share)
        firsts = self._out.some([step[0] for step in steps], start)
        lasts = self._into.some([step[1] for step in steps], end)
        # the step between is taken from the side where it leads to fewer people, of whom those
        # of a person with several gifts are gone through once
        forth = self._out.steps(self._out.parted(firsts[0])[0])
        fro = self._into.steps(self._into.parted(lasts[0])[0])
        ahead = (forth / np.bincount(at_j))[at_j] <= (fro / np.bincount(at_i))[at_i]
        near, far, (forward, backward) = (firsts, at_j), (lasts, at_i), zip(*steps, strict=True)
        two = self._sheet.dots(*near, *far)
        three = self._three(ahead, self._out, forward, near, far)
        back = self._three(~ahead, self._into, backward, far, near)
        one = [self._at(step, j, i) for step in forward]
        return [(one[k], two[k], three[k] + back[k]) for k in range(len(steps))]

    def _three(
        self,
        chosen: NDArray[np.bool_],
        ties: _Rows,
        steps: Sequence[NDArray[np.float64]],
        near: tuple[Sequence[sparse.csr_matrix], NDArray[np.intp]],
        far: tuple[Sequence[sparse.csr_matrix], NDArray[np.intp]],
    ) -> list[NDArray[np.float64]]:
        """Sum the walks of three steps of the chosen gifts, whose second step starts from `near`.

        Steps to people with very many ties are not taken for each gift anew: what such a
        person has in common with the far end is asked once, and weighed by the step there.
        """
        (firsts, at), (lasts, at_last) = near, far
        three = [np.zeros(len(at)) for _ in steps]
        few, many = zip(*(ties.parted(first) for first in firsts), strict=True)
        every = [ties.all(step) for step in steps]
        for gifts, (once, place) in _pieces(chosen, at, ties.steps(few[0])):
            reached = [rows[once] @ step for rows, step in zip(few, every, strict=True)]
            shared = self._sheet.dots(reached, place, lasts, at_last[gifts])
            for sums, each in zip(three, shared, strict=True):
                sums[gifts] = each
        for same in zip(*many, strict=True):
            person, weights = same[0][0], [weight for _, weight in same]
            gifts = np.flatnonzero(chosen & (weights[0][at] > 0))
            theirs = ties.some(steps, np.array([person]))
            shared = self._sheet.dots(theirs, np.zeros(len(gifts), int), lasts, at_last[gifts])
            for sums, weight, each in zip(three, weights, shared, strict=True):
                sums[gifts] += weight[at[gifts]] * each
        return three

    def flow(
        self,
        i: NDArray[np.int64],
        j: NDArray[np.int64],
        one: NDArray[np.float64],
        two: NDArray[np.float64],
        three: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Sum the walks that come back to nobody, of all of one, two and three steps."""
        # over i and back, or over j again; what does both was taken twice
        twice = one * self._at(self._share[0], i, j)
        returning = one * (self._round_trip(i) + self._round_trip(j) - twice)
        return one + two + np.maximum(three - returning, 0.0)

    def _round_trip(self, person: NDArray[np.int64]) -> NDArray[np.float64]:
        """Sum the walks of two steps that end where they began."""
        once, place = np.unique(person, return_inverse=True)
        ties, row = self._out.places(once)
        back, share = self._back[ties], self._share[0]
        there = np.where(back < 0, 0.0, share[back]) * share[ties]
        return np.bincount(row, there, len(once)).astype(float)[place]

    def _find(self, key: NDArray[np.int64]) -> NDArray[np.int64]:
        at = np.minimum(np.searchsorted(self._key, key), len(self._key) - 1)
        return np.where(self._key[at] == key, at, -1)

    def _at(
        self, step: NDArray[np.float64], one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        at = self._find(one * self._people + other)
        return np.where(at < 0, 0.0, step[at])


def _pieces(
    chosen: NDArray[np.bool_], at: NDArray[np.intp], steps: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.intp], tuple[NDArray[np.intp], NDArray[np.intp]]]]:
    """Divide gifts by the row they start from, so that few steps are taken at a time.

    Gives the gifts of each piece, and their rows, each once, with the place of each gift's.
    """
    rows = np.unique(at[chosen])
    piece = np.full(len(steps), -1)
    piece[rows] = np.cumsum(steps[rows]) // _CELLS
    piece_of = np.where(chosen, piece[at], -1)
    for number in np.unique(piece[rows]).tolist():
        gifts = np.flatnonzero(piece_of == number)
        yield gifts, np.unique(at[gifts], return_inverse=True)


class _Rows:
    """The places of a square sparse matrix, whose values come later."""

    def __init__(self, row: NDArray[np.int64], column: NDArray[np.int64], size: int) -> None:
        self._column = column.astype(np.int32)
        self._start = np.searchsorted(row, np.arange(size + 1)).astype(np.int32)
        self._size = size
        self._many = np.diff(self._start) > _MANY

    def parted(
        self, rows: sparse.csr_matrix
    ) -> tuple[sparse.csr_matrix, list[tuple[int, NDArray[np.float64]]]]:
        """Part some rows: steps to people with few ties, and for each other person, by row."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        many = self._many[rows.indices]
        if not many.any():
            return rows, []
        row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        bounds = np.searchsorted(row[~many], np.arange(rows.shape[0] + 1)).astype(np.int32)
        few = csr_matrix((rows.data[~many], rows.indices[~many], bounds), shape=rows.shape)
        found = []
        for person in np.unique(rows.indices[many]).tolist():
            here = rows.indices == person
            weight = np.bincount(row[here], rows.data[here], rows.shape[0]).astype(float)
            found.append((person, weight))
        return few, found

    def places(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
        """List the places of some rows, and beside each the row, counted along those asked."""
        start, lengths = self._start[rows], self._start[rows + 1] - self._start[rows]
        row = np.repeat(np.arange(len(rows)), lengths)
        return np.arange(len(row)) + (start - np.cumsum(lengths) + lengths)[row], row

    def steps(self, rows: sparse.csr_matrix) -> NDArray[np.int64]:
        """Count where one step more could lead from each of some rows."""
        number = np.r_[0, np.cumsum(np.diff(self._start)[rows.indices])]
        reached: NDArray[np.int64] = np.diff(number[rows.indptr])
        return reached

    def all(self, values: NDArray[np.float64]) -> sparse.csr_matrix:
        from scipy.sparse import csr_matrix  # noqa: PLC0415  # 0.2 s that most answers do without

        return csr_matrix((values, self._column, self._start), shape=(self._size, self._size))

    def some(
        self, values: Sequence[NDArray[np.float64]], rows: NDArray[np.int64]
    ) -> list[sparse.csr_matrix]:
        """Give some rows of each, without what is still 0 in the first."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        places, row = self.places(rows)
        here = values[0][places] > 0
        places, row = places[here], row[here]
        bounds = np.searchsorted(row, np.arange(len(rows) + 1)).astype(np.int32)
        shape, column = (len(rows), self._size), self._column[places]
        return [csr_matrix((each[places], column, bounds), shape=shape) for each in values]


class _Sheet:
    """Room for the places of some rows of a matrix written out in full, wiped after use."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._rows = max(1, _CELLS // size)
        self._room = np.zeros(0, np.int32)

    def dots(
        self,
        ones: Sequence[sparse.csr_matrix],
        at_one: NDArray[np.int64],
        others: Sequence[sparse.csr_matrix],
        at_other: NDArray[np.int64],
    ) -> list[NDArray[np.float64]]:
        """Multiply rows of two matrices, each with the other's of the same gift, and sum them.

        Matrices of one side have their numbers in the same places, so that where both sides
        have one is sought once, and the first of one side is multiplied with the first of the
        other. The side of which the gifts have more is written out, the other looked up in it.
        """
        lengths = [np.diff(rows[0].indptr)[at] for rows, at in ((ones, at_one), (others, at_other))]
        if lengths[0].sum() < lengths[1].sum():
            ones, at_one, others, at_other = others, at_other, ones, at_one
            lengths.reverse()
        found = [np.zeros(len(at_one)) for _ in ones]
        for begin in range(0, ones[0].shape[0], self._rows):
            gifts = np.flatnonzero((at_one >= begin) & (at_one < begin + self._rows))
            start, length = others[0].indptr[at_other[gifts]], lengths[1][gifts]
            ends = np.cumsum(length, dtype=np.int64)
            at = np.arange(length.sum()) + np.repeat(start - ends + length, length)
            there = np.repeat((at_one[gifts] - begin) * self._size, length)
            there += others[0].indices[at]
            place = self._looked_up(ones[0], begin, there)
            both = np.flatnonzero(place)
            gift = np.searchsorted(ends, both, side="right")
            place, at = place[both] - 1, at[both]
            for sums, one, other in zip(found, ones, others, strict=True):
                sums[gifts] = np.bincount(gift, one.data[place] * other.data[at], len(gifts))
        return found

    def _looked_up(
        self, rows: sparse.csr_matrix, begin: int, cells: NDArray[np.int64]
    ) -> NDArray[np.int32]:
        """Say which number stands in each cell of the rows from the first, from 1 on; 0: none."""
        end = min(begin + self._rows, rows.shape[0])
        bounds = rows.indptr[begin : end + 1]
        row = np.repeat(np.arange(end - begin), np.diff(bounds))
        if len(self._room) < (end - begin) * self._size:
            self._room = np.zeros((end - begin) * self._size, np.int32)
        written = row * self._size + rows.indices[bounds[0] : bounds[-1]]
        self._room[written] = np.arange(bounds[0] + 1, bounds[-1] + 1)
        number = self._room[cells]
        self._room[written] = 0
        return number
