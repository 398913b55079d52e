"""What a gift cannot have changed: if it differs all the same, something else is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis.returning.target_trial import Events

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.target_trial import Trial
    from refgraph.book.book import Book

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["LEVEL", "NAMES", "holm", "table"]

LEVEL = 0.08  # chance that any of the controls fails where there is nothing to be found
NAMES = ("earlier receipts", "later receipts", "gifts to others", "touches")
_BACK = 4  # horizons before the silent one, each counting half of the next
_LEAST = 5  # gifts, and partners, of a control


class Control(NamedTuple):
    """One control: over how many gifts, what came with them and what was to be expected."""

    gifts: int = 0
    observed: float = np.nan
    expected: float = np.nan
    error: float = np.nan  # standard error of the difference


def table(book: Book, trial: Trial) -> pd.DataFrame:
    r"""Give every negative control of a trial.

    ``earlier receipts``: what the partner had sent before the silent horizon, at gift days and
    at the same partner's days without a gift, both after a horizon in which nothing came. The
    horizon before the silent one counts whole, each earlier one half of the next. A gift cannot
    change the past: if more had come before gifts, they follow what comes. ``later receipts``:
    what comes in the horizon *after* the one that is compared. An effect within the horizon is
    over by then; if more comes still, times are good, and gifts come in good times. ``gifts to
    others``: what comes from a silent partner after a day on which somebody else was given
    something. ``touches``: contacts in the silent horizon before a clean gift, but for its last
    sixth, in which a gift may be prepared. (A touch without a gift is no control that could
    acquit: it may bring a referral itself.)

    The standard error is that of sums by partner. For gifts to others all partners share the
    same days: there it is that of two series of days that know nothing of each other, by
    Bartlett's formula [2]_ with lags of up to half a horizon (with far ones the good years that
    both have in common would count as noise). The other three fail if *more* is
    found with gifts: an effect raises the past of later days, never that of its own gift, so
    that it alone looks like less. Each is tested at :data:`LEVEL` by Holm's method [1]_.

    Parameters
    ----------
    book : Book
        Whose touches are used.
    trial : Trial
        The trial that is to be controlled.

    Returns
    -------
    pandas.DataFrame
        For each control: ``control``, ``gifts`` (days with a gift; NaN means nothing here),
        ``observed`` and ``expected`` (mean at gift days and at the days they are compared
        with), ``difference``, ``low`` and ``high`` (its 95 % interval), ``p`` and ``fails``.
        One that cannot be computed has NaN, and does not fail.

    References
    ----------
    .. [1] Holm, S. (1979). A simple sequentially rejective multiple test procedure.
       *Scandinavian Journal of Statistics* 6, 65-70.
    .. [2] Bartlett, M. S. (1935). Some aspects of the time-correlation problem in regard to
       tests of significance. *Journal of the Royal Statistical Society* 98, 536-543.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.target_trial import emulate
    >>> book = Book.sample()
    >>> found = table(book, emulate(book, "Robin Hale", horizon=30))
    >>> found["fails"].any()
    np.False_
    """
    from scipy.special import ndtr  # noqa: PLC0415  # 0.1 s that most answers do without

    found = (_earlier(trial), _later(trial), _to_others(trial), _touches(book, trial))
    rows = pd.DataFrame(found, columns=list(Control._fields))
    difference = rows["observed"] - rows["expected"]
    z = (difference / rows["error"].where(rows["error"] > 0)).to_numpy(dtype=float)
    two_sided = np.array([name == "gifts to others" for name in NAMES])
    p = np.where(two_sided, 2 * ndtr(-np.abs(z)), ndtr(-z))
    half = 1.959963984540054 * rows["error"]
    return pd.DataFrame(
        {
            "control": pd.Series(NAMES, dtype="str"),
            "gifts": rows["gifts"].astype(np.int64),
            "observed": rows["observed"],
            "expected": rows["expected"],
            "difference": difference,
            "low": difference - half,
            "high": difference + half,
            "p": p,
            "fails": holm(p),
        }
    )


def holm(p: Floats) -> NDArray[np.bool_]:
    """Tell which are rejected, so that any is by mistake at most once in 1 / LEVEL.

    Examples
    --------
    >>> holm(np.array([0.01, 0.5, np.nan])).tolist()
    [True, False, False]
    """
    known = int((~np.isnan(p)).sum())
    order = np.argsort(p, kind="stable")[:known]  # NaN comes last
    passed = p[order] > LEVEL / (known - np.arange(known))
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order[: int(np.argmax(passed)) if passed.any() else known]] = True
    return rejected


def _contrast(trial: Trial, gift: tuple[Ints, Floats], other: tuple[Ints, Floats]) -> Control:
    """Set values at gift days against the mean of the same pair's other days."""
    pairs = len(trial.giver)
    number = np.bincount(other[0], minlength=pairs)
    usual = np.bincount(other[0], other[1], pairs) / np.maximum(number, 1)
    kept = (number > 0)[gift[0]]
    pair, value = gift[0][kept], gift[1][kept]
    whose = trial.partner[pair]
    partners = len(np.unique(whose))
    if min(len(pair), partners) < _LEAST:
        return Control(len(pair))
    apart = value - usual[pair]
    mean = apart.mean()
    off = np.bincount(whose, apart - mean)
    error = np.sqrt((off**2).sum() * partners / (partners - 1)) / len(pair)
    return Control(len(pair), value.mean(), usual[pair].mean(), error)


def _earlier(trial: Trial) -> Control:
    def value(pair: Ints, day: Ints) -> tuple[Ints, Floats]:
        wide = trial.horizon
        kept = trial.received_nothing(pair, day) & (day > trial.known[pair] + 2 * wide)
        pair, day = pair[kept], day[kept]
        total = np.zeros(len(pair))
        for back in range(1, _BACK + 1):
            first, last = day - (back + 1) * wide, day - back * wide - 1
            total += trial.got.within(pair, first, last) / 2.0 ** (back - 1)
        return pair, total

    return _contrast(trial, value(trial.gift_pair, trial.gift_day), value(*trial.quiet_days))


def _later(trial: Trial) -> Control:
    def value(pair: Ints, day: Ints) -> tuple[Ints, Floats]:
        wide = trial.horizon
        kept = trial.received_nothing(pair, day) & (day + 2 * wide <= trial.today)
        pair, day = pair[kept], day[kept]
        return pair, trial.got.within(pair, day + wide + 1, day + 2 * wide).astype(float)

    return _contrast(trial, value(trial.gift_pair, trial.gift_day), value(*trial.quiet_days))


def _touches(book: Book, trial: Trial) -> Control:
    if len(np.unique(trial.giver)) != 1 or book.places([str(book.me)])[0] != trial.giver[0]:
        return Control()  # touches are those of the book's me
    touches = book.contacts[book.contacts["kind"] != "settled"]
    touches = touches[touches["date"].notna()]
    where = {int(place): at for at, place in enumerate(trial.partner)}
    pair = np.array([where.get(int(at), -1) for at in book.places(touches["person"])], dtype=int)
    epoch = np.datetime64("0001-01-01", "D")
    day = (touches["date"].to_numpy().astype("datetime64[D]") - epoch).astype(np.int64) + 1
    if not (pair >= 0).any():
        return Control()
    made = Events.of(pair[pair >= 0], day[pair >= 0])
    since = int(day.min())

    def value(pair: Ints, day: Ints) -> tuple[Ints, Floats]:
        wide = trial.horizon
        kept = (day - wide >= since) & (day - wide > trial.known[pair])
        pair, day = pair[kept], day[kept]
        return pair, (made.within(pair, day - wide, day - wide // 6 - 1) > 0).astype(float)

    gifts, controls = trial.gifts, trial.controls
    return _contrast(trial, value(gifts.pair, gifts.day), value(controls.pair, controls.day))


def _to_others(trial: Trial) -> Control:
    """Follow silent partners up from days on which the giver gave to somebody else."""
    days, pairs, grid = trial.controls, len(trial.giver), trial.grid[:: trial.step]
    if not len(days.day):
        return Control()
    came, watched = (
        np.bincount(days.pair, each, pairs).astype(float) for each in (days.came, days.watched)
    )
    rate = came / np.maximum(watched, 1)
    usual = rate[days.pair] * days.watched
    at = np.searchsorted(grid, days.day)
    variance = exposed = seen = meant = 0.0
    gave_pair, gave_day = trial.gift_pair, trial.gift_day
    gave_at = np.searchsorted(grid, gave_day)
    giver_of, gave_by = trial.giver[days.pair], trial.giver[gave_pair]
    order, mine = np.argsort(giver_of, kind="stable"), np.argsort(gave_by, kind="stable")
    givers = np.unique(trial.giver)
    bounds = np.searchsorted(giver_of[order], [givers, givers + 1])
    own = np.searchsorted(gave_by[mine], [givers, givers + 1])
    used = 0
    for low, high, first, last in zip(*bounds.tolist(), *own.tolist(), strict=True):
        rows, places = order[low:high], gave_at[mine[first:last]]
        places = np.unique(places[places < len(grid)])
        if not len(rows) or not len(places):
            continue
        begin = int(min(at[rows].min(), places.min()))
        size = len(grid) - begin
        given = np.zeros(size)
        given[places - begin] = 1.0
        over = np.bincount(at[rows] - begin, days.came[rows] - usual[rows], size).astype(float)
        if given.all():  # nothing to compare with
            continue
        lags = trial.horizon / (2 * trial.sparse * trial.step)
        variance += _spread(over, given - given.mean(), lags)
        on = rows[given[at[rows] - begin] > 0]
        exposed += len(on)
        seen += float(days.came[on].sum())
        meant += float(usual[on].sum())
        used += len(places)
    if exposed < 1 or variance <= 0:
        return Control(used)
    return Control(used, seen / exposed, meant / exposed, float(np.sqrt(variance)) / exposed)


def _spread(one: Floats, other: Floats, lags: float) -> float:
    """Give the variance of the sum of products of two series that are independent.

    Covariances of far lags count less, and none beyond.
    """
    size = len(one)
    both = [np.fft.rfft(series, 2 * size) for series in (one, other)]
    covered = [np.fft.irfft(np.abs(part) ** 2, 2 * size)[:size] for part in both]
    near = np.maximum(1 - np.arange(size) / max(lags, 1.0), 0) / size
    product = covered[0] * covered[1] * near
    return float(max(2 * product.sum() - product[0], 0))
