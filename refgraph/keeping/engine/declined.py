"""What somebody said no to, so that they are not asked again: digests, and nothing else."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.keeping.engine.journal import load
from refgraph.keeping.engine.replace import holding
from refgraph.reading.book_files import home_of
from refgraph.reading.files.writer import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DECLINED", "add_declined", "read_declined"]

#: Stands in the folder of a book once something was declined.
DECLINED = ".refgraph.declined"
_KEY = re.compile(r"[a-z0-9-]{1,64}")


def read_declined(book: str | os.PathLike[str]) -> frozenset[str]:
    """Give the digests of what was declined for a book.

    Examples
    --------
    >>> read_declined("refgraph/sample")
    frozenset()
    """
    data = load(Path(home_of(os.fspath(book)), DECLINED)) or b""
    return frozenset(filter(_KEY.fullmatch, data.decode("utf-8", "replace").split()))


def add_declined(book: str | os.PathLike[str], keys: Iterable[str]) -> None:
    r"""Remember that something was declined for a book.

    Parameters
    ----------
    book : path-like
        The book.
    keys : iterable of str
        Digests: letters, digits and hyphens.

    Raises
    ------
    ConflictError
        If another writer holds the folder.
    OutputError
        If it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     add_declined(folder, ["b1", "a1"])
    ...     add_declined(folder, ["a1"])
    ...     sorted(read_declined(folder)), Path(folder, DECLINED).read_text()
    (['a1', 'b1'], 'a1\nb1\n')
    """
    home = home_of(os.fspath(book))
    with holding(home):
        before = read_declined(book)
        after = before | {*keys}
        if after != before:
            with replacing(Path(home, DECLINED)) as stream:
                stream.write("".join(f"{key}\n" for key in sorted(after)))
