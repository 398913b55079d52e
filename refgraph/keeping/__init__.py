"""Keeping a book: rows are added, names merged, people forgotten; completely or not at all.

What comes in is a folder and what is to be said; what goes out are its files, whole, or an error
and the files as they were. One writer works at a time.

- `lock`: who writes now; `draft`: the new files beside the old ones, until all are ready;
- `cells`: a value as it is written into a file, in its encoding and its marks;
- `appending`, `recording`: rows of referrals, touches, statuses and people are added;
- `rewriting`: files are replaced together, with a journal that finishes what was interrupted;
- `renaming`, `merging`, `forgetting`: one name for two people, two for one, none for another;
- `known`, `declared`, `joining`, `moving`: whom and which referral the words of a command mean.

What was changed by another program meanwhile is never written over.
"""

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
