"""What cannot be imported is refused with a place and a remedy, and nothing is written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import surface
from click.testing import CliRunner
from exports import HUBSPOT, sheet_of_xml, table, take, write_book
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.cli import main
from refgraph.imports.cells import spreadsheetml

HOSTILE = ("csv_spectrum", "csvkit_examples", "messytables_horror", "tabulator_special")
SHARED = next(
    (path for parent in Path(__file__).parents if (path := parent / "shared" / "data").is_dir()),
    Path("no-such-folder"),
)
OURS = "date,giver,receiver,note\n"


def refused(run, book, file, *options):
    """Import a file that cannot be; give what is said, with the file by its plain name."""
    before = {path.name: path.read_bytes() for path in book.iterdir()}
    result = run("import", file, "-b", book, *options, status=1)
    assert {path.name: path.read_bytes() for path in book.iterdir()} == before
    assert result.stdout == ""
    return result.stderr.replace(f"{Path(file).parent}/", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "date,direction,person\n01/02/2026,given,Bo\n",
            (
                "x.csv:2: day and month cannot be told apart in this file: "
                "'01/02/2026' is 2026-02-01 or 2026-01-02\n    2 | 01/02/2026,given,Bo\n"
                "      = say which it is: --date-format %d/%m/%Y or --date-format %m/%d/%Y\n"
                "1 problem in 1 line of x.csv\n"
            ),
        ),
        (
            "a,b,c\n1,2,3\n",
            (
                "x.csv:1: refgraph does not know what these columns mean\n    1 | a,b,c\n"
                "      = name those that say who gave and who got, such as "
                "--columns 'giver=HEADER,receiver=HEADER'; or in a rules file, with --rules: "
                "refgraph import --help tells how\n1 problem in 1 line of x.csv\n"
            ),
        ),
        (
            "Dear all\nthank you\n",
            (
                "x.csv:1: this is no table: none of its first lines has more than one column\n"
                "    1 | Dear all\n"
                "      = if blanks separate its columns: refgraph reciprocity 'x.csv' "
                "--delimiter space --no-header --columns giver=1,receiver=2\n"
                "1 problem in 1 line of x.csv\n"
            ),
        ),
        (
            "date,giver,reciever\n2026-01-08,Bo,Cy\n",
            (
                "x.csv:1: there is no column 'reciever'; did you mean receiver?\n"
                "    1 | date,giver,reciever\n      = correct the header\n"
                "1 problem in 1 line of x.csv\n"
            ),
        ),
        ("", "x.csv: this file is empty\n      = export it again\n1 problem in x.csv\n"),
        (
            "<html><table><tr><td>From</td></tr></table></html>",
            (
                "x.csv: this is a web page, whatever it is called\n"
                "      = open it in a spreadsheet and save it as CSV, UTF-8\n1 problem in x.csv\n"
            ),
        ),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_what_to_do(run, book, export, text, message):
    assert refused(run, book, export("x.csv", text)) == message


def test_every_row_that_is_refused_is_told_and_nothing_is_written(run, book, export):
    text = OURS + "2026-01-08,Bo,Cy,\nsoon,Bo,Cy,\n2999-01-08,Bo,Bo,\n2026-01-09,Bo\n"
    told = refused(run, book, export("x.csv", text), "--today", "2026-06-30")
    assert told == (
        "Note: x.csv: read as a table of refgraph\n"
        "x.csv:3: 'soon' is not a date\n    3 | soon,Bo,Cy,\n"
        "      = dates are read as %Y-%m-%d in this file\n"
        "x.csv:4: 2999-01-08 is after today, 2026-06-30\n    4 | 2999-01-08,Bo,Bo,\n"
        "      = correct the date, or set today with --today\n"
        "x.csv:5: expected 4 fields, got 2\n    5 | 2026-01-09,Bo\n"
        "      = write the empty fields too\n"
        "1 new (1 referral), 0 already there, 3 refused (see above); nothing is written: "
        "correct them, or take the others with --partial\n"
    )


def test_a_row_with_too_many_fields_is_refused_even_if_the_last_are_blank(run, book, export):
    text = OURS + "2026-01-09,Lee, Ann,Cy,\n2026-01-09,Lee, Ann,Cy,x\n"
    told = refused(run, book, export("x.csv", text))
    hint = "a field that holds what separates the fields stands in quotes"
    assert f"= {hint}; or remove the empty fields at the end\nx.csv:3: expected 4" in told
    assert f"= {hint}\n0 new" in told


def test_cells_beside_the_table_are_refused_in_a_workbook_too(run, book, export):
    rows = [["date", "giver", "receiver"], ["2026-01-08", "Bo", "Cy", " "], ["2026-01-08", "Bo"]]
    told = refused(run, book, export("x.xls", sheet_of_xml([*rows, ["", "Bo", "Cy", "x"]])))
    assert "x.xls:3: the receiver is not named" in told
    assert "x.xls:4: expected 3 fields, got 4" in told
    assert "1 new (1 referral), 0 already there, 2 refused" in told


def test_an_id_that_two_rows_of_a_file_have_is_refused(run, book, export):
    text = "date,giver,receiver,id\n2026-01-08,Bo,Cy,x1\n2026-01-09,Bo,Cy,x1\n"
    told = refused(run, book, export("x.csv", text))
    assert "x.csv:3: the id 'x1' is already used on line 2" in told


def test_aliases_that_come_with_the_file_count_too(run, book, export):
    text = "person,aliases\nBo Park,Bo\n\ndate,giver,receiver\n2026-01-08,Bo,Bo Park\n"
    told = refused(run, book, export("x.csv", text))
    assert "'Bo' cannot refer to themselves" in told


def test_an_alias_of_somebody_else_is_refused(run, tmp_path, export):
    book = write_book(tmp_path / "book", people="person,aliases\nBo Park,Bo\n")
    told = refused(run, book, export("x.csv", "person,aliases\nCy,Bo\nDee,Bo Park\nEve,E;Bo\n"))
    assert "'Bo' is an alias of 'Cy' here and in the book one of 'Bo Park'" in told
    assert "'Bo Park' is an alias of 'Dee' here and in the book a person" in told
    assert "0 new, 0 already there, 3 refused" in told


def test_the_others_can_be_taken_and_the_lines_are_told(run, book, export):
    file = export("x.csv", OURS + "2026-01-08,Bo,Cy,\nsoon,Bo,Cy,\n2026-01-09,Bo,Cy,\n")
    result = run("import", file, "-b", book, "--partial")
    assert result.stderr.endswith(
        f"Added lines 2 to 3 of {book}/referrals.csv\n"
        "2 new (2 referrals), 0 already there, 1 refused (see above)\n"
        f"Undo: refgraph undo -b {book}\n"
    )


def test_referring_to_oneself_under_another_name_is_refused(run, tmp_path, export):
    book = write_book(tmp_path / "book", people="person,aliases\nAnn Lee,A. Lee\n")
    told = refused(run, book, export("x.csv", OURS + "2026-01-08,A. Lee,Ann Lee,\n"))
    assert "'A. Lee' cannot refer to themselves" in told
    assert "= the book says that both are 'Ann Lee'" in told


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("date,direction,person\n2026-01-08,given,Bo\n", "each row names only the other person"),
        (HUBSPOT, "each row says who referred somebody to you"),
    ],
)
def test_without_a_me_it_is_said_how_to_name_one(run, tmp_path, export, text, word):
    book = write_book(tmp_path / "book", me=None)
    file = export("x.csv", text)
    told = refused(run, book, file)
    assert word in told
    assert "= say it with --me NAME" in told
    run("import", file, "-b", book, "--me", "Ann Lee", "--dry-run")


def test_facts_about_people_of_the_book_are_listed_and_not_overwritten(run, tmp_path, export):
    book = write_book(tmp_path / "book", people="person,email,note\nBo,,old\n")
    text = "person,email,note\nBo,bo@x.org,new\nCy,cy@x.org,\nCy,cy@x.org,met\n"
    told = run("import", export("x.csv", text), "-b", book).stderr
    assert (
        "2 people are there already, of whom the file says something else:\n"
        "  'Bo' (line 2): email bo@x.org, note new\n"
        "  'Cy' (line 4, and is on line 3 too): note met\n"
        "  = nothing is overwritten: put into people.csv what you want to keep\n"
    ) in told
    assert [row.get("note") for row in table(book, "people")] == ["old", None]


def test_strangers_are_listed_with_their_lines_and_whom_they_resemble(run, tmp_path, hubspot):
    book = write_book(tmp_path / "book", people="person,role\nBo Park,\n")
    told = run("import", hubspot, "-b", book).stderr
    assert (
        "2 texts name nobody of the book; these referrals are not imported:\n"
        "  'Google' (line 3)\n"
        "  'Bo Parc' (line 4): did you mean 'Bo Park'?\n"
        "  = who it is can be said with --rename TEXT=NAME or --new-person NAME, "
        'or in a rules file: rename "TEXT" -> "NAME", or new "NAME"; '
        "those like nobody become people with --new-people\n"
    ) in told
    assert "2 not placed (see above)" in told


def test_a_text_that_names_two_people_is_listed_with_both(run, tmp_path, export):
    book = write_book(tmp_path / "book", people="person\nBo Park\nbo park\n")
    file = export("x.csv", "Name,Referred By\nEve,BO PARK\nFlo,Ann Lee\n")
    told = run("import", file, "-b", book, status=1).stderr
    assert "  'BO PARK' (line 2): 'Bo Park' or 'bo park'?\n" in told
    assert "  'Ann Lee' (line 3): that is you\n" in told


def test_what_the_book_has_no_column_for_is_left_out_and_told(tmp_path, export):
    book = write_book(tmp_path / "book", people="person,note\nBo,\n")
    plan = take(book, export("x.csv", "Name,Email,Company,Referred By\nEve,e@x.org,Acme,\n"))
    assert table(book, "people")[1] == {"person": "Eve", "note": "Acme"}
    assert "the book has no columns role, email for people: left out" in plan.notes


def test_what_makes_up_a_referral_is_never_left_out(run, tmp_path, export):
    book = write_book(tmp_path / "book", referrals="date,giver,receiver\n")
    told = refused(run, book, export("x.csv", OURS + "2026-01-08,Bo,Cy,roof\n"))
    assert "there is no column note for 'roof'; nothing was written" in told


def test_a_column_that_a_rule_names_and_the_file_lacks_is_told(run, book, export):
    rules = export(
        "my.rules",
        'column giver "From"\ncolumn receiver "To"\ncolumn note "Why"\nif "When" = "x" skip\n',
    )
    file = export("x.csv", "From,To,What\nBo,Cy,x\n")
    told = refused(run, book, file, "--rules", rules).replace(str(rules), "my.rules")
    assert "x.csv has no column 'why' for note\n      = its columns are: From, To, What" in told
    assert "my.rules:4: there is no column 'When'" in told


def test_rules_that_fit_no_line_are_told(run, book, export):
    rules = export("my.rules", 'column giver "Sender"\ncolumn receiver "To"\n')
    told = refused(run, book, export("x.csv", "From,To,What\nBo,Cy,x\n"), "--rules", rules)
    assert "no line of the first 50 has the columns that" in told
    told = refused(run, book, export("x.csv", "From,To\nBo,Cy\n"), "--rules", "hubspot")
    assert "has the columns that the layout hubspot names" in told
    rules = export("my.rules", "fields note, count\n")
    told = refused(run, book, export("x.csv", "Bo,Cy\n"), "--rules", rules)
    assert "these fields are neither referrals nor people" in told
    rules = export("my.rules", "like hubspt\n")
    told = refused(run, book, export("x.csv", "Bo,Cy\n"), "--rules", rules)
    assert "there is no layout 'hubspt'" in told
    assert "did you mean hubspot?" in told


def test_rows_of_another_width_than_the_rules_say_are_told_once(run, book, export):
    rules = export("my.rules", "fields giver, receiver, note\n")
    told = refused(run, book, export("x.csv", "Bo,Cy\n" * 50), "--rules", rules)
    assert "x.csv:1: the rows of this file have 2 fields, and the rules name 3\n" in told
    assert told.count("x.csv:") == 1


def test_an_encoding_nobody_knows_and_a_wrong_one_are_told(run, book, export):
    file = export("x.csv", "Name,Referred By\nRen\u00e9,Bo\n".encode("mac-roman"))
    assert "is not UTF-8" in refused(run, book, file)
    assert "there is no encoding 'cp99'" in refused(run, book, file, "--encoding", "cp99")
    told = refused(run, book, file, "--encoding", "utf-16")
    assert "utf-16" in told


def test_a_book_on_standard_input_is_no_book_to_write(run, book, export):
    told = run("import", export("x.csv", OURS), "-b", "-", status=1).stderr
    assert "standard input cannot be written to" in told


def test_a_broken_book_is_refused_before_anything_is_read(run, tmp_path, export):
    book = write_book(tmp_path / "book", referrals="date,giver,receiver\nsoon,Bo,Cy\n")
    assert "'soon' is not a date" in refused(run, book, export("x.csv", OURS))


def test_a_book_that_changed_meanwhile_is_not_written(book, export):
    from refgraph.errors import ConflictError
    from refgraph.imports import Request, carry_out, prepare

    file = export("x.csv", OURS + "2026-01-08,Bo,Cy,\n")
    prepared = prepare(Request(str(file), str(book)))
    take(book, file)
    with pytest.raises(ConflictError, match="changed since it was read"):
        carry_out(prepared)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: text[: len(text) // 2], "this workbook is cut off or damaged"),
        (
            lambda text: text.replace("<Table>", "<Table>" + "<a>" * 100).replace(
                "</Table>", "</a>" * 100 + "</Table>"
            ),
            "this workbook is cut off or damaged",
        ),
        (
            lambda text: text.replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook'),
            "this workbook declares XML entities, which are never read",
        ),
        (
            lambda text: text.replace("<Row>", '<Row ss:Index="99999999">'),
            "this workbook puts something at Index '99999999', which is no place",
        ),
        (
            lambda text: text.replace("<Cell>", '<Cell ss:Index="-1">'),
            "this workbook puts something at Index '-1', which is no place",
        ),
        (
            lambda text: text.replace("<Cell>", '<Cell ss:MergeAcross="100000">'),
            "this workbook puts something at MergeAcross '100000', which is no place",
        ),
        (lambda text: text.replace("Row", "Line"), "this file holds no rows"),
        (
            lambda text: text.replace('?xml version="1.0"', '?xml version="1.0" encoding="nope"'),
            "this workbook does not say truly how it is encoded",
        ),
    ],
)
def test_a_workbook_that_is_not_what_it_says_is_refused(run, book, export, damage, message):
    text = sheet_of_xml([["date", "giver", "receiver"], ["2026-01-08", "Bo", "Cy"]])
    assert message in refused(run, book, export("x.xls", damage(text)))


def test_a_workbook_is_read_up_to_its_limits_and_not_beyond(run, book, export, monkeypatch):
    text = sheet_of_xml([["date", "giver", "receiver"], ["2026-01-08", "Bo", "Cy"]])
    file = export("x.xls", text)
    for name, most in (("MOST_ROWS", 2), ("MOST_COLUMNS", 3), ("MOST_BYTES", len(text))):
        with monkeypatch.context() as limit:
            limit.setattr(spreadsheetml, name, most)
            run("import", file, "-b", book, "--dry-run")
            limit.setattr(spreadsheetml, name, most - 1)
            assert "this workbook" in refused(run, book, file)


@given(st.binary(max_size=60), st.sampled_from(["", "First Name,Last Name,Connected On\n", OURS]))
@settings(max_examples=60)
def test_any_bytes_give_rows_or_a_message(tmp_path_factory, data, header):
    folder = tmp_path_factory.mktemp("fuzz")
    book = write_book(folder / "book")
    (folder / "x.csv").write_bytes(header.encode() + data)
    words = ["import", str(folder / "x.csv"), "-b", str(book), "--dry-run"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code in (0, 1)
    assert isinstance(result.exception, (SystemExit, type(None)))
    assert result.stderr


@pytest.mark.parametrize("cut", range(0, 700, 14))
def test_any_beginning_of_an_export_gives_rows_or_a_message(book, export, cut, run):
    text = sheet_of_xml([["From", "To", "Slip Type"], ["Bo", "Cy", "Referral"]])
    for name, whole in (("x.csv", HUBSPOT), ("x.xls", text)):
        result = CliRunner().invoke(
            main,
            ["import", str(export(name, whole[:cut])), "-b", str(book), "--dry-run"],
        )
        assert isinstance(result.exception, (SystemExit, type(None)))


def hostile_files():
    found = [path for folder in HOSTILE for path in sorted((SHARED / folder).glob("*"))]
    return [path for path in found if path.is_file() and path.suffix not in (".json", ".md")]


@pytest.mark.skipif(not hostile_files(), reason="the hostile files are not here")
def test_hostile_files_are_refused_with_a_message_and_never_become_rows(run, book):
    for path in surface.some(hostile_files()):
        told = refused(run, book, path)
        assert "problem in" in told


@pytest.mark.skipif(not hostile_files(), reason="the hostile files are not here")
def test_hostile_files_give_under_rules_only_rows_that_stand_in_them(run, book, export):
    taken = 0
    for path in hostile_files():
        data = path.read_bytes()
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
        try:  # what is UTF-8 beyond doubt is read so, whatever is said
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode(encoding)
        first = next(line for line in text.splitlines() if line.strip())
        mark = max(",;\t|", key=first.count)
        width = max(2, first.count(mark) + 1)
        rules = export("x.rules", f"skip 1\nfields giver, receiver{',' * (width - 2)}\n")
        words = ["import", path, "-b", book, "--dry-run", "--rules", rules]
        result = CliRunner().invoke(
            main,
            [*map(str, words), "--encoding", encoding],
        )
        assert isinstance(result.exception, (SystemExit, type(None))), path
        flat = " ".join(text.replace('""', '"').split())
        for row in csv.DictReader(io.StringIO(result.stdout, newline="")):
            taken += 1
            assert row["giver"] in flat
            assert row["receiver"] in flat
    assert taken > 1000
