"""Who is in which group: every way to say it, and what is refused."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd
import pytest

from refgraph import brokerage, connectors, groups, referral_graph
from refgraph.analysis.connecting.group_membership import membership
from refgraph.errors import OptionError

G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1)], people=["Dee"])


def test_a_group_has_one_number_whatever_the_order_of_the_mapping():
    known = {"Cy": "x", "Bo": "y", "Ann": "x", "nobody here": "z"}
    for group in (known, dict(reversed(known.items())), pd.Series(known)):
        code, names = membership(G, group)
        assert (code.tolist(), names) == ([0, 1, 0, -1], ["x", "y"])


@pytest.mark.parametrize("nothing", [None, nan, "", np.nan, pd.NA])
def test_no_group_is_no_group(nothing):
    code, names = membership(G, {"Ann": nothing, "Bo": "x"})
    assert (code.tolist(), names) == ([-1, 0, -1, -1], ["x"])


def test_people_who_are_tuples_or_numbers_are_found():
    H = referral_graph([((1, "a"), (2, "b"), 1)])
    assert membership(H, {(1, "a"): "x", (2, "b"): "y"})[0].tolist() == [0, 1]
    assert membership(H, pd.Series({(1, "a"): "x", (2, "b"): "y"}))[0].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        (None, "not a NoneType"),
        (["x", "y"], "not a list"),
        (str.upper, "groups are a mapping from person to group"),
        (pd.DataFrame({"group": ["x"]}), "not a DataFrame"),
        (pd.Series(["x", "y"], index=["Ann", "Ann"]), "name 'Ann' twice"),
        ({"Ann": ["x"]}, "a group is a name"),
        ({"Ann": np.array([1, 2])}, "a group is a name"),
    ],
)
def test_what_is_no_grouping_is_refused_everywhere(group, sentence):
    for work in (
        brokerage.by_person,
        brokerage.overall,
        groups.by_group,
        connectors.groups_linked,
        connectors.reach,
        connectors.participation,
    ):
        with pytest.raises(OptionError, match=sentence):
            work(G, group)
