"""What mail and calendars say is proposed; what they deny, ask or say of others is not."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from refgraph.errors import LedgerError
from refgraph.imports import Request
from refgraph.imports.capture.capture_run import prepare_accepted, proposals_of
from refgraph.imports.capture.proposals import Proposal
from refgraph.imports.capture.proposals_file import read_accepted
from refgraph.imports.events.captures import events_of
from refgraph.imports.events.mail_archive import RawMail
from refgraph.imports.events.mail_first_line import first_line, first_line_of_text
from refgraph.imports.events.mail_reader import read_mail

TODAY = date(2026, 11, 29)
PEOPLE = {
    "Ann Lee": "ann@lee.example",
    "Paul Okafor": "paul@okafor.example",
    "Dana Reed": "dana@reed.example",
    "Sue Ott": "sue@ott.example",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    rows = "".join(f"{name},{address}\n" for name, address in PEOPLE.items())
    (folder / "people.csv").write_text(f"person,email\n{rows}")
    (folder / "referrals.csv").write_text("date,giver,receiver\n2025-01-05,Ann Lee,Dana Reed\n")
    return folder


def _proposed(book, text, name="box.eml"):
    path = book.parent / name
    path.write_bytes(text.encode())
    found = proposals_of(Request(str(path), str(book), me="Dana Reed", today=TODAY), [str(path)])
    return [(each.kind, each.person, each.other) for each in found.proposals]


def _mail(line, *to, sender="Ann Lee", subject="Hello"):
    shown = ", ".join(f"{each} <{PEOPLE[each]}>" for each in to)
    return (
        f"From: {sender} <{PEOPLE[sender]}>\nTo: {shown}\nSubject: {subject}\n"
        f"Date: Mon, 2 Nov 2026 09:00:00\nMessage-ID: <1@x>\n\n{line}\n"
    )


CONTACT = [("email", "Ann Lee", "")]
REFERRED = [("referral", "Ann Lee", "Paul Okafor")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Dana, meet Paul.", REFERRED),
        ("Dana, I don't think you have met Paul yet. Dana, meet Paul. He never stops.", REFERRED),
        ("Paul, meet Dana. She can help you with the lease.", REFERRED),
        ("Dana, meet Paul. He can help you with the lease.", CONTACT),
        ("Sorry, I can't introduce you to Paul at the moment.", CONTACT),
        ("I will introduce you to Peter Smith next week.", CONTACT),
        ("Leider kann ich dir Paul nicht vorstellen.", CONTACT),
        ("Je ne peux pas vous présenter Paul.", CONTACT),
        ("No puedo presentarte a Paul ahora.", CONTACT),
        ("Non posso presentarti Paul.", CONTACT),
        ("Paul, Dana will send it. You both need to sign.", CONTACT),
        ("You two should not talk before the trial.", CONTACT),
    ],
)
def test_an_introduction_is_one_that_was_made_and_for_me(book, line, expected):
    assert _proposed(book, _mail(line, "Dana Reed", "Paul Okafor")) == expected


@pytest.mark.parametrize(
    "line",
    [
        *("No thanks, we need no introduction.", "Thanks, but no introductions please."),
        *("Thanks in advance for introducing me to Paul.", "Nein danke, keine Empfehlung."),
        *("I would be grateful if you could introduce me.", "Non merci, pas de contact."),
        *("Vielen Dank im Voraus für die Vorstellung.", "Thanks for sending me the invoice."),
        *("Merci de m'avoir envoyé la facture.", "Thanks for nothing, your introduction failed."),
        *("Danke für die Kontaktaufnahme.", "Thanks for connecting on LinkedIn."),
    ],
)
def test_thanks_that_refuse_or_ask_or_are_for_a_thing_are_none(book, line):
    assert _proposed(book, _mail(line, "Dana Reed")) == CONTACT


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Thanks Sue for the introduction! Dana, nice to meet you.", "email"),
        ("Hi Dana, thanks for the introduction! Sue, nice to meet you.", "they-thanked-me"),
        ("Thanks for the introduction!", "email"),
    ],
)
def test_thanks_are_to_whom_they_name_first(book, line, kind):
    found = _proposed(book, _mail(line, "Dana Reed", "Sue Ott"))
    assert found == [(kind, "Ann Lee", "")]


def _calendar(*entries, zone=""):
    asked = "ORGANIZER:mailto:ann@lee.example\r\nATTENDEE{}:mailto:dana@reed.example\r\n"
    texts = [
        f"BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Lunch\r\n{asked.format(more)}{text}\r\nEND:VEVENT\r\n"
        for text, more in entries
    ]
    return f"BEGIN:VCALENDAR\r\n{zone}{''.join(texts)}END:VCALENDAR\r\n"


TUESDAYS = "DTSTART;TZID=Europe/Berlin:20261103T090000\r\nRRULE:FREQ=WEEKLY;"


@pytest.mark.parametrize(
    ("entries", "days"),
    [
        ([TUESDAYS + "COUNT=3"], [3, 10, 17]),
        ([TUESDAYS + "UNTIL=20261117T080000Z"], [3, 10, 17]),
        ([TUESDAYS + "COUNT=3\r\nEXDATE:20261110T080000Z"], [3, 17]),
        ([TUESDAYS + "COUNT=4;BYDAY=TU,TH"], [3, 5, 10, 12]),
        ([TUESDAYS + "COUNT=3;BYHOUR=9"], [3]),
        (
            [
                TUESDAYS + "COUNT=3",
                "DTSTART:20261111T090000Z\r\nRECURRENCE-ID:20261110T080000Z",
            ],
            [3, 11, 17],
        ),
        (
            [
                "STATUS:CANCELLED\r\nDTSTART:20261110T090000\r\nRECURRENCE-ID:20261110T090000",
                TUESDAYS + "COUNT=3",
            ],
            [3, 17],
        ),
    ],
)
def test_a_series_is_on_the_days_on_which_it_was(tmp_path, entries, days):
    path = tmp_path / "a.ics"
    path.write_text(_calendar(*((each, "") for each in entries)), newline="")
    assert sorted(each.day.day for each in events_of(str(path), TODAY).events) == days


def test_a_time_written_for_everywhere_is_that_of_the_zone_of_the_calendar(tmp_path):
    path = tmp_path / "a.ics"
    late = ("DTSTART:20261103T010000Z", "")
    for zone, day in {"America/New_York": 2, "": 3, "../../etc/passwd": 3}.items():
        path.write_text(_calendar(late, zone=f"X-WR-TIMEZONE:{zone}\r\n"), newline="")
        assert [each.day.day for each in events_of(str(path), TODAY).events] == [day]


def test_an_appointment_without_me_was_no_contact(book):
    at = "DTSTART:20261103T090000"
    assert _proposed(book, _calendar((at, "")), "a.ics") == [("meeting", "Ann Lee", "")]
    assert _proposed(book, _calendar((at, ";PARTSTAT=DECLINED")), "a.ics") == []
    others = _calendar((at, "")).replace("dana@reed", "paul@okafor")
    assert _proposed(book, others, "a.ics") == []


@pytest.mark.parametrize("text", ["hi" + " -" * 190 + "?", "dear " + "a,b/" * 95 + ".", "x-" * 200])
def test_a_line_takes_no_longer_for_being_odd(text):
    before = process_time()
    first_line_of_text(f"{text}\n\nx")
    first_line(b"Content-Type: text/html\n", b"<!--" * 8_000)
    assert process_time() - before < 2  # it was hours


def test_brackets_in_brackets_are_no_address():
    head = b"To: dana@reed.example\nDate: Mon, 2 Nov 2026 09:00\nFrom: " + b"(" * 19_000
    assert read_mail(RawMail(head, b""), TODAY) == "nobody"


def test_whoever_writes_in_my_name_is_not_me(book):
    forged = _mail("Ann, meet Paul.", "Ann Lee", "Paul Okafor", sender="Dana Reed")
    assert _proposed(book, forged) == [("introduction", "Ann Lee", "Paul Okafor")]
    assert _proposed(book, forged.replace("dana@reed", "dana@evil")) == []


def test_a_name_without_a_blank_is_one_where_names_have_none(book):
    sent = _mail("Dana, meet 李小龙.", "Dana Reed").replace(
        "To: ", "Cc: 李小龙 <li@x.example>\nTo: "
    )
    assert _proposed(book, sent) == [("referral", "Ann Lee", "李小龙")]


@pytest.mark.parametrize(
    ("labels", "is_left"),
    [
        *(("Spam", True), ("=?UTF-8?Q?Inbox,Entw=C3=BCrfe?=", True), ("Correo no deseado", True)),
        *(("Inbox,Spam filter", False), ("Junkyard", False)),
    ],
)
def test_what_a_mail_program_threw_away_is_left(labels, is_left):
    text = f"X-Gmail-Labels: {labels}\n" + _mail("Dana, meet Paul.", "Dana Reed")
    found = read_mail(RawMail(text.partition("\n\n")[0].encode(), b""), TODAY)
    assert (found == "machine") is is_left


HEADER = "accept,kind,date,person,other,handoff,person_email,other_email,subject,id\n"
INTRODUCED = "yes,introduction,2026-11-03,Ann Lee,Paul Okafor,,,,,a1\n"


def test_a_file_of_proposals_that_excel_saved_says_the_same(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(HEADER + INTRODUCED)
    plain = read_accepted(str(path), TODAY)
    turned = HEADER + INTRODUCED.replace("2026-11-03", "03.11.2026") + INTRODUCED
    path.write_text("\ufeff" + turned.replace(",", ";"), newline="\r\n")
    assert read_accepted(str(path), TODAY) == plain
    assert len(plain[0]) == 1


@pytest.mark.parametrize(
    "row",
    [
        "yes,email,2026-11-03,Ann Lee,Paul Okafor,,,,,a1\n",
        "yes,introduction,2026-11-03,Ann Lee,Cy Dunn,,,words of a mail,,a1\n",
        "yes,settled,2026-11-03,Ann Lee,,,,,,a1\n",
        "yes,email,03/04/2026,Ann Lee,,,,,,a1\n",
    ],
)
def test_a_row_that_was_never_proposed_so_is_refused(tmp_path, row):
    path = tmp_path / "p.csv"
    path.write_text(HEADER + row)
    with pytest.raises(LedgerError) as error:
        read_accepted(str(path), TODAY)
    assert [each.line for each in error.value.problems] == [2]


def test_nothing_is_taken_in_of_me_with_myself(book):
    request = Request("p.csv", str(book), me="Dana Reed", today=TODAY)
    for one, other in (("Dana Reed", "Ann Lee"), ("Ann Lee", "Dana Reed")):
        wrong = [Proposal("introduction", date(2026, 11, 3), one, other)]
        with pytest.raises(LedgerError, match="is you"):
            prepare_accepted(request, "p.csv", wrong)
