"""The hands that write a table down, as people keep files.

One manner of writing days and amounts a file, columns that nobody asked for, blank rows, a
total, a title, a repeated row, stray blanks and capitals; CSV of the usual kinds, or .xlsx.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from intake_truth import NOTES, Name, Table, World

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


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
    "en": (
        "iso",
        "iso",
        "mdy",
        "mdy",
        "mdy0",
        "mdy2",
        "dmy",
        "long",
        "us",
        "full",
        "ymd",
        "mixed",
        "mixed",
    ),
    "de": ("dots", "dots", "dots", "iso"),
    "fr": ("dmy", "dmy", "iso"),
    "es": ("dmy", "dmy", "iso"),
    "it": ("dmy", "dmy", "iso"),
    "nl": ("dash", "dash", "dmy", "iso"),
    "pt": ("dmy", "dmy", "iso"),
}


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
    "de": {
        "Telefon": lambda c, _: f"030 55{c.randrange(1000):03d}",
        "Bemerkung": lambda c, _: c.choice(("", "ruft zurück", "Küche, Bad")),
        "Nr.": None,
    },
    "fr": {
        "Téléphone": lambda c, _: f"01 55 {c.randrange(10, 99)}",
        "Remarques": lambda c, _: c.choice(("", "à rappeler", "cuisine, bain")),
        "Ville": lambda c, _: c.choice(("Lyon", "Nîmes")),
    },
    "es": {
        "Teléfono": lambda c, _: f"91 555 {c.randrange(100, 999)}",
        "Notas": lambda c, _: c.choice(("", "llamar mañana", "cocina, baño")),
    },
    "it": {
        "Telefono": lambda c, _: f"02 555 {c.randrange(100, 999)}",
        "Note": lambda c, _: c.choice(("", "richiamare", "cucina, bagno")),
        "Città": lambda c, _: c.choice(("Como", "Pavia")),
    },
    "nl": {
        "Telefoon": lambda c, _: f"020 55{c.randrange(100, 999)}",
        "Opmerkingen": lambda c, _: c.choice(("", "belt terug", "keuken, bad")),
    },
    "pt": {
        "Telefone": lambda c, _: f"21 555 {c.randrange(100, 999)}",
        "Observações": lambda c, _: c.choice(("", "ligar amanhã", "cozinha, banho")),
    },
}
TOTALS = {
    "en": ("Total", "TOTAL", "Totals", "Total:"),
    "de": ("Summe", "Gesamt"),
    "it": ("Totale",),
    "nl": ("Totaal",),
}
TITLES = {
    "en": ("Referral Tracker", "Referrals 2022-2024", "My referrals", "Referral log"),
    "de": ("Empfehlungen",),
    "fr": ("Suivi des recommandations",),
    "es": ("Referencias",),
    "it": ("Segnalazioni",),
    "nl": ("Doorverwijzingen",),
    "pt": ("Indicações",),
}


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
    style = (
        "title"
        if table.fixed
        else chance.choice(
            ("title",) * 8 + ("lower", "lower", "upper", "snake", "snake", "camel", "padded")
        )
    )
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
        name
        for name in chance.sample([*extra], min(len(extra), chance.choice((0, 0, 1, 2, 3))))
        if name.lower() not in taken
    ]
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
        stream,
        delimiter=delimiter,
        lineterminator=chance.choice(("\n", "\r\n")),
        quoting=chance.choice((csv.QUOTE_MINIMAL,) * 4 + (csv.QUOTE_ALL,)),
    )
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
