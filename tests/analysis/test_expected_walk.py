"""The expected return of any small book, beside one found by walking through its rows."""

from __future__ import annotations

from datetime import timedelta
from math import isfinite, log

import pytest
from halving import correction, times
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta
from strategies import TODAY, book_of, books

from refgraph.analysis import evaluate, refer_first

OWN, PARTNER, RECEIPT = 1.5, 2.5, 0.25


def gifts_of(rows, horizon):
    """Gifts as [giver, receiver, day, day answered or None], each pair walked through alone.

    What was swapped on one day is not among them.
    """
    found = []
    for pair in sorted({frozenset(row[1:3]) for row in rows}, key=sorted):
        waiting = []
        mine = [row for row in rows if {*row[1:3]} == pair]
        for day in sorted({row[0] for row in mine}):
            waiting = [gift for gift in waiting if gift[2] + horizon >= day]
            came = {row[1:3] for row in mine if row[0] == day}
            answered = [gift for gift in waiting if (gift[1], gift[0]) in came]
            one_way = not waiting and len(came) == 1
            fresh = [[*ends, day, None] for ends in sorted(came)] if one_way else []
            for gift in answered:
                gift[3] = day
            waiting = [gift for gift in waiting if gift not in answered] + fresh
            found += fresh
    return found


def ingredients(rows, i, j, today, horizon, half_life):
    """Everything of one line but the correction, by name."""
    gifts = gifts_of(rows, horizon)

    def aged(day, half=half_life):
        return 2 ** (-(today - day) / half)

    def over(day, back):
        return back is not None or day + horizon <= today

    def totals(chosen):
        yes = made = 0.0
        for giver, receiver, day, back in gifts:
            if chosen(giver, receiver):
                yes += aged(day) if back is not None else 0
                made += aged(day) * (1 if over(day, back) else (today - day) / horizon)
        return yes, made

    every, made = totals(lambda *_: True)
    base = (every + 1) / (made + 2)
    yes, made = totals(lambda _, receiver: receiver == j)
    partner = (yes + PARTNER) / (made + PARTNER / base)
    answers = {(gift[1], gift[0], gift[3]) for gift in gifts if gift[3] is not None}
    loose = [row for row in rows if (row[1], row[2], row[0]) not in answers]

    def recent(chosen):
        return sum(row[3] * aged(row[0], horizon) for row in loose if chosen(row))

    given_, got = recent(lambda row: row[1] == j), recent(lambda row: row[2] == i)
    both, loose_all = recent(lambda row: row[1:3] == (j, i)), recent(lambda _: True)
    usual = given_ * got / loose_all if given_ and got else 0.0
    unasked = 1 - (1 + log(2) * usual / (usual + 1)) ** -(both + 1)
    yes, made = totals(lambda giver, receiver: (giver, receiver) == (i, j))
    receipts = RECEIPT * sum(row[3] * aged(row[0]) for row in rows if row[1:3] == (j, i))
    k = OWN / base
    q = 1 - (1 - partner) * (1 - unasked)
    return {
        "raw": (yes + receipts + k * q) / (made + receipts + k),
        "for": yes + receipts + k * q,
        "against": made - yes + k * (1 - q),
        "own_answered": yes,
        "own_gifts": made,
        "receipts": receipts,
        "unasked": unasked,
        "partner_rate": partner,
        "global_rate": base,
        "gifts": sum(to == j and over(day, back) for _, to, day, back in gifts),
        "answered": sum(to == j and back is not None for _, to, _, back in gifts),
    }


def correction_of(rows, today, horizon, half_life):
    """What the odds are multiplied by: each old gift with what was known on its morning."""
    past = []
    for giver, receiver, day, back in gifts_of(rows, horizon):
        if day + horizon <= today:
            before = [row for row in rows if row[0] < day]
            raw = ingredients(before, giver, receiver, day, horizon, half_life)["raw"]
            past.append((raw, back is not None, 2 ** (-(today - day) / half_life)))
    return correction(past, ingredients(rows, "", "", today, horizon, half_life)["global_rate"])


def line_of(rows, i, j, today, horizon, half_life):
    """The whole line of j, seen from i."""
    known = ingredients(rows, i, j, today, horizon, half_life)
    by = correction_of(rows, today, horizon, half_life)
    chance, spread = times(known.pop("raw"), by), (known.pop("for"), known.pop("against"))
    low, high = (times(float(beta.ppf(tail, *spread)), by) for tail in (0.025, 0.975))
    return known | {
        "expected_return": chance,
        "low": min(low, chance),
        "high": max(high, chance),
        "correction": by,
    }


def rows_of(book):
    columns = book.history[["date", "giver", "receiver", "count"]]
    return [
        (when.toordinal(), giver, receiver, count)
        for when, giver, receiver, count in columns.itertuples(index=False)
        if when == when  # NaT is not itself
    ]


def days_and(rows):
    """The ordinal of today, and a book of rows of (days ago or None, giver, receiver, count)."""
    dated = [
        (None if back is None else TODAY - timedelta(days=back), *ends, count)
        for back, ends, count in rows
    ]
    return TODAY.toordinal(), book_of(dated, people=[{"person": name} for name in "ABCD"])


PAIRS = [(a, b) for a in "ABC" for b in "ABC" if a != b]
HALF_LIVES = [1e-9, 0.5, 20, 730, 1e9]
busy_rows = st.lists(
    st.tuples(st.none() | st.integers(0, 60), st.sampled_from(PAIRS), st.integers(1, 3)),
    min_size=5,
    max_size=30,
)


@settings(max_examples=25)
@given(busy_rows, st.sampled_from("AD"), st.integers(1, 40), st.sampled_from(HALF_LIVES))
def test_every_number_of_a_line_is_what_a_walk_through_the_rows_finds(
    rows, giver, horizon, half_life
):
    today, book = days_and(rows)
    table = refer_first.expected_return(book, giver, horizon=horizon, half_life=half_life)
    for person, line in table.iterrows():
        known = line_of(rows_of(book), giver, person, today, horizon, half_life)
        assert set(known) == set(line.index)
        assert line.to_dict() == pytest.approx(known, rel=1e-8, abs=1e-9)


@settings(max_examples=12)
@given(busy_rows, st.integers(1, 15), st.sampled_from(HALF_LIVES))
def test_what_an_evaluation_expected_is_what_a_walk_finds_on_that_morning(rows, horizon, half_life):
    _, book = days_and(rows)
    for gift in evaluate.scores(book, horizon=horizon, half_life=half_life)[:4].itertuples():
        day = gift.date.toordinal()
        before = [row for row in rows_of(book) if row[0] < day]
        known = line_of(before, gift.giver, gift.receiver, day, horizon, half_life)
        assert gift[5] == pytest.approx(known["expected_return"], rel=1e-8, abs=1e-9)


@settings(max_examples=25)
@given(books(me="A"), st.sampled_from([1, 180, 100_000]), st.sampled_from([1e-9, 730, 1e9]))
def test_however_long_or_short_the_memory_a_chance_is_a_chance(book, horizon, half_life):
    table = refer_first.expected_return(book, "A", horizon=horizon, half_life=half_life)
    assert table.map(isfinite).all(axis=None)
    bounds = table[["low", "expected_return", "high"]].to_numpy()
    assert ((bounds >= 0) & (bounds <= 1)).all()
    assert (bounds[:, 0] <= bounds[:, 1]).all()
    assert (bounds[:, 1] <= bounds[:, 2]).all()
