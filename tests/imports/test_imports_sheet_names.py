"""A sheet for each partner, cells merged downwards, months side by side: understood, or asked."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph import Book
from refgraph.errors import LedgerError

ME = "Dana Reed"
LOG = [
    ["Date", "Direction", "Client"],
    ["2026-01-02", "Given", "Cy Dunn"],
    ["2026-02-02", "Received", "Di Eames"],
]
SENT = [["Date", "Referred to", "Client"], ["2026-01-02", "Gil Hay", "Cy Dunn"]]


def workbook(path, sheets, merged=()):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        for each in merged:
            page.merge_cells(each)
    book.save(path)
    return path


def pairs(path, me=ME):
    rows = Book.read(path, me=me, today="2026-06-30").referrals
    return [*zip(rows["giver"], rows["receiver"], rows["prospect"], strict=True)]


def written(folder):
    with (folder / "book" / "referrals.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["giver"], row["receiver"]) for row in csv.DictReader(stream)]


def test_a_sheet_for_each_partner_is_about_that_partner(tmp_path, run):
    path = workbook(tmp_path / "p.xlsx", {"Ann Lee": LOG, "Bo Park": LOG})
    run("import", path, "-b", tmp_path / "book", "--me", ME)
    expected = [(ME, "Ann Lee"), ("Ann Lee", ME), (ME, "Bo Park"), ("Bo Park", ME)]
    assert written(tmp_path) == expected
    assert sorted(each[:2] for each in pairs(path)) == sorted(expected)


def test_sheets_called_otherwise_are_asked_about_and_the_remedy_works(tmp_path, run):
    path = workbook(tmp_path / "p.xlsx", {"Ann": LOG, "Closed Deals": LOG})
    told = run("import", path, "-b", tmp_path / "book", "--me", ME, status=1).stderr
    assert "--columns 'person=sheet name'" in told
    run("import", path, "-b", tmp_path / "book", "--me", ME, "--columns", "person=sheet name")
    assert [other for pair in written(tmp_path) for other in pair if other != ME] == [
        *["Ann"] * 2,
        *["Closed Deals"] * 2,
    ]


def test_who_a_sheet_is_called_after_may_have_given_what_it_says_was_sent(tmp_path, run):
    path = workbook(tmp_path / "p.xlsx", {"Ann Lee": SENT, "Bo Park": SENT})
    told = run("import", path, "-b", tmp_path / "book", "--me", ME, status=1).stderr
    assert "--columns 'receiver=Referred to,giver=sheet name'" in told
    assert not (tmp_path / "book").exists()
    with pytest.raises(LedgerError, match="may say who gave"):
        pairs(path)
    said = ("--me", ME, "--columns", "receiver=Referred to,giver=sheet name")
    run("import", path, "-b", tmp_path / "book", *said)
    assert written(tmp_path) == [("Ann Lee", "Gil Hay"), ("Bo Park", "Gil Hay")]
    # and where nobody is me, there is nobody else who may have given
    assert [each[:2] for each in pairs(path, None)] == written(tmp_path)


def test_cells_merged_downwards_say_the_same_of_each_row_but_an_amount(tmp_path, run):
    rows = [
        ["Referred by", "Referred to", "Client", "Fee"],
        ["Ann Lee", "Bo Park", "Cy Dunn", 300],
        [None, "Cal Roe", "Di Eames", None],
    ]
    path = workbook(tmp_path / "m.xlsx", {"Log": rows}, ["A2:A3"])
    assert pairs(path, None) == [
        ("Ann Lee", "Bo Park", "Cy Dunn"),
        ("Ann Lee", "Cal Roe", "Di Eames"),
    ]
    path = workbook(tmp_path / "m.xlsx", {"Log": rows}, ["A2:A3", "D2:D3"])
    told = run("import", path, "-b", tmp_path / "book", status=1).stderr
    assert "cell D3 is merged with D2" in told
    assert "cell A3" not in told


def months(title, counts, header="Partner"):
    stream = io.StringIO()
    rows = [[title, *[""] * 3], [header, "Jan", "Feb", "Mar"], *counts]
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


COUNTS = st.lists(st.integers(0, 9), min_size=3, max_size=3)


@settings(max_examples=15, deadline=None)
@given(one=COUNTS, other=COUNTS)
def test_the_counts_of_months_sum_to_those_of_each_partner(tmp_path_factory, one, other):
    if not sum(one) + sum(other):
        return
    path = tmp_path_factory.mktemp("months") / "log.csv"
    rows = [["Ann Lee", *one], ["Bo Park", *other]]
    path.write_text(months("Referrals received 2025", rows), encoding="utf-8")
    made = Book.read(path, me=ME, today="2026-06-30").referrals
    assert {*made["receiver"]} == {ME}
    sums = made.groupby("giver")["count"].sum().to_dict()
    assert sums == {name: sum(n) for name, n in (("Ann Lee", one), ("Bo Park", other)) if sum(n)}


def test_months_without_a_direction_are_asked_about_and_the_remedy_works(tmp_path, run):
    path = tmp_path / "log.csv"
    path.write_text(months("", [["Ann Lee", 2, 0, 1]]), encoding="utf-8")
    told = run("import", path, "-b", tmp_path / "book", "--me", ME, status=1).stderr
    assert "--columns giver=Partner" in told.replace("'", "")
    run("import", path, "-b", tmp_path / "book", "--me", ME, "--columns", "giver=Partner")
    assert written(tmp_path) == [("Ann Lee", ME)] * 2


def test_months_of_the_members_of_a_group_name_no_pair(tmp_path, run):
    path = tmp_path / "received 2025.csv"
    path.write_text(months("", [["Ann Lee", 2, 0, 1]], "Member"), encoding="utf-8")
    told = run("import", path, "-b", tmp_path / "book", "--me", ME, status=1).stderr
    assert "do not say who gave to whom" in told


@pytest.mark.parametrize(
    "header",
    [
        "How did you hear about us?",
        "Wie sind Sie auf uns aufmerksam geworden?",
        "Comment nous avez-vous connus ?",
        "¿Cómo nos conoció?",
        "Come ci ha conosciuto?",
        "Hoe heeft u ons gevonden?",
        "Como nos conheceu?",
    ],
)
def test_who_heard_of_us_from_a_person_was_referred_and_from_a_search_was_not(tmp_path, header):
    path = tmp_path / "clients.csv"
    rows = [["Name", header], ["Cy Dunn", "Google"], ["Di Eames", "Ann Lee"], ["Ed Fox", "Bo Park"]]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    assert pairs(path) == [("Ann Lee", ME, "Di Eames"), ("Bo Park", ME, "Ed Fox")]


@pytest.mark.parametrize("header", ["+/-", "Direction"])
def test_plus_and_minus_are_asked_about_once(tmp_path, run, header):
    path = tmp_path / "log.csv"
    path.write_text(f"{header},Name,Client\n+,Ann Lee,Cy\n-,Bo Park,Di\n", encoding="utf-8")
    told = run("import", path, "-b", tmp_path / "book", "--me", ME, status=1).stderr
    assert "--rename '+=given', or --rename '+=received'" in told
    run("import", path, "-b", tmp_path / "book", "--me", ME, "--rename", "+=received")
    assert written(tmp_path) == [("Ann Lee", ME), (ME, "Bo Park")]


def test_a_me_of_whom_no_row_speaks_is_taken_alike_and_one_misspelt_is_not(tmp_path, run):
    path = tmp_path / "log.csv"
    path.write_text("From,To\nAnn Lee,Bo Park\n", encoding="utf-8")
    assert Book.read(path, me=ME, today="2026-06-30").me == ME
    run("import", path, "-b", tmp_path / "book", "--me", ME)
    assert Book.read(tmp_path / "book", today="2026-06-30").me == ME
    with pytest.raises(KeyError, match="Did you mean 'Ann Lee'"):
        Book.read(path, me="Ann Lea", today="2026-06-30")
    told = run("import", path, "-b", tmp_path / "other", "--me", "Ann Lea", status=1).stderr
    assert "Did you mean 'Ann Lee'" in told
    run("import", path, "-b", tmp_path / "other", "--me", "Ann Lea", "--new")
