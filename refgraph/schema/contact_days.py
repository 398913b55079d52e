"""Who was in contact on which day: what a touch says of each of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.schema.columns import MEMBERS
from refgraph.schema.values import NO_CONTACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["CONTACT", "contacts"]

#: What :func:`contacts` gives, by the columns of touches.csv.
CONTACT = ("date", "kind", "person")


def contacts(touches: Mapping[str, Iterable[Any]]) -> Iterator[tuple[Any, str, str]]:
    """Give day, kind and person for each of the people of a touch that is a contact.

    Examples
    --------
    >>> rows = {"date": [1, 2], "kind": ["introduction", "mention"]}
    >>> rows |= {"person": ["Ann", "Bo"], "with": ["Cy", ""]}
    >>> list(contacts(rows))
    [(1, 'introduction', 'Ann'), (1, 'introduction', 'Cy')]
    """
    said = (touches[name] for name in ("date", "kind", *MEMBERS["touches"]))
    for day, kind, *people in zip(*said, strict=True):
        if kind not in NO_CONTACT:
            yield from ((day, kind, who) for who in people if who)
