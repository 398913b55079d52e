"""A mailbox, a calendar and a phone's contacts of a generated life become a book at a terminal."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date, timedelta

from click.testing import CliRunner
from terminal import at_a_terminal
from test_imports_capture import mail, mbox

from refgraph.cli import main

TODAY = date(2026, 11, 29)
ME = ("Dana Reed", "dana@reed.example")
FIRST = ["Ann", "Bo", "Cy", "Di", "Eve", "Flo", "Gus", "Hal"]
LAST = ["Archer", "Brook", "Carver", "Dunn", "Ellis", "Frost", "Grant", "Hale"]
INTRODUCING = (
    "Dana, meet {first}. You will like each other.",
    "Hallo Dana, darf ich dir {first} vorstellen?",
    "Dana, je te présente {first}.",
    "Dana, te presento a {first}.",
)


class Life:
    """Eight people whom I know, and what was in three years with them."""

    def __init__(self, seed):
        rng = random.Random(seed)  # noqa: S311
        self.people = [
            (f"{first} {last}", f"{first}@{last}.example".lower())
            for first, last in zip(FIRST, LAST, strict=True)
        ]
        self.mails, self.entries = [], []
        self.received, self.met, self.introduced = Counter(), Counter(), set()
        self.last, self.givers = {}, []
        self.day = TODAY - timedelta(days=900)
        for number in range(60):
            self.day += timedelta(days=rng.randint(3, 14))
            rng.choice((self.referral, self.meeting, self.meeting, self.noise))(number, rng)
        self.introduction(98, self.people[0], self.people[1])
        self.introduction(99, self.people[2], self.people[3])

    def referral(self, number, rng):
        giver = rng.choice(self.people)
        stranger = (
            f"Pia {chr(65 + number % 26)}{'aeiou'[number // 26]}lund",
            f"p{number}@x.example",
        )
        text = rng.choice(INTRODUCING).format(first=stranger[0].split()[1])
        self.mails.append(mail(number, giver, [ME], text, "Intro", self.day, [stranger]))
        self.received[giver[0]] += 1
        self.last[giver[0]] = str(self.day)
        self.givers.append(giver[0])

    def meeting(self, number, rng):
        name, address = rng.choice(self.people)
        self.entries.append(
            f"BEGIN:VEVENT\nUID:{number}\nDTSTART:{self.day:%Y%m%d}T120000\nSUMMARY:Lunch\n"
            f"ATTENDEE;CN={name}:mailto:{address}\nEND:VEVENT\n"
        )
        self.met[name] += 1

    def noise(self, number, rng):
        robot = ("The Club", "no-reply@club.example")
        them = [rng.choice(self.people)]
        self.mails.append(mail(number, robot, [ME], "Dana, meet us.", "Intro", self.day, them))

    def introduction(self, number, one, other):
        text = f"{one[0].split()[0]}, meet {other[0].split()[0]}."
        self.mails.append(mail(number, ME, [one, other], text, "Intro", self.day))
        self.introduced.add((one[0], other[0]))

    def forget_first(self):
        """Take the first referral out of what is true: it was said no to."""
        giver = self.givers[0]
        self.received[giver] -= 1
        self.received += Counter()

    def write(self, folder):
        """Write the three files, as a phone, a calendar and a mail program do."""
        cards = (
            f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{address}\nEND:VCARD\n"
            for name, address in self.people
        )
        (folder / "contacts.vcf").write_text("".join(cards))
        entries = "".join(self.entries)
        (folder / "calendar.ics").write_text(f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR\n")
        (folder / "mail.mbox").write_bytes(mbox(self.mails))


def _json(*words):
    done = CliRunner().invoke(main, [*map(str, words), "-O", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_life_becomes_a_book_by_pressing_keys_and_its_report_is_right(tmp_path):
    life = Life(7)
    life.write(tmp_path)
    files = ["contacts.vcf", "mail.mbox", "calendar.ics"]
    words = ["import", *files, "-b", "book", "--me", ME[0], "--today", TODAY]
    keys = (b"n", b"y", b"u", b"y", b"q")  # no and yes, which is taken back; yes, and an end
    told, pressed = at_a_terminal(words, lambda at: keys[at], tmp_path)
    assert pressed == len(keys)
    assert "1 accepted, 1 declined, " in told
    # what was declined is not asked again, and what was left is
    again = ["import", *files[1:], "-b", "book", "--today", TODAY]
    told, pressed = at_a_terminal(again, lambda _: b"y", tmp_path)
    assert f"{pressed:,} accepted, 0 declined, 0 left" in told
    told, pressed = at_a_terminal(again, lambda _: b"", tmp_path)
    assert pressed == 0
    life.forget_first()
    book = tmp_path / "book"
    report = _json("report", book, "--today", TODAY)
    assert {row["person"]: row["gave_me"] for row in report["owe"]} == dict(life.received)
    assert {row["person"]: row["last_from_them"] for row in report["owe"]} == life.last
    assert report["position"]["received"] == life.received.total()
    assert report["position"]["given"] == 0
    assert report["book"]["referrals"] == life.received.total()
    touches = (book / "touches.csv").read_text("utf-8").splitlines()
    assert Counter(line.split(",")[1] for line in touches if ",meeting," in line) == life.met
    introduced = {(one, other) for one, other in life.introduced}
    assert {
        (line.split(",")[1], line.split(",")[5]) for line in touches if ",introduction," in line
    } == introduced
