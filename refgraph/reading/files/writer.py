"""Files are written completely or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from refgraph.errors import InUseError, OutputError, ReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cell", "make_folder", "put_in_place", "refuse_read_only", "replacing"]


@contextmanager
def replacing(path: str | os.PathLike[str], *, binary: bool = False) -> Iterator[IO[Any]]:
    """Write a new version of a file: all of it, or none of it.

    Parameters
    ----------
    path : path-like
        The file; a symbolic link stays one. A new file is readable by its
        owner only, an old one keeps its permissions.
    binary : bool
        Whether bytes are written instead of text (UTF-8, line ends as written).

    Yields
    ------
    file object
        What is written to it becomes the file when the block ends well.

    Raises
    ------
    OutputError
        If the file cannot be written, or is read-only; an old version is still there then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder, "notes.txt")
    ...     with replacing(target) as stream:
    ...         _ = stream.write("thank Bo")
    ...     target.read_text()
    'thank Bo'
    """
    target = Path(os.path.realpath(path))
    form: dict[str, Any] = {"mode": "wb"} if binary else {"mode": "w", **_TEXT}
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if target.exists() and not target.is_file():  # a device or a pipe is not replaced
            with target.open(**form) as stream:
                yield stream
            return
        refuse_read_only(target, path)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.")
        try:
            with os.fdopen(handle, **form) as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                shutil.copymode(target, name)
            put_in_place(name, target, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108
            raise
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(os.fspath(path), error) from error


def refuse_read_only(target: Path, named: str | os.PathLike[str]) -> None:
    """Leave a file alone that nobody is to write: replacing it would not ask for its mode.

    The mode of the file decides, not whether this user might write it: an administrator
    might write every file.

    Raises
    ------
    ReadOnlyError
        If there is such a file, and its owner may not write it.

    Examples
    --------
    >>> refuse_read_only(Path("no-such-file.csv"), "no-such-file.csv")
    """
    try:
        mode = target.stat().st_mode
    except OSError:
        return  # it is not there, or cannot be reached; writing it says why
    if stat.S_ISREG(mode) and not mode & stat.S_IWUSR:
        raise ReadOnlyError(os.fspath(named))


def put_in_place(
    fresh: str | os.PathLike[str], target: Path, named: str | os.PathLike[str]
) -> None:
    """Let a finished file, written in the same folder, take the place of another in one step.

    Raises
    ------
    InUseError
        If the system lets nobody replace it, as Windows while another program has it open.
    """
    try:
        os.replace(fresh, target)  # noqa: PTH105
    except PermissionError as error:
        raise InUseError(os.fspath(named)) from error


_TEXT = {"encoding": "utf-8", "newline": ""}


def cell(value: object) -> str:
    """Write one value as the reader reads it.

    Examples
    --------
    >>> cell(None), cell(("tax", "audits")), cell(True), cell(Decimal("1E+3"))
    ('', 'tax;audits', 'yes', '1000')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return ";".join(map(cell, value))
        case Decimal():
            return format(value, "f")
    return str(value)


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, unless it is there; only its owner may look into it.

    Raises
    ------
    OutputError
        It cannot be made.
    """
    try:
        for each in [*reversed(folder.parents), folder]:
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, error) from error
