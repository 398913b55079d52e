"""Whole commands of one commit beside those of another, in turn: nothing becomes slower unnoticed.

Usage: python benchmarks/beside.py OTHER [THIS] [--runs N] [--large]

Both are commits; THIS is the tree as it stands if not given. Processor time, user and system, of
the whole process, the least of N runs, both trees in turn so that they meet the same machine. The
books of 60, 600 and 5,000 people are invented with a seed; ``--large`` also reads a million rows.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = {60: 254, 600: 3_000, 5_000: 25_000}
LARGE = 40_000, 1_000_000


def write_book(folder: Path, people: int, referrals: int) -> str:
    """Write a book in which most refer within a group of forty, and some to me."""
    folder.mkdir(parents=True)
    rng = random.Random(people)
    (folder / "refgraph.toml").write_text('me = "P0"\ntoday = 2026-07-01\n', encoding="utf-8")
    with (folder / "referrals.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["date", "giver", "receiver"])
        for _ in range(referrals):
            giver = rng.randrange(people)
            near = giver // 40 * 40 + rng.randrange(40)
            receiver = near % people if rng.random() < 0.8 else rng.randrange(people)
            if rng.random() < 0.05:
                receiver = 0
            if giver != receiver:
                day = date(2024, 1, 1) + timedelta(days=rng.randrange(900))
                rows.writerow([day, f"P{giver}", f"P{receiver}"])
    return str(folder)


def tree_of(commit: str | None, folder: Path) -> Path:
    """Give the tree of a commit, or the one that stands here."""
    if commit is None:
        return ROOT
    folder.mkdir()
    packed = subprocess.run(
        ["git", "archive", commit, "refgraph"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def seconds(tree: Path, words: list[str]) -> float:
    """Give the processor time of one command."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = kept | {"PYTHONPATH": str(tree), "MPLBACKEND": "Agg", "REFGRAPH_QUIET": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "refgraph", *words],
        env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other")
    parser.add_argument("this", nargs="?")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        trees = tree_of(said.other, work / "other"), tree_of(said.this, work / "this")
        commands = [["--help"]]
        for people, referrals in SIZES.items():
            book = write_book(work / f"{people} people", people, referrals)
            commands += [["owe", book], ["report", book]]
            kinds = ("owed", "connectors") if people < 5_000 else ("overview",)
            commands += [["map", kind, book, "-o", str(work / "map.png")] for kind in kinds]
        if said.large:
            commands.append(["check", write_book(work / "1,000,000 rows", *LARGE)])
        print(f"{'':32}{said.other[:10]:>10}{(said.this or 'here')[:10]:>10}  ratio")
        for words in commands:
            runs = [[seconds(tree, words) for tree in trees] for _ in range(said.runs)]
            other, this = (min(each) for each in zip(*runs, strict=True))
            shown = " ".join(Path(word).name for word in words if word != "-o")
            shown = shown.removesuffix(" map.png")
            print(f"{shown:32}{other:10.2f}{this:10.2f}{this / other:7.2f}")


if __name__ == "__main__":
    main()
