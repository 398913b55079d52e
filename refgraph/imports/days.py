"""One form of dates for a whole file: stated, or the only one that fits every row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from refgraph.schema.dates import date_reader
from refgraph.schema.text import FieldError, quoted, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["ISO", "Days", "readings", "settle_days"]

ISO = "%Y-%m-%d"
_TIME = re.compile(
    r"(?:[T,]? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)$"
)
_CLOCK = re.compile(r"%[HIMSpXcTRrf]")
_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-]?)([0-9]{1,2})\2([0-9]{1,2})")
_DAY_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?([ -])([A-Za-z]+)\.?\2([0-9]{4}|[0-9]{2})")
_NAMED_DAY = re.compile(r"([A-Za-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Days:
    """How the dates of one file are read.

    Attributes
    ----------
    form : str
        As :meth:`datetime.datetime.strptime` writes it; ISO where there is no date.
    stated : bool
        Whether somebody said so.
    read : callable
        From the text of a date to the day; refuses what is none.
    """

    form: str
    stated: bool
    read: Callable[[str], date]


def readings(text: str) -> dict[str, date]:
    """Give every day that a text may mean, by the form that it has then.

    The time behind a date is left off; names of months are English, whatever
    the system speaks.

    Examples
    --------
    >>> readings("01/02/2026")["%d/%m/%Y"], readings("01/02/2026")["%m/%d/%Y"]
    (datetime.date(2026, 2, 1), datetime.date(2026, 1, 2))
    >>> readings("14 Feb 2026"), readings("soon")
    ({'%d %b %Y': datetime.date(2026, 2, 14)}, {})
    """
    text = _TIME.sub("", text.strip()).strip()
    found: dict[str, tuple[int, int, int]] = {}
    if match := _YEAR_FIRST.fullmatch(text):
        year, mark, month, day = match.groups()
        if mark or len(text) == 8:
            found[f"%Y{mark}%m{mark}%d"] = int(year), int(month), int(day)
    elif match := _NUMBERS.fullmatch(text):
        first, mark, second, last = match.groups()
        one, two, year = int(first), int(second), _year(last)
        letter = "Y" if len(last) == 4 else "y"
        found[f"%d{mark}%m{mark}%{letter}"] = year, two, one
        found[f"%m{mark}%d{mark}%{letter}"] = year, one, two
        if letter == "y":
            found[f"%y{mark}%m{mark}%d"] = _year(f"{one:02}"), two, int(last)
    elif match := _DAY_NAMED.fullmatch(text):
        day, mark, name, year = match.groups()
        letter = "Y" if len(year) == 4 else "y"
        found[f"%d{mark}%b{mark}%{letter}"] = _year(year), _month(name), int(day)
    elif match := _NAMED_DAY.fullmatch(text):
        name, day, year = match.groups()
        found["%b %d, %Y"] = int(year), _month(name), int(day)
    return {form: day for form, parts in found.items() if (day := _day(*parts))}


def _year(digits: str) -> int:
    """Read a year; of two digits as POSIX does: 69 to 99 are of the last century."""
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 69 else 2000)


def _month(name: str) -> int:
    """Find the month behind an English name of three letters or more, else 0."""
    word = name.casefold()
    return next(
        (at for at, month in enumerate(_MONTHS, 1) if len(word) >= 3 and month.startswith(word)), 0
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def settle_days(texts: Iterable[str], form: str | None = None) -> Days:
    """Find the one form in which all dates of a file are written.

    A text that is a date in no form counts for nothing here, and is refused
    where it is read.

    Parameters
    ----------
    texts : iterable of str
        Every date of the file.
    form : str, optional
        The form that was stated.

    Raises
    ------
    FieldError
        If day and month cannot be told apart, or no one form fits all.

    Examples
    --------
    >>> settle_days(["01/02/2026", "13/02/2026"]).form
    '%d/%m/%Y'
    >>> settle_days(["01/02/2026", "03/02/2026"])
    Traceback (most recent call last):
    refgraph.schema.text.FieldError: day and month cannot be told apart in this file: \
'01/02/2026' is 2026-02-01 or 2026-01-02
    """
    if form is not None:
        return Days(form, stated=True, read=_stated(form))
    read = {text: readings(text) for text in dict.fromkeys(texts) if text.strip()}
    read = {text: days for text, days in read.items() if days}
    if not read:
        return Days(ISO, stated=False, read=_by(ISO))
    forms = [form for form in next(iter(read.values())) if all(map(_has(form), read.values()))]
    if not forms:
        _refuse_mixed(read)
    for text, days in read.items():
        meant = {days[form]: form for form in reversed(forms)}
        if len(meant) > 1:
            (day, one), (other, two), *_ = reversed(meant.items())
            refuse(
                f"day and month cannot be told apart in this file: "
                f"{quoted(text)} is {day} or {other}",
                f"say which it is: --date-format {one} or --date-format {two}",
            )
    return Days(forms[0], stated=False, read=_by(forms[0]))


def _has(form: str) -> Callable[[dict[str, date]], bool]:
    return lambda days: form in days


def _refuse_mixed(read: dict[str, dict[str, date]]) -> None:
    (first, days), *others = read.items()
    left = list(days)
    for text, these in others:
        if not (left := [form for form in left if form in these]):
            refuse(
                f"the dates of this file are written in more than one form: "
                f"{quoted(first)} and {quoted(text)}",
                f"write them in one form, or keep to one with --date-format {next(iter(days))}",
            )


def _by(form: str) -> Callable[[str], date]:
    def read_day(text: str) -> date:
        days = readings(text)
        if form not in days:
            refuse(f"{quoted(text)} is not a date", f"dates are read as {form} in this file")
        return days[form]

    return read_day


def _stated(form: str) -> Callable[[str], date]:
    read = date_reader(date.max, form)
    timed = form == "unix" or _CLOCK.search(form) is not None

    def read_day(text: str) -> date:
        written = text.strip() if timed else _TIME.sub("", text.strip()).strip()
        if form in (days := readings(written)):  # months by name, whatever the system speaks
            return days[form]
        day = read(written)
        if day is None:
            message = f"{quoted(text)} is not a date"
            raise FieldError(message, f"dates are read as {form} in this file")
        return day

    return read_day
