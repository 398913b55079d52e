"""Lines of plain words, typed into a phone, come in as referrals and touches."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.errors import LedgerError
from refgraph.imports import Request, carry_out, prepare
from refgraph.imports.inbox.inbox_lines import is_inbox

TODAY = date(2026, 11, 29)
PEOPLE = "person,aliases\nAnn Lee,Annie\nBo Park,\nCy Dunn,\nJosé Álvarez,\n"
ME = 'me = "Dana Reed"\n'


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "referrals.csv").write_text("date,giver,receiver,prospect,handoff,note\n")
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "refgraph.toml").write_text(ME, encoding="utf-8")
    return folder


def _prepared(home, text, name="inbox.txt", **said):
    file = home.parent / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return prepare(Request(str(file), str(home), today=TODAY, **said))


def _rows(prepared, table, *names):
    return [tuple(row.get(name) for name in names) for row in prepared.plan.rows[table]]


REFERRALS = {
    "Ann Lee > me Okafor Dental, called ahead": ("Ann Lee", "Dana Reed", "Okafor Dental", 4),
    "me > Ann": ("Dana Reed", "Ann Lee", None, None),
    "me -> Bo Park: Harbour Cafe; zu dritt": ("Dana Reed", "Bo Park", "Harbour Cafe", 5),
    "Annie → mir Zahnarzt Okafor": ("Ann Lee", "Dana Reed", "Zahnarzt Okafor", None),
    "me < jose alvarez (Olga Penn), gave her number": (
        *("José Álvarez", "Dana Reed", "Olga Penn"),
        1,
    ),
    "Bo Park => moi pour Café Lune": ("Bo Park", "Dana Reed", "Café Lune", None),
    "Zoe Frost >> me Hal's Roofing - will call": ("Zoe Frost", "Dana Reed", "Hal's Roofing", 0),
}


@pytest.mark.parametrize("line", REFERRALS)
def test_an_arrow_is_a_referral(home, line):
    prepared = _prepared(home, line)
    assert prepared.plan.problems == []
    said = _rows(prepared, "referrals", "giver", "receiver", "prospect", "handoff", "date")
    assert said == [(*REFERRALS[line], TODAY)]


TOUCHES = {
    "thanks Ann for Okafor": ("Ann Lee", "thanks", None),
    "Danke an Bo": ("Bo Park", "thanks", None),
    "Merci à Cy Dunn": ("Cy Dunn", "thanks", None),
    "Gracias a José": ("José Álvarez", "thanks", None),
    "Ann thanked me": ("Ann Lee", "they-thanked-me", None),
    "Bo hat sich bedankt": ("Bo Park", "they-thanked-me", None),
    "coffee with Cy": ("Cy Dunn", "meeting", None),
    "Mittagessen mit Ann Lee": ("Ann Lee", "meeting", None),
    "pranzo con Bo": ("Bo Park", "meeting", None),
    "called Ann": ("Ann Lee", "call", None),
    "gebeld met Cy": ("Cy Dunn", "call", None),
    "introduced Ann to Bo": ("Ann Lee", "introduction", "Bo Park"),
    "vorgestellt Ann und Cy Dunn": ("Ann Lee", "introduction", "Cy Dunn"),
    "présenté Bo à Cy": ("Bo Park", "introduction", "Cy Dunn"),
    "gift Annie": ("Ann Lee", "gift", None),
}


@pytest.mark.parametrize("line", TOUCHES)
def test_a_verb_and_a_name_are_a_touch(home, line):
    prepared = _prepared(home, f"3.11. {line}")
    assert prepared.plan.problems == []
    said = _rows(prepared, "touches", "person", "kind", "with", "date")
    assert said == [(*TOUCHES[line], date(2026, 11, 3))]


def test_a_day_stands_before_a_line_or_above_several(home):
    text = "# notes\n2026-11-02\n- thanks Ann\n* 5 Nov 2026: met Bo\n\ngestern met Cy\nme > Cy\n"
    prepared = _prepared(home, text)
    days = _rows(prepared, "touches", "person", "date")
    assert days == [
        ("Ann Lee", date(2026, 11, 2)),
        ("Bo Park", date(2026, 11, 5)),
        ("Cy Dunn", date(2026, 11, 28)),
    ]
    assert _rows(prepared, "referrals", "date") == [(date(2026, 11, 2),)]


@pytest.mark.parametrize(
    ("line", "day", "prospect", "note"),
    [
        ("Ann > me Rivera Bakery 3 Nov 2026", date(2026, 11, 3), "Rivera Bakery", ""),
        ("Ann > me Rivera Bakery on 2026-11-03.", date(2026, 11, 3), "Rivera Bakery", ""),
        ("Ann > me Rivera Bakery yesterday", date(2026, 11, 28), "Rivera Bakery", ""),
        ("Ann > me Rivera Bakery, rang am 3.11.", date(2026, 11, 3), "Rivera Bakery", "rang"),
        ("Ann > me Rivera Bakery, hier", date(2026, 11, 28), "Rivera Bakery", ""),
        ("Ann > me Theresa May, called ahead", date(2026, 11, 29), "Theresa May", "called ahead"),
        ("Ann > me Studio 54", date(2026, 11, 29), "Studio 54", ""),
    ],
)
def test_a_day_may_stand_at_the_end(home, line, day, prospect, note):
    prepared = _prepared(home, line + "\n")
    assert _rows(prepared, "referrals", "date", "prospect", "note") == [
        (day, prospect, note or None)
    ]


def test_who_is_named_in_full_further_down_is_known_above(tmp_path):
    file = tmp_path / "inbox.txt"
    file.write_text("thanks Ann\nAnn Lee > me Okafor\n")
    prepared = prepare(Request(str(file), str(tmp_path / "new"), me="Dana Reed", today=TODAY))
    assert _rows(prepared, "touches", "person") == [("Ann Lee",)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("a lovely day", "nobody can tell what this line says"),
        ("me > Anne Lee", "may be 'Ann Lee'"),
        ("Ann > Annie", "cannot refer to themselves"),
        ("thanks me", "a touch is a contact with somebody else"),
        ("2027-11-02 thanks Ann", "2027-11-02 is after today"),
        ("31.2. thanks Ann", "there is no 31.2."),
        ("me > Zoe Frost of Frost Roofing", "long for a name"),
        ("thanks Ann\x1b[31m", "control"),
        ("thanks " + "x" * 3_000, "longer than 2,000"),
        (", Ann", "nobody can tell"),
    ],
)
def test_a_line_that_cannot_be_taken_is_a_problem_with_a_remedy(home, line, why):
    plan = _prepared(home, f"thanks Bo\n{line}\n").plan
    (problem,) = plan.problems
    assert (problem.line, why in problem.message) == (2, True), problem.message
    assert plan.new == 1


def test_the_remedies_for_a_name_work(home):
    text = "me > Anne Lee\nmet Bo Parker\n"
    assert len(_prepared(home, text).plan.problems) == 2
    said = {"renames": {"Anne Lee": "Ann Lee"}, "newcomers": ("Bo Parker",)}
    prepared = _prepared(home, text, **said)
    assert prepared.plan.problems == []
    assert _rows(prepared, "referrals", "receiver") == [("Ann Lee",)]
    assert _rows(prepared, "touches", "person") == [("Bo Parker",)]


def test_nobody_is_me_until_it_is_said(tmp_path):
    file = tmp_path / "inbox.txt"
    file.write_text("Ann Lee > me Okafor\n")
    (problem,) = prepare(Request(str(file), str(tmp_path / "new"), today=TODAY)).plan.problems
    assert problem.hint == "say it with --me NAME"


def test_days_that_may_be_two_are_asked_about(home):
    with pytest.raises(LedgerError, match="day and month cannot be told apart"):
        _prepared(home, "3/4/26 thanks Ann\n")
    prepared = _prepared(home, "3/4/26 thanks Ann\n", date_format="%m/%d/%y")
    assert _rows(prepared, "touches", "date") == [(date(2026, 3, 4),)]


def test_phones_write_other_encodings(home):
    said = "Merci à José\n"
    for data in (said.encode("cp1252"), b"\xef\xbb\xbf" + said.encode()):
        assert _rows(_prepared(home, data), "touches", "person") == [("José Álvarez",)]
    with pytest.raises(LedgerError, match="UTF-16"):
        _prepared(home, said.encode("utf-16"))


def test_a_list_of_edges_and_a_table_are_no_inbox():
    assert not is_inbox("edges.txt", "Ann Bo\nBo Cy\n")
    assert not is_inbox("edges.txt", "Ann -> Bo\nBo -> Cy\n")
    assert not is_inbox("a.csv", "giver;receiver\nme > Ann;Bo\n")
    assert is_inbox("note.txt", "Ann > me\n")


_WORDS = st.sampled_from([*REFERRALS, *TOUCHES, "2026-11-20", "3.11.", "# x", "", "what?"])


@given(lines=st.lists(_WORDS, max_size=9))
def test_what_was_taken_in_is_not_taken_in_again(tmp_path_factory, lines):
    home = tmp_path_factory.mktemp("inbox") / "book"
    home.mkdir()
    (home / "referrals.csv").write_text("date,giver,receiver,prospect,handoff,note\n")
    (home / "people.csv").write_text(PEOPLE)
    (home / "refgraph.toml").write_text(ME, encoding="utf-8")
    text = "\n".join(lines)
    first = _prepared(home, text)
    carry_out(first)
    again = _prepared(home, text)
    assert again.plan.new == 0
    assert again.plan.there.total() == first.plan.new
