"""What is read of a mail or an appointment: who, when, and the little that says what it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from refgraph.schema.text import UNSAFE

if TYPE_CHECKING:
    from datetime import date

__all__ = ["LONGEST_NAME", "MOST_PARTIES", "Event", "Party", "key_of", "plain_text"]

#: Who writes to more people at once writes to nobody in particular.
MOST_PARTIES = 12
LONGEST_NAME = 80
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: a name as it is shown, if there is one, and an address in small letters."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Event:
    """A mail or an appointment.

    Attributes
    ----------
    key : str
        A digest of its own id: the same mail has it in every archive.
    day : datetime.date
        On which day it was, where it was written.
    second : float
        When it was, to put several in order.
    sender : Party
        Who wrote it, or called to it.
    others : tuple of Party
        Everybody else, first those whom it is addressed to.
    subject, line : str
        Its subject and its first line; blank unless they may say what it was.
    kind : str
        The kind of touch that it is, if it says nothing else.
    answers : bool
        Whether it answers or forwards another one.
    is_own : bool
        Whether it stands in a calendar, which is mine.
    away : tuple of str
        Addresses of who was called to it and declined.
    """

    key: str
    day: date
    second: float
    sender: Party
    others: tuple[Party, ...]
    subject: str = ""
    line: str = ""
    kind: str = "email"
    answers: bool = False
    is_own: bool = False
    away: tuple[str, ...] = ()


def key_of(text: str) -> str:
    """Digest the id of a mail or an appointment: it tells it again, and nothing of it.

    Examples
    --------
    >>> len(key_of("<1@mail.example>")), key_of("a") == key_of("b")
    (12, False)
    """
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def plain_text(text: str, most: int) -> str:
    r"""Give text on one line, without what steers a screen or shows nowhere.

    Examples
    --------
    >>> plain_text("Ann\x1b[31m \u202eLee\n", 20)
    'Ann[31m Lee'
    """
    told = UNSAFE.sub("", _BLANK.sub(" ", text[: 4 * most]))
    return " ".join(told.split())[:most].strip()
