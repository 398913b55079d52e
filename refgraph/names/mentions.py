"""Names in free text: whom a note or a sentence speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Mentions", "folded"]


class Mentions:
    """People as texts name them: by name or alias, of names within names the longest.

    A name of several words is found in any capitals, and whatever white space parts them;
    a single one may be a common word, and is found as it is written only.

    Parameters
    ----------
    aliases : mapping
        Every person, with their other names.

    Examples
    --------
    >>> mentions = Mentions({"Ann": [], "Ann Lee": ["Annie"], "Bo": []})
    >>> mentions.people("Annie, Ann Lee and Bob"), mentions.people("Ann came with Bo")
    (['Ann Lee'], ['Ann', 'Bo'])
    >>> mentions.people("ANN  LEE said bo")
    ['Ann Lee']
    """

    def __init__(self, aliases: Mapping[str, Iterable[str]]) -> None:
        self._called = {
            name: person for person, others in aliases.items() for name in (*others, person)
        }
        self._folded = [(name, name.casefold()) for name in self._called]

    def people(self, text: str) -> list[str]:
        """Name the people in a text, each once, in its order."""
        return list(dict.fromkeys(self._called[name] for _, name in self._found(text)))

    def replaced(self, text: str, names: Mapping[str, str]) -> str:
        """Give the text with other names for its people; those without one keep theirs.

        Examples
        --------
        >>> Mentions({"Ann Lee": ["Annie"]}).replaced("ask Annie!", {"Ann Lee": "A.L.1"})
        'ask A.L.1!'
        """
        parts, end = [], 0
        for found, name in self._found(text):
            parts += [text[end : found.start()], names.get(self._called[name], found[0])]
            end = found.end()
        return "".join([*parts, text[end:]])

    def _found(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """Give each place, and the name that stands there as it is known."""
        told = folded(text)
        here = [name for name, low in self._folded if low in told and (" " in name or name in text)]
        if here:
            here.sort(key=len, reverse=True)
            for found in re.finditer("|".join(map(_as_word, here)), text):
                exact = " ".join(found[0].split())
                yield found, exact if exact in self._called else here[(found.lastindex or 1) - 1]


def folded(text: str) -> str:
    r"""Give a text without capitals, its words parted by single blanks.

    Examples
    --------
    >>> folded("ANN\n Lee")
    'ann lee'
    """
    return " ".join(text.casefold().split())


def _as_word(name: str) -> str:
    """Match a name that stands as a word; scripts without capitals may join it."""
    before = r"(?<!\w)" if _bounded(name[0]) else ""
    after = r"(?!\w)" if _bounded(name[-1]) else ""
    words = r"\s+".join(map(re.escape, name.split(" ")))
    return f"({before}{f'(?i:{words})' if ' ' in name else words}{after})"


def _bounded(letter: str) -> bool:
    return letter.isdigit() or letter.lower() != letter.upper()
