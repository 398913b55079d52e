"""The lines of an inbox: recognised, and each taken apart into its day, its words and its note."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError
from refgraph.imports.cells.date_order import readings
from refgraph.imports.cells.sheet import SPLIT, Grid
from refgraph.imports.cells.windows_text import CODE_PAGE, is_windows_text
from refgraph.imports.inbox.inbox_words import (
    ARROW,
    BACK_ARROW,
    BEFORE_DAY,
    BEFORE_NOTE,
    BEHIND_DAY,
    MARK,
    ME,
    PAIRED,
    SENTENCES,
    TODAY,
)
from refgraph.reading.files.encodings import check_encoding, decode, unreadable
from refgraph.reading.files.lines import Lines
from refgraph.schema.text import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LONGEST", "Line", "inbox_grid", "is_inbox", "lines_of", "read_day_before"]

#: The letters of one line.
LONGEST = 2_000
_DAY_ALONE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.")
_CALLED = re.compile(r"inbox\b.*\.(?:txt|md)", re.IGNORECASE)
_LINES_SEEN, _MOST_LINES, _MOST_DAY_WORDS = 40, 100_000, 4
_START = 20_000


@dataclass(slots=True)
class Line:
    """One line: where it stands, its day as it is written, what it says, and its note."""

    line: int
    day: str
    said: str
    note: str


def is_inbox(path: str, text: str) -> bool:
    r"""Tell whether a text is lines of plain words: by the name of the file, else by all of them.

    Examples
    --------
    >>> is_inbox("notes.txt", "Ann Lee > me Okafor\nthanks Ann\n")
    True
    >>> is_inbox("referrals.csv", "giver,receiver\nAnn,Bo\n"), is_inbox("Inbox.txt", "hello")
    (False, True)
    """
    if _CALLED.fullmatch(re.split(r"[/\\]", path)[-1]):
        return True
    lines = [line for _, line in zip(range(_LINES_SEEN), Lines(text), strict=False)]
    said = [each.said for each in lines_of(lines)]
    has_arrow = any(ARROW.search(each) and not each.startswith("<") for each in said)
    is_table = any(mark in line for mark in ("\t", "|", ";") for line in lines)
    return has_arrow and not is_table and all(map(_is_sentence, said)) and _speaks(lines)


def inbox_grid(path: str, data: bytes, encoding: str | None = None) -> Grid | None:
    """Give the lines of an inbox; None if a file is something else.

    Parameters
    ----------
    path : str
        The file.
    data : bytes
        All of it.
    encoding : str, optional
        As in :func:`refgraph.reading.files.encodings.decode`.

    Raises
    ------
    LedgerError
        It is an inbox, and cannot be read; or it has more lines than one has.
    """
    start = data[:_START].decode("utf-8", "replace").lstrip("\ufeff")
    if not is_inbox(path, start[: start.rfind("\n") + 1] or start):
        return None
    if wrong := check_encoding(path, encoding):
        raise LedgerError(wrong)
    windows = encoding is None and is_windows_text(data)
    notes: list[str] = []
    text = decode(path, data, CODE_PAGE if windows else encoding, notes)
    if windows:
        notes.append(f"{path}: read as Windows text ({CODE_PAGE}), as it is not UTF-8")
    lines = [line.rstrip("\r\n") for line in Lines(text)]
    if len(lines) > _MOST_LINES:
        message = f"this file holds more than {_MOST_LINES:,} lines"
        raise unreadable(path, message, SPLIT)
    return Grid(
        path,
        [[line] for line in lines],
        [*range(1, len(lines) + 1)],
        notes=notes,
        shown=lambda line: lines[line - 1],
        title="inbox",
    )


def _speaks(lines: Sequence[str]) -> bool:
    """Tell an inbox from a bare list of edges: on some line somebody speaks of themselves."""
    words = {word.casefold().strip(",:;") for line in lines for word in line.split()}
    return not words.isdisjoint(ME)


def _is_sentence(said: str) -> bool:
    return bool(
        ARROW.search(said)
        or BACK_ARROW.search(said)
        or PAIRED.fullmatch(said)
        or any(form.fullmatch(said) for _, form in SENTENCES)
    )


def lines_of(texts: Sequence[str], places: Sequence[int] | None = None) -> Iterator[Line]:
    """Take each line apart; a line that is a day alone is the day of those below it.

    Parameters
    ----------
    texts : sequence of str
        The lines.
    places : sequence of int, optional
        Where they stand, from 1 if not given.

    Examples
    --------
    >>> [line] = lines_of(["- 2026-11-02 Ann > me Okafor, called ahead"])
    >>> line.day, line.said, line.note
    ('2026-11-02', 'Ann > me Okafor', 'called ahead')
    """
    above = ""
    for place, text in zip(places or range(1, len(texts) + 1), texts, strict=True):
        if text.lstrip().startswith("#") or not text.strip():
            continue
        said = " ".join(MARK.sub("", text, count=1).split())
        day, said = _day_before(said)
        if day and not said:
            above = day
            continue
        said, note = [*BEFORE_NOTE.split(said, maxsplit=1), ""][:2]
        if not day:
            said, day = _day_behind(said)
        if not day:
            note, day = _day_behind(note)
        yield Line(place, day or above, said.strip(" .:!"), note.strip())


def _day_before(text: str) -> tuple[str, str]:
    """Split the day off that stands at the beginning of a text, if one does."""
    words = text[:LONGEST].split(" ")
    for number in range(min(_MOST_DAY_WORDS, len(words)), 0, -1):
        day = " ".join(words[:number]).rstrip(":,")
        if _is_day(day):
            return day, " ".join(text.split(" ")[number:]).lstrip(BEHIND_DAY)
    return "", text


def _day_behind(text: str) -> tuple[str, str]:
    """Split the day off that stands at the end of a text, if one does.

    Examples
    --------
    >>> _day_behind("met Bo on 3 Nov 2026"), _day_behind("met Bo")
    (('met Bo', '3 Nov 2026'), ('met Bo', ''))
    """
    words = text.split(" ")
    for number in range(min(_MOST_DAY_WORDS, len(words)), 0, -1):
        day = " ".join(words[-number:]).rstrip(".!") + "." * text.endswith(".")
        for said in (day, day.rstrip(".")):
            if _is_day(said):
                before = " ".join(words[:-number])
                return BEFORE_DAY.sub("", before).rstrip(" ,;("), said
    return text, ""


def _is_day(text: str) -> bool:
    dotted = _DAY_ALONE.fullmatch(text)
    return bool(text.casefold() in TODAY or dotted or (not text.isdigit() and readings(text)))


def read_day_before(text: str, read: Any, today: date) -> date:
    """Read a day; one without a year is the last such day.

    Parameters
    ----------
    text : str
        The day, as :func:`lines_of` took it from a line.
    read : callable
        Reads a day with its year.
    today : datetime.date
        Of which day `yesterday` is told.

    Raises
    ------
    FieldError
        There is no such day.

    Examples
    --------
    >>> read_day_before("28.11.", date.fromisoformat, date(2026, 11, 1))
    datetime.date(2025, 11, 28)
    """
    if (ago := TODAY.get(text.casefold())) is not None:
        return today - timedelta(days=ago)
    if dotted := _DAY_ALONE.fullmatch(text):
        for year in (today.year, today.year - 1):
            with suppress(ValueError):
                found = date(year, int(dotted[2]), int(dotted[1]))
                if found <= today:
                    return found
        refuse(f"there is no {text}", "write the day with its year: 2026-11-28")
    found_day: date = read(text)
    return found_day
