"""Names in free text: whom a note or a sentence speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Mentions"]


class Mentions:
    """People as texts name them: by name or alias, of names within names the longest.

    Parameters
    ----------
    aliases : mapping
        Every person, with their other names.

    Examples
    --------
    >>> mentions = Mentions({"Ann": [], "Ann Lee": ["Annie"], "Bo": []})
    >>> mentions.people("Annie, Ann Lee and Bob"), mentions.people("Ann came with Bo")
    (['Ann Lee'], ['Ann', 'Bo'])
    """

    def __init__(self, aliases: Mapping[str, Iterable[str]]) -> None:
        self._called = {
            name: person for person, others in aliases.items() for name in (*others, person)
        }

    def people(self, text: str) -> list[str]:
        """Name the people in a text, each once, in its order."""
        return list(dict.fromkeys(self._called[found[0]] for found in self._found(text)))

    def replaced(self, text: str, names: Mapping[str, str]) -> str:
        """Give the text with other names for its people; those without one keep theirs.

        Examples
        --------
        >>> Mentions({"Ann Lee": ["Annie"]}).replaced("ask Annie!", {"Ann Lee": "A.L.1"})
        'ask A.L.1!'
        """
        parts, end = [], 0
        for found in self._found(text):
            parts += [text[end : found.start()], names.get(self._called[found[0]], found[0])]
            end = found.end()
        return "".join([*parts, text[end:]])

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        here = [name for name in self._called if name in text]
        if here:
            here.sort(key=len, reverse=True)
            yield from re.finditer("|".join(map(_as_word, here)), text)


def _as_word(name: str) -> str:
    """Match a name that stands as a word; scripts without capitals may join it."""
    before = r"(?<!\w)" if _bounded(name[0]) else ""
    after = r"(?!\w)" if _bounded(name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"


def _bounded(letter: str) -> bool:
    return letter.isdigit() or letter.lower() != letter.upper()
