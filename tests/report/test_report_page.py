"""The one page: what it says of a book with a me, without one, and under a profession's limits."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from strategies import TODAY, book_of

import refgraph
from refgraph.analysis.owing import owe
from refgraph.analysis.suggesting import refer_first
from refgraph.report import suggested_order
from refgraph.report.sections import suggested
from refgraph.report.summary import summarize
from refgraph.report.views import render
from refgraph.report.views.text_table import cell, escape, markdown, plain, width

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"
HEADER = "date,giver,receiver,prospect,count,status,status_date\n"
TOUCHES = "date,person,kind\n2026-01-20,Bo,thanks\n"
SMALL = (
    f"{HEADER}2026-01-10,Bo,Ann,Pia,2,contacted,2026-01-12\n"
    "2026-02-10,Ann,Bo,Rex,1,won,2026-03-01\n"
    "2026-03-10,Cy,Ann,,1,given,\n"
    "2026-04-10,Ann,Di,Uma,1,given,\n"
    "2026-05-10,Ann,Di,Vic,1,lost,2026-05-11\n"
)


@pytest.fixture
def page(make_book):
    def write(referrals, touches=TOUCHES, **options):
        book = make_book(referrals, touches=touches, **options)
        return " ".join(render.text(summarize(book)).split())

    return write


def test_the_page_of_a_small_book_worked_by_hand(page):
    said = page(SMALL, me="Ann")
    assert "Referrals of Ann" in said
    assert "6 referrals of 4 people, 2026-01-10 to 2026-05-10. Today is 2026-06-30." in said
    assert "You received 3 referrals and gave 3." in said
    assert "You owe 2 people 2 referrals; the oldest has been open for 171 days." in said
    assert "Open: 2 for 91-180 days." in said
    assert "You went first with 1 person (2 referrals beyond those that came from them)" in said
    assert "and are even with 0." in said
    assert "Of your 4 ties in this book, 2 have one back (50%, range" in said
    assert "of the 6 referrals in them, 2 are matched by one the other way (33%, range" in said
    assert "Among others, this book has no tie." in said
    quiet = "4 referrals neither won nor lost and without news for over 30 days are listed"
    assert f"{quiet} in 3 rows, contacted or not" in said  # of three rows one counts two
    assert "1 person has not been thanked since their latest referral." in said


def test_a_leak_says_whether_it_was_given_or_received(make_book):
    text = render.text(summarize(make_book(SMALL, touches=TOUCHES, me="Ann")))
    rows = [
        line.split() for line in text.splitlines() if re.search(r"(given|contacted) +\d+$", line)
    ]
    assert rows == [
        ["2026-04-10", "gave", "Di", "Uma", "given", "81"],
        ["2026-03-10", "received", "Cy", "-", "given", "112"],
        ["2026-01-10", "received", "Bo", "Pia", "contacted", "169"],
    ]


def test_quiet_referrals_are_counted_as_the_share_of_leaks_counts_them(page):
    rows = "2026-01-10,Ann,Bo,,3,,\n2026-01-12,Cy,Ann,,1,won,2026-02-01\n"
    said = page(HEADER + rows, me="Ann")
    assert "3 of 4 referrals older than 30 days" in said
    assert "3 referrals neither won nor lost and without news for over 30 days are listed" in said
    assert "days are listed in 1 row, contacted or not" in said


def test_a_book_without_touches_or_statuses_says_what_it_cannot_know(page):
    said = page("date,giver,receiver\n2026-01-10,Bo,Ann\n", touches=None, me="Ann")
    assert "No outcome is recorded: 1 referral without news." in said
    assert "1 person referred to you, and no thanks are recorded." in said


def test_a_book_with_hardly_a_status_says_so_and_claims_no_leaks(page):
    rows = [f"2026-01-{day:02},Bo,Ann,,1,," for day in range(1, 25)]
    rows[0] = "2026-01-01,Bo,Ann,,1,won,2026-01-09"
    said = page(HEADER + "\n".join(rows) + "\n", me="Ann")
    assert "Hardly an outcome is recorded: 23 referrals without news." in said
    assert "without a recorded contact" not in said


def test_all_is_well_is_said_too(page):
    rows = "2026-01-10,Bo,Ann,Pia,1,won,2026-01-12\n2026-01-11,Ann,Bo,Rex,1,won,2026-03-01\n"
    said = page(HEADER + rows, me="Ann")
    assert "You owe no one a referral. You are even with 1 person." in said
    assert "Whom you owe ------------ Nothing is open." in said
    assert "Everyone who could be suggested has had a referral from you." in said
    assert "No referral has gone quiet." in said
    assert "Everyone who referred to you has been thanked since." in said


def test_of_who_may_not_be_suggested_nothing_is_claimed():
    people = [{"person": "Bo", "do_not_refer": True}, {"person": "Cy", "role": "prospect"}]
    book = book_of([(TODAY, "Bo", "Ann", 1), (TODAY, "Cy", "Ann", 1)], me="Ann", people=people)
    summary = summarize(book)
    section = suggested.refer_first(summary, summary.answers["refer-first"])
    table = refer_first.rank(book, parts=True)
    said = suggested_order.footer(book, table, table["rank"], horizon=180)
    assert section.told == said == "There is nobody in this book who could be suggested."


def test_a_book_without_a_me_is_about_the_network(page):
    said = page(SMALL)
    assert "Referrals in this network" in said
    assert "4 people" not in said.split("Today")[1].split(".")[0]
    assert "3 people gave 6 referrals to 3 people." in said
    assert "giver receiver given given back Ann Di 2 0" in said
    assert "This needs a person: refgraph refer-first BOOK --for PERSON." in said
    assert "Thanks due" not in said
    assert " you " not in said.lower().replace("refer first", "")


def test_the_most_one_sided_pair_comes_first_whichever_side_gave(make_book):
    rows = "2026-01-10,Ann,Bo,,2,,\n2026-01-11,Di,Cy,,9,,\n2026-01-12,Fay,Eve,,1,,\n"
    table = summarize(make_book(HEADER + rows)).one_sided
    assert table[["a", "b", "balance"]].to_numpy().tolist() == [
        ["Cy", "Di", -9],
        ["Ann", "Bo", 2],
        ["Eve", "Fay", -1],
    ]


def test_went_first_counts_what_i_gave_beyond_what_i_got(make_book):
    rows = "2026-01-10,Ann,Bo,,3,,\n2026-01-11,Bo,Ann,,1,,\n"
    at = summarize(make_book(HEADER + rows, me="Ann")).position
    assert (at["went_first_people"], at["went_first_referrals"]) == (1, 2)


def test_settled_otherwise_is_said_of_the_whole_book_and_of_no_window(make_book, run):
    rows = (
        "2026-03-01,Bo,Ann,,3,,\n2026-05-01,Ann,Bo,,1,,\n"  # settled after a window
        "2025-01-01,Ann,Cy,,1,,\n2026-03-01,Cy,Ann,,2,,\n"  # and before one
    )
    touches = "date,person,kind,note\n2026-06-01,Bo,settled,lunch\n"
    book = make_book(HEADER + rows, touches=touches, me="Ann")
    words = ["owe", book.path, "--me", "Ann", "--today", "2026-06-30"]
    for since, until, said in (
        (None, None, True),
        ("2026-01-01", None, False),
        (None, "2026-04-01", False),
    ):
        page = render.text(summarize(book.window(since, until)))
        window = [f"--{name}={day}" for name, day in (("since", since), ("until", until)) if day]
        shown = run(*words, *window).stdout
        assert "Cy" in shown
        told = "settled otherwise, by a touch"  # what refer-first says is of the whole book
        assert (told in " ".join(page.split())) == (told in shown) == said


@pytest.mark.parametrize("book", [ADVISER, CHAPTER], ids=["adviser", "chapter"])
def test_the_page_never_says_that_anyone_owes_me(run, book, monkeypatch):
    monkeypatch.chdir(book.parent)  # the commands that it names are as long as the book's path
    said = run("report", Path(book.name)).stdout.lower()
    assert "owes you" not in said
    assert "debt" not in said
    assert len(said.splitlines()) <= 160  # three screens of a large window


def test_the_page_fits_a_terminal_and_its_tables_are_in_line(run):
    for book in (ADVISER, CHAPTER):
        assert max(map(width, run("report", book).stdout.splitlines())) <= 105


def test_markdown_says_the_same_as_the_text(adviser):
    summary = summarize(adviser)

    def words(text):
        plain_text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text.replace("\u200e", ""))
        return re.findall(r"[^\s#*|=:.-]+", plain_text)

    assert sorted(words(render.markdown(summary))) == sorted(words(render.text(summary)))


def test_looking_from_another_side_uses_none_of_my_touches(run):
    said = run("report", ADVISER, "--for", "Elizabeth").stdout
    assert said.startswith("Referrals of Elizabeth Moreau\n")
    assert "Thanks due" not in said
    mine = run("report", ADVISER, "--for", "Dana Whitfield").stdout
    assert mine == run("report", ADVISER).stdout


def test_looking_from_another_side_leaves_the_network_as_it_is(run):
    mine = json.loads(run("report", ADVISER, "-O", "json").stdout)
    other = json.loads(run("report", ADVISER, "--for", "Marcus", "-O", "json").stdout)
    assert other["book"]["me"] == "Marcus Bell"
    assert other["connectors"] == mine["connectors"]
    assert other["reciprocity"] == mine["reciprocity"]
    owed = run("owe", ADVISER, "--for", "Marcus", "-O", "json").stdout
    assert other["owe"] == json.loads(owed)


def test_the_window_is_named_on_the_page(run):
    said = " ".join(run("report", ADVISER, "--since", "2026-01-01").stdout.split())
    assert "counting only from 2026-01-01." in said


@pytest.fixture
def under(tmp_path):
    def profile(name, source=ADVISER):
        folder = tmp_path / name
        shutil.copytree(source, folder)
        settings = (folder / "refgraph.toml").read_text("utf-8")
        (folder / "refgraph.toml").write_text(f'profile = "{name}"\n{settings}', encoding="utf-8")
        return folder

    return profile


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("law", "not exclusive, the client is told, and each keeps their own judgement"),
        ("realestate", "only between licensed brokers, in writing and with the client told"),
    ],
)
def test_conditions_stand_beside_every_reciprocal_list(run, under, profile, said):
    folder = under(profile)
    for words in (["report"], ["owe"], ["balance"], ["balance", "--pairs"], ["refer-first"]):
        text = " ".join(run(*words, "-b", folder).stdout.split())
        assert text.count("Not legal advice.") == text.count(said) >= 1
        assert words == ["report"] or text.count(said) == 1
    for form in ("csv", "json"):
        result = run("owe", folder, "-O", form)
        assert "Not legal advice." in result.stderr
    assert run("owe", folder, "-O", "csv").stdout == run("owe", ADVISER, "-O", "csv").stdout
    rows = json.loads(run("owe", folder, "-O", "json").stdout)
    assert all(said in row.pop("conditions") for row in rows)
    assert rows == json.loads(run("owe", ADVISER, "-O", "json").stdout)
    assert said in json.loads(run("report", folder, "-O", "json").stdout)["conditions"]


@pytest.mark.parametrize("source", [ADVISER, CHAPTER], ids=["adviser", "chapter"])
def test_health_shows_no_balance_and_says_why(run, under, source):
    folder = under("health", source)
    person = "Rosa Delgado" if source == ADVISER else "Gwen Aldridge"
    asked = ["--for", "Colm"] if source == CHAPTER else []
    for words in (
        *(["owe"], ["balance"], ["balance", "--pairs"], ["refer-first", *asked]),
        ["why", person, *asked],
    ):
        for form in ("table", "csv", "json"):
            result = run(*words, "-b", folder, "-O", form, status=1)
            assert result.stdout == ""
            assert "profile is health" in result.stderr
            assert "Ask refgraph report, people" in result.stderr
    page = json.loads(run("report", folder, "-O", "json").stdout)
    assert page["owe"] == page["refer_first"] == page["reciprocity"] == []
    assert "health" in page["withheld"]
    assert set(page["position"]) <= {"people", "leaks", "thanks_due"}
    assert not {"referrals", "undated"} & set(page["book"])
    text = run("report", folder).stdout
    for absent in ("Whom you owe", "one-sided", "Is it mutual", "Refer first", "You received"):
        assert absent not in text
    assert "What is leaking" in text
    assert "health" in run("map", "owed", folder, *asked, status=1).stderr


def test_a_table_shows_a_cell_as_a_person_reads_it():
    assert [cell(value) for value in (None, "", [], 0, 1234, 0.5, 3.0)] == [
        *("-", "-", "-", "0", "1,234", "0.50", "3")
    ]
    assert cell(2, "balance") == "+2"
    assert cell(0.1234, "betweenness") == "0.123"
    assert cell(["Ann", "Bo"]) == "Ann; Bo"


def test_an_empty_table_is_its_heading():
    assert plain(["person", "i_gave"], [], total={"i_gave": 0}) == "person  I gave\n"


def test_width_counts_what_a_terminal_shows():
    assert [width(text) for text in ("Ann", "王小明", "e\u0301", "a\u200eb")] == [3, 6, 1, 2]


def test_escaping_undoes_all_markup():
    assert escape("a|b*c_[d]#`") == r"a\|b\*c\_\[d\]\#\`"


def test_a_name_with_tags_is_no_markup():
    assert escape("<b>x</b>") == r"\<b\>x\</b\>"
    shown = markdown(["person", "given"], [{"person": "<b>x</b>", "given": 1}])
    assert shown.splitlines()[-1] == r"| \<b\>x\</b\> | 1 |"


def test_the_report_shows_the_same_numbers_in_a_notebook_and_in_print(adviser):
    page = refgraph.report.of(adviser)
    assert page._repr_markdown_() == render.markdown(summarize(adviser))
    assert str(page) == repr(page) == render.text(summarize(adviser))
    assert json.loads(page.json())["owe"] == json.loads(render.as_json(page.summary))["owe"]


def test_thanks_for_undated_referrals_are_not_claimed(make_book):
    book = make_book("date,giver,receiver\n,Ann,Bo\n", me="Bo")
    said = render.text(summarize(book))
    assert "Everyone whose referral has a date has been thanked since." in said


def test_a_page_from_another_side_is_the_commands_own_lists(run):
    words = [ADVISER, "--for", "Rosa Delgado", "-O", "json"]
    page = json.loads(run("report", *words).stdout)
    assert page["owe"] == json.loads(run("owe", *words).stdout)
    assert page["refer_first"] == json.loads(run("refer-first", *words).stdout)
    assert "thanks_due" not in page["position"]
    assert "Thanks due" not in run("report", ADVISER, "--for", "Rosa Delgado").stdout


def test_every_leak_and_every_thanks_due_is_in_the_numbers(adviser):
    summary = summarize(adviser)
    position = json.loads(render.as_json(summary))["position"]
    assert len(position["leaks"]) == len(summary.leaks)
    assert [row["person"] for row in position["thanks_due"]] == list(summary.thanks_due["person"])


def test_people_are_owed_or_ahead_or_even_never_two_of_these(adviser):
    recent = adviser.window(since="2025-10-02")
    at = summarize(recent).position
    people = at["owe_people"] + at["went_first_people"] + at["even_people"]
    assert people == len(owe.position(recent))


def test_what_comes_back_through_others_is_told_where_it_is_more(page):
    rows = "2026-01-10,Ann,Bo\n2026-01-11,Bo,Cy\n2026-01-12,Cy,Ann\n2026-02-01,Cy,Dee\n"
    said = page(f"date,giver,receiver\n{rows}2026-02-02,Dee,Cy\n", touches=None)
    assert (
        "Of 5 referrals, 2 are matched by one the other way between the same two (40%, range 9% "
        "to 82%), and 5 (100%) would be if they may come round through others." in said
    )
    assert "refgraph reciprocity BOOK --test tells if that is more than chance." in said
