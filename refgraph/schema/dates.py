"""Days are written in one form, stated and never guessed, and are hardly in the future."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from refgraph.schema.text import quoted, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["date_reader", "has_zone", "iso_date", "iso_day", "latest_day"]

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<mark>[-/]?)(?P<month>[0-9]{2})(?P=mark)(?P<day>[0-9]{2})"
    r"|-(?P<nth>[0-9]{3})|(?P<dash>-?)W(?P<week>[0-9]{2})(?P=dash)(?P<weekday>[1-7]))"
    r"(?:[Tt ](?:[01][0-9]|2[0-3])(?::?[0-5][0-9](?::?(?:[0-5][0-9]|60)(?:[.,][0-9]+)?)?)?"
    r"(?P<zone> ?(?:[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?)?"
)
_PARTIAL = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")
_SECONDS = re.compile(r"-?[0-9]{1,12}")
_YEAR = re.compile(r"%[YyGcxDF]")
_EPOCH = date(1970, 1, 1)
_GRACE = timedelta(days=1)
_FURTHEST_EAST = timedelta(hours=14)  # ahead of UTC: Kiritimati


def iso_date(text: str) -> date:
    """Read a day written YYYY-MM-DD, and no other form.

    Raises
    ------
    FieldError
        It is in another form, or there is no such day.

    Examples
    --------
    >>> iso_date("2026-03-01")
    datetime.date(2026, 3, 1)
    """
    if not _ISO.fullmatch(text):
        refuse(f"{quoted(text)} is not a date", "dates are YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"there is no {text}", "dates are YYYY-MM-DD")


def iso_day(text: str) -> date:
    """Read a day in any form of ISO 8601; of a day with a time, the day as it is written.

    Slashes may stand for the hyphens, and a blank before the time and the zone. The day
    is that of the writer's clock: it is not moved to another zone.

    Raises
    ------
    FieldError
        If the text has no such form, or there is no such day.

    Examples
    --------
    >>> iso_day("2014-11-03 23:12:44 -0800"), iso_day("20250207")
    (datetime.date(2014, 11, 3), datetime.date(2025, 2, 7))
    >>> iso_day("2025-W06-5") == iso_day("2025-038") == iso_day("2025/02/07")
    True
    """
    match = None if _ISO.fullmatch(text) else _ISO_DAY.fullmatch(text)
    if match is None:
        return iso_date(text)
    year, month, day, nth, week, weekday = (
        int(match[name] or 0) for name in ("year", "month", "day", "nth", "week", "weekday")
    )
    try:
        if week:
            return date.fromisocalendar(year, week, weekday)
        found = date(year, 1, 1) + timedelta(days=nth - 1) if nth else date(year, month, day)
    except (ValueError, OverflowError):
        found = None
    if found is None or found.year != year:
        refuse(f"there is no {text}", "dates are YYYY-MM-DD")
    return found


def has_zone(text: str) -> bool:
    """Tell whether a day of ISO 8601 is written with a time and its zone.

    Examples
    --------
    >>> has_zone("2025-02-07T09:30:00Z"), has_zone("2025-02-07T09:30")
    (True, False)
    """
    match = _ISO_DAY.fullmatch(text)
    return match is not None and match["zone"] is not None


def _unix_day(text: str) -> date:
    if not _SECONDS.fullmatch(text):
        refuse(f"{quoted(text)} is not a unix time", "a unix time is in whole seconds: 1262454010")
    try:
        return _EPOCH + timedelta(days=int(text) // 86_400)
    except OverflowError:
        refuse(f"there is no day for the unix time {text}")


def _strptime_day(form: str) -> Callable[[str], date]:
    dated = _YEAR.search(form) is not None  # without one, strptime itself warns
    for day in (date(2025, 3, 9), date(1998, 11, 23)):
        try:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)  # %z needs a zone
            same = dated and datetime.strptime(noon.strftime(form), form).date() == day  # noqa: DTZ007
        except (ValueError, re.error, OverflowError):
            same = False
        if not same:
            refuse(
                f"the date format {quoted(form)} does not give a year, a month and a day",
                "write it like %d/%m/%Y, or unix for seconds since 1970",
            )

    def read_day(text: str) -> date:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except (ValueError, OverflowError):
            refuse(
                f"{quoted(text)} is not a date", f"dates are read as {quoted(form)} (--date-format)"
            )

    return read_day


def latest_day(today: date, now: datetime | None = None) -> date:
    """Give the last day that counts as today: the day after, or what it is anywhere by now.

    Somebody whose clock is ahead writes a row of tomorrow. Between a zone 14 hours ahead of
    UTC and one 11 or 12 behind there are two dates for an hour or two of each day; so where
    `today` is the day of the clock, the day 14 hours ahead of UTC is let in as well.

    Parameters
    ----------
    today : datetime.date
        What counts as today.
    now : datetime.datetime, optional
        The time here, with its zone; if not given, that of the clock.

    Examples
    --------
    >>> latest_day(date(2026, 6, 30))
    datetime.date(2026, 7, 1)
    """
    if today == date.max:
        return today
    now = datetime.now(UTC).astimezone() if now is None else now
    ahead = (now.astimezone(UTC) + _FURTHEST_EAST).date()
    return max(today + _GRACE, ahead) if today == now.date() else today + _GRACE


def date_reader(
    today: date, form: str | None = None, tell: Callable[[str], None] | None = None
) -> Callable[[str], date | None]:
    """Build the reader of dates up to the :func:`latest_day` of `today`; blank is None.

    Parameters
    ----------
    today : datetime.date
        The day on which the file is read.
    form : str or None
        None for ISO 8601, ``"unix"`` for seconds (the day in UTC), or a
        `datetime.strptime` format.
    tell : callable, optional
        Is given each text that has a zone, and each that is only a month or a
        year: without a form these are None then, and are refused if `tell` is
        not given.

    Examples
    --------
    >>> read = date_reader(date(2026, 6, 30), "%d/%m/%Y")
    >>> read("1/3/2026"), read("")
    (datetime.date(2026, 3, 1), None)
    """
    known, latest = {None: iso_day, "unix": _unix_day}, latest_day(today)
    read_day = known[form] if form in known else _strptime_day(str(form))

    def read_date(text: str) -> date | None:
        written = text.strip()
        if not written:
            return None
        partial = tell and form is None and len(written) < 8 and _PARTIAL.fullmatch(written)
        day = _first_day(partial) if partial else read_day(written)
        if tell and (partial or (len(written) > 10 and has_zone(written))):
            tell(written)
        if day > latest:
            refuse(f"{day} is after today, {today}", "correct the date, or set today with --today")
        return None if partial else day

    return read_date


def _first_day(partial: re.Match[str]) -> date:
    year, month = partial.groups()
    return iso_date(f"{year}-{month or '01'}-01")
