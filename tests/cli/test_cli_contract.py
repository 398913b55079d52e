"""What every command prints: its columns in their order, the same in every form."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from refgraph.cli import main
from refgraph.report.questions.registry import LINES

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"

OWE = [
    *("person", "role", "gave_me", "i_gave", "open", "oldest_open", "days_open"),
    *("last_from_them", "last_from_me"),
]
KEYS = {
    "owe": OWE,
    "balance": ["person", "given", "received", "balance", "rate"],
    "balance --pairs": ["a", "b", "a_to_b", "b_to_a", "balance", "rate"],
    "reciprocity": ["measure", "value", "low", "high"],
    "connectors": [
        *("person", "score", "betweenness", "groups_linked", "given", "received"),
        *("betweenness_rank", "groups_linked_rank"),
    ],
    "refer-first": [
        *("rank", "person", "role", "expected_return", "introduce", "because", "low", "high"),
        *("gave_me", "i_gave", "open", "gifts", "answered", "partner_rate", "last_touch_days"),
        *("because_ids", "added", "added_low", "added_high", "anyway", "part"),
        *("anyway_low", "anyway_high"),
    ],
    "stats": ["measure", "value"],
}
NAMED = {"register": ["Rosa Delgado"], "why": ["Rosa Delgado"]}
COUNTS = {"gave_me", "i_gave", "open", "days_open", "a_to_b", "b_to_a", "balance", "given"}
COUNTS |= {"received", "groups_linked", "rank"}


def rows_of(asked, command, book=ADVISER, *options):
    return json.loads(asked(*command.split(), "-b", book, "-O", "json", *options))


@pytest.mark.parametrize("book", [ADVISER, CHAPTER], ids=["adviser", "chapter"])
@pytest.mark.parametrize("command", KEYS)
def test_json_has_exactly_these_keys_and_csv_these_columns(asked, run, command, book):
    more = ["--for", "Gwen Aldridge"] if command == "refer-first" and book == CHAPTER else []
    keys = ["me", *OWE] if command == "owe" and book == CHAPTER else KEYS[command]
    rows = rows_of(asked, command, book, *more)
    assert rows
    assert all(list(row) == keys for row in rows)
    text = run(*command.split(), "-b", book, "-O", "csv", *more).stdout
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == keys
    assert len(lines) == len(rows) + 1


@pytest.mark.parametrize("command", KEYS)
def test_counts_are_whole_and_no_answer_is_null(asked, command):
    for row in rows_of(asked, command):
        assert all(type(row[name]) is int for name in COUNTS & set(row))
        assert "NaN" not in json.dumps(row)
        days = [row[name] for name in row if name.startswith(("oldest", "last_from"))]
        assert all(day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_an_answer_that_is_missing_is_null_in_json_and_empty_in_csv(asked, run):
    owed = rows_of(asked, "owe")
    assert next(row["last_from_me"] for row in owed if row["i_gave"] == 0) is None
    lines = list(csv.DictReader(io.StringIO(run("owe", ADVISER, "-O", "csv").stdout)))
    assert [line["last_from_me"] for line in lines] == [row["last_from_me"] or "" for row in owed]


def test_owe_lists_the_longest_open_first_then_by_name(asked):
    owed = rows_of(asked, "owe")
    assert owed == sorted(owed, key=lambda row: (-row["days_open"], row["person"]))
    assert all(row["open"] > 0 for row in owed)


def test_owe_for_a_person_is_their_part_of_all_pairs(asked):
    everyone = rows_of(asked, "owe", CHAPTER)
    gwen = rows_of(asked, "owe", CHAPTER, "--for", "gwen")
    mine = [row for row in everyone if row["me"] == "Gwen Aldridge"]
    assert gwen == [{key: row[key] for key in OWE} for row in mine]


def test_a_pair_is_named_in_sorted_order(asked):
    assert all(row["a"] < row["b"] for row in rows_of(asked, "balance --pairs", CHAPTER))


def test_everything_given_is_received(asked):
    table = rows_of(asked, "balance", CHAPTER)
    assert sum(row["given"] for row in table) == sum(row["received"] for row in table)


def test_reciprocity_has_these_measures(asked):
    measures = [row["measure"] for row in rows_of(asked, "reciprocity")]
    assert measures == [
        *(
            "people",
            "ties",
            "mutual_pairs",
            "one_way_pairs",
            "null_pairs",
            "density",
            "edge",
            "dyad",
        ),
        *("log_ratio", "rho", "katz_powell", "weighted", "circulation"),
        *("mine_ties", "mine_edge", "mine_weighted"),
        *("others_ties", "others_edge", "others_weighted"),
    ]
    without = [row["measure"] for row in rows_of(asked, "reciprocity", CHAPTER)]
    assert without == measures[:13]
    ranged = {row["measure"] for row in rows_of(asked, "reciprocity") if row["low"] is not None}
    assert ranged == {name for name in measures if name.endswith(("edge", "dyad", "weighted"))}
    assert all(type(row["value"]) is int for row in rows_of(asked, "reciprocity")[:5])


@pytest.mark.parametrize("everyone", [[], ["--everyone"]])
def test_an_introduction_is_a_list_and_a_return_is_always_a_number(asked, run, everyone):
    table = rows_of(asked, "refer-first", ADVISER, *everyone)
    assert [row["rank"] for row in table] == list(range(1, len(table) + 1))
    assert all(isinstance(row["expected_return"], float) for row in table)
    assert all(row["because"].endswith(".") for row in table)
    text = run("refer-first", ADVISER, "-O", "csv", *everyone).stdout
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["introduce"] for line in lines] == ["; ".join(row["introduce"]) for row in table]
    if everyone:
        assert len(table) == len(rows_of(asked, "balance")) - 1


@pytest.mark.parametrize("book", [ADVISER, CHAPTER], ids=["adviser", "chapter"])
def test_the_lists_of_the_report_are_those_of_the_commands(asked, run, book):
    page = json.loads(run("report", book, "-O", "json").stdout)
    lines = [question.name.replace("-", "_") for question in LINES]
    first = ["book", "position", "owe", *lines, "reciprocity"]
    assert list(page) == [*first, "today", "news_owed", "leak_rate"]
    assert page["leak_rate"] == rows_of(asked, "pipeline", book, "--by", "direction")
    for row, told in zip(page["today"], rows_of(asked, "today", book), strict=True):
        assert row == {name: told[name] for name in row}
    for key in ("owe", "connectors", "reciprocity"):
        assert page[key] == rows_of(asked, key, book)
    assert page["refer_first"] == ([] if book == CHAPTER else rows_of(asked, "refer-first"))


@pytest.mark.parametrize("command", [*KEYS, *NAMED, "report", "check"])
def test_standard_output_is_data_and_standard_error_is_silent(run, command):
    forms = {"report": ["table", "md", "json"], "check": ["table", "json"]}
    for form in forms.get(command, ["table", "csv", "json", "md"]):
        words = [*command.split(), *NAMED.get(command, [])]
        result = run(*words, "-b", ADVISER, "-O", form)
        assert result.stderr == ""
        if form == "json":
            json.loads(result.stdout)


def test_the_terminal_table_is_cut_and_nothing_else_is(asked, run):
    cut, whole = run("owe", CHAPTER).stdout, run("owe", CHAPTER, "--all").stdout
    assert "more rows; --all shows them." in cut
    assert len(cut.splitlines()) < 50 < len(whole.splitlines())
    table = rows_of(asked, "owe", CHAPTER)
    markdown = [line for line in run("owe", CHAPTER, "-O", "md").stdout.splitlines() if "|" in line]
    assert len(markdown) == len(table) + 3  # heading, rule and total
    assert len(run("owe", CHAPTER, "-O", "csv").stdout.splitlines()) == len(table) + 1


def test_the_suffix_chooses_the_form_and_the_option_wins(run, tmp_path):
    for suffix, start in (
        (".csv", "person,"),
        (".json", "[\n"),
        (".md", "| person"),
        (".txt", "p"),
    ):
        target = tmp_path / f"owe{suffix}"
        result = run("owe", ADVISER, "-o", target)
        assert target.read_text(encoding="utf-8").startswith(start)
        assert result.stdout == ""
        assert result.stderr == f"Wrote {target}\n"
    run("owe", ADVISER, "-O", "json", "-o", tmp_path / "owe.csv")
    assert json.loads((tmp_path / "owe.csv").read_text(encoding="utf-8"))


def test_a_file_is_complete_though_the_screen_is_cut(run, tmp_path):
    run("owe", CHAPTER, "-o", tmp_path / "owe.txt")
    assert (tmp_path / "owe.txt").read_text(encoding="utf-8") == run("owe", CHAPTER, "--all").stdout


def several(commands, book, **environment):
    """Carry out several commands in one process of its own."""
    calls = [[*words, "-b", str(book)] for words in commands]
    lines = [f"main({words!r}, standalone_mode=False)" for words in calls]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(["from refgraph.cli import main", *lines])],
        capture_output=True,
        env={**os.environ, **environment},
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory):
    """Give the adviser's book as it is, and with its rows in another order; paths are as long."""
    folder = tmp_path_factory.mktemp("same")
    ordered, other = folder / "straight", folder / "shuffled"
    shutil.copytree(ADVISER, ordered)
    shutil.copytree(ADVISER, other)
    head, *lines = (ordered / "referrals.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    mixed = random.Random(3).sample(lines, len(lines))  # noqa: S311
    (other / "referrals.csv").write_text("".join([head, *mixed]), encoding="utf-8")
    return ordered, other


def test_the_same_bytes_whatever_the_order_the_seed_the_locale_and_the_time_zone(shuffled):
    ordered, mixed = shuffled
    other = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONIOENCODING": "latin-1"}
    three = [["report", "-O", "json"], ["report"], ["connectors", "-O", "csv"]]
    first = several(three, ordered, PYTHONHASHSEED="1", TZ="Pacific/Pago_Pago")
    second = several(three, mixed, PYTHONHASHSEED="2", **other)
    assert first.count(b"Whitfield") > 10
    assert first.replace(bytes(ordered), b"") == second.replace(bytes(mixed), b"")


@pytest.mark.parametrize("command", [*KEYS, *NAMED])
def test_the_order_of_rows_changes_no_answer(asked, run, shuffled, command):
    words = [*command.split(), *NAMED.get(command, []), "-O", "json"]
    rows = json.loads(asked(*words, "-b", ADVISER))
    others = json.loads(run(*words, "-b", shuffled[1]).stdout)
    for row in (*rows, *others):  # lines of a shuffled file are other lines
        row.pop("line", None), row.pop("file", None)
    assert rows == others


def test_help_lists_every_command_once_under_a_heading(run):
    from refgraph.cli import MODULES
    from refgraph.cli.listing import find_commands, read_list

    assert find_commands(MODULES) == read_list(), "python docs/generate.py --parts writes the list"
    assert {name: main.commands[name].name for name in main.commands} == {
        n: n for n in main.commands
    }
    listed = [name for names in main.sections.values() for name in names]
    assert sorted(listed) == sorted(main.commands)
    text = run("--help").stdout
    assert all(f"\n{section}:\n" in text for section in main.sections)
    assert all(f"\n  {name} " in text for name in listed)
    assert "..." not in text.partition("Where you stand")[2]


def test_a_command_of_ones_own_is_listed_and_one_that_is_taken_out_is_gone(run):
    @click.command("wave")
    def wave():
        """Wave to somebody."""
        click.echo("hello")

    main.add_command(wave)
    try:
        assert "wave" in main.list_commands(click.Context(main))
        assert "Wave to somebody." in run("--help").stdout
        assert run("wave").stdout == "hello\n"
    finally:
        assert main.commands.pop("wave") is wave
    assert "Wave to somebody." not in run("--help").stdout
    assert "no such command" in run("wave", status=2).output.lower()
