"""Bytes become text in the encoding that was named, or in UTF-8 and no other."""

from __future__ import annotations

import codecs
from functools import cache

from refgraph.errors import LedgerError, Problem
from refgraph.schema.text import quoted, visible
from refgraph.schema.values import did_you_mean

__all__ = ["check_encoding", "decode", "encode", "mark_of", "unreadable"]

_FOREIGN = {
    b"PK\x03\x04": "this is a zip archive, not text",
    b"\xd0\xcf\x11\xe0": "this is an old Excel file, not text",
    b"\x1f\x8b": "this is a compressed file, not text",
    b"%PDF": "this is a PDF, not text",
}
_UTF8_MARK = b"\xef\xbb\xbf"
# Of encodings that begin with a mark: what the mark says of the rest.
_MARKS = {
    "utf-16": {b"\xff\xfe": "-le", b"\xfe\xff": "-be"},
    "utf-32": {b"\xff\xfe\0\0": "-le", b"\0\0\xfe\xff": "-be"},
    "utf-8-sig": {},
}
_WIDE = ("utf-16", "utf-32")  # several bytes for each letter
_SAVE = "save the file as CSV, UTF-8"
# Encodings of one thing inside a text, not of a file.
_PARTIAL = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
_USUAL = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253"),
    *("cp1254", "cp1255", "cp1256", "cp1257", "latin-1", "iso-8859-1", "iso-8859-2"),
    *("iso-8859-15", "mac-roman", "big5", "gb18030", "gbk", "shift-jis", "cp932", "euc-jp"),
    *("euc-kr", "cp949", "koi8-r", "cp437", "cp850"),
)


def mark_of(data: bytes) -> bytes:
    """Give the byte-order mark that a file begins with, or nothing."""
    marks = (_UTF8_MARK, *_MARKS["utf-32"], *_MARKS["utf-16"])
    return next((mark for mark in marks if data.startswith(mark)), b"")


def unreadable(path: str, message: str, hint: str = "", line: int = 0) -> LedgerError:
    """Build the error of a file that cannot be read at all."""
    return LedgerError([Problem(path, line, message, hint=hint)])


def check_encoding(path: str, encoding: str | None) -> list[Problem]:
    """Check that an encoding is one that a file can have.

    Examples
    --------
    >>> check_encoding("r.csv", "cp1252")
    []
    >>> print(*check_encoding("r.csv", "cp12252"))
    r.csv: there is no encoding 'cp12252'
          = did you mean cp1252?
    """
    if encoding is None or _is_known(encoding):
        return []
    near = did_you_mean(encoding.casefold().replace("_", "-"), _USUAL, cutoff=0.7)
    usual = "say it like cp1252 (Windows), latin-1, mac-roman or utf-16"
    message = f"there is no encoding {quoted(encoding)}"
    return [Problem(path, 0, message, hint=f"did you mean {near}?" if near else usual)]


@cache
def _is_known(encoding: str) -> bool:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return False
    try:
        b"a".decode(encoding)  # refuses encodings that are not of text
    except LookupError:
        return False
    except UnicodeError:  # of more bytes for each letter
        pass
    return name.replace("_", "-") not in _PARTIAL


@cache
def _one_byte_each(encoding: str) -> bool:
    """Tell whether each byte is one letter, and ASCII is as ever."""
    every = bytes(range(256))
    letters = [bytes([byte]).decode(encoding, "replace") for byte in every]
    same = "".join(letters[:128]) == every[:128].decode()
    return same and all(len(letter) == 1 for letter in letters)


def decode(
    path: str, data: bytes, encoding: str | None = None, notes: list[str] | None = None
) -> str:
    r"""Read bytes as text, or say what they are instead.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.
    encoding : str or None
        None for UTF-8, with or without a mark. A file that is UTF-8 beyond doubt
        is read so even where an encoding of one byte for each letter is named.
    notes : list of str, optional
        What was decided is added here.

    Raises
    ------
    LedgerError
        The bytes are no text in this encoding; what they are is said where it can be told.

    Examples
    --------
    >>> decode("r.csv", b"Ren\xe9", "cp1252"), decode("r.csv", b"Ren\xc3\xa9")
    ('René', 'René')
    """
    for magic, message in _FOREIGN.items():
        if data.startswith(magic):
            raise unreadable(path, message, _SAVE)
    name = "utf-8" if encoding is None else codecs.lookup(encoding).name
    if name in ("utf-8", "utf-8-sig"):
        return _as_utf8(path, data, told=encoding is not None)
    if data.startswith(_UTF8_MARK) or (_one_byte_each(name) and _is_utf8(data)):
        if notes is not None:
            notes.append(f"{path}: read as UTF-8, which it is, and not as {visible(name, 40)}")
        return _as_utf8(path, data, told=True)
    if name.startswith(_WIDE) and 0 not in data and data != mark_of(data):
        hint = "leave out --encoding, or name another"
        raise unreadable(path, f"this is not {name} text, which holds zero bytes", hint)
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeError as error:
        raise _misread(path, name, error) from None


def encode(path: str, text: str, old: bytes, encoding: str | None = None) -> bytes:
    r"""Write text as the file is written already, so that both are read the same way.

    Parameters
    ----------
    path : str
        The file, for messages.
    text : str
        What is added to it.
    old : bytes
        What stands in it.
    encoding : str or None
        How it is read; see :func:`decode`.

    Raises
    ------
    LedgerError
        Something cannot be written in the encoding of the file.

    Examples
    --------
    >>> (
    ...     encode("r.csv", "Zoë", b"Ren\xe9", "cp1252"),
    ...     encode("r.csv", "Zoë", b"Ren\xc3\xa9", "cp1252"),
    ... )
    (b'Zo\xeb', b'Zo\xc3\xab')
    """
    name = "utf-8" if encoding is None else codecs.lookup(encoding).name
    if old.startswith(_UTF8_MARK) or (_one_byte_each(name) and _is_utf8(old)):
        name = "utf-8"
    elif name in _MARKS and old.startswith(marks := tuple(_MARKS[name])):
        name += _MARKS[name][next(mark for mark in marks if old.startswith(mark))]
    try:
        return text.encode(name)
    except UnicodeError as error:
        wrong = error.object[error.start] if isinstance(error, UnicodeEncodeError) else text
        message = f"{quoted(str(wrong))} cannot be written in {visible(name, 40)}"
        raise unreadable(path, f"{message}; nothing was written", _SAVE) from None


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(path: str, data: bytes, *, told: bool) -> str:
    start = data[:1000]
    zeros = start.count(0) / max(1, len(start))
    other = next((name for name in _WIDE if mark_of(data) in _MARKS[name]), "")
    if zeros > 0.7 and not other:
        raise unreadable(path, "this file holds zero bytes, not text", "restore it from a copy")
    if other or zeros > 0.3:
        other = other or _without_mark(start)
        hint = f"read it with --encoding {other}, or {_SAVE}"
        raise unreadable(path, f"this is {other[:6].upper()} text, not UTF-8", hint)
    told |= data.startswith(_UTF8_MARK)  # by the file itself: it is read as nothing else
    data = data.removeprefix(_UTF8_MARK)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        at = error.start
        begin = data.rfind(b"\n", 0, at) + 1
        line = data.count(b"\n", 0, at) + 1
        shown = data[begin:].split(b"\n", 1)[0].decode("latin-1").rstrip("\r")
        hint = f"if it is Windows or Latin-1 text, say --encoding cp1252, or {_SAVE}"
        raise LedgerError(
            [
                Problem(
                    path,
                    line,
                    f"byte {at - begin + 1} of this line, 0x{data[at]:02X}, is not UTF-8",
                    visible(shown),
                    _SAVE if told else hint,
                )
            ]
        ) from None


def _without_mark(start: bytes) -> str:
    """Tell the order of bytes from where the zeros are."""
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _misread(path: str, name: str, error: UnicodeError) -> LedgerError:
    shown = visible(name, 40)
    hint = f"name the right encoding, or {_SAVE}"
    if not isinstance(error, UnicodeDecodeError):
        return unreadable(path, f"this is not {shown} text: {visible(str(error))}", hint)
    before = error.object[: error.start].decode(name, "ignore")
    line = before.count("\n") + 1
    byte = error.object[error.start]
    excerpt = before[before.rfind("\n") + 1 :] + "\ufffd"
    message = f"byte {error.start + 1:,} of this file, 0x{byte:02X}, is not {shown}"
    if error.start + 1 >= len(error.object) - 3 and name.startswith(_WIDE):
        message = f"this {shown} text ends in the middle of a letter"
        hint = "it may be cut off: restore it from a copy"
    return LedgerError([Problem(path, line, message, visible(excerpt), hint)])
