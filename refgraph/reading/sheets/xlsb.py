"""The sheets of an .xlsb, whose parts are binary records."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from refgraph.reading.sheets.scan import Scan, Unsafe
from refgraph.reading.sheets.xlsx import part_of_links

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ERRORS", "count_strings", "find_parts", "scan_xlsb", "with_real_numbers"]

#: The errors of a cell by their number, in .xlsb and .xls.
ERRORS = dict(
    zip(
        (0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B),
        ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"],
        strict=True,
    )
)
_ROW, _RK, _ERROR, _FORMULA_ERROR, _SHEET, _STRINGS, _MERGED = 0, 2, 3, 11, 156, 159, 176
_CELLS = range(2, 12)
_COLUMNS, _FILTERED, _HIDDEN_ROW = 60, 163, 0x10
_FONT, _STYLE, _STYLES, _STYLES_END, _STRIKES = 43, 47, 617, 618, 0x08
_NUMBER = bytes([5, 16])  # a number of eight bytes, and how long such a record is


def _records(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Give each record: its kind, and where it begins, its content begins and it ends."""
    at = 0
    while at < len(data):
        begin, kind = at, data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | data[at] << 7
            at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
            if shift > 21:
                raise Unsafe
        if at + length > len(data):
            raise Unsafe
        yield kind, begin, at, at + length
        at += length


def find_parts(archive: zipfile.ZipFile) -> list[str]:
    """Give the part of the archive that holds each sheet, in the order of the sheets."""
    data = archive.read("xl/workbook.bin")
    links = part_of_links(archive, "xl/_rels/workbook.bin.rels")
    found = []
    for kind, _, begin, end in _records(data):
        if kind == _SHEET:
            (length,) = struct.unpack_from("<I", data, begin + 8)
            link = data[begin + 12 : min(end, begin + 12 + 2 * length)].decode("utf-16-le")
            found.append(links.get(link, ""))
    return found


def count_strings(archive: zipfile.ZipFile) -> int:
    """Count the texts that the sheets share, as the file says it.

    Raises
    ------
    Unsafe
        It claims more than there can be.
    """
    part = "xl/sharedStrings.bin"
    if part not in archive.namelist():
        return 0
    data = archive.read(part)
    for kind, _, begin, _ in _records(data):
        if kind == _STRINGS:
            count = int(struct.unpack_from("<4xI", data, begin)[0])
            if count > len(data):
                raise Unsafe
            return count
    return 0


def scan_xlsb(archive: zipfile.ZipFile, part: str) -> Scan:
    """Go through the cells of one sheet; every formula of such a file has a result."""
    data, scan, line = archive.read(part), Scan(), 0
    struck = _struck_styles(archive)
    for kind, _, begin, _ in _records(data):
        if kind == _ROW:
            line = struct.unpack_from("<I", data, begin)[0] + 1
            scan.hide_lines(line, bool(data[begin + 11] & _HIDDEN_ROW))
        elif kind in _CELLS:
            (at,) = struct.unpack_from("<I", data, begin)
            scan.place(line, at)
            if struck and int.from_bytes(data[begin + 4 : begin + 7], "little") in struck:
                scan.strike(line, at)
            if kind in {_ERROR, _FORMULA_ERROR}:
                code = data[begin + 8]
                scan.errors.append(((line, at, 1, 1), ERRORS.get(code, f"#{code}")))
        elif kind == _COLUMNS and data[begin + 16] & 1:
            first, last = struct.unpack_from("<2I", data, begin)
            scan.hidden_columns.append((first, last - first + 1))
        elif kind == _FILTERED:
            scan.is_filtered = True
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data, begin)
            scan.merged.append((top + 1, left, bottom - top + 1, right - left + 1))
    return scan


def _struck_styles(archive: zipfile.ZipFile) -> set[int]:
    """Give the styles of cells whose font is struck through."""
    part = "xl/styles.bin"
    if part not in archive.namelist():
        return set()
    data = archive.read(part)
    fonts: list[bool] = []
    struck: set[int] = set()
    styles = -1  # those of cells are counted, and no others
    for kind, _, begin, _ in _records(data):
        if kind == _FONT:
            fonts.append(bool(data[begin + 2] & _STRIKES))
        elif kind == _STYLES:
            styles = 0
        elif kind == _STYLES_END:
            break
        elif kind == _STYLE and styles >= 0:
            (font,) = struct.unpack_from("<H", data, begin + 4)
            if font < len(fonts) and fonts[font]:
                struck.add(styles)
            styles += 1
    return struck


def with_real_numbers(archive: zipfile.ZipFile, part: str) -> bytes:
    """Write the archive anew, each whole number of one sheet in the long form.

    The short form is how Excel keeps a day, and python-calamine (0.9) tells such a
    day from a number in the long form alone.
    """
    data = archive.read(part)
    pieces, done = [], 0
    for kind, start, begin, end in _records(data):
        if kind == _RK and end - begin == 12:
            (number,) = struct.unpack_from("<i", data, begin + 8)
            if number & 3 == 2:
                real = struct.pack("<d", number >> 2)
                pieces += [data[done:start], _NUMBER, data[begin : begin + 8], real]
                done = end
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in archive.namelist():
            if name != part:
                made.writestr(name, archive.read(name))
        made.writestr(part, b"".join([*pieces, data[done:]]))
    return stream.getvalue()
