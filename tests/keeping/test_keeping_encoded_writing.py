"""What is written to a file is encoded as the file is, and read back as it was meant."""

from __future__ import annotations

import pytest

from refgraph.errors import LedgerError
from refgraph.keeping import record
from refgraph.keeping.merge import merge
from refgraph.reading import ReadOptions, read

ROWS = "date,giver,receiver\n2026-01-08,René,Jürgen\n"
NEW = {"date": "2026-01-09", "giver": "Zoë", "receiver": "René"}


def names(book, options):
    columns = read(book, options).referrals.columns
    return [*zip(columns["giver"], columns["receiver"], strict=True)]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig", "mac-roman"])
def test_a_row_is_added_in_the_encoding_of_its_file(tmp_path, encoding):
    table = tmp_path / "referrals.csv"
    table.write_bytes(ROWS.encode(encoding))
    options = ReadOptions(encoding=encoding)
    record(tmp_path, {"referrals": [NEW], "people": [{"person": "Zoë"}]}, options)
    assert names(tmp_path, options) == [("René", "Jürgen"), ("Zoë", "René")]
    assert table.read_bytes() == (ROWS + "2026-01-09,Zoë,René\n").encode(encoding)


def test_a_file_that_is_utf8_stays_so(tmp_path):
    table = tmp_path / "referrals.csv"
    table.write_text(ROWS, encoding="utf-8")
    record(tmp_path, {"referrals": [NEW]}, ReadOptions(encoding="cp1252"))
    assert table.read_text(encoding="utf-8") == ROWS + "2026-01-09,Zoë,René\n"


def test_a_name_that_the_encoding_lacks_is_refused(tmp_path):
    table = tmp_path / "referrals.csv"
    table.write_bytes(ROWS.encode("cp1252"))
    with pytest.raises(LedgerError, match="'王' cannot be written in cp1252; nothing was written"):
        record(tmp_path, {"referrals": [NEW | {"giver": "王"}]}, ReadOptions(encoding="cp1252"))
    assert table.read_bytes() == ROWS.encode("cp1252")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_names_are_merged_in_the_encoding_of_the_file(tmp_path, encoding):
    (tmp_path / "referrals.csv").write_bytes(f"{ROWS}2026-01-09,Bo,René L.\n".encode(encoding))
    people = tmp_path / "people.csv"
    people.write_bytes("person,aliases\nRené,\n".encode(encoding))
    options = ReadOptions(encoding=encoding)
    merge(tmp_path, "René", "René L.", options=options)
    assert people.read_bytes() == "person,aliases\nRené,René L.\n".encode(encoding)
    assert names(tmp_path, options)[-1] == ("Bo", "René")


def test_a_workbook_is_not_written_to(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    for row in (["date", "giver", "receiver"], ["2026-01-08", "Ann", "Bo"]):
        book.active.append(row)
    table = tmp_path / "referrals.xlsx"
    book.save(table)
    before = table.read_bytes()
    with pytest.raises(LedgerError, match="a workbook or a database is not written to"):
        record(table, {"referrals": [NEW]})
    assert table.read_bytes() == before
