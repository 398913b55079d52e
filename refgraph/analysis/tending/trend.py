"""How giving, receiving, thanks and leaks went from period to period, beside chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing.leaks import QUIET_DAYS, under_way
from refgraph.analysis.statistics.random import generator
from refgraph.analysis.tending.gratitude import days_to_thanks
from refgraph.book import professional_limits
from refgraph.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["COMPARED", "COUNTED", "FEWEST_DAYS", "MEASURES", "PERIODS", "by_period", "over_all"]

#: How long a period is, and the letter that pandas has for it.
PERIODS = {"month": "M", "quarter": "Q"}
MEASURES = ("given", "received", "mutual_people", "reciprocity", "days_to_thanks", "leak_rate")
SAMPLES = 999
#: Days with a referral from which on chance is spoken of: of fewer, one meeting is a trend.
FEWEST_DAYS = 6
_LEVEL = 0.95
#: Measures that are set beside chance; the others need both to give.
COMPARED = ("given", "received", "days_to_thanks", "leak_rate")
#: Measures whose rise or fall over the whole record is asked about.
COUNTED = ("given", "received")
_MOST = {"leak_rate": 1.0}


def by_period(
    book: Book,
    person: str | None = None,
    *,
    by: str = "quarter",
    samples: int = SAMPLES,
    seed: int = 1,
) -> pd.DataFrame:
    r"""Give what one person gave and received in each period, and how well it was tended.

    Beside each number stands the band within which chance keeps it: each day with a referral is
    put on another day of the record, all equally likely, with everything that happened on it: one
    meeting is one case, however much passed there. The first stays, as the record begins with it.
    Of the numbers :math:`x_t` that this gives in period :math:`t`, with mean :math:`m_t` and
    standard deviation :math:`s_t`, the band is

    .. math:: m_t \pm c \, s_t

    where :math:`c` is such that in 98.75 % of the draws the measure leaves its band in no period:
    so that of the four of them none does in 95 % at least (Bonferroni). Numbers of referrals are
    compared by their square roots, which spread alike whether few or many are expected [1]_;
    else few draws with very many would widen the band to below 0, and no fall could ever leave
    it. So a number outside is more than the luck of the best or the worst of them. A
    period that is not whole (not over, cut by the window, or begun before the first referral) has
    no band, and none has one where fewer than :data:`FEWEST_DAYS` days have a referral. Nor have
    mutual people and reciprocity: a gift and its return go together, and days that are drawn apart
    would tear them asunder.

    Parameters
    ----------
    book : Book
        Its window chooses the rows; undated ones are left out.
    person : str, optional
        Whose; the book's me if not given.
    by : {"quarter", "month"}, default "quarter"
        How long a period is. The first begins with the first referral, the last ends today, or
        with the window.
    samples : int, default 999
        Draws for the band, at least 99.
    seed : int, default 1
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        A row a period, the oldest first: ``period``, ``given``, ``received``, ``mutual_people``
        (who both gave and received in it), ``reciprocity`` (share of its referrals matched by
        one the other way in it), ``days_to_thanks`` (median, of those received in it that were
        thanked for), ``leak_rate`` (share of those given or received in it, and older than 30
        days, without any contact), ``beyond`` (the measures that are outside their band, and on
        which side); and for each measure ``_low`` and ``_high``, the ends of its band.

    Raises
    ------
    NoMeError
        Nobody is asked about.
    OptionError
        The period is none of the two, or there are too few samples.
    WithheldError
        The profession of the book does not allow it.

    References
    ----------
    .. [1] Bartlett, M. S. (1936). The square root transformation in analysis of variance.
       *Supplement to the Journal of the Royal Statistical Society* 3, 68-78.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = by_period(Book.sample(), samples=99)
    >>> int(table["received"].sum())
    17
    """
    professional_limits.refuse(book)
    whose = book.asked(person, "How it went from period to period")
    if by not in PERIODS:
        msg = f"a period is a {' or a '.join(PERIODS)}, not {by!r}"
        raise OptionError(msg)
    _enough(samples)
    rows = _rows(book, whose)
    if rows.empty:
        return _tabulate([], np.empty((len(MEASURES), 0)), np.empty((0, len(MEASURES), 0)))
    days = _days(book, rows)
    names = days.to_period(PERIODS[by])
    codes, found = pd.factorize(names)
    periods = pd.PeriodIndex(found)
    at = ((rows["date"] - days[0]).dt.days).to_numpy()
    counted = _Counted(rows, len(periods))
    meetings, meeting = np.unique(at, return_inverse=True)
    whole = (periods.start_time >= days[0]) & (periods.end_time.normalize() <= days[-1])
    compared = whole & (len(meetings) >= FEWEST_DAYS)
    random = generator(seed)
    drawn = np.full((samples, len(MEASURES), len(periods)), np.nan)
    for k in range(samples if compared.any() else 0):
        moved = np.r_[0, random.integers(len(days), size=len(meetings) - 1)]
        drawn[k] = counted.measures(codes[moved[meeting]])
    drawn[:, :, ~compared] = np.nan
    drawn[:, [name not in COMPARED for name in MEASURES]] = np.nan
    return _tabulate([_name(each) for each in periods], counted.measures(codes[at]), drawn)


def over_all(
    book: Book, person: str | None = None, *, samples: int = SAMPLES, seed: int = 1
) -> pd.DataFrame:
    r"""Give what was given and received in each half of the record, and whether that is chance.

    A slow rise or fall leaves no band in any one period. So the days :math:`t_i` with a referral,
    of :math:`w_i` referrals each, are asked how late they are on the whole,

    .. math:: S = \sum_i w_i t_i

    and as often as there are samples all of them but the first are put on another day of the
    record, all equally likely, as for :func:`by_period`. The p is the share of the draws, and of
    the record itself, in which :math:`S` is at least as far from its mean as here.

    Parameters
    ----------
    book, person, samples, seed
        As for :func:`by_period`.

    Returns
    -------
    pandas.DataFrame
        A row for each of :data:`COUNTED`: ``measure``; ``first_half`` and ``second_half``,
        referrals in the two halves of the days from the first referral until today, or the
        window's end, but for those of the first day; ``rises``, whether they are later than
        days drawn by lot are on the mean; ``p``, NaN where fewer than :data:`FEWEST_DAYS` days
        have a referral.

    Raises
    ------
    NoMeError
        Nobody is asked about.
    OptionError
        There are too few samples.
    WithheldError
        The profession of the book does not allow it.

    Examples
    --------
    >>> from refgraph import Book
    >>> over_all(Book.sample(), samples=99)["second_half"].tolist()
    [3, 7]
    """
    professional_limits.refuse(book)
    whose = book.asked(person, "How it went over all")
    _enough(samples)
    rows = _mine(book, whose)
    ends = {"first_half": 0, "second_half": 0, "rises": False, "p": np.nan}
    if rows.empty:
        return pd.DataFrame([{"measure": name, **ends} for name in COUNTED])
    days = _days(book, rows)
    at = ((rows["date"] - days[0]).dt.days).to_numpy()
    meetings, meeting = np.unique(at, return_inverse=True)
    gave = (rows["giver"] == whose).to_numpy()
    random = generator(seed)
    drawn = random.integers(len(days), size=(samples, len(meetings) - 1))
    table = []
    for name, chosen in zip(COUNTED, (gave, ~gave), strict=True):
        weight = np.bincount(meeting, rows["count"].to_numpy(dtype=float) * chosen)
        is_early = 2 * meetings < len(days)
        usual = weight[1:].sum() * (len(days) - 1) / 2  # the first day is day 0
        off = np.abs(drawn @ weight[1:] - usual)
        later = float(meetings[1:] @ weight[1:]) - usual
        p = (1 + int((off >= abs(later) - 1e-9).sum())) / (samples + 1)
        weight[0] = 0  # what the record begins with tells nothing of how it went on
        table.append(
            {
                "measure": name,
                "first_half": int(weight[is_early].sum()),
                "second_half": int(weight[~is_early].sum()),
                "rises": later > 0,
                "p": p if len(meetings) >= FEWEST_DAYS else np.nan,
            }
        )
    return pd.DataFrame(table)


def _enough(samples: int) -> None:
    """Refuse so few draws that no 95 % can be told of them."""
    if samples < 99:
        msg = f"samples must be at least 99, got {samples:,}"
        raise OptionError(msg)


def _days(book: Book, rows: pd.DataFrame) -> pd.DatetimeIndex:
    """Give the days from the first referral until today, or the window's end."""
    last = min(book.today, book.until or book.today)
    return pd.date_range(rows["date"].min(), pd.Timestamp(last), freq="D")


def _mine(book: Book, whose: str) -> pd.DataFrame:
    """Give the dated referrals of one person, as the book has them."""
    rows = book.referrals
    mine = (rows["giver"] == whose) | (rows["receiver"] == whose)
    return rows[mine & rows["date"].notna()]


def _rows(book: Book, whose: str) -> pd.DataFrame:
    """Give the dated referrals of one person: which way, with whom, how soon thanked, leaking."""
    rows = _mine(book, whose)
    gave = (rows["giver"] == whose).to_numpy()
    other = rows["receiver"].where(gave, rows["giver"])
    quiet = under_way(book, whose, as_written=True, columns=())
    leaking = rows.index.isin(quiet.index[~quiet["contacted"]])
    return pd.DataFrame(
        {
            "date": rows["date"],
            "gave": gave,
            "other": pd.factorize(other)[0],
            "count": rows["count"],
            "thanked": days_to_thanks(book, rows[~gave]).reindex(rows.index),
            "old": book.days_since(rows["date"]) > QUIET_DAYS,
            "leaks": leaking,
        }
    )


class _Counted:
    """The rows, ready to be counted by period again and again."""

    def __init__(self, rows: pd.DataFrame, periods: int) -> None:
        self.periods, self.people = periods, int(rows["other"].max()) + 1
        self.gave = rows["gave"].to_numpy(dtype=bool)
        self.other = rows["other"].to_numpy()
        self.count = rows["count"].to_numpy(dtype=float)
        self.thanked = rows["thanked"].to_numpy()
        self.old = self.count * rows["old"].to_numpy()
        self.leaks = self.old * rows["leaks"].to_numpy()

    def measures(self, period: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give each measure of each period, where each row is in the period that is told."""
        shape = (self.periods, self.people)
        cell, size = period * self.people + self.other, self.periods * self.people
        given = np.bincount(cell, self.count * self.gave, size).reshape(shape)
        received = np.bincount(cell, self.count * ~self.gave, size).reshape(shape)
        both, old = np.minimum(given, received), np.bincount(period, self.old, self.periods)
        leaks = np.bincount(period, self.leaks, self.periods)
        gave, got = given.sum(1), received.sum(1)
        with np.errstate(invalid="ignore", divide="ignore"):
            share, leaking = 2 * both.sum(1) / (gave + got), leaks / old
        mutual = (both > 0).sum(1).astype(float)
        return np.stack([gave, got, mutual, share, self._medians(period), leaking])

    def _medians(self, period: NDArray[np.int64]) -> NDArray[np.float64]:
        known = ~np.isnan(self.thanked)
        period, value = period[known], self.thanked[known]
        order = np.lexsort((value, period))
        period, value = period[order], value[order]
        start = np.searchsorted(period, np.arange(self.periods + 1))
        found = np.full(self.periods, np.nan)
        there = np.flatnonzero(np.diff(start))
        first, last = start[there], start[there + 1] - 1
        found[there] = (value[(first + last) // 2] + value[(first + last + 1) // 2]) / 2
        return found


def _tabulate(
    periods: list[str], told: NDArray[np.float64], drawn: NDArray[np.float64]
) -> pd.DataFrame:
    """Put the measures beside their bands, and name those outside."""
    table = pd.DataFrame({"period": pd.Series(periods, dtype="str")})
    beyond: list[list[str]] = [[] for _ in periods]
    ends: dict[str, NDArray[np.float64]] = {}
    bands = _bands(drawn)
    for k, name in enumerate(MEASURES):
        table[name] = told[k].astype(np.int64) if k < 3 else told[k].round(6)
        low, high = (np.clip(end[k], 0, _MOST.get(name)) for end in bands)
        ends |= {f"{name}_low": low.round(6), f"{name}_high": high.round(6)}
        for t in np.flatnonzero((told[k] < low) | (told[k] > high)):
            side = "above" if told[k][t] > high[t] else "below"
            beyond[t].append(f"{name.replace('_', ' ')} {side}")
    table["beyond"] = pd.Series(["; ".join(some) for some in beyond], dtype="str")
    return table.assign(**ends)


def _bands(drawn: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the ends within which each measure keeps in all periods, in nearly all of the draws."""
    if not drawn.size:
        return np.empty(drawn.shape[1:]), np.empty(drawn.shape[1:])
    is_count = np.isin(MEASURES, COUNTED)[:, None]
    scaled = np.where(is_count, np.sqrt(drawn), drawn)
    known = ~np.isnan(scaled)
    number = np.maximum(known.sum(0), 1)
    mean = np.where(known, scaled, 0).sum(0) / number
    spread = np.sqrt(np.where(known, (scaled - mean) ** 2, 0).sum(0) / number)
    with np.errstate(invalid="ignore", divide="ignore"):
        away = np.where(known & (spread > 0), np.abs(scaled - mean) / spread, 0).max(2)
    far = np.quantile(away, 1 - (1 - _LEVEL) / len(COMPARED), axis=0)[:, None]
    mean = np.where(known.any(0), mean, np.nan)
    low, high = mean - far * spread, mean + far * spread
    return (
        np.where(is_count, np.maximum(low, 0) ** 2, low),
        np.where(is_count, high**2, high),
    )


def _name(period: pd.Period) -> str:
    return str(period).replace("Q", "-Q")
