"""Each named check finds what it is for, says where and what to do, and nothing else."""

from __future__ import annotations

import json
import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import dated_rows, write_rows
from workload import calls

from refgraph import reading
from refgraph.reading import checks

HEADER = "date,giver,receiver\n"
TODAY = ("--today", "2026-06-30")


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        book = tmp_path / "book"
        book.mkdir(exist_ok=True)
        for name, text in files.items():
            kind = "toml" if name == "refgraph" else "csv"
            (book / f"{name}.{kind}").write_text(text, encoding="utf-8")
        return book

    return write


def found(run, book, *words, status=1):
    result = run("check", book, *TODAY, *words, "-O", "json", status=status)
    return [(each["check"], each["lineno"], each["message"]) for each in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("check", "files"),
    [
        ("parseable", {"referrals": f'{HEADER}2026-01-01,"Ann,Bo\n'}),
        ("parseable", {"referrals": f"{HEADER}2026-01-01,Ann\n"}),
        ("parseable", {"referrals": HEADER, "refgraph": "me = \n"}),
        ("complete", {"referrals": f"{HEADER}2026-01-01,Ann,Bo"}),
        ("fields", {"referrals": "date,giver,receiver,handoff\n2026-01-01,Ann,Bo,6\n"}),
        ("fields", {"referrals": HEADER, "touches": "date,person,kind\n2026-01-01,Bo,settled\n"}),
        ("dates", {"referrals": f"{HEADER}2026-07-02,Ann,Bo\n"}),
        ("dates", {"referrals": HEADER, "people": "person,since\nAnn,2026-02-30\n"}),
        ("counts", {"referrals": "date,giver,receiver,count\n2026-01-01,Ann,Bo,0\n"}),
        ("distinct", {"referrals": f"{HEADER}2026-01-01,Ann,Ann\n"}),
        ("ids", {"referrals": "date,giver,receiver,id\n,Ann,Bo,a\n,Ann,Cy,a\n"}),
        ("ids", {"referrals": HEADER, "statuses": "date,id,status\n2026-01-01,x,won\n"}),
        ("aliases", {"referrals": HEADER, "people": "person,aliases\nAnn,Bo\nBo,\n"}),
        (
            "assertions",
            {"referrals": HEADER, "assertions": "date,person,given\n2026-01-01,Ann,1\n"},
        ),
    ],
)
def test_a_problem_has_the_name_of_its_check(run, folder, check, files):
    book = folder(**files)
    assert {name for name, _, _ in found(run, book)} == {check}
    assert len(found(run, book, "--only", check)) == 1
    others = [name for name in checks.NAMES if name != check]
    assert found(run, book, "--only", ",".join(others), status=0) == []
    rest = run("check", book, *TODAY, "--only", ",".join(others))
    told = "1 other problem not shown: refgraph check without --only.\n"
    assert rest.stderr.endswith(told) == (check != "assertions")  # that is not run unasked


def test_strict_checks_by_hand(run, folder):
    book = folder(
        referrals="date,giver,receiver,note,id\n"
        "2026-03-01,Bo Park,Me,,\n"
        "2026-01-01,Bo Park,Me,,\n"
        "2026-03-01,Bo Prak,Me,,\n"
        "2026-03-01,Bo Park,Me,,second\n"
        "2026-03-02,Bo Park,Me,lunch,a\n"
        "2026-03-02,Bo Park,Me,lunch,b\n"
        ",Bo Park,Me,,\n",
        people="person\nBo Park\n",
        touches="date,person,kind\n2026-02-01,Zoë,call\n2026-01-31,Bo Park,call\n",
        refgraph='me = "Me"\n',
    )
    assert found(run, book, "--strict") == [
        ("ordereddates", 3, "2026-01-01 stands below 2026-03-01 of line 2"),
        (
            "people",
            4,
            "'Bo Prak' appears once and is not in people.csv; did you mean 'Bo Park' (6 times)?",
        ),
        (
            "duplicates",
            5,
            "the same date, pair, prospect, count and note as on line 2: counted twice",
        ),
        ("people", 2, "'Zoë' is in touches only and is not in people.csv"),
        ("ordereddates", 3, "2026-01-31 stands below 2026-02-01 of line 2"),
    ]
    told = run("check", book, *TODAY)
    assert told.stdout == ""
    assert told.stderr.startswith(
        "Note: 1 row repeats another, and is counted again: line 5 as line"
    )
    (book / "people.csv").unlink()
    assert not [name for name, _, _ in found(run, book, "--strict") if name == "people"]


def test_checks_by_name_by_hand(run, folder):
    book = folder(
        referrals="date,giver,receiver,note\n2026-05-30,=1+1,Me,-\n2026-01-01,Bo,Cy,\n",
        people="person,cadence,role\n=1+1,monthly,\nBo,,client\nCy,none,client\nDi,yearly,client\n"
        "Me,monthly,\n",
        touches="date,person,kind\n2026-03-29,Bo,call\n",
        refgraph='me = "Me"\n[cadence]\nclient = "quarterly"\n',
    )
    assert found(run, book, "--only", "recent") == [
        (
            "recent",
            3,
            "the last contact with 'Bo' was 93 days ago, on 2026-03-29; their cadence is quarterly",
        ),
        ("recent", 5, "no touch and no referral with 'Di' has a date; their cadence is yearly"),
    ]
    assert found(run, book, "--only", "spreadsheet") == [
        ("spreadsheet", 2, "person begins with '=': a spreadsheet computes it"),
        ("spreadsheet", 2, "giver begins with '=': a spreadsheet computes it"),
        ("spreadsheet", 2, "note begins with '-': a spreadsheet computes it"),
    ]
    assert len(found(run, book, "--only", "recent", "--only", "spreadsheet")) == 5
    assert [name for name, _, _ in found(run, book, "--strict")] == ["ordereddates"]


def test_lookalikes_by_hand(run, folder):
    book = folder(
        referrals="date,giver,receiver,prospect\n2026-01-01,Ann Lee,Me,\n2026-01-02,Me,Bo Park,\n"
        '2026-01-03,"Lee, Ann",Me,J. O\'Neil\n2026-01-04,Bo Park,Bo Parks,\n',
        people="person,aliases\nJo O'Neil,\nAnn Lee,\n",
        touches="date,person,kind\n2026-02-01,bo park,call\n",
        refgraph='me = "Me"\n',
    )
    assert found(run, book, "--only", "lookalikes") == [
        ("lookalikes", 4, "'Lee, Ann' may be 'Ann Lee': the same words in another order"),
        ("lookalikes", 4, "'J. O'Neil' may be 'Jo O'Neil': an initial stands for a name"),
        ("lookalikes", 2, "'bo park' may be 'Bo Park': differ only in capital letters"),
        ("lookalikes", 2, "'bo park' may be 'Bo Parks': one edit apart"),
    ]
    text = run("check", book, *TODAY, "--only", "lookalikes", status=1).stdout
    assert f"= if they are one: refgraph people merge 'Ann Lee' 'Lee, Ann' -b {book}\n" in text
    run("people", "merge", "Ann Lee", "Lee, Ann", "-b", book)
    assert len(found(run, book, "--only", "lookalikes")) == 3
    assert found(run, book, "--strict")[0][0] == "people"  # no lookalikes unasked
    table = folder(referrals="date,giver,receiver\n2026-01-01,Ann Lee,Bo\n2026-01-03,Cy,Ann Leee\n")
    alone = run("check", table / "referrals.csv", *TODAY, "--only", "lookalikes", status=1).stdout
    assert "= if they are one, write the name the same way everywhere\n" in alone


def test_the_command_that_shows_the_rows_of_an_assertion_can_be_typed(run, folder):
    book = folder(
        referrals="date,giver,receiver\n2026-01-01,Bo O'Neil,Cy\n",
        assertions="date,person,given\n2026-01-01,Bo O'Neil,2\n2026-01-01,Bo ONeil,1\n",
    )
    text = run("check", book, *TODAY, status=1).stdout
    words = shlex.split(text.split("= see the rows: refgraph ")[1].splitlines()[0])
    assert "Cy" in run(*words, "-b", book).stdout
    assert "= no referral names them; did you mean 'Bo O'Neil'?\n" in text


def test_assertions_that_are_no_file_are_not_passed_over(run, folder):
    book = folder(referrals=HEADER)
    (book / "assertions.csv").symlink_to("moved.csv")
    assert found(run, book) == [("parseable", 0, "no such file or folder")]


def test_an_assertion_beside_a_row_that_cannot_be_read_says_so(run, folder):
    book = folder(
        referrals=f"{HEADER}2026-01-01,Ann,Bo\n2026-02-30,Ann,Bo\n",
        assertions="date,person,given\n2026-03-01,Ann,2\n",
    )
    text = run("check", book, *TODAY, status=1).stdout
    assert "has given 1, not 2" in text
    assert "= rows that cannot be read are in no total: correct them first\n" in text


def test_each_name_that_nobody_declared_is_compared_with_few(run, folder):
    first = ("Ada", "Bea", "Cleo", "Dora", "Emil")
    last = [
        "Lee",
        "Moss",
        "Park",
        "Roth",
        "Voss",
        "Quigg",
        "Zhu",
        "Ybarra",
        "Nkemelu",
        "Wolff",
        "Tanaka",
        "Oduya",
    ]

    def calls_for(families):
        names = [
            f"{one} {at}{other}"
            for other in last[:families]
            for one in first
            for at in "abcdefghij"
        ]
        rows = "".join(f",{name},Me\n" for name in names)
        declared = "".join(f"{name}\n" for name in names[::2])
        stated = "".join(f"2026-01-01,{name}x,1\n" for name in names)
        book = folder(
            referrals=HEADER + rows,
            people=f"person\nMe\n{declared}",
            assertions=f"date,person,given\n{stated}",
        )
        said = []
        made = calls(lambda: said.extend(found(run, book, "--only", "people,assertions")))
        checked = [name for name, _, _ in said]
        assert checked.count("people") == len(names) // 2
        assert checked.count("assertions") == len(names)
        return made

    assert calls_for(10) < 8 * calls_for(2)  # squared it were 25


def test_assertions_by_hand(run, folder):
    book = folder(
        referrals="date,giver,receiver,count\n"
        "2026-01-01,Ann,Bo,3\n2026-02-01,A. Lee,Bo,4\n2026-03-01,Bo,Ann,1\n,Ann,Bo,2\n",
        people="person,aliases\nAnn,A. Lee\n",
        assertions="date,person,given,received,note\n"
        "2026-01-31,Ann,3,0,\n2026-02-01,A. Lee,7,,chapter report\n2026-02-28,Bo,0,7,\n"
        "2026-03-01,Bo,2,8,\n2026-01-01,Eve,1,0,\n2026-01-01,Ann,,,\n2026-01-01,Ann,-1,,\n",
    )
    assert found(run, book) == [
        ("assertions", 5, "as of 2026-03-01 'Bo' has given 1, not 2"),
        ("assertions", 5, "as of 2026-03-01 'Bo' has received 7, not 8"),
        ("assertions", 6, "as of 2026-01-01 'Eve' has given 0, not 1"),
        ("fields", 7, "nothing is asserted here"),
        ("fields", 8, "given must be a whole number of 0 or more, got '-1'"),
    ]
    text = run("check", book, *TODAY, status=1).stdout
    assert (
        "= 2 more without a date are in no total; see the rows: "
        f"refgraph register 'Bo' --until 2026-03-01 -b {book}\n"
    ) in text
    assert "= no referral names them\n" in text
    (book / "assertions.csv").write_text("date,who\n", encoding="utf-8")
    assert [line for _, line, _ in found(run, book)] == [1]


@settings(max_examples=30, deadline=None)
@given(rows=dated_rows(), day=st.dates())
def test_what_the_book_says_itself_can_be_asserted(tmp_path_factory, rows, day):
    book = tmp_path_factory.mktemp("asserted")
    cells = [(on or "", giver, receiver, count) for on, giver, receiver, count, *_ in rows]
    write_rows(book / "referrals.csv", ["date", "giver", "receiver", "count"], cells)
    record = reading.read(book)
    day = min(day, record.today)
    table = record.referrals.columns
    totals = {name: [0, 0] for name in [*table["giver"], *table["receiver"]]}
    for on, giver, receiver, count in zip(
        *(table[name] for name in ("date", "giver", "receiver", "count")), strict=True
    ):
        if on is not None and on <= day:
            totals[giver][0] += count
            totals[receiver][1] += count
    stated = [(day, name, *both) for name, both in totals.items()]
    header = ["date", "person", "given", "received"]
    write_rows(book / "assertions.csv", header, stated)
    assert checks.found(record, ["assertions"]) == []
    wrong = [(*row[:2], row[2] + 1, row[3]) for row in stated]
    write_rows(book / "assertions.csv", header, wrong)
    assert [each.line for each in checks.found(record, ["assertions"])] == [
        number + 2 for number in range(len(wrong))
    ]


def test_a_book_with_bad_rows_is_checked_in_what_is_left(run, folder):
    book = folder(referrals=f"{HEADER}2026-02-01,Ann,Bo\n2026-01-01,Ann,Bo\n2026-01-01,Ann,Ann\n")
    names = [name for name, _, _ in found(run, book, "--strict")]
    assert names == ["ordereddates", "distinct"]


def test_a_table_from_standard_input_is_checked(run):
    assert run("check", "-", *TODAY, text=f"{HEADER}2026-01-01,Ann,Bo\n").output == ""
    text = f"{HEADER}2026-02-01,Ann,Bo\n2026-01-01,Ann,Bo\n"
    said = run("check", "-", *TODAY, "--strict", text=text, status=1).stdout
    assert said.startswith("-:3: 2026-01-01 stands below 2026-02-01 of line 2\n      =")
    bad = run("check", "-", *TODAY, "--strict", text=f"{HEADER}2026-01-01,Ann,Ann\n", status=1)
    assert "cannot refer to themselves" in bad.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "duplicate"], "'duplicate' is not a check; did you mean duplicates?"),
        (["--only", "xyz"], "'xyz' is not a check; checks are: parseable, complete,"),
        (["--only", "ids", "--strict"], "--only names the checks; leave out --strict"),
    ],
)
def test_a_wrong_name_of_a_check_is_a_sentence(run, folder, words, said):
    assert said in run("check", folder(referrals=HEADER), *words, status=2).stderr.replace(
        "\n", " "
    )


def test_help_names_every_check(run):
    text = run("check", "--help").stdout
    assert all(f"  {name} " in text for name in checks.NAMES)
