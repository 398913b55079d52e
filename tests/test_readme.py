"""Everything README.md shows is run: its commands give what it prints, its Python blocks pass.

``python tests/test_readme.py`` writes the present output of every command into README.md, and the
pictures that its commands make into data/pictures.
"""

from __future__ import annotations

import contextlib
import doctest
import re
import shlex
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from refgraph import maps
from refgraph.cli import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SESSION = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ refgraph (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
BASH = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands():
    text = README.read_text(encoding="utf-8")
    return [pair for session in SESSION.findall(text) for pair in COMMAND.findall(session)]


def output_of(words):
    """Standard output of a command, or its first lines if it goes through ``head``."""
    words, _, pipe = words.partition(" | head -n ")
    result = CliRunner().invoke(main, shlex.split(words))
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines(keepends=True)
    return "".join(lines[: int(pipe)] if pipe else lines)


@pytest.fixture
def beside_the_data(tmp_path, monkeypatch):
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


PRINTING = [(words, shown) for words, shown in commands() if not words.endswith(".png")]


@pytest.mark.parametrize(("words", "shown"), PRINTING, ids=lambda text: text[:40])
def test_a_command_prints_what_the_readme_shows(words, shown, beside_the_data):
    assert output_of(words) == shown


def test_the_readme_shows_commands():
    assert len(commands()) >= 5


def test_its_python_blocks_pass(beside_the_data):
    blocks = PYTHON.findall(README.read_text(encoding="utf-8"))
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README", str(README), 0)
    assert len(test.examples) >= 5
    failed = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test).failed
    assert failed == 0


def test_its_main_command_ends_in_a_review(beside_the_data):
    line = BASH.findall(README.read_text(encoding="utf-8"))[0].strip()
    assert "\n" not in line
    setup, _, review = line.rpartition("/bin/refgraph ")
    assert "pip install" in setup
    assert "Whom you owe" in output_of(review)
    assert {path.name for path in Path("review").iterdir()} == {
        *("report.md", "report.json"),
        *(
            f"{kind}.{form}"
            for kind in maps.KINDS
            if kind != "overview"
            for form in ("png", "html")
        ),
    }


def test_the_gate_runs_its_test_command():
    line = BASH.findall(README.read_text(encoding="utf-8"))[1].strip()
    assert "\n" not in line
    assert line.endswith("python -m pytest")
    assert 'readme_command "### Run the tests"' in (ROOT / ".ci" / "run").read_text("utf-8")


def test_its_commands_that_keep_a_book_run_one_after_the_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = BASH.findall(README.read_text(encoding="utf-8"))[2].splitlines()
    assert len(lines) >= 5
    for line in lines:
        name, _, words = line.partition(" ")
        assert name == "refgraph"
        output_of(words)
    assert "Okafor Dental" in output_of("register 'Ann Lee' -b mybook -O json")


def test_it_names_every_command():
    text = README.read_text(encoding="utf-8")
    assert [name for name in main.commands if f"`{name}" not in text] == []


def pictures():
    return PICTURE.findall(README.read_text(encoding="utf-8"))


def test_every_promise_names_tests_that_are_there():
    section = README.read_text(encoding="utf-8").split("## What it promises\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:2] == "| "][2:]
    assert len(rows) >= 10
    for _, tests in rows:
        named = re.findall(r"`(tests/[^`]+)`", tests)
        assert named
        assert all("\ndef test_" in (ROOT / test).read_text(encoding="utf-8") for test in named)
    assert "Not promised:" in section


def test_it_opens_with_two_pictures():
    opening, _, _ = README.read_text(encoding="utf-8").partition("\n### ")
    assert PICTURE.findall(opening)[:2] == pictures()[:2]
    assert len(pictures()) >= 2


@pytest.mark.parametrize("shown", pictures())
def test_a_picture_is_what_its_command_makes(shown, beside_the_data):
    made = Path(shown).name  # by a command that prints nothing
    (words,) = [words for words, _ in commands() if words.endswith(f" -o {made}")]
    assert output_of(words) == ""
    if not find_spec("weblate_fonts"):
        pytest.skip("without the fonts extra some of its names are boxes")
    new, old = (np.asarray(Image.open(path).convert("RGB"), dtype=int) for path in (made, shown))
    assert new.shape == old.shape
    # another release of Matplotlib may smooth an edge otherwise
    assert (np.abs(new - old).max(axis=2) > 48).mean() < 0.002


def rewrite():
    """Write the present output of every command into the README, and its pictures."""

    def fresh(match):
        return f"$ refgraph {match[1]}\n{output_of(match[1])}"

    def session(match):
        return "```console\n" + COMMAND.sub(fresh, match[1]) + "```"

    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("data").symlink_to(ROOT / "data")
        README.write_text(SESSION.sub(session, text), encoding="utf-8")
        for shown in pictures():
            (ROOT / shown).write_bytes(Path(Path(shown).name).read_bytes())


if __name__ == "__main__":
    sys.exit(rewrite())
