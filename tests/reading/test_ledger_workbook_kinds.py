"""Workbooks of every kind give what a CSV file of the same cells gives, or a sentence.

The files in ``workbooks`` were written by LibreOffice Calc 7.4 from one sheet, ``hidden`` with
two hidden sheets more, two filtered rows and a hidden column.
"""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from binary_workbook import ods, xlsb
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import names

from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.reading.sheets.compound_file import pack_stream, read_streams

HERE = Path(__file__).parent / "workbooks"
KINDS = ["kinds.xlsx", "kinds.xls", "kinds.ods", "kinds-1904.xlsx", "kinds-1904.xls"]
TODAY = date(2026, 6, 30)
HEAD = ["date", "giver", "receiver"]
CSV = """\
date,giver,receiver,count,value,note
2026-01-08,007,NA,2,1250.5,kitchen
2026-01-09,7,+1,3,0.3,30:15:00
2026-01-10,José,"Lee, Ann",4,12.50,#N/A

2026-01-11,7.5,x,,0.5,10:30:00
2026-01-12,Bo,Alex,,,1000000000000000000000
"""


def columns(path, **options):
    read_now = read(path, ReadOptions(today=TODAY, **options)).referrals.columns
    return {name: column for name, column in read_now.items() if name not in {"file", "id"}}


def said(path, **options):
    with pytest.raises(LedgerError) as caught:
        read(path, ReadOptions(today=TODAY, **options))
    return str(caught.value).replace(f"{path.parent}/", "")


def written(tmp_path, data, name="r.any"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def serial(day):
    return (day - date(1899, 12, 30)).days


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_gives_what_the_csv_file_gives(tmp_path, name):
    table = written(tmp_path, CSV.encode(), "r.csv")
    assert columns(HERE / name) == columns(table)
    renamed = written(tmp_path, (HERE / name).read_bytes(), "r.csv")  # the name tells nothing
    assert columns(renamed) == columns(HERE / name)


@pytest.mark.parametrize("name", KINDS)
def test_errors_and_merged_cells_of_every_kind_are_refused_with_their_address(name):
    told = said(HERE / name, sheet="faults")
    assert [line for line in told.splitlines() if line.startswith(name)] == [
        f"{name}:2: cell C2 holds the error '#N/A'",
        f"{name}:3: the receiver is not named",
        f"{name}:4: cell B4 holds the error '#DIV/0!'",
        f"{name}:6: cell B6 is merged with B5",
    ]


@pytest.mark.parametrize("name", KINDS)
def test_sheets_of_every_kind_are_chosen_alike(name):
    record = read(HERE / name, ReadOptions(today=TODAY))
    assert record.notes[0].endswith(
        "read the sheet 'referrals', not faults, corner (--sheet NAME chooses)"
    )
    assert "the sheets are: Hidden, referrals, faults, corner" in said(HERE / name, sheet="?")
    assert said(HERE / name, sheet="Hidden").startswith(f"{name}:1: ")
    corner = columns(HERE / name, sheet="corner")
    assert (corner["giver"], corner["receiver"], corner["line"]) == (["Ann"], ["Bo"], [5])


DAY = date(2026, 1, 8)
XLSB = [
    [*HEAD, "count", "value", "note"],
    [(serial(DAY), 1), "007", "NA", 3, 1250.5, True],
    [(float(serial(DAY)), 1), 7, "José", 3.0, 0.1 + 0.2, "x"],
    [None, 7.5, "NA"],
]


def test_a_binary_workbook_gives_what_the_csv_file_gives(tmp_path):
    table = written(
        tmp_path,
        "date,giver,receiver,count,value,note\n2026-01-08,007,NA,3,1250.5,TRUE\n"
        "2026-01-08,7,José,3,0.3,x\n,7.5,NA,,,\n".encode(),
        "r.csv",
    )
    assert columns(written(tmp_path, xlsb(XLSB))) == columns(table)
    four_years = [[*XLSB[0]], [(serial(DAY) - 1_462, 1), *XLSB[1][1:]]]
    assert columns(written(tmp_path, xlsb(four_years, old_days=True)))["date"] == [DAY]


def test_faults_of_a_binary_workbook_are_refused(tmp_path):
    path = written(
        tmp_path,
        xlsb(
            [
                HEAD,
                ["2026-01-08", "Ann", "#N/A"],
                ["2026-01-09", "#DIV/0!", "Bo"],
                ["2026-01-10", "Ann", None],
            ],
            merged=(2, 3, 2, 2),
        ),
    )
    assert [line for line in said(path).splitlines() if line.startswith("r.any")] == [
        "r.any:2: cell C2 holds the error '#N/A'",
        "r.any:3: cell B3 holds the error '#DIV/0!'",
        "r.any:4: cell C4 is merged with C3",
    ]


TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
FORMULA = '<table:table-cell table:formula="of:=[.A1]"{}>{}</table:table-cell>'


@pytest.mark.parametrize(
    ("cell", "giver"),
    [
        (FORMULA.format(' office:value-type="string"', "<text:p>Bo</text:p>"), "Bo"),
        (FORMULA.format(' office:value-type="float" office:value="7"', "<text:p>7</text:p>"), "7"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', "TRUE"),
        ('<table:table-cell office:value-type="percentage" office:value="0.5"/>', "0.5"),
        (
            TEXT.format("PT30H15M00S"),
            "PT30H15M00S",
        ),
        (
            '<table:table-cell office:value-type="time" office:time-value="PT30H15M00S"/>',
            "30:15:00",
        ),
        (FORMULA.format("", ""), "cell B2 holds a formula without its result"),
        (FORMULA.format("", "<text:p>5</text:p>"), "cell B2 holds a formula without its result"),
        (FORMULA.format("", "<text:p/>"), "the giver is not named"),
        (
            FORMULA.format(
                ' office:value-type="string" office:string-value="" calcext:value-type="error"',
                "<text:p>#REF!</text:p>",
            ),
            "cell B2 holds the error '#REF!'",
        ),
        (
            FORMULA.format(
                ' office:value-type="float" office:value="0"', "<text:p>Err:502</text:p>"
            ),
            "cell B2 holds the error 'Err:502'",
        ),
        ("Err:502", "Err:502"),
    ],
)
def test_a_cell_of_an_opendocument_sheet_is_its_value_or_refused(tmp_path, cell, giver):
    path = written(tmp_path, ods(HEAD, ["2026-01-08", cell, "Cy"]))
    if " " in giver:
        assert said(path).startswith(f"r.any:2: {giver}")
    else:
        assert columns(path)["giver"] == [giver]


def test_rows_and_cells_that_stand_for_several_are_all_read(tmp_path):
    twice = '<table:table-row table:number-rows-repeated="2">{}</table:table-row>'
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    row = "".join(text.format("", each) for each in ("2026-01-08", "Ann", "Bo"))
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    note = text.format(' table:number-columns-repeated="2"', "x")
    head = [*HEAD, note.replace(">x<", ">note<")]
    path = written(tmp_path, ods(head[:3], twice.format(row), blank, ["2026-01-09", "Cy", "Bo"]))
    assert columns(path)["line"] == [2, 3, 7]
    fault = FORMULA.format("", "")
    path = written(tmp_path, ods(HEAD, twice.format(row.replace(text.format("", "Ann"), fault))))
    assert said(path).count("cell B") == 4 - 2
    assert "cell B3 holds a formula" in said(path)


LOCKED = "this workbook is locked with a password\n      = open it in a spreadsheet and save it"


def excel(change):
    """Give the old workbook with the stream in it changed."""
    stream = read_streams((HERE / "kinds.xls").read_bytes(), {"Workbook"})["Workbook"]
    return pack_stream("Workbook", change(stream))


def behind_begin(kind, body):
    return lambda stream: stream[:20] + struct.pack("<HH", kind, len(body)) + body + stream[20:]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pack_stream("EncryptedPackage", b"x"), LOCKED),
        (excel(behind_begin(0x2F, bytes(6))), LOCKED),
        (ods(HEAD, manifest="<manifest:encryption-data/>"), LOCKED),
        (pack_stream("Book", b"x"), "this is a workbook from before Excel 97"),
        (pack_stream("WordDocument", b"x"), "this is an Office file, not a workbook"),
        (excel(lambda stream: stream[:-900]), "this workbook is damaged"),
        (excel(behind_begin(0xFC, b"\xff" * 8)), "this workbook is damaged"),
        (
            ods(HEAD, '<table:table-row table:number-rows-repeated="99999999"/>'),
            "this workbook is damaged",
        ),
        (xlsb([HEAD], extent=(0, 0xFFFFFFFF, 0, 0xFFFFFFFF)), None),
    ],
)
def test_what_is_no_open_workbook_is_said(tmp_path, data, message):
    path = written(tmp_path, data)
    if message is None:
        assert columns(path)["giver"] == []
    else:
        assert said(path).startswith(f"r.any: {message}")


def sparse_xlsx():
    openpyxl = pytest.importorskip(
        "openpyxl", reason="openpyxl, which writes them, is not installed"
    )
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.cell(1_048_576, 900).value = "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def far_ods():
    rows = '<table:table-row table:number-rows-repeated="1000000"/>'
    cells = '<table:table-cell table:number-columns-repeated="900"/>'
    return ods(HEAD, rows, [cells, "x"])


def far_xlsb():
    return xlsb([HEAD, *[[]] * 40_000, [*[None] * 900, "x"]])


@pytest.mark.parametrize("made", [sparse_xlsx, far_ods, far_xlsb])
def test_two_cells_at_opposite_corners_do_not_take_the_room_between_them(tmp_path, made):
    data = made()
    assert len(data) < 100_000
    assert said(written(tmp_path, data)).startswith("r.any: this workbook asks for the room of ")


@given(
    st.lists(
        st.tuples(
            st.one_of(names(), st.integers(0, 99), st.booleans(), st.floats(0.001, 1e9)),
            st.integers(1, 99),
            st.dates(date(1950, 1, 1), TODAY),
            st.booleans(),
        ),
        max_size=6,
    )
)
@settings(max_examples=40)
def test_a_typed_cell_is_read_as_its_text_in_a_csv_file(tmp_path_factory, rows):
    def text(value):
        if isinstance(value, bool):
            return str(value).upper()
        return f"{value:.15g}" if isinstance(value, float) else str(value)

    folder = tmp_path_factory.mktemp("typed")
    rows = [row for row in rows if "e" not in text(row[0]) or isinstance(row[0], str | bool)]
    rows = [row for row in rows if text(row[0]) != "Zoe"]
    cells = [[*HEAD, "count"]]
    cells += [
        [
            (float(serial(day)) if real else serial(day), 1),
            giver,
            "Zoe",
            float(count) if real else count,
        ]
        for giver, count, day, real in rows
    ]
    plain = [
        [*HEAD, "count"],
        *([str(day), text(giver), "Zoe", str(count)] for giver, count, day, _ in rows),
    ]
    quoted = ["\t".join(f'"{cell.replace(chr(34), 2 * chr(34))}"' for cell in row) for row in plain]
    table = folder / "r.csv"
    table.write_text("\n".join(quoted) + "\n", encoding="utf-8", newline="")
    assert columns(written(folder, xlsb(cells))) == columns(table)


@pytest.mark.parametrize("name", ["kinds.xls", "kinds.ods", "kinds.xlsx", "xlsb"])
@given(
    place=st.integers(0, 1_000_000),
    piece=st.sampled_from([b"\xff" * 4, bytes(4), b"\x01", b"\x7f"]),
)
@settings(max_examples=40)
def test_a_damaged_workbook_of_any_kind_is_rows_or_a_sentence(tmp_path_factory, name, place, piece):
    data = bytearray(xlsb(XLSB) if name == "xlsb" else (HERE / name).read_bytes())
    place %= len(data)
    data[place : place + len(piece)] = piece
    path = written(tmp_path_factory.getbasetemp(), bytes(data))
    try:
        assert len(columns(path)["giver"]) <= 7
    except LedgerError as error:
        assert str(error).startswith(str(path))  # noqa: PT017  # not every byte matters


def test_spans_below_zero_are_written_as_a_spreadsheet_does():
    from refgraph.reading.files.file_format import PLAIN
    from refgraph.reading.sheets.workbook import _writer

    write = _writer(PLAIN)
    assert write(timedelta(hours=-1, minutes=-30)) == "-1:30:00"
    assert write(timedelta(days=2, seconds=5)) == "48:00:05"


def test_a_book_without_a_workbook_loads_no_reader_of_workbooks():
    code = "import sys, refgraph; refgraph.Book.sample(); print('python_calamine' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_lines_and_columns_of_a_binary_workbook_that_are_not_shown_are_read_and_said(tmp_path):
    path = written(tmp_path, xlsb(XLSB, hidden=(1, 2), filtered=True))
    record = read(path, ReadOptions(today=TODAY))
    assert len(record.referrals) == len(XLSB) - 1
    told = "2 rows and 1 column that the sheet 'referrals' hides, some by a filter, are read too"
    assert f"{path}: {told}" in record.notes
    shown = read(written(tmp_path, xlsb(XLSB)), ReadOptions(today=TODAY))
    assert not any("hides" in note for note in shown.notes)
