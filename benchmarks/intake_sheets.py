"""Sheets that are no plain table, and what people write in their cells: forms, marks, remarks."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from intake_files import MONTHS, File, day_text, workbook, written
from intake_shapes import partner, shape, tabled
from intake_truth import Fact, Name, Table, World, world_of

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


def as_text(w: World, rows: Sequence[Sequence[Any]], table: Table, delimiter: str = ",") -> File:
    """Write rows as they are, as CSV or now and then as a workbook."""
    if w.chance.random() < 0.3:
        return File("sheet.xlsx", workbook({"Sheet1": rows}), table)
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return File("sheet.csv", stream.getvalue().encode("utf-8"), table)


def plain(facts: Sequence[Fact]) -> list[Fact]:
    """Give referrals of which no outcome is told."""
    return [replace(fact, status=(), value=()) for fact in facts]


@shape("two tables side by side: given, received")
def _side_by_side(chance: random.Random) -> File:
    w = world_of(chance)
    gap = [""] * chance.choice((1, 1, 2))
    labels = chance.choice((("Given", "Received"), ("REFERRALS SENT", "REFERRALS RECEIVED")))
    named = chance.random() < 0.5
    heads = [
        ["Date", *(["Name"] if named else [side]), "Client"]
        for side in chance.choice((("To", "From"), ("Referred to", "Referred by")))
    ]
    sides = [
        [[fact.day, str(partner(w, fact)), fact.prospect] for fact in some]
        for some in (w.given, w.received)
    ]
    rows: list[list[Any]] = [[labels[0], "", "", *gap, labels[1], "", ""]]
    rows[0] = rows[0] if named or chance.random() < 0.6 else []
    rows += [[*heads[0], *gap, *heads[1]]]
    for at in range(max(map(len, sides))):
        left, right = (side[at] if at < len(side) else [""] * 3 for side in sides)
        rows.append([*left, *gap, *right])
    return as_text(w, [row for row in rows if row], Table({}, plain(w.facts), _SAID, w.me))


_SAID = ("day", "prospect")


@shape("a table on its side: headers in the first column")
def _on_its_side(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    rows = [
        ["Date", *[f"{fact.day}" for fact in w.facts]],
        [chance.choice(("From", "Referred by")), *[fact.giver for fact in w.facts]],
        [chance.choice(("To", "Referred to")), *[fact.receiver for fact in w.facts]],
        ["Client", *[fact.prospect for fact in w.facts]],
    ]
    return as_text(w, rows, Table({}, plain(w.facts), _SAID, None))


@shape("two header lines over a count of each partner")
def _two_headers(chance: random.Random) -> File:
    w = world_of(chance)
    rows: list[list[Any]] = [
        ["Partner", "Referrals given", "", "Referrals received", ""],
        ["", "Count", "Value", "Count", "Value"],
    ]
    facts = []
    for other in w.others:
        gave, got = chance.randrange(6), chance.randrange(6)
        rows.append([other, str(gave), str(gave * 250), str(got), str(got * 125)])
        facts += [Fact(w.me, other, count=gave)] if gave else []
        facts += [Fact(other, w.me, count=got)] if got else []
    return as_text(w, rows, Table({}, facts, (), w.me))


@shape("log with ditto marks")
def _dittos(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    mark = chance.choice(('"', "ditto", "do.", "\u3003", "''"))
    header = ["Date", chance.choice(("From", "Referred By")), "To", "Client"]
    rows: list[list[Any]] = [header]
    facts, last = [], ["", "", ""]
    for fact in w.facts:
        whole = [f"{fact.day}", fact.giver, fact.receiver]
        if facts and chance.random() < 0.5:  # the same day, or the same giver, again
            at = chance.randrange(2)
            whole[at] = last[at]
            if whole[1] == whole[2]:
                whole[2] = next(name for name in (w.me, *w.others) if name != whole[1])
        cells = [mark if rows[1:] and a == b else a for a, b in zip(whole, last, strict=True)]
        rows.append([*cells, fact.prospect])
        facts.append(
            replace(
                fact,
                giver=whole[1],
                receiver=whole[2],
                day=next(each.day for each in w.facts if f"{each.day}" == whole[0]),
            )
        )
        last = whole
    return as_text(w, rows, Table({}, plain(facts), _SAID, None))


@shape("form responses: timestamp, your name, to whom")
def _form(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    zone = chance.choice(("", " AM GMT+1", " PM GMT-5"))
    header = [
        "Timestamp",
        *(["Email Address"] if chance.random() < 0.5 else []),
        chance.choice(("What is your name?", "Your name", "Your full name")),
        chance.choice(
            ("Who are you giving this referral to?", "Who is this referral given to? (member)")
        ),
        chance.choice(
            (
                "What is the name of the person or company you are referring?",
                "Client name",
                "Prospect",
            )
        ),
        "Any comments?",
    ]
    rows: list[list[Any]] = [header]
    for fact in w.facts:
        email = ["someone@post.example"] if "Email Address" in header else []
        clock = f"{chance.randrange(1, 12)}:{chance.randrange(10, 60)}:09{zone}"
        rows.append(
            [f"{fact.day:%Y/%m/%d} {clock}", *email, fact.giver, fact.receiver, fact.prospect, ""]
        )
    return as_text(w, rows, Table({}, plain(w.facts), _SAID, None))


@shape("who, whom (seven languages)")
def _who_whom(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    who, whom, when = chance.choice(
        (
            ("Who", "To whom", "When"),
            ("Wer", "Wem", "Wann"),
            ("Wer", "An wen", "Wann"),
            ("Qui", "\u00c0 qui", "Quand"),
            ("Qui\u00e9n", "A qui\u00e9n", "Cu\u00e1ndo"),
            ("Chi", "A chi", "Quando"),
            ("Wie", "Aan wie", "Wanneer"),
            ("Quem", "A quem", "Quando"),
        )
    )
    days = [f"{fact.day:%d.%m.%Y}" if who == "Wer" else f"{fact.day}" for fact in w.facts]
    names = [[fact.giver, fact.receiver] for fact in w.facts]
    rows = [[who, whom, when], *[[*two, day] for two, day in zip(names, days, strict=True)]]
    facts = [replace(fact, prospect="") for fact in w.facts]
    semi = ";" if who != "Who" else ","
    return as_text(w, rows, Table({}, plain(facts), ("day",), None), semi)


@shape("gave to, got from, and 1.2k for a fee")
def _short_amounts(chance: random.Random) -> File:
    w = world_of(chance)
    sign = chance.choice(("$", "", "\u00a3"))
    rows: list[list[Any]] = [["Date", "Gave to", "Got from", "Client", "Status", "Fee"]]
    facts = []
    for fact in w.facts:
        hundreds = chance.randrange(2, 90)
        short = f"{sign}{hundreds / 10:g}k" if chance.random() < 0.5 else f"{sign}{hundreds}00"
        given, got = (fact.receiver, "") if fact.giver == w.me else ("", fact.giver)
        rows.append([f"{fact.day}", given, got, fact.prospect, "Closed", short])
        facts.append(replace(fact, status=("won",), value=(Decimal(hundreds * 100),)))
    return as_text(w, rows, Table({}, facts, (*_SAID, "status", "value"), w.me))


@shape("numbers of each member (nothing to read)")
def _members(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    title = chance.choice(("Member", "Member Name", "Chapter Member"))
    ways = chance.choice((("Given", "Received"), ("Referrals given", "Referrals received")))
    rows: list[list[Any]] = [[title, *ways]]
    rows += [[name, *[str(chance.randrange(9)) for _ in ways]] for name in (w.me, *w.others)]
    return as_text(w, rows, Table({}, [], (), w.me, nothing=True))


@shape("log with months and remarks between the rows")
def _remarks(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    rows: list[list[Any]] = [["Date", "From", "To", "Client"]]
    month = 0
    for fact in w.facts:
        if fact.day is not None and fact.day.month != month and chance.random() < 0.7:
            month = fact.day.month
            name = MONTHS.split()[month - 1]
            rows.append([chance.choice((name, f"{name} {fact.day.year}")), "", "", ""])
        elif chance.random() < 0.1:
            rows.append([chance.choice(("NOTE: hall closed", "--- summer break ---")), "", "", ""])
        rows.append([f"{fact.day}", fact.giver, fact.receiver, fact.prospect])
    return as_text(w, rows, Table({}, plain(w.facts), _SAID, None))


@shape("records with links: Name, Partner, Direction")
def _records(chance: random.Random) -> File:
    w = world_of(chance)
    rows: list[list[Any]] = [["Name", "Date", "Partner", "Direction", "Tags"]]
    facts = [replace(fact, prospect=fact.prospect or "Some Client") for fact in w.facts]
    for fact in facts:
        other = str(partner(w, fact))
        link = f"{other} (https://notes.example/{chance.randrange(10**6)})"
        way = "Given" if fact.giver == w.me else "Received"
        rows.append([fact.prospect, day_text(fact.day, "full", chance), link, way, ""])
    return as_text(w, rows, Table({}, plain(facts), _SAID, w.me))


@shape("fee shares: originating and working attorney")
def _fee_shares(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    names = {
        ("Originating attorney", "Originating Lawyer"): [Name(fact.giver) for fact in w.facts],
        ("Working attorney", "Handling Attorney", "Responsible Attorney"): [
            Name(fact.receiver) for fact in w.facts
        ],
    }
    return written(w, tabled(w, w.facts, names, must=("prospect",)))


@shape("two ticks, and how it closed, as pictures")
def _pictures(chance: random.Random) -> File:
    w = world_of(chance)
    tick = chance.choice(("\u2705", "\u2714\ufe0f", "\U0001f44d"))
    rows: list[list[Any]] = [["Date", "Partner", "Given", "Received", "Closed"]]
    facts = []
    for fact in w.facts:
        closed = chance.random() < 0.5
        ways = (tick, "") if fact.giver == w.me else ("", tick)
        rows.append([f"{fact.day}", str(partner(w, fact)), *ways, "\u2705" if closed else "\u274c"])
        status = ("won",) if closed else ("given", "contacted", "met")
        facts.append(replace(fact, prospect="", status=status, value=()))
    return as_text(w, rows, Table({}, facts, ("day", "status"), w.me))


@shape("log of all that was done: referrals, coffees, gifts")
def _all_done(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    rows: list[list[Any]] = [["Date", "From", "To", "Type", "Client"]]
    for fact in w.facts:
        rows.append([f"{fact.day}", fact.giver, fact.receiver, "Referral", fact.prospect])
        if chance.random() < 0.4:
            what = chance.choice(("Coffee", "Gift", "Card"))
            rows.append([f"{fact.day}", fact.receiver, fact.giver, what, ""])
    return as_text(w, rows, Table({}, plain(w.facts), _SAID, None))


@shape("log with rows struck through")
def _struck(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    rows: list[list[Any]] = [["Date", "From", "To", "Client"]]
    facts = []
    for fact in w.facts:
        cells = [f"{fact.day}", fact.giver, fact.receiver, fact.prospect]
        if chance.random() < 0.2:
            cells = [f"~~{cell}~~" if cell else "" for cell in cells]
        else:
            facts.append(fact)
        rows.append(cells)
    return as_text(w, rows, Table({}, plain(facts), _SAID, None, people=_all(w)))


def _all(w: World) -> list[str]:
    return [w.me, *w.others]


@shape("plain text with columns under each other")
def _aligned(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    rows = [["Date", "From", "To", "Client"]]
    rows += [[f"{fact.day}", fact.giver, fact.receiver, fact.prospect] for fact in w.facts]
    widths = [max(map(len, cells)) + 2 for cells in zip(*rows, strict=True)]
    lines = [
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    text = "\n".join(lines) + "\n"
    return File("list.txt", text.encode(), Table({}, plain(w.facts), _SAID, None))


@shape("plain text with an arrow in each line")
def _arrows(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    arrow = chance.choice(("->", "-->", "\u2192"))
    pairs = sorted({(fact.giver, fact.receiver) for fact in w.facts})
    text = "".join(f"{giver} {arrow} {receiver}\n" for giver, receiver in pairs)
    return File("list.txt", text.encode(), Table({}, [Fact(*pair) for pair in pairs], (), None))
