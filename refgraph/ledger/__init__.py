"""Files of referrals, read strictly and written completely or not at all."""

from __future__ import annotations

from refgraph.ledger.appending import Added, append, append_all, fingerprint
from refgraph.ledger.draft import Addition
from refgraph.ledger.form import MOST_PEOPLE, MOST_ROWS
from refgraph.ledger.options import ReadOptions, Record, Settings, Table
from refgraph.ledger.reader import read
from refgraph.ledger.recording import Recorded, record
from refgraph.ledger.writer import replacing, write_rows

__all__ = [
    "MOST_PEOPLE",
    "MOST_ROWS",
    "Added",
    "Addition",
    "ReadOptions",
    "Record",
    "Recorded",
    "Settings",
    "Table",
    "append",
    "append_all",
    "fingerprint",
    "read",
    "record",
    "replacing",
    "write_rows",
]
