"""The fields of rows are read by the readers of the book, so that what fits there fits here."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError
from refgraph.imports.cells.amounts import currency_in, is_of_several, settle_amounts
from refgraph.imports.cells.date_order import ISO, is_partial, settle_days
from refgraph.imports.cells.shared_keys import rows_like
from refgraph.imports.column_names import DATES, NAMES, TABLES
from refgraph.reading.files.problems import Problems
from refgraph.schema.columns import readers_of
from refgraph.schema.dates import date_reader, has_zone
from refgraph.schema.text import FieldError, quoted
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from refgraph.errors import Problem
    from refgraph.imports.cells.date_order import Days
    from refgraph.imports.cells.named_rows import Entry
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.ruleset import Rules

    Readers = Mapping[str, Callable[[str], Any]]

__all__ = ["Fields"]

# Texts of a column that are read once, however many rows say them.
_MOST_KEPT = 1 << 16


class Fields:
    """How the fields of one file are read: its form of dates and of amounts is settled.

    Parameters
    ----------
    grid : Grid
        The file, for messages.
    entries : sequence of Entry
        All of its rows.
    rules : Rules
        What is stated about dates and amounts.
    today : datetime.date
        The last day that is not in the future.
    day : datetime.date, optional
        The date of rows that have none.

    Raises
    ------
    LedgerError
        If dates or amounts may be read in two ways.
    """

    def __init__(
        self,
        grid: Grid,
        entries: Sequence[Entry],
        rules: Rules,
        today: date,
        day: date | None = None,
    ) -> None:
        self.grid = grid
        self.problems = Problems()
        dates = dict.fromkeys(entry.texts.get(name, "") for entry in entries for name in DATES)
        amounts = dict.fromkeys(entry.texts.get("value", "") for entry in entries)
        try:
            days = settle_days(dates, rules.date_format)
            self.amount = settle_amounts(amounts, rules.decimal)
            in_time = date_reader(today)
            in_time("" if day is None else day.isoformat())
        except FieldError as error:
            raise LedgerError([self._at(entries, error)]) from None
        self._tell_days(days)
        if zoned := next(filter(has_zone, dates), None):
            grid.notes.append(
                f"{grid.path}: times with a zone, like {zoned}, count on the day as it is written"
            )
        self._ask_currency(entries)
        self.read_day = days.read
        self.partial = () if days.stated else tuple(filter(is_partial, dates))
        if self.partial:
            grid.notes.append(
                f"{grid.path}: a month or a year alone, like {quoted(self.partial[0].strip())}, "
                f"counts as undated; it is kept in the note"
            )

        def read(text: str) -> date | None:
            if not text.strip() or text in self.partial:
                return None
            found = in_time(days.read(text).isoformat())
            if found and found > today and ahead not in grid.notes:
                grid.notes.append(ahead)
            return found

        ahead = f"{grid.path}: dates after today, {today}, count as today"

        def read_or_day(text: str) -> date | None:
            return read(text) or day

        tables: dict[str, Readers] = {
            **{table: readers_of(table, read) for table in TABLES},
            "touches": readers_of("touches", read_or_day),
            "statuses": readers_of("statuses", read_or_day),
        }
        tables["referrals"] = {**tables["referrals"], "date": read_or_day}
        self.tables = {table: _remembering(readers) for table, readers in tables.items()}
        self.blanks = {table: _blank_values(readers) for table, readers in tables.items()}
        self._make = {
            table: rows_like(dict.fromkeys(tables[table]) | blank)
            for table, blank in self.blanks.items()
        }

    def _tell_days(self, days: Days) -> None:
        """Say in which form dates are read, and of which year those are that tell none."""
        path, notes = self.grid.path, self.grid.notes
        if days.forms != (ISO,) and not days.stated:
            notes.append(
                f"{path}: dates are read as {' and '.join(days.forms)}, which fits every row"
            )
        year, lacking = days.of_year
        if lacking:
            like = f"like {quoted(lacking[0].strip())}"
            are = agree(len(lacking), "is")
            told = f"{count(len(lacking), 'date')} without a year, {like}, {are} of {year}"
            notes.append(f"{path}: {told}, as all others")

    def _ask_currency(self, entries: Sequence[Entry]) -> None:
        """Say that amounts have a sign which several currencies share, and which nothing tells."""
        shared = [
            text
            for entry in entries
            if is_of_several(text := entry.texts.get("value", "").strip())
            and not entry.texts.get("currency", "").strip()
        ]
        if shared:
            amounts, have = count(len(shared), "amount", "is"), agree(len(shared), "has")
            self.grid.notes.append(
                f"{self.grid.path}: {amounts} written like {quoted(shared[0])}, a sign of several "
                f"currencies, and {have} none here; to name it: --currency USD, or another"
            )

    def _at(self, entries: Sequence[Entry], error: FieldError) -> Problem:
        """Show the first row that the error is about."""
        names = (*DATES, "value")
        line = next(
            (
                entry.line
                for entry in entries
                for name in names
                if entry.texts.get(name) and quoted(entry.texts[name]) in str(error)
            ),
            0,
        )
        return self.grid.problem(line, str(error), error.hint)

    def row(self, entry: Entry, table: str, **others: Callable[[str], Any]) -> dict[str, Any]:
        """Read a row for a file of the book; nothing if any field is refused.

        Parameters
        ----------
        entry : Entry
            The row; a column that it does not have is blank.
        table : str
            The file of the book.
        **others
            Readers of columns that the file of the book does not have.
        """
        values, sound = self._make[table](), True
        texts, blank = entry.texts, self.blanks[table]
        readers = {**self.tables[table], **others} if others else self.tables[table]
        for name, read in readers.items():
            text = texts.get(name, "")
            if name == "currency" and not (text.strip() and name in entry.told):
                amount = texts.get("value", "").strip()
                text = amount and (currency_in(amount) or text)  # a sign says more than a rule
            if not text and name in blank:
                continue
            try:
                values[name] = read(self.amount(text) if name == "value" else text)
            except FieldError as error:
                sound = False
                hint = error.hint.replace("--decimal-comma", "--decimal comma")
                self.refuse(entry, str(error), hint)
        if sound and "note" in values and (text := texts.get("date", "")) in self.partial:
            values["note"] = "; ".join(filter(None, (values["note"], f"date: {text.strip()}")))
        return values if sound else {}

    def refuse(self, entry: Entry, message: str, hint: str = "") -> None:
        """Leave a row out for one reason more."""
        if self.problems.is_listed(self.grid.path, "parseable", entry.line):
            self.problems.keep(self.grid.problem(entry.line, message, hint))

    def bare(self, values: Mapping[str, Any], table: str) -> dict[str, Any]:
        """Give a row without the columns that the file of the book does not have."""
        row = self._make[table]()
        row.update((name, values[name]) for name in row)
        return row


def _remembering(readers: Readers) -> Readers:
    """Read equal names, and equal days, once: the rows hold the same object."""
    return {
        name: lru_cache(_MOST_KEPT)(read) if name in (*NAMES, *DATES) else read
        for name, read in readers.items()
    }


def _blank_values(readers: Readers) -> dict[str, Any]:
    """Give what a blank cell means, for each column that may be blank."""
    found = {}
    for name, read in readers.items():
        with suppress(FieldError):
            found[name] = read("")
    return found
