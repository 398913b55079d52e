"""The options that choose and read a book, the same for every command."""

from __future__ import annotations

import os
from dataclasses import fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.reading import complete
from refgraph.cli.reading.chosen_book import Source
from refgraph.cli.reading.folded import folded_option
from refgraph.cli.reading.protect_book import spare
from refgraph.cli.reading.typed_day import DaysAgo, read_day, settle_days, today_in
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from refgraph.schema.field import Field

__all__ = ["DELIMITERS", "Folder", "FolderOrPage", "as_field", "as_words", "book_options"]
__all__ += ["exact_option", "for_option", "half_life_option", "horizon_option"]
__all__ += ["read_columns", "read_encoding"]

# The parameters of commands that name a file to write.
_TARGETS = ("path", "scene", "file", "calendar")
#: What may separate the fields of a table.
DELIMITERS = ("comma", "semicolon", "tab", "pipe", "space")


# What a review is not written as, though one might ask for it.
_OTHER_PAGES = (".pdf", ".md", ".csv", ".png", ".svg", ".txt", ".docx")


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


class FolderOrPage(Folder):
    """A folder to write to, or one file: a name that ends in .html or .json and is no folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the name."""
        suffix, folder = os.path.splitext(value)[1].lower(), os.path.isdir(value)  # noqa: PTH112, PTH122
        if suffix in (".html", ".htm", ".json") and not folder:
            return click.Path(dir_okay=False, path_type=Path).convert(value, param, ctx)
        if suffix in _OTHER_PAGES and not folder:
            self.fail(f"{value!r} is neither a page that ends in .html nor a folder", param, ctx)
        return super().convert(value, param, ctx)


def as_words(
    known: Sequence[str],
) -> Callable[[click.Context, click.Parameter, str | None], tuple[str, ...]]:
    """Read an option as some words of a few with commas between them, in the order of these."""

    def read(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
        said = [] if value is None else [word.strip() for word in value.split(",")]
        for word in said:
            if word not in known:
                text = f"{word!r} is none of {', '.join(known)}"
                raise click.BadParameter(text, ctx, param)
        return tuple(word for word in known if word in said)

    return read


def as_field(kind: str | Field) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Read an option as the same field is read in a file; each of several.

    Parameters
    ----------
    kind : str or Field
        A ``day``, a ``name``, or a column of a file of the book.
    """

    def read(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, tuple):
            return tuple(read(ctx, param, each) for each in value)
        from refgraph.schema import text

        try:
            if kind == "day" or (not isinstance(kind, str) and kind.dtype == "day"):
                form = ctx.params.get("date_format")
                return read_day(_as_typed(value), form)
            return _reader(kind)(_as_typed(value))
        except text.FieldError as error:
            is_amount = not isinstance(kind, str) and kind.dtype == "amount"
            money = "write it with a decimal point: 1250.50"  # whatever the file writes
            said = "; ".join(filter(None, (str(error), money if is_amount else error.hint)))
            raise click.BadParameter(said, ctx, param) from error

    return read


def _as_typed(value: str) -> str:
    """Give what was typed where the locale knows no letters but ASCII, and most are UTF-8."""
    try:
        return os.fsencode(value).decode()
    except UnicodeError:
        return value


def _reader(kind: str | Field) -> Callable[[str], Any]:
    from refgraph.schema import dates, values

    return values.person if isinstance(kind, str) else kind.reader(dates.iso_date)


def read_span(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read a span of time: a number of days, weeks, months or years."""
    from refgraph.schema.spans import first_day

    try:
        if value is not None:
            first_day(value, date.today())  # noqa: DTZ011  # the user's own day
    except RefgraphError as error:
        raise click.BadParameter(str(error), ctx, param) from error
    return value


def read_encoding(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read the name of an encoding that Python knows."""
    if value is None:
        return None
    from refgraph.reading.files.encodings import check_encoding

    for problem in check_encoding("", value):
        text = f"{problem.message}; {problem.hint}"
        raise click.BadParameter(text, ctx, param)
    return value


_OPTIONS = {
    "me": folded_option("--me", metavar="NAME", help="Whose book it is."),
    "today": folded_option(
        "--today",
        metavar="DATE",
        callback=as_field("day"),
        help="Count ages to this day (YYYY-MM-DD).",
    ),
    "since": folded_option(
        "--since",
        metavar="DATE",
        callback=as_field("day"),
        help="Count referrals from this day on.",
    ),
    "until": folded_option(
        "--until", metavar="DATE", callback=as_field("day"), help="Count referrals up to this day."
    ),
    "last": folded_option(
        "--last", metavar="SPAN", callback=read_span, help="Count the last 90d, 8w, 12m or 2y."
    ),
    "columns": folded_option(
        "--columns",
        metavar="OURS=THEIRS,...",
        callback=read_columns,
        help="Other column names, or positions with --no-header; void= counts every row.",
    ),
    "no_header": folded_option(
        "--no-header", is_flag=True, help="The first line is already a referral."
    ),
    "comment": folded_option(
        "--comment", metavar="TEXT", help="Leave out lines that start with TEXT."
    ),
    "delimiter": folded_option(
        "--delimiter", type=click.Choice(DELIMITERS), help="What separates the fields."
    ),
    "date_format": folded_option(
        "--date-format",
        metavar="FORMAT",
        is_eager=True,  # days are typed as the tables write them
        help="How dates are written: unix, or like %d.%m.%Y.",
    ),
    "decimal_comma": folded_option(
        "--decimal-comma", is_flag=True, help="Values are written with a decimal comma: 1250,50."
    ),
    "encoding": folded_option(
        "--encoding",
        metavar="NAME",
        callback=read_encoding,
        help="How the tables are encoded, if not UTF-8: cp1252, utf-16.",
    ),
    "sheet": folded_option(
        "--table",
        "--sheet",
        "sheet",
        metavar="NAME",
        help="Which sheet, or table of a database, to read.",
    ),
    "sql": folded_option("--sql", metavar="QUERY", help="What to read of a database: SELECT ..."),
    "max_rows": folded_option(
        "--max-rows",
        type=click.IntRange(min=1),
        default=1_000_000,
        show_default=True,
        help="The most rows one file may have.",
    ),
    "max_people": folded_option(
        "--max-people",
        type=click.IntRange(min=1),
        default=50_000,
        show_default=True,
        help="The most people the book may name.",
    ),
    "skip_bad": folded_option(
        "--skip-bad", is_flag=True, help="Leave out rows with problems, and list them."
    ),
    "incognito": folded_option(
        "--incognito", is_flag=True, help="Initials for names; no notes, no money."
    ),
    "in_place": folded_option(
        "--in-place", is_flag=True, help="Ask a database, or files of any size, where they are."
    ),
    "around": folded_option(
        "--around",
        metavar="PERSON",
        callback=as_field("name"),
        help="With --in-place: read only this person, and whom they have referrals with.",
    ),
    "among": folded_option(
        "--among", metavar="GROUP", help="With --in-place: read only the people of this group."
    ),
}
# What a command that only writes a row has no use for.
_WINDOW = {"since": None, "until": None, "last": None}
_PLACED = {"in_place": False, "around": None, "among": None}
_ASKING = {**_WINDOW, **_PLACED, "skip_bad": False, "incognito": False}
# How the rows of a book are read, which a command that puts bytes back does not ask.
_READING: dict[str, Any] = {
    **dict.fromkeys(
        ("me", "today", "columns", "comment", "delimiter", "date_format", "sheet", "sql")
    ),
    **dict.fromkeys(("no_header", "decimal_comma"), False),
    **dict.fromkeys(("max_rows", "max_people"), 0),
    **_PLACED,
}


def for_option(
    told: str = "Look at this person instead of me.", *, metavar: str = "PERSON"
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``--for``, from whose side it looks, as its ``whose``."""
    return click.option(
        "--for",
        "whose",
        metavar=metavar,
        callback=as_field("name"),
        shell_complete=complete.people,
        help=told,
    )


horizon_option = click.option(
    "--horizon",
    type=click.IntRange(min=1),
    default=180,
    show_default=True,
    help="Days within which a referral back counts as an answer.",
)


exact_option = click.option(
    "--exact",
    is_flag=True,
    help="Find all shortest ways, however large the network (40,000 people: 10 minutes).",
)


half_life_option = click.option(
    "--half-life",
    type=click.FloatRange(min=0, min_open=True),
    default=730,
    show_default=True,
    help="Days after which what happened counts half; added begins with that, and asks the record.",
)


def book_options(
    *,
    argument: bool = True,
    asking: bool = True,
    window: bool = True,
    place: bool = True,
    reading: bool = True,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that choose and read a book, as its ``source``.

    Parameters
    ----------
    argument : bool, default True
        Whether the book may also be the command's argument.
    asking : bool, default True
        Whether the command asks the book something, of a window or incognito;
        if not, it writes in it.
    window : bool, default True
        Whether a window changes what the command says.
    place : bool, default True
        Whether the command can ask a record in place, or a part of it; if not, it reads it whole.
    reading : bool, default True
        Whether the command reads the book, after what a killed command left there is
        finished or taken back; if not, it takes no option of how rows are read.
    """
    absent: dict[str, Any] = ({} if window else _WINDOW) if asking else _ASKING
    absent = absent if place else {**absent, **_PLACED}
    absent = absent if reading else {**absent, **_READING}
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
            chosen = {name: rest.pop(name) for name in names if name not in absent} | absent
            named = book if option is None else option
            if any(isinstance(each, DaysAgo) for each in (*chosen.values(), *rest.values())):
                chosen |= settle_days({"today": chosen["today"]}, date.today())  # noqa: DTZ011
                today = today_in(named, chosen["today"])
                chosen, rest = settle_days(chosen, today), settle_days(rest, today)
            source = Source(book=named, **chosen)
            if targets := [rest[name] for name in _TARGETS if rest.get(name) is not None]:
                spare(source.path, *targets)
            if reading:
                source.recover()
            command(source=source, **rest)

        for name in reversed(_OPTIONS):
            run = run if name in absent else _OPTIONS[name](run)
        use = "The book to read." if asking else "The book to write in."
        run = click.option("-b", "--book", "option", metavar="PATH", help=use)(run)
        return click.argument("book", required=False)(run) if argument else run

    return decorate
