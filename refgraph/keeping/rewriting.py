"""Several files of a book are replaced together: all of them, or none."""

from __future__ import annotations

import glob
import os
import re
import shutil
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import ConflictError, OutputError
from refgraph.ledger.writer import refuse_read_only, replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["OLD", "contents", "half_written", "recover", "replace_all"]

#: What the name of an old version ends in, where one is kept.
OLD = ".old"
# The old version of a file while others are written, what the new one is known by, and how
# many old versions there are: with fewer, no file is new yet, or all are for good.
_SAVED = ".refgraph-{}-{}-{}.old"
# What a killed command leaves of a file that it was writing: the drafts of
# keeping.appending, of ledger.writer.replacing, and of taking files back.
_KINDS = "csv|toml|json|md|txt|html|png|svg|pdf|graphml|gexf"
_IS_DRAFT = re.compile(
    rf"\.refgraph-[a-z0-9_]{{8}}\.new|\.(?:.+\.(?:{_KINDS})|.{{80}})\.(?:[a-z0-9_]{{8}}|restored)",
    re.DOTALL,
)
_IS_SAVED = re.compile(r"\.refgraph-(.+)-([0-9a-f]{16})-([0-9]+)\.old")


def contents(paths: Iterable[str]) -> dict[str, bytes | None]:
    """Read files, each None if it is not there.

    Examples
    --------
    >>> contents(["no-such-file.csv"])
    {'no-such-file.csv': None}
    """
    found: dict[str, bytes | None] = {}
    for path in paths:
        try:
            if Path(path).exists() and not Path(path).is_file():
                raise IsADirectoryError(0, "it is not a file")
            found[path] = Path(path).read_bytes()
        except FileNotFoundError:
            found[path] = None
        except OSError as error:
            raise OutputError(path, error) from error
    return found


def replace_all(
    before: Mapping[str, bytes | None], after: Mapping[str, bytes], *, keep_old: bool = False
) -> list[str]:
    """Give files their new content: to all of them, or to none.

    Hold the folder with :func:`refgraph.keeping.lock.locked` meanwhile. Every file is
    written beside the old one, and only then they change places, one after the other; if
    anything fails, Ctrl-C included, those that have are changed back. After a kill or a
    power cut between two of these steps, :func:`recover` does that.

    Parameters
    ----------
    before : mapping of str to bytes or None
        What each file held when it was read, by path; None for one that was not there.
    after : mapping of str to bytes
        What each is to hold.
    keep_old : bool
        Whether the old versions stay, under the same names and `OLD`.

    Returns
    -------
    list of str
        The old versions that were kept.

    Raises
    ------
    ConflictError
        If a file changed since it was read, or an old version is already kept.
    OutputError
        If a file cannot be written, or is read-only.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "people.csv")
    ...     replace_all({path: None}, {path: b"person"}), Path(path).read_text()
    ([], 'person')
    """
    changed = {path: new for path, new in after.items() if before[path] != new}
    kept = [path + OLD for path in changed if before[path] is not None] if keep_old else []
    _refuse_to_lose(kept)
    for path in changed:
        refuse_read_only(Path(path).resolve(), path)
    saved: dict[str, str] = {}
    try:
        old = [path for path in changed if before[path] is not None]
        for path in old:
            saved[path] = _saved(path, changed[path], len(old))
        with ExitStack() as writing:
            for path in kept:
                copy = writing.enter_context(replacing(path, binary=True))
                copy.write(before[path.removesuffix(OLD)])
            for path, new in changed.items():
                writing.enter_context(replacing(path, binary=True)).write(new)
            _confirm({path: before[path] for path in changed})
    except BaseException:
        _undo(before, changed, saved)
        for path in kept:
            Path(path).unlink(missing_ok=True)
        _drop(saved.values())
        raise
    _drop(saved.values())
    return kept


def _drop(links: Iterable[str]) -> None:
    for link in links:
        with suppress(FileNotFoundError):
            os.unlink(link)  # noqa: PTH108


def _refuse_to_lose(kept: Iterable[str]) -> None:
    for path in kept:
        if os.path.lexists(path):
            msg = f"{path} is there already; move it away first. Nothing was written."
            raise ConflictError(msg)


def _confirm(before: Mapping[str, bytes | None]) -> None:
    """Look once more: an editor knows nothing of the lock."""
    for path, held in contents(before).items():
        if held != before[path]:
            msg = f"{path} changed since it was read; nothing was written. Try again."
            raise ConflictError(msg)


def _undo(
    before: Mapping[str, bytes | None], changed: Mapping[str, bytes], saved: Mapping[str, str]
) -> None:
    """Change back the files that hold what we wrote, and no others."""
    for path, held in contents(changed).items():
        try:
            if held == changed[path] and path in saved:
                _put_back(Path(saved[path]), Path(path).resolve())
            elif held == changed[path] and before[path] is None:
                Path(path).unlink()
        except OSError as error:
            raise OutputError(path, error) from error


def recover(folder: str | os.PathLike[str]) -> list[str]:
    """Take back what a killed writer did to some files of a folder and not to others.

    Hold the folder meanwhile, so that no writer is alive in it. A file that was changed
    since then is left as it is.

    Returns
    -------
    list of str
        The files that are as they were.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     recover(folder)
    []
    """
    back = []
    try:
        names = sorted(entry.name for entry in Path(folder).iterdir())
        saved = [found for name in names if (found := _IS_SAVED.fullmatch(name))]
        for found in saved:
            link, target = (Path(folder, name) for name in (found[0], found[1]))
            is_new = _digest(contents([str(target)])[str(target)] or b"") == found[2]
            if is_new and len(saved) >= int(found[3]):
                _put_back(link, target)
                back.append(str(target))
        for found in saved:  # only now: whoever is killed before begins again
            target = Path(folder, found[1])
            for stray in target.parent.glob(f".{glob.escape(target.name[:80])}.????????"):
                stray.unlink()
            Path(folder, found[0]).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(folder, error) from error
    return back


def half_written(folder: str | os.PathLike[str]) -> list[str]:
    """Name the copies that killed commands left in a folder, each by its path.

    Hold the folder meanwhile: while nobody writes in it, nobody needs them.

    Examples
    --------
    >>> import tempfile
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
    return sorted(path for path in found if _IS_DRAFT.fullmatch(os.path.basename(path)))  # noqa: PTH119


def _put_back(link: Path, target: Path) -> None:
    """Give a file its old version, which stays beside it until all files have theirs."""
    between = target.with_name(f".{target.name[:80]}.restored")
    between.unlink(missing_ok=True)
    _double(link, between)
    os.replace(between, target)  # noqa: PTH105


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _saved(path: str, new: bytes, among: int) -> str:
    """Keep a second name for a file, or a copy where the disk knows no second names."""
    target = Path(path).resolve()
    name = target.with_name(_SAVED.format(target.name, _digest(new), among))
    try:
        _double(target, name)
    except OSError as error:
        raise OutputError(path, error) from error
    return str(name)


def _double(target: Path, name: Path) -> None:
    try:
        os.link(target, name)
    except OSError:
        shutil.copy2(target, name)
