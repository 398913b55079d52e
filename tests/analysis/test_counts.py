"""A column that counts is one of integers, in every table that a command prints."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest
from strategies import TODAY, book_of

from refgraph import balance, groups, referral_graph
from refgraph.analysis.statistics.integers import counts
from refgraph.cli.printing.output import Output
from refgraph.report.views.glossary import TABLES

# What is counted, at the beginning of the sentence that says what a column means.
COUNT = re.compile(
    r"(with --parts: )?(part: )?(of these, (with a value|won|lost|answered|failed|not|followed"
    r"|still|contacted|met|neither|matched|clients|pairs)\b"
    r"|of the open ones|(first |clients |dated )?(referrals|people|gifts|ties|groups|paths|rows|"
    r"steps|touches|contacts|clients|days)\b|(ordered )?pairs\b|given (less|and)|received and not|"
    r"a to b less|1 is (whom|the introduction))"
)
# Whatever they are called: weighted sums, expectations, or measures in a table of measures.
NO_COUNTS = {("refer-first", name) for name in ("own_gifts", "anyway", "added")}
COMMANDS = [
    *("owe", "balance", "balance --pairs", "register {other}", "why {other}", "refer-first"),
    *("introduce", "bench", "bench --by profession", "connectors --parts", "chains"),
    *("chains --by person", "chains --by giver", "chains --by client", "chains --essential"),
    *("chains --unknown", "groups", "groups --by person", "reciprocity --by person"),
    *("reciprocity --by pair", "returns", "returns --curve", "people", "people --lookalikes"),
]


def tables_of(run, monkeypatch, command, book, other):
    seen = []

    def keep(_, table, *, named, **__):
        seen.append((named, table))

    monkeypatch.setattr(Output, "emit", keep)
    words = [other if word == "{other}" else word for word in command.split()]
    named = words[0] in ("register", "why", "introduce", "bench")
    run(*words, *(["-b", book] if named else [book]))
    return seen


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("book", "other"), [("data/adviser", "Samuel Okafor"), ("refgraph/sample", "Hiro Tanabe")]
)
def test_what_the_glossary_calls_a_number_is_an_integer(run, monkeypatch, command, book, other):
    for named, table in tables_of(run, monkeypatch, command, book, other):
        for name in table:
            if COUNT.match(TABLES[named][name]) and (named, name) not in NO_COUNTS:
                assert pd.api.types.is_integer_dtype(table[name].dtype), (named, name)


def test_counts_of_a_book_are_whole_and_fractions_of_a_graph_stay():
    book = book_of([(TODAY, "Ann", "Bo", 3)])
    assert balance.by_person(book.graph())["given"].dtype == np.int64
    half = balance.by_person(referral_graph([("Ann", "Bo", 0.5)]))
    assert half["given"].tolist() == [0.5, 0]
    assert groups.by_group(referral_graph([("Ann", "Bo", 0.5)]), {})["inside"].tolist() == [0.5]
    assert counts([2.0**60]).dtype == float


@pytest.mark.parametrize("command", ["owe", "balance", "groups", "reciprocity --by pair"])
def test_no_count_is_printed_with_a_point(run, command):
    words = command.split()
    printed = json.loads(run(*words, "data/adviser", "-O", "json").output)
    for row in printed:
        for name, value in row.items():
            if COUNT.match(TABLES[command][name]):
                assert value is None or type(value) is int, name
