"""Thanks, news and what is under way, against walks over rows and touches one by one."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, ago, book_of

from refgraph.analysis.owing import leaks
from refgraph.analysis.tending import asking, news
from refgraph.schema.values import NO_CONTACT

NAMES = "ABC"
STATUSES = ["given", "contacted", "met", "won", "lost"]


@st.composite
def records(draw):
    """Draw referrals of a few people and me that move, and touches about some of them."""
    back = st.integers(0, 90)
    rows = []
    for _ in range(draw(st.integers(0, 7))):
        giver, receiver = draw(st.permutations(["Me", *NAMES]))[:2]
        when, status = draw(back), draw(st.sampled_from(STATUSES))
        moved = None if status == "given" else draw(st.none() | st.integers(0, when).map(ago))
        more = {
            "status": status,
            "status_date": moved,
            "prospect": draw(st.sampled_from(["", "Z"])),
        }
        day = draw(st.sampled_from([ago(when)] * 5 + [None]))
        rows.append((day, giver, receiver, draw(st.integers(1, 3)), more))
    touches = []
    for _ in range(draw(st.integers(0, 8))):
        kinds = ["thanks", "thanks", "call", "email", "news", "mention", "concern", "resolved"]
        person, other = draw(st.permutations([*NAMES, ""]).filter(lambda names: names[0]))[:2]
        about = draw(st.sampled_from(["", "", *(f"r{at}" for at in range(len(rows)))]))
        more = {"with": other, "about": about}
        touches.append((ago(draw(back)), person, draw(st.sampled_from(kinds)), more))
    return rows, touches


def book_from(rows, touches, *, me="Me", today=TODAY):
    people = [{"person": name} for name in ("Me", *NAMES)]
    return book_of(rows, me=me, people=people, touches=touches, today=today)


def numbered(rows):
    return {f"r{at}": row for at, row in enumerate(rows)}


def thanked_on(touches, giver, identity, since):
    """Give the first day on which somebody was thanked for something of theirs."""
    days = [
        day
        for day, person, kind, more in touches
        if kind == "thanks"
        and day >= since
        and (more["about"] == identity or (not more["about"] and giver in (person, more["with"])))
    ]
    return min(days, default=None)


@given(records())
def test_whom_to_thank_is_found_by_walking_the_touches_of_each_referral(record):
    rows, touches = record
    due = {}
    for identity, (day, giver, receiver, count, _) in numbered(rows).items():
        if receiver == "Me" and day and thanked_on(touches, giver, identity, day) is None:
            due.setdefault(giver, []).append((day, count))
    table = leaks.thanks_due(book_from(rows, touches))
    order = sorted(due, key=lambda name: (-max(due[name])[0].toordinal(), name))
    assert table["person"].tolist() == order
    for row in table.itertuples():
        days = [day for day, _ in due[row.person]]
        assert row.referrals == sum(count for _, count in due[row.person])
        assert (row.since.date(), row.latest.date()) == (min(days), max(days))
        ever = [
            day
            for day, person, kind, more in touches
            if kind == "thanks" and row.person in (person, more["with"])
        ]
        assert (None if pd.isna(row.last_thanked) else row.last_thanked.date()) == max(
            ever, default=None
        )


def test_who_was_thanked_together_with_somebody_was_thanked():
    rows = [(ago(50), "Bo", "Me", 1), (ago(3), "Bo", "Me", 2)]
    both = [(ago(40), "Ann", "thanks", {"with": "Bo"})]
    table = leaks.thanks_due(book_from(rows, both))
    assert table["referrals"].tolist() == [2]
    assert table["last_thanked"].tolist() == [pd.Timestamp(ago(40))]


@given(records())
def test_what_is_under_way_is_found_by_walking_the_touches_about_each(record):
    rows, touches = record
    table = leaks.under_way(book_from(rows, touches)).set_index("id")
    expected = {}
    for identity, (day, giver, receiver, _, more) in numbered(rows).items():
        if not day or "Me" not in (giver, receiver) or more["status"] in ("won", "lost"):
            continue
        spoken = [
            when
            for when, _, kind, told in touches
            if told["about"] == identity and kind in leaks.FOLLOWING
        ]
        newest = max([more["status_date"] or day, *spoken])
        expected[identity] = (TODAY - newest).days, more["status"] != "given" or bool(spoken)
    found = zip(table["days_quiet"], table["contacted"], strict=True)
    assert dict(zip(table.index, found, strict=True)) == expected


@given(records(), st.integers(-1, 90))
def test_what_went_quiet_is_what_is_under_way_for_longer(record, days):
    rows, touches = record
    book = book_from(rows, touches)
    all_of, quiet = leaks.under_way(book), leaks.unresolved(book, days=days)
    assert len(quiet) == (all_of["days_quiet"] > days).sum()
    assert quiet["days_quiet"].is_monotonic_decreasing
    assert (quiet["days_quiet"] > days).all()
    together = [leaks.unresolved(book, name, days=days) for name in ["Me", *NAMES]]
    everybody = leaks.unresolved(book_from(rows, touches, me=None), days=days)
    assert sum(map(len, together)) == 2 * len(everybody)  # each has two ends


@given(records())
def test_whom_to_tell_is_found_by_walking_what_they_heard_since(record):
    rows, touches = record
    expected = set()
    for identity, (_, giver, receiver, _, more) in numbered(rows).items():
        if receiver != "Me" or more["status"] == "given" or not more["status_date"]:
            continue
        heard = any(
            day >= more["status_date"]
            and kind not in NO_CONTACT
            and told["about"] in ("", identity)
            and (told["about"] or giver in (person, told["with"]))
            for day, person, kind, told in touches
        )
        if not heard:
            expected.add((giver, identity, (TODAY - more["status_date"]).days))
    book = book_from(rows, touches)
    table = news.owed(book)
    told = [*zip(table["person"], table["id"], table["days"], strict=True)]
    assert told == sorted(expected, key=lambda row: (row[2], row[0], row[1]))
    undated = [
        count
        for _, _, receiver, count, more in rows
        if receiver == "Me" and more["status"] != "given" and not more["status_date"]
    ]
    assert news.undated(book) == sum(undated)


@given(records())
def test_a_concern_is_open_with_everybody_it_names_until_something_is_resolved(record):
    rows, touches = record
    book = book_from(rows, touches)
    expected = set()
    for name in NAMES:
        days = {
            wanted: max(
                (
                    day
                    for day, person, kind, more in touches
                    if kind == wanted and name in (person, more["with"])
                ),
                default=None,
            )
            for wanted in ("concern", "resolved")
        }
        if days["concern"] and not (days["resolved"] and days["resolved"] >= days["concern"]):
            expected.add(name)
    assert asking.open_concerns(book) == expected
    glad = [(TODAY, name, "they-thanked-me") for name in NAMES]
    named = book_from(rows, [*touches, *glad])
    assert {*asking.moments(named)["person"]} == {*NAMES} - expected


@given(records(), st.integers(1, 2_000), st.randoms(use_true_random=False))
def test_neither_the_calendar_nor_the_order_of_touches_counts(record, later, rng):
    rows, touches = record
    step = timedelta(days=later)
    moved = [
        (
            day and day + step,
            *ends,
            more | {"status_date": more["status_date"] and more["status_date"] + step},
        )
        for day, *ends, more in rows
    ]
    moved_touches = [(day + step, *rest) for day, *rest in touches]
    rng.shuffle(moved_touches)
    book = book_from(rows, touches)
    again = book_from(moved, moved_touches, today=TODAY + step)
    for told, keys in (
        (leaks.thanks_due, ["person", "referrals"]),
        (leaks.unresolved, ["giver", "receiver", "status", "days_quiet"]),
        (news.owed, ["person", "id", "days"]),
    ):
        assert told(again)[keys].to_dict("list") == told(book)[keys].to_dict("list")
