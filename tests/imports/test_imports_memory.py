"""What an import holds of each row: less than its bound allows of a file with short rows."""

from __future__ import annotations

import sys
import tracemalloc

import pytest

from refgraph.imports import Request, carry_out, prepare
from refgraph.imports.cells.shared_keys import rows_like
from refgraph.imports.column_names import TABLES
from refgraph.schema.distinct_values import repeated_places


@pytest.mark.parametrize("table", TABLES)
def test_a_row_takes_two_thirds_of_the_memory_of_another_dictionary(table):
    make = rows_like(dict.fromkeys(TABLES[table]))
    row = make()
    for name in row:
        row[name] = name
    assert row == {name: name for name in TABLES[table]}
    assert 3 * sys.getsizeof(row) <= 2 * sys.getsizeof(dict.fromkeys(TABLES[table]))
    assert sys.getsizeof(row | {"note": ""}) == sys.getsizeof(row) or "note" not in row


def test_rows_do_not_share_their_values():
    make = rows_like({"giver": "", "receiver": ""})
    one, two = make(), make()
    one["giver"] = "Ann"
    assert (two, make()) == ({"giver": "", "receiver": ""}, {"giver": "", "receiver": ""})


def _peak(tmp_path, rows):
    folder = tmp_path / str(rows)
    folder.mkdir()
    (folder / "referrals.csv").write_text("date,giver,receiver\n2026-01-08,Ann Lee,Bo Park\n")
    names = [f"Person {at:07d}" for at in range(200)]
    text = "".join(
        f"2026-01-{at % 28 + 1:02d},{names[at % 200]},{names[(at * 7 + 1) % 200]}\n"
        for at in range(rows)
    )
    (folder / "x.csv").write_text(f"date,giver,receiver\n{text}")
    request = Request(str(folder / "x.csv"), str(folder))
    tracemalloc.start()
    try:
        carry_out(prepare(request), dry_run=True)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_row_of_forty_bytes_takes_some_hundred_at_once(tmp_path):
    _peak(tmp_path, 10)  # what is imported and kept once is so by now
    each = (_peak(tmp_path, 1_400) - _peak(tmp_path, 700)) / 700
    assert each < 600


def test_values_that_stand_twice_are_found_and_few_others():
    values = [*range(100), *"abcab"]
    assert repeated_places(map(str, values)).tolist() == [100, 101, 103, 104]
    assert repeated_places([]).tolist() == []
