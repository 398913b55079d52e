"""What people type when they ask: a name, or a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

from refgraph.errors import RefgraphError, UnknownPersonError
from refgraph.schema.dates import iso_date
from refgraph.schema.spans import first_day
from refgraph.schema.text import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["find_person", "read_day", "read_window"]


def find_person(name: str, aliases: Mapping[str, Iterable[str]]) -> str:
    """Find a person by name, alias, or a part of the name that only one person has.

    Parameters
    ----------
    name : str
        What was typed.
    aliases : mapping
        Every person, with their other names.

    Raises
    ------
    UnknownPersonError
        Nobody, or more than one person, is meant.

    Examples
    --------
    >>> find_person("bob", {"Robert Lee": ["Bob Lee"], "Ann": []})
    Traceback (most recent call last):
    refgraph.errors.UnknownPersonError: No one called 'bob' in this book.
    >>> find_person("bob lee", {"Robert Lee": ["Bob Lee"], "Ann": []})
    'Robert Lee'
    """
    name = " ".join(normalize("NFC", str(name)).split())
    if name in aliases:
        return name
    folded = name.casefold()
    called = [(person, [person, *others]) for person, others in aliases.items()]
    for found in (
        [person for person, names in called if name in names],
        [person for person, names in called if folded in map(str.casefold, names)],
        [person for person, _ in called if folded and folded in person.casefold()],
    ):
        if len(found) == 1:
            return found[0]
    raise UnknownPersonError(name, aliases)


def read_day(said: date | str | None) -> date | None:
    """Read a day given as a date, a moment or ISO text; None stays None.

    Examples
    --------
    >>> read_day("2026-06-30")
    datetime.date(2026, 6, 30)
    """
    if isinstance(said, datetime):
        return said.date()
    if said is None or isinstance(said, date):
        return said
    try:
        return iso_date(said)
    except (FieldError, TypeError):
        msg = f"{said!r} is not a date; dates are YYYY-MM-DD"
        raise RefgraphError(msg) from None


def read_window(
    since: date | str | None, until: date | str | None, last: str | None, today: date
) -> tuple[date | None, date | None]:
    """Read a window: its first and its last day, either of them open.

    Examples
    --------
    >>> read_window(None, "2026-06-30", "30d", date(2026, 6, 30))
    (datetime.date(2026, 6, 1), datetime.date(2026, 6, 30))
    """
    if since and last:
        msg = "since and last both say where the window starts; keep one of them"
        raise RefgraphError(msg)
    begin, end = first_day(last, today) if last else read_day(since), read_day(until)
    if begin and end and begin > end:
        msg = f"the window is empty: it starts on {begin}, after its end on {end}"
        raise RefgraphError(msg)
    return begin, end
