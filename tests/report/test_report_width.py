"""A table fits the terminal it is printed on, and says all that it says elsewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.report.views.text_table import plain, width

SAMPLE = Path(__file__).parents[2] / "refgraph" / "sample"
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
        lambda fallback=None: os.terminal_size((100, 20)),
    )
    assert run("people", book).stdout == whole
    monkeypatch.setattr("refgraph.cli.printing.output.Output._on_terminal", lambda _: True)
    narrow = run("people", book).stdout
    assert max(map(width, narrow.splitlines())) < max(map(width, whole.splitlines()))
    run("people", book, "-o", tmp_path / "people.txt")
    assert (tmp_path / "people.txt").read_text("utf-8") == whole


@pytest.mark.parametrize("room", [60, 200])
@pytest.mark.parametrize("words", [["refer-first"], ["effect"], ["trend", "--samples", 99]])
def test_sentences_are_broken_between_words_and_commands_are_not(run, monkeypatch, words, room):
    piped = run(*words, SAMPLE).stdout
    monkeypatch.setattr(
        "refgraph.cli.printing.output.shutil.get_terminal_size",
        lambda fallback=None: os.terminal_size((room, 20)),
    )
    monkeypatch.setattr("refgraph.cli.printing.output.Output._on_terminal", lambda _: True)
    shown = run(*words, SAMPLE).stdout
    sentences = [line for line in piped.splitlines() if len(line) > 88 and "  " not in line]
    assert sentences
    for line in sentences:
        if " -b " in line:
            assert line in shown
        else:
            assert line not in shown
            assert " ".join(line.split()) in " ".join(shown.split())
    broken = [line for line in shown.splitlines() if not re.search(r"  | -b |^-", line)]
    assert max(map(width, broken)) <= min(room, 88)
