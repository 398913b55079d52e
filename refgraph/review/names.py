"""The names of the parts of the page, and of the maps beside each: read without loading any."""

from __future__ import annotations

__all__ = ["BESIDE", "HANGING", "NAMES"]

#: The table of who would be cut off without whom, where nobody is left out.
HANGING = "What hangs on whom"

#: What parts there may be, in reading order.
NAMES = (
    *(
        "changes",
        "decided",
        "standing",
        "members",
        "today",
        "owed",
        "one-sided",
        "open",
        "refer-first",
        "connectors",
        "groups",
        "chains",
    ),
    *("mutual", "leaks", "news", "thanks", "trend"),
)
#: By the name of a part, the maps that show it.
BESIDE = {
    "owed": ("owed",),
    "connectors": ("connectors", "overview"),
    "chains": ("chains",),
    "mutual": ("matrix",),
    "leaks": ("pipeline",),
    "trend": ("timeline",),
}
