"""What changed since a day, in words: how many of each kind, and how they were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.comparing.changes import CHANGES
from refgraph.wording import count, join_names

if TYPE_CHECKING:
    from refgraph.analysis.comparing.changes import Comparison

__all__ = ["counted", "foremost", "how"]

_BY_DAYS = (
    "The book is set beside itself as its dated rows say it stood then, each status as it was, "
    "whatever the window; a row written down since with an earlier date counts with its date."
)
_BY_FILE = (
    "The book is set beside what the review of that day wrote, whatever the window; a row "
    "written down since counts as new, whatever its date."
)


# Kinds of changes whose name behind a number says something else, or not how many.
_COUNTED = {
    "connectors rank": "change of rank among connectors",
    "refer-first rank": "change of rank in refer-first",
}


def counted(found: Comparison) -> str:
    """Count the changes of each kind.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> from refgraph.analysis.comparing.changes import Comparison
    >>> table = pd.DataFrame({"change": ["won", "newly owed", "won"]})
    >>> counted(Comparison(date(2026, 5, 1), table, {}))
    '3 changes since 2026-05-01: 1 newly owed, 2 won.'
    """
    table, day = found.table, found.day
    if table.empty:
        return f"Nothing changed since {day}."
    numbers = table["change"].value_counts()
    parts = [_many(numbers[name], name) for name in CHANGES if name in numbers]
    return f"{count(len(table), 'change')} since {day}: {', '.join(parts)}."


def _many(number: int, name: str) -> str:
    """Say how many changes there are of a kind, so that no number of them is read as a rank."""
    if name in _COUNTED:
        return count(number, _COUNTED[name])
    return f"{number:,} {name}" if name != "new person" else f"{count(number, 'person')} new"


def foremost(found: Comparison, me: str | None) -> str:
    """Say of the changes those that are acted on, with who they are about where they are few.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> from refgraph.analysis.comparing.changes import Comparison
    >>> rows = [("won", "Me", "Ann"), ("newly owed", "Bo", ""), ("refer-first rank", "Ann", "")]
    >>> table = pd.DataFrame(rows, columns=["change", "person", "other"])
    >>> foremost(Comparison(date(2026, 5, 1), table, {}), "Me")
    'Since 2026-05-01: newly owed Bo; 1 won (3 changes).'
    """
    table, day = found.table, found.day
    said = []
    for kind in (each for each in CHANGES if each not in _COUNTED):
        changed = table[table["change"] == kind]
        once = changed.drop_duplicates(["person", "other"])
        ends = zip(once["person"].astype(str), once["other"].astype(str), strict=True)
        names = [one if me or not other else f"{one} by {other}" for one, other in ends]
        if kind in _NAMED and 0 < len(names) <= _FEW and me not in names:
            said.append(f"{kind} {join_names(names)}")
        elif kind in _TOLD and len(changed):
            said.append(_many(len(changed), kind))
    changes = count(len(table), "change")
    return f"Since {day}: {'; '.join(said)} ({changes})." if said else counted(found)


_FEW = 3  # people that are named
_NAMED = ("newly owed", "owed more", "settled", "thanks due", "new person")
_TOLD = (*_NAMED, "won", "lost", "gone quiet")


def how(found: Comparison) -> str:
    """Say with what the book was compared.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.comparing.changes import compare_since
    >>> book = Book.sample()
    >>> how(compare_since(book, book.today)).split(",")[0]
    'The book is set beside itself as its dated rows say it stood then'
    """
    return _BY_FILE if found.is_stored else _BY_DAYS
