"""A million rows read strictly, beside pandas, which checks nothing.

Usage: python benchmarks/reading.py [ROWS] [RUNS]

Ours is `refgraph.reading.read`: the bytes are decoded as UTF-8, every row is checked for
its number of fields, every date, count, handoff, status and amount for its meaning, every
name and note for control characters and spelling, every row for a referral to oneself, and
typed columns come out. Ids are made from the content of a row when somebody asks for one,
which pandas has no like of; they are timed apart. The peer is
`pandas.read_csv(dtype=str, keep_default_na=False)` on the same file: text columns. Times
are of this process alone (CPU, median), the two in turn.

The files: a plain one of date, giver and receiver, and a wide one of ten columns, with a
prospect of their own in half of the rows; each also with a name in quotes in every
hundredth row, with every field in quotes, and with a problem in every thousandth row,
which is left out (`skip_bad`).
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE, LIMIT = 20_000, 2.5
WIDE = "date,giver,receiver,prospect,count,handoff,status,value,currency,note"


def write_table(path: Path, rows: int, *, wide: bool, quoted: int = 0, bad: int = 0) -> None:
    rng = random.Random(1)
    names = [f"Person {number:05d}" for number in range(PEOPLE)]
    days = [(date(2021, 1, 1) + timedelta(days=back)).isoformat() for back in range(1800)]
    notes = ["", "", "", "met at the fair", "kitchen refit", "a second opinion"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"{WIDE if wide else WIDE[:19]}\n")
        for row in range(rows):
            giver, receiver = rng.sample(names, 2)
            day = rng.choice(days)
            if quoted > 1 and row % quoted == 0:
                giver = f'"{giver}, Esq."'
            if bad and row % bad == 0:
                day = "2026-02-30"
            line = f"{day},{giver},{receiver}"
            if wide:
                prospect = f"Prospect {row}" if row % 2 else rng.choice(["", receiver[::-1]])
                status = rng.choice(["", "given", "contacted", "met", "won", "lost"])
                paid = f"{rng.randrange(1, 90000)}.50,EUR" if status == "won" else ","
                line += f",{prospect},{rng.choice(['', '1', '2'])},{rng.choice(['', '0', '5'])}"
                line += f",{status},{paid},{rng.choice(notes)}"
            if quoted == 1:
                line = '"' + line.replace(",", '","') + '"'
            stream.write(line + "\n")


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    kept = work()
    spent = time.process_time() - start
    del kept
    return spent


def main(rows: int = 1_000_000, runs: int = 5) -> None:
    import pandas as pd

    from refgraph.reading import ReadOptions, read

    options = ReadOptions(today=date(2026, 10, 1), skip_bad=True, max_rows=rows)
    kinds = {
        "plain": {"wide": False},
        "wide": {"wide": True},
        "plain, quotes": {"wide": False, "quoted": 100},
        "wide, quotes": {"wide": True, "quoted": 100},
        "wide, all quoted": {"wide": True, "quoted": 1},
        "wide, problems": {"wide": True, "bad": 1000},
    }
    print(f"{rows:,} rows, {PEOPLE:,} people, median of {runs} CPU times")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "referrals.csv")
        for name, kind in kinds.items():
            write_table(path, rows, **kind)

            def ours() -> object:
                return read(path, options)

            def theirs() -> object:
                return pd.read_csv(path, dtype=str, keep_default_na=False)

            ours(), theirs()  # once, so that everything is in memory
            times = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
            one, other = (statistics.median(each) for each in zip(*times, strict=True))
            record = read(path, options)
            ids = seconds(lambda: list(record.referrals.columns["id"]))  # noqa: B023
            print(
                f"{name:<16} refgraph {one:5.2f} s   pandas {other:5.2f} s   ratio "
                f"{one / other:4.2f} (limit {LIMIT})   ids {ids:4.2f} s"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
