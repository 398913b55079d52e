"""A process that is killed: from one of its steps on, nothing that it does reaches the disk."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

from refgraph.keeping.engine.lock import LOCK_FILE


class Killed(BaseException):
    """The process is dead; what still runs of it changes nothing."""


#: What Python reports when a folder or a file is changed in any way; see PEP 578.
_CHANGING = {
    *("os.rename", "os.remove", "os.truncate", "os.link", "os.symlink"),
    *("os.chmod", "os.mkdir", "os.rmdir"),
}
_STEPS = _CHANGING | {"open"}
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Disk:
    """Counts every step that changes a folder, and from one on lets none of them happen."""

    def __init__(self):
        self.folder, self.steps, self.last = None, 0, 0
        self.hears = False

    def step(self):
        self.steps += 1
        if self.steps > self.last:
            raise Killed

    def listen(self):
        """Have Python tell of every step from now on; only those who kill pay for that."""
        if not self.hears:
            self.hears = True
            sys.addaudithook(self.watch)

    def watch(self, event, told):
        if self.folder is None or event not in _STEPS:
            return
        if event == "open" and not (isinstance(told[2], int) and told[2] & _TO_WRITE):
            return
        if str(told[0]).startswith(self.folder) and not str(told[0]).endswith(LOCK_FILE):
            self.step()


DISK = Disk()


def _half(write):
    def written(handle, content):
        try:
            DISK.step()
        except Killed:
            if DISK.steps == DISK.last + 1:  # a part of it was written
                write(handle, bytes(content[: len(content) // 2]))
            raise
        return write(handle, content)

    return written


def _after(real):
    def step(*words):
        DISK.step()
        return real(*words)

    return step


@contextmanager
def dying(folder, last):
    """Let a process die after so many steps in a folder; tell whether it came to that."""
    real = os.write, os.fsync
    os.write, os.fsync = _half(os.write), _after(os.fsync)
    DISK.listen()
    DISK.folder, DISK.steps, DISK.last = str(folder), 0, last
    died = []
    try:
        with suppress(Killed):
            yield died
            return
        died.append(True)
    finally:
        DISK.folder = None
        os.write, os.fsync = real


def killed_at(folder, last, run):
    """Run something that dies after so many steps; tell whether it did."""
    with dying(folder, last) as died:
        run()
    return bool(died)


def snapshot(folder):
    """Give every file of a folder, but for the lock of Windows."""
    with os.scandir(folder) as entries:
        return {
            each.name: Path(each.path).read_bytes() for each in entries if each.name != LOCK_FILE
        }


def put(folder, files):
    """Let a folder hold these files and no others."""
    folder.mkdir(exist_ok=True)
    for path in [*folder.iterdir()]:
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)


def alike(files):
    """Tell states apart that are not the same but for the random names of fresh copies."""
    named = (
        (re.sub(r"^\.refgraph-\w{8}\.new$", "fresh", name), content)
        for name, content in files.items()
    )
    return tuple(sorted(named))
