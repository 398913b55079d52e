"""Small hostile inputs, thousands of them, through the commands in this process.

Usage: python benchmarks/fuzz.py [--seconds N] [--seed N] [--number N]

Each input is a book, or an export, that is sound but for a few changes: bytes flipped, lines
cut, cells swapped for nasty ones, settings and rules made up. Every command of
the program reads it, each with every form of words of ``tests/surface.py`` and some of the
options that commands share. An exception that is no message, an exit
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
from refgraph.maps.kind import KINDS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from surface import NEEDS, spread, tree  # beside the tests, which keep it whole

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
    "touches.csv": (
        "date,person,kind,personal,note,with,about,until",
        "{day},{one},thanks,yes,spoke,{two},r0,",
    ),
    "statuses.csv": ("date,id,status,note", "{day},r0,won,x"),
    "assertions.csv": ("date,person,given,received", "{day},{one},1,0"),
}
NAMES = ("Ann Lee", "Bo Park", "Cy Dunn", "Dee Moss", "Eve Hart", "Ann  lee", "J. Moss")
SETTINGS = (
    'me = "Ann Lee"', "today = 2026-10-01", 'profile = "health"', 'profile = "law"', 'last = "12m"',
    'looking_for = ["couples"]', "accepting = false", "[synonyms]", "x = [", 'since = "x"',
)  # fmt: skip
SOUND = SETTINGS[:7]
RULES = (
    "skip 1", "fields date, giver, receiver", 'if note ~ "x" skip', 'set status "won"',
    'rename "Bo" -> "Ann"', "date-format %d/%m/%Y", "decimal comma", 'column giver "From"',
    'if "status" = "Yes" set status "won"', 'new "Zed"', "id-prefix x", 'set status "paid"',
)  # fmt: skip
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
#: What stands for the places of the words in ``NEEDS``.
PLACES = {
    "one": "Ann Lee", "two": "Bo Park", "apart": "Cy Dunn", "alias": "Ann Lee-",
    "group": "north", "work": "law", "id": "r0", "open": "r1", "prospect": "Okafor",
}  # fmt: skip
WRITES_HERE = {"map": ("-o", "{out}/map.svg")}
MORE = {  # beside what is in NEEDS
    "check": (("--strict", "--only", "lookalikes,spreadsheet,recent"),),
    "import": (("{file}", "--rules", "{rules}"), ("{file}", "--new-people", "--update")),
    "map": tuple((kind,) for kind in (*KINDS, "auto")),
}
#: Every command of the program, each with the words that make it run.
COMMANDS = tuple((name, words) for name in tree() for words in (*NEEDS[name], *MORE.get(name, ())))
TEMPLATES = ("Hi {person}", "{", "{unknown}", "{{}}", "\x00", "Subject: {prospect}\n\n{note}", "")


def table(chance: random.Random, name: str) -> bytes:
    """Write a table that is sound but for what is changed, if anything is."""
    header, row = TABLES[name]
    often = chance.choice((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.02, 0.25))
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
    text = chance.choice((*("\n",) * 30, "\r\n", "\r")).join(lines) + chance.choice(
        (*("\n",) * 30, "")
    )
    data = bytearray(text.encode(chance.choice((*("utf-8",) * 30, "utf-8-sig", "utf-16"))))
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
        if chance.random() < 0.7:
            settings = [each for each in settings if each in SOUND]
        (folder / "refgraph.toml").write_text("\n".join(settings) + "\n", encoding="utf-8")
    if chance.random() < 0.2:
        (folder / "messages").mkdir()
        for name in chance.sample(("thanks", "news", "value", "introduction", "thank"), 2):
            text = chance.choice((*TEMPLATES, *NASTY))
            (folder / "messages" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")


def words(chance: random.Random, folder: Path) -> list[str]:
    """Choose a command, what it needs, and options that others have too."""
    name = chance.choice([*tree()])
    said = chance.choice([each for command, each in COMMANDS if command == name])
    said = (*said, *WRITES_HERE.get(name, ()))
    for more in chance.sample(
        options := spread(name), min(len(options), chance.choice((0, 0, 1, 2)))
    ):
        said += () if more[0] in said else more
    export, rules, out = folder / "x.csv", folder / "x.rules", folder / "out"
    out.mkdir()
    if chance.random() < 0.3:
        cells = ",".join(chance.choice(NASTY) for _ in range(7))
        export.write_text(f"{LINKEDIN}\n{cells}\n", encoding="utf-8", newline="")
    else:
        export.write_bytes(table(chance, "referrals.csv"))
    rules.write_text("\n".join(chance.sample(RULES, 3)) + "\n", encoding="utf-8")
    filled = [each.format(**PLACES, out=out, file=export, rules=rules) for each in said]
    has_book = any(each.name in ("option", "book") for each in tree()[name].params)
    return [*name.split(), *filled, *(["-b", str(folder)] if has_book else [])]


def wrong(seed: int, statuses: Counter[int]) -> str:
    """Make the input of a seed and read it; say what is wrong, or nothing."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book(chance, folder)
        argv = words(chance, folder)
        began = time.process_time()
        ran = CliRunner().invoke(refgraph, argv)
        statuses[ran.exit_code] += 1
        told = f"seed {seed}: {' '.join(argv)}"
        if ran.exception is not None and not isinstance(ran.exception, SystemExit):
            return told + "\n" + "".join(traceback.format_exception(ran.exception))
        if ran.exit_code not in (0, 1, 2):
            return f"{told}\nexit status {ran.exit_code}"
        if ran.exit_code and not ran.output.strip():
            return f"{told}\nexit status {ran.exit_code} without a word"
        if (seconds := time.process_time() - began) > 10:
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
