"""The line that a finding is about is shown if there is one, and its file is read once."""

from __future__ import annotations

import io
import sys

import pytest
from binary_workbook import xlsb
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import Problem
from refgraph.reading import ReadOptions
from refgraph.reading.checks.pages import Pages, in_order

LINES = ["date,giver", "2026-01-08,Zoë", "", "last"]


def shown(pages, path, line):
    problem = pages.problem(str(path), line, "m", "h", "people")
    assert problem == Problem(str(path), line, "m", problem.excerpt, "h", "people")
    return problem.excerpt


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", [None, "cp1252", "utf-16"])
def test_the_line_is_the_one_of_its_number_and_no_line_is_none(tmp_path, end, encoding):
    path = tmp_path / "r.csv"
    path.write_bytes(end.join(LINES).encode(encoding or "utf-8"))
    pages = Pages(ReadOptions(encoding=encoding))
    assert [shown(pages, path, line) for line in range(1, 5)] == LINES
    assert [shown(pages, path, line) for line in (0, -1, 5)] == [""] * 3
    path.unlink()
    assert shown(pages, path, 2) == LINES[1]  # it is not read again


def test_what_has_no_lines_shows_none(tmp_path, monkeypatch):
    folder, table, torn = tmp_path / "book", tmp_path / "r.xlsb", tmp_path / "torn.csv"
    folder.mkdir()
    table.write_bytes(xlsb([["date", "giver"], ["x", "y"]]))
    torn.write_bytes(b"date\n\xff\xfe\n")
    for path in (folder, table, torn, tmp_path / "gone.csv", "sqlite:///none.db"):
        assert shown(Pages(), path, 1) == ""
    stream = io.TextIOWrapper(io.BytesIO(b"date,giver\n"))
    monkeypatch.setattr(sys, "stdin", stream)
    assert shown(Pages(), "-", 1) == ""
    assert stream.read() == "date,giver\n"  # nobody else had read it


@given(st.lists(st.tuples(st.sampled_from("bac"), st.integers(1, 9)), unique=True))
def test_rows_come_by_their_files_and_lines(places):
    columns = {
        "file": [file for file, _ in places],
        "line": [line for _, line in places],
        "person": [f"{file}{line}" for file, line in places],
        "aliases": [(file,) * line for file, line in places],
    }
    assert [*in_order(columns, "person", "aliases")] == [
        (file, line, f"{file}{line}", (file,) * line) for file, line in sorted(places)
    ]
    assert [*in_order(columns)] == sorted(places)
