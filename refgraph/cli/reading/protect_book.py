"""No command writes over a book."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import click

__all__ = ["spare"]


def spare(book: str, *targets: Path) -> None:
    """Refuse to write a file of the book, by whatever path or link it is named, or of another.

    A folder's files are those a book may have, there or not: one that is
    written there would be read as a part of the book. A file that is read-only is refused too,
    before long work.

    Raises
    ------
    UsageError
        It is a file of a book, or a folder.
    """
    from refgraph.reading.book_files import BOOK_FILES, is_book
    from refgraph.reading.files.writer import refuse_read_only

    path = Path(book)
    single = not os.path.isdir(path)  # noqa: PTH112 (pathlib raises for some names)
    folder = path.parent if single else path
    names = () if single and path.name not in BOOK_FILES else BOOK_FILES
    own = [path, *(folder / name for name in names)]
    places = set(map(os.path.realpath, own))
    for target in targets:
        if os.path.isdir(target):  # noqa: PTH112
            msg = f"{target} is a folder; name a file"
            raise click.UsageError(msg)
        beside = os.path.realpath(target.parent) == os.path.realpath(folder)
        if (
            os.path.realpath(target) in places
            or (beside and target.name.casefold() in names)
            or any(_same(target, file) for file in own)
            or (book == "-" and _is_input(target))
        ):
            msg = f"{target} is one of the book's own files; write to another place"
            raise click.UsageError(msg)
        real = Path(os.path.realpath(target))
        if any(
            file.name.casefold() in BOOK_FILES and is_book(file.parent) for file in (target, real)
        ):
            msg = f"{target} is a file of another book; write to another place"
            raise click.UsageError(msg)
        refuse_read_only(real, target)


def _same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False


def _is_input(target: Path) -> bool:
    with suppress(OSError, ValueError):  # standard input may be no file
        return os.path.samestat(os.fstat(sys.stdin.fileno()), target.stat())
    return False
