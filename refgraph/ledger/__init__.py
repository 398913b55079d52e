"""Files of referrals, read strictly; tables written completely or not at all."""

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
