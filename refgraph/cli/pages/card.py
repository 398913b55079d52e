"""The command that prints a card to hand to the people who refer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.printing.written import as_json
from refgraph.cli.reading.options import book_options, for_option

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["card"]


@listed("Whom to refer")
@click.command()
@click.option("--line", is_flag=True, help='Only one line: the answer to "How is business?"')
@for_option("Whose card; only me has one if refgraph.toml names me.")
@book_options(window=False)
@output_options("table", "md", "json", table=False)
def card(source: Source, output: Output, whose: str | None, *, line: bool) -> None:
    """Print how to recognise a referral for you, to hand to the people who refer.

    It says whom you would like to meet (looking_for in refgraph.toml), what they say
    when they need you (they_say), and how to introduce you, the way believed best first. It names
    nobody else. With accepting = false it says that you take nobody new, and asks for
    nothing.

    \b
    Examples:
      refgraph card data/adviser
      refgraph card data/adviser -o card.md
      refgraph card data/adviser --line
    """
    from refgraph.report import card as cards

    book, (person,) = source.ask(whose, needs="nothing")
    made = cards.of(book, person)
    if line:
        said = cards.line(made)
        terms = {"conditions": made.conditions} if made.conditions else {}
        if terms and output.form != "json":  # the line stays one that can be said
            click.echo(f"Note: {made.conditions}", err=True)
        output.write(as_json({"line": said} | terms) if output.form == "json" else f"{said}\n")
    elif output.form == "json":
        output.write(as_json(cards.as_dict(made)))
    else:
        output.write(cards.markdown(made) if output.form == "md" else cards.text(made))
