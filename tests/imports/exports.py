"""Invented exports of other programs, and a book to take them into."""

from __future__ import annotations

import csv
import io
from xml.sax.saxutils import escape

from refgraph.imports import Request, carry_out, prepare
from refgraph.keeping.new_book import empty_book
from refgraph.reading import read
from refgraph.reading.read_options import ReadOptions

LINKEDIN = """Notes:
"Some of the addresses may be missing, ""as people wish""."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Bo,Park,https://example.org/bo,bo@example.org,"Park, Inc.",Roofer,01 Mar 2024
Cy,"Dunn, CPA",https://example.org/cy,,Dunn & Co,Accountant,12 Sep 2023
,,,,,,05 Jan 2020
"""
HUBSPOT = """Record ID,First Name,Last Name,Email,Create Date,Company Name,Referred by,\
Lifecycle Stage
901,Eve,Stone,eve@example.org,2026-03-12 09:14,Stone Ltd,bo park (Park Inc),Customer
902,Flo,Hart,flo@example.org,2026-04-12 09:14,,Google,Lead
903,Gus,Holm,,2026-05-12 09:14,,Bo Parc,Lead
904,Bo,Park,bo@example.com,2026-05-12 09:14,,,Lead
905,Hal,Iver,,2026-05-13 09:14,,"Stone, Eve",Lead
"""
SLIPS = [
    ["Slips Audit Report"],
    [],
    ["From", "To", "Slip Type", "Inside/Outside", "$ if TYFCB", "Qty/ConductedBy", "Detail"],
    ["Ann Lee", "Bo Park", "Referral", "Inside", None, 1, "kitchen"],
    ["Cy Dunn", "Ann Lee", "Referral", "Outside"],
    ["Bo Park", "Ann Lee", "TYFCB", "Inside", 1500.5],
    ["Bo Park", "Eve Stone", "TYFCB", None, 200],
    ["Bo Park", "Ann Lee", "One to One"],
    ["Bo Park", None, "CEU", None, None, 3],
]


def write_book(folder, me="Ann Lee", **files):
    """Write an empty book, and other files of it by their plain names."""
    folder.mkdir(exist_ok=True)
    texts = empty_book(me) | {f"{name}.csv": text for name, text in files.items()}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def take(book, file, **options):
    """Import a file into a book; give the plan."""
    prepared = prepare(Request(str(file), str(book), **options))
    carry_out(prepared)
    return prepared.plan


def take_anew(book, file, **options):
    """Import a file into a book that is new, beside those that are there; give the plan."""
    return take(book.parent / f"new{len([*book.parent.iterdir()])}", file, **options)


def table(book, name):
    """Give the rows of a file of a book, without the blank cells."""
    text = (book / f"{name}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{key: value for key, value in row.items() if value} for row in rows]


def facts(book):
    """Give all that a book says, as the reader reads it."""
    record = read(book, ReadOptions())
    tables = (record.people, record.referrals, record.touches)
    return [
        {
            name: list(values)
            for name, values in each.columns.items()
            if name not in ("file", "line")
        }
        for each in tables
    ]


def sheet_of_xml(rows, *, sparse=True, name="Slips"):
    """Write rows as a workbook in XML as Excel 2003 does: blank cells and rows are left out."""
    lines, skipped = [], False
    for at, row in enumerate(rows, 1):
        cells, gap = [], False
        for place, value in enumerate(row, 1):
            if value is None and sparse:
                gap = True
                continue
            kind = "Number" if isinstance(value, (int, float)) else "String"
            index = f' ss:Index="{place}"' if gap else ""
            text = escape("" if value is None else str(value))
            cells.append(f'<Cell{index}><Data ss:Type="{kind}">{text}</Data></Cell>')
            gap = False
        if not row and sparse:
            skipped = True
            continue
        index = f' ss:Index="{at}"' if skipped else ""
        lines.append(f"<Row{index}>{''.join(cells)}</Row>")
        skipped = False
    spaces = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{spaces}" xmlns:ss="{spaces}"><Worksheet ss:Name="{name}"><Table>\n'
        + "\n".join(lines)
        + "\n</Table></Worksheet></Workbook>\n"
    )
