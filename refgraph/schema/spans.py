"""Spans of time that end today: ``90d``, ``8w``, ``12m``, ``2y``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from refgraph.errors import RefgraphError

__all__ = ["first_day"]

_SPAN = re.compile(r"([1-9][0-9]{0,5})([dwmy])")


def first_day(span: str, today: date) -> date:
    """Give the first day of a span that ends today.

    A month back from the 31st is the last day of a shorter month.

    Parameters
    ----------
    span : str
        A number of days, weeks, months or years.
    today : datetime.date
        Its last day.

    Raises
    ------
    RefgraphError
        It is not a span, or it reaches back before the calendar begins.

    Examples
    --------
    >>> first_day("12m", date(2026, 10, 1))
    datetime.date(2025, 10, 2)
    >>> first_day("1m", date(2026, 3, 31))
    datetime.date(2026, 3, 1)
    """
    found = _SPAN.fullmatch(span.strip().lower())
    if not found:
        msg = f"{span!r} is not a span of time; write it like 90d, 8w, 12m or 2y"
        raise RefgraphError(msg)
    number, unit = int(found[1]), found[2]
    try:
        if unit in "dw":
            return today - timedelta(days=number * (7 if unit == "w" else 1) - 1)
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        after = date(year + month // 11, (month + 1) % 12 + 1, 1)  # first of the next month
        last = after - timedelta(days=1)
        return last.replace(day=min(today.day, last.day)) + timedelta(days=1)
    except (ValueError, OverflowError):
        msg = f"{span} reaches back before the calendar begins"
        raise RefgraphError(msg) from None
