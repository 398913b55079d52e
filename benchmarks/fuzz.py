"""Small hostile inputs, thousands of them, through the commands in this process.

Usage: python benchmarks/fuzz.py [--seconds N] [--seed N] [--number N] [--commands A,B]

Each input is a book, or an export, that is sound but for a few changes: bytes flipped, lines
cut, cells swapped for nasty ones, settings and rules made up; some stand as tables of a database,
in which bytes are flipped too, and some are those of ``fuzz_captures.py``. Every command of
the program reads it, each with every form of words of ``tests/surface.py`` and some of the
options that commands share, in a process of its own. An exception that is no message, an exit
status other than 0, 1 and 2, a failure without a word, ten seconds of the processor, one and a
half of them without a byte on stderr, or more memory than ten times the input and 200 MB are
printed with the seed that makes the input again; the exit status is 1 then. What it takes to load
the program and its libraries is not counted, and processor time is, so that what else runs changes
nothing. Everything is loaded once, before the first input: a process for each costs little then.
``--commands report,check,import,people,map`` asks only these.
"""

from __future__ import annotations

import argparse
import csv
import gc
import os
import pkgutil
import random
import resource
import select
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process with threads is not to fork

import refgraph as program
from refgraph.cli import main as refgraph
from refgraph.maps.kind import KINDS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fuzz_captures import FRAMES, ask_frames, capture
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
    "proposed.csv": (
        "accept,kind,date,person,other,handoff,person_email,other_email,subject,id",
        "yes,referral,{day},{one},{two},2,a@x.org,,Intro,0{at}",
    ),
    "decided.csv": ("who,what,by when,with", "{one},speaks {at},2027-{at:02d}-01,{two}"),
}
BESIDE = ("decided.csv", "proposed.csv")  # no file of a book
MAIL = (  # pieces of an archive
    "From a Mon Jun  1 10:00:00 2026\nFrom: {one} <one@x.example>\nTo: Ann <me@x.example>\n",
    "Date: Mon, 1 Jun 2026 10:00:00 +0000\nSubject: Intro {two}\n\nAnn, meet {two}.\n\n",
    "From b\nFrom: me@x.example\nTo: {one} <one@x.example>, {two} <two@y.example>\n\nYou two.\n",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--\n",
    "From c\nDate: Fri, 32 Jan 99999\nSubject: =?utf-8?B?!!?= {two}\n\n",
)
STATE = (  # what a review wrote, one piece a line
    '{"refgraph": "review", "form": 1, "day": "2026-03-01", "whose": "Ann Lee",',
    '"state": [["owed", "Ann Lee", "Bo Park", "", 2]],',
    '"referrals": [["r0", "2026-01-08", "Ann Lee", "Bo Park", 1, "given", ""]],',
    '"touches": [["2026-01-08", "Cy Dunn", "thanks", "", "r0", ""]]}',
)
NAMES = ("Ann Lee", "Bo Park", "Cy Dunn", "Dee Moss", "Eve Hart", "Ann  lee", "J. Moss")
ME = 'me = "Ann Lee"'
PROFILES = ('profile = "health"', 'profile = "law"', 'profile = "realestate"')
SETTINGS = (
    ME, "today = 2026-10-01", 'profile = "health"', 'profile = "law"', 'last = "12m"',
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
FILES = ("out", "file", "rules", "decided", "state", "mail", "proposed")
WRITES_HERE = {"map": ("-o", "{out}/map.svg")}
MORE = {  # beside what is in NEEDS
    "check": (("--strict", "--only", "lookalikes,spreadsheet,recent"),),
    "import": (("{file}", "--rules", "{rules}"), ("{file}", "--new-people", "--update")),
    "map": tuple((kind,) for kind in (*KINDS, "auto")),
}
#: Every command of the program, each with the words that make it run.
COMMANDS = tuple((name, words) for name in tree() for words in (*NEEDS[name], *MORE.get(name, ())))
#: What commands load, which no command is charged with here.
LOADED = ("pandas", "networkx", "matplotlib.backends.backend_agg", "scipy.sparse", "openpyxl")
SILENCE = 1.5  # seconds of the processor
CAPTURED = 0.3  # of the inputs are mail, calendars, databases, frames and the like
_NUMBER = 8  # bytes
TEMPLATES = ("Hi {person}", "{", "{unknown}", "{{}}", "\x00", "Subject: {prospect}\n\n{note}", "")


def table(chance: random.Random, name: str, *, is_sound: bool = False) -> bytes:
    """Write a table that is sound but for what is changed, if anything is."""
    header, row = TABLES[name]
    often = 0.0 if is_sound else chance.choice((0.0, 0.0, 0.0, 0.0, 0.02, 0.25))
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
    end = "\n" if is_sound else chance.choice((*("\n",) * 30, "\r\n", "\r"))
    text = end.join(lines) + (end if is_sound or chance.random() < 0.97 else "")
    encoding = "utf-8" if is_sound else chance.choice((*("utf-8",) * 30, "utf-8-sig", "utf-16"))
    data = bytearray(text.encode(encoding))
    while data and chance.random() < often / 2:
        data[chance.randrange(len(data))] = chance.randrange(256)
    return (
        bytes(data[: chance.randrange(len(data) + 1)])
        if chance.random() < often / 4
        else bytes(data)
    )


def book(chance: random.Random, folder: Path) -> None:
    """Write a book, or something like it; more than half are sound, so that they are answered."""
    is_sound = chance.random() < 0.6
    for name in TABLES:
        if name in BESIDE:
            continue
        if name == "referrals.csv" or chance.random() < 0.4:
            (folder / name).write_bytes(table(chance, name, is_sound=is_sound))
    if chance.random() < 0.7:
        settings = chance.sample(SOUND if is_sound else SETTINGS, chance.randrange(1, 4))
        settings = [each for each in settings if not each.startswith("profile")]
        settings += [chance.choice(PROFILES)] if chance.random() < 0.2 else []
        settings = [ME, *settings] if ME not in settings and chance.random() < 0.7 else settings
        (folder / "refgraph.toml").write_text("\n".join(settings) + "\n", encoding="utf-8")
    if chance.random() < 0.2:
        (folder / "messages").mkdir()
        for name in chance.sample(("thanks", "news", "value", "introduction", "thank"), 2):
            text = chance.choice((*TEMPLATES, *NASTY))
            (folder / "messages" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")


def words(chance: random.Random, folder: Path, among: list[str]) -> list[str]:
    """Choose one of these commands, what it needs, and options that others have too."""
    name = chance.choice(among)
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
    decided, state = folder / "d.csv", folder / "s.json"
    decided.write_bytes(table(chance, "decided.csv"))
    told = chance.sample(STATE, 4) if chance.random() < 0.1 else STATE
    for nasty in chance.sample(NASTY, chance.choice((0, 0, 0, 1, 1))):
        old = chance.choice(("Bo Park", "r0", "2", "given"))
        told = [each.replace(old, nasty) for each in told]
    state.write_text("\n".join(told), encoding="utf-8", newline="")
    rules.write_text("\n".join(chance.sample(RULES, 3)) + "\n", encoding="utf-8")
    mail, proposed = folder / "m.mbox", folder / "p.csv"
    said_of = {"one": chance.choice(NAMES), "two": chance.choice((*NAMES, *NASTY))}
    mail.write_text(
        "".join(chance.sample(MAIL, 5)).format(**said_of),
        encoding="utf-8",
        errors="replace",
        newline="",
    )
    proposed.write_bytes(table(chance, "proposed.csv"))
    files = zip(FILES, (out, export, rules, decided, state, mail, proposed), strict=True)
    places = {**PLACES, **dict(files)}
    filled = [each.format(**places) for each in said]
    has_book = any(each.name in ("option", "book") for each in tree()[name].params)
    book = database(chance, folder) if has_book and chance.random() < 0.1 else folder
    return [*name.split(), *filled, *(["-b", str(book)] if has_book else [])]


def database(chance: random.Random, folder: Path) -> Path:
    """Write the tables of a book into a file of SQLite, whatever their cells hold."""
    path = folder / "book.db"
    with closing(sqlite3.connect(path)) as kept, kept:
        for file in folder.glob("*.csv"):
            text = file.read_bytes().decode("utf-8", "replace").replace("\0", "")
            header, *rows = [*csv.reader(text.splitlines())] or [[]]
            if not header or any(map(str.isspace, text[:1])):
                continue
            names = ",".join(f'"c{at}"' for at in range(len(header)))
            try:
                kept.execute(f"CREATE TABLE {file.stem} ({_quoted(header)})")
            except sqlite3.Error:  # two columns of one name
                kept.execute(f"CREATE TABLE {file.stem} ({names})")
            marks = ",".join("?" * len(header))
            whole = [[*row, *[None] * len(header)][: len(header)] for row in rows]
            kept.executemany(f"INSERT INTO {file.stem} VALUES ({marks})", whole)  # noqa: S608
    data = bytearray(path.read_bytes())
    while chance.random() < 0.3:
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    return path


def _quoted(names: list[str]) -> str:
    return ",".join('"' + name.replace('"', '""') + '"' for name in names)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did, and what it took beside what was loaded before."""

    status: int
    said: str
    seconds: float
    silent: float
    megabytes: float


def run(argv: list[str]) -> Ran:
    """Run a command in a process of its own; everything is loaded already."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _become(argv, writer)
    os.close(writer)
    before = int.from_bytes(os.read(reader, _NUMBER), "big")
    said, silent, is_open = b"", 0.0, True
    while is_open:
        if select.select([reader], [], [], 0.05)[0]:
            piece = os.read(reader, 1 << 16)
            said, is_open = said + piece, bool(piece)
        if not said:
            silent = _used(child)
    os.close(reader)
    _, status, used = os.wait4(child, 0)
    took = used.ru_utime + used.ru_stime
    growth = used.ru_maxrss * 1024 - before
    code = os.waitstatus_to_exitcode(status)
    return Ran(code, said.decode("utf-8", "replace"), took, silent, growth / 1e6)


def _become(argv: list[str], writer: int) -> None:
    """Be the command, in the process that was made for it; say first what memory it has."""
    try:
        os.write(writer, _resident().to_bytes(_NUMBER, "big"))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream, now in ((0, nothing), (1, nothing), (2, writer)):
            os.dup2(now, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
        if argv[0] == FRAMES:
            ask_frames(random.Random(int(argv[1])), (*NAMES, *NASTY))
        else:
            refgraph(argv, prog_name="refgraph")
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else bool(ended.code))
    except BaseException:  # noqa: BLE001  # whatever it is, that is what is looked for
        os.write(2, traceback.format_exc().encode("utf-8", "replace"))
        os._exit(70)
    os._exit(0)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _used(process: int) -> float:
    """Give the processor's seconds of a process, of itself and of the system for it."""
    said = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def wrong(seed: int, tally: Tally, among: list[str]) -> str:
    """Make the input of a seed and let one of these commands read it; say what is wrong."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book(chance, folder)
        argv = words(chance, folder, [name for name in among if name != FRAMES])
        if chance.random() < CAPTURED:
            other = capture(chance, folder, (*NAMES, *NASTY), run)
            argv = other if other[0] in among else argv
        size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6
        ran = run(argv)
    tally.add(argv[0], ran)
    is_silent = not ran.said.strip() and argv[0] != "check"  # whose answer is on stdout
    found = {
        ran.said: "Traceback" in ran.said,
        f"exit status {ran.status}": ran.status not in (0, 1, 2),
        f"exit status {ran.status} without a word": bool(ran.status) and is_silent,
        f"{ran.seconds:.0f} s": ran.seconds > 10,
        f"silent for {ran.silent:.1f} s of {ran.seconds:.1f}": ran.silent > SILENCE,
        f"{ran.megabytes:.0f} MB for {size:.3f} MB": ran.megabytes > 200 + 10 * size,
    }
    why = next((why for why, is_so in found.items() if is_so), "")
    return f"seed {seed}: {' '.join(argv)}\n{why}" if why else ""


class Tally:
    """What came of the inputs so far: their statuses, and the worst of each cost."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.worst = dict.fromkeys(("seconds", "silent", "megabytes"), (0.0, ""))

    def add(self, command: str, ran: Ran) -> None:
        """Count one more."""
        self.statuses[ran.status] += 1
        for name, (most, _) in self.worst.items():
            if getattr(ran, name) > most:
                self.worst[name] = getattr(ran, name), command

    def __str__(self) -> str:
        counts = sorted(self.statuses.items())
        told = [f"{times:,} with status {status}" for status, times in counts]
        told += [f"most {name} {most:.1f} ({by})" for name, (most, by) in self.worst.items() if by]
        return ", ".join(told)


def load() -> None:
    """Load whatever a command may load, and keep it where a process made later only reads it."""
    for name in LOADED:
        import_module(name)
    for each in pkgutil.walk_packages(program.__path__, "refgraph."):
        if not each.name.endswith("__main__"):
            import_module(each.name)
    gc.collect()
    gc.freeze()


def main() -> int:
    """Try seeds until the time is over; exit status 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--number", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--commands", default=",".join((*tree(), FRAMES)), help="a,b: only these")
    told = parser.parse_args()
    among = told.commands.split(",")
    if unknown := {*among} - {*tree(), FRAMES}:
        parser.error(f"no such command: {', '.join(sorted(unknown))}")
    load()
    tally = Tally()
    end, tried, bad = time.monotonic() + told.seconds, 0, 0
    for seed in range(told.seed, told.seed + told.number):
        if time.monotonic() > end:
            break
        tried += 1
        if found := wrong(seed, tally, among):
            bad += 1
            print(found, flush=True)
    print(f"{tried:,} inputs, {bad:,} of them wrong: {tally}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
