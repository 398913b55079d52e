"""What one command writes in several steps is taken back in one."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.keeping.engine.journal import UNDO, Entry, Journal, contents, digest, load
from refgraph.keeping.engine.replace import holding
from refgraph.reading.book_files import BOOK_FILES, home_of, within
from refgraph.reading.files.writer import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["one_step"]


@contextmanager
def one_step(book: str | os.PathLike[str]) -> Iterator[None]:
    r"""Make all that is written in a book meanwhile one step of `undo`, under one name.

    Also what was written before a failure. Where somebody else wrote in between, the last
    write can be taken back, as ever.

    Parameters
    ----------
    book : path-like
        A folder, which need not be there yet, or a single table of referrals.

    Raises
    ------
    ConflictError
        If another writer holds the folder.
    OutputError
        If the journal cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from refgraph.keeping import append
    >>> from refgraph.keeping.undo import undo
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "referrals.csv")
    ...     _ = table.write_text("giver,receiver\nAnn,Bo\n")
    ...     with one_step(folder):
    ...         for name in ("Cy", "Di"):
    ...             _ = append(table, [{"giver": name}], columns=["giver", "receiver"])
    ...     _ = undo(folder)
    ...     table.read_text()
    'giver,receiver\nAnn,Bo\n'
    """
    path = os.fspath(book)
    is_table = os.path.isfile(path)  # noqa: PTH113
    paths = [path] if is_table else [within(path, name) for name in BOOK_FILES]
    before = contents(paths)
    there = os.path.exists(path)  # noqa: PTH110
    journal = load(Path(home_of(path), UNDO)) if there else None
    try:
        yield
    finally:
        if os.path.exists(path):  # noqa: PTH110
            _join(home_of(path), before, journal)


def _join(home: str, before: Mapping[str, bytes | None], journal: bytes | None) -> None:
    """Let the journal tell of everything since, if the last write was the end of it."""
    undo = Path(home, UNDO)
    if load(undo) == journal:
        return
    with holding(home):
        last = Journal.read(home, UNDO)
        after = contents(before)
        changed = [path for path, old in before.items() if old != after[path]]
        if last is None or not changed:
            return
        known = {each.name: each.after for each in last.entries} | {**last.others}
        names = {path: os.path.basename(path) for path in changed}  # noqa: PTH119
        if len(before) == 1:  # a table, which may be a link
            names = dict.fromkeys(changed, last.entries[0].name)
        if any(known.get(names[path]) != digest(after[path]) for path in changed):
            return
        entries = [Entry.of(names[path], before[path], after[path]) for path in changed]
        with replacing(undo, binary=True) as stream:
            stream.write(Journal.of(home, last.command, entries, undoable=True).to_bytes())
