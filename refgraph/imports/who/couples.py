"""Cells that name two people who live together: one household, unless somebody says otherwise."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from refgraph.names.nicknames import full_forms
from refgraph.names.spelling import bare
from refgraph.schema.text import quoted
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["couple_in", "couples_among", "say_couples"]

_JOINED = re.compile(r"\s+(?:&|\+|and|und|et|y|e|en)\s+|\s*[/;]\s*", re.IGNORECASE)
_MOST_WORDS, _MOST_TOLD = 3, 3


def couple_in(text: str) -> tuple[str, str] | None:
    """Give the two people whom a cell names, each in full; None if it is one, or a firm.

    Two are told from a firm by a first name that has a short form, or is one.

    Parameters
    ----------
    text : str
        The cell.

    Examples
    --------
    >>> couple_in("Robert & Jane Smith"), couple_in("Tom Hale and Mary Lund")
    (('Robert Smith', 'Jane Smith'), ('Tom Hale', 'Mary Lund'))
    >>> couple_in("Miller & Sons"), couple_in("Lee & Park Dental"), couple_in("Ann Lee")
    (None, None, None)
    >>> couple_in("Tom Hale / Mary Lund")
    ('Tom Hale', 'Mary Lund')
    """
    parts = [part.split() for part in _JOINED.split(text.strip())]
    if len(parts) != 2:
        return None
    left, right = parts
    if not (1 <= len(left) <= _MOST_WORDS and 1 < len(right) <= _MOST_WORDS):
        return None
    words = [word.replace("-", "").replace("'", "").replace(".", "") for word in (*left, *right)]
    if not all(word.isalpha() and not word.islower() for word in words):
        return None
    if not any(full_forms(bare(part[0])) for part in parts):
        return None
    one = " ".join(left if len(left) > 1 else (*left, right[-1]))
    return one, " ".join(right)


def couples_among(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Find the names that are of two people.

    Examples
    --------
    >>> couples_among(["Ann Lee", "Bob & Ann Lee"])
    {'Bob & Ann Lee': ('Bob Lee', 'Ann Lee')}
    """
    found = {name: couple_in(name) for name in dict.fromkeys(names)}
    return {name: couple for name, couple in found.items() if couple is not None}


def say_couples(path: str, couples: Mapping[str, tuple[str, str]]) -> list[str]:
    """Say that each couple is one household, and how to name one of them.

    Examples
    --------
    >>> print(*say_couples("c.csv", {"Bob & Ann Lee": ("Bob Lee", "Ann Lee")}))
    c.csv: 1 name is of two people and is kept as one household: 'Bob & Ann Lee'; to name one of \
them: import it with --rename 'Bob & Ann Lee=Bob Lee'
    """
    if not couples:
        return []
    shown = ", ".join(map(quoted, [*couples][:_MOST_TOLD])) + ", ..." * (len(couples) > _MOST_TOLD)
    first, (one, _) = next(iter(couples.items()))
    names, are = count(len(couples), "name", "is"), agree(len(couples), "is")
    example = shlex.quote(f"{first}={one}")
    said = f"{path}: {names} of two people and {are} kept as one household: {shown}"
    return [f"{said}; to name one of them: import it with --rename {example}"]
