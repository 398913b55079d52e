"""The headings under which ``refgraph --help`` and the pages list the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HEADINGS", "heading_of", "listed"]

#: In the order in which a reader meets them.
HEADINGS = (
    "What to tend",
    "Where you stand",
    "Whom to refer",
    "The network",
    "Keep the book",
    "Other tools",
)
_OF: dict[click.Command, str] = {}


def listed(heading: str) -> Callable[[click.Command], click.Command]:
    """List a command under one of the headings; stands above ``@click.command()``.

    Raises
    ------
    ValueError
        There is no such heading.
    """
    if heading not in HEADINGS:
        msg = f"no heading is called {heading!r}: add it to HEADINGS, where a reader meets it"
        raise ValueError(msg)

    def note(command: click.Command) -> click.Command:
        _OF[command] = heading
        return command

    return note


def heading_of(value: object) -> str | None:
    """Give the heading of a command; None of what is listed under none, or is no command."""
    return _OF.get(value) if isinstance(value, click.Command) else None
