"""Nothing of an import is silent: values no rule knows, rows that repeat, and who "me" is."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from exports import table, take
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph import Book
from refgraph.errors import LedgerError
from refgraph.imports import Request, carry_out, prepare
from refgraph.imports.rules.builtin_rules import shipped
from refgraph.imports.rules.words import STATUS_WORDS
from refgraph.names.folded import fold

CONDITIONED = [
    name
    for name, rules in shipped().items()
    if rules.recognise and any(c.sets for c in rules.conditions)
]
VALUE = st.text("abcdeÉ 한-_/", min_size=1, max_size=9).map(lambda text: " ".join(text.split()))
CELLS = st.lists(
    st.sampled_from(["", "pending", "tbd", "Closed Won", "WON", "lost", "Customer", "y"]) | VALUE,
    min_size=1,
    max_size=12,
)


def empty_book(folder, me="Dana Reed"):
    book = Path(folder, "book")
    book.mkdir()
    rows = {
        "referrals": "date,giver,receiver,prospect,status,value,id\n"
        "2025-01-01,Ann Lee,Dana Reed,,,,\n",
        "people": "person,role,email,profession,note\nAnn Lee,,,,\n",
    }
    for name, text in rows.items():
        (book / f"{name}.csv").write_text(text, encoding="utf-8")
    if me:
        (book / "refgraph.toml").write_text(f'me = "{me}"\ntoday = 2026-06-30\n')
    return book


def written(path, rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return str(path)


def export_of(name, cells):
    """An export of a shipped layout, with one row for each cell of its first ruled column."""
    rules = shipped()[name]
    column = next(each.column for each in rules.conditions if each.sets)
    headers = [each for each in max(rules.recognise, key=len) if each != column.casefold()]
    headers.append(column)
    for ours in ("person", "referrer", "date"):
        first = rules.columns[ours][0]
        headers += [each for each in first if each not in map(str.casefold, headers)]
    rows = []
    for at, cell in enumerate(cells):
        row = dict.fromkeys(headers, "")
        for ours, text in (
            ("person", f"New {at}"),
            ("referrer", "Ann Lee"),
            ("date", "2026-01-05"),
        ):
            for header in headers:
                if header.casefold() == rules.columns[ours][0][0]:
                    row[header] = text
        row[column] = cell
        rows.append([row[header] for header in headers])
    return column, [headers, *rows]


@pytest.mark.parametrize("name", CONDITIONED)
@given(cells=CELLS)
@settings(max_examples=15)
def test_every_value_of_a_ruled_column_maps_or_is_told(name, cells):
    column, rows = export_of(name, cells)
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder, "export.csv"), rows)
        plan = prepare(Request(file, str(empty_book(folder)), rules=name)).plan
    known = [each for each in shipped()[name].conditions if each.column == column]
    strange = Counter(
        " ".join(cell.split())
        for cell in cells
        if cell.strip() and not any(each.holds(cell) for each in known)
        if fold(cell) not in STATUS_WORDS
    )
    told = [note for note in plan.notes if "no rule knows" in note]
    assert len(told) == bool(strange)
    for text, times in strange.items():
        assert f"{text!r} ({'1 row' if times == 1 else f'{times} rows'})" in told[0]
    assert len(plan.rows["people"]) + plan.there["people"] + plan.refused == len(cells)


def test_the_rule_that_is_suggested_works(tmp_path):
    _, rows = export_of("hubspot-deals", ["Later", "hm", "hm", ""])
    file, book = written(tmp_path / "export.csv", rows), empty_book(tmp_path)
    (note,) = [n for n in prepare(Request(file, str(book))).plan.notes if "no rule knows" in n]
    assert "3 rows say" in note
    assert "'hm' (2 rows), 'Later' (1 row)" in note
    rules = tmp_path / "own.rules"
    like, rule = re.search(r'"(like [^"]+)", for example: (.+)$', note).groups()
    rules.write_text(f"{like}\n{rule}\n")
    done = prepare(Request(file, str(book), rules=str(rules))).plan
    assert [row.get("status") for row in done.rows["referrals"]].count("contacted") == 2
    (left,) = [note for note in done.notes if "no rule knows" in note]
    assert "'Later' (1 row)" in left
    assert "'hm'" not in left


def test_a_yes_no_column_tells_what_is_neither(tmp_path):
    rules = tmp_path / "own.rules"
    rules.write_text(
        'column date "Date"\ncolumn giver "From"\ncolumn receiver "To"\n'
        'if "Done" = "Yes" set status "won"\nif "Done" = "No" set status "lost"\n'
    )
    rows = [["Date", "From", "To", "Done"]]
    rows += [
        ["2026-01-05", "Ann Lee", f"P{at}", text] for at, text in enumerate(("Yes", "NO", "hm"))
    ]
    file = written(tmp_path / "t.csv", [*rows, ["2026-01-05", "Bo", "Cy", "later"]])
    plan = prepare(Request(file, str(empty_book(tmp_path)), rules=str(rules))).plan
    (note,) = [note for note in plan.notes if "no rule knows" in note]
    assert "'hm' (1 row), 'later' (1 row)" in note
    assert 'if "Done" = "hm" set status "contacted"' in note


@pytest.mark.parametrize("word", ["me", "Me", "I", "myself"])
def test_a_cell_that_says_me_is_the_me_of_the_book(run, tmp_path, word):
    rows = [["date", "giver", "receiver"], ["2026-01-05", word, "Bo"], ["2026-01-06", "Cy", word]]
    file, book = written(tmp_path / "t.csv", rows), empty_book(tmp_path)
    told = run("import", file, "-b", book).stderr
    assert f"2 cells say {word!r}: taken as 'Dana Reed'" in told
    table = run("balance", book, "-O", "csv").stdout
    assert re.search(r"^Dana Reed,1,2,", table, re.MULTILINE)
    assert word not in Book.read(book).people.index


def test_me_is_asked_for_where_nobody_says_who_it_is(run, tmp_path):
    rows = [["date", "giver", "receiver"], ["2026-01-05", "me", "Bo"], ["2026-01-06", "I", "Bo"]]
    file, book = written(tmp_path / "t.csv", rows), empty_book(tmp_path, me=None)
    with pytest.raises(LedgerError, match="nothing says who you are"):
        prepare(Request(file, str(book)))
    told = run("import", file, "-b", book, status=1).stderr
    assert "say it with --me NAME" in told
    assert run("import", file, "-b", book, "--me", "Dana Reed").stderr.count("taken as") == 2


def test_a_person_who_is_called_me_stays_who_they_are(tmp_path):
    book = empty_book(tmp_path)
    with (book / "people.csv").open("a") as stream:
        stream.write("I,,,,\n")
    rows = [["date", "giver", "receiver"], ["2026-01-05", "I", "Bo"]]
    prepared = prepare(Request(written(tmp_path / "t.csv", rows), str(book)))
    carry_out(prepared)
    assert "I" in Book.read(book).people.index
    assert not any("taken as" in note for note in prepared.plan.notes)


def test_a_book_whose_rows_say_me_names_a_remedy_that_works(run, tmp_path):
    book = tmp_path / "b"
    book.mkdir()
    (book / "referrals.csv").write_text("date,giver,receiver\n2026-01-05,me,Bo\n2026-01-06,Bo,Me\n")
    (book / "refgraph.toml").write_text('me = "Dana Reed"\ntoday = 2026-06-30\n')
    told = run("balance", book, status=1).stderr
    aliases = re.search(r"aliases of a row for Dana Reed: (\S+)$", told).group(1)
    (book / "people.csv").write_text(f"person,aliases\nDana Reed,{aliases}\n")
    assert re.search(r"^Dana Reed,1,1,", run("balance", book, "-O", "csv").stdout, re.MULTILINE)


def test_rows_that_repeat_in_an_export_are_told_with_their_lines(tmp_path):
    rows = [["date", "giver", "receiver"], *[["2026-01-05", "Cy", "Bo"]] * 3]
    prepared = prepare(Request(written(tmp_path / "t.csv", rows), str(empty_book(tmp_path))))
    (note,) = [note for note in prepared.plan.notes if "rows repeat" in note]
    assert "2 rows repeat another" in note
    assert "line 3 as line 2, line 4 as line 2" in note
    assert len(prepared.plan.rows["referrals"]) == 3


def test_names_of_options_that_stand_nowhere_are_told(tmp_path, run):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("Date,From,To\n2026-01-05,Ann Lee,Bo Park\n", encoding="utf-8")
    two.write_text("Date,From,To\n2026-02-05,Cy Dunn,Bo Park\n", encoding="utf-8")
    options = ("--rename", "Bo Parks=Bo", "--rename", "Cy Dunn=Cy Dunne", "--new-person", "Di Fox")
    told = run("import", one, two, "-b", tmp_path / "book", *options).stderr
    files = f"Note: {one}, {two}: no row names"
    assert (
        f"{files} 'Bo Parks' (did you mean 'Bo Park'?): --rename 'Bo Parks=Bo' changes nothing"
        in told
    )
    assert f"{files} 'Di Fox': --new-person 'Di Fox' changes nothing" in told
    assert told.count("changes nothing") == 2


def test_of_files_that_were_not_looked_at_no_name_is_said_to_stand_nowhere(tmp_path, run):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    rows = "2026-01-05,,Ann Lee\n2026-01-06,Cy Dunn,Di Fox\n"
    one.write_text(f"Date,From,To\n{rows}", encoding="utf-8")
    two.write_text("Date,From,To\n2026-02-05,Cy Dunn,Bo Park\n", encoding="utf-8")
    done = run("import", one, two, "-b", tmp_path / "book", "--rename", "Bo Park=Bob", status=1)
    assert "the giver is not named" in done.stderr
    assert "changes nothing" not in done.stderr


def test_what_is_said_of_columns_is_said_of_the_files_that_have_them(tmp_path, run):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("Date,From,To,Extra\n2026-01-05,Ann Lee,Bo Park,x\n2026-01-06,,Cy Dunn,y\n")
    two.write_text("Date,Sent by,Sent to\n2026-02-05,Cy Dunn,Bo Park\n")
    options = ("--above", "From", "--columns", "note=Extra")
    done = run("import", one, two, "-b", tmp_path / "book", *options)
    assert f"Note: {two}: has no column 'Extra', as another has" in done.stderr
    rows = [
        (row["giver"], row["receiver"], row.get("note"))
        for row in table(tmp_path / "book", "referrals")
    ]
    assert rows == [
        ("Ann Lee", "Bo Park", "x"),
        ("Ann Lee", "Cy Dunn", "y"),
        ("Cy Dunn", "Bo Park", None),
    ]
    nowhere = run("import", one, two, "-b", tmp_path / "other", "--above", "Frm", status=1)
    assert "there is no column 'frm'" in nowhere.stderr


def test_a_note_that_is_named_does_not_displace_the_one_that_is_there(book, export):
    path = export(
        "x.csv", "Date,From,To,Note,Void\n2026-01-05,Ann,Bo,hello,x\n2026-01-06,Bo,Cy,,y\n"
    )
    rows = take(book, path, columns={"note": "Void"}).rows["referrals"]
    assert [row["note"] for row in rows] == ["hello x", "y"]
