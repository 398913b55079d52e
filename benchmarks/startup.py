"""How long commands take to start, beside the imports they cannot do without.

Usage: python benchmarks/startup.py [RUNS]

Each command is a whole process; the pairs are run in turn, so that both meet the
same machine. Prints the medians and their ratio, with the limit we hold ourselves to.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

BOOK = str(Path(__file__).parent.parent / "data" / "adviser")
REFGRAPH = [sys.executable, "-m", "refgraph"]
PAIRS = [
    ("refgraph --help", [*REFGRAPH, "--help"], "import click", 3.0),
    ("refgraph owe data/adviser", [*REFGRAPH, "owe", BOOK], "import pandas, networkx", 1.5),
]


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(runs: int = 15) -> None:
    for name, command, imports, limit in PAIRS:
        peer = [sys.executable, "-c", imports]
        for each in (command, peer):
            seconds(each)  # once, so that the files are in memory
        times = [(seconds(command), seconds(peer)) for _ in range(runs)]
        ours, theirs = (statistics.median(each) for each in zip(*times, strict=True))
        print(
            f"{name:<28} {ours:.3f} s   python -c '{imports}' {theirs:.3f} s   "
            f"ratio {ours / theirs:.2f} (limit {limit})"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
