"""What a spreadsheet says by more than its cells: struck fonts, merged cells, sheets, months."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from intake_files import MONTHS, File
from intake_shapes import partner, shape
from intake_sheets import as_text, plain
from intake_truth import Fact, Table, world_of

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Mapping, Sequence

_SAID = ("day", "prospect")


def styled(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    *,
    struck: Collection[int] = (),
    merged: Collection[str] = (),
) -> bytes:
    """Write a workbook with rows that a font strikes through, and with merged cells."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    through = openpyxl.styles.Font(strike=True)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for line, row in enumerate(rows, 1):
            for at, value in enumerate(row, 1):
                if value not in ("", None):
                    cell = page.cell(line, at, value)
                    if line in struck:
                        cell.font = through
                    if isinstance(value, date):
                        cell.number_format = "yyyy-mm-dd"
        for each in merged:
            page.merge_cells(each)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@shape("workbook with rows struck through by their font")
def _struck_font(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    rows: list[list[Any]] = [["Date", chance.choice(("From", "Referred by")), "To", "Client"]]
    facts, struck = [], set()
    for fact in w.facts:
        rows.append([fact.day, fact.giver, fact.receiver, fact.prospect])
        if chance.random() < 0.25:
            struck.add(len(rows))
        else:
            facts.append(fact)
    if not facts:
        facts, struck = [*w.facts], set()
    data = styled({"Log": rows}, struck=struck)
    table = Table({}, plain(facts), _SAID, None, people=[w.me, *w.others])
    return File("log.xlsx", data, table)


@shape("workbook with cells merged downwards")
def _merged_down(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    by_giver = chance.random() < 0.7
    header = [chance.choice(("From", "Referred by", "Giver")), "Date", "To", "Client"]
    if not by_giver:
        header[:2] = [header[1], header[0]]
    rows: list[list[Any]] = [header]
    merged, facts = [], []
    if by_giver:
        facts = sorted(w.facts, key=lambda fact: fact.giver)
    else:  # several on one day
        facts = [replace(fact, day=w.facts[at // 3 * 3].day) for at, fact in enumerate(w.facts)]
    begun = 2
    for line, fact in enumerate(facts, 2):
        first = fact.giver if by_giver else fact.day
        second = fact.day if by_giver else fact.giver
        before = None if line == 2 else (facts[line - 3].giver if by_giver else facts[line - 3].day)
        if first != before:
            begun = line
        rows.append([first if begun == line else "", second, fact.receiver, fact.prospect])
        after = facts[line - 1] if line - 1 < len(facts) else None
        last = after is None or (after.giver if by_giver else after.day) != first
        if last and line > begun:
            merged.append(f"A{begun}:A{line}")
    data = styled({"Log": rows}, merged=merged)
    return File("log.xlsx", data, Table({}, plain(facts), _SAID, None))


@shape("workbook with a sheet for each partner")
def _sheet_per_partner(chance: random.Random) -> File:
    w = world_of(chance)
    ways = chance.choice((("Given", "Received"), ("OUT", "IN"), ("Sent", "Received")))
    header = ["Date", chance.choice(("Direction", "In/Out", "Given or received")), "Client"]
    sheets: dict[str, list[list[Any]]] = {}
    for fact in w.facts:
        way = ways[0] if fact.giver == w.me else ways[1]
        name = str(partner(w, fact))
        sheets.setdefault(name, [header]).append([fact.day, way, fact.prospect])
    table = Table({}, plain(w.facts), _SAID, w.me)
    return File("partners.xlsx", styled(sheets), table, sheets=(*sheets,))


@shape("workbook with a sheet for each member, of what they gave")
def _sheet_per_member(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    header = ["Date", chance.choice(("Referred to", "To", "Given to")), "Client"]
    sheets: dict[str, list[list[Any]]] = {}
    for fact in w.facts:
        row = [fact.day, fact.receiver, fact.prospect]
        sheets.setdefault(fact.giver, [header]).append(row)
    me = chance.choice((None, "Quentin Marlowe"))
    table = Table({}, plain(w.facts), _SAID, me, people=[w.me, *w.others])
    return File("chapter.xlsx", styled(sheets), table, sheets=(*sheets,))


@shape("months as columns, a row for each partner")
def _months_across(chance: random.Random) -> File:
    w = world_of(chance)
    title = chance.choice(("Partner", "Referral partner", "Referred by", "Source"))
    words = chance.choice(("received", "sent"))
    if title in ("Referred by", "Source"):
        words = "received"
    count = chance.randrange(4, 13)
    header = [title, *MONTHS.split()[:count], *(["Total"] if chance.random() < 0.6 else [])]
    rows: list[list[Any]] = [header]
    facts = []
    for other in w.others:
        numbers = [chance.choice((0, 0, 1, 2, 3)) for _ in range(count)]
        shown = [str(each) if each or chance.random() < 0.5 else "" for each in numbers]
        rows.append([other, *shown, *([str(sum(numbers))] if "Total" in header else [])])
        ends = (other, w.me) if words == "received" else (w.me, other)
        facts += [Fact(*ends, count=each) for each in numbers if each]
    if not facts:
        rows[1][1] = "1"
        ends = (w.others[0], w.me) if words == "received" else (w.me, w.others[0])
        facts = [Fact(*ends)]
    if chance.random() < 0.6:
        rows.insert(0, [f"Referrals {words} {chance.randrange(2022, 2026)}"])
    made = as_text(w, rows, Table({}, facts, (), w.me))
    name = made.name if len(rows[0]) == 1 else made.name.replace("sheet", f"referrals {words}")
    return replace(made, name=name)


@shape("how clients heard of us: searches, adverts and people")
def _heard(chance: random.Random) -> File:
    w = world_of(chance)
    header = chance.choice(
        ("How did you hear about us?", "How did they find us", "Where did you hear of us?")
    )
    rows: list[list[Any]] = [["Name", "Date", header]]
    facts = []
    people = [*w.others, *(fact.prospect for fact in w.facts)]
    for fact in w.facts:
        if fact.giver == w.me:
            what = chance.choice(("Google", "Facebook", "Website", "Walk-in", "Instagram ad"))
            rows.append([fact.prospect, fact.day, what])
        else:
            rows.append([fact.prospect, fact.day, fact.giver])
            facts.append(fact)
    return as_text(w, rows, Table({}, plain(facts), _SAID, w.me, people=people))


@shape("plus and minus for the direction")
def _plus_minus(chance: random.Random) -> File:
    w = world_of(chance)
    plus = chance.choice(("given", "received"))
    header = ["Date", chance.choice(("+/-", "Direction", "In/Out")), "Name", "Client"]
    rows: list[list[Any]] = [header]
    for fact in w.facts:
        way = "given" if fact.giver == w.me else "received"
        sign = "+" if way == plus else "-"
        rows.append([fact.day, sign, str(partner(w, fact)), fact.prospect])
    return as_text(w, rows, Table({}, plain(w.facts), _SAID, w.me))


@shape("block of rows under each giver, named once")
def _blocks(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    facts = sorted(w.facts, key=lambda fact: fact.giver)
    rows: list[list[Any]] = [[chance.choice(("From", "Referred by")), "Date", "To", "Client"]]
    last = ""
    for fact in facts:
        shown = "" if fact.giver == last else fact.giver
        rows.append([shown, f"{fact.day}", fact.receiver, fact.prospect])
        last = fact.giver
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return File("log.csv", stream.getvalue().encode(), Table({}, plain(facts), _SAID, None))
