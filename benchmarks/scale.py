"""What users ask of a large book, beside libraries that do part of it, and how it grows.

Usage: python benchmarks/scale.py [--sizes N/P,N/P] [--runs N] [--seconds S] [--only WORD]

Everything is done for a book of 100,000 referrals of 10,000 people, and again for one of 1,000,000
of 40,000, or of the one or two sizes that are told; exact betweenness and constraint for a fifth
of the first alone. Two maps come last: the overview of 100,000 people with 400,000 referrals, and
what is owed in a book of 60, beside the imports that it cannot do without. Each is a process of its
own and the least of its runs counts, in processor time, of all threads together: other work on the
machine lengthens waiting, not this, or by less. Commands are timed whole, the rest from after the
imports and what is given to it. What takes over S (300) seconds of it is ended, and said to.

``ratio`` is our time over the peer's, where that takes long enough to be divided by. ``grows`` is
the exponent of the growth with the referrals, net of what it takes for a book of a hundred; 1 grows
as the book does, 2 with its square. ``--only`` takes a part of what stands in the first column. A
peer that is not installed is named. One run of each takes about five minutes of processor time.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

PEERS = ("pandas", "polars", "duckdb", "networkx", "igraph", "networkit", "rustworkx")
START = 100, 20  # referrals and people of the book that tells what starting takes
PERSON = "Person 00001"
OWNER = "Person 00000"
#: Of the book of 100,000 referrals and of one of 1,000,000.
GOALS = {
    "owe": "1.2 / 4 s",
    "refer-first": "2 / 10 s",
    "today": "3 s",
    "connectors": "3 / 15 s",
    "report": "4 x / 25 s",
}
COMMANDS = {name: ("--for", PERSON) if name == "refer-first" else () for name in GOALS}
ENOUGH = 0.02  # seconds that can be told from none
#: Asked of a book of somebody's own, a third of it theirs, with touches and what became of rows.
OF_ONES_OWN = ("today",)
#: What no answer can do without.
IMPORTS = (
    "import pandas, networkx, scipy.sparse, sys;"
    "pandas.read_csv(sys.argv[1] + '/referrals.csv', dtype=str, keep_default_na=False)"
)
#: What no map can do without.
IMPORTS_OF_MAPS = "import pandas, matplotlib.figure, matplotlib.backends.backend_agg"
#: Of which book, what is asked for it, and the goal.
MAPS = {
    "map overview": ((400_000, 100_000), ("--max-people", "100000"), "30 s"),
    "map owed": ((600, 60), (), "1.3 x"),
}

_BOOK = "from refgraph import Book, balance, owe, reciprocity, returns\nbook = Book.read(folder)"
_READ = "table = folder + '/referrals.csv'"
_TIES = """
import pandas, numpy
rows = pandas.read_csv(folder + '/referrals.csv', dtype=str).drop_duplicates(['giver', 'receiver'])
ends, people = pandas.factorize(numpy.r_[rows['giver'], rows['receiver']])
one, other = ends[:len(rows)].tolist(), ends[len(rows):].tolist()
"""
_NETWORKX = "import networkx\nG = networkx.DiGraph()\nG.add_edges_from(zip(one, other))"
_ONE = "networkx.DiGraph([(0, 1)])"  # asked of before, so that what is imported late is there
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
        f"{_TIES}{_NETWORKX}\nfrom refgraph import reciprocity\nreciprocity.overall({_ONE})",
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
        f"{_TIES}{_NETWORKX}\nfrom refgraph import burt\nburt.by_person({_ONE})",
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

WIDEST = max(len(f"{piece.what}, 1/{piece.share} of it") for piece in PIECES)


def write_book(folder: Path, referrals: int, people: int, *, own: bool) -> None:
    """Write a book in which anybody refers to anybody, in 900 days; or one of somebody's own.

    That has a touch for every five referrals, and a change of status for every four.
    """
    rng = random.Random(1)
    names = [f"Person {number:05d}" for number in range(people)]
    begin = date(2024, 1, 1)

    def day(after: date, most: int) -> date:
        return after + timedelta(days=rng.randrange(most))

    rows = []
    for number in range(referrals):
        giver, receiver = rng.sample(range(people), 2)
        if own and rng.random() < 0.3:
            giver, receiver = rng.sample((0, rng.randrange(1, people)), 2)
        rows.append([day(begin, 900), names[giver], names[receiver], *([f"r{number}"] * own)])
    write(folder / "referrals.csv", ["date", "giver", "receiver", *(["id"] * own)], rows)
    if own:
        kinds = ("thanks", "call", "meeting", "email", "news", "they-thanked-me", "ask")
        touches = [
            [day(begin, 900), rng.choice(names[1:]), rng.choice(kinds)]
            for _ in range(referrals // 5)
        ]
        write(folder / "touches.csv", ["date", "person", "kind"], touches)
        changes = [
            [day(given, 40), identity, rng.choice(("contacted", "met", "won", "lost"))]
            for given, _, _, identity in rng.choices(rows, k=referrals // 4)
        ]
        write(folder / "statuses.csv", ["date", "id", "status"], changes)
    me = f'me = "{OWNER}"\n' if own else ""
    (folder / "refgraph.toml").write_text(f'{me}today = "2026-08-01"\n', encoding="utf-8")


def write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


Sizes = list[tuple[int, int]]


class Books:
    """Books of some sizes, written when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, size: tuple[int, int], *, share: int = 1, own: bool = False) -> str:
        """Give the folder of a book of so many referrals and people, or a share of both."""
        referrals, people = (number // share for number in size)
        folder = self._folder / f"{referrals}-{people}{'-own' * own}"
        if not folder.exists():
            folder.mkdir()
            write_book(folder, referrals, people, own=own)
        return str(folder)


class Limits(NamedTuple):
    """How often each is run, and the seconds of processor time after which it is ended."""

    runs: int
    seconds: int


def spent(words: list[str], limits: Limits) -> tuple[float, float]:
    """Give the processor time of a process, the least of its runs, and its memory in MB.

    Where it prints a number that is the time, else all that it took; without end where it took
    more than is allowed.
    """
    found = []
    for _ in range(limits.runs):
        with subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
            told = process.stdout.read() if process.stdout else ""
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        whole, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        if process.returncode and whole >= limits.seconds - 1:
            return math.inf, memory
        if process.returncode:
            sys.exit(f"{' '.join(words)} ended with {process.returncode}")
        inside = words[0] == "-c" and told.strip()
        found.append((float(told) if inside else whole, memory))
    return min(found)


def grown(start: float, seconds: list[float], sizes: Sizes) -> str:
    """Give the exponent of the growth net of start-up, where there is enough to tell."""
    small, large = seconds[0] - start, seconds[-1] - start
    times = sizes[-1][0] / sizes[0][0]
    if min(small, large) < ENOUGH or not math.isfinite(large) or times == 1:
        return "-"
    return f"{math.log(large / small) / math.log(times):.2f}"


def over(ours: float, peer: float) -> str:
    """Give how many times as long ours takes, where both were told and the peer takes any time."""
    return f"{ours / peer:.2f}" if peer >= ENOUGH and math.isfinite(ours + peer) else "-"


def told(seconds: float | None) -> str:
    """Say how long something took, that it was ended, or that it was not asked."""
    return "-" if seconds is None else "ended" if math.isinf(seconds) else f"{seconds:.2f}"


def both(seconds: list[float]) -> tuple[str, str]:
    """Say how long the small one and the large one took, where both were asked."""
    return told(seconds[0]), told(seconds[1] if len(seconds) > 1 else None)


def called(piece: Piece) -> str:
    """Name a piece, and the share of the book that it is done for."""
    return piece.what + (f", 1/{piece.share} of it" if piece.share > 1 else "")


def line(what: str, peer: str, *cells: str) -> None:
    """Print a line of the table, at once."""
    wide = "".join(f"{cell:>9}" for cell in cells[:5])
    print(f"{what:{WIDEST + 2}}{peer:11}{wide}   {' '.join(cells[5:])}".rstrip(), flush=True)


def commands(books: Books, sizes: Sizes, limits: Limits, only: str) -> None:
    """Print whole commands beside the imports and the reading that they cannot do without."""
    peers = [spent(["-c", IMPORTS, books.of(size)], limits) for size in sizes]
    line("imports and read_csv", "", *both([seconds for seconds, _ in peers]))
    for name, more in COMMANDS.items():
        if only in name:
            own = name in OF_ONES_OWN
            (start, _), *found = (
                spent(["-m", "refgraph", name, "-b", books.of(size, own=own), *more], limits)
                for size in (START, *sizes)
            )
            seconds, memory = [each for each, _ in found], found[-1][1]
            ratio, grows = over(seconds[0], peers[0][0]), grown(start, seconds, sizes)
            line(name, "", *both(seconds), ratio, grows, f"{memory:.0f}", GOALS[name])


def pieces(books: Books, sizes: Sizes, limits: Limits, only: str) -> None:
    """Print each piece of ours, and below it the peers that are there."""
    ours = 0.0
    for piece in PIECES:
        if only not in piece.what or (piece.peer and find_spec(piece.peer) is None):
            continue
        program = (
            f"import sys, time\nfolder = sys.argv[1]\n{piece.given}\nbegan = time.process_time()\n"
            f"{piece.work}\nprint(time.process_time() - began)"
        )
        asked = sizes if piece.share == 1 else sizes[:1]
        (start, _), *found = (
            spent(["-c", program, books.of(size, share=piece.share)], limits)
            for size in ((START[0] * piece.share, START[1] * piece.share), *asked)
        )
        seconds, memory = [each for each, _ in found], found[-1][1]
        ours = ours if piece.peer else seconds[0]
        ratio = over(ours, seconds[0]) if piece.peer else ""
        line(
            called(piece),
            piece.peer,
            *both(seconds),
            ratio,
            grown(start, seconds, asked),
            f"{memory:.0f}",
        )


def maps(books: Books, limits: Limits, only: str) -> None:
    """Print maps as whole commands, beside the imports that they cannot do without."""
    if not any(only in name for name in MAPS):
        return
    peer, _ = spent(["-c", IMPORTS_OF_MAPS], limits)
    line("imports of a map", "", told(peer))
    for name, (size, more, goal) in MAPS.items():
        if only in name:
            folder = books.of(size, own=name == "map owed")
            words = [*name.split(), "-b", folder, "-o", f"{folder}/map.png", *more]
            seconds, memory = spent(["-m", "refgraph", *words], limits)
            what = f"{name}, {size[1]:,} people"
            line(what, "", told(seconds), "-", over(seconds, peer), "-", f"{memory:.0f}", goal)


def sized(text: str, parser: argparse.ArgumentParser) -> tuple[int, int]:
    """Read how many referrals and people a book has."""
    parts = text.split("/")
    if len(parts) != 2 or not all(part.isdecimal() and int(part) >= 20 for part in parts):
        parser.error(f"--sizes takes referrals/people, 20 or more of each, not {text!r}")
    return int(parts[0]), int(parts[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100000/10000,1000000/40000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--only", default="")
    said = parser.parse_args()
    sizes = [sized(size, parser) for size in said.sizes.split(",")]
    if len(sizes) > 2:
        parser.error("--sizes takes one size or two")
    limits = Limits(said.runs, said.seconds)
    absent = [name for name in PEERS if find_spec(name) is None]
    print(" and ".join(f"{rows:,} referrals of {people:,} people" for rows, people in sizes))
    print(f"not installed: {', '.join(absent) or 'none'}")
    line("", "peer", "s", "s, large", "ratio", "grows", "MB", "goal")
    with tempfile.TemporaryDirectory() as folder:
        books = Books(Path(folder))
        commands(books, sizes, limits, said.only)
        pieces(books, sizes, limits, said.only)
        maps(books, limits, said.only)


if __name__ == "__main__":
    main()
