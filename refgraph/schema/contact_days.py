"""Who was in contact on which day: what a touch says of each of its people."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from refgraph.schema.columns import MEMBERS
from refgraph.schema.values import NO_CONTACT, PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["CONTACT", "contacts"]

#: What :func:`contacts` gives, by the columns of touches.csv.
CONTACT = ("date", "kind", "person")


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
        if kind not in NO_CONTACT and not (kind == PLANNED and _is_day(planned)):
            yield from ((day, kind, who) for who in people if who)


def _is_day(value: Any) -> bool:
    """Tell whether there is a day: neither None nor NaT, which is unlike itself."""
    return value is not None and value == value  # noqa: PLR0124
