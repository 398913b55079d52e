"""Names survive every form, folders are started whole, and every command explains itself."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import networkx as nx
import pytest

from refgraph import Book
from refgraph.book.export import plain_graph
from refgraph.cli import main
from refgraph.cli.reading.folded import FULL, Folded
from refgraph.reading.files.formula_safe_csv import as_csv
from refgraph.report.views.text_table import width
from refgraph.schema.columns import COLUMNS
from refgraph.schema.spans import first_day

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"
ODD = [
    *(
        "=1+1",
        "+44",
        "-5",
        "@me",
        "NA",
        "007",
        "A|B",
        "a*b*",
        "_x_",
        "<b>",
        "[l](u)",
        "~~s~~",
        "`c`",
    ),
    *("# h", "$x$", "\\", "&amp;", 'Lee, "Ann"', "王小明", "محمد علي", "דוד כהן", "O’Neil", "😀"),
]


@pytest.fixture
def odd_book(tmp_path):
    with (tmp_path / "referrals.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [["2026-01-01", name, "Bo"] for name in ODD]
        csv.writer(stream, lineterminator="\n").writerows([["date", "giver", "receiver"], *rows])
    (tmp_path / "refgraph.toml").write_text('today = "2026-06-30"\n', encoding="utf-8")
    return tmp_path


def people(run, book, *form):
    return run("balance", book, *form).stdout


def test_odd_names_survive_json_and_csv(run, odd_book):
    rows = json.loads(people(run, odd_book, "-O", "json"))
    assert sorted(row["person"] for row in rows) == sorted([*ODD, "Bo"])
    raw = csv.DictReader(io.StringIO(people(run, odd_book, "-O", "csv", "--raw")))
    assert [row["person"] for row in raw] == [row["person"] for row in rows]


def test_a_spreadsheet_computes_no_name_and_shows_every_number(run, odd_book):
    lines = list(csv.DictReader(io.StringIO(people(run, odd_book, "-O", "csv"))))
    guarded = [line["person"] for line in lines if line["person"].startswith("'")]
    assert sorted(guarded) == ["'+44", "'-5", "'=1+1", "'@me"]
    assert lines[-1]["person"] == "Bo"
    assert lines[-1]["balance"] == str(-len(ODD))
    assert as_csv(["names"], [{"names": ["=1", "Bo"]}], raw=False) == "names\n'=1; Bo\n"


def test_odd_names_survive_the_table_and_markdown_as_read(run, odd_book):
    table = people(run, odd_book)
    assert all(name in table for name in ODD)
    markdown = people(run, odd_book, "-O", "md")
    cells = re.findall(r"^\| ((?:\\.|[^|\\])*) \|", markdown, re.MULTILINE)
    read = [re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell) for cell in cells]
    assert sorted(read[2:-1]) == sorted([*ODD, "Bo"])


def test_columns_stand_in_line_beside_names_of_any_script(run):
    heading, *lines = run("owe", ADVISER).stdout.splitlines()
    rows = json.loads(run("owe", ADVISER, "-O", "json").stdout)
    for row, line in zip(rows, lines, strict=False):
        name = line[: line.index(f"  {row['role']}  ")]
        assert width(f"{name}  ") == heading.index("role")
        assert name.strip(" \u200e") == row["person"]
        if any("\u0590" <= letter <= "\u06ff" for letter in name):
            assert name.rstrip().endswith("\u200e")  # numbers beside it keep their places


def test_owe_says_how_many_of_the_open_ones_have_no_date(run, tmp_path):
    rows = "date,giver,receiver,count\n2026-06-01,Bo,Ann,1\n,Bo,Ann,1\n,Cy,Ann,2\n"
    (tmp_path / "referrals.csv").write_text(rows, encoding="utf-8")
    said = run("owe", tmp_path, "--me", "Ann", "--today", "2026-06-30").stdout
    assert said.endswith("\nOpen: 1 for 0-30 days, 3 without a date.\n")


def test_a_note_of_several_lines_leaves_one_row_for_each_referral(run, tmp_path):
    rows = 'date,giver,receiver,note\n2026-06-01,Bo,Ann,"met twice\nthen called"\n,Bo,Ann,\n'
    (tmp_path / "referrals.csv").write_text(rows, encoding="utf-8")
    words = ["why", "Bo", "-b", tmp_path, "--me", "Ann", "--today", "2026-06-30"]
    noted = json.loads(run(*words, "-O", "json").stdout)
    assert [row["note"] for row in noted] == [None, "met twice\nthen called"]
    for form, before in (("table", 1), ("md", 2)):
        lines = run(*words, "-O", form).stdout.splitlines()[before : before + 2]
        assert ["received" in line for line in lines] == [True, True], form
        assert "met twice then called" in lines[1], form


def test_measures_are_words_in_the_table_and_keys_in_json(run):
    assert "mutual pairs" in run("reciprocity", ADVISER).stdout
    assert "mutual_pairs" in run("reciprocity", ADVISER, "-O", "json").stdout


def test_incognito_shows_no_name_no_note_and_no_prospect(run, tmp_path):
    book = json.loads(run("balance", ADVISER, "-O", "json").stdout)
    names = [row["person"] for row in book]
    for words in (["report", ADVISER], ["register", "Marcus", "-b", ADVISER], ["owe", ADVISER]):
        said = run(*words, "--incognito").output
        assert not [name for name in names if name in said]
        assert "Rookwood" not in said
    hidden = json.loads(run("balance", ADVISER, "--incognito", "-O", "json").stdout)
    assert len({row["person"] for row in hidden}) == len(names)
    assert sorted(row["given"] for row in hidden) == sorted(row["given"] for row in book)


@pytest.mark.parametrize(
    ("span", "first"),
    [
        ("1d", "2026-03-31"),
        ("90d", "2026-01-01"),
        ("1w", "2026-03-25"),
        ("1m", "2026-03-01"),
        ("12m", "2025-04-01"),
        ("2y", "2024-04-01"),
    ],
)
def test_a_window_of_some_length_ends_today(span, first):
    assert first_day(span, date(2026, 3, 31)) == date.fromisoformat(first)


def test_a_year_back_from_a_leap_day():
    assert first_day("1y", date(2024, 2, 29)) == date(2023, 3, 1)


def test_the_last_year_is_a_window(run):
    last = run("stats", ADVISER, "--last", "12m", "-O", "json").stdout
    since = run("stats", ADVISER, "--since", "2025-10-02", "-O", "json").stdout
    assert last == since
    assert last != run("stats", ADVISER, "-O", "json").stdout


def test_the_window_of_the_book_gives_way_to_the_one_asked_for(run, tmp_path):
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver\n2026-01-01,Ann,Bo\n2026-05-01,Ann,Bo\n", encoding="utf-8"
    )
    settings = 'today = "2026-06-30"\nlast = "3m"\n'
    (tmp_path / "refgraph.toml").write_text(settings, encoding="utf-8")
    assert json.loads(run("balance", tmp_path, "-O", "json").stdout)[0]["given"] == 1
    asked = run("balance", tmp_path, "--since", "2026-01-01", "-O", "json").stdout
    assert json.loads(asked)[0]["given"] == 2


@pytest.mark.parametrize("options", [[], ["--me", 'A "q" \\ 王']])
def test_init_writes_a_book_that_the_reader_takes(run, tmp_path, options):
    folder = tmp_path / "deep" / "book"
    result = run("init", folder, *options)
    assert f"refgraph report {folder}" in result.stderr
    assert "No referrals yet" in run("report", folder, status=1).stderr
    with (folder / "referrals.csv").open("a", encoding="utf-8") as stream:
        blank = "," * (len(COLUMNS["referrals"]) - 3)
        stream.write(f'2026-01-01,"A ""q"" \\ 王",Bo{blank}\n')
    assert run("check", folder, "--today", "2026-06-30").output == ""


def test_init_never_writes_over_a_file(run, tmp_path):
    (tmp_path / "people.csv").write_text("mine", encoding="utf-8")
    said = run("init", tmp_path, "--sample", status=1).stderr
    assert "already holds people.csv" in said
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
    assert (tmp_path / "people.csv").read_text(encoding="utf-8") == "mine"


def test_init_never_starts_a_second_book_beside_two_files(run, tmp_path):
    (tmp_path / "given.csv").write_text("date,person\n", encoding="utf-8")
    assert "already holds given.csv" in run("init", tmp_path, status=1).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["given.csv"]


def test_the_sample_is_shown_from_an_installed_package(run, tmp_path):
    run("init", tmp_path / "trial", "--sample")
    assert run("check", tmp_path / "trial").output == ""
    assert run("report", tmp_path / "trial").stdout.startswith("Referrals of Robin Hale\n")


def test_review_writes_the_page_and_the_maps_and_prints_the_page(asked, run, tmp_path):
    folder = tmp_path / "out"
    result = run("review", ADVISER, "-o", folder)
    kinds = ["chains", "connectors", "matrix", "owed", "pipeline", "timeline"]
    names = [f"{kind}.{form}" for kind in kinds for form in ("html", "png")]
    names += ["report.json", "report.md", "review.json"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert all(f"Wrote {folder / name}\n" in result.stderr for name in names)
    assert result.stdout == asked("report", ADVISER)
    assert (folder / "report.json").read_text("utf-8") == asked("report", ADVISER, "-O", "json")
    page = (folder / "report.md").read_text("utf-8")
    assert page.startswith(asked("report", ADVISER, "-O", "md"))
    assert all(f"]({kind}.png)]({kind}.html)" in page for kind in kinds)
    explored = (folder / "owed.html").read_text("utf-8")
    assert explored.startswith("<!DOCTYPE html>")
    assert '<h1 dir="auto">You owe 12 people 24 referrals' in explored


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "csv", "json"])
def test_export_writes_the_graph(run, tmp_path, suffix):
    result = run("export", tmp_path / f"graph.{suffix}", "-b", ADVISER)
    assert result.stdout == ""
    assert "Rosa Delgado" in (tmp_path / f"graph.{suffix}").read_text(encoding="utf-8")


def test_what_export_wrote_reads_back_as_the_graph_of_the_book(run, tmp_path):
    def read_json(path):
        return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")

    expected = plain_graph(Book.read(ADVISER))
    readers = {"graphml": nx.read_graphml, "gexf": nx.read_gexf, "json": read_json}
    for suffix, read in readers.items():
        target = tmp_path / f"graph.{suffix}"
        run("export", target, "-b", ADVISER)
        G = read(target)
        assert dict(G.nodes(data=True)) == dict(expected.nodes(data=True)), suffix
        for one, other, tie in expected.edges(data=True):
            assert tie.items() <= G.edges[one, other].items(), suffix
        assert G.number_of_edges() == expected.number_of_edges(), suffix


def test_an_edge_list_is_as_safe_in_a_spreadsheet_as_any_csv(run, odd_book, tmp_path):
    target = tmp_path / "ties" / "ties.csv"
    target.parent.mkdir()
    givers = {}
    for option in ((), ("--raw",)):
        run("export", target, "-b", odd_book, *option)
        with target.open(encoding="utf-8", newline="") as stream:
            givers[option] = {row["giver"] for row in csv.DictReader(stream)}
    assert givers["--raw",] == {*ODD}
    assert givers[()] - {*ODD} == {"'+44", "'-5", "'=1+1", "'@me"}


def test_a_register_under_health_is_refused(run, tmp_path):
    shutil.copytree(ADVISER, tmp_path / "av")
    settings = (ADVISER / "refgraph.toml").read_text(encoding="utf-8")
    (tmp_path / "av" / "refgraph.toml").write_text(f'profile = "health"\n{settings}', "utf-8")
    result = run("register", "Rosa", "-b", tmp_path / "av", "-O", "json", status=1)
    assert result.stdout == ""
    assert "profile is health" in result.stderr


def test_reading_commands_leave_the_book_alone(run, tmp_path):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in ADVISER.iterdir()}
    for words in (["report"], ["owe"], ["balance"], ["connectors"], ["check"], ["refer-first"]):
        run(*words, ADVISER)
    run("review", ADVISER, "-o", tmp_path / "out", "--only", "md,json")
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in ADVISER.iterdir()
    }


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example(run, name):
    shown = run(name, "--help").stdout
    assert re.search(r"\n  Examples?:\n    refgraph " + name, shown)
    context = click.Context(main.commands[name])
    context.meta[FULL] = True
    options = [each for each in main.commands[name].params if isinstance(each, click.Option)]
    assert all(each.get_help_record(context)[1] for each in options)
    assert main.commands[name].get_short_help_str(limit=200).endswith(".")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_folds_what_many_commands_share_and_names_it(run, name):
    """Each option stands in the help once: explained, or named with what explains it."""
    short, full = run(*name.split(), "--help").stdout, run(*name.split(), "--help-all").stdout
    explained, _, named = short.partition("Options that many commands share")
    named = re.sub(r"-\n +", "-", named)
    for each in main.commands[name].params:
        if isinstance(each, click.Option):
            at, folded = rf"\n  (--?\w+, )?{each.opts[-1]}\b(?!-)", isinstance(each, Folded)
            assert re.search(at, full)
            assert (re.search(at, explained) is None) == folded
            assert (re.search(rf"{each.opts[-1]}\b(?!-)", named) is not None) == folded


def test_a_closed_pipe_is_no_traceback():
    process = subprocess.Popen(
        [sys.executable, "-m", "refgraph", "owe", str(CHAPTER), "-O", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert process.wait() == 1
    assert process.stderr.read() == b""
    process.stderr.close()
