"""Books and exports on disk for the tests of imports."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest
from exports import HUBSPOT, LINKEDIN, SLIPS, sheet_of_xml, write_book


@pytest.fixture
def benchmark_of(monkeypatch):
    """Import a script of the benchmarks of imports, and forget all of them afterwards."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    yield import_module
    for name in [name for name in sys.modules if name.startswith("intake")]:
        del sys.modules[name]


@pytest.fixture
def book(tmp_path):
    return write_book(tmp_path / "book")


@pytest.fixture
def export(tmp_path):
    """Write a file beside the book."""

    def write(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def linkedin(export):
    return export("Connections.csv", LINKEDIN)


@pytest.fixture
def hubspot(export):
    return export("hubspot.csv", HUBSPOT)


@pytest.fixture
def slips(export):
    return export("slips.xls", sheet_of_xml(SLIPS))


@pytest.fixture
def make_sheets(tmp_path):
    """Write a workbook of several sheets."""
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")

    def write(sheets, name="tracker.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        book.save(tmp_path / name)
        return str(tmp_path / name)

    return write
