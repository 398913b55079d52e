"""The same question asked here and in a process of its own, in which names hash otherwise."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stdout
from unittest.mock import patch

__all__ = ["asked_elsewhere", "asked_here", "printed_elsewhere"]


def printed_elsewhere(*words, **environment):
    """Give what Python prints with these words, in a process with another hash seed than here."""
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def asked_elsewhere(code, *words):
    """Give what a piece of code prints there."""
    return printed_elsewhere("-c", code, *words)


def asked_here(code, *words):
    """Give what a piece of code prints in this process."""
    told = io.StringIO()
    with patch.object(sys, "argv", ["-c", *map(str, words)]), redirect_stdout(told):
        exec(compile(code, "<asked>", "exec"), {"__name__": "__main__"})  # noqa: S102
    return told.getvalue()
