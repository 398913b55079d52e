"""The command that says what changed since the last review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.compared import compare_options, compared_view
from refgraph.cli.reading.options import book_options, for_option

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["changes"]


@listed("Where you stand")
@click.command()
@compare_options("The day of the last review.")
@for_option()
@book_options(window=False)
@output_options()
def changes(
    source: Source, output: Output, day: date | None, against: Path | None, whose: str | None
) -> None:
    """Show what changed since the last review, and by how many rows.

    Newly owed, settled, thanked, moved on or back, won, lost, gone quiet, new people, and
    who has another place among the first ten connectors and of refer-first.
    --since-review compares the book with itself as its dated rows say it stood on
    that day, each status as it was then; no file is needed. --against compares it
    with what was shown then: what refgraph review wrote as .json.

    \b
    Examples:
      refgraph changes data/adviser --since-review 2026-07-01
      refgraph changes data/chapter --since-review 2026-09-01 -O json
      refgraph changes mybook --against review.json
    """
    if day is None and against is None:
        msg = "say since when: --since-review DATE, or --against FILE"
        raise click.UsageError(msg)
    from refgraph.report.questions.describing import CHANGES

    book, person, found = compared_view(source, whose, day, against)
    output.show(CHANGES, CHANGES(book, day, person, against=found), book)
