"""Whether a network is more mutual than chance, in words that fit the numbers."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest

from refgraph import chance, referral_graph
from refgraph.analysis.reciprocity import swap_tests
from refgraph.report.sections import chance_text


def said_of(rows, group=None, **options):
    values, said = chance_text.against_chance(referral_graph(rows), group, **options)
    return values, said


def pairs(number, *, apart=False):
    """Pairs who refer to each other; apart: one of each is of either side, else both of one."""
    rows = [(f"{at}{a}", f"{at}{b}", 1) for at in range(number) for a, b in ("ab", "ba")]
    sides = {u: u[-1] if apart else str(int(u[:-1]) % 2) for u, _, _ in rows}
    return rows, pd.Series(sides)


def found(p, p_less=0.98, expected=0.3, **more):
    values = {"observed": 0.4, "expected": expected, "sd": 0.1, "p": p, "p_less": p_less}
    return pd.Series(values | {"samples": 999} | more)


@pytest.mark.parametrize("apart", [True, False])
def test_pairs_who_refer_to_each_other_alone_are_more_than_chance_and_groups(apart):
    rows, sides = pairs(8, apart=apart)
    values, said = said_of(rows, sides)
    assert values["groups_from"] == "declared"
    assert said.startswith(
        f"More mutual than chance: 1.00 of 16 ties have one back; {values['expected']:.2f} if only "
        f"how much each gives and gets counted, {values['groups_expected']:.2f} if also which "
        f"groups refer to which (p {max(values['p'], values['groups_p']):.3f}).\n"
        "p is the share of 1,000 random networks"
    )
    assert "Groups are those of people.csv." in said


def test_independent_ties_in_groups_are_not_called_more_than_chance():
    rng = np.random.default_rng(0)
    group = pd.Series({f"{g}{at}": g for g in "pqrstu" for at in range(6)})
    rows = [
        (u, v, 1)
        for u in group.index
        for v in group.index
        if u != v and rng.random() < (0.6 if group[u] == group[v] else 0.03)
    ]
    for known in (group, None):
        values, said = said_of(rows, known, samples=200)
        assert values["p"] < chance_text.LEVEL < values["groups_p"]
        assert said.startswith("Not shown to be more mutual than chance")
        assert ": the rest may be groups, chance, or favours too few to see.\n" in said
        assert values["groups_from"] == ("detected" if known is None else "declared")
        half = "chance, in the half of the pairs kept for the test: " in said
        assert half == (known is None)
        assert ("Groups are those of people.csv." in said) != half
        assert ("With groups in people.csv all ties could be tested" in said) == half


def test_one_group_for_all_or_too_few_of_them_are_no_groups():
    rows, sides = pairs(12, apart=True)
    for known in (sides * 0, sides.iloc[:11], sides.where(sides == "a", "")):
        values, _ = said_of(rows, pd.Series(known, index=sides.index).fillna(""), samples=100)
        assert values["groups_from"] in ("detected", "")
    assert said_of(rows, sides.iloc[:12], samples=100)[0]["groups_from"] == "declared"


def test_groups_that_leave_nothing_to_chance_make_no_claim():
    rows, _ = pairs(8)
    each = pd.Series({person: person[:-1] for row in rows for person in row[:2]})
    values, said = said_of(rows, each)
    assert (values["groups_expected"], values["groups_sd"]) == (1, 0)
    assert said.startswith(
        "Not shown to be more mutual than chance: 1.00 of 16 ties have one back; "
    )
    assert ", and the ties to and from each group leave nothing to chance.\n" in said


def test_too_few_ties_to_look_for_groups_make_no_claim():
    rows, _ = pairs(2)
    G = referral_graph(rows)
    seed = next(at for at in range(20) if math.isnan(chance.split_test(G, samples=1, seed=at)["p"]))
    values, said = said_of(rows, samples=100, seed=seed)
    assert values["groups_from"] == ""
    assert math.isnan(values["groups_p"])
    assert ", and there are too few ties to tell what groups make of it.\n" in said


@pytest.mark.parametrize("known", [True, False])
def test_my_own_ties_are_left_out_and_the_verdict_is_of_the_others_alone(known):
    rows, sides = pairs(10, apart=True)
    mine = [("me", "0a", 1), ("1a", "me", 1), *((f"{at}b", "me", 1) for at in range(6))]
    group = sides if known else None
    values, said = said_of(rows + mine, group, me="me")
    _, alone = said_of(rows, group)
    assert "mutual than chance among the others in this book" in said
    assert "Ties of me are left out" in said
    assert said.replace(" among the others in this book", "").startswith(alone.splitlines()[0])
    if known:
        whole = chance.swap_test(referral_graph(rows))
        assert values["others_expected"] == whole["expected"] != values["expected"]
        within = chance.swap_test(referral_graph(rows), keep="groups", groups=sides)
        assert (values["groups_expected"], values["groups_p"]) == (within["expected"], within["p"])
    assert "left out" not in said_of(rows, sides, me="nobody")[1]


def test_a_book_of_my_own_ties_alone_compares_nothing():
    values, said = said_of([("me", "Ann", 1), ("Ann", "me", 1)], me="me")
    assert said == "There are no ties among the others in this book to compare with chance."
    assert math.isnan(values["others_p"])


def test_one_mutual_pair_among_many_strangers_is_more_than_chance_though_no_draw_differs():
    rows = [(f"g{at}", f"r{at}", 1) for at in range(60)] + [("Ann", "Bo", 1), ("Bo", "Ann", 1)]
    values, said = said_of(rows, samples=200)
    assert values["p"] < chance_text.LEVEL
    assert values["groups_from"] == "detected"
    assert "in the half of the pairs kept for the test: 0.00 of 33 ties have one back; " in said


def test_where_nothing_else_is_possible_chance_has_no_say():
    values, said = said_of([("Ann", "Bo", 3), ("Ann", "Cy", 1)])
    assert (values["expected"], values["sd"], values["p"]) == (0, 0, 1)
    assert math.isnan(values["z"])
    assert said.startswith("Chance has no say: none of 1,000 random networks")


def test_a_wheel_in_which_nobody_returns_is_less_than_chance():
    rows = [(f"{a:02}", f"{(a + step) % 14:02}", 1) for a in range(14) for step in range(1, 6)]
    sides = pd.Series({f"{at:02}": "xy"[at % 2] for at in range(14)})
    values, said = said_of(rows, sides)
    assert max(values["p_less"], values["groups_p_less"]) < chance_text.LEVEL
    assert said.startswith("Less mutual than chance: 0.00 of 70 ties have one back; ")
    assert (
        "as little mutual or less, of the two comparisons the larger; less than chance is said"
        in said
    )
    assert f"(p {max(values['p_less'], values['groups_p_less']):.3f})" in said


def test_a_network_without_ties_is_not_compared():
    values, said = said_of([])
    assert said == "There are no ties to compare with chance."
    assert math.isnan(values["p"])


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ((0.02, 0.99), (0.02, 0.99), "More"),
        ((0.02, 0.99), (0.03, 0.98), "Not shown to be more"),
        ((0.03, 0.98), (0.02, 0.99), "Not shown to be more"),
        ((0.99, 0.02), (0.99, 0.02), "Less"),
        ((0.99, 0.02), (0.98, 0.03), "Not shown to be less"),
        ((0.99, 0.02), (0.02, 0.99), "Not shown to be less"),
    ],
)
def test_both_tests_must_agree_and_are_wrong_one_time_in_twenty(one, other, how):
    said = chance_text.verdict(found(*one), found(*other), "declared", ties=5)
    assert said.startswith(f"{how} mutual than chance: 0.40 of 5 ties have one back; 0.30 if only ")
    ends = {"more": 0, "less": 1}
    assert f"(p {max(each[ends[how.split()[-1].lower()]] for each in (one, other)):.3f})" in said
    rest = ": the rest may be groups, chance, or favours too few to see" in said
    assert rest == (one[0] < chance_text.LEVEL <= other[0])


@pytest.mark.parametrize("within", [None, found(0.01) * math.nan])
def test_one_test_alone_claims_nothing(within):
    said = chance_text.verdict(found(0.001), within, ties=1)
    assert said.startswith("Not shown to be more mutual than chance: 0.40 of 1 tie has one back; ")
    assert "too few ties to tell what groups make of it" in said


def test_a_p_near_the_level_is_seen_to_lie_on_its_side():
    said = [chance_text.verdict(found(p, samples=9999), ties=9) for p in (0.0249, 0.0251, 0.03)]
    assert [each.split("(p ")[1].split(")")[0] for each in said] == ["0.0249", "0.0251", "0.030"]


def test_a_single_random_network_has_no_deviation():
    G = referral_graph([("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Cy", "Dee", 1), ("Dee", "Eve", 1)])
    said = chance_text.verdict(chance.swap_test(G, samples=1), ties=4)
    assert "the share of 1 random network and this one that are" in said
    assert "nan" not in said


def test_too_large_a_network_has_the_same_measures_and_says_what_the_formula_says(monkeypatch):
    rows = [("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Cy", "Dee", 1), ("Dee", "Bo", 2)]
    every, _ = said_of(rows)
    values, said = said_of(rows, samples=10**9)
    assert list(values) == list(every)
    assert math.isnan(values["p"])
    assert said.startswith("4 people and 4 ties are too many for 1,000,000,000 random networks")
    expected = chance.dbcm(referral_graph(rows))
    assert f"By the formula {expected['expected']:.2f} is expected if only how much" in said
    assert re.search(r"0\.50 is observed, \d+\.\d standard deviations above\.", said)
    assert said.endswith("What groups make of it is not looked at, so that nothing is claimed.")
    monkeypatch.setattr(swap_tests, "LIMIT_PEOPLE", 2)
    _, said = said_of([("Ann", "Bo", 1), ("Ann", "Cy", 1)])
    assert "0.00 is observed, and chance has no say." in said


def test_where_no_half_of_the_pairs_can_be_tested_all_ties_are_counted():
    rows = [("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Cy", "Ann", 1), ("Cy", "Dee", 1)]
    _, said = said_of(rows, samples=99)
    assert "mutual than chance: 0.50 of 4 ties have one back; " in said
