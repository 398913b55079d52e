"""What was agreed: decisions and planned one-to-ones, by hand, by law, and by the commands."""

from __future__ import annotations

import json
import shlex
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, book_of

import refgraph
from refgraph.analysis.tending import agreed, today
from refgraph.book.incognito import incognito

ROWS = [(TODAY - timedelta(days=20), "Ann", "Me", 1), (TODAY - timedelta(days=9), "Bo", "Ann", 1)]


def day(back):
    return TODAY - timedelta(days=back)


def book_with(*touches, me="Me"):
    told = [(day(at), who, kind, more) for at, who, kind, more in touches]
    return book_of(ROWS, me=me, touches=told)


def test_the_newest_decision_stands_until_it_is_done():
    book = book_with(
        (9, "Ann", "decision", {"note": "Speaks", "until": day(5)}),
        (7, "Ann", "decision", {"note": "speaks", "until": day(-5)}),
        (9, "Bo", "decision", {"note": "hosts", "until": day(1)}),
        (8, "Bo", "decision", {"note": "pays", "until": day(0)}),
        (6, "Bo", "done", {"note": "HOSTS"}),
        (6, "Ann", "decision", {"note": "not mine to do", "until": day(2)}),
        (6, "Ann", "decision", {"note": "rests"}),
    )
    table = agreed.decisions(book)
    told = [(row.person, row.what, row.state) for row in table.itertuples()]
    assert told == [("Bo", "pays", "due"), ("Ann", "speaks", "open"), ("Bo", "hosts", "done")]
    assert list(agreed.lines(book, "Me")["word"]) == ["pays"]


def test_a_word_of_done_without_a_note_is_for_all_until_then():
    book = book_with(
        (9, "Ann", "decision", {"note": "a", "until": day(1)}),
        (5, "Ann", "done", {}),
        (3, "Ann", "decision", {"note": "b", "until": day(1)}),
    )
    table = agreed.decisions(book)
    assert dict(zip(table["what"], table["state"], strict=True)) == {"b": "late", "a": "done"}


@given(
    until=st.integers(-20, 20),
    held=st.none() | st.integers(0, 29),
    side=st.sampled_from(["Ann", "Bo", "Me"]),
)
def test_a_planned_one_to_one_comes_back_for_both_in_its_week_until_it_is_held(until, held, side):
    """An oracle: the days since its Monday, and whether the two met since it was planned."""
    touches = [(30, "Ann", "one-to-one", {"with": "Bo", "until": day(until), "note": "why"})]
    if held is not None:
        touches.append((held, "Bo", "one-to-one", {"with": "Ann"}))
    book = book_with(*touches, me=None)
    table = agreed.lines(book, side)
    comes = 0 <= until < 14 and held is None and side != "Me"
    assert len(table) == comes
    if comes:
        assert {*table["person"]} == {"Ann", "Bo"} - {side}
        assert table["due"][0].date() == day(until) + timedelta(days=6)
    assert agreed.lines(book, None).empty


def test_what_is_decided_leads_the_list_of_the_lead_and_of_who_has_it_in_hand():
    book = book_with((9, "Ann", "decision", {"note": "hosts", "until": day(2)}), me=None)
    for whose in (None, "Ann"):
        first = today.choose(book, whose).iloc[0]
        assert (first["lane"], first["person"], first["rank"]) == ("decided", "Ann", 1)
        assert first["because"] == "It was decided: hosts; due 2 days ago."
    assert "decided" not in {*today.choose(book, "Bo")["lane"]}


def test_initials_tell_nothing_of_what_was_decided():
    book = book_with((9, "Ann", "decision", {"note": "sue Bo", "until": day(2)}))
    hidden, _ = incognito(book)
    assert agreed.decisions(hidden).empty
    assert not today.choose(hidden)["because"].str.contains("sue").any()


@pytest.fixture
def book(tmp_path):
    return shutil.copytree(Path(refgraph.__file__).parent / "sample", tmp_path / "book")


def lines(run, book, *more):
    return json.loads(run("today", book, "-O", "json", *more).stdout)


def test_the_command_of_a_line_records_it_and_it_does_not_come_back(run, book):
    run(
        "touch", "-b", book, "Hiro Tanabe", "decision", "--note", "it's on", "--until", "2026-10-01"
    )
    run("pairings", book, "--weeks", "1", "--start", "2026-10-01", "--accept")
    for lane, person in (("decided", "Hiro Tanabe"), ("one-to-one", "Ben Castle")):
        (row,) = [row for row in lines(run, book) if row["lane"] == lane]
        assert row["person"] == person
        run(*shlex.split(row["do"])[1:])
        assert lane not in {row["lane"] for row in lines(run, book)}
    told = json.loads(run("decisions", book, "-O", "json").stdout)
    assert [(row["what"], row["state"], row["done"]) for row in told] == [
        ("it's on", "done", "2026-10-01")
    ]


def test_the_next_review_says_what_was_decided(run, book, tmp_path):
    page = tmp_path / "review.html"
    assert "No decision is on record" in run("decisions", book).stdout
    run("touch", "-b", book, "Hiro Tanabe", "decision", "--note", "sings", "--until", "2026-10-01")
    run("review", book, "-o", page, "--sections", "decided")
    text = page.read_text("utf-8")
    assert "Decided last time: due 1." in text
    assert ">sings</td>" in text
    run("review", book, "-o", page, "--sections", "decided", "--incognito")
    assert "sings" not in page.read_text("utf-8")


def test_a_book_of_health_tells_no_word_of_a_decision(tmp_path, run):
    tables = {
        "referrals.csv": f"date,giver,receiver,prospect,id\n{day(20)},Ann,Me,Patient,ref7\n",
        "touches.csv": "date,person,kind,note,with,about,until\n"
        f"{day(9)},Ann,decision,sees Patient again,Bo,ref7,{day(2)}\n",
        "refgraph.toml": f'me = "Me"\ntoday = {TODAY}\nprofile = "health"\n',
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text)
    done = f"refgraph touch Ann done -b {tmp_path}"
    for words in (
        ["decisions"],
        ["decisions", "-O", "json"],
        ["today", "--explain", "-O", "json"],
        ["today", "--draft", "1"],
        ["report", "-O", "json"],
        ["today", "--ics", str(tmp_path / "today.ics")],
    ):
        told = run(*words, "-b", str(tmp_path))
        assert told.exit_code == 0
        assert "Ann" in told.stdout, words
        assert not {"Patient", "ref7", "sees"} & {*told.output.replace('"', " ").split()}, words
    assert "ref7" not in (tmp_path / "today.ics").read_text()
    assert "Something was decided, due 2 days ago." in told.output
    assert done in told.output.replace("'", "")
