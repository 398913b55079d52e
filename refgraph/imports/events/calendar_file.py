"""The appointments of a calendar (iCalendar, ``.ics``), one at a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from refgraph.imports.events.calendar_series import times_of
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

_PIECE, _LONGEST, _MOST_FIELDS = 1 << 16, 20_000, 2_000
_FIRST_YEAR = 1990
_EVER = datetime(9000, 1, 1)  # noqa: DTZ001  # as the clock stands where it is
_FIELD = re.compile(r'(?P<name>[\w-]+)(?P<more>(?:;[\w-]+=(?:"[^"]*"|[^";:]*)(?:,"[^"]*")*)*):')
_WHEN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})Z?)?")
_UTC = re.compile(r"\b[0-9]{8}T[0-9]{6}Z")
_CALLED = re.compile(r';CN=(?:"([^"]*)"|([^";:]*))', re.IGNORECASE)
_ADDRESS = re.compile(r"(?:mailto:)?([^\s@:;,<>]{1,64}@[\w.-]{1,190})", re.IGNORECASE)
_GONE = re.compile(r";PARTSTAT=\"?(?:DECLINED|DELEGATED)", re.IGNORECASE)
_ROOM = re.compile(r";CUTYPE=\"?(?:RESOURCE|ROOM)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")
_READ = frozenset(
    (
        *("UID", "DTSTART", "SUMMARY", "DESCRIPTION", "LOCATION", "ORGANIZER", "ATTENDEE"),
        *("STATUS", "RRULE", "EXDATE", "RECURRENCE-ID", "BEGIN", "END"),
        "X-WR-TIMEZONE",
    )
)
_ZONE = re.compile(r"[\w+-]{1,40}(?:/[\w+-]{1,40}){0,2}")
_IN_ZONE = re.compile(r";TZID=\"?([^\";:]{1,130})", re.IGNORECASE)
_MOST_MOVED = 500_000
_Moved = frozenset[tuple[str, date]]
_Fields = list[tuple[str, str, str]]


def appointments_in(path: str, today: date) -> Iterator[Event | str]:
    """Give every appointment of a calendar; or a word for one that tells nothing.

    A series is every one of its appointments up to today, without those that were moved, which
    stand by themselves. A time that is written for everywhere is that of the zone of the calendar.

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
    inner, zone, moved = 0, None, _moved(path)
    for name, more, value in _fields(path):
        mark = value.strip().upper()
        if fields is None and name == "X-WR-TIMEZONE":
            zone = _zone(value)
        elif fields is None:
            fields = [] if (name, mark) == ("BEGIN", "VEVENT") else None
        elif name == "BEGIN":  # an alarm
            inner += 1
        elif name == "END" and inner:
            inner -= 1
        elif name == "END":
            yield from _read([*_in_zone(fields, zone)], today, moved)
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


def _moved(path: str) -> _Moved:
    """Name the appointments of series that stand by themselves: each by its id and its day."""
    found = set[tuple[str, date]]()
    identity, at = "", None
    for name, _, value in _fields(path):
        if name == "BEGIN" and value.strip().upper() == "VEVENT":
            identity, at = "", None
        elif name == "UID":
            identity = key_of(value.strip())
        elif name == "RECURRENCE-ID":
            at = _moment(value)
        if identity and at is not None and len(found) < _MOST_MOVED:
            found.add((identity, at.date()))
    return frozenset(found)


def _zone(name: str) -> ZoneInfo | None:
    """Find a zone by its name; none where it is not known here."""
    name = name.strip()
    try:
        return ZoneInfo(name) if _ZONE.fullmatch(name) else None
    except (ValueError, OSError, KeyError):
        return None


def _in_zone(fields: _Fields, zone: ZoneInfo | None) -> Iterator[tuple[str, str, str]]:
    """Give the fields of an entry, those of times as the clock stood where it is."""
    begins = next((more for name, more, _ in fields if name == "DTSTART"), "")
    own = _IN_ZONE.search(begins)
    there = (_zone(own[1]) if own else None) or zone
    for name, more, value in fields:
        if there is not None and name in ("DTSTART", "EXDATE", "RECURRENCE-ID", "RRULE"):
            value = _UTC.sub(lambda found: _local(found[0], there), value)  # noqa: PLW2901
        yield name, more, value


def _local(text: str, zone: ZoneInfo) -> str:
    at = _moment(text)
    if at is None:
        return text
    try:
        return f"{at.replace(tzinfo=UTC).astimezone(zone):%Y%m%dT%H%M%S}"
    except (OverflowError, ValueError):
        return text


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


def _read(fields: _Fields, today: date, moved: _Moved) -> Iterator[Event | str]:
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
        times = _times(said, fields, begins, moved)
        yield from _each(fields, said, times, summary=summary, today=today)


def _times(
    said: dict[str, tuple[str, str]], fields: _Fields, begins: datetime, moved: _Moved
) -> Iterator[datetime]:
    """Give the times of an entry: one, or those of a series without what was moved or left out."""
    rule = "" if "RECURRENCE-ID" in said else said.get("RRULE", ("", ""))[1]
    if not rule:
        yield begins
        return
    identity = key_of(said.get("UID", ("", ""))[1].strip())
    left_out = [value.split(",") for name, _, value in fields if name == "EXDATE"]
    out = {at.date() for values in left_out for each in values if (at := _moment(each))}
    until = re.search(r"UNTIL=([0-9TZ]+)", rule.upper())
    last = (_moment(until[1]) if until else None) or _EVER
    if until and ("T" not in until[1] or until[1].endswith("Z")):
        last = last.replace(hour=23, minute=59)
    for at in times_of(begins, rule, last):
        if at.date() not in out and (identity, at.date()) not in moved:
            yield at


def _each(
    fields: _Fields,
    said: dict[str, tuple[str, str]],
    times: Iterator[datetime],
    *,
    summary: str,
    today: date,
) -> Iterator[Event | str]:
    """Give an entry at each of its times, up to today."""
    where = plain_text(_plain(said.get("LOCATION", ("", ""))[1]), 200)
    line = first_line_of_text(_plain(said.get("DESCRIPTION", ("", ""))[1]))
    people = [*_parties(fields)]
    organizer = next((party for name, party in people if name == "ORGANIZER"), Party("", ""))
    others = tuple(dict.fromkeys(party for _, party in people if party != organizer))
    identity = said.get("UID", ("", ""))[1].strip() or f"{said['DTSTART'][1]} {summary}"
    kind = "call" if CALLS.search(f"{summary} | {where}") else "meeting"
    tells = MAY_MEAN.search(f"{summary} | {line}") is not None
    for at in times:
        if at.date() > today:
            yield "to come"
            return
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
            away=tuple(_away(fields)),
        )


def _away(fields: _Fields) -> Iterator[str]:
    """Give the addresses of who was called to an appointment and declined."""
    for name, more, value in fields:
        if name in ("ORGANIZER", "ATTENDEE") and _GONE.search(more):
            address = _ADDRESS.search(value)
            if address is not None:
                yield plain_text(address[1], 260).casefold()


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
    away = {*_away(fields)}
    for name, more, value in fields:
        if name not in ("ORGANIZER", "ATTENDEE"):
            continue
        address = _ADDRESS.search(value)
        if address is None or _ROOM.search(more):
            continue
        called = _CALLED.search(more)
        shown = plain_text((called[1] or called[2] or "") if called else "", LONGEST_NAME)
        low = plain_text(address[1], 260).casefold()
        if low in away:
            continue
        yield name, Party("" if "@" in shown else shown, low)
