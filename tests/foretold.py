"""The expected return and its range from plain rows: loops made of the formulas alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from math import exp, log

import numpy as np
from scipy.optimize import minimize
from scipy.stats import beta, gamma

STEPS, ALIKE = (0.05, 0.2, 0.35, 0.5, 0.65, 0.85), (0.1, 0.3, 1.0, 5.0)
HALVES = (120, 240, 480, 960, 1920, 3840, 1e6)
TINY = 1e-9


def gifts_of(rows, horizon):
    """Gifts as [giver, receiver, day, day answered or None], each pair walked through alone.

    What was swapped on one day is not among them.
    """
    found = []
    for pair in sorted({frozenset(row[1:3]) for row in rows}, key=sorted):
        waiting = []
        mine = [row for row in rows if {*row[1:3]} == pair]
        for day in sorted({row[0] for row in mine}):
            waiting = [gift for gift in waiting if gift[2] + horizon >= day]
            came = {row[1:3] for row in mine if row[0] == day}
            answered = [gift for gift in waiting if (gift[1], gift[0]) in came]
            one_way = not waiting and len(came) == 1
            fresh = [[*ends, day, None] for ends in sorted(came)] if one_way else []
            for gift in answered:
                gift[3] = day
            waiting = [gift for gift in waiting if gift not in answered] + fresh
            found += fresh
    return [tuple(gift) for gift in found]


def first_of_month(day):
    return date.fromordinal(day).replace(day=1).toordinal()


def logit(chance):
    kept = min(max(chance, 1e-12), 1 - 1e-12)
    return log(kept) - log(1 - kept)


class Walk:
    """A book of rows (day, giver, receiver, count), as it was before some day."""

    def __init__(self, rows, horizon, half_life):
        self.rows, self.horizon, self.half_life = rows, horizon, half_life
        self.gifts = gifts_of(rows, horizon)
        self.mornings = {}

    def over(self, by):
        return [gift for gift in self.gifts if gift[2] + self.horizon < by]

    def soon(self, age, month):
        """Share of returns that come within so many days."""
        took = [back - day for *_, day, back in self.over(month) if back is not None]
        even = min(age / self.horizon, 1)
        return (sum(days <= age for days in took) + 5 * even) / (len(took) + 5)

    def none(self, given, usual, alike, moment):
        step = log(2) * usual / (usual + alike)
        return (1 + moment * step) ** -(given + alike)

    def unasked(self, i, j, rows, today):
        """Of late, what j sent i unasked, and what is usual for the two."""
        answers = {(to, who, back) for who, to, _, back in gifts_of(rows, self.horizon) if back}
        loose = [row for row in rows if (row[1], row[2], row[0]) not in answers]

        def recent(chosen):
            return sum(
                row[3] * 2 ** (-(today - row[0]) / self.horizon) for row in filter(chosen, loose)
            )

        given, got = recent(lambda row: row[1] == j), recent(lambda row: row[2] == i)
        every = recent(lambda _: True)
        usual = given * got / every if given and got else 0.0
        return recent(lambda row: row[1:3] == (j, i)), usual

    def meant(self, giver, receiver, day):
        """Share of the answer of a gift that is put down to it."""
        known = self.morning(giver, receiver, day)
        base = (known["answered"] + 1) / (known["watched"] + 2)
        return base / (base + (1 - base) * (1 - self.none(*known["late"], 1.0, 1)))

    def morning(self, giver, receiver, day):
        key = giver, receiver, day
        if key not in self.mornings:
            rows = [row for row in self.rows if row[0] < day]
            self.mornings[key] = self.evidence(rows, giver, receiver, day, self.half_life)
        return self.mornings[key]

    def evidence(self, rows, i, j, today, half_life):
        """All that is known of i and j today from the rows there are."""
        found = dict.fromkeys(
            ("answered", "watched", "wished", "to", "to_came", "to_wished", "own", "own_came"), 0.0
        )
        month = first_of_month(today)
        for giver, receiver, day, back in gifts_of(rows, self.horizon):
            weight, age = 2 ** (-(today - day) / half_life), today - day
            is_open = back is None and age < self.horizon
            made = weight * (self.soon(age, month) if is_open else 1)
            came = weight if back is not None else 0.0
            wished = came * self.meant(giver, receiver, day) if back is not None else 0.0
            found["answered"] += came
            found["watched"] += made
            found["wished"] += wished
            if receiver == j:
                found["to"] += made
                found["to_came"] += came
                found["to_wished"] += wished
                if giver == i:
                    found["own"] += made
                    found["own_came"] += came
        found["received"] = sum(
            row[3] * 2 ** (-(today - row[0]) / half_life) for row in rows if row[1:3] == (j, i)
        )
        found["late"] = self.unasked(i, j, rows, today)
        return found

    def shrunk(self, known, differ, steps):
        """Evidence for and against a return, and the rate of the person."""
        one, other, alike = steps
        people, pairs = one**2, other**2
        base = (known["wished"] + 1) / (known["watched"] + 2)
        most = base * (1 - base)
        unsure = most * (1 + (differ["person"] - 1) * people) / (known["watched"] + 3)
        unsure = min(unsure, most / 3)
        first = most / (unsure + (most - unsure) * people) - 1
        together = 1 + (differ["pair"] - 1) * pairs

        def rate(came, made):
            total = first + made / together
            return min(max((first * base + came / together) / total, TINY), 1 - TINY), total

        others = max(known["to"] - known["own"], 0)
        partner, total = rate(min(max(known["to_wished"] - known["own_came"], 0), others), others)
        varies = partner * (1 - partner) / (total + 1)
        varies += (partner * (1 - partner) - varies) * pairs
        none, both = (self.none(*known["late"], alike, moment) for moment in (1, 2))
        fails = max((1 - partner) * none, TINY)
        variance = max(((1 - partner) ** 2 + varies) * both - fails**2, TINY * fails)
        gifts = max(fails * (1 - fails) / variance - 1, TINY)
        returned = known["own_came"] + known["received"] / 4 + gifts * (1 - fails)
        kept = max(known["own"] - known["own_came"], 0) + gifts * fails
        return returned, kept, rate(known["to_wished"], known["to"])[0], 1 - none

    @cache  # noqa: B019  # a walk lives as long as its test
    def learned(self, month):
        past = sorted(self.over(month), key=lambda gift: (gift[2], gift[0], gift[1]))
        then = [self.morning(*gift[:3]) for gift in past]
        differ = {"person": 1.0, "pair": 1.0}
        if past:
            for name, key in (("person", lambda gift: gift[1]), ("pair", lambda gift: gift[:2])):
                keys = [key(gift) for gift in past]
                differ[name] = sum(keys.count(each) for each in keys) / len(keys)
        logs = {}
        for steps in ((a, b, c) for a in STEPS for b in STEPS for c in ALIKE):
            logs[steps] = -((steps[1] / 0.35) ** 2) / 2
            for gift, known in zip(past, then, strict=True):
                returned, kept, *_ = self.shrunk(known, differ, steps)
                chance = returned / (returned + kept)
                logs[steps] += log(max(chance if gift[3] is not None else 1 - chance, 1e-6))
        top = max(logs.values())
        total = sum(exp(each - top) for each in logs.values())
        weight = {steps: exp(each - top) / total for steps, each in logs.items()}
        differ["weight"] = weight
        differ["middle"] = (
            sum(steps[0] * each for steps, each in weight.items()),
            sum(steps[1] * each for steps, each in weight.items()),
            exp(sum(log(steps[2]) * each for steps, each in weight.items())),
        )
        aged = [2 ** (-(month - gift[2]) / self.half_life) for gift in past]
        came = [gift[3] is not None for gift in past]
        usual = (sum(a * c for a, c in zip(aged, came, strict=True)) + 1) / (sum(aged) + 2)
        at_first = []
        for known in then:
            returned, kept, *_ = self.shrunk(known, differ, differ["middle"])
            at_first.append(logit(min(max(returned / (returned + kept), 0.001), 0.999)))
        told = [
            a * known["watched"] / (known["watched"] + 2)
            for a, known in zip(aged, then, strict=True)
        ]
        middle = sum(w * x for w, x in zip(told, at_first, strict=True)) / max(sum(told), 1e-11)
        differ["correction"] = recalibrated([x - middle for x in at_first], came, told, middle)
        off = [(gift[1], gift[2], one - usual) for gift, one in zip(past, came, strict=True)]
        differ["memory"] = memory(off)
        return differ

    def today(self, known, j, spread, today):
        """Evidence of a person who drifts: a Gaussian process over all gifts to them at once."""
        month, half = first_of_month(today), self.learned(first_of_month(today))["memory"]
        days, weights = [], []
        for _, receiver, day, back in self.gifts:
            is_open = back is None and today - day < self.horizon
            weight = self.soon(today - day, month) if is_open else 1
            if receiver == j and weight:
                days.append(day)
                weights.append(weight)
        worth, at = 1 / spread**2 - 1, np.array([*days, today], dtype=float)
        alike = np.exp2(-abs(at[:, None] - at) / half)
        noise = np.diag(worth / np.array(weights, dtype=float))
        left = 1 - alike[-1, :-1] @ np.linalg.solve(alike[:-1, :-1] + noise, alike[:-1, -1])
        share = min(worth * (1 / left - 1) / max(known["to"], TINY), 1)
        of_person = ("to", "to_came", "to_wished", "own", "own_came", "received")
        return known | {name: share * known[name] for name in of_person}

    def stopped(self, i, j, today):
        """Chance that j gives no more, or that nothing passes between the two any more."""
        stays = 1.0
        for name, asked in ((lambda row: row[1], j), (lambda row: tuple(sorted(row[1:3])), None)):
            days = {}
            for row in self.rows:
                days.setdefault(name(row), set()).add(row[0])
            records = {
                key: (len(each) - 1, max(each) - min(each), today - min(each))
                for key, each in days.items()
            }
            key = asked or tuple(sorted((i, j)))
            if key in records:
                stays *= 1 - stops(list(records.values()), records[key])
        return 1 - stays

    def corrected(self, differ, chance):
        level, slope, middle, _ = differ["correction"]
        return middle + level + slope * (logit(chance) - middle)

    def line(self, i, j, today):
        """The whole line of j, seen from i."""
        differ = self.learned(first_of_month(today))
        known = self.evidence(self.rows, i, j, today, self.half_life)
        returned, kept, partner, unasked = self.shrunk(known, differ, differ["middle"])
        before = known["received"] / 4 + known["own_came"], known["own"] - known["own_came"]
        gifts = returned - before[0], kept - max(before[1], 0)
        chance = returned / (returned + kept)
        line = self.corrected(differ, chance)
        expected = 1 / (1 + exp(-line))
        lately = self.evidence(self.rows, i, j, today, differ["memory"])
        returned, kept, *_ = self.shrunk(lately, differ, differ["middle"])
        center, variance, total = returned / (returned + kept), 0.0, 0.0
        for steps, weight in differ["weight"].items():
            if weight > 1e-3:
                a, b, *_ = self.shrunk(self.today(lately, j, steps[0], today), differ, steps)
                alone = a * b / ((a + b) ** 2 * (a + b + 1))
                variance += weight * (alone + (a / (a + b) - center) ** 2)
                total += weight
        worth = max(center * (1 - center) / max(variance / total, TINY) - 1, TINY)
        _, slope, middle, spread = differ["correction"]
        away, line = logit(center) - middle, self.corrected(differ, center)
        sure = (
            1.959963984540054
            * (spread[0][0] + 2 * spread[0][1] * away + spread[1][1] * away**2) ** 0.5
        )
        ends = []
        gone = self.stopped(i, j, today)
        for tail, side in ((max(0.025 - gone, 0) / (1 - min(gone, 0.025)), -1), (0.975, 1)):
            end = float(beta.ppf(tail, worth * center, worth * (1 - center)))
            wide = max(side * (logit(end) - logit(center)), 0) * max(slope, 1) ** 0.5
            ends.append(1 / (1 + exp(-(line + side * (wide**2 + sure**2) ** 0.5))))
        base = (known["answered"] + 1) / (known["watched"] + 2)
        to_j = [gift for gift in self.gifts if gift[1] == j]
        return {
            "expected_return": expected,
            "low": min(ends[0] if gone < 0.025 else 0.0, expected),
            "high": max(ends[1], expected),
            "own_answered": known["own_came"],
            "own_gifts": known["own"],
            "receipts": known["received"] / 4,
            "unasked": unasked,
            "partner_rate": partner,
            "global_rate": base,
            "correction": exp(self.corrected(differ, base) - logit(base)),
            "prior": gifts[0] / sum(gifts),
            "prior_gifts": sum(gifts),
            "slope": differ["correction"][1],
            "answered": sum(gift[3] is not None for gift in to_j),
            "gifts": sum(gift[3] is not None or gift[2] + self.horizon <= today for gift in to_j),
        }


def recalibrated(away, came, aged, middle):
    """Level, slope, the usual logit, and their covariance: by a general minimiser."""

    def cost(at):
        found = at[0] ** 2 / 0.5 + (at[1] - 1) ** 2 / 0.18
        for each, one, weight in zip(away, came, aged, strict=True):
            line = middle + at[0] + at[1] * each
            found += weight * (max(line, 0) + log(1 + exp(-abs(line))) - one * line)
        return found

    level, slope = minimize(cost, [0, 1], method="Nelder-Mead", options=CLOSE).x
    bend = [[4.0, 0.0], [0.0, 1 / 0.09]]
    for each, weight in zip(away, aged, strict=True):
        chance = 1 / (1 + exp(-(middle + level + slope * each)))
        for row, one in enumerate((1, each)):
            for column, other in enumerate((1, each)):
                bend[row][column] += weight * chance * (1 - chance) * one * other
    (a, b), (_, d) = bend
    size = a * d - b * b
    return level, max(slope, 0.05), middle, [[d / size, -b / size], [-b / size, a / size]]


CLOSE = {"xatol": 1e-11, "fatol": 1e-14, "maxiter": 4000, "maxfev": 4000}


def memory(off):
    """Days after which what a person returned tells half as much, from every two gifts."""
    found, weights = 0.0, 0.0
    noise = max((sum(e**2 for *_, e in off) / len(off)) ** 2, 1e-6) if off else 1.0
    two = [
        (one[2] * other[2], abs(one[1] - other[1]))
        for at, one in enumerate(off)
        for other in off[:at]
        if one[0] == other[0]
    ]
    fits = []
    for half in HALVES:
        above = sum(both * 2 ** (-days / half) for both, days in two)
        below = sum(4 ** (-days / half) for _, days in two)
        fits.append(max(above, 0) ** 2 / below / noise / 2 if two else 0.0)
    for half, fit in zip(HALVES, fits, strict=True):
        found += exp(fit - max(fits)) * log(half)
        weights += exp(fit - max(fits))
    return exp(found / weights)


def stops(records, asked):
    """Chance that one has stopped, of (times again, days used, days watched) of all of them."""
    usual = max(sum(x for x, *_ in records) / max(sum(far for *_, far in records), 1), 1e-6)
    edge = [usual * 0.02 * 3000 ** (at / 14) for at in range(15)]
    rates = [(low * high) ** 0.5 for low, high in pairwise(edge)]
    edge = [0, *edge[1:-1], float("inf")]
    best = {}
    for drop in (0, 1 / 4000, 1 / 2000, 1 / 1000, 1 / 500, 1 / 250, 1 / 125):
        for shape in (0.5, 1.0, 3.0):
            for more in (0.7, 1.0, 2.0, 4.0, 8.0):
                law = gamma(shape, scale=usual * more / shape)
                share = [law.cdf(high) - law.cdf(low) for low, high in pairwise(edge)]

                def likely(x, used, far, share=share, drop=drop):
                    whole = lasts = 0.0
                    for rate, part in zip(rates, share, strict=True):
                        stays = rate**x * exp(-(rate + drop) * far)
                        ended = rate**x * drop * exp(-(rate + drop) * used)
                        whole += part * (rate * stays + ended) / (rate + drop)
                        lasts += part * stays
                    return whole, lasts

                total = sum(log(likely(*one)[0]) for one in records)
                if drop not in best or total > best[drop][0]:
                    whole, lasts = likely(*asked)
                    best[drop] = total, 1 - lasts / whole
    top = max(total for total, _ in best.values())
    if top - best[0][0] < log(10):
        return 0.0
    weights = {drop: exp(total - top) for drop, (total, _) in best.items()}
    return sum(weights[drop] * best[drop][1] for drop in best) / sum(weights.values())
