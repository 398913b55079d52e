"""What one more gift adds: laws, small books read by hand, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import ago, book_of, books, dated_rows

from refgraph.analysis.estimating import added, pair_rates
from refgraph.analysis.estimating.gift_evidence import evidence, half_life_told
from refgraph.analysis.estimating.pooling import Pooled
from refgraph.analysis.returning.excitation import fit
from refgraph.analysis.returning.occasions import occasions
from refgraph.errors import NoMeError, OptionError, UnknownPersonError

COLUMNS = [
    *("added", "added_low", "added_high", "anyway", "gifts_seen"),
    *("anyway_low", "anyway_high"),
]


def given_to(person, *, by, times, lag=None, start=300, gap=300):
    """Give rows: gifts to a person, each followed by one back after so many days, or never."""
    rows = []
    for turn in range(times):
        rows.append((ago(start + gap * turn), by, person, 1))
        if lag is not None:
            rows.append((ago(start + gap * turn - lag), person, by, 1))
    return rows


def people(number):
    return [f"P{at}" for at in range(number)]


def of(book, person="me", **options):
    return added.by_person(book, person, **options)


def test_whoever_returns_what_they_are_given_adds_more_than_who_sends_anyway():
    rows = given_to("returns", by="me", times=4, lag=30)
    rows += given_to("never", by="me", times=4)
    rows += [(ago(40 + 60 * at), "sends", "me", 1) for at in range(20)]
    rows += [(ago(317 + 300 * at), "me", "sends", 1) for at in range(4)]
    found = of(book_of(rows))
    assert list(found) == COLUMNS
    assert list(found.index) == ["never", "returns", "sends"]
    assert found["added"].idxmax() == "returns"
    assert found["anyway"].idxmax() == "sends"
    assert 4 * found.loc["never", "added"] < found.loc["returns", "added"]
    assert found.loc["never", "added_high"] < 0.6 < 0.9 < found.loc["returns", "added_high"]
    assert 2.0 < found.loc["sends", "anyway"] < 4.0  # one in 60 days, for 180


def test_what_others_had_from_a_person_tells_of_them_too():
    rows = [row for one in people(5) for row in given_to("kind", by=one, times=2, lag=20)]
    rows += [row for one in people(5) for row in given_to("cold", by=one, times=2)]
    rows.append((ago(5), "me", "P0", 1))
    found = of(book_of(rows))
    assert found.loc["kind", "added_low"] > found.loc["cold", "added"] + 0.1
    assert found.loc["kind", "added"] > found.loc["cold", "added_high"] + 0.2
    assert found.loc["kind", "gifts_seen"] == found.loc["cold", "gifts_seen"] > 3


def test_a_gift_that_is_still_open_leaves_less_to_add():
    rows = [row for one in people(12) for row in given_to(one, by="me", times=3, lag=20)]
    before = of(book_of(rows)).loc["P3"]
    after = of(book_of([*rows, (ago(1), "me", "P3", 1)])).loc["P3"]
    assert after["added"] < before["added"]
    assert after["anyway"] > before["anyway"] + 0.3  # it may still come


def test_what_is_left_hangs_on_what_is_open_and_on_earlier_gifts():
    rows = [(ago(900 - at), "me", "often", 1) for at in (0, 100, 200)]
    rows += [(ago(9), "me", "open", 1), (ago(8), "waits", "me", 1), (ago(8), "else", "P", 1)]
    book = book_of(rows)
    seen = occasions(book)
    found = replace(
        fit(seen, half_life=730),
        by_state=np.array([1.0, 0.7, 0.4]),
        again_ends=np.array([0.3, 0.9]),
        wear=0.5,
        wear_ends=np.array([0.5, 0.55]),
    )
    pair = int(book.places(["me"])[0]) * seen.people + np.arange(seen.people)
    told = added._left(book, seen, found, pair, 180)
    left = dict(zip(book.people.index, told.T.round(6).tolist(), strict=True))
    assert left["P"] == left["else"] == [1, 1, 1, 1]
    assert left["often"] == [0.125, 0.125, 0.166375, 0.125]
    # what is taken off is known to within all of itself, and as far as the book says
    assert left["open"] == [0.35, 0.15, 0.55, 0.35]
    assert left["waits"] == [0.4, 0, 1, 1]  # it may be the answer, or be none


def test_ends_of_a_product_are_as_far_as_both_together():
    pooled = Pooled(*(np.array([end] * 4) for end in (0.4, 0.2, 0.8)))
    left = np.array(
        [[1, 0.5, 0.5, 0.25], [1, 0.25, 0.0, 0.0], [1, 1.0, 0.5, 1.0], [1, 0.5, 0.5, 1.0]]
    )
    told, low, high = added._both(pooled, left)
    assert told == pytest.approx([0.4, 0.2, 0.2, 0.1])
    far = 2 ** np.sqrt(2)  # twice and twice, neither telling of the other
    assert low == pytest.approx([0.2, 0.2 / far, 0, 0])
    assert high == pytest.approx([0.8, 0.2 * far, 0.4, 0.8])  # the last as if nothing waited


def test_what_comes_anyway_is_told_the_closer_the_more_is_on_record():
    rows = [(ago(40 + 30 * at), "often", "me", 1) for at in range(40)]
    rows += [(ago(40 + 400 * at), "seldom", "me", 1) for at in range(3)]
    rows += [(ago(500), "me", "answers", 1), (ago(480), "answers", "me", 1)]
    rows += [(ago(70 + 90 * at), one, "else", 1) for at in range(9) for one in ("A", "B")]
    found = of(book_of(rows))
    low, told, high = (found[name] for name in ("anyway_low", "anyway", "anyway_high"))
    assert (low <= told).all()
    assert (told <= high).all()
    assert low["often"] > 0.5
    assert high["often"] < 2.5 * told["often"]
    assert high["seldom"] > 3 * told["seldom"] > 3 * low["seldom"] > 0
    assert low["answers"] == low["A"] == 0  # it may have been the answer; nothing came


def test_what_came_once_after_a_gift_may_have_come_by_itself():
    rows = [(ago(729), "me", "A", 1), (ago(302), "me", "A", 1), (ago(222), "A", "me", 1)]
    found = of(book_of(rows)).loc["A"]
    assert found["anyway"] < 0.01  # held to be an answer
    assert found["anyway_low"] == 0
    assert found["anyway_high"] > 180 / 729  # once in two years, if it was none


def test_whoever_never_sent_may_send_as_often_as_the_book_says_and_not_next_to_never():
    rows = [
        (ago(20 + 90 * at + 7 * who), f"P{who}", "me", 1) for who in range(6) for at in range(8)
    ]
    rows += [(ago(300), "me", "new", 1)]
    found = of(book_of(rows))
    assert found.loc["new", "anyway_high"] > 0.15 * found.loc["P0", "anyway"]


def test_in_the_midst_of_a_burst_more_is_to_come():
    rows = []
    for at, one in enumerate(people(30)):
        for start in (400 + 31 * at, 1500 + 17 * at):
            rows += [(ago(start - days), one, "me", 1) for days in (0, 6, 13, 20)]
    quiet = of(book_of(rows)).loc["P0", "anyway"]
    busy = of(book_of([*rows, (ago(2), "P0", "me", 1)])).loc["P0", "anyway"]
    assert busy > quiet + 0.5


def test_what_comes_anyway_is_in_referrals_and_not_in_days():
    rows = [(ago(40 + 60 * at), "A", "me", 1) for at in range(20)]
    one = of(book_of(rows)).loc["A", "anyway"]
    three = of(book_of([(day, a, b, 3) for day, a, b, _ in rows])).loc["A", "anyway"]
    assert three == pytest.approx(3 * one, rel=0.1)


def test_an_occasion_is_as_large_as_those_of_the_giver_and_of_others_tell():
    rows = [(ago(40 + 60 * at), "A", "me", 10) for at in range(2)]
    rows += [(ago(45 + 60 * at), one, "me", 10) for at in range(20) for one in ("B", "C")]
    rows += [(ago(30 + 60 * at), "me", "A", 1) for at in range(5)]  # tells of me, not of them
    found, ones = of(book_of(rows)), of(book_of([(*row[:3], 1) for row in rows]))
    ratio = found["anyway"] / ones["anyway"]
    assert ratio.to_numpy() == pytest.approx([10, 10, 10], rel=1e-4)  # all are ten: so are hers


def test_one_large_row_tells_of_who_sent_it_and_of_nobody_else():
    def rows(hers=1, mine=1, times=6):
        for at, one in enumerate(people(5)):
            yield from ((ago(30 + 60 * turn + at), one, "me", 1) for turn in range(times))
        yield (ago(31), "P0", "me", hers)
        yield (ago(40), "me", "P3", mine)

    usual = of(book_of(list(rows())))
    for large in ({"hers": 3000}, {"mine": 3000}):
        found = of(book_of(list(rows(**large))))
        for name in ("anyway", "anyway_low"):
            assert (found[name].drop("P0") <= 1.1 * usual[name].drop("P0")).all()
        assert (found["anyway_high"].drop("P0") <= 1.3 * usual["anyway_high"].drop("P0")).all()
        assert (found.loc["P0", "anyway"] > 100) == ("hers" in large)
    one, large = (of(book_of(list(rows(hers, times=0)))) for hers in (1, 3000))
    assert large.loc["P3", "anyway"] == pytest.approx(one.loc["P3", "anyway"])


def test_a_range_is_the_wider_the_more_occasions_differ_in_size():
    one, lumpy, few = (
        [
            (ago(40 + 30 * at), who, "me", size)
            for who, times in (("A", 20), ("B", 3))
            for at, size in enumerate((sizes * 4)[:times])
        ]
        for sizes in ([1] * 5, [1, 1, 1, 1, 40], [2] * 5)
    )
    every, varied, twice = (of(book_of(rows)) for rows in (one, lumpy, few))
    reach = [found["anyway_high"] / found["anyway"] for found in (every, varied, twice)]
    assert reach[1]["A"] > 1.2 * reach[0]["A"]  # of 20 occasions the mean is 37 % unsure
    # of three small ones nothing is known of large ones, which others have
    assert reach[1]["B"] > 1.1 * reach[0]["B"]
    assert varied["anyway"]["B"] == pytest.approx(every["anyway"]["B"])
    assert reach[2]["A"] == pytest.approx(reach[0]["A"], rel=0.05)  # all of one size: as known
    assert (varied["anyway_low"] <= varied["anyway"]).all()


def test_an_open_gift_is_seen_by_when_returns_come_and_not_by_days_alone():
    rows = [row for one in people(12) for row in given_to(one, by="me", times=4, lag=10)]
    found = of(book_of([*rows, (ago(60), "me", "new", 1)]))
    assert found.loc["new", "gifts_seen"] > 0.5  # a third of the horizon has passed


def test_a_gift_that_is_an_answer_is_hardly_one():
    rows = [row for one in people(12) for row in given_to(one, by="me", times=4, lag=10)]
    found = of(
        book_of([*rows, (ago(400), "me", "plain", 1), *given_to("me", by="gave", times=1, lag=10)])
    )
    assert found.loc["gave", "gifts_seen"] < 0.6 * found.loc["plain", "gifts_seen"]


def test_the_newer_evidence_tells_more():
    good = given_to("A", by="me", times=3, lag=20, start=200, gap=200)
    bad = given_to("A", by="me", times=3, start=1400, gap=200)
    now_good = of(book_of(good + bad))
    good = given_to("A", by="me", times=3, lag=20, start=1400, gap=200)
    bad = given_to("A", by="me", times=3, start=200, gap=200)
    now_bad = of(book_of(good + bad))
    assert now_good.loc["A", "added"] > now_bad.loc["A", "added"] + 0.1


def test_evidence_ages_where_people_change_and_not_where_they_stay():
    def half_life(returned):
        rows = [
            row
            for which, one in enumerate(people(12))
            for at in range(12)
            for row in given_to(
                one, by="me", times=1, start=200 + 190 * at, lag=20 if returned(which, at) else None
            )
        ]
        seen = occasions(book_of(rows))
        excited = fit(seen, half_life=730)
        return half_life_told(seen, excited, *evidence(seen, excited), around=730)

    assert half_life(lambda which, at: which % 2 == 0) > 4000  # half always, half never
    assert half_life(lambda which, at: (which + at // 4) % 2 == 0) < 600  # each in turns


def test_little_known_is_a_wide_range():
    found = of(book_of([(ago(400), "me", "A", 1), (ago(390), "B", "A", 1), (ago(2), "C", "me", 1)]))
    wide = found["added_high"] - found["added_low"]
    assert (wide > 0.25).all()
    assert wide.idxmax() != "A"


def test_a_referral_on_the_same_day_is_no_return_and_no_failure():
    base = given_to("A", by="me", times=3, lag=20) + given_to("B", by="me", times=3)
    swaps = [(ago(100), "me", "Z", 1), (ago(100), "Z", "me", 1)]
    found = of(book_of(base + swaps))
    late = of(book_of([*base, (ago(100), "me", "Z", 1), (ago(90), "Z", "me", 1)]))
    assert found.loc["Z", "added"] < late.loc["Z", "added"]


def test_rows_without_a_date_change_nothing_but_that_no_range_is_told_of_who_sent_them():
    rows = given_to("A", by="me", times=3, lag=20) + given_to("B", by="me", times=2, lag=9)
    rows.append((ago(90), "C", "B", 1))
    undated = [(None, "A", "me", 50), (None, "me", "B", 1), (None, "C", "B", 1)]
    dated, some = of(book_of(rows)), of(book_of([*rows, *undated]))
    ends = ["anyway_low", "anyway_high"]
    assert some.loc[["A", "C"], ends].isna().all(axis=None)  # whoever they sent them to
    dated.loc[["A", "C"], ends] = np.nan
    assert_frame_equal(some, dated)


def test_it_can_be_asked_of_anybody_and_me_is_who_asks_if_nobody_is_named():
    book = book_of(given_to("A", by="me", times=3, lag=20), me="me")
    assert_frame_equal(added.by_person(book), of(book))
    assert list(of(book, "A").index) == ["me"]


@given(book=books())
def test_of_some_the_same_is_told_before_everybody_was_asked_of_and_after(book):
    some = ["A", "D"]
    before = {ends: of(book, "B", of=some, ends=ends) for ends in (True, False)}
    whole = of(book, "B")
    for ends, told in before.items():
        assert_frame_equal(told, whole.loc[some, list(told)])
        assert_frame_equal(of(book, "B", of=some, ends=ends), told)


def test_everybody_is_weighed_once_whatever_the_window_and_whatever_becomes_of_the_answer(
    monkeypatch,
):
    book = book_of(given_to("A", by="me", times=3, lag=20) + given_to("B", by="me", times=2))
    weighed, weigh = [], added._told

    def counted(*asked, **options):
        weighed.append(options)
        return weigh(*asked, **options)

    monkeypatch.setattr(added, "_told", counted)
    found = of(book)
    kept = found.copy()
    some = of(book, of=["A"])
    found["added"] = some["added"] = 9.0
    assert_frame_equal(of(book.window(since=ago(30))), kept)
    assert len(weighed) == 1
    for other in ({"person": "A"}, {"horizon": 90}, {"half_life": 100.0}):
        of(book, **other)
    of(book.altered(me="B"))
    assert len(weighed) == 5


@settings(max_examples=40)
@given(
    book=books(),
    horizon=st.sampled_from([1, 30, 180, 3650, 10**9]),
    half_life=st.sampled_from([1.0, 730.0, 1e6]),
)
def test_chances_lie_in_their_range_and_amounts_are_not_below_zero(book, horizon, half_life):
    found = of(book, "B", horizon=horizon, half_life=half_life)
    assert list(found.index) == ["A", "C", "D"]
    sent = book.history.set_index("giver")["date"]
    untold = found.index.isin(sent.index[sent.isna()])
    for name in found:
        told = found.loc[~untold, name] if name.startswith("anyway_") else found[name]
        assert np.isfinite(told).all()
        assert (told >= 0).all()
    assert found.loc[untold, ["anyway_low", "anyway_high"]].isna().all(axis=None)
    known = found[~untold]
    assert (known["anyway_low"] <= known["anyway"]).all()
    assert (known["anyway"] <= known["anyway_high"]).all()
    assert (found["added_low"] <= found["added"]).all()
    assert (found["added"] <= found["added_high"]).all()
    assert (found["added_high"] <= 1).all()


@settings(max_examples=25)
@given(rows=dated_rows(), seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_names_change_nothing(rows, seed):
    rows.append((ago(3), "A", "B", 1))
    found = of(book_of(rows), "A")
    mixed = list(rows)
    seed.shuffle(mixed)
    assert_frame_equal(of(book_of(mixed), "A"), found)
    names = dict(zip("ABCD", ["=1+1", "NA", "محمد علي", "$Z$"], strict=True))
    renamed = of(book_of([(day, names[a], names[b], n) for day, a, b, n in rows]), names["A"])
    np.testing.assert_allclose(
        renamed.reindex([names[one] for one in found.index]), found, atol=2e-6
    )


def test_names_choose_nobody_of_those_who_tell_how_alike_rates_are(monkeypatch):
    monkeypatch.setattr(pair_rates, "_CELLS", 100)  # of 20 people every fourth
    names = people(20)
    rows = [
        (ago(30 + 7 * at), names[at * at % 19], names[-1 - at % 7], 1 + at % 3)
        for at in range(90)
        if at * at % 19 != 19 - at % 7
    ]
    found = of(book_of(rows), "P18")
    others = [names[at * 7 % 20] for at in range(20)]
    renamed = dict(zip(names, others, strict=True))
    moved = of(book_of([(day, renamed[a], renamed[b], n) for day, a, b, n in rows]), renamed["P18"])
    there = moved.reindex([renamed[one] for one in found.index])
    np.testing.assert_allclose(there, found, atol=2e-6)


@settings(max_examples=15)
@given(rows=dated_rows())
def test_of_the_same_book_twice_side_by_side_each_half_is_told_the_same(rows):
    rows.append((ago(3), "A", "B", 1))
    twice = [*rows, *((day, one + "'", to + "'", count) for day, one, to, count in rows)]
    book = book_of(twice)
    here, there = of(book, "A"), of(book, "A'")
    same = [one for one in here.index if not one.endswith("'")]
    np.testing.assert_allclose(here.loc[same], there.loc[[one + "'" for one in same]], atol=2e-6)


def test_a_book_of_two_people_and_three_rows_is_told():
    found = of(
        book_of([(ago(300), "me", "A", 1), (ago(280), "A", "me", 1), (ago(9), "me", "A", 1)])
    )
    assert found.shape == (1, 7)
    assert found.loc["A", "added_low"] < 0.1


def test_an_empty_book_has_wide_ranges_and_nothing_comes():
    found = of(book_of([], people=[{"person": "me"}, {"person": "A"}]))
    assert found.loc["A", "added_low"] < 0.02
    assert found.loc["A", "added_high"] > 0.9
    assert found.loc["A", "anyway"] < 0.01


def test_nobody_asked_about_is_an_error():
    with pytest.raises(NoMeError, match="What one more referral adds"):
        added.by_person(book_of([(ago(9), "A", "B", 1)]))


def test_a_stranger_is_an_error():
    with pytest.raises(UnknownPersonError):
        of(book_of([(ago(9), "A", "B", 1)]), "Zoe")


@pytest.mark.parametrize("options", [{"horizon": 0}, {"half_life": 0}, {"half_life": -1.0}])
def test_no_horizon_and_no_half_life_are_errors(options):
    with pytest.raises(OptionError):
        of(book_of([(ago(9), "me", "B", 1)]), **options)
