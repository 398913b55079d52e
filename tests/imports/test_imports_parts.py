"""Several files, and the sheets of one workbook, come in as one book."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from refgraph.cli import main
from refgraph.imports.rules.parts import parts_of
from refgraph.imports.rules.turned import direction_in

_WORKBOOKS = Path(__file__).parent.parent / "reading" / "workbooks"
_SENT = [
    ["Date Out", "Matter", "Referred To (Firm)", "Engaged (Y/N)"],
    ["2026-01-05", "Lindqvist estate", "Petra Vance", "Y"],
    ["2026-02-11", "Okoro lease", "Hugo Marsh", "N"],
]
_GOT = [
    ["Date In", "Matter", "Referred By (Firm)", "Fee", "Thanks Sent to Referrer (Y/N)"],
    ["2026-01-20", "Farrow divorce", "Hugo Marsh", "$2,400.00", "Y"],
]
_ALL = [
    ("2026-01-05", "Ida Stern", "Petra Vance", "Lindqvist estate"),
    ("2026-02-11", "Ida Stern", "Hugo Marsh", "Okoro lease"),
    ("2026-01-20", "Hugo Marsh", "Ida Stern", "Farrow divorce"),
]


def _csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return str(path)


def _run(tmp_path, *files, options=()):
    book = tmp_path / "book"
    words = ["import", *files, "-b", str(book), "--me", "Ida Stern", "--today", "2026-06-01"]
    return CliRunner().invoke(main, [*words, *options]), book


def _referrals(book):
    with (book / "referrals.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [tuple(row[name] for name in ("date", "giver", "receiver", "prospect")) for row in rows]


def test_two_files_with_different_headers_make_a_book(tmp_path):
    files = _csv(tmp_path / "a.csv", _SENT), _csv(tmp_path / "b.csv", _GOT)
    result, book = _run(tmp_path, *files)
    assert result.exit_code == 0, result.output
    assert _referrals(book) == _ALL


def test_two_sheets_of_a_workbook_make_a_book(tmp_path, make_sheets):
    file = make_sheets({"Outgoing": _SENT, "Incoming": _GOT, "Notes": [["call back on Friday"]]})
    result, book = _run(tmp_path, file)
    assert result.exit_code == 0, result.output
    assert _referrals(book) == _ALL
    assert "left out the sheet 'Notes'" in result.output


def test_a_summary_beside_dated_sheets_is_left_out_and_said(tmp_path, make_sheets):
    summary = [["Referred By", "Referrals"], ["Hugo Marsh", "1"], ["Petra Vance", "4"]]
    file = make_sheets({"Log": _GOT, "Totals": summary})
    assert CalamineWorkbook.from_path(file).sheet_names == ["Log", "Totals"]
    parts = parts_of(file)
    assert parts.sheets == ("Log",)
    assert "'Totals'" in "".join(parts.notes)


@pytest.mark.parametrize("at", [0, 1])
def test_nothing_is_written_of_any_file_if_one_is_refused(tmp_path, at):
    good = _csv(tmp_path / "a.csv", _SENT)
    bad = _csv(tmp_path / "b.csv", [*_GOT, ["2026-13-45", "x", "Hugo Marsh", "", ""]])
    result, book = _run(tmp_path, *([bad, good] if at == 0 else [good, bad]))
    assert result.exit_code == 1
    assert "2026-13-45" in result.output
    assert not book.exists()


def test_the_name_of_a_sheet_says_the_direction_where_no_column_does(tmp_path, make_sheets):
    rows = [["Date", "Name", "Client"], ["2026-03-01", "Petra Vance", "Ostrow will"]]
    file = make_sheets({"Sent": rows, "Received": [rows[0], ["2026-03-02", "Hugo Marsh", "Ito"]]})
    result, book = _run(tmp_path, file)
    assert result.exit_code == 0, result.output
    assert _referrals(book) == [
        ("2026-03-01", "Ida Stern", "Petra Vance", "Ostrow will"),
        ("2026-03-02", "Hugo Marsh", "Ida Stern", "Ito"),
    ]


@pytest.mark.parametrize("title", ["data", "Sheet1", "in and out", "sent and received", "made"])
def test_other_names_say_no_direction(title):
    assert direction_in(title) == ""


def test_standard_input_is_no_file_among_others(tmp_path):
    result, _ = _run(tmp_path, "-", _csv(tmp_path / "a.csv", _SENT))
    assert result.exit_code == 2


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("door", ["import", "owe", "check"])
def test_what_a_workbook_hides_is_said_at_every_door(tmp_path, kind, door):
    file = str(_WORKBOOKS / f"hidden.{kind}")
    words = [door, file, "--me", "Ida Stern", "--today", "2026-06-01"]
    words += ["-b", str(tmp_path / "book")] if door == "import" else []
    said = CliRunner().invoke(main, words).output
    left = "left out the hidden sheets 'Old log', 'Archive'"
    how = left.replace("'Archive'", "'Archive' (very hidden)") if kind == "xlsx" else left
    assert f"{file}: {how} (--sheet 'Old log' reads one)" in said
    shown = "2 rows and 1 column that the sheet 'Log' hides, some by a filter, are read too"
    assert f"{file}: {shown}" in said
    chosen = CliRunner().invoke(main, [*words, "--sheet", "Old log"])
    assert chosen.exit_code == 0, chosen.output
    assert "hid" not in chosen.output.replace(file, "")


def test_a_very_hidden_sheet_is_left_out_and_said(tmp_path, make_sheets):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    file = make_sheets({"Out": _SENT, "In": _GOT, "Old": _SENT, "Lists": _GOT})
    book = openpyxl.load_workbook(file)
    book["Old"].sheet_state = "hidden"
    book["Lists"].sheet_state = "veryHidden"
    book.save(file)
    parts = parts_of(file)
    assert parts.sheets == ("Out", "In")
    left = "left out the hidden sheets 'Old', 'Lists' (very hidden) (--sheet 'Old' reads one)"
    assert parts.notes == (f"{file}: {left}",)
