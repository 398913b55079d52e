"""The scan of a sheet finds what a plain reading of its rows, one cell after the other, finds."""

from __future__ import annotations

import io
import zipfile
from types import SimpleNamespace

import pytest
from binary_workbook import ods
from hypothesis import given
from hypothesis import strategies as st

from refgraph.reading.files.file_format import PLAIN
from refgraph.reading.sheets.ods import scan_ods
from refgraph.reading.sheets.scan import Unsafe, cell_name, cells_of, counted_in
from refgraph.reading.sheets.workbook import open_sheet, sheet_names
from refgraph.reading.sheets.xlsx import _Sheet

WIDTH = 40
TIMES = st.integers(1, 3)


def covered(runs):
    return {*cells_of(runs, range(99), WIDTH)}


def told(scan):
    """Give what a scan found, cell by cell."""
    return {
        "errors": {cell: text for run, text in scan.errors for cell in covered([run])},
        "unsaved": covered(scan.unsaved),
        "durations": covered(scan.durations),
        "struck": covered(scan.struck),
        "partly": covered(scan.partly),
        "merged": scan.merged,
        "hidden lines": {line for line in range(99) if counted_in(scan.hidden_lines, [line])},
        "hidden columns": {at for at in range(99) if counted_in(scan.hidden_columns, [at])},
        "is filtered": scan.is_filtered,
        "area": scan.area,
    }


class Model:
    """What is written into a sheet, cell by cell."""

    def __init__(self):
        self.errors, self.merged, self.is_filtered = {}, [], False
        self.unsaved, self.durations, self.struck, self.partly = set(), set(), set(), set()
        self.lines, self.columns, self.placed = set(), set(), set()

    def told(self):
        lines, places = ({cell[k] for cell in self.placed} for k in (0, 1))
        area = (max(lines) - min(lines) + 1) * (max(places) - min(places) + 1) if lines else 0
        return {
            "errors": self.errors,
            "unsaved": self.unsaved,
            "durations": self.durations,
            "struck": self.struck,
            "partly": self.partly,
            "merged": self.merged,
            "hidden lines": self.lines,
            "hidden columns": self.columns,
            "is filtered": self.is_filtered,
            "area": area,
        }


# ------------------------------------------------------------------ .ods

STYLES = """<style:style style:name="x" style:family="table-cell"><style:text-properties
style:text-line-through-style="solid"/></style:style><style:style style:name="y"
style:parent-style-name="x" style:family="table-cell"/><style:style style:name="z"
style:parent-style-name="x" style:family="table-cell"><style:text-properties
style:text-line-through-type="none"/></style:style><style:style style:name="t"
style:family="text"><style:text-properties style:text-line-through-type="double"/></style:style>"""
STRING = 'office:value-type="string"'
FORMULA = 'table:formula="of:=A1"'
CELLS = {
    "blank": ("", ""),
    "text": (STRING, "<text:p>Ann</text:p>"),
    "number": ('office:value-type="float" office:value="1"', "<text:p>1</text:p>"),
    "error": (f'{STRING} calcext:value-type="error"', "<text:p>#N/A</text:p>"),
    "error of a formula": (f"{FORMULA} {STRING}", "<text:p>Err:502</text:p>"),
    "result": (f"{FORMULA} {STRING}", "<text:p>Err: 502</text:p>"),
    "no result": (FORMULA, ""),
    "a text of no kind": (FORMULA, "<text:p>7</text:p>"),
    "an empty result": (FORMULA, "<text:p></text:p>"),
    "time": ('office:value-type="time" office:time-value="PT1H0M0S"', "<text:p>1:00</text:p>"),
    "struck": (f'{STRING} table:style-name="x"', "<text:p>Ann</text:p>"),
    "struck as its parent": (f'{STRING} table:style-name="y"', "<text:p>Ann</text:p>"),
    "not struck": (f'{STRING} table:style-name="z"', "<text:p>Ann</text:p>"),
    "struck and blank": ('table:style-name="x"', ""),
    "partly": (STRING, '<text:p>A<text:span text:style-name="t">nn</text:span></text:p>'),
    "wholly": (STRING, '<text:p><text:span text:style-name="t">Ann</text:span> </text:p>'),
    "merged": (f'{STRING} table:number-columns-spanned="2"', "<text:p>Ann</text:p>"),
    "tall": (f'{STRING} table:number-rows-spanned="3"', "<text:p>Ann</text:p>"),
}
VISIBLE = st.sampled_from([None, "visible", "collapse", "filter"])
ODS_ROWS = st.lists(
    st.tuples(TIMES, VISIBLE, st.lists(st.tuples(st.sampled_from([*CELLS]), TIMES), max_size=4)),
    max_size=4,
)


def note_ods(model, kind, line, at, lines, columns):
    cells = {(line + down, at + over) for down in range(lines) for over in range(columns)}
    if kind not in ("blank", "struck and blank"):
        model.placed |= cells
    if kind in ("error", "error of a formula"):
        model.errors |= dict.fromkeys(cells, "#N/A" if kind == "error" else "Err:502")
    if kind in ("no result", "a text of no kind"):
        model.unsaved |= cells
    if kind == "time":
        model.durations |= cells
    if kind in ("struck", "struck as its parent", "wholly"):
        model.struck |= cells
    if kind == "partly":
        model.partly |= cells
    if kind in ("merged", "tall"):
        model.merged.append((line, at, 1, 2) if kind == "merged" else (line, at, 3, 1))


@given(ODS_ROWS, st.lists(st.tuples(TIMES, VISIBLE), max_size=3))
def test_an_opendocument_sheet_is_what_its_cells_say_repeated_or_not(rows, columns):
    model, xml, at, line = Model(), "", 0, 1
    for times, how in columns:
        shown = f' table:visibility="{how}"' if how else ""
        xml += f'<table:table-column table:number-columns-repeated="{times}"{shown}/>'
        model.columns |= {*range(at, at + times)} if how in ("collapse", "filter") else set()
        at += times
    for lines, how, cells in rows:
        shown = f' table:visibility="{how}"' if how else ""
        xml += f'<table:table-row table:number-rows-repeated="{lines}"{shown}>'
        model.lines |= {*range(line, line + lines)} if how in ("collapse", "filter") else set()
        model.is_filtered |= how == "filter"
        at = 0
        for kind, times in cells:
            said, text = CELLS[kind]
            repeated = f'table:number-columns-repeated="{times}"' if times > 1 else ""
            xml += f"<table:table-cell {said} {repeated}>{text}</table:table-cell>"
            note_ods(model, kind, line, at, lines, times)
            at += times
        xml += "</table:table-row>"
        line += lines
    data = ods(f"<table:table-row-group>{xml}</table:table-row-group>", more=STYLES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        ((scan,), held) = scan_ods(archive)
    assert told(scan) == model.told()
    widths = [n for _, _, cells in rows for kind, n in cells if "blank" not in kind]
    assert held == scan.area + sum(widths)


LINKED = (
    "<table:dde-links><table:dde-link><office:dde-source/><table:table><table:table-row>"
    f"<table:table-cell {STRING} {FORMULA}/></table:table-row></table:table></table:dde-link>"
    "</table:dde-links>"
)


def test_tables_that_an_ods_keeps_of_other_files_are_none_of_its_sheets():
    data = ods(["date", "giver", "receiver"], ["2026-01-02", "Ann", "Bo"], more=LINKED)
    source = open_sheet("r.ods", data, [], PLAIN)
    assert source.rows[1] == ["2026-01-02", "Ann", "Bo"]
    assert source.faults == {}
    assert sheet_names("r.ods", data) == {"referrals": ""}


@pytest.mark.parametrize("times", ["0", "1048577", "-1", "x", "99999999", "\u0663"])
def test_a_row_stands_for_as_many_as_a_sheet_may_have(times):
    data = ods(f'<table:table-row table:number-rows-repeated="{times}"/>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if times == "0":
            assert scan_ods(archive)[0][0].area == 0
            return
        with pytest.raises(Unsafe):
            scan_ods(archive)


# ------------------------------------------------------------------ .xlsx

XLSX_CELLS = {
    "blank": ("", ""),
    "number": ("", "<v>1</v>"),
    "shared": ('t="s"', "<v>0</v>"),
    "error": ('t="e"', "<v>#REF!</v>"),
    "error of a formula": ('t="e"', "<f>A1</f><v> #N/A </v>"),
    "result": ("", "<f>A1</f><v>1</v>"),
    "no result": ("", "<f>A1</f>"),
    "a blank result": ("", "<f>A1</f><v> </v>"),
    "an empty text": ('t="str"', "<f>A1</f><v></v>"),
    "a text of no result": ('t="str"', "<f>A1</f>"),
    "inline": ('t="inlineStr"', "<is><t>Ann</t></is>"),
    "struck": ('s="7"', "<v>1</v>"),
    "struck in itself": ('t="inlineStr"', "<is><r><rPr><strike/></rPr><t>Ann</t></r></is>"),
    "partly": (
        't="inlineStr"',
        "<is><r><t>A</t></r><r><rPr><strike/></rPr><t>nn</t></r></is>",
    ),
    "not struck": ('t="inlineStr"', '<is><r><rPr><strike val="0"/></rPr><t>Ann</t></r></is>'),
}
XLSX_ROWS = st.lists(
    st.tuples(
        st.booleans(),
        TIMES,
        st.sampled_from(["", "0", "1", "true"]),
        st.lists(st.tuples(st.sampled_from([*XLSX_CELLS]), st.booleans(), TIMES), max_size=4),
    ),
    max_size=4,
)


def note_xlsx(model, kind, cell):
    if "<v>" in XLSX_CELLS[kind][1] or "<is>" in XLSX_CELLS[kind][1]:
        model.placed.add(cell)
    if kind in ("error", "error of a formula"):
        model.errors[cell] = "#REF!" if kind == "error" else "#N/A"
    if kind in ("no result", "a blank result"):
        model.unsaved.add(cell)
    if kind in ("struck", "struck in itself"):
        model.struck.add(cell)
    if kind == "partly":
        model.partly.add(cell)


@given(
    XLSX_ROWS,
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3), st.booleans()), max_size=3),
    st.booleans(),
)
def test_a_sheet_of_excel_is_what_its_cells_say_named_or_not(rows, columns, filtered):
    model, xml, line = Model(), "", 0
    for first, more, hidden in columns:
        xml += f'<col min="{first}" max="{first + more}" hidden="{int(hidden)}"/>'
        model.columns |= {*range(first - 1, first + more)} if hidden else set()
    for named, step, hidden, cells in rows:
        line += step if named else 1
        xml += f'<row{f" r={chr(34)}{line}{chr(34)}" * named} hidden="{hidden}">'
        model.lines |= {line} if hidden in ("1", "true") else set()
        at = -1
        for kind, is_named, over in cells:
            at += over if is_named else 1
            said, content = XLSX_CELLS[kind]
            ref = f'r="{cell_name(at, line)}"' if is_named else ""
            xml += f"<x:c {ref} {said}>{content}</x:c>"
            note_xlsx(model, kind, (line, at))
        xml += "</row>"
    xml += '<mergeCell ref="B2:D3"/><mergeCell ref="E5"/>' + "<filterColumn/>" * filtered
    model.merged, model.is_filtered = [(2, 1, 2, 3)], filtered
    stream = io.BytesIO(f'<worksheet xmlns:x="y">{xml}</worksheet>'.encode())
    archive = SimpleNamespace(open=lambda _: stream)
    scan = _Sheet(frozenset("7"), frozenset(), frozenset()).read(archive, "sheet")
    assert told(scan) == model.told()
