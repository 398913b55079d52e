"""The keeping of books as on Windows: its locks, and files that nobody replaces while open."""

from __future__ import annotations

import errno
import importlib.util
import os
import sys
import types
from pathlib import Path

from refgraph.keeping.engine import lock

try:
    import fcntl
except ImportError:  # it is Windows
    fcntl = None


def locking(handle, mode, count):
    """Lock as msvcrt does: what is taken, or was never taken, is refused with EACCES."""
    assert count == 1
    if mode == STAND_IN.LK_NBLCK:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None
        HELD.add(handle)
    else:
        assert mode == STAND_IN.LK_UNLCK
        if handle not in HELD:
            raise PermissionError(errno.EACCES, "Permission denied")
        HELD.remove(handle)
        fcntl.flock(handle, fcntl.LOCK_UN)


HELD: set[int] = set()
STAND_IN = types.ModuleType("msvcrt")
STAND_IN.LK_NBLCK, STAND_IN.LK_UNLCK, STAND_IN.locking = 2, 0, locking


def windows_lock(patch):
    """Load the lock once more, with Windows' code and without fcntl."""
    with patch.context() as loading:
        loading.setattr(sys, "platform", "win32")
        loading.setitem(sys.modules, "msvcrt", STAND_IN)
        loading.setitem(sys.modules, "fcntl", None)
        spec = importlib.util.spec_from_file_location("windows_lock", lock.__file__)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def is_open(path):
    """Tell whether this process has a file open."""
    try:
        there = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return False
    for handle in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            if os.path.samestat(os.fstat(int(handle)), there):
                return True
        except OSError:
            continue
    return False


def refusing(function, held):
    """Give a function of `os` that leaves alone what is open, or held by another program."""

    def careful(*paths, **more):
        for path in paths:
            if Path(path).name in held or is_open(path):
                raise PermissionError(errno.EACCES, "Access is denied", os.fspath(path))
        return function(*paths, **more)

    return careful


def become_windows(patch):
    """Run the keeping of books as on Windows; give the names of files that others hold open.

    The lock is that of Windows; no open file is replaced or removed; folders cannot be opened.
    The empty file of the lock stays, and is not shown to those who look what is in a folder.
    """
    held: set[str] = set()
    module = windows_lock(patch)
    for user in [*sys.modules.values()]:
        if user is not lock and getattr(user, "locked", None) is lock.locked:
            patch.setattr(user, "locked", module.locked)
    for name in ("replace", "unlink", "remove"):
        patch.setattr(os, name, refusing(getattr(os, name), held))
    really = os.open

    def opening(path, flags, *rest, **more):
        ours = sys._getframe(1).f_globals["__name__"].startswith("refgraph.")
        if ours and os.path.isdir(path):  # noqa: PTH112
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(path))
        return really(path, flags, *rest, **more)

    patch.setattr(os, "open", opening)
    listing = Path.iterdir

    def without_the_lock(folder):
        return (path for path in listing(folder) if path.name != lock.LOCK_FILE)

    patch.setattr(Path, "iterdir", without_the_lock)
    return held
