"""What leaves refgraph: nothing a spreadsheet computes, nothing that other users can read."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import names

from refgraph.reading.files.formula_safe_csv import as_csv

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
TEXTS = names() | st.builds(
    "{}{}".format, st.sampled_from(TRIGGERS), st.text("=-1a\r\n", max_size=5)
)
COLUMNS = ("text", "number", "list")
NUMBERS = st.integers(-9, 9) | st.floats(-9, 9) | st.decimals(-9, 9, places=2) | st.none()


@settings(max_examples=50)
@given(st.lists(st.tuples(TEXTS, NUMBERS, st.lists(TEXTS, max_size=2)), max_size=5))
def test_no_text_is_a_formula_and_every_number_stays_one(drawn):
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in drawn]
    cells, raw = (
        list(csv.DictReader(io.StringIO(as_csv(list(COLUMNS), rows, raw=each), newline="")))
        for each in (False, True)
    )
    for row, cell, plain in zip(rows, cells, raw, strict=True):
        assert not cell["text"].startswith(TRIGGERS)
        assert not cell["list"].startswith(TRIGGERS)
        assert cell["text"].removeprefix("'") == row["text"].removeprefix("'")
        assert (plain["text"], plain["list"]) == (row["text"], "; ".join(row["list"]))
        wanted = row["number"]
        assert cell["number"] == plain["number"]
        assert (
            cell["number"] == ""
            if wanted is None
            else Decimal(cell["number"]) == Decimal(str(wanted))
        )


@pytest.fixture
def nasty(tmp_path):
    """A book in which every text a person can type begins as a formula does."""
    folder = tmp_path / "book"
    folder.mkdir()
    people = ["=me", "+44", "-5", "@you", "=1+1", "@sum", "-x"]
    rows = ["date,giver,receiver,prospect,status,value,currency,note"]
    for at, one in enumerate(people):
        for step in (1, 2):
            other = people[(at + step) % len(people)]
            day = f"2026-0{at % 6 + 1}-0{step}"
            rows.append(f"{day},{one},{other},=p{at},won,100,@EUR,=HYPERLINK(1)")
    declared = ["person,aliases,role,profession,group,offers,needs,email"]
    declared += [
        f"{one},=alias{at},client,=work{at % 2},@group{at % 2},+offer{at},+offer{(at + 1) % 7},=@x"
        for at, one in enumerate(people)
    ]
    (folder / "referrals.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    (folder / "people.csv").write_text("\n".join([*declared, ""]), encoding="utf-8")
    (folder / "refgraph.toml").write_text('me = "=me"\ntoday = "2026-06-30"\n', encoding="utf-8")
    return folder


TABLES = [
    *("owe", "balance --pairs", "reciprocity --by person", "register @you", "why @you"),
    *("refer-first", "introduce", "connectors", "chains", "groups", "returns", "bench"),
    *("people", "people --lookalikes"),
]


@pytest.mark.parametrize("command", TABLES)
def test_no_cell_of_a_table_is_a_formula(run, nasty, tmp_path, command):
    words = [*command.split(), "-b", nasty]
    rows = json.loads(run(*words, "-O", "json").stdout)
    target = tmp_path / "table.csv"
    run(*words, "-o", target)
    text = target.read_text(encoding="utf-8")
    for row, cells in zip(rows, csv.DictReader(io.StringIO(text)), strict=True):
        for name, value in row.items():
            if isinstance(value, str | list):
                assert not cells[name].startswith(TRIGGERS), name
            elif value is not None and not isinstance(value, bool | dict):
                assert float(cells[name]) == pytest.approx(value), name


WRITTEN = [
    *("balance -o {out}/a.csv", "balance -o {out}/a.json", "people -o {out}/a.md"),
    *("report -o {out}/a.txt", "report -o {out}/a.json", "card -o {out}/a.md"),
    *(f"export {{out}}/a.{suffix}" for suffix in ("graphml", "gexf", "csv", "json")),
    *(f"map owed -o {{out}}/a.{suffix}" for suffix in ("png", "svg", "html")),
]


@pytest.mark.parametrize("command", WRITTEN)
def test_what_is_written_is_read_by_its_owner_only(run, tmp_path, command):
    before = os.umask(0)
    try:
        run("init", tmp_path / "book", "--sample")
        run(*command.format(out=tmp_path).split(), "-b", tmp_path / "book")
    finally:
        os.umask(before)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


@pytest.mark.parametrize(
    "words",
    [
        ["pairings", "--weeks", "2", "--ics", "{out}"],
        ["today", "--ics", "{out}/today.ics"],
        ["introduce", "--draft", "1", "--for", "Ю"],
        ["decisions"],
    ],
    ids=lambda words: words[0],
)
def test_of_names_of_one_letter_words_no_initial_is_left_in_calendars_drafts_and_their_names(
    run, tmp_path, words
):
    folder, out = tmp_path / "book", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    rows = "2026-01-02,李 雷,Ж Ю\n2026-02-02,Ж Ю,王 芳\n2026-03-02,王 芳,Ю\n"
    (folder / "referrals.csv").write_text(f"date,giver,receiver\n{rows}", encoding="utf-8")
    told = "李 雷,wills,roof\nЖ Ю,roof,tax\n王 芳,tax,wills\nЮ,web,tax\n"
    (folder / "people.csv").write_text(f"person,offers,needs\n{told}", encoding="utf-8")
    touch = "2026-05-02,Ж Ю,decision,roof,王 芳,2026-07-01\n"
    header = "date,person,kind,note,with,until\n"
    (folder / "touches.csv").write_text(header + touch, encoding="utf-8")
    (folder / "refgraph.toml").write_text("today = 2026-06-01\n", encoding="utf-8")
    filled = [word.format(out=out) for word in words]
    plain = _all_of(run(*filled, "-b", folder), out)
    hidden = _all_of(run(*filled, "-b", folder, "--incognito"), out)
    assert any(letter in plain for letter in "李雷王芳ЖЮ")
    assert not [letter for letter in "李雷王芳ЖЮ" if letter in hidden]


def _all_of(ran, out):
    """What was printed and written, with the names of the files, which are gone then."""
    said = ran.stdout + ran.stderr
    for path in sorted(out.rglob("*")):
        if path.is_file():
            said += path.name + path.read_text(encoding="utf-8")
            path.unlink()
    return said
