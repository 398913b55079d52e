"""The command that draws a map."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.files import suffix_of
from refgraph.cli.guard import spare
from refgraph.cli.options import as_field, book_options
from refgraph.maps import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book import Book
    from refgraph.cli.source import Source

__all__ = ["map_"]

# The options that not every map has.
_TAKES = {
    "owed": ("--for", "--highlight", "--top"),
    "connectors": ("--with-me", "--highlight", "--top", "--only"),
    "overview": ("--for",),
    "matrix": ("--highlight", "--top", "--only"),
    "timeline": ("--for",),
    "chains": ("--with-me", "--highlight", "--top", "--touch"),
}
_ONES_OWN = (
    "owed",
    "timeline",
    "connectors",
    "overview",
)  # about one person, or everybody but them
_MADE_FOR = 10_000  # people on the map overview
_SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")
_LARGEST, _MOST = 20_000, 30_000  # pixels of a page, and of a picture


def read_size(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[int, int] | None:
    """Read ``1600x900``: the width and the height of the page."""
    if value is None:
        return None
    found = _SIZE.fullmatch(value.strip().lower())
    if not found:
        text = f"{value!r} is not WIDTHxHEIGHT in pixels, for example 1600x900"
        raise click.BadParameter(text, ctx, param)
    width, height = int(found[1]), int(found[2])
    if max(width, height) > _LARGEST:
        text = f"{value} is too large; a page has at most {_LARGEST} pixels each way"
        raise click.BadParameter(text, ctx, param)
    return width, height


@click.command("map")
@click.argument("kind", type=click.Choice((*KINDS, "auto")))
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
    help="owed, timeline: look from this person instead of me.",
)
@click.option("--with-me", is_flag=True, help="connectors, chains: draw me too.")
@click.option(
    "--highlight",
    metavar="PERSON",
    callback=as_field("name"),
    help="owed, connectors, matrix, chains: mark this person.",
)
@click.option("--only", metavar="GROUP", help="connectors, matrix: draw this group alone.")
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many: rows on a side (owed), people (connectors; matrix, up to 60), chains.",
)
@click.option(
    "--touch",
    type=click.Choice(("first", "last")),
    help="chains: which of several referrals brought somebody; first if not given.",
)
@click.option(
    "--theme",
    type=click.Choice(("light", "dark", "print")),
    default="light",
    show_default=True,
    help="print is black, white and grey.",
)
@click.option(
    "--size", metavar="WxH", callback=read_size, help="Size of the page in pixels: 1600x900."
)
@click.option(
    "--scale",
    type=click.FloatRange(0.25, 8),
    default=1.0,
    metavar="K",
    help="PNG: K times as many pixels each way.",
)
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
    highlight: str | None,
    size: tuple[int, int] | None,
    scene: Path | None,
    *,
    scale: float,
    **chosen: Any,
) -> None:
    """Draw a map of a book.

    \b
    owed         whom you owe, and where you went first
    connectors   who links the groups
    overview     a network of up to 10,000 people, as circles of groups
    matrix       who refers to whom, one way or both
    timeline     what you gave and received over time; without a me, all referrals by month
    chains       who started what: whom they brought, and whom these brought in turn
    auto         the one that suits the book

    \b
    Examples:
      refgraph map owed data/adviser -o owed.png
      refgraph map connectors data/chapter -o connectors.svg
      refgraph map overview data/adviser -o overview.png
      refgraph map matrix data/chapter --highlight "Gwen Aldridge" --theme print
      refgraph map timeline data/adviser --last 12m --size 1600x700
      refgraph map chains data/adviser --highlight "Rosa Delgado" -o chains.png
      refgraph map auto data/adviser -o map.pdf
      refgraph map connectors data/chapter -o connectors.html
    """
    given = {"--for": whose, "--highlight": highlight} | {
        f"--{name.replace('_', '-')}": value for name, value in chosen.items() if name != "theme"
    }
    if kind != "auto":
        _check(kind, given)
    target = path or Path(f"{kind}.png")
    suffix = suffix_of(target, (".png", ".svg", ".pdf", ".html"), "-o")
    if scale != 1 and suffix != ".png":
        msg = "--scale belongs to PNG; the others have no pixels"
        raise click.UsageError(msg)
    if size is not None and max(size) * scale > _MOST:
        msg = f"--size and --scale make a picture of more than {_MOST} pixels; make one smaller"
        raise click.UsageError(msg)
    spare(source.path, target)
    from refgraph import maps

    book, (person, marked) = source.ask(whose, highlight)
    if kind == "auto":
        kind = _chosen(book, person, given)
    _warn(kind, book)
    values = {"person": person if kind in _ONES_OWN else None, "highlight": marked} | chosen
    if size is not None:
        values |= {"width": size[0], "height": size[1]}
    drawn = maps.draw(kind, book, **{name: value for name, value in values.items() if value})
    drawn.save(target, scale=scale)
    click.echo(f"Wrote {target}", err=True)
    if scene is not None:
        drawn.save_json(scene)
        click.echo(f"Wrote {scene}", err=True)
    for note in drawn.notes:
        click.echo(f"Note: {note}", err=True)
    if kind == "chains" and source.incognito:
        click.echo("Note: prospects who are nobody else in the book are hidden here.", err=True)


def _check(kind: str, given: Mapping[str, Any]) -> None:
    """Refuse an option that this map does not have."""
    for option, value in given.items():
        if value and option not in _TAKES.get(kind, ()):
            having = [each for each in KINDS if option in _TAKES.get(each, ())]
            several = ", ".join(having[:-1])
            maps = f"maps {several} and {having[-1]}" if several else f"map {having[-1]}"
            msg = f"{option} belongs to the {maps}"
            raise click.UsageError(msg)


def _warn(kind: str, book: Book) -> None:
    """Say before it begins what takes long, and what takes less."""
    if kind != "overview":
        return
    rows = book.referrals
    people = len({*rows["giver"], *rows["receiver"]})
    if people > _MADE_FOR:
        click.echo(
            f"Note: this map is made for up to {_MADE_FOR:,} people, and takes many minutes for "
            f"{people:,}; a window, like --last 3m, draws only who gave or received in it.",
            err=True,
        )


def _chosen(book: Book, person: str | None, given: Mapping[str, Any]) -> str:
    """Pick the map that suits the book, and say which and why."""
    from refgraph.maps import choice

    kind, why = choice.choose(book, person)
    try:
        _check(kind, {option: value for option, value in given.items() if option != "--for"})
    except click.UsageError as error:
        msg = f"auto picks the map {kind} for this book, and {error.message}"
        raise click.UsageError(msg) from None
    click.echo(f"Drawing the map {kind}: {why}.", err=True)
    return kind
