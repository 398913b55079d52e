"""Each way of keeping a record of referrals, read by hand-worked example."""

from __future__ import annotations

import io
import sys
from datetime import date
from decimal import Decimal

import pytest

from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.reading.aliases import alike
from refgraph.schema.columns import COLUMNS

TODAY = date(2026, 6, 30)


def options(**chosen):
    return ReadOptions(**{"today": TODAY, **chosen})


def put(folder, **files):
    for name, text in files.items():
        suffix = ".toml" if name == "refgraph" else ".csv"
        (folder / f"{name}{suffix}").write_text(text, encoding="utf-8", newline="")
    return folder


def ties(record):
    columns = record.referrals.columns
    return list(zip(columns["giver"], columns["receiver"], columns["count"], strict=True))


def test_a_book_folder_gives_every_column(tmp_path):
    put(
        tmp_path,
        referrals="date,giver,receiver,prospect,count,handoff,status,status_date,value,currency,"
        "note,id\n"
        '2026-01-08,Ann,Bo Park,"Dunn, Cy",2,5,won,2026-02-01,1250.50,EUR,kitchen refit,k1\n'
        ",Bo,Ann,,,,,,,,,\n",
        people="person,aliases,role,profession,group,offers,needs,email,cadence,helpful,dependable,"
        "follow_through,track_record,do_not_refer,since,note\n"
        "Bo Park,Bo;B. Park,partner,architect,north,design;plans,clients,bo@example.org,monthly,"
        "5,4,,3,no,2020-01-01,met at the fair\n",
        touches="date,person,kind,personal,note\n2026-02-02,B. Park,E-mail,yes,thanked\n",
        refgraph='me = "Ann"\ntoday = 2026-06-30\n',
    )
    record = read(tmp_path)
    table = record.referrals.columns
    assert (record.me, record.today, record.rows_read) == ("Ann", TODAY, 2)
    assert ties(record) == [("Ann", "Bo Park", 2), ("Bo Park", "Ann", 1)]
    assert table["date"] == [date(2026, 1, 8), None]
    assert table["prospect"] == ["Dunn, Cy", ""]
    assert table["handoff"] == [5, None]
    assert table["status"] == ["won", "given"]
    assert table["status_date"] == [date(2026, 2, 1), None]
    assert table["value"] == [Decimal("1250.50"), None]
    assert (table["currency"], table["note"]) == (["EUR", ""], ["kitchen refit", ""])
    assert table["id"][0] == "k1"
    assert table["id"][1].startswith("r")
    assert table["line"] == [2, 3]
    assert table["file"] == [str(tmp_path / "referrals.csv")] * 2
    people = {name: values[0] for name, values in record.people.columns.items()}
    assert people["aliases"] == ("Bo", "B. Park")
    assert (people["offers"], people["needs"]) == (("design", "plans"), ("clients",))
    assert (people["helpful"], people["follow_through"]) == (5, None)
    assert (people["do_not_refer"], people["since"]) == (False, date(2020, 1, 1))
    touch = {name: values[0] for name, values in record.touches.columns.items()}
    assert (touch["person"], touch["kind"], touch["personal"]) == ("Bo Park", "email", True)


def test_an_alias_is_the_person_wherever_it_stands(tmp_path):
    put(
        tmp_path,
        referrals="date,giver,receiver,prospect\n2026-01-08,Ann,Cy,Bobby\n2026-01-09,Bobby,Ann,\n",
        people="person,aliases\nBo Park,Bobby\n",
    )
    record = read(tmp_path, options())
    assert ties(record) == [("Ann", "Cy", 1), ("Bo Park", "Ann", 1)]
    assert record.referrals.columns["prospect"] == ["Bo Park", ""]


def test_a_single_table_needs_only_the_three_columns_in_any_order_and_case(tmp_path):
    put(tmp_path, book="Receiver, GIVER ,Date\nBo,Ann,2026-01-08\n")
    assert ties(read(tmp_path / "book.csv", options())) == [("Ann", "Bo", 1)]


def test_a_table_with_a_direction_reads_from_my_side(tmp_path):
    put(
        tmp_path,
        mine="date,direction,person,count\n2026-01-08,given,Bo,\n2026-01-09,Received,Cy,3\n",
    )
    record = read(tmp_path / "mine.csv", options(me="Ann"))
    assert ties(record) == [("Ann", "Bo", 1), ("Cy", "Ann", 3)]
    assert list(record.referrals.columns)[:3] == ["date", "giver", "receiver"]


def test_a_table_with_a_direction_under_other_headers(tmp_path):
    put(tmp_path, mine="Wann;Typ;Wer\n08.01.2026;given;Bo\n09.01.2026;received;Cy\n")
    record = read(
        tmp_path / "mine.csv",
        options(
            me="Ann",
            columns={"date": "wann", "direction": "Typ", "person": "Wer"},
            date_format="%d.%m.%Y",
        ),
    )
    assert ties(record) == [("Ann", "Bo", 1), ("Cy", "Ann", 1)]
    assert record.referrals.columns["date"] == [date(2026, 1, 8), date(2026, 1, 9)]
    assert "semicolons" in record.notes[0]


@pytest.mark.parametrize(
    ("given", "received"), [("person", "person"), ("receiver", "giver"), ("person", "giver")]
)
def test_two_files_given_and_received(tmp_path, given, received):
    put(
        tmp_path,
        given=f"date,{given}\n2026-01-08,Bo\n",
        received=f"date,{received},count\n2026-01-09,Cy,2\n",
        refgraph='me = "A. Lee"\n',
        people="person,aliases\nAnn,A. Lee\n",
    )
    record = read(tmp_path, options())
    assert ties(record) == [("Ann", "Bo", 1), ("Cy", "Ann", 2)]
    assert record.me == "Ann"
    assert record.rows_read == 2


def test_positions_stand_for_columns_without_a_header(tmp_path):
    (tmp_path / "edges").write_bytes(
        b"% asym positive\r\n% 3 3\r\n1 2 1 1262454010\r\n2  3 4 1262540410\r\n3\t1 1 0\r\n"
    )
    record = read(
        tmp_path / "edges",
        options(
            header=False,
            comment="%",
            columns={"giver": "1", "receiver": "2", "count": "3", "date": "4"},
            date_format="unix",
        ),
    )
    assert ties(record) == [("1", "2", 1), ("2", "3", 4), ("3", "1", 1)]
    days = [date(2010, 1, 2), date(2010, 1, 3), date(1970, 1, 1)]
    assert record.referrals.columns["date"] == days
    assert record.referrals.columns["line"] == [3, 4, 5]


def test_without_a_header_the_date_may_be_missing_and_other_columns_are_left_out(tmp_path):
    put(tmp_path, edges="x,Ann,Bo\ny,Bo,Ann\n")
    record = read(
        tmp_path / "edges.csv", options(header=False, columns={"giver": "2", "receiver": "3"})
    )
    assert ties(record) == [("Ann", "Bo", 1), ("Bo", "Ann", 1)]
    assert record.referrals.columns["date"] == [None, None]


def test_a_table_can_be_said_to_have_no_dates(tmp_path):
    put(tmp_path, edges="from,to\nAnn,Bo\n")
    columns = {"giver": "from", "receiver": "to", "date": ""}
    assert ties(read(tmp_path / "edges.csv", options(columns=columns))) == [("Ann", "Bo", 1)]


@pytest.mark.parametrize(
    ("separator", "word"), [(",", None), (";", "semicolons"), ("\t", "tabs"), ("|", "vertical")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_line_ends_and_byte_order_marks(tmp_path, separator, word, end, mark):
    lines = ["date,giver,receiver", '2026-01-08,"Lee, Ann",Bo', ""]
    fields = [line.replace('"Lee, Ann"', "Ann").replace(",", separator) for line in lines]
    put(tmp_path, book=mark + end.join(fields))
    record = read(tmp_path / "book.csv", options())
    assert ties(record) == [("Ann", "Bo", 1)]
    assert record.referrals.columns["line"] == [2]
    assert [word in note for note in record.notes] == ([True] if word else [])


def test_blank_lines_and_comments_are_not_rows_but_count_as_lines(tmp_path):
    put(
        tmp_path,
        book='\n# mine\ndate,giver,receiver,note\n\n# x,"y\n2026-01-08,Ann,Bo,"a\n# b"\n,,,\n'
        "2026-01-09,Bo,Ann,\n# end",
    )
    record = read(tmp_path / "book.csv", options(comment="#"))
    assert record.referrals.columns["note"] == ["a\n# b", ""]
    assert record.referrals.columns["line"] == [6, 9]
    assert record.rows_read == 2


def test_a_header_alone_is_an_empty_record_with_every_column(tmp_path):
    put(tmp_path, book="date,giver,receiver\n")
    record = read(tmp_path / "book.csv", options())
    assert record.rows_read == len(record.referrals) == 0
    assert {len(values) for values in record.referrals.columns.values()} == {0}
    full = read(put(tmp_path, referrals="date,giver,receiver\n2026-01-08,Ann,Bo\n"), options())
    assert list(full.referrals.columns) == list(record.referrals.columns)
    assert list(full.people.columns)[:2] == ["person", "aliases"]
    assert list(full.touches.columns) == [*COLUMNS["touches"], "file", "line"]


def test_standard_input_is_a_dash(monkeypatch):
    raw = io.BytesIO(b"date,giver,receiver\n2026-01-08,Ann,Bo\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw, encoding="utf-8"))
    assert ties(read("-", options())) == [("Ann", "Bo", 1)]
    monkeypatch.setattr(sys, "stdin", io.StringIO("date,giver,receiver\n"))
    assert ties(read("-", options())) == []


def test_columns_that_are_not_ours_are_left_out_and_said(tmp_path):
    put(tmp_path, book="date,giver,receiver,phone,\n2026-01-08,Ann,Bo,12,x\n")
    record = read(tmp_path / "book.csv", options())
    assert len(record.notes) == 1
    assert record.notes[0].endswith("left out the columns phone, number 5, without a name")


def test_status_changes_the_newest_stands_and_of_one_day_the_last(tmp_path):
    put(
        tmp_path,
        referrals="date,giver,receiver,status,status_date,id\n"
        "2026-01-08,Ann,Bo,,,a\n2026-01-08,Ann,Cy,met,2026-03-01,b\n2026-01-08,Ann,Di,,,c\n",
        statuses="date,id,status,note\n2026-02-02,a,won,\n2026-02-01,a,contacted,\n"
        "2026-02-01,b,contacted,\n2026-02-01,c,met,\n2026-02-01,c,lost,\n",
    )
    table = read(tmp_path, options()).referrals.columns
    assert table["status"] == ["won", "met", "lost"]
    assert table["status_date"] == [date(2026, 2, 2), date(2026, 3, 1), date(2026, 2, 1)]


def test_ids_come_from_content_stay_when_rows_move_and_number_equal_rows(tmp_path):
    rows = ["2026-01-08,Ann,Bo,", "2026-01-09,Bo,Ann,", "2026-01-08,Ann,Bo,"]
    header = "date,giver,receiver,id\n"
    put(tmp_path, a=header + "\n".join([*rows, ""]), b=header + "\n".join([*rows[::-1], ""]))
    first = read(tmp_path / "a.csv", options()).referrals.columns["id"]
    assert sorted(first) == sorted(read(tmp_path / "b.csv", options()).referrals.columns["id"])
    assert len(set(first)) == 3
    assert first[2] == f"{first[0]}-2"
    put(tmp_path, c=header + f"{rows[0]}{first[0]}\n{rows[2]}\n")
    assert read(tmp_path / "c.csv", options()).referrals.columns["id"] == [first[0], first[2]]


def test_an_alias_added_later_changes_no_id(tmp_path):
    put(tmp_path, referrals="date,giver,receiver\n2026-01-08,A. Lee,Bo\n")
    before = read(tmp_path, options()).referrals.columns
    put(tmp_path, people="person,aliases\nAnn Lee,A. Lee\n")
    after = read(tmp_path, options()).referrals.columns
    assert (before["giver"], after["giver"]) == (["A. Lee"], ["Ann Lee"])
    assert before["id"] == after["id"]


def test_files_with_nearly_the_right_name_are_mentioned(tmp_path):
    put(tmp_path, referrals="date,giver,receiver\n", touch="x\n", given="x\n", budget="x\n")
    notes = read(tmp_path, options()).notes
    assert [note.partition(": ")[2] for note in notes] == [
        "not read, because of referrals.csv",
        "not read; did you mean to call it touches.csv?",
    ]


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (
            ["Ann Lee", "ann lee"],
            "'Ann Lee' and 'ann lee' differ only in capital letters or accents",
        ),
        (["José", "Jose", "JOSÉ"], "'JOSÉ', 'Jose' and 'José' differ"),
        (["Straße", "Strasse"], "'Strasse' and 'Straße' differ"),
        (["Ann\u200b", "Ann"], "accents or invisible characters: one person?"),
        (["Ａｎｎ", "Ann"], "'Ann' and 'Ａｎｎ' differ"),
        (["Ann", "Anne"], None),
        (["かき", "がき"], None),
    ],
)
def test_names_that_look_alike_are_asked_about(tmp_path, names, asked):
    rows = "".join(f"2026-01-0{day},{name},Bo\n" for day, name in enumerate(names, 1))
    notes = read(put(tmp_path, referrals=f"date,giver,receiver\n{rows}"), options()).notes
    assert [asked in note for note in notes] == ([True] if asked else [])
    put(tmp_path, people=f"person,aliases\n{names[0]},{';'.join(names[1:])}\n")
    assert read(tmp_path, options()).notes == ()


def test_of_many_names_that_look_alike_a_few_are_told_and_the_rest_counted():
    told = alike(name for at in range(9) for name in (f"p{at}", f"P{at}"))
    assert len(told) == 6
    assert (
        told[-1] == "4 more names with several spellings like these: refgraph people --lookalikes"
    )


def test_today_is_the_option_then_the_setting_then_the_clock(tmp_path):
    put(tmp_path, referrals="date,giver,receiver\n", refgraph="today = 2025-05-05\n")
    assert read(tmp_path, options()).today == TODAY
    assert read(tmp_path).today == date(2025, 5, 5)
    assert read(tmp_path / "referrals.csv").today >= date(2025, 11, 1)


def test_a_single_file_never_reads_the_settings_beside_it(tmp_path):
    put(tmp_path, referrals="date,giver,receiver\n", refgraph="this is not toml")
    assert read(tmp_path / "referrals.csv", options()).me is None
    with pytest.raises(LedgerError):
        read(tmp_path, options())


def test_the_alias_of_me_is_me(tmp_path):
    put(tmp_path, referrals="date,giver,receiver\n", people="person,aliases\nAnn Lee,Ann\n")
    assert read(tmp_path, options(me="Ann")).me == "Ann Lee"
    assert read(tmp_path, options(me="Nobody")).me == "Nobody"


def test_a_change_of_status_from_before_the_referral_does_not_stand(tmp_path):
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver,status,id\n2026-01-05,Ann,Bo,won,r1\n", encoding="utf-8"
    )
    (tmp_path / "statuses.csv").write_text("date,id,status\n2025-01-01,r1,lost\n", encoding="utf-8")
    record = read(tmp_path, ReadOptions(today=date(2026, 6, 30)))
    assert record.referrals.columns["status"] == ["won"]
