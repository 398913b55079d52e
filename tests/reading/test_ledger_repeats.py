"""Rows that say what another row says are told, with their lines."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.reading import read
from refgraph.reading.checks.repeats import repeated

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "2026-01-05", "2026-01-06"]),
        st.sampled_from(["Ann", "Bo"]),
        st.sampled_from(["Cy", "Dee"]),
        st.sampled_from(["", "Okafor"]),
        st.sampled_from(["", "2"]),
        st.sampled_from(["", "x"]),
    ),
    max_size=12,
)
HEADER = "date,giver,receiver,prospect,count,note"


def book_of(folder, lines):
    (Path(folder) / "referrals.csv").write_text("\n".join([HEADER, *lines]) + "\n")
    return read(folder)


@given(ROWS)
@settings(max_examples=60)
def test_all_rows_but_the_first_of_equals_are_repeats(rows):
    with tempfile.TemporaryDirectory() as folder:
        record = book_of(folder, map(",".join, rows))
    times = Counter(rows)
    found = [*zip(*map(list, repeated(record.referrals)), strict=True)]
    assert len(found) == sum(number - 1 for number in times.values())
    lines = record.referrals.columns["line"]
    for later, first in found:
        assert rows[lines[later] - 2] == rows[lines[first] - 2]
        assert rows.index(rows[lines[first] - 2]) == lines[first] - 2
    told = [note for note in record.notes if "repeat" in note]
    assert len(told) == bool(found)


def test_the_rest_of_many_repeats_is_named_by_a_command_that_lists_it(run, tmp_path):
    book_of(tmp_path, ["2026-01-05,Ann,Bo,,,"] * 9)
    told = run("check", tmp_path).stderr
    assert "8 rows repeat another, and are counted again: line 3 as line 2" in told
    assert "and 3 more (refgraph check --only duplicates)" in told
    assert (
        run("check", tmp_path, "--only", "duplicates", status=1).stdout.count("counted twice") == 8
    )


def test_rows_with_ids_of_their_own_are_two_referrals(tmp_path):
    text = "date,giver,receiver,id\n2026-01-05,Ann,Bo,1\n2026-01-05,Ann,Bo,2\n2026-01-05,Ann,Bo,\n"
    (tmp_path / "referrals.csv").write_text(text)
    assert len(repeated(read(tmp_path).referrals)[0]) == 1
