"""Commands about who owes whom, and the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.printing.output import output_options
from refgraph.cli.reading import complete
from refgraph.cli.reading.options import as_field, book_options
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["balance", "owe", "register", "why"]


@click.command()
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
def owe(source: Source, output: Output, whose: str | None) -> None:
    """Show whom you owe a referral, and for how long.

    What you gave settles the oldest you received from the same person, whenever
    you gave it; the rest is open. In a book without a "me" all pairs are listed.

    \b
    Examples:
      refgraph owe data/adviser
      refgraph owe data/chapter --for "Gwen Aldridge" -O json
    """
    from refgraph.analysis.owing import owe as analysis
    from refgraph.report.sections.section import joined
    from refgraph.report.sections.standing import settled_otherwise

    book, (person,) = source.compare(whose)
    table = analysis.rank(book, person)
    ages = analysis.ageing(book, person)["referrals"]
    parts = [f"{number:,} for {age}" for age, number in ages.items() if number]
    if undated := int(table["open"].sum() - ages.sum()):
        parts.append(f"{undated:,} without a date")
    footer = f"Open: {', '.join(parts)}." if parts else "Nothing is open."
    if book.since is None and book.until is None:
        footer = joined(footer, settled_otherwise(table))
    output.emit(table, named="owe", footer=footer, total=["open"], within=book)


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
    from refgraph.analysis.reciprocity import balance as analysis

    book, _ = source.compare()
    if pairs:
        output.emit(analysis.by_pair(book.graph()), named="balance --pairs", within=book)
    else:
        table = analysis.by_person(book.graph()).reset_index()
        table = table.sort_values(["balance", "person"], ascending=[False, True], kind="stable")
        output.emit(table, named="balance", total=["given", "received"], within=book)


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
    from refgraph.analysis.owing import register as analysis

    book, (name,) = source.ask(person)
    table = analysis.of(book, str(name))
    footer = "" if len(table) else f"No referrals of {name} are counted here."
    output.emit(table, named="register", footer=footer, within=book)


@click.command()
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@click.option(
    "--for",
    "whose",
    metavar="NAME",
    callback=as_field("name"),
    shell_complete=complete.people,
    help="Look from this person instead of me.",
)
@book_options(argument=False)
@output_options()
def why(source: Source, output: Output, person: str, whose: str | None) -> None:
    """Show the referrals between you and PERSON, and which are still open.

    \b
    Example:
      refgraph why "Marcus Bell" -b data/adviser
    """
    from refgraph.analysis.owing import register as analysis

    book, (name, asker) = source.compare(person, whose)
    if name == (asker or book.me):
        msg = f"{name} cannot be asked about {name}; name the other person."
        raise RefgraphError(msg)
    table = analysis.between(book, str(name), asker)
    still_open = int(table["open"].sum())
    said = f"{still_open:,} open" if still_open else "nothing open"
    footer = f"{name} gave {asker or book.me}: {said}."
    total = ["open"] if still_open else []
    output.emit(table, named="why", footer=footer, total=total, within=book)
