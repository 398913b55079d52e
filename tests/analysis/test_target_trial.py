"""The target trial: which gifts and days are compared, by hand and against a slow walk."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, book_of, dated_rows

from refgraph.analysis.returning.target_trial import emulate
from refgraph.errors import OptionError

START = date(2026, 1, 1)


def days_of(book, trial, kind):
    """(giver, partner, day, watched, came) of the gifts or controls of a trial."""
    names = book.people.index
    followed = getattr(trial, kind)
    return sorted(
        (names[trial.giver[pair]], names[trial.partner[pair]], day, watched, came)
        for pair, day, watched, came in zip(
            followed.pair.tolist(),
            followed.day.tolist(),
            followed.watched.tolist(),
            followed.came.tolist(),
            strict=True,
        )
    )


def walked(rows, person, horizon, today):
    """Walk through every day of every pair, as the docstring says."""
    dated = [(day.toordinal(), giver, receiver) for day, giver, receiver, *_ in rows if day]
    if not dated:
        return [], []
    first = {}
    for day, *two in sorted(dated):
        for one in two:
            first.setdefault(one, day)
    gifts, controls = [], []
    for me, partner in {(giver, receiver) for _, giver, receiver in dated}:
        if person not in (None, me):
            continue
        gave = {day for day, giver, receiver in dated if (giver, receiver) == (me, partner)}
        got = {day for day, giver, receiver in dated if (giver, receiver) == (partner, me)}
        for day in range(first[me] + horizon, today):
            before = range(day - horizon, day)
            if any(one in gave | got for one in before) or day in got:
                continue
            ends = [one for one in gave if one > day] + [day + horizon, today]
            backs = [one for one in got if one > day]
            came = bool(backs) and min(backs) <= min(ends)
            row = (me, partner, day, min(backs + ends) - day, came)
            if day in gave:
                gifts.append(row)
            elif day > max(first[me], first[partner]):
                controls.append(row)
    return sorted(gifts), sorted(controls)


@given(dated_rows(days=120), st.integers(1, 40), st.sampled_from([None, "A"]))
def test_every_day_of_the_trial_is_that_of_a_slow_walk(rows, horizon, person):
    book = book_of(rows, people=[{"person": name} for name in "ABCD"])
    trial = emulate(book, person, horizon=horizon)
    gifts, controls = walked(rows, person, horizon, TODAY.toordinal())
    assert days_of(book, trial, "gifts") == gifts
    if trial.sparse == 1:  # the dates keep to no weekday
        assert days_of(book, trial, "controls") == controls
        assert trial.silences[1].sum() == len(controls)
        ends = {(*two, day + watched) for *two, day, watched, came in controls if came}
        assert trial.silences[0].sum() == len(ends)


def test_a_gift_its_silence_and_its_answer_by_hand():
    def on(day):
        return START + timedelta(days=day)

    rows = [
        (on(0), "B", "Me", 1),
        (on(30), "Me", "B", 1),  # after 29 days of silence: clean
        (on(35), "B", "Me", 1),  # answered after 5 days
        (on(40), "Me", "B", 1),  # no silence before
        (on(60), "Me", "C", 2),  # clean, never answered
        (on(61), "B", "Me", 1),
        (on(61), "Me", "B", 1),  # an exchange: no gift, no silence
        (None, "Me", "C", 1),
    ]
    book = book_of(rows, me="Me", today=on(80))
    trial = emulate(book, "Me", horizon=10)
    zero = START.toordinal()
    assert days_of(book, trial, "gifts") == [
        ("Me", "B", zero + 30, 5, True),
        ("Me", "C", zero + 60, 10, False),
    ]
    assert trial.crossed == 1
    told = [(partner, day - zero) for _, partner, day, *_ in days_of(book, trial, "controls")]
    quiet = [*range(11, 30), *range(51, 61), *range(72, 80)]  # of B
    assert told == [*(("B", day) for day in quiet), *(("C", day) for day in range(71, 80))]
    ends = {
        day - zero: (watched, came) for *_, day, watched, came in days_of(book, trial, "controls")
    }
    assert ends[12] == (10, False)
    assert ends[25] == (5, False)  # until the next gift
    assert ends[55] == (6, True)  # the exchange is an answer too
    assert ends[76] == (4, False)  # until today


def test_somebody_known_before_has_control_days_before_the_first_referral():
    def on(day):
        return START + timedelta(days=day)

    rows = [(on(0), "X", "Me", 1), (on(50), "Me", "B", 1)]
    for more in (
        {"people": [{"person": "B", "since": on(5)}]},
        {"touches": [(on(5), "B", "call")]},
    ):
        trial = emulate(book_of(rows, me="Me", today=on(51), **more), "Me", horizon=10)
        assert (trial.controls.day - START.toordinal()).tolist() == list(range(10, 50))
    trial = emulate(book_of(rows, me="Me", today=on(51)), "Me", horizon=10)
    assert not len(trial.controls.day)


def test_a_book_that_keeps_to_one_weekday_or_to_months_is_compared_on_such_days():
    weeks = [START + timedelta(days=7 * week) for week in range(60)]
    months = [date(2021 + month // 12, month % 12 + 1, 1) for month in range(60)]
    for dates, kind in ((weeks, lambda day: day.weekday()), (months, lambda day: day.day)):
        rows = [(day, "B" if at % 9 == 0 else "X", "Me", 1) for at, day in enumerate(dates)]
        rows += [(dates[3], "Me", "B", 1)]
        trial = emulate(book_of(rows, me="Me", today=dates[-1]), "Me", horizon=20)
        days = [date.fromordinal(day) for day in trial.controls.day.tolist()]
        assert days
        assert {kind(day) for day in days} == {kind(dates[0])}
        assert trial.sparse == pytest.approx(7 if dates is weeks else 30.4, abs=0.2)


def test_dates_before_1970_are_days_like_others():
    old = [(date(1960, 1, 1), "B", "Me", 1), (date(1961, 1, 1), "Me", "B", 1)]
    trial = emulate(book_of(old, me="Me", today=date(1962, 1, 1)), "Me", horizon=30)
    assert trial.gifts.day.tolist() == [date(1961, 1, 1).toordinal()]
    assert trial.gifts.watched.tolist() == [30]


@pytest.mark.parametrize("horizon", [0, -5])
def test_a_horizon_is_a_day_at_least(horizon):
    with pytest.raises(OptionError, match="at least 1 day"):
        emulate(book_of([(START, "A", "B", 1)]), None, horizon=horizon)


def test_nothing_to_compare_is_no_error():
    for rows in ([], [(None, "A", "B", 1)], [(TODAY, "A", "B", 1)]):
        trial = emulate(book_of(rows, people=[{"person": "A"}]), None, horizon=10**12)
        assert not len(trial.gifts.day)
        assert np.isfinite(trial.sparse)
