"""Every remedy that a message names, carried out: the answer, or the next true message.

The remedies are read off the texts of the catalogue, and off what every command prints on books
that lack something; a new one is carried out without a line here, unless it leaves a word to be
filled in that ``FILLED`` does not know.
"""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import surface
from click.testing import CliRunner, Result

from refgraph.cli import main

HERE = Path(__file__).parent
CASES = HERE / "cases"
COMMAND = re.compile(
    r"refgraph (?=[a-z])(?:'[^']*'|[^\n,;:`'])+?(?=, then|, or|[;,:`\n]|\. |\.$|$)"
)
OPTION = re.compile(r"--[a-z][a-z-]+")
VALUE = re.compile(r" ('[^']*'|[^\s;()]+?)(?=,? |[;)]|$)")
LEFT_OUT = re.compile(r"leave out (--[a-z-]+)")
#: What stands for a word in capitals, or for a value that a remedy leaves to be chosen.
FILLED = {
    "NAME": "Ann",
    "--max-rows": "1000",
    "--today": "2099-01-01",
    "--date-format": "%Y-%m-%d",
    "--encoding": "utf-8",
}


def carry_out(words: list[str]) -> Result:
    """Run a command in this process; nothing but click's own exit may come out."""
    done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), words
    return done


def takes_value(command: str, option: str) -> bool:
    """Tell whether an option of a command is followed by a value."""
    (found,) = [each for each in surface.tree()[command].params if option in each.opts]
    return not getattr(found, "is_flag", False)


def options_in(command: str, told: str) -> list[list[str]]:
    """Read the options off a remedy, each alternative of its own; without what is left out."""
    found = []
    for part in re.split(r",? or |; ", told):
        words: list[str] = []
        for option in OPTION.finditer(LEFT_OUT.sub("", part)):
            words.append(option[0])
            if takes_value(command, option[0]):
                value = VALUE.match(part + " ", option.end())
                given = value[1].strip("'") if value else ""
                known = given and not given.startswith(("--", "or", "if"))
                words.append(given if known else FILLED[option[0]])
        found += [words] if words else []
    return found


def remedies():
    """List case, command and hint of all messages that name a command or an option."""
    for text in sorted(CASES.glob("*.txt")):
        first, *lines = text.read_text(encoding="utf-8").splitlines()
        for line in lines:
            told = line.strip()
            if told.startswith("= ") and (OPTION.search(told) or "refgraph " in told):
                yield pytest.param(first.removeprefix("$ refgraph "), told[2:], id=text.stem)


def filled(words: list[str], beside: Path, typed: list[str]) -> list[str]:
    """Put a word of the book in for each in capitals."""
    file = typed[1]
    header = (beside / file).read_text("utf-8") if any("HEADER" in word for word in words) else ""
    ours = ("date", "giver", "receiver", "count", "note")
    free = [name for name in re.split(r"[,;\t|]", header.partition("\n")[0]) if name not in ours]

    def fill(word: str) -> str:
        while "HEADER" in word:
            word = word.replace("HEADER", free.pop(0) if free else "x", 1)
        for name, text in {"BOOK": str(beside / "new"), "FILE": file, "NAME": "Ann"}.items():
            word = re.sub(rf"\b{name}\b", lambda _, text=text: text, word)
        return word

    return [fill(word) for word in words]


@pytest.mark.parametrize(("typed", "told"), list(remedies()))
def test_a_remedy_of_the_catalogue_leads_on(tmp_path, monkeypatch, typed, told):
    beside = tmp_path / "cases"
    shutil.copytree(CASES, beside)
    monkeypatch.chdir(beside)
    words = shlex.split(typed)
    before = carry_out(words)
    complaint = re.sub(r"^\S+?:(\d+:)? ", "", before.output.splitlines()[0])
    commands = [shlex.split(found)[1:] for found in COMMAND.findall(told)]
    tried = [[*words, *more] for more in ([] if commands else options_in(words[0], told))]
    for option in LEFT_OUT.findall(told):
        at = words.index(option)
        tried.append([*words[:at], *words[at + 2 :]])
    assert commands or tried, told
    for each in [*commands, *tried]:
        done = carry_out(filled(each, beside, words))
        assert done.exit_code in (0, 1), done.output
        assert complaint not in done.output or not done.exit_code, done.output


def sentences() -> list[tuple[str, str]]:
    """Give every text of the package that is no docstring, with its place; `{}` for what varies."""
    found = []
    for path in sorted((HERE.parents[1] / "refgraph").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inner = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        inner |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = ""
            if isinstance(node, ast.JoinedStr):
                parts = [getattr(part, "value", "{}") for part in node.values]
                text = "".join(part if isinstance(part, str) else "{}" for part in parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = "" if id(node) in inner else node.value
            found += (
                [(f"{path.name}:{node.lineno}", text)]
                if "--" in text or "refgraph " in text
                else []
            )
    return found


def test_every_command_and_option_that_a_sentence_names_exists():
    """Also of sentences that no test prints; `--book-{}` is made of the name of an option."""
    tree = surface.tree()
    options = {
        name: {o for param in each.params for o in (*param.opts, *param.secondary_opts)}
        for name, each in tree.items()
    }
    every = {"--help", "--help-all", "--version"}.union(*options.values())
    wrong, seen = [], 0
    for place, text in sentences():
        for option in re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*(?![\w{-])", text):
            wrong += [] if option in every else [(place, option)]
        for name, more in re.findall(
            r"refgraph ((?:people (?:merge|split))|[a-z-]+)\b([^`\n.;:{,]*)", text
        ):
            named = re.findall(r"(?<![\w-])--?[a-z][a-z-]*", more)
            seen += name in tree
            if name not in tree and (named or re.match(r" [A-Z]{4}|\{", more)):
                wrong.append((place, f"refgraph {name}"))
            wrong += [(place, o) for o in named if name in tree and o not in options[name] | every]
    assert seen > 20
    assert not wrong


def test_no_remedy_leaves_a_book_to_be_named():
    """What runs as it stands needs no word typed over: the file is known, the book is new."""
    told = [said for each in remedies() for said in COMMAND.findall(each.values[1])]
    assert len(told) > 5
    assert [said for said in told if re.search(r"\b(BOOK|PERSON|ID|FILE)\b", said)] == []


#: Words in capitals that stand for something a command knows.
UNFILLED = re.compile(r"\b(BOOK|PERSON|OTHER|ID|FILE|TEXT|NAME|DAY|HEADER|RULES)\b")
SAID = re.compile(r"refgraph [a-z](?:'[^']*'|(?!refgraph )[^\n`'(])*")


def commands_in(text: str) -> list[str]:
    """Read the commands that an output advises, each up to where its sentence goes on."""
    found = []
    for said in SAID.findall(re.sub(r" -b\n\s*", " -b ", text)):  # as prose is wrapped
        words = re.split(r"[.;:,](?=\s|$)|   |\.$| (?:shows|says|lists|tells)\b", said)[0].strip()
        name = " ".join(words.split()[1:3])
        known = [each for each in surface.tree() if f"{name} ".startswith(f"{each} ")]
        found += [words] if known else []
    return found


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return surface.good(tmp_path_factory.mktemp("advice") / "kept")


def laid_out(kept, folder: Path) -> surface.Subject:
    """Give the book afresh, as it was before anything was carried out."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept.folder, folder)
    return replace(kept, folder=folder)


def advice_of(call: surface.Call, subject: surface.Subject, out: Path) -> dict[str, str]:
    """Carry a call out, and give what it advises: one of those that differ in names alone."""
    if call.command == "undo":
        CliRunner().invoke(main, surface.variants("add")[0].argv(subject, out))
    told = CliRunner().invoke(main, call.argv(subject, out)).output
    advised = commands_in(told)
    return {re.sub(r"'[^']*'|\S*/\S*|\d+", "", words): words for words in advised}


#: What draws takes long and advises nothing but what report does.
DRAWS = ("map", "review", "evaluate", "effect", "chains", "connectors", "export")
ADVISING = [name for name in sorted(surface.tree()) if name not in DRAWS]


@pytest.mark.parametrize("command", surface.some(ADVISING))
def test_what_a_command_advises_names_its_book_and_people_and_runs(
    kept, tmp_path, monkeypatch, command
):
    folder = tmp_path / "book"
    monkeypatch.setenv("REFGRAPH_BOOK", str(folder))
    (tmp_path / "out").mkdir()
    for call in surface.variants(command)[: 1 if command == "review" else None]:
        advised = advice_of(call, laid_out(kept, folder), tmp_path / "out")
        for words in advised.values():
            assert not UNFILLED.search(words), (str(call), words)
            laid_out(kept, folder)
            given = [*shlex.split(words)[1:], *["--help"] * (words.split()[1:2] == ["add"])]
            done = carry_out(given)
            assert done.exit_code in (0, 1), (str(call), words, done.output)


def test_the_law_of_advice_sees_advice(kept, tmp_path):
    (tmp_path / "out").mkdir()
    call = surface.Call("introduce", ())
    advised = advice_of(call, laid_out(kept, tmp_path / "book"), tmp_path / "out")
    (words,) = advised.values()
    assert words.startswith("refgraph introduce '")
    assert carry_out(shlex.split(words)[1:]).exit_code == 0
    assert commands_in("say so: refgraph people merge PERSON OTHER -b x. Undo: refgraph undo") == [
        "refgraph people merge PERSON OTHER -b x",
        "refgraph undo",
    ]
