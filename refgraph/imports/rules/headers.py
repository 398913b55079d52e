"""Headers compared as people write them: capitals, blanks and underlines do not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["bare", "places"]


def bare(header: str) -> str:
    """Give a header without capitals, underlines, blanks around it and marks at its end.

    Examples
    --------
    >>> bare(" First_Name: "), bare("Referred By?")
    ('first name', 'referred by')
    """
    return " ".join(header.replace("_", " ").split()).casefold().rstrip(" :?*")


def places(row: Sequence[str]) -> dict[str, int]:
    """Find where each header stands; the first of several counts.

    Examples
    --------
    >>> places(["Date", "", "From"])
    {'date': 0, 'from': 2}
    """
    found: dict[str, int] = {}
    for at, header in enumerate(map(bare, row)):
        if header:
            found.setdefault(header, at)
    return found
