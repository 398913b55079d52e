"""Books written for an earlier refgraph still read, and still give the numbers they gave.

A folder here is never edited; a new layout gets a folder of its own. The numbers in ``golden``
change only together with a line in CHANGELOG.md that says why;
``python tests/ledgers/test_old_ledgers.py`` writes them again.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

HERE = Path(__file__).parent
BOOKS = sorted(path for path in HERE.iterdir() if (path / "refgraph.toml").is_file())
COMMANDS = (
    *("balance", "balance --pairs", "owe", "stats"),
    *("reciprocity", "reciprocity --by person", "reciprocity --by pair"),
    *("chains --by person", "groups", "returns", "bench --by profession"),
)


def answer(book: Path, command: str) -> str:
    from refgraph.cli import main

    words = [*command.split(), "-b", str(book), "-O", "csv"]
    result = CliRunner().invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return f"{result.stdout}(exit {result.exit_code})\n"


def golden(book: Path, command: str) -> Path:
    return book / "golden" / f"{command.replace(' --', '-').replace(' ', '-')}.csv"


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_an_old_book_gives_the_numbers_it_gave(book):
    for command in COMMANDS:
        kept = golden(book, command).read_text(encoding="utf-8")
        assert answer(book, command) == kept, command


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_an_old_book_passes_its_checks(book):
    from refgraph.cli import main

    result = CliRunner().invoke(main, ["check", str(book)])
    assert (result.stdout, result.exit_code) == ("", 0)


if __name__ == "__main__":
    for one in BOOKS:
        (one / "golden").mkdir(exist_ok=True)
        for each in COMMANDS:
            golden(one, each).write_text(answer(one, each), encoding="utf-8")
