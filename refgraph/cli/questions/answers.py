"""Commands about who owes whom, and the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading import complete
from refgraph.cli.reading.options import as_field, book_options, for_option
from refgraph.cli.reading.placed import is_asked_in_place

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["balance", "owe", "register", "why"]


@listed("Where you stand")
@click.command()
@for_option()
@book_options()
@output_options()
def owe(source: Source, output: Output, whose: str | None) -> None:
    """Show whom you owe a referral, and for how long.

    What you gave settles the oldest you received from the same person, whenever
    you gave it; the rest is open. In a book without a "me" all pairs are listed.

    \b
    Examples:
      refgraph owe data/adviser
      refgraph owe data/chapter --for "Gwen Aldridge" -O json
      refgraph owe data/chapter --in-place --for "Gwen Aldridge"
    """
    from refgraph.report.questions.owing import OWE

    if is_asked_in_place(source):
        from refgraph.cli.printing import asked_in_place

        asked_in_place.owe(source, output, whose)
        return
    book, (person,) = source.ask(whose)
    output.show(OWE, OWE(book, person), book)


@listed("Where you stand")
@click.command()
@click.option("--pairs", is_flag=True, help="One row for each pair instead of each person.")
@book_options()
@output_options()
def balance(source: Source, output: Output, *, pairs: bool) -> None:
    """Show what each person gave and received.

    The rate is the share of a person's referrals that is matched by one in the
    other direction: 1 is a perfect exchange, 0 a one-way street.

    \b
    Examples:
      refgraph balance data/adviser
      refgraph balance data/chapter --pairs -o pairs.csv
    """
    from refgraph.report.questions.owing import BALANCE, BALANCE_BY_PAIR

    if is_asked_in_place(source):
        from refgraph.cli.printing import asked_in_place

        asked_in_place.balance(source, output, pairs=pairs)
        return
    book = source.open()
    question = BALANCE_BY_PAIR if pairs else BALANCE
    output.show(question, question(book), book)


@listed("Where you stand")
@click.command()
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@book_options(argument=False)
@output_options()
def register(source: Source, output: Output, person: str) -> None:
    """List every referral PERSON gave or received, with the running balance.

    PERSON is a name, or a part of one that nobody else has.

    \b
    Example:
      refgraph register "Rosa" -b data/adviser
    """
    from refgraph.report.questions.owing import REGISTER

    book, (name,) = source.ask(person)
    output.show(REGISTER, REGISTER(book, str(name)), book)


@listed("Where you stand")
@click.command()
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@for_option("Look from this person instead of me.", metavar="NAME")
@book_options(argument=False)
@output_options()
def why(source: Source, output: Output, person: str, whose: str | None) -> None:
    """Show the referrals between you and PERSON, and which are still open.

    \b
    Example:
      refgraph why "Marcus Bell" -b data/adviser
    """
    from refgraph.report.questions.owing import WHY

    book, (name, asker) = source.ask(person, whose)
    output.show(WHY, WHY(book, str(name), asker), book)
