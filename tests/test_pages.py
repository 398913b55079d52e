"""README.md and the pages of docs: made from the code, run, and naming nothing that is not there.

What they hold is written by ``python docs/generate.py``.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from generator import pages
from generator.markdown import slug

import refgraph
from refgraph.cli import main
from refgraph.imports.rules.rules_file import WORDS, parse_rules
from refgraph.reading.settings import read_settings

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in pages.PAGES}
STALE = "run: python docs/generate.py"
#: Made from what other tests hold: nothing in it is typed by hand.
BY_HAND = {name: text for name, text in TEXTS.items() if name != "messages.md"}


@pytest.fixture
def beside_the_data():
    with pages.beside_the_data() as folder:
        yield folder


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_made_from_the_code_is_what_the_code_says(name):
    assert pages.refreshed(TEXTS[name]) == TEXTS[name], STALE


def test_every_part_stands_on_one_page():
    made = [part for text in TEXTS.values() for part in re.findall(r"<!-- made: (\w+) -->", text)]
    assert sorted(made) == sorted(pages.PARTS)


@pytest.mark.parametrize("name", [name for name in BY_HAND if pages.BLOCK.search(BY_HAND[name])])
def test_what_a_page_shows_is_what_happens(name, beside_the_data):
    """Its commands run one after the other, and so do its lines of Python."""
    if needed := pages.needed(TEXTS[name]):
        pytest.importorskip(needed, reason=f"the extra with {needed} is not installed")
    names = {}
    for kind, text in pages.BLOCK.findall(TEXTS[name]):
        if kind == "python":
            otherwise = pages.run_python(text, names)
            assert [(example.source, got) for example, got in otherwise] == [], STALE
        elif kind == "console":
            # a picture is drawn by the test that looks at it
            shown = [each for each in pages.COMMAND.findall(text) if not each[0].endswith(".png")]
            assert [(words, pages.output_of(words)) for words, _ in shown] == shown, STALE
        elif name != "README.md":
            for line in text.splitlines():
                assert line.startswith("refgraph ")
                pages.output_of(line.removeprefix("refgraph "))


def test_the_pages_show_commands_and_python():
    kinds = [kind for text in TEXTS.values() for kind, _ in pages.BLOCK.findall(text)]
    assert {"console", "bash", "python"} == {*kinds}


# ---------------------------------------------------------------- what the pages name

LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(text):
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("path", pages.PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path):
    for link in LINK.findall(TEXTS[path.name]):
        file, _, anchor = link.partition("#")
        target = (path.parent / file) if file else path
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def test_every_page_is_linked_from_the_readme():
    links = (link.partition("#")[0] for link in LINK.findall(TEXTS["README.md"]))
    linked = {Path(link).name for link in links if "docs/" in link}
    assert linked == {*TEXTS} - {"README.md"}


def options_of(command):
    words = {word for each in command.params for word in (*each.opts, *each.secondary_opts)}
    return {"--help", "--help-all", "-h", *words}


OPTIONS = {"--version"}.union(*(options_of(command) for command in main.commands.values()))


@pytest.mark.parametrize("name", BY_HAND)
def test_every_option_it_names_is_one(name):
    spoken = re.sub(r"^```bash\n.*?^```$", "", BY_HAND[name], flags=re.MULTILINE | re.DOTALL)
    named = {*re.findall(r"(?<![\w-])--[a-z][a-z-]+(?!-)", re.sub(r"<!--.*?-->", "", spoken))}
    assert named <= OPTIONS


@pytest.mark.parametrize("name", BY_HAND)
def test_every_command_it_names_has_the_options_beside_it(name):
    """Of each ``refgraph COMMAND --option`` in code, within a line or in a block."""
    for line in re.findall(r"(?:`|^|\$ )refgraph ([^`\n]+)", BY_HAND[name], re.MULTILINE):
        try:
            words = shlex.split(line.partition(" | ")[0].partition(" && ")[0])
        except ValueError:
            continue  # a sentence, not a command
        two = " ".join(words[:2])
        command = main.commands.get(two) or main.commands.get(words[0])
        if command is None:
            assert words[0] in ("--help", "--version", "COMMAND", "KIND"), line
            continue
        named = {word.partition("=")[0] for word in words if re.match(r"--?[a-zA-Z]", word)}
        assert named <= options_of(command), line


@pytest.mark.parametrize("name", BY_HAND)
def test_every_name_of_the_package_and_every_script_is_there(name):
    for dotted in re.findall(r"(?<![.\w])refgraph((?:\.[a-z_A-Z]\w*)+)(?=[`(\]])", BY_HAND[name]):
        thing = refgraph
        parts = dotted.strip(".").split(".")
        if parts[-1] == "toml":
            continue
        for part in parts:
            thing = getattr(thing, part)
    for script in re.findall(r"python (\S+\.py)\b", BY_HAND[name]):
        assert (pages.ROOT / script).is_file()


def test_every_variable_of_the_environment_is_told():
    code = "".join(path.read_text("utf-8") for path in (pages.ROOT / "refgraph").rglob("*.py"))
    named = {*re.findall(r"REFGRAPH_[A-Z_]+", code)} - {"REFGRAPH_AS_WINDOWS"}
    assert named <= {*re.findall(r"REFGRAPH_[A-Z_]+", TEXTS["commands.md"])}


def test_the_rules_and_the_settings_it_shows_are_read(tmp_path):
    texts = [*re.findall(r"^```text\n(.*?)^```$", TEXTS["importing.md"], re.MULTILINE | re.DOTALL)]
    (shown,) = [text for text in texts if text.startswith("skip")]
    rules = [shown, *WORDS.values()]
    assert [parse_rules("club.rules", each).path for each in rules] == ["club.rules"] * len(rules)
    (settings,) = re.findall(
        r"^```text\n(me = .*?)^```$", TEXTS["files.md"], re.DOTALL | re.MULTILINE
    )
    _, problems = read_settings("refgraph.toml", content=settings.encode())
    assert not problems


# ---------------------------------------------------------------- what is made


def test_every_option_of_every_command_is_told():
    parts = re.split(r"^### ", TEXTS["commands.md"], flags=re.MULTILINE)
    told = {part.partition("\n")[0]: part for part in parts}
    for name, command in main.commands.items():
        for each in command.params:
            if isinstance(each, click.Option) and not each.hidden:
                assert any(f"`{word}" in told[name] for word in each.opts), (name, each.opts)


def test_every_column_of_a_book_says_what_it_is():
    rows = re.findall(r"^\| `(\w+)` \| .+ \| (.*) \|$", TEXTS["files.md"], re.MULTILINE)
    assert len(rows) > 40
    assert [column for column, said in rows if not said.strip()] == []


def test_every_promise_names_tests_that_are_there():
    rows = [line.strip("| ").split(" | ") for line in TEXTS["promises.md"].splitlines()]
    rows = [row for row in rows if len(row) == 2][2:]
    assert len(rows) >= 10
    for _, tests in rows:
        named = re.findall(r"`(tests/[^`]+)`", tests)
        assert named
        paths = [pages.ROOT / test for test in named]
        assert all("\ndef test_" in path.read_text(encoding="utf-8") for path in paths)
    assert "\n## What it will not do\n" in TEXTS["promises.md"]
