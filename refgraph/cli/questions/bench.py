"""The command about the people one would refer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.options import book_options, for_option

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["bench"]


@listed("Whom to refer")
@click.command()
@click.argument("profession", required=False)
@click.option(
    "--by",
    type=click.Choice(["profession"]),
    help="One row for each profession, those with nobody first.",
)
@click.option("--share", is_flag=True, help="Print the list to hand on: no ratings, no counts.")
@for_option("Look at what this person sent instead of me.")
@book_options(argument=False)
@output_options()
def bench(
    source: Source,
    output: Output,
    profession: str | None,
    by: str | None,
    whose: str | None,
    *,
    share: bool,
) -> None:
    """Show the people you would refer, by profession, and where nobody sits.

    On the bench is who has a profession or an offer, is rated in people.csv or had a
    referral from you, and is neither a prospect nor marked do_not_refer. The standing is
    half ratings, half the share won of the closed referrals anyone sent them; what is not
    known is filled in from the whole book, and its low and high say how far it is known.
    PROFESSION is a word of a profession, an offer or a need, or one that [synonyms] in
    refgraph.toml puts beside it.

    \b
    Examples:
      refgraph bench -b data/adviser
      refgraph bench mortgages -b data/adviser
      refgraph bench --by profession -b data/adviser
      refgraph bench --share -b data/adviser -o bench.md
    """
    from refgraph.report.questions.benching import BENCH, BENCH_BY_PROFESSION, BENCH_TO_SHARE

    if by and (share or profession is not None):
        msg = "--by profession is about the whole bench; leave out PROFESSION and --share"
        raise click.UsageError(msg)
    book, (person,) = source.ask(whose, needs="people")
    if by:
        output.show(BENCH_BY_PROFESSION, BENCH_BY_PROFESSION(book, person), book)
    elif share:
        answer = BENCH_TO_SHARE(book, person, profession=profession)
        if left := len(BENCH(book, person, profession=profession).table) - len(answer.table):
            why = "rated nowhere with 4 or 5, or somewhere below 3"
            click.echo(f"Note: {left:,} on the bench left out: {why}.", err=True)
        output.show(BENCH_TO_SHARE, answer, book)
    else:
        output.show(BENCH, BENCH(book, person, profession=profession), book)
