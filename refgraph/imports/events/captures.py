"""The events of an archive, of mail or a calendar, and how much of it told nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.imports.events.calendar_file import appointments_in
from refgraph.imports.events.mail_archive import is_calendar, is_mail, mails_in
from refgraph.imports.events.mail_reader import read_mail
from refgraph.reading.files.encodings import unreadable

if TYPE_CHECKING:
    from datetime import date

    from refgraph.imports.events.captured_event import Event

__all__ = ["Capture", "events_of", "is_capture"]

#: The mails that are kept of one archive; others are let go of as they are read.
MOST_EVENTS = 500_000


@dataclass(slots=True)
class Capture:
    """What an archive holds.

    Attributes
    ----------
    events : list of Event
        Mails and appointments that may tell something.
    left : Counter
        How many of the others there are, by the word that says why they tell nothing.
    """

    events: list[Event] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def is_capture(path: str) -> bool:
    """Tell whether a file or a folder is mail or a calendar.

    Examples
    --------
    >>> is_capture("README.md")
    False
    """
    return is_calendar(path) or is_mail(path)


def events_of(path: str, today: date) -> Capture:
    """Read the events of an archive.

    Parameters
    ----------
    path : str
        An archive of mail, a mail, a folder of them, or a calendar.
    today : datetime.date
        The last day that is not in the future.

    Raises
    ------
    LedgerError
        It cannot be read, or tells of more mails than are kept.
    """
    found = Capture()
    reading = appointments_in(path, today) if is_calendar(path) else None
    for each in (
        reading if reading is not None else (read_mail(raw, today) for raw in mails_in(path))
    ):
        if isinstance(each, str):
            found.left[each] += 1
        elif len(found.events) < MOST_EVENTS:
            found.events.append(each)
        else:
            message = f"this archive holds more than {MOST_EVENTS:,} mails between people"
            raise unreadable(path, message, "split it, and import one part after the other")
    return found
