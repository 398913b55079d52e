"""Print, as constraints for pip, the lowest version of each dependency that setup.cfg admits.

    python .ci/lowest.py              what refgraph itself needs
    python .ci/lowest.py fonts dev    and what these extras need

A lower bound that reads ``>=3.1`` or ``~=2.4.1`` becomes ``==3.1`` or ``==2.4.1``. A dependency
without one is an error: nobody could say with which versions it was tried.
"""

from __future__ import annotations

import configparser
import re
import sys
from pathlib import Path

SETUP = Path(__file__).parent.parent / "setup.cfg"
_BOUND = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:>=|~=)\s*([\w.]+)")


def lowest(extras: list[str]) -> list[str]:
    """Give one constraint for each dependency, in the order of their names."""
    parser = configparser.ConfigParser()
    parser.read_string(SETUP.read_text(encoding="utf-8"))
    wanted = parser["options"]["install_requires"].split("\n")
    for extra in extras:
        wanted += parser["options.extras_require"][extra].split("\n")
    lines = {line.strip() for line in wanted} - {""}
    found = {line: _BOUND.match(line) for line in sorted(lines) if not line.startswith("#")}
    if bare := [line for line, bound in found.items() if bound is None]:
        msg = f"setup.cfg names no lowest version: {', '.join(bare)}"
        raise SystemExit(msg)
    return [f"{bound[1]}=={bound[2]}" for bound in found.values() if bound is not None]


if __name__ == "__main__":
    print(*lowest(sys.argv[1:]), sep="\n")
