"""Invented referrals, and the hands that write them down: what `intake.py` knows to be true.

A `World` is one person, or a group, with their referrals. A `Table` says them in columns, and
`written` makes a file of it as people keep files: one manner of writing dates and amounts a
file, blank rows, a total, a title, a repeated row, stray blanks and capitals.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

FIRST = (
    "Abel Adele Agnes Alma Anton Arlo Basil Bea Boris Bruno Carla Cecil Clara Conrad Dana Delia "
    "Doris Edgar Elsa Emil Enid Esther Felix Flora Frank Gerda Gilda Greta Hanna Hector Helga Hugo "
    "Ida Igor Ines Iris Ivan Jonas Judith Karl Klara Lena Leo Lotte Lucia Magda Marek Mina Nadia "
    "Nils Nora Olga Oscar Otto Paula Petra Quentin Rafael Renata Rita Rosa Ruben Sven Tilda Ursula "
    "Vera Viktor Wanda Xenia Yannick Zelda José Zoë François Jörg Noël Inês Núria"
).split()
LAST = (
    "Abbott Adeyemi Ashworth Bairstow Bellamy Brandt Calloway Cavendish Dahl Delgado Drummond "
    "Eastwick Ekberg Farrow Fenwick Galloway Grimaldi Hadley Harrow Holloway Ibarra Ingram Jessop "
    "Kaminski Kettering Kovacs Langley Lindqvist Lockhart Marchetti Merriweather Moreau Nakamura "
    "Norwood Okafor Ollerton Ortiz Pemberton Petrov Quill Radcliffe Renshaw Rossi Sandoval "
    "Schofield Stanhope Szabo Tanaka Thackeray Underhill Vance Vasquez Wetherby Whitlock Yardley "
    "Zielinski Müller Núñez Lefèvre Sørensen Gonçalves O'Brien Van-Dyke Smith-Jones"
).split()
TRADES = ("Dental", "Roofing", "Bakery", "Legal", "Plumbing", "Interiors", "Motors", "Travel")
NOTES = (
    "met at the fair, very keen",
    "call again, then e-mail",
    'says "after the holidays"',
    "kitchen, bath and roof",
    "warm introduction",
    "wants a second opinion; urgent",
    "knows the family",
    "left message",
)
#: Status words of people, and what each may become.
OPEN = ("given", "contacted", "met")
STATUS = {
    **dict.fromkeys(
        ("Closed", "Won", "Closed Won", "Sold", "Paid", "Yes", "Converted", "Signed"), ("won",)
    ),
    **dict.fromkeys(("Lost", "Closed Lost", "Dead", "Not interested", "Declined"), ("lost",)),
    **dict.fromkeys(("No",), ("lost", *OPEN)),
    **dict.fromkeys(
        ("Pending", "Open", "In progress", "Active", "New", "", "Under contract"), OPEN
    ),
    **{"Contacted": ("contacted",), "Met": ("met",), "Meeting set": OPEN, "Left message": OPEN},
}


class Name(str):
    """A cell with the name of a person who gives or receives."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A referral that happened; `optional` where a book may do without it.

    `status` and `value` hold all that a careful reader may make of the cells; `also` is
    another name by which the prospect may go.
    """

    giver: str
    receiver: str
    day: date | None = None
    prospect: str = ""
    status: tuple[str, ...] = ()
    value: tuple[Decimal | None, ...] = ()
    count: int = 1
    optional: bool = False
    also: str = ""


@dataclass(slots=True)
class World:
    """Who refers whom in one book.

    Attributes
    ----------
    chance : random.Random
        All that is made up.
    me : str
        Whose referrals they are; in a group just one of them.
    others : list of str
        The others.
    facts : list of Fact
        In the order of their days; me is in each of them, or in few if it is a group.
    """

    chance: random.Random
    me: str
    others: list[str]
    facts: list[Fact]

    def pick(self, *words: str) -> str:
        """Choose a word."""
        return self.chance.choice(words)

    @property
    def given(self) -> list[Fact]:
        """What I gave."""
        return [fact for fact in self.facts if fact.giver == self.me]

    @property
    def received(self) -> list[Fact]:
        """What I received."""
        return [fact for fact in self.facts if fact.receiver == self.me]


def world_of(chance: random.Random, *, group: bool = False, title: str = "") -> World:
    """Make up people and referrals."""
    firsts, lasts = chance.sample(FIRST, 60), chance.sample(LAST, 55)
    names = [f"{title}{firsts.pop()} {lasts.pop()}" for _ in range(chance.randrange(5, 10))]
    me, *others = names
    number = chance.randrange(6, 22)
    start = date(2022, 3, 1)
    days = sorted(chance.sample(range(900), number))
    facts = []
    for back in days:
        pair = chance.sample(names, 2) if group else [me, chance.choice(others)]
        if not group and chance.random() < 0.5:
            pair.reverse()
        if lasts and chance.random() < 0.7:
            prospect = f"{firsts.pop()} {lasts.pop()}"
            if chance.random() < 0.08:
                prospect = f"{firsts.pop()} & {prospect}"
        else:
            prospect = f"{lasts.pop() if lasts else firsts.pop()} {chance.choice(TRADES)}"
        facts.append(Fact(*pair, start + timedelta(days=back), prospect))
    if not group:  # both ways are there
        facts[0] = replace(facts[0], giver=me, receiver=others[0])
        facts[1] = replace(facts[1], giver=others[1], receiver=me)
    return World(chance, me, others, facts)


@dataclass(slots=True)
class Table:
    """What a file says, column by column.

    Attributes
    ----------
    columns : dict of str to list
        Cells under their headers: text, `Name`, days, amounts.
    facts : list of Fact
        What is true of it.
    compared : tuple of str
        What of a fact stands in it: day, prospect, status, value.
    me : str or None
        Whose it is.
    people : list of str
        Who else is named as a person.
    wanted : list of str
        Whom a book must have, with or without a referral.
    nothing : bool
        Whether no referral can be read from it.
    meetings : int
        How many one-to-ones it holds.
    fixed : bool
        Whether the order of columns is that of a program, and nothing is added by hand.
    language : str
        Whose dates and amounts.
    """

    columns: dict[str, list[Any]]
    facts: list[Fact]
    compared: tuple[str, ...] = ()
    me: str | None = None
    people: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    nothing: bool = False
    meetings: int = 0
    fixed: bool = False
    language: str = "en"
    date_styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file, what is true of it, and how its days and amounts are written."""

    name: str
    data: bytes
    table: Table
    sheets: tuple[str, ...] = ()
    days: str = ""
    amounts: str = ""


MONTHS = "January February March April May June July August September October November December"


def day_text(day: date, style: str, chance: random.Random) -> str:
    """Write a day as somebody does."""
    if style == "mixed":
        numeric = ["mdy"] if day.day > 12 else []
        style = chance.choice(["iso", "iso", "long", "us", "ymd", *numeric])
    month = MONTHS.split()[day.month - 1]
    return {
        "iso": f"{day:%Y-%m-%d}",
        "ymd": f"{day:%Y/%m/%d}",
        "compact": f"{day:%Y%m%d}",
        "mdy": f"{day.month}/{day.day}/{day.year}",
        "mdy0": f"{day:%m/%d/%Y}",
        "mdy2": f"{day.month}/{day.day}/{day:%y}",
        "dmy": f"{day:%d/%m/%Y}",
        "dots": f"{day:%d.%m.%Y}",
        "dash": f"{day:%d-%m-%Y}",
        "long": f"{day.day} {month[:3]} {day.year}",
        "us": f"{month[:3]} {day.day}, {day.year}",
        "full": f"{month} {day.day}, {day.year}",
        "stamp": f"{day:%Y-%m-%d}T{chance.randrange(8, 19):02d}:30:00Z",
        "zone": f"{day:%Y-%m-%d} {chance.randrange(8, 19):02d}:15:44 +0100",
        "clock": f"{day:%Y-%m-%d} {chance.randrange(8, 19):02d}:14",
        "us clock": f"{day.month}/{day.day}/{day.year} {chance.randrange(8, 19)}:05",
    }[style]


DATES = {
    "en": ("iso", "iso", "mdy", "mdy", "mdy0", "mdy2", "dmy", "long", "us", "full", "ymd", "mixed", "mixed"),
    "de": ("dots", "dots", "dots", "iso"),
    "fr": ("dmy", "dmy", "iso"),
    "es": ("dmy", "dmy", "iso"),
    "it": ("dmy", "dmy", "iso"),
    "nl": ("dash", "dash", "dmy", "iso"),
    "pt": ("dmy", "dmy", "iso"),
}  # fmt: skip


def money_text(amount: Decimal, style: str) -> str:
    """Write an amount as somebody does."""
    cents = f"{amount:,.2f}"
    whole = f"{amount:,.0f}" if amount == int(amount) else cents
    european = cents.translate(str.maketrans(",.", ".,"))
    return {
        "plain": f"{amount}",
        "cents": f"{amount:.2f}",
        "thousands": cents,
        "dollar": f"${whole}",
        "dollar cents": f"${cents}",
        "pound": f"£{whole}",
        "code": f"USD {whole}",
        "comma": european,
        "euro": f"{european} €",
        "euro first": f"€ {european}",
        "real": f"R$ {european}",
    }[style]


AMOUNTS = {
    "en": ("plain", "cents", "thousands", "dollar", "dollar", "dollar cents", "pound", "code"),
    "pt": ("comma", "euro", "real"),
}
EUROPEAN = ("comma", "euro", "euro first", "euro")


def name_text(name: str, chance: random.Random, often: float) -> str:
    """Write a name with a slip of the hand now and then."""
    if chance.random() >= often or "&" in name:
        return name
    kind = chance.randrange(5)
    if kind == 0:
        return name + " "
    if kind == 1:
        return " " + name
    if kind == 2:
        return name.replace(" ", "  ", 1)
    return name.upper() if kind == 3 else name.lower()


EXTRA = {
    "en": {
        "Phone": lambda c, _: f"555-01{c.randrange(100):02d}",
        "City": lambda c, _: c.choice(("Salem", "Dover", "York", "Lincoln", "")),
        "Priority": lambda c, _: c.choice(("High", "Low", "Medium", "")),
        "Next Step": lambda c, _: c.choice(("call", "send proposal", "lunch", "")),
        "Follow Up Date": lambda c, day: (day + timedelta(days=c.randrange(5, 60))) if day else "",
        "Thank You Sent": lambda c, _: c.choice(("Y", "N", "yes", "")),
        "#": None,
        "ID": None,
        "Industry": lambda c, _: c.choice(("Finance", "Health", "Building", "")),
        "Notes": lambda c, _: c.choice(("", *NOTES)),
        "Comments": lambda c, _: c.choice(("", "", *NOTES)),
        "Hours": lambda c, _: str(c.randrange(1, 9)),
        "Last Modified": lambda _, day: day or "",
    },
    "de": {"Telefon": lambda c, _: f"030 55{c.randrange(1000):03d}", "Bemerkung": lambda c, _: c.choice(("", "ruft zurück", "Küche, Bad")), "Nr.": None},
    "fr": {"Téléphone": lambda c, _: f"01 55 {c.randrange(10, 99)}", "Remarques": lambda c, _: c.choice(("", "à rappeler", "cuisine, bain")), "Ville": lambda c, _: c.choice(("Lyon", "Nîmes"))},
    "es": {"Teléfono": lambda c, _: f"91 555 {c.randrange(100, 999)}", "Notas": lambda c, _: c.choice(("", "llamar mañana", "cocina, baño"))},
    "it": {"Telefono": lambda c, _: f"02 555 {c.randrange(100, 999)}", "Note": lambda c, _: c.choice(("", "richiamare", "cucina, bagno")), "Città": lambda c, _: c.choice(("Como", "Pavia"))},
    "nl": {"Telefoon": lambda c, _: f"020 55{c.randrange(100, 999)}", "Opmerkingen": lambda c, _: c.choice(("", "belt terug", "keuken, bad"))},
    "pt": {"Telefone": lambda c, _: f"21 555 {c.randrange(100, 999)}", "Observações": lambda c, _: c.choice(("", "ligar amanhã", "cozinha, banho"))},
}  # fmt: skip
TOTALS = {"en": ("Total", "TOTAL", "Totals", "Total:"), "de": ("Summe", "Gesamt"), "it": ("Totale",), "nl": ("Totaal",)}  # fmt: skip
TITLES = {
    "en": ("Referral Tracker", "Referrals 2022-2024", "My referrals", "Referral log"),
    "de": ("Empfehlungen",), "fr": ("Suivi des recommandations",), "es": ("Referencias",),
    "it": ("Segnalazioni",), "nl": ("Doorverwijzingen",), "pt": ("Indicações",),
}  # fmt: skip


def header_text(header: str, style: str) -> str:
    """Write a header in the manner of the whole table."""
    words = re.findall(r"[^\W_]+", header)
    if style == "lower":
        return header.lower()
    if style == "upper":
        return header.upper()
    if style == "padded":
        return header + " "
    plain = " ".join(words) == header
    if style == "snake" and plain:
        return "_".join(words).lower()
    if style == "camel" and plain:
        return "".join(word[:1].upper() + word[1:] for word in words)
    return header


def written(world: World, table: Table) -> File:
    """Make a file of a table, as people keep them."""
    chance = world.chance
    columns, length = table.columns, max(map(len, table.columns.values()), default=0)
    if not table.fixed:
        columns = _by_hand(chance, table, length)
    style = "title" if table.fixed else chance.choice(
        ("title",) * 8 + ("lower", "lower", "upper", "snake", "snake", "camel", "padded")
    )  # fmt: skip
    sheet = chance.random() < (0.1 if table.fixed else 0.22)
    manner = _Manner(
        chance.choice(table.date_styles or DATES[table.language]),
        chance.choice(AMOUNTS.get(table.language, EUROPEAN)),
        0.0 if table.fixed else chance.choice((0.0, 0.0, 0.05, 0.15)),
        last_first=not table.fixed and chance.random() < 0.06,
        sheet=sheet and chance.random() < 0.7,
    )
    rows = [
        [column[at] if at < len(column) else "" for column in columns.values()]
        for at in range(length)
    ]
    header: list[Any] = [header_text(name, style) for name in columns]
    repeats = (
        not table.fixed and {"day", "prospect"} <= {*table.compared} and chance.random() < 0.08
    )
    body = [[manner.text(chance, cell) for cell in row] for row in rows]
    if repeats and body:
        body.insert(chance.randrange(len(body)) + 1, body[chance.randrange(len(body))])
    if not table.fixed:
        body = _blanks_and_total(chance, table, rows, body, manner)
    lines: list[list[Any]] = []
    if not table.fixed and chance.random() < 0.15:
        lines += [[chance.choice(TITLES[table.language])]]
        lines += [[]] if chance.random() < 0.6 else []
    lines += [header, *body]
    if sheet:
        title = chance.choice(("Sheet1", "Referrals", "2024", "Tracker"))
        return File(
            "table.xlsx", workbook({title: lines}), table, (title,), manner.days, manner.amounts
        )
    return File(
        "table.csv", _encoded(chance, lines, table.language), table, (), manner.days, manner.amounts
    )


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one file writes its cells."""

    days: str
    amounts: str
    slips: float
    last_first: bool = False
    sheet: bool = False

    def text(self, chance: random.Random, cell: Any) -> Any:
        """Write one cell."""
        if isinstance(cell, date):
            return cell if self.sheet else day_text(cell, self.days, chance)
        if isinstance(cell, Decimal):
            return float(cell) if self.sheet else money_text(cell, self.amounts)
        if isinstance(cell, Name):
            if self.last_first and cell.count(" ") == 1 and "." not in cell:
                return ", ".join(reversed(cell.split(" ")))
            return name_text(cell, chance, self.slips)
        return cell


def _by_hand(chance: random.Random, table: Table, length: int) -> dict[str, list[Any]]:
    """Add columns that nobody asked for, and put all in an order of their own."""
    columns = dict(table.columns)
    extra = EXTRA[table.language]
    taken = {header.lower() for header in columns}
    wanted = [
        name for name in chance.sample([*extra], min(len(extra), chance.choice((0, 0, 1, 2, 3))))
        if name.lower() not in taken
    ]  # fmt: skip
    for name in wanted:
        make = extra[name]
        cells = [
            str(at + 1) if make is None else make(chance, _day(table, at)) for at in range(length)
        ]
        columns[name] = cells
    if chance.random() < 0.5:
        order = [*columns]
        chance.shuffle(order)
        columns = {name: columns[name] for name in order}
    return columns


def _day(table: Table, at: int) -> date | None:
    return table.facts[at].day if at < len(table.facts) else None


def _blanks_and_total(
    chance: random.Random,
    table: Table,
    rows: list[list[Any]],
    body: list[list[Any]],
    manner: _Manner,
) -> list[list[Any]]:
    """Put blank rows between, and a total below."""
    width = len(body[0]) if body else 0
    for _ in range(chance.choice((0, 0, 0, 0, 1, 2))):
        body.insert(chance.randrange(len(body) + 1), [""] * width)
    sums = [
        sum((row[at] for row in rows if isinstance(row[at], Decimal)), Decimal(0))
        for at in range(width)
    ]
    if any(sums) and chance.random() < 0.25:
        total: list[Any] = [manner.text(chance, each) if each else "" for each in sums]
        free = [at for at, each in enumerate(sums) if not each]
        if free:
            total[free[0]] = chance.choice(TOTALS.get(table.language, TOTALS["en"]))
            body += [[""] * width] if chance.random() < 0.3 else []
            body.append(total)
    return body


def _encoded(chance: random.Random, lines: Sequence[Sequence[Any]], language: str) -> bytes:
    """Write lines as CSV of one of the usual kinds."""
    delimiter = chance.choice(",,,,,,;\t" if language == "en" else ";;;,\t")
    stream = io.StringIO()
    writer = csv.writer(
        stream, delimiter=delimiter, lineterminator=chance.choice(("\n", "\r\n")),
        quoting=chance.choice((csv.QUOTE_MINIMAL,) * 4 + (csv.QUOTE_ALL,)),
    )  # fmt: skip
    width = max(map(len, lines))
    padded = chance.random() < 0.3
    writer.writerows(
        [*line, *[""] * (width - len(line) if padded or not line else 0)] for line in lines
    )
    text = stream.getvalue()
    encoding = chance.choice(("utf-8",) * 5 + ("utf-8-sig", "utf-8-sig", "cp1252", "cp1252"))
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """Write sheets as an Excel workbook, the same bytes for the same cells."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        page = book.create_sheet(title)
        for row, line in enumerate(lines, 1):
            for column, cell in enumerate(line, 1):
                if cell != "":
                    shown = page.cell(row, column, cell)
                    if isinstance(cell, date) and not isinstance(cell, datetime):
                        shown.number_format = "yyyy-mm-dd"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
