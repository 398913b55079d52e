"""Keeping a book: rows are added, names merged, people forgotten; completely or not at all.

What comes in is a folder and what is to be said; what goes out are its files, whole, or an error
and the files as they were. One writer works at a time, and what another program changed
meanwhile is never written over.

- `engine`: the one way in which files are replaced, with its lock and its journal;
- `append`, `record`: rows of referrals, touches, statuses and people are added;
- `rename`, `merge`, `join`: one name for two people, two for one; `forget`: none for another;
- `set_field`: what people.csv says of somebody; `tell_apart`: two nearly of one name are two;
- `find_referral`: which referral the words of a command mean; `people_file`: who is declared;
- `new_book`: the files of a book that is begun; `undo`: what the last command wrote, taken back.

Every command that writes goes through here; a new one is a function that says which bytes each
file is to hold.
"""

from __future__ import annotations

from refgraph.keeping.append import Added, append, append_all, create_all, fingerprint
from refgraph.keeping.engine.draft import Addition
from refgraph.keeping.record import Recorded, record

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
