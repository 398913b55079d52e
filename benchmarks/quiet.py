"""Measure how often "gone quiet" is said of somebody who is not, and how soon of who is.

Givers are generated: regular (a gap of 30 to 90 days, give or take a quarter), bursty (two to
four referrals within ten days, then as long a pause), and regular ones who keep holidays (nothing
in August and at the end of the year); and, without a goal, givers who send by pure chance, of whom
nothing is usual. Each is watched for a year after a history of two, day by
day; then each stops. Goal: at most 5 % false alarms a person and year (a silence that is named and
then broken), and 70 % or more of those who stopped named within three of their usual intervals.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta

import numpy as np

from refgraph.analysis.tending.rhythm import LEAST_GAPS, has_gone_quiet, usual_gap

FIRST = date(2020, 1, 1)
YEARS, WATCHED = 3, 365


def on_holiday(day: int) -> bool:
    """Tell of a day, counted from the first, whether it is in August or about New Year."""
    when = FIRST + timedelta(int(day))
    return when.month == 8 or (when.month, when.day) >= (12, 20) or (when.month, when.day) < (1, 4)


def live(kind: str, chance: np.random.Generator) -> np.ndarray:
    """Give the days on which one giver of a kind sends something."""
    usual = chance.uniform(30, 90)
    days, day = [], chance.uniform(0, usual)
    while day < YEARS * 365:
        number = 1 if kind != "bursty" else chance.integers(2, 5)
        burst = day + np.sort(chance.uniform(0, 10, number))
        days += [each for each in burst if kind != "holidays" or not on_holiday(each)]
        pause = chance.exponential(usual) if kind == "chance" else chance.normal(usual, usual / 4)
        day = burst[-1] + max(3, pause)
    return np.unique(np.array(days).astype(int))


def alarms(days: np.ndarray, last: int) -> int:
    """Count the silences of the last year that were named, and then broken."""
    found = 0
    for at in range(1, len(days)):
        if days[at] <= last - WATCHED:
            continue
        gaps = np.diff(days[:at])
        silence = int(days[at] - days[at - 1]) - 1
        found += len(gaps) >= LEAST_GAPS and has_gone_quiet(gaps, silence)
    return found


def main(arguments: list[str]) -> int:
    """Print both figures for each kind of giver; return 1 if one misses its goal."""
    people = int(arguments[0]) if arguments else 2000
    chance = np.random.default_rng(20261001)
    missed = 0
    for kind in ("regular", "bursty", "holidays", "chance"):
        lives = [live(kind, chance) for _ in range(people)]
        false = sum(alarms(days, YEARS * 365) for days in lives) / people
        gaps = [np.diff(days) for days in lives]
        named = sum(
            len(each) >= LEAST_GAPS and has_gone_quiet(each, int(3 * usual_gap(each)))
            for each in gaps
        )
        found = named / people
        missed += kind != "chance" and (false > 0.05 or found < 0.7)
        print(f"{kind:9} false alarms a person and year {false:6.1%}   named in time {found:6.1%}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
