"""100,000 referrals of 10,000 people: reading and the first answers, beside one groupby.

Usage: python benchmarks/scale.py [REFERRALS PEOPLE]

Times are of this process alone. "Answers" are the graph, balance, owe and
reciprocity together, "episodes" every gift and what became of it; the peer is
one pandas groupby of the same pairs.
"""

from __future__ import annotations

import csv
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def write_book(folder: Path, referrals: int, people: int) -> None:
    rng = random.Random(1)
    names = [f"Person {number:05d}" for number in range(people)]
    with (folder / "referrals.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["date", "giver", "receiver"])
        for _ in range(referrals):
            giver, receiver = rng.sample(range(people), 2)
            day = date(2024, 1, 1) + timedelta(days=rng.randrange(900))
            writer.writerow([day.isoformat(), names[giver], names[receiver]])


def median_seconds(work: Callable[[], object], runs: int = 7) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main(referrals: int = 100_000, people: int = 10_000) -> None:
    started = time.process_time()
    import refgraph
    from refgraph import balance, owe, reciprocity, returns

    with tempfile.TemporaryDirectory() as folder:
        write_book(Path(folder), referrals, people)
        written = time.process_time()
        book = refgraph.Book.read(folder, today="2026-10-01")
    read = time.process_time()

    def answers() -> None:
        fresh = book.altered()  # nothing kept from the run before
        G = fresh.graph()
        balance.by_person(G)
        reciprocity.overall(G)
        owe.rank(fresh)

    def episodes() -> None:
        returns.episodes(book.altered())

    def groupby() -> None:
        book.referrals.groupby(["giver", "receiver"])["count"].sum()

    answers()
    first = time.process_time() - read
    ours, gifts, peer = (median_seconds(work) for work in (answers, episodes, groupby))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole = read - written + first
    print(f"{referrals:,} referrals of {people:,} people")
    print(f"reading                     {read - written:.2f} s")
    print(f"reading and answers, once   {whole:.2f} s (limit 3)")
    print(f"answers                     {ours:.3f} s (median of 7)")
    print(f"one pandas groupby          {peer:.3f} s (median of 7)")
    print(f"ratio                       {ours / peer:.1f} (limit 10)")
    print(f"episodes                    {gifts:.3f} s (median of 7)")
    print(f"ratio                       {gifts / peer:.1f} (limit 6)")
    print(f"largest memory              {peak:.0f} MB (limit 500)")
    print(f"imports, writing the file   {written - started:.2f} s (not counted)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
