"""Files of referrals, read strictly; tables written completely or not at all.

What comes in is a path; what goes out is a :class:`Record` of checked columns with the place of
every row, or a :class:`refgraph.LedgerError` with every problem, its line and a remedy.

- `source`, `files`, `opening`: where rows come from, bounded before they are read;
- `encodings`, `exact_csv`, `bulk`, `workbook`: bytes become text, quickly where that is safe;
- `header`, `columns`, `fields`, `dates`, `text`: text becomes a value, or is refused;
- `table`, `layouts`, `reader`: rows become the columns of one kind of file, and of a book;
- `identity`, `statuses`, `repeats`, `names`: which referral is meant, how it stands, who is who;
- `checks`: what a book should hold beside; `writer`: a file is replaced whole.

Nothing is guessed and no row is dropped in silence: what is left out is counted and told.
"""

from __future__ import annotations

from refgraph.ledger.form import MOST_PEOPLE, MOST_ROWS
from refgraph.ledger.options import ReadOptions, Record, Settings, Table
from refgraph.ledger.reader import read
from refgraph.ledger.writer import replacing, write_rows

__all__ = [
    "MOST_PEOPLE",
    "MOST_ROWS",
    "ReadOptions",
    "Record",
    "Settings",
    "Table",
    "read",
    "replacing",
    "write_rows",
]
