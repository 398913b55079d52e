"""Whom to refer first: where one more gift adds most, why, and which introduction to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.estimating import added
from refgraph.analysis.estimating.expected import expected_return
from refgraph.analysis.owing import owe
from refgraph.analysis.returning import returns
from refgraph.analysis.statistics.integers import nullable
from refgraph.analysis.suggesting import evidence, introductions
from refgraph.analysis.suggesting.candidates import ROLES, in_order, may_be_referred
from refgraph.analysis.suggesting.reason import adds, sentence
from refgraph.book import professional_limits
from refgraph.book.arrival import arrivals
from refgraph.errors import OptionError
from refgraph.progress import doing

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["COLUMNS", "FIRST_TRIES", "INGREDIENTS", "expected_return", "rank"]

_EVIDENCE = ("low", "high", "gave_me", "i_gave", "open", "gifts", "answered", "partner_rate")
_WORTH = ("added", "added_low", "added_high", "anyway")
_ANYWAY = ("anyway_low", "anyway_high")
COLUMNS = (
    *("rank", "person", "role", "expected_return", "introduce", "because"),
    *(*_EVIDENCE, "last_touch_days", "because_ids", *_WORTH, "part", *_ANYWAY),
)
#: What the expected return is made of, beside the partner's rate.
INGREDIENTS = (
    *("own_answered", "own_gifts", "receipts", "unasked", "global_rate", "correction"),
    *("prior", "prior_gifts", "slope"),
)
FIRST_TRIES = 2  # of every ten places

_MOST_NAMES = 3


def rank(
    book: Book,
    person: str | None = None,
    *,
    everyone: bool = False,
    parts: bool = False,
    role: str | None = None,
    never: bool = False,
    settle: bool = False,
    first_tries: int = FIRST_TRIES,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
    told: Callable[[pd.DataFrame], pd.Index[Any]] | None = None,
) -> pd.DataFrame:
    """Whom to refer first: those to whom one more referral adds most, with the evidence.

    Candidates are clients, partners and people without a role, whatever passed so far; never
    one marked ``do_not_refer``, nor one who was referred to ``person`` and still waits for a
    call. Each is in one part: ``start`` (never had anything from ``person``), ``settle``
    (something of theirs is open), ``again`` (a further gift to one with whom all is even) or
    ``first try``: the last ``first_tries`` of every ten places are kept for those with the widest
    range who never had anything, gave nothing that is open, and are not placed by then, so that
    the book learns of them.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Who would give the referral; the book's me if not given.
    everyone : bool, default False
        Score all people, not only the candidates, who are in no part; of one marked
        ``do_not_refer`` the sentence says that it is no suggestion.
    parts : bool, default False
        Add what the expected return is made of.
    role : str, optional
        Only candidates of this role: ``client``, ``partner`` or ``""`` (none recorded).
    never, settle : bool, default False
        Only those who never had anything from ``person``; only those of whom something is open.
    first_tries : int, default 2
        Of every ten places, 0 to 5.
    horizon : int, default 180
        Days within which a return counts.
    half_life : float, default 730
        Days after which evidence weighs half; for ``added``, if people change at all: how fast is
        read off the record, around this.
    told : callable, optional
        Given the list, names the rows that will be seen, by its index, where the others will
        not be: these alone get a sentence, and none the ids behind it. All get both if not given.

    Returns
    -------
    pandas.DataFrame
        In the order of :func:`refgraph.analysis.suggesting.candidates.in_order`: ``rank`` from 1,
        ``person``, ``role``, ``expected_return`` (the chance that a referral comes back,
        whether or not because one was given), ``introduce`` (list of people to introduce to
        them), ``because`` (what passed, and what one more adds, in words); and the evidence:
        ``low``, ``high``, ``gave_me``, ``i_gave``, ``open``, ``gifts`` and ``answered`` (by
        anyone), ``partner_rate`` (see :func:`expected_return`), ``last_touch_days`` (NaN
        without a touch, or where it is not about the book's me, whose touches they
        are), ``because_ids`` (ids of the referrals behind the sentence, oldest first); and
        what it is ranked by: ``added``, ``added_low``, ``added_high``, ``anyway`` (see
        :func:`refgraph.analysis.estimating.added.by_person`), ``part``, ``anyway_low``,
        ``anyway_high``. With ``parts`` also
        ``own_answered``, ``own_gifts``, ``receipts``, ``unasked``, ``global_rate``,
        ``correction``, ``prior``, ``prior_gifts`` and ``slope``.

    Raises
    ------
    NoMeError
        Nobody is asked about.
    OptionError
        The horizon is not at least a day, the half-life not above 0, the role is none of the
        three, or the first tries are not 0 to 5.

    Examples
    --------
    >>> from refgraph import Book
    >>> list_of_all = rank(Book.sample(), first_tries=0)
    >>> list_of_all["rank"].tolist()[:3], bool(list_of_all["added"].is_monotonic_decreasing)
    ([1, 2, 3], True)
    """
    professional_limits.refuse(book)
    whose = book.asked(person, "Whom to refer first")
    if role is not None and role not in ROLES:
        msg = f"a candidate is a client, a partner or without a role, not {role!r}"
        raise OptionError(msg)
    book = book.window()
    with doing("Looking whom to refer first", 10) as work:
        table = expected_return(book, whose, horizon=horizon, half_life=half_life)
        work.advance(3)  # tenths of the time
        table = table.join(
            added.by_person(book, whose, horizon=horizon, half_life=half_life),
            validate="one_to_one",
        ).join(book.people[["role", "do_not_refer"]], validate="one_to_one")
        if not _is_as_long(book, horizon):
            table[["anyway", *_ANYWAY]] = np.nan  # of a day or two on record no rate is told
        work.advance(5)
        table = table.join(owe.position(book, whose).drop(columns="role"))
        counts = ["gave_me", "i_gave", "open"]
        table[counts] = table[counts].fillna(0).astype(int)
        wanted = _introductions(book, whose)
        at = book.places(table.index)
        may, turn = may_be_referred(book, whose)[at], arrivals(book)[at]
        table = table.assign(may=may, turn=turn, introduces=table.index.isin([*wanted]))
        asked = np.ones(len(table), dtype=bool) if everyone else may
        if role is not None:
            asked &= (table["role"] == role).to_numpy()
        if never:
            asked &= (table["i_gave"] == 0).to_numpy()
        if settle:
            asked &= (table["open"] > 0).to_numpy()
        table = table[asked]
        order, part = in_order(table, first_tries=first_tries, chosen=table["may"].to_numpy())
        table = table.iloc[order].assign(part=part)
        names = table.index.to_numpy(dtype=object).tolist()
        found = [wanted.get(name, [])[:_MOST_NAMES] for name in names]
        about = evidence.answers(book, whose, table.index, horizon=horizon)
        for more in (evidence.kindnesses, evidence.elsewhere):
            about = about.join(more(book, whose, table.index), validate="one_to_one")
        table = table.assign(**{str(name): about[name].to_numpy() for name in about})
        table["last_touch_days"] = evidence.days_since_touch(book, whose, table.index).to_numpy()
        behind: pd.Series[Any] = pd.Series([[] for _ in found], dtype=object)
        if told is None:
            behind = evidence.rows_behind(book, whose, table.index, horizon=horizon)
        seen = np.asarray(table.index.isin(table.index if told is None else told(table)))
        because = _because(table, found, seen, _without(book, whose, table, found, seen), horizon)
    return professional_limits.beside(book, _tabulate(table, found, because, behind, parts=parts))


def _is_as_long(book: Book, horizon: int) -> bool:
    """Tell whether the record is at least as long as the time that is looked ahead."""
    days = book.dates.dropna()
    return not days.empty and (pd.Timestamp(book.today) - days.min()).days >= horizon


def _without(
    book: Book,
    whose: str,
    table: pd.DataFrame,
    found: list[list[tuple[str, str]]],
    seen: NDArray[np.bool_],
) -> dict[str, str]:
    """Say of candidates who are seen and to whom nobody can be introduced why that is so."""
    nobody = np.array([not some for some in found], dtype=bool)
    whom = [str(name) for name in table.index[nobody & table["may"].to_numpy(dtype=bool) & seen]]
    return dict(zip(whom, introductions.why_none(book, whom, whose), strict=True))


def _because(
    table: pd.DataFrame,
    found: list[list[tuple[str, str]]],
    seen: NDArray[np.bool_],
    without: dict[str, str],
    horizon: int,
) -> NDArray[np.object_]:
    """Say why each person who is seen stands there; of some why there is nobody to introduce."""
    because = np.full(len(table), "", dtype=object)
    rows = table[seen].reset_index(names="whom").to_dict("records")
    for at, row in zip(np.flatnonzero(seen), rows, strict=True):
        why = without.get(str(row["whom"]), "")
        said = sentence(row, found[at], horizon=horizon, why_none=why)
        because[at] = f"{said} {adds(row)}"
    return because


def _tabulate(
    table: pd.DataFrame,
    found: list[list[tuple[str, str]]],
    because: NDArray[np.object_],
    behind: pd.Series[Any],
    *,
    parts: bool,
) -> pd.DataFrame:
    """Give the columns of the answer: who, why, the evidence, and what it is ranked by."""
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(table) + 1),
            "person": pd.Series(table.index.to_numpy(dtype=object), dtype="str"),
            "role": pd.Series(table["role"].to_numpy(dtype=object), dtype="str"),
            "expected_return": table["expected_return"].to_numpy(),
            "introduce": pd.Series([[name for name, _ in some] for some in found], dtype=object),
            "because": pd.Series(because, dtype="str"),
            **{name: table[name].to_numpy() for name in _EVIDENCE},
            "last_touch_days": nullable(table["last_touch_days"]),
            "because_ids": behind,
            **{name: table[name].to_numpy() for name in _WORTH},
            "part": pd.Series(table["part"].to_numpy(dtype=object), dtype="str"),
            **{name: table[name].to_numpy() for name in _ANYWAY},
            **{name: table[name].to_numpy() for name in INGREDIENTS if parts},
        }
    )


def _introductions(book: Book, whose: str) -> dict[str, list[tuple[str, str]]]:
    """For each person, whom to introduce and why: first those who need what they offer."""
    found: dict[str, dict[str, str]] = {}
    possible = introductions.possible(book, whose, most=_MOST_NAMES)
    for one in possible:
        found.setdefault(one.offers, {}).setdefault(one.needs, f"needs {one.word}")
    for one in possible:
        found.setdefault(one.needs, {}).setdefault(one.offers, f"offers the {one.word} they need")
    return {person: list(reasons.items()) for person, reasons in found.items()}
