"""Files and frames become checked rows, or every problem with its place.

What comes in is a folder, a file, a workbook or a frame; what goes out is a :class:`Record`:
columns of values, each knowing where it stands, the settings, and all that was wrong. Nothing
is guessed and no row is dropped in silence: what is left out is counted and told.

- `files`: bytes to rows of text, within bounds; `sheets`, `networks`, `frames`: other sources;
- `source_table`, `tables`, `header`, `open_table`, `table`: which tables a book has, what their
  columns are, and how a column is read, each distinct text once;
- `settings`, `book_files`, `read_options`: refgraph.toml, where files stand, what can be asked;
- `aliases`, `identity`, `statuses`: one name a person, an id a referral, the newest status;
- `reader` puts it together; `checks` finds what a book should hold beyond that, and `redaction`
  says a problem without what the cell holds.
"""

from __future__ import annotations

from refgraph.reading.files.file_format import MOST_PEOPLE, MOST_ROWS
from refgraph.reading.files.writer import replacing
from refgraph.reading.read_options import ReadOptions, Record, Settings, Table
from refgraph.reading.reader import read

__all__ = [
    "MOST_PEOPLE",
    "MOST_ROWS",
    "ReadOptions",
    "Record",
    "Settings",
    "Table",
    "read",
    "replacing",
]
