"""Which book a command reads, and how: the options all commands share."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from refgraph.book import Book

__all__ = ["Source", "book_options"]

_DELIMITERS = ("comma", "semicolon", "tab", "pipe", "space")
_SPAN = re.compile(r"(\d{1,4})([dwmy])")


def read_columns(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> dict[str, str] | None:
    """Read ``giver=from,receiver=to``: our column names to the file's."""
    if value is None:
        return None
    pairs = [part.partition("=") for part in value.split(",")]
    for ours, equals, theirs in pairs:
        if not (ours.strip() and equals and theirs.strip()):
            text = f"{ours + equals + theirs!r} is not OURS=THEIRS, for example giver=from"
            raise click.BadParameter(text, ctx, param)
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


@dataclass(frozen=True, slots=True)
class Source:
    """What the command line says about the book to read."""

    book: str | None
    me: str | None
    today: str | None
    since: str | None
    until: str | None
    last: str | None
    columns: dict[str, str] | None
    no_header: bool
    comment: str | None
    delimiter: str | None
    date_format: str | None
    skip_bad: bool
    incognito: bool

    @property
    def path(self) -> str:
        """The book: from the command line, else $REFGRAPH_BOOK, else this folder."""
        if self.book is not None:
            return self.book
        if named := os.environ.get("REFGRAPH_BOOK"):
            if not Path(named).exists():
                msg = f"$REFGRAPH_BOOK names {named!r}, which does not exist."
                raise RefgraphError(msg)
            return named
        if Path("referrals.csv").is_file():
            return "."
        msg = (
            "No book was named, and this folder holds no referrals.csv. Name one "
            "(refgraph report BOOK), or write a sample: refgraph init mybook --sample"
        )
        raise click.UsageError(msg)

    def whole(self) -> Book:
        """Read the book without its window, telling on stderr what was left out."""
        path = self.path
        from refgraph.book import Book

        book = Book.read(
            path,
            me=self.me,
            today=self.today,
            columns=self.columns,
            header=not self.no_header,
            comment=self.comment,
            delimiter=self.delimiter,
            date_format=self.date_format,
            skip_bad=self.skip_bad,
        )
        for note in book.notes:
            click.echo(f"Note: {note}", err=True)
        if book.skipped:
            lines = len({(problem.path, problem.line) for problem in book.skipped})
            rows = "1 row" if lines == 1 else f"{lines:,} rows"
            click.echo(f"Left out {rows} of {book.path}:", err=True)
            for problem in book.skipped:
                click.echo(str(problem), err=True)
        if book.history.empty:
            msg = (
                f"No referrals yet in {path}. Add one as a line of its CSV file: "
                f"the date, who gave it, who received it."
            )
            raise RefgraphError(msg)
        return book

    def open(self) -> Book:
        """Read the book and apply the window and ``--incognito``."""
        return self.ask()[0]

    def ask(self, *names: str | None) -> tuple[Book, list[str | None]]:
        """Open the book and find the people the command line names in it."""
        book = self.whole()
        people = [name if name is None else book.person(name) for name in names]
        settings = book.settings
        asked = (self.since, self.until, self.last)
        default = (settings.since, settings.until, settings.last)
        since, until, last = asked if any(asked) else default
        if last:
            if since:
                msg = "--since and --last both say where the window starts; keep one of them."
                raise RefgraphError(msg)
            since = first_day(last, book.today)
        if since or until:
            book = book.window(since, until)
            if book.referrals.empty:
                msg = "No referrals in this window. Widen it with --since, --until or --last."
                raise RefgraphError(msg)
        if self.incognito:
            from refgraph.incognito import incognito

            book, initials = incognito(book)
            people = [name if name is None else initials[name] for name in people]
        if book.undated:
            count = f"{book.undated:,} referral{'s have' if book.undated > 1 else ' has'}"
            click.echo(f"Note: {count} no date; they count, but have no age.", err=True)
        return book, people


def first_day(span: str, today: date) -> date:
    """First day of a window that ends today: ``90d``, ``8w``, ``12m`` or ``2y``."""
    from datetime import timedelta

    found = _SPAN.fullmatch(span.strip().lower())
    if not found or int(found[1]) == 0:
        msg = f"{span!r} is not a span of time; write 90d, 8w, 12m or 2y."
        raise RefgraphError(msg)
    number, unit = int(found[1]), found[2]
    try:
        if unit in "dw":
            return today - timedelta(days=number * (7 if unit == "w" else 1) - 1)
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        for day in range(today.day, 0, -1):  # 31 March less a month is the end of February
            try:
                return today.replace(year=year, month=month + 1, day=day) + timedelta(days=1)
            except ValueError:
                if day <= 28:
                    raise
    except (ValueError, OverflowError):
        pass
    msg = f"{span!r} reaches back before the calendar begins."
    raise RefgraphError(msg)


_OPTIONS = (
    click.option("--me", metavar="NAME", help="Whose book it is."),
    click.option("--today", metavar="DATE", help="Count ages to this day (YYYY-MM-DD)."),
    click.option("--since", metavar="DATE", help="Count referrals from this day on."),
    click.option("--until", metavar="DATE", help="Count referrals up to this day."),
    click.option("--last", metavar="SPAN", help="Count the last 90d, 8w, 12m or 2y."),
    click.option(
        "--columns",
        metavar="OURS=THEIRS,...",
        callback=read_columns,
        help="Other column names, or positions with --no-header.",
    ),
    click.option("--no-header", is_flag=True, help="The first line is already a referral."),
    click.option("--comment", metavar="TEXT", help="Leave out lines that start with TEXT."),
    click.option("--delimiter", type=click.Choice(_DELIMITERS), help="What separates the fields."),
    click.option(
        "--date-format", metavar="FORMAT", help="How dates are written: unix, or like %d.%m.%Y."
    ),
    click.option("--skip-bad", is_flag=True, help="Leave out rows with problems, and list them."),
    click.option("--incognito", is_flag=True, help="Initials for names; no notes, no money."),
)


def book_options(*, argument: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that choose and read a book, as its ``source``.

    Parameters
    ----------
    argument : bool, default True
        Whether the book may also be the command's argument.
    """
    names = [each.name for each in fields(Source) if each.name != "book"]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(*, option: str | None, book: str | None = None, **rest: Any) -> None:
            if option is not None and book is not None and option != book:
                msg = f"two books were named, {book!r} and --book {option!r}; keep one"
                raise click.UsageError(msg)
            chosen = {name: rest.pop(name) for name in names}
            command(source=Source(book=book if option is None else option, **chosen), **rest)

        for add in reversed(_OPTIONS):
            run = add(run)
        run = click.option("-b", "--book", "option", metavar="PATH", help="The book to read.")(run)
        return click.argument("book", required=False)(run) if argument else run

    return decorate
