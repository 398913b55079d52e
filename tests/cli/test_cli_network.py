"""The network's commands: their columns, their words, and the same numbers as in Python."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from surface import NEEDS, needed

import refgraph
from refgraph.analysis.connecting import connectors
from refgraph.book.arrival import by_arrival
from refgraph.graph.door import without
from refgraph.report.questions.registry import QUESTIONS
from refgraph.report.sections import chance_text
from refgraph.report.views import glossary

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"

PAIR = ["a", "b", "a_to_b", "b_to_a", "balance"]
KEYS = {
    "reciprocity --by person": [
        *("person", "given", "received", "mutual", "rate", "answered", "returned"),
        *("one_way_out", "one_way_in"),
    ],
    "reciprocity --by pair": [*PAIR, "min_max", "coherence", "rate"],
    "connectors --parts": [
        *("person", "score", "betweenness", "groups_linked", "given", "received", "reach"),
        *("brokerage", "constraint", "participation_out", "participation_in"),
        *("cut_off", "cut_off_referrals"),
        *(f"{part}_rank" for part in connectors.ALL_PARTS),
    ],
    "groups": [
        *("group", "people", "inside", "given", "received", "inside_share", "inside_expected"),
        *("edge", "mostly", "mostly_share"),
    ],
    "groups --by person": ["person", "declared", "detected"],
    "returns": [
        *("person", "gifts", "answered", "failed", "censored", "share", "median_days"),
        *("swapped", "low", "high"),
    ],
    "returns --curve": ["days", "at_risk", "returned", "share", "low", "high"],
    "evaluate": [
        *(
            "score",
            "auc",
            "auc_low",
            "auc_high",
            "ahead",
            "ahead_low",
            "ahead_high",
            "ahead_at_most",
        ),
        *("ap", "cold_auc", "precision_at_5", "brier", "calibration_error"),
        *("gain", "gain_low", "gain_high", "gain_top", "gain_rest"),
        *("gain_ahead", "gain_ahead_low", "gain_ahead_high", "gain_ahead_at_most"),
    ],
    "evaluate --calibration": ["low", "high", "gifts", "predicted", "observed"],
}
OTHERS = ["refer-first --parts"]  # beside every question that has a table
OTHERS += [name for name in QUESTIONS if name not in {*KEYS, "reciprocity", "today"}]
TESTED = [
    *("expected", "sd", "z", "p", "p_less", "excess", "samples", "seed"),
    *("dbcm_expected", "dbcm_z", "weighted_expected", "weighted_excess"),
    *("groups_from", "groups_ties", "groups_edge", "groups_expected", "groups_sd", "groups_z"),
    *("groups_p", "groups_p_less", "groups_excess"),
]


def rows_of(asked, command, book=CHAPTER, *options):
    told = asked(*command.split(), "-b", book, "-O", "json", *options)
    return json.loads(getattr(told, "stdout", told))  # run gives more than what was printed


def words_of(command):
    """Give a command with what it needs to be told."""
    return [*command.split(), *(needed(command, one="Rosa Delgado") if command in NEEDS else [])]


def columns_of(asked, words):
    """Name the columns of a table, or its measures, and what stands beside them."""
    table = pd.read_csv(io.StringIO(asked(*words, "-b", ADVISER, "-O", "csv")), dtype=str)
    measures = list(table)[:2] == ["measure", "value"]
    return [*table["measure"], *list(table)[2:]] if measures else list(table)


@pytest.mark.parametrize("book", [ADVISER, CHAPTER], ids=["adviser", "chapter"])
@pytest.mark.parametrize("command", KEYS)
def test_json_has_exactly_these_keys_and_csv_these_columns(asked, command, book):
    rows = rows_of(asked, command, book)
    assert rows
    assert all(list(row) == KEYS[command] for row in rows)
    text = asked(*command.split(), "-b", book, "-O", "csv")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == KEYS[command]
    assert len(lines) == len(rows) + 1


@pytest.mark.parametrize("command", [*KEYS, *OTHERS, "reciprocity"])
def test_every_column_is_explained_in_one_line(run, asked, command):
    words = words_of(command)
    names = columns_of(asked, words)
    told = run(*words, "-b", ADVISER, "--explain").stdout.splitlines()[-len(names) :]
    heads = (
        QUESTIONS[command].answer(refgraph.Book.read(ADVISER)).heads if command == "returns" else {}
    )
    heads = {"rank": "line"} if command.startswith("refer-first") else heads
    for name, line in zip(names, told, strict=True):
        head = heads.get(name, name.replace("_", " ").replace("i gave", "I gave"))
        assert line.startswith(f"{head} ")
        assert line.endswith(glossary.TABLES[command.removesuffix(" --parts")][name])


def test_the_explanation_never_mixes_with_the_data(run):
    plain, told = (run("balance", ADVISER, "-O", "json", *more) for more in ([], ["--explain"]))
    assert plain.stdout == told.stdout
    assert "referrals they gave" in told.stderr
    assert not plain.stderr


def test_the_glossary_explains_nothing_that_is_not_shown(asked):
    shown = {
        "reciprocity": {
            row["measure"]
            for book in (ADVISER, CHAPTER)
            for row in rows_of(asked, "reciprocity", book, "--test", "--samples", "100")
        }
        | {"low", "high"}
    }
    for command in [*KEYS, *OTHERS, "today"]:  # which explains the terms of each line
        name = command.removesuffix(" --parts")
        words = words_of(command)
        shown.setdefault(name, set()).update(columns_of(asked, words))
    shown["owe"].add("me")
    shown["pipeline"].add("other")  # who received it, in a book without a me
    shown["connectors"].add("betweenness_error")  # of a network that is sampled
    shown["people"] |= {"nearest", "why"}  # of those undeclared, of whom there are none
    assert {name: set(told) for name, told in glossary.TABLES.items()} == shown


def test_the_numbers_are_those_of_python(asked, chapter, adviser):
    G = chapter.graph()
    people = refgraph.reciprocity.by_person(G)
    rows = rows_of(asked, "reciprocity --by person")
    assert [row["person"] for row in rows] == list(G)
    assert [row["answered"] for row in rows] == people["answered"].tolist()
    curve = refgraph.returns.curve(chapter)
    assert [row["share"] for row in rows_of(asked, "returns --curve")] == curve["share"].tolist()
    H = without(adviser.graph(), adviser.me)
    ranked = connectors.rank(H, refgraph.groups.of(adviser, H), parts=connectors.ALL_PARTS)
    rows = rows_of(asked, "connectors --parts", ADVISER)
    known = ranked["score"].notna().tolist()
    assert [row["score"] is not None for row in rows] == known
    assert [row["score"] for row in rows if row["score"] is not None] == (
        ranked["score"].dropna().tolist()
    )


def test_the_score_is_the_mean_rank_of_the_parts_that_are_shown(asked):
    table = pd.DataFrame(rows_of(asked, "connectors --parts", ADVISER)).set_index("person")
    table = table[table["given"] + table["received"] > 0]
    parts = table[list(connectors.ALL_PARTS)].astype(float)
    parts["constraint"] *= -1
    ranks = parts.rank(pct=True, na_option="top")
    expected = ranks.mean(axis=1)
    for part in connectors.ALL_PARTS:
        assert table[f"{part}_rank"].tolist() == pytest.approx(ranks[part].tolist())
    assert table["score"].tolist() == pytest.approx(expected.tolist())


def test_who_would_be_cut_off_is_named(run, make_book, tmp_path):
    rows = (
        "date,giver,receiver,count\n2026-01-01,Ann,Bo,1\n2026-01-01,Bo,Cy,1\n2026-01-01,Cy,Ann,1\n"
    )
    make_book(rows + "".join(f"2026-02-0{at},Cy,D{at},{at}\n" for at in range(1, 5)))
    words = ["connectors", tmp_path / "book", "--parts", "--today", "2026-06-30"]
    end = "would be cut off from the others, with 10 referrals."
    assert f"Without Cy, D1, D2, D3 and 1 more (--all names them) {end}" in run(*words).stdout
    assert f"Without Cy, D1, D2, D3 and D4 {end}" in run(*words, "--all").stdout
    assert (
        "Nobody would be cut off if somebody left." in run("connectors", CHAPTER, "--parts").stdout
    )
    assert "cut off" not in run("connectors", CHAPTER).stdout


def test_the_test_against_chance_is_told_in_words_and_numbers(run, asked, chapter):
    words = ["reciprocity", CHAPTER, "--test", "--samples", "100"]
    rows = rows_of(asked, "reciprocity", CHAPTER, "--test", "--samples", "100")
    values = {row["measure"]: row["value"] for row in rows}
    assert list(values)[-len(TESTED) :] == TESTED
    G = by_arrival(chapter, chapter.graph())
    drawn = refgraph.chance.swap_test(G, samples=100)
    assert {name: values[name] for name in TESTED[:6]} == pytest.approx(
        drawn[list(TESTED[:6])].to_dict()
    )
    declared = refgraph.groups.declared(chapter)
    within = refgraph.chance.swap_test(G, keep="groups", groups=declared, samples=100)
    assert values["groups_from"] == "declared"
    assert values["groups_edge"] == values["edge"]
    told = ("expected", "sd", "z", "p", "p_less", "excess")
    assert [values[f"groups_{name}"] for name in told] == within[list(told)].tolist()
    text = run(*words).stdout
    said = re.search(
        r"^(More|Not shown to be more) mutual than chance: (.*) of (.*) ties have one back; (.*) "
        r"if only how much each gives and gets counted, (.*) if also which groups refer to which "
        r"\(p (.*)\)",
        text,
        re.MULTILINE,
    )
    values["larger"] = max(values["p"], values["groups_p"])
    names = ("edge", "ties", "expected", "groups_expected", "larger")
    for shown, name, digits in zip(said.groups()[1:], names, (2, 0, 2, 2, 3), strict=True):
        assert shown == f"{values[name]:.{digits}f}"
    assert said[1] == "Not shown to be more"  # groups explain it
    assert "100 random networks" in text
    assert run(*words).stdout == text
    assert run(*words, "--seed", "1").stdout != text


def test_an_adviser_s_book_is_more_mutual_than_chance_beyond_groups_and_beyond_me(run, asked):
    rows = rows_of(asked, "reciprocity", ADVISER, "--test")
    values = {row["measure"]: row["value"] for row in rows}
    assert max(values["others_p"], values["groups_p"]) < 0.025
    text = run("reciprocity", ADVISER, "--test").stdout
    table = dict(re.findall(r"(?m)^(\S.*?) {2,}(\S+)", text[: text.index("\n\n")]))
    assert [*table][1:] == [name.replace("_", " ") for name in chance_text.shown("Dana Whitfield")]
    assert table["others ties"] == table["groups ties"] == "86"
    assert table["others edge"] == table["groups edge"] == "0.26"
    assert (
        "\nMore mutual than chance among the others in this book: 0.26 of 86 ties have one back; "
        in text
    )
    assert "Ties of Dana Whitfield are left out" in text
    assert "1,000 random networks" in text


def test_the_test_shows_what_its_verdict_rests_on_and_all_of_it_if_asked(run, asked, tmp_path):
    words = ["reciprocity", CHAPTER, "--test", "--samples", "100"]
    brief, every = run(*words).stdout, run(*words, "--all").stdout
    shown = brief[: brief.index("\n\n")].splitlines()[1:]
    measures = [re.split(r" {2,}", line)[0].replace(" ", "_") for line in shown]
    assert measures == list(chance_text.shown())
    assert "26 more rows; --all shows them." in brief
    rows = rows_of(asked, "reciprocity", CHAPTER, *words[2:])
    assert len(rows) == len(shown) + 26
    assert [row["measure"].replace("_", " ") for row in rows] == [
        re.split(r" {2,}", line)[0] for line in every.splitlines()[1 : len(rows) + 1]
    ]
    assert all(line in every for line in brief.split("--all shows them.")[1].splitlines())
    told = run(*words, "--explain").stdout
    assert all(glossary.TABLES["reciprocity"][name] in told for name in measures)
    run(*words, "-o", tmp_path / "all.txt")
    assert (tmp_path / "all.txt").read_text(encoding="utf-8") == every
    assert "more rows" not in run("reciprocity", CHAPTER).stdout


def test_groups_that_were_found_say_why_they_keep_to_themselves(run, make_book, tmp_path):
    make_book("date,giver,receiver\n2026-01-01,Ann,Bo\n2026-01-02,Cy,Dee\n2026-01-02,Dee,Cy\n")
    said = run("groups", tmp_path / "book", "--today", "2026-06-30").stdout
    why = "fewer than 8 people have ties with each other"
    assert f"No groups are found by who refers to whom: {why}." in said
    circles = [[f"{letter}{k}" for k in range(5)] for letter in "AB"]
    rows = [f"2026-01-02,{a},{b}\n" for circle in circles for a in circle for b in circle if a != b]
    make_book("date,giver,receiver\n" + "".join(rows))
    said = run("groups", tmp_path / "book", "--today", "2026-06-30").stdout
    assert "That they keep more inside than expected is what they were sought for." in said
    assert "sought for" not in run("groups", CHAPTER).stdout


def test_a_network_too_large_for_the_test_says_so_and_gives_the_formula(run, monkeypatch):
    from refgraph.analysis.reciprocity import circulation, reciprocity, swap_tests

    monkeypatch.setattr(swap_tests, "LIMIT_PEOPLE", 10)
    text = run("reciprocity", CHAPTER, "--test", "--samples", "100", "--all").stdout
    assert "32 people and 256 ties are too many for 100 random networks (at most 10 people" in text
    assert "By the formula 0.31 is expected if only how much each gives and gets counted" in text
    assert "0.41 is observed, 2.3 standard deviations above" in text
    assert re.search(r"^p( +-)+$", text, re.MULTILINE)
    assert re.search(r"^dbcm z +2.33( +-)+$", text, re.MULTILINE)
    monkeypatch.setattr(circulation, "LIMIT", 10)
    monkeypatch.setattr(reciprocity, "LIMIT", 10)
    text = run("reciprocity", CHAPTER).stdout
    assert "Circulation is computed for at most 10 ties; here are 256." in text
    assert re.search(r"^circulation( +-)+$", text, re.MULTILINE)


@pytest.mark.parametrize(
    "words",
    [
        ["reciprocity", "--by", "pair", "--test"],
        ["reciprocity", "--by", "month"],
        ["reciprocity", "--test", "--samples", "99"],
        ["reciprocity", "--test", "--seed", "-1"],
        ["reciprocity", "--test", "--seed", "9007199254740993"],
        ["reciprocity", "--seed", "1"],
        ["returns", "--to", "Rosa Delgado"],
        ["returns", "--horizon", "0"],
        ["groups", "--by", "pair"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_refused_with_a_sentence(run, words):
    result = run(*words, "-b", ADVISER, status=2)
    assert "Error: " in result.stderr
    assert not result.stdout


def test_whoever_is_not_in_the_book_is_not_found(run):
    assert "Rosa" in run("returns", ADVISER, "--curve", "--to", "Rosa Delgada", status=1).stderr


def test_nobody_is_named_in_place_of_an_unknown_person_where_names_are_hidden(run):
    for command in (
        ["returns", "--curve", "--to", "Amara Nwosi"],
        ["owe", "--for", "Rosa Delgada"],
    ):
        said = run(*command, "-b", ADVISER, "--incognito", status=1).stderr
        assert "Did you mean" in run(*command, "-b", ADVISER, status=1).stderr
        assert "Nwosu" not in said
        assert "Delgado" not in said


def test_no_output_replaces_a_file_of_another_book(run, tmp_path):
    for name in ("referrals.csv", "people.csv"):
        (tmp_path / name).write_text("date,giver,receiver\n", encoding="utf-8")
        said = run("balance", CHAPTER, "-o", tmp_path / name, status=2).stderr
        assert "a file of another book" in said
        assert (tmp_path / name).read_text(encoding="utf-8") == "date,giver,receiver\n"
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "table.csv").symlink_to(tmp_path / "referrals.csv")
    said = run("balance", CHAPTER, "-o", tmp_path / "links" / "table.csv", status=2).stderr
    assert "a file of another book" in said
    (tmp_path / "elsewhere").mkdir()
    run("balance", CHAPTER, "-o", tmp_path / "elsewhere" / "people.csv")


def test_a_sentence_under_a_markdown_table_is_no_markup(run, make_book, tmp_path):
    people = "person,group\nA*b*_c_,x\nBo,x\nCy,y\n"
    rows = "date,giver,receiver\n2026-01-01,A*b*_c_,Bo\n2026-01-02,Bo,Cy\n"
    make_book(rows, people)
    words = ["connectors", tmp_path / "book", "--me", "A*b*_c_", "--today", "2026-06-30"]
    assert r"A\*b\*\_c\_, whose book this is" in run(*words, "-O", "md").stdout
    assert "A*b*_c_, whose book this is" in run(*words).stdout


@pytest.mark.parametrize("name", ["1. item", "- x", "2) y", "+ z"])
def test_a_name_that_begins_a_sentence_begins_no_list(run, make_book, tmp_path, name):
    make_book(f"date,giver,receiver\n2026-01-01,{name},A\n")
    words = ["why", "-b", tmp_path / "book", "--me", "A", "--today", "2026-06-30", "-O", "md"]
    said = run(*words, "--", name).stdout.splitlines()[-1]
    assert re.match(r"(\d\\[.)]|\\[-+]) ", said)


def test_whom_to_refer_first_is_of_the_whole_record_whatever_the_window(run):
    text = run("refer-first", ADVISER, "--last", "3m").stdout
    assert text.endswith("The whole record is used, whatever the window.\n")
    assert "whole record" not in run("refer-first", ADVISER).stdout


def test_returns_say_what_they_are_made_of(run, make_book, tmp_path):
    make_book(
        "date,giver,receiver\n2026-06-01,Ann,Bo\n,Bo,Cy\n2026-01-01,Cy,Dee\n2026-01-11,Dee,Cy\n"
    )
    words = ["returns", tmp_path / "book", "--today", "2026-06-30"]
    text = run(*words, "--last", "3m").stdout
    assert (
        "Of 2 spells of giving, each begun by a referral that answers none, 1 was "
        "followed by a referral back within 180 days, 0 were not, and 1 is still" in text
    )
    assert (
        "50% (95% range 2% to 98% if each is a case of its own) are followed by one within 29"
        " days, half of all by day 10." in text
    )
    assert "What follows a gift need not come of it." in text
    assert "The whole record is used, whatever the window." in text
    assert "Referrals without a date are left out." in text
    assert (
        "1 spell of giving to Bo, all still open: none followed by a referral back yet."
        in run(*words, "--curve", "--to", "Bo").stdout
    )
    empty = run(*words, "--curve", "--to", "Ann").stdout
    assert empty.startswith("No gift with a date was made to Ann yet.")


def test_me_is_left_out_unless_asked_for(run):
    for command in ("groups --by person", "connectors --parts"):
        names = {row["person"] for row in rows_of(run, command, ADVISER)}
        assert "Dana Whitfield" not in names
        more = {row["person"] for row in rows_of(run, command, ADVISER, "--with-me")}
        assert more - names == {"Dana Whitfield"}


@pytest.mark.parametrize(
    "command", ["reciprocity", "reciprocity --by person", "reciprocity --by pair", "returns"]
)
def test_health_books_compare_nobody(run, make_book, tmp_path, command):
    make_book("date,giver,receiver\n2026-01-01,Ann,Bo\n2026-02-01,Bo,Ann\n")
    folder = tmp_path / "book"
    (folder / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    result = run(*command.split(), folder, "--today", "2026-06-30", status=1)
    assert result.stdout == ""
    assert "profile is health" in result.stderr


def test_connectors_and_groups_of_health_books_tell_no_number_of_referrals(
    run, make_book, tmp_path
):
    make_book("date,giver,receiver\n2026-01-01,Ann,Bo\n2026-02-01,Bo,Cy\n2026-02-02,Bo,Cy\n")
    folder = tmp_path / "book"
    (folder / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    today = ["--today", "2026-06-30"]
    first = rows_of(run, "connectors --parts", folder, *today)[0]
    assert first["person"] == "Bo"
    assert not {"given", "received", "cut_off_referrals"} & set(first)
    (group,) = rows_of(run, "groups", folder, *today)
    assert not {"inside", "given", "received", "edge"} & set(group)


@pytest.mark.parametrize("command", [*KEYS, "reciprocity --test --samples 100"])
def test_a_book_of_one_referral_has_an_answer(run, make_book, tmp_path, command):
    make_book("date,giver,receiver\n2026-01-01,=1+1,NA\n")
    result = run(*command.split(), tmp_path / "book", "--today", "2026-06-30")
    assert result.stdout
    assert "nan" not in result.stdout


def heads_of(text):
    """Give the line of the heads, which is the first below the words over the table."""
    return text.partition("\n\n")[2].splitlines()[0]


def test_what_the_expected_return_is_made_of(run):
    rows = rows_of(run, "refer-first", ADVISER, "--parts")
    for row in rows:
        kept = row["own_answered"] + row["receipts"] + row["prior_gifts"] * row["prior"]
        made = row["own_gifts"] + row["receipts"] + row["prior_gifts"]
        usual = row["global_rate"] / (1 - row["global_rate"])
        odds = row["correction"] * usual * (kept / (made - kept) / usual) ** row["slope"]
        assert row["expected_return"] == pytest.approx(odds / (1 + odds))
    text = run("refer-first", ADVISER, "--parts").stdout
    assert "partner rate" in heads_of(text)
    plain = run("refer-first", ADVISER).stdout
    assert "partner rate" not in heads_of(plain)


def test_the_horizon_and_the_half_life_are_those_asked_for(run):
    usual = rows_of(run, "refer-first", ADVISER, "--parts")
    assert rows_of(run, "refer-first", ADVISER, "--parts", "--horizon", "180") == usual
    short = rows_of(run, "refer-first", ADVISER, "--parts", "--horizon", "20")
    assert short[0]["global_rate"] < usual[0]["global_rate"]  # fewer answers come so soon
    assert "within 20 days" in run("refer-first", ADVISER, "--horizon", "20").stdout
    fresh = rows_of(run, "refer-first", ADVISER, "--parts", "--half-life", "30")
    assert sum(row["receipts"] for row in fresh) < sum(row["receipts"] for row in usual)
    for option in ("--horizon", "--half-life"):
        assert "range" in run("refer-first", ADVISER, option, "0", status=2).stderr


def test_people_without_a_referral_can_still_be_referred_first(run, tmp_path):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n", encoding="utf-8")
    (tmp_path / "refgraph.toml").write_text('me = "Me"\n', encoding="utf-8")
    (tmp_path / "people.csv").write_text(
        "person,offers,needs\nAnn,wills,hiring\nBo,hiring,wills\n", encoding="utf-8"
    )
    rows = rows_of(run, "refer-first", tmp_path)
    assert [(row["person"], row["expected_return"], row["introduce"]) for row in rows] == [
        ("Ann", 0.5, ["Bo"]),
        ("Bo", 0.5, ["Ann"]),
    ]
    (tmp_path / "people.csv").write_text("person\nMe\n", encoding="utf-8")
    assert "No referrals yet" in run("refer-first", tmp_path, status=1).stderr
    assert "No referrals yet" in run("owe", tmp_path, status=1).stderr


def test_a_book_of_one_other_person_and_one_without_roles(run, tmp_path):
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver\n2026-01-05,Ann,Me\n", encoding="utf-8"
    )
    (row,) = rows_of(run, "refer-first", tmp_path, "--me", "Me")
    assert (row["person"], row["role"], row["open"]) == ("Ann", None, 1)
    assert "--for" in run("refer-first", tmp_path, status=1).stderr


def test_what_crossed_on_one_day_is_said_and_is_no_share(tmp_path, run):
    rows = [f"2026-01-05,Me,P{at}\n2026-01-05,P{at},Me" for at in range(4)]
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    said = run("returns", tmp_path, "--today", "2026-11-01").stdout
    assert "8 spells of giving, all crossed with one back on one day." in said
    assert "4 exchanges on one day are counted neither as answered nor as not." in said
    assert "0%" not in said
    said = run("returns", tmp_path, "--curve", "--to", "P1", "--today", "2026-11-01").stdout
    assert "1 exchange with P1 on one day is counted neither as answered nor as not." in said


def test_in_a_book_of_ones_own_nobody_is_said_to_be_cut_off(run, make_book, tmp_path):
    """Who is linked to the others through one person only may have me."""
    rows = "date,giver,receiver\n2026-01-01,Ann,Bo\n2026-01-01,Bo,Cy\n2026-01-02,Me,Ann\n"
    make_book(rows)
    words = ["connectors", tmp_path / "book", "--parts", "--today", "2026-06-30"]
    own = run(*words, "--me", "Me").stdout
    assert "Among the others, only Bo links Cy to the rest, with 1 referral." in own
    assert "cut off from the others" not in own
    assert "cut off from the others" in run(*words, "--me", "Me", "--with-me").stdout
