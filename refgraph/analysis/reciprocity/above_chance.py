"""What a share is above that which chance alone would bring."""

from __future__ import annotations

import numpy as np

__all__ = ["excess"]


def excess(r: float, expected: float) -> float:
    r"""Give the share of what chance leaves open that is returned, at most 1.

    .. math:: \text{excess} = \frac{r - e}{1 - e}

    Only the null behind the expected share :math:`e` changes: with the density it is the
    rho of Garlaschelli and Loffredo [1]_; with everybody's choices at random, that of Katz and
    Powell [2]_; further :func:`refgraph.chance.dbcm`, :func:`refgraph.chance.swap_test` and,
    for weights, :func:`refgraph.chance.weighted`.

    Parameters
    ----------
    r, expected : float
        The observed share and the one that the null expects.

    Returns
    -------
    float
        NaN if the null expects everything to be returned, or either is NaN.

    References
    ----------
    .. [1] Garlaschelli, D., Loffredo, M. I. (2004). Patterns of link reciprocity in
       directed networks. *Physical Review Letters* 93, 268701.
    .. [2] Katz, L., Powell, J. H. (1955). Measurement of the tendency toward
       reciprocation of choice. *Sociometry* 18(4), 403-409.

    Examples
    --------
    >>> excess(0.75, 0.5)
    0.5
    """
    return float((r - expected) / (1 - expected)) if expected != 1 else np.nan
