"""On a screen for others a message keeps its place and its cause, and no word of the book."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from strategies import names

from refgraph.errors import Problem
from refgraph.reading import checks
from refgraph.reading.redaction import (
    _CAUSES,
    _SAID,
    GONE,
    concealed,
    redacted,
    redacted_text,
    shown_path,
)

ROW = "2026-01-02,Ann Lee,Bo Park"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("count must be above 0, got 'x'", "count must be above 0, got …"),
        ("the file of Ann Lee", "the file of …"),
        ("the file of Ann Lee, and of Bo", "the file of …, and of …"),
        ("of Zoe-Marie O/Hara, Ltd", "of …"),
        ("did you mean 'Bo' or 'Cy'?", "did you mean … or …?"),
        ('did you mean "Bo"?', "did you mean …?"),
        ('--columns date=""', "--columns date="),
        ("dates are read as '%d/%m/%Y'", "dates are read as %d/%m/%Y"),
        ("dates are read as '%d Zoe %Y'", "dates are read as …"),
        ("'O' Brien' is not a date", None),
        ("say it: -b mybook", "say it: -b …"),
        ("it holds a control character, U+202E", "it holds a control character, U+202E"),
        ("byte 2, 0xE9, is not UTF-8", "byte 2, 0xE9, is not UTF-8"),
        ("the columns are: Date, Zoe, Ann", "the columns are: …"),
        ("left out the column note, Zoe", "left out the column …"),
        ("李雷 is not named", "… is not named"),
        ("the file of Zoe², of B¼ and ½", "the file of …, of … and …"),
        ("3 rows · 4 rows ...", "3 rows · 4 rows ..."),
        ("a THE x I", "a THE x I"),
        ("X i", "…"),
    ],
)
def test_what_stays_of_a_message(text, shown):
    assert redacted_text(text) == shown


@given(names())
def test_no_quoted_word_stays(name):
    for text in (f"'{name}' is not a date", f'did you mean "{name}" (3 times)?', f"of {name}"):
        shown = redacted_text(text) or ""
        allowed = {*re.findall(r"[^\W\d_]+", "is not a date did you mean times of")}
        for word in re.findall(r"[^\W\d_]+", shown):
            assert word in allowed or word.casefold() in _SAID or word in ("I", "A", "x")
        assert shown.isascii() or set(shown) - {GONE, "·"} <= {*map(chr, range(0x20, 0x7F))}


def test_a_problem_keeps_its_place_and_loses_its_row():
    problem = Problem("/b/r.csv", 7, "'1 May' is not a date", ROW, "ask Zoe", "dates", "since")
    shown = redacted(problem)
    assert (shown.path, shown.line, shown.excerpt) == ("/b/r.csv", 7, "")
    assert shown.message == "since: … is not a date"
    assert shown.hint == "ask …"
    unnamed = redacted(problem, named=False)
    assert unnamed.path == "the book"
    named = Problem("r.csv", 7, "since must be a date", column="since")
    assert redacted(named).message == "since must be a date"


@pytest.mark.parametrize("check", [*_CAUSES, "zzz"])
def test_where_quotes_do_not_close_the_check_says_the_cause(check):
    told = redacted(Problem("r.csv", 1, "'O' Zoe' is here", ROW, "see 'O' Zoe'", check))
    assert told.message == _CAUSES.get(check, "this cannot be read")
    assert told.hint == ""


def test_every_check_has_a_cause_to_name():
    """But for those whose message quotes nothing of a row."""
    assert {*checks.NAMES} - {*_CAUSES} <= {"ordereddates", "duplicates"}
    assert {*_CAUSES} <= {*checks.NAMES}


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        *(("/home/zoe/people.csv", "people.csv"), ("referrals.csv", "referrals.csv")),
        *(("/home/zoe/refgraph.toml", "refgraph.toml"), ("zoe.csv", "the book"), ("", "the book")),
    ],
)
def test_a_path_is_shown_by_the_name_that_every_book_has(path, shown):
    assert shown_path(path) == shown


def test_a_book_of_health_says_how_often_of_nobody():
    for check in ("assertions", "people", "lookalikes"):
        told = concealed(Problem("r.csv", 2, "3 rows are there", ROW, "add it", check))
        assert (told.message, told.excerpt) == (_CAUSES[check], "")
    other = Problem("r.csv", 2, "3 rows are there", ROW, "add it", "fields")
    assert concealed(other).message == "3 rows are there"
    settings = Problem("/b/refgraph.toml", 2, "'Zoe' is not a setting", "Zoe = 1")
    assert concealed(settings) is settings
