"""Whole commands on large books: processor time and memory, beside what no answer can do without.

Usage: python benchmarks/commands.py [RUNS] [COMMAND ...]

The books are those of scale.py: 10,000 people with 100,000 referrals, and 40,000 with 1,000,000.
The peer is one process that imports pandas, networkx and scipy and reads the same file by
``pandas.read_csv(dtype=str)``. Each is a process of its own, the best of RUNS (3) counts, with
the user's and the system's time added: other work on the machine lengthens waiting, not this,
or by far less. Betweenness goes out from a sample there; ``connectors --exact`` takes all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scale import write_book

BOOKS = (("100,000", 100_000, 10_000), ("1,000,000", 1_000_000, 40_000))
PERSON = "Person 02201"
COMMANDS = {
    "owe": (),
    "refer-first": ("--for", PERSON),
    "connectors": (),
    "report": (),
}
GOALS = {
    "100,000": {"owe": "1.2 s", "refer-first": "2 s", "connectors": "3 s", "report": "4 x"},
    "1,000,000": {"owe": "4 s", "refer-first": "10 s", "connectors": "15 s", "report": "25 s"},
}
PEER = (
    "import pandas, networkx, scipy.sparse, sys;"
    "pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)"
)


def spent(command: list[str]) -> tuple[float, float]:
    """Give the processor time of a process, in seconds, and its largest memory, in MB."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main(runs: int = 3, *asked: str) -> None:
    for name, referrals, people in BOOKS:
        with tempfile.TemporaryDirectory() as folder:
            write_book(Path(folder), referrals, people)
            table = str(Path(folder) / "referrals.csv")
            peer = min(spent([sys.executable, "-c", PEER, table])[0] for _ in range(runs))
            print(f"{name} referrals of {people:,} people; the peer takes {peer:.2f} s")
            for command in asked or COMMANDS:
                words = [sys.executable, "-m", "refgraph", command, folder, *COMMANDS[command]]
                best, memory = min(spent(words) for _ in range(runs))
                print(
                    f"  {command:<12} {best:6.2f} s  {best / peer:5.1f} x  {memory:6.0f} MB"
                    f"  (goal {GOALS[name][command]})"
                )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:])
