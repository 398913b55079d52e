"""Who was in contact on which day: what a touch says of each of its people."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from refgraph.schema.columns import MEMBERS
from refgraph.schema.values import NO_CONTACT, PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["CONTACT", "contacts", "is_contact"]

#: What :func:`contacts` gives, by the columns of touches.csv.
CONTACT = ("date", "kind", "person")


def is_contact(kind: str, *, planned: bool) -> bool:
    """Tell whether a touch is a contact.

    Parameters
    ----------
    kind : str
        Its kind.
    planned : bool
        Whether it has a day in ``until``: a one-to-one is to be on that day then, and was not.

    Examples
    --------
    >>> is_contact("one-to-one", planned=False), is_contact("one-to-one", planned=True)
    (True, False)
    """
    return kind not in NO_CONTACT and not (planned and kind == PLANNED)


def contacts(touches: Mapping[str, Iterable[Any]]) -> Iterator[tuple[Any, str, str]]:
    """Give day, kind and person for each of the people of a touch that is a contact.

    A one-to-one with an ``until`` is planned for that day, and no contact yet.

    Examples
    --------
    >>> rows = {"date": [1, 2], "kind": ["introduction", "mention"]}
    >>> rows |= {"person": ["Ann", "Bo"], "with": ["Cy", ""]}
    >>> list(contacts(rows))
    [(1, 'introduction', 'Ann'), (1, 'introduction', 'Cy')]
    """
    said = (touches[name] for name in ("date", "kind", *MEMBERS["touches"]))
    until = touches.get("until", repeat(None))
    for (day, kind, *people), planned in zip(zip(*said, strict=True), until, strict=False):
        if is_contact(kind, planned=planned is not None):
            yield from ((day, kind, who) for who in people if who)
