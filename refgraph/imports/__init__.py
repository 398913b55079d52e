"""Exports of other programs become rows of a book: recognised, converted, compared, told.

What comes in is a file of another program and a book; what goes out is a plan, which is shown
before anything is written and carried out by `keeping`.

- `reading`, `grid`, `spreadsheetml`: the file as rows of text, whatever it is;
- `recognise`, `ruleset`, `rulesfile`, `rules/`: which layout it has, and what its columns mean;
- `days`, `amounts`: dates and amounts in one form for a whole file, or it is refused;
- `convert`, `converted`, `contacts`: rows of a book, each with the place it came from;
- `compare`, `known`, `closing`: what the book says already, and whom it knows;
- `plan`, `listed`, `told`, `run`: what would be written, what is left over, and both in words.

A new layout is a file in `rules/`; it needs no code.
"""

from __future__ import annotations

from refgraph.imports.run import Prepared, Request, carry_out, prepare

__all__ = ["Prepared", "Request", "carry_out", "prepare"]
