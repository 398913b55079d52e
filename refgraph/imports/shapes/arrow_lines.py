"""Plain lines with an arrow each: ``2026-03-05 Ann Lee -> Bo Park: Kim Ono``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ARROW_LINE", "CHAT_LINE", "has_arrow", "rows_by_arrow"]

#: How such a line is written, for who wrote it in another way.
ARROW_LINE = "2026-03-05 Ann Lee -> Bo Park: Kim Ono (the day and who was referred may be left out)"
#: A message of a chat that was saved as text.
CHAT_LINE = re.compile(
    r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?![:\d])"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?\]?\s*(?:-\s*)?[^\s,;|-]"
)
_ARROW = re.compile(r"\s*(?:-+>|=+>|[\u2192\u27a1\u2794\u21d2]\ufe0f?)\s*")
_BULLET = re.compile(r"(?:[0-9]{1,4}[.)]|[-*\u2022\u00b7\u2013])\s+")
_DAY = re.compile(r"([0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4})\s*[:,\u2013-]?\s+")
_WHOM = re.compile(r"\s*:\s+|\s+[-\u2013\u2014]\s+|\s+(?:for|re)\s+|\s*(?=\(.*\)$)")
_NO_NAME = re.compile(r"[:;<>\[\](){}|\t]|,\S|,.*,|\s(?:for|re)\s|^[^\w\"']")
_SEPARATES = re.compile(r"[,;|\t]")  # the titles of columns
_SMALL = frozenset(
    (
        *("von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le"),
        *("el", "al", "bin", "ben", "y", "e", "zu", "and", "und", "et", "&"),
    )
)
_MOST_TITLES, _MOST_WORDS = 3, 5


def has_arrow(line: str) -> bool:
    """Tell whether an arrow stands in a line.

    Examples
    --------
    >>> has_arrow("Ann -> Bo"), has_arrow("Ann to Bo")
    (True, False)
    """
    return _ARROW.search(line) is not None


def rows_by_arrow(
    filled: Sequence[tuple[int, str]],
) -> tuple[list[list[str]], list[int]] | None:
    """Split each line at its one arrow; None if one has none, or its names cannot be told.

    Lines above the first arrow are titles. A number or a bullet and a day may stand before who
    gave, and behind who got, after a colon or a dash or in brackets, who was referred.

    Parameters
    ----------
    filled : sequence of (int, str)
        The lines that are not blank, and their numbers.

    Returns
    -------
    rows : list of list of str
        The header is the first.
    lines : list of int
        The line of each.

    Examples
    --------
    >>> rows_by_arrow([(1, "This week"), (2, "1. Ann Lee -> Bo: Kim Ono"), (3, "2. Bo -> Cy")])[0]
    [['From', 'To', 'Client'], ['Ann Lee', 'Bo', 'Kim Ono'], ['Bo', 'Cy', '']]
    >>> rows_by_arrow([(1, "Ann Lee -> Bo Park, Kim Ono"), (2, "Bo -> Cy")]) is None
    True
    """
    first = next((k for k, (_, line) in enumerate(filled) if has_arrow(line)), _MOST_TITLES + 1)
    if first > _MOST_TITLES or len(filled) - first < 2:
        return None
    if any(_SEPARATES.search(line) for _, line in filled[:first]):  # the header of a table
        return None
    found = [(at, _parts(line.strip())) for at, line in filled[first:]]
    told = [(at, parts) for at, parts in found if parts]
    if len(told) < len(found):
        return None
    titles = ("Date", "From", "To", "Client")
    used = [k for k in range(len(titles)) if k in (1, 2) or any(parts[k] for _, parts in told)]
    rows = [[titles[k] for k in used], *[[parts[k] for k in used] for _, parts in told]]
    return rows, [0, *[at for at, _ in told]]


def _parts(line: str) -> tuple[str, str, str, str] | None:
    """Take a line apart: its day, who gave, who got, who was referred; None if that is not told."""
    sides = _ARROW.split(_BULLET.sub("", line, count=1) if _BULLET.match(line) else line)
    if len(sides) != 2:
        return None
    giver, rest = sides
    day = _DAY.match(giver)
    giver = giver[day.end() :] if day else giver
    receiver, *more = _WHOM.split(rest, maxsplit=1)
    whom = more[0].strip() if more else ""
    if whom.startswith("(") and whom.endswith(")"):
        whom = whom[1:-1].strip()
    if not (_is_name(giver) and _is_name(receiver)) or ("," in receiver and "," not in giver):
        return None
    return day[1] if day else "", giver.strip(), receiver.strip(), whom


def _is_name(text: str) -> bool:
    """Tell whether a text may be one name, and no sentence."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or _NO_NAME.search(text.strip()):
        return False
    small = [word for word in words if word[0].islower() and word.casefold() not in _SMALL]
    return not small or len(small) == len(words)
