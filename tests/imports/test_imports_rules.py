"""A rules file says what the columns of an export mean; every line that cannot be is named."""

from __future__ import annotations

import pytest
from exports import table, take, write_book

from refgraph.errors import LedgerError
from refgraph.imports.rules.rules_file import WORDS, parse_rules

CLUB = """# club.rules
skip        1
fields      date, , giver, receiver, note
date-format %d/%m/%Y
if note ~ "TYFCB"  skip
rename      "A. Lee" -> "Ann Lee"
"""
EXPORT = """An export of the club
01/02/2026,x,A. Lee,Bo Park,a nice one
02/02/2026,x,Bo Park,Cy Dunn,tyfcb slip
03/02/2026,x,Bo Park,Cy Dunn,
"""


def test_rules_say_what_each_column_is_which_rows_count_and_who_is_who(book, export):
    plan = take(book, export("club.csv", EXPORT), rules=str(export("club.rules", CLUB)))
    rows = [{**row, "id": ""} for row in table(book, "referrals")]
    assert rows == [
        {
            "date": "2026-02-01",
            "giver": "Ann Lee",
            "receiver": "Bo Park",
            "note": "a nice one",
            "id": "",
        },
        {"date": "2026-02-03", "giver": "Bo Park", "receiver": "Cy Dunn", "id": ""},
    ]
    assert plan.left_out == {"by a rule": 1}


def test_rules_over_a_recognised_layout_change_only_what_they_say(tmp_path, hubspot, export):
    book = write_book(tmp_path / "book", people="person,role\nBo Park,\n")
    text = """rename "Bo Parc" -> "Bo Park"
new "Google"
if "Lifecycle Stage" = "customer" skip
if "Company Name" = "" set group "private"
"""
    plan = take(book, hubspot, rules=str(export("my.rules", text)))
    rows = [(row["giver"], row["prospect"]) for row in table(book, "referrals")]
    assert rows == [("Google", "Flo Hart"), ("Bo Park", "Gus Holm"), ("Stone, Eve", "Hal Iver")]
    assert "Google" in [row["person"] for row in table(book, "people")]
    assert plan.listed.strangers == {}
    assert plan.left_out == {"by a rule": 1}
    assert [row["id"] for row in table(book, "referrals")] == [
        *("hubspot-contact-902", "hubspot-contact-903", "hubspot-contact-905"),
    ]


def test_rules_over_a_layout_keep_its_own_conditions(book, export):
    text = (
        "Record ID,Deal Name,Deal Stage,Associated Contact\n"
        "1,Roof,Closed Won,Flo Hart (flo@hart.example)\n2,Attic,Closed Won,Gus Holm\n"
    )
    rules = export("my.rules", 'if "Deal Name" = "attic" skip\n')
    take(book, export("deals.csv", text), rules=str(rules))
    assert table(book, "people") == [
        {"person": "Flo Hart", "role": "client", "email": "flo@hart.example"}
    ]


def test_a_newcomer_nobody_names_does_not_become_a_person(book, hubspot, export):
    take(book, hubspot, rules=str(export("my.rules", 'new "Nobody Here"\n')))
    assert "Nobody Here" not in [row["person"] for row in table(book, "people")]


def test_a_column_is_read_from_the_first_header_that_is_not_blank(book, export):
    rules = """column person "First" + "Last" | "Firm"
column note "Why" | "What"
set role "partner"
"""
    text = "First,Last,Firm,Why,What\nAnn,Lee,Lee Ltd,,x\n,,Acme,y,z\n"
    take(book, export("list.csv", text), rules=str(export("list.rules", rules)))
    assert table(book, "people") == [
        {"person": "Ann Lee", "role": "partner", "note": "x"},
        {"person": "Acme", "role": "partner", "note": "y"},
    ]


def test_a_shipped_layout_can_be_named_and_changed(book, export):
    text = "Record ID,First Name,Last Name,Who sent them\n1,Eve,Stone,Ann\n2,Flo,Hart,Eve Stone\n"
    rules = export("my.rules", 'like hubspot\ncolumn referrer "Who sent them"\n')
    plan = take(book, export("list.csv", text), rules=str(rules))
    assert [row["giver"] for row in table(book, "referrals")] == ["Eve Stone"]
    assert plan.listed.strangers == {"Ann": [2]}
    assert take(book, export("list.csv", text), rules="hubspot").new == 0


def test_stated_forms_of_dates_and_amounts_are_obeyed(book, export):
    rules = "date-format %m/%d/%Y\ndecimal comma\nid-prefix club-\n"
    text = 'date,giver,receiver,value,status,id\n01/02/2026,Bo,Cy,"1,500",won,7\n'
    take(book, export("list.csv", text), rules=str(export("my.rules", rules)))
    (row,) = table(book, "referrals")
    assert (row["date"], row["value"], row["id"]) == ("2026-01-02", "1.500", "club-7")
    take(book, export("list.csv", text), rules=None, date_format="%d/%m/%Y", decimal="point")


def test_values_can_be_set_by_what_another_column_holds(book, export):
    rules = """column giver "From"
column receiver "To"
column value "Worth"
if "Stage" = "Closed won" set status "won"
if "Stage" ~ "lost" set status "lost"
"""
    text = "From,To,Stage,Worth\nBo,Cy,closed WON,5\nBo,Cy,Lost to Dee,\nBo,Cy,open,\n"
    take(book, export("list.csv", text), rules=str(export("my.rules", rules)))
    assert [row.get("status") for row in table(book, "referrals")] == ["won", "lost", None]


@pytest.mark.parametrize("word", WORDS)
def test_each_rule_can_be_written_as_its_message_says(word):
    assert parse_rules("x.rules", WORDS[word] + "\n") != parse_rules("x.rules", "")


BAD = """skipp 1
fields date,givr
rename "a"->b
if x ~ "y"
column giver From
date-format %Q
set role
like
kind foo
decimal dot
skip two
skip 1
skip 2
if note ~ "x" skip now
column note "a" = "b"
column person "a" +
column person "a"
column person "b"
rename "a" -> "b"
rename "a" -> "c"
fields date, date
new "a" "b"
new "a
zzz
"""


def test_every_line_that_is_no_rule_is_named_with_a_remedy():
    with pytest.raises(LedgerError) as caught:
        parse_rules("bad.rules", BAD)
    found = {problem.line: str(problem) for problem in caught.value.problems}
    assert [*found] == [*range(1, 12), *range(13, 17), 18, *range(20, 25)]
    assert found[1] == (
        "bad.rules:1: there is no rule 'skipp'\n    1 | skipp 1\n      = did you mean skip?"
    )
    assert found[2].endswith(
        "'givr' is not a column of a book\n    2 | fields date,givr\n      = did you mean giver?"
    )
    assert found[4].splitlines() == [
        "bad.rules:4: this rule is not complete",
        '    4 | if x ~ "y"',
        '      = write it like: if note ~ "TYFCB" skip',
    ]
    assert found[13].splitlines()[0] == "bad.rules:13: skip is said twice"
    assert found[18].splitlines()[0] == "bad.rules:18: the column person is said twice"
    assert all("\n" in text and " = " in text for text in found.values())


def test_a_quote_in_a_text_is_written_twice():
    rules = parse_rules("x.rules", 'rename "Bo ""the roof"" Park" -> "Bo Park"\n')
    assert rules.renames == {'Bo "the roof" Park': "Bo Park"}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('if note ~ "" skip', "every cell holds"),
        ('if note ~ " " set status "won"', "every cell holds"),
        ('if "Closed" = "Yes" set status "paid"', "paid"),
        ('set handoff "9"', "9"),
        ('set kind "lunch"', "lunch"),
    ],
)
def test_a_rule_that_no_row_could_keep_is_refused_where_it_is_read(rule, message):
    with pytest.raises(LedgerError, match=message) as caught:
        parse_rules("x.rules", f"skip 1\n{rule}\n")
    assert [problem.line for problem in caught.value.problems] == [2]
    assert caught.value.problems[0].hint


def test_an_empty_cell_is_asked_for_by_an_equals_sign():
    assert parse_rules("x.rules", 'if note = "" skip\n').conditions[0].holds(" ")
