"""Mornings, lived through a real terminal with keys."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from click.testing import CliRunner
from terminal import at_a_terminal

from refgraph.cli import main

DATA = Path(__file__).parents[2] / "data"
MONDAY = date(2026, 10, 5)
WEEK = ("wdq", "msdq", "nduq", "dq", "wq")
ASKED = re.compile(r"^\d+ of \d+  (.+: .+)$", re.MULTILINE)


def listed(folder, day):
    words = ["today", folder, "--today", day, "-O", "json", "--top", 500]
    rows = json.loads(CliRunner().invoke(main, [*map(str, words)]).stdout)
    return {(row["person"], row["lane"], row["reason"], row["about"]) for row in rows}


def morning(folder, day, keys, *more):
    """Go through the list of a day at a terminal, pressing each key when it is asked for."""
    words = ["today", "-b", folder, "--today", day, "--do", *more]
    told, pressed = at_a_terminal(words, lambda at: keys[at : at + 1].encode())
    assert pressed == len(keys), told
    return told


def test_what_was_done_on_a_morning_of_a_week_does_not_come_back_on_the_next(
    tmp_path, simulated, monkeypatch
):
    monkeypatch.setenv("REFGRAPH_QUIET", "0")
    folder = shutil.copytree(DATA / "adviser", tmp_path / "my book")
    gone, pressed = set(), WEEK[: 1 + simulated(len(WEEK) - 1)]
    for number, keys in enumerate(pressed):
        day = MONDAY + timedelta(number)
        before = listed(folder, day)
        assert not before & gone  # what was done does not come back
        told = morning(folder, day, keys)
        prompts = re.findall(r"^> (.*)$", told, re.MULTILINE)
        assert prompts == list(keys)  # nothing else is written where a key is waited for
        assert "line left" in told or "lines left" in told
        after = listed(folder, day)
        done = before - after
        assert len(done) == keys.count("d") + keys.count("s") + keys.count("n") - keys.count("u")
        gone |= done if "s" not in keys else set()
    text = (folder / "touches.csv").read_text("utf-8") + (folder / "statuses.csv").read_text(
        "utf-8"
    )
    assert text.count("2026-10-") >= sum(
        len({*keys} & {*"dsn"}) - ("u" in keys) for keys in pressed
    )


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
