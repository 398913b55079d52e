"""The sheets of a workbook that an import takes, one after the other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.imports import Request

__all__ = ["as_each_has", "parts_taken", "tell_nowhere"]


def parts_taken(request: Request) -> list[Request]:
    """Give the request for each sheet of a workbook that is taken; else the request itself."""
    from refgraph.imports.request import rules_for
    from refgraph.imports.rules.parts import parts_of

    chosen = (request.sheet, request.sql, request.rules)
    if request.file == "-" or any(each is not None for each in chosen):
        return [request]
    said = rules_for(request) if request.columns else None
    parts = parts_of(request.file, _me_of(request), said)
    for note in parts.notes:
        click.echo(f"Note: {note}", err=True)
    columns = {**request.columns, **parts.columns}
    return [replace(request, sheet=sheet, columns=columns) for sheet in parts.sheets]


def _me_of(request: Request) -> str | None:
    """Give whose book it is: as was said, or as the settings of the book say."""
    from refgraph.errors import LedgerError
    from refgraph.reading.book_files import settings_beside, within
    from refgraph.reading.settings import read_settings

    toml = settings_beside(request.book) or within(request.book, "refgraph.toml")
    if request.me is None and Path(toml).is_file():
        with suppress(LedgerError):  # which is told when the book is read
            return read_settings(toml)[0].me
    return request.me


def as_each_has(parts: list[Request]) -> list[Request]:
    """Say ``--columns`` and ``--above`` of several files or sheets where each has the column.

    What it has not is told; what none of them has stays, to be refused.
    """
    from refgraph.errors import LedgerError
    from refgraph.imports.run import headers_there

    headers = {*parts[0].above, *parts[0].columns.values()} - {""} if parts else set()
    if len(parts) < 2 or not headers:
        return parts
    there = []
    for part in parts:
        has = {*headers}
        with suppress(LedgerError):  # which is told when the file comes in
            has = headers_there(part, {*headers, *part.columns.values()})
        there.append(has)
    known = set().union(*there) & headers
    made = []
    for part, has in zip(parts, there, strict=True):
        lacking = known - has
        for header in sorted(lacking):
            where = part.file if part.sheet is None else f"{part.file}, sheet {part.sheet}"
            click.echo(f"Note: {where}: has no column {header!r}, as another has", err=True)
        columns = {ours: name for ours, name in part.columns.items() if name not in lacking}
        above = tuple(name for name in part.above if name not in lacking)
        made.append(replace(part, columns=columns, above=above))
    return made


def tell_nowhere(found: Sequence[Mapping[str, str]], parts: Sequence[Request]) -> None:
    """Tell which names that options speak of stand in none of the files."""
    from refgraph.imports.who.nowhere import say_nowhere

    if len(found) < len(parts):  # some were refused before they were looked at
        return
    place = ", ".join(dict.fromkeys(part.file for part in parts))
    for note in say_nowhere(found, parts[0].renames if parts else {}, place):
        click.echo(f"Note: {note}", err=True)
