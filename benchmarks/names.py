"""How well and how fast names are suggested as one person: python benchmarks/names.py [DATA].

DATA is a folder with ``er_febrl/dataset1.csv`` and ``er_dedupe_examples``, whose true
identities are known; without it only the speed is measured, on invented names.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import time
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from refgraph.lookalikes import Lookalike, lookalikes

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = 5_000


def invented(people: int) -> list[str]:
    """Draw different names from 300 first and 2,000 last names, none of a real language."""
    draw = random.Random(0)

    def word(least: int, most: int) -> str:
        parts = range(draw.randint(least, most))
        return "".join(draw.choice("bcdfghklmnprst") + draw.choice("aeiou") for _ in parts)

    first = [word(2, 3).title() for _ in range(300)]
    last = [word(2, 4).title() for _ in range(2_000)]
    found: dict[str, None] = {}
    while len(found) < people:
        found[f"{draw.choice(first)} {draw.choice(last)}"] = None
    return list(found)


def cpu(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def speed() -> None:
    names = invented(PEOPLE)
    lookalikes(names[:100])  # the libraries are loaded
    ours = min(cpu(lambda: lookalikes(names)) for _ in range(3))
    print(f"{PEOPLE:,} invented names, seconds of processor time")
    print(f"  lookalikes                                  {ours:7.2f}")
    whole = cpu(lambda: cdist(names, names, scorer=fuzz.WRatio, score_cutoff=90, workers=1))
    print(f"  rapidfuzz.cdist, WRatio, all with all       {whole:7.2f}")
    whole = cpu(lambda: cdist(names, names, scorer=OSA.distance, score_cutoff=2, workers=1))
    print(f"  rapidfuzz.cdist, two edits, all with all    {whole:7.2f}")
    some = names[:300]
    pairs = cpu(
        lambda: [SequenceMatcher(None, *pair).ratio() > 0.9 for pair in combinations(some, 2)]
    )
    scaled = pairs * (PEOPLE / len(some)) ** 2
    print(f"  difflib, all with all, scaled from 300      {scaled:7.0f}")


Records = list[tuple[str, str]]  # (true identity, name)


def febrl(path: Path) -> tuple[Records, set[tuple[str, str]]]:
    """Read given name and surname; say which true pairs the names can tell.

    Those are the pairs whose two fields, in one or the other order, lie within two edits of
    each other, blanks not counted.
    """
    records, fields = [], {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, skipinitialspace=True):
            both = [(row[name] or "").strip() for name in ("given_name", "surname")]
            name = " ".join(filter(None, both))
            if name:
                records.append((row["rec_id"].split("-")[1], name))
                fields[name] = [part.replace(" ", "") for part in both]

    def near(one: str, other: str) -> bool:
        straight = fields[other]
        ways = (straight, straight[::-1])
        return any(sum(map(OSA.distance, fields[one], way)) <= 2 for way in ways)

    return records, {pair for pair in truth(records) if near(*pair)}


def sites(path: Path) -> Records:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [
            (row["True Id"], " ".join(row["Site name"].split())) for row in csv.DictReader(stream)
        ]
    return [(identity, name) for identity, name in rows if name]


def truth(records: Records) -> set[tuple[str, str]]:
    """Give the pairs of different names that one identity bears."""
    names = defaultdict(set)
    for identity, name in records:
        names[identity].add(name)
    return {pair for some in names.values() for pair in combinations(sorted(some), 2)}


def of_records(records: Records, told: set[tuple[str, str]]) -> tuple[int, int]:
    """Count true pairs of records, and those joined by one name or by a suggestion."""
    borne: dict[str, Counter[str]] = defaultdict(Counter)
    for identity, name in records:
        borne[identity][name] += 1
    pairs = joined = 0
    for names in borne.values():
        all_of_one = sum(times * (times - 1) // 2 for times in names.values())
        pairs += all_of_one
        joined += all_of_one
        for one, other in combinations(sorted(names), 2):
            pairs += names[one] * names[other]
            joined += names[one] * names[other] * ((one, other) in told)
    return pairs, joined


def quality(title: str, records: Records, reachable: set[tuple[str, str]] | None = None) -> None:
    names = sorted({name for _, name in records})
    found = lookalikes(names)
    told = {in_order(pair) for pair in found}
    true = truth(records)
    pairs, joined = of_records(records, told)
    print(f"{title}: {len(records):,} records, {len(names):,} names, {len(told):,} suggestions")
    print(f"  precision, of suggestions                   {share(len(told & true), len(told))}")
    print(f"  recall, of true pairs of different names    {share(len(told & true), len(true))}")
    if reachable is not None:
        told_of_them = share(len(told & reachable), len(reachable))
        print(f"  recall, of those within two edits           {told_of_them}")
    print(f"  recall, of true pairs of records            {share(joined, pairs)}")
    merged = true & connected(told & true)
    print(f"  recall, once the right ones are merged      {share(len(merged), len(true))}")
    reasons: dict[str, list[bool]] = defaultdict(list)
    for pair in found:
        kind = re.split("[,:]| a title| a company", pair.reason)[0]
        reasons[kind].append(in_order(pair) in true)
    for kind, right in sorted(reasons.items(), key=lambda item: -len(item[1])):
        print(f"    {sum(right):5,} of {len(right):5,} right  {kind}")


def connected(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give the pairs that are one person once those given are merged, one after the other."""
    groups = nx.connected_components(nx.Graph(pairs))
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def in_order(pair: Lookalike) -> tuple[str, str]:
    return min(pair.person, pair.other), max(pair.person, pair.other)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}  {part:,} of {whole:,}"


def main(folder: str | None = None) -> None:
    speed()
    for name, read in (
        ("er_febrl/dataset1.csv", febrl),
        ("er_febrl/dataset2.csv", febrl),
        ("er_febrl/dataset3.csv", febrl),
        ("er_dedupe_examples/csv_example_input_with_true_ids.csv", lambda path: (sites(path),)),
    ):
        path = Path(folder or "", name)
        if folder is None or not path.is_file():
            print(f"{name}: not there, left out")
        else:
            quality(name, *read(path))


if __name__ == "__main__":
    main(*sys.argv[1:2])
