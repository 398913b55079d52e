"""Pairs of names of which somebody has said that they are two people."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["told_apart"]


def told_apart(
    groups: Iterable[Iterable[str]], aliases: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Give every two of each group, by the names under which a book knows them.

    Parameters
    ----------
    groups : iterable of iterable of str
        Names that are each somebody else's, as refgraph.toml says.
    aliases : mapping of str to iterable of str
        Every person, with their other names.

    Examples
    --------
    >>> [*told_apart([["Annie", "Anna Lee"]], {"Ann Lee": ["Annie"]})]
    [('Ann Lee', 'Anna Lee')]
    """
    known = {alias: person for person, others in aliases.items() for alias in others}
    for group in groups:
        yield from combinations([known.get(name, name) for name in group], 2)
