"""Small hostile inputs, thousands of them, through the commands in this process.

Usage: python benchmarks/fuzz.py [--seconds N] [--seed N] [--number N]

Each input is a book, or an export, that is sound but for a few changes: bytes flipped, lines
cut, cells swapped for nasty ones, settings and rules made up. ``report``, ``check``,
``stats``, ``import``, ``people`` and ``map`` read it. An exception that is no message, an exit
status other than 0, 1 and 2, a failure without a word, or ten seconds are printed with the
seed that makes the input again; the exit status is 1 then.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from click.testing import CliRunner

from refgraph.cli import main as refgraph

NASTY = (  # cells
    *("", " ", "NA", "=1+1", "007", "1e3", "-", '"', "'", ";", "x;y", "me", "Ann Lee", "Bo Park"),
    *("\x00", "\x1b[31m", "\u202e", "\ufeff", "\u2028", "José", "Jose\u0301", "محمد علي", "李 雷"),
    *("2026-02-30", "2026-01-08", "9999-12-31", "0001-01-01", "01/02/2026", "1" * 5000, "a" * 300),
    *(
        "<script>",
        "Cash $$ Money",
        r"$\frac$",
        "../../x",
        "😀",
        "won",
        "5",
        "-1",
        "1.5",
        "nan",
        "inf",
    ),
)
TABLES = {
    "referrals.csv": (
        "date,giver,receiver,prospect,count,handoff,status,value,currency,note,id",
        "{day},{one},{two},Okafor,1,4,won,1250.50,EUR,roof,r{at}",
    ),
    "people.csv": (
        "person,aliases,role,profession,group,offers,needs,email,cadence,helpful,since",
        "{one},{alias},client,law,north,wills,tax;roof,a@x.org,monthly,4,2020-01-01",
    ),
    "touches.csv": ("date,person,kind,personal,note", "{day},{one},thanks,yes,spoke"),
    "statuses.csv": ("date,id,status,note", "{day},r0,won,x"),
    "assertions.csv": ("date,person,given,received", "{day},{one},1,0"),
}
NAMES = ("Ann Lee", "Bo Park", "Cy Dunn", "Dee Moss", "Eve Hart", "Ann  lee", "J. Moss")
SETTINGS = (
    'me = "Ann Lee"', "today = 2026-10-01", 'profile = "health"', 'profile = "law"', 'last = "12m"',
    'looking_for = ["couples"]', "accepting = false", "[synonyms]", "x = [", 'since = "x"',
)  # fmt: skip
RULES = (
    "skip 1", "fields date, giver, receiver", 'if note ~ "x" skip', 'set status "won"',
    'rename "Bo" -> "Ann"', "date-format %d/%m/%Y", "decimal comma", 'column giver "From"',
    'if "status" = "Yes" set status "won"', 'new "Zed"', "id-prefix x", 'set status "paid"',
)  # fmt: skip
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
COMMANDS = (
    ("report",), ("report", "--all", "-O", "json"), ("check",), ("check", "--strict"), ("stats",),
    ("check", "--only", "lookalikes,spreadsheet,recent"), ("people",), ("people", "--lookalikes"),
    ("people", "--undeclared"), ("report", "--incognito"), ("check", "--incognito", "-O", "json"),
    ("report", "--skip-bad"), ("stats", "--skip-bad", "--last", "12m"), ("import",), ("import",),
    ("map", "owed"), ("map", "connectors"), ("map", "matrix"), ("map", "timeline"),
    ("map", "pipeline"), ("map", "auto"),
)  # fmt: skip


def table(chance: random.Random, name: str) -> bytes:
    """Write a table that is sound but for what is changed, if anything is."""
    header, row = TABLES[name]
    often = chance.choice((0.0, 0.0, 0.02, 0.25))
    lines = [header]
    for at in range(chance.randrange(1, 12 if name != "people.csv" else len(NAMES))):
        one, two = chance.sample(NAMES, 2)
        one = NAMES[at] if name == "people.csv" else one
        day = f"2026-{chance.randrange(1, 10):02d}-{chance.randrange(1, 29):02d}"
        cells = row.format(day=day, one=one, two=two, at=at, alias=f"{one}-").split(",")
        while chance.random() < often:
            cells[chance.randrange(len(cells))] = chance.choice(NASTY)
        lines.append(",".join(cells))
    while chance.random() < often:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(NASTY))
    text = chance.choice((*("\n",) * 8, "\r\n", "\r")).join(lines) + chance.choice(
        (*("\n",) * 8, "")
    )
    data = bytearray(text.encode(chance.choice((*("utf-8",) * 8, "utf-8-sig", "utf-16"))))
    while data and chance.random() < often / 2:
        data[chance.randrange(len(data))] = chance.randrange(256)
    return (
        bytes(data[: chance.randrange(len(data) + 1)])
        if chance.random() < often / 4
        else bytes(data)
    )


def book(chance: random.Random, folder: Path) -> None:
    """Write a book, or something like it."""
    for name in TABLES:
        if name == "referrals.csv" or chance.random() < 0.4:
            (folder / name).write_bytes(table(chance, name))
    if chance.random() < 0.4:
        settings = chance.sample(SETTINGS, chance.randrange(1, 4))
        (folder / "refgraph.toml").write_text("\n".join(settings) + "\n", encoding="utf-8")


def words(chance: random.Random, folder: Path) -> list[str]:
    """Choose a command, and what it needs."""
    command = chance.choice(COMMANDS)
    if command[0] != "import":
        out = ["-o", str(folder / "map.svg")] if command[0] == "map" else []
        return [*command, str(folder), *out]
    export = folder / "x.csv"
    if chance.random() < 0.3:
        cells = ",".join(chance.choice(NASTY) for _ in range(7))
        export.write_text(f"{LINKEDIN}\n{cells}\n", encoding="utf-8", newline="")
    else:
        export.write_bytes(table(chance, "referrals.csv"))
    rules = []
    if chance.random() < 0.4:
        path = folder / "x.rules"
        path.write_text("\n".join(chance.sample(RULES, 3)) + "\n", encoding="utf-8")
        rules = ["--rules", str(path)]
    dry = ["--dry-run"] if chance.random() < 0.5 else []
    return ["import", str(export), "-b", str(folder), *rules, *dry]


def wrong(seed: int, statuses: Counter[int]) -> str:
    """Make the input of a seed and read it; say what is wrong, or nothing."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book(chance, folder)
        argv, began = words(chance, folder), time.monotonic()
        ran = CliRunner().invoke(refgraph, argv)
        statuses[ran.exit_code] += 1
        told = f"seed {seed}: {' '.join(argv)}"
        if ran.exception is not None and not isinstance(ran.exception, SystemExit):
            return told + "\n" + "".join(traceback.format_exception(ran.exception))
        if ran.exit_code not in (0, 1, 2):
            return f"{told}\nexit status {ran.exit_code}"
        if ran.exit_code and not ran.output.strip():
            return f"{told}\nexit status {ran.exit_code} without a word"
        if (seconds := time.monotonic() - began) > 10:
            return f"{told}\n{seconds:.0f} s"
    return ""


def main() -> int:
    """Try seeds until the time is over; exit status 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--number", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    told = parser.parse_args()
    statuses: Counter[int] = Counter()
    end, tried, bad = time.monotonic() + told.seconds, 0, 0
    for seed in range(told.seed, told.seed + told.number):
        if time.monotonic() > end:
            break
        tried += 1
        if found := wrong(seed, statuses):
            bad += 1
            print(found, flush=True)
    shares = ", ".join(f"{times:,} with status {each}" for each, times in sorted(statuses.items()))
    print(f"{tried:,} inputs, {bad:,} of them wrong: {shares}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
