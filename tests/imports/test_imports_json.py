"""Records in JSON come in as the same rows of a CSV file do; what is no list of them is named."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import names

from refgraph import Book
from refgraph.imports.shapes.json_records import read_json

ROWS = [
    {"date": "2026-01-02", "giver": "007", "receiver": "Bo, Park", "count": 2},
    {"date": "2026-01-03", "giver": "NA", "receiver": "007", "count": None},
]


def referrals(path):
    rows = Book.read(path, today="2026-06-30").referrals
    return [*zip(rows["giver"], rows["receiver"], rows["count"], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        "".join(f"{json.dumps(row)}\n" for row in ROWS),
        json.dumps({"next": None, "results": ROWS}),
    ],
    ids=["list", "indented", "lines", "wrapped"],
)
def test_records_are_rows_however_they_are_laid_out(tmp_path, text, run):
    path = tmp_path / "log.json"
    path.write_text(text, encoding="utf-8")
    assert referrals(path) == [("007", "Bo, Park", 2), ("NA", "007", 1)]
    run("import", path, "-b", tmp_path / "book")
    assert referrals(tmp_path / "book") == referrals(path)


@settings(max_examples=20, deadline=None)
@given(pairs=st.lists(st.tuples(names(), names()), min_size=1, max_size=5))
def test_a_record_has_the_texts_that_a_row_of_a_csv_file_has(pairs):
    rows = [["giver", "receiver"], *map(list, pairs)]
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    texts = [dict(zip(rows[0], pair, strict=True)) for pair in pairs]
    told, lines = read_json("a.json", json.dumps(texts), 9)
    assert told == [*csv.reader(io.StringIO(stream.getvalue()))]
    assert lines == sorted({*lines})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"giver": "Ann"},', "this JSON is cut off or damaged"),
        ('[{"giver": "Ann", "giver": "Bo"}]', "names the field 'giver' twice"),
        ('[{"giver": "Ann"}, 3]', "other things than records"),
        ('[{"a": {"b": {"c": 1}}}]', "records within records"),
        ('[{"a": 1}] {"b": 2}', "something follows the list"),
        ("[]", "holds no records"),
        ('[{"a": ' + "[" * 100_000, "this JSON is cut off or damaged"),
    ],
)
def test_what_is_no_list_of_records_is_a_sentence(tmp_path, run, text, told):
    path = tmp_path / "log.json"
    path.write_text(text, encoding="utf-8")
    assert told in run("import", path, "-b", tmp_path / "book", status=1).stderr
