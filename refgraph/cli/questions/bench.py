"""The command about the people one would refer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.options import as_field, book_options

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["bench"]

_NOBODY = (
    "Nobody is on the bench: give people a profession or offers in people.csv, and rate them "
    "or send them a referral."
)


@click.command()
@click.argument("profession", required=False)
@click.option(
    "--by",
    type=click.Choice(["profession"]),
    help="One row for each profession, those with nobody first.",
)
@click.option("--share", is_flag=True, help="Print the list to hand on: no ratings, no counts.")
@click.option(
    "--for",
    "whose",
    metavar="PERSON",
    callback=as_field("name"),
    help="Look at what this person sent instead of me.",
)
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
    from refgraph.analysis.suggesting import bench as analysis
    from refgraph.report.sections import bench as words

    if by and (share or profession is not None):
        msg = "--by profession is about the whole bench; leave out PROFESSION and --share"
        raise click.UsageError(msg)
    book, (person,) = source.ask(whose, needs="people")
    sender = book.whose(person)
    if by:
        table = analysis.by_profession(book, person)
        said = [words.concentration(book, table, sender), _about(sender)]
        footer = "\n".join(filter(None, said))
        aside = ["people", "needed_by", "offered_by"]
        output.emit(
            table,
            named=f"bench --by {by}",
            footer=footer,
            within=book,
            aside=aside,
        )
        return
    table = analysis.by_person(book, person, profession=profession)
    if share:
        handed = words.shared(table)
        left = len(table) - len(handed)
        why = "rated nowhere with 4 or 5, or somewhere below 3"
        kept = f"{left:,} on the bench left out: {why}." if left else ""
        if kept:
            click.echo(f"Note: {kept}", err=True)
        empty = (
            ""
            if len(handed)
            else "Nobody is rated with 4 or 5, and nowhere below 3, in people.csv yet."
        )
        output.emit(handed, named="bench --share", footer=empty, within=book)
        return
    if profession is None:
        missing = analysis.by_profession(book, person)
        said = [words.holes(missing), words.concentration(book, missing, sender)]
        if table.empty:
            said = [_NOBODY]
    else:
        said = [] if len(table) else [f"Nobody on the bench for {profession}."]
    said.append(_about(sender))
    if book.since is not None or book.until is not None:
        said.append("What was sent is of the window; the bench and its standing are of all.")
    footer, columns = "\n".join(filter(None, said)), [*analysis.COLUMNS]
    aside = columns[columns.index("offers") : columns.index("standing_low")]
    if profession is None:
        aside += [*analysis.RATINGS, "share"]
    output.emit(table, named="bench", footer=footer, within=book, aside=aside)


def _about(sender: str | None) -> str:
    if sender is not None:
        return ""
    return "This book has no me: what anyone sent is counted; --for PERSON shows one person's."
