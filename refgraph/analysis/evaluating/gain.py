r"""What gifts to the top of past lists gained, beyond what the same people send anyway.

Whom a gift moves cannot be seen in one gift, but in many: on some days of the later part of
the record the list is made from what was on record before that day, and each *clean gift* of
the time until the next list (one after mutual silence of one horizon, see
:mod:`refgraph.analysis.returning.effect`) is looked up in it. It *came back* if the first referral
from the receiver came within the horizon, and before the next gift to them. Against it stands the
receiver's own base: silent days of the same two from the day of the list on, without a gift,
followed in the same way. With :math:`n` returns in :math:`t` days of that follow-up, and a gift
that was followed for :math:`d` days, it gained

.. math:: r = v \, (\text{came back} - d \, n / t), \quad v = \frac{S}{S + T}

where :math:`T` are the days followed after gifts of the two and :math:`S` the silent days: a
base that rests on few days counts for little (the weights of Mantel and Haenszel). The base is
from days that the list knew nothing of: before it, whoever sent much by chance stands high in
an order by what was sent and has a high base, and would seem to lose.

An order is judged by :func:`refgraph.analysis.evaluating.qini.area`, within the gifts of one giver.
It is an association: gifts were not drawn by lot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.estimating.protocol import SPLIT
from refgraph.analysis.evaluating import bootstrap, past_lists, qini
from refgraph.analysis.returning import returns
from refgraph.analysis.returning.target_trial import emulate
from refgraph.book.dated_referrals import dated_referrals
from refgraph.errors import OptionError
from refgraph.progress import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.target_trial import Trial
    from refgraph.book.book import Book

__all__ = [
    "COLUMNS",
    "FEW_GIFTS",
    "FEW_PEOPLE",
    "FEW_RETURNS",
    "HALF_WIDTH",
    "compared",
    "gifts",
    "needed",
]

HALF_WIDTH = 0.1  # of an interval that is narrow enough to tell
FEW_PEOPLE, FEW_GIFTS, FEW_RETURNS = 10, 40, 5  # drawn from fewer, an interval would claim too much
COLUMNS = (
    *("gain", "gain_low", "gain_high", "gain_top", "gain_rest"),
    *("gain_ahead", "gain_ahead_low", "gain_ahead_high", "gain_ahead_at_most"),
)
_EPOCH = 719_163  # 1970-01-01, counting from the first day of year 1, which is 1
_DIGITS = 12  # more would be rounding of the machine
_MOST = 4_000  # gifts that are looked at
_USUAL = 1.04  # half-width of the interval, times the root of the number of gifts


def gifts(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
    seed: int = 0,
) -> pd.DataFrame:
    """Give the clean gifts of the later part of the record, and how each list scored them.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str, optional
        Whose gifts; those of the book's me if not given, and of everybody in a book
        without a me.
    horizon : int, default 180
        Days of silence before a gift, and of follow-up after it.
    half_life : float, default 730
        Days after which evidence weighs half.
    seed : int, default 0
        Of the random rule.

    Returns
    -------
    pandas.DataFrame
        A row for each, by date, giver, receiver: ``giver``, ``receiver``, ``date``,
        ``listed`` (day of the list), ``came`` (1 or 0), ``followed`` (days), ``anyway`` (to
        be expected in these days), ``weight`` (0 where nothing is known of what comes
        anyway), then the scores of :data:`refgraph.analysis.evaluating.past_lists.NAMES`. Of more
        than 4,000, those of every second giver, every third and so on; ``attrs["every"]`` says
        which.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.
    OptionError
        The horizon is not at least a day, or the half-life not above 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = gifts(Book.sample(), horizon=30)
    >>> found.columns.tolist()[:8]
    ['giver', 'receiver', 'date', 'listed', 'came', 'followed', 'anyway', 'weight']
    """
    returns.check_half_life(half_life)
    trial = emulate(book, book.whose(person), horizon=horizon)
    made, every = _tested(trial)
    pair, day = made["pair"].to_numpy(), made["day"].to_numpy()
    listed = np.zeros(0, dtype=np.int64)
    if len(made):
        rows = len(dated_referrals(book).day)
        first, last = int(made["split"].iloc[0]), int(day.max())
        cuts = past_lists.days(first, last, horizon=horizon, rows=rows)
        listed = cuts[np.searchsorted(cuts, day, "right") - 1]
    anyway, weight = _base(trial, made, listed)
    giver, receiver = trial.giver[pair], trial.partner[pair]
    names = book.people.index.to_numpy(dtype=object)
    table = pd.DataFrame(
        {
            "giver": pd.Series(names[giver], dtype="str"),
            "receiver": pd.Series(names[receiver], dtype="str"),
            "date": _dates(day),
            "listed": _dates(listed),
            "came": made["came"].to_numpy().astype(float),
            "followed": made["watched"].to_numpy(),
            "anyway": anyway,
            "weight": weight,
            **past_lists.scores(
                book,
                giver,
                receiver,
                listed - _EPOCH,
                horizon=horizon,
                half_life=half_life,
                seed=seed,
            ),
        }
    )
    order = np.lexsort((receiver, giver, day))
    table = table.iloc[order].reset_index(drop=True)
    table.attrs["every"] = every
    return table


def compared(
    book: Book,
    table: pd.DataFrame,
    *,
    samples: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the orders of :func:`gifts` by what the gifts to their top gained.

    The intervals draw the givers anew, and those whom gifts were made to where all are of
    one giver. There are none with fewer than 10 such people, with fewer than 40 gifts of which
    it is known what comes anyway, or if fewer than 5 came back, or all but 5.

    Parameters
    ----------
    book : Book
        Where the gifts are from.
    table : pandas.DataFrame
        What :func:`gifts` gives.
    samples : int, default 500
        How often people are drawn.
    seed : int, default 0
        Of these draws.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``score``, the list as ``refer-first``. Floats ``gain`` (of two gifts of
        one giver, how much more came back above own base of the one that stood higher),
        ``gain_low``, ``gain_high`` (95 %), ``gain_top``, ``gain_rest`` (what came back above
        own base of a gift to the top third, and of the others), ``gain_ahead`` (how far the
        list's gain is above it), ``gain_ahead_low``, ``gain_ahead_high`` and
        ``gain_ahead_at_most`` (an upper end that holds for all rules but ``random`` at once).

    Raises
    ------
    OptionError
        There are no samples to be drawn.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> compared(book, gifts(book, horizon=30), samples=100).index.tolist()[:3]
    ['refer-first', 'expected return', 'partner rate']
    """
    if samples < 1:
        msg = f"the number of samples is 1 or more, not {samples}"
        raise OptionError(msg)
    names = list(past_lists.NAMES)
    table = table[table["weight"] > 0]
    weight = table["weight"].to_numpy()
    gained = weight * (table["came"] - table["anyway"]).to_numpy()
    gains = qini.Gains(book.places(table["giver"]), gained, weight)
    scores = [table[name].to_numpy() for name in names]
    who = _drawn_by(book, table)
    drawn = qini.drawn(scores, gains, who, samples=samples, seed=seed)
    people, number = _people(who)
    came = int(table["came"].sum())
    if number < FEW_PEOPLE or len(table) < FEW_GIFTS or min(came, len(table) - came) < FEW_RETURNS:
        drawn[:] = np.nan
    found = pd.DataFrame(np.nan, index=pd.Index(names, name="score"), columns=list(COLUMNS))
    found["gain"] = [qini.area(score, gains) for score in scores]
    found[["gain_top", "gain_rest"]] = [qini.thirds(score, gains) for score in scores]
    ends = ["gain_low", "gain_high"]
    found[ends] = [
        bootstrap.around(point, row, people)
        for point, row in zip(found["gain"], drawn, strict=True)
    ]
    ahead = found["gain"].iloc[0] - found["gain"].iloc[1:]
    found.loc[names[1:], "gain_ahead"] = ahead
    found.loc[names[1:], ["gain_ahead_low", "gain_ahead_high"]] = [
        bootstrap.around(point, row, people)
        for point, row in zip(ahead, drawn[0] - drawn[1:], strict=True)
    ]
    rivals = [at for at, name in enumerate(names) if name not in (past_lists.LIST, "random")]
    found.loc[[names[at] for at in rivals], "gain_ahead_at_most"] = bootstrap.at_most(
        found["gain_ahead"].to_numpy()[rivals], drawn[0] - drawn[rivals]
    )
    return found.round(_DIGITS) + 0.0  # and no -0


def needed(table: pd.DataFrame, ours: pd.Series[float]) -> pd.Series[float]:
    r"""Say whether there are enough gifts to tell, and how many more it takes.

    There are if the interval of the list's gain is at most 0.1 to either side, or does not
    hold 0. Its width shrinks with the root of what the gifts count as; where :func:`compared`
    gives none, it is taken to be :math:`1.04 / \sqrt{n}`, as if gifts were independent and three
    in ten came back.

    Parameters
    ----------
    table : pandas.DataFrame
        What :func:`gifts` gives.
    ours : pandas.Series
        The row of the list that :func:`compared` gives.

    Returns
    -------
    pandas.Series
        Floats ``gifts`` (after silence), ``count_as`` (the sum of their weights: so many
        whose base is well known tell as much), ``half_width`` and ``more`` (gifts after silence
        that the book still needs, 40 % of which will be tested; 0 if it can tell).

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> found = gifts(book, horizon=30)
    >>> bool(needed(found, compared(book, found).iloc[0])["more"] > 0)
    True
    """
    counted = float(table["weight"].sum())
    half = float(ours["gain_high"] - ours["gain_low"]) / 2
    known = not np.isnan(half)
    enough = known and (half <= HALF_WIDTH or not ours["gain_low"] <= 0 <= ours["gain_high"])
    width = half * np.sqrt(counted) if known else _USUAL
    missing = max((width / HALF_WIDTH) ** 2 - counted, 1)
    values = {
        "gifts": len(table),
        "count_as": counted,
        "half_width": half,
        "more": 0 if enough else np.ceil(100 * missing / (100 - SPLIT) - 1e-9),
    }
    return pd.Series(values, dtype=float, name="needed")


def _tested(trial: Trial) -> tuple[pd.DataFrame, int]:
    """Choose the later of the clean gifts whose horizon has passed; of every how manieth giver."""
    made = trial.gifts
    table = pd.DataFrame(
        {"pair": made.pair, "day": made.day, "watched": made.watched, "came": made.came}
    )
    table = table[table["day"] + trial.horizon <= trial.today].sort_values(["day", "pair"])
    last = -(-SPLIT * len(table) // 100) - 1
    split = table["day"].iloc[last] + 1 if len(table) else 0
    table = table[table["day"] >= split].assign(split=split)
    givers, which = np.unique(trial.giver[table["pair"]], return_inverse=True)
    every = max(-(-len(table) // _MOST), 1) if len(givers) > 1 else 1
    return table[which % every == 0], every


def _base(
    trial: Trial, made: pd.DataFrame, listed: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what was to be expected anyway in the days each gift was followed, and its weight."""
    pairs, controls = len(trial.giver), trial.controls
    pair, watched = made["pair"].to_numpy(), made["watched"].to_numpy()
    anyway, weight = np.zeros(len(made)), np.zeros(len(made))
    cuts = np.unique(listed).tolist()
    for cut in counted(cuts, "Comparing gifts with days without one", len(cuts)):
        mine, since = listed == cut, controls.day >= cut
        place = controls.pair[since]
        came = np.bincount(place, controls.came[since], pairs)
        days = np.bincount(place, controls.watched[since], pairs).astype(float)
        after = np.bincount(pair[mine], watched[mine], pairs)
        silent = days * trial.sparse / trial.horizon
        rate = came / np.maximum(days, 1.0)
        anyway[mine] = rate[pair[mine]] * watched[mine]
        weight[mine] = (silent / np.maximum(silent + after, 1.0))[pair[mine]]
    return anyway, weight


def _drawn_by(book: Book, table: pd.DataFrame) -> NDArray[np.int64]:
    """Whom the intervals draw: the giver, or the receiver where all are of one giver."""
    several = len(set(table["giver"])) > 1
    return book.places(table["giver" if several else "receiver"])


def _people(who: NDArray[np.int64]) -> tuple[float, int]:
    """As how many people with equally many gifts these count, and how many they are."""
    _, times = np.unique(who, return_counts=True)
    return (float(times.sum() ** 2 / (times**2).sum()) if len(times) else 0.0), len(times)


def _dates(day: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return (day - _EPOCH).astype("datetime64[D]").astype("datetime64[s]")
