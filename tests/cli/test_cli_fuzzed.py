"""The fuzzing of the benchmarks goes through every command; a seed makes an input again."""

from __future__ import annotations

import sys
from collections import Counter
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
            word.format(**fuzz.PLACES, out="out", file="x.csv", rules="x.rules")


def test_a_few_seeds_end_in_an_answer_or_a_message(fuzz):
    assert [fuzz.wrong(seed, Counter()) for seed in range(4)] == [""] * 4
