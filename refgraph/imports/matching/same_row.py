"""Which rows of an export a book has already, so that nothing is imported twice.

A row is known by its id, or by the id that its content makes: date, giver,
receiver, prospect, count and note as the export writes them, and which of
several equal rows it is. A row whose content equals one of the book once
aliases are resolved is there already too: the book may have merged the people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from refgraph.reading.identity import CONTENT, row_ids
from refgraph.schema.row_facts import date_of, id_of
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from refgraph.imports.book_index import Known
    from refgraph.imports.converted import Row

__all__ = ["content_of", "fresh", "match_referrals", "say_undated"]


def content_of(values: Mapping[str, Any], person: Callable[[str], str] = str) -> tuple[str, ...]:
    """Give what makes up the identity of a referral, as text.

    Examples
    --------
    >>> content_of(
    ...     {"date": None, "giver": "A", "receiver": "B", "prospect": "", "count": 1, "note": ""}
    ... )
    ('', 'A', 'B', '', '1', '')
    """
    names = ("giver", "receiver", "prospect")
    return tuple(
        "" if values[name] is None else (person if name in names else str)(values[name])
        for name in CONTENT
    )


def match_referrals(rows: Sequence[Row], known: Known) -> tuple[list[str], dict[int, int]]:
    """Find the row of the book that each row of an export is.

    Parameters
    ----------
    rows : sequence of Row
        The referrals of the export.
    known : Known
        The book.

    Returns
    -------
    ids : list of str
        The id of each row, its own or the one that its content makes.
    found : dict of int to int
        The position of a row, and of the row of the book that it is; no two
        rows without an id are the same one.
    """
    ids = [str(id_of(row.values)) for row in rows]
    blank: Sequence[int] = range(len(ids))
    if any(ids):
        blank = [at for at in blank if not ids[at]]
    made = row_ids(content_of(rows[at].values) for at in blank)
    for at, identity in zip(blank, made, strict=True):
        ids[at] = identity
    places = {id_of(row): at for at, row in enumerate(known.referrals)}
    found = {at: places[identity] for at, identity in enumerate(ids) if identity in places}
    used = {*found.values()}
    free: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at in reversed(range(len(known.referrals))):
        if at not in used:
            free[content_of(known.referrals[at])].append(at)
    for at in blank if free else ():
        same = free.get(content_of(rows[at].values, known.names.person))
        if at not in found and same:
            found[at] = same.pop()
    return ids, found


def say_undated(
    undated: int, given_a_day: Sequence[Row], new: Sequence[Mapping[str, Any]], known: Known
) -> list[str]:
    """Tell of rows without a date, which may be rows of the book for this or another day.

    Parameters
    ----------
    undated : int
        How many rows of the book the export has again, without a date.
    given_a_day : sequence of Row
        Those that are new, and have their day from an option.
    new : sequence of mapping
        All referrals that are new.
    known : Known
        The book.
    """
    notes = []
    if undated:
        notes.append(
            f"{count(undated, 'row without a date', 'equals')} one of the book and count as there; "
            f"if they are new, give them a day: --date YYYY-MM-DD"
        )
    person = known.names.person
    dated = {content_of(row)[1:] for row in known.referrals if date_of(row) is not None}
    rows = [row for row in new if date_of(row) is None]
    if same := sum(content_of(row, person)[1:] in dated for row in rows):
        notes.append(
            f"{count(same, 'row without a date', 'equals')} one of the book that has a date, and "
            f"is new here; if it was imported with --date, say that day again"
        )
    undated_there = {content_of(row)[1:] for row in known.referrals if date_of(row) is None}
    if same := sum(content_of(row.values, person)[1:] in undated_there for row in given_a_day):
        notes.append(
            f"but for the day of --date {count(same, 'row', 'equals')} one of the book that has no "
            f"date, and is new here; if it is the same, give that one this day by hand"
        )
    return notes


def fresh(
    rows: Iterable[Row], old: Iterable[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], Any]
) -> tuple[list[Row], int]:
    """Keep the rows that the book does not have as often; count the others.

    Parameters
    ----------
    rows : iterable of Row
        The rows of the export.
    old : iterable of mapping
        Those of the book.
    key : callable
        What makes two rows the same.
    """
    left = Counter(map(key, old))
    new, there = [], 0
    for row in rows:
        if left[key(row.values)] > 0:
            left[key(row.values)] -= 1
            there += 1
        else:
            new.append(row)
    return new, there
