"""The gate sees that every test that is written was run, whatever command ran them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RAN = Path(__file__).parents[2] / ".ci" / "ran.py"
FILE = """
import pytest
pytestmark = []

def test_one(): ...

@pytest.mark.parametrize("word", ["a[b]", "c"])
def test_two(word): ...

@pytest.mark.peer
def test_beside_another(): ...
"""
CASE = '<testcase classname="tests.test_x" name="{}">{}</testcase>'
BOTH = CASE.format("test_one", "") + CASE.format("test_two[a[b]]", "")
SKIP = '<skipped message="could not import openpyxl"/>'


@pytest.mark.parametrize(
    ("cases", "words", "said"),
    [
        (BOTH + CASE.format("test_beside_another", ""), "", "3 of 3 test functions passed"),
        (BOTH, "--without peer", "2 of 2 test functions passed"),
        (BOTH, "", "1 of 3 tests that are written did not run: tests.test_x.test_beside_another"),
        (BOTH.replace("test_two[a[b]]", "test_one[c]"), "--without peer", "test_x.test_two"),
        ("", "--without peer", "2 of 2 tests that are written did not run"),
        (BOTH.replace("><", "><failure/><"), "--without peer", "too few tests passed: 0 of 2"),
        (
            '<testcase classname="" name="tests.test_x"><skipped/></testcase>',
            "--without peer",
            "too few tests passed: 0 of 2",
        ),
        (
            BOTH + CASE.format("test_two[c]", SKIP),
            "--without peer --never-skipped openpyxl",
            "could not import openpyxl",
        ),
    ],
)
def test_a_run_that_lacks_a_written_test_does_not_pass(tmp_path, cases, words, said):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(FILE, encoding="utf-8")
    results = tmp_path / "r.xml"
    results.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, RAN, results, *words.split(), "tests"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in done.stdout + done.stderr
    assert done.returncode == (0 if "functions passed" in said else 1)
