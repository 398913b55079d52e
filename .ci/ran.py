"""Fail unless the tests that are written were run: what pytest printed, beside the test files.

    python .ci/ran.py LOG PATH...

A command that runs nothing, or that no longer finds the tests, passes by itself. Every function
``test_...`` in the files under PATH must be among those that passed or were skipped, and nine of
ten must have passed; parameters only make more of them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_TEST = re.compile(r"^def test_", re.MULTILINE)


def written(paths: list[str]) -> int:
    """Count the test functions in files and folders."""
    files = [
        file
        for path in map(Path, paths)
        for file in ([path] if path.is_file() else path.rglob("test_*.py"))
    ]
    return sum(len(_TEST.findall(file.read_text(encoding="utf-8"))) for file in files)


def counted(log: str, what: str) -> int:
    """Give the number that the last summary of pytest says."""
    lines = [line for line in log.splitlines() if re.search(r"\bin [\d.]+s\b", line)]
    found = re.search(rf"(\d+) {what}", lines[-1]) if lines else None
    return int(found[1]) if found else 0


def main(log: str, *paths: str) -> str | int:
    """Say how many ran; give a reason if that is too few."""
    text = Path(log).read_text(encoding="utf-8")
    passed, skipped = counted(text, "passed"), counted(text, "skipped")
    least = written([*paths])
    told = f"{passed} tests passed, {skipped} skipped; {least} are written in {' '.join(paths)}"
    if not least or passed + skipped < least or 10 * passed < 9 * least:
        return f"too few tests ran: {told}"
    print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
