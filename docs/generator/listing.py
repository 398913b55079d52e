"""The list of all commands, by which the command line knows them before it imports them."""

from __future__ import annotations

from refgraph.cli import MODULES
from refgraph.cli.listing import LIST, find_commands

__all__ = ["text", "write"]


def text() -> str:
    """Give the list as the modules have it now."""
    return "".join("\t".join(each) + "\n" for each in find_commands(MODULES))


def write() -> None:
    """Write it where the command line reads it."""
    LIST.write_text(text(), encoding="utf-8")
