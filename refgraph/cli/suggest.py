"""Commands that suggest what to give next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.options import as_field, book_options, half_life_option, horizon_option
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
@click.option("--parts", is_flag=True, help="Show what the expected return is made of.")
@horizon_option
@half_life_option
@book_options()
@output_options()
def refer_first(
    source: Source,
    output: Output,
    whose: str | None,
    *,
    everyone: bool,
    parts: bool,
    horizon: int,
    half_life: float,
) -> None:
    """Show whom to refer first, why, and whom to introduce to them.

    Candidates are clients, partners and people without a role who never had a
    referral from you, or whose referrals to you are still open. The expected
    return is the chance that one comes back within --horizon days, from how they
    answered before, what they gave you, and how much they refer anyway; what is
    not known is filled in from the whole book.
    "You" is the person who would give the referral: me, or the one after --for.
    JSON, CSV and Markdown hold the evidence too, down to the ids of the rows behind it.

    \b
    Example:
      refgraph refer-first data/adviser
    """
    from refgraph.analysis import refer_first as analysis
    from refgraph.report.exchange import suggested

    book, (person,) = source.compare(whose, needs="people")
    table = analysis.rank(
        book, person, everyone=everyone, parts=True, horizon=horizon, half_life=half_life
    )
    said = suggested(book, table, horizon)
    told = [*analysis.COLUMNS[analysis.COLUMNS.index("gave_me") :]]  # by the sentence
    if parts:
        told.remove("partner_rate")
    else:
        table = table[list(analysis.COLUMNS)]
    output.emit(table, named="refer-first", footer=said, within=book, aside=told)
