"""Write what is made from the code into README.md and docs, their outputs and pictures too.

The list of all commands, which the command line reads, comes first.

Usage: python docs/generate.py [--parts]

``--parts`` leaves what commands print, and the pictures, as they stand.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from generator import listing

listing.write()  # before a page asks which commands there are

from generator import pages  # noqa: E402


def generate(*, outputs: bool = True) -> None:
    """Write every page anew."""
    for path in pages.PAGES:
        text = pages.refreshed(path.read_text(encoding="utf-8"))
        if outputs and find_spec(pages.needed(text) or "refgraph"):
            with pages.beside_the_data():
                text = pages.rerun(text)
                for shown in pages.PICTURE.findall(text):
                    made = Path(Path(shown).name)
                    if made.exists():  # README.md shows what a command of another page makes
                        (path.parent / shown).write_bytes(made.read_bytes())
        path.write_text(text, encoding="utf-8")
    readme = pages.README.read_text(encoding="utf-8")
    pages.PACKAGE.write_text(pages.for_a_registry(readme), encoding="utf-8")


if __name__ == "__main__":
    generate(outputs="--parts" not in sys.argv[1:])
