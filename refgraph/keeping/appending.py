"""Rows are added to the files of a book: all of them, or none, and nothing else changes."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import ConflictError, OutputError
from refgraph.keeping.draft import Addition, Draft, draft
from refgraph.keeping.lock import locked
from refgraph.keeping.rewriting import recover
from refgraph.ledger.writer import put_in_place, refuse_read_only

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from refgraph.ledger.options import ReadOptions

__all__ = ["Added", "append", "append_all", "create_all", "fingerprint"]

_PREFIX, _SUFFIX = ".refgraph-", ".new"
_CHANGED = "{} changed since it was read; nothing was written. Try again."


@dataclass(frozen=True, slots=True)
class Added:
    """Where rows now stand.

    Attributes
    ----------
    path : str
        The file as it was named.
    first, last : int
        Their lines, from 1; `last` is less than `first` for no rows.
    texts : list of str
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
    texts: list[str]
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
    content = _load(Path(path))
    return "" if content is None else _digest(content)


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
    """Add rows to several files of a book: to all of them, or to none.

    Each file is written anew beside the old one (its bytes, then the rows),
    synchronised, read back and compared, and only then put in its place in one
    step. An append in place cannot promise that: a process that is killed in
    the middle of a write leaves half a row, or half of the rows. So at every
    moment each file is the old one or the new one, whole. If anything fails,
    Ctrl-C included, all files are as they were. Only a kill or a power cut
    *between* the steps of several files can leave the first of them new: put
    those first that are right without the others.

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
    targets = [Path(addition.path).resolve() for addition in additions]
    with ExitStack() as locks:
        for folder in () if dry_run else sorted({target.parent for target in targets}):
            locks.enter_context(locked(folder))
            _sweep(folder)
            _recover(folder)
        drafts = [
            draft(addition, _current(addition.path, target, (seen or {}).get(addition.path)))
            for addition, target in zip(additions, targets, strict=True)
        ]
        pairs = [pair for pair in zip(drafts, targets, strict=True) if pair[0].texts]
        for each, target in pairs:
            refuse_read_only(target, each.path)
        if check is not None:
            check({each.path: each.after for each in drafts})
        if not dry_run:
            _write(pairs)
    return [
        Added(each.path, each.first, each.last, each.texts, each.before is None, each.grown)
        for each in drafts
    ]


def create_all(files: Mapping[str, str]) -> None:
    """Make the files of a new book: all of them, or none.

    Parameters
    ----------
    files : mapping of str to str
        From each path to what the file is to hold; their folder is there.

    Raises
    ------
    ConflictError
        If one of them is there already.
    OutputError
        If one of them cannot be written.
    """
    pairs = [
        (Draft(path, None, text.encode(), 1, text.count("\n"), [text]), Path(path).resolve())
        for path, text in files.items()
    ]
    with ExitStack() as locks:
        for folder in sorted({target.parent for _, target in pairs}):
            locks.enter_context(locked(folder))
        for each, target in pairs:
            if os.path.lexists(target):
                msg = f"{each.path} is there already; nothing was written."
                raise ConflictError(msg)
        _write(pairs)


def _recover(folder: Path) -> None:
    """Let nothing be added to a book that a killed command left half old and half new."""
    if back := recover(folder):
        msg = (
            f"A command was killed half-way; {', '.join(back)} is as it was before it. "
            f"Nothing was added; try again."
        )
        raise ConflictError(msg)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _load(target: Path) -> bytes | None:
    """Read a regular file, or None where there is none."""
    try:
        if target.exists() and not target.is_file():
            raise IsADirectoryError(0, "it is not a file")
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(target, error) from error


def _current(path: str, target: Path, seen: str | None) -> bytes | None:
    content = _load(target)
    if seen is not None and seen != ("" if content is None else _digest(content)):
        raise ConflictError(_CHANGED.format(path))
    return content


def _unchanged(each: Draft, target: Path) -> None:
    """Look once more: an editor knows nothing of the lock."""
    if _load(target) != each.before:
        raise ConflictError(_CHANGED.format(each.path))


def _sweep(folder: Path) -> None:
    """Remove what a killed writer left: nobody else writes while the folder is locked."""
    for stray in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            stray.unlink()


def _write(pairs: Sequence[tuple[Draft, Path]]) -> None:
    """Write each draft beside its file, then put all of them in place, or none."""
    beside: list[tuple[Path, Draft, Path]] = []
    at = ""
    try:
        for each, target in pairs:
            at = each.path
            handle, name = tempfile.mkstemp(_SUFFIX, _PREFIX, target.parent)
            beside.append((Path(name), each, target))
            try:
                _put(handle, each.after)
            finally:
                os.close(handle)
            _compare(Path(name), each)
            if each.before is not None:
                shutil.copymode(target, name)
        for fresh, each, target in beside:
            at = each.path
            _unchanged(each, target)
            put_in_place(fresh, target, each.path)
    except BaseException as error:
        for fresh, each, target in beside:
            _undo(fresh, each, target)
        if isinstance(error, OSError) and not isinstance(error, OutputError):
            raise OutputError(at, error) from error
        raise
    for folder in {target.parent for _, target in pairs}:
        _settle(folder)


def _put(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)


def _compare(fresh: Path, each: Draft) -> None:
    if fresh.read_bytes() != each.after:
        raise OSError(0, "what was written is not what is read back")


def _undo(fresh: Path, each: Draft, target: Path) -> None:
    """Take one file back."""
    try:
        fresh.unlink()
    except FileNotFoundError:
        if _load(target) != each.after:
            return
        if each.before is None:
            target.unlink()
        else:
            target.write_bytes(each.before)


def _settle(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
