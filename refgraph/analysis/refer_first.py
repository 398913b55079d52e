"""Whom to refer first: who is likely to return it, why, and which introduction to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis import evidence, introductions, owe
from refgraph.analysis.expected import expected_return

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book import Book

__all__ = ["COLUMNS", "expected_return", "rank"]

_EVIDENCE = ("low", "high", "gave_me", "i_gave", "open", "gifts", "answered", "partner_rate")
COLUMNS = (
    *("rank", "person", "role", "expected_return", "introduce", "because"),
    *(*_EVIDENCE, "last_touch_days", "because_ids"),
)

_ROLES = ("client", "partner", "")
_MOST_NAMES, _NAMED = 3, 2  # in the list, in the sentence


def rank(book: Book, person: str | None = None, *, everyone: bool = False) -> pd.DataFrame:
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

    Returns
    -------
    pandas.DataFrame
        Best first, then who is owed more, then by name: ``rank`` from 1,
        ``person``, ``role``, ``expected_return``, ``introduce`` (list of people
        to introduce to them), ``because`` (one sentence); and the evidence: ``low``,
        ``high``, ``gave_me``, ``i_gave``, ``open``, ``gifts`` and ``answered`` (by
        anyone), ``partner_rate`` (see :func:`expected_return`), ``last_touch_days`` (NaN
        without a touch, or where it is not about the book's me, whose touches they
        are) and ``because_ids`` (ids of the rows behind the sentence, oldest first).

    Raises
    ------
    NoMeError
        Nobody is asked about.

    Examples
    --------
    >>> from refgraph import Book
    >>> rank(Book.sample())["rank"].tolist()[:3]
    [1, 2, 3]
    """
    whose = book.asked(person, "Whom to refer first")
    book = book.window()
    table = expected_return(book, whose).join(
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
    table["last_touch_days"] = evidence.days_since_touch(book, whose, table.index).to_numpy()
    rows = table.to_dict("records")
    because = [_because(row, some) for row, some in zip(rows, found, strict=True)]
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(table) + 1),
            "person": pd.Series(table.index.to_numpy(dtype=object), dtype="str"),
            "role": pd.Series(table["role"].to_numpy(dtype=object), dtype="str"),
            "expected_return": table["expected_return"].to_numpy(),
            "introduce": pd.Series([[name for name, _ in some] for some in found], dtype=object),
            "because": pd.Series(because, dtype="str"),
            **{name: table[name].to_numpy() for name in (*_EVIDENCE, "last_touch_days")},
            "because_ids": evidence.rows_behind(book, whose, table.index),
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


def _because(row: Mapping[Any, Any], found: list[tuple[str, str]]) -> str:
    """One sentence: what passed between the two, how they answer, and whom to introduce.

    "You" is the person who would give the referral.
    """
    gave, got = row["gave_me"], row["i_gave"]
    latest = row["last_from_them"]
    last = "" if pd.isna(latest) else f" (last on {latest:%Y-%m-%d})"
    if gave and not got:
        parts = [f"gave you {gave}{last} and has had nothing back"]
    elif row["open"]:
        parts = [f"gave you {gave}{last} and has had {got} back"]
    elif gave or got:
        parts = [f"gave you {gave} and has had {got} back"]
    else:
        parts = ["has had no referral from you yet"]
    if row["gifts"]:
        parts.append(f"returned {row['answered']} of the {row['gifts']} anyone gave them first")
    if not pd.isna(days := row["last_touch_days"]):
        parts.append(f"last in touch {'today' if not days else _ago(int(days))}")
    if row["do_not_refer"]:
        parts.append("is marked do not refer, so this is not a suggestion")
    elif found:
        named = " or ".join(f"{name} ({why})" for name, why in found[:_NAMED])
        parts.append(f"introduce to them {named}")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _ago(days: int) -> str:
    return f"{days:,} day{'s' if days > 1 else ''} ago"
