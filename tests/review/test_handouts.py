"""A page for each member: every number is that of a command, and no name does harm."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pages import parts, read, tables
from test_review_page import HOSTILE, around, checked

import refgraph
from refgraph import Book
from refgraph.analysis.pairing.meeting_worth import MeetingWorth
from refgraph.analysis.pairing.pairings import members
from refgraph.book.incognito import incognito
from refgraph.errors import OptionError
from refgraph.review.handouts.handout import handouts_of
from refgraph.review.handouts.handout_page import files
from refgraph.review.handouts.tie_map import tie_map
from refgraph.review.web_page import page

CHAPTER = Path(__file__).parents[2] / "data" / "chapter"
SOME = ("Gwen Aldridge", "Stefan Ilić", "Saoirse Lynch")


@pytest.fixture(scope="module")
def pages(chapter):
    """Every member's page, read; by the member."""
    return {
        root.all("h2")[0].words(): root for root in (checked(text) for _, text in files(chapter))
    }


def test_each_member_has_a_page(pages, chapter):
    assert list(pages) == members(chapter)


def test_sums_are_those_of_the_balance(pages, run):
    told = json.loads(run("balance", CHAPTER, "-O", "json").stdout)
    rows = {row["person"]: row for row in told}
    for person, root in pages.items():
        (said,) = [p.words() for p in root.all("p") if p.attributes.get("class") == "sum"]
        given, received = map(int, re.findall(r"(\d+) (?:referrals? given|received)", said))
        assert (given, received) == (rows[person]["given"], rows[person]["received"])
        sides = [0, 0]
        for text in root.all("text"):
            sides["text-anchor" in text.attributes] += int(text.text("title").split()[-1])
        if "more, not drawn" not in root.words():
            assert sides == [given, received]


@pytest.mark.parametrize("person", SOME)
def test_rows_are_those_of_the_commands_of_the_member(pages, run, person):
    owed = json.loads(run("owe", CHAPTER, "--for", person, "-O", "json").stdout)
    due = json.loads(run("thanks", CHAPTER, "--for", person, "-O", "json").stdout)
    due = [row for row in due if row["reason"] != "news"]
    found = {tuple(columns): rows for columns, rows in tables(pages[person])}
    for columns, rows in (
        (("person", "open", "days_open"), owed),
        (("person", "prospect", "reason", "days"), due),
    ):
        told = [["-" if row[n] is None else str(row[n]) for n in columns] for row in rows[:5]]
        assert found.get(columns, []) == told
    said = next(p.words() for p in pages[person].all("p") if p.attributes.get("class") == "sum")
    received = int(re.search(r"(\d+) received", said)[1])
    answered = re.search(r"of which (\d+)", said)
    assert received - sum(row["open"] for row in owed) == (int(answered[1]) if answered else 0)


def test_one_to_ones_are_those_worth_most(pages, chapter):
    people = members(chapter)
    values = MeetingWorth.of(chapter, people).matrix()
    for at, person in enumerate(people):
        named = [each.words() for each in pages[person].all("strong")]
        worth = sorted(values[at].tolist(), reverse=True)[:3]
        assert [values[at][people.index(name)] for name in named] == worth
        assert person not in named


def test_files_are_safe_and_apart_whatever_the_names():
    odd = (*HOSTILE, "../../etc/passwd", "CON", "con", "a/b", "a\\b", "..", "=1+1", "Ann", "ANN")
    book = around(odd, me="Me").altered(me=None)
    made = dict(files(book))
    assert len(made) == len({name.casefold() for name in made}) == len(members(book))
    for name, text in made.items():
        assert re.fullmatch(r"\d+[\w-]*\.html", name), name
        checked(text)
    checked(page(book, sections=["standing"], each=True))


@pytest.fixture(scope="module")
def small():
    """The sample, as if it were the book of a chapter."""
    return Book.sample().altered(me=None)


def test_initials_give_nobody_away(small):
    hidden, _ = incognito(small)
    names = {part for name in small.people.index for part in name.split() if len(part) > 4}
    prospects = {name for name in small.history["prospect"] if name}
    for name, text in files(hidden):
        told = read(text).all("main")[0].words()
        assert not any(part in told or part.casefold() in name for part in names)
        assert not any(each in told for each in prospects)


def test_a_book_of_health_tells_nothing_of_giving(small):
    book = small.altered(settings=replace(small.settings, profile="health"))
    for each in handouts_of(book):
        assert (each.paragraphs, each.owed, each.thanks, each.ties) == ((), None, None, None)
        assert each.note
        assert not any(re.search("only|referral|refer", why) for _, why in each.talks)


def test_conditions_stand_on_each_page(small):
    book = small.altered(settings=replace(small.settings, profile="law"))
    assert all("not exclusive" in each.note for each in handouts_of(book))


def test_somebody_s_own_book_is_no_chapter_s(run, tmp_path):
    with pytest.raises(OptionError, match="is for the book of a chapter"):
        handouts_of(Book.sample())
    for words in (["-o", "x.json"], ["-o", "x.html", "--for", "Gwen Aldridge"]):
        told = run("review", CHAPTER, "--each", *words, status=2).stderr
        assert "--each goes with a page or a folder" in " ".join(told.split())
    told = run(
        "review", CHAPTER.parent / "adviser", "--each", "-o", tmp_path / "x", status=1
    ).stderr
    assert "ask for one person with --for" in " ".join(told.split())


def test_hand_outs_stand_behind_the_page_and_in_a_folder(run, tmp_path):
    book = shutil.copytree(Path(refgraph.__file__).parent / "sample", tmp_path / "book")
    settings = (book / "refgraph.toml").read_text("utf-8")
    (book / "refgraph.toml").write_text(re.sub("(?m)^me = .*$", "", settings), "utf-8")
    words = ("--sections", "members,groups", "--each")
    run("review", book, "-o", tmp_path / "r.html", *words)
    root = checked((tmp_path / "r.html").read_text("utf-8"))
    assert sum(name.startswith("member-") for name in parts(root)) == 7
    run("review", book, "-o", tmp_path / "out", "--only", "csv", *words)
    assert len([*(tmp_path / "out" / "members").iterdir()]) == 7


def test_a_long_name_is_cut_and_told_in_full():
    drawn = tie_map({"李" * 30: 1, "Ann": 12}, {})
    assert [end.shown for end in drawn.ends[1]] == ["Ann", "李" * 8 + "…"]
    assert drawn.ends[1][1].name == "李" * 30
    many = tie_map({f"P{k}": 1 for k in range(11)}, {})
    assert many.told.endswith("3 ties more, not drawn.")
