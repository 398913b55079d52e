"""A day as somebody types it: yesterday, 2026-03-14, or 3/14/26 where it can be one day only."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.schema.dates import date_reader, iso_date
from refgraph.schema.text import FieldError, clean, quoted, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DaysAgo", "read_day", "settle_days", "today_in"]

_WORDS = {"today": 0, "yesterday": 1}
_EVER = date(9000, 1, 1)  # how late a day may be is for who asks for it


@dataclass(frozen=True, slots=True)
class DaysAgo:
    """A day that is told from today, whichever day that is in the book."""

    days: int


def read_day(text: str, form: str | None = None) -> date | DaysAgo:
    """Read a day that was typed.

    Parameters
    ----------
    text : str
        What was typed.
    form : str or None
        How the tables of the book write a day, where that was said.

    Raises
    ------
    FieldError
        It is no day, or may be two.

    Examples
    --------
    >>> read_day("3/14/26"), read_day("yesterday"), read_day("3/4/26", "%m/%d/%y")
    (datetime.date(2026, 3, 14), DaysAgo(days=1), datetime.date(2026, 3, 4))
    >>> read_day("3/4/26")
    Traceback (most recent call last):
    refgraph.schema.text.FieldError: '3/4/26' is 2026-04-03 or 2026-03-04
    """
    word = clean(text)
    if word.casefold() in _WORDS:
        return DaysAgo(_WORDS[word.casefold()])
    if form and form != "unix":
        with suppress(FieldError):  # a form without a year is told where the tables are read
            day = date_reader(_EVER, form)(word)
            if day is not None:
                return day
    try:
        return iso_date(word)
    except FieldError:
        from refgraph.imports.cells.date_order import readings

        found = {} if word.isdigit() else readings(word)
        days = [*dict.fromkeys(found.values())]
        dotted = [day for form, day in found.items() if "." in form and form.startswith("%d")]
        if not days:
            raise
    if len(days) > 1 and not dotted:
        message = f"{quoted(word)} is {' or '.join(map(str, days[:2]))}"
        refuse(message, f"write {' or '.join(map(str, days[:2]))}")
    return dotted[0] if dotted else days[0]


def settle_days(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Give values with a day for each that is told from today.

    Examples
    --------
    >>> settle_days({"since": DaysAgo(1), "me": "Ann"}, date(2026, 3, 1))
    {'since': datetime.date(2026, 2, 28), 'me': 'Ann'}
    """
    return {
        name: today - timedelta(days=value.days) if isinstance(value, DaysAgo) else value
        for name, value in values.items()
    }


def today_in(book: str | None, said: date | None) -> date:
    """Give the day that counts as today: what was said, or what the book says, or the clock.

    Examples
    --------
    >>> today_in("no-such-book", date(2026, 3, 1))
    datetime.date(2026, 3, 1)
    """
    if said is not None:
        return said
    from refgraph.cli.reading.chosen_book import path_of
    from refgraph.reading.book_files import settings_beside, within
    from refgraph.reading.settings import read_settings

    with suppress(click.UsageError):  # no book is named, which is told later
        path = path_of(book)
        toml = settings_beside(path) or within(path, "refgraph.toml")
        if Path(toml).is_file() and (found := read_settings(toml)[0].today):
            return found
    return date.today()  # noqa: DTZ011  # the user's own day
