"""The options that choose and read a book, the same for every command."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.guard import spare
from refgraph.cli.source import Source
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Folder", "as_field", "book_options", "half_life_option", "horizon_option"]

# The parameters of commands that name a file to write.
_TARGETS = ("path", "scene", "file")
_DELIMITERS = ("comma", "semicolon", "tab", "pipe", "space")


def read_columns(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> dict[str, str] | None:
    """Read ``giver=from,receiver=to``: our column names to the file's."""
    if value is None:
        return None
    found: dict[str, str] = {}
    for part in value.split(","):
        ours, sign, theirs = (side.strip() for side in part.partition("="))
        if not (ours and sign):
            text = f"{part!r} is not OURS=THEIRS, for example giver=from"
            raise click.BadParameter(text, ctx, param)
        if ours in found:
            text = f"{ours!r} is named twice, as {found[ours]!r} and as {theirs!r}"
            raise click.BadParameter(text, ctx, param)
        found[ours] = theirs
    return found


class Folder(click.Path):
    """A folder to write to, there or not; ``""`` is not the current one."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the folder's name."""
        if value == "":
            self.fail("the folder has no name", param, ctx)
        return super().convert(value, param, ctx)


def as_field(kind: str) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    """Read an option as the same field is read in a file: a ``day`` or a ``name``."""

    def read(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
        if value is None:
            return None
        from refgraph.ledger import dates, fields, text

        readers: dict[str, Callable[[str], Any]] = {"day": dates.iso_date, "name": fields.person}
        try:
            return readers[kind](value)
        except text.FieldError as error:
            said = "; ".join(filter(None, (str(error), error.hint)))
            raise click.BadParameter(said, ctx, param) from error

    return read


def read_span(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read a span of time: a number of days, weeks, months or years."""
    from refgraph.ledger.spans import first_day

    try:
        if value is not None:
            first_day(value, date.today())  # noqa: DTZ011  # the user's own day
    except RefgraphError as error:
        raise click.BadParameter(str(error), ctx, param) from error
    return value


_OPTIONS = (
    click.option("--me", metavar="NAME", help="Whose book it is."),
    click.option(
        "--today",
        metavar="DATE",
        callback=as_field("day"),
        help="Count ages to this day (YYYY-MM-DD).",
    ),
    click.option(
        "--since",
        metavar="DATE",
        callback=as_field("day"),
        help="Count referrals from this day on.",
    ),
    click.option(
        "--until", metavar="DATE", callback=as_field("day"), help="Count referrals up to this day."
    ),
    click.option(
        "--last", metavar="SPAN", callback=read_span, help="Count the last 90d, 8w, 12m or 2y."
    ),
    click.option(
        "--columns",
        metavar="OURS=THEIRS,...",
        callback=read_columns,
        help="Other column names, or positions with --no-header.",
    ),
    click.option("--no-header", is_flag=True, help="The first line is already a referral."),
    click.option("--comment", metavar="TEXT", help="Leave out lines that start with TEXT."),
    click.option("--delimiter", type=click.Choice(_DELIMITERS), help="What separates the fields."),
    click.option(
        "--date-format", metavar="FORMAT", help="How dates are written: unix, or like %d.%m.%Y."
    ),
    click.option("--skip-bad", is_flag=True, help="Leave out rows with problems, and list them."),
    click.option("--incognito", is_flag=True, help="Initials for names; no notes, no money."),
)


horizon_option = click.option(
    "--horizon",
    type=click.IntRange(min=1),
    default=180,
    show_default=True,
    help="Days within which a referral back counts as an answer.",
)


half_life_option = click.option(
    "--half-life",
    type=click.FloatRange(min=0, min_open=True),
    default=730,
    show_default=True,
    help="Days after which what happened counts half.",
)


def book_options(*, argument: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that choose and read a book, as its ``source``.

    Parameters
    ----------
    argument : bool, default True
        Whether the book may also be the command's argument.
    """
    names = [each.name for each in fields(Source) if each.name != "book"]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(*, option: str | None, book: str | None = None, **rest: Any) -> None:
            if option is not None and book is not None and option != book:
                msg = f"two books were named, {book!r} and --book {option!r}; keep one"
                raise click.UsageError(msg)
            if "" in (option, book):
                msg = "the book has no name; leave it out, or name a folder or a file"
                raise click.UsageError(msg)
            chosen = {name: rest.pop(name) for name in names}
            source = Source(book=book if option is None else option, **chosen)
            if targets := [rest[name] for name in _TARGETS if rest.get(name) is not None]:
                spare(source.path, *targets)
            command(source=source, **rest)

        for add in reversed(_OPTIONS):
            run = add(run)
        run = click.option("-b", "--book", "option", metavar="PATH", help="The book to read.")(run)
        return click.argument("book", required=False)(run) if argument else run

    return decorate
