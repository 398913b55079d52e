"""Commands that suggest what to give next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.options import as_field, book_options
from refgraph.cli.output import output_options

if TYPE_CHECKING:
    from refgraph.cli.output import Output
    from refgraph.cli.source import Source

__all__ = ["refer_first"]


@click.command("refer-first")
@click.option("--everyone", is_flag=True, help="Score all people, not only the candidates.")
@click.option(
    "--for",
    "whose",
    metavar="PERSON",
    callback=as_field("name"),
    help="Look from this person instead of me.",
)
@book_options()
@output_options()
def refer_first(source: Source, output: Output, whose: str | None, *, everyone: bool) -> None:
    """Show whom to refer first, why, and whom to introduce to them.

    Candidates are clients, partners and people without a role who never had a
    referral from you, or whose referrals to you are still open. The expected
    return is the chance that a referral is answered within 180 days, from how
    they answered before; what is not known is filled in from the whole book.
    "You" is the person who would give the referral: me, or the one after --for.
    JSON, CSV and Markdown hold the evidence too, down to the ids of the rows behind it.

    \b
    Example:
      refgraph refer-first data/adviser
    """
    from refgraph.analysis import refer_first as analysis
    from refgraph.report.section import joined

    book, (person,) = source.compare(whose)
    table = analysis.rank(book, person, everyone=everyone)
    said = "" if len(table) else "Everyone has had a referral, and nothing is open."
    if book.since is not None or book.until is not None:
        said = joined(said, "The whole record is used, whatever the window.")
    told = analysis.COLUMNS[analysis.COLUMNS.index("gave_me") :]  # by the sentence
    output.emit(table, named="refer-first", footer=said, within=book, aside=told)
