"""Every reason that a line can have, in one book, each read by hand."""

from __future__ import annotations

import json
import shlex

import pytest
from click.testing import CliRunner

from refgraph.cli import main

TODAY = "2026-06-30"
REFERRALS = """\
date,giver,receiver,prospect,status,status_date,handoff,id
2026-06-29,Receipt Ann,Me,Zed,given,,,a1
2026-06-24,Late Bo,Me,Yan,given,,,b1
2026-06-20,Waits Wes,Me,Lex,given,,,s1
2026-06-01,Meeting Cy,Me,Xia,met,2026-06-25,,c1
2026-04-01,Close Di,Me,Wim,won,2026-06-20,,d1
2025-06-28,Year Ed,Me,Vic,won,2025-08-01,,e1
2026-03-01,News Flo,Me,Uma,contacted,2026-06-28,,f1
2026-05-20,Me,Leak Gus,Tim,given,,,g1
2026-05-10,Me,Quiet Ida,Sue,contacted,2026-05-20,,h1
2025-06-10,Me,Stale Jon,Ron,given,,,i1
2026-06-20,Me,Raise Kay,Quy,given,,0,j1
2026-06-25,Raised Zoe,Me,Bob,given,,0,j2
2026-06-01,Me,Badly Amy,Abe,lost,2026-06-25,,l2
2026-05-05,Leakin Lou,Me,Pam,given,,,k1
2024-01-10,Owed Mia,Me,,lost,2024-02-01,,l1
2026-06-01,Me,Closer,Client Ned,won,2026-06-27,,m1
2026-06-02,Year Ed,Me,Client Ora,won,2026-06-28,,n1
""" + "".join(
    f"2024-{month:02}-0{1 + k},Won,Other,P{month}{k},{status},2024-12-01,{handoff},w{month}{k}\n"
    for month in range(1, 9)
    for k, (status, handoff) in enumerate([("won", 5), ("lost", 0)])
)
# of me, either way, so that raising can be compared
REFERRALS += "".join(
    line.replace(",Won,Other,", ",Other,Me,").replace(",5,w", ",5,v").replace(",0,w", ",0,v") + "\n"
    for line in REFERRALS.splitlines()
    if ",Won,Other," in line
)
REFERRALS = REFERRALS.replace(",Won,Other,", ",Me,Other,")
REFERRALS += "".join(
    f"2025-{m:02}-15,Gone Pia,Me,,lost,2025-{m:02}-20,,q{m}\n"
    f"2025-{m:02}-16,Me,Gone Pia,,lost,2025-{m:02}-20,,r{m}\n"  # so that nothing of theirs is open
    for m in range(1, 10)
)
PEOPLE = """\
person,role,profession,offers,needs,cadence,email
Receipt Ann,client,,,,,ann@x.example
Monthly Quinn,client,,,,monthly,
Limit Ray,client,,,,monthly,
Start Sam,client,baker,bread,wills,,
Lawyer Tess,partner,lawyer,wills,,,
Glad Uli,client,,,,,
Client Ora,client,,,,,
Sleepy Vi,client,,,,monthly,
"""
TOUCHES = """\
date,person,kind,personal,note,with,about,until
2026-05-02,Meeting Cy,email,yes,,,,
2026-05-02,Year Ed,thanks,yes,,,,
2026-03-02,News Flo,thanks,yes,,,,
2026-05-06,Leakin Lou,thanks,yes,,,,
2026-06-21,Waits Wes,thanks,yes,,,,
2026-06-26,Raised Zoe,thanks,yes,,,,
2024-02-02,Owed Mia,thanks,yes,,,,
2025-12-01,Gone Pia,thanks,yes,,,,
2026-05-26,Monthly Quinn,call,yes,,,,
2026-05-01,Limit Ray,call,yes,,,,
2026-06-29,Glad Uli,they-thanked-me,,,,,
2026-01-01,Sleepy Vi,call,yes,,,,
2026-06-20,Sleepy Vi,snooze,,,,,2026-07-20
"""
#: For each person the lane and the reason of their line, and words of its sentence.
EXPECTED = {
    "Receipt Ann": ("say thanks", "receipt", "They sent you Zed 1 day ago, and no thanks"),
    "Late Bo": ("say thanks", "receipt", "6 days ago, and no thanks are recorded; late"),
    "Meeting Cy": ("say thanks", "meeting", "You met Xia, whom they sent you, 5 days ago"),
    "Close Di": ("say thanks", "close", "Wim, whom they sent you, was won 10 days ago"),
    "News Flo": ("bring news", "contacted", "Uma, whom they sent you, was contacted 2 days ago"),
    "Waits Wes": ("save", "waiting", "Lex, and after 10 days no contact is recorded: get in touch"),
    "Leak Gus": ("save", "leaking", "after 41 days no contact is recorded: ask whether it arrived"),
    "Quiet Ida": (
        "save",
        "quiet",
        "Sue, who was contacted, and there was no news for 41 days: ask how",
    ),
    "Stale Jon": ("save", "stale", "no news for 385 days"),
    "Raise Kay": (
        "save",
        "raise",
        "the last news 10 days ago; of those you gave and closed, 100 points more were won with 5",
    ),
    "Raised Zoe": ("save", "raise", "They sent you Bob as a handoff of 0"),
    "Badly Amy": ("save", "lost", "Abe, whom you sent them, was lost 5 days ago: ask what went"),
    "Monthly Quinn": ("stay close", "ideal", "You were last in touch 35 days ago"),
    "Limit Ray": ("stay close", "limit", "60 days ago, which is past the limit"),
    "Gone Pia": ("stay close", "quiet", "They usually send somebody every 31 days, and now it is"),
    "Start Sam": ("give first", "start", "they need wills, which Lawyer Tess offers"),
    "Glad Uli": ("ask", "thanked", "They thanked you 1 day ago: the moment to ask, if at all"),
    "Client Ora": ("ask", "closed", "Their matter closed well 2 days ago"),
    "Owed Mia": ("you owe", "open", "1 referral of theirs to you is open, the oldest for 902 days"),
}


def invoke(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path):
    for name, text in (("referrals", REFERRALS), ("people", PEOPLE), ("touches", TOUCHES)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    (tmp_path / "refgraph.toml").write_text(
        f'me = "Me"\ntoday = "{TODAY}"\nlooking_for = ["bakers"]\n', "utf-8"
    )
    return tmp_path


def listed(folder, *more):
    done = invoke("today", folder, "--top", 100, "-O", "json", *more)
    assert done.exit_code == 0, done.stderr
    return {row["person"]: row for row in json.loads(done.stdout)}


def test_every_reason_has_its_line_and_its_sentence(folder):
    rows = listed(folder)
    for person, (lane, reason, words) in EXPECTED.items():
        row = rows[person]
        assert (row["lane"], row["reason"]) == (lane, reason), person
        assert words in row["because"], row["because"]
        assert row["message"]
        assert row["subject"]
    assert "Sleepy Vi" not in rows  # snoozed
    assert "Me" not in rows


@pytest.mark.parametrize("person", EXPECTED)
def test_each_is_done_by_its_command_and_only_that(folder, person):
    before = listed(folder)
    done = invoke(*shlex.split(before[person]["do"])[1:])
    assert done.exit_code == 0, done.stderr
    after = listed(folder)
    row = before[person]
    now = after.get(person)
    same = now and [now[k] for k in ("lane", "reason", "about")]
    assert same != [row[k] for k in ("lane", "reason", "about")]
    others = {name for name in before if name != person}
    assert others - {*after} <= {"Lawyer Tess", "Start Sam"}  # the two of one introduction


def test_an_open_concern_a_rest_and_no_room_stop_the_asking(folder):
    def asked(*rows, toml=""):
        (folder / "touches.csv").write_text(TOUCHES + "".join(f"{row}\n" for row in rows), "utf-8")
        if toml:
            path = folder / "refgraph.toml"
            path.write_text(path.read_text("utf-8") + toml, "utf-8")
        return {name for name, row in listed(folder).items() if row["lane"] == "ask"}

    assert asked() == {"Glad Uli", "Client Ora"}
    assert asked("2026-06-01,Glad Uli,concern,,,,,") == {"Client Ora"}
    assert asked("2026-02-01,Client Ora,ask,,,,,") == {"Glad Uli"}
    assert asked(toml="accepting = false\n") == set()


@pytest.mark.parametrize(
    ("person", "begins"),
    [("Glad Uli", "Thank you for your kind"), ("Client Ora", "I am glad that")],
)
def test_the_message_to_ask_says_whom_i_look_for(folder, person, begins):
    message = listed(folder)[person]["message"]
    assert message.split("\n\n")[1].startswith(begins)
    assert "If you come across bakers, would you introduce us?" in message
    assert message.index("three of us meet") < message.index("call them first")
    assert message.index("call them first") < message.index("one e-mail to us both")
