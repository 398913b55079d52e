"""Mail and calendars propose rows; what is accepted is written, and never proposed again."""

from __future__ import annotations

import csv
import io
import shlex
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import formataddr

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from refgraph.cli import main
from refgraph.errors import LedgerError
from refgraph.imports import Request, carry_out
from refgraph.imports.capture.capture_run import prepare_accepted, proposals_of
from refgraph.imports.capture.proposals_file import read_accepted, write_proposals
from refgraph.imports.events.captures import events_of
from refgraph.keeping.undo import undo

TODAY = date(2026, 11, 29)
ME = ("Dana Reed", "dana@reed.example")
ANN, BO, CY = (
    ("Ann Lee", "ann@lee.example"),
    ("Bo Park", "bo@park.example"),
    ("Cy Dunn", "cy@dunn.example"),
)
PAUL, ZOE = ("Paul Okafor", "paul@okafor.example"), ("Zoe Frost", "zoe@gmail.com")
PEOPLE = "person,email\nAnn Lee,ann@lee.example\nBo Park,\nCy Dunn,CY@dunn.example\n"


@pytest.fixture
def home(tmp_path):
    return _book(tmp_path)


def _book(folder):
    home = folder / "book"
    home.mkdir()
    (home / "referrals.csv").write_text("date,giver,receiver,prospect,handoff,id\n")
    (home / "people.csv").write_text(PEOPLE)
    (home / "refgraph.toml").write_text('me = "Dana Reed"\n', encoding="utf-8")
    return home


def mail(number, sender, to, text, subject="hello", day=date(2026, 11, 2), cc=(), **header):
    """Write one mail."""
    made = EmailMessage()
    made["From"] = formataddr(sender)
    made["To"] = ", ".join(map(formataddr, to))
    if cc:
        made["Cc"] = ", ".join(map(formataddr, cc))
    made["Subject"] = subject
    made["Date"] = f"{day:%a, %d %b %Y} {8 + number % 12:02}:00:00 +0100"
    made["Message-ID"] = f"<{number}@test.example>"
    for name, value in header.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def mbox(mails):
    parts = [b"From x@y Wed Nov  4 10:00:00 2026\n" + each.as_bytes() + b"\n\n" for each in mails]
    return b"".join(parts)


def _proposed(home, *mails, mine=(), name="box.mbox", **said):
    path = home.parent / name
    path.write_bytes(mbox(mails))
    request = Request(str(path), str(home), today=TODAY, **said)
    return request, proposals_of(request, [str(path)], mine).proposals


def _told(proposals):
    return [(each.kind, each.person, each.other) for each in proposals]


INTRODUCING = "Dana, meet Paul. He needs a roof."


def test_meet_somebody_to_me_is_a_referral_that_i_received(home):
    _, (found,) = _proposed(home, mail(1, ANN, [ME], INTRODUCING, "Intro", cc=[PAUL]))
    assert (found.kind, found.person, found.other, found.handoff, found.day) == (
        *("referral", "Ann Lee", "Paul Okafor"),
        2,
        date(2026, 11, 2),
    )


def test_two_whom_i_make_known_to_each_other_are_an_introduction(home):
    text = "Hi Ann, hi Zoe,\n\nI would like to introduce you to each other.\n"
    _, (found,) = _proposed(home, mail(1, ME, [ANN, ZOE], text))
    assert (found.kind, found.person, found.other) == ("introduction", "Ann Lee", "Zoe Frost")
    assert found.new == (("Zoe Frost", "zoe@gmail.com"),)


def test_two_who_have_met_are_not_introduced(home):
    text = "Hi Ann, hi Zoe,\n\nI would like to introduce you to each other.\n"
    first = mail(1, ME, [ANN, ZOE], "The plans are here.\n", day=date(2026, 10, 1))
    _, found = _proposed(home, first, mail(2, ME, [ANN, ZOE], text))
    assert {kind for kind, *_ in _told(found)} == {"email"}
    (home / "touches.csv").write_text(
        "date,person,kind,with\n2026-01-01,Ann Lee,meeting,Zoe Frost\n"
    )
    _, found = _proposed(home, mail(2, ME, [ANN, ZOE], text))
    assert {kind for kind, *_ in _told(found)} == {"email"}


def test_thanks_go_in_either_direction(home):
    _, found = _proposed(
        home,
        mail(1, ME, [ANN], "Thanks for introducing me to Paul, Ann.\n"),
        mail(2, BO, [ME], "Vielen Dank für die Empfehlung!\n"),
        mail(3, CY, [ME], "Thank you for your help with the roof.\n"),
        mail(4, CY, [ME], "Thanks for your mail.\n", day=date(2026, 11, 5)),
    )
    assert _told(found) == [
        ("thanks", "Ann Lee", ""),
        ("they-thanked-me", "Bo Park", ""),
        ("they-thanked-me", "Cy Dunn", ""),
        ("email", "Cy Dunn", ""),
    ]


@pytest.mark.parametrize(
    "noise",
    [
        mail(1, ANN, [ME], INTRODUCING, "Intro", cc=[PAUL], List_Id="<club>"),
        mail(1, ("Club", "no-reply@club.example"), [ME], INTRODUCING, "Intro", cc=[PAUL]),
        mail(1, ("", "info@club.example"), [ME], INTRODUCING, "Intro", cc=[PAUL]),
        mail(1, ANN, [ME], INTRODUCING, "Intro", cc=[("Paul Okafor", "paul@lee.example")]),
        mail(1, ANN, [ME], "Could you introduce me to Paul?", "a favour", cc=[PAUL]),
        mail(1, ANN, [ME], "> " + INTRODUCING, "Re: Intro", cc=[PAUL], In_Reply_To="<0@x>"),
        mail(1, ANN, [ME], "Sure.\n\n" + INTRODUCING, "lunch", cc=[PAUL]),
        mail(1, ANN, [BO], INTRODUCING.replace("Dana", "Bo"), "Intro", cc=[PAUL]),
        mail(1, ANN, [ME], "Dana, please meet Paul and me at nine.", "station", cc=[PAUL]),
        mail(1, PAUL, [ME], "Dana, let me introduce myself.", "hello", cc=[ZOE]),
    ],
)
def test_what_only_seems_so_is_not_proposed(home, noise):
    _, found = _proposed(home, noise, mine=[ME[1]])
    assert {kind for kind, *_ in _told(found)} <= {"email"}


@pytest.mark.parametrize(
    "text",
    [
        "Je vous présente mes meilleurs vœux.",
        "Le presento mis disculpas.",
        "Vi presento la nostra offerta.",
        "Ich freue mich, euch unser Angebot vorzustellen.",
        "I would like to introduce you to our new software.",
        "We put you in touch with our support.",
        "Ann, can you send it to Zoe (cc'd)? She needs it today.",
        "You two should try the new place.",
        "Ann, meet Zoe's deadline please.",
    ],
)
def test_a_phrase_that_introduces_no_person_is_none(home, text):
    _, found = _proposed(home, mail(1, ME, [ANN, ZOE], text, "hello"))
    assert {kind for kind, *_ in _told(found)} == {"email"}


def test_strangers_are_proposed_only_where_mail_went_both_ways(home):
    days = [date(2026, 11, number) for number in (2, 3, 4, 5)]
    theirs = [mail(n, PAUL, [ME], "Hi\n", day=day) for n, day in enumerate(days)]
    _, found = _proposed(home, *theirs)
    assert found == []
    mine = [mail(10 + n, ME, [PAUL], "Hi\n", day=day) for n, day in enumerate(days[:2])]
    _, found = _proposed(home, *theirs, *mine)
    assert _told(found) == [("email", "Paul Okafor", "")] * 4
    assert found[0].new == (PAUL,)


def test_my_address_is_told_by_my_name_by_the_book_or_by_an_option(home):
    nameless = ("", ME[1])
    asked = mail(1, ANN, [nameless], INTRODUCING, "Intro", cc=[PAUL])
    with pytest.raises(LedgerError, match=r"--mine 'ann@lee\.example'") as error:
        _proposed(home, asked)
    assert "nothing says which address is yours" in str(error.value)
    assert _told(_proposed(home, asked, mine=["DANA@reed.example"])[1])
    (home / "people.csv").write_text(PEOPLE + "Dana Reed,dana@reed.example\n")
    assert _told(_proposed(home, asked)[1]) == [("referral", "Ann Lee", "Paul Okafor")]


def test_somebody_who_calls_themselves_by_my_name_is_not_me(home):
    true = [mail(n, ANN, [ME], "Hi\n", day=date(2026, 11, n)) for n in (2, 3)]
    forged = mail(9, ("Dana Reed", "win@spam.example"), [ANN, ZOE], "Ann, meet Zoe.", "Intro")
    _, found = _proposed(home, *true, forged)
    assert _told(found) == [("email", "Ann Lee", "")] * 2


def test_nobody_is_me(tmp_path):
    home = _book(tmp_path)
    (home / "refgraph.toml").unlink()
    with pytest.raises(LedgerError, match="--me NAME"):
        _proposed(home, mail(1, ANN, [ME], "Hi\n"))


CALENDAR = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/Berlin:20261102T090000
SUMMARY:Lunch
ORGANIZER;CN=Dana Reed:mailto:dana@reed.example
ATTENDEE;CN="Lee, Ann";PARTSTAT=ACCEPTED:mailto:ann@lee.exa
 mple
ATTENDEE;PARTSTAT=DECLINED;CN=Bo Park:mailto:bo@park.example
BEGIN:VALARM
SUMMARY:ring
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20261001T080000Z
RRULE:FREQ=WEEKLY;COUNT=4;INTERVAL=2
EXDATE:20261015T080000Z
SUMMARY:Zoom with Cy
ATTENDEE:mailto:cy@dunn.example
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;VALUE=DATE:20261103
SUMMARY:Birthday
ATTENDEE:mailto:cy@dunn.example
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20261104T080000
STATUS:CANCELLED
ATTENDEE:mailto:cy@dunn.example
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART:20271104T080000
ATTENDEE:mailto:cy@dunn.example
END:VEVENT
BEGIN:VEVENT
UID:6
DTSTART:20261105T120000
SUMMARY:Intro Dana / Paul
ORGANIZER;CN=Ann Lee:mailto:ann@lee.example
ATTENDEE;CN=Dana Reed:mailto:dana@reed.example
ATTENDEE;CN=Paul Okafor:mailto:paul@okafor.example
END:VEVENT
BEGIN:VEVENT
UID:7
DTSTART:20261106T120000
SUMMARY:Without me
ORGANIZER;CN=Ann Lee:mailto:ann@lee.example
ATTENDEE;CN=Paul Okafor:mailto:paul@okafor.example
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_proposes_whom_i_met(home):
    path = home.parent / "calendar.ics"
    path.write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    found = proposals_of(Request(str(path), str(home), today=TODAY), [str(path)])
    told = [(each.kind, each.person, each.other, str(each.day)) for each in found.proposals]
    assert told == [
        ("referral", "Ann Lee", "Paul Okafor", "2026-11-05"),
        ("meeting", "Ann Lee", "", "2026-11-02"),
        ("meeting", "Ann Lee", "", "2026-11-05"),
        ("meeting", "Paul Okafor", "", "2026-11-05"),
        ("call", "Cy Dunn", "", "2026-10-01"),
        ("call", "Cy Dunn", "", "2026-10-29"),
        ("call", "Cy Dunn", "", "2026-11-12"),
    ]
    assert found.proposals[0].handoff == 5
    assert found.left == {"no meeting": 1, "cancelled": 1, "to come": 1, "without me": 1}


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=SECONDLY", "FREQ=WEEKLY;COUNT=99999999", "FREQ=MONTHLY;INTERVAL=0"]
)
def test_a_series_without_end_is_bounded(tmp_path, rule):
    path = tmp_path / "calendar.ics"
    path.write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:19900131T080000\nRRULE:{rule}\n"
        f"ATTENDEE:mailto:a@b.example\nEND:VEVENT\nEND:VCALENDAR\n" + "X:" + "y" * 300_000
    )
    assert 1 <= len(events_of(str(path), TODAY).events) <= 1_000


def test_a_calendar_that_is_cut_off_is_refused(tmp_path):
    path = tmp_path / "calendar.ics"
    path.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261102T090000\n")
    with pytest.raises(LedgerError, match="END:VEVENT"):
        events_of(str(path), TODAY)


# importing twice, and taking back

_WHO = st.sampled_from([ME, ANN, BO, CY, PAUL, ZOE, ("", "no-reply@x.example")])
_TEXTS = st.sampled_from(
    [
        *("{a}, meet {b}.", "Hi\n", "Thanks for the introduction, {a}.", "Danke für alles, {a}"),
        *("I would like to introduce you two.", "Could you introduce us?", ""),
    ]
)


@st.composite
def _boxes(draw):
    made = []
    for number in range(draw(st.integers(0, 9))):
        sender, one, *others = draw(st.lists(_WHO, min_size=2, max_size=4, unique=True))
        text = draw(_TEXTS).format(a=one[0], b=(others or [ANN])[0][0])
        day = TODAY - timedelta(days=draw(st.integers(0, 3)))
        made.append(mail(number, sender, [one], text, "Intro", day, others))
    return made


@given(mails=_boxes())
def test_accepting_all_leaves_nothing_to_propose_and_can_be_taken_back(tmp_path_factory, mails):
    home = _book(tmp_path_factory.mktemp("capture"))
    before = {each.name: each.read_bytes() for each in home.iterdir()}
    request, found = _proposed(home, *mails, mine=[ME[1]])
    done = carry_out(prepare_accepted(request, "box.mbox", found))
    assert _proposed(home, *mails, mine=[ME[1]])[1] == []
    if done:
        undo(str(home))
    after = {each.name: each.read_bytes() for each in home.iterdir()}
    after.pop(".refgraph.undo", None)
    assert after == before
    assert _proposed(home, *mails, mine=[ME[1]])[1] == found


@given(mails=_boxes())
def test_a_file_of_proposals_is_read_as_it_was_written(tmp_path_factory, mails):
    home = _book(tmp_path_factory.mktemp("capture"))
    _, found = _proposed(home, *mails, mine=[ME[1]])
    path = home.parent / "new.csv"
    path.write_text(write_proposals(found).replace("\n,", "\nyes,"), encoding="utf-8")
    accepted, declined, left = read_accepted(str(path), TODAY)
    assert (declined, left) == ([], 0)
    assert _told(accepted) == _told(found)
    assert [each.new for each in accepted] == [each.new for each in found]


BAD = {
    "yes,referral,2026-11-02,,,": "a person has no name",
    "maybe,email,2026-11-02,Ann Lee,,": "neither yes nor no",
    "yes,nonsense,2026-11-02,Ann Lee,,": "kind",
    "yes,email,2026-31-02,Ann Lee,,": "2026-31-02",
    "yes,email,,Ann Lee,,": "needs its date",
    "yes,introduction,2026-11-02,Ann Lee,,": "needs two people",
    "yes,introduction,2026-11-02,Ann Lee,Ann Lee,": "with themselves",
    "yes,email,2027-11-02,Ann Lee,,": "after today",
}


@pytest.mark.parametrize("row", BAD)
def test_a_row_that_cannot_be_taken_is_refused(tmp_path, row):
    path = tmp_path / "new.csv"
    path.write_text(f"accept,kind,date,person,other,handoff\n{row}\n,email,2026-11-02,Bo,,\n")
    with pytest.raises(LedgerError, match=BAD[row]) as error:
        read_accepted(str(path), TODAY)
    assert [problem.line for problem in error.value.problems] == [2]


def test_a_file_that_is_none_of_proposals_is_refused(tmp_path):
    path = tmp_path / "new.csv"
    path.write_text("person,date\nAnn,2026-11-02\n")
    with pytest.raises(LedgerError, match="no column accept and none kind"):
        read_accepted(str(path), TODAY)


# the command


def _run(*words, status=0):
    done = CliRunner().invoke(main, [*map(str, words)])
    assert done.exit_code == status, done.output
    return done


def test_nothing_is_written_until_it_is_accepted(home):
    box = home.parent / "box.mbox"
    box.write_bytes(mbox([mail(1, ANN, [ME], INTRODUCING, "=HYPERLINK()", cc=[PAUL])]))
    before = {each.name: each.read_bytes() for each in home.iterdir()}
    words = ["import", box, "-b", home, "--today", TODAY]
    for more in ([], ["--dry-run"]):
        done = _run(*words, *more)
        (row,) = csv.DictReader(io.StringIO(done.stdout))
        assert (row["kind"], row["person"], row["subject"]) == (
            *("referral", "Ann Lee"),
            "'=HYPERLINK()",
        )
    new = home.parent / "new.csv"
    done = _run(*words, "--proposals", new)
    advice = shlex.split(done.stderr.partition("then: refgraph ")[2])
    assert advice[:3] == ["import", "--accept", str(new)]
    assert {each.name: each.read_bytes() for each in home.iterdir()} == before
    assert "0 new" in _run("import", "--accept", new, "-b", home, "--today", TODAY).stderr
    new.write_text(new.read_text().replace("\n,", "\nx,"))
    _run(*advice, "--today", TODAY)
    text = (home / "referrals.csv").read_text()
    assert "2026-11-02,Ann Lee,Dana Reed,Paul Okafor,2,m" in text
    assert "HYPERLINK" not in text
    assert "0 proposals" in _run(*words).stderr


def test_what_was_declined_is_not_proposed_again_and_what_was_left_is(home):
    days = [date(2026, 11, number) for number in (2, 3, 4)]
    box, new = home.parent / "box.mbox", home.parent / "new.csv"
    box.write_bytes(mbox([mail(n, BO, [ME], "Hi\n", day=day) for n, day in enumerate(days)]))
    words = ["import", box, "-b", home, "--today", TODAY]
    _run(*words, "--proposals", new)
    head, one, two, three = new.read_text().splitlines()
    new.write_text("\n".join([head, f"yes{one}", f"no{two}", three, ""]))
    done = _run("import", "--accept", new, "-b", home, "--today", TODAY)
    assert "1 proposal accepted, 1 declined, 1 left." in done.stderr
    (row,) = csv.DictReader(io.StringIO(_run(*words).stdout))
    assert row["date"] == "2026-11-04"
    kept = (home / ".refgraph.declined").read_text()
    assert kept.startswith("email-")
    assert "Bo" not in kept


def test_who_was_referred_is_not_shown_where_the_profession_hides_it(home):
    (home / "refgraph.toml").write_text('me = "Dana Reed"\nprofile = "health"\n')
    box = home.parent / "box.mbox"
    box.write_bytes(mbox([mail(1, ANN, [ME], INTRODUCING, "Intro Paul", cc=[PAUL])]))
    done = _run("import", box, "-b", home, "--today", TODAY)
    assert "referral" in done.stdout
    assert "Paul" not in done.output


@pytest.mark.parametrize("name", ["box.mbox", "calendar.ics", "inbox.txt"])
def test_in_place_of_a_book_they_name_the_import(home, name):
    path = home.parent / name
    texts = {"calendar.ics": CALENDAR, "inbox.txt": "thanks Ann\nAnn Lee > me Paul\n"}
    told = texts.get(name) or mbox([mail(1, ANN, [ME], "Hi\n")]).decode()
    path.write_text(told, encoding="utf-8")
    done = _run("owe", path, "--me", "Dana Reed", "--today", TODAY, status=1)
    assert f"refgraph import '{path}' -b mybook --me 'Dana Reed'" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["import", "-b", "{home}"],
        ["import", "{home}/people.csv", "-b", "{home}", "--proposals", "x.csv"],
        ["import", "--accept", "", "-b", "{home}"],
        ["import", "-", "--accept", "-", "-b", "{home}"],
    ],
)
def test_options_that_do_not_fit_are_refused(home, words):
    _run(*(word.format(home=home) for word in words), status=2)


def test_planted_events_are_found_among_noise(monkeypatch, tmp_path):
    from pathlib import Path

    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    import capture
    import capture_boxes

    box = capture_boxes.make_box("de", "seen", "test", events=4, noise=1)
    found = capture.proposals_of(box, tmp_path)
    told = {capture.told(each) for each in found if each.kind in ("introduction", "referral")}
    assert len(told & {*box.truth}) >= 0.8 * len(box.truth)
    assert len(told - {*box.truth}) <= 1


def test_a_row_that_is_refused_stops_the_others_of_its_file(home):
    file = home.parent / "accepted.csv"
    rows = "yes,thanks,2026-11-20,Ann Lee,,a1\nyes,referral,2026-11-21,Ann Lee,Ann Lee,a2\n"
    file.write_text(f"accept,kind,date,person,other,id\n{rows}", encoding="utf-8")
    words = ["import", "--accept", str(file), "-b", str(home), "--today", "2026-11-29"]
    before = (home / "referrals.csv").read_bytes()
    assert CliRunner().invoke(main, words).exit_code == 1
    assert not (home / "touches.csv").exists()
    assert (home / "referrals.csv").read_bytes() == before
