"""With what a command compares the book: itself on a day, or what a review wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from refgraph.cli.reading.chosen_book import IN_PART
from refgraph.cli.reading.options import as_field
from refgraph.schema.row_facts import id_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["compare_options", "compared_view"]


def compare_options(
    told: str,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``--since-review`` and ``--against``, as its ``day`` and ``against``."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        stored = click.option(
            "--against",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="The same, beside what refgraph review -o FILE.json wrote then.",
        )
        return click.option(
            "--since-review", "day", metavar="DATE", callback=as_field("day"), help=told
        )(stored(command))

    return decorate


def compared_view(
    source: Source, whose: str | None, day: date | None, against: Path | None
) -> tuple[Book, str | None, Comparison | None]:
    """Open the book, and compare it if either is asked for; nothing is hidden before that.

    In a book whose profession does not allow to compare there is none, if only a day is given.

    Raises
    ------
    UsageError
        Both are asked for, or the day is to come.
    """
    if day is not None and against is not None:
        msg = "--since-review and --against are two ways to say it; keep one"
        raise click.UsageError(msg)
    book, (person,) = source.told_of(whose, undated=IN_PART)
    if day is not None and day > book.today:
        msg = f"--since-review {day} is after {book.today}, which is today in this book"
        raise click.UsageError(msg)
    shown = book
    initials: dict[str, str] | None = None
    if source.incognito:
        from refgraph.book.incognito import incognito

        shown, initials = incognito(book)
    found = None
    if against is not None:
        from refgraph.analysis.comparing.changes import compare_with
        from refgraph.analysis.comparing.snapshot_file import read_snapshot

        found = compare_with(read_snapshot(against), book, person, initials=initials)
    elif day is not None and not book.settings.hides:
        from refgraph.analysis.comparing.changes import compare_since

        found = compare_since(book, day, person)
    if initials is None:
        return book, person, found
    if found is not None:
        before, after = (id_of(each.window().history) for each in (book, shown))
        found = found.hidden(initials, dict(zip(before, after, strict=True)))
    return shown, None if person is None else initials[person], found
