"""Whatever is declared of a column holds everywhere, for every column there is."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest
from click.testing import CliRunner
from surface import hostile

from refgraph import Book
from refgraph.book.incognito import incognito
from refgraph.cli import main
from refgraph.keeping.forget import forget
from refgraph.keeping.new_book import empty_book
from refgraph.keeping.record import record
from refgraph.reading import ReadOptions, read
from refgraph.schema.columns import COLUMNS, FIELDS
from refgraph.schema.dates import iso_date

TODAY = ReadOptions(today=date(2026, 6, 30))
NAME = "Zqora Wexquist"
EVERY = [(table, field) for table, fields in FIELDS.items() for field in fields]
WRITTEN = [(table, field) for table, field in EVERY if table in COLUMNS]
TYPED = {"day": "2026-06-01", "whole": "3", "number": "2", "amount": "12.5", "flag": "yes"}
NEEDED = {
    "referrals": {"date": "2026-06-01", "giver": "Ann Lee", "receiver": "Bo Park", "id": "own1"},
    "people": {"person": "Ann Lee"},
    "touches": {"date": "2026-06-02", "person": "Ann Lee", "kind": "call"},
    "statuses": {"date": "2026-06-03", "id": "own1", "status": "met"},
    "assertions": {"date": "2026-06-04", "person": "Ann Lee", "given": "1"},
}


def each(cases):
    return pytest.mark.parametrize(
        ("table", "field"), cases, ids=[f"{table}.{field.name}" for table, field in cases]
    )


def cell_of(table, field):
    """Give a text that the field takes."""
    if field.words:
        return field.words[0]
    if field.points:
        return "own1"
    if field.ahead:
        return "2026-07-01"
    if table == "touches" and field.name == "with":
        return "Bo Park"
    if field.name in NEEDED[table]:
        return NEEDED[table][field.name]
    return TYPED.get(field.dtype, "yes" if field.dtype == "maybe" else "some word")


def write_book(folder, **rows):
    folder.mkdir(exist_ok=True)
    for table in ("referrals", *rows):
        row = NEEDED[table] | rows.get(table, {})
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, [each.name for each in FIELDS[table]])
            writer.writeheader()
            writer.writerow(row)
            if table == "referrals":
                writer.writerow(NEEDED[table] | {"giver": NAME, "id": "own2"})
    return folder


def test_a_name_of_a_column_says_one_thing_in_every_file():
    """Frames, checks and the reader know a column by its name."""
    natures = {}
    for _, field in EVERY:
        nature = field.dtype, field.is_text, field.check
        assert natures.setdefault(field.name, nature) == nature


@each(EVERY)
def test_what_is_declared_of_a_column_can_be(table, field):
    assert not (field.public and field.names)
    assert not (field.prompt and not field.explain)
    read = field.reader(iso_date if field.dtype == "day" else lambda _: None)
    value = read(cell_of(table, field))
    if field.is_text:
        assert isinstance(value, str)
        assert read("a text") == "a text"  # what is tidy is not read at all
    if field.required:
        with pytest.raises(ValueError, match=field.required[:20]):
            read(" ")


@each(WRITTEN)
def test_a_new_book_takes_and_gives_back_every_column(table, field, tmp_path):
    for name, text in empty_book("Ann Lee").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        if name == f"{table}.csv":
            assert field.name in text.strip().split(",")
    before = {"referrals": [NEEDED["referrals"]]} if table in ("statuses", "touches") else {}
    row = NEEDED[table] | {field.name: cell_of(table, field)}
    done = record(tmp_path, {table: [row], **before}, TODAY)
    with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))[field.name] == cell_of(table, field)
    if table != "statuses":
        value = getattr(done.record, table).columns[field.name][0]
        assert value == field.reader(iso_date)(cell_of(table, field))


OFFERED = [(table, field) for table, field in WRITTEN if field.help]


@each(OFFERED)
def test_every_column_with_an_option_is_written_by_it(table, field, tmp_path):
    write_book(tmp_path / "book")
    words = {
        "referrals": ["add", "Cy Dunn", "Bo Park", "--new"],
        "touches": ["touch", "Ann Lee", "call"],
        "statuses": ["status", "own1", "met"],
    }[table]
    row = NEEDED[table] | {field.name: cell_of(table, field)} | {"id": "own3"}
    said = [f"--{field.name.replace('_', '-')}"]
    said += [] if field.dtype in ("flag", "maybe") else [row[field.name]]
    told = CliRunner().invoke(
        main, [*words, *said, "-b", str(tmp_path / "book"), "--today", "2026-06-30"]
    )
    assert told.exit_code == 0, told.output
    with (tmp_path / "book" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        assert [*csv.DictReader(stream)][-1][field.name] == row[field.name]


@each([case for case in WRITTEN if case[1].is_text and case[0] != "statuses"])
def test_check_finds_a_formula_in_every_text(table, field, tmp_path):
    pointed = {"referrals": {"id": "=1+1"}} if field.points else {}
    write_book(tmp_path, **pointed, **{table: {field.name: "=1+1"}})
    told = CliRunner().invoke(
        main, ["check", str(tmp_path), "--only", "spreadsheet", "--today", "2026-06-30"]
    )
    assert f"{field.name} begins with '='" in told.output


@each([case for case in EVERY if case[1].dtype in ("text", "list") and not case[1].words])
def test_no_name_outlives_forget_in_any_column(table, field, tmp_path):
    """Keys are told of where they hold a name, unless they stand in the person's own row."""
    text = NAME if field.is_name else f"for {NAME}, or so"
    own = {"person": NAME} if table == "people" and field.names == "key" else {}
    book = write_book(tmp_path, **{table: own | {field.name: text}} if table != "statuses" else {})
    if field.points or table == "statuses":
        row = {"referrals": {"id": text}} if field.names == "key" else {}
        write_book(tmp_path, **row, **{table: {field.name: text}})
    done = forget(book, NAME, TODAY, pseudonym="Person-x")
    after = "".join(path.read_text(encoding="utf-8") for path in sorted(book.glob("*.csv")))
    if field.names == "key" and not own:
        assert NAME in after
        assert any(path.endswith(f"{table}.csv") for path, _ in done.traces), done
    else:
        assert "Wexquist" not in after
        assert "Zqora" not in after
    read(book, TODAY)


def private_words(table, field):
    return not field.public and field.dtype in ("text", "list") and not field.words


def test_the_hostile_book_has_a_canary_in_every_private_text(tmp_path):
    """So that every command, format and map is tried with them (tests/cli/test_cli_surface)."""
    subject = hostile(tmp_path / "book")
    for table, field in EVERY:
        if private_words(table, field):
            texts = (subject.folder / f"{table}.csv").read_text(encoding="utf-8")
            column = [row[field.name] for row in csv.DictReader(texts.splitlines())]
            assert any("zq" in text.casefold() for text in column), (table, field.name)


def test_incognito_shows_nothing_that_is_not_declared_public(tmp_path):
    book = Book.read(hostile(tmp_path / "book").folder)
    hidden, initials = incognito(book)
    known = {*initials.values(), ""}
    for table in ("referrals", "people", "touches"):
        frame = getattr(hidden, table)
        for field in FIELDS[table]:
            if field.public or field.name not in frame:
                continue
            if field.is_name:
                assert {*frame[field.name]} <= known
            elif field.name not in ("id", "about", "note"):  # numbers; initials of who met
                assert not any(frame[field.name].tolist()), field.name
            assert "zq" not in json.dumps(frame[field.name].map(str).tolist()).casefold()
