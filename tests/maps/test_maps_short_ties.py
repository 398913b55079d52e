"""On the overview a name that covers much of a short tie of its own person costs more."""

from __future__ import annotations

import numpy as np
import pytest

from refgraph.maps.layout import label_candidates

PAGE = (-900.0, -900.0, 900.0, 900.0)
BESIDE = np.array([[10.0, -6.0, 50.0, 6.0]])  # a name right of its mark, on the tie


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize(("far", "much"), [(90.0, True), (110.0, True), (240.0, False)])
def test_a_name_on_a_tie_of_its_own_costs_more_if_it_covers_over_a_third_of_it(far, much, given):
    ends = (np.array([0]), np.array([1])) if given else (np.array([1]), np.array([0]))
    kept = label_candidates.Kept(np.zeros((0, 4)), np.zeros((0, 3)), PAGE, *ends)
    cost = [
        label_candidates._ink(0, BESIDE, np.array([[0.0, 0.0], [away, 0.0]]), np.full(2, 5.0), kept)
        for away in (far, 800.0)
    ]
    assert (cost[0] > cost[1]).item() == much
