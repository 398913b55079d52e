"""Mornings, lived through a real terminal with keys."""

from __future__ import annotations

import json
import os
import re
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
termios = pytest.importorskip("termios")
DATA = Path(__file__).parents[2] / "data"
ROOT = Path(__file__).parents[2]
MONDAY = date(2026, 10, 5)
ASKED = re.compile(r"^\d+ of \d+  (.+: .+)$", re.MULTILINE)


def command(*words):
    return [sys.executable, "-m", "refgraph", *map(str, words)]


def listed(folder, day):
    words = ["today", folder, "--today", day, "-O", "json", "--top", 500]
    rows = json.loads(CliRunner().invoke(main, [*map(str, words)]).stdout)
    return {(row["person"], row["lane"], row["reason"], row["about"]) for row in rows}


def morning(folder, day, keys, *more):
    """Go through the list of a day at a terminal, pressing each key when it is asked for."""
    here, there = pty.openpty()
    words = command("today", "-b", folder, "--today", day, "--do", *more)
    process = subprocess.Popen(words, stdin=there, stdout=there, stderr=there, cwd=ROOT)
    os.close(there)
    told, pressed = b"", 0
    while True:
        ready, _, _ = select.select([here], [], [], 300)
        assert ready, told.decode()
        try:
            part = os.read(here, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        told += part
        if told.endswith(b"> ") and pressed < len(keys):
            while termios.tcgetattr(here)[3] & termios.ICANON:  # keys typed ahead are dropped
                time.sleep(0.01)
            os.write(here, keys[pressed].encode())
            pressed += 1
    os.close(here)
    assert (process.wait(timeout=300), pressed) == (0, len(keys)), told.decode()
    return told.decode().replace("\r\n", "\n")


def test_what_was_done_on_a_morning_of_a_week_does_not_come_back_on_the_next(tmp_path):
    folder = shutil.copytree(DATA / "adviser", tmp_path / "my book")
    gone = set()
    for number, keys in enumerate(["wdq", "msdq", "nduq", "dq", "wq"]):
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
    assert text.count("2026-10-") >= 4


def test_nothing_is_written_where_a_key_is_waited_for_and_what_is_settled_stays_away(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("REFGRAPH_QUIET", "0")
    folder = shutil.copytree(DATA / "adviser", tmp_path / "book")
    settled = set()
    for number, keys in enumerate(["wmdsq", "dunxq", "mddq"]):
        day = date(2026, 10, 1) + timedelta(number)
        screen = morning(folder, day, keys, "--top", 6)
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
