"""What was decided, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.wording import count

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HOW", "counted"]

#: How a decision is written down.
HOW = (
    "Write decisions down in a table with the columns who, what and by when: "
    "refgraph decisions BOOK --add FILE; or one alone: "
    'refgraph touch PERSON decision --note "WHAT" --until DAY -b BOOK. '
    "They come back in the list of today on that day, and in the next review."
)


def counted(table: pd.DataFrame) -> str:
    """Count decisions by how they stand.

    Examples
    --------
    >>> import pandas as pd
    >>> counted(pd.DataFrame({"state": ["late", "open", "done"]}))
    '3 decisions: late 1, open 1, done 1.'
    """
    if table.empty:
        return f"No decision is on record. {HOW}"
    numbers = table["state"].value_counts()
    told = [
        f"{name} {numbers[name]:,}" for name in ("late", "due", "open", "done") if name in numbers
    ]
    return f"{count(len(table), 'decision')}: {', '.join(told)}."
