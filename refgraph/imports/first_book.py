"""Where there is no book yet, an import begins one: it is filled aside, and laid down whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.keeping.append import create_all
from refgraph.keeping.new_book import empty_book
from refgraph.keeping.record import record
from refgraph.reading.book_files import BOOK_FILES, within
from refgraph.reading.files.writer import make_folder
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from refgraph.keeping.append import Added
    from refgraph.reading.read_options import ReadOptions

__all__ = ["is_no_book_yet", "lay_down", "stand_in"]

_ALIKE = 0.8  # as the reader of books asks what was meant


def is_no_book_yet(path: str) -> bool:
    """Tell whether a path names no book, and a folder for one can be there.

    A name that ends like a file is the name of a table, which is there or not. A folder that
    holds a file of a book, or one that is called nearly so, is meant to be a book already.

    Examples
    --------
    >>> is_no_book_yet("refgraph/sample"), is_no_book_yet("no-such-book")
    (False, True)
    """
    folder = Path(path)
    if not folder.is_dir():
        return not (folder.suffix or os.path.lexists(path))
    names = (entry.name.casefold() for entry in folder.iterdir())
    return not any(did_you_mean(name, BOOK_FILES, cutoff=_ALIKE) for name in names)


@contextmanager
def stand_in(me: str | None) -> Iterator[str]:
    """Give a folder with an empty book, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="refgraph-") as folder:
        for name, text in empty_book(me).items():
            Path(folder, name).write_text(text, encoding="utf-8", newline="")
        yield folder


def lay_down(
    path: str,
    me: str | None,
    rows: Mapping[str, Sequence[Mapping[str, object]]],
    options: ReadOptions,
    *,
    dry_run: bool,
) -> list[Added]:
    """Make a book that holds these rows: all of its files, or none.

    Parameters
    ----------
    path : str
        Its folder, which is made if it is not there.
    me : str or None
        Whose book it is.
    rows : mapping of str to sequence of mapping
        As :func:`refgraph.keeping.record` takes them.
    options : ReadOptions
        How it is read.
    dry_run : bool
        Whether only to try.

    Returns
    -------
    list of Added
        Where the rows stand now, or would.

    Raises
    ------
    ConflictError
        If a file of the book is there by now.
    LedgerError
        If the book could not be read with the rows.
    OutputError
        If it cannot be written.
    """
    with stand_in(me) as folder:
        done = record(folder, rows, options)
        files = {
            within(path, file.name): file.read_bytes().decode()
            for file in sorted(Path(folder).iterdir())
            if file.name in BOOK_FILES
        }
    if not dry_run:
        make_folder(Path(path))
        create_all(files, command="import")
    return [replace(each, path=within(path, Path(each.path).name)) for each in done.added]
