"""The dated lines of a list as a calendar that other programs read (RFC 5545)."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from refgraph.schema.row_facts import person_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ics"]

_WIDE = 73  # octets of a line, and a blank before what is folded


def ics(rows: Iterable[Mapping[str, Any]], today: date) -> str:
    r"""Write each row that is due on a day as an event of that day, or of today if that is past.

    Parameters
    ----------
    rows : iterable of mapping
        ``person``, ``lane``, ``reason``, ``because``, ``due`` (ISO date or None), ``about`` and
        ``do`` (the command that records it, or None).
    today : datetime.date
        The day it is; the same rows give the same bytes.

    Examples
    --------
    >>> row = {"person": "Ann; Co", "lane": "ask", "reason": "thanked", "because": "So it is."}
    >>> row |= {"due": "2026-10-03", "about": "", "do": None}
    >>> [line for line in ics([row], date(2026, 10, 1)).split("\r\n") if "Ann" in line]
    ['SUMMARY:Ask: Ann\\; Co']
    """
    stamp = f"{today:%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//refgraph//today//EN"]
    for row in rows:
        if row["due"] is None:
            continue
        day = max(date.fromisoformat(row["due"]), today)
        key = "|".join(str(row[name]) for name in ("lane", "person", "reason", "about", "due"))
        told = "\n".join(filter(None, (row["because"], row["do"])))
        title = f"{str(row['lane']).capitalize()}: {person_of(row)}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{sha256(key.encode()).hexdigest()[:32]}@refgraph",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            f"DESCRIPTION:{_escaped(told)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Cut a line so that none has more octets than allowed, and no letter is cut."""
    parts, at = [""], 0
    for letter in line:
        size = len(letter.encode())
        if at + size > _WIDE:
            parts, at = [*parts, " "], 1
        parts[-1] += letter
        at += size
    return parts
