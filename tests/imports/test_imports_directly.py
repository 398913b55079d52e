"""A table of another program read as a book: the answers of the book that an import makes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from exports import SLIPS
from workload import calls

from refgraph import Book
from refgraph.errors import LedgerError
from refgraph.imports.foreign_table import read_foreign
from refgraph.reading.read_options import ReadOptions
from refgraph.schema.text import argument

TRACKER = """When,Who,In/Out,Client,Outcome,Fee,Shoe size
2025-03-02,Ann Lee,OUT,Okafor Dental,won,$500,12
2025-04-02,Bo Park,IN,Cy Dunn,pending,,13
2025-04-03,Ann Lee,IN,Di Dunn,closed,$300,14
Total,,,,,800,
"""
ME = ("--me", "Dana Reed", "--today", "2025-06-01")


@pytest.fixture
def directly(benchmark_of):
    return benchmark_of("intake_directly")


@pytest.fixture
def tracker(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text(TRACKER, encoding="utf-8")
    return path


def shape_of(name):
    from intake_networks import SHAPES

    return SHAPES[name](random.Random(f"3 {name}"))  # noqa: S311  # no secret is made of it


def test_a_table_says_the_same_before_it_is_imported_and_afterwards(directly):
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    import intake_registers  # noqa: F401
    from intake_networks import SHAPES

    names = [*SHAPES][::8]
    otherwise = {
        name: other for name in names if (other := directly.read_otherwise(shape_of(name)))
    }
    assert len(names) > 8
    assert otherwise == {}


def test_the_law_sees_a_table_that_says_another_thing(directly, monkeypatch):
    import intake_registers  # noqa: F401

    made = shape_of("realtor's sheet: direction, loose words, fees")
    assert directly.read_otherwise(made) == ""
    read = directly.Book.read
    monkeypatch.setattr(
        directly.Book,
        "read",
        lambda path, *more, **said: (
            read(path, *more, **said) if Path(path).is_dir() else Book.sample()
        ),
    )
    assert directly.read_otherwise(made).startswith(("history: imported", "me: imported"))


def test_a_tracker_answers_at_once_and_says_how_it_was_read(tracker, run):
    before = tracker.read_bytes(), sorted(tracker.parent.iterdir())
    said = run("owe", "-b", tracker, *ME, "-O", "csv")
    assert [line.split(",")[:4] for line in said.stdout.splitlines()[1:]] == [
        ["Bo Park", "", "1", "0"]
    ]
    (line,) = [line for line in said.stderr.splitlines() if "read as" in line]
    assert line == (
        f"Note: {tracker}: read as a table of referrals: 'In/Out' is direction, 'Who' is person, "
        "'Client' is prospect, 'When' is date, 'Outcome' is status, 'Fee' is value; left out "
        f"'Shoe size', 1 total; a book of it: "
        f"refgraph import '{tracker}' -b mybook --me 'Dana Reed'"
    )
    assert (tracker.read_bytes(), sorted(tracker.parent.iterdir())) == before
    history = Book.read(tracker, "Dana Reed", "2025-06-01").history
    assert history["line"].tolist() == [2, 3, 4]
    assert history["value"].map(str).tolist() == ["500", "None", "300"]


def test_a_map_reads_it_too(tracker, run, tmp_path):
    run("map", "owed", "-b", tracker, *ME, "-o", tmp_path / "owed.svg")
    assert "Bo Park" in (tmp_path / "owed.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [["--delimiter", "comma"], ["--encoding", "utf-8"]])
def test_options_that_an_import_has_too_are_named_in_its_command(tracker, run, option):
    said = run("owe", "-b", tracker, *ME, *option)
    name, value = option
    assert f"-b mybook --me 'Dana Reed' {name} '{value}'" in said.stderr


def test_standard_input_is_read_once_and_the_same(tracker, run):
    piped = run("owe", "-b", "-", *ME, "-O", "csv", text=TRACKER)
    assert piped.stdout == run("owe", "-b", tracker, *ME, "-O", "csv").stdout


def test_who_is_me_is_asked_by_the_option_that_says_it(tracker, run):
    said = run("owe", "-b", tracker, status=1)
    assert "= say it with --me NAME" in said.stderr
    assert not said.stdout


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("date,giver,receiver,status\n2026-01-08,Ann,Bo,closed\n", "'closed' is not a status"),
        ("giver,receiver\nAnn,Bo\n", "missing column: date"),
        ("date,direction,person\n2026-01-08,OUT,Bo\n", "direction"),
    ],
)
def test_our_own_header_stays_strict_and_the_import_that_takes_it_is_named(
    tmp_path, run, monkeypatch, table, message
):
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_text(table, encoding="utf-8")
    said = run("owe", "-b", "own.csv", "--me", "Ann", status=1).stderr
    assert message in said
    assert "or import it as it is: refgraph import 'own.csv' -b mybook --me 'Ann'" in said
    run("import", "own.csv", "-b", "BOOK", "--me", "Ann")
    assert len(Book.read("BOOK").history) == 1


@pytest.mark.parametrize(
    "table",
    [
        "date,giver,receiver\n2026-01-08,Ann,Bo",
        "date,giver,receiver,statu\n2026-01-08,Ann,Bo,closed\n",
        "date,giver,receiver\n2026-01-08,Ann,\n",
    ],
    ids=["torn", "a header misspelled", "nobody"],
)
def test_no_import_is_named_where_it_would_lose_or_refuse_something(tmp_path, run, table):
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    assert "refgraph import" not in run("owe", "-b", tmp_path / "own.csv", status=1).stderr


def test_columns_beside_our_own_are_read_as_an_import_does(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "date,giver,receiver,Client,Outcome\n2026-01-08,Ann,Bo,Okafor,closed\n", encoding="utf-8"
    )
    row = Book.read(path).history.iloc[0]
    assert (row["prospect"], row["status"]) == ("Okafor", "won")


def test_not_every_slip_is_a_referral_though_its_header_is_one_of_edges(tmp_path):
    path = tmp_path / "slips.csv"
    rows = [[*map(str, row), *[""] * (7 - len(row))] for row in SLIPS[2:]]
    path.write_text("\n".join(map(",".join, rows)).replace("None", "") + "\n", encoding="utf-8")
    assert len(Book.read(path).history) == 2


def test_sheets_sent_and_received_are_read_one_after_the_other(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    workbook = openpyxl.Workbook()
    for at, (title, header, who) in enumerate(
        [("Sent", "Referred To", "Ann Lee"), ("Received", "Referred By", "Bo Park")]
    ):
        page = workbook.active if at == 0 else workbook.create_sheet()
        page.title = title
        page.append(["Date", header, "Client"])
        page.append(["2026-01-08", who, "Okafor Dental"])
    workbook.save(tmp_path / "both.xlsx")
    history = Book.read(tmp_path / "both.xlsx", "Dana Reed").history
    pairs = sorted(zip(history["giver"], history["receiver"], strict=True))
    assert pairs == [("Bo Park", "Dana Reed"), ("Dana Reed", "Ann Lee")]
    one = Book.read(tmp_path / "both.xlsx", "Dana Reed", sheet="Sent").history
    assert len(one) == 1


def test_what_cannot_be_read_of_a_row_is_refused_or_left_out_and_told(tracker, run):
    tracker.write_text(TRACKER.replace("2025-04-02", "2025-04-32"), encoding="utf-8")
    said = run("owe", "-b", tracker, *ME, status=1)
    assert f"{tracker}:3: '2025-04-32' is not a date" in said.stderr
    said = run("owe", "-b", tracker, *ME, "--skip-bad")
    assert "Left out 1 row" in said.stderr
    assert len(Book.read(tracker, "Dana Reed", skip_bad=True).history) == 2


def test_a_question_of_an_import_is_a_refusal_that_names_what_answers_it(tmp_path, run):
    path = tmp_path / "sources.csv"
    path.write_text("Client,Lead Source,Date\nOkafor,Google,2026-01-08\n", encoding="utf-8")
    said = run("owe", "-b", path, "--me", "Dana", status=1)
    assert "no referral finds its giver: 'Google'" in said.stderr
    assert f"refgraph import '{path}' -b mybook --me 'Dana' --new-people" in said.stderr


def test_the_bounds_of_books_hold(tracker, run):
    said = run("owe", "-b", tracker, *ME, "--max-rows", "3", status=1)
    assert "this file holds 4 rows, more than 3" in said.stderr
    said = run("owe", "-b", tracker, *ME, "--max-people", "2", status=1)
    assert "3 people, more than 2" in said.stderr


def test_nothing_of_it_is_told_under_incognito_or_the_profile_health(tracker, run):
    private = ("Ann", "Lee", "Bo", "Okafor", "Dunn", "Shoe", "Outcome", "91234", "40000")
    text = TRACKER.replace("$500", "$51234").replace("$300", "$40000").replace("800", "91234")
    tracker.write_text(text, encoding="utf-8")
    said = run("owe", "-b", tracker, *ME, "--incognito").stderr
    assert "read as a table of referrals" in said
    assert not [word for word in private if word in said]
    (tracker.parent / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    said = run("report", "-b", tracker, *ME).stderr
    assert "read as a table of referrals" in said
    assert not [word for word in private if word in said]
    tracker.write_text(text.replace("2025-04-02", "2025-04-32"), encoding="utf-8")
    said = run("connectors", "-b", tracker, *ME, status=1).stderr
    assert not [word for word in private if word in said]


def test_such_a_table_is_never_written_to(tracker, run):
    before = tracker.read_bytes()
    said = run("add", "Ann Lee", "me", "--prospect", "X", "-b", tracker, *ME, status=1)
    assert "this is a table of another program: it is read, and never written to" in said.stderr
    assert f"keep a book of it: refgraph import '{tracker}' -b mybook" in said.stderr
    assert tracker.read_bytes() == before


def test_what_is_no_table_of_referrals_keeps_the_message_of_the_reader(tmp_path, run):
    path = tmp_path / "x.csv"
    path.write_text("Payee,Amount\nPower Co,5.00\n", encoding="utf-8")
    assert read_foreign(str(path), ReadOptions()) is None
    with pytest.raises(LedgerError, match="missing columns: date, giver, receiver"):
        Book.read(path)
    shutil.copy(path, tmp_path / "referrals.csv")
    with pytest.raises(LedgerError, match="missing columns"):
        Book.read(tmp_path)


def test_a_word_like_one_of_ours_in_a_table_of_other_things_is_no_misspelling(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Payee,Amount,Notes\nPower Co,5.00,x\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="missing columns") as found:
        Book.read(path)
    assert len(found.value.problems) == 1


def test_notes_beside_our_own_columns_stop_nothing(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("date,giver,receiver,notes\n2026-01-08,Ann,Bo,roof\n", encoding="utf-8")
    assert Book.read(path).history["note"].tolist() == ["roof"]


def test_a_long_table_of_other_things_is_refused_by_its_first_rows(tmp_path):
    def refused(rows):
        path = tmp_path / f"{rows}.csv"
        path.write_text("1 2 1 1082040961\n" * rows, encoding="utf-8")
        return calls(lambda: read_foreign(str(path), ReadOptions(me="Ann")) or found.append(rows))

    found = []
    assert refused(1_500) < 1.5 * refused(500)
    assert found == [1_500, 500]


def test_what_to_do_today_names_the_way_to_a_book_that_can_keep_it(tracker, run, tmp_path):
    said = run("today", "-b", tracker, *ME)
    assert (
        f"make a book of it: refgraph import {argument(str(tracker))} -b mybook"
        in said.stdout + said.stderr
    )
    run("import", tracker, "-b", tmp_path / "book", "--me", "Dana Reed")
    assert "-b mybook" not in run("today", "-b", tmp_path / "book", "--today", "2025-06-01").output


def test_an_option_that_only_an_import_has_is_named_with_the_import(tmp_path):
    path = tmp_path / "twice.csv"
    row = "2025-03-02,Ann Lee,OUT,Okafor Dental\n"
    path.write_text(f"When,Who,In/Out,Client\n{row}{row}", encoding="utf-8")
    (note,) = [note for note in Book.read(path, "Dana").notes if "--repeats keep" in note]
    assert note.endswith(f"(of refgraph import '{path}' -b mybook --me 'Dana')")
