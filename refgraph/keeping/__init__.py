"""Keeping a book: rows are added, names merged, people forgotten; completely or not at all."""

from __future__ import annotations

from refgraph.keeping.appending import Added, append, append_all, create_all, fingerprint
from refgraph.keeping.draft import Addition
from refgraph.keeping.recording import Recorded, record

__all__ = [
    "Added",
    "Addition",
    "Recorded",
    "append",
    "append_all",
    "create_all",
    "fingerprint",
    "record",
]
