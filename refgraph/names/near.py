"""Names that are nearly spelled as another: whom somebody may have meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from refgraph.names.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["like_a_word", "nearly", "suggestions"]

_MOST = 3
# High enough that Tom and Dana of one family are two people, and Lopez is asked about as Lopes.
_ALIKE = 0.85
_REMINDS = 0.7


def nearly(name: str, owners: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Name the people of whom a name is likely a misspelling.

    Parameters
    ----------
    name : str
        What was typed.
    owners : iterable of (str, str)
        Every name and alias, with the person who goes by it.

    Examples
    --------
    >>> nearly("Anne Lee", [("Ann Lee", "Ann Lee"), ("Bo Park", "Bo Park")])
    ('Ann Lee',)
    """
    spelled: dict[str, list[str]] = {}
    for text, owner in owners:
        spelled.setdefault(bare(text), []).append(owner)
    return _close(bare(name), spelled, _ALIKE)[:_MOST]


def suggestions(name: str, people: Iterable[str]) -> tuple[str, ...]:
    """Name the people that a name reminds of: who have it in theirs, or a word nearly like it.

    Examples
    --------
    >>> suggestions("oan", ["Joan Park", "Bo Lund"]), suggestions("parc", ["Joan Park"])
    (('Joan Park',), ('Joan Park',))
    """
    wanted, spelled = bare(name), [(bare(person), person) for person in people]
    having = [person for text, person in spelled if wanted and wanted in text]
    return tuple(dict.fromkeys([*having, *_by_word(wanted, spelled)]))[:_MOST]


def like_a_word(name: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Name the texts that are spelled nearly like this, or have a word that is.

    Examples
    --------
    >>> like_a_word("lawer", ["Tax lawyer", "Painter"])
    ('Tax lawyer',)
    """
    return _by_word(bare(name), [(bare(text), text) for text in texts])[:_MOST]


def _by_word(wanted: str, spelled: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    parts: dict[str, list[str]] = {}
    for whole, text in spelled:
        for part in dict.fromkeys([whole, *whole.split()]):
            parts.setdefault(part, []).append(text)
    return _close(wanted, parts, _REMINDS)


def _close(wanted: str, spelled: dict[str, list[str]], cutoff: float) -> tuple[str, ...]:
    close = get_close_matches(wanted, spelled, n=_MOST, cutoff=cutoff)
    return tuple(dict.fromkeys(person for text in close for person in spelled[text]))
