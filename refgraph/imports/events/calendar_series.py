"""The times of a series of a calendar, as its rule (RRULE) gives them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["times_of"]

_MOST_TIMES, _MOST_PERIODS = 1_000, 20_000
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEPS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_READ = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_ON = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")


def times_of(begins: datetime, rule: str, last: datetime) -> Iterator[datetime]:
    """Give the times of a series up to the last, so many at most; one alone without a rule.

    Of a rule that says more than is read, the first time alone is given: no day is guessed.

    Parameters
    ----------
    begins : datetime.datetime
        The first time.
    rule : str
        As in RFC 5545, 3.3.10: ``FREQ=MONTHLY;BYDAY=1TU``.
    last : datetime.datetime
        After which there is none.

    Examples
    --------
    >>> first, last = datetime(2026, 9, 1, 9), datetime(2026, 12, 1)
    >>> [f"{at:%d %b}" for at in times_of(first, "FREQ=MONTHLY;BYDAY=1TU", last)]
    ['01 Sep', '06 Oct', '03 Nov']
    >>> len([*times_of(first, "FREQ=SECONDLY", last)])
    1
    """
    said = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    try:
        step, every = said.get("FREQ", ""), int(said.get("INTERVAL", "1"))
        most = min(_MOST_TIMES, int(said.get("COUNT", _MOST_TIMES)))
        sound = step in _STEPS and {*said} <= _READ and every > 0 and most > 0
        on = _on(said.get("BYDAY", ""))
        numbers = [_numbers(said.get(name, "")) for name in ("BYMONTHDAY", "BYMONTH", "BYSETPOS")]
    except ValueError:
        sound = False
    if not sound:
        yield begins
        return
    given = 0
    for period in range(_MOST_PERIODS):
        try:
            days = _days(begins, step, period * every, on, numbers)
        except (OverflowError, ValueError):
            return
        for at in days:
            if at > last or given >= most:
                return
            if at >= begins:
                given += 1
                yield at


def _on(text: str) -> list[tuple[int, int]]:
    """Read days of the week, each with which of the month it is (0: every)."""
    found = []
    for part in filter(None, text.split(",")):
        match = _ON.fullmatch(part.strip())
        if match is None:
            raise ValueError(part)
        found.append((int(match[1] or 0), _DAYS.index(match[2])))
    return found


def _numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if any(_NUMBER.fullmatch(part) is None for part in parts):
        raise ValueError(text)
    return [*map(int, parts)]


def _days(
    begins: datetime, step: str, number: int, on: list[tuple[int, int]], numbers: list[list[int]]
) -> list[datetime]:
    """Give the times of one day, week, month or year of a series, in order."""
    in_month, months, places = numbers
    weekdays = {day for _, day in on}
    if step == "DAILY":
        days = [begins + timedelta(days=number)]
        days = [day for day in days if not weekdays or day.weekday() in weekdays]
        days = [day for day in days if not in_month or day.day in in_month]
    elif step == "WEEKLY":
        monday = begins + timedelta(days=7 * number - begins.weekday())
        wanted = sorted(weekdays or {begins.weekday()})
        days = [monday + timedelta(days=day) for day in wanted]
    else:
        count = begins.month - 1 + number * (12 if step == "YEARLY" else 1)
        year = begins.year + count // 12
        which = months or [count % 12 + 1]
        days = []
        for month in sorted(which) if step == "YEARLY" else [count % 12 + 1]:
            days += _in_month(begins.replace(year=year, month=month, day=1), begins, on, in_month)
    days = [day for day in days if not months or day.month in months]
    if places:
        days = [days[at - 1 if at > 0 else at] for at in places if at and abs(at) <= len(days)]
    return sorted(days)


def _in_month(
    first: datetime, begins: datetime, on: list[tuple[int, int]], in_month: list[int]
) -> list[datetime]:
    length = monthrange(first.year, first.month)[1]
    days = range(1, length + 1)
    if in_month:
        wanted = {day if day > 0 else length + 1 + day for day in in_month}
        days_wanted = [day for day in days if day in wanted]
    else:
        days_wanted = [*days] if on else [day for day in days if day == begins.day]
    found = [first.replace(day=day) for day in days_wanted]
    return [day for day in found if not on or _is_on(day, length, on)]


def _is_on(day: datetime, length: int, on: list[tuple[int, int]]) -> bool:
    from_start, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    return any(
        day.weekday() == weekday and number in (0, from_start, from_end) for number, weekday in on
    )
