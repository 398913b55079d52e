"""Who may stand on the list, in which order and part: by plain reading of rows and lines."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from strategies import ago, book_of

from refgraph.analysis.suggesting.candidates import (
    in_order,
    left_out,
    level,
    may_be_referred,
)
from refgraph.errors import OptionError

TENTHS = st.integers(0, 4).map(lambda number: number / 4)
LINE = st.fixed_dictionaries(
    {
        "added": TENTHS,
        "wide": TENTHS,
        "open": st.integers(0, 1),
        "i_gave": st.integers(0, 1),
        "introduces": st.booleans(),
        "may": st.integers(0, 4).map(bool),
    }
)
LINES = st.lists(LINE, max_size=34)


def table_of(lines, random):
    turn = list(range(len(lines)))
    random.shuffle(turn)
    names = ["added", "wide", "open", "i_gave", "introduces", "may"]
    found = pd.DataFrame(lines, columns=names).assign(turn=turn)
    found["added_low"], found["added_high"] = 0.0, found["wide"].astype(float)
    return found


def plainly(table, first_tries):
    """Fill place by place, from the list and from those of whom least is known."""
    rows = table.reset_index().to_dict("records")
    usual = sorted(
        rows, key=lambda row: (-row["added"], -row["open"], -row["introduces"], row["turn"])
    )
    never = [row for row in usual if row["may"] and not row["i_gave"] and not row["open"]]
    rare = sorted(never, key=lambda row: -row["wide"])
    found, parts = [], []
    full = len(rows) // 10 * 10
    for place in range(len(rows)):
        waiting = [row for row in rare if row["index"] not in found]
        if place < full and place % 10 >= 10 - first_tries and waiting:
            row, part = waiting[0], "first try"
        else:
            row = next(row for row in usual if row["index"] not in found)
            part = "start" if not row["i_gave"] else "settle" if row["open"] else "again"
        found.append(row["index"])
        parts.append(part if row["may"] else "")
    return found, parts


@settings(max_examples=60)
@given(LINES, st.integers(0, 5), st.randoms(use_true_random=False))
def test_every_place_is_filled_as_the_rule_says(lines, first_tries, random):
    table = table_of(lines, random)
    order, parts = in_order(table, first_tries=first_tries, chosen=table["may"].to_numpy(bool))
    assert (order.tolist(), parts) == plainly(table, first_tries)


@settings(max_examples=30)
@given(LINES, st.integers(0, 5), st.randoms(use_true_random=False))
def test_where_rows_stand_in_the_table_changes_nothing(lines, first_tries, random):
    table = table_of(lines, random)
    order, parts = in_order(table, first_tries=first_tries)
    mixed = table.sample(frac=1, random_state=random.randrange(99))
    again, same = in_order(mixed, first_tries=first_tries)
    assert mixed.index[again].tolist() == order.tolist()
    assert same == parts


@pytest.mark.parametrize("first_tries", [-1, 6])
def test_at_most_half_of_the_places_are_first_tries(first_tries):
    with pytest.raises(OptionError, match="0 to 5 of every 10 places"):
        in_order(pd.DataFrame(), first_tries=first_tries)


# ------------------------------------------------------------------------------ who is level


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 60)), max_size=9))
def test_who_is_level_with_the_first_adds_more_with_a_chance_of_a_tenth_at_least(drawn):
    rows = [(added / 100, wide / 100) for added, wide in sorted(drawn, reverse=True)]
    table = pd.DataFrame(rows, columns=["added", "wide"])
    table["added_low"], table["added_high"] = 0.0, table["wide"]
    number = 0
    for added, wide in rows:
        spread = np.hypot(wide, rows[0][1]) / (2 * norm.ppf(0.975))
        if norm.cdf((rows[0][0] - added) / spread) > 0.9:
            break
        number += 1
    assert level(table) == number
    assert level(table.iloc[:1]) == len(rows[:1])


# -------------------------------------------------------------------------------- who may be

PEOPLE = ["Ann", "Bo", "Cy", "Dee", "Eve"]
ROWS = st.lists(
    st.tuples(
        st.integers(1, 60),
        st.permutations([*PEOPLE, "Me"]).map(lambda some: tuple(some[:3])),
        st.sampled_from(["given", "", "contacted", "won"]),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda row: row[0],
)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "client", "partner", "vendor", "prospect"]), st.booleans()),
        min_size=5,
        max_size=5,
    ),
    ROWS,
)
def test_who_may_be_referred_and_who_may_not_for_which_reason(kinds, drawn):
    people = [
        {"person": name, "role": role, "do_not_refer": marked}
        for name, (role, marked) in zip(PEOPLE, kinds, strict=True)
    ]
    people.append({"person": "Me"})
    drawn = sorted(drawn, key=lambda row: -row[0])  # the record comes by date
    rows = [
        (ago(back), giver, receiver, 1, {"prospect": third * named, "status": status})
        for back, (giver, receiver, third), status, named in drawn
    ]
    book = book_of(rows, me="Me", people=people)
    newest = {more["prospect"]: more["status"] for _, _, to, _, more in rows if to == "Me"}
    gave = {giver for _, giver, *_ in rows}
    waits = {who for who, status in newest.items() if status in ("given", "") and who not in gave}
    known = book.people
    reasons = {"do_not_refer": 0, "role": 0, "waiting": 0}
    for name, may in zip(known.index, may_be_referred(book, "Me"), strict=True):
        if name == "Me":
            assert not may
            continue
        fits = known.loc[name, "role"] in ("", "client", "partner")
        marked = known.loc[name, "do_not_refer"]
        assert may == (fits and not marked and name not in waits)
        if not may:
            reason = "do_not_refer" if marked else "waiting" if fits else "role"
            reasons[reason] += 1
    assert left_out(book, "Me") == reasons
