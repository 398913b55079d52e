"""The normal form of a name: its words without what spellings of one name differ in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "Spelling",
    "as_codes",
    "as_typed",
    "bare",
    "each_bare",
    "has_title",
    "holds_in_a_row",
    "is_ending",
    "spelling",
    "unseen",
]

_ACCENTS = 10  # combining classes below this make other letters
# Letters that are one letter and a stroke or a ligature, which Unicode does not take apart.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe"}
)
_APOSTROPHES = re.compile("['’‘ʼ´`.]")  # noqa: RUF001  # as people type them
_DOTTED = re.compile(r"(?<!\w)([^\W\d_])\.(?=\w)")  # initials that stand together: j.p. hale
_ODD_SPACE = re.compile(r"[\t-\r\x1c-\x1f]|  | \0|\0 |^ | $")  # split by bare, but one space
_NOT_WORD = re.compile(r"[^\w]+|_+")
_DIGITS = re.compile(r"\d+")
_HERS = {"mrs", "ms", "miss", "frau", "mme", "madame", "sra", "senora", "signora", "dame", "lady"}
_HIS = {"mr", "herr", "monsieur", "senor", "signor", "sir", "lord"}
_TITLES = _HERS | _HIS | {"dr", "prof", "professor", "doctor", "rev", "hon", "dipl", "ing"}
_TITLES |= {"dott", "dottor", "dottore", "dottssa", "dottoressa", "dra", "drs", "avv", "avvocato"}
_TITLES |= {"maitre", "rechtsanwalt", "rechtsanwaltin", "notar", "steuerberater"}
_HONOURS = {"phd", "md", "esq", "esquire", "cpa", "mba", "jd", "dds", "cfp", "rn", "obe", "mbe"}
_HONOURS |= {"cfa", "crs", "dvm", "dmd", "llm", "lcsw", "lmft", "pharmd", "cpcu", "chfc"}
_GENERATIONS = {"jr": 2, "junior": 2, "sr": 1, "senior": 1, "ii": 2, "iii": 3, "iv": 4}
_FIRMS = (
    {"ltd", "limited", "llc", "llp", "lp", "inc", "incorporated", "corp", "corporation", "plc"}
    | {"gmbh", "mbh", "ag", "kg", "ug", "ohg", "sarl", "sas", "srl", "spa", "bv", "nv", "oy"}
    | {"ab", "aps", "pty", "pte", "kk", "co", "company", "cie"}
)
_ALL_TITLES = _TITLES | _HONOURS
_ENDINGS = _ALL_TITLES - {"sir", "lord", "lady", "dame"} | _FIRMS | _GENERATIONS.keys()
_JOINING = {"and", "und", "et", "y"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way a person is written, taken apart.

    Attributes
    ----------
    text : str
        The name as it is written.
    words : tuple of str
        Its words, bare, the surname last where a comma says which it is.
    titles : frozenset of str
        Mr, Dr, PhD and the like, left out of the words.
    firm : frozenset of str
        Ltd, GmbH and the like, left out of the words.
    apart : tuple
        What tells two people apart whatever else is alike: the numbers in the name, and
        which generation it says (Jr is the second, as II is).
    comma : bool
        Whether the surname was written first, before a comma.
    joined : bool
        Whether an "and" stands in it, as between two people or in the name of a firm.
    """

    text: str
    words: tuple[str, ...]
    titles: frozenset[str]
    firm: frozenset[str]
    apart: tuple[tuple[str, ...], int]
    comma: bool
    joined: bool = False

    @property
    def letters(self) -> str:
        """All words as one, so that a blank or a hyphen is no difference."""
        return "".join(self.words)

    @property
    def turned(self) -> tuple[str, ...]:
        """The words with the last one first."""
        return (*self.words[-1:], *self.words[:-1])

    @property
    def sex(self) -> str:
        """What the title says, if it says it."""
        found = [word for word, words in (("her", _HERS), ("his", _HIS)) if self.titles & words]
        return found[0] if len(found) == 1 else ""


def spelling(text: str) -> Spelling:
    """Take a name apart.

    Examples
    --------
    >>> spelling("Lee, Dr. Ann").words, spelling("Müller & Söhne GmbH").words
    (('ann', 'lee'), ('muller', 'sohne'))
    >>> spelling("Tom Hale Jr.").apart, spelling("Person 007").apart
    (((), 2), (('7',), 0))
    """
    parts = [part for part in map(_split, text.split(",")) if part]
    alone = sum(map(len, parts)) == 1
    endings: set[str] = set()
    kept = []
    for part in parts:
        words = part if alone else _peeled(part, endings)
        kept += [words] if words else []
    turned = len(kept) == 2
    words = [word for part in (reversed(kept) if turned else kept) for word in part]
    if not words and parts:  # a name of nothing but titles is a name
        words, endings = parts[0], set()
    joined = "&" in text or not _JOINING.isdisjoint(words)
    words = [word for word in words if word not in _JOINING] or words
    words = [_DIGITS.sub(lambda found: found[0].lstrip("0") or "0", word) for word in words]
    numbers = tuple(number for word in words for number in _DIGITS.findall(word))
    generation = max((_GENERATIONS.get(word, 0) for word in endings), default=0)
    return Spelling(
        text=text,
        words=tuple(words),
        titles=frozenset(endings & _ALL_TITLES),
        firm=frozenset(endings & _FIRMS),
        apart=(numbers, generation),
        comma=turned,
        joined=joined and len(words) > 1,
    )


def is_ending(text: str) -> bool:
    """Tell whether a text has nothing but words that end a name: a degree, Jr, Ltd.

    Examples
    --------
    >>> is_ending("CPA"), is_ending("Jr."), is_ending("Ph.D., MBA"), is_ending("Bo")
    (True, True, True, False)
    """
    words = [word for part in text.split(",") for word in _split(part)]
    return bool(words) and _ENDINGS.issuperset(words)


def has_title(text: str) -> bool:
    """Tell whether a word of a name is a title or a degree.

    Examples
    --------
    >>> has_title("Dr. Ann Lee"), has_title("Ann Lee, CPA"), has_title("Ann Lee")
    (True, True, False)
    """
    return not _ALL_TITLES.isdisjoint(_split(text))


def _peeled(words: list[str], endings: set[str]) -> list[str]:
    """Take titles off the front and the rest off the end, into `endings`."""
    first, last = 0, len(words)
    while first < last and words[first] in _TITLES:
        first += 1
    while first < last and words[last - 1] in _ENDINGS:
        last -= 1
    endings.update(words[:first], words[last:])
    return words[first:last]


def _split(text: str) -> list[str]:
    plain = bare(text).translate(_PLAIN)
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", _DOTTED.sub(r"\1 ", plain))).split()


def bare(name: str) -> str:
    """Give a name without capitals, accents and characters that draw nothing.

    Examples
    --------
    >>> bare("José  PARK")
    'jose park'
    """
    if name.isascii():
        return " ".join(name.split()).casefold()
    letters = unicodedata.normalize("NFKD", name.casefold())
    seen = [
        letter
        for letter in letters
        if letter.isascii() or (unicodedata.combining(letter) < _ACCENTS and not unseen(letter))
    ]
    return " ".join("".join(seen).split()).casefold()


def each_bare(names: Sequence[str]) -> list[str]:
    """Give many names as :func:`bare` does, all at once where none has accents or odd spaces.

    Examples
    --------
    >>> each_bare(["Ann LEE", "Bo"]), each_bare([" Ann  LEE"]), each_bare([])
    (['ann lee', 'bo'], ['ann lee'], [])
    """
    text = "\0".join(names)
    if not names or not text.isascii() or _ODD_SPACE.search(text):
        return [*map(bare, names)]
    found = text.casefold().split("\0")
    return found if len(found) == len(names) else [*map(bare, names)]


def as_codes(text: str, hides: Callable[[str], bool]) -> str:
    """Give a text with every character that hides as its code.

    Examples
    --------
    >>> as_codes("Ann\u200d", unseen)
    'Ann<U+200D>'
    """
    return "".join(f"<U+{ord(c):04X}>" if hides(c) else c for c in text)


def unseen(letter: str) -> bool:
    """Tell whether a character draws nothing and only joins or parts others."""
    return not letter.isascii() and unicodedata.category(letter) == "Cf"


def as_typed(text: object) -> str:
    r"""Give a name that was typed as a book spells it: NFC, single blanks.

    Examples
    --------
    >>> as_typed("  Jose\u0301   Park ") == "José Park"
    True
    """
    return " ".join(unicodedata.normalize("NFC", str(text)).split())


def holds_in_a_row(words: list[str], wanted: list[str]) -> bool:
    """Tell whether words stand there in a row, of the last one at least its beginning.

    Examples
    --------
    >>> holds_in_a_row(["ann", "lee", "park"], ["lee", "pa"])
    True
    """
    *whole, last = wanted
    places = range(len(words) - len(whole))
    return any(
        words[at : at + len(whole)] == whole and words[at + len(whole)].startswith(last)
        for at in places
    )
