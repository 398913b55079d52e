"""The command that says what changed since the last review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.options import as_field, book_options, for_option

if TYPE_CHECKING:
    from datetime import date

    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["changes"]


@click.command()
@click.option(
    "--since-review",
    "day",
    metavar="DATE",
    required=True,
    callback=as_field("day"),
    help="The day of the last review.",
)
@for_option()
@book_options(window=False)
@output_options()
def changes(source: Source, output: Output, day: date, whose: str | None) -> None:
    """Show what changed since the last review, and by how many rows.

    Newly owed, settled, thanked, moved on, won, lost, gone quiet and new people. The
    book is compared with itself as its dated rows say it stood on that day; no file
    of then is needed.

    \b
    Examples:
      refgraph changes data/adviser --since-review 2026-07-01
      refgraph changes data/chapter --since-review 2026-09-01 -O json
    """
    from refgraph.report.questions.describing import CHANGES

    book, (person,) = source.compare(whose)
    output.show(CHANGES, CHANGES(book, day, person), book)
