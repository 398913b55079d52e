"""Mail is read line by line, bounded, and of each mail only what says who, when and what."""

from __future__ import annotations

import tracemalloc
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.imports.events.captured_event import MOST_PARTIES, Party
from refgraph.imports.events.captures import events_of, is_capture
from refgraph.imports.events.mail_archive import MOST_BODY, MOST_HEADER, RawMail, mails_in
from refgraph.imports.events.mail_first_line import first_line, first_line_of_text
from refgraph.imports.events.mail_reader import read_mail

TODAY = date(2026, 11, 29)
SOUND = {
    "From": "Ann Lee <ann@lee.example>",
    "To": "Dana Reed <dana@reed.example>",
    "Date": "Mon, 2 Nov 2026 09:00:00 +0100",
    "Message-ID": "<1@lee.example>",
    "Subject": "Intro",
}


def _mail(text="Dana, meet Paul.\n", **header):
    fields = SOUND | {name.replace("_", "-"): value for name, value in header.items()}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)
    return RawMail(head.encode("utf-8", "surrogateescape"), text.encode())


def test_a_mail_is_who_when_and_its_first_line():
    event = read_mail(_mail(Cc="Paul Okafor <Paul@Okafor.example>"), TODAY)
    assert event.sender == Party("Ann Lee", "ann@lee.example")
    assert event.others[1] == Party("Paul Okafor", "paul@okafor.example")
    assert (event.day, event.subject, event.line) == (
        date(2026, 11, 2),
        "Intro",
        "Dana, meet Paul.",
    )


def test_of_a_mail_that_says_nothing_no_word_is_kept():
    event = read_mail(_mail("The roof leaks again.\n", Subject="roof"), TODAY)
    assert (event.subject, event.line) == ("", "")


@pytest.mark.parametrize(
    "header",
    [
        {"List_Id": "<club.example>"},
        {"List_Unsubscribe": "<mailto:x@y.example>"},
        {"Precedence": "bulk"},
        {"Auto_Submitted": "auto-replied"},
        {"Return_Path": "<>"},
        {"X_Spam_Flag": "YES"},
        {"Content_Type": "multipart/report; boundary=x"},
        {"Content_Type": "text/calendar"},
        {"X_Gmail_Labels": "Spam"},
        {"Subject": "Abwesenheitsnotiz: Intro"},
        {"Subject": "Réponse automatique : Intro"},
        {"Subject": "Accepted: Lunch"},
    ],
)
def test_what_a_machine_sent_tells_nothing(header):
    assert read_mail(_mail(**header), TODAY) == "machine"


DATES = {
    "Mon, 2 Nov 2026 23:30:00 -0800": date(2026, 11, 2),
    "2 Nov 26 09:00": date(2026, 11, 2),
    "Mon, 2 Nov 2026 09:00:00": date(2026, 11, 2),
    "Mon, 30 Nov 2026 09:00:00 +1400": date(2026, 11, 30),
}


@pytest.mark.parametrize("text", DATES)
def test_a_day_is_that_of_who_wrote(text):
    assert read_mail(_mail(Date=text), TODAY).day == DATES[text]


@pytest.mark.parametrize(
    "text",
    [
        *("Fri, 1 Jan 2100 00:00:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000", "soon", "", None),
        *("Mon, 32 Nov 2026 09:00:00", "9" * 5_000, "Mon, 2 Nov 99999 09:00 +9999", "\x00"),
    ],
)
def test_a_day_that_cannot_be_is_that_of_the_arrival_or_none(text):
    assert read_mail(_mail(Date=text), TODAY) == "undated"
    received = "from x by y; Tue, 3 Nov 2026 10:00:00 +0100"
    assert read_mail(_mail(Date=text, Received=received), TODAY).day == date(2026, 11, 3)
    envelope = b"From x@y Wed Nov  4 10:00:00 2026"
    raw = _mail(Date=text)
    assert read_mail(RawMail(raw.head, raw.body, envelope), TODAY).day == date(2026, 11, 4)


def test_a_date_far_from_the_arrival_is_forged():
    received = "from x by y; Tue, 3 Nov 2026 10:00:00 +0100"
    event = read_mail(_mail(Date="Mon, 2 Nov 2015 09:00:00 +0100", Received=received), TODAY)
    assert event.day == date(2026, 11, 3)


NAMES = {
    "=?utf-8?q?Jos=C3=A9_=C3=81lvarez?= <j@x.example>": "José Álvarez",
    '"Lee, Ann" <a@x.example>': "Lee, Ann",
    "a@x.example": "",
    '"a@x.example" <a@x.example>': "",
    "\x1b[31mAnn\x1b[0m Lee <a@x.example>": "Ann Lee",
    "\u202eeeL nnA <a@x.example>": "eeL nnA",
    f"{'x' * 500} <a@x.example>": "",
    "=?nonsense?b?AAAA?= <a@x.example>": "\x00\x00\x00".strip("\x00"),
}


@pytest.mark.parametrize("text", NAMES)
def test_names_are_decoded_and_made_safe(text):
    assert read_mail(_mail(From=text), TODAY).sender.name == NAMES[text]


def test_a_crowd_is_nobody():
    to = ", ".join(f"p{number}@x.example" for number in range(MOST_PARTIES + 1))
    assert read_mail(_mail(To=to), TODAY) == "crowd"
    assert read_mail(_mail(To=None), TODAY) == "nobody"


LINES = {
    "Hi Dana,\n\nmeet Paul.\nBest\n": "Hi Dana, meet Paul. Best",
    "\n\n> quoted\n\nmeet Paul.\n": "meet Paul.",
    "On Mon, 2 Nov 2026 Ann wrote:\n> meet Paul": "",
    "Am 2.11.2026 schrieb Ann Lee:\nmeet Paul": "",
    "-----Original Message-----\nmeet Paul": "",
    "-- \nAnn Lee\nmeet Paul": "",
    "Sounds good.\n\nmeet Paul": "Sounds good.",
}


@pytest.mark.parametrize("text", LINES)
def test_a_first_line_is_what_was_written_and_not_what_it_answers(text):
    assert first_line_of_text(text) == LINES[text]


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("nested", [0, 1, 40])
def test_the_first_line_is_found_however_it_is_wrapped(cte, nested):
    inner = EmailMessage()
    inner.set_content("Grüße an José und Zoë\n", cte=cte)
    inner.add_alternative("<p>no</p>", subtype="html")
    for _ in range(nested):
        outer = EmailMessage()
        outer["Content-Type"] = "multipart/mixed"
        outer.attach(inner)
        inner = outer
    head, _, body = inner.as_bytes().partition(b"\n\n")
    assert first_line(head, body) == "Grüße an José und Zoë"


def test_a_page_is_read_without_its_tags():
    page = "<html><style>p {}</style><p>Dana,<br>meet <b>Paul</b> &amp; Co</p><p>Ann</p></html>"
    assert first_line(b"Content-Type: text/html\n", page.encode()) == "Dana, meet Paul & Co"


def test_an_archive_is_read_in_pieces_whatever_its_size(tmp_path):
    path = tmp_path / "big.mbox"
    head = _mail().head
    with path.open("wb") as stream:
        for number in range(4):
            stream.write(b"From x@y Wed Nov  4 10:00:00 2026\n" + head)
            stream.write(b"Content-Type: multipart/mixed; boundary=b\n")
            stream.write(b"X-Long: " + b"x" * 1_500_000 + b"\n\n--b\n\nDana, meet Paul.\n")
            for _ in range(3_000):
                stream.write(b"--b\nContent-Type: image/png\n\n" + b"A" * 1_000 + b"\n")
            stream.write(b">From here on\nFrom the other side\n\n" + b"%d\n\n" % number)
    tracemalloc.start()
    found = [*mails_in(str(path))]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 4
    assert most < 8 * (MOST_HEADER + MOST_BODY) + 500_000
    assert all(read_mail(raw, TODAY).line == "Dana, meet Paul." for raw in found)


def test_folders_of_mails_are_archives_and_other_folders_are_none(tmp_path):
    box = tmp_path / "box"
    (box / "cur").mkdir(parents=True)
    raw = _mail()
    (box / "one.eml").write_bytes(raw.head + b"\n" + raw.body)
    (box / "cur" / "1:2,S").write_bytes(raw.head + b"\n" + raw.body)
    (box / "two.emlx").write_bytes(b"120\n" + raw.head + b"\n" + raw.body + b"<plist/>")
    (box / "note.txt").write_text("no mail")
    assert is_capture(str(box))
    assert len(events_of(str(box), TODAY).events) == 3
    assert not is_capture(str(tmp_path / "empty"))
    (box / "referrals.csv").write_text("giver,receiver\n")
    assert not is_capture(str(box))


def test_a_table_with_headers_like_a_mail_is_none(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("From,To,Date\nAnn,Bo,2026-01-01\n")
    assert not is_capture(str(table))
    one = tmp_path / "one.txt"
    one.write_bytes(_mail().head + b"\nHi\n")
    assert is_capture(str(one))


@given(
    head=st.binary(max_size=300),
    body=st.binary(max_size=300),
    names=st.lists(st.sampled_from([*SOUND, "Cc", "Received", "Content-Type"]), max_size=6),
)
def test_no_mail_stops_the_reading(head, body, names):
    fields = b"".join(
        name.encode() + b": " + head.replace(b"\n\n", b"\n") + b"\n" for name in names
    )
    event = read_mail(RawMail(_mail().head + fields, body), TODAY)
    assert isinstance(event, str) or event.day <= date(2026, 11, 30)
    read_mail(RawMail(head, body), TODAY)
