"""What the shell offers when TAB is pressed: the people of the book, and the words of a field."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click

    from refgraph.keeping.known import Known

__all__ = ["kinds", "people", "prospects", "statuses"]

_MOST = 200
_SPECIAL = re.compile(r"""([\s"'\\$`&|;<>(){}*?#!~\[\]^])""")


def people(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the people of the book whose name begins so, or the one with such a word."""
    return _from_book(ctx, lambda known: known.completing(incomplete))


def prospects(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer those who were referred before."""
    return _from_book(ctx, lambda known: known.completing_prospect(incomplete))


def kinds(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the kinds of a touch."""
    from refgraph.schema.values import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete.casefold())]


def statuses(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer what a referral can come to."""
    from refgraph.schema.values import STATUSES

    return [status for status in STATUSES if status.startswith(incomplete.casefold())]


def _from_book(ctx: click.Context, choose: Callable[[Known], Iterable[str]]) -> list[str]:
    """Choose among the people of the book; nobody if it cannot be read, whatever the reason."""
    with suppress(Exception):
        from refgraph.keeping.known import Known
        from refgraph.ledger import ReadOptions, read

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
            return list(map(_for_shell, [*choose(Known.of(read(named, options)))][:_MOST]))
    return []


def _for_shell(name: str) -> str:
    """Guard blanks for bash, which takes an answer as it is; its script eats one backslash."""
    words = os.environ.get("COMP_WORDS", "")
    opened = words.count('"') % 2 or words.count("'") % 2
    if os.environ.get("_REFGRAPH_COMPLETE") != "bash_complete" or opened:
        return name
    return _SPECIAL.sub(r"\\\\\1", name)
