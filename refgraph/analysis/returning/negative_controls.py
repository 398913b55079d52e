"""What a gift cannot have changed: if it differs all the same, something else is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis.returning.clustering import of_gifts
from refgraph.analysis.returning.target_trial import Events

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from refgraph.analysis.returning.target_trial import Moments, Trial
    from refgraph.book.book import Book

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["LEVEL", "NAMES", "SHARES", "holm", "table"]

LEVEL = 0.06  # chance that any of the controls fails where there is nothing to be found
#: How much of that level each control may use, beside the others: what the second looks for is
#: the hardest to see, the others see theirs at a small level as well.
SHARES = {"earlier receipts": 1, "earlier gifts": 4, "gifts to others": 1, "touches": 1}
NAMES = tuple(SHARES)
_BACK = 4  # horizons before the silent one, each counting half of the next
_LEAST = 5  # gifts, and partners, of a control
_PARTS = 12  # of a horizon, within each of which days are held to be one
_AT_ONCE = 20_000  # pairs whose parts of time are held at a time


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
    change the past: if more had come before gifts, they follow what comes. ``earlier gifts``: how
    many gifts to the same partner stand before one that answers nothing, and how many would if
    gifts came at any time alike (:mod:`refgraph.analysis.returning.clustering`). If gifts come in
    spells, something comes and goes that makes one give, and may make the other send. ``gifts to
    others``: referrals that answer nothing, from one person, near the days on which *others* were
    given something of one's own accord; if these go together, giving and receiving have good
    times in common. ``touches``: contacts in the silent horizon before a clean gift, but for its
    last sixth, in which a gift may be prepared. (A touch without a gift is no control that could
    acquit: it may bring a referral itself.)

    The standard error is that of sums by partner for the first and the last. For earlier gifts
    it is that of gifts laid on other such days at random. For gifts to others it is the larger
    one of two: that of gifts at random times, what came being what it is, and the other way
    round; so that spells and seasons of one of the two alone make nothing fail. All but these
    fail if *more* is found with gifts: an effect raises the past of later days, never that of
    its own gift, so that it alone looks like less. Together they are tested at :data:`LEVEL` by
    Holm's method with weights [1]_.

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

    found = (_earlier(trial), _gifts(trial), _to_others(trial), _touches(book, trial))
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
            "fails": holm(p, np.array(list(SHARES.values()), dtype=float)),
        }
    )


def holm(p: Floats, shares: Floats) -> NDArray[np.bool_]:
    """Tell which are rejected, so that any is by mistake at most once in 1 / LEVEL.

    Each may use its share of the level, and of what the rejected ones and those that are NaN
    leave.

    Examples
    --------
    >>> holm(np.array([0.01, 0.5, np.nan]), np.ones(3)).tolist()
    [True, False, False]
    """
    rejected = np.zeros(len(p), dtype=bool)
    known = np.flatnonzero(~np.isnan(p))
    left = float(shares[known].sum())
    for at in known[np.argsort((p / shares)[known], kind="stable")]:
        if p[at] > LEVEL * shares[at] / left:
            break
        rejected[at] = True
        left -= float(shares[at])
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
    def value(at: Moments) -> tuple[Ints, Floats]:
        wide = trial.horizon
        kept = trial.received_nothing(at) & (at.day > trial.known[at.pair] + 2 * wide)
        pair, day = at.pair[kept], at.day[kept]
        ends = [trial.got.place(pair, day - back * wide) for back in range(1, _BACK + 2)]
        total = np.zeros(len(pair))
        for back in range(_BACK):
            total += (ends[back] - ends[back + 1]) / 2.0**back
        return pair, total

    return _contrast(trial, value(trial.gift_moments), value(trial.quiet_moments))


def _gifts(trial: Trial) -> Control:
    found = of_gifts(trial)
    number = len(found.pair)
    partners = len(np.unique(trial.partner[found.pair]))
    if min(number, partners) < _LEAST or found.usual.sum() < _LEAST:
        return Control(number)
    return Control(number, found.before.mean(), found.usual.mean(), found.error / number)


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
    """Set what is given of one's own accord against what comes so from others, around the time.

    Of each giver, in parts of the horizon: how much more was given to each partner, and how much
    more came from each, than that partner's usual; the two at most a horizon apart, the near
    ones counting more. The two of one partner do not meet: both answer nothing for a horizon.
    """
    wide = trial.horizon

    def unanswering(at: Moments) -> NDArray[np.bool_]:
        early = (at.day >= trial.start[at.pair] + wide) & (at.day > trial.known[at.pair])
        return early & (at.gave < at.day - wide)

    def unprompted(at: Moments) -> NDArray[np.bool_]:
        return trial.received_nothing(at) & (at.day > trial.known[at.pair])

    gifts = _Series.of(trial, trial.gift_moments, unprompted)
    receipts = _Series.of(trial, trial.receipt_moments, unanswering)
    number = len(gifts.pair)
    if min(number, len(receipts.pair)) < _LEAST:
        return Control(number)
    _, giver = np.unique(trial.giver, return_inverse=True)
    given, usually_given = gifts.by(giver)
    sent, usually_sent = receipts.by(giver)
    near_sent, near_given = _near(sent - usually_sent), _near(given - usually_given)
    seen = float((_near(sent) * given).sum())
    more = float((near_sent * (given - usually_given)).sum())
    common = np.intersect1d(gifts.pair, receipts.pair)
    for start in range(0, len(common), _AT_ONCE):
        place = np.full(len(giver), -1)
        place[common[start : start + _AT_ONCE]] = np.arange(len(common[start : start + _AT_ONCE]))
        given_by_pair, sent_by_pair = gifts.by(place), receipts.by(place)
        seen -= float((_near(sent_by_pair[0]) * given_by_pair[0]).sum())
        apart = sent_by_pair[0] - sent_by_pair[1], given_by_pair[0] - given_by_pair[1]
        more -= float((_near(apart[0]) * apart[1]).sum())
    variance = max(
        float((usually_given * near_sent**2).sum()), float((usually_sent * near_given**2).sum())
    )
    others = int((np.bincount(giver) - 1)[giver[gifts.pair]].sum())
    if variance <= 0 or others < 1:
        return Control(number)
    return Control(number, seen / others, (seen - more) / others, float(variance**0.5) / others)


class _Series(NamedTuple):
    """When something passed, by pair and part of time, and the days on which it could have."""

    parts: int
    pair: Ints
    part: Ints
    each: Floats  # of every pair, how much passed on a day on which it could have
    free: Ints
    free_part: Ints

    @classmethod
    def of(
        cls, trial: Trial, events: Moments, may: Callable[[Moments], NDArray[np.bool_]]
    ) -> _Series:
        """Take the events, and the quiet days, on which it may."""
        wide = max(trial.horizon // _PARTS, 1)
        first = int(trial.grid[0]) if len(trial.grid) else trial.today
        (pair, day), (free, free_day) = (
            (at.pair[kept], at.day[kept])
            for at in (events, trial.quiet_moments)
            for kept in [may(at)]
        )
        pairs = len(trial.giver)
        number = np.bincount(pair, minlength=pairs)
        each = number / np.maximum(number + np.bincount(free, minlength=pairs), 1)
        parts = (trial.today - first) // wide + 1
        return cls(parts, pair, (day - first) // wide, each, free, (free_day - first) // wide)

    def by(self, place: Ints) -> tuple[Floats, Floats]:
        """Give how much passed, and how much is usual, in a row for each place of pairs."""
        rows = int(place.max(initial=-1)) + 1

        def summed(pair: Ints, part: Ints, amount: Floats) -> Floats:
            kept = place[pair] >= 0
            at = (place[pair] * self.parts + part)[kept]
            whole = np.bincount(at, amount[kept], rows * self.parts)
            return whole.astype(float).reshape(rows, self.parts)

        usual = summed(self.pair, self.part, self.each[self.pair])
        usual += summed(self.free, self.free_part, self.each[self.free])
        return summed(self.pair, self.part, np.ones(len(self.pair))), usual


def _near(rows: Floats) -> Floats:
    """Sum each row around each part of time, by triangular weights, 0 from a horizon on."""
    lags = np.arange(1 - _PARTS, _PARTS)
    size = rows.shape[1] + len(lags)
    weights = np.fft.rfft(1 - np.abs(lags) / _PARTS, size)
    whole = np.fft.irfft(np.fft.rfft(rows, size) * weights, size)
    return np.asarray(whole[:, _PARTS - 1 : _PARTS - 1 + rows.shape[1]])
