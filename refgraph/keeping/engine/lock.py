"""One writer at a time: a book's folder is locked while something is written in it."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import ConflictError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LOCK_FILE", "locked"]

#: Only Windows needs it: folders cannot be locked there.
LOCK_FILE = ".refgraph.lock"
_PAUSE = 0.02
# Network drives may know no locks; the comparison before the write stands alone there.
_UNLOCKABLE = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}


@contextmanager
def locked(folder: str | os.PathLike[str], *, wait: float = 5.0) -> Iterator[None]:
    """Hold a folder for one writer; a second one waits, and then is told so.

    The folder is locked and not the file: a file that is replaced takes its
    lock with it, and one that is not there yet has none. The lock ends with
    the process, however that ends, and nothing is left behind (on Windows, an
    empty `LOCK_FILE`).

    Parameters
    ----------
    folder : path-like
        Where the files are written.
    wait : float
        How long to wait for another writer, in seconds.

    Raises
    ------
    ConflictError
        If another writer still holds the folder then.
    OutputError
        If the folder cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, locked(folder):
    ...     print("nobody else writes")
    nobody else writes
    """
    try:
        handle = _open(folder)
    except OSError as error:
        raise OutputError(folder, error) from error
    try:
        until = time.monotonic() + wait
        while not _take(handle):
            if time.monotonic() >= until:
                msg = (
                    f"Another refgraph is writing in {os.fspath(folder)}; nothing was written. "
                    f"Try again when it is done."
                )
                raise ConflictError(msg)
            time.sleep(_PAUSE)
        yield
    finally:
        _leave(handle)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _open(folder: str | os.PathLike[str]) -> int:
        return os.open(Path(folder, LOCK_FILE), os.O_RDWR | os.O_CREAT, 0o600)

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return error.errno in _UNLOCKABLE
        return True

    def _leave(handle: int) -> None:
        with suppress(OSError):
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        os.close(handle)

else:
    import fcntl

    def _open(folder: str | os.PathLike[str]) -> int:
        return os.open(folder, os.O_RDONLY)

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _UNLOCKABLE:
                raise
        return True

    def _leave(handle: int) -> None:
        os.close(handle)
