"""A command at a terminal of its own, at which keys are pressed when it waits for one."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios", reason="needs a terminal that a test can hold")

__all__ = ["at_a_terminal"]

ROOT = Path(__file__).parent.parent


def at_a_terminal(words, key, cwd=ROOT):
    """Run a command, give what it told and how many keys were pressed.

    ``key`` takes how many were pressed before, and gives the next, or nothing to press none.
    """
    here, there = pty.openpty()
    argv = [sys.executable, "-m", "refgraph", *map(str, words)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(argv, stdin=there, stdout=there, stderr=there, cwd=cwd, env=env)
    os.close(there)
    told, pressed = b"", 0
    while True:
        assert select.select([here], [], [], 300)[0], told.decode()
        try:
            part = os.read(here, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        told += part
        if told.endswith(b"> ") and (next_key := key(pressed)):
            while termios.tcgetattr(here)[3] & termios.ICANON:  # keys typed ahead are dropped
                time.sleep(0.01)
            os.write(here, next_key)
            pressed += 1
    os.close(here)
    assert process.wait(timeout=300) == 0, told.decode()
    return told.decode().replace("\r\n", "\n"), pressed
