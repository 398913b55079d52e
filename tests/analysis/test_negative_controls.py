"""What a gift cannot have changed: each control from plain days of every pair."""

from __future__ import annotations

import math
import random
from datetime import timedelta

import numpy as np
import pytest
from scipy.stats import norm
from strategies import TODAY, ago, book_of

from refgraph.analysis.returning.negative_controls import LEVEL, NAMES, SHARES, table
from refgraph.analysis.returning.target_trial import emulate

HORIZON, DAYS = 24, 700


def lived(seed, *, me="Me", people=9):
    """Give a book of mine, with contacts of every kind."""
    rng = random.Random(seed)  # noqa: S311
    names = [f"P{at}" for at in range(people)]
    rows, touches = [], []
    for _ in range(170):
        two = ["Me", rng.choice(names)]
        if rng.random() < 0.5:
            two.reverse()
        rows.append((ago(rng.randrange(DAYS)), *two, 1))
    for _ in range(90):
        kind = rng.choice(["call", "meeting", "settled"])
        touches.append((ago(rng.randrange(DAYS)), rng.choice(names), kind))
    return book_of(rows, me=me, touches=touches)


class Plain:
    """The days of a trial, pair by pair, and what each control says of them."""

    def __init__(self, book, whose="Me", horizon=HORIZON):
        self.book, self.trial = book, emulate(book, whose, horizon=horizon)
        self.wide, self.pairs = horizon, range(len(self.trial.giver))
        self.gave, self.got = (
            [set(of.places[1][of.places[0] == pair].tolist()) for pair in self.pairs]
            for of in (self.trial.gave, self.trial.got)
        )

    def quiet(self, pair):
        """Days from the known on on which nothing passed."""
        days = range(int(self.trial.known[pair]) + 1, self.trial.today)
        return [day for day in days if day not in self.gave[pair] | self.got[pair]]

    def gifts(self, pair):
        return sorted(self.gave[pair] - self.got[pair])

    def nothing(self, events, pair, day, *, from_start=True):
        """Tell whether nothing is among some days of a pair in the horizon before a day."""
        early = day >= self.trial.start[pair] + self.wide or not from_start
        return early and not any(day - self.wide <= one < day for one in events[pair])

    def contrast(self, gifts, others):
        """Set values at gifts against the mean of the same pair's other days."""
        kept = [(pair, value) for pair, value in gifts if any(at == pair for at, _ in others)]
        usual = [np.mean([value for at, value in others if at == pair]) for pair, _ in kept]
        apart = [value - base for (_, value), base in zip(kept, usual, strict=True)]
        mean, partners = np.mean(apart), {pair for pair, _ in kept}
        sums = [
            sum(off - mean for (at, _), off in zip(kept, apart, strict=True) if at == pair)
            for pair in partners
        ]
        far = sum(each**2 for each in sums) * len(partners) / (len(partners) - 1)
        error = math.sqrt(far) / len(kept)
        return len(kept), np.mean([value for _, value in kept]), np.mean(usual), error

    def earlier(self):
        def values(days):
            found = []
            for pair in self.pairs:
                for day in days(pair):
                    late = day > self.trial.known[pair] + 2 * self.wide
                    if late and self.nothing(self.got, pair, day):
                        ago = [day - one for one in self.got[pair] if one < day]
                        back = [-(-far // self.wide) - 1 for far in ago]
                        value = sum(0.5 ** (at - 1) for at in back if 1 <= at <= 4)
                        found.append((pair, value))
            return found

        return self.contrast(values(self.gifts), values(self.quiet))

    def touches(self):
        touched = self.book.touches[self.book.touches["kind"] != "settled"]
        days = {}
        for who, day in zip(touched["person"], touched["date"], strict=True):
            days.setdefault(who, set()).add(day.toordinal())
        since = min(min(each) for each in days.values())

        def values(chosen):
            found = []
            for pair, day in zip(chosen.pair.tolist(), chosen.day.tolist(), strict=True):
                early = day - self.wide
                if early >= since and early > self.trial.known[pair]:
                    name = self.book.people.index[self.trial.partner[pair]]
                    last = day - self.wide // 6 - 1
                    found.append((pair, any(early <= one <= last for one in days.get(name, ()))))
            return found

        return self.contrast(values(self.trial.gifts), values(self.trial.controls))

    def to_others(self):
        """Weigh every gift against every receipt of another pair, the nearer the more."""
        wide, first = max(self.wide // 12, 1), int(self.trial.grid[0])
        parts = (self.trial.today - first) // wide + 1
        rows = []
        for pair in self.pairs:
            gifts = [day for day in self.gifts(pair) if self.unprompted(pair, day)]
            free = [day for day in self.quiet(pair) if self.unprompted(pair, day)]
            came = [day for day in sorted(self.got[pair]) if self.unanswering(pair, day)]
            open_ = [day for day in self.quiet(pair) if self.unanswering(pair, day)]
            rows.append(
                [self.series(*two, wide, first, parts) for two in ((gifts, free), (came, open_))]
            )
        given, sent = (np.array([row[at][0] for row in rows]) for at in (0, 1))
        due, due_sent = (np.array([row[at][1] for row in rows]) for at in (0, 1))
        apart = np.abs(np.subtract.outer(np.arange(parts), np.arange(parts)))
        near = np.maximum(1 - apart / 12, 0)
        pairs = [(one, two) for one in self.pairs for two in self.pairs if one != two]
        seen = sum(given[one] @ near @ sent[two] for one, two in pairs)
        more = sum((given - due)[one] @ near @ (sent - due_sent)[two] for one, two in pairs)
        spread = max(
            due.sum(0) @ (near @ (sent - due_sent).sum(0)) ** 2,
            due_sent.sum(0) @ (near @ (given - due).sum(0)) ** 2,
        )
        number = int(given.sum())
        others = number * (len(rows) - 1)
        return number, seen / others, (seen - more) / others, math.sqrt(spread) / others

    def unprompted(self, pair, day):
        return day > self.trial.known[pair] and self.nothing(self.got, pair, day)

    def unanswering(self, pair, day):
        gave = any(day - self.wide <= one <= day for one in self.gave[pair])
        late = day > self.trial.known[pair] and day >= self.trial.start[pair] + self.wide
        return late and not gave

    @staticmethod
    def series(events, free, wide, first, parts):
        """Count events by part of time, and how many are usual on the days that could have one."""
        passed, usual = np.zeros(parts), np.zeros(parts)
        for day in events:
            passed[(day - first) // wide] += 1
        for day in [*events, *free]:
            usual[(day - first) // wide] += len(events) / (len(events) + len(free))
        return passed, usual


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("earlier receipts", Plain.earlier),
        ("gifts to others", Plain.to_others),
        ("touches", Plain.touches),
    ],
)
def test_a_control_is_what_plain_days_say(name, told, seed):
    plain = Plain(lived(seed))
    row = table(plain.book, plain.trial).set_index("control").loc[name]
    gifts, observed, expected, error = told(plain)
    assert row["gifts"] == gifts > 5
    known = {
        "observed": observed,
        "expected": expected,
        "difference": observed - expected,
        "low": observed - expected - norm.ppf(0.975) * error,
        "high": observed - expected + norm.ppf(0.975) * error,
        "p": norm.sf((observed - expected) / error),
    }
    if name == "gifts to others":  # neither more nor less is looked for
        known["p"] = 2 * norm.sf(abs(observed - expected) / error)
    assert row[list(known)].astype(float).to_dict() == pytest.approx(known, rel=1e-6, abs=1e-9)


def test_touches_are_asked_of_me_alone_and_only_where_there_are_any():
    book = lived(0)
    mine = table(book, emulate(book, "Me", horizon=HORIZON)).set_index("control")
    assert mine.loc["touches", "gifts"] > 0
    none = book.altered(touches=book.touches.iloc[:0])
    for other, whose in ((book, "P1"), (book, None), (book.altered(me=None), "Me"), (none, "Me")):
        found = table(other, emulate(other, whose, horizon=HORIZON)).set_index("control")
        assert found.loc["touches"].isna().sum() == 6
        assert found.loc["touches", "gifts"] == 0
        assert not found.loc["touches", "fails"]


def test_a_book_without_a_record_has_every_control_without_a_number():
    for rows in ([], [(TODAY, "Me", "B", 1)], [(TODAY - timedelta(days=9), "B", "Me", 1)]):
        book = book_of(rows, me="Me", people=[{"person": "B"}])
        found = table(book, emulate(book, "Me", horizon=HORIZON))
        assert found["control"].tolist() == list(NAMES) == list(SHARES)
        assert found[["observed", "expected", "p", "low"]].isna().all(axis=None)
        assert not found["fails"].any()


def test_all_controls_together_fail_no_more_often_than_they_may():
    """Of books in which I and others refer at any time, at most a few in a hundred fail."""
    failed = [
        table(book, emulate(book, "Me", horizon=HORIZON))["fails"].any()
        for book in map(lived, range(100, 112))
    ]
    assert np.mean(failed) <= 3 * LEVEL
