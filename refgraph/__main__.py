"""Run the command line: ``python -m refgraph``."""

from __future__ import annotations

from refgraph.cli import main

if __name__ == "__main__":
    main(prog_name="refgraph")
