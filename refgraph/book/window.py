"""What people type when they ask for a day, or for a window of days."""

from __future__ import annotations

from datetime import date, datetime

from refgraph.errors import RefgraphError
from refgraph.schema.dates import iso_date
from refgraph.schema.spans import first_day
from refgraph.schema.text import FieldError

__all__ = ["read_day", "read_window"]


def read_day(said: date | str | None) -> date | None:
    """Read a day given as a date, a moment or ISO text; None stays None.

    Raises
    ------
    RefgraphError
        The text is no day.

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

    Raises
    ------
    RefgraphError
        It says twice where it starts, or starts after its end.

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
