"""What commands write: JSON and CSV text, files and folders."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import click

from refgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["as_csv", "as_json", "make_folder", "suffix_of", "write_text"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(content: Any) -> str:
    """Give lists and objects of plain values as JSON that a person can read too."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a file, all of it or none of it, and say so on stderr."""
    from refgraph.ledger import replacing

    with replacing(path) as stream:
        stream.write(text)
    click.echo(f"Wrote {path}", err=True)


def suffix_of(path: Path, known: Iterable[str], option: str) -> str:
    """Give the suffix that chooses the format of a file; refuse one that does not."""
    suffix, suffixes = path.suffix.lower(), list(known)
    if suffix not in suffixes:
        kinds = ", ".join(suffixes)
        msg = f"{path.name!r} does not say which format to write; end it with one of {kinds}"
        raise click.BadParameter(msg, param_hint=f"'{option}'")
    return suffix


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, unless it is there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, error) from error


def as_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]], *, raw: bool) -> str:
    """Give rows as CSV; unless `raw`, no text in it is a formula to a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name], raw=raw) for name in names] for row in rows)
    return stream.getvalue()


def _cell(value: Any, *, raw: bool) -> Any:
    """Guard a cell, so that a spreadsheet shows it instead of computing it."""
    text = "; ".join(value) if isinstance(value, list) else value
    if isinstance(text, str) and text.startswith(_FORMULA) and not raw:
        return f"'{text}"
    return text
