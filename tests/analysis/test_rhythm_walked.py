"""Contact on a rhythm and silence beyond it, against walks over each person's days one by one."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate, pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, ago, book_of

from refgraph.analysis.tending import rhythm
from refgraph.schema.values import NO_CONTACT

KNOWN = {"A": "monthly", "B": "quarterly", "C": "yearly", "D": ""}
PEOPLE = [{"person": name, "cadence": cadence} for name, cadence in {"Me": "", **KNOWN}.items()]
LIMITS = {"monthly": (30, 45), "quarterly": (90, 120), "yearly": (365, 400)}


@st.composite
def lives(draw):
    """Draw referrals and touches among four people and me, on days that often are the same."""
    back = st.integers(0, 60) | st.integers(0, 450)
    ends = st.permutations(["Me", *KNOWN]).map(lambda names: tuple(names[:2]))
    day = st.none() | back.map(ago)
    rows = draw(st.lists(st.tuples(day, ends), max_size=8))
    touches = []
    for _ in range(draw(st.integers(0, 10))):
        kind = draw(st.sampled_from(["call", "email", "value", "thanks", "mention", "snooze"]))
        person, other = draw(st.permutations([*KNOWN, ""]).filter(lambda names: names[0]))[:2]
        when = draw(back)
        more = {"with": other, "personal": draw(st.sampled_from([None, True, False]))}
        if kind == "snooze" and draw(st.booleans()):
            more["until"] = ago(when - draw(st.integers(1, 90)))
        touches.append((ago(when), person, kind, more))
    return [(when, *pair, 1) for when, pair in rows], touches


def real_and_sent(rows, touches, name):
    """Give the days of contact with somebody: the real ones, and the automated ones."""
    real = {day for day, *ends, _ in rows if day and {*ends} == {"Me", name}}
    sent = set()
    for day, person, kind, more in touches:
        by_hand = more["personal"] is not False
        is_contact = kind not in NO_CONTACT or (kind == "value" and by_hand)
        if name in (person, more["with"]) and is_contact:
            (real if by_hand else sent).add(day)
    return real, sent


def counted_from(real, sent):
    """Give the day counted from: of automated ones after all that was real only the first."""
    last = max(real, default=None)
    later = [day for day in sent if last is None or day > last]
    return min(later, default=last)


def snoozed_until(touches, name):
    last = max(
        (
            (day, more.get("until") or day + timedelta(days=30))
            for day, person, kind, more in touches
            if kind == "snooze" and person == name
        ),
        default=(None, TODAY),
    )[1]
    return last if last > TODAY else None


def states_of(table):
    return dict(zip(table["person"], table["state"], strict=True))


@given(lives())
def test_whom_the_rhythm_asks_for_is_found_by_walking_their_days(life):
    rows, touches = life
    table = rhythm.contact(book_of(rows, me="Me", people=PEOPLE, touches=touches))
    assert table["person"].tolist() == ["A", "B", "C"]
    for row in table.itertuples():
        real, sent = real_and_sent(rows, touches, row.person)
        last, ends = counted_from(real, sent), LIMITS[KNOWN[row.person]]
        until = snoozed_until(touches, row.person)
        assert (row.ideal, row.limit) == ends
        assert (None if pd.isna(row.last) else row.last.date()) == last
        assert (None if pd.isna(row.personal) else row.personal.date()) == max(real, default=None)
        assert (None if pd.isna(row.until) else row.until.date()) == until
        days = (TODAY - last).days if last else -1
        passed = "limit" if days > ends[1] else "ideal" if days > ends[0] else "ok"
        assert row.state == ("snoozed" if until else passed)
        assert pd.isna(row.days) if last is None else row.days == days


@given(lives(), st.integers(1, 3_000), st.randoms(use_true_random=False))
def test_neither_the_calendar_nor_the_order_of_rows_nor_others_count(life, later, rng):
    """A person of whom nothing is asked, and what passes between others, changes no state."""
    rows, touches = life
    told = states_of(rhythm.contact(book_of(rows, me="Me", people=PEOPLE, touches=touches)))
    step = timedelta(days=later)
    moved = [(day and day + step, *rest) for day, *rest in rows]
    moved += [(TODAY, "Xenia", "A", 3), (TODAY, "B", "Xenia", 1)]
    moved_touches = [
        (
            day + step,
            person,
            kind,
            more | ({"until": more["until"] + step} if "until" in more else {}),
        )
        for day, person, kind, more in touches
    ]
    moved_touches += [(TODAY, "Xenia", "call", {})]
    rng.shuffle(moved)
    rng.shuffle(moved_touches)
    again = book_of(moved, me="Me", people=PEOPLE, touches=moved_touches, today=TODAY + step)
    assert states_of(rhythm.contact(again)) == told


@given(lives(), st.sampled_from([*KNOWN]))
def test_a_call_of_today_makes_anybodys_rhythm_good(life, name):
    rows, touches = life
    touches = [*touches, (TODAY, name, "call", {"with": "", "personal": True})]
    table = rhythm.contact(book_of(rows, me="Me", people=PEOPLE, touches=touches))
    mine = table[table["person"] == name]
    assert mine["state"].isin(["ok", "snoozed"]).all()
    assert (mine["days"] == 0).all()


def quiet_by_walking(days, today):
    """Tell the usual gap and the silence of whoever is quiet, from the days they sent."""
    days = sorted({*days})
    gaps = [(later - sooner).days for sooner, later in pairwise(days)]
    if len(gaps) < rhythm.LEAST_GAPS:
        return None
    now, half = (today - days[-1]).days, sum(gaps) / 2
    ordered = sorted(gaps)
    usual = next(
        gap for gap, so_far in zip(ordered, accumulate(ordered), strict=True) if so_far >= half
    )
    return (usual, now) if now > 2.5 * usual and now > 1.25 * max(gaps) else None


@given(
    st.dictionaries(
        st.sampled_from("ABC"),
        st.tuples(
            st.integers(0, 400), st.lists(st.integers(0, 40) | st.integers(0, 9), max_size=9)
        ),
    ),
    st.randoms(use_true_random=False),
)
def test_who_went_quiet_is_found_by_walking_their_days(lives_of, rng):
    sent = {
        name: [ago(now + later) for later in accumulate(gaps, initial=0)]
        for name, (now, gaps) in lives_of.items()
    }
    rows = [(day, name, "Me", 1 + at % 3) for name in sent for at, day in enumerate(sent[name])]
    rows += [(None, "A", "Me", 1), (ago(1), "A", "B", 1), (ago(1), "Me", "A", 1)]
    rng.shuffle(rows)
    found = {name: quiet_by_walking(days, TODAY) for name, days in sent.items()}
    table = rhythm.quiet(book_of(rows, me="Me"))
    assert table["person"].tolist() == sorted(name for name, told in found.items() if told)
    for row in table.itertuples():
        assert (row.usual, row.now) == found[row.person]
        assert row.last.date() == max(sent[row.person])


@pytest.mark.parametrize(("silent", "named"), [(75, False), (76, True)])
def test_silence_is_longer_than_two_and_a_half_usual_gaps_and_a_quarter_over_the_longest(
    silent, named
):
    """Usual is 30: of 200 days half lie in gaps of 30 or less. The longest of 60 gives 75."""
    gaps = [10, 20, 20, 30, 30, 30, 60]
    days = [ago(silent + later) for later in accumulate(gaps, initial=0)]
    table = rhythm.quiet(book_of([(day, "Ann", "Me", 1) for day in days], me="Me"))
    assert (table["person"].tolist() == ["Ann"]) is named
    assert table["usual"].tolist() == [30.0] * named
