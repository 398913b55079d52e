"""A week of mornings, lived through a real terminal with keys."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from refgraph.cli import main

pty = pytest.importorskip("pty")
DATA = Path(__file__).parents[2] / "data"
ROOT = Path(__file__).parents[2]
MONDAY = date(2026, 10, 5)


def command(*words):
    return [sys.executable, "-m", "refgraph", *map(str, words)]


def listed(folder, day):
    words = ["today", folder, "--today", day, "-O", "json", "--top", 500]
    rows = json.loads(CliRunner().invoke(main, [*map(str, words)]).stdout)
    return {(row["person"], row["lane"], row["reason"], row["about"]) for row in rows}


def morning(folder, day, keys):
    """Go through the list of a day at a terminal, pressing each key when it is asked for."""
    here, there = pty.openpty()
    words = command("today", "-b", folder, "--today", day, "--do")
    process = subprocess.Popen(words, stdin=there, stdout=there, stderr=there, cwd=ROOT)
    os.close(there)
    told, pressed = b"", 0
    while True:
        ready, _, _ = select.select([here], [], [], 30)
        assert ready, told.decode()
        try:
            part = os.read(here, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        told += part
        asked = told.count(b"> ")
        while pressed < min(asked, len(keys)):
            time.sleep(0.3)  # keys that are typed ahead are dropped
            os.write(here, keys[pressed].encode())
            pressed += 1
    os.close(here)
    assert process.wait(timeout=60) == 0, told.decode()
    return told.decode()


def test_a_week_of_mornings(tmp_path):
    folder = shutil.copytree(DATA / "adviser", tmp_path / "my book")
    gone = set()
    for number, keys in enumerate(["ddq", "wdq", "msdq", "ndq", "duq"]):
        day = MONDAY + timedelta(number)
        before = listed(folder, day)
        assert not before & gone  # what was done does not come back
        told = morning(folder, day, keys)
        assert "line left" in told or "lines left" in told
        after = listed(folder, day)
        done = before - after
        assert len(done) == keys.count("d") + keys.count("s") + keys.count("n") - keys.count("u")
        gone |= done if "s" not in keys else set()
    text = (folder / "touches.csv").read_text("utf-8") + (folder / "statuses.csv").read_text(
        "utf-8"
    )
    assert text.count("2026-10-") >= 6
