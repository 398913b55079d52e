"""Two questions to a book's own past: what was foretold, and what the top of the list gained.

Whoever returns a gift may have been about to send something anyway, so that to foretell
returns (:func:`overall`) is one thing, and to find where a gift adds most (:func:`gained`)
another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.estimating import protocol
from refgraph.analysis.evaluating import bootstrap, gain, scoring, simple_rules
from refgraph.analysis.returning import returns
from refgraph.book import professional_limits
from refgraph.errors import OptionError

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = [
    "NAME",
    "SAMPLES",
    "calibration",
    "compared",
    "gained",
    "needed",
    "overall",
    "scores",
]

NAME = "expected return"
SAMPLES = 500
_AUC, _HALF_WIDTH = 0.7, 0.1  # of the size that is to be told from a coin, and how closely
_FEW = 5
_COLUMNS = (
    *("auc", "auc_low", "auc_high", "ahead", "ahead_low", "ahead_high", "ahead_at_most"),
    *("ap", "cold_auc", "precision_at_5", "brier", "calibration_error"),
)


def scores(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
    seed: int = 0,
) -> pd.DataFrame:
    """Score every gift of the test part, from what was on record before its day.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str, optional
        Whose gifts are tested; those of everybody if not given.
    horizon : int, default 180
        Days within which a return counts as an answer.
    half_life : float, default 730
        Days after which evidence weighs half.
    seed : int, default 0
        Of the random rule.

    Returns
    -------
    pandas.DataFrame
        A row for each gift, by date, giver, receiver: ``giver``, ``receiver``, ``date``,
        ``answered``, then floats: ``expected return``, and the rules of
        :func:`refgraph.analysis.evaluating.simple_rules.scores`.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.
    OptionError
        The horizon is not at least a day, or the half-life not above 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> scores(Book.sample()).columns.tolist()[:6]
    ['giver', 'receiver', 'date', 'answered', 'expected return', 'random']
    """
    professional_limits.refuse(book)
    tested = protocol.trial(book, person, horizon=horizon)
    table = protocol.closed(book, person, horizon=horizon)
    table = table[table["tested"]].drop(columns="tested").reset_index(drop=True)
    chance = protocol.expected(tested, half_life=half_life)
    rules = simple_rules.scores(tested, half_life=half_life, seed=seed)
    return table.assign(**{NAME: simple_rules.rounded(chance)}, **rules)


def overall(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
    samples: int = SAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the expected return with simple rules: which gifts of the later part came back.

    Gifts are those of :func:`refgraph.analysis.returning.returns.episodes` whose horizon has
    passed; those opened after the day by which 60 % were are tested. The intervals draw the
    givers anew (in a book with a me, who is in every pair, the other person of my gifts, and
    for the gifts of one person, whom they were made to); there are none with fewer than 5
    such people, 5 answered gifts or 5 others.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str, optional
        Whose gifts are tested; those of everybody if not given.
    horizon : int, default 180
        Days within which a return counts as an answer.
    half_life : float, default 730
        Days after which evidence weighs half.
    samples : int, default 500
        How often the givers are drawn.
    seed : int, default 0
        Of these draws, and of the random rule.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``score``: the ``expected return``, then the rules of
        :func:`refgraph.analysis.evaluating.simple_rules.scores`. Floats ``auc`` (see
        :func:`refgraph.analysis.evaluating.scoring.auc`), ``auc_low``, ``auc_high`` (95 %),
        ``ahead`` (how far the AUC of the expected return is above it), ``ahead_low``,
        ``ahead_high``, ``ahead_at_most`` (an upper end that holds for all rules but ``random``
        at once, so that the best may be chosen among them, see
        :func:`refgraph.analysis.evaluating.bootstrap.at_most`),
        ``ap`` (average precision), ``cold_auc`` (the AUC over gifts to people who had
        never given anything back), ``precision_at_5``, and of what is a chance ``brier``
        and ``calibration_error``. NaN is no answer.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.
    OptionError
        The horizon is not at least a day, the half-life not above 0, or there are no
        samples to be drawn.

    Examples
    --------
    >>> from refgraph import Book
    >>> overall(Book.sample(), horizon=60, samples=100).index.tolist()[:3]
    ['expected return', 'random', 'memory']
    """
    table = scores(book, person, horizon=horizon, half_life=half_life, seed=seed)
    return compared(book, table, person, samples=samples, seed=seed)


def compared(
    book: Book,
    table: pd.DataFrame,
    person: str | None = None,
    *,
    samples: int = SAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Give :func:`overall` of gifts that :func:`scores` has scored already.

    Raises
    ------
    OptionError
        `samples` is less than 1.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> scored = scores(book, horizon=60)
    >>> compared(book, scored, samples=100).equals(overall(book, horizon=60, samples=100))
    True
    """
    professional_limits.refuse(book)
    if samples < 1:
        msg = f"the number of samples is 1 or more, not {samples}"
        raise OptionError(msg)
    names = [NAME, *simple_rules.NAMES]
    answered = table["answered"].to_numpy()
    giver = table["giver"]
    always = book.me if person is None else book.person(person)
    drawn_by = book.places(giver.where(giver != always, table["receiver"]))
    drawn = bootstrap.aucs(
        [table[name] for name in names], answered, drawn_by, samples=samples, seed=seed
    )
    if min(answered.sum(), (~answered).sum(), len(np.unique(drawn_by))) < _FEW:
        drawn[:] = np.nan  # drawn from so few, they would claim too much
    cold = (table["memory"] == 0).to_numpy()
    pair = ~table.duplicated(["giver", "receiver"]).to_numpy()
    rows: dict[str, dict[str, float]] = {}
    for at, name in enumerate(names):
        score = table[name].to_numpy()
        row = dict.fromkeys(_COLUMNS, np.nan) | {
            "auc": scoring.auc(score, answered),
            "ap": scoring.average_precision(score, answered),
            "cold_auc": scoring.auc(score[cold], answered[cold]),
            "precision_at_5": scoring.precision_at(score[pair], answered[pair], giver[pair], k=5),
        }
        row["auc_low"], row["auc_high"] = bootstrap.interval(drawn[at])
        if name != NAME:
            row["ahead"] = rows[NAME]["auc"] - row["auc"]
            row["ahead_low"], row["ahead_high"] = bootstrap.interval(drawn[0] - drawn[at])
        if name in (NAME, *simple_rules.CHANCES):
            row["brier"] = scoring.brier(score, answered)
            row["calibration_error"] = scoring.calibration_error(score, answered)
        rows[name] = row
    found = pd.DataFrame.from_dict(rows, orient="index", columns=list(_COLUMNS), dtype=float)
    rivals = [at for at, name in enumerate(names) if name not in (NAME, "random")]
    ahead = found["ahead"].to_numpy()[rivals]
    found.loc[[names[at] for at in rivals], "ahead_at_most"] = bootstrap.at_most(
        ahead, drawn[0] - drawn[rivals]
    )
    return found.rename_axis("score")


def gained(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
    samples: int = SAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the list with other orders: what gifts to its top gained above own base.

    The list of :mod:`refgraph.refer_first` ranks by what one more gift adds. On some days of
    the later 40 % of the record it is made from what was known before, and the gifts after
    mutual silence that were made until the next one are looked up in it, see
    :mod:`refgraph.analysis.evaluating.gain`. It is an association: gifts were not drawn by lot.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str, optional
        Whose gifts; those of the book's me if not given, and of everybody in a book
        without a me.
    horizon, half_life, samples, seed
        As for :func:`overall`.

    Returns
    -------
    pandas.DataFrame
        See :func:`refgraph.analysis.evaluating.gain.compared`.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.
    OptionError
        The horizon is not at least a day, the half-life not above 0, or there are no
        samples to be drawn.

    Examples
    --------
    >>> from refgraph import Book
    >>> gained(Book.sample(), horizon=30, samples=100).index.tolist()[:3]
    ['refer-first', 'expected return', 'partner rate']
    """
    professional_limits.refuse(book)
    table = gain.gifts(book, person, horizon=horizon, half_life=half_life, seed=seed)
    return gain.compared(book, table, samples=samples, seed=seed)


def calibration(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
) -> pd.DataFrame:
    """Set what was expected of the tested gifts against what came of them.

    Returns
    -------
    pandas.DataFrame
        ``low`` and ``high`` (a class of expected returns), ``gifts``, ``predicted`` (mean
        expected return) and ``observed`` (share answered); classes without gifts are left out.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(calibration(Book.sample(), horizon=60))
    ['low', 'high', 'gifts', 'predicted', 'observed']
    """
    professional_limits.refuse(book)
    tested = protocol.trial(book, person, horizon=horizon)
    chance = protocol.expected(tested, half_life=half_life)
    return scoring.calibration(simple_rules.rounded(chance), tested.answered)


def needed(
    book: Book, person: str | None = None, *, horizon: int = returns.HORIZON
) -> pd.Series[float]:
    r"""Say whether a book is large enough to tell, and how many more gifts it needs.

    It is if some gifts of the test part were answered and some not, and an AUC of 0.7
    would be known to 0.1 either way. With :math:`n_1` answered and :math:`n_0` others the
    standard error of an AUC :math:`A` is [1]_

    .. math::
        s^2 = \frac{A (1 - A) + (n_1 - 1)(Q_1 - A^2) + (n_0 - 1)(Q_2 - A^2)}{n_1 n_0},
        \quad Q_1 = \frac{A}{2 - A}, \quad Q_2 = \frac{2 A^2}{1 + A}

    and :math:`1.96\,s` is to be at most 0.1. How many gifts that takes is reckoned from the
    share answered in the test part, or from :math:`(n_1 + 1) / (n_1 + n_0 + 2)` where all
    or none were. Gifts of one person resemble each other, so this is the least it takes.

    Returns
    -------
    pandas.Series
        Floats ``closed`` (gifts whose horizon has passed), ``tested`` (of these, in the test
        part), ``answered`` (of these), ``half_width`` (:math:`1.96\,s`, NaN without
        both kinds), ``required`` (gifts the test part must hold), ``more`` (closed gifts the
        book still needs, 40 % of which will be tested; 0 if it can tell).

    References
    ----------
    .. [1] Hanley, J. A., McNeil, B. J. (1982). The meaning and use of the area under a
       receiver operating characteristic (ROC) curve. *Radiology* 143, 29-36.

    Examples
    --------
    >>> from refgraph import Book
    >>> needed(Book.sample())["more"] > 0
    np.True_
    """
    gifts = protocol.closed(book, person, horizon=horizon)
    tested = int(gifts["tested"].sum())
    answered = int(gifts.loc[gifts["tested"], "answered"].sum())
    both = 0 < answered < tested
    share = answered / tested if both else (answered + 1) / (tested + 2)
    required = _required(share)
    missing = max(required - tested, 0)
    values = {
        "closed": len(gifts),
        "tested": tested,
        "answered": answered,
        "half_width": _half_width(answered, tested - answered) if both else np.nan,
        "required": required,
        "more": -(-100 * missing // (100 - protocol.SPLIT)),
    }
    return pd.Series(values, dtype=float, name="needed")


def _half_width(answered: float, others: float) -> float:
    """Half of the 95 % interval of an AUC of 0.7, by Hanley and McNeil."""
    one, two = _AUC / (2 - _AUC) - _AUC**2, 2 * _AUC**2 / (1 + _AUC) - _AUC**2
    spread = _AUC * (1 - _AUC) + (answered - 1) * one + (others - 1) * two
    return float(1.96 * np.sqrt(spread / (answered * others)))


def _required(share: float) -> int:
    """Find the least number of gifts, this share of them answered, that is enough."""
    enough = 2
    while _half_width(share * enough, (1 - share) * enough) > _HALF_WIDTH:
        enough *= 2
    low = enough // 2
    while enough - low > 1:
        middle = (low + enough) // 2
        if _half_width(share * middle, (1 - share) * middle) > _HALF_WIDTH:
            low = middle
        else:
            enough = middle
    return enough
