"""The command that says what changed since the last review."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.options import as_field, book_options

if TYPE_CHECKING:
    from datetime import date

    from refgraph.analysis.comparing.facts import Facts
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["changes"]


@click.command()
@click.option(
    "--since-review",
    "day",
    metavar="DATE",
    callback=as_field("day"),
    help="The day of the last review.",
)
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was shown then: the JSON of refgraph report -O json.",
)
@book_options(window=False)
@output_options()
def changes(source: Source, output: Output, day: date | None, against: Path | None) -> None:
    """Show what changed since the last review, with the rows behind each change.

    Newly owed, settled, thanked, new referrals, moved on, won, lost, gone quiet, new
    people, and ranks among the connectors. With --since-review the book is compared
    with itself as its dated rows say it stood on that day; no file of then is needed.
    With --against it is compared with what a report showed.

    \b
    Examples:
      refgraph changes data/adviser --since-review 2026-07-01
      refgraph changes data/chapter --since-review 2026-09-01 -O json
      refgraph changes data/adviser --against july.json
    """
    from refgraph.report.questions.comparing import CHANGES

    if (day is None) == (against is None):
        msg = "say what to compare with: either --since-review DATE or --against FILE"
        raise click.UsageError(msg)
    if against is not None and source.incognito:
        msg = "--against names people as they were shown then; leave --incognito out"
        raise click.UsageError(msg)
    book, _ = source.compare()
    shown = None if against is None else _shown(against)
    output.show(CHANGES, CHANGES(book, day, shown), book)


def _shown(path: Path) -> Facts:
    from refgraph.analysis.comparing.facts import facts_of_report
    from refgraph.errors import RefgraphError

    try:
        return facts_of_report(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RefgraphError, RecursionError):
        msg = f"{path} is no report as refgraph report -O json writes it"
        raise RefgraphError(msg) from None
