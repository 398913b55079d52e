"""What the shell offers when TAB is pressed: the people of the book, and the words of a field."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click

    from refgraph.reading import Record
    from refgraph.schema.field import Field

    Complete = Callable[[click.Context, click.Parameter, str], list[str]]

__all__ = ["of_people", "of_prospects", "people", "prospects", "words_of"]

_MOST = 200
_SPECIAL = re.compile(r"""([\s"'\\$`&|;<>(){}*?#!~\[\]^])""")


def people(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the people of the book whose name begins so, or the one with such a word."""
    return _from_book(ctx, lambda record: of_people(record, incomplete))


def prospects(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer those who were referred before."""
    return _from_book(ctx, lambda record: of_prospects(record, incomplete))


def of_people(record: Record, text: str) -> list[str]:
    """Give the names of a book that complete a text."""
    from refgraph.names.completion import completing
    from refgraph.reading.aliases import everybody

    lookup = everybody(record)
    return completing(text, (name for name, _ in lookup.names()), lookup.aliases)


def of_prospects(record: Record, text: str) -> list[str]:
    """Do the same for those who were referred before, and everybody else."""
    from refgraph.names.completion import completing
    from refgraph.reading.aliases import everybody

    names = sorted(everybody(record, prospects=not record.settings.hides).aliases)
    return completing(text, names, names)


def words_of(field: Field) -> Complete | None:
    """Build what offers the words of a field, or those whose name it can be; None for no help.

    Examples
    --------
    >>> from refgraph.schema.columns import field_of
    >>> offer = words_of(field_of("statuses", "status"))
    >>> offer(None, None, "M")
    ['met']
    """
    if field.is_name:
        return prospects if field.names == "anyone" else people
    if not field.words:
        return None

    def offer(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        return [word for word in field.words if word.startswith(incomplete.casefold())]

    return offer


def _from_book(ctx: click.Context, choose: Callable[[Record], Iterable[str]]) -> list[str]:
    """Choose among the people of the book; nobody if they are hidden, or it cannot be read."""
    if ctx.params.get("incognito"):
        return []
    with suppress(Exception):
        from refgraph.reading import ReadOptions, read

        given = ctx.params
        named = given.get("option") or given.get("book") or os.environ.get("REFGRAPH_BOOK") or "."
        options = ReadOptions(
            me=given.get("me"),
            columns=given.get("columns") or {},
            header=not given.get("no_header"),
            comment=given.get("comment"),
            delimiter=given.get("delimiter"),
            date_format=given.get("date_format"),
            encoding=given.get("encoding"),
            skip_bad=True,
        )
        if named != "-":  # nothing is read from the terminal
            return list(map(_for_shell, [*choose(read(named, options))][:_MOST]))
    return []


def _for_shell(name: str) -> str:
    """Guard blanks for bash, which takes an answer as it is; its script eats one backslash."""
    words = os.environ.get("COMP_WORDS", "")
    opened = words.count('"') % 2 or words.count("'") % 2
    if os.environ.get("_REFGRAPH_COMPLETE") != "bash_complete" or opened:
        return name
    return _SPECIAL.sub(r"\\\\\1", name)
