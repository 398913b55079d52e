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

#: How the files begin whose text is pressed or drawn, so that no search can find it all.
_CLOSED = (b"\x89PNG", b"%PDF", b"PAR1", b"\x1f\x8b", b"GIF8", b"\xff\xd8\xff")
_DUCKDB, _AT = b"DUCK", 8
_SQLITE = b"SQLite format 3\0"
#: The most bytes of a file that are searched; of a workbook, those of all its parts.
MOST = 64_000_000
_FOLDED = re.compile(r"=\r?\n|\r?\n[ \t]|\r[ \t]")  # a long line of a mail, calendar or card
_CODED = re.compile(r"((?:\\u[0-9a-fA-F]{4})+)|\\([^%=])|(?:%[0-9a-fA-F]{2})+|(?:=[0-9A-F]{2})+")
_PARTING = frozenset("bfnNrt")  # behind a backslash: a new line, a tab and the like
_MAIL_IN_CODE = re.compile(rb"(?i)content-transfer-encoding:\s*base64")
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
        told = [pattern for name in names if (pattern := _pattern(name))]
        self._names = re.compile("|".join(sorted(told)) or r"(?!)")

    def stands_in(self, content: bytes) -> bool | None:
        """Tell whether one of the names stands in a file; None if that cannot be known."""
        if content.startswith(b"PK\x03\x04"):
            parts = _unpacked(content)
            return None if parts is None else any(map(self._is_in, parts))
        if content.startswith(_SQLITE):
            cells = _cells(content)
            return None if cells is None else any(map(self._is_in, (*cells, content)))
        if self._is_in(content):
            return True
        is_closed = content.startswith(_CLOSED) or content.startswith(_DUCKDB, _AT)
        return None if is_closed or _MAIL_IN_CODE.search(content) else False

    def _is_in(self, content: bytes) -> bool:
        return any(self._names.search(way) for text in self._texts(content) for way in _ways(text))

    def _texts(self, content: bytes) -> Iterator[str]:
        """Give what the bytes say, at one byte a letter or at two, which may begin anywhere."""
        yield from (content.decode(encoding, "replace") for encoding in self._encodings)
        if b"\0" in content:
            yield from (content[at:].decode("utf-16-le", "replace") for at in (0, 1))
            yield content.decode("utf-16-be", "replace")


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
        read = _CODED.sub(_decoded, read)
        if read != told:
            yield _small(read)


def _small(text: str) -> str:
    return normalize("NFC", text).casefold()


def _decoded(found: re.Match[str]) -> str:
    codes, letter = found.groups()
    if codes:  # two of them may be one letter
        return bytes.fromhex(codes.replace("\\u", "")).decode("utf-16-be", "replace")
    if letter:
        return " " if letter in _PARTING else letter
    octets = bytes.fromhex(re.sub("[%=]", "", found[0]))
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
