"""The named checks of a book: what it must hold, what it should, and what may be asked.

What comes in are the files of a book as they were read; what goes out are problems, each with its
line and the name of its check, which ``refgraph check`` takes.

- `rows`: dates out of order, people nobody declared, cells a spreadsheet runs;
- `repeats`: rows that say what another row says;
- `recent`: people who have not been heard of for longer than their cadence;
- `assertions`: what the file of assertions says must hold;
- `pages`: the lines of the files, to show the one that a finding is about.

A new check is a function that gives problems, and a line in the list below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.reading.checks.assertions import assertions
from refgraph.reading.checks.pages import Pages
from refgraph.reading.checks.recent import recent
from refgraph.reading.checks.rows import duplicates, ordereddates, people, spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from refgraph.errors import Problem
    from refgraph.reading.read_options import ReadOptions, Record

__all__ = ["BASIC", "BY_NAME", "NAMES", "STRICT", "found"]

#: Always run; the reader itself makes all but assertions.
BASIC = {
    "parseable": "encoding, quotes, columns and settings",
    "complete": "the last line ends in a newline",
    "fields": "every other cell holds what its column may",
    "dates": "days that exist, and are at most a day after today",
    "counts": "whole numbers above 0",
    "distinct": "nobody refers to themselves",
    "ids": "each is used once, and statuses.csv names only known ones",
    "aliases": "each stands for one person",
    "assertions": "the totals of assertions.csv are those of the book",
}
#: Run with --strict, or by name.
STRICT = {
    "people": "everyone is in people.csv, if there is one",
    "ordereddates": "rows stand in the order of their dates",
    "duplicates": "no row repeats another",
}
#: Run by name only; lookalikes is made above this package, and handed to :func:`found`.
BY_NAME = {
    "lookalikes": "no two names that may be one person",
    "spreadsheet": "no cell that a spreadsheet would compute",
    "recent": "nobody unheard of for longer than their cadence",
}
NAMES = (*BASIC, *STRICT, *BY_NAME)

_CHECKS: dict[str, Callable[[Record, Pages], list[Problem]]] = {
    "assertions": assertions,
    "people": people,
    "ordereddates": ordereddates,
    "duplicates": duplicates,
    "spreadsheet": spreadsheet,
    "recent": recent,
}


def found(
    record: Record,
    names: Iterable[str],
    options: ReadOptions | None = None,
    more: Mapping[str, Callable[[Record, Pages], list[Problem]]] | None = None,
) -> list[Problem]:
    """Run checks of `STRICT` and `BY_NAME` over a record that was read.

    Parameters
    ----------
    record : Record
        What the reader gave.
    names : iterable of str
        Which checks; those the reader makes itself are passed over.
    options : ReadOptions, optional
        How it was read.
    more : mapping of str to callable, optional
        Checks that are made elsewhere, by name.

    Returns
    -------
    list of Problem
        By file and line.

    Examples
    --------
    >>> from refgraph.reading import read
    >>> found(read("refgraph/sample"), STRICT)
    []
    """
    pages = Pages(options)
    chosen = {*names}
    problems = [
        problem
        for name, check in {**_CHECKS, **(more or {})}.items()
        if name in chosen
        for problem in check(record, pages)
    ]
    if record.settings.hides:
        from refgraph.reading.redaction import concealed  # noqa: PLC0415  # few books need it

        problems = [*map(concealed, problems)]
    return sorted(problems, key=lambda problem: (problem.path, problem.line))
