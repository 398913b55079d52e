"""Which commands there are: named in a file, so that each is imported when it is asked for.

``python docs/generate.py`` writes the file from the modules, and a test holds it to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from refgraph.cli.headings import HEADINGS, heading_of
from refgraph.cli.reading.folded import folded_options

__all__ = ["LIST", "Commands", "Listed", "find_commands", "read_list"]

LIST = Path(__file__).with_name("commands.txt")
_ADDED = "Added"  # heading of commands that no line of the list names
_LONGEST = 200  # characters of a first sentence, which is shown whole


class Listed(NamedTuple):
    """A command as a line of the list has it: its heading, name, module, and what it does."""

    heading: str
    name: str
    module: str
    says: str


def read_list() -> list[Listed]:
    """Read the list of commands, in the order in which they are shown."""
    return [Listed(*line.split("\t")) for line in LIST.read_text("utf-8").splitlines()]


def find_commands(modules: Iterable[str]) -> list[Listed]:
    """Import the modules, and list their commands by heading, each where it stands first."""
    found: dict[click.Command, Listed] = {}
    for module in modules:
        for each in vars(import_module(f"refgraph.cli.{module}")).values():
            heading = heading_of(each)
            if heading is not None and each not in found:
                says = each.get_short_help_str(_LONGEST)
                found[each] = Listed(heading, str(each.name), module, says)
    return sorted(found.values(), key=lambda listed: HEADINGS.index(listed.heading))


class Commands(MutableMapping[str, click.Command]):
    """The commands by their names, each imported when it is first asked for."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self.listed = {each.name: each for each in listed}
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self.listed:
            raise KeyError(name)
        if name not in self._loaded:
            there = vars(import_module(f"refgraph.cli.{self.listed[name].module}")).values()
            self[name] = next(
                each for each in there if isinstance(each, click.Command) and each.name == name
            )
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        if name not in self.listed:
            says = command.get_short_help_str(_LONGEST)
            self.listed[name] = Listed(heading_of(command) or _ADDED, name, "", says)
        command.epilog = folded_options(command)
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self.listed[name]
        self._loaded.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self.listed

    def __iter__(self) -> Iterator[str]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)
