"""What a mail or an appointment says: an introduction, a referral, thanks, or only contact."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from refgraph.imports.capture.introducing_words import (
    LINE_SIGNS,
    NOT_SO,
    SUBJECT_SIGNS,
    THANKS_FOR_IT,
    THANKS_MORE,
)
from refgraph.imports.events.event_words import REPLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.imports.events.captured_event import Event

__all__ = ["folded_text", "introduces", "named_among", "thanks_for"]

_ENOUGH = 2
_SHORTEST = 2
_WORDS = re.compile(r"[\W_]+")


def folded_text(text: str) -> str:
    """Give a text without capitals and accents.

    Examples
    --------
    >>> folded_text("Présente À")
    'presente a'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return plain.replace("’", "'")  # noqa: RUF001  # as people type them


def _called(names: Iterable[str]) -> list[str]:
    """Give all that people may be called: their names, and each word of them."""
    found: dict[str, None] = {}
    for name in map(folded_text, names):
        found[name.strip()] = None
        for word in _WORDS.split(name):
            if len(word) >= _SHORTEST:
                found[word] = None
    return sorted(filter(None, found), key=len, reverse=True)


def _held(text: str, names: Iterable[str]) -> str:
    """Put a sign for each name of a text: two that stand side by side are one name."""
    called = _called(names)
    if not called:
        return folded_text(text)
    form = "|".join(map(re.escape, called))
    return re.sub(rf"(?<!\w)(?:{form})(?:[ .](?:{form}))*(?!\w)", "¤", folded_text(text))


def introduces(event: Event, names: Iterable[str]) -> bool:
    """Tell whether an event makes two people known to each other.

    Parameters
    ----------
    event : Event
        With its subject and its first line.
    names : iterable of str
        All names of the two.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph.imports.events.captured_event import Event, Party
    >>> ann, bo = Party("Ann Lee", "ann@x.example"), Party("Bo Park", "bo@y.example")
    >>> mail = Event("k", date(2026, 11, 2), 0.0, ann, (bo,), "Hi", "Dana, meet Bo. He is great.")
    >>> introduces(mail, ["Dana Reed", "Bo Park"]), introduces(mail, ["Cy Dunn", "Di Ott"])
    (True, False)
    """
    names = [*names]
    line = _held(event.line, names)
    if NOT_SO.search(line):
        return False
    found = sum(weight for weight, sign in LINE_SIGNS if sign.search(line))
    if not event.answers:
        subject = _held(REPLY.sub("", event.subject), names)
        found += sum(weight for weight, sign in SUBJECT_SIGNS if sign.search(subject))
    return found >= _ENOUGH


def named_among(event: Event, people: Mapping[str, Iterable[str]]) -> list[str]:
    """Name those whose name, or a word of it, stands in the subject or the first line.

    Parameters
    ----------
    event : Event
        With its subject and its first line.
    people : mapping of str to iterable of str
        Who may be named, and all that they are called.
    """
    text = f"{event.subject} | {event.line}"
    return [who for who, names in people.items() if "¤" in _held(text, names)]


def thanks_for(event: Event) -> str:
    """Tell what an event thanks for: ``"referral"``, ``"work"``, or nothing of the two.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph.imports.events.captured_event import Event, Party
    >>> ann = Party("Ann Lee", "ann@x.example")
    >>> for line in ("Thanks for introducing us", "Danke für die Hilfe", "Thanks for your mail"):
    ...     print(thanks_for(Event("k", date(2026, 11, 2), 0.0, ann, (), "", line)) or "-")
    referral
    work
    -
    """
    text = folded_text(event.line)
    if THANKS_FOR_IT.search(text):
        return "referral"
    return "work" if THANKS_MORE.search(text) else ""
