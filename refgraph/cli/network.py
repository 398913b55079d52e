"""Commands about the network as a whole: how mutual it is, and who connects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.options import book_options
from refgraph.cli.output import output_options

if TYPE_CHECKING:
    from refgraph.cli.output import Output
    from refgraph.cli.source import Source

__all__ = ["connectors", "reciprocity"]


@click.command()
@book_options()
@output_options()
def reciprocity(source: Source, output: Output) -> None:
    """Show how much of what is given comes back in the whole network.

    \b
    edge      share of ties that have one in the other direction
    dyad      share of the pairs with any referral that is mutual
    weighted  share of all referrals matched by one in the other direction
    density   ties, as a share of all that could be

    \b
    Example:
      refgraph reciprocity data/chapter
    """
    from refgraph.report import network

    output.emit(network.reciprocity_table(source.open()))


@click.command()
@click.option("--with-me", is_flag=True, help="Leave me in the network.")
@book_options()
@output_options()
def connectors(source: Source, output: Output, *, with_me: bool) -> None:
    """Show who links people and groups that would otherwise be apart.

    The score is the mean of the percentile ranks of betweenness (share of the
    shortest referral paths between others that run through this person) and
    groups linked (groups, other than their own, they have referrals with).
    The person whose book it is, who is tied to nearly everybody, is left out.

    \b
    Example:
      refgraph connectors data/adviser
    """
    from refgraph.report import network

    table, note = network.connectors_table(source.open(), with_me=with_me)
    output.emit(table, footer=note)
