"""Names that are nearly spelled as another: whom somebody may have meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from refgraph.names.nicknames import also_called, by_full_form
from refgraph.names.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["like_a_word", "nearly", "suggestions"]

_MOST = 3
# High enough that Tom and Dana of one family are two people, and Lopez is asked about as Lopes.
_ALIKE = 0.85
_REMINDS = 0.7


def nearly(name: str, owners: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Name the people of whom a name is likely a misspelling, or a short form.

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
    >>> nearly("Bob Park", [("Ann Lee", "Ann Lee"), ("Robert Park", "Robert Park")])
    ('Robert Park',)
    """
    everyone = [*owners]
    spelled: dict[str, list[str]] = {}
    for text, owner in everyone:
        spelled.setdefault(bare(text), []).append(owner)
    short = also_called(name, by_full_form(everyone))
    return tuple(dict.fromkeys([*short, *_close(bare(name), spelled, _ALIKE)]))[:_MOST]


def suggestions(name: str, people: Iterable[str]) -> tuple[str, ...]:
    """Name the people that a name reminds of: who have it in theirs, or a word nearly like it.

    Who has it but for a short form of the first name comes next.

    Examples
    --------
    >>> suggestions("oan", ["Joan Park", "Bo Lund"]), suggestions("parc", ["Joan Park"])
    (('Joan Park',), ('Joan Park',))
    """
    everyone = [*people]
    wanted, spelled = bare(name), [(bare(person), person) for person in everyone]
    having = [person for text, person in spelled if wanted and wanted in text]
    short = also_called(name, by_full_form(zip(everyone, everyone, strict=True)))
    return tuple(dict.fromkeys([*having, *short, *_by_word(wanted, spelled)]))[:_MOST]


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
