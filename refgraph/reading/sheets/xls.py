"""The sheets of an .xls of Excel 97 and later: binary records in a compound file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from refgraph.reading.sheets.compound_file import pack_stream, read_streams
from refgraph.reading.sheets.scan import Scan, Unsafe
from refgraph.reading.sheets.struck_fonts import struck_records
from refgraph.reading.sheets.xlsb import ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LOCKED", "UNLOCK", "scan_xls"]

LOCKED = "this workbook is locked with a password"
UNLOCK = "open it in a spreadsheet and save it without the password"
_SAVE = "open it in a spreadsheet and save it as .xlsx, or save the sheet as CSV, UTF-8"
_BOF, _EOF, _SHEET, _PASSWORD, _MERGED = 0x809, 0x0A, 0x85, 0x2F, 0xE5
_STRINGS, _MORE, _EXTENT = 0xFC, 0x3C, 0x200
_SHARED = 0xFD  # a cell whose text is one of those that cells share
_FORMULA, _TRUTH_OR_ERROR, _MANY_NUMBERS = 0x06, 0x205, 0xBD
_CELLS = {_FORMULA, _TRUTH_OR_ERROR, _MANY_NUMBERS, 0x203, 0x204, 0x27E, 0xFD, 0xD6}
_FONT, _STYLE, _STRIKES = 0x31, 0xE0, 0x08
_ROW, _COLUMNS, _FILTERED, _HIDDEN_ROW = 0x208, 0x7D, 0x9B, 0x20
_NO_FONT = 4  # no font has this number
_EXCEL_97, _MOST_ROWS, _MOST_COLUMNS = 0x0600, 65_536, 256


def scan_xls(data: bytes) -> tuple[list[Scan], int, bytes]:
    """Go through the cells of every sheet, and count those that are held while it is read.

    Gives the workbook packed anew, too: what it came in may lead whoever opens it astray.

    Every formula of such a file has a result, if only the nothing that it was written with.

    Raises
    ------
    Unsafe
        It is no such workbook, is damaged, or is locked with a password.
    """
    streams = read_streams(data, {"Workbook"})
    if "EncryptedPackage" in streams:
        raise Unsafe(LOCKED, UNLOCK)
    if "Workbook" not in streams:
        old = "Book" in streams
        what = "a workbook from before Excel 97" if old else "an Office file, not a workbook"
        message = f"this is {what}"
        raise Unsafe(message, _SAVE)
    try:
        scans = _scans(streams["Workbook"])
    except (struct.error, IndexError):
        raise Unsafe from None
    cells = sum(scan.area for scan in scans)
    return scans, cells, pack_stream("Workbook", streams["Workbook"])


def _scans(data: bytes) -> list[Scan]:
    begins: list[int] = []
    fonts: list[bool] = []
    struck: set[int] = set()
    texts: list[bytes] = []
    styles = before = 0
    for kind, begin, end in _records(data, 0):
        if kind == _STRINGS or (kind == _MORE and before in (_STRINGS, _MORE) and texts):
            texts.append(data[begin:end])
        before = kind
        if kind == _BOF and struct.unpack_from("<H", data, begin)[0] != _EXCEL_97:
            raise Unsafe
        if kind == _PASSWORD:
            raise Unsafe(LOCKED, UNLOCK)
        if kind == _FONT:
            fonts.append(bool(data[begin + 2] & _STRIKES))
            fonts += [False] * (len(fonts) == _NO_FONT)
        if kind == _STYLE:
            font = struct.unpack_from("<H", data, begin)[0]
            struck |= {styles} if font < len(fonts) and fonts[font] else set()
            styles += 1
        if kind == _SHEET:
            begins += struct.unpack_from("<I", data, begin)
        if kind == _STRINGS and struct.unpack_from("<4xI", data, begin)[0] > len(data):
            raise Unsafe
    if len(set(begins)) < len(begins):
        raise Unsafe
    shared = struck_records(texts, fonts) if texts and any(fonts) else {}
    return [_scan(data, begin, struck, shared) for begin in begins]


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Give the records of one part of a workbook: kind, begin and end of their content."""
    while at < len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        at += 4
        if at + length > len(data):
            raise Unsafe
        yield kind, at, at + length
        if kind == _EOF:
            return
        at += length


def _scan(data: bytes, begin: int, struck: set[int], shared: dict[int, bool]) -> Scan:
    scan = Scan()
    for kind, at, end in _records(data, begin):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", data, at)
            scan.place(row + 1, column)
            _see_struck(scan, (struck, shared), data, (kind, at, end))
            if kind == _MANY_NUMBERS:
                scan.place(row + 1, struct.unpack_from("<H", data, end - 2)[0])
            elif (code := _error(data, kind, at)) is not None:
                scan.errors.append(((row + 1, column, 1, 1), ERRORS.get(code, f"#{code}")))
        elif kind in (_ROW, _COLUMNS, _FILTERED):
            _see_hidden(scan, kind, data, at)
        elif kind == _EXTENT:
            top, bottom, left, right = struct.unpack_from("<2I2H", data, at)
            if not (top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
                raise Unsafe
        elif kind == _MERGED:
            for each in range(at + 2, end - 7, 8):
                top, bottom, left, right = struct.unpack_from("<4H", data, each)
                scan.merged.append((top + 1, left, bottom - top + 1, right - left + 1))
    return scan


def _see_struck(
    scan: Scan,
    through: tuple[set[int], dict[int, bool]],
    data: bytes,
    record: tuple[int, int, int],
) -> None:
    """Take note of cells that are struck through: one, or a row of numbers, six bytes each."""
    struck, shared = through
    if not (struck or shared):
        return
    kind, at, end = record
    row, column = struct.unpack_from("<HH", data, at)
    if kind == _SHARED and (number := struct.unpack_from("<6xI", data, at)[0]) in shared:
        if shared[number]:
            scan.strike(row + 1, column)
        else:
            scan.partly.append((row + 1, column, 1, 1))
        return
    places = range(at + 4, end - 2, 6) if kind == _MANY_NUMBERS else (at + 4,)
    for over, place in enumerate(places):
        if struct.unpack_from("<H", data, place)[0] in struck:
            scan.strike(row + 1, column + over)


def _see_hidden(scan: Scan, kind: int, data: bytes, at: int) -> None:
    """Take note of lines and columns that are not shown."""
    if kind == _ROW:
        hides = bool(data[at + 12] & _HIDDEN_ROW)
        scan.hide_lines(struct.unpack_from("<H", data, at)[0] + 1, hides)
    elif kind == _COLUMNS and data[at + 8] & 1:
        first, last = struct.unpack_from("<2H", data, at)
        scan.hidden_columns.append((first, last - first + 1))
    scan.is_filtered |= kind == _FILTERED


def _error(data: bytes, kind: int, at: int) -> int | None:
    """Give the number of the error that a cell holds."""
    if kind == _TRUTH_OR_ERROR:
        return data[at + 6] if data[at + 7] else None
    if kind == _FORMULA and data[at + 6] == 2 and data[at + 12 : at + 14] == b"\xff\xff":
        return data[at + 8]
    return None
