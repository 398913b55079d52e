"""Names in files of any kind, in whatever way a format writes text."""

from __future__ import annotations

import html
import io
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MOST", "Wanted"]

#: How archives begin, and the files whose text is pressed or drawn, so that no search can find
#: it all; within an archive pictures are taken for ornament.
_ARCHIVE = b"PK\x03\x04"
_PRESSED = (_ARCHIVE, b"%PDF", b"PAR1", b"\x1f\x8b")
_DRAWN = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff")
_DUCKDB, _AT = b"DUCK", 8
_SQLITE = b"SQLite format 3\0"
#: The most bytes of a file that are searched; of a workbook, those of all its parts.
MOST = 64_000_000
_FOLDED = re.compile(r"=\r?\n|\r?\n[ \t]|\r[ \t]")  # a long line of a mail, calendar or card
_BYTES_FOLDED = re.compile(rb"\r?\n[ \t]")  # within a letter, as calendars may be
#: How a character is written with others: by programs, in addresses and in mail.
_CODED = {
    "=": re.compile("(?:=[0-9A-F]{2})+"),
    "%": re.compile("(?:%[0-9a-fA-F]{2})+"),
    "\\": re.compile(r"\\(?:u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*|[^%=])"),
}
_PARTING = frozenset("bfnNrt")  # behind a backslash: a new line, a tab and the like
#: What a mail or a card says of text that is written in base64, or in letters that are not read.
_IN_CODE = re.compile(
    rb"(?i)content-transfer-encoding:\s*base64|=\?[^?\s]+\?b\?|;encoding=b(?:ase64)?[:;]"
    rb"|charset=[\"']?(?!utf-8|us-ascii|iso-8859-1\b|windows-1252)[\w-]+"
)
_TAG = re.compile(r"<[^<>]*>")


class Wanted:
    r"""Names to look for in the bytes of files.

    A name is found in any capitals, whatever stands between its words, and where the format
    writes a character in another way, parts a line or puts each word in an element of its own.

    Parameters
    ----------
    names : iterable of str
        Names and addresses, in full.
    encoding : str, optional
        How text may be encoded, beside UTF-8.

    Examples
    --------
    >>> wanted = Wanted(["Ann O'Lee"])
    >>> wanted.stands_in(b"ann  o&#39;lee"), wanted.stands_in(b"Joann O'Lee")
    (True, False)
    >>> wanted.stands_in(b"<text>Ann</text><text>O'Lee</text>")
    True
    >>> wanted.stands_in(b"SUMMARY:Meet Ann\r\n  O'Lee")
    True
    >>> wanted.stands_in(b"\x89PNG") is None  # a picture: it may, and cannot be searched
    True
    """

    def __init__(self, names: Iterable[str], encoding: str | None = None) -> None:
        self._encodings = ("utf-8", encoding) if encoding else ("utf-8",)
        told = {pattern: len(name) for name in names if (pattern := _pattern(name))}
        self._names = re.compile("|".join(sorted(told)) or r"(?!)")
        long = sorted(pattern for pattern, letters in told.items() if letters > 1)
        self._long = re.compile("|".join(long) or r"(?!)")

    def stands_in(self, content: bytes) -> bool | None:
        """Tell whether one of the names stands in a file; None if that cannot be known."""
        if content.startswith(_SQLITE):
            cells = _cells(content)
            return None if cells is None else any(map(self._is_in, (*cells, content)))
        parts = _unpacked(content) if content.startswith(_ARCHIVE) else [content]
        if parts is None:
            return None
        if any(map(self._is_in, parts)):
            return True
        return None if content.startswith(_DRAWN) or any(map(_is_hidden, parts)) else False

    def _is_in(self, content: bytes) -> bool:
        return any(names.search(way) for names, text in self._texts(content) for way in _ways(text))

    def _texts(self, content: bytes) -> Iterator[tuple[re.Pattern[str], str]]:
        """Give what the bytes say, and the names to look for in it.

        A letter is of one byte or of two, which may begin anywhere: one letter alone says nothing
        there, as any two bytes are one.
        """
        for encoding in self._encodings:
            text = content.decode(encoding, "replace")
            yield self._names, text
            if "\ufffd" in text and (whole := _BYTES_FOLDED.sub(b"", content)) != content:
                yield self._names, whole.decode(encoding, "replace")
        if b"\0" in content and not content.startswith((*_PRESSED, *_DRAWN)):
            for encoding in ("utf-16-le", "utf-16-be"):
                yield from ((self._long, content[at:].decode(encoding, "replace")) for at in (0, 1))


def _is_hidden(content: bytes) -> bool:
    """Tell whether a file has text that is pressed or in code."""
    is_pressed = content.startswith(_PRESSED) or content.startswith(_DUCKDB, _AT)
    return is_pressed or _IN_CODE.search(content) is not None


def _pattern(name: str) -> str:
    """Match a name whatever stands between its words."""
    whole = _small(name).strip()
    words = re.findall(r"\w+", whole)
    if not words:
        return re.escape(whole)
    before = r"(?<![a-z0-9])" if words[0][0].isascii() else ""
    after = r"(?![a-z0-9])" if words[-1][-1].isascii() else ""
    return before + r"[\W_]+".join(map(re.escape, words)) + after


def _ways(text: str) -> Iterator[str]:
    """Give a text as it is written, and as a program that knows the format reads it."""
    for told in dict.fromkeys((text, _FOLDED.sub("", text))):
        yield (written := _small(told))
        if "<" in told:
            yield html.unescape(_TAG.sub(" ", written))
        read = html.unescape(told) if "&" in told else told
        codes = [code for mark, code in _CODED.items() if mark in read]
        every = read
        for code in codes:
            every = code.sub(_decoded, every)
        others = {read, every, *(code.sub(_decoded, read) for code in codes)} - {told}
        yield from map(_small, sorted(others))


def _small(text: str) -> str:
    return normalize("NFC", text).casefold()


def _decoded(found: re.Match[str]) -> str:
    code = found[0]
    if code.startswith("\\u") and len(code) > 2:  # two of them may be one letter
        return bytes.fromhex(code.replace("\\u", "")).decode("utf-16-be", "replace")
    if code.startswith("\\"):
        letter = code[1]
        return " " if letter in _PARTING else code if letter.isalnum() else letter
    octets = bytes.fromhex(re.sub("[%=]", "", code))
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _unpacked(content: bytes) -> list[bytes] | None:
    """Give the parts of a workbook or another archive; None if they cannot be had."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(each.file_size for each in parts) > MOST:
                return None
            return [archive.read(each) for each in parts]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        return None


def _cells(content: bytes) -> list[bytes] | None:
    """Give the texts of a database, whose bytes part none from the next; None if it is none."""
    found: list[bytes] = []
    try:
        with closing(sqlite3.connect(":memory:")) as there:
            there.deserialize(content)
            there.execute("PRAGMA trusted_schema = OFF")
            named = there.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            there.text_factory = bytes
            for (name,) in named:
                quoted = '"' + name.replace('"', '""') + '"'
                for row in there.execute(f"SELECT * FROM {quoted}"):  # noqa: S608  # as quoted
                    found += [cell for cell in row if isinstance(cell, bytes)]
    except (sqlite3.Error, ValueError, OverflowError):
        return None
    return found
