"""How well two phrases fit: the words they have in common, and the user's synonyms."""

from __future__ import annotations

import re
from itertools import chain, product
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from refgraph.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["LEAST", "Index", "Phrasebook", "words"]

#: The least fit that counts as an answer to a need.
LEAST = 0.5

_SMALL = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_SIGNS = re.compile("(?<![^ ])[+#]+|[+#]+(?=[^ +#])")  # all but those that end a word: C++, C#


def words(phrase: str) -> tuple[str, ...]:
    """Words of a phrase, as two phrases are compared.

    Capitals, punctuation and invisible characters do not count, nor do *a, an, and, at,
    by, for, from, in, of, on, or, the, to, with*, unless there is nothing else. A word of
    more than three letters that ends in *s*, but not in *ss, us* or *is*, is read as its
    singular: *-ies* as *-y*; *-sses, -shes, -ches* and *-xes* without *-es*; else without
    the *s*. A script that puts no blanks between words gives one word.

    Examples
    --------
    >>> words("Tax returns, and taxes!")
    ('tax', 'return', 'tax')
    >>> words("Web-design") == words("web  DESIGNS"), words("C++"), words("women's health")
    (True, ('c++',), ('women', 'health'))
    """
    text = normalize("NFC", normalize("NFC", phrase).casefold())
    every = [_singular(word) for word in _SIGNS.sub(" ", "".join(map(_kept, text))).split()]
    return tuple(word for word in every if word not in _SMALL) or tuple(every)


def _kept(letter: str) -> str:
    if letter.isalnum() or letter in "+#" or category(letter).startswith("M"):
        return letter
    return "" if letter in "'\u2019" or category(letter) == "Cf" else " "


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]


class Phrasebook:
    r"""Phrases that mean the same, and how well any two fit.

    Each phrase is read as it stands, and again with every synonym in it, the longest
    first, replaced by the shortest phrase of its entry. For the sets of words :math:`A,
    B` of two readings the fit is the share of their words that they have in common, and
    the best pair of readings counts:

    .. math:: \max \frac{|A \cap B|}{|A \cup B|}

    so it is 1 for the same words in any order, and the same from both sides.

    Parameters
    ----------
    synonyms : mapping of str to iterable of str
        Entries of phrases that mean the same, whichever of them is the key; entries
        that share a phrase are one.

    Examples
    --------
    >>> book = Phrasebook({"websites": ["web design"]})
    >>> book.fit("Web design for shops", "shop website"), book.fit("websites", "web design")
    (1.0, 1.0)
    >>> round(book.fit("tax returns", "returns desk"), 2), book.fit("tax", "tax returns")
    (0.33, 0.5)
    """

    def __init__(self, synonyms: Mapping[str, Iterable[str]]) -> None:
        entry: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for word, others in synonyms.items():
            told = filter(None, map(words, [word, *others]))
            joined = dict.fromkeys(each for phrase in told for each in entry.get(phrase, [phrase]))
            entry |= {each: list(joined) for each in joined}
        self._shortest = {
            phrase: min(phrases, key=lambda each: (len(each), each))
            for phrase, phrases in entry.items()
        }
        self._longest = max(map(len, entry), default=0)
        self._known: dict[str, tuple[frozenset[str], ...]] = {}

    def readings(self, phrase: str) -> tuple[frozenset[str], ...]:
        """Words of the phrase as it stands, and with synonyms replaced where that differs.

        Examples
        --------
        >>> [
        ...     sorted(each)
        ...     for each in Phrasebook({"wills": ["estate plan"]}).readings("an estate plan")
        ... ]
        [['estate', 'plan'], ['will']]
        """
        if phrase not in self._known:
            said = words(phrase)
            both = frozenset(said), frozenset(self._replaced(said))
            self._known[phrase] = tuple(each for each in dict.fromkeys(both) if each)
        return self._known[phrase]

    def _replaced(self, said: tuple[str, ...]) -> list[str]:
        found: list[str] = []
        at = 0
        while at < len(said):
            for end in range(min(len(said), at + self._longest), at, -1):
                if said[at:end] in self._shortest:
                    found += self._shortest[said[at:end]]
                    at = end
                    break
            else:
                found.append(said[at])
                at += 1
        return found

    def meaning(self, phrase: str) -> tuple[str, ...]:
        """One key for all phrases that fit wholly; ``()`` for one without a word.

        Examples
        --------
        >>> Phrasebook({"tax": ["levy"]}).meaning("The Levies")
        ('levy',)
        """
        return tuple(sorted(self.readings(phrase)[-1])) if self.readings(phrase) else ()

    def fit(self, one: str, other: str) -> float:
        """How well two phrases fit, 0 to 1."""
        pairs = product(self.readings(one), self.readings(other))
        return max((len(a & b) / len(a | b) for a, b in pairs), default=0.0)

    def index(self, others: Iterable[str], *, least: float = LEAST) -> Index:
        """Prepare phrases to be looked up by others.

        Parameters
        ----------
        others : iterable of str
            Repeats are kept once.
        least : float, default 0.5
            The least fit, above 0 and at most 1.

        Raises
        ------
        OptionError
            ``least`` is out of range.
        """
        if not 0 < least <= 1:
            msg = f"the least fit must be above 0 and at most 1, got {least}"
            raise OptionError(msg)
        return Index(self, dict.fromkeys(others), least)


class Index:
    """Phrases by their words, so that those that fit another are found without trying all.

    Examples
    --------
    >>> Phrasebook({}).index(["returns", "tax advice", "Taxes"]).near("tax")
    {'Taxes': 1.0, 'tax advice': 0.5}
    """

    def __init__(self, phrasebook: Phrasebook, others: Iterable[str], least: float) -> None:
        self._phrasebook, self._least = phrasebook, least
        self._readings: list[tuple[str, frozenset[str]]] = []
        self._holding: dict[int, dict[str, list[int]]] = {}  # by size, then by word
        self._found: dict[str, dict[str, float]] = {}
        for other in others:
            for reading in phrasebook.readings(other):
                holding = self._holding.setdefault(len(reading), {})
                for word in reading:
                    holding.setdefault(word, []).append(len(self._readings))
                self._readings.append((other, reading))

    def near(self, phrase: str) -> dict[str, float]:
        """Phrases that fit this one, with their fit: the best first, then as spelled."""
        if phrase not in self._found:
            best: dict[str, float] = {}
            for reading in self._phrasebook.readings(phrase):
                for other, fit in self._fitting(reading):
                    best[other] = max(fit, best.get(other, 0.0))
            ordered = sorted(best.items(), key=lambda each: (-each[1], each[0]))
            self._found[phrase] = dict(ordered)
        return self._found[phrase]

    def _fitting(self, reading: frozenset[str]) -> Iterator[tuple[str, float]]:
        """Phrases that fit; of a size that must share k of n words, one is in any n - k + 1."""
        for size, holding in self._holding.items():
            total = len(reading) + size
            common = ceil(round(total * self._least / (1 + self._least), 9))
            lines = sorted((holding.get(word, []) for word in reading), key=len)
            for at in {*chain.from_iterable(lines[: max(0, len(reading) - common + 1)])}:
                other, words = self._readings[at]
                shared = len(reading & words)
                if (fit := shared / (total - shared)) >= self._least:
                    yield other, fit
