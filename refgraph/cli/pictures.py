"""The command that draws a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from refgraph.cli.files import suffix_of
from refgraph.cli.guard import spare
from refgraph.cli.options import as_field, book_options
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from refgraph.cli.source import Source

__all__ = ["map_"]


@click.command("map")
@click.argument("kind", type=click.Choice(("owed", "connectors")))
@book_options()
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The picture: .png, .svg, .pdf, or .html to explore. [default: KIND.png]",
)
@click.option(
    "--for",
    "whose",
    metavar="PERSON",
    callback=as_field("name"),
    help="Look from this person instead of me.",
)
@click.option("--with-me", is_flag=True, help="connectors: leave me in the network.")
@click.option(
    "--scene",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write what was drawn, in pixels, as JSON.",
)
def map_(
    source: Source,
    kind: str,
    path: Path | None,
    whose: str | None,
    scene: Path | None,
    *,
    with_me: bool,
) -> None:
    """Draw a map: whom you owe (owed), or who links the groups (connectors).

    \b
    Examples:
      refgraph map owed data/adviser -o owed.png
      refgraph map connectors data/chapter -o connectors.svg
      refgraph map connectors data/chapter -o connectors.html
    """
    if with_me and kind != "connectors":
        msg = "--with-me belongs to the connectors map"
        raise click.UsageError(msg)
    if whose and kind != "owed":
        msg = "--for belongs to the owed map"
        raise click.UsageError(msg)
    target = path or Path(f"{kind}.png")
    suffix_of(target, (".png", ".svg", ".pdf", ".html"), "-o")
    spare(source.path, target)
    from refgraph import maps
    from refgraph.report import limits

    book, (person,) = source.ask(whose)
    if kind == "owed" and (why := limits.withheld(book)):
        raise RefgraphError(why)
    options = {"person": person} if kind == "owed" else {"with_me": with_me}
    drawn = maps.draw(kind, book, **options)
    drawn.save(target)
    click.echo(f"Wrote {target}", err=True)
    if scene is not None:
        drawn.save_json(scene)
        click.echo(f"Wrote {scene}", err=True)
    for note in drawn.notes:
        click.echo(f"Note: {note}", err=True)
