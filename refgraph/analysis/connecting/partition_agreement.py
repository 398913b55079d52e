"""How far two ways of grouping the same people agree."""

from __future__ import annotations

from math import comb, nan

import numpy as np
import pandas as pd

__all__ = ["agreement"]


def agreement(one: pd.Series[str], other: pd.Series[str]) -> pd.Series[float]:
    r"""Compare two groupings over the people who have a group in both.

    With :math:`n_{ab}` people in group :math:`a` of the one and :math:`b` of the other,
    :math:`S = \sum_{ab} \binom{n_{ab}}{2}` pairs of people are together in both,
    :math:`A = \sum_a \binom{n_a}{2}` in the one, :math:`B = \sum_b \binom{n_b}{2}` in
    the other, of :math:`N = \binom{n}{2}` pairs [1]_:

    .. math::
        \text{together} = \frac{S}{A + B - S}, \quad
        \text{adjusted\_rand} = \frac{S - AB/N}{(A + B)/2 - AB/N}

    Parameters
    ----------
    one, other : Series
        Person to group, ``""`` for none. Who has no group in either is left out.

    Returns
    -------
    pandas.Series
        Floats ``people``, ``groups_one``, ``groups_other``, ``adjusted_rand`` (1 is the
        same groups, 0 what chance makes of groups of these sizes, less is less than
        chance) and ``together`` (0 to 1: of the pairs who share a group by either, the
        share who do by both). ``adjusted_rand`` is NaN where groups of these sizes can
        only agree: fewer than 2 people, all in one group by both, or all alone by both.
        ``together`` is NaN where no pair shares a group.

    References
    ----------
    .. [1] Hubert, L., Arabie, P. (1985). Comparing partitions. *Journal of
       Classification* 2, 193-218.

    Examples
    --------
    Three pairs are together by one or the other, Ann and Bo by both.

    >>> one = pd.Series({"Ann": "north", "Bo": "north", "Cy": "south", "Dee": "south"})
    >>> other = pd.Series({"Ann": "x", "Bo": "x", "Cy": "y", "Dee": "z"})
    >>> agreement(one, other).round(2).to_dict()
    {'people': 4.0, 'groups_one': 2.0, 'groups_other': 3.0, 'adjusted_rand': 0.57, 'together': 0.5}
    """
    both = one.index.intersection(other.index, sort=False)
    first, second = one.reindex(both).fillna(""), other.reindex(both).fillna("")
    known = ((first != "") & (second != "")).to_numpy(dtype=bool)
    a, kinds_a = pd.factorize(first.to_numpy(dtype=object)[known])
    b, kinds_b = pd.factorize(second.to_numpy(dtype=object)[known])
    together = _pairs(np.unique(a * max(len(kinds_b), 1) + b, return_counts=True)[1])
    in_one, in_other = _pairs(np.bincount(a)), _pairs(np.bincount(b))
    possible, either = comb(len(a), 2), in_one + in_other - together
    room = (in_one + in_other) * possible - 2 * in_one * in_other  # whole, so 0 is 0
    above = together * possible - in_one * in_other
    values = {
        "people": len(a),
        "groups_one": len(kinds_a),
        "groups_other": len(kinds_b),
        "adjusted_rand": 2 * above / room if room else nan,
        "together": together / either if either else nan,
    }
    return pd.Series(values, dtype=float, name="agreement")


def _pairs(sizes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    return sum(comb(size, 2) for size in sizes.tolist())
