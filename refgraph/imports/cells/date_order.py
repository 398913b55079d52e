"""One order of day and month for a whole file: stated, or the only one that fits every row."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from refgraph.names.spelling import bare
from refgraph.schema.dates import date_reader, iso_day
from refgraph.schema.text import FieldError, quoted, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["ISO", "SERIAL", "Days", "is_month", "is_partial", "month_of", "readings"]
__all__ += ["settle_days"]

ISO = "%Y-%m-%d"
#: How spreadsheets count days, where a cell shows the number.
SERIAL = "day numbers of a spreadsheet"
_TIME = re.compile(
    r"(?:[T,]? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|(?:UTC|GMT)(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?"
    r"|[+-][0-9]{2}:?[0-9]{2}))?)$"
)
_WEEKDAY = re.compile(
    r"(?:mo|di|mi|do|fr|sa|so|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)(?:di)?|dim(?:anche)?"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    r"|(?:luned|marted|mercoled|gioved|venerd)[iì]|sabato|domenica)(?:\.,?|,)? (?=[^\W_])",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\s*\u2192\s*")
_CLOCK = re.compile(r"%[HIMSpXcTRrf]")
_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_ORDERED = re.compile(r"%[dmy]([/.-])%[dm]\1%[dYy]")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-]?)([0-9]{1,2})\2([0-9]{1,2})")
_DAY_NAMED = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|er|\.|º)?(?: de)?([ -])([^\W\d_]+)\.?(?: de)?\2([0-9]{4}|[0-9]{2})"
)
_SERIAL = re.compile(r"([2-5][0-9]{4})(?:\.[0-9]+)?")  # 1954 to 2064
_BEFORE_SERIALS = date(1899, 12, 30)
_YEAR_OR_MONTH = re.compile(
    r"((?:19|20)[0-9]{2})(?:[-/.](0[1-9]|1[0-2]))?|(?:0?[1-9]|1[0-2])[/.-](?:19|20)[0-9]{2}"
)
_QUARTER = re.compile(
    r"(?:[QqTtKk][1-4]|[1-4]\. ?(?:quartal|kwartaal|trim\w*\.?))[ /.'\u2019-]{0,2}(?:20)?[0-9]{2}"
    r"|20[0-9]{2}[ /-]?[QqTtKk][1-4]|[1-4][QqTt][ /'-]?(?:20)?[0-9]{2}",
    re.IGNORECASE,
)
_NAMED_MONTH = re.compile(r"([^\W\d_]+)\.?(?: de)?[ -](?:19|20)[0-9]{2}")
# A day without its year, in numbers or with the month by name.
_YEARLESS = re.compile(
    r"([0-9]{1,2})([/.-])([0-9]{1,2})\.?|([^\W\d_]{3,})\.? [0-9]{1,2}(?:st|nd|rd|th)?"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?\.?[ -]([^\W\d_]{3,})\.?"
)
_HALF = 182  # days
_MONTHS_IN_YEAR = 12
_NAMED_DAY = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
#: The months in English, German, French, Spanish, Italian, Dutch and Portuguese, folded.
_MONTHS = tuple(
    words.split()
    for words in (
        "january januar janner janvier enero gennaio januari janeiro",
        "february februar feber fevrier febrero febbraio februari fevereiro",
        "march marz mars marzo maart mrt marco mrz maerz",
        "april avril abril aprile",
        "may mai mayo maggio mei maio",
        "june juni juin junio giugno junho",
        "july juli juillet julio luglio julho",
        "august aout agosto augustus",
        "september septembre septiembre setiembre settembre setembro",
        "october oktober octobre octubre ottobre outubro",
        "november novembre noviembre novembro",
        "december dezember decembre diciembre dicembre dezembro",
    )
)


@dataclass(frozen=True, slots=True)
class Days:
    """How the dates of one file are read.

    Attributes
    ----------
    forms : tuple of str
        As :meth:`datetime.datetime.strptime` writes them, in order of the rows;
        ISO where there is no date.
    stated : bool
        Whether somebody said so.
    read : callable
        From the text of a date to the day; refuses what is none.
    of_year : (int, tuple of str)
        The one year of all dates that have one, and those that have none.
    """

    forms: tuple[str, ...]
    stated: bool
    read: Callable[[str], date]
    of_year: tuple[int, tuple[str, ...]] = (0, ())

    @property
    def form(self) -> str:
        """The first of the forms."""
        return self.forms[0]


def readings(text: str) -> dict[str, date]:
    """Give every day that a text may mean, by the form that it has then.

    The time behind a date is left off; names of months are those of seven
    languages, whatever the system speaks.

    Examples
    --------
    >>> readings("01/02/2026")["%d/%m/%Y"], readings("01/02/2026")["%m/%d/%Y"]
    (datetime.date(2026, 2, 1), datetime.date(2026, 1, 2))
    >>> readings("14 Feb 2026"), readings("soon")
    ({'%d %b %Y': datetime.date(2026, 2, 14)}, {})
    >>> readings("Mo, 02.03.2026") == readings("02.03.2026")
    True
    >>> [*readings("Monday, March 2nd, 2026").values()] == [*readings("2 Mar 2026").values()]
    True
    """
    written = text.strip()
    text = _SPAN.split(written, maxsplit=1)[0].strip()  # a span counts on its first day
    text = _without_weekday(_TIME.sub("", text).strip())
    if match := _SERIAL.fullmatch(text):
        return {SERIAL: _BEFORE_SERIALS + timedelta(days=int(match[1]))}
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
    else:
        with suppress(FieldError):
            return {ISO: iso_day(written)}
    return {form: day for form, parts in found.items() if (day := _day(*parts))}


def _without_weekday(text: str) -> str:
    """Leave off the day of the week before a day, and not `mar`, which March is too."""
    day = _WEEKDAY.sub("", text, count=1)
    is_day = any(each.fullmatch(day) for each in (_NUMBERS, _DAY_NAMED, _NAMED_DAY, _YEAR_FIRST))
    return day if is_day else text


def is_partial(text: str) -> bool:
    """Tell whether a text is a month, a quarter or a year and no day.

    Examples
    --------
    >>> [is_partial(text) for text in ("2023-05", "May 2023", "2021", "5/2023", "May 14")]
    [True, True, True, True, False]
    >>> [is_partial(text) for text in ("Q1 2025", "2025-Q2", "3. Quartal 2025", "Q5 2025")]
    [True, True, True, False]
    >>> is_partial("3.1.2025"), is_partial("3. 1. 2025")
    (False, False)
    """
    text = text.strip()
    if _YEAR_OR_MONTH.fullmatch(text) or _QUARTER.fullmatch(text):
        return True
    named = _NAMED_MONTH.fullmatch(text)
    return named is not None and _month(named[1]) > 0


def is_month(text: str) -> bool:
    """Tell whether a text is the name of a month alone.

    Examples
    --------
    >>> is_month("March"), is_month("März"), is_month("Mai."), is_month("Marshall")
    (True, True, True, False)
    """
    return month_of(text) > 0


def month_of(text: str) -> int:
    """Give the number of a month that is named alone, else 0.

    Examples
    --------
    >>> month_of("Dez."), month_of("Dec 2026"), month_of("Ann")
    (12, 0, 0)
    """
    return _month(text.strip().rstrip("."))


def _year(digits: str) -> int:
    """Read a year; of two digits as POSIX does: 69 to 99 are of the last century."""
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 69 else 2000)


def _month(name: str) -> int:
    """Find the one month behind a name, or behind three letters or more of it, else 0."""
    word = bare(name)
    found = {
        at
        for at, names in enumerate(_MONTHS, 1)
        if len(word) >= 3 and any(month.startswith(word) for month in names)
    }
    return found.pop() if len(found) == 1 else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def settle_days(texts: Iterable[str], form: str | None = None) -> Days:
    """Find the one order of day and month in which all dates of a file are written.

    A date that can be one day only, with its year first or its month by name, is
    that day in any file. Dotted dates have their day first, unless a row tells
    otherwise. A text that is a date in no form counts for nothing here, and is
    refused where it is read.

    Parameters
    ----------
    texts : iterable of str
        Every date of the file.
    form : str, optional
        The form that was stated.

    Raises
    ------
    FieldError
        If day and month cannot be told apart, or no one order fits all.

    Examples
    --------
    >>> settle_days(["01/02/2026", "13/02/2026"]).form
    '%d/%m/%Y'
    >>> settle_days(["1.2.2026", "7. März 2026"]).forms
    ('%d.%m.%Y', '%d %b %Y')
    >>> settle_days(["01/02/2026", "03/02/2026"])
    Traceback (most recent call last):
    refgraph.schema.text.FieldError: day and month cannot be told apart in this file: \
'01/02/2026' is 2026-02-01 or 2026-01-02
    """
    if form is not None:
        return Days((form,), stated=True, read=_stated(form))
    read = {text: readings(text) for text in dict.fromkeys(texts) if text.strip()}
    years = {day.year for days in read.values() for day in days.values()}
    few = sum(map(bool, read.values())) > 1 and len(years) == 1
    (sole,) = years if few else (0,)
    guessed = {
        text: _in_year(text, sole)
        for text, days in read.items()
        if sole and not days and _lacks_year(text)
    }
    order = _settle_order({t: d for t, d in {**read, **guessed}.items() if _orders(d)})
    forms = dict.fromkeys(_form_in(days, order) for days in read.values() if days)
    written = tuple(forms) or (ISO,)
    found = [days[_form_in(days, order)].year for days in read.values() if days]
    year = found[0] if len(found) > 1 and len({*found}) == 1 else 0
    last: date | None = None
    for text, days in read.items():
        here = days or guessed.get(text) or {}
        day = here[_form_in(here, order)] if here else None
        if day and last and not days and abs((day - last).days) > _HALF:
            year = 0  # it may be of the next year, or of the one before
        last = day or last
    lacking = [text for text, days in read.items() if not days and _lacks_year(text)] * bool(year)
    reader = _by(order, " and ".join(written), year)
    return Days(written, stated=False, read=reader, of_year=(year, (*lacking,)))


def _lacks_year(text: str) -> bool:
    """Tell whether a text is a day without its year.

    Examples
    --------
    >>> [_lacks_year(each) for each in ("March 20", "3/14", "14. Mai", "20-Mar", "Mar-20", "soon")]
    [True, True, True, True, False, False]
    """
    found = _YEARLESS.fullmatch(text.strip())
    return found is not None and (bool(found[2]) or _month(found[4] or found[5]) > 0)


def _may_be_month_of(text: str, year: int) -> bool:
    """Tell whether the last of two numbers is the day of a month, or else that year.

    Examples
    --------
    >>> _may_be_month_of("3/26", 2026), _may_be_month_of("3/14", 2026)
    (True, False)
    """
    found = _YEARLESS.fullmatch(text.strip())
    if not (year and found and found[2]):
        return False
    return int(found[3]) == year % 100 and int(found[1]) <= _MONTHS_IN_YEAR


def _in_year(text: str, year: int) -> dict[str, date]:
    """Read a day without its year as one of a year."""
    found = _YEARLESS.fullmatch(text.strip())
    mark = found[2] if found and found[2] else " "
    return readings(f"{text.strip().rstrip('.').replace('-', mark)}{mark}{year}")


def _orders(days: Iterable[str]) -> dict[str, str]:
    """Give forms of numbers alone by what is first: d, m or y; others need no order."""
    return {form[1]: form for form in days if form[:2] in ("%d", "%m", "%y") and "%b" not in form}


def _form_in(days: dict[str, date], order: str) -> str:
    """Give the form that a date has in an order, or has in any."""
    return _orders(days).get(order) or next(iter(days))


def _settle_order(read: dict[str, dict[str, date]]) -> str:
    """Find what is first in all dates of numbers alone; nothing where there are none."""
    left: dict[str, str] = {}
    for text, days in read.items():
        orders = _orders(days)
        kept = [order for order in left or orders if order in orders]
        if not kept:
            first, these = next(iter(read.items()))
            refuse(
                f"the dates of this file are written in more than one form: "
                f"{quoted(first)} and {quoted(text)}",
                f"write them in one form, or keep to one with --date-format {next(iter(these))}",
            )
        left = dict.fromkeys(kept, text)
    for text, days in read.items():
        meant = {days[form]: form for order, form in _orders(days).items() if order in left}
        if len(meant) > 1 and not all("." in form for form in meant.values()):
            (day, one), (other, two), *_ = meant.items()
            refuse(
                f"day and month cannot be told apart in this file: "
                f"{quoted(text)} is {day} or {other}",
                f"say which it is: --date-format {one} or --date-format {two}",
            )
    return next(iter(left), "")


def _by(order: str, forms: str, year: int = 0) -> Callable[[str], date]:
    def read_day(text: str) -> date:
        days = readings(text)
        if not days and _lacks_year(text):
            days = _in_year(text, year) if year else {}
            if _may_be_month_of(text, year):
                message = f"{quoted(text)} may be a day of {year}, or a month of that year"
                refuse(message, "write the day, the month and the year, like 2026-03-14")
            if not days:
                refuse(f"{quoted(text)} has no year", "write the year too, like 2026-03-14")
        if not days:
            refuse(f"{quoted(text)} is not a date", f"dates are read as {forms} in this file")
        return days[_form_in(days, order)]

    return read_day


def _stated(form: str) -> Callable[[str], date]:
    read = date_reader(date.max, form)
    order = form[1] if _ORDERED.fullmatch(form) else ""
    timed = form == "unix" or _CLOCK.search(form) is not None

    def read_day(text: str) -> date:
        written = text.strip() if timed else _TIME.sub("", text.strip()).strip()
        days = readings(written)
        if form in days:  # months by name, whatever the system speaks
            return days[form]
        orders = _orders(days)
        if order in orders:  # other marks, or a year of two digits
            return days[orders[order]]
        if order and days and not orders:
            return next(iter(days.values()))
        day = read(written)
        if day is None:
            message = f"{quoted(text)} is not a date"
            raise FieldError(message, f"dates are read as {form} in this file")
        return day

    return read_day
