"""Many referrals of many people are answered in array time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from random import Random

import pandas as pd
import pytest
from strategies import TODAY, book_of
from workload import calls

from refgraph.analysis.owing import owe
from refgraph.analysis.reciprocity import balance, reciprocity
from refgraph.analysis.returning import returns
from refgraph.analysis.suggesting import introductions

PEOPLE, ROWS = 3_000, 30_000


def book_of_size(people, rows):
    random = Random(0)  # noqa: S311
    names = [f"Person {n:05}" for n in range(people)]
    days = [TODAY - timedelta(days=back) for back in range(700)]
    drawn = [(random.choice(days), *random.sample(names, 2), 1) for _ in range(rows)]
    returned = [(day, receiver, giver, 1) for day, giver, receiver, _ in drawn[: rows // 4]]
    return book_of(drawn[: rows - len(returned)] + returned)


@pytest.fixture(scope="module")
def small():
    return book_of_size(PEOPLE // 5, ROWS // 5)


@pytest.fixture(scope="module")
def large():
    return book_of_size(PEOPLE, ROWS)


def answers(book):
    G = book.window().graph()
    return balance.by_person(G), owe.rank(book), reciprocity.overall(G)


def test_what_is_given_is_received_and_the_rest_is_open(large):
    people, owed, overall = answers(large)
    assert people["given"].sum() == people["received"].sum() == len(large.history) == ROWS
    net = owe.pairs(large).eval("gave_me - i_gave")
    assert owed["open"].sum() == net[net > 0].sum()
    assert 0.3 < overall["weighted"] < 0.7


# benchmarks/scale.py times the same work, beside a groupby of pandas among others.


def growth(work, small, large):
    """How many times the calls are that five times the book takes."""
    work(small), work(large)  # what is loaded or kept once, whichever test comes first
    return calls(lambda: work(large.altered())) / calls(lambda: work(small.altered()))


def test_the_answers_grow_slower_than_the_book(small, large):
    assert growth(answers, small, large) < 4.5


def test_gift_episodes_are_array_work(small, large):
    def episodes(book):
        return returns.episodes(book, horizon=181)  # of no other test: none is kept

    small, large = small.altered(), large.altered()
    assert calls(lambda: episodes(large)) < 1.2 * calls(lambda: episodes(small))


def with_trades(book):
    random = Random(1)  # noqa: S311
    trades = [f"trade {n} service" for n in range(40)]
    people = book.people
    for name in ("needs", "offers"):
        said = [tuple(random.sample(trades, 2)) for _ in people.index]
        people[name] = pd.Series(said, index=people.index, dtype=object)
    return book.altered(people=people, me=str(people.index[0]))


def test_introductions_grow_with_the_people_not_with_their_pairs(small, large):
    assert growth(introductions.rank, with_trades(small), with_trades(large)) < 6.5
    table = introductions.rank(with_trades(large))
    assert len(table) > 0.9 * PEOPLE / 2
    assert pd.concat([table["person"], table["introduce_to"]]).is_unique


def test_a_command_keeps_to_one_thread_unless_told_otherwise(tmp_path):
    """Threads of small matrix products wait for each other: a fifth of all processor time."""
    code = "import os, sys\nfrom refgraph.cli import main\ntry:\n    main(['stats', sys.argv[1]])\n"
    code += "except SystemExit:\n    print(os.environ['OPENBLAS_NUM_THREADS'])\n"
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n", encoding="utf-8")
    for given, expected in ((None, "1"), ("2", "2")):
        env = {name: text for name, text in os.environ.items() if not name.endswith("_NUM_THREADS")}
        env |= {} if given is None else {"OPENBLAS_NUM_THREADS": given}
        done = subprocess.run(
            [sys.executable, "-c", code, tmp_path],
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == expected
