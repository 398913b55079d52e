"""Every command with words that make it run, and three kinds of books to run it on.

The commands are those of the click tree, and so are the options that several have;
what a command needs beside them follows from its parameters, and stands in ``NEEDS`` where that
is not enough. A command with an argument that no place stands for and no
entry there fails :mod:`tests.cli.test_cli_surface`.

Books are one structure told in three ways: ``good`` with plain names, ``hostile`` with a
canary in every text and awkward names, and ``failing`` with one bad row besides, which
holds a canary too.
"""

from __future__ import annotations

import base64
import re
import shutil
import zlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner
from effort import EFFORT
from surface_books import Subject, good, hostile
from surface_faults import FAULTS, failing

from refgraph.cli import main
from refgraph.maps.kind import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["FAULTS", "NEEDS", "Call", "Ran", "Subject", "calls", "carry_out", "failing", "good"]
__all__ += [
    "WRITING",
    "hostile",
    "leaks",
    "mixed",
    "names_of",
    "needed",
    "spread",
    "texts",
    "tree",
    "variants",
    "without",
]
__all__ += ["writes"]

# ---------------------------------------------------------------- the commands


def some(calls):
    """Give a few of several calls before a commit, more in the gate, and all of them in full.

    Which ones follows from their words, so that one more call changes none of the others.
    """
    every = list(calls)
    chances = [zlib.crc32(str(call).encode()) for call in every]
    taken = [c for c, chance in zip(every, chances, strict=True) if chance % EFFORT.one_in == 0]
    return taken or every[:1]


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


#: What some commands need beside the book, where it is more than their parameters say: one list
#: of words a variant. ``{one}`` and
#: ``{two}`` are people, ``{apart}`` one whom no referral joins to ``{one}``, ``{alias}`` one
#: of ``{one}``'s other names, ``{group}``, ``{work}`` and ``{id}`` what the book holds, ``{out}``
#: a folder to write to, ``{file}`` a table to import, ``{rules}`` and ``{decided}`` what goes
#: with it, ``{mail}`` and ``{proposed}`` an archive and what was accepted of one, ``{state}``
#: what a review wrote before.
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "add": (
        ("{one}", "{two}", "--prospect", "{prospect}", "--note", "word", "--value", "12.50"),
        ("{one}", "me", "--id", "new1", "--date", "2026-06-01", "--count", "2"),
        ("New Person", "{two}", "--new", "--handoff", "3", "--status", "won", "--currency", "EUR"),
        ("{one}", "{two}", "--consent", "--source", "word"),
    ),
    "bench": ((), ("{work}",), ("--by", "profession"), ("--share",)),
    "chains": (
        (),
        ("--by", "root", "--decay", "1"),
        ("--by", "person", "--touch", "last"),
        ("--by", "giver"),
        ("--by", "client"),
        ("--essential",),
        ("--unknown",),
    ),
    "changes": (
        ("--since-review", "2026-03-01"),
        ("--since-review", "2025-06-30"),
        ("--against", "{state}"),
    ),
    "check": (
        (),
        ("--strict",),
        *(("--only", each) for each in ("lookalikes", "spreadsheet", "recent")),
    ),
    "decisions": ((), ("--add", "{decided}"), ("--add", "{decided}", "--new")),
    "effect": (
        ("--samples", "100"),
        ("--samples", "100", "--seed", "1", "-o", "{out}/effect.png"),
    ),
    "evaluate": (("--samples", "100"), ("--calibration",), ("--samples", "100", "--seed", "1")),
    "export": (
        *((f"{{out}}/net.{each}",) for each in ("graphml", "gexf", "csv", "json", "vcf", "db")),
        *(("{out}/net.csv", "--as", each) for each in ("referrals", "gephi")),
    ),
    "forget": (
        ("{one}", "--dry-run"),
        ("{one}", "--as", "Somebody"),
        ("{two}", "--notes", "--keep-old"),
    ),
    "import": (
        ("{file}",),
        ("{file}", "--dry-run"),
        ("{file}", "--partial", "--problems", "{out}/problems.txt"),
        ("{file}", "--rules", "{rules}", "--update", "--date", "2026-06-01"),
        ("{file}", "--new", "--new-people", "--as-new", "--repeats", "keep", "--decimal", "comma"),
        ("{file}", "--currency", "USD"),
        ("{file}", "--dry-run", "--save-rules", "{out}/saved.rules", "--new-person", "{one}"),
        ("{file}", "--rename", "{one}={two}", "--book-max-rows", "3", "--book-max-people", "3"),
        ("{file}", "--book-columns", "note=comment", "--book-comment", "#"),
        ("{file}", "--book-no-header", "--book-decimal-comma", "--book-delimiter", "pipe"),
        ("{mail}", "--mine", "me@x.example", "--proposals", "{out}/proposals.csv"),
        ("--accept", "{proposed}"),
        ("{file}", "--book-encoding", "utf-8", "--book-date-format", "%d.%m.%Y"),
    ),
    "init": (("{out}/new",), ("{out}/new", "--me", "{one}"), ("{out}/new", "--sample")),
    "introduce": (
        (),
        ("{one}",),
        ("--draft", "1"),
        ("--draft", "1", "--mailto"),
        ("--draft", "1", "-O", "json"),
    ),
    "map": (
        *((kind,) for kind in KINDS if kind not in ("connectors", "matrix", "chains")),
        ("owed", "--highlight", "{one}", "--top", "3"),
        ("connectors", "--with-me"),
        ("connectors", "--only", "{group}"),
        ("matrix", "--highlight", "{one}", "--order", "balance"),
        ("overview", "--scale", "2"),
        ("chains", "--touch", "last"),
        ("auto",),
    ),
    "pairings": (
        (),
        ("--weeks", "3", "--absent", "{one}", "--absent", "{two}:1-2"),
        ("--weeks", "2", "--group", "{group}", "--ics", "{out}/calendars"),
        ("--weeks", "2", "--start", "2026-07-06", "--accept"),
    ),
    "people": ((), ("--find", "{one}"), ("--unused",), ("--undeclared",), ("--lookalikes",)),
    "people merge": (
        ("{one}", "{apart}", "--prefer", "first", "--dry-run"),
        ("{one}", "{apart}", "--prefer", "second"),
    ),
    "people set": (
        ("{one}", "note", "word", "--dry-run"),
        ("{one}", "do-not-refer", "yes"),
        ("{apart}", "offers", "tax law; wills"),
    ),
    "people split": (("{alias}", "--dry-run"), ("{alias}",)),
    "people tidy": ((), ("--apart", "{one}", "{apart}")),
    "reciprocity": (
        (),
        ("--by", "person"),
        ("--by", "pair"),
        ("--test", "--samples", "100", "--seed", "1"),
    ),
    "refer-first": (
        (),
        ("--everyone", "--parts"),
        ("--never",),
        ("--settle",),
        ("--role", "none"),
        ("--first-tries", "3"),
    ),
    "returns": ((), ("--curve",), ("--curve", "--to", "{one}")),
    "review": (
        ("-o", "{out}/review"),
        ("-o", "{out}/review.html"),
        ("-o", "{out}/changed.html", "--against", "{state}", "--sections", "changes,decided"),
        (
            "-o",
            "{out}/each",
            "--each",
            "--only",
            "csv,svg,md,json",
            "--sections",
            "connectors,open",
        ),
        ("-o", "{out}/each.html", "--each", "--sections", "members"),
        ("-o", "{out}/since.html", "--since-review", "2026-03-01", "--sections", "changes,news"),
        ("-o", "{out}/state.json"),
    ),
    "status": (
        ("{id}", "won", "--note", "word"),
        ("{open}", "met", "--handoff", "5", "--date", "2026-06-25"),
    ),
    "today": (
        (),
        ("--top", "3"),
        ("--draft", "1"),
        ("--mailto",),
        ("--ics", "{out}/today.ics"),
        ("--do",),
    ),
    "touch": (
        ("{one}", "thanks"),
        ("{two}", "settled", "--note", "word", "--personal"),
        ("{one}", "news", "--about", "{id}", "--with", "{two}", "--date", "2026-06-20"),
        ("New Person", "ask", "--new", "--until", "2026-09-01"),
    ),
    "trend": ((), ("--by", "month", "--samples", "99", "--seed", "2")),
    "undo": (("--dry-run",), ()),
    "without": (
        ("{one}",),
        ("{two}", "--introductions", "1"),
        ("{one}", "-o", "{out}/without.svg"),
    ),
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
    "until": (("--until", "2025-09-01"),),
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
    "date_format": (("--date-format", "%Y-%m-%d"),),
    "no_header": (("--no-header",),),
    "decimal_comma": (("--decimal-comma",),),
    "sheet": (("--sheet", "a"),),
    "sql": (("--sql", "SELECT 1"),),
    "in_place": (("--in-place",),),
    "around": (("--around", "{one}"),),
    "among": (("--among", "{group}"),),
    "exact": (("--exact",),),
    "every_row": (("--all",),),
    "theme": (("--theme", "print"),),
    "size": (("--size", "700x500"),),
    "scene": (("--scene", "{out}/scene.json"),),
}
#: What stands for an argument without which a command says nothing, or names what is there.
_PLACES = {"person": "{one}", "above": "note"}


def _values(option: click.Parameter) -> list[str]:
    """Give each value of an option that its type names; the least of a number, else a word."""
    kind = option.type
    if isinstance(kind, click.Choice):
        return [*map(str, kind.choices)]
    if isinstance(kind, click.IntRange | click.FloatRange):
        return [str(kind.min or 0)]
    return [_PLACES.get(str(option.name), "word")]


def _own_options(command: click.Command) -> Iterator[tuple[str, ...]]:
    """Give the words of each option that a command has for itself."""
    for each in command.params:
        if not isinstance(each, click.Option) or each.name in SHARED or each.hidden:
            continue
        if not {*each.opts} & {"-b", "-O", "-o"}:
            flag = each.opts[0]
            yield from [(flag,)] if each.is_flag else [(flag, said) for said in _values(each)]


def _required(command: click.Command) -> list[str]:
    """Name the arguments without which a command says nothing."""
    return [
        str(each.name)
        for each in command.params
        if isinstance(each, click.Argument) and each.required
    ]


#: What needs no more than its parameters say is asked so, and with each option of its own. An
#: argument that no place stands for, and options that only go together, are said above.
for _name, _command in tree().items():
    if _name not in NEEDS and {*_required(_command)} <= {*_PLACES}:
        NEEDS[_name] = (tuple(_PLACES[each] for each in _required(_command)),)


def _missing(name: str) -> Iterator[tuple[str, ...]]:
    """Give the options of its own that no call of a command names, by any of their spellings."""
    named = {word for words in NEEDS[name] for word in words}
    opts = [{*each.opts} for each in tree()[name].params]
    for words in _own_options(tree()[name]):
        if not any(words[0] in each and each & named for each in opts):
            yield words


#: An option that no call names yet, such as that of a new column, is tried with the first words.
for _name in NEEDS:
    NEEDS[_name] += tuple((*NEEDS[_name][0], *words) for words in _missing(_name))
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


def needed(command: str, **places: object) -> list[str]:
    """Give the words without which a command says nothing, with places filled in."""
    said = (*NEEDS[command][0], *_TARGET.get(command, ()))
    return [word.format(**places) for word in said]


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


#: Shared options that go together in one call, so that few calls have them all.
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("explain", "everything", "every_row", "today", "skip_bad"),
    ("whose", "since", "encoding", "theme", "exact"),
    ("me", "until", "delimiter", "size"),
    ("raw", "last", "comment", "horizon", "half_life"),
    ("max_rows", "max_people", "scene", "date_format"),
    ("no_header", "decimal_comma", "sheet", "sql", "in_place", "around", "among"),
)


def mixed(command: str) -> Iterator[Call]:
    """Give a few calls that have every form, and every shared option in one of them."""
    has = names_of(command)
    forms = [words for words in spread(command) if words[0] == "-O"]
    forms += [words for words in spread(command) if words[0] == "-o"][1 if forms else 0 :][:4]
    if len(forms) > 4 and command != "map":
        forms = forms[:5]  # one file is as good as four
    groups = [[name for name in group if name in has] for group in TOGETHER]
    variant = NEEDS[command] if command in ("map", "review") else NEEDS[command][:1]
    for at in range(max(len(forms), len(groups), len(variant))):
        words = variant[at % len(variant)]
        form = forms[at % len(forms)] if forms and "-o" not in words else ()
        names = [] if command == "map" and at >= len(groups) else groups[at % len(groups)]
        if command == "map" and words[0] not in ("owed", "timeline", "overview"):
            names = [name for name in names if name != "whose"]
        more = tuple(word for name in names for word in SHARED[name][0])
        yield Call(command, (*words, *form, *more))


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


#: What makes a command that asks write in the book, or write names down for later.
WRITING = frozenset(("--accept", "--add", "--do", "{out}/state.json"))


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


def without(folder: Path, *starts: str) -> None:
    """Take settings out of a book, whose lines start so."""
    path = folder / "refgraph.toml"
    if not path.exists():
        return
    kept = path.read_bytes().splitlines()  # which need be no UTF-8
    kept = [line for line in kept if not line.startswith(tuple(map(str.encode, starts)))]
    path.write_bytes(b"\n".join([*kept, b""]))


@cache
def _state(folder: Path) -> bytes:
    """Give what a review of a book wrote, before the last referrals and without a profile.

    Two were known then of whom the book says nothing any more.
    """
    with TemporaryDirectory() as name:
        then = Path(name) / "book"
        shutil.copytree(folder, then)
        without(then, "profile")
        lines = (then / "referrals.csv").read_text("utf-8").splitlines()
        gone = "2025-03-03,Zqzggone Zqzggone,Zqzhgone Zqzhgone" + "," * lines[0].count(",")
        kept = [lines[0], *lines[1:-6], gone[: len(gone) - 2], ""]
        (then / "referrals.csv").write_text("\n".join(kept), "utf-8")
        CliRunner().invoke(main, ["review", str(then), "-o", f"{name}/state.json"])
        return Path(name, "state.json").read_bytes()


def carry_out(call: Call, subject: Subject, scratch: Path) -> Ran:
    """Run a call in this process; what writes in the book gets a copy of it.

    ``scratch`` is emptied first.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    out = scratch / "out"
    out.mkdir(parents=True)
    places = {**subject.places, "state": str(scratch / "state.json")}
    if "{state}" in call.words:
        (scratch / "state.json").write_bytes(_state(subject.folder))
    if writes(call.command) or "--each" in call.words or WRITING & {*call.words}:
        shutil.copytree(subject.folder, scratch / "book")
        subject = replace(subject, folder=scratch / "book")
    subject = replace(subject, places=places)
    if "--each" in call.words:  # it is for the book of a chapter, which is nobody's
        without(scratch / "book", "me =")
    if call.command == "undo":  # of what another command wrote
        CliRunner().invoke(main, variants("add")[0].argv(subject, out))
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
            if word[0].isdigit():  # money, with or without what groups its digits
                told = re.search(rf"{word}[0-9]*\.29", text.replace(",", "")) is not None
            elif word.startswith("zq"):
                # a label that is cut still holds the first letters
                told = (word[:4] if "stream" not in where else word) in low
            elif word.isascii():
                told = re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", text) is not None
            else:
                told = word in text
            if told:
                found.append(f"{ran.call}: {where} tells {word!r} ({place})")
    return found
