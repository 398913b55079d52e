"""Products of sparse matrices at the places where they are needed, in blocks of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BLOCK", "at_places"]

BLOCK = 2_000_000  # multiplications at once: what the product of a block can hold


def at_places(X: Any, Y: Any, places: Any, *, block: int = BLOCK) -> NDArray[np.float64]:
    r"""Give :math:`(XY)_{ij} = \sum_q x_{iq} y_{qj}` for the stored entries of a matrix.

    The whole product is never held: rows are taken together until their product
    could have ``block`` entries.

    Parameters
    ----------
    X, Y : scipy.sparse.csr_array
        Shapes (n, k) and (k, m).
    places : scipy.sparse.csr_array
        Shape (n, m), indices sorted: where the product is asked for.
    block : int, default 2,000,000
        Multiplications at once; a single row may need more.

    Returns
    -------
    numpy.ndarray
        One float64 for each stored entry of ``places``, in its order.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> X = csr_array([[1.0, 2.0], [0.0, 3.0]])
    >>> at_places(X, X, csr_array([[0, 1], [1, 0]]))
    array([8., 0.])
    """
    found = np.zeros(len(places.indices))
    columns = max(places.shape[1], 1)
    wanted = np.diff(places.indptr) > 0
    work = np.zeros(X.shape[0] + 1, dtype=np.int64)  # multiplications up to each row
    lengths = np.diff(Y.indptr).astype(np.int64)[X.indices]
    work[1:] = np.r_[0, np.cumsum(lengths)][X.indptr[1:]]
    start = 0
    while start < X.shape[0]:
        stop = max(int(np.searchsorted(work, work[start] + block, side="right")) - 1, start + 1)
        if wanted[start:stop].any() and work[stop] > work[start]:
            product = X[start:stop] @ Y
            product.sort_indices()
            key = np.r_[_keys(product, columns), -1]  # SciPy stores no entry that cancels
            first, last = places.indptr[start], places.indptr[stop]
            sought = _keys(places[start:stop], columns)
            at = np.searchsorted(key[:-1], sought)
            there = np.flatnonzero(key[at] == sought)
            found[first:last][there] = product.data[at[there]]
        start = stop
    return found


def _keys(matrix: Any, columns: int) -> NDArray[np.int64]:
    """Row and column of each stored entry as one number, ascending."""
    row = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    key: NDArray[np.int64] = row * columns + matrix.indices
    return key
