"""Every message about a bad file, beside the smallest file that earns it.

Each text in ``cases`` holds a command and exactly what it prints; the files it reads lie beside
it. ``python tests/errors/test_error_catalogue.py`` writes the texts again, and then ``python
docs/generate.py`` the page docs/messages.md: read the difference as product text before it is
committed.
"""

from __future__ import annotations

import ast
import os
import shlex
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from refgraph import Book
from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read

HERE = Path(__file__).parent
CASES = HERE / "cases"
TEXTS = sorted(CASES.glob("*.txt"))
LEDGER = HERE.parents[1] / "refgraph" / "reading"
LOOKALIKES = HERE.parents[1] / "refgraph" / "lookalikes"
# Calls that make a message, and the functions that only hand one on.
MAKERS = {"refuse", "problem", "unreadable", "Problem", "Unsafe"}
# At the command line click says these first.
PYTHON_ONLY = (
    (ReadOptions(delimiter="x"), "'x' is not a delimiter"),
    (ReadOptions(max_rows=0), "max_rows must be 1 or more, got 0"),
)
# Cells of frames, which no file has.
CELLS = (
    ({"a": 1}, "a value of type dict"),
    ([1], "not all of it is text"),
    (Decimal("1E+500"), "a number of more than 400 digits"),
)
# Kept against libraries that fail in ways no file was found for.
UNREACHED = {
    'return unreadable(path, f"this is not {shown} text: {visible(str(error))}", hint)',
    'raise unreadable(path, "this workbook has no sheet with cells", _SAVE)',
}
# Of files that are too large, or no files, to lie here: see reading/test_ledger_bounds.py; of
# databases that give too much, or are read by an extra: see reading/test_databases.py and
# reading/test_database_servers.py.
BOUNDS = {
    "return unreadable(self._path, told, hint)",
    'return unreadable(self._path, f"this database cannot be reached: {told}", hint)',
    'raise unreadable(self._path, "no such file or folder")  # nor is one made',
    'raise unreadable(self._path, "there is no such address", hint) from None',
    "raise unreadable(found.render_as_string(), message, hint)",
    'raise unreadable(path, "this database is read, and never written to", hint)',
    'return unreadable(path, message, "choose the columns and rows it needs with --sql")',
    'raise unreadable(path, message, "choose those it needs with --sql")',
    'return unreadable(self._path, f"this {self.kind} cannot be read: {told}", hint)',
    "raise unreadable(path, message, hint) from None",
    'raise unreadable(VARIABLE, "this variable is not a number of bytes", hint)',
    'raise unreadable(path, "this is a device, not a file", _NAME_A_FILE)',
    'raise unreadable(path, "this is a pipe, not a file", _NAME_A_FILE)',
    'raise unreadable(path, "this is a socket, not a file", _NAME_A_FILE)',
    "raise unreadable(path, message, _NAME_A_FILE)",
    'return unreadable(path, f"this holds {holds}", hint)',
    "raise LedgerError([Problem(path, 0, message, hint=hint)])",
    "raise LedgerError([Problem(path, line, message, shown, hint)])",
    "raise LedgerError([source.problem(source.lines[0], message, hint)])",
    'more.append(Problem(path, 0, message, "", _REST, check, times=left))',
    'problems.append(Problem(path, 0, message, hint="correct them, and check again"))',
}
HANDING_ON = {"refuse", "problem", "unreadable", "encode"}


def outcome(command: str) -> str:
    """Give what a command prints, run beside the cases, and its status."""
    from refgraph.cli import main

    before = Path.cwd()
    os.chdir(CASES)
    try:
        result = CliRunner().invoke(main, shlex.split(command)[1:], prog_name="refgraph")
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return f"{result.output}(exit {result.exit_code})\n"


def command_of(text: Path) -> str:
    first = text.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("$ refgraph ")
    return first.removeprefix("$ ")


def test_every_case_fails_with_a_place_and_no_traceback():
    for text in TEXTS:
        said = text.read_text(encoding="utf-8")
        assert said.endswith(("(exit 1)\n", "(exit 2)\n")), text.stem
        assert "Traceback" not in said


def sites() -> dict[Path, set[int]]:
    """Find the lines of the reader and the checks that make a message."""
    found: dict[Path, set[int]] = {}
    for path in sorted([*LEDGER.rglob("*.py"), *LOOKALIKES.rglob("*.py")]):
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(outer, ast.FunctionDef) or outer.name in HANDING_ON:
                continue
            for node in ast.walk(outer):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in MAKERS:
                        found.setdefault(path, set()).add(node.lineno)
    return found


@pytest.fixture(scope="module")
def catalogue():
    """Run every case once: what each says, and the lines of the reader that were reached."""
    reached: dict[str, set[int]] = {str(path): set() for path in sites()}

    def trace(frame, event, _):
        lines = reached.get(frame.f_code.co_filename)
        if lines is None:
            return None
        if event == "line":
            lines.add(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        said = {text: outcome(command_of(text)) for text in TEXTS}
        for options, message in PYTHON_ONLY:
            with pytest.raises(LedgerError, match=message):
                read(CASES / "name-self.csv", options)
        for cell, message in CELLS:
            with pytest.raises(LedgerError, match=message):
                Book.from_frames(pd.DataFrame([{"date": "", "giver": "A", "receiver": cell}]))
    finally:
        sys.settrace(before)
    return said, reached


def test_each_message_is_exactly_the_one_that_was_read_and_agreed(catalogue):
    for text, output in catalogue[0].items():
        said = output.replace("-h' for help", "--help' for help")  # click before 8.3
        assert text.read_text(encoding="utf-8") == f"$ {command_of(text)}\n{said}"


def test_every_message_of_the_reader_has_a_case(catalogue):
    missing = {
        path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
        for path, lines in sites().items()
        for line in lines - catalogue[1][str(path)]
    }
    assert missing == UNREACHED | BOUNDS


def test_no_case_is_left_without_a_text():
    assert {path.stem for path in CASES.iterdir()} == {text.stem for text in TEXTS}


if __name__ == "__main__":
    os.environ["REFGRAPH_QUIET"] = "1"
    for case in TEXTS:
        line = command_of(case)
        case.write_text(f"$ {line}\n{outcome(line)}", encoding="utf-8")
