"""What users ask of a large book, beside libraries that do part of it, and how it grows.

Usage: python benchmarks/scale.py [--referrals N] [--people N] [--times F] [--runs N] [--only WORD]

Everything is done for a book of N referrals (100,000 of 10,000 people), and again for one F (4)
times as large in both. Each is a process of its own and the least of its runs counts, in
processor time, of all threads together: other work on the machine lengthens waiting, not this, or
by far less. Commands are timed whole, the rest from after the imports and what is given to it.

``ratio`` is our time over the peer's. ``grows`` is the exponent of the growth, net of start-up: of
a command less what it takes for a book of a hundred referrals; 1 grows as the book does, 2 with
its square. ``--only`` takes a part of what stands in the first column. A peer that is not
installed is named.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

PEERS = ("pandas", "polars", "duckdb", "networkx", "igraph", "networkit", "rustworkx")
SMALL = 100, 20  # referrals and people of the book that tells what starting takes
PERSON = "Person 00001"
#: Of the book of 100,000 referrals and of one of 1,000,000.
GOALS = {
    "owe": "1.2 / 4 s",
    "refer-first": "2 / 10 s",
    "today": "3 s",
    "connectors": "3 / 15 s",
    "report": "4 x / 25 s",
}
COMMANDS = {name: ("--for", PERSON) if name in ("refer-first", "today") else () for name in GOALS}
#: What no answer can do without.
IMPORTS = (
    "import pandas, networkx, scipy.sparse, sys;"
    "pandas.read_csv(sys.argv[1] + '/referrals.csv', dtype=str, keep_default_na=False)"
)

_BOOK = "from refgraph import Book, balance, owe, reciprocity, returns\nbook = Book.read(folder)"
_READ = "table = folder + '/referrals.csv'"
_TIES = """
import pandas, numpy
rows = pandas.read_csv(folder + '/referrals.csv', dtype=str).drop_duplicates(['giver', 'receiver'])
ends, people = pandas.factorize(numpy.r_[rows['giver'], rows['receiver']])
one, other = ends[:len(rows)].tolist(), ends[len(rows):].tolist()
"""
_NETWORKX = "import networkx\nG = networkx.DiGraph()\nG.add_edges_from(zip(one, other))"
_IGRAPH = "import igraph\nG = igraph.Graph(len(people), list(zip(one, other)), directed=True)"
_NETWORKIT = """
import networkit
networkit.setNumberOfThreads(1)
G = networkit.Graph(len(people), directed=True)
for tie in zip(one, other):
    G.addEdge(*tie)
"""
_RUSTWORKX = """
import rustworkx
G = rustworkx.PyDiGraph()
G.add_nodes_from(range(len(people)))
G.add_edges_from_no_data(list(zip(one, other)))
"""


class Piece(NamedTuple):
    """One piece of work: ours where no peer is named, which the pieces after it stand beside."""

    what: str
    work: str
    given: str
    peer: str = ""
    share: int = 1  # of the book: exact betweenness of all of it takes minutes


PIECES = (
    Piece("Book.read", "Book.read(folder)", "from refgraph import Book"),
    Piece(
        "Book.read",
        "pandas.read_csv(table, dtype=str, keep_default_na=False)",
        f"import pandas\n{_READ}",
        "pandas",
    ),
    Piece("Book.read", "polars.read_csv(table)", f"import polars\n{_READ}", "polars"),
    Piece(
        "Book.read",
        "duckdb.sql(f\"CREATE TABLE r AS FROM read_csv('{table}', all_varchar=true)\")",
        f"import duckdb\n{_READ}",
        "duckdb",
    ),
    Piece(
        "answers",
        "G = book.graph(); balance.by_person(G); reciprocity.overall(G); owe.rank(book)",
        _BOOK,
    ),
    Piece("answers", "book.referrals.groupby(['giver', 'receiver']).size()", _BOOK, "pandas"),
    Piece("episodes", "returns.episodes(book)", _BOOK),
    Piece("episodes", "book.referrals.groupby(['giver', 'receiver']).size()", _BOOK, "pandas"),
    Piece(
        "reciprocity of a graph",
        "reciprocity.overall(G)",
        f"{_TIES}{_NETWORKX}\nfrom refgraph import reciprocity",
    ),
    Piece(
        "reciprocity of a graph",
        "networkx.overall_reciprocity(G)",
        f"{_TIES}{_NETWORKX}",
        "networkx",
    ),
    Piece("reciprocity of a graph", "G.reciprocity()", f"{_TIES}{_IGRAPH}", "igraph"),
    Piece(
        "constraint",
        "burt.by_person(G)",
        f"{_TIES}{_NETWORKX}\nfrom refgraph import burt",
        share=5,
    ),
    Piece("constraint", "networkx.constraint(G)", f"{_TIES}{_NETWORKX}", "networkx", 5),
    Piece("constraint", "G.constraint()", f"{_TIES}{_IGRAPH}", "igraph", 5),
    Piece(
        "betweenness, exact",
        "betweenness(G, exact=True)",
        f"{_TIES}{_NETWORKX}\nfrom refgraph.analysis.connecting.betweenness import betweenness",
        share=5,
    ),
    Piece("betweenness, exact", "G.betweenness()", f"{_TIES}{_IGRAPH}", "igraph", 5),
    Piece(
        "betweenness, exact",
        "networkit.centrality.Betweenness(G).run()",
        f"{_TIES}{_NETWORKIT}",
        "networkit",
        5,
    ),
    Piece(
        "betweenness, exact",
        "rustworkx.digraph_betweenness_centrality(G, parallel_threshold=10**9)",
        f"{_TIES}{_RUSTWORKX}",
        "rustworkx",
        5,
    ),
)


def write_book(folder: Path, referrals: int, people: int) -> None:
    """Write a book in which anybody refers to anybody, in 900 days."""
    rng = random.Random(1)
    names = [f"Person {number:05d}" for number in range(people)]
    with (folder / "referrals.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["date", "giver", "receiver"])
        for _ in range(referrals):
            giver, receiver = rng.sample(range(people), 2)
            day = date(2024, 1, 1) + timedelta(days=rng.randrange(900))
            writer.writerow([day.isoformat(), names[giver], names[receiver]])


class Books:
    """Books of some sizes, written when they are asked for."""

    def __init__(self, folder: Path, referrals: int, people: int) -> None:
        self._folder, self._referrals, self._people = folder, referrals, people

    def of(self, times: float) -> str:
        """Give the folder of a book so many times as large; 0 is the smallest."""
        folder = self._folder / f"{times:g}"
        if not folder.exists():
            folder.mkdir()
            sizes = (int(times * self._referrals), int(times * self._people)) if times else SMALL
            write_book(folder, *sizes)
        return str(folder)


def spent(words: list[str], runs: int) -> tuple[float, float]:
    """Give the processor time of a process, the least of its runs, and its memory in MB.

    Where it prints a number that is the time, else all that it took.
    """
    found = []
    for _ in range(runs):
        with subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            told = process.stdout.read() if process.stdout else ""
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(words)} ended with {process.returncode}")
        whole = used.ru_utime + used.ru_stime
        inside = words[0] == "-c" and told.strip()
        found.append((float(told) if inside else whole, used.ru_maxrss / 1024))
    return min(found)


def grown(small: float, large: float, start: float, times: float) -> str:
    """Give the exponent of the growth net of start-up, where there is enough to tell."""
    if small - start < 0.02:
        return "-"
    return f"{math.log(max(large - start, 1e-9) / (small - start)) / math.log(times):.2f}"


def commands(books: Books, times: float, runs: int, only: str) -> None:
    """Print whole commands beside the imports and the reading that they cannot do without."""
    peers = [spent(["-c", IMPORTS, books.of(each)], runs)[0] for each in (1, times)]
    print(f"{'imports and read_csv':28}{'':11}{peers[0]:8.2f}{peers[1]:9.2f}")
    for name, more in COMMANDS.items():
        if only in name:
            words = [["-m", "refgraph", name, books.of(each), *more] for each in (0, 1, times)]
            (start, _), (small, _), (large, memory) = (spent(each, runs) for each in words)
            ratio, grows = small / peers[0], grown(small, large, start, times)
            print(
                f"{name:28}{'':11}{small:8.2f}{large:9.2f}{ratio:8.2f}{grows:>7}{memory:8.0f}"
                f"   {GOALS[name]}"
            )


def pieces(books: Books, times: float, runs: int, only: str) -> None:
    """Print each piece of ours, and below it the peers that are there."""
    ours = 0.0
    for piece in PIECES:
        if only not in piece.what or (piece.peer and find_spec(piece.peer) is None):
            continue
        program = (
            f"import sys, time\nfolder = sys.argv[1]\n{piece.given}\nbegan = time.process_time()\n"
            f"{piece.work}\nprint(time.process_time() - began)"
        )
        found = [spent(["-c", program, books.of(each / piece.share)], runs) for each in (1, times)]
        (small, _), (large, memory) = found
        ours = ours if piece.peer else small
        ratio = f"{ours / max(small, 1e-6):8.2f}" if piece.peer else f"{'':8}"
        grows = grown(small, large, 0, times)
        what = piece.what + (f", 1/{piece.share} of it" if piece.share > 1 else "")
        print(f"{what:28}{piece.peer:11}{small:8.2f}{large:9.2f}{ratio}{grows:>7}{memory:8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--referrals", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--times", type=float, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    said = parser.parse_args()
    absent = [name for name in PEERS if find_spec(name) is None]
    print(f"{said.referrals:,} referrals of {said.people:,} people, and {said.times:g} times that")
    print(f"not installed: {', '.join(absent) or 'none'}")
    print(f"{'':28}{'peer':11}{'s':>8}{'s, large':>9}{'ratio':>8}{'grows':>7}{'MB':>8}   goal")
    with tempfile.TemporaryDirectory() as folder:
        books = Books(Path(folder), said.referrals, said.people)
        commands(books, said.times, said.runs, said.only)
        pieces(books, said.times, said.runs, said.only)


if __name__ == "__main__":
    main()
