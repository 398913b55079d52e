"""Commands about what needs tending: referrals under way and those that leak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.printing.output import output_options
from refgraph.cli.reading import complete
from refgraph.cli.reading.options import as_field, book_options

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["pipeline"]


@click.command()
@click.option("--leaks", is_flag=True, help="Only those older than 30 days without any contact.")
@click.option(
    "--by",
    type=click.Choice(["handoff", "direction"]),
    help="Count: what was won by how it was introduced, or how many leak in each direction.",
)
@click.option(
    "--for",
    "whose",
    metavar="PERSON",
    callback=as_field("name"),
    shell_complete=complete.people,
    help="Look at this person instead of me.",
)
@book_options()
@output_options()
def pipeline(
    source: Source, output: Output, whose: str | None, by: str | None, *, leaks: bool
) -> None:
    """List the referrals under way, in both directions, and say how many leak.

    A referral is under way until it is won or lost: leaking after 30 days without any
    contact, quiet after 30 days without news, stale after 90. The leak rate is the share
    of all referrals older than 30 days that are without any contact; beside it stands what
    was only heard of. --by handoff counts what was won, of the closed ones only.

    \b
    Examples:
      refgraph pipeline data/adviser
      refgraph pipeline data/adviser --leaks
      refgraph pipeline data/adviser --by handoff
    """
    from refgraph.report.questions import tending

    if by and leaks:
        msg = "--leaks goes with the list, not with --by"
        raise click.UsageError(msg)
    if by:
        book, (person,) = source.compare(whose)
        question = tending.PIPELINE_BY_HANDOFF if by == "handoff" else tending.LEAKS_BY_DIRECTION
        output.show(question, question(book, person), book)
        return
    book, (person,) = source.ask(whose)
    output.show(tending.PIPELINE, tending.PIPELINE(book, person, leaks=leaks), book)
