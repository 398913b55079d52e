"""The command that says what hangs on one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import PICTURE, output_options
from refgraph.cli.reading import complete
from refgraph.cli.reading.options import as_field, book_options

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["without"]


@listed("The network")
@click.command()
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@click.option(
    "--introductions",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="How many introductions to look for at most.",
)
@book_options(argument=False)
@output_options(pictures=True)
def without(source: Source, output: Output, person: str, introductions: int) -> None:
    """Show what would be lost if PERSON left, and what to do before they do.

    Who would be cut off, which groups nothing else links, what was won of what they
    gave, who could take over, and whom to introduce to whom in time: each time the
    introduction that keeps most pairs of their contacts within two steps of each
    other, beside the most that any such introductions could keep. A file that ends in
    .png, .svg or .pdf after -o gets the map of it: their ties dashed, as gone, and the
    introductions as new ones.

    \b
    Examples:
      refgraph without "Gwen Aldridge" -b data/chapter
      refgraph without "Rosa Delgado" -b data/adviser --introductions 3
      refgraph without "Gwen Aldridge" -b data/chapter -o without.png
    """
    from refgraph.report.questions.planning import WITHOUT

    book, (name,) = source.compare(person)
    if output.form == PICTURE:
        from refgraph.analysis.leaving.departure import without_person
        from refgraph.maps.kinds.differences.leaving import draw_without

        found = without_person(book, str(name), introductions=introductions)
        output.save(draw_without(book, str(name), found))
        return
    output.show(WITHOUT, WITHOUT(book, str(name), introductions=introductions), book)
