"""Writes .xlsb and .ods workbooks cell by cell, as small as they can be."""

from __future__ import annotations

import io
import struct
import zipfile

__all__ = ["ods", "xlsb"]

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CODES = {"#DIV/0!": 0x07, "#N/A": 0x2A}


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(body), b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def _text(text: str) -> bytes:
    letters = text.encode("utf-16-le")
    return struct.pack("<I", len(letters) // 2) + letters


def _cell(at: int, value: object) -> bytes:
    """Write one cell: an int in the short form; a pair is a number and its style."""
    value, style = value if isinstance(value, tuple) else (value, 0)
    head = struct.pack("<II", at, style)
    match value:
        case bool():
            return _record(4, head + bytes([value]))
        case int():
            return _record(2, head + struct.pack("<i", value << 2 | 2))
        case float():
            return _record(5, head + struct.pack("<d", value))
        case str() if value in _CODES:
            return _record(3, head + bytes([_CODES[value]]))
        case str():
            return _record(6, head + _text(value))
    return _record(1, head)


def xlsb(rows, *, merged=None, old_days=False, extent=None, hidden=(), filtered=False):
    """Give the bytes of an .xlsb; style 1 shows a number as a day, 2 strikes it through.

    `hidden` are lines from 0.
    """
    width = max(map(len, rows), default=1)
    sheet = [_record(0x81)]
    sheet += [
        _record(0x94, struct.pack("<4I", *(extent or (0, len(rows), 0, width)))),
        _record(60, struct.pack("<4IH", 1, 1, 0, 0, 1)) if hidden else b"",
        _record(0x91),
    ]
    for line, row in enumerate(rows):
        sheet.append(
            _record(0, struct.pack("<IIHBBBI", line, 0, 0, 0, 0x10 * (line in hidden), 0, 0))
        )
        sheet += [_cell(at, value) for at, value in enumerate(row)]
    sheet.append(_record(0x92))
    sheet += [_record(163, bytes(6))] * filtered
    if merged:
        sheet += [_record(177, struct.pack("<I", 1)), _record(176, struct.pack("<4I", *merged))]
        sheet.append(_record(178))
    sheet.append(_record(0x82))
    book = [_record(0x83), _record(0x99, struct.pack("<II", int(old_days), 0) + _text(""))]
    book += [
        _record(0x8F),
        _record(0x9C, struct.pack("<II", 0, 1) + _text("r1") + _text("referrals")),
    ]
    book += [_record(0x90), _record(0x84)]
    fonts = [_record(43, struct.pack("<HH21x", 220, through)) for through in (0, 8)]
    styles = [_record(0x116), *fonts, _record(617, struct.pack("<I", 3))]
    forms = ((0, 0), (14, 0), (0, 1))
    styles += [_record(47, struct.pack("<HHH10x", 0, *each)) for each in forms]
    styles += [_record(618), _record(0x117)]
    space = f'xmlns="{_PACKAGE}"'
    links = (
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.bin"/>'
    )
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    return _packed(
        {
            "_rels/.rels": f"<Relationships {space}>{root}</Relationships>",
            "xl/workbook.bin": b"".join(book),
            "xl/_rels/workbook.bin.rels": f"<Relationships {space}>{links}</Relationships>",
            "xl/styles.bin": b"".join(styles),
            "xl/worksheets/sheet1.bin": b"".join(sheet),
        }
    )


def ods(*rows, more="", manifest=""):
    """Give the bytes of an .ods from rows of XML; a cell that is no XML is a text."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    told = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in spaces.items())
    body, string = "", 'office:value-type="string"'
    for row in rows:
        cells = [
            cell
            if cell.startswith("<")
            else f"<table:table-cell {string}><text:p>{cell}</text:p></table:table-cell>"
            for cell in ([row] if isinstance(row, str) else row)
        ]
        line = "".join(cells)
        body += (
            line
            if line.startswith("<table:table-row")
            else f"<table:table-row>{line}</table:table-row>"
        )
    content = (
        f"<office:document-content {told}><office:body><office:spreadsheet>{more}<table:table "
        f'table:name="referrals">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entries = f'<manifest:file-entry manifest:full-path="/">{manifest}</manifest:file-entry>'
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return _packed(
        {
            "mimetype": kind,
            "content.xml": content,
            "META-INF/manifest.xml": (
                f'<manifest:manifest xmlns:manifest="{space}">{entries}</manifest:manifest>'
            ),
        }
    )


def _packed(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
