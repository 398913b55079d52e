"""What gifts to the top of past lists gained above own base, and when that can be told."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from strategies import TODAY, book_of

from refgraph.analysis.estimating import added
from refgraph.analysis.evaluating import evaluate, gain, past_lists
from refgraph.analysis.suggesting import refer_first
from refgraph.errors import OptionError, UnknownPersonError
from refgraph.report.sections import gains

HEAD = ["giver", "receiver", "date", "listed", "came", "followed", "anyway", "weight"]


def at(day, *, last=100):
    return TODAY - timedelta(days=last - day)


def lived(seed, *, people=30, gifts=600, wish=lambda _: 0.0, unasked=300, me=False):
    """Let people give to anybody and send unasked; person k answers a gift with chance wish(k)."""
    rng, days = random.Random(seed), 1500  # noqa: S311
    keen, rows = [rng.expovariate(1) for _ in range(people)], []
    for _ in range(gifts):
        i, j = (0, rng.randrange(1, people)) if me else rng.sample(range(people), 2)
        day = rng.randrange(days)
        rows.append((day, i, j))
        if rng.random() < wish(j):
            rows.append((day + rng.randrange(1, 31), j, i))
    for _ in range(unasked):
        j, i = rng.choices(range(people), keen)[0], 0 if me else rng.randrange(people)
        rows += [(rng.randrange(days), j, i)] if i != j else []
    kept = [(at(day, last=days), f"P{i:02}", f"P{j:02}", 1) for day, i, j in rows if day <= days]
    return book_of(kept, me="P00" if me else None)


def half_answer(person):
    return 0.7 if person % 2 else 0.02


@pytest.fixture(scope="module")
def chapter_of_habits():
    book = lived(1, wish=half_answer)
    return book, gain.gifts(book, horizon=60)


def tiny(*more):
    """A book of one giver, with two gifts to be tested: only that to A has a return."""
    rows = [
        *((0, "Me", "S"), (20, "Me", "E1"), (21, "Me", "E2"), (22, "Me", "E3")),
        *((60, "Me", "A"), (64, "A", "Me"), (95, "A", "Me"), (62, "Me", "B")),
        *more,
    ]
    return book_of([(at(day), *two, 1) for day, *two in rows], me="Me")


def test_two_gifts_by_hand():
    """A answered in 4 days, and was silent for 10 days from day 75 on until the gift of day 95.

    Followed for at most 10 days each, days 75 to 84 saw nothing (100 days), days 85 to 94 the
    gift of day 95 (10 returns in 10 + 9 + ... + 1 days): a return in 15.5 days, 4 / 15.5 in 4.
    B is silent from day 73 on: 18 days are followed for 10, those from day 91 on for 9 to 1.
    """
    table = gain.gifts(tiny(), horizon=10)
    assert list(table) == [*HEAD, *past_lists.NAMES]
    assert table["receiver"].tolist() == ["A", "B"]
    assert table["listed"].tolist() == [pd.Timestamp(at(58))] * 2  # 23, 28, 33, ...
    assert table["came"].tolist() == [1, 0]
    assert table["followed"].tolist() == [4, 10]
    assert table["anyway"].tolist() == pytest.approx([4 * 10 / 155, 0])
    assert table["weight"].tolist() == pytest.approx([15.5 / 19.5, 22.5 / 32.5])
    found = gain.compared(tiny(), table.assign(count=[1.0, 0.0], memory=[0.0, 1.0]))
    assert found.loc["count", "gain"] == pytest.approx(1 - 4 / 15.5)
    assert found.loc["memory", "gain"] == pytest.approx(4 / 15.5 - 1)
    assert found.loc["recency", "gain"] == 0  # nothing was known of either
    assert found[["gain_low", "gain_high", "gain_ahead_low"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("row", "receivers"),
    [
        ((55, "A", "Me"), ["B"]),  # no silence before the gift
        ((55, "Me", "A"), ["A", "B"]),  # this is the gift after silence
        ((60, "A", "Me"), ["B"]),  # on the same day: neither came after the other
        ((91, "Me", "C"), ["A", "B"]),  # its horizon has not passed
    ],
)
def test_which_gifts_are_compared(row, receivers):
    assert gain.gifts(tiny(row), horizon=10)["receiver"].tolist() == receivers


def test_a_return_after_the_next_gift_is_not_one_of_the_first():
    table = gain.gifts(tiny((66, "Me", "B"), (68, "B", "Me")), horizon=10)
    assert table.set_index("receiver").loc["B", ["came", "followed"]].tolist() == [0, 4]


def by_plain_loops(book, horizon):  # noqa: C901
    """Find gifts, follow-up and base day by day."""
    rows = book.history
    day = [one.toordinal() for one in rows["date"]]
    today, first = book.today.toordinal(), min(day)
    on = {}
    start = {}
    for when, giver, receiver in zip(day, rows["giver"], rows["receiver"], strict=True):
        on.setdefault((giver, receiver), set()).add(when)
        for one in (giver, receiver):
            start[one] = min(start.get(one, when), when)

    def silent(pair, when):
        window = range(when - horizon, when)
        back = pair[::-1]
        return when - horizon >= start[pair[0]] and not any(
            one in on.get(which, ()) for one in window for which in (pair, back)
        )

    def follow(pair, when):
        for one in range(when + 1, min(when + horizon, today) + 1):
            if one in on.get(pair[::-1], ()):
                return one - when, True
            if one in on[pair]:
                return one - when, False
        return min(horizon, today - when), False

    gifts = sorted(
        (when, *pair)
        for pair, days in on.items()
        for when in days
        if when not in on.get(pair[::-1], ()) and silent(pair, when) and when + horizon <= today
    )
    if not gifts:
        return []
    last = gifts[math.ceil(0.6 * len(gifts)) - 1][0]
    tested = [gift for gift in gifts if gift[0] > last]
    if not tested:
        return []
    step = max(math.ceil(horizon / 2), math.ceil((tested[-1][0] - last) / 8))
    listed = {gift: last + 1 + (gift[0] - last - 1) // step * step for gift in tested}
    found = []
    for gift in tested:
        when, *pair = gift
        pair, cut = tuple(pair), listed[gift]
        quiet = [
            one
            for one in range(max(cut, first), today)
            if one > max(start[pair[0]], start[pair[1]])
            and not any(one in on.get(which, ()) for which in (pair, pair[::-1]))
            and silent(pair, one)
        ]
        ends = [follow(pair, one) for one in quiet]
        days, came = sum(end[0] for end in ends), sum(end[1] for end in ends)
        after = sum(
            follow(pair, other[0])[0]
            for other in tested
            if other[1:] == pair and listed[other] == cut
        )
        followed, back = follow(pair, when)
        weight = days / horizon / max(days / horizon + after, 1)
        found.append((when, *pair, back, followed, came / max(days, 1) * followed, weight, cut))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_gifts_and_their_base_are_those_of_plain_loops(seed):
    rng = random.Random(seed)  # noqa: S311
    rows = [
        (at(rng.randrange(200), last=200), *rng.sample("ABCDE", 2), 1)
        for _ in range(rng.randrange(20, 70))
    ]
    book, horizon = book_of(rows), rng.choice([5, 10, 20])
    table = gain.gifts(book, horizon=horizon)
    known = by_plain_loops(book, horizon)
    assert len(known) > 0
    assert [
        (row.date.toordinal(), row.giver, row.receiver, row.came, row.followed)
        for row in table.itertuples()
    ] == [row[:5] for row in known]
    assert table["anyway"].tolist() == pytest.approx([row[5] for row in known])
    assert table["weight"].tolist() == pytest.approx([row[6] for row in known])
    assert [day.toordinal() for day in table["listed"]] == [row[7] for row in known]


def test_every_score_is_that_of_the_book_as_it_was(chapter_of_habits):
    book, table = chapter_of_habits
    assert table["listed"].nunique() == 8
    for row in table.iloc[::90].to_dict("records"):
        day = row["listed"].date()
        history = book.history[book.history["date"] < row["listed"]].reset_index(drop=True)
        then = book.altered(history=history, today=day)
        ours = added.by_person(then, row["giver"], horizon=60).loc[row["receiver"], "added"]
        assert row["refer-first"] == pytest.approx(ours, abs=1e-6)
        table_then = refer_first.expected_return(then, row["giver"], horizon=60)
        chance = table_then.loc[row["receiver"], "expected_return"]
        assert row["expected return"] == pytest.approx(chance, abs=1e-9)
        got = history[history["giver"] == row["receiver"]]
        assert row["activity"] == len(got)
        assert row["count"] == (got["receiver"] == row["giver"]).sum()


def test_nothing_after_a_list_changes_how_it_scores(chapter_of_habits):
    book, table = chapter_of_habits
    day = table["listed"].unique()[3]
    past = book.history[book.history["date"] < day]
    future = [(date(2026, 6, 1), "P01", "P02", 9), (date(2026, 6, 2), "P02", "P01", 9)]
    rows = [*zip(past["date"], past["giver"], past["receiver"], past["count"], strict=True)]
    other = book_of([*rows, *future])
    number = int(np.datetime64(day, "D").astype(int))
    gifts = table[table["listed"] == day]
    ask = {"horizon": 60, "half_life": 730, "seed": 0}
    found = [
        past_lists.scores(
            one,
            one.places(gifts["giver"]),
            one.places(gifts["receiver"]),
            np.full(len(gifts), number),
            **ask,
        )
        for one in (book, other)
    ]
    for name in past_lists.NAMES:
        assert found[0][name].tolist() == pytest.approx(found[1][name].tolist())
        assert found[0][name].tolist() == gifts[name].tolist()


def test_names_and_the_order_of_rows_change_nothing():
    book = lived(4, people=15, gifts=250, wish=half_answer, unasked=100)
    rows = [(row.date, row.giver, row.receiver, 1) for row in book.history.itertuples(index=False)]
    mixed = book_of(random.Random(1).sample(rows, len(rows)))  # noqa: S311
    table = gain.gifts(book, horizon=60)
    assert_frame_equal(table, gain.gifts(mixed, horizon=60), check_exact=True)
    odd = ["NA", "=1+1", "Cash $$ Money", "محمد علي", *(f"Z{k}" for k in range(11))]
    other = dict(zip(sorted(book.people.index), odd, strict=True))
    renamed = book_of([(day, other[one], other[two], 1) for day, one, two, _ in rows])
    known, found = (
        gain.compared(one, gain.gifts(one, horizon=60), samples=20) for one in (book, renamed)
    )
    points = ["gain", "gain_top", "gain_rest", "gain_ahead"]
    rules = [name for name in past_lists.NAMES if name != "random"]
    assert_frame_equal(known.loc[rules, points], found.loc[rules, points])


def test_where_half_of_the_people_answer_the_list_gains_and_a_random_one_does_not(
    chapter_of_habits,
):
    book, table = chapter_of_habits
    found = gain.compared(book, table)
    assert list(found) == list(gain.COLUMNS)
    assert found.index.tolist() == list(past_lists.NAMES)
    ours, luck = found.loc["refer-first"], found.loc["random"]
    assert ours["gain_low"] > 0.1
    assert ours["gain_top"] > ours["gain_rest"] + 0.2
    assert luck["gain_low"] < 0 < luck["gain_high"]
    assert luck["gain_ahead_low"] > 0
    size = gain.needed(table, ours)
    assert size["more"] == 0
    told = gains.verdict(found, size)
    assert told.startswith("Gifts high on the list gained more than others. Of two gifts")
    assert f"{ours['gain']:+.2f} returns more than the other" in told
    assert f"The top third gained {ours['gain_top']:+.2f} a gift" in told
    said = gains.looked_up(table, 60)
    weight = table["weight"]
    mean = (weight * (table["came"] - table["anyway"])).sum() / weight.sum()
    assert f"above it, all gained {mean:+.2f} a gift" in said
    assert f"of which {table['came'][weight > 0].sum():.0f} had a return" in said


def test_in_a_book_of_mine_people_are_drawn_and_only_my_gifts_are_compared():
    book = lived(2, people=60, gifts=450, wish=half_answer, unasked=150, me=True)
    table = gain.gifts(book, horizon=60)
    assert set(table["giver"]) == {"P00"}
    found = gain.compared(book, table)
    assert found.loc["refer-first", "gain_low"] > 0
    assert_frame_equal(found, evaluate.gained(book, horizon=60))
    assert len(gain.gifts(book, "P01", horizon=60)) < 3


def test_where_no_gift_does_anything_no_order_gains():
    """Six books of nothing but what comes anyway, much of it from few: 1 or 2 of 84 miss 0."""
    missed = {"refer-first": 0, "count": 0, "activity": 0}
    means = dict.fromkeys(missed, 0.0)
    for seed in range(6):
        book = lived(seed, people=20, gifts=300, unasked=300)
        found = gain.compared(book, gain.gifts(book, horizon=60), samples=200)
        for name in missed:
            row = found.loc[name]
            missed[name] += not row["gain_low"] <= 0 <= row["gain_high"]
            means[name] += row["gain"] / 6
    assert max(missed.values()) <= 2
    assert max(map(abs, means.values())) < 0.03


def test_the_base_is_from_the_days_after_the_list():
    """What was sent before it changes only that days 58 and 59 are followed, 2 and 1 days."""
    book = tiny((40, "A", "Me"), (45, "A", "Me"))
    assert gain.gifts(book, horizon=10)["anyway"].tolist() == pytest.approx([40 / 158, 0])


@pytest.mark.parametrize(
    ("low", "high", "more"), [(0.2, 0.6, 0), (-0.1, 0.1, 0), (-0.2, 0.2, 750), (np.nan, np.nan, 21)]
)
def test_how_many_more_it_takes(low, high, more):
    table = pd.DataFrame({"weight": np.full(200, 0.5), "came": 0.0})
    ours = pd.Series({"gain": (low + high) / 2, "gain_low": low, "gain_high": high})
    size = gain.needed(table, ours)
    assert size[["gifts", "count_as"]].tolist() == [200, 100]
    # 100 gifts to 0.2, so 400 to 0.1; without an interval 1.04 squared / 0.01, or 108.16
    assert size["more"] == more


@pytest.mark.parametrize(
    ("ours", "rule", "said"),
    [
        ((0.3, 0.1, 0.5), (0.1, 0.2, 0.05, 0.4, 0.5), "The list beats the best of 1 other order"),
        ((0.3, -0.1, 0.4), (0.1, 0.2, -0.05, 0.4, 0.5), "It does not show that gifts high on the"),
        ((-0.3, -0.4, -0.1), (0.1, -0.4, -0.5, -0.2, -0.1), "gained less than others."),
        ((0.3, 0.1, 0.5), (0.5, -0.2, -0.4, -0.1, -0.01), "beats the list, count: +0.30 against"),
        ((0.3, 0.1, 0.5), (0.5, -0.2, -0.4, -0.1, 0.01), "It looks better, but that it was chosen"),
        ((0.3, 0.1, 0.5), (0.5, -0.2, -0.4, 0.1, 0.2), "Undecided between the list and the best"),
    ],
)
def test_the_verdict_in_words(ours, rule, said):
    columns = ["gain", "gain_low", "gain_high"]
    ahead = ["gain", "gain_ahead", "gain_ahead_low", "gain_ahead_high", "gain_ahead_at_most"]
    table = pd.DataFrame(0.0, index=["refer-first", "random", "count"], columns=gain.COLUMNS)
    table.loc["refer-first", columns] = ours
    table.loc["count", ahead] = rule
    table.loc["random", "gain"] = 0.9
    told = gains.verdict(table, pd.Series({"more": 0, "gifts": 200, "count_as": 150}))
    assert said in told
    assert "random" not in told


def test_what_is_missing_is_said():
    few = gain.gifts(tiny(), horizon=10)
    found = gain.compared(tiny(), few)
    told = gains.verdict(found, gain.needed(few, found.iloc[0]))
    assert told == (
        "Too few to tell whether gifts to the top of the list gained more: 2 gifts after silence "
        "can be looked up in it; for want of silent days of the same people to set beside them, "
        "they are worth 1. It takes about 267 more that can be set beside such days."
    )
    many = pd.concat([few] * 40)
    found = gain.compared(tiny(), many)
    assert found["gain_low"].isna().all()
    told = gains.verdict(found, gain.needed(many, found.iloc[0]), "Me")
    assert "80 gifts by Me after silence can be looked up in it. It takes gifts by 10" in told


def test_no_gifts_are_no_answer_in_the_same_columns():
    full = gain.gifts(lived(3, people=8, gifts=80), horizon=20)
    for book in (book_of([]), book_of([(at(2), "A", "B", 1)]), book_of([(None, "A", "B", 1)])):
        none = gain.gifts(book)
        assert none.dtypes.to_dict() == full.dtypes.to_dict()
        assert len(none) == 0
        found = gain.compared(book, none)
        assert found.isna().all(axis=None)
        assert gain.needed(none, found.iloc[0])["more"] == 271  # 108.16 / 0.4


def test_of_very_many_gifts_those_of_some_givers_stand_for_all(monkeypatch, chapter_of_habits):
    book, table = chapter_of_habits
    monkeypatch.setattr(gain, "_MOST", 100)
    some = gain.gifts(book, horizon=60)
    assert len(some) < 150
    every = some.attrs["every"]
    assert every == -(-len(table) // 100)
    both = some.merge(table, on=["giver", "receiver", "date"])
    assert len(both) == len(some)
    assert f"The gifts of one in {every} givers stand for all." in gains.looked_up(some, 60)
    assert "stand for all" not in gains.looked_up(table, 60)


def test_what_cannot_be_asked_is_said():
    book = tiny()
    with pytest.raises(OptionError, match="1 or more, not 0"):
        evaluate.gained(book, samples=0)
    with pytest.raises(OptionError, match="at least 1 day"):
        gain.gifts(book, horizon=0)
    with pytest.raises(OptionError, match="half-life"):
        gain.gifts(book, half_life=0)
    with pytest.raises(OptionError, match="a seed is a whole number"):
        evaluate.gained(book, seed=-1)
    with pytest.raises(UnknownPersonError, match="Nobody"):
        gain.gifts(book, "Nobody")
