"""What who leads a chapter finds in the list of today: each reason, sentence and command."""

from __future__ import annotations

import json
import shlex

import pytest
from click.testing import CliRunner

from refgraph.cli import main
from refgraph.schema.values import LEADING

TODAY = "2026-06-30"
REFERRALS = """\
date,giver,receiver,prospect,status,id
2025-01-10,Old Ann,Old Bo,Zed,won,a1
2026-06-20,Old Ann,Old Bo,Yan,given,a2
2026-06-21,Old Bo,Old Ann,Xia,given,a3
2026-01-01,Still Cy,Old Ann,Wim,won,a4
2026-06-20,Needs Flo,Old Ann,Tim,given,a5
2026-06-20,Offers Gus,Old Ann,Sue,given,a6
"""
PEOPLE = """\
person,role,profession,offers,needs,since
Old Ann,client,,,,2020-01-01
Old Bo,client,,,,2020-01-01
Still Cy,client,,,,2020-01-01
New Di,client,,,,2026-06-10
Never Ed,client,,,,2020-01-01
Needs Flo,client,,,wills,2020-01-01
Offers Gus,client,,wills,,2020-01-01
A Guest,prospect,,,,2026-06-20
"""
TOUCHES = """\
date,person,kind,note,with,about,until
2026-06-01,Old Bo,decision,invite the mayor,,,2026-06-28
2026-06-15,Old Ann,one-to-one,,Old Bo,,
2026-06-20,Old Ann,one-to-one,both know bakers,Needs Flo,,2026-06-29
"""
#: Of each person the lane and the reason, and words of the sentence.
EXPECTED = {
    "Old Bo": ("decided", "due", "It was decided: invite the mayor; due 2 days ago."),
    "New Di": ("welcome", "new", "They joined 20 days ago: see that they meet everybody"),
    "Offers Gus": ("one-to-one", "no one-to-one", "They have had no one-to-one so far; Needs Flo"),
    "Still Cy": ("give again", "no gift", "They gave none for 180 days: ask what they need"),
    "Never Ed": ("give again", "no gift", "They have given no referral so far: ask what"),
}
#: Needs Flo has one planned for this week, which counts as one.
NOTHING = {"Old Ann", "A Guest", "Needs Flo"}


@pytest.fixture
def folder(tmp_path):
    for name, text in (("referrals", REFERRALS), ("people", PEOPLE), ("touches", TOUCHES)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    (tmp_path / "refgraph.toml").write_text(f'today = "{TODAY}"\n', "utf-8")
    return tmp_path


def invoke(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def listed(folder, *more):
    done = invoke("today", folder, "--top", 100, "-O", "json", *more)
    assert done.exit_code == 0, done.stderr
    return {row["person"]: row for row in json.loads(done.stdout)}


def test_every_reason_of_a_lead_has_its_line_and_its_sentence(folder):
    rows = listed(folder)
    for person, (lane, reason, words) in EXPECTED.items():
        assert (rows[person]["lane"], rows[person]["reason"]) == (lane, reason), person
        assert words in rows[person]["because"], rows[person]["because"]
    assert {lane for lane, _, _ in EXPECTED.values()} == {*LEADING}
    assert not NOTHING & {*rows}
    assert not any(row["can_wait"] for row in rows.values())


@pytest.mark.parametrize("person", EXPECTED)
def test_each_is_done_by_its_command_and_taken_back_by_undo(folder, person):
    before = listed(folder)
    row = before[person]
    done = invoke(*shlex.split(row["do"])[1:])
    assert done.exit_code == 0, done.stderr
    now = listed(folder).get(person)
    assert now is None or (now["lane"], now["reason"]) != (row["lane"], row["reason"])
    assert invoke("undo", "-b", folder).exit_code == 0
    assert listed(folder) == before


def test_a_member_has_the_one_to_one_that_is_planned_for_this_week(folder):
    row = listed(folder, "--for", "Old Ann")["Needs Flo"]
    assert (row["lane"], row["reason"]) == ("one-to-one", "planned")
    assert "was planned for this week: both know bakers" in row["because"]
    assert invoke(*shlex.split(row["do"])[1:]).exit_code == 0
    after = listed(folder, "--for", "Old Ann").get("Needs Flo")
    assert after is None or after["reason"] != "planned"
