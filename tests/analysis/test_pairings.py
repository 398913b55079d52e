"""Pairings: by hand, as laws, against trying every plan, and on the chapter."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import AWKWARD, TODAY, book_of, names

from refgraph import Book, introductions, pairings
from refgraph.analysis.pairing.calendar import calendars, file_names
from refgraph.analysis.pairing.edge_colouring import colour
from refgraph.analysis.pairing.meeting_worth import GROUPS, LONG_AGO, NEED, ONE_WAY, MeetingWorth
from refgraph.analysis.pairing.most_worth import best_rounds
from refgraph.analysis.pairing.rounds import choose_rounds, greedy, most_weeks, round_robin
from refgraph.errors import OptionError

CHAPTER = Path(__file__).parents[2] / "data" / "chapter"


def worth_of(worth, weeks):
    return sum(int(worth[pair]) for week in weeks for pair in week)


@st.composite
def halls(draw, most=9, weeks=None):
    """What meetings of some people are worth, and who is there in which week."""
    people = draw(st.integers(2, most))
    cells = st.integers(0, 9) | st.sampled_from([0, 100, 701])
    upper = draw(st.lists(cells, min_size=people**2, max_size=people**2))
    worth = np.triu(np.array(upper).reshape(people, people), 1)
    number = draw(st.integers(1, min(weeks or people, most_weeks(people))))
    away = draw(st.sets(st.tuples(st.integers(0, number - 1), st.integers(0, people - 1))))
    present = np.ones((number, people), bool)
    for place in away if draw(st.booleans()) else ():
        present[place] = False
    return worth + worth.T, present


# ------------------------------------------------------------------------------ laws


@given(halls(most=14))
def test_no_pair_meets_twice_and_nobody_has_two_meetings_in_a_week(hall):
    worth, present = hall
    chosen = choose_rounds(worth, present)
    every = [pair for week in chosen.weeks for pair in week]
    assert len(every) == len(set(every))
    for week, there in zip(chosen.weeks, present, strict=True):
        people = [person for pair in week for person in pair]
        assert len(people) == len(set(people))
        assert all(there[person] for person in people)
        assert all(one < other for one, other in week)
    assert chosen.worth == worth_of(worth, chosen.weeks) <= chosen.bound


@given(halls(most=14))
def test_it_is_never_worse_than_a_round_robin_and_the_best_week_after_the_best(hall):
    worth, present = hall
    chosen = choose_rounds(worth, present)
    for other in (round_robin(present), greedy(worth, present)):
        number = sum(map(len, other))
        assert sum(map(len, chosen.weeks)) >= number
        if number == sum(map(len, chosen.weeks)):
            repeated = _alone_again(chosen.weeks, present) - _alone_again(other, present)
            assert repeated < 0 or (repeated == 0 and chosen.worth >= worth_of(worth, other))


def _alone_again(weeks, present):
    """Count how often somebody who is there sits out again."""
    alone = np.zeros(present.shape[1], int)
    for week, there in zip(weeks, present, strict=True):
        alone += there
        for pair in week:
            alone[list(pair)] -= 1
    return int(np.maximum(alone - 1, 0).sum())


@given(st.integers(2, 13), st.data())
def test_when_nobody_is_away_everybody_meets_or_sits_out_once(people, data):
    weeks = data.draw(st.integers(1, most_weeks(people)))
    cells = data.draw(st.lists(st.integers(0, 5), min_size=people**2, max_size=people**2))
    worth = np.triu(np.array(cells).reshape(people, people), 1)
    chosen = choose_rounds(worth + worth.T, np.ones((weeks, people), bool))
    assert {len(week) for week in chosen.weeks} == {people // 2}
    assert _alone_again(chosen.weeks, np.ones((weeks, people), bool)) == 0


@given(halls())
def test_colouring_keeps_to_the_pairs_and_to_who_is_there(hall):
    worth, present = hall
    pairs = [tuple(pair) for pair in np.argwhere(np.triu(worth > 4, 1)).tolist()]
    weeks = colour(pairs, present)
    placed = [pair for week in weeks for pair in week]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(pairs)
    for week, there in zip(weeks, present, strict=True):
        people = [person for pair in week for person in pair]
        assert len(people) == len(set(people))
        assert all(there[person] for person in people)


# ---------------------------------------------------------------------------- oracle


def plainly(worth, present):
    """Give the most meetings, first-time sitting out and worth, by trying every plan."""
    people = present.shape[1]

    def matchings(there, taken):
        if not there:
            yield ()
            return
        one, *others = there
        yield from matchings(others, taken)
        for other in others:
            if (one, other) not in taken:
                rest = [each for each in others if each != other]
                yield from (((one, other), *more) for more in matchings(rest, taken))

    @cache
    def best(week, taken, alone):
        if week == len(present):
            return (0, 0, 0)
        there = np.flatnonzero(present[week]).tolist()
        found = []
        for pairs in matchings(there, taken):
            out = set(there) - {person for pair in pairs for person in pair}
            odd = len(there) % 2
            first = sorted(out - alone)[: len(out)]
            for sits in first if odd and first else [None]:
                more = alone | {sits} if sits is not None else alone
                rest = best(week + 1, taken | frozenset(pairs), frozenset(more))
                gained = (len(pairs), int(sits is not None), sum(int(worth[p]) for p in pairs))
                found.append(tuple(a + b for a, b in zip(gained, rest, strict=True)))
        # One more meeting counts three, one who sits out for the first time two.
        return max(found, key=lambda each: (3 * each[0] + 2 * each[1], each[2]))

    assert people <= 6
    return best(0, frozenset(), frozenset())


@given(halls(most=5, weeks=3))
def test_few_people_have_the_best_plan_there_is(hall):
    worth, present = hall
    meetings, _, most = plainly(worth, present)
    chosen = choose_rounds(worth, present)
    assert (sum(map(len, chosen.weeks)), chosen.worth) == (meetings, most)


@pytest.mark.parametrize("weeks", [1, 2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_six_people_have_the_best_plan_there_is(weeks, seed):
    worth = np.triu(np.random.default_rng(seed).integers(0, 9, (6, 6)), 1)
    worth += worth.T
    present = np.ones((weeks, 6), bool)
    chosen = choose_rounds(worth, present)
    assert (weeks * 3, weeks * 0, chosen.worth) == plainly(worth, present)
    exact, is_best = best_rounds(worth + 100, present)
    assert is_best
    assert worth_of(worth, exact) == chosen.worth <= chosen.bound


# --------------------------------------------------------------------------- by hand

PEOPLE = [
    {"person": "Ann", "group": "Trades", "needs": ("tax",)},
    {"person": "Bo", "group": "Money", "offers": ("tax",)},
    {"person": "Cy", "group": "Trades"},
    {"person": "Dee", "group": "Money"},
]


def test_each_reason_counts_what_it_says():
    rows = [(TODAY - timedelta(days=9), "Cy", "Ann", 2, {})]
    touches = [(TODAY - timedelta(days=73), "Ann", "one-to-one", {"with": "Dee"})]
    worth = MeetingWorth.of(
        book_of(rows, people=PEOPLE, touches=touches), ["Ann", "Bo", "Cy", "Dee"]
    )
    matrix = worth.matrix()
    assert matrix[0, 1] == 1 + NEED + GROUPS + LONG_AGO
    assert matrix[0, 2] == 1 + ONE_WAY + LONG_AGO
    assert matrix[0, 3] == 1 + GROUPS + LONG_AGO * 73 // 365
    assert matrix[1, 3] == 1 + LONG_AGO
    assert (matrix == matrix.T).all()
    assert worth.why(1, 0) == (
        "Ann needs tax, which Bo offers; no referral ever went between Money and Trades; "
        "no meeting of the two is on record"
    )
    assert worth.why(0, 2).startswith(
        "of the two, only Cy referred to the other so far, 2 referrals; "
    )
    assert worth.why(0, 3).endswith("; they last met 73 days ago")


def test_a_planned_meeting_is_no_contact_and_is_not_planned_again():
    rows = [(TODAY - timedelta(days=9), "Cy", "Ann", 1, {})]
    touch = (TODAY, "Ann", "one-to-one", {"with": "Bo"})
    plan = (*touch[:3], {"with": "Bo", "until": TODAY + timedelta(days=20)})
    planned = book_of(rows, people=PEOPLE, touches=[plan])
    assert planned.contacts.empty
    assert len(book_of(rows, people=PEOPLE, touches=[touch]).contacts) == 2
    worth = MeetingWorth.of(planned, ["Ann", "Bo"])
    assert worth.matrix()[0, 1] == 1
    assert worth.why(0, 1).endswith("they are to meet anyway")


def test_who_needs_what_another_offers_meets_first():
    chosen = pairings.plan(book_of([], people=PEOPLE), weeks=1)
    assert chosen.table[["week", "a", "b"]].to_numpy().tolist() == [
        [1, "Ann", "Bo"],
        [1, "Cy", "Dee"],
    ]


def test_of_three_each_sits_out_once_and_then_everybody_has_met():
    chosen = pairings.plan(book_of([], people=PEOPLE[:3]), weeks=12)
    alone = chosen.table[chosen.table["b"] == ""]
    assert sorted(alone["a"]) == ["Ann", "Bo", "Cy"]
    assert (chosen.weeks, len(chosen.meetings)) == (3, 3)


def test_who_is_away_meets_nobody_in_these_weeks():
    book = book_of([], people=PEOPLE)
    some = pairings.plan(book, weeks=3, absent={"Ann": {2}}).meetings
    assert set(some.loc[(some["a"] == "Ann") | (some["b"] == "Ann"), "week"]) == {1, 3}
    never = pairings.plan(book, weeks=3, absent={"Ann": ()}).table
    assert "Ann" not in {*never["a"], *never["b"]}


def test_weeks_start_on_the_monday_of_next_week_or_of_the_day_asked_for():
    book = book_of([], people=PEOPLE).altered(today=date(2026, 10, 1))
    assert str(pairings.plan(book, weeks=1).table["date"][0].date()) == "2026-10-05"
    later = pairings.plan(book, weeks=2, start=date(2026, 11, 12)).table
    assert sorted({str(day.date()) for day in later["date"]}) == ["2026-11-09", "2026-11-16"]


def test_clients_and_vendors_take_no_part_but_me():
    people = [
        {"person": "Me", "role": "other"},
        {"person": "Ann", "role": "client"},
        {"person": "Bo", "role": "partner"},
        {"person": "Cy", "role": "vendor"},
        {"person": "Dee"},
    ]
    assert pairings.members(book_of([], me="Me", people=people)) == ["Bo", "Dee", "Me"]


@given(st.permutations(PEOPLE), st.randoms())
def test_the_order_of_rows_changes_nothing(people, random):
    rows = [(TODAY - timedelta(days=n), a, b, 1, {}) for n, (a, b) in enumerate([("Ann", "Dee")])]
    rows += [(TODAY - timedelta(days=3), "Cy", "Bo", 1, {})]
    first = pairings.plan(book_of(rows, people=PEOPLE), weeks=3).table
    random.shuffle(rows)
    assert first.equals(pairings.plan(book_of(rows, people=people), weeks=3).table)


# ------------------------------------------------------------------------ the chapter


@pytest.fixture(scope="module")
def chapter():
    book = Book.read(CHAPTER)
    return book, pairings.plan(book)


def test_in_the_chapter_all_who_could_be_introduced_meet_and_most_one_way_pairs(chapter):
    book, chosen = chapter
    met = {frozenset(pair) for pair in zip(chosen.meetings["a"], chosen.meetings["b"], strict=True)}
    assert len(met) == 192
    best = introductions.rank(book)
    wanted = [frozenset(pair) for pair in zip(best["person"], best["introduce_to"], strict=True)]
    assert len(wanted) == 8
    assert set(wanted) <= met
    G = book.graph()
    one_way = {frozenset(tie) for tie in G.edges if not G.has_edge(*tie[::-1])}
    assert (len(one_way), chosen.reasons["one_way"]) == (150, (len(one_way & met), 150))
    assert len(one_way & met) >= 135
    assert chosen.worth >= 0.98 * chosen.bound


def test_each_member_has_a_calendar_with_all_their_meetings(chapter):
    book, chosen = chapter
    files = dict(calendars(book, chosen))
    assert len(files) == 32
    for content in files.values():
        assert content.count("BEGIN:VEVENT\r\n") == content.count("END:VEVENT\r\n") == 12
        assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
        assert content.replace("\r\n", "").isprintable()


def test_a_calendar_holds_names_as_data():
    called = sorted({*AWKWARD} - {"ann"})
    book = book_of([], people=[{"person": name} for name in called[: len(called) // 2 * 2]])
    files = dict(calendars(book, pairings.plan(book, weeks=2)))
    assert all(Path(name).name == name and name.endswith(".ics") for name in files)
    whole = "".join(content.replace("\r\n ", "") for content in files.values())
    for name in pairings.members(book):
        said = name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        assert whole.count(f"SUMMARY:One-to-one with {said}\r\n") == 2


@given(st.lists(names(), unique=True, max_size=12))
def test_file_names_differ_and_stay_in_the_folder(people):
    files = file_names(people)
    assert len({*files.values()}) == len(people)
    assert all(name[0].isdigit() and not {*"/\\:\0"} & {*name} for name in files.values())


# --------------------------------------------------------------------------- failures


def test_what_cannot_be_planned_is_said():
    book = book_of([], people=PEOPLE)
    with pytest.raises(OptionError, match="at least 1, not 0"):
        pairings.plan(book, weeks=0)
    with pytest.raises(OptionError, match="no group 'Moon' in this book: Money, Trades"):
        pairings.plan(book, group="Moon")
    crowd = book_of([], people=[{"person": f"P{n}"} for n in range(pairings.LARGEST + 1)])
    with pytest.raises(OptionError, match="201 people are too many to pair"):
        pairings.plan(crowd)


@pytest.mark.parametrize("people", [[], PEOPLE[:1]])
def test_without_two_people_there_is_nothing_to_plan(people):
    chosen = pairings.plan(book_of([], people=people))
    assert (len(chosen.table), chosen.weeks, chosen.worth, chosen.bound) == (0, 0, 0, 0)


def test_pairs_of_the_plan_are_of_all_pairs(chapter):
    book, chosen = chapter
    people = pairings.members(book)
    every = set(combinations(people, 2))
    assert {*zip(chosen.meetings["a"], chosen.meetings["b"], strict=True)} <= every


@pytest.mark.parametrize("away", [0.0, 0.1])
@pytest.mark.parametrize("people", [8, 31, 32])
def test_the_gap_to_the_bound_is_at_most_two_percent_and_it_takes_two_seconds(people, away):
    random = np.random.default_rng(people)
    worth = 1 + random.integers(0, 101, (people, people))
    worth += 300 * (random.random(worth.shape) < 0.3) + 600 * (random.random(worth.shape) < 0.03)
    worth = np.triu(worth, 1) + np.triu(worth, 1).T
    present = random.random((min(12, most_weeks(people)), people)) >= away
    start = process_time()
    chosen = choose_rounds(worth, present)
    assert process_time() - start < 2
    assert 0.98 * chosen.bound <= chosen.worth <= chosen.bound
    assert chosen.worth >= worth_of(worth, greedy(worth, present))
    assert chosen.worth >= worth_of(worth, round_robin(present))


def test_who_has_referrals_and_no_row_of_their_own_is_told_and_who_was_only_called_is_not():
    people = [{"person": name} for name in ("Ann", "Bo")]
    rows = [(TODAY, "Ann", "Cy", 1), (TODAY, "Di", "Bo", 1)]
    touches = [(TODAY, "Eve", "call")]
    assert pairings.unlisted(book_of(rows, people=people, touches=touches)) == ["Cy", "Di"]
    assert pairings.unlisted(book_of(rows)) == []  # where nobody is listed, nobody is missing
