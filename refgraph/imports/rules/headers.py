"""Headers compared as people write them: capitals, accents, blanks, underlines do not count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.names.spelling import bare as plain

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["bare", "places"]

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
#: What a column in brackets is about, where it is not about the person or thing before them.
_ASIDE = re.compile(
    r"\b(specialt|special|date|day|phone|tel|mobile|e ?-?mail|address|company|firm|office|clinic"
    r"|practice|city|type|role|group|id|no|number|url|web|note|comment|title|profession|since)"
)


def bare(header: str) -> str:
    """Give a header without capitals, underlines, blanks around it and marks at its end.

    Examples
    --------
    >>> bare(" First_Name: "), bare("Referred By?"), bare("ReferredTo"), bare("Empfänger")
    ('first name', 'referred by', 'referred to', 'empfanger')
    """
    return plain(_CAMEL.sub(" ", header.replace("_", " "))).rstrip(" :?*")


def places(row: Sequence[str]) -> dict[str, int]:
    """Find where each header stands; the first of several counts.

    A header with words in brackets stands for what is before them as well, if these do not say
    that it is about something else of it, such as a specialty.

    Examples
    --------
    >>> places(["Date", "", "From"])
    {'date': 0, 'from': 2}
    >>> places(["Sent To (Specialty)", "Sent To (Provider Name)"])["sent to"]
    1
    """
    found: dict[str, int] = {}
    headers = [*map(bare, row)]
    for at, header in enumerate(headers):
        if header:
            found.setdefault(header, at)
    for at, header in enumerate(headers):
        inside = _BRACKETS.search(header)
        if inside and (short := header[: inside.start()]) and not _ASIDE.search(inside[1]):
            found.setdefault(short, at)
    return found
