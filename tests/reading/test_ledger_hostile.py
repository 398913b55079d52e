"""Real files that readers choke on: never a traceback, never a row that is wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.reading.files import plain_csv
from refgraph.schema.text import UNSAFE, FieldError
from refgraph.schema.values import person

FOLDERS = ("csv_spectrum", "csvkit_examples", "messytables_horror", "tabulator_special")
SUFFIXES = ("", ".csv", ".tsv", ".psv", ".ssv")
SHARED = next(
    (
        path
        for parent in Path(__file__).parents
        if (path := parent / "shared" / "data").is_dir() and (path / FOLDERS[0]).is_dir()
    ),
    None,
)
FILES = sorted(
    path
    for name in (FOLDERS if SHARED else ())
    for path in (SHARED / name).rglob("*")
    if path.is_file() and path.suffix in SUFFIXES and path.name != "COPYING"
)
ENCODINGS = {
    "test_latin1.csv": "latin-1",
    "test_utf16_big.csv": "utf-16",
    "characters.csv": "big5",
    "spanish_chars.csv": "cp1252",
    "sparse_with_column_errors.csv": "cp1252",
    "utf-16le_encoded.csv": "utf-16",
    "latin1.csv": "latin-1",
}
SEPARATORS = (",", ";", "\t", "|")
hostile = pytest.mark.skipif(not FILES, reason="the hostile files are not here")
each = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")


def mapped(path):
    """Options that take the first two fields for giver and receiver, whatever they are."""
    return ReadOptions(
        header=False,
        columns={"giver": "1", "receiver": "2"},
        encoding=ENCODINGS.get(path.name),
        skip_bad=True,
    )


@hostile
@each
def test_each_is_answered_with_a_sentence_by_report_and_check(run, path):
    for command in ("report", "check"):
        result = run(command, path, status=1)
        said = result.stdout + result.stderr
        assert str(path) in said
        assert "Traceback" not in said
        assert not UNSAFE.search(said.replace("\n", ""))


@hostile
@each
def test_no_row_of_theirs_is_read_wrong(path):
    """Every row that is kept says what the csv module finds on that line."""
    try:
        record = read(path, mapped(path))
    except LedgerError:
        return  # its message is read in the test above
    raw = path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8-sig")).removeprefix("\ufeff")
    lines = (raw if "\n" in raw else raw.replace("\r", "\n")).split("\n")
    table = record.referrals.columns
    assert record.rows_read == len(record.referrals) + len({p.line for p in record.skipped})
    for giver, receiver, line in zip(table["giver"], table["receiver"], table["line"], strict=True):
        following = [f"{text}\n" for text in lines[line - 1 :]]
        found = [
            next(csv.reader(following, delimiter=separator, skipinitialspace=True))
            for separator in SEPARATORS
        ]
        assert [giver, receiver] in [[*map(canonical, row[:2])] for row in found]


def canonical(text):
    try:
        return person(text)
    except FieldError:
        return None


@hostile
@pytest.mark.parametrize(
    "path",
    # the answer to location_coordinates.csv is to another file
    [path for path in FILES if path.with_suffix(".json").exists() and path.stem[:3] != "loc"],
    ids=lambda path: path.name,
)
@pytest.mark.parametrize("by_columns", [False, True])
def test_the_answers_that_come_with_files_are_ours(path, by_columns, monkeypatch):
    """Rows whose first two fields can be names are read as their authors say, no others."""
    monkeypatch.setattr(plain_csv, "LEAST_BYTES", 1 if by_columns else 1 << 40)
    monkeypatch.setattr(plain_csv, "_MOST_ODD", 1.0)
    answers = json.loads(path.with_suffix(".json").read_text("utf-8"))
    one, two = list(answers[0])[:2]
    columns = {"giver": one, "receiver": two, "date": ""}
    record = read(path, ReadOptions(columns=columns, skip_bad=True))
    if not path.read_bytes().endswith((b"\n", b"\r")):  # many of them are torn
        assert "may be cut off" in record.skipped[-1].message
        answers = answers[:-1]
    table = record.referrals.columns
    names = [(canonical(answer[one]), canonical(answer[two])) for answer in answers]
    expected = [pair for pair in names if all(pair) and pair[0] != pair[1]]
    assert list(zip(table["giver"], table["receiver"], strict=True)) == expected
