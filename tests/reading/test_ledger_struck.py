"""Rows that a font strikes through are left out of a sheet of every kind, and said."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from binary_workbook import ods, xlsb
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ledger_workbook_kinds import HERE, said, written

from refgraph.reading import ReadOptions, read
from refgraph.reading.sheets.compound_file import pack_stream, read_streams

HEAD = ["date", "giver", "receiver", "count"]
ROWS = [
    ["2026-01-02", "Ann", "Bo", 1],
    ["2026-01-03", "Cy", "Bo", 2],
    ["2026-01-04", "Di", "Cy", 3],
]
NOTE = "1 row that is struck through is left out: line 3"
STYLE = (
    '<style:style style:name="x" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="{}"/></style:style>'
)
CELL = (
    '<table:table-cell table:style-name="x" office:value-type="string"><text:p>{}</text:p>'
    "</table:table-cell>"
)


def givers(path):
    record = read(path, ReadOptions(today=date(2026, 6, 30)))
    return [*record.referrals.columns["giver"]], " ".join(record.notes)


def sheet(struck, rows=ROWS):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    for row in [HEAD, *rows]:
        book.active.append(row)
    through = openpyxl.styles.Font(strike=True)
    for line, at in struck:
        book.active.cell(line, at + 1).font = through
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_ods(style):
    second = [CELL.format(text) for text in map(str, ROWS[1])]
    plain = [[str(cell) for cell in row] for row in (HEAD, ROWS[0], ROWS[2])]
    return ods(plain[0], plain[1], second, plain[2], more=STYLE.format(style))


def as_xlsb():
    def through(value):
        return (value, 2)

    return xlsb([HEAD, ROWS[0], [*ROWS[1][:3], through(2)], ROWS[2]])


def test_a_row_whose_font_is_struck_is_left_out_of_an_xlsx(tmp_path):
    path = written(tmp_path, sheet([(3, at) for at in range(4)]))
    assert givers(path) == (["Ann", "Di"], f"{path}: {NOTE}")


def test_and_of_an_ods_where_the_line_is_no_none(tmp_path):
    path = written(tmp_path, as_ods("solid"))
    assert givers(path) == (["Ann", "Di"], f"{path}: {NOTE}")
    path = written(tmp_path, as_ods("none"))
    assert givers(path) == (["Ann", "Cy", "Di"], "")


def test_some_cells_of_a_row_of_an_xlsb_are_asked_about(tmp_path):
    path = written(tmp_path, as_xlsb())
    assert "cell D3 is struck through, and not its whole row" in said(path)
    whole = [(45_000, 2), (1, 2), (2, 2), (2, 2)]
    path = written(tmp_path, xlsb([HEAD, ROWS[0], whole, ROWS[2]]))
    assert givers(path) == (["Ann", "Di"], f"{path}: {NOTE}")


def rich(*runs):
    """Give a workbook whose giver of line 3 is written in runs: texts, each struck or not."""
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    text = openpyxl.cell.rich_text
    fonts = [openpyxl.cell.text.InlineFont(strike=struck) for _, struck in runs]
    parts = [text.TextBlock(font, each) for font, (each, _) in zip(fonts, runs, strict=True)]
    book = openpyxl.load_workbook(io.BytesIO(sheet([(3, at) for at in (0, 2, 3)])))
    book.active["B3"] = text.CellRichText(*parts)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_text_that_is_struck_in_part_is_asked_about_and_one_in_whole_is_struck(tmp_path):
    path = written(tmp_path, rich(("Cy", True), ("Ed", False)))
    assert "part of the text of cell B3 is struck through" in said(path)
    path = written(tmp_path, rich(("C", True), ("y", True)))
    assert givers(path) == (["Ann", "Di"], f"{path}: {NOTE}")


def noted(content, note):
    """Put what somebody says of it into the cell of line 3 that has spans."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cell = b"<text:p><text:span"
    assert parts["content.xml"].count(cell) == 1
    parts["content.xml"] = parts["content.xml"].replace(cell, note.encode() + cell)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def spanned(*pieces):
    """Give an .ods whose giver of line 3 is written in spans: texts, each struck or not."""
    style = STYLE.format("solid").replace('"x"', '"t"').replace("table-cell", "text")
    spans = [f"<text:span text:style-name={name!r}>{text}</text:span>" for text, name in pieces]
    head, *rows = [[str(cell) for cell in row] for row in (HEAD, *ROWS)]
    cell = "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>"
    rows[1][1] = cell.format("".join(spans))
    return ods(head, *rows, more=style)


def test_what_somebody_says_of_a_cell_of_an_ods_is_none_of_its_text(tmp_path):
    note = "<office:annotation><text:p>{}</text:p></office:annotation>"
    plain, struck = "ask him", "<text:span text:style-name='t'>no</text:span>"
    whole = spanned(("C", "t"), ("y", "t"))
    for content, remark in ((whole, plain), (spanned(("Cy", "u")), struck)):
        path = written(tmp_path, noted(content, note.format(remark)))
        if content is whole:
            assert "cell B3 is struck through" in said(path)
        else:
            assert givers(path)[0] == ["Ann", "Cy", "Di"]


def test_spans_of_an_ods_and_runs_of_an_xls_that_are_struck_are_seen(tmp_path):
    part = "part of the text of cell B3 is struck through"
    assert part in said(written(tmp_path, spanned(("C", "t"), ("y", "u"))))
    assert "cell B3 is struck through" in said(written(tmp_path, spanned(("C", "t"), ("y", "t"))))
    assert givers(written(tmp_path, spanned(("Cy", "u"))))[0] == ["Ann", "Cy", "Di"]
    path = written(tmp_path, in_runs([(0, 1)]))
    assert "is struck through, and not its whole row" in said(path)
    for runs in ([(1, 1)], [(0, 1), (1, 0)]):
        assert "part of the text of cell" in said(written(tmp_path, in_runs(runs)))


def in_runs(runs):
    """Give an .xls whose first giver, 007, has fonts of its own, of which the second strikes."""
    data = read_streams((HERE / "kinds.xls").read_bytes(), {"Workbook"})["Workbook"]
    records, at = [], 0
    while at + 4 <= len(data):
        kind, length = (int.from_bytes(data[at + k : at + k + 2], "little") for k in (0, 2))
        records.append((at, kind, bytearray(data[at + 4 : at + 4 + length])))
        at += 4 + length
    told = b"".join(a.to_bytes(2, "little") + b.to_bytes(2, "little") for a, b in runs)
    fonts, moved, out = 0, 0, b""
    for at, kind, each in records:
        if kind == 0x31:
            each[2] = (each[2] | 8) if fonts == 1 else each[2] & ~8
            fonts += 1
        if kind == 0xFC:
            place = 8
            for _ in range(int.from_bytes(each[4:8], "little")):
                length, flags = int.from_bytes(each[place : place + 2], "little"), each[place + 2]
                assert not flags & 0x0C
                end = place + 3 + length * (1 + (flags & 1))
                if each[place + 3 : end].replace(b"\0", b"") == b"007":
                    each[end:end] = told
                    each[place + 2] |= 8
                    each[place + 3 : place + 3] = len(runs).to_bytes(2, "little")
                    moved, start = 2 + len(told), at
                    break
                place = end
        out += kind.to_bytes(2, "little") + len(each).to_bytes(2, "little") + each
    assert moved
    out = bytearray(out)
    at = 0
    while at + 4 <= len(out):
        kind, length = (int.from_bytes(out[at + k : at + k + 2], "little") for k in (0, 2))
        if kind == 0x85 and (begin := int.from_bytes(out[at + 4 : at + 8], "little")) > start:
            out[at + 4 : at + 8] = (begin + moved).to_bytes(4, "little")
        at += 4 + length
    return pack_stream("Workbook", bytes(out))


def test_a_sheet_all_of_which_is_struck_says_so(tmp_path):
    path = written(tmp_path, sheet([(line, at) for line in range(1, 5) for at in range(4)]))
    assert "every row of the sheet 'Sheet' is struck through" in said(path)
    data = bytearray(read_streams((HERE / "kinds.xls").read_bytes(), {"Workbook"})["Workbook"])
    at = 0
    while at < len(data):  # each font of an old workbook gets the bit that strikes
        kind, length = (int.from_bytes(data[at + k : at + k + 2], "little") for k in (0, 2))
        if kind == 0x31:
            data[at + 6] |= 8
        at += 4 + length
    path = written(tmp_path, pack_stream("Workbook", bytes(data)))
    assert "is struck through" in said(path)


@settings(max_examples=12, deadline=None)
@given(struck=st.sets(st.tuples(st.integers(2, 3), st.integers(0, 3))))
def test_a_row_is_left_out_where_all_of_it_is_struck_and_asked_about_where_some_is(
    tmp_path_factory, struck
):
    path = written(tmp_path_factory.mktemp("struck"), sheet(struck))
    cells = {line: sum(each[0] == line for each in struck) for line in (2, 3)}
    if {*cells.values()} <= {0, len(HEAD)}:
        kept = [row[1] for line, row in enumerate(ROWS, 2) if not cells.get(line)]
        assert givers(path)[0] == kept
        return
    told = said(path)
    for line, at in struck:
        is_asked = f"cell {'ABCD'[at]}{line} is struck through, and not its whole row" in told
        assert is_asked == (cells[line] < len(HEAD))
