"""The fuzzing of the benchmarks goes through every command; a seed makes an input again."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from surface import tree

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")


@pytest.fixture(scope="module")
def fuzz():
    sys.path.insert(0, BENCHMARKS)
    try:
        return import_module("fuzz")
    finally:
        sys.path.remove(BENCHMARKS)


def test_every_command_and_every_kind_of_map_is_fuzzed(fuzz):
    assert {name for name, _ in fuzz.COMMANDS} == {*tree()}
    kinds = next(each.type.choices for each in tree()["map"].params if each.name == "kind")
    assert {words[0] for name, words in fuzz.COMMANDS if name == "map"} == {*kinds}
    for _, words in fuzz.COMMANDS:
        for word in words:
            word.format(**fuzz.PLACES, **dict.fromkeys(fuzz.FILES, "x"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each input has a process of its own")
def test_a_few_seeds_end_in_an_answer_or_a_message():
    ran = subprocess.run(
        [sys.executable, f"{BENCHMARKS}/fuzz.py", "--number", "4"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith("4 inputs, 0 of them wrong: ")


@pytest.mark.parametrize(
    ("ran", "said"),
    [
        ((0, "", 2.0, 0.0, 50.0), ""),
        ((1, "", 0.1, 0.0, 1.0), "without a word"),
        ((70, "Traceback (most recent call last):", 0.1, 0.0, 1.0), "Traceback"),
        ((-9, "x", 0.1, 0.0, 1.0), "exit status -9"),
        ((0, "x", 11.0, 0.0, 1.0), "11 s"),
        ((0, "x", 3.0, 1.6, 1.0), "silent for 1.6 s of 3.0"),
        ((0, "", 0.1, 0.0, 300.0), "300 MB"),
    ],
)
def test_what_an_input_costs_is_watched(fuzz, monkeypatch, ran, said):
    monkeypatch.setattr(fuzz, "run", lambda _: fuzz.Ran(*ran))
    told = fuzz.wrong(2, fuzz.Tally(), ["report", "people"])
    assert said in told
    assert bool(said) == bool(told)
