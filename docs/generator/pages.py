"""The pages: README.md and those of docs, their made parts, and what they show being run.

A part between ``<!-- made: NAME -->`` and ``<!-- end -->`` is made from the code. A command in
a block ``console`` prints what stands below it; ``| head -n N`` and ``| tail -n N`` cut that.
A command in a block ``bash`` runs, whatever it prints; lines of Python are doctests.
"""

from __future__ import annotations

import contextlib
import doctest
import re
import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from generator import answers, book, catalogue, commands, imports, maps, measures
from refgraph.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["BLOCK", "COMMAND", "PACKAGE", "PAGES", "PICTURE", "README", "ROOT", "beside_the_data"]
__all__ += ["needed"]
__all__ += ["for_a_registry", "output_of", "refreshed", "rerun", "run_python"]

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
#: README.md as a registry of packages shows it, where neither its pictures nor its pages are.
PACKAGE = ROOT / "docs" / "package.md"
PAGES = [README, *sorted(path for path in (ROOT / "docs").glob("*.md") if path != PACKAGE)]

BLOCK = re.compile(r"^```(console|bash|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ refgraph (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
_NEEDS = re.compile(r"<!-- needs: (\w+) -->\n")
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)]+)\)")
_MADE = re.compile(r"(?<=<!-- made: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
_CUT = re.compile(r"(.*) \| (head|tail) -n (\d+)")

PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands.overview,
    "shared_options": commands.shared_options,
    "reference": commands.reference,
    "columns": answers.columns,
    "files": book.files,
    "settings": book.settings,
    "templates": book.templates,
    "maps": maps.kinds,
    "rules": imports.rules,
    "layouts": imports.layouts,
    "kinds": imports.kinds,
    "measures": measures.functions,
    "catalogue": catalogue.catalogue,
}


def refreshed(text: str) -> str:
    """Give a page with every made part as the code makes it now."""
    return _MADE.sub(lambda part: f"{part[1]}{part[2]}\n{PARTS[part[1]]()}\n\n", text)


def rerun(text: str) -> str:
    """Give a page with what its commands print now, and its lines of Python that say otherwise."""

    def one(command: re.Match[str]) -> str:
        return f"$ refgraph {command[1]}\n{output_of(command[1])}"

    names: dict[str, object] = {}

    def block(found: re.Match[str]) -> str:
        kind, said = found[1], found[2]
        if kind == "console":
            said = COMMAND.sub(one, said)
        elif kind == "python":
            said = _retold(said, names)
        return f"```{kind}\n{said}```"

    return BLOCK.sub(block, text)


class Told(doctest.DocTestRunner):
    """Lines of Python are run, and what they say otherwise than is written is kept."""

    def __init__(self) -> None:
        super().__init__(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
        self.otherwise: list[tuple[doctest.Example, str]] = []

    def report_failure(
        self, out: object, test: doctest.DocTest, example: doctest.Example, got: str
    ) -> None:
        """Keep what was said."""
        del out, test
        self.otherwise.append((example, got))

    def report_unexpected_exception(
        self, out: object, test: doctest.DocTest, example: doctest.Example, exc_info: object
    ) -> None:
        """Keep the failure: no page shows one."""
        del out, test
        self.otherwise.append((example, f"{exc_info[1]!r}\n"))  # type: ignore[index]


def needed(text: str) -> str:
    """Give the module of an extra without which what a page shows cannot be run; "" if none."""
    found = _NEEDS.match(text)
    return found[1] if found else ""


def run_python(text: str, names: dict[str, object]) -> list[tuple[doctest.Example, str]]:
    """Run lines of Python, with the names of the lines before; give what they say otherwise."""
    test = doctest.DocTestParser().get_doctest(text, names, "page", None, 0)
    told = Told()
    told.run(test, clear_globs=False)
    names.update(test.globs)
    return told.otherwise


def _retold(text: str, names: dict[str, object]) -> str:
    lines = text.splitlines()
    for example, got in reversed(run_python(text, names)):
        start = example.lineno + len(example.source.splitlines())
        lines[start : start + len(example.want.splitlines())] = got.splitlines()
    return "".join(f"{line}\n" for line in lines)


def output_of(words: str) -> str:
    """Give the standard output of a command, cut if it goes through ``head`` or ``tail``."""
    cut = _CUT.fullmatch(words)
    result = CliRunner().invoke(main, shlex.split(cut[1] if cut else words))
    assert result.exit_code == 0, f"refgraph {words}\n{result.output}"
    if not cut:
        return result.stdout
    lines, most = result.stdout.splitlines(keepends=True), int(cut[3])
    return "".join(lines[:most] if cut[2] == "head" else lines[-most:])


@contextlib.contextmanager
def beside_the_data() -> Iterator[Path]:
    """Work in a new folder in which ``data`` is what a clone has."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("data").symlink_to(ROOT / "data")
        yield Path(folder)


def for_a_registry(text: str) -> str:
    """Give README.md without its pictures, and with links into the repository as mere words."""
    opening, _, rest = text.partition("\n### ")
    words, _, _ = opening[: PICTURE.search(opening).start()].rpartition("\n")
    return _LINK.sub(lambda link: link[1], f"{words.rstrip()}\n\n### {rest}")
