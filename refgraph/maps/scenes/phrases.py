"""Phrases that several maps share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from refgraph.wording import join_names, pluralize, which_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from refgraph.book.book import Book

__all__ = [
    "SEPARATOR",
    "isolated",
    "listed",
    "many",
    "month",
    "name_room",
    "number",
    "sentence",
    "short",
    "two_sides",
    "when",
]

SEPARATOR = "  ·  "  # between the parts of a subtitle
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


_SHARE, _NARROW, _NAMED = 0.3, 0.8, 300.0  # of a title, of a narrow one, pixels there
_TEN, _THOUSAND = 10, 1000
_UNITS = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_SIDE = 2  # people on each side, from which on a network is told to be of two sides


def number(value: float) -> str:
    """Give a number without needless decimals.

    Examples
    --------
    >>> number(3.0), number(0.5), number(12345)
    ('3', '0.5', '12,345')
    """
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}".rstrip("0")


def two_sides(gives: int, receives: int) -> str:
    """Say how many only give and how many only receive; nothing of a side of one.

    Examples
    --------
    >>> two_sides(2, 1200), two_sides(1, 9)
    ('2 people only give, 1,200 only receive', '')
    """
    if min(gives, receives) < _SIDE:
        return ""
    return f"{gives:,} people only give, {receives:,} only receive"


def short(value: float) -> str:
    """Give a number in as few letters as a mark has room for.

    Examples
    --------
    >>> short(900), short(1234), short(12_500), short(999_999), short(1_000_000)
    ('900', '1.2k', '13k', '1M', '1M')
    """
    if _half_up(value) < _THOUSAND:
        return number(value)
    fitting = (each for each in _UNITS.items() if _half_up(value / each[1]) < _THOUSAND)
    sign, unit = next(fitting, ("T", _UNITS["T"]))
    tenths = _half_up(_TEN * value / unit)
    return number(tenths / _TEN if tenths < _TEN**2 else _half_up(value / unit)) + sign


def _half_up(value: float) -> int:
    """Round as the script of a page does: a half goes up."""
    return math.floor(value + 0.5)


def isolated(name: str) -> str:
    """Give a name so that its direction of writing does not turn the words about it round.

    Examples
    --------
    >>> mark = "\N{LEFT-TO-RIGHT MARK}"
    >>> isolated("Ann"), isolated("דוד") == mark + "דוד" + mark
    ('Ann', True)
    """
    backward = any(bidirectional(letter) in {"R", "AL"} for letter in name)
    mark = "\N{LEFT-TO-RIGHT MARK}" if backward else ""
    return f"{mark}{name}{mark}"


def many(value: float, one: str, more: str | None = None) -> str:
    """Count things.

    Examples
    --------
    >>> many(1, "referral"), many(2, "person", "people")
    ('1 referral', '2 people')
    """
    return f"{number(value)} {which_of(value, one, more) if more else pluralize(value, one)}"


def listed(names: Sequence[str]) -> str:
    """Join names as one says them.

    Examples
    --------
    >>> listed(["Ann"]), listed(["Ann", "Bo"]), listed(["Ann", "Bo", "Cy"])
    ('Ann', 'Ann and Bo', 'Ann, Bo and Cy')
    """
    return join_names(names)


def sentence(parts: Sequence[str]) -> str:
    """Join the parts of a subtitle, leaving out the empty ones.

    Examples
    --------
    >>> sentence(["50 received", "", "3 left out"])
    '50 received  ·  3 left out'
    """
    return SEPARATOR.join(part for part in parts if part)


def name_room(room: float) -> float:
    """Give how wide a name in a title may be, which has more lines where it has less room.

    Examples
    --------
    >>> name_room(1504.0), name_room(384.0)
    (451.2, 300.0)
    """
    return max(_SHARE * room, min(_NARROW * room, _NAMED))


def when(book: Book) -> str:
    """Say which window the map counts and the day it was drawn for."""
    if book.since and book.until:
        window = f"{book.since} to {book.until}"
    elif book.since:
        window = f"since {book.since}"
    elif book.until:
        window = f"until {book.until}"
    else:
        window = "whole record"
    return f"{window}, as of {book.today}"


def month(day: date, *, year: bool = True) -> str:
    """Name a month, in English whatever the locale.

    Examples
    --------
    >>> from datetime import date
    >>> month(date(2025, 6, 1)), month(date(2025, 6, 1), year=False)
    ('June 2025', 'June')
    """
    name = _MONTHS[day.month - 1]
    return f"{name} {day.year}" if year else name
