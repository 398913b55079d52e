"""The pages: README.md and those of docs, their made parts, and what they show being run.

A part between ``<!-- made: NAME -->`` and ``<!-- end -->`` is made from the code. A command in
a block ``console`` prints what stands below it; ``| head -n N`` and ``| tail -n N`` cut that.
A command in a block ``bash`` runs, whatever it prints.
"""

from __future__ import annotations

import contextlib
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
__all__ += ["for_a_registry", "output_of", "refreshed", "rerun"]

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
#: README.md as a registry of packages shows it, where neither its pictures nor its pages are.
PACKAGE = ROOT / "docs" / "package.md"
PAGES = [README, *sorted(path for path in (ROOT / "docs").glob("*.md") if path != PACKAGE)]

BLOCK = re.compile(r"^```(console|bash|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ refgraph (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)]+)\)")
_MADE = re.compile(r"(?<=<!-- made: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
_SESSION = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
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
    """Give a page with what its commands print now, run one after the other."""

    def fresh(session: re.Match[str]) -> str:
        return COMMAND.sub(
            lambda found: f"$ refgraph {found[1]}\n{output_of(found[1])}", session[1]
        )

    return _SESSION.sub(fresh, text)


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
    words, _, _ = opening.partition(PICTURE.search(opening)[0])
    return _LINK.sub(lambda link: link[1], f"{words.rstrip()}\n\n### {rest}")
