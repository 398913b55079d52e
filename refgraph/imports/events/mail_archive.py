"""The mails of an archive, one at a time: of each its header and the beginning of its body.

An archive may be far larger than the memory: it is read line by line, and of what is long only
the beginning is kept.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from refgraph.reading.files.encodings import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BODY", "MOST_HEADER", "RawMail", "is_calendar", "is_mail", "mails_in"]

#: The bytes of a header that are read, and those of a body.
MOST_HEADER, MOST_BODY = 256_000, 32_000
_PIECE = 1 << 16
_MOST_FILES = 1_000_000
_START = 64_000
# What stands before each mail of an mbox: an address or a dash, and when it came.
_BETWEEN = re.compile(rb"From \S.*[0-9]{2}:[0-9]{2}.*[0-9]{4}")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_NAMED = re.compile(
    rb"^(from|date|message-id|received|subject|to)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_FEWEST_NAMED = 3
_ENDINGS = (".eml", ".emlx")
_MAILDIR = ("cur", "new")
_COUNT = re.compile(rb"[0-9]{1,12}\s*\r?\n")


@dataclass(frozen=True, slots=True)
class RawMail:
    """A mail as it lies in an archive.

    Attributes
    ----------
    head, body : bytes
        Its header, and how its body begins.
    envelope : bytes
        The line that stands before it in an mbox.
    """

    head: bytes
    body: bytes
    envelope: bytes = b""


def is_calendar(path: str) -> bool:
    """Tell whether a file is a calendar.

    Examples
    --------
    >>> is_calendar("README.md")
    False
    """
    start = _start_of(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:15].upper() == b"BEGIN:VCALENDAR"


def is_mail(path: str) -> bool:
    """Tell whether a file or a folder is mail: an mbox, one mail, or a folder of them.

    Examples
    --------
    >>> is_mail("README.md"), is_mail("refgraph/sample")
    (False, False)
    """
    if path != "-" and os.path.isdir(path):  # noqa: PTH112
        return next(_files(path), None) is not None
    return _is_one(_start_of(path))


def _start_of(path: str) -> bytes:
    if path == "-":
        return b""
    try:
        if not os.path.isfile(path):  # noqa: PTH113
            return b""
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read(_START)
    except (OSError, ValueError):
        return b""


def _is_one(start: bytes) -> bool:
    """Tell whether bytes begin like a mail: a line before it, or fields that mails have."""
    start = _COUNT.sub(b"", start, count=1) if _COUNT.match(start) else start
    first, _, rest = start.partition(b"\n")
    if first.startswith(b"From "):
        first, start = rest.partition(b"\n")[0], rest
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    named = {name.lower() for name in _NAMED.findall(head)}
    return bool(_FIELD.match(first)) and b"from" in named and len(named) >= _FEWEST_NAMED


def _files(path: str) -> Iterator[str]:
    """Name the files of a folder that are mails, in order; links are not followed."""
    if Path(path, "referrals.csv").exists():
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            whole = os.path.join(folder, name)  # noqa: PTH118
            is_maildir = os.path.basename(folder) in _MAILDIR  # noqa: PTH119
            is_named = name.lower().endswith((*_ENDINGS, ".mbox")) or name == "mbox"
            if (is_named or is_maildir) and not os.path.islink(whole):  # noqa: PTH114
                yield whole


def mails_in(path: str) -> Iterator[RawMail]:
    """Give every mail of an archive.

    Parameters
    ----------
    path : str
        An mbox, a mail, or a folder with any of them.

    Raises
    ------
    LedgerError
        It cannot be read, or holds too many files.
    """
    paths = _files(path) if os.path.isdir(path) else iter([path])  # noqa: PTH112
    for number, each in enumerate(paths):
        if number >= _MOST_FILES:
            message = f"this folder holds more than {_MOST_FILES:,} mails"
            raise unreadable(path, message, "import one folder of it after the other")
        try:
            with open(each, "rb") as stream:  # noqa: PTH123
                yield from _split(stream)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise unreadable(each, f"cannot be read: {reason}") from None


def _split(stream: BinaryIO) -> Iterator[RawMail]:
    """Take a stream apart into mails."""
    head, body, envelope = bytearray(), bytearray(), b""
    in_head, begins, after_blank, first = True, True, True, True
    while line := stream.readline(_PIECE):
        if first and _COUNT.fullmatch(line):  # of Apple Mail: how long the mail is
            continue
        if begins and after_blank and _BETWEEN.match(line):
            if head:
                yield RawMail(bytes(head), bytes(body), envelope)
            head, body, envelope, in_head = bytearray(), bytearray(), line.strip(), True
            first, after_blank = False, False
            continue
        first = False
        is_blank = begins and line.strip() == b""
        if in_head and is_blank:
            in_head = not head
        elif in_head and len(head) < MOST_HEADER:
            head += line
        elif not in_head and len(body) < MOST_BODY:
            body += line
        begins, after_blank = line.endswith(b"\n"), is_blank
    if head:
        yield RawMail(bytes(head[:MOST_HEADER]), bytes(body[:MOST_BODY]), envelope)
