"""Gift episodes: what was given first, whether it was answered in time, and how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from refgraph.analysis.returning import survival
from refgraph.analysis.returning.event_walk import NEVER, STATES, stamped_day, walk
from refgraph.analysis.statistics.integers import nullable
from refgraph.analysis.statistics.sorting import numbered, order_of
from refgraph.book import professional_limits
from refgraph.book.dated_referrals import dated_referrals
from refgraph.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

    # The episodes, and where giver and receiver stand among the people.
    _Made = tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.int64]]

__all__ = [
    "HALF_LIFE",
    "HORIZON",
    "LONGEST",
    "by_person",
    "check_half_life",
    "curve",
    "decayed",
    "episodes",
    "overall",
    "places",
    "stamped",
    "told",
]

HORIZON = 180  # days within which a return counts as an answer
HALF_LIFE = 730  # days after which evidence weighs half
LONGEST = 2**40  # days; nothing is open for longer

# Found once for a book and a horizon: a table, its sentence and a ranking all ask for them.
_KEPT: WeakKeyDictionary[Book, dict[int, _Made]] = WeakKeyDictionary()


def episodes(book: Book, *, horizon: int = HORIZON) -> pd.DataFrame:
    """Give every gift that was made first, and what became of it.

    A referral from i to j opens an episode, unless it answers an open one of j's
    or i already has one open with j. It is answered if j refers to i after that
    day and within ``horizon`` days, failed if the last of them has come without
    an answer, and open until then, which is to be censored.

    What happens on one day happens at once: of two referrals that cross on a day it is not
    known which came first. Where nothing is open between the two, they are an exchange: an
    episode in each direction that is ``swapped``, neither answered nor failed. (One in each
    direction, as both were given something: so the episodes to a person are what they were
    given, and an exchange looks the same from either side.) Where something is open, the one
    answers it and the other follows it, as on any day. Dates that tell the month only,
    written as its first day, cross in the same way.

    A day with rows of ten pairs of people or more is taken for that of an import, and not of
    the gifts, if it holds more than half of all dated rows and some cross on it, or if it
    holds all. A return that came before it is dated the same: if what crosses were an
    exchange there and the rest went on to fail, every gift that was returned by then would be
    left out and every other would count against the receiver. So what is given one way on
    such a day opens nothing.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    horizon : int, default 180
        Days.

    Returns
    -------
    pandas.DataFrame
        Columns ``giver``, ``receiver``, ``date``, ``closed`` (the day of the
        answer, or the last day for one; ``date`` if swapped; NaT while open), ``state``
        (``answered``, ``failed``, ``censored`` or ``swapped``) and ``days`` (from ``date``
        to ``closed``, or to today while open). Sorted by date, giver, receiver.

    Raises
    ------
    OptionError
        The horizon is not at least a day.

    Examples
    --------
    >>> from refgraph import Book
    >>> sorted(set(episodes(Book.sample())["state"]))
    ['answered', 'censored', 'failed']
    """
    return _made(book, horizon)[0].copy(deep=False)


def places(
    book: Book, made: pd.DataFrame, *, horizon: int = HORIZON
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give where giver and receiver of some episodes stand among the people of the book.

    `made` are rows of :func:`episodes` with that horizon, under the index that they have there.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> made = told(book)
    >>> bool((book.people.index[places(book, made)[0]] == made["giver"]).all())
    True
    """
    _, giver, receiver = _made(book, horizon)
    return giver[made.index], receiver[made.index]


def told(book: Book, *, horizon: int = HORIZON) -> pd.DataFrame:
    """Give the episodes that say how gifts are answered: the answered and the failed.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    horizon : int, default 180
        Days.

    Returns
    -------
    pandas.DataFrame
        The rows of :func:`episodes` that are neither open nor swapped.

    Examples
    --------
    >>> from refgraph import Book
    >>> sorted(set(told(Book.sample())["state"]))
    ['answered', 'failed']
    """
    made = episodes(book, horizon=horizon)
    return made[made["state"].isin(("answered", "failed"))]


def overall(book: Book, *, horizon: int = HORIZON) -> pd.Series[float]:
    """Give how everybody together answers what they are given first, and how soon.

    The mean over answered gifts alone would be biased: of the gifts of last month only
    the quick answers are in it, and of those never answered nothing. Here a gift counts
    for as long as it was watched (Kaplan-Meier, see
    :func:`refgraph.analysis.returning.survival.curve`): an open one until today, a failed one for
    the horizon. What was swapped on a day is in neither.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    horizon : int, default 180
        Days.

    Returns
    -------
    pandas.Series
        Floats ``gifts`` (episodes), ``answered``, ``failed``, ``censored``, ``share`` (0 to
        1, returned by the horizon; where all were watched for less, by the last day any
        was), ``median_days`` (the first day by which half are), ``swapped`` (gifts that
        crossed on a day, two for each exchange), ``low`` and ``high`` (95 % interval of
        ``share``: that of Jeffreys for a share of as many gifts as were answered or failed,
        see :func:`refgraph.analysis.returning.survival.jeffreys`). ``share``, ``low`` and ``high``
        are NaN until a gift is answered or failed, ``median_days`` also where fewer than half
        are ever returned.

    Examples
    --------
    >>> from refgraph import Book
    >>> all_of_them = overall(Book.sample())
    >>> states = ["answered", "failed", "censored", "swapped"]
    >>> bool(all_of_them["gifts"] == all_of_them[states].sum())
    True
    """
    made = episodes(book, horizon=horizon)
    table = _answers(made, np.zeros(len(made), dtype=np.int64), 1)
    return table.iloc[0].astype(float).rename("returns")


def by_person(book: Book, *, horizon: int = HORIZON) -> pd.DataFrame:
    """Give how each person answers what they are given first, and how soon.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    horizon : int, default 180
        Days.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, all of the book, sorted: of the gifts made to them the whole
        numbers ``gifts``, ``answered``, ``failed``, ``censored``, the float ``share``,
        ``median_days`` (Int64), the whole number ``swapped``, and the floats ``low`` and ``high``,
        as in :func:`overall`.

    Examples
    --------
    >>> from refgraph import Book
    >>> by_person(Book.sample()).columns.tolist()[-5:]
    ['share', 'median_days', 'swapped', 'low', 'high']
    """
    made = episodes(book, horizon=horizon)
    people, receiver = book.people.index.rename("person"), places(book, made, horizon=horizon)[1]
    table = _answers(made, receiver, len(people)).set_index(people)
    table["median_days"] = nullable(table["median_days"])
    return professional_limits.beside(book, table)


def curve(book: Book, *, horizon: int = HORIZON, person: str | None = None) -> pd.DataFrame:
    """Give the share of gifts returned by each day since they were made.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    horizon : int, default 180
        Days.
    person : str, optional
        Only gifts made to this person, who would return them.

    Returns
    -------
    pandas.DataFrame
        A row for day 0 and for each day on which a return came: ``days``, ``at_risk``,
        ``returned``, ``share``, ``low``, ``high``; see
        :func:`refgraph.analysis.returning.survival.curve`. No rows without gifts.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.

    Examples
    --------
    >>> from refgraph import Book
    >>> curve(Book.sample())[["days", "returned", "share"]].iloc[0].tolist()
    [0.0, 0.0, 0.0]
    """
    made = episodes(book, horizon=horizon)
    made = made[made["state"] != "swapped"]
    if person is not None:
        made = made[made["receiver"] == book.person(person)]
    table = survival.curve(made["days"].to_numpy(), (made["state"] == "answered").to_numpy())
    return professional_limits.beside(book, table)


def decayed(book: Book, *, half_life: float = HALF_LIFE) -> pd.DataFrame:
    r"""Give what passed between every two people, the older the less it counts.

    With :math:`n_e` referrals from :math:`i` to :math:`j` on day :math:`t_e`, today
    :math:`t` and half-life :math:`T`,

    .. math:: \text{given}_{ij} = \sum_e n_e \, 2^{-(t - t_e) / T}

    and what was returned is :math:`\text{given}_{ji}`. This is the plain form, in which a
    referral of today counts 1; some packages for relational events, such as rem for R,
    multiply by :math:`\ln 2 / T` as well.

    Parameters
    ----------
    book : Book
        The whole record up to today is used, whatever the window; undated rows are left out.
    half_life : float, default 730
        Days after which a referral counts half.

    Returns
    -------
    pandas.DataFrame
        A row for each ordered pair with a dated referral, sorted: ``giver``,
        ``receiver``, and floats ``given`` and ``returned`` (0 if nothing was).

    Raises
    ------
    OptionError
        The half-life is not above 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> decayed(Book.sample()).columns.tolist()
    ['giver', 'receiver', 'given', 'returned']
    """
    professional_limits.refuse(book)
    check_half_life(half_life)
    rows = book.window().select("date", "giver", "receiver", "count")
    rows = rows[rows["date"].notna()]
    age = book.days_since(rows["date"])
    rows, age = rows[age >= 0], age[age >= 0]
    giver, receiver = book.places(rows["giver"]), book.places(rows["receiver"])
    count = rows["count"].to_numpy().astype(float)
    people = max(len(book.people), 1)
    key, _, pair = numbered(giver * people + receiver)
    given = np.bincount(pair, count * np.exp2(-age / half_life), len(key)).astype(float)
    back = pd.Series(given, index=key).reindex(key % people * people + key // people)
    names = book.people.index.to_numpy(dtype=object)
    return pd.DataFrame(
        {
            "giver": pd.Series(names[key // people], dtype="str"),
            "receiver": pd.Series(names[key % people], dtype="str"),
            "given": given,
            "returned": back.fillna(0.0).to_numpy(),
        }
    )


def check_half_life(half_life: float) -> None:
    """Refuse a half-life that is not above 0.

    Raises
    ------
    OptionError
        It is 0, below 0, infinite, or no number.

    Examples
    --------
    >>> check_half_life(0)
    Traceback (most recent call last):
    refgraph.errors.OptionError: a half-life is a number of days above 0, not 0
    """
    if not 0 < half_life < np.inf:
        msg = f"a half-life is a number of days above 0, not {half_life}"
        raise OptionError(msg)


def _answers(made: pd.DataFrame, group: NDArray[np.int64], groups: int) -> pd.DataFrame:
    """Count the episodes of each group by state, and estimate how they are answered."""
    state = made["state"].to_numpy(dtype=object)
    columns = {name: np.bincount(group[state == name], minlength=groups) for name in STATES}
    swapped = columns.pop("swapped")
    days, came, one_way = made["days"].to_numpy(), state == "answered", state != "swapped"
    share, median = survival.at_the_end(group[one_way], days[one_way], came[one_way], groups)
    closed = columns["answered"] + columns["failed"]
    share[closed == 0] = np.nan  # nothing known yet
    low, high = survival.jeffreys(share, closed)
    gifts = np.bincount(group, minlength=groups)
    ends = {"share": share, "median_days": median, "swapped": swapped, "low": low, "high": high}
    return pd.DataFrame({"gifts": gifts, **columns, **ends})


def _made(book: Book, horizon: int) -> _Made:
    """Find the episodes, or give what was found before."""
    professional_limits.refuse(book)
    if horizon < 1:
        msg = f"a gift is answered within a horizon of at least 1 day, not {horizon}"
        raise OptionError(msg)
    kept = _KEPT.setdefault(book, {})
    if horizon not in kept:
        kept[horizon] = _episodes(book, horizon)
    return kept[horizon]


def _episodes(book: Book, horizon: int) -> _Made:
    """Find the episodes of every pair."""
    rows = dated_referrals(book)
    known = rows.pair, rows.side, rows.day
    pair, side, *times = walk(
        *known, horizon=min(horizon, LONGEST), today=rows.today, stamped=stamped_day(*known)
    )
    two, every = np.stack(np.divmod(pair, rows.people)), np.arange(len(pair))
    ends = np.stack([two[side, every], two[1 - side, every], *times], axis=1)
    ends = ends[order_of(ends[:, 2], ends[:, 0], ends[:, 1])]
    giver, receiver = ends[:, 0].copy(), ends[:, 1].copy()
    names, states = book.people.index.array, pd.array(STATES, dtype="str")
    table = pd.DataFrame(
        {
            "giver": names.take(giver),
            "receiver": names.take(receiver),
            "date": ends[:, 2].astype("datetime64[D]").astype("datetime64[s]"),
            "closed": ends[:, 3].astype("datetime64[D]").astype("datetime64[s]"),
            "state": states.take(ends[:, 4]),
            "days": np.where(ends[:, 3] == NEVER, rows.today, ends[:, 3]) - ends[:, 2],
        }
    )
    return table, giver, receiver


def stamped(book: Book) -> tuple[pd.Timestamp, int] | None:
    """Name the day of an import, and how many rows it holds, if there is one: see `episodes`.

    Examples
    --------
    >>> from refgraph import Book
    >>> stamped(Book.sample()) is None
    True
    """
    rows = dated_referrals(book)
    day = stamped_day(rows.pair, rows.side, rows.day)
    if day is None:
        return None
    return pd.Timestamp(np.datetime64(day, "D")), int((rows.day == day).sum())
