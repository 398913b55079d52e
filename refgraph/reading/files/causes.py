"""Problems are told by their cause: a few examples, how many there are, and one remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from refgraph.errors import Problem

__all__ = ["MOST_TOLD", "by_cause"]

#: How many problems are told, one cause with its examples being one.
MOST_TOLD = 20
_EXAMPLES = 3
# What differs between problems of one cause: what is quoted, days and numbers.
_SPECIAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d[\d,.:/-]*""")


def by_cause(problems: Iterable[Problem], rest: str = "") -> list[str]:
    r"""Tell problems, those of one cause together.

    Up to three problems of a cause are told as they are; of more, three rows are shown.

    Parameters
    ----------
    problems : iterable of Problem
        The problems, in the order of their lines.
    rest : str
        Where those that are not told can be read.

    Examples
    --------
    >>> from refgraph.errors import Problem
    >>> found = [
    ...     Problem(
    ...         "r.csv", line, f"there is no 2026-02-{line + 28}", f"2026-02-{line + 28},Ann,Bo"
    ...     )
    ...     for line in range(2, 7)
    ... ]
    >>> print("\n".join(by_cause(found)))
    r.csv: 5 rows, on lines 2 to 6: there is no 2026-02-30, and the like
        2 | 2026-02-30,Ann,Bo
        3 | 2026-02-31,Ann,Bo
        4 | 2026-02-32,Ann,Bo
    """
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for each in problems:
        cause = (
            each.path,
            each.check,
            *(_SPECIAL.sub("…", text) for text in (each.message, each.hint)),
        )
        groups.setdefault(cause, []).append(each)
    blocks: list[tuple[int, str, int]] = []
    for group in groups.values():
        if len(group) > _EXAMPLES and group[0].line:
            blocks.append((group[0].line, _together(group), sum(each.times for each in group)))
        else:
            blocks += [(each.line, str(each), each.times) for each in group]
    blocks.sort(key=lambda block: block[0])
    told = [text for _, text, _ in blocks[:MOST_TOLD]]
    if left := sum(times for *_, times in blocks[MOST_TOLD:]):
        told.append(f"and {count(left, 'problem')} more{': ' if rest else ''}{rest}")
    return told


def _together(group: Sequence[Problem]) -> str:
    first = group[0]
    shown = group[:_EXAMPLES]
    rows = count(sum(each.times for each in group), "row")
    lines = [each.line for each in group]
    where = f"lines {lines[0]:,} to {lines[-1]:,}"
    is_same = len({each.message for each in group}) == 1
    like = "" if is_same else ", and the like"
    parts = [f"{first.path}: {rows}, on {where}: {first.message}{like}"]
    parts += [f"{each.line:>5} | {each.excerpt}" for each in shown if each.excerpt]
    hints = dict.fromkeys(each.hint for each in shown if each.hint)
    parts += [f"{'':>6}= {hint}" for hint in hints]
    return "\n".join(parts)
