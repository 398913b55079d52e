"""How long things stay as they are: what people return, and ties that are used no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.sorting import distinct, order_of, place_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["gone", "memory"]

_HALVES = np.array([120.0, 240.0, 480.0, 960.0, 1920.0, 3840.0, 1e6])  # days
_MOST = 40  # gifts to one person that are compared with each other
_DROPS = np.array([0.0, 1 / 4000, 1 / 2000, 1 / 1000, 1 / 500, 1 / 250, 1 / 125])  # a day
_SHAPES = (0.5, 1.0, 3.0)
_SAMPLE, _KNOTS = 1_500, 14
_NONE = 1e-300
_STRONG = float(np.log(10))
_LATELY = 6_000  # gifts, the last ones


def memory(receiver: NDArray[np.int64], day: NDArray[np.int64], off: NDArray[np.float64]) -> float:
    r"""Estimate after how many days what a person returned tells half as much.

    Two gifts to a person that lie :math:`d` days apart, off from what is usual by :math:`e_g`
    and :math:`e_h`, agree by :math:`e_g e_h = A 2^{-d / T}` on the mean. Of some :math:`T`
    each is weighed by how well it fits, and their mean is taken on the scale of logarithms.

    Parameters
    ----------
    receiver, day : ndarray of int64
        Of each gift that is over, by day.
    off : ndarray of float64
        1 or 0 for an answer or none, less the share that is usual.

    Examples
    --------
    Two people, of whom one always returns and one never; or they change places every 200 days:

    >>> day, who = np.repeat(np.arange(0, 2000, 20), 2), np.arange(200) % 2
    >>> steady, turned = who == 0, (who == 0) == (day // 200 % 2 == 0)
    >>> memory(who, day, steady - 0.5) > 4 * memory(who, day, turned - 0.5)
    True
    """
    last = slice(-_LATELY, None)
    order = order_of(receiver[last], -day[last])
    who, when, what = receiver[last][order], day[last][order], off[last][order]
    first = np.flatnonzero(np.diff(who, prepend=-1))
    place = np.arange(len(who)) - np.repeat(first, np.diff(first, append=len(who)))
    agree, apart = [np.zeros(0)], [np.zeros(0)]
    for back in range(1, _MOST):
        same = np.flatnonzero((who[back:] == who[:-back]) & (place[back:] < _MOST))
        agree.append(what[same] * what[same + back])
        apart.append((when[same] - when[same + back]).astype(float))
    products, days = np.concatenate(agree), np.concatenate(apart)
    even = float(np.log(_HALVES).mean())
    if not len(products):
        return float(np.exp(even))
    noise = max(float((off**2).mean()) ** 2, 1e-6)
    fits = np.zeros(len(_HALVES))
    for at, half in enumerate(_HALVES):
        form = np.exp2(-days / half)
        fits[at] = max(float(products @ form), 0.0) ** 2 / float(form @ form) / noise / 2
    weight = np.exp(fits - fits.max())
    return float(np.exp(weight @ np.log(_HALVES) / weight.sum()))


def gone(
    key: NDArray[np.int64],
    day: NDArray[np.int64],
    today: int,
    asked: NDArray[np.int64],
    *,
    unseen: bool = False,
) -> NDArray[np.float64]:
    r"""Give the chance that each one that was active has stopped for good.

    While it lasts, it is active at a rate :math:`\lambda` a day, and it stops at a rate
    :math:`\mu` (the model of Schmittlein, Morrison and Colombo [1]_). Of one that was active
    on :math:`x` days after the first, the last of them :math:`t` days after it and :math:`T`
    days ago being the first,

    .. math::
        L = \frac{\lambda^x}{\lambda + \mu}
        \left( \lambda e^{-(\lambda + \mu) T} + \mu e^{-(\lambda + \mu) t} \right), \quad
        P(\text{lasts}) = \lambda^x e^{-(\lambda + \mu) T} / L

    Rates have a Gamma distribution, with the shape and mean under which the record is
    likeliest. Unless some :math:`\mu` makes the record ten times as likely as 0 does, nothing
    is taken to stop; else each of several weighs as much as it makes the record likely.

    Parameters
    ----------
    key, day : ndarray of int64
        Who or what was active, and when.
    today : int
        The last day.
    asked : ndarray of int64
        The keys to be told about.
    unseen : bool, default False
        Whether a key that was never active is as likely to be over, or not to have begun, as
        the mean of those on record.

    Returns
    -------
    ndarray of float64
        One for each that is asked; 0 for a key that was never active unless ``unseen``.

    References
    ----------
    .. [1] Schmittlein, D. C., Morrison, D. G., Colombo, R. (1987). Counting your customers:
       who are they and what will they do next? *Management Science* 33, 1-24.

    Examples
    --------
    Ten are active every ten days, five of them for the first year of three only:

    >>> key, day = np.repeat(np.arange(10), 100), np.tile(np.arange(0, 1000, 10), 10)
    >>> here = (key % 2 == 0) | (day < 365)
    >>> gone(key[here], day[here], 1000, np.array([0, 1, 99])).round(1).tolist()
    [0.0, 1.0, 0.0]
    """
    from scipy.special import gammainc  # noqa: PLC0415  # 0.1 s that most answers do without

    span = int(day.max(initial=0)) + 2
    active = distinct(key * span + day)
    keys, first, times = np.unique(active // span, return_index=True, return_counts=True)
    found = np.zeros(len(asked))
    if not len(keys):
        return found
    days = active % span
    start, end = days[first], days[first + times - 1]
    again, used, watched = times - 1, (end - start).astype(float), (today - start).astype(float)
    if not again.any():  # what never recurs tells nothing of how long it lasts
        return found
    usual = max(float(again.sum()) / max(float(watched.sum()), 1.0), 1e-6)
    edge = usual * np.geomspace(0.02, 60, _KNOTS + 1)
    rate = np.sqrt(edge[1:] * edge[:-1])
    edge[0], edge[-1] = 0.0, np.inf
    mixed = np.array(
        [
            np.diff(gammainc(shape, shape * edge / (usual * more)))
            for shape in _SHAPES
            for more in (0.7, 1.0, 2.0, 4.0, 8.0)
        ]
    )
    sample = slice(None, None, max(1, len(keys) // _SAMPLE))
    times_more = max(1.0, len(keys) / len(keys[sample]))
    at = np.minimum(place_in(keys, asked), len(keys) - 1)
    here = np.flatnonzero(keys[at] == asked)
    at = at[here]
    likely, over = np.zeros(len(_DROPS)), np.zeros(len(_DROPS))
    weights = np.zeros((len(_DROPS), len(rate)))
    for one, drop in enumerate(_DROPS.tolist()):
        logs, lasts = _lasting(again[sample], used[sample], watched[sample], rate, drop)
        top = logs.max(axis=1, keepdims=True)
        totals = (np.log(np.exp(logs - top) @ mixed.T + _NONE) + top).sum(axis=0) * times_more
        likely[one], weights[one] = totals.max(), mixed[totals.argmax()]
        over[one] = _stopped(logs, lasts, weights[one]).mean()
    if likely.max() - likely[0] < _STRONG:
        return found
    stopped = np.zeros((len(_DROPS), len(at)))
    for one, drop in enumerate(_DROPS.tolist()):
        lasting = _lasting(again[at], used[at], watched[at], rate, drop)
        stopped[one] = _stopped(*lasting, weights[one])
    likely = np.exp(likely - likely.max())
    if unseen:
        found[:] = likely @ over / likely.sum()
    found[here] = likely @ stopped / likely.sum()
    return found


def _stopped(
    logs: NDArray[np.float64], lasts: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the chance that each has stopped, rates being so likely beforehand."""
    top = logs.max(axis=1, keepdims=True)
    whole = np.maximum(np.exp(logs - top) @ weight, _NONE)
    found: NDArray[np.float64] = 1 - np.minimum(np.exp(lasts - top) @ weight / whole, 1)
    return found


def _lasting(
    again: NDArray[np.int64],
    used: NDArray[np.float64],
    watched: NDArray[np.float64],
    rate: NDArray[np.float64],
    drop: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log likelihood of each record by rates, and that of the record and that it lasts."""
    both = rate + drop
    times = again[:, None] * np.log(rate)
    lasts = times - both * watched[:, None]
    if not drop:
        return lasts, lasts
    ended = times + np.log(drop) - np.log(both) - both * used[:, None]
    whole = np.logaddexp(lasts + np.log(rate) - np.log(both), ended)
    return whole, lasts
