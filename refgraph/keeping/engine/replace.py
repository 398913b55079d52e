"""Files of a book are replaced together: all of them, or none, also after a kill."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import ConflictError, OptionError, OutputError
from refgraph.keeping.engine.journal import PENDING, UNDO, Entry, Journal, digest, load
from refgraph.keeping.engine.lock import locked
from refgraph.reading.book_files import BOOK_FILES, home_of, is_fresh, left_half_way
from refgraph.reading.files.writer import put_in_place, refuse_read_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "Change",
    "changed_meanwhile",
    "half_written",
    "holding",
    "recover_book",
    "replace_all",
]

_PREFIX, _SUFFIX = ".refgraph-", ".new"
# What a killed command leaves of a file that it was writing: the fresh copies of this module,
# and those of reading.files.writer.replacing.
_KINDS = "csv|toml|json|md|txt|html|png|svg|pdf|graphml|gexf"
_IS_HALF = re.compile(
    rf"\.refgraph-[a-z0-9_]{{8}}\.new|\.(?:.+\.(?:{_KINDS})|.{{80}})\.[a-z0-9_]{{8}}", re.DOTALL
).fullmatch


@dataclass(frozen=True, slots=True)
class Change:
    """One file: what it held when it was read, and what it is to hold; None for no file."""

    path: str
    before: bytes | None
    after: bytes | None

    @property
    def target(self) -> Path:
        """The file itself, where the path is a symbolic link."""
        return Path(os.path.realpath(self.path))


@contextmanager
def holding(home: str, paths: Iterable[str] = (), *, wait: float = 5.0) -> Iterator[str]:
    """Hold the folder of a book for one writer, and those that links of its files lead to.

    What a killed command left is finished or taken back first.

    Parameters
    ----------
    home : str
        The folder; see :func:`home_of`.
    paths : iterable of str
        The files that may be written, beside those of a book.
    wait : float
        How long to wait for another writer, in seconds.

    Yields
    ------
    str
        The sentence that says what was finished or taken back; blank if nothing was.

    Raises
    ------
    ConflictError
        If another writer still holds a folder then, or a journal cannot be understood.
    OutputError
        If what was left cannot be taken back now.
    """
    with ExitStack() as locks:
        locks.enter_context(locked(home, wait=wait))
        own = [Path(home, name) for name in BOOK_FILES]
        targets = [*own, *map(Path, paths), *_named(home, PENDING)]
        folders = [home, *_linked(home, targets)]
        for other in folders[1:]:
            locks.enter_context(locked(other, wait=wait))
        try:
            said = _recover(home, folders)
        except OSError as error:
            raise error if isinstance(error, OutputError) else OutputError(home, error) from error
        yield said


def replace_all(
    home: str, changes: Iterable[Change], *, command: str, undoable: bool = True
) -> None:
    """Give files their new content: to all of them, or to none.

    Hold the folder with :func:`holding` meanwhile. Every file is written beside the old one,
    synchronised, read back and compared. Then a journal says what is about to happen, and how
    to have it back, and only then the files change places, one after the other. If anything
    fails, Ctrl-C included, all files are as they were. After a kill or a power cut,
    whoever holds the folder next finds the journal: if every file is new, the command is
    finished; else those that are new are taken back.

    Parameters
    ----------
    home : str
        The folder; the files stand in it, or are links in it.
    changes : iterable of Change
        In the order in which they are to be written: first what is right without the rest.
    command : str
        What the command is called that does it.
    undoable : bool
        Whether the journal stays for `undo`, which holds what was there before. If not, an
        older one goes too.

    Raises
    ------
    ConflictError
        If a file changed since it was read.
    OutputError
        If a file cannot be written, or is read-only.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "people.csv")
    ...     with holding(folder):
    ...         replace_all(folder, [Change(path, None, b"person")], command="add")
    ...     Path(path).read_text()
    'person'
    """
    changed = [each for each in changes if each.before != each.after]
    if not changed and undoable:
        return
    for each in changed:
        refuse_read_only(each.target, each.path)
    entries = [Entry.of(_name(home, each), each.before, each.after) for each in changed]
    journal = Journal.of(home, command, entries, undoable=undoable)
    at: object = home
    try:
        fresh: dict[str, str] = {}
        for each in changed:
            at = each.path
            if each.after is not None:
                fresh[each.path] = _write_beside(each.target, each.after)
        at = home
        _announce(home, journal, changed)
        for each in changed:
            at = each.path
            _confirm(each)
            if each.path in fresh:
                put_in_place(fresh[each.path], each.target, each.path)
            else:
                _remove(each.target)
        at = home
        _commit(home, journal)
    except BaseException as error:
        _take_all_back(home, journal)
        if isinstance(error, OSError) and not isinstance(error, OutputError):
            raise OutputError(at, error) from error
        raise


def recover_book(book: str | os.PathLike[str]) -> str:
    """Finish or take back what a killed command left in a book, before it is read.

    Costs a look into the folder if nothing was left. Where it cannot be done, as the folder is
    read-only or another command is at work, the reader of the book tells of it.

    Returns
    -------
    str
        The sentence that says which; blank if nothing was left.

    Examples
    --------
    >>> recover_book("refgraph/sample")
    ''
    """
    if not left_half_way(book):
        return ""
    home = home_of(book)
    with suppress(ConflictError, OutputError):
        if not _linked(home, _named(home, PENDING)):  # a reader writes in this folder only
            wait = 5.0 if os.path.lexists(Path(home, PENDING)) else 0
            with holding(home, wait=wait) as said:
                return said
    return ""


def half_written(folder: str | os.PathLike[str]) -> list[str]:
    """Name the copies that killed commands left in a folder, each by its path.

    Hold the folder meanwhile: while nobody writes in it, nobody needs them.

    Raises
    ------
    OutputError
        The folder cannot be read.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, ".people.csv.ab12cd34").write_text("person")
    ...     _ = Path(folder, ".people.csv").write_text("person")
    ...     [Path(path).name for path in half_written(folder)]
    ['.people.csv.ab12cd34']
    """
    try:
        with os.scandir(folder) as entries:
            found = [each.path for each in entries if each.is_file(follow_symlinks=False)]
    except OSError as error:
        raise OutputError(folder, error) from error
    return sorted(path for path in found if _IS_HALF(os.path.basename(path)))  # noqa: PTH119


def changed_meanwhile(path: str) -> ConflictError:
    """Say that a file is not what it was when it was read."""
    return ConflictError(f"{path} changed since it was read; nothing was written. Try again.")


# ------------------------------------------------------------ from journal to files


def _recover(home: str, folders: Sequence[str]) -> str:
    """Finish what a killed command did, or take it back; say which."""
    swept = _sweep(folders)
    journal = Journal.read(home, PENDING)
    if journal is None:
        return "First, a killed command was taken back: it had written nothing." if swept else ""
    held = {each.name: digest(load(Path(home, each.name))) for each in journal.entries}
    if all(held[each.name] == each.after for each in journal.entries):
        _commit(home, journal)
        files = ", ".join(held)
        return f"First, a killed {journal.command} was finished: it had written all of {files}."
    _take_back(home, journal)
    known = {each.name: (each.before, each.after) for each in journal.entries}
    said = f"First, a killed {journal.command} was taken back"
    back = ", ".join(name for name in held if held[name] in known[name])
    mine = ", ".join(name for name in held if held[name] not in known[name])
    said += f" in {back}." if back else "."
    return said + (f" What was changed since stays as it is: {mine}." if mine else "")


def _take_all_back(home: str, journal: Journal) -> None:
    """Leave the files as they were, after a failure; what cannot be done now is done later."""
    try:
        folders = [home, *_linked(home, _targets(home, journal))]
        _sweep(folders)
        if os.path.lexists(Path(home, PENDING)):
            _take_back(home, journal)
    except OSError as error:
        raise error if isinstance(error, OutputError) else OutputError(home, error) from error


def _take_back(home: str, journal: Journal) -> None:
    """Give every file that is new its old content, and leave alone what was changed since."""
    for entry in reversed(journal.entries):
        target = Path(os.path.realpath(Path(home, entry.name)))
        content = load(target)
        if digest(content) == entry.after:
            _restore(target, content, entry.restored(content))
    _settle(home, *_linked(home, _targets(home, journal)))
    _remove(Path(home, PENDING))
    _settle(home)


def _restore(target: Path, content: bytes | None, old: bytes | None) -> None:
    if old is None:
        _remove(target)
        return
    refuse_read_only(target, target)
    if content is not None and content.startswith(old):  # this needs no space on the disk
        handle = os.open(target, os.O_RDWR)
        try:
            os.ftruncate(handle, len(old))
            os.fsync(handle)
        finally:
            os.close(handle)
        return
    put_in_place(_write_beside(target, old), target, target)


def _commit(home: str, journal: Journal) -> None:
    """Say that all is written: from here on the journal serves to undo it, or is gone."""
    _settle(home, *_linked(home, _targets(home, journal)))
    if journal.undoable:
        put_in_place(Path(home, PENDING), Path(home, UNDO), Path(home, UNDO))
    else:
        _remove(Path(home, UNDO))
        _remove(Path(home, PENDING))
    _settle(home)


def _announce(home: str, journal: Journal, changed: Iterable[Change]) -> None:
    """Put the journal in its place; it may be read by those who may read all its files."""
    fresh = _write_beside(Path(home, PENDING), journal.to_bytes())
    modes = [each.target.stat().st_mode for each in changed if each.before is not None]
    mode = 0o666 if modes else 0o600
    for each in modes:
        mode &= each
    os.chmod(fresh, mode | 0o600)  # noqa: PTH101
    put_in_place(fresh, Path(home, PENDING), Path(home, PENDING))
    _settle(home)


def _confirm(change: Change) -> None:
    """Look once more: an editor knows nothing of the lock."""
    if load(change.target) != change.before:
        raise changed_meanwhile(change.path)


def _write_beside(target: Path, content: bytes) -> str:
    """Write a new version beside a file, on the disk for certain, and give its name."""
    handle, name = tempfile.mkstemp(_SUFFIX, _PREFIX, target.parent)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if Path(name).read_bytes() != content:
        raise OSError(0, "what was written is not what is read back")
    if target.exists():
        shutil.copymode(target, name)
    return name


def _sweep(folders: Iterable[str]) -> bool:
    """Remove the copies that a writer left: nobody else writes while the folders are held."""
    removed = False
    for folder in folders:
        for stray in [path for path in Path(folder).iterdir() if is_fresh(path.name)]:
            with suppress(OSError):
                stray.unlink()
                removed = True
    return removed


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108


def _settle(*folders: str) -> None:
    """Make new names last through a power cut, where the system can."""
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


# ------------------------------------------------------------------- where they are


def _name(home: str, change: Change) -> str:
    """Name a file in the folder of its book; a single table by its own name, not by a link's."""
    folder, name = os.path.split(change.path)
    inside = os.path.realpath(home)
    if os.fspath(change.target.parent) == inside and name not in BOOK_FILES:
        return change.target.name
    if os.path.realpath(folder or ".") == inside:
        return name
    msg = f"{change.path} stands in another folder than the rest; write the two apart."
    raise OptionError(msg)


def _named(home: str, name: str) -> list[Path]:
    """Name the files that a journal of this folder is about."""
    journal = Journal.read(home, name)
    return [] if journal is None else _targets(home, journal)


def _targets(home: str, journal: Journal) -> list[Path]:
    return [Path(home, each.name) for each in journal.entries]


def _linked(home: str, paths: Iterable[Path]) -> list[str]:
    """Name the other folders that files of a folder are links into."""
    there = {os.fspath(Path(os.path.realpath(path)).parent) for path in paths}
    return sorted(there - {os.path.realpath(home)})
