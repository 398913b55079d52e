"""The appointments of a calendar (iCalendar, ``.ics``), one at a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from refgraph.imports.events.captured_event import (
    LONGEST_NAME,
    MOST_PARTIES,
    Event,
    Party,
    key_of,
    plain_text,
)
from refgraph.imports.events.event_words import CALLS, MAY_MEAN, NO_MEETING
from refgraph.imports.events.mail_first_line import first_line_of_text
from refgraph.reading.files.encodings import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["appointments_in"]

_PIECE, _LONGEST, _MOST_FIELDS, _MOST_TIMES = 1 << 16, 20_000, 2_000, 1_000
_FIRST_YEAR = 1990
_EVER = datetime(9000, 1, 1)  # noqa: DTZ001  # as the clock stands where it is
_FIELD = re.compile(r'(?P<name>[\w-]+)(?P<more>(?:;[\w-]+=(?:"[^"]*"|[^";:]*)(?:,"[^"]*")*)*):')
_WHEN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})Z?)?")
_CALLED = re.compile(r';CN=(?:"([^"]*)"|([^";:]*))', re.IGNORECASE)
_ADDRESS = re.compile(r"(?:mailto:)?([^\s@:;,<>]{1,64}@[\w.-]{1,190})", re.IGNORECASE)
_GONE = re.compile(r";PARTSTAT=\"?(?:DECLINED|DELEGATED)", re.IGNORECASE)
_ROOM = re.compile(r";CUTYPE=\"?(?:RESOURCE|ROOM)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")
_READ = frozenset(
    (
        *("UID", "DTSTART", "SUMMARY", "DESCRIPTION", "LOCATION", "ORGANIZER", "ATTENDEE"),
        *("STATUS", "RRULE", "EXDATE", "RECURRENCE-ID", "BEGIN", "END"),
    )
)
_STEPS = {"DAILY": 1, "WEEKLY": 7}
_Fields = list[tuple[str, str, str]]


def appointments_in(path: str, today: date) -> Iterator[Event | str]:
    """Give every appointment of a calendar; or a word for one that tells nothing.

    A series is every one of its appointments up to today; of one that is on several days of a
    week, that of its first day.

    Parameters
    ----------
    path : str
        The file.
    today : datetime.date
        Later appointments have not been yet.

    Raises
    ------
    LedgerError
        The file cannot be read, or is cut off.
    """
    fields: _Fields | None = None
    inner = 0
    for name, more, value in _fields(path):
        mark = value.strip().upper()
        if fields is None:
            fields = [] if (name, mark) == ("BEGIN", "VEVENT") else None
        elif name == "BEGIN":  # an alarm
            inner += 1
        elif name == "END" and inner:
            inner -= 1
        elif name == "END":
            yield from _read(fields, today)
            fields = None
        elif not inner and len(fields) < _MOST_FIELDS:
            fields.append((name, more, value))
    if fields is not None:
        message = "this appointment has no END:VEVENT: the file is cut off"
        raise unreadable(path, message, "export it again")


def _fields(path: str) -> Iterator[tuple[str, str, str]]:
    for line in _unfolded(path):
        match = _FIELD.match(line)
        if match and (name := match["name"].upper()) in _READ:
            yield name, match["more"], line[match.end() :]


def _unfolded(path: str) -> Iterator[str]:
    """Give the lines of a file, each with those that are folded under it, up to a length."""
    held = ""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            begins = True
            while raw := stream.readline(_PIECE):
                text = raw.decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r\n")
                if not begins or text[:1] in (" ", "\t"):
                    held += text[begins:][: max(0, _LONGEST - len(held))]
                else:
                    if held:
                        yield held
                    held = text[:_LONGEST]
                begins = raw.endswith(b"\n")
    except OSError as error:
        raise unreadable(path, f"cannot be read: {(error.strerror or '').lower()}") from None
    if held:
        yield held


def _read(fields: _Fields, today: date) -> Iterator[Event | str]:
    """Give the appointments of one entry."""
    said = {name: (more, value) for name, more, value in reversed(fields)}
    summary = plain_text(_plain(said.get("SUMMARY", ("", ""))[1]), 200)
    people = [*_parties(fields)]
    begins = _moment(said.get("DTSTART", ("", ""))[1])
    if begins is None:
        yield "undated"
    elif said.get("STATUS", ("", ""))[1].strip().upper() == "CANCELLED" or any(
        _GONE.search(more) and name == "ORGANIZER" for name, more, _ in fields
    ):
        yield "cancelled"
    elif not _is_timed(said["DTSTART"]) or NO_MEETING.search(summary):
        yield "no meeting"
    elif len(people) > MOST_PARTIES:
        yield "crowd"
    else:
        yield from _times(fields, said, begins, summary=summary, today=today)


def _times(
    fields: _Fields,
    said: dict[str, tuple[str, str]],
    begins: datetime,
    *,
    summary: str,
    today: date,
) -> Iterator[Event | str]:
    where = plain_text(_plain(said.get("LOCATION", ("", ""))[1]), 200)
    line = first_line_of_text(_plain(said.get("DESCRIPTION", ("", ""))[1]))
    people = [*_parties(fields)]
    organizer = next((party for name, party in people if name == "ORGANIZER"), Party("", ""))
    others = tuple(dict.fromkeys(party for _, party in people if party != organizer))
    identity = said.get("UID", ("", ""))[1].strip() or f"{begins} {summary}"
    left_out = [value.split(",") for name, _, value in fields if name == "EXDATE"]
    out = {_moment(each) for values in left_out for each in values}
    rule = "" if "RECURRENCE-ID" in said else said.get("RRULE", ("", ""))[1]
    kind = "call" if CALLS.search(f"{summary} | {where}") else "meeting"
    tells = MAY_MEAN.search(f"{summary} | {line}") is not None
    for at in _moments(begins, rule):
        if at.date() > today:
            yield "to come"
            return
        if at in out:
            continue
        yield Event(
            key_of(f"{identity} {at}"),
            at.date(),
            at.replace(tzinfo=UTC).timestamp(),
            organizer,
            others,
            summary,
            line if tells else "",
            kind=kind,
            is_own=True,
        )


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _is_timed(said: tuple[str, str]) -> bool:
    """Tell whether an appointment has an hour: one of a whole day is seldom with somebody."""
    return "T" in said[1]


def _moment(text: str) -> datetime | None:
    match = _WHEN.match(text.strip())
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        found = datetime(year, month, day, hour, minute, min(59, second))  # noqa: DTZ001
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None


def _parties(fields: _Fields) -> Iterator[tuple[str, Party]]:
    """Give who called to an appointment and who was called, without rooms and who declined."""
    for name, more, value in fields:
        if name not in ("ORGANIZER", "ATTENDEE"):
            continue
        address = _ADDRESS.search(value)
        if address is None or _ROOM.search(more) or _GONE.search(more):
            continue
        called = _CALLED.search(more)
        shown = plain_text((called[1] or called[2] or "") if called else "", LONGEST_NAME)
        low = plain_text(address[1], 260).casefold()
        yield name, Party("" if "@" in shown else shown, low)


def _moments(begins: datetime, rule: str) -> Iterator[datetime]:
    """Give the times of a series, so many at most; one alone where there is none."""
    said = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    step = said.get("FREQ", "")
    if step not in (*_STEPS, "MONTHLY", "YEARLY"):
        yield begins
        return
    every = max(1, _number(said.get("INTERVAL"), 1))
    last = _moment(said.get("UNTIL", "")) or _EVER
    if "T" not in said.get("UNTIL", "T"):
        last = last.replace(hour=23, minute=59)
    for number in range(min(_MOST_TIMES, _number(said.get("COUNT"), _MOST_TIMES))):
        at = _after(begins, step, number * every)
        if at is None:
            continue
        if at > last:
            return
        yield at


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else otherwise


def _after(begins: datetime, step: str, number: int) -> datetime | None:
    """Give the time so many steps later; none where a month has no such day."""
    try:
        if step in _STEPS:
            return begins + timedelta(days=_STEPS[step] * number)
        months = begins.month - 1 + number * (12 if step == "YEARLY" else 1)
        return begins.replace(year=begins.year + months // 12, month=months % 12 + 1)
    except (ValueError, OverflowError):
        return None
