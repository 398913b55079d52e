"""Which book a command reads, which of its referrals, and as whose."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refgraph.errors import LedgerError, RefgraphError, UnknownPersonError
from refgraph.progress import doing
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from refgraph.book.book import Book
    from refgraph.errors import Problem
    from refgraph.reading import ReadOptions, Record

__all__ = ["IN_PART", "LEFT_OUT", "UNORDERED", "Source", "path_of", "tell_recovered"]


def path_of(book: str | None) -> str:
    """Give the book: as it was named, else $REFGRAPH_BOOK, else this folder.

    Raises
    ------
    UsageError
        No book was named, and there is none here.
    """
    if book is not None:
        return book
    if named := os.environ.get("REFGRAPH_BOOK"):
        from refgraph.reading.databases.database_address import is_address

        if not os.path.exists(named) and not is_address(named):  # noqa: PTH110 (pathlib raises for some names)
            msg = f"$REFGRAPH_BOOK names {named!r}, which does not exist."
            raise RefgraphError(msg)
        return named
    if Path("referrals.csv").is_file():
        return "."
    msg = (
        "No book was named, and this folder holds no referrals.csv. Name one: "
        "-b BOOK; or write a sample: refgraph init mybook --sample"
    )
    raise click.UsageError(msg)


def tell_recovered(book: str | Path) -> None:
    """Finish or take back what a killed command left in a book or a folder, and say which."""
    from refgraph.reading.book_files import left_half_way

    if left_half_way(book):
        from refgraph.keeping.engine.replace import recover_book

        if said := recover_book(book):
            click.echo(said, err=True)


_UNDATED = "counted, but without an age"
#: What an answer makes of them that is about when things happened, or about what came first.
LEFT_OUT = "left out, as nothing says when they were given"
UNORDERED = "left out, as nothing says what came first"
#: What a page makes of them that asks several questions.
IN_PART = "counted, but left out of whatever needs a day"


@dataclass(frozen=True, slots=True)
class Source:
    """What the command line says about the book to read."""

    book: str | None
    me: str | None
    today: date | None
    since: date | None
    until: date | None
    last: str | None
    columns: dict[str, str] | None
    no_header: bool
    comment: str | None
    delimiter: str | None
    date_format: str | None
    skip_bad: bool
    encoding: str | None
    decimal_comma: bool
    sheet: str | None
    sql: str | None
    max_rows: int
    max_people: int
    incognito: bool
    in_place: bool
    around: str | None
    among: str | None

    @property
    def path(self) -> str:
        """The book: from the command line, else $REFGRAPH_BOOK, else this folder."""
        return path_of(self.book)

    def recover(self) -> None:
        """Finish or take back what a killed command left in the book, and say which."""
        with suppress(click.UsageError, RefgraphError):  # no book is named, which is told later
            tell_recovered(self.path)

    @property
    def again(self) -> str:
        """How a command to be typed next names the book, where this one named it."""
        return "" if self.book is None else f" -b {shlex.quote(self.book)}"

    @property
    def behind(self) -> list[str]:
        """What names the book behind a command that runs from any folder, as it is read here.

        Nothing where none can be given: with ``--incognito``, and for a single table, which has
        no place for touches.
        """
        if self.incognito or not os.path.isdir(self.path):  # noqa: PTH112 (pathlib raises for some)
            return []
        from refgraph.schema.text import argument

        columns = ",".join(f"{ours}={theirs}" for ours, theirs in (self.columns or {}).items())
        said = {
            "-b": os.path.abspath(self.path),  # noqa: PTH100  # links stay as they are
            "--me": self.me,
            "--today": self.today and self.today.isoformat(),
            "--columns": columns,
            "--comment": self.comment,
            "--delimiter": self.delimiter,
            "--date-format": self.date_format,
            "--encoding": self.encoding,
            "--sheet": self.sheet,
            "--sql": self.sql,
        }
        words = [f"{name} {argument(value)}" for name, value in said.items() if value]
        flags = {"--no-header": self.no_header, "--decimal-comma": self.decimal_comma}
        return words + [name for name, is_so in flags.items() if is_so]

    @property
    def typed(self) -> str | None:
        """The book as it was typed here, to be typed again; None where its names are hidden."""
        return None if self.incognito else self.book or ""

    @property
    def shown(self) -> str:
        """The book as messages call it: with ``--incognito`` only by what was typed here."""
        if self.incognito and self.book is None:
            return "the book"
        return self.path

    def hidden(self, problems: Iterable[Problem]) -> list[Problem]:
        """Give problems as they may be shown: with ``--incognito`` without what they quote."""
        if not self.incognito:
            return list(problems)
        from refgraph.reading.redaction import redacted

        return [redacted(each, named=self.book is not None) for each in problems]

    @property
    def reading(self) -> ReadOptions:
        """How the ledger reads the book, and adds to it."""
        from refgraph.reading import ReadOptions

        return ReadOptions(
            me=self.me,
            today=self.today,
            columns=self.columns or {},
            header=not self.no_header,
            comment=self.comment,
            delimiter=self.delimiter,
            date_format=self.date_format,
            encoding=self.encoding,
            decimal_comma=self.decimal_comma,
            sheet=self.sheet,
            sql=self.sql,
            max_rows=self.max_rows,
            max_people=self.max_people,
        )

    def record(self, *, skip_bad: bool) -> Record:
        """Read the files of the book, and nothing more.

        Raises
        ------
        LedgerError
            The files cannot be read, or hold something wrong.
        """
        from refgraph.book.any_table import read_any
        from refgraph.reading.aliases import with_me

        try:
            with doing("Reading the book"):
                record = read_any(self.path, replace(self.reading, skip_bad=skip_bad))
            return with_me(record, self.me)
        except LedgerError as error:
            if not self.incognito:
                raise
            raise LedgerError(self.hidden(error.problems)) from None

    def whole(self, *, needs: str = "referrals") -> Book:
        """Read the book as it is, telling on stderr what was left out.

        A book without a referral is refused where the answer ``needs`` one; where it needs
        ``people``, if it names nobody but me; where it needs ``nothing``, never.

        Raises
        ------
        RefgraphError
            It has too little for the answer.
        """
        book = self._read()
        enough = {"referrals": 1, "people": len(book.people) < 2, "nothing": 0}[needs]
        if len(book.dates) < enough:
            msg = (
                f"No referrals yet in {self.shown}. Add one with refgraph add{self.again}, or as a "
                f"line of its CSV file: the date, who gave it, who received it."
            )
            raise RefgraphError(msg)
        return book

    def _read(self) -> Book:
        """Read the book, or the part of a record in place that was named."""
        if self.in_place or self.around is not None or self.among is not None:
            from refgraph.cli.reading.placed import part_of

            return part_of(self)
        with doing("Reading the book", 10) as work:
            record = self.record(skip_bad=self.skip_bad)
            work.advance(4)  # tenths of the time
            return self.told(record)

    def told(self, record: Record) -> Book:
        """Make the book of a record, telling on stderr what was decided and left out."""
        from refgraph.book.book import Book

        self.tell(record)
        with doing("Sorting the rows of the book"):
            return Book.of(record)

    def tell(self, record: Record) -> None:
        """Tell on stderr what was decided and left out; see that the me is somebody.

        Raises
        ------
        RefgraphError
            The me of the book is nobody in it.
        """
        path = self.path
        from refgraph.reading.aliases import seen_in

        try:
            seen_in(record)
        except UnknownPersonError as error:
            if self.incognito:  # nobody is suggested in their place
                error = UnknownPersonError(error.name, ())
            if self.me is not None:
                raise error from None
            if self.incognito:
                msg = "Nobody in this book has the name that is the me of refgraph.toml."
                raise RefgraphError(msg) from None
            msg = f"{error} It is the me of {Path(path, 'refgraph.toml')}.{_alias(record)}"
            raise RefgraphError(msg) from None
        from refgraph.reading.files.causes import by_cause

        for note in self._notes(record.notes):
            click.echo(f"Note: {note}", err=True)
        if record.skipped:
            click.echo(f"Left out {count(record.left_out, 'row')} of {self.shown}:", err=True)
            for told in by_cause(self.hidden(record.skipped)):
                click.echo(told, err=True)

    def _notes(self, notes: Iterable[str]) -> Iterable[str]:
        """Give what the reader decided by itself, as it may be shown."""
        if not self.incognito:
            return notes
        from refgraph.reading.redaction import redacted_text

        plain = (note.replace(f"{self.path}{os.sep}", "") for note in notes)
        return list(dict.fromkeys(filter(None, map(redacted_text, plain))))

    def open(self) -> Book:
        """Read the book and apply the window and ``--incognito``."""
        return self.ask()[0]

    def ask(
        self, *names: str | None, needs: str = "referrals", undated: str = ""
    ) -> tuple[Book, list[str | None]]:
        """Open the book and find the people the command line names in it.

        ``undated`` says what the command makes of referrals without a date, if no window
        leaves them out; a command that needs nothing is silent of them unless it is given.
        """
        book, people = self.told_of(*names, needs=needs, undated=undated)
        if self.incognito:
            from refgraph.book.incognito import incognito

            book, initials = incognito(book)
            people = [name if name is None else initials[name] for name in people]
        return book, people

    def told_of(
        self, *names: str | None, needs: str = "referrals", undated: str = ""
    ) -> tuple[Book, list[str | None]]:
        """Open the book as :meth:`ask` does, and hide nothing of it yet.

        Raises
        ------
        RefgraphError
            No referral is in the window, or nobody has such a name.
        """
        book = self.whole(needs=needs)
        people = [name if name is None else self._found(book, name) for name in names]
        book = self._in_window(book)
        if needs == "referrals" and not book.in_window.any():
            msg = "No referrals in this window. Widen it with --since, --until or --last."
            raise RefgraphError(msg)
        if book.undated and (undated or needs != "nothing"):
            some = book.undated > 1
            have = f"{book.undated:,} referral{'s have' if some else ' has'} no date"
            if book.settings.hides:  # whose number is not told
                some, have = True, "there are referrals without a date"
            window = f"the window leaves {'them' if some else 'it'} out"
            fate = window if book.since or book.until else undated or _UNDATED
            click.echo(f"Note: {have}: {fate}.", err=True)
        return book, people

    def _found(self, book: Book, name: str) -> str:
        """Find a person; with ``--incognito`` nobody is suggested in their place."""
        try:
            return book.person(name)
        except UnknownPersonError:
            if not self.incognito:
                raise
            raise UnknownPersonError(name, ()) from None

    def view(self, whose: str | None) -> tuple[Book, str | None]:
        """Open the book for a page, with the person from whose side it is looked at."""
        book, (person,) = self.ask(whose, undated=IN_PART)
        return book, person

    def compare(
        self, *names: str | None, needs: str = "referrals", undated: str = ""
    ) -> tuple[Book, list[str | None]]:
        """Open the book as :meth:`ask` does, to set what was given against what was received."""
        from refgraph.book import professional_limits

        book, people = self.ask(*names, needs=needs, undated=undated)
        professional_limits.refuse(book)
        return book, people

    def _in_window(self, book: Book) -> Book:
        """Apply the window of the command line, if it names one, instead of the book's own."""
        if not (self.since or self.until or self.last):
            return book
        try:
            return book.window(self.since, self.until, last=self.last)
        except RefgraphError as error:
            raise click.UsageError(str(error)) from error


def _alias(record: Record) -> str:
    """Say how the book learns who is meant, where its rows call somebody me."""
    from refgraph.schema.row_ends import members_of

    named = members_of(record.referrals.columns)
    said = sorted(name for name in named if name.casefold() in ("me", "i", "myself"))
    if not said:
        return ""
    return (
        f" Rows name {' and '.join(map(repr, said))}: if that is {record.me}, say so in "
        f"people.csv, in the column aliases of a row for {record.me}: {';'.join(said)}"
    )
