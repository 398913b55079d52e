"""What would be left out and decides is asked about, and no row is taken for what it is not."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from exports import take_anew as take

from refgraph import Book
from refgraph.cli import main
from refgraph.errors import LedgerError
from refgraph.imports.cells.contact_cells import contacts_in
from refgraph.imports.cells.totals import total_rows
from refgraph.imports.rules.rules_file import parse_rules
from refgraph.imports.shapes.aligned_text import rows_of_text

ME = "Dana Reed"


def rows_of(plan):
    """Give giver, receiver, prospect and count of the rows that are new."""
    return [
        (row["giver"], row["receiver"], row.get("prospect") or "", row.get("count") or 1)
        for row in plan.rows["referrals"]
    ]


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("Date,Client,Originating Attorney,Responsible Attorney,Referred In By",
         "2026-01-05,Okafor,Ann Lee,Bo Park,Cy Dunn", "Referred In By"),
        ("Name,Introduced,Introduced by,Date", "Kim Ono,Ann Lee,,2026-01-05", "Introduced"),
        ("Date,Provider,Patient,Referred to specialist", "2026-01-05,Ann Lee,K.O.,Bo Park",
         "Provider"),
    ],
)  # fmt: skip
def test_a_column_of_names_that_may_say_a_side_is_asked_about(book, export, header, row, column):
    path = export("x.csv", f"{header}\n{row}\n")
    with pytest.raises(LedgerError, match=f"the column '{column}' may say who gave or got"):
        take(book, path, me=ME)
    assert take(book, path, me=ME, columns={"note": column})  # as is advised


def test_columns_that_may_say_how_many_are_asked_about(book, export):
    path = export("x.csv", "Referral Source,# Referrals 2025\nAnn Lee,3\nBo Park,1\n")
    with pytest.raises(LedgerError, match="'# Referrals 2025' may say how many") as error:
        take(book, path, me=ME)
    assert "have one column Given" in error.value.problems[0].hint
    path = export("y.csv", "Referral Source,Given,Received\nAnn Lee,,3\nBo Park,,1\n")
    assert rows_of(take(book, path, me=ME)) == [("Ann Lee", ME, "", 3), ("Bo Park", ME, "", 1)]


def test_numbers_of_one_way_in_two_columns_are_asked_about(book, export):
    path = export("x.csv", "Partner,Given,Received,Given,Received\nAnn Lee,1,0,2,0\n")
    with pytest.raises(LedgerError, match="'Given' and 'Given' count the same way"):
        take(book, path, me=ME)


def test_columns_of_which_each_row_fills_one_are_one(book, export):
    days = (
        "Given to,Date,Received from,Date,Client\nAnn Lee,2026-01-05,,,Kim Ono\n"
        ",,Bo Park,2026-01-08,Lou Bay\n"
    )
    plan = take(book, export("x.csv", days), me=ME)
    assert [str(row["date"]) for row in plan.rows["referrals"]] == ["2026-01-05", "2026-01-08"]
    days = "Agent,Way,Date sent,Date received\nAnn Lee,out,2026-01-05,\nBo Lee,in,,2026-02-05\n"
    plan = take(book, export("y.csv", days), me=ME)
    assert [str(row["date"]) for row in plan.rows["referrals"]] == ["2026-01-05", "2026-02-05"]


def test_a_header_that_stands_again_is_no_referral(book, export):
    path = export("x.csv", "From,To\nAnn,Bo\nBo,Cy\nFrom,To\nCy,Ann\n")
    plan = take(book, path)
    assert len(rows_of(plan)) == 3
    assert plan.left_out == {"header": 1}
    assert len(Book.read(path).history) == 3


def test_the_blocks_of_a_pivot_that_its_totals_end_are_filled(book, export):
    table = (
        "Region,Giver,Receiver,Count of Client\nNorth,Ann,Bo,2\n,,Cy,1\n,Ann Total,,3\n"
        "North Total,,,3\nSouth,Di,Ed,1\n,Di Total,,1\nSouth Total,,,1\nGrand Total,,,4\n"
    )
    plan = take(book, export("x.csv", table))
    assert rows_of(plan) == [("Ann", "Bo", "", 2), ("Ann", "Cy", "", 1), ("Di", "Ed", "", 1)]
    open_ = table.replace("Ann Total", "")  # nothing says whose the blank cell is
    assert take(book, export("y.csv", open_)).problems.told()


def test_a_total_is_told_and_is_the_sum_of_those_above(book, export):
    head = "Partner,I gave,I got\nAnn,3,2\nQuality,4,2\n"
    plan = take(book, export("x.csv", f"{head}Quality Total,4,2\n"), me=ME)
    told = "left out line 4, a total: 'Quality Total, 4, 2' (if it is a name: --new-person"
    assert told in " ".join(plan.notes)
    assert "Quality Total" not in {each[0] for each in rows_of(plan)}
    named = take(book, export("y.csv", f"{head}Quality Total,4,2\n"), me=ME,
                 newcomers=("Quality Total",))  # fmt: skip
    other = take(book, export("z.csv", f"{head}Quality Total,5,1\n"), me=ME)
    for each in (named, other):
        assert "Quality Total" in {giver for giver, *_ in rows_of(each)}


def test_many_names_that_end_as_totals_do_are_found_in_one_going_through():
    reads = []

    class Row(list):
        def __getitem__(self, at):
            reads.append(at)
            return super().__getitem__(at)

    rows = [Row([f"Name {at} Total", "5"]) for at in range(400)]
    assert total_rows(rows) == []
    assert len(reads) < 400 * 60


def test_rules_that_set_something_by_a_column_of_a_tally_are_refused(book, export):
    path = export("x.csv", "Partner,Region,Given,Received\nAnn,North,3,2\n")
    rules = export("x.rules", 'if "Region" = "North" set status "won"\n')
    with pytest.raises(LedgerError, match="of a table of counts, nothing is set by 'Region'"):
        take(book, path, me=ME, rules=str(rules))


@pytest.mark.parametrize(
    ("void", "people", "left"),
    [
        ("", ["Ann Lee", "Bo Park", "Cy Dunn"], ["Void: x", "Mark: x"]),
        ("Void", ["Ann Lee", "Cy Dunn"], ["Mark: x"]),
        ("mark", ["Ann Lee"], []),  # and the row that is headed as void
    ],
)
def test_of_a_tally_somebody_says_which_column_voids(book, export, void, people, left):
    text = "Name,Given,Received,Void,Mark\nAnn Lee,3,0,,\nBo Park,1,0,x,\nCy Dunn,2,0,,x\n"
    plan = take(book, export("tally.csv", text), me=ME, columns={"void": void})
    assert [row[1] for row in rows_of(plan)] == people
    told = [note.partition(": left out the column ")[2] for note in plan.notes]
    assert [*filter(None, told)] == left


LINES = {
    "1. Ann Lee -> Bo Park: Kim Ono\n2. Bo Park -> Cy Dunn\n": ("Ann Lee", "Bo Park", "Kim Ono"),
    "Week 3\n- Ann Lee → Bo Park (Kim Ono)\n- Bo → Cy\n": ("Ann Lee", "Bo Park", "Kim Ono"),
    "Ann Lee => Bo Park for Kim Ono\nBo Park => Cy Dunn\n": ("Ann Lee", "Bo Park", "Kim Ono"),
    "2026-03-05 Ann Lee -> Bo Park\n2026-03-06 Bo Park -> Cy\n": ("Ann Lee", "Bo Park", ""),
}


@pytest.mark.parametrize("text", LINES)
def test_lines_with_an_arrow_say_who_and_whom_and_of_whom(book, export, text):
    plan = take(book, export("x.txt", text))
    assert rows_of(plan)[0][:3] == LINES[text]
    assert len(rows_of(plan)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee -> Bo Park, Kim Ono\nBo Park -> Cy Dunn, Lou Bay\n",
        "Ann -> Bo -> Cy\nBo -> Cy\n",
        "[12/01/2026, 09:14:02] Ann Lee: Ann Lee -> Bo Park\n[12/01/2026, 09:15:02] Bo: ok\n",
        "12/01/26, 9:14 am - Ann Lee: I sent Kim to Bo\n12/02/26, 9:15 am - Bo Park: thanks\n",
    ],
)
def test_lines_that_do_not_tell_are_refused_with_a_form_that_is_read(book, export, text):
    assert rows_of_text(text, lambda _: False, 99) is None
    path = export("x.txt", text)
    with pytest.raises(LedgerError) as error:
        take(book, path)
    hint = error.value.problems[0].hint
    line = hint.partition("each referral: ")[2].partition(" (the day")[0]
    plan = take(book, export("y.txt", f"{line}\n{line.replace('Kim', 'Lou')}\n"))
    assert rows_of(plan)[0] == ("Ann Lee", "Bo Park", "Kim Ono", 1)


def test_a_compact_pivot_is_named(book, export):
    path = export("x.csv", "Row Labels,Count of Client\nAnn,3\n  Bo,2\n  Cy,1\nGrand Total,3\n")
    with pytest.raises(LedgerError, match="a pivot table in its compact form"):
        take(book, path)


def test_two_sides_with_days_of_their_own_are_two_tables(book, export):
    rows = "Ann Lee,2026-01-05,Bo Park,2026-01-08\nCy Dunn,2026-01-09,Di East,2026-01-10\n"
    plan = take(book, export("x.csv", f"Given to,Date,Received from,Date\n{rows}"), me=ME)
    given, received = {"Ann Lee", "Cy Dunn"}, {"Bo Park", "Di East"}
    assert {each[1] for each in rows_of(plan) if each[0] == ME} == given
    assert {each[0] for each in rows_of(plan) if each[1] == ME} == received


@pytest.mark.parametrize(
    "text",
    [
        "Giver,Receiver,Note\nAnn Lee,Bo Park,web -> call\nBo Park,Cy Dunn,call -> web\n",
        "From|To|Path\nAnn Lee|Bo Park|a -> b\nBo Park|Cy Dunn|b -> c\n",
    ],
)
def test_an_arrow_in_a_cell_makes_no_line_of_a_table(book, export, text):
    plan = take(book, export("x.csv", text), me=ME, columns={})
    assert [row[:2] for row in rows_of(plan)] == [("Ann Lee", "Bo Park"), ("Bo Park", "Cy Dunn")]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("ANN LEE <ann@x.example>; BO PARK", ["ANN LEE", "BO PARK"]),
        ("Ann Lee <ann@x.example>, CCIM, GRI; Bo Park", ["Ann Lee, CCIM, GRI", "Bo Park"]),
    ],
)
def test_whoever_is_written_in_capitals_is_a_contact_and_no_degree(cell, names):
    assert [each.name for each in contacts_in(cell)] == names


def test_counts_of_contacts_are_counted(book, export):
    path = export("x.csv", "Referred by,No. of referrals\nAnn Lee,3\nBo Park,2\n")
    assert rows_of(take(book, path, me=ME)) == [("Ann Lee", ME, "", 3), ("Bo Park", ME, "", 2)]


def test_days_with_a_time_in_a_table_are_no_chat(book, export):
    rows = [f"3/{day}/2026 10:22:11,Ann Lee,Bo Park" for day in (14, 15, 16)]
    path = export("x.csv", "\n".join(["Timestamp,Alpha,Beta", *rows, ""]))
    with pytest.raises(LedgerError) as error:
        take(book, path)
    assert "this is a chat" not in str(error.value)


def test_two_names_may_change_places(book, export):
    path = export("x.csv", "Date,From,To\n2026-01-05,Ann Lee,Cy Dunn\n2026-01-06,Bo Park,Cy Dunn\n")
    renames = {"Ann Lee": "Bo Park", "Bo Park": "Ann Lee"}
    assert [row[0] for row in rows_of(take(book, path, renames=renames))] == ["Bo Park", "Ann Lee"]


def test_what_marks_rows_stands_in_the_rules_that_are_saved(book, export):
    for void in ("", "Deleted"):
        rules = parse_rules("x.rules", f'kind referrals\nvoid "{void}"\n')
        assert rules.void == void
    with pytest.raises(LedgerError, match="void is said twice"):
        parse_rules("x.rules", 'void "A"\nvoid ""\n')
    path = export("x.csv", "Date,From,To,Void\n2026-01-05,Ann,Bo,x\n2026-01-06,Bo,Ann,\n")
    saved = path.with_name("saved.rules")
    words = ["import", str(path), "-b", str(book.parent / "other"), "--columns", "void="]
    done = CliRunner().invoke(main, [*words, "--save-rules", str(saved), "--dry-run"])
    assert done.exit_code == 0, done.output
    plan = take(book, path, rules=str(saved))
    assert len(plan.rows["referrals"]) == 2
