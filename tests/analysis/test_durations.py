"""What is over: pairs of whom nothing is on record are judged by those of whom something is."""

from __future__ import annotations

import numpy as np

from refgraph.analysis.returning.durations import gone

TODAY = 1_000


def active(*, until):
    """Give forty pairs that are active every ten days, the odd ones until a day only."""
    key, day = np.repeat(np.arange(40), 100), np.tile(np.arange(0, TODAY, 10), 40)
    here = (key % 2 == 0) | (day < until)
    return key[here], day[here]


def test_a_pair_without_a_record_is_as_likely_over_as_the_mean_of_those_on_record():
    record = active(until=400)
    each = gone(*record, TODAY, np.arange(40))
    assert each[1::2].min() > 0.9 > 0.1 > each[::2].max()
    known, unknown = gone(*record, TODAY, np.array([1, 99]), unseen=True)
    assert known == each[1]
    assert abs(unknown - each.mean()) < 1e-9
    assert gone(*record, TODAY, np.array([99])).tolist() == [0]


def test_where_nothing_stops_or_recurs_nothing_is_taken_to_be_over():
    asked = np.array([0, 99])
    assert not gone(*active(until=TODAY), TODAY, asked, unseen=True).any()
    once = np.arange(400)
    assert not gone(once, once % 300, TODAY, asked, unseen=True).any()
