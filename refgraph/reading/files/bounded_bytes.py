"""The bytes of a file, of a pipe or of standard input: no more of them than a limit."""

from __future__ import annotations

import os
import select
import stat
import sys
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from refgraph.errors import LedgerError
from refgraph.reading.databases.database_address import DatabaseAddress, is_address
from refgraph.reading.files.encodings import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MOST_BYTES", "VARIABLE", "is_read_once", "load"]

#: The bytes of one file, unless the environment says otherwise.
MOST_BYTES = 500_000_000
#: The variable of the environment that says how many it may be.
VARIABLE = "REFGRAPH_MAX_BYTES"
#: How long nothing may come out of a pipe, in seconds.
MOST_SILENCE = 10.0
_PIECE = 1 << 20
_NAME_A_FILE = "save what it gives as a file, and name that"


def load(path: str, most: int | None = None) -> bytes:
    """Read the bytes of a file, or of standard input if `path` is ``-``.

    Parameters
    ----------
    path : str
        A regular file, or a named pipe; or the address of a database, which is all that is
        read of it here.
    most : int, optional
        How many bytes it may have, :data:`MOST_BYTES` if not given. The variable
        ``REFGRAPH_MAX_BYTES`` of the environment goes before both.

    Raises
    ------
    LedgerError
        It is a device, a socket or a folder, cannot be read, or is larger; or it is a pipe
        out of which nothing comes for ten seconds.
    """
    limit = _limit(MOST_BYTES if most is None else most)
    try:
        if path == "-":
            return _from_standard_input(limit)
        if is_address(path):
            return DatabaseAddress(path.encode())
        kind = os.stat(path).st_mode  # noqa: PTH116 (pathlib raises for some names)
        _refuse_device(path, kind)
        if stat.S_ISFIFO(kind):
            return _from_pipe(path, limit)
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123
            if (size := os.fstat(stream.fileno()).st_size) > limit:
                raise _too_large(path, limit, size)
            return _bounded(path, stream.read, limit, size + 1)
    except FileNotFoundError:
        raise unreadable(path, "no such file or folder") from None
    except LedgerError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unreadable(path, f"cannot be read: {reason.lower()}") from None


def is_read_once(path: str) -> bool:
    """Tell whether a second reading may not give the same: standard input, a pipe, a server.

    Examples
    --------
    >>> is_read_once("-"), is_read_once("README.md")
    (True, False)
    """
    if path == "-" or is_address(path):
        return True
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False


def _limit(most: int) -> int:
    text = os.environ.get(VARIABLE, "").strip()
    digits = text.isascii() and text.isdigit() and len(text) < 19
    if text and not (digits and int(text)):
        hint = f"write a whole number, like {VARIABLE}={MOST_BYTES}; or unset it"
        raise unreadable(VARIABLE, "this variable is not a number of bytes", hint)
    return int(text) if text else most


def _refuse_device(path: str, kind: int) -> None:
    if stat.S_ISCHR(kind) or stat.S_ISBLK(kind):
        raise unreadable(path, "this is a device, not a file", _NAME_A_FILE)
    if stat.S_ISSOCK(kind):
        raise unreadable(path, "this is a socket, not a file", _NAME_A_FILE)


def _too_large(path: str, limit: int, size: int | None = None) -> LedgerError:
    """Build the error of a file that is too large; `size` is None where it is not known."""
    holds = f"more than {limit:,} bytes" if size is None else f"{size:,} bytes, more than {limit:,}"
    raised = 2 * limit if size is None else size
    hint = f"raise the limit: set {VARIABLE}={raised} in the environment"
    return unreadable(path, f"this holds {holds}", hint)


def _bounded(path: str, read: Callable[[int], bytes | None], limit: int, first: int) -> bytes:
    """Read to the end, but hardly more than the limit."""
    pieces, size, wanted = [], 0, first
    while piece := read(wanted):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise _too_large(path, limit)
        wanted = _PIECE
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _from_standard_input(limit: int) -> bytes:
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:  # a stand-in of text
        return _bounded("-", lambda size: sys.stdin.read(size).encode(), limit, _PIECE)
    try:
        kind = os.fstat(stream.fileno())
    except (OSError, ValueError):  # a stand-in of bytes
        return _bounded("-", stream.read, limit, _PIECE)
    null = os.stat(os.devnull) if os.path.exists(os.devnull) else None  # noqa: PTH110, PTH116
    if not (stream.isatty() or (null and os.path.samestat(kind, null))):
        _refuse_device("-", kind.st_mode)
    return _bounded("-", stream.read, limit, _PIECE)


def _from_pipe(path: str, limit: int) -> bytes:
    """Read a named pipe to its end; opening it does not wait for who writes to it."""
    if not hasattr(os, "O_NONBLOCK"):
        raise unreadable(path, "this is a pipe, not a file", _NAME_A_FILE)
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return _bounded(path, partial(_next_piece, path, handle), limit, _PIECE)
    finally:
        os.close(handle)


def _next_piece(path: str, handle: int, size: int) -> bytes:
    while True:
        if not select.select([handle], [], [], MOST_SILENCE)[0]:
            message = f"nothing came out of this pipe for {MOST_SILENCE:g} seconds"
            raise unreadable(path, message, _NAME_A_FILE)
        try:
            return os.read(handle, size)
        except BlockingIOError:  # another reader was faster
            continue
