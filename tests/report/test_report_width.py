"""A table fits the terminal it is printed on, and says all that it says elsewhere."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from refgraph.report.views.text_table import plain, width

TEXTS = st.text("ab 王é-.", max_size=40).map(lambda text: " ".join(text.split()))
ROWS = st.lists(
    st.fixed_dictionaries({"person": TEXTS, "given": st.integers(0, 9_999), "note": TEXTS}),
    min_size=1,
    max_size=4,
)
NAMES = ["person", "given", "note"]


@given(ROWS, st.integers(30, 120))
def test_no_line_is_wider_than_the_terminal_and_no_letter_is_lost(rows, room):
    text = plain(NAMES, rows, room=room)
    assert max(map(width, text.splitlines())) <= room
    told = sorted("".join(text.split()))
    assert told == sorted("".join(plain(NAMES, rows).split()))


@given(ROWS)
def test_where_there_is_room_nothing_changes(rows):
    whole = plain(NAMES, rows)
    widest = max(map(width, whole.splitlines()))
    assert plain(NAMES, rows, room=widest + 60) == whole


def test_a_terminal_is_asked_how_wide_it_is_and_a_file_is_not(run, monkeypatch, tmp_path):
    book = tmp_path / "book"
    run("init", book, "--sample")
    whole = run("people", book).stdout
    monkeypatch.setattr(
        "refgraph.cli.printing.output.shutil.get_terminal_size",
        lambda: os.terminal_size((100, 20)),
    )
    assert run("people", book).stdout == whole
    monkeypatch.setattr("refgraph.cli.printing.output.Output._on_terminal", lambda _: True)
    narrow = run("people", book).stdout
    assert max(map(width, narrow.splitlines())) < max(map(width, whole.splitlines()))
    run("people", book, "-o", tmp_path / "people.txt")
    assert (tmp_path / "people.txt").read_text("utf-8") == whole
