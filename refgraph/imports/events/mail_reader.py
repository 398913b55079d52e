"""A mail becomes an event: who wrote it to whom, on which day, and whether a machine did."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.errors import MessageError
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from refgraph.imports.events.captured_event import (
    LONGEST_NAME,
    MOST_PARTIES,
    Event,
    Party,
    key_of,
    plain_text,
)
from refgraph.imports.events.event_words import AUTOMATIC, MAY_MEAN, REPLY
from refgraph.imports.events.mail_first_line import first_line, is_invitation

if TYPE_CHECKING:
    from refgraph.imports.events.mail_archive import RawMail

__all__ = ["read_mail"]

_MOST_VALUE, _MOST_SUBJECT, _MOST_VALUES = 20_000, 200, 20
_FIRST_YEAR = 1990
_LIST: tuple[str, ...] = (
    "list-id",
    "list-unsubscribe",
    "list-post",
    "mailing-list",
    "x-mailman-version",
)
_LIST += ("x-google-group-id", "feedback-id", "x-autoreply", "x-autorespond", "x-campaign-id")
_LIST += ("x-csa-complaints", "x-mailgun-sid", "x-sg-eid", "x-mc-user")
_BULK = re.compile(r"\s*(?:bulk|list|junk|auto_reply)\b", re.IGNORECASE)
# What mail programs call unwanted, thrown away or never sent, each a label by itself.
_LABELS = re.compile(
    r"(?:^|,)[\s\"]*(?:spam|junk|trash|drafts?|papierkorb|entw(?:ü|u)rfe?|corbeille|brouillons?"
    r"|(?:courrier )?ind[ée]sirables?|correo no deseado|borradore?s?|papelera|bozz[ae]|cestino"
    r"|posta indesiderata|concepten|prullenbak|rascunhos?|lixeira)[\s\"]*(?:,|$)"
)
# What a terminal would obey: which brackets of it are read as what differs by version of Python.
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f]")
_ADDRESS = re.compile(r"[^\s@<>\"(),;:\\]{1,64}@[\w.-]{1,190}")
_FORGED = timedelta(days=10)
_Head = dict[str, list[str]]


def read_mail(raw: RawMail, today: date) -> Event | str:
    r"""Read a mail; or say in a word why it tells nothing.

    Parameters
    ----------
    raw : RawMail
        Its header, and how its body begins.
    today : datetime.date
        No mail is from a day later than the next one.

    Examples
    --------
    >>> from refgraph.imports.events.mail_archive import RawMail
    >>> head = b"From: Ann Lee <Ann@lee.example>\nTo: dana@x.example\nDate: Mon, 2 Nov 2026 9:00"
    >>> event = read_mail(RawMail(head, b""), date(2026, 11, 29))
    >>> event.sender, event.day
    (Party(name='Ann Lee', address='ann@lee.example'), datetime.date(2026, 11, 2))
    """
    head = _fields(raw.head)
    subject = plain_text(_text(_value(head, "subject")), _MOST_SUBJECT)
    if _is_automatic(head, subject) or is_invitation(raw.head, raw.body):
        return "machine"
    senders = _parties(head, "from") or _parties(head, "sender")
    others = [each for name in ("to", "cc", "bcc") for each in _parties(head, name)]
    if not senders or not others:
        return "nobody"
    sender = senders[0]
    kept = {each.address: each for each in reversed(others) if each.address != sender.address}
    if len(kept) > MOST_PARTIES:
        return "crowd"
    when = _when(head, raw.envelope, today)
    if when is None:
        return "undated"
    line = first_line(raw.head, raw.body)
    answers = bool({"in-reply-to", "references"} & {*head} or REPLY.match(subject))
    tells = MAY_MEAN.search(f"{subject} | {line}") is not None
    named = _text(_value(head, "message-id")).strip()
    day, second = when
    identity = named or f"{second} {sender.address} {subject} {sorted(kept)}"
    return Event(
        key_of(identity),
        day,
        second,
        sender,
        tuple(dict.fromkeys(kept[each.address] for each in others if each.address in kept)),
        subject if tells else "",
        line if tells else "",
        answers=answers,
    )


def _fields(head: bytes) -> _Head:
    """Give the fields of a header by their names in small letters, each as long as it may be."""
    found: _Head = {}
    for name, value in BytesHeaderParser().parsebytes(head + b"\n\n").raw_items():
        values = found.setdefault(name.lower(), [])
        if len(values) < _MOST_VALUES:
            text = str(value)[:_MOST_VALUE]
            values.append(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return found


def _value(head: _Head, name: str) -> str:
    """Give the first field of a name."""
    return head.get(name, [""])[0]


def _text(value: str) -> str:
    """Give a field as it is meant to be read: encoded words, and bytes that are none."""
    try:
        parts = decode_header(value)
    except (MessageError, ValueError, LookupError):
        parts = [(value, None)]
    found = []
    for text, charset in parts:
        if isinstance(text, bytes):
            try:
                found.append(text.decode(charset or "utf-8", "replace"))
            except (LookupError, ValueError):
                found.append(text.decode("latin-1"))
        else:
            found.append(text)
    return "".join(found)


def _parties(head: _Head, name: str) -> list[Party]:
    """Give who stands in a field, each with a name as it can be shown."""
    try:
        found = getaddresses([_CODES.sub("", text) for text in head.get(name, [])])
    except (ValueError, TypeError, IndexError, RecursionError):  # brackets in brackets
        return []
    parties = []
    for shown, address in found[: 4 * MOST_PARTIES]:
        low = plain_text(address, 260).casefold()
        if _ADDRESS.fullmatch(low):
            parties.append(Party(_shown(_text(shown), low), low))
    return parties


def _shown(text: str, address: str) -> str:
    name = plain_text(text, LONGEST_NAME + 1).strip("'\"<> ")
    return "" if "@" in name or len(name) > LONGEST_NAME or name.casefold() == address else name


def _is_automatic(head: _Head, subject: str) -> bool:
    """Tell whether a machine wrote, or the mail went to a list, or is not wanted."""
    said = {name: _value(head, name).strip().casefold() for name in _TELLING}
    return (
        any(name in head for name in _LIST)
        or _BULK.match(said["precedence"]) is not None
        or said["auto-submitted"] not in ("", "no")
        or said["return-path"] == "<>"
        or said["x-spam-flag"] == "yes"
        or said["x-spam-status"].startswith("yes")
        or said["content-type"].startswith(("multipart/report", "text/calendar"))
        or "calendar" in said["content-class"]
        or _LABELS.search(_text(_value(head, "x-gmail-labels")).casefold()) is not None
        or AUTOMATIC.match(subject) is not None
    )


_TELLING: tuple[str, ...] = (
    "precedence",
    "auto-submitted",
    "return-path",
    "x-spam-flag",
    "x-spam-status",
)
_TELLING += ("content-type", "content-class")


def _when(head: _Head, envelope: bytes, today: date) -> tuple[date, float] | None:
    """Find when a mail was written: as it says itself, unless who received it says otherwise."""
    received = _value(head, "received").rpartition(";")[2]
    arrived = _moment(received, today)
    written = _moment(_value(head, "date"), today)
    if written and arrived and abs(arrived - written) > _FORGED:
        written = arrived
    found = written or arrived or _moment(_envelope_date(envelope), today)
    return None if found is None else (found.date(), found.replace(tzinfo=UTC).timestamp())


def _envelope_date(envelope: bytes) -> str:
    """Give the date of the line before a mail, as a header would say it."""
    parts = envelope.decode("ascii", "replace").split()[2:7]
    if len(parts) < 5:
        return ""
    weekday, month, day, clock, year = parts
    return f"{weekday}, {day} {month} {year} {clock}"


def _moment(text: str, today: date) -> datetime | None:
    """Read a moment, as the clock stood where it was written; none that cannot be."""
    try:
        found = parsedate_to_datetime(" ".join(text.split())).replace(tzinfo=None)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    sound = found.year >= _FIRST_YEAR and found.date() <= today + timedelta(days=1)
    return found if sound else None
