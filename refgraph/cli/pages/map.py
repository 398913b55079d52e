"""The command that draws a map."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.written import suffix_of
from refgraph.cli.reading.chosen_book import IN_PART
from refgraph.cli.reading.options import as_field, book_options, exact_option, for_option
from refgraph.cli.reading.protect_book import spare
from refgraph.maps import KINDS
from refgraph.maps.kind import kinds_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.book.book import Book
    from refgraph.cli.reading.chosen_book import Source
    from refgraph.maps.kind import MapKind

__all__ = ["map_"]

_SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")
_LARGEST, _MOST = 20_000, 30_000  # pixels of a page, and of a picture


def _names(kinds: Iterable[MapKind]) -> str:
    return ", ".join(kind.name for kind in kinds)


def _counted() -> str:
    """Say what ``--top`` counts on each map that has it; what only narrows another's, with it."""
    meant: dict[str, list[str]] = {}
    for kind in kinds_with("top"):
        what, _, more = kind.options["top"].partition(", ")
        meant.setdefault(what, []).append(f"{kind.name}, {more}" if more else kind.name)
    said = [
        what if [what] == names else f"{what} ({'; '.join(names)})" for what, names in meant.items()
    ]
    return f"How many: {', '.join(said)}."


_SIDE = _names(kind for kind in KINDS.values() if kind.about_one == "side")
_WITHOUT = _names(kind for kind in KINDS.values() if kind.about_one == "without")
_LINES = "\n".join(
    f"{name:<12} {text}"
    for name, text in (
        *((kind.name, kind.help) for kind in KINDS.values()),
        ("auto", "the one that suits the book"),
    )
)
_HELP = f"""Draw a map of a book.

\b
{_LINES}

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


@listed("Where you stand")
@click.command("map", help=_HELP)
@click.argument("kind", type=click.Choice((*KINDS, "auto")))
@book_options()
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The picture: .png, .svg, .pdf, or .html to explore. [default: KIND.png]",
)
@for_option(f"{_SIDE}: look from this person instead of me. {_WITHOUT}: leave this person out.")
@click.option("--with-me", is_flag=True, help=f"{_names(kinds_with('with_me'))}: draw me too.")
@click.option(
    "--highlight",
    metavar="PERSON",
    callback=as_field("name"),
    help=f"{_names(kinds_with('highlight'))}: mark this person.",
)
@click.option(
    "--only", metavar="GROUP", help=f"{_names(kinds_with('only'))}: draw this group alone."
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help=_counted(),
)
@click.option(
    "--touch",
    type=click.Choice(("first", "last")),
    help=f"chains: {KINDS['chains'].options['touch']}.",
)
@click.option(
    "--order",
    type=click.Choice(("groups", "balance")),
    help=f"{_names(kinds_with('order'))}: rows by group, or by what was given less received.",
)
@exact_option
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
    """Draw a map of a book, and write it to a file."""
    given = {"person": whose, "highlight": highlight} | {
        name: value for name, value in chosen.items() if name != "theme"
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

    book, (person, marked) = source.ask(whose, highlight, undated=IN_PART)
    if kind == "auto":
        kind = _chosen(book, person, given)
    _warn(kind, book)
    values = {"person": person if KINDS[kind].about_one else None, "highlight": marked} | chosen
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
    for name, value in given.items():
        if value and not KINDS[kind].takes(name):
            *several, last = [each.name for each in kinds_with(name)]
            maps = f"maps {', '.join(several)} and {last}" if several else f"map {last}"
            option = "--for" if name == "person" else f"--{name.replace('_', '-')}"
            msg = f"{option} belongs to the {maps}"
            raise click.UsageError(msg)


def _warn(kind: str, book: Book) -> None:
    """Say before it begins what takes long, and what takes less."""
    most = KINDS[kind].made_for
    if most is None:
        return
    import numpy as np

    people = len(np.unique(np.stack(book.ends)[:, book.in_window]))
    if people > most:
        click.echo(
            f"Note: this map is made for up to {most:,} people, and takes many minutes for "
            f"{people:,}; a window, like --last 3m, draws only who gave or received in it.",
            err=True,
        )


def _chosen(book: Book, person: str | None, given: Mapping[str, Any]) -> str:
    """Pick the map that suits the book, and say which and why."""
    from refgraph.maps import choice

    kind, why = choice.choose(book, person)
    try:
        _check(kind, {name: value for name, value in given.items() if name != "person"})
    except click.UsageError as error:
        msg = f"auto picks the map {kind} for this book, and {error.message}"
        raise click.UsageError(msg) from None
    click.echo(f"Drawing the map {kind}: {why}.", err=True)
    return kind
