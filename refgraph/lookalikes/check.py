"""The check for names that may be one person, each where the rarer of the two first stands."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from refgraph.lookalikes.ranking import lookalikes
from refgraph.lookalikes.told_apart import told_apart
from refgraph.progress import doing
from refgraph.reading.aliases import declared_aliases
from refgraph.reading.checks.pages import in_order
from refgraph.reading.files.problems import Problems
from refgraph.schema.columns import NAMED
from refgraph.schema.text import argument, book_option, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refgraph.errors import Problem
    from refgraph.reading.checks.pages import Pages
    from refgraph.reading.read_options import Record

__all__ = ["one_person"]

_ENDS = NAMED["referrals"]
_DECLARED = 10**9  # rows that a name in people.csv outweighs


def one_person(record: Record, pages: Pages) -> list[Problem]:
    """Find pairs of names that may be one person; see :func:`lookalikes`.

    Two who stand in one referral are two people. Names are those after aliases.

    Examples
    --------
    >>> from refgraph.reading import read
    >>> from refgraph.reading.checks.pages import Pages
    >>> one_person(read("refgraph/sample"), Pages())
    []
    """
    first: dict[str, tuple[str, int]] = {}
    times: Counter[str] = Counter()
    ends = _ENDS[:2] if record.settings.hides else _ENDS
    with doing("Counting the rows of every name"):
        for path, line, name in _named(record, ends):
            first.setdefault(name, (path, line))
            times[name] += 1
    aliases = declared_aliases(record)
    columns = [record.referrals.columns[name] for name in _ENDS]
    together = {
        pair
        for giver, receiver, prospect in zip(*columns, strict=True)
        for pair in ((giver, receiver), (giver, prospect), (receiver, prospect))
    }
    pairs = lookalikes(
        {name: aliases.get(name, ()) for name in first},
        emails=dict(zip(aliases, record.people.columns["email"], strict=True)),
        rows=times | Counter(dict.fromkeys(aliases, _DECLARED)),
        apart=together.union(told_apart(record.settings.apart, aliases)),
    )
    found = Problems()
    for pair in pairs:
        message = f"{quoted(pair.other)} may be {quoted(pair.person)}: {pair.reason}"
        hint = "if they are one, write the name the same way everywhere"
        if os.path.isdir(record.path):  # noqa: PTH112 (pathlib raises for some names)
            names = f"{argument(pair.person)} {argument(pair.other)}"
            hint = f"if they are one: refgraph people merge {names}{book_option(record.path)}"
        found.append(pages.problem(*first[pair.other], message, hint, "lookalikes"))
    return found.told()


def _named(record: Record, of_rows: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Give file, line and name of everybody, where they stand: the rows first.

    Who was referred is left out where the profession of the book hides them.
    """
    for path, line, *ends in in_order(record.referrals.columns, *of_rows):
        yield from ((path, line, name) for name in ends if name)
    for table in ("touches", "people"):
        for path, line, *people in in_order(getattr(record, table).columns, *NAMED[table]):
            yield from ((path, line, name) for name in people if name)
