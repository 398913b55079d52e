"""What an evaluation tests, and that no score knows anything of the day of its gift."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import ceil

import numpy as np
import pandas as pd
import pytest
from foretold import Walk
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy.sparse import csr_matrix
from strategies import TODAY, book_of, books

from refgraph.analysis.estimating import protocol
from refgraph.analysis.estimating.running_totals import Running
from refgraph.analysis.evaluating import evaluate, path_rules, simple_rules
from refgraph.analysis.returning import returns
from refgraph.analysis.suggesting import refer_first
from refgraph.errors import OptionError

PEOPLE = [f"P{at}" for at in range(7)]
PAIRS = [(a, b) for a in PEOPLE for b in PEOPLE if a != b]


def busy_books(*, most=60, days=90):
    """Books of seven people with many returns."""
    row = st.tuples(st.integers(0, days), st.sampled_from(PAIRS), st.integers(1, 3))
    return st.lists(row, min_size=12, max_size=most).map(of_rows)


def of_rows(rows):
    return book_of(
        [(TODAY - timedelta(days=back), *pair, count) for back, pair, count in rows],
        people=[{"person": name} for name in PEOPLE],
    )


def on_the_morning_of(book, day):
    """Give the book as it was before anything of the day was written."""
    history = book.history[book.history["date"] < pd.Timestamp(day)].reset_index(drop=True)
    return book.altered(history=history, today=day.date())


def by_hand(book, i, j, day, horizon, half_life):
    """Score one gift by walking through the rows, one rule at a time."""
    before = on_the_morning_of(book, day)
    rows = [
        (giver, receiver, (day - when).days, count)
        for when, giver, receiver, count in before.history[
            ["date", "giver", "receiver", "count"]
        ].itertuples(index=False)
    ]
    given_by = {name: {} for name in book.people.index}
    for giver, receiver, _, count in rows:
        given_by[giver][receiver] = given_by[giver].get(receiver, 0) + count
    met = {
        name: {other for other in book.people.index if other in given_by[name]}
        | {other for other in book.people.index if name in given_by[other]}
        for name in book.people.index
    }
    back = [(age, count) for giver, receiver, age, count in rows if (giver, receiver) == (j, i)]
    forth = [(age, count) for giver, receiver, age, count in rows if (giver, receiver) == (i, j)]
    made = returns.told(before, horizon=horizon)
    mine = made[made["receiver"] == j]
    every = ((made["state"] == "answered").sum() + 1) / (len(made) + 2)
    walks = [[j]]
    katz = flow = 0.0
    for step in (1, 2, 3):
        walks = [[*walk, then] for walk in walks for then in given_by[walk[-1]]]
        katz += 0.05**step * sum(walk[-1] == i for walk in walks)
        for walk in walks:
            if walk[-1] == i and len(set(walk)) == len(walk):
                flow += np.prod(
                    [
                        given_by[one][then] / sum(given_by[one].values())
                        for one, then in pairwise(walk)
                    ]
                )
    expected = refer_first.expected_return(before, i, horizon=horizon, half_life=half_life)
    return {
        "expected return": expected.loc[j, "expected_return"],
        "memory": float(bool(back)),
        "count": sum(count for _, count in back),
        "recency": 1 / min(age for age, _ in back) if back else 0,
        "decayed receipts": sum(count * 2 ** (-age / half_life) for age, count in back),
        "decayed gifts": sum(count * 2 ** (-age / half_life) for age, count in forth),
        "return rate": (mine["state"] == "answered").mean() if len(mine) else every,
        "activity": sum(given_by[j].values()),
        "preferential attachment": len(met[i]) * len(met[j]),
        "common neighbours": len(met[i] & met[j]),
        "katz": katz,
        "propflow": flow,
    }


def gifts_by_hand(book, horizon):
    made = returns.told(book, horizon=horizon)
    old = [row for row in made.itertuples() if book.days_since([row.date])[0] >= horizon]
    days = sorted(row.date for row in old)
    if not days:
        return []
    last = days[ceil(len(days) * 3 / 5 - 1e-9) - 1]
    return [
        (row.giver, row.receiver, row.date, row.state == "answered")
        for row in old
        if row.date > last
    ]


@settings(max_examples=8)
@given(busy_books(), st.integers(1, 30), st.sampled_from([2, 20, 730]))
def test_every_score_is_what_a_slow_walk_finds(book, horizon, half_life):
    table = evaluate.scores(book, horizon=horizon, half_life=half_life)
    asked = list(table[["giver", "receiver", "date", "answered"]].itertuples(index=False))
    assert [tuple(row) for row in asked] == gifts_by_hand(book, horizon)
    for row in table.to_dict("records")[:6]:
        known = by_hand(book, row["giver"], row["receiver"], row["date"], horizon, half_life)
        assert {name: row[name] for name in known} == pytest.approx(known, rel=1e-9, abs=1e-9)
        assert set(known) == {*simple_rules.NAMES, "expected return"} - {"random"}


@settings(max_examples=8)
@given(busy_books(), st.sampled_from([1, 15, 40]))
def test_ways_written_out_in_parts_are_the_same(book, cells):
    tested = protocol.trial(book, horizon=10)
    whole = path_rules.scores(tested)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_rules, "_CELLS", cells)  # a row at a time, or a few
        parts = path_rules.scores(tested)
    for name, scores in whole.items():
        assert parts[name].tolist() == scores.tolist()


@settings(max_examples=8)
@given(busy_books(), st.sampled_from([1, 15, 4_000_000]), st.sampled_from([0, 1, 2, 3]))
def test_ways_over_people_with_many_ties_are_the_same(book, cells, many):
    tested = protocol.trial(book, horizon=10)
    whole = path_rules.scores(tested)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_rules, "_CELLS", cells)
        patch.setattr(path_rules, "_MANY", many)  # so many ties are few enough
        parts = path_rules.scores(tested)
    for name, scores in whole.items():
        assert parts[name] == pytest.approx(scores, rel=1e-12, abs=1e-15)


@settings(max_examples=30)
@given(st.data(), st.sampled_from([1, 9, 4_000_000]))
def test_rows_multiplied_at_once_are_those_of_full_matrices(data, cells):
    size = 5
    sides, gifts = [], data.draw(st.integers(0, 8))
    for _ in range(2):
        height = data.draw(st.integers(1, 4))
        filled = np.array(data.draw(st.lists(st.booleans(), min_size=20, max_size=20)))
        where = filled.reshape(4, size)[:height]
        numbers = [where * 1.0, where * np.arange(1, 1 + where.size).reshape(where.shape) / 7]
        at = data.draw(st.lists(st.integers(0, height - 1), min_size=gifts, max_size=gifts))
        sides.append((numbers, np.array(at, int)))
    (ones, at_one), (others, at_other) = sides
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_rules, "_CELLS", cells)
        sheet = path_rules._Sheet(size)
    for _ in range(2):  # what was written out is wiped
        found = sheet.dots(
            [csr_matrix(rows) for rows in ones],
            at_one,
            [csr_matrix(rows) for rows in others],
            at_other,
        )
        for sums, one, other in zip(found, ones, others, strict=True):
            assert sums == pytest.approx((one[at_one] * other[at_other]).sum(axis=1), rel=1e-12)


@settings(max_examples=12)
@given(books(me="A"), st.integers(1, 120))
def test_the_ranking_is_that_of_the_day(book, horizon):
    table = evaluate.scores(book, horizon=horizon)
    for row in table.to_dict("records"):
        before = on_the_morning_of(book, row["date"])
        known = refer_first.expected_return(before, row["giver"], horizon=horizon)
        assert row["expected return"] == pytest.approx(
            known.loc[row["receiver"], "expected_return"], abs=1e-10
        )


@pytest.mark.parametrize("answer", [None, 29, 30, 31])
def test_a_gift_whose_last_day_it_is_counts_as_failed_until_the_day_is_over(answer):
    # P0's first gift to P1 is answered on its last day, the 30th, on which P0 gives again.
    rows = [(100, ("P0", "P1"), 1), (70, ("P2", "P1"), 1)]
    rows += [(100 - answer, ("P1", "P0"), 1)] if answer else []
    book = of_rows(rows)
    asked = replace(
        protocol.trial(book, horizon=30),
        giver=book.places(["P2", "P2"]),
        receiver=book.places(["P1", "P1"]),
        day=(np.datetime64(TODAY, "D") - np.array([70, 69])).astype(np.int64),
    )
    chance = protocol.expected(asked, half_life=1e12)
    yes = np.array([answer == 29, answer in (29, 30)])
    for back, found in zip((70, 69), chance, strict=True):
        day = (TODAY - timedelta(days=back)).toordinal()
        known = [(TODAY.toordinal() - ago, *ends, count) for ago, ends, count in rows if ago > back]
        line = Walk(known, 30, 1e12).line("P2", "P1", day)
        assert found == pytest.approx(line["expected_return"], abs=1e-8)
        assert line["global_rate"] * 3 == pytest.approx(1 + yes[70 - back], rel=0.02)
    # The rule counts what is closed: from its last day on, the first gift is.
    assert simple_rules.scores(asked)["return rate"].tolist() == yes.tolist()


rows_of_books = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(PAIRS), st.just(1)),
    min_size=5,
    max_size=50,
)


@settings(max_examples=15)
@given(rows_of_books, rows_of_books, st.data())
def test_nothing_of_the_day_or_after_it_changes_a_score(rows, others, data):
    back, (i, j), _ = data.draw(st.sampled_from(rows))
    changed = [row for row in rows if row[0] > back] + [row for row in others if row[0] <= back]
    found = []
    for each in (of_rows(rows), of_rows(changed)):
        asked = replace(
            protocol.trial(each, horizon=15),
            giver=each.places([i]),
            receiver=each.places([j]),
            day=(np.datetime64(TODAY, "D") - np.array([back])).astype(np.int64),
        )
        values = simple_rules.scores(asked, half_life=20)
        found.append([protocol.expected(asked, half_life=20)[0], *(v[0] for v in values.values())])
    assert found[0] == pytest.approx(found[1], rel=1e-11)


@settings(max_examples=8)
@given(rows_of_books, st.randoms())
def test_the_order_of_the_rows_does_not_show(rows, random):
    one, other = of_rows(rows), of_rows(random.sample(rows, len(rows)))
    assert_frame_equal(
        evaluate.scores(one, horizon=10), evaluate.scores(other, horizon=10), check_exact=True
    )


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9000), st.integers(1, 5)), max_size=30),
    st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 9005)), max_size=10),
    st.sampled_from([None, 1, 300.5]),
)
def test_running_sums_are_those_of_a_loop(events, asked, half_life):
    key, day, amount = (
        (list(column) for column in zip(*events, strict=True)) if events else [[]] * 3
    )
    sums = Running(key, day, amount, half_life=half_life)
    which, when = (list(column) for column in zip(*asked, strict=True)) if asked else [[]] * 2
    earlier = [[(d, a) for k, d, a in events if k == one and d < now] for one, now in asked]
    totals = [
        sum(a * 2 ** (-(now - d) / half_life) if half_life else a for d, a in before)
        for (_, now), before in zip(asked, earlier, strict=True)
    ]
    lasts = [max((d for d, _ in before), default=np.nan) for before in earlier]
    assert sums.before(which, when) == pytest.approx(np.array(totals, dtype=float), rel=1e-12)
    assert sums.last_before(which, when) == pytest.approx(np.array(lasts, dtype=float), nan_ok=True)


def test_the_random_rule_is_even_and_a_seed_gives_it_again():
    pairs = [(f"a{at % 50}", f"b{at}") for at in range(900)]
    book = book_of(
        [(TODAY - timedelta(days=20 + at // 300), *pair, 1) for at, pair in enumerate(pairs)]
    )
    drawn = [evaluate.scores(book, horizon=10, seed=seed)["random"] for seed in (0, 0, 1)]
    assert drawn[0].tolist() == drawn[1].tolist() != drawn[2].tolist()
    assert drawn[0].is_unique  # each gift has its own
    assert np.histogram(drawn[0], 4, (0, 1))[0].min() > len(drawn[0]) / 5
    assert abs(np.corrcoef(drawn[0], drawn[2])[0, 1]) < 0.15


def test_what_cannot_be_asked_is_said():
    book = of_rows([(3, ("P0", "P1"), 1)])
    with pytest.raises(OptionError, match="at least 1 day, not 0"):
        evaluate.scores(book, horizon=0)
    for half_life in (0, -1, np.nan):
        with pytest.raises(OptionError, match="above 0"):
            evaluate.scores(book, half_life=half_life)
