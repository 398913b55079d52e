"""How good plans of meetings are, beside a round robin and the best week after the best week.

Usage: python benchmarks/pairings.py [--weeks N] [--samples N]

First the chapter of data/chapter: pairs that could be introduced and one-way pairs that meet, the
round robin as the mean over names in random order. Then invented halls of several sizes, with and
without people who are away: the share of the bound that each plan is worth, and the seconds.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from refgraph import Book, introductions, pairings
from refgraph.analysis.pairing.meeting_worth import MeetingWorth
from refgraph.analysis.pairing.rounds import choose_rounds, greedy, most_weeks, round_robin

CHAPTER = Path(__file__).parents[1] / "data" / "chapter"
SIZES = (8, 16, 31, 32, 60)
AWAY = (0.0, 0.1)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--samples", type=int, default=200)
    options = parser.parse_args()
    chapter(options.weeks, options.samples)
    halls(options.weeks)


def chapter(weeks: int, samples: int) -> None:
    """Count which pairs of the chapter meet under each plan."""
    book = Book.read(CHAPTER)
    people = pairings.members(book)
    worth = MeetingWorth.of(book, people)
    values, one_way = worth.matrix(), worth.one_way()
    place = {name: at for at, name in enumerate(people)}
    best = introductions.rank(book)[["person", "introduce_to"]].to_numpy().tolist()
    wanted = {tuple(sorted(place[name] for name in pair)) for pair in best}
    present = np.ones((weeks, len(people)), bool)
    start = time.perf_counter()
    chosen = choose_rounds(values, present)
    seconds = time.perf_counter() - start

    def told(plans: list[list[tuple[tuple[int, int], ...]]]) -> tuple[float, float, float]:
        each = [[pair for week in plan for pair in week] for plan in plans]
        counts = [
            (
                len(wanted & {*pairs}),
                sum(bool(one_way[pair]) for pair in pairs),
                sum(int(values[pair]) for pair in pairs),
            )
            for pairs in each
        ]
        introduced, ways, value = np.mean(counts, axis=0).tolist()
        return introduced, ways, value

    random = np.random.default_rng(0)
    orders = [random.permutation(len(people)) for _ in range(samples)]
    turned = [
        [
            tuple(tuple(sorted((int(order[a]), int(order[b])))) for a, b in week)
            for week in round_robin(present)
        ]
        for order in orders
    ]
    plans = {"chosen": [chosen.weeks], "greedy": [greedy(values, present)], "round robin": turned}
    print(f"data/chapter, {weeks} weeks, {seconds:.2f} s; bound {chosen.bound:,}")
    print(f"introductions {len(wanted)}, one-way pairs {int(one_way.sum()) // 2}")
    for name, some in plans.items():
        introduced, ways, value = told(some)
        print(f"{name:12} {introduced:5.1f} {ways:6.1f} {value:9,.0f} {value / chosen.bound:6.1%}")


def halls(weeks: int) -> None:
    """Compare the plans on invented halls."""
    print(f"\n{'people':>6} {'away':>5} {'chosen':>7} {'greedy':>7} {'robin':>7} {'s':>6}")
    random = np.random.default_rng(1)
    for people in SIZES:
        worth = 1 + random.integers(0, 101, (people, people))
        worth += 300 * (random.random(worth.shape) < 0.3) + 600 * (
            random.random(worth.shape) < 0.03
        )
        worth = np.triu(worth, 1) + np.triu(worth, 1).T
        for away in AWAY:
            present = random.random((min(weeks, most_weeks(people)), people)) >= away
            start = time.perf_counter()
            chosen = choose_rounds(worth, present)
            seconds = time.perf_counter() - start
            shares = [
                sum(int(worth[pair]) for week in plan for pair in week) / chosen.bound
                for plan in (chosen.weeks, greedy(worth, present), round_robin(present))
            ]
            told = " ".join(f"{share:7.2%}" for share in shares)
            print(f"{people:6} {away:5.0%} {told} {seconds:6.2f}")


if __name__ == "__main__":
    main()
