"""What a mail or an appointment says: an introduction, a referral, thanks, or only contact."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from refgraph.imports.capture.denying_words import (
    FOR_WHOM_IT_IS_SAID,
    IN_A_PLURAL,
    NO_THANKS,
    is_denied,
    sentences,
)
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

__all__ = ["first_named", "folded_text", "introduces", "is_for", "named_among", "thanking"]
__all__ += ["thanks_for"]

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
    subject = _held(REPLY.sub("", event.subject), names)
    if NOT_SO.search(line) or not ("¤" in line + subject or IN_A_PLURAL.search(line)):
        return False
    least = _ENOUGH if "?" in line else 1  # who asks something only seems to introduce
    kept = [each for each in sentences(line) if not is_denied(each)]
    if line and not kept:
        return False
    line = ". ".join(kept)
    found = sum(weight for weight, sign in LINE_SIGNS if weight >= least and sign.search(line))
    if not event.answers:
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


def first_named(text: str, people: Mapping[str, Iterable[str]]) -> str | None:
    """Name who is named first in a text: it is to them that it speaks.

    Parameters
    ----------
    text : str
        A sentence, or several.
    people : mapping of str to iterable of str
        Who may be named, and all that they are called.

    Examples
    --------
    >>> first_named("Thanks Bo for Ann", {"Ann Lee": ["Ann Lee"], "Bo Park": ["Bo Park"]})
    'Bo Park'
    """
    places = {who: _held(text, names).find("¤") for who, names in people.items()}
    named = [who for who, place in places.items() if place >= 0]
    return min(named, key=lambda who: places[who]) if named else None


def is_for(event: Event, who: str, people: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether somebody is sent to another to be helped, and not to help.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph.imports.events.captured_event import Event, Party
    >>> ann, day = Party("Ann Lee", "ann@x.example"), date(2026, 11, 2)
    >>> mail = Event("k", day, 0.0, ann, (), "", "Dana, meet Bo. He can help you.")
    >>> people = {"Dana Reed": ["Dana"], "Bo Park": ["Bo"]}
    >>> is_for(mail, "Dana Reed", people), is_for(mail, "Bo Park", people)
    (True, False)
    """
    spoken_to = first_named(event.line, people)
    return spoken_to == who and FOR_WHOM_IT_IS_SAID.search(folded_text(event.line)) is not None


def thanks_for(line: str) -> str:
    """Tell what a line thanks for: ``"referral"``, ``"work"``, or nothing of the two.

    Examples
    --------
    >>> for line in ("Thanks for introducing us", "Danke für die Hilfe", "Thanks for your mail"):
    ...     print(thanks_for(line) or "-")
    referral
    work
    -
    >>> thanks_for("No thanks, I need no introduction")
    ''
    """
    text = folded_text(line)
    if NO_THANKS.search(text):
        return ""
    if THANKS_FOR_IT.search(text):
        return "referral"
    return "work" if THANKS_MORE.search(text) else ""


def thanking(line: str) -> str:
    """Give the sentence in which a line thanks for something; nothing where it does not.

    Examples
    --------
    >>> thanking("Hello Bo! Thanks for introducing us, Ann. Bo, see you soon.")
    'Thanks for introducing us, Ann'
    """
    return next((each for each in sentences(line) if thanks_for(each)), "")
