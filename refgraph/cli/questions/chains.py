"""The command about chains: who started what, through whom, and what it was worth."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.chosen_book import UNORDERED
from refgraph.cli.reading.options import book_options, for_option

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["chains"]


def share(said: str) -> Decimal:
    """Read a decimal above 0 and at most 1, exactly as it was written."""
    try:
        number = Decimal(said)
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and 0 < number <= 1):
        msg = f"{said!r} is not a number above 0 and at most 1"
        raise click.BadParameter(msg)
    return number


@listed("The network")
@click.command()
@click.option(
    "--by",
    type=click.Choice(["root", "person", "giver", "client"]),
    help="One row for each; root if not given.",
)
@click.option("--essential", is_flag=True, help="Without whom your clients would not be yours.")
@click.option("--unknown", is_flag=True, help="List the rows that do not say who brought whom.")
@click.option(
    "--decay", type=share, help="With --by root: what a step counts; 0.5 if not given, 1 for all."
)
@click.option(
    "--touch",
    type=click.Choice(["first", "last"]),
    help="Which of several referrals brought somebody; first if not given.",
)
@for_option("With --by client or --essential: look from this person instead of me.")
@book_options()
@output_options()
def chains(
    source: Source,
    output: Output,
    *,
    by: str | None,
    essential: bool,
    unknown: bool,
    decay: Decimal | None,
    touch: str | None,
    whose: str | None,
) -> None:
    """Show who started what: the chains of people that one referral led to.

    A chain goes from somebody to a prospect they referred, and on to whom that
    person referred in turn. Its root is the one who started it.

    \b
    --by root    who started most, how deep it went, and what was won
    --by person  who brought each person, and who came after them
    --by giver   what was won through the referrals of each giver
    --by client  through whom each of your clients came, the best first
    --essential  without whom these clients would not be yours

    Values are never added across currencies. What does not say who brought whom,
    such as two people who refer the same prospect on one day, is not guessed:
    --unknown lists it.

    \b
    Examples:
      refgraph chains data/adviser
      refgraph chains data/adviser --by client
      refgraph chains data/adviser --by root --decay 1 -o chains.csv
    """
    asked = [f"--by {by}"] if by else []
    asked += [name for name, on in (("--essential", essential), ("--unknown", unknown)) if on]
    if len(asked) > 1:
        msg = f"{' and '.join(asked)} are tables of their own; keep one of them"
        raise click.UsageError(msg)
    view = asked[0] if asked else "--by root"
    for option, given, views in (
        ("--decay", decay, ["--by root"]),
        ("--touch", touch, ["--by root", "--by person", "--by client", "--essential", "--unknown"]),
        ("--for", whose, ["--by client", "--essential"]),
    ):
        if given is not None and view not in views:
            msg = f"{option} goes with {' or '.join(views)}"
            raise click.UsageError(msg)
    from refgraph.analysis.tracing.chains import DECAY
    from refgraph.report.questions.chains import CHAINS
    from refgraph.report.sections.chains_text import without_repeats
    from refgraph.report.sections.section import joined

    book, (person,) = source.ask(whose, undated=UNORDERED)
    answer = CHAINS[view](book, person=person, decay=decay or DECAY, touch=touch or "first")
    if output.form == "table":
        answer = replace(answer, table=without_repeats(answer.table))
    if source.incognito and view != "--by giver":
        hidden = "Prospects who are nobody else in the book are hidden here."
        answer = replace(answer, said=joined(answer.said, hidden))
    output.show(CHAINS[view], answer, book)
