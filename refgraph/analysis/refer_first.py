"""Whom to refer first: who is likely to return it, why, and which introduction to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis import evidence, introductions, owe, returns
from refgraph.analysis.because import sentence
from refgraph.analysis.expected import expected_return

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["COLUMNS", "INGREDIENTS", "expected_return", "rank"]

_EVIDENCE = ("low", "high", "gave_me", "i_gave", "open", "gifts", "answered", "partner_rate")
COLUMNS = (
    *("rank", "person", "role", "expected_return", "introduce", "because"),
    *(*_EVIDENCE, "last_touch_days", "because_ids"),
)
#: What the expected return is made of, beside the partner's rate.
INGREDIENTS = (
    *("own_answered", "own_gifts", "receipts", "unasked", "global_rate", "correction"),
    *("prior", "prior_gifts", "slope"),
)

_ROLES = ("client", "partner", "")
_MOST_NAMES = 3


def rank(
    book: Book,
    person: str | None = None,
    *,
    everyone: bool = False,
    parts: bool = False,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
) -> pd.DataFrame:
    """Whom to refer first, with the evidence and an introduction to make.

    Candidates are clients, partners and people without a role who never had a
    referral from ``person``, or to whom one is owed; never one marked
    ``do_not_refer``.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Who would give the referral; the book's me if not given.
    everyone : bool, default False
        Score all people, not only the candidates; of one marked ``do_not_refer``
        the sentence says that it is no suggestion.
    parts : bool, default False
        Add what the expected return is made of.
    horizon : int, default 180
        Days within which a return counts as an answer.
    half_life : float, default 730
        Days after which evidence weighs half.

    Returns
    -------
    pandas.DataFrame
        Best first, then who is owed more, then by name: ``rank`` from 1,
        ``person``, ``role``, ``expected_return``, ``introduce`` (list of people
        to introduce to them), ``because`` (one sentence); and the evidence: ``low``,
        ``high``, ``gave_me``, ``i_gave``, ``open``, ``gifts`` and ``answered`` (by
        anyone), ``partner_rate`` (see :func:`expected_return`), ``last_touch_days`` (NaN
        without a touch, or where it is not about the book's me, whose touches they
        are) and ``because_ids`` (ids of the referrals behind the sentence, oldest first).
        With ``parts`` also ``own_answered``, ``own_gifts``, ``receipts``, ``unasked``,
        ``global_rate``, ``correction``, ``prior``, ``prior_gifts`` and ``slope``.

    Raises
    ------
    NoMeError
        Nobody is asked about.
    OptionError
        The horizon is not at least a day, or the half-life not above 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> rank(Book.sample())["rank"].tolist()[:3]
    [1, 2, 3]
    """
    whose = book.asked(person, "Whom to refer first")
    book = book.window()
    table = expected_return(book, whose, horizon=horizon, half_life=half_life).join(
        book.people[["role", "do_not_refer"]], validate="one_to_one"
    )
    table = table.join(owe.position(book, whose).drop(columns="role"))
    counts = ["gave_me", "i_gave", "open"]
    table[counts] = table[counts].fillna(0).astype(int)
    if not everyone:
        asked = table["role"].isin(_ROLES) & ~table["do_not_refer"]
        table = table[asked & ((table["i_gave"] == 0) | (table["open"] > 0))]
    order = np.lexsort(
        (np.arange(len(table)), -table["open"].to_numpy(), -table["expected_return"].to_numpy())
    )
    table = table.iloc[order]
    wanted = _introductions(book, whose)
    found = [wanted.get(str(name), [])[:_MOST_NAMES] for name in table.index]
    about = evidence.answers(book, whose, table.index, horizon=horizon)
    for more in (evidence.kindnesses, evidence.elsewhere):
        about = about.join(more(book, whose, table.index), validate="one_to_one")
    table = table.assign(**{str(name): about[name].to_numpy() for name in about})
    table["last_touch_days"] = evidence.days_since_touch(book, whose, table.index).to_numpy()
    rows = table.to_dict("records")
    because = [sentence(row, some) for row, some in zip(rows, found, strict=True)]
    behind = evidence.rows_behind(book, whose, table.index, horizon=horizon)
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(table) + 1),
            "person": pd.Series(table.index.to_numpy(dtype=object), dtype="str"),
            "role": pd.Series(table["role"].to_numpy(dtype=object), dtype="str"),
            "expected_return": table["expected_return"].to_numpy(),
            "introduce": pd.Series([[name for name, _ in some] for some in found], dtype=object),
            "because": pd.Series(because, dtype="str"),
            **{name: table[name].to_numpy() for name in (*_EVIDENCE, "last_touch_days")},
            "because_ids": behind,
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
