"""A book as a card in a notebook: whose it is, what it holds, what was left out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["card_html"]

_TABLES = ("history", "referrals", "people", "touches")
_MOST_TOLD = 5


def card_html(book: Book) -> str:
    """Give the card; no name is markup, and nothing that the book hides is in it.

    Examples
    --------
    >>> from refgraph import Book
    >>> "<b>Book of Robin Hale</b>" in card_html(Book.sample())
    True
    """
    title = f"Book of {book.me}" if book.me else "Book"
    rows = "".join(
        f"<tr><th style='text-align:left'>{name}</th>"
        f"<td style='text-align:left'>{escape(said)}</td></tr>"
        for name, said in _facts(book).items()
    )
    tables = "".join(
        _table(name, getattr(book, name), hides=book.settings.hides) for name in _TABLES
    )
    told = [*book.notes, *(problem.message for problem in book.skipped)]
    told = [] if book.settings.hides or book.is_incognito else told
    left = [
        *told[:_MOST_TOLD],
        *([f"and {len(told) - _MOST_TOLD:,} more"] * (len(told) > _MOST_TOLD)),
    ]
    said = "".join(f"<li>{escape(each)}</li>" for each in left)
    notes = f"<ul>{said}</ul>" if said else ""
    return f"<div><b>{escape(title)}</b><table>{rows}</table>{tables}{notes}</div>"


def _facts(book: Book) -> dict[str, str]:
    """Say in a few words what the book is."""
    dated = book.dates[book.in_window].dropna()
    facts = {"today": str(book.today)}
    if len(dated):
        facts["span"] = f"{dated.min():%Y-%m-%d} to {dated.max():%Y-%m-%d}"
    if book.since or book.until:
        facts["window"] = f"{book.since or 'the first day'} to {book.until or 'the last'}"
    if not book.settings.hides:
        facts["referrals"] = f"{int(book.column('count')[book.in_window].sum()):,}"
        facts["without a date"] = f"{book.undated:,}"
    declared = int(book.people["declared"].sum())
    facts["people"] = f"{len(book.people):,}, of whom {declared:,} declared"
    facts["touches"] = f"{len(book.touches):,}"
    facts["rows left out"] = f"{book.left_out:,}"
    if book.settings.profile:
        facts["profile"] = book.settings.profile
    if book.is_incognito:
        facts["names"] = "initials; what is private is blank"
    return facts


def _table(name: str, table: pd.DataFrame, *, hides: bool) -> str:
    """Name a table and its columns, to open."""
    index = [table.index.name] if table.index.name else []
    columns = escape(", ".join(map(str, [*index, *table])))
    rows = "" if hides else f", {len(table):,} rows"
    return f"<details><summary>{name}{rows}</summary>{columns}</details>"
