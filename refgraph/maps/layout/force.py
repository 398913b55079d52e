"""Where thousands of people stand: ties pull, people repel, the repulsion found on a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import fft

from refgraph.progress import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["on_grid", "repulsion", "settle"]

_GRID = 2.0**-8  # of a step between two people; noise in the last bits never gets past it
_CELLS = ((1_000, 96), (10_000, 160), (50_000, 256))  # up to so many people, so many cells a side
_MOST_CELLS = 384
_LARGE = 20_000
_SOFT = 0.3  # of a cell: nearer than this, the grid cannot tell two people apart


def on_grid(points: Floats) -> Floats:
    """Round positions to a fixed grid, coarse enough for sums that a transform has rounded.

    Examples
    --------
    >>> bool((on_grid(np.array([1 / 3])) == on_grid(np.array([1 / 3 + 1e-11]))).all())
    True
    """
    return np.asarray(np.round(points / _GRID) * _GRID, dtype=float)


def settle(
    n: int,
    a: Ints,
    b: Ints,
    weight: Floats,
    *,
    start: Floats | None = None,
    seed: int = 0,
    steps: int | None = None,
) -> Floats:
    r"""Let ties pull evenly and people repel by their number of ties (the LinLog model [1]_).

    With masses :math:`m_i = 1 + \sum_j w_{ij}`, person :math:`i` at :math:`x_i` is moved by

    .. math::
        \sum_j \frac{m_i m_j}{n} \frac{x_i - x_j}{|x_i - x_j|^2}
        - \sum_j w_{ij} \frac{x_i - x_j}{|x_i - x_j|} - g\, m_i \frac{x_i}{\sqrt n}

    where the first sum is :func:`repulsion`, and the last keeps the parts of a network together.

    Parameters
    ----------
    n : int
        People.
    a, b, weight : (m,) arrays
        Ties, each pair of people once.
    start : (n, 2) array, optional
        First positions; drawn at random if not given.
    seed : int, default 0
        Of the first positions.
    steps : int, optional
        More steps settle a network better; 160 if not given, and fewer beyond 20,000 people.

    Returns
    -------
    (n, 2) array
        Positions in which groups stand apart, rounded after every step.

    References
    ----------
    .. [1] Noack, A. (2007). Energy models for graph clustering. *Journal of Graph Algorithms and
       Applications* 11(2), 453-480.

    Examples
    --------
    >>> a, b = np.array([0, 1, 2, 3, 4, 5]), np.array([1, 2, 0, 4, 5, 3])
    >>> at = settle(6, a, b, np.ones(6))
    >>> near = np.hypot(*(at[0] - at[1])) < np.hypot(*(at[0] - at[3]))
    >>> bool(near)
    True
    """
    wide = float(np.sqrt(max(n, 1)))
    at = np.random.default_rng(seed).normal(size=(n, 2)) * wide if start is None else start
    at = on_grid(at)
    if n < 2:
        return at
    steps = (160 if n <= _LARGE else 70) if steps is None else steps
    mass = 1.0 + np.bincount(np.r_[a, b], np.r_[weight, weight], n).astype(float)
    for step in counted(range(steps), "Drawing together who refer to each other", steps):
        gap = at[a] - at[b]
        pull = gap * (weight / np.sqrt((gap**2).sum(axis=1) + 1e-4))[:, None]
        move = repulsion(at, mass) * (mass / n)[:, None] - 0.02 * mass[:, None] * at / wide
        for axis in (0, 1):
            move[:, axis] -= np.bincount(a, pull[:, axis], n) - np.bincount(b, pull[:, axis], n)
        move /= mass[:, None]
        size = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)[:, None]
        left = (1 - step / steps) ** 1.5
        pace = max(1.0, wide / 5) * left + 1 - left  # a large page takes long strides at first
        at = on_grid(at + move / size * np.minimum(size * pace, 0.3 * wide * left))
    return at


def repulsion(at: Floats, mass: Floats) -> Floats:
    r"""Give :math:`\sum_j m_j (x_i - x_j) / |x_i - x_j|^2` at every person.

    Masses are spread over the corners of their grid cells, convolved with the law by a fast
    Fourier transform of twice the size, so that nothing wraps around, and read off again.

    Examples
    --------
    >>> at = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 40.0]])
    >>> repulsion(at, np.array([1.0, 3.0, 0.0]))[:2, 0].round(1).tolist()
    [-0.3, 0.1]
    """
    n = len(at)
    cells = next((side for people, side in _CELLS if n <= people), _MOST_CELLS)
    low = at.min(axis=0)
    cell = float((at.max(axis=0) - low).max()) / (cells - 2) or 1.0
    where = (at - low) / cell + 0.5
    corner = np.floor(where).astype(np.int64)
    part = where - corner
    x, y = part.T
    flat = corner[:, 0] * cells + corner[:, 1]
    shares = (
        (0, (1 - x) * (1 - y)), (1, (1 - x) * y), (cells, x * (1 - y)), (cells + 1, x * y),
    )  # fmt: skip
    density = np.zeros(cells * cells)
    for offset, share in shares:
        density += np.bincount(flat + offset, share * mass, cells * cells)
    spectrum = fft.rfft2(density.reshape(cells, cells), (2 * cells, 2 * cells))
    found = np.zeros((n, 2))
    for axis, law in enumerate(_law(cells)):
        field = fft.irfft2(spectrum * law, (2 * cells, 2 * cells))[:cells, :cells].ravel()
        for offset, share in shares:
            found[:, axis] += share * field[flat + offset]
    return found / cell


_LAWS: dict[int, tuple[NDArray[np.complex128], NDArray[np.complex128]]] = {}


def _law(cells: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Give the transform of the law of repulsion along either axis, on a grid of unit cells."""
    if cells not in _LAWS:
        step = np.fft.fftfreq(2 * cells, 1 / (2 * cells))
        x, y = np.meshgrid(step, step, indexing="ij")
        square = x**2 + y**2 + _SOFT**2
        square[0, 0] = np.inf
        x[cells], y[:, cells] = 0.0, 0.0  # as far one way as the other
        _LAWS[cells] = fft.rfft2(x / square), fft.rfft2(y / square)
    return _LAWS[cells]
