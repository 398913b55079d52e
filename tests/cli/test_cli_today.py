"""The list of today: every line can be done with the command it gives, and then it is gone."""

from __future__ import annotations

import json
import os
import random
import shlex
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import surface
from click.testing import CliRunner

from refgraph import Book
from refgraph.analysis.tending import today
from refgraph.cli import main
from refgraph.schema.text import argument
from refgraph.schema.values import LANES, LEADING

DATA = Path(__file__).parents[2] / "data"
KEYS = ("rank", "person", "lane", "reason", "because", "due", "worth", "do", "message")


def invoke(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def listed(folder, *more):
    done = invoke("today", folder, "--top", 500, "-O", "json", *more)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def key(row):
    return row["person"], row["lane"], row["reason"], row["about"]


def typed(command):
    assert command.startswith("refgraph ")
    return shlex.split(command)[1:]


@pytest.fixture(params=["adviser", "chapter", "good", "hostile"])
def book(request, tmp_path):
    folder = tmp_path / "a book"
    if request.param in ("good", "hostile"):
        getattr(surface, request.param)(folder)
    else:
        shutil.copytree(DATA / request.param, folder)
    return folder


def test_a_row_says_what_to_do_why_and_how_to_record_it(book):
    rows = listed(book)
    assert rows
    assert all(tuple(row)[: len(KEYS)] == KEYS for row in rows)
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert len({row["person"] for row in rows}) == len(rows)
    worth = [row["worth"] for row in rows]
    assert worth == sorted(worth, reverse=True)
    for row in rows:
        assert row["lane"] in (*LANES, *LEADING)
        product = row["weight"] * row["chance"] * row["week"] * 60 / row["minutes"]
        assert row["worth"] == pytest.approx(product, abs=1e-4)
        assert row["because"].endswith(".")
        assert "None" not in row["because"]
        assert "nan" not in row["because"]
        assert f"-b '{book}'" in row["do"]
    assert len(listed(book, "--top", 3)) == 3


def written(book):
    return {path.name: path.read_bytes() for path in book.glob("*.csv")}


def test_done_removes_the_line_undo_restores_it_and_it_never_returns(book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = written(book)
    chosen = {(row["lane"], row["reason"], typed(row["do"])[0]): row for row in listed(book)}
    assert len(chosen) > 1
    for row in surface.some(chosen.values()):
        done = invoke(*typed(row["do"]))
        assert done.exit_code == 0, (row["do"], done.stderr)
        for days in (0, 28):
            later = Book.read(book).today + timedelta(days)
            told = {key(each) for each in listed(book, "--today", later)}
            assert key(row) not in told, (row["do"], days)
        assert invoke("undo", "-b", book).exit_code == 0
        assert written(book) == files


def test_the_order_of_rows_is_nothing(book):
    before = listed(book)
    chance = random.Random(5)  # noqa: S311
    for name in ("referrals.csv", "touches.csv", "people.csv"):
        if (book / name).exists():
            head, *rows = (book / name).read_text("utf-8").splitlines()
            chance.shuffle(rows)
            (book / name).write_text("\n".join([head, *rows, ""]), "utf-8")
    assert listed(book) == before


def test_a_snooze_puts_off_all_of_a_person_and_a_decision_one_line(book):
    from refgraph.report.tending.commands import command, not_mine, snooze

    row = listed(book)[0] | {"about": listed(book)[0]["about"] or ""}
    now = Book.read(book).today
    behind = f"-b '{book}'"
    assert invoke(*typed(command(snooze(row, now), behind))).exit_code == 0
    assert row["person"] not in {each["person"] for each in listed(book)}
    back = listed(book, "--today", now + timedelta(7))
    assert row["person"] in {each["person"] for each in back}
    assert invoke("undo", "-b", book).exit_code == 0
    assert invoke(*typed(command(not_mine(row, now), behind))).exit_code == 0
    assert key(row) not in {key(each) for each in listed(book)}


def test_text_holds_each_command_on_a_line_that_runs_as_it_stands(book, monkeypatch):
    monkeypatch.chdir("/")
    told = invoke("today", book).stdout.splitlines()
    lines = [line.strip() for line in told if line.strip().startswith("refgraph ")]
    assert lines == [row["do"] for row in listed(book, "--top", 10)]
    assert invoke(*typed(lines[0])).exit_code == 0


def test_explain_prints_each_term_and_weights_change_the_order(tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(DATA / "adviser", folder)
    rows = listed(folder)
    told = " ".join(invoke("today", folder, "--explain").stdout.split())
    first = rows[0]
    terms = f"= 1 (weight of this lane) x {first['chance']:.4f}"
    assert f"Worth {first['worth']:.4f} an hour {terms}" in told
    toml = folder / "refgraph.toml"
    toml.write_text(
        toml.read_text("utf-8") + '\n[worth]\n"save" = 1000\n"stay close" = 0\n', "utf-8"
    )
    weighed = listed(folder)
    assert weighed[0]["lane"] == "save"
    assert weighed[0]["weight"] == 1000
    assert not any(row["lane"] == "stay close" for row in weighed)


def test_nothing_needs_you_today(tmp_path):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n", "utf-8")
    (tmp_path / "refgraph.toml").write_text('me = "Ann"\ntoday = "2026-06-30"\n', "utf-8")
    done = invoke("today", tmp_path)
    assert (done.exit_code, done.stdout) == (0, "Nothing needs you today.\n")
    assert listed(tmp_path) == []
    (tmp_path / "refgraph.toml").write_text('today = "2026-06-30"\n', "utf-8")
    assert listed(tmp_path) == []  # nor who leads nobody


def test_a_book_without_touches_or_without_me_has_its_list_too(tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(DATA / "adviser", folder)
    before = listed(folder)
    (folder / "touches.csv").unlink()
    rows = listed(folder)
    assert {row["lane"] for row in rows} <= {*LANES}
    assert not [row for row in rows if row["reason"] == "thanked"]  # as nobody said so
    thanks, had = (
        {row["person"] for row in some if row["lane"] == "say thanks"} for some in (rows, before)
    )
    assert thanks - had
    toml = folder / "refgraph.toml"
    own = [line for line in toml.read_text("utf-8").splitlines() if not line.startswith("me =")]
    toml.write_text("\n".join(own), "utf-8")
    led = listed(folder)
    assert led
    assert {row["lane"] for row in led} <= {*LEADING}


def test_what_can_wait_stands_below_and_where_all_can_nothing_needs_doing(tmp_path):
    told = invoke("today", DATA / "adviser").stdout
    above, below = told.split("These can wait a week:")
    rows = listed(DATA / "adviser", "--top", 10)
    for row in rows:
        assert row["person"] in (below if row["can_wait"] else above)
    folder = tmp_path / "book"
    shutil.copytree(DATA / "adviser", folder)
    with (folder / "refgraph.toml").open("a", encoding="utf-8") as toml:
        toml.write("\n[worth]\n" + "".join(f'"{lane}" = 0.00001\n' for lane in LANES))
    told = invoke("today", folder).stdout
    assert told.startswith("Nothing needs you today.\n\nThese can wait a week:\n\n1. ")


def test_a_calendar_has_the_lines_with_a_day(tmp_path):
    file = tmp_path / "today.ics"
    done = invoke("today", DATA / "adviser", "--ics", file)
    assert done.exit_code == 0
    text = file.read_bytes().decode()
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in text.replace("\r\n", "")
    dated = [row for row in listed(DATA / "adviser", "--top", 10) if row["due"]]
    assert lines.count("BEGIN:VEVENT") == len(dated) > 0
    assert len({line for line in lines if line.startswith("UID:")}) == len(dated)


def test_incognito_gives_no_command_and_no_name(book):
    names = {str(name) for name in Book.read(book).people.index if len(str(name)) > 4}
    done = invoke("today", book, "--incognito", "--top", 50)
    assert done.exit_code == 0
    assert "refgraph touch" not in done.stdout
    assert not [name for name in names if name in done.stdout]


def keyed(monkeypatch, folder, keys, *more):
    """Go through the list with these keys, as at a terminal."""
    pressed = iter(keys)
    monkeypatch.setattr("refgraph.cli.books.day_session.at_terminal", lambda: True)
    monkeypatch.setattr("click.getchar", lambda *_, **__: next(pressed))
    return invoke("today", "-b", folder, "--do", *more)


def test_one_key_a_line_and_undo(tmp_path, monkeypatch):
    folder = tmp_path / "book"
    shutil.copytree(DATA / "adviser", folder)
    rows = listed(folder)
    done = keyed(monkeypatch, folder, "mw?dsnq")
    assert done.exit_code == 0, done.output
    assert rows[0]["message"] in done.stdout
    assert "weight of this lane" in done.stdout
    assert "1 done, 1 snoozed, 1 not yours, 7 lines left." in done.stderr
    left = {key(row) for row in listed(folder)}
    assert not {key(row) for row in rows[:3]} & left
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    again = keyed(monkeypatch, folder, "uduq")
    assert "Nothing was recorded yet." in again.stderr
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_do_needs_a_keyboard_and_a_book_to_write_in():
    done = invoke("today", DATA / "adviser", "--do")
    assert done.exit_code == 1
    assert "at a terminal" in done.stderr
    assert invoke("today", DATA / "adviser", "--do", "-O", "json").exit_code == 2


def test_every_lane_has_its_sentence_its_command_and_its_message():
    from refgraph.analysis.tending.because import _SENTENCES
    from refgraph.report.tending.commands import _DONE
    from refgraph.report.tending.today_text import _MATTERS

    assert {*_SENTENCES} == {*_DONE} == {*_MATTERS} == {*LANES, *LEADING}


def test_someone_else_of_a_book_is_looked_at_with_for():
    rows = listed(DATA / "chapter", "--for", "Gwen")
    assert {row["lane"] for row in rows} & {*LANES}
    assert all(row["person"] != "Gwen Aldridge" for row in rows)
    whose = today.rank(Book.read(DATA / "chapter"), "Gwen", top=500)
    assert whose["person"].tolist() == [row["person"] for row in rows]
    assert os.path.isabs(shlex.split(rows[0]["do"])[-1])  # noqa: PTH117


def test_a_single_table_has_no_place_to_record_it():
    done = invoke("today", DATA / "adviser" / "referrals.csv", "--me", "Rosa Delgado")
    assert done.exit_code == 0
    assert done.stdout.count("refgraph ") == 1
    assert done.stdout.endswith(
        "A single table has no place to record this; make a book of it: "
        f"refgraph import {argument(str(DATA / 'adviser' / 'referrals.csv'))} -b mybook\n"
    )
    rows = listed(DATA / "adviser" / "referrals.csv", "--me", "Rosa Delgado")
    assert {row["do"] for row in rows} == {None}


def test_the_list_of_the_adviser_by_hand():
    """Each line of the ten, looked up in the rows of the files."""
    rows = {row["person"]: row for row in listed(DATA / "adviser", "--top", 10)}
    book = Book.read(DATA / "adviser")
    referrals, touches = book.history.set_index("id"), book.touches
    for person, row in rows.items():
        said = referrals.loc[row["about"]] if row["about"] else None
        mine = touches[touches["person"] == person]
        if row["lane"] in ("say thanks", "bring news"):
            assert (said["giver"], said["receiver"]) == (person, book.me)
            thanked = mine.loc[mine["kind"] == "thanks", "date"]
            since = said["date"] if row["reason"] == "receipt" else said["status_date"]
            if row["reason"] != "year":
                assert not (thanked >= since).any()
            assert (said["prospect"] or "somebody") in row["because"]
        elif row["lane"] == "save":
            assert said["status"] not in ("won", "lost")
            assert person in (said["giver"], said["receiver"])
        elif row["lane"] == "stay close":
            cadence = book.people["cadence"][person]
            last = book.contacts.loc[book.contacts["person"] == person, "date"].max()
            days = (book.today - last.date()).days
            assert days >= {"monthly": 30, "quarterly": 90, "yearly": 365}[cadence]
        elif row["lane"] == "give first":
            assert not ((referrals["giver"] == book.me) & (referrals["receiver"] == person)).any()
