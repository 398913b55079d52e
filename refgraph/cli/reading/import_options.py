"""What the options of an import say: of the file that comes in, and of how the book is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.reading.options import as_field, read_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.reading import ReadOptions

__all__ = ["of_the_book", "read_book_options", "read_our_columns", "read_renames"]


def of_the_book(name: str, **more: Any) -> Callable[[Any], Any]:
    """Give the option that says how the book is written, where FILE has one of that name."""
    return click.option(f"--book-{name}", help=f"As --{name} of other commands.", **more)


def read_book_options(said: dict[str, Any]) -> ReadOptions:
    """Give how the book is written, as the options of other commands say it."""
    from refgraph.reading import ReadOptions

    named = {name.removeprefix("book_"): value for name, value in said.items()}
    header, columns = not named.pop("no_header"), named.pop("columns") or {}
    limits = {name: named.pop(name) for name in ("max_rows", "max_people")}
    named |= {name: most for name, most in limits.items() if most is not None}
    return ReadOptions(header=header, columns=columns, **named)


def read_renames(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> dict[str, str]:
    """Read ``TEXT=NAME``, any number of times: a name in the file, and that in the book.

    Raises
    ------
    BadParameter
        One is not written so.
    """
    found = {}
    for each in value:
        text, sign, name = (side.strip() for side in each.rpartition("="))
        if not (text and sign and name):
            msg = f"{each!r} is not TEXT=NAME, for example 'A. Lee=Ann Lee'"
            raise click.BadParameter(msg, ctx, param)
        found[text] = as_field("name")(ctx, param, name)
    return found


def read_our_columns(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> dict[str, str]:
    """Read ``OURS=THEIRS,...``, of the columns that an export can have.

    Raises
    ------
    BadParameter
        One of ours is no column of a book.
    """
    from refgraph.imports.column_names import KINDS
    from refgraph.names.void_marks import VOID
    from refgraph.schema.values import did_you_mean

    found = read_columns(ctx, param, value) or {}
    ours = [*dict.fromkeys((*(name for names in KINDS.values() for name in names), VOID))]
    for name in (each for each in found if each not in ours):
        near = did_you_mean(name, ours)
        hint = f"did you mean {near}?" if near else f"columns are: {', '.join(ours)}"
        msg = f"{name!r} is not a column of a book; {hint}"
        raise click.BadParameter(msg, ctx, param)
    return found
