"""What completes a name that is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.names.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["completing"]


def completing(text: str, names: Iterable[str], people: Iterable[str]) -> list[str]:
    """Give the names that begin with a text, else the one person with a word that does.

    Several names that only have such a word would replace what was typed by
    the beginning that they share, which may be nothing.

    Parameters
    ----------
    text : str
        What is typed.
    names : iterable of str
        Every name and alias.
    people : iterable of str
        The people among them.

    Examples
    --------
    >>> people = ["Ann Lee", "Anna Bell", "Cy Bell"]
    >>> names = ["A. Lee", *people]
    >>> for text in ("an", "lee", "bell"):
    ...     print(completing(text, names, people))
    ['Ann Lee', 'Anna Bell']
    ['Ann Lee']
    []
    """
    start = bare(text)
    if found := sorted({name for name in names if bare(name).startswith(start)}):
        return found
    having = [name for name in people if any(word.startswith(start) for word in bare(name).split())]
    return having if len(having) == 1 else []
