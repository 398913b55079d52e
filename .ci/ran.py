"""Fail unless the tests that are written were run: what pytest wrote of a run, beside the files.

    python .ci/ran.py RESULTS.xml [--without MARK] [--never-skipped WORDS] PATH...

A command that runs nothing, or that no longer finds some of the tests, passes by itself. Every
function ``test_...`` in the files under PATH, but for those that bear the mark, must have run or
been skipped, by itself or with its file; nine of ten must have passed in one case at least; and no
reason of a skip may match the words, which name what is installed where this runs.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

Test = tuple[str, str]  # the module, with dots, and the function


def written(paths: list[str], without: str) -> set[Test]:
    """Name the test functions in files and folders that do not bear a mark."""
    files = [
        file
        for path in map(Path, paths)
        for file in ([path] if path.is_file() else path.rglob("test_*.py"))
    ]
    found = set()
    for file in files:
        module = ".".join(file.with_suffix("").parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        marks = [
            ast.unparse(each.value)
            for each in tree.body
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "pytestmark"
        ]
        for each in tree.body:
            if not isinstance(each, ast.FunctionDef) or not each.name.startswith("test_"):
                continue
            worn = [*marks, *map(ast.unparse, each.decorator_list)]
            if not without or not any(f"mark.{without}" in mark for mark in worn):
                found.add((module, each.name))
    return found


def ran(results: str) -> tuple[set[Test], set[Test], list[str]]:
    """Name what passed in a case at least and what ran or was skipped, and why each skip was."""
    passed, met, why = set(), set(), []
    for case in ET.parse(results).iter("testcase"):  # noqa: S314  # pytest wrote it
        one = (case.get("classname") or "", (case.get("name") or "").partition("[")[0])
        met.add(one)
        skips = case.findall("skipped")
        why += [f"{skip.get('message', '')} {skip.text or ''}" for skip in skips]
        if not len(case.findall("failure") + case.findall("error") + skips):
            passed.add(one)
    return passed, met, why


def main() -> str | int:
    """Say how many ran; give a reason if that is too few."""
    parser = argparse.ArgumentParser()
    parser.add_argument("results")
    parser.add_argument("--without", default="", help="a mark whose tests are left out")
    parser.add_argument("--never-skipped", default="", help="what no reason of a skip may match")
    parser.add_argument("paths", nargs="+")
    told = parser.parse_args()
    passed, met, why = ran(told.results)
    wanted = written(told.paths, told.without)
    files = {name for module, name in met if not module}  # skipped before any test was seen
    if missing := sorted(each for each in wanted - met if each[0] not in files):
        named = ", ".join(f"{module}.{name}" for module, name in missing[:5])
        return f"{len(missing)} of {len(wanted)} tests that are written did not run: {named}"
    if not wanted or 10 * len(passed & wanted) < 9 * len(wanted):
        return f"too few tests passed: {len(passed & wanted)} of {len(wanted)} in {told.paths}"
    if told.never_skipped:
        for reason in why:
            if re.search(told.never_skipped, reason):
                return f"skipped, although all that it needs is installed here: {reason.strip()}"
    print(
        f"{len(passed & wanted)} of {len(wanted)} test functions passed in {' '.join(told.paths)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
