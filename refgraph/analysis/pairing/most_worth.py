"""The most that weeks of meetings could be worth, and the pairs that make it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from refgraph.analysis.pairing.edge_colouring import Pair

__all__ = ["best_pairs", "best_rounds"]

_WHOLE = 64  # people up to whom the pairs are chosen as whole ones
_NODES = 500  # branches looked at before the best so far is taken
_ROUNDING = 1e-7


def best_pairs(
    worth: NDArray[np.int64],
    most: NDArray[np.int64],
    possible: NDArray[np.bool_],
    *,
    exactly: bool = False,
) -> tuple[list[Pair], int]:
    """Choose the pairs that are worth most, when nobody has more meetings than they have weeks.

    Parameters
    ----------
    worth : ndarray of int64
        What a meeting of two people is worth, a row and a column for each person.
    most : ndarray of int64
        In how many weeks each person is there.
    possible : ndarray of bool
        Which two are there in the same week at all.
    exactly : bool, default False
        Whether everybody has a meeting in each week in which they are there.

    Returns
    -------
    pairs : list of (int, int)
        The pairs chosen; none if there are none such.
    bound : int
        No weeks of meetings are worth more: they too give nobody more meetings.

    Notes
    -----
    An integer program, solved by HiGHS through :func:`scipy.optimize.milp`; of more than 64
    people its linear relaxation, whose bound is no smaller.

    Examples
    --------
    >>> import numpy as np
    >>> worth = np.array([[0, 5, 1], [5, 0, 2], [1, 2, 0]])
    >>> best_pairs(worth, np.array([1, 1, 1]), np.ones((3, 3), bool))
    ([(0, 1)], 5)
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  # 0.2 s

    one, other = np.nonzero(np.triu(possible, 1))
    if not len(one):
        return [], 0
    gain = worth[one, other]
    busy = _each_once(one, other, len(worth))
    done = milp(
        -gain.astype(float),
        constraints=LinearConstraint(busy, most if exactly else 0, most),
        integrality=np.full(len(one), int(len(worth) <= _WHOLE)),
        bounds=Bounds(0, 1),
        options={"node_limit": _NODES, "mip_rel_gap": 0},
    )
    if done.x is None:  # stopped before anything was found
        return [], int(np.triu(worth, 1).sum())
    chosen = np.flatnonzero(done.x > 0.5)
    bound = -(done.fun if done.mip_dual_bound is None else done.mip_dual_bound)
    pairs = zip(one[chosen].tolist(), other[chosen].tolist(), strict=True)
    return list(pairs), int(np.floor(bound + _ROUNDING * max(1, abs(bound))))


def best_rounds(
    worth: NDArray[np.int64], present: NDArray[np.bool_]
) -> tuple[list[set[Pair]], bool]:
    """Choose the meetings of each week, all at once, for few people.

    Parameters
    ----------
    worth : ndarray of int64
        What a meeting of two people is worth, a row and a column for each person.
    present : ndarray of bool
        A row for each week, a column for each person.

    Returns
    -------
    rounds : list of set of (int, int)
        The pairs of each week; none in any if nothing was found.
    is_best : bool
        Whether it is proven that none are worth more.

    Examples
    --------
    >>> import numpy as np
    >>> worth = np.array([[0, 5, 1], [5, 0, 2], [1, 2, 0]])
    >>> best_rounds(worth, np.ones((1, 3), bool))
    ([{(0, 1)}], True)
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  # 0.2 s
    from scipy.sparse import csr_array  # noqa: PLC0415

    week, one, other = np.nonzero(np.triu(present[:, :, None] & present[:, None, :], 1))
    rounds: list[set[Pair]] = [set() for _ in present]
    if not len(week):
        return rounds, True
    people = len(worth)
    pair = np.unique(one * people + other, return_inverse=True)[1]
    at = np.arange(len(week))
    busy = _each_once(week * people + one, week * people + other, present.size)
    met = csr_array((np.ones(len(at)), _as_places(pair, at)), shape=(pair.max() + 1, len(at)))
    done = milp(
        -worth[one, other].astype(float),
        constraints=[LinearConstraint(busy, -np.inf, 1), LinearConstraint(met, -np.inf, 1)],
        integrality=np.ones(len(at), int),
        bounds=Bounds(0, 1),
        options={"node_limit": _NODES, "mip_rel_gap": 0},
    )
    if done.x is None:
        return rounds, False
    for which in np.flatnonzero(done.x > 0.5).tolist():
        rounds[int(week[which])].add((int(one[which]), int(other[which])))
    return rounds, bool(done.status == 0)


def _each_once(
    one: NDArray[np.int64], other: NDArray[np.int64], rows: int
) -> csr_array[Any, tuple[int, int]]:
    """Give the matrix with a row for each end and a column for each pair, 1 where they belong."""
    from scipy.sparse import csr_array  # noqa: PLC0415

    at = np.arange(len(one))
    places = _as_places(np.concatenate([one, other]), np.concatenate([at, at]))
    return csr_array((np.ones(2 * len(one)), places), shape=(rows, len(one)))


def _as_places(
    row: NDArray[np.int64], column: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give rows and columns as HiGHS takes them, which older releases of SciPy do not see to."""
    return row.astype(np.int32), column.astype(np.int32)
