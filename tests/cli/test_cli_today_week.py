"""A week of mornings at a terminal: one key a line, nothing done comes back, undo restores."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

ADVISER = Path(__file__).parents[2] / "data" / "adviser"
ASKED = re.compile(r"^\d+ of \d+  (.+: .+)$", re.MULTILINE)
#: The keys of each morning, from Thursday on.
WEEK = ("wmdsq", "dunxq", "dddq", "q", "mddq")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")


def morning(folder, day, keys):
    """Go through the list of a day at a terminal of its own, and give what was on the screen."""
    import pty

    child, screen = pty.fork()
    if not child:
        words = ["today", "-b", str(folder), "--today", str(day), "--do", "--top", "6"]
        os.execv(sys.executable, [sys.executable, "-m", "refgraph", *words])  # noqa: S606
    seen, pressed = b"", 0
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        seen += part
        if seen.endswith(b"> ") and pressed < len(keys):
            time.sleep(0.2)  # what is typed before a key is waited for is lost
            os.write(screen, keys[pressed].encode())
            pressed += 1
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(screen)
    assert (status, pressed) == (0, len(keys))
    return seen.decode().replace("\r\n", "\n")


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(ADVISER, tmp_path / "book"))


def test_a_week_of_mornings(folder, monkeypatch):
    monkeypatch.setenv("REFGRAPH_QUIET", "0")
    settled = set()
    for number, keys in enumerate(WEEK):
        day = date(2026, 10, 1) + timedelta(number)
        screen = morning(folder, day, keys)
        asked = ASKED.findall(screen)
        assert asked, screen
        assert not settled & set(asked)
        prompts = re.findall(r"^> (.*)$", screen, re.MULTILINE)
        assert prompts == list(keys)  # nothing else is written where a key is waited for
        for line, key in zip(asked, keys, strict=True):
            settled |= {line} if key in "dsn" else set()
            settled -= {line} if key == "u" else set()
        if "u" in keys:
            settled -= {asked[keys.index("u") - 1]}
            assert "Took back the last" in screen
