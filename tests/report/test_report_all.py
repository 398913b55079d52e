"""A list that is cut names the command with the rest, and that command gives it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
CUT = re.compile(r"([\d,]+) more: (refgraph [^`]+?)\.(?= |$)")
#: More than a page and a table show of any list.
PEOPLE, MANY = 60, 50
LISTED = re.compile(r"(refgraph [^`.]+? --all) lists them\.")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A book whose every list is longer than what a page and a table show."""
    folder = tmp_path_factory.mktemp("crowd")
    rows = ["date,giver,receiver,prospect,status"]
    for n in range(PEOPLE):
        month, day = 1 + n % 9, 1 + n % 28
        rows.append(f"2025-{month:02}-{day:02},Person {n:03},Me Myself,Prospect {n},met")
        rows.append(f"2025-{month:02}-{day:02},Person {n:03},Person {(n + 7) % PEOPLE:03},,given")
    (folder / "referrals.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    touches = "date,person,kind\n2024-01-01,Person 000,thanks\n"
    (folder / "touches.csv").write_text(touches, encoding="utf-8")
    (folder / "refgraph.toml").write_text('me = "Me Myself"\ntoday = 2026-06-30\n')
    return folder


def flat(text):
    """Undo the wrapping of sentences."""
    return " ".join(text.split())


def remedies(page):
    found = [(int(left.replace(",", "")), words) for left, words in CUT.findall(flat(page))]
    return found + [(0, words) for words in LISTED.findall(flat(page))]


def carry_out(asked, words, book):
    _, *rest = shlex.split(words)
    assert str(book) in rest, words
    return asked(*rest)


WINDOWS = [[], ["--last", "12m"], ["--since", "2025-03-01", "--until", "2025-08-31"]]
PAGES = [(name, words) for name in ("adviser", "chapter", "crowd") for words in WINDOWS]
PAGES += [("chapter", ["--for", "Gwen Aldridge"]), ("crowd", ["--for", "Person 007"])]


@pytest.mark.parametrize(("name", "words"), PAGES)
def test_every_remedy_of_a_report_gives_the_rest(asked, crowd, name, words):
    book = crowd if name == "crowd" else DATA / name
    page = asked("report", str(book), *words)
    found = remedies(page)
    assert found or name != "crowd"
    for left, remedy in found:
        done = carry_out(asked, remedy, book)
        assert not re.search(r"\d more( rows?)?[;:]", flat(done)), remedy
        assert len(done.splitlines()) > left, remedy


def test_all_shows_every_row_of_every_list_in_text_and_markdown(asked, crowd):
    told = json.loads(asked("report", str(crowd), "-O", "json"))
    for form in ("table", "md"):
        page = asked("report", str(crowd), "--all", "-O", form)
        assert not CUT.search(flat(page))
        for key in ("owe", "refer_first"):
            assert all(row["person"] in page for row in told[key])
        leaks = page[page.index("What is leaking") : page.index("Thanks due")]
        assert len(told["position"]["leaks"]) > MANY
        assert all(row["prospect"] in leaks for row in told["position"]["leaks"])
        thanks = page[page.index("Thanks due") :]
        assert len(told["position"]["thanks_due"]) > MANY
        assert all(row["person"] in thanks for row in told["position"]["thanks_due"])
    short = asked("report", str(crowd))
    assert len(short) < len(page) / 5


def test_lists_that_a_page_leaves_out_are_there_with_all(run, make_book, tmp_path):
    make_book("date,giver,receiver\n2025-01-01,Ann,Bo\n2025-01-02,Cy,Bo\n")
    words = [tmp_path / "book", "--today", "2026-06-30", "--me", "Bo"]
    short, page = (run("report", *words, *more).stdout for more in ([], ["--all"]))
    assert flat(short).count(f"refgraph report {words[0]} --all lists them.") == 2
    assert len(re.findall(r"^2025-01-01 +received +Ann", page, re.MULTILINE)) == 1
    assert not re.search(r"^2025-01-01 +received", short, re.MULTILINE)
    assert (
        len(re.findall(r"^(Ann|Cy) +1 +2025", page[page.index("Thanks due") :], re.MULTILINE)) == 2
    )


def test_a_long_list_in_json_is_cut_and_the_rest_is_one_option_away(run, asked, crowd, monkeypatch):
    from refgraph.report.views import render

    whole = json.loads(asked("report", str(crowd), "-O", "json"))
    assert "cut" not in whole
    monkeypatch.setattr(render, "_MOST", MANY)
    some = json.loads(run("report", crowd, "-O", "json").stdout)
    cut = some.pop("cut")
    assert cut["shown"] == MANY
    assert set(cut["rows"]) >= {"owe", "connectors", "leaks"}
    for name, rows in cut["rows"].items():
        full = whole.get(name) or whole["position"][name]
        short = some.get(name) or some["position"][name]
        assert len(full) == rows > MANY
        assert short == full[:MANY]
        (some if name in some else some["position"])[name] = full
    assert some == whole  # nothing else changes
    every = json.loads(carry_out(run, cut["all"], crowd).stdout)
    assert every.pop("today")[:10] == whole.pop("today")  # a short list, but for --all
    assert every == whole


def test_in_python_a_report_gives_every_row_too(make_book, monkeypatch):
    import refgraph
    from refgraph.report.views import render

    book = make_book("date,giver,receiver\n2025-01-01,Ann,Bo\n2025-01-02,Cy,Bo\n", me="Bo")
    monkeypatch.setattr(render, "_MOST", 1)
    assert "cut" in json.loads(refgraph.report.of(book).json())
    assert "cut" not in json.loads(refgraph.report.of(book, everything=True).json())
