"""Whether a network is more mutual than chance, in words that fit the numbers."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from refgraph import chance, referral_graph
from refgraph.report import verdict


def said_of(rows, **options):
    values, said = verdict.against_chance(referral_graph(rows), **options)
    return values, said


def test_pairs_who_refer_to_each_other_alone_are_more_than_chance():
    rows = [(f"{at}{a}", f"{at}{b}", 1) for at in range(8) for a, b in ("ab", "ba")]
    values, said = said_of(rows)
    assert said.startswith(
        f"More mutual than chance (1.00 against {values['expected']:.2f}, p 0.001"
    )
    assert said.endswith("none of them was as mutual or more.")


def test_one_mutual_pair_among_many_strangers_is_more_than_chance_though_no_draw_differs():
    rows = [(f"g{at}", f"r{at}", 1) for at in range(60)] + [("Ann", "Bo", 1), ("Bo", "Ann", 1)]
    values, said = said_of(rows, samples=200)
    assert values["p"] < verdict.LEVEL
    assert said.startswith("More mutual than chance (0.03 against 0.00, p ")


def test_where_nothing_else_is_possible_chance_has_no_say():
    values, said = said_of([("Ann", "Bo", 3), ("Ann", "Cy", 1)])
    assert (values["expected"], values["sd"], values["p"]) == (0, 0, 1)
    assert math.isnan(values["z"])
    assert said.startswith("Chance has no say: none of 1,000 random networks")


def test_a_wheel_in_which_nobody_returns_is_less_than_chance():
    rows = [(f"{a:02}", f"{(a + step) % 14:02}", 1) for a in range(14) for step in range(1, 6)]
    values, said = said_of(rows)
    assert values["p_less"] < verdict.LEVEL
    assert said.startswith("Less mutual than chance (0.00 against ")
    as_low = round(values["p_less"] * 1001) - 1
    assert re.search(r"of them (was|were) as little mutual", said)
    assert said.endswith(f"{as_low or 'none'} of them was as little mutual or less.")


def test_a_network_without_ties_is_not_compared():
    values, said = said_of([])
    assert said == "There are no ties to compare with chance."
    assert math.isnan(values["p"])


@pytest.mark.parametrize(("p", "p_less", "how"), [(0.02, 0.99, "More"), (0.03, 0.98, "No more")])
def test_the_two_sides_together_are_wrong_one_time_in_twenty(p, p_less, how):
    found = {"observed": 0.4, "expected": 0.3, "sd": 0.1, "p": p, "p_less": p_less, "samples": 999}
    assert verdict.verdict(pd.Series(found)).startswith(f"{how} mutual than chance")


def test_a_p_near_the_level_is_seen_to_lie_on_its_side():
    found = {"observed": 0.4, "expected": 0.3, "sd": 0.1, "p_less": 0.98, "samples": 9999}
    said = [verdict.verdict(pd.Series(found | {"p": p})) for p in (0.0249, 0.0251, 0.03)]
    assert [each.split(", p ")[1].split(")")[0] for each in said] == ["0.0249", "0.0251", "0.030"]


def test_a_single_random_network_has_no_deviation():
    G = referral_graph([("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Cy", "Dee", 1), ("Dee", "Eve", 1)])
    said = verdict.verdict(chance.swap_test(G, samples=1))
    assert "In 1 random network in which" in said
    assert "nan" not in said


def test_too_large_a_network_has_the_same_measures_and_says_what_the_formula_says(monkeypatch):
    rows = [("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Cy", "Dee", 1), ("Dee", "Bo", 2)]
    every, _ = said_of(rows)
    values, said = said_of(rows, samples=10**9)
    assert list(values) == list(every)
    assert math.isnan(values["p"])
    assert said.startswith("4 people and 4 ties are too many for 1,000,000,000 random networks")
    expected = chance.dbcm(referral_graph(rows))
    assert f"By the formula {expected['expected']:.2f} is expected; 0.50 is observed" in said
    assert "standard deviations above" in said
    monkeypatch.setattr(chance, "LIMIT_PEOPLE", 2)
    _, said = said_of([("Ann", "Bo", 1), ("Ann", "Cy", 1)])
    assert said.endswith("0.00 is observed, and chance has no say.")
