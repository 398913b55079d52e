"""Exports of other programs become rows of a book: recognised, converted, compared, told.

What comes in is a file of another program and a book; what goes out is a plan, which is shown
before anything is written and carried out by `keeping`.

- `cells`: the file as rows of cells, and one meaning for its dates and amounts;
- `rules`: which layout it has, and what its columns mean;
- `kinds`: contacts, slips, closed business: kinds of tables that need more than columns;
- `inbox`: lines of plain words; `events`, `capture`: mail and calendars, and what they propose;
- `column_names`, `convert`, `converted`: rows of a book, each with the place it came from;
- `compare`, `same_row`, `book_index`: what the book says already, and whom it knows;
- `foreign_table`: what an import would make of a file, read as a book and never written;
- `plan`, `leftovers`, `preview`, `run`: what would be written, what is left over, both in words.

A new layout is a file in `rules/`; it needs no code.
"""

from __future__ import annotations

from refgraph.imports.request import Request
from refgraph.imports.run import Prepared, carry_out, prepare, titles_of

__all__ = ["Prepared", "Request", "carry_out", "prepare", "titles_of"]
