"""A record of millions of referrals, asked where it is: processor time and peak memory.

Usage: python benchmarks/warehouse.py [--rows N] [--people N] [--seed N] [--folder DIR]
       [--memory 1500MB]

DuckDB itself draws the rows, from a seed: names, a day of three years or none, a count. Each
question runs in a process of its own, on the file, within the memory that DuckDB is given, and
writes its answer to a table, so that what is measured is the engine and what refgraph asks of
it. Beside `pairs` and `reciprocity` stands a plain group-by of the same rows by the names that
they have. Goals at 17,000,000 rows of 350,000 people: both within 1.3 times that group-by, `owe` of
one person under 3 s, `owe` of everybody within 2 GB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

TODAY = "2026-11-30"
QUESTIONS = ("plain", "pairs", "owe one", "owe everybody", "reciprocity")
DRAWN = """
CREATE TABLE referrals AS
SELECT 'Person ' || lpad(giver::VARCHAR, 7, '0') AS giver,
       'Person ' || lpad(receiver::VARCHAR, 7, '0') AS receiver,
       CASE WHEN chance < 0.01 THEN NULL ELSE DATE '2023-12-01' + day::INTEGER END AS date,
       1 + (chance * 20)::INTEGER // 19 AS count
FROM (SELECT hash(nth * 4 + $seed) % $people AS giver,
             (giver + 1 + hash(nth * 4 + 1 + $seed) % least($people - 1, 200)) % $people
                 AS receiver,
             hash(nth * 4 + 2 + $seed) % 1095 AS day,
             (hash(nth * 4 + 3 + $seed) % 1000000) / 1000000.0 AS chance
      FROM range($rows) AS drawn(nth))
"""
# A group-by of the same pairs, with what went either way.
PLAIN = """
CREATE OR REPLACE TABLE answer AS
SELECT least(giver, receiver) AS a, greatest(giver, receiver) AS b,
       sum(CASE WHEN giver < receiver THEN count ELSE 0 END) AS a_to_b,
       sum(CASE WHEN giver < receiver THEN 0 ELSE count END) AS b_to_a
FROM kept.referrals GROUP BY ALL
"""


def draw(path, rows, people, seed):
    """Draw the rows into a file."""
    import duckdb

    said = DRAWN
    for name, value in (("rows", rows), ("people", people), ("seed", seed)):
        said = said.replace(f"${name}", str(value))
    base = duckdb.connect(str(path))
    try:
        base.execute(said)
    finally:
        base.close()


def ask(question, path, memory):
    """Ask one question; print the seconds, of processor time too, and the peak memory in MB."""
    import ibis

    warnings.simplefilter("ignore")
    from refgraph.warehouse.warehouse import Warehouse

    answer = path.with_name("answer.duckdb")
    answer.unlink(missing_ok=True)
    config = {"memory_limit": memory, "temp_directory": str(path.parent / "spilled")}
    config["preserve_insertion_order"] = False  # of answers that are tables without one
    base = ibis.duckdb.connect(str(answer), **config)
    base.raw_sql(f"ATTACH '{path}' AS kept (READ_ONLY)")
    since, used = time.perf_counter(), time.process_time()
    opened = used
    if question == "plain":
        base.raw_sql(PLAIN)
    else:
        there = Warehouse.open(base.table("referrals", database="kept.main"), today=TODAY)
        opened = time.process_time()
        asked = {
            "pairs": there.pairs,
            "reciprocity": there.reciprocity,
            "owe one": lambda: there.owe("Person 0000007"),
            "owe everybody": lambda: there.owe(everybody=True),
        }[question]()
        if question in ("reciprocity", "owe one"):
            asked.execute()
        else:
            base.raw_sql(f"CREATE TABLE answer AS {ibis.to_sql(asked.coded, 'duckdb')}")
    took, cpu = time.perf_counter() - since, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shown = f"{took:8.1f} s {cpu:8.1f} s of processor time"
    print(
        f"{question:<14} {shown} ({opened - used:6.1f} of it to open) {peak:8,.0f} MB", flush=True
    )


def main():
    """Draw the rows, and ask every question in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=17_000_000)
    parser.add_argument("--people", type=int, default=350_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--memory", default="1500MB")
    parser.add_argument("--ask", choices=QUESTIONS)
    said = parser.parse_args()
    if said.ask:
        ask(said.ask, said.folder / "slips.duckdb", said.memory)
        return
    with tempfile.TemporaryDirectory(dir=said.folder) as folder:
        path = Path(folder, "slips.duckdb")
        draw(path, said.rows, said.people, said.seed)
        size = path.stat().st_size / 1e6
        print(f"{said.rows:,} rows, {said.people:,} people, seed {said.seed}, {size:,.0f} MB")
        for question in QUESTIONS:
            words = ["--ask", question, "--folder", folder, "--memory", said.memory]
            subprocess.run([sys.executable, __file__, *words], check=False)


if __name__ == "__main__":
    main()
