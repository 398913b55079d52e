"""A dry run says what was understood, and the rules that it saves say the same."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
import surface
from click.testing import CliRunner
from exports import HUBSPOT, LINKEDIN, SLIPS, facts, sheet_of_xml, write_book

from refgraph import imports
from refgraph.cli import main
from refgraph.errors import LedgerError, Problem
from refgraph.imports.rules.rules_file import parse_rules

LOG = """Date,Referred By,Referred To,Client,Outcome,Colour
2026-03-02,Bo Park,Ann Lee,Okafor Dental,Closed,red
2026-03-04,Ann Lee,Cy Dunn,"Hale, Roofing",Pending,blue
,Cy Dunn,Bo Park,,,
2026-03-05,Cy Dunn,Bo Park,,,
"""
OURS = "date,giver,receiver,prospect,value,currency,note\n2026-03-02,Bo,Cy,Ines Falk,5.50,EUR,x\n"
FILES = {
    "log.csv": LOG,
    "ours.csv": OURS,
    "hubspot.csv": HUBSPOT,
    "Connections.csv": LINKEDIN,
    "slips.xls": sheet_of_xml(SLIPS),
}


def test_a_dry_run_opens_with_three_rows_as_sentences(run, tmp_path):
    book, file = write_book(tmp_path / "book"), tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    done = run("import", file, "-b", book, "--dry-run")
    assert done.stderr.splitlines()[:4] == [
        "On 2 March 2026 Bo Park gave Ann Lee the prospect Okafor Dental (won).",
        "On 4 March 2026 Ann Lee gave Cy Dunn the prospect Hale, Roofing.",
        "On an unknown day Cy Dunn gave Bo Park a referral.",
        "What the columns were taken as, and why:",
    ]
    assert "Understood as these rules, which --save-rules FILE writes:" in done.stderr
    assert '  column      giver       "Referred By"\n' in done.stderr
    assert '  # left out: "Colour"\n' in done.stderr


def test_in_a_book_of_health_no_row_is_told(run, tmp_path):
    book, file = write_book(tmp_path / "book"), tmp_path / "ours.csv"
    (book / "refgraph.toml").write_text('me = "Ann Lee"\nprofile = "health"\n', encoding="utf-8")
    file.write_text(OURS, encoding="utf-8")
    assert "Ines Falk" not in run("import", file, "-b", book, "--dry-run").stderr


@pytest.mark.parametrize("name", FILES)
def test_rules_that_were_saved_say_the_same(run, tmp_path, name):
    file, rules = tmp_path / name, tmp_path / "mine.rules"
    file.write_text(FILES[name], encoding="utf-8")
    books = [write_book(tmp_path / each) for each in ("alone", "with rules")]
    run("import", file, "-b", books[0], "--save-rules", rules)
    run("import", file, "-b", books[1], "--rules", rules)
    assert facts(books[1]) == facts(books[0])


def test_rules_saved_of_any_shape_of_table_say_the_same_or_there_are_none(benchmark_of, tmp_path):
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    benchmark_of("intake")
    shapes, ends = benchmark_of("intake_shapes").SHAPES, Counter()
    for at, name in enumerate(surface.some(shapes)):
        made = shapes[name](random.Random(f"9 {name}"))  # noqa: S311
        folder = tmp_path / str(at)
        folder.mkdir()
        file, rules = folder / made.name, folder / "saved.rules"
        file.write_bytes(made.data)
        me = [] if made.table.me is None else ["--me", made.table.me]
        words = [
            "import",
            str(file),
            "-b",
            str(folder / "book"),
            *me,
            "--dry-run",
            "--today",
            "2026-11-01",
        ]
        first = CliRunner().invoke(main, words)
        saved = CliRunner().invoke(main, [*words, "--save-rules", str(rules)])
        again = CliRunner().invoke(main, [*words, "--rules", str(rules)])
        if first.exit_code or "--save-rules is for one table" in saved.stderr:
            continue
        ends[saved.exit_code] += 1
        if saved.exit_code:
            assert (saved.exit_code, rules.exists()) == (2, False)
            assert "no line of headers that rules could name: leave out --sa" in saved.stderr
        else:
            assert (name, again.exit_code, again.stdout) == (name, 0, first.stdout)
        assert ("Understood as these rules" in first.stderr) == (not saved.exit_code)
    assert ends[0] >= sum(ends.values()) // 2 > 0


def test_where_no_headers_say_what_was_understood_no_rules_are_saved_or_promised(run, tmp_path):
    book, file = write_book(tmp_path / "book", me="Dana Reed"), tmp_path / "tally.csv"
    file.write_text("Name,Given,Received\nAnn Lee,3,2\n", encoding="utf-8")
    saved, before = tmp_path / "mine.rules", facts(book)
    done = run("import", file, "-b", book, "--save-rules", saved, status=2)
    assert "no line of headers that rules could name" in done.stderr
    assert (saved.exists(), facts(book)) == (False, before)
    assert "as these rules" not in run("import", file, "-b", book, "--dry-run").stderr


def test_rules_that_were_given_are_saved_with_all_they_say_of_rows(run, tmp_path):
    file, rules, saved = (tmp_path / name for name in ("x.csv", "given.rules", "saved.rules"))
    rows = (
        '02/03/2026,"A. ""Al"" Lee",Bo Park,x,s1\n03/03/2026,Cy,Bo Park,a visitor,s2\n'
        "05/03/2026,Dee,Bo Park,Sold,s3\n"
    )
    file.write_text(f"My list\n\nWhen,Source,To,Type,No\n{rows}", encoding="utf-8")
    rules.write_text(
        'skip 2\nkind referrals\ncolumn date "When"\ncolumn giver "Source"\ncolumn receiver "To"\n'
        'column id "No"\nset handoff "3"\nif "Type" ~ "visitor" skip\nif giver = "dee" skip\n'
        'if "Type" = "Sold" set status "won"\nrename "A. ""Al"" Lee" -> "Ann Lee"\nnew *\n'
        "date-format %d/%m/%Y\ndecimal comma\nid-prefix club-\n",
        encoding="utf-8",
    )
    books = [write_book(tmp_path / each) for each in ("given", "saved")]
    run("import", file, "-b", books[0], "--rules", rules, "--save-rules", saved)
    run("import", file, "-b", books[1], "--rules", saved)
    assert facts(books[1]) == facts(books[0])
    one, two = (parse_rules("", path.read_text(encoding="utf-8")) for path in (rules, saved))
    lines = [[replace(each, line=0) for each in found.conditions] for found in (one, two)]
    assert lines[0] == lines[1]
    assert replace(one, conditions=()) == replace(two, conditions=())


def test_a_file_without_a_header_has_no_rules_to_save(run, tmp_path):
    book, file = write_book(tmp_path / "book"), tmp_path / "plain.csv"
    file.write_text("2026-03-02,Bo,Cy\n2026-03-03,Bo,Cy\n", encoding="utf-8")
    fields = tmp_path / "fields.rules"
    fields.write_text("fields date, giver, receiver\n", encoding="utf-8")
    saved = tmp_path / "mine.rules"
    asked = ["--rules", fields, "--save-rules", saved]
    assert "no line of headers" in run("import", file, "-b", book, *asked, status=2).stderr
    assert not saved.exists()


def test_what_is_left_out_is_told_with_some_of_it(run, tmp_path):
    book, file = write_book(tmp_path / "book"), tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    assert (
        "log.csv: left out the column Colour: red, blue\n" in run("import", file, "-b", book).stderr
    )


def test_where_no_referral_finds_its_giver_nothing_is_written(run, tmp_path):
    book, file = write_book(tmp_path / "book"), tmp_path / "clients.csv"
    (book / "people.csv").write_text("person\nBo Park\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in book.iterdir()}
    file.write_text("Name,Referred By,Email\nTomas Quill,Walk-in,t@example.org\n")
    said = run("import", file, "-b", book, status=1).stderr
    assert "Nothing was written, as no referral of the file finds its giver.\n" in said
    assert {path.name: path.read_bytes() for path in book.iterdir()} == before


def test_a_dry_run_says_of_each_column_what_it_was_taken_as_and_why(tmp_path, run):
    path = tmp_path / "tracker.csv"
    path.write_text(
        "When,Who,In/Out,Client,Outcome,Fee,person\n"
        "2025-03-02,Ann Lee,OUT,Okafor Dental,won,$500,x\n"
        "2025-04-02,Bo Park,IN,Cy Dunn,shelved,,x\n"
        "Total,,,,,800,\n",
        encoding="utf-8",
    )
    said = run("import", path, "-b", tmp_path / "book", "--me", "Dana", "--dry-run").stderr
    lines = [line.strip() for line in said.splitlines()]
    at = lines.index("What the columns were taken as, and why:")
    assert {
        "'When' is date: the header says when; 2 of 2 are dates",
        "'In/Out' is direction: the header says in/out; 2 of 2 are words of a direction",
        "'Outcome' is status: the header says outcome; 1 of 2 are words of an outcome",
        "'Fee' is value: the header says fee; 1 of 1 are amounts",
    } <= {*lines[at:]}


def test_the_reason_is_a_layout_or_the_rules_where_these_say_it(tmp_path, run):
    table = tmp_path / "x.csv"
    table.write_text("Sender,To whom\nAnn Lee,Bo Park\n", encoding="utf-8")
    rules = tmp_path / "my.rules"
    rules.write_text('column giver "Sender"\ncolumn receiver "To whom"\n', encoding="utf-8")
    said = run("import", table, "-b", tmp_path / "b", "--rules", rules, "--dry-run").stderr
    assert f"'Sender' is giver: so says {rules}; 1 of 1 are written as names" in said
    table.write_text("date,giver,receiver\n2026-01-08,Ann Lee,Bo Park\n", encoding="utf-8")
    said = run("import", table, "-b", tmp_path / "b", "--dry-run").stderr
    assert "'date' is date: so refgraph calls it; 1 of 1 are dates" in said


def test_no_rules_are_saved_where_the_book_cannot_be_written(run, tmp_path, monkeypatch):
    book, file = write_book(tmp_path / "book"), tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")

    def fails(*_, **__):
        raise LedgerError([Problem(str(book), 0, "the book is in use", "try again")])

    monkeypatch.setattr(imports, "carry_out", fails)
    saved = tmp_path / "mine.rules"
    done = run("import", file, "-b", book, "--save-rules", saved, status=1)
    assert "Nothing was written." in done.stderr
    assert not saved.exists()
