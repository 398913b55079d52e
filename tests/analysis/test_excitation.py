"""What follows gifts beyond what comes anyway: against the same turns written as loops."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ago, book_of, dated_rows

from refgraph.analysis.returning import excitation
from refgraph.analysis.returning.excitation import BINS, fit
from refgraph.analysis.returning.occasions import ANSWERS, occasions
from refgraph.analysis.returning.spells import come_so_far, watched_parts
from refgraph.analysis.statistics.sorting import numbered

ROUNDS, PRIOR, MOST = 20, 0.3, 6  # turns; what a gift returns where nothing is known


class Loops:
    """The same estimate, one occasion at a time."""

    def __init__(self, seen, half_life):
        self.seen, self.horizon = seen, seen.horizon
        self.every = range(len(seen.day))
        self.day, self.today = seen.day.tolist(), seen.today
        self.giver, self.receiver = seen.giver.tolist(), seen.receiver.tolist()
        self.age = [self.today - day for day in self.day]
        self.weight = [2 ** (-age / half_life) for age in self.age]
        oldest = max(self.age, default=0)
        self.watched = half_life / log(2) * (1 - 2 ** (-oldest / half_life)) + 1
        self.first = min(self.day, default=self.today)
        self.before = [min(before, MOST) for before in seen.before.tolist()]
        self.state = seen.state.tolist()
        self.follow = [
            (one, two, min((self.day[two] - self.day[one] - 1) * BINS // self.horizon, BINS - 1))
            for two in self.every
            for one in self.every
            if self.giver[one] == self.receiver[two]
            and self.receiver[one] == self.giver[two]
            and 1 <= self.day[two] - self.day[one] <= self.horizon
        ]
        part = self.horizon / BINS
        self.passed = [
            [min(max(age - at * part, 0), part) / part for at in range(BINS)] for age in self.age
        ]

    def in_part(self, one, two):
        return min((self.day[two] - self.day[one] - 1) * BINS // self.horizon, BINS - 1)

    def learn_spells(self, same, comes):
        """Make anew how much follows in the same direction, when, and after how many before."""
        by_part, by_before = [3 / BINS] * BINS, [0.0] * (MOST + 1)
        for (one, two), by in zip(same, comes, strict=True):
            by_part[self.in_part(one, two)] += by
            by_before[self.before[one]] += by
        self.spell = [one / sum(by_part) for one in by_part]
        so_far = [w * min(a / self.horizon, 1) for w, a in zip(self.weight, self.age, strict=True)]
        watched = sum(far * left for far, left in zip(so_far, self.left, strict=True))
        self.clustered = sum(comes) / (watched + 30)
        wears = self.fitting(by_before, so_far)
        self.left = [wears**before for before in self.before]

    def fitting(self, came, expected, before=None):
        before = self.before if before is None else before
        """Choose what is left with each earlier one, near 1 by a prior."""

        def fits(left):
            level = sum(expected[at] * left ** before[at] for at in self.every)
            told = sum(amount * before * log(left) for before, amount in enumerate(came))
            return told - sum(came) * log(max(level, 1e-6)) - (log(left) / 0.3) ** 2 / 2

        return max(np.linspace(0.3, 1.1, 33).tolist(), key=fits)

    def beside_usual(self, at, anyway):
        days = self.today - self.first + 1
        reach = min(self.horizon, days)
        mine = [one for one in self.every if self.giver[one] == self.giver[at] and one != at]
        near = [one for one in mine if abs(self.day[one] - self.day[at]) <= reach]
        start, end = max(self.day[at] - reach, self.first), min(self.day[at] + reach, self.today)
        around, every = (max(sum(anyway[one] for one in of), 0) for of in (near, mine))
        return (around + 3) / (every * (end - start + 1) / days + 3)

    def own_rate(self, at, left, *, but_one=False):
        same = [self.giver[one] == self.giver[at] for one in self.every]
        to = [self.receiver[one] == self.receiver[at] for one in self.every]
        mine = sum(left[one] for one in self.every if same[one] and to[one])
        mine = max(mine - left[at], 0) if but_one else mine
        gave = sum(left[one] for one in self.every if same[one])
        got = sum(left[one] for one in self.every if to[one])
        usual = gave * got / max(sum(left), 1e-6) / self.watched
        return max((mine + 180 * usual) / (self.watched + 180), 1e-6)

    def busy(self, at, same):
        """Rate at which an occasion was to be expected in the midst of a spell."""
        ends = [one for one, two in same if two == at]
        ends += [one for one, two, _ in self.follow if two == at]
        of = [self.spell[self.in_part(one, at)] * self.left[one] for one in ends]
        return self.clustered * BINS / self.horizon * sum(of)

    def run(self):
        number, part = len(self.day), self.horizon / BINS
        share, by_state, worn = [1 / BINS] * BINS, [1.0] * 3, [1.0] * number
        strength, overall = [PRIOR] * number, PRIOR
        caused, follows = [0.0] * number, [0.0] * number
        self.clustered, self.spell, self.left = 0.02, [1 / BINS] * BINS, [1.0] * number
        same = [
            (one, two)
            for two in self.every
            for one in self.every
            if (self.giver[one], self.receiver[one]) == (self.giver[two], self.receiver[two])
            and 1 <= self.day[two] - self.day[one] <= self.horizon
        ]
        for turn in range(ROUNDS):
            anyway = [1 - caused[at] - follows[at] for at in self.every]
            left = [self.weight[at] * anyway[at] for at in self.every]
            busy = [self.busy(at, same) for at in self.every]
            background = [
                self.own_rate(at, left) * self.beside_usual(at, anyway) + busy[at]
                for at in self.every
            ]
            fresh = [1 - one for one in caused]
            factor = [by_state[self.state[at]] * worn[at] * fresh[at] for at in self.every]
            excited = [
                strength[one] * factor[one] * share[within] / part for one, _, within in self.follow
            ]
            total = list(background)
            for (_, two, _), by in zip(self.follow, excited, strict=True):
                total[two] += by
            caused, brought, by_part = [0.0] * number, [0.0] * number, [0.0] * BINS
            for (one, two, within), by in zip(self.follow, excited, strict=True):
                caused[two] += by / total[two]
                brought[one] += self.weight[two] * by / total[two]
                by_part[within] += self.weight[two] * by / total[two]
            follows = [busy[at] / total[at] for at in self.every]
            if turn:
                now = [self.spell[self.in_part(*two)] * self.left[two[0]] for two in same]
                comes = [
                    by * self.clustered / part * self.weight[two] / total[two]
                    for by, (_, two) in zip(now, same, strict=True)
                ]
                self.learn_spells(same, comes)
            mass = [self.weight[at] * np.dot(self.passed[at], share) for at in self.every]
            held = [mass[at] * strength[at] * fresh[at] for at in self.every]
            by_state = self.states(brought, held, worn, overall)
            before = self.gifts_before(fresh)
            wear = self.wear(brought, held, by_state, before)
            worn = [wear**one for one in before]
            factor = [by_state[self.state[at]] * worn[at] * fresh[at] for at in self.every]
            mass = [mass[at] * factor[at] for at in self.every]
            overall = (sum(brought) + PRIOR) / (sum(mass) + 1)
            strength = [self.strength(at, brought, mass, overall) for at in self.every]
            made = [self.weight[at] * strength[at] * factor[at] for at in self.every]
            share = [
                (by_part[within] + 2)
                / (sum(made[at] * self.passed[at][within] for at in self.every) + 2)
                for within in range(BINS)
            ]
            share = [one / sum(share) for one in share]
        background = [
            self.own_rate(at, left, but_one=True) * self.beside_usual(at, anyway) + busy[at]
            for at in self.every
        ]
        answers = [at for at in self.every if self.state[at] == ANSWERS]
        weight = sum(self.weight[at] for at in answers)
        by_state[ANSWERS] *= (sum(self.weight[at] * (1 - caused[at]) for at in answers) + 1) / (
            weight + 1
        )
        self.__dict__.update(
            background=background, caused=caused, strength=strength, share=share, tired=self.left,
            by_state=by_state, wear=wear, overall=overall, factor=factor,
        )  # fmt: skip
        return self

    def states(self, brought, held, worn, overall):
        found = []
        for state in range(3):
            of = [at for at in self.every if self.state[at] == state]
            expected = sum(held[at] * worn[at] for at in of)
            came = sum(brought[at] for at in of)
            found.append((came + 8 * overall) / (expected + 8 * overall))
        return [min(one / found[0], 1.2) for one in found]

    def gifts_before(self, fresh):
        """Of the earlier occasions of the same two, those that are no returns."""
        mine = zip(self.giver, self.receiver, self.day, strict=True)
        every = list(zip(self.every, mine, strict=True))
        return [
            min(sum(fresh[at] for at, (a, b, t) in every if (a, b) == (i, j) and t < day), MOST)
            for _, (i, j, day) in every
        ]

    def wear(self, brought, held, by_state, before):
        expected = [held[at] * by_state[self.state[at]] for at in self.every]
        came = [0.0] * (MOST + 1)
        for at in self.every:
            came[round(before[at])] += brought[at]
        return self.fitting(came, expected, [round(one) for one in before])

    def strength(self, at, brought, mass, overall):
        to = [one for one in self.every if self.receiver[one] == self.receiver[at]]
        both = [one for one in to if self.giver[one] == self.giver[at]]
        of_partner = (sum(brought[one] for one in to) + 1.5) / (
            sum(mass[one] for one in to) + 1.5 / overall
        )
        of_pair = (sum(brought[one] for one in both) + 1) / (
            sum(mass[one] for one in both) + 1 / of_partner
        )
        return min(of_pair, 1.0)


def three_people():
    """Rows of three people who refer to each other often."""
    pairs = [(a, b) for a in "ABC" for b in "ABC" if a != b]
    row = st.tuples(st.integers(0, 300).map(ago), st.sampled_from(pairs))
    rows = st.lists(row, min_size=4, max_size=16, unique=True)
    return rows.map(lambda drawn: [(day, *pair, 1) for day, pair in drawn])


@settings(max_examples=25)
@given(
    rows=three_people(),
    horizon=st.sampled_from([12, 60, 180]),
    half_life=st.sampled_from([90.0, 730.0]),
)
def test_it_is_what_loops_over_occasions_find(rows, horizon, half_life):
    seen = occasions(book_of(rows), horizon=horizon)
    found, plain = fit(seen, half_life=half_life), Loops(seen, half_life).run()
    for name in ("background", "caused", "strength", "share", "by_state", "factor", "spell"):
        np.testing.assert_allclose(getattr(found, name), getattr(plain, name), rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(found.tired, plain.tired)
    for name in ("wear", "clustered", "overall"):
        assert getattr(found, name) == pytest.approx(getattr(plain, name), rel=1e-7)


@settings(max_examples=25)
@given(rows=dated_rows())
def test_each_referral_is_shared_out_once(rows):
    found = fit(occasions(book_of(rows)), half_life=730)
    assert ((found.caused >= 0) & (found.caused < 1)).all()
    assert (found.background > 0).all()
    assert ((found.strength > 0) & (found.strength <= 1)).all()
    assert found.share.sum() == pytest.approx(1)
    assert 0.3 <= found.wear <= 1.1
    assert (found.by_state <= 1.2).all()


def exchanges(pairs, lag, *, gap=260, times=4):
    """Give rows: in each pair one gives, and the other gives back after so many days, or never."""
    rows = []
    for at in range(pairs):
        for turn in range(times):
            day = 40 + gap * turn + 7 * at % 31
            rows.append((ago(day + 180), f"G{at}", f"R{at}", 1))
            if lag is not None:
                rows.append((ago(day + 180 - lag), f"R{at}", f"G{at}", 1))
    return rows


def test_gifts_that_are_always_followed_bring_much_and_others_nothing():
    always = fit(occasions(book_of(exchanges(20, 20))), half_life=730)
    assert always.overall > 0.7
    assert always.share[0] > 0.5
    never = fit(occasions(book_of(exchanges(6, None))), half_life=730)
    assert never.overall < 0.05
    assert never.caused.max() == 0


def bursts(people, answered, *, days=1500, seed=0):
    """Give rows: people send me bursts of four in two months, whether I answer the first or not."""
    rng, rows = np.random.default_rng(seed), []
    for at in range(people):
        for _ in range(2):
            start = int(rng.integers(70, days))
            sent = start - np.sort(rng.integers(0, 60, 4))
            rows += [(ago(int(day)), f"P{at}", "me", 1) for day in sent]
            if rng.random() < answered:
                rows.append((ago(int(sent[0]) - 5), "me", f"P{at}", 1))
    return rows


def test_the_rest_of_a_burst_is_no_answer_to_a_gift_in_its_midst():
    found = fit(occasions(book_of(bursts(40, 0.6))), half_life=730)
    assert found.overall < 0.25
    assert found.clustered > 0.5
    assert found.spell[:2].sum() > 0.8


def test_a_return_late_in_the_horizon_is_found_in_its_part():
    found = fit(occasions(book_of(exchanges(6, 170))), half_life=730)
    assert found.share.argmax() == BINS - 1


def test_answers_bring_nothing_where_nobody_answers_answers():
    seen = occasions(book_of(exchanges(20, 20)))
    found = fit(seen, half_life=730)
    assert found.by_state[ANSWERS] < 0.4 < found.by_state[0]
    assert found.left(np.array([0, ANSWERS]), np.array([0, 0])).tolist() == [
        1.0,
        found.by_state[ANSWERS],
    ]


def test_what_is_left_wears_with_earlier_gifts_as_far_as_it_is_told():
    found = fit(occasions(book_of(exchanges(3, 20))), half_life=730)
    state, before = np.zeros(4, dtype=np.int64), np.array([0, 1, 6, 60])
    left = found.left(state, before)
    assert left[0] == 1
    assert left[1] == pytest.approx(min(found.wear, 1))
    assert left[2] == left[3]


def test_an_answer_of_mine_counts_as_no_earlier_gift():
    found = fit(seen := occasions(book_of(exchanges(20, 20))), half_life=730)
    back = seen.state == ANSWERS
    earlier = excitation.Earlier(numbered(seen.pair)[2], seen.before).gifts(1 - found.caused)
    assert (earlier <= seen.before + 1e-9).all()
    assert earlier[~back] == pytest.approx(seen.before[~back])  # gifts come one by one
    assert earlier[back].max() < 0.3 < seen.before[back].max()


def test_how_much_a_gift_keeps_is_told_no_closer_than_by_what_came():
    none = excitation._again_ends(0.0, 0.0)
    assert none == pytest.approx([0, 1 - 0.025 * 21 / 20])  # of 21 parts of which two are 0
    few, many = excitation._again_ends(20.0, 40.0)
    assert 0.3 < few < 0.5 < many < 0.8


def test_the_usual_rate_of_a_pair_is_its_own_shrunk_to_that_of_the_two():
    rows = [(ago(at * 10), "A", "B", 1) for at in range(1, 30)] + [(ago(5), "C", "D", 1)]
    found = fit(occasions(book_of(rows)), half_life=730)
    pairs = np.array([0, 0, 2]), np.array([1, 3, 1])  # A to B, A to D, C to B
    busy, never, other = found.usual(*pairs)
    assert busy > 5 * never > 0
    watched = found.watched + 180
    assert never == pytest.approx(
        180 * found.rate[0, 0] * found.rate[3, 1] / found.rate[:, 0].sum() / found.watched / watched
    )
    assert other == pytest.approx(never, rel=0.2)


def test_whoever_was_busy_of_late_is_more_active_today():
    rows = [(ago(at), "A", "B", 1) for at in range(2, 100, 9)]
    rows += [(ago(900 + at), "C", "B", 1) for at in range(2, 100, 9)]
    found = fit(occasions(book_of(rows)), half_life=730)
    assert found.rate[0, 2] > 1.5 > 1 > found.rate[2, 2]


def test_a_book_without_occasions_has_what_is_usual():
    found = fit(occasions(book_of([], people=[{"person": "A"}])), half_life=730)
    assert found.overall == pytest.approx(PRIOR)
    assert len(found.background) == 0
    assert found.usual(np.array([0]), np.array([0])).tolist() == [excitation._TINY]


def test_gifts_that_were_seen_by_the_hundred_wear_no_further_than_the_book_is_asked_of():
    found = fit(occasions(book_of([(ago(9), "A", "B", 1)])), half_life=730)
    worn = replace(found, wear=0.5, wear_ends=np.array([0.4, 0.6]))
    few, many = worn.worn_ends(np.array([0.0, 2.0, 6.0, 300.0]))
    assert few == pytest.approx([1, 0.8**2, 0.8**6, 0.8**6])
    assert many == pytest.approx([1, 1.2**2, 1.2**6, 1.2**6])
    better = replace(found, wear=1.0, wear_ends=np.array([1.05, 1.1]))
    assert better.worn_ends(np.array([9.0]))[0] == pytest.approx([1])


@given(
    age=st.lists(st.integers(0, 400), max_size=20),
    horizon=st.sampled_from([1, 7, 180, 10**9]),
    share=st.lists(st.floats(0, 1), min_size=BINS, max_size=BINS),
)
def test_what_has_come_by_an_age_is_what_comes_in_the_parts_that_have_passed(age, horizon, share):
    age = np.array(age, dtype=np.int64)
    (found,) = come_so_far(age, horizon, np.array(share))
    parts = watched_parts(age, horizon)
    expected = [sum(np.array(share) * row) for row in parts]
    assert found.tolist() == pytest.approx(expected, rel=1e-12, abs=1e-12)
