"""Every command that hides, on a table of another program in place of a book."""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing

import pytest
import surface

PEOPLE = ("Zqada Zqlong", "Zqbo Zqpark", "Zqcy Zqdunn", "Zqdee Zqmoss")
DRAWING = ("map", "review", "effect", "evaluate")
HIDING = [
    name
    for name in surface.tree()
    if {"incognito", "me"} <= surface.names_of(name)
    and not surface.writes(name)
    and name not in DRAWING
]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Give a table with names, prospects, money and notes that nobody may see."""
    path = tmp_path_factory.mktemp("direct") / "tracker.csv"
    rows = ["Date,Referred by,Referred to,Client,Status,Fee,Notes"]
    for at in range(24):
        one, two = PEOPLE[at % 4], PEOPLE[(at + 1 + at // 4 % 3) % 4]
        status = ("won", "lost", "met")[at % 3]
        day = f"2026-0{at // 4 + 1}-1{at % 4}"
        rows.append(f"{day},{one},{two},Zqclient{at},{status},{7351 + at}.29,Zqnote{at}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def subject(path, places):
    one, two, apart, _ = PEOPLE
    places = dict.fromkeys(places, "law") | {"one": one, "two": two, "apart": apart}
    private = {"zqada": "giver", "zqbo": "giver", "zqcy": "giver", "zqdee": "giver"}
    private |= {"zqclient": "prospect", "zqnote": "note", "7351": "value"}
    return surface.Subject(path, places, private)


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    return surface.good(tmp_path_factory.mktemp("good") / "good").places


@pytest.mark.parametrize("profile", ["", "health"])
@pytest.mark.parametrize("command", HIDING)
def test_a_table_of_another_program_hides_what_a_book_does(
    table, tmp_path, places, command, profile
):
    path, hides = table, ["--incognito"]
    if profile:  # the settings beside a table are its own
        path, hides = tmp_path / table.name, []
        path.write_bytes(table.read_bytes())
        (tmp_path / "refgraph.toml").write_text(f'profile = "{profile}"\n', encoding="utf-8")
    read = subject(path, places)
    private = {word: at for word, at in read.private.items() if not (profile and at == "giver")}
    for call in surface.some([*surface.variants(command)[:2], *surface.mixed(command)]):
        if {"{state}", *surface.WRITING} & {*call.words}:  # they are about a book
            continue
        me = [] if "--me" in call.words else ["--me", "{one}"]
        hidden = call.plus(*hides, "--today", "2026-07-01", *me)
        ran = surface.carry_out(hidden, read, tmp_path / "scratch")
        assert ran.error is None, (str(call), ran.error)
        assert ran.status in (0, 1, 2), ran.stderr
        assert ran.status != 2 or re.search("goes with|belongs to", ran.stderr), ran.stderr
        assert surface.leaks(ran, private) == []


def test_a_table_of_another_program_is_limited_by_the_profile_beside_it(run, table, tmp_path):
    (tmp_path / "tracker.csv").write_bytes(table.read_bytes())
    (tmp_path / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    words = (tmp_path / "tracker.csv", "--today", "2026-07-01", "--me", PEOPLE[0])
    for command in ("owe", "balance", "refer-first"):
        assert "profile is health" in run(command, *words, status=1).stderr
    told = run("report", *words)
    assert "Zqada" in told.stdout
    assert not [word for word in ("Zqclient", "Zqnote", "7351") if word in told.output]


#: Who compares nobody and suggests nobody, and needs no conditions beside it.
PLAIN = {"check", "export", "stats"}


def under(folder, table, profile, kind):
    """Write the table as a file of a kind, with the profile of a profession beside it."""
    (folder / "refgraph.toml").write_text(f'profile = "{profile}"\n', encoding="utf-8")
    path = folder / f"tracker.{kind}"
    if kind == "csv":
        path.write_bytes(table.read_bytes())
        return path
    header, *rows = csv.reader(table.read_text(encoding="utf-8").splitlines())
    if kind == "db":
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(f"CREATE TABLE deals ({','.join(map(repr, header))})")
            marks = ",".join("?" * len(header))
            database.executemany(f"INSERT INTO deals VALUES ({marks})", rows)  # noqa: S608  # ours
        return path
    workbook = pytest.importorskip("openpyxl").Workbook()
    for row in (header, *rows):
        workbook.active.append(row)
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("profile", "kind"), [("law", "csv"), ("realestate", "db"), ("realestate", "xlsx")]
)
def test_the_conditions_stand_beside_what_a_table_of_another_program_answers(
    table, tmp_path, places, profile, kind
):
    read = subject(under(tmp_path, table, profile, kind), places)
    answered = set()
    commands = surface.some(sorted({*HIDING, *DRAWING, "people"} - PLAIN))
    for name in commands:
        every = surface.variants(name) if name in DRAWING else [*surface.mixed(name)]
        for call in surface.some(every):
            if {"{state}", "--each", "--lookalikes", *surface.WRITING} & {*call.words}:
                continue
            seen = name == "map" and "--scene" not in call.words  # what a picture says, as text
            plain = call.plus("--scene", "{out}/scene.json") if seen else call
            me = [] if "--me" in call.words else ["--me", "{one}"]
            ran = surface.carry_out(
                plain.plus("--today", "2026-07-01", *me), read, tmp_path / "scratch"
            )
            assert ran.error is None, (str(call), ran.error)
            said = " ".join(text for _, text in surface.texts(ran)).split()
            if not ran.status and "{out}/effect.png" not in call.words:
                answered.add(name)
                assert "Not legal advice." in " ".join(said), call
    assert len(answered) > len(commands) / 2, answered
