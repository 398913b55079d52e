"""Commands for a review: the one page, and the page with its maps."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refgraph.cli.output import output_options, write_text
from refgraph.cli.source import book_options
from refgraph.errors import OutputError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from refgraph.cli.output import Output
    from refgraph.cli.source import Source

__all__ = ["report", "review"]


class Progress:
    """Tell on stderr what is being done, once it has taken more than a second."""

    def __init__(self) -> None:
        self._doing = ""
        self._slow = False
        self._timer = threading.Timer(1.0, self._late)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def now(self, doing: str) -> None:
        """Say what comes next."""
        self._doing = doing
        if self._slow:
            click.echo(f"{doing} ...", err=True)

    def _late(self) -> None:
        self._slow = True
        click.echo(f"{self._doing} ...", err=True)


@click.command()
@book_options()
@output_options("table", "md", "json", table=False)
def report(source: Source, output: Output) -> None:
    """Print the one-page review of a book.

    Where you stand, whom you owe, whom to refer first and why, who connects the
    others, how mutual it is, what is leaking and who is still to be thanked.

    \b
    Examples:
      refgraph report data/adviser
      refgraph report data/adviser --last 12m -o report.md
    """
    from refgraph.report import render
    from refgraph.report.summary import summarize

    renderers = {"table": render.text, "md": render.markdown, "json": render.as_json}
    output.write(renderers[output.form](summarize(source.open())))


@click.command()
@book_options()
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write to; it is made if it does not exist.",
)
def review(source: Source, folder: Path) -> None:
    """Write everything for a review meeting to a folder, and print the page.

    The folder gets report.md, report.json and the maps as PNG.

    \b
    Example:
      refgraph review data/adviser -o review
    """
    with Progress() as progress:
        progress.now("Reading the book")
        book = source.open()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(folder, error) from error
        from refgraph import maps
        from refgraph.report import limits, render
        from refgraph.report.summary import summarize

        progress.now("Answering the questions")
        summary = summarize(book)
        kinds = ["connectors"]
        if book.me is not None and not limits.withheld(book):
            kinds.insert(0, "owed")
        pictures = []
        for kind in kinds:
            progress.now(f"Drawing the {kind} map")
            drawn = maps.draw(kind, book)
            drawn.save(folder / f"{kind}.png")
            pictures.append((drawn.title, f"{kind}.png"))
            for note in drawn.notes:
                click.echo(f"Note: {note}", err=True)
        write_text(folder / "report.json", render.as_json(summary))
        write_text(folder / "report.md", render.markdown(summary, pictures=pictures))
    for _, name in pictures:
        click.echo(f"Wrote {folder / name}", err=True)
    if book.me is None:
        click.echo("Note: no owed map, as this book has no me; draw one with --for.", err=True)
    click.echo(render.text(summary), nl=False)
