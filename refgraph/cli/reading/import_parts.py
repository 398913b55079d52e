"""The sheets of a workbook that an import takes, one after the other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refgraph.imports import Request

__all__ = ["parts_taken"]


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
