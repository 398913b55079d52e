"""Commands for a review: the one page, and the page with its maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.printing.output import output_options
from refgraph.cli.printing.written import print_text, write_text
from refgraph.cli.reading.options import Folder, as_field, book_options, exact_option
from refgraph.cli.reading.protect_book import spare
from refgraph.maps import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["report", "review"]

_MAPS = tuple(f"{kind}.{form}" for kind in KINDS for form in ("png", "html"))
_PAGES = ("report.md", "report.json", *_MAPS)
_SIDES = " and ".join(kind.name for kind in KINDS.values() if kind.about_one == "side")


@click.command()
@click.option(
    "--for",
    "whose",
    metavar="PERSON",
    callback=as_field("name"),
    help="Look at this person instead of me.",
)
@click.option("--all", "every_row", is_flag=True, help="Show every row of every list.")
@exact_option
@book_options()
@output_options("table", "md", "json", table=False)
def report(
    source: Source, output: Output, whose: str | None, *, every_row: bool, exact: bool
) -> None:
    """Print the one-page review of a book.

    Where you stand, whom you owe, whom to refer first and why, who connects the
    others, how mutual it is, what is leaking and who is still to be thanked.

    \b
    Examples:
      refgraph report data/adviser
      refgraph report data/adviser --last 12m -o report.md
      refgraph report data/chapter --for "Gwen Aldridge"
    """
    from refgraph.report.summary import summarize
    from refgraph.report.views import render

    renderers = {"table": render.text, "md": render.markdown, "json": render.as_json}
    summary = summarize(*source.view(whose), everything=every_row, exact=exact)
    output.write(renderers[output.form](summary))


@click.command()
@click.option(
    "--for",
    "whose",
    metavar="PERSON",
    callback=as_field("name"),
    help="Look at this person instead of me.",
)
@exact_option
@book_options()
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=Folder(),
    help="The folder to write to; it is made if it does not exist.",
)
def review(source: Source, folder: Path, whose: str | None, *, exact: bool) -> None:
    """Write everything for a review meeting to a folder, and print the page.

    The folder gets report.md, report.json and the maps that have something to
    say about this book, each as a picture (.png) and as a page to explore (.html).

    \b
    Example:
      refgraph review data/adviser -o review
    """
    spare(source.path, *(folder / name for name in _PAGES))
    book, person = source.view(whose)
    from refgraph.reading.files.writer import make_folder

    make_folder(folder)
    from refgraph import maps
    from refgraph.maps import choice
    from refgraph.report.summary import summarize
    from refgraph.report.views import render

    summary = summarize(book, person, exact=exact)
    pictures = []
    for kind in choice.telling(book, person):
        options: dict[str, Any] = {"person": person} if KINDS[kind].about_one else {}
        if exact and KINDS[kind].takes("exact"):
            options["exact"] = True
        drawn = maps.draw(kind, book, **options)
        for file in (f"{kind}.png", f"{kind}.html"):
            drawn.save(folder / file)
            click.echo(f"Wrote {folder / file}", err=True)
        pictures.append((drawn.title, f"{kind}.png", f"{kind}.html"))
        for note in drawn.notes:
            click.echo(f"Note: {note}", err=True)
    write_text(folder / "report.json", render.as_json(summary))
    write_text(folder / "report.md", render.markdown(summary, pictures=pictures))
    if summary.book["me"] is None:
        click.echo(f"Note: the maps {_SIDES} need a person: --for PERSON.", err=True)
    print_text(render.text(summary))
