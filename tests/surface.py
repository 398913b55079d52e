"""Every command with words that make it run, and three kinds of books to run it on.

The commands are those of the click tree, and so are the options that several have;
what a command needs beside them stands in ``NEEDS``. A command without an entry there
fails :mod:`tests.cli.test_cli_surface`.

Books are one structure told in three ways: ``good`` with plain names, ``hostile`` with a
canary in every text and awkward names, and ``failing`` with one bad row besides, which
holds a canary too.
"""

from __future__ import annotations

import base64
import csv
import io
import re
import shutil
import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from refgraph.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["FAULTS", "NEEDS", "Call", "Ran", "Subject", "calls", "carry_out", "failing", "good"]
__all__ += ["hostile", "leaks", "spread", "texts", "tree", "writes"]

TODAY = "2026-06-30"

# ---------------------------------------------------------------- the commands


def tree(group: click.Group = main, above: str = "") -> dict[str, click.Command]:
    """Name every command that does something, those of groups within groups too."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            found |= tree(command, f"{above}{name} ")
        else:
            found[f"{above}{name}"] = command
    return found


#: What each command needs beside the book: one list of words a variant. ``{one}`` and
#: ``{two}`` are people, ``{apart}`` one whom no referral joins to ``{one}``, ``{alias}`` one
#: of ``{one}``'s other names, ``{group}``, ``{work}`` and ``{id}`` what the book holds, ``{out}``
#: a folder to write to, ``{file}`` a table to import.
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "add": (
        ("{one}", "{two}", "--prospect", "{prospect}", "--note", "word", "--value", "12.50"),
        ("{one}", "me", "--id", "new1", "--date", "2026-06-01", "--count", "2"),
        ("New Person", "{two}", "--new", "--handoff", "3", "--status", "won", "--currency", "EUR"),
    ),
    "balance": ((), ("--pairs",)),
    "bench": ((), ("{work}",), ("--by", "profession"), ("--share",)),
    "card": ((),),
    "chains": (
        (),
        ("--by", "root", "--decay", "1"),
        ("--by", "person", "--touch", "last"),
        ("--by", "giver"),
        ("--by", "client"),
        ("--essential",),
        ("--unknown",),
    ),
    "check": (
        (),
        ("--strict",),
        *(("--only", each) for each in ("lookalikes", "spreadsheet", "recent")),
    ),
    "connectors": ((), ("--with-me",), ("--parts",), ("--weighted",)),
    "effect": (("--samples", "100"), ("--samples", "100", "-o", "{out}/effect.png")),
    "evaluate": (("--samples", "100"), ("--calibration",)),
    "export": tuple((f"{{out}}/net.{each}",) for each in ("graphml", "gexf", "csv", "json")),
    "forget": (("{one}", "--dry-run"), ("{one}", "--as", "Somebody"), ("{two}", "--notes")),
    "groups": ((), ("--by", "person"), ("--with-me",)),
    "import": (("{file}",), ("{file}", "--dry-run"), ("{file}", "--partial")),
    "init": (("{out}/new",), ("{out}/new", "--me", "{one}"), ("{out}/new", "--sample")),
    "introduce": (
        (),
        ("{one}",),
        ("--draft", "1"),
        ("--draft", "1", "--mailto"),
        ("--draft", "1", "-O", "json"),
    ),
    "map": (
        ("owed",),
        ("owed", "--highlight", "{one}", "--top", "3"),
        ("connectors", "--with-me"),
        ("connectors", "--only", "{group}"),
        ("overview",),
        ("matrix", "--highlight", "{one}"),
        ("timeline",),
        ("chains", "--touch", "last"),
        ("auto",),
    ),
    "owe": ((),),
    "people": ((), ("--find", "{one}"), ("--unused",), ("--undeclared",), ("--lookalikes",)),
    "people merge": (
        ("{one}", "{apart}", "--prefer", "first", "--dry-run"),
        ("{one}", "{apart}", "--prefer", "second"),
    ),
    "people split": (("{alias}", "--dry-run"), ("{alias}",)),
    "reciprocity": (
        (),
        ("--by", "person"),
        ("--by", "pair"),
        ("--test", "--samples", "100", "--seed", "1"),
    ),
    "refer-first": ((), ("--everyone", "--parts"), ("--never",), ("--settle",), ("--role", "none")),
    "register": (("{one}",),),
    "report": ((),),
    "returns": ((), ("--curve",), ("--curve", "--to", "{one}")),
    "review": (("-o", "{out}/review"),),
    "stats": ((),),
    "status": (("{id}", "won", "--note", "word"), ("{open}", "met")),
    "touch": (("{one}", "thanks"), ("{two}", "settled", "--note", "word", "--personal")),
    "why": (("{one}",),),
}
#: What a command needs to be told where an option would otherwise make it write here.
_TARGET = {"map": ("-o", "{out}/map.png")}

#: The options that several commands have, each with its values; those a command has are
#: taken from the tree, and formats from their choices.
SHARED: dict[str, tuple[tuple[str, ...], ...]] = {
    "whose": (("--for", "{one}"),),
    "incognito": (("--incognito",),),
    "explain": (("--explain",),),
    "everything": (("--all",),),
    "raw": (("--raw",),),
    "me": (("--me", "{two}"),),
    "today": (("--today", "2026-07-05"),),
    "since": (("--since", "2026-01-01"),),
    "until": (("--until", "2026-05-01"),),
    "last": (("--last", "6m"),),
    "skip_bad": (("--skip-bad",),),
    "horizon": (("--horizon", "60"),),
    "half_life": (("--half-life", "100"),),
    "encoding": (("--encoding", "utf-8"),),
    "delimiter": (("--delimiter", "comma"),),
    "max_rows": (("--max-rows", "1000"), ("--max-rows", "3")),
    "max_people": (("--max-people", "1000"), ("--max-people", "3")),
    "columns": (("--columns", "note=comment"),),
    "comment": (("--comment", "#"),),
    "theme": (("--theme", "print"),),
    "size": (("--size", "700x500"),),
    "scene": (("--scene", "{out}/scene.json"),),
}
_SUFFIXES = {"table": "txt", "csv": "csv", "json": "json", "md": "md"}
_PICTURES = ("png", "svg", "pdf", "html")


@dataclass(frozen=True, slots=True)
class Call:
    """One command with the words after it, which may hold places of a :class:`Subject`."""

    command: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((self.command, *self.words))

    def plus(self, *words: str) -> Call:
        """Give the same call with more words."""
        return replace(self, words=(*self.words, *words))

    def argv(self, subject: Subject, out: Path) -> list[str]:
        """Fill the places in."""
        said = [word.format(out=out, **subject.places) for word in self.words]
        has_book = any(each.name in ("option", "book") for each in tree()[self.command].params)
        return [*self.command.split(), *said, *(["-b", str(subject.folder)] if has_book else [])]


def names_of(command: str) -> set[str]:
    """Name the parameters of a command."""
    return {str(each.name) for each in tree()[command].params}


def variants(command: str) -> list[Call]:
    """Give the calls of one command, without any option that others have too."""
    return [Call(command, (*words, *_TARGET.get(command, ()))) for words in NEEDS[command]]


def spread(command: str) -> list[tuple[str, ...]]:
    """Give every value of every shared option that this command has."""
    has = names_of(command)
    found = [words for name, values in SHARED.items() if name in has for words in values]
    for each in tree()[command].params:
        if each.name == "form" and isinstance(each.type, click.Choice):
            found += [("-O", choice) for choice in each.type.choices]
            if "path" in has:
                found += [("-o", f"{{out}}/table.{_SUFFIXES[form]}") for form in each.type.choices]
    if command == "map":
        found += [("-o", f"{{out}}/map.{suffix}") for suffix in _PICTURES]
    return found


def calls(*always: str, command: str | None = None, shared: bool = True) -> Iterator[Call]:
    """Give every variant of every command, and the first with every shared option in turn.

    Parameters
    ----------
    *always : str
        Words added to each call, like ``--incognito``; commands without that option are
        left out.
    command : str, optional
        Only the calls of this one.
    shared : bool
        Whether to go through the shared options too.
    """
    for name in [command] if command else tree():
        options = {each for param in tree()[name].params for each in param.opts}
        if any(word.startswith("-") and word not in options for word in always):
            continue
        first, *others = variants(name)
        more = [first.plus(*words) for words in spread(name)] if shared else []
        for call in (first, *others, *more):
            yield call.plus(*(word for word in always if word not in call.words))


def writes(command: str) -> bool:
    """Tell whether a command is there to write in the book."""
    return "skip_bad" not in names_of(command)


# ------------------------------------------------------------------- the books

PEOPLE = 14
GROUPS = ("breakfast", "harbour", "")
WORK = ("accountant", "estate lawyer", "roofer", "florist", "surveyor")
WORDS = ("tax", "wills", "roofs", "flowers", "plans")
_ME = 0

#: Names that are legal and awkward, each with two canaries or with words of its own.
SHAPES = (
    "{} {}",
    "=1+1 {} {}",
    "Cash $$ {} {}",
    "محمد علي",
    "<script>{}</script> {}",
    "../../{} {}",
    "O {}",
    "李 雷",
    "NA",
    "{}",
    '{} "the roof" {}',
    "Z.1",
    "Q. {}-{}",
    "@SUM(A1) {}; {}",
)
#: Words that are private though they hold no canary; those of letters are found as words.
BARE = ("محمد", "علي", "李", "雷", "NA", "Z.1")
PLAIN = (
    *("Dana Reed", "Ann Lee", "Bo Park", "Cy Dunn", "Di Marsh", "Ed Novak", "Flo Ito"),
    *("Gus Hale", "Ida Quinn", "Jon Ruiz", "Kay Stone", "Lou Adeyemi", "Mia Vogel", "Ned Okafor"),
)


class Canaries:
    """Words that stand nowhere else, each for one field; the first four letters tell them."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        """Give a new word for a place."""
        at = len(self.fields)
        letters = "abcdefghijklmnopqrstuvwxyz"
        word = f"zq{letters[at // 26 % 26]}{letters[at % 26]}{''.join(filter(str.isalpha, place))}"
        assert at < 26 * 26
        self.fields[word] = place
        return word


@dataclass(frozen=True, slots=True)
class Subject:
    """A book to run commands on.

    Attributes
    ----------
    folder : Path
        Where it is.
    places : mapping
        What stands for ``{one}`` and the like in a :class:`Call`.
    private : mapping
        From each word that must not be told incognito to the field that holds it.
    fault : str
        What is wrong with it, or nothing.
    """

    folder: Path
    places: Mapping[str, str]
    private: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


def good(folder: Path) -> Subject:
    """Write a book of plain words in which all is well."""
    said: list[str] = []

    def word(place: str) -> str:
        said.append(f"{place.rpartition('.')[2]}{len(said)}")
        return said[-1]

    return _write(folder, PLAIN, word)


def hostile(folder: Path) -> Subject:
    """Write a book in which every text is a canary of its own."""
    word = Canaries()
    people = tuple(
        shape.format(*(word("people.person").capitalize() for _ in range(shape.count("{}"))))
        for shape in SHAPES
    )
    made = _write(folder, people, word)
    return replace(made, private=word.fields | dict.fromkeys(BARE, "people.person"))


def _write(folder: Path, people: tuple[str, ...], word: Callable[[str], str]) -> Subject:
    folder.mkdir(parents=True, exist_ok=True)
    me = people[_ME]
    aliases = [f"{word('people.aliases')} {word('people.aliases')}" for _ in people]
    prospects = [f"{word('referrals.prospect')} {word('referrals.prospect')}" for _ in range(6)]
    ids = [f"{word('referrals.id')}{at}" for at in range(40)]
    referrals, at = [], 0
    for step, times in ((1, 2), (3, 1), (5, 1)):
        for giver in range(len(people)):
            receiver = (giver + step) % len(people) if giver else (step % len(people))
            if step == 5 and giver % 2:
                receiver = _ME
            if giver == receiver or at >= len(ids):
                continue
            chained = people[(giver + 7) % len(people)]
            prospect = chained if at % 4 == 0 else prospects[at % len(prospects)]
            if prospect in (people[giver], people[receiver]):
                prospect = ""
            won = at % 3 == 0
            day = (
                f"2025-{at % 12 + 1:02}-{at % 27 + 1:02}" if at % 2 else f"2026-{at % 6 + 1:02}-11"
            )
            referrals.append(
                {
                    "date": day,
                    "giver": people[giver],
                    "receiver": people[receiver],
                    "prospect": prospect,
                    "count": str(times),
                    "handoff": str(at % 6),
                    "status": "won" if won else ("lost" if at % 5 == 0 else "given"),
                    "status_date": "2026-06-15" if won else "",
                    "value": f"7351{at}.29" if won else "",
                    "currency": word("referrals.currency") if at == 0 else ("EUR" if won else ""),
                    "note": f"{word('referrals.note')} of {people[receiver]}"
                    if at % 6 == 0
                    else "",
                    "id": ids[at],
                    "extra": word("referrals.extra") if at == 1 else "",
                }
            )
            at += 1
    declared = [
        {
            "person": name,
            "aliases": aliases[number],
            "role": ("client", "partner", "", "prospect")[number % 4] if number else "other",
            "profession": WORK[number % len(WORK)],
            "group": GROUPS[number % len(GROUPS)],
            "offers": WORDS[number % len(WORDS)],
            "needs": "; ".join(
                (WORDS[(number + 2) % len(WORDS)], WORDS[(number + 3) % len(WORDS)])
            ),
            "email": f"{word('people.email')}@{word('people.email')}.example",
            "cadence": ("monthly", "quarterly", "yearly", "none")[number % 4],
            "helpful": str(number % 6),
            "dependable": "4",
            "follow_through": "5",
            "track_record": str(5 - number % 3),
            "do_not_refer": "yes" if number == 6 else "",
            "since": "2024-01-01",
            "note": word("people.note"),
            "phone": word("people.phone"),
        }
        for number, name in enumerate(people)
        if number != len(people) - 1  # somebody whom people.csv does not have
    ]
    declared.append(declared[-1] | {"person": word("people.unused").title(), "aliases": ""})
    touches = [
        {
            "date": f"2026-0{number % 6 + 1}-20",
            "person": people[number],
            "kind": kind,
            "personal": ("yes", "no", "")[number % 3],
            "note": f"{people[number + 2]} and {word('touches.note')}",
        }
        for number, kind in enumerate(
            ("call", "thanks", "introduction", "settled", "meeting", "email", "gift", "ask"), 1
        )
    ]
    statuses = [
        {"date": "2026-06-20", "id": ids[2], "status": "met", "note": word("statuses.note")},
        {"date": "2026-06-21", "id": ids[4], "status": "lost", "note": word("statuses.note")},
    ]
    given = sum(int(row["count"]) for row in referrals if row["giver"] == people[1])
    totals = [
        {
            "date": TODAY,
            "person": people[1],
            "given": str(given),
            "received": "",
            "note": word("assertions.note"),
        }
    ]
    for name, rows in (
        ("referrals", referrals),
        ("people", declared),
        ("touches", touches),
        ("statuses", statuses),
        ("assertions", totals),
    ):
        _csv(folder / f"{name}.csv", rows)
    said = [
        f"like {people[1]} or {people[1].split()[-1]} {word('toml.looking_for')}",
        f"{prospects[0]} {declared[1]['email']} {word('toml.looking_for')}",
    ]
    they = [f"{prospects[1].split()[0]} {people[2].split()[0]} {word('toml.they_say')}"]
    settings = [
        f"me = {_quoted(me)}",
        f'today = "{TODAY}"',
        f"looking_for = [{', '.join(map(_quoted, said))}]",
        f"they_say = [{', '.join(map(_quoted, they))}]",
        "accepting = true",
        "[synonyms]",
        f"tax = [{_quoted(word('toml.synonyms'))}]",
    ]
    (folder / "refgraph.toml").write_text("\n".join([*settings, ""]), encoding="utf-8")
    table = folder.parent / f"{folder.name} new.csv"
    new = {
        "date": "2026-06-02",
        "giver": people[1],
        "receiver": people[2],
        "prospect": f"{word('import.prospect')}",
        "note": word("import.note"),
    }
    _csv(table, [new])
    opened = next(
        row for row in referrals if row["status"] == "given" and row["id"] not in (ids[2], ids[4])
    )
    places = {
        "one": people[1],
        "two": people[2],
        "apart": next(
            name
            for name in people[3:]
            if not any({name, people[1]} <= set(row.values()) for row in referrals)
        ),
        "me": me,
        "alias": aliases[1],
        "prospect": prospects[2],
        "group": GROUPS[0],
        "work": WORK[1],
        "id": opened["id"],
        "open": opened["id"],
        "file": str(table),
    }
    return Subject(folder, places)


def _csv(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ------------------------------------------------------------- what may be wrong


def _cell(file: str, column: str, text: str, row: int = 3) -> Callable[[Path], None]:
    """Put another text into one cell."""

    def spoil(folder: Path) -> None:
        path = folder / f"{file}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        rows[min(row, len(rows) - 1)][column] = text
        _csv(path, rows)

    return spoil


def _line(file: str, text: str) -> Callable[[Path], None]:
    """Add a line as it stands here."""

    def spoil(folder: Path) -> None:
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return spoil


def _header(file: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / f"{file}.csv"
        head, line, rest = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(head.replace(old, new) + line + rest, encoding="utf-8")

    return spoil


def _toml(start: str, line: str) -> Callable[[Path], None]:
    """Put another line in the place of a setting."""

    def spoil(folder: Path) -> None:
        path = folder / "refgraph.toml"
        kept = [
            each
            for each in path.read_text(encoding="utf-8").split("\n")
            if not each.startswith(start)
        ]
        path.write_text("\n".join([line, *kept]), encoding="utf-8")

    return spoil


def _bytes(file: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / file
        path.write_bytes(path.read_bytes().replace(old, new, 1))

    return spoil


def _twice(file: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([*lines, lines[3]]), encoding="utf-8")

    return spoil


def _alias_twice(folder: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO((folder / "people.csv").read_text(encoding="utf-8"), newline=""))
    )
    rows[2]["aliases"] = rows[3]["aliases"]
    _csv(folder / "people.csv", rows)


#: One bad row, cell, header or setting each; ``zqzzbad`` is the canary of what is wrong.
BAD = "zqzzbad"
FAULTS: dict[str, Callable[[Path], None]] = {
    **{
        f"{file} {column} {number}": _cell(file, column, text)
        for file, column, texts in (
            ("referrals", "date", (BAD, "2099-01-01", "2026-02-30")),
            ("referrals", "giver", ("", f"{BAD}\x07")),
            ("referrals", "count", (BAD, "0", "-3")),
            ("referrals", "handoff", (BAD, "9")),
            ("referrals", "status", (BAD,)),
            ("referrals", "status_date", (BAD, "2099-01-01")),
            ("referrals", "value", (BAD, "12,50")),
            ("referrals", "note", (f"{BAD}\x1b[31m",)),
            ("people", "person", ("",)),
            ("people", "role", (BAD,)),
            ("people", "cadence", (BAD,)),
            ("people", "helpful", (BAD, "9")),
            ("people", "do_not_refer", (BAD,)),
            ("people", "since", (BAD,)),
            ("touches", "date", (BAD, "")),
            ("touches", "kind", (BAD,)),
            ("touches", "personal", (BAD,)),
            ("statuses", "date", (BAD,)),
            ("statuses", "id", (BAD, "")),
            ("statuses", "status", (BAD,)),
            ("assertions", "date", (BAD,)),
            ("assertions", "given", (BAD, "999")),
            ("assertions", "person", (BAD,)),
        )
        for number, text in enumerate(texts)
    },
    "referrals too few": _line("referrals.csv", f"2026-01-05,{BAD}\n"),
    "referrals too many": _line("referrals.csv", f"2026-01-05{f',{BAD}' * 20}\n"),
    "referrals torn": _line("referrals.csv", f"2026-01-05,{BAD}"),
    "referrals open quote": _line("referrals.csv", f'2026-01-05,"{BAD},x\n'),
    "referrals text after a quote": _line("referrals.csv", f'2026-01-05,"{BAD}"{BAD},x\n'),
    "referrals to oneself": _line("referrals.csv", f"2026-01-05,{BAD},{BAD}{',' * 10}\n"),
    "referrals id twice": _twice("referrals.csv"),
    "people twice": _twice("people.csv"),
    "header missing": _header("referrals", "giver", BAD),
    "header near": _header("referrals", "count", "coutn"),
    "header twice": _header("referrals", "count", "note"),
    "people header missing": _header("people", "person", BAD),
    "not UTF-8": _bytes("referrals.csv", b"won", f"w\xf6n {BAD}".encode("latin-1")),
    "people not UTF-8": _bytes("people.csv", b"client", f"\xf6 {BAD}".encode("latin-1")),
    "toml not UTF-8": _bytes("refgraph.toml", b"accepting", f"\xf6 {BAD}".encode("latin-1")),
    "toml is no TOML": _toml("accepting", f"accepting = {BAD}"),
    "toml unknown": _toml("accepting", f'{BAD} = "{BAD}"'),
    **{
        f"toml {name}": _toml(name, f"{name} = {value}")
        for name, value in (
            ("me", f'"{BAD}"'),
            ("today", f'"{BAD}"'),
            ("last", f'"{BAD}"'),
            ("since", f'"{BAD}"'),
            ("accepting", f'"{BAD}"'),
            ("profile", f'"{BAD}"'),
            ("looking_for", f'{{ {BAD} = "{BAD}" }}'),
            ("they_say", "7"),
        )
    },
    "alias twice": _alias_twice,
}


def failing(folder: Path, fault: str) -> Subject:
    """Write the hostile book with one thing wrong in it."""
    made = hostile(folder)
    FAULTS[fault](folder)
    return replace(made, fault=fault, private=made.private | {BAD: f"the fault: {fault}"})


# --------------------------------------------------------------- what came of it


@dataclass(frozen=True, slots=True)
class Ran:
    """What a call did."""

    call: Call
    status: int
    stdout: str
    stderr: str
    error: BaseException | None
    files: Mapping[str, bytes]


def carry_out(call: Call, subject: Subject, scratch: Path) -> Ran:
    """Run a call in this process; what writes in the book gets a copy of it.

    ``scratch`` is emptied first.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    out = scratch / "out"
    out.mkdir(parents=True)
    if writes(call.command):
        shutil.copytree(subject.folder, scratch / "book")
        subject = replace(subject, folder=scratch / "book")
    result = CliRunner().invoke(main, call.argv(subject, out))
    error = None if isinstance(result.exception, SystemExit) else result.exception
    files = {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }
    return Ran(call, result.exit_code, result.stdout, result.stderr, error, files)


_DATA = re.compile(rb"data:[a-z/+-]+;base64,([A-Za-z0-9+/=]+)")


def texts(ran: Ran) -> Iterator[tuple[str, str]]:
    """Give every text that a call left: what it printed, file names, files, what is in them."""
    yield "stdout", ran.stdout
    yield "stderr", ran.stderr
    for name, content in ran.files.items():
        yield "file name", name
        yield from _inside(name, content)


def _inside(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(b"\x89PNG"):
        at = 8
        while at < len(content):
            size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
            if kind != b"IDAT":
                yield f"{name} {kind!r}", content[at + 8 : at + 8 + size].decode("utf-8", "replace")
            at += 12 + size
    elif content.startswith(b"%PDF"):
        yield (
            name,
            re.sub(rb"stream\r?\n.*?endstream", b"", content, flags=re.DOTALL).decode("latin-1"),
        )
        for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            try:
                yield f"{name} stream", zlib.decompress(found[1]).decode("latin-1")
            except zlib.error:
                continue
    else:
        for found in _DATA.finditer(content):
            yield from _inside(f"{name} data", base64.b64decode(found[1]))
        yield name, _DATA.sub(b"", content).decode("utf-8", "replace")


def leaks(ran: Ran, private: Mapping[str, str]) -> list[str]:
    """Name each private word that a call told, with its field and where it stands."""
    found = []
    for where, text in texts(ran):
        low = "".join(text.casefold().split())
        for word, place in private.items():
            if word.startswith("zq"):
                # a label that is cut still holds the first letters
                told = (word[:4] if "stream" not in where else word) in low
            elif word.isascii():
                told = re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", text) is not None
            else:
                told = word in text
            if told:
                found.append(f"{ran.call}: {where} tells {word!r} ({place})")
    return found
