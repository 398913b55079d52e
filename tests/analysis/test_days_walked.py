"""What hangs on a word, what a period held and what a lead may do, walked day by day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from statistics import median

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, ago, book_of

from refgraph.analysis.owing.hanging import FRESH_DAYS, SILENT_DAYS, seen, share_hanging
from refgraph.analysis.tending import chapter, trend
from refgraph.schema.values import NO_CONTACT

NAMES = "ABC"
PEOPLE = [{"person": name} for name in ("Me", *NAMES, "Quiet")]
SPAN = 260


@st.composite
def lives(draw, kinds=("call", "news", "thanks", "they-thanked-me", "mention")):
    """Draw referrals among three people and me, and touches that name one or two of them."""
    back = st.integers(0, SPAN)
    rows = []
    for _ in range(draw(st.integers(0, 9))):
        ends = draw(st.permutations(["Me", *NAMES]))[:2]
        day = draw(st.sampled_from([ago(draw(back))] * 6 + [None]))
        rows.append((day, *ends, draw(st.integers(1, 3))))
    touches = []
    for _ in range(draw(st.integers(0, 7))):
        person, other = draw(st.permutations([*NAMES, ""]).filter(lambda names: names[0]))[:2]
        more = {"with": other, "personal": draw(st.sampled_from([None, True, False]))}
        touches.append((ago(draw(back)), person, draw(st.sampled_from(kinds)), more))
    return rows, touches


def words_to(name, rows, touches):
    """Give the days of every word of mine to somebody, each with its kind."""
    words = {(day, "gift") for day, *ends, _ in rows if day and ends == ["Me", name]}
    for day, person, kind, more in touches:
        real = kind not in (*NO_CONTACT, "they-thanked-me") and more["personal"] is not False
        if real and name in (person, more["with"]):
            words.add((day, kind))
    return words


def walked(name, rows, touches, kinds):
    """Count fresh and silent days of one person, and what they sent on each, day after day."""
    words = words_to(name, rows, touches)
    sent = Counter()
    for day, *ends, count in rows:
        if day and ends == [name, "Me"]:
            sent[day] += count
    if not sent:
        return 0, 0, 0, 0
    begun = min([*sent, *(day for day, _ in words)])
    fresh = silent = fresh_days = silent_days = 0
    for passed in range(1, (TODAY - begun).days + 1):
        day = begun + timedelta(days=passed)
        last = max((word for word, _ in words if word < day), default=begun)
        chosen = [word for word, kind in words if word < day and (not kinds or kind in kinds)]
        if chosen and (day - max(chosen)).days <= FRESH_DAYS:
            fresh_days, fresh = fresh_days + 1, fresh + sent[day]
        if (day - last).days > SILENT_DAYS:
            silent_days, silent = silent_days + 1, silent + sent[day]
    return fresh, silent, fresh_days, silent_days


@given(lives(), st.sampled_from([(), ("news",), ("call", "gift")]))
def test_what_came_after_a_word_and_in_silence_is_counted_day_by_day(life, kinds):
    rows, touches = life
    found = seen(book_of(rows, me="Me", people=PEOPLE, touches=touches), "Me", kinds)
    of_each = [walked(name, rows, touches, kinds) for name in NAMES]
    assert found.fresh == sum(fresh for fresh, *_ in of_each)
    assert found.silent == sum(silent for _, silent, *_ in of_each)
    known = [each for each in of_each if each[2] + each[3]]
    after = sum(fresh * y / (x + y) for fresh, _, x, y in known)
    without = sum(silent * x / (x + y) for _, silent, x, y in known)
    assert (found.after, found.without) == pytest.approx((after, without))


@given(lives(), st.randoms(use_true_random=False))
def test_who_sends_nothing_tells_nothing_of_what_hangs_on_a_word(life, rng):
    rows, touches = life
    told = share_hanging(book_of(rows, me="Me", people=PEOPLE, touches=touches), "Me")
    more = [*touches, *((ago(days), "Quiet", "call", {}) for days in (5, 50, 200))]
    rows = [*rows, (ago(9), "Me", "Quiet", 2), (ago(7), "A", "Quiet", 1)]
    rng.shuffle(rows)
    rng.shuffle(more)
    assert share_hanging(book_of(rows, me="Me", people=PEOPLE, touches=more), "Me") == told
    assert 0 <= told <= 1


def month_by_month(rows, touches):
    """Give the measures of each month as they are defined, from the rows of that month alone."""
    mine = [row for row in rows if row[0] and "Me" in row[1:3]]
    if not mine:
        return {}
    first = min(row[0] for row in mine)
    months = pd.period_range(first, TODAY, freq="M")
    found = {}
    for month in months:
        gave, got, thanked, old, leaking = Counter(), Counter(), [], 0, 0
        for day, giver, receiver, count in mine:
            if pd.Period(day, "M") != month:
                continue
            (gave if giver == "Me" else got)[receiver if giver == "Me" else giver] += count
            if (TODAY - day).days > 30:
                old, leaking = old + count, leaking + count
            if receiver == "Me":
                days = [
                    (when - day).days
                    for when, person, kind, more in touches
                    if kind == "thanks" and giver in (person, more["with"]) and when >= day
                ]
                thanked += [min(days)] if days else []
        both = {name: min(gave[name], got[name]) for name in {*gave, *got}}
        total = sum(gave.values()) + sum(got.values())
        found[str(month)] = [
            sum(gave.values()),
            sum(got.values()),
            sum(value > 0 for value in both.values()),
            2 * sum(both.values()) / total if total else np.nan,
            median(thanked) if thanked else np.nan,
            leaking / old if old else np.nan,
        ]
    return found


@given(lives(kinds=("thanks", "call")))
def test_each_month_has_the_measures_of_its_own_rows(life):
    rows, touches = life
    book = book_of(rows, me="Me", people=PEOPLE, touches=touches)
    table = trend.by_period(book, by="month", samples=99).set_index("period")
    expected = month_by_month(rows, touches)
    assert table.index.tolist() == [*expected]
    for month, measures in expected.items():
        told = table.loc[month, [*trend.MEASURES]].tolist()
        assert told == pytest.approx(measures, nan_ok=True, abs=1e-6)


@given(lives(), st.permutations(NAMES), st.randoms(use_true_random=False))
def test_bands_and_halves_do_not_depend_on_names_or_rows(life, names, rng):
    rows, touches = life
    called = dict(zip(("Me", "", *NAMES), ("Me", "", *names), strict=True))
    renamed = [(day, called[a], called[b], 1) for day, a, b, n in rows for _ in range(n)]
    rng.shuffle(renamed)
    told = [
        (day, called[person], kind, more | {"with": called[more["with"]]})
        for day, person, kind, more in touches
    ]
    one = book_of(rows, me="Me", people=PEOPLE, touches=touches)
    other = book_of(renamed, me="Me", people=PEOPLE, touches=told)
    for question in (trend.by_period, trend.over_all):
        kept = [name for name in question(one, samples=99) if "days_to_thanks" not in name]
        kept.remove("beyond") if "beyond" in kept else None
        before, after = (question(each, samples=99)[kept] for each in (one, other))
        pd.testing.assert_frame_equal(after, before)


@st.composite
def chapters(draw):
    """Draw a chapter without a me: members of all roles, what they gave, and one-to-ones."""
    names = [f"M{at}" for at in range(5)]
    since = st.none() | st.integers(0, 300).map(ago)
    roles = st.sampled_from(["client", "partner", "", "prospect", "vendor"])
    people = [
        {"person": name, "role": draw(roles), "since": draw(since), "profession": name}
        for name in names
    ]
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        giver, receiver = draw(st.permutations(names))[:2]
        rows.append((ago(draw(st.integers(0, 400))), giver, receiver, 1))
    return people, rows


def since_of(person, people, rows):
    """Give the day somebody came: as told, or their first row, but for those of the first days."""
    told = {each["person"]: each["since"] for each in people}[person]
    first = min((row[0] for row in rows if person in row[1:3]), default=None)
    begun = min(row[0] for row in rows)
    return told or (first if first and (first - begun).days > chapter.NEW_DAYS else None)


@given(chapters())
def test_who_is_new_and_who_gave_nothing_of_late_is_found_member_by_member(drawn):
    people, rows = drawn
    table = chapter.lines(book_of(rows, people=people))
    expected = set()
    for each in people:
        name = each["person"]
        if each["role"] not in ("client", "partner", ""):
            continue
        came = since_of(name, people, rows)
        is_new = came is not None and (TODAY - came).days <= chapter.NEW_DAYS
        if is_new:
            expected.add(("welcome", name, (TODAY - came).days))
        gave = max((row[0] for row in rows if row[1] == name), default=None)
        days = (TODAY - gave).days if gave else 9999
        if days > chapter.GIFT_DAYS and not is_new:
            expected.add(("give again", name, days))
    told = table[table["lane"] != "one-to-one"]
    assert {*zip(told["lane"], told["person"], told["days"], strict=True)} == expected


@pytest.mark.parametrize(
    ("day", "until", "due"),
    [
        (ago(181), None, True),  # held so long ago
        (ago(180), None, False),
        (ago(200), ago(13), False),  # planned for a week that is not over
        (ago(200), ago(14), True),  # planned, and it was never held
        (ago(1), ago(-30), False),
    ],
)
def test_members_without_a_one_to_one_of_late_are_brought_together(day, until, due):
    people = [{"person": "Ann", "needs": ("roofer",)}, {"person": "Bo", "offers": ("roofer",)}]
    rows = [(ago(300), "Ann", "Cy", 1), (ago(300), "Bo", "Cy", 1), (ago(2), "Cy", "Ann", 1)]
    talk = (day, "Ann", "one-to-one", {"with": "Bo", "until": until})
    table = chapter.lines(book_of(rows, people=people, touches=[talk]))
    talks = table[table["lane"] == "one-to-one"]
    found = {*zip(talks["person"], talks["other"], talks["word"], strict=True)}
    assert found == ({("Ann", "Bo", "roofer"), ("Bo", "Ann", "roofer")} if due else set())
