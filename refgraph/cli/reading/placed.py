"""A record that a command asks where it is, or of which it reads a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.progress import doing

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.cli.reading.chosen_book import Source
    from refgraph.warehouse.warehouse import Warehouse

__all__ = ["is_asked_in_place", "opened_in_place", "part_of"]

# Options of how tables are read that an engine has no word for.
_OF_FILES = {
    "no_header": "--no-header",
    "comment": "--comment",
    "delimiter": "--delimiter",
    "encoding": "--encoding",
    "decimal_comma": "--decimal-comma",
    "sql": "--sql",
}


def is_asked_in_place(source: Source) -> bool:
    """Tell whether the whole record is asked where it is, and no part of it read.

    Raises
    ------
    UsageError
        A part is named of a record that is read whole.
    """
    part = source.around is not None or source.among is not None
    if part and not source.in_place:
        msg = "--around and --among go with --in-place"
        raise click.UsageError(msg)
    return source.in_place and not part


def opened_in_place(source: Source) -> Warehouse:
    """Open the record where it is, with the window that was named.

    Raises
    ------
    UsageError
        An option has no meaning there.
    """
    from refgraph.errors import RefgraphError
    from refgraph.warehouse.warehouse import Warehouse

    said = [option for name, option in _OF_FILES.items() if getattr(source, name)]
    if said:
        msg = f"{said[0]} goes with tables that are read whole, not with --in-place; leave out one"
        raise click.UsageError(msg)
    if source.incognito:
        msg = (
            "--incognito goes with a record that is read whole, not with --in-place; leave out one"
        )
        raise click.UsageError(msg)
    if source.date_format and not is_asked_in_place(source):
        msg = "--date-format goes with an answer in place, and not with a part of it; leave out one"
        raise click.UsageError(msg)
    with doing("Reading names, days and counts where they are"):
        place = Warehouse.open(
            source.path,
            source.columns,
            source.me,
            source.today,
            table=source.sheet,
            date_format=source.date_format,
            skip_bad=source.skip_bad,
        )
    if place.skipped:
        click.echo("Left out rows, among them:", err=True)
        for problem in source.hidden(place.skipped):
            click.echo(str(problem), err=True)
    if not (source.since or source.until or source.last):
        return place
    try:
        return place.window(source.since, source.until, last=source.last)
    except RefgraphError as error:
        raise click.UsageError(str(error)) from error


def part_of(source: Source) -> Book:
    """Read the part of a record that was named, for a command that needs rows in memory.

    Raises
    ------
    UsageError
        None was named, or two were.
    """
    if source.around is not None and source.among is not None:
        msg = "--around and --among each name a part, and only one goes with --in-place"
        raise click.UsageError(msg)
    if is_asked_in_place(source):
        msg = (
            "this command has no answer in place: here --in-place goes with a part, "
            "--around PERSON or --among GROUP"
        )
        raise click.UsageError(msg)
    place = opened_in_place(source)
    with doing("Reading a part of the record"):
        if source.among is not None:
            return place.group(source.among)
        return place.around(str(source.around))
