"""What commands write: JSON text, the screen, files and folders."""

from __future__ import annotations

import errno
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from refgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["STDOUT", "as_json", "print_text", "suffix_of", "write_bytes", "write_text"]

STDOUT = "standard output"


def as_json(content: Any) -> str:
    """Give lists and objects of plain values as JSON that a person can read too."""
    return json.dumps(content, ensure_ascii=False, indent=2, default=_exact) + "\n"


def _exact(value: Any) -> str:
    """Give money as text: a number of JSON is read as a float, which may not be the same."""
    return f"{value:f}"


def write_text(path: Path, text: str) -> None:
    """Write a file, all of it or none of it, and say so on stderr."""
    from refgraph.reading import replacing

    with replacing(path) as stream:
        stream.write(text)
    click.echo(f"Wrote {path}", err=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file of bytes, all of it or none of it, and say so on stderr."""
    from refgraph.reading import replacing

    with replacing(path, binary=True) as stream:
        stream.write(content)
    click.echo(f"Wrote {path}", err=True)


def suffix_of(path: Path, known: Iterable[str], option: str) -> str:
    """Give the suffix that chooses the format of a file; refuse one that does not.

    Raises
    ------
    BadParameter
        It is none of those known.
    """
    suffix, suffixes = path.suffix.lower(), list(known)
    if suffix not in suffixes:
        kinds = ", ".join(suffixes)
        msg = f"{path.name!r} does not say which format to write; end it with one of {kinds}"
        raise click.BadParameter(msg, param_hint=f"'{option}'")
    return suffix


def print_text(text: str) -> None:
    """Write text to standard output, or say why it cannot be written there.

    Raises
    ------
    OutputError
        Standard output is closed.
    """
    if sys.stdout is None:  # it was closed before refgraph started
        closed = OSError(errno.EBADF, "it is closed")
        raise OutputError(STDOUT, closed)
    click.echo(text, nl=False)
