"""Rows are added to the files of a book: all of them, or none, and nothing else changes."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.errors import ConflictError
from refgraph.keeping.engine.draft import Addition, draft
from refgraph.keeping.engine.journal import digest, load
from refgraph.keeping.engine.replace import Change, changed_meanwhile, holding, replace_all
from refgraph.reading.book_files import home_of
from refgraph.reading.files.writer import refuse_read_only

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from refgraph.reading.read_options import ReadOptions

__all__ = ["Added", "append", "append_all", "create_all", "draft_all", "fingerprint"]


@dataclass(frozen=True, slots=True)
class Added:
    """Where rows now stand.

    Attributes
    ----------
    path : str
        The file as it was named.
    first, last : int
        Their lines, from 1; `last` is less than `first` for no rows.
    texts : sequence of str
        The rows as they stand in the file.
    new : bool
        Whether the file was made for them.
    grown : tuple of str
        The columns that its header was given.

    Examples
    --------
    >>> str(Added("book/touches.csv", 5, 7, [], False))
    'lines 5 to 7 of book/touches.csv'
    """

    path: str
    first: int
    last: int
    texts: Sequence[str]
    new: bool
    grown: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.first == self.last:
            return f"line {self.first:,} of {self.path}"
        return f"lines {self.first:,} to {self.last:,} of {self.path}"


def fingerprint(path: str | os.PathLike[str]) -> str:
    """Tell the content of a file from any other; nothing for a file that is not there.

    Take it before the file is read, and give it to :func:`append`: what was
    changed since then is not written over.

    Returns
    -------
    str
        SHA-256, in hexadecimal digits.

    Examples
    --------
    >>> fingerprint("no-such-file.csv")
    ''
    """
    return digest(load(path))


def append(
    path: str | os.PathLike[str],
    rows: Sequence[Mapping[str, object]],
    *,
    columns: Sequence[str],
    options: ReadOptions | None = None,
    seen: str | None = None,
) -> Added:
    r"""Add rows to one file of a book; see :func:`append_all`.

    Parameters
    ----------
    path : path-like
        The file; it is made, with a header, if it is not there.
    rows : sequence of mapping
        Each from our column to its value.
    columns : sequence of str
        Every column of this kind of file, in the order of a new header.
    options : ReadOptions, optional
        How a table of referrals is laid out; leave it out for refgraph's own files.
    seen : str, optional
        The :func:`fingerprint` of the file when it was read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "touches.csv")
    ...     one = append(table, [{"person": "Lee, Ann"}], columns=["date", "person"])
    ...     two = append(table, [{"person": "Bo"}], columns=["date", "person"])
    ...     table.read_text()
    'date,person\n,"Lee, Ann"\n,Bo\n'
    >>> two.first
    3
    """
    name = os.fspath(path)
    addition = Addition(name, rows, columns, options)
    return append_all([addition], seen={} if seen is None else {name: seen})[0]


def append_all(
    additions: Sequence[Addition],
    *,
    seen: Mapping[str, str] | None = None,
    check: Callable[[Mapping[str, bytes]], object] | None = None,
    dry_run: bool = False,
) -> list[Added]:
    """Add rows to several files of a folder: to all of them, or to none.

    They are replaced as :func:`refgraph.keeping.engine.replace.replace_all` does: also a kill
    between two of them leaves nothing half-way.

    Parameters
    ----------
    additions : sequence of Addition
        Rows and their files, each file once.
    seen : mapping of str to str, optional
        The :func:`fingerprint` of files when they were read, by path.
    check : callable, optional
        Is handed the new bytes of each file, by path, before anything is
        written; what it raises stops the writing.
    dry_run : bool
        Whether to stop there, with the folder neither locked nor touched.

    Returns
    -------
    list of Added
        In the order of `additions`.

    Raises
    ------
    ConflictError
        If another writer holds the folder, or a file changed since it was seen.
    LedgerError
        If a file cannot be added to as it is.
    OutputError
        If a file cannot be written, or is read-only.
    """
    if not additions:
        return []
    paths = [addition.path for addition in additions]
    home = home_of(paths[0]) if len(paths) == 1 else os.path.dirname(paths[0]) or "."  # noqa: PTH120
    with nullcontext() if dry_run else holding(home, paths):
        changes, added = draft_all(additions, seen=seen, check=check)
        if not dry_run:
            replace_all(home, changes, command="add")
    return added


def draft_all(
    additions: Sequence[Addition],
    *,
    seen: Mapping[str, str] | None = None,
    check: Callable[[Mapping[str, bytes]], object] | None = None,
    edited: Mapping[str, bytes] | None = None,
) -> tuple[list[Change], list[Added]]:
    """Say what :func:`append_all` would write, and where; nothing is written yet.

    Files in `edited` hold these bytes before rows are added to them.

    Raises
    ------
    ConflictError
        A file is not what was seen before.
    """
    drafts, edited = [], edited or {}
    there = {path: load(path) for path in {**edited, **{each.path: b"" for each in additions}}}
    for path, content in there.items():
        if (seen or {}).get(path, digest(content)) != digest(content):
            raise changed_meanwhile(path)
    after = dict(edited)
    for addition in additions:
        drafts.append(draft(addition, edited.get(addition.path, there[addition.path])))
        if drafts[-1].texts:
            after[addition.path] = drafts[-1].after
    changes = [Change(path, there[path], content) for path, content in after.items()]
    for each in changes:
        refuse_read_only(each.target, each.path)
    if check is not None:
        check({**edited, **{each.path: each.after for each in drafts}})
    return changes, [
        Added(each.path, each.first, each.last, each.texts, each.before is None, each.grown)
        for each in drafts
    ]


def create_all(files: Mapping[str, str], *, command: str = "init") -> None:
    """Make the files of a new book: all of them, or none.

    Parameters
    ----------
    files : mapping of str to str
        From each path to what the file is to hold; their folder is there.
    command : str
        What the command is called that makes them, for `undo`.

    Raises
    ------
    ConflictError
        If one of them is there already.
    OutputError
        If one of them cannot be written.
    """
    changes = [Change(path, None, text.encode()) for path, text in files.items()]
    home = os.path.dirname(changes[0].path) or "."  # noqa: PTH120
    with holding(home, files):
        for each in changes:
            if os.path.lexists(each.target):
                msg = f"{each.path} is there already; nothing was written."
                raise ConflictError(msg)
        replace_all(home, changes, command=command)
