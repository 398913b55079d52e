"""Excel workbooks: cells as they are shown, bombs left alone, damage said in a sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import names

from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.reading.sheets import archive

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl, which writes them, is not installed")


TODAY = date(2026, 6, 30)
HEAD = ["date", "giver", "receiver", "count", "value", "note"]
ROW = [date(2026, 1, 8), "Ann", "Bo"]


def book(path, rows, *, title="referrals", more=()):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for name in more:
        made.create_sheet(name).append(HEAD[:3])
    made.save(path)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "r.xlsx"


def table(path, **options):
    return read(path, ReadOptions(today=TODAY, **options)).referrals.columns


def said(path, **options):
    with pytest.raises(LedgerError) as caught:
        read(path, ReadOptions(today=TODAY, **options))
    return str(caught.value).replace(f"{path.parent}/", "")


def altered(path, change, member="xl/worksheets/sheet1.xml"):
    """Write the archive anew with one of its parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def test_cells_are_read_as_they_are_shown(path):
    book(
        path,
        [
            HEAD,
            [date(2026, 1, 8), "007", "NA", 2, 1250.5, "kitchen"],
            [],
            [datetime.fromisoformat("2026-01-09"), 7, "+1", 3.0, 0.1 + 0.2, True],
            ["2026-01-10", "José", "a\nb", "4", "12.50", 1e21],
            [None, 7.5, "x", None, 1e-7, None],
        ],
    )
    columns = table(path)
    assert columns["date"] == [date(2026, 1, 8), date(2026, 1, 9), date(2026, 1, 10), None]
    assert columns["giver"] == ["007", "7", "José", "7.5"]
    assert columns["receiver"] == ["NA", "+1", "a b", "x"]
    assert columns["count"] == [2, 3, 4, 1]
    assert columns["value"] == [*map(Decimal, ("1250.5", "0.3", "12.50", "0.0000001"))]
    assert columns["note"] == ["kitchen", "TRUE", "1000000000000000000000", ""]
    assert columns["line"] == [2, 4, 5, 6]
    assert columns["file"] == [str(path)] * 4


def test_the_header_may_stand_lower_and_columns_without_a_name_are_said(path):
    book(path, [[], [], ["Date", " GIVER", "Receiver"], [*ROW, "?"], [*ROW[:2], "Cy"]])
    record = read(path, ReadOptions(today=TODAY))
    assert record.referrals.columns["line"] == [4, 5]
    assert record.notes == (f"{path}: left out the column number 4, without a name",)


def test_dates_and_decimals_follow_the_options_that_text_follows(path):
    book(path, [[*HEAD[:3], "value"], [*ROW, 12.5], ["9.1.2026", "Bo", "Ann", "1250,50"]])
    columns = table(path, date_format="%d.%m.%Y", decimal_comma=True)
    assert columns["date"] == [date(2026, 1, 8), date(2026, 1, 9)]
    assert columns["value"] == [Decimal("12.5"), Decimal("1250.50")]
    assert table(book(path, [HEAD[:3], ROW]), date_format="unix")["date"] == [date(2026, 1, 8)]


def test_comments_and_positions_work_as_in_a_csv_file(path):
    book(path, [["# mine"], ["Ann", "Bo"], ["Bo", "Ann"]])
    columns = table(path, comment="#", header=False, columns={"giver": "1", "receiver": "2"})
    assert columns["giver"] == ["Ann", "Bo"]


def test_the_sheet_is_the_one_named_or_called_referrals_or_the_first_to_be_seen(path):
    book(path, [HEAD[:3], ROW], title="Contacts", more=["People", "Hidden"])
    record = read(path, ReadOptions(today=TODAY))
    assert len(record.referrals) == 1
    assert record.notes == (
        f"{path}: read the sheet 'Contacts', not People, Hidden (--sheet NAME chooses)",
    )
    assert len(table(path, sheet="people")["giver"]) == 0
    assert (
        said(path, sheet="Peple")
        == "r.xlsx: there is no sheet 'Peple'\n      = did you mean People?"
    )
    assert "the sheets are: Contacts, People, Hidden" in said(path, sheet="x")
    book(path, [["x"]], title="Summary", more=["Referrals"])
    assert "read the sheet 'Referrals', not Summary" in read(path).notes[0]
    csv = path.with_suffix(".csv")
    csv.write_text("date,giver,receiver\n", encoding="utf-8")
    assert said(csv, sheet="x").startswith("r.csv: this is not a workbook and has no sheets")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=1+1", "cell C3 holds a formula without its result"),
        ("#N/A", "cell C3 holds the error '#N/A'"),
        ("#REF!", "cell C3 holds the error '#REF!'"),
        (None, "the receiver is not named"),
    ],
)
def test_a_cell_without_a_value_of_its_own_is_refused_with_its_row(path, cell, message):
    book(path, [HEAD[:3], ROW, [*ROW[:2], cell], ROW])
    assert said(path).startswith(f"r.xlsx:3: {message}\n    3 | 2026-01-08,Ann")
    kept = read(path, ReadOptions(today=TODAY, skip_bad=True))
    assert (len(kept.referrals), len(kept.skipped), kept.rows_read) == (2, 1, 3)


def test_errors_in_columns_that_are_left_out_refuse_nothing(path):
    book(path, [[*HEAD[:3], "extra"], [*ROW, "#N/A"]])
    assert table(path)["giver"] == ["Ann"]


@pytest.mark.parametrize("value", [b"<v></v>", b"<v/>"])
def test_a_formula_that_comes_to_an_empty_text_has_a_result(path, value):
    book(path, [[*HEAD[:3], "count"], [*ROW, 4]])
    old, new = b'<c r="D2" t="n"><v>4</v>', b'<c r="D2" t="str"><f>A1</f>' + value
    altered(path, lambda xml: xml.replace(old, new))
    assert table(path)["count"] == [1]
    altered(path, lambda xml: xml.replace(b't="str"', b't="n"'))
    assert "cell D2 holds a formula without its result" in said(path)


def test_the_saved_result_of_a_formula_is_read(path):
    book(path, [[*HEAD[:3], "count"], [*ROW, 1]])
    altered(
        path,
        lambda xml: xml.replace(b"<v>1</v></c></row></she", b"<f>2+3</f><v>5</v></c></row></she"),
    )
    assert table(path)["count"] == [5]


def test_merged_cells_are_refused_but_the_first(path):
    made = openpyxl.Workbook()
    for row in (HEAD[:3], ROW, [date(2026, 1, 9), None, "Cy"]):
        made.active.append(row)
    made.active.merge_cells("B2:B3")
    made.save(path)
    assert said(path) == (
        "r.xlsx:3: cell B3 is merged with B2\n"
        "    3 | 2026-01-09,,Cy\n"
        "      = undo the merging and fill each cell"
    )


def test_a_day_with_an_hour_is_that_day_whether_or_not_the_format_says_so(path):
    book(path, [HEAD[:3], [datetime.fromisoformat("2026-01-08T10:30"), "Ann", "Bo"]])
    assert table(path)["date"] == [date(2026, 1, 8)]
    assert table(path, date_format="%Y-%m-%d %H:%M:%S")["date"] == [date(2026, 1, 8)]


def test_a_row_limit_holds_for_sheets(path):
    book(path, [HEAD[:3], *[ROW] * 3])
    assert len(table(path, max_rows=3)["giver"]) == 3
    assert "holds more than 2 rows\n      = raise the limit with --max-rows" in said(
        path, max_rows=2
    )


def test_a_bomb_is_not_opened(path):
    """50 MB of zeros in some 50 kB, as a sheet of a workbook."""
    book(path, [HEAD[:3], ROW])
    altered(path, lambda xml: xml + b" " * 50_000_000)
    assert path.stat().st_size < 100_000
    assert said(path).startswith("r.xlsx: this workbook unfolds from ")
    assert said(path).endswith("is not opened\n      = save the sheet as CSV, UTF-8")


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("_MOST_MEMBERS", 5, " parts, more than 5, and is not opened"),
        ("_MOST_BYTES", 5_000, " bytes, and is not opened"),
        ("_MOST_RATIO", 1, " bytes, and is not opened"),
    ],
)
def test_each_limit_of_an_archive_holds(path, monkeypatch, limit, value, message):
    book(path, [HEAD[:3], ROW])
    monkeypatch.setattr(archive, limit, value)
    assert message in said(path)


def test_exactly_at_the_limits_it_is_opened(path, monkeypatch):
    book(path, [HEAD[:3], ROW])
    with zipfile.ZipFile(path) as opened:
        size = sum(member.file_size for member in opened.infolist())
        parts = len(opened.namelist())
    monkeypatch.setattr(archive, "_MOST_MEMBERS", parts)
    monkeypatch.setattr(archive, "_MOST_BYTES", size)
    assert table(path)["giver"] == ["Ann"]
    monkeypatch.setattr(archive, "_MOST_BYTES", size - 1)
    assert "is not opened" in said(path)
    monkeypatch.setattr(archive, "_MOST_BYTES", size)
    monkeypatch.setattr(archive, "_MOST_MEMBERS", parts - 1)
    assert f"holds {parts} parts" in said(path)


def test_a_size_that_lies_is_found_out(path):
    """The claim of a part is made small; what comes out is more, or is damaged."""
    book(path, [HEAD[:3], ROW])
    altered(path, lambda xml: xml + b" " * 3_000_000)
    data = bytearray(path.read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:  # each entry of the directory
        struct.pack_into("<I", data, at + 24, 100)
        at += 4
    path.write_bytes(data)
    assert "this workbook is damaged" in said(path)


def test_entities_are_never_unfolded(path):
    book(path, [HEAD[:3], ROW])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    for member in members:
        path.write_bytes(whole)
        altered(path, lambda xml: bomb + xml.replace(b"Ann", b"&b;"), member)
        assert said(path).startswith("r.xlsx: this workbook declares XML entities")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda xml: xml.replace(b'r="2"', b'r="99999999999"'), "damaged"),
        (lambda xml: xml.replace(b'r="A2"', b'r="AAAAAAAA2"'), "damaged"),
        (lambda xml: xml.replace(b"</sheetData>", b""), "damaged"),
        (lambda xml: xml.replace(b'r="C2"', b'r="ZZZ2"'), "this row has 18,278 columns"),
    ],
)
def test_a_sheet_that_leads_astray(path, change, message):
    book(path, [HEAD[:3], ROW])
    altered(path, change)
    assert message in said(path)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["a.txt"], "this is a zip archive, not a table"),
        (["mimetype"], "this is an OpenDocument file, and no spreadsheet"),
        (["mimetype", "content.xml"], "this is an OpenDocument file, and no spreadsheet"),
        (["xl/workbook.bin"], "this workbook is damaged"),
        (["xl/workbook.bin", "content.xml"], "this is a zip archive, not a table"),
        (["a.txt", "A.txt"], "this workbook is damaged"),
    ],
)
def test_other_archives_are_told_apart(path, parts, message):
    with zipfile.ZipFile(path, "w") as made:
        for name in parts:
            made.writestr(name, "application/vnd.oasis.opendocument.text")
    assert said(path).startswith(f"r.xlsx: {message}")


def test_a_workbook_whose_links_lead_elsewhere_is_not_opened(path):
    book(path, [HEAD[:3], ROW])
    altered(path, lambda xml: xml.replace(b"xl/workbook.xml", b"xl/other.xml"), "_rels/.rels")
    assert "this workbook is damaged" in said(path)


def test_an_empty_sheet_is_an_empty_file(path):
    book(path, [])
    assert said(path).startswith("r.xlsx: this file is empty")


def test_every_prefix_of_a_workbook_is_a_sentence(path):
    whole = book(path, [HEAD[:3], ROW]).read_bytes()
    for size in range(4, len(whole), 97):
        path.write_bytes(whole[:size])
        assert "damaged" in said(path)


@given(place=st.integers(0, 1_000_000), byte=st.integers(0, 255))
@settings(max_examples=60)
def test_a_workbook_with_one_byte_changed_is_itself_or_a_sentence(tmp_path_factory, place, byte):
    path = tmp_path_factory.getbasetemp() / "changed.xlsx"
    stream = io.BytesIO()
    book(stream, [HEAD[:3], ROW])
    data = bytearray(stream.getvalue())
    data[place % len(data)] = byte
    path.write_bytes(data)
    found = []
    try:
        columns = table(path)
        found = [columns["giver"], columns["receiver"]]
    except LedgerError as error:
        assert str(error).startswith(f"{path}:")  # noqa: PT017  # not every byte matters
    assert found in ([], [["Ann"], ["Bo"]])


@given(st.lists(st.tuples(names(), names()), max_size=5))
@settings(max_examples=40)
def test_names_in_cells_are_the_names_that_are_read(tmp_path_factory, pairs):
    path = tmp_path_factory.getbasetemp() / "names.xlsx"
    made = openpyxl.Workbook()
    made.active.append(HEAD[:3])
    pairs = [(one, two) for one, two in pairs if one != two]
    for row, pair in enumerate(pairs, 2):
        for column, name in enumerate(pair, 2):
            made.active.cell(row, column).value = name
            made.active.cell(row, column).data_type = "s"  # never a formula or an error
    made.save(path)
    columns = table(path)
    assert list(zip(columns["giver"], columns["receiver"], strict=True)) == pairs


def test_commands_read_a_workbook(path, run):
    book(path, [HEAD[:3], ROW], title="Contacts", more=["Other"])
    result = run("balance", path, "--today", "2026-06-30", "--sheet", "contacts", "-O", "csv")
    assert result.stdout.splitlines()[1].startswith("Ann,1,0,1")
    assert run("check", path, "--today", "2026-06-30").stdout == ""
    assert run("report", path, "--today", "2026-06-30").stdout
