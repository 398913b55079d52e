"""Where people stand: graph distance and pull blended, groups kept together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["blend", "force", "hops", "on_grid", "stress", "swap"]

_GRID = 2.0**-12  # of a step between two people; noise in the last bits never gets past it
_SHARE = 0.55  # of graph distance in the blend, the rest is distance under force
_TOGETHER, _APART = 0.7, 1.2  # within a group people stand nearer, across groups farther
_BETWEEN = 0.9  # and so much farther still


def on_grid(points: Floats) -> Floats:
    """Round positions to a fixed grid, so that a last-bit difference cannot grow.

    Examples
    --------
    >>> bool((on_grid(np.array([1 / 3])) == on_grid(np.array([1 / 3 + 1e-13]))).all())
    True
    """
    return np.round(points / _GRID) * _GRID


def hops(n: int, a: Ints, b: Ints) -> Floats:
    """Count the steps between any two people along ties in either direction.

    People who cannot reach each other are one and a half steps farther apart than the farthest who
    can.

    Examples
    --------
    >>> hops(4, np.array([0, 1]), np.array([1, 2]))[0].tolist()
    [0.0, 1.0, 2.0, 3.5]
    """
    ones = np.ones(2 * len(a))
    ends = np.r_[a, b].astype(np.int32), np.r_[b, a].astype(np.int32)  # all that older SciPy takes
    both = csr_array((ones, ends), shape=(n, n))
    steps = np.asarray(shortest_path(both, unweighted=True, directed=False), dtype=float)
    reached = np.isfinite(steps)
    far = steps[reached].max(initial=1.0) + 1.5
    return np.where(reached, steps, far)


def force(n: int, a: Ints, b: Ints, weight: Floats, *, seed: int = 0, steps: int = 160) -> Floats:
    """Let ties pull evenly and people repel by their number of ties (the LinLog model).

    Parameters
    ----------
    n : int
        People.
    a, b, weight : (m,) arrays
        Ties, each pair of people once.
    seed : int, default 0
        Of the starting positions.
    steps : int, default 160
        More steps settle larger networks better.

    Returns
    -------
    (n, 2) array
        Positions in which groups stand apart.

    References
    ----------
    .. [1] Noack, A. (2007). Energy models for graph clustering. *Journal of Graph Algorithms and
       Applications* 11(2), 453-480.
    """
    at = np.random.default_rng(seed).normal(size=(n, 2)) * np.sqrt(n)
    pull = np.zeros((n, n))
    np.add.at(pull, (np.r_[a, b], np.r_[b, a]), np.r_[weight, weight])
    mass = pull.sum(axis=1) + 1.0
    repel = mass[:, None] * mass / n  # so that all the mass repels as strongly as ties pull
    for step in range(steps):
        x, y = at.T
        square = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2 + 1e-4
        along = repel / square - pull / np.sqrt(square)
        move = along.sum(axis=1)[:, None] * at - along @ at
        move -= 0.02 * mass[:, None] * at / np.sqrt(n)
        most = 0.3 * np.sqrt(n) * (1 - step / steps) ** 1.5
        size = np.maximum(np.hypot(*move.T), 1e-9)[:, None]
        at = on_grid(at + move / size * np.minimum(size / mass[:, None], most))
    return np.asarray(at, dtype=float)


def stress(distance: Floats, *, seed: int = 0, rounds: int = 24) -> Floats:
    """Place people so that their distances on the page come near the given ones.

    Every pair is moved in turn, with steps that shrink [1]_; a round-robin schedule makes pairs
    that do not share a person move at once.

    Parameters
    ----------
    distance : (n, n) array
        Symmetric; positive off the diagonal.
    seed : int, default 0
        Of the starting positions.
    rounds : int, default 24
        How often each pair is moved.

    Returns
    -------
    (n, 2) array
        Positions, on a fixed grid.

    References
    ----------
    .. [1] Zheng, J. X., Pawar, S., Goodman, D. F. M. (2018). Graph drawing by stochastic gradient
       descent. *IEEE Transactions on Visualization and Computer Graphics* 25(9), 2738-2748.

    Examples
    --------
    >>> at = stress(np.array([[0.0, 2.0], [2.0, 0.0]]))
    >>> float(np.hypot(*(at[0] - at[1])).round(2))
    2.0
    """
    n = len(distance)
    at = np.random.default_rng(seed).random((n, 2)) * np.sqrt(n)
    if n < 2:
        return on_grid(at)
    steps = [(i, j, goal, goal**2) for i, j in _everybody(n) for goal in (distance[i, j],)]
    largest, smallest = distance.max() ** 2, 0.1
    for turn in range(rounds):
        rate = largest * (smallest / largest) ** (turn / max(rounds - 1, 1))
        for i, j, goal, square in steps:
            gap = at[i] - at[j]
            long = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)
            step = (np.minimum(rate / square, 1.0) * (long - goal) / (2 * long))[:, None] * gap
            at[i] -= step
            at[j] += step
        at = on_grid(at)
    return np.asarray(at, dtype=float)


def _everybody(n: int) -> Iterator[tuple[Ints, Ints]]:
    """Let everybody meet everybody once, in turns in which each meets one other at most.

    Examples
    --------
    >>> [(i.tolist(), j.tolist()) for i, j in _everybody(4)]
    [([0, 1], [3, 2]), ([0, 3], [2, 1]), ([0, 2], [1, 3])]
    """
    wheel = np.arange(n + n % 2)
    half = len(wheel) // 2
    for _ in range(len(wheel) - 1):
        i, j = wheel[:half], wheel[half:][::-1]
        real = (i < n) & (j < n)
        yield i[real], j[real]
        wheel = np.concatenate([wheel[:1], wheel[-1:], wheel[1:-1]])


def blend(n: int, a: Ints, b: Ints, weight: Floats, group: Ints, *, seed: int = 0) -> Floats:
    """Place people by graph distance and by pull, and keep groups together.

    Parameters
    ----------
    n : int
        People.
    a, b, weight : (m,) arrays
        Ties, each pair of people once.
    group : (n,) array
        Group of each; -1 for none.
    seed : int, default 0
        Of the starting positions.

    Returns
    -------
    (n, 2) array
        Positions, the long side of the picture horizontal.
    """
    graph = hops(n, a, b)
    np.fill_diagonal(graph, 0.0)
    at = force(n, a, b, np.sqrt(np.minimum(weight, 16.0)), seed=seed)
    pulled = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    off = ~np.eye(n, dtype=bool)
    pulled *= graph[off].mean() / max(pulled[off].mean(), 1e-9) if n > 1 else 1.0
    both = _SHARE * graph + (1 - _SHARE) * pulled
    same = (group[:, None] == group[None, :]) & (group >= 0)[:, None]
    free = (group[:, None] < 0) | (group[None, :] < 0)
    goal = np.where(same, _TOGETHER * both, np.where(free, both, _APART * both + _BETWEEN))
    rounds = 24 if n <= 200 else 14
    return _level(stress(np.maximum(goal, 0.3), seed=seed, rounds=rounds))


def swap(at: Floats, a: Ints, b: Ints, weight: Floats, group: Ints, *, rounds: int = 4) -> Floats:
    """Let people of a group change places where that makes the ties shorter.

    Parameters
    ----------
    at : (n, 2) array
        Positions; the same places are taken afterwards, by others of the same group.
    a, b, weight : (m,) arrays
        Ties, each pair of people once.
    group : (n,) array
        Group of each; people in none (-1) stay.
    rounds : int, default 4
        How often every pair is tried, at most.

    Returns
    -------
    (n, 2) array
        Positions.

    Examples
    --------
    >>> at = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]])
    >>> swap(at, np.array([0]), np.array([2]), np.ones(1), np.array([0, 0, 1])).tolist()
    [[1.0, 0.0], [0.0, 0.0], [5.0, 0.0]]
    """
    at = at.copy()
    pull = np.zeros((len(at), len(at)))
    pull[a, b] = pull[b, a] = np.sqrt(weight)
    kinds = [np.flatnonzero(group == kind) for kind in np.unique(group[group >= 0])]
    for _ in range(rounds):
        moved = False
        for those in kinds:
            moved |= _swap_within(at, pull, those)
        if not moved:
            break
    return at


def _swap_within(at: Floats, pull: Floats, those: Ints) -> bool:
    """Let the people `those` change places among themselves; tell whether any did."""
    gap = at[those][:, None, :] - at[None, :, :]
    far = np.hypot(gap[..., 0], gap[..., 1])  # from each place of the group to everybody
    pulls = pull[those]
    stands = np.arange(len(those))  # who stands at which place
    moved = False
    for k, i in enumerate(those.tolist()):
        here = far[stands]
        now = (pulls * here).sum(axis=1)
        there = far @ pulls[k]  # what i would pay at each place
        hither = pulls @ far[stands[k]]  # and each other one at the place of i
        kept = pulls[:, i] * here[k, those]  # the tie of the two keeps its length
        gain = now[k] + now - there[stands] - hither - 2 * kept
        gain[k] = 0.0
        best = int(gain.argmax())
        if gain[best] > 1e-6 * now.sum():
            other = int(those[best])
            at[[i, other]] = at[[other, i]]
            far[:, [i, other]] = far[:, [other, i]]
            stands[[k, best]] = stands[[best, k]]
            moved = True
    return moved


def _level(at: Floats) -> Floats:
    """Turn positions so that they spread most from left to right."""
    at = at - at.mean(axis=0)
    (xx, xy), (_, yy) = at.T @ at
    turn = 0.5 * np.arctan2(2 * xy, xx - yy)
    c, s = np.cos(turn), np.sin(turn)
    return on_grid(at @ np.array([[c, -s], [s, c]]))
