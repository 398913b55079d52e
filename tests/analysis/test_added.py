"""What one more gift adds: laws, small books read by hand, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import TODAY, book_of, books, dated_rows

from refgraph.analysis import added
from refgraph.errors import NoMeError, OptionError, UnknownPersonError

COLUMNS = ["added", "added_low", "added_high", "anyway", "gifts_seen"]


def back(days):
    return TODAY - timedelta(days=days)


def given_to(person, *, by, times, lag=None, start=300, gap=300):
    """Give rows: gifts to a person, each followed by one back after so many days, or never."""
    rows = []
    for turn in range(times):
        rows.append((back(start + gap * turn), by, person, 1))
        if lag is not None:
            rows.append((back(start + gap * turn - lag), person, by, 1))
    return rows


def people(number):
    return [f"P{at}" for at in range(number)]


def of(book, person="me", **options):
    return added.by_person(book, person, **options)


def test_whoever_returns_what_they_are_given_adds_more_than_who_sends_anyway():
    rows = given_to("returns", by="me", times=4, lag=30)
    rows += given_to("never", by="me", times=4)
    rows += [(back(40 + 60 * at), "sends", "me", 1) for at in range(20)]
    rows += [(back(317 + 300 * at), "me", "sends", 1) for at in range(4)]
    found = of(book_of(rows))
    assert list(found) == COLUMNS
    assert list(found.index) == ["never", "returns", "sends"]
    assert found["added"].idxmax() == "returns"
    assert found["anyway"].idxmax() == "sends"
    assert found.loc["never", "added_high"] < found.loc["returns", "added"]
    assert 2.0 < found.loc["sends", "anyway"] < 4.0  # one in 60 days, for 180


def test_what_others_had_from_a_person_tells_of_them_too():
    rows = [row for one in people(5) for row in given_to("kind", by=one, times=2, lag=20)]
    rows += [row for one in people(5) for row in given_to("cold", by=one, times=2)]
    rows.append((back(5), "me", "P0", 1))
    found = of(book_of(rows))
    assert found.loc["kind", "added_low"] > found.loc["cold", "added_high"]
    assert found.loc["kind", "gifts_seen"] == found.loc["cold", "gifts_seen"] > 3


def test_a_gift_that_is_still_open_leaves_less_to_add():
    rows = [row for one in people(12) for row in given_to(one, by="me", times=3, lag=20)]
    before = of(book_of(rows)).loc["P3"]
    after = of(book_of([*rows, (back(1), "me", "P3", 1)])).loc["P3"]
    assert after["added"] < before["added"]
    assert after["anyway"] > before["anyway"] + 0.3  # it may still come


def test_little_known_is_a_wide_range():
    found = of(
        book_of([(back(400), "me", "A", 1), (back(390), "B", "A", 1), (back(2), "C", "me", 1)])
    )
    wide = found["added_high"] - found["added_low"]
    assert (wide > 0.25).all()
    assert wide.idxmax() != "A"


def test_a_referral_on_the_same_day_is_no_return_and_no_failure():
    base = given_to("A", by="me", times=3, lag=20) + given_to("B", by="me", times=3)
    swaps = [(back(100), "me", "Z", 1), (back(100), "Z", "me", 1)]
    found = of(book_of(base + swaps))
    late = of(book_of([*base, (back(100), "me", "Z", 1), (back(90), "Z", "me", 1)]))
    assert found.loc["Z", "added"] < late.loc["Z", "added"]


def test_rows_without_a_date_change_nothing():
    rows = given_to("A", by="me", times=3, lag=20)
    assert_frame_equal(of(book_of(rows)), of(book_of([*rows, (None, "A", "me", 50)])))


def test_it_can_be_asked_of_anybody_and_me_is_who_asks_if_nobody_is_named():
    book = book_of(given_to("A", by="me", times=3, lag=20), me="me")
    assert_frame_equal(added.by_person(book), of(book))
    assert list(of(book, "A").index) == ["me"]


@settings(max_examples=40)
@given(
    book=books(),
    horizon=st.sampled_from([1, 30, 180, 3650, 10**9]),
    half_life=st.sampled_from([1.0, 730.0, 1e6]),
)
def test_chances_lie_in_their_range_and_amounts_are_not_below_zero(book, horizon, half_life):
    found = of(book, "B", horizon=horizon, half_life=half_life)
    assert list(found.index) == ["A", "C", "D"]
    assert (found >= 0).all(axis=None)
    assert np.isfinite(found).all(axis=None)
    assert (found["added_low"] <= found["added"]).all()
    assert (found["added"] <= found["added_high"]).all()
    assert (found["added_high"] <= 1).all()


@settings(max_examples=25)
@given(rows=dated_rows(), seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_names_change_nothing(rows, seed):
    rows.append((back(3), "A", "B", 1))
    found = of(book_of(rows), "A")
    mixed = list(rows)
    seed.shuffle(mixed)
    assert_frame_equal(of(book_of(mixed), "A"), found)
    names = dict(zip("ABCD", ["=1+1", "NA", "محمد علي", "$Z$"], strict=True))
    renamed = of(book_of([(day, names[a], names[b], n) for day, a, b, n in rows]), names["A"])
    np.testing.assert_allclose(
        renamed.reindex([names[one] for one in found.index]), found, atol=2e-6
    )


@settings(max_examples=15)
@given(rows=dated_rows())
def test_of_the_same_book_twice_side_by_side_each_half_is_told_the_same(rows):
    rows.append((back(3), "A", "B", 1))
    twice = [*rows, *((day, one + "'", to + "'", count) for day, one, to, count in rows)]
    book = book_of(twice)
    here, there = of(book, "A"), of(book, "A'")
    same = [one for one in here.index if not one.endswith("'")]
    np.testing.assert_allclose(here.loc[same], there.loc[[one + "'" for one in same]], atol=2e-6)


def test_a_book_of_two_people_and_three_rows_is_told():
    found = of(
        book_of([(back(300), "me", "A", 1), (back(280), "A", "me", 1), (back(9), "me", "A", 1)])
    )
    assert found.shape == (1, 5)
    assert found.loc["A", "added_low"] < 0.1


def test_an_empty_book_has_wide_ranges_and_nothing_comes():
    found = of(book_of([], people=[{"person": "me"}, {"person": "A"}]))
    assert found.loc["A", "added_low"] < 0.02
    assert found.loc["A", "added_high"] > 0.9
    assert found.loc["A", "anyway"] < 0.01


def test_nobody_asked_about_is_an_error():
    with pytest.raises(NoMeError, match="What one more referral adds"):
        added.by_person(book_of([(back(9), "A", "B", 1)]))


def test_a_stranger_is_an_error():
    with pytest.raises(UnknownPersonError):
        of(book_of([(back(9), "A", "B", 1)]), "Zoe")


@pytest.mark.parametrize("options", [{"horizon": 0}, {"half_life": 0}, {"half_life": -1.0}])
def test_no_horizon_and_no_half_life_are_errors(options):
    with pytest.raises(OptionError):
        of(book_of([(back(9), "me", "B", 1)]), **options)
