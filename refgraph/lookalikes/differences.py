"""What sets two spellings apart, said in a few words, if one person may be behind both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.lookalikes.few_edits import edits_allowed
from refgraph.names.nicknames import may_be_one
from refgraph.names.spelling import bare, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.names.spelling import Spelling

__all__ = ["Difference", "compare"]

_NUMBERS = {1: "one edit", 2: "two edits"}
# An edit is a slip if no more than this many names hold the words that differ.
_MOST_BEARERS = {1: 2, 2: 1}


@dataclass(frozen=True, slots=True)
class Difference:
    """How two spellings differ.

    Attributes
    ----------
    kind : str
        ``"form"``, ``"order"``, ``"title"``, ``"edit"``, ``"initial"``, ``"middle"``,
        ``"short"``, ``"nickname"`` or ``"couple"``.
    score : float
        How likely it is one person, between 0 and 1; it only ranks.
    reason : str
        The same in words.
    """

    kind: str
    score: float
    reason: str


def compare(
    one: Spelling, other: Spelling, bearers: Mapping[str, int] | None = None
) -> Difference | None:
    """Say what sets two spellings apart; None if they look like two people.

    Parameters
    ----------
    one, other : Spelling
        Two names, taken apart.
    bearers : mapping of str to int, optional
        How many names of the book hold each word. Where the words that differ are
        both borne by others, as Maria and Mario are, an edit is no slip.

    Examples
    --------
    >>> from refgraph.names.spelling import spelling
    >>> compare(spelling("Lee, Ann"), spelling("Dr Ann Lee")).reason
    "with and without 'dr'"
    >>> compare(spelling("Ann Lee"), spelling("Ann Leigh")) is None
    True
    >>> compare(spelling("Jane Smith"), spelling("J. Smith")).reason
    'an initial stands for a name'
    """
    if one.apart != other.apart or {one.sex, other.sex} == {"her", "his"}:
        return None
    if one.letters == other.letters:
        return _form(one, other)
    if sorted(one.words) == sorted(other.words):
        return Difference("order", 0.95, "the same words in another order")
    if one.joined != other.joined:
        return _of_two(one, other)
    few, more = sorted((one, other), key=lambda each: (len(each.words), len(each.letters)))
    return (
        _shortened(few.words, more.words)
        or _edited(one, other, bearers or {})
        or _begun(few.words, more.words)
        or _short_form(few.words, more.words)
    )


def _shortened(few: Sequence[str], more: Sequence[str]) -> Difference | None:
    if _abbreviates(few, more):
        return Difference("initial", 0.8, "an initial stands for a name")
    if _leaves_out_the_middle(few, more):
        return Difference("middle", 0.75, "one leaves out a middle name")
    return None


def _form(one: Spelling, other: Spelling) -> Difference:
    titles, firms = one.titles ^ other.titles, one.firm ^ other.firm
    if titles or firms:
        both = bool(firms and one.firm and other.firm)
        said = ", ".join(f"'{word}'" for word in sorted(titles | firms))
        return Difference("title", 0.8 if both else 0.9, f"with and without {said}")
    if one.comma != other.comma:
        return Difference("order", 0.97, "the same words in another order")
    if one.text.casefold() == other.text.casefold():
        return Difference("form", 0.99, "differ only in capital letters")
    if any(map(unseen, one.text + other.text)) and bare(one.text) == bare(other.text):
        return Difference("form", 0.98, "differ only in characters that do not show, or accents")
    if bare(one.text) == bare(other.text):
        return Difference("form", 0.98, "differ only in accents or capital letters")
    return Difference("form", 0.97, "differ only in blanks, punctuation or accents")


def _edited(one: Spelling, other: Spelling, bearers: Mapping[str, int]) -> Difference | None:
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only who asks for lookalikes pays

    letters = min(len(one.letters), len(other.letters))
    allowed = edits_allowed(letters)
    ways = [(one.words, other.words, "")]
    if min(len(one.words), len(other.words)) > 1:
        turned = ", in another order"
        ways += [(one.turned, other.words, turned), (one.words, other.turned, turned)]
    found = []
    for words, others, way in ways if allowed else ():
        edits = OSA.distance("".join(words), "".join(others), score_cutoff=allowed)
        if edits <= allowed and _slips(words, others):
            found.append((edits, way))
    if not found:
        return None
    edits, way = min(found)
    mine, theirs = set(one.words) - set(other.words), set(other.words) - set(one.words)
    known = min((bearers.get(word, 1) for word in mine ^ theirs), default=1)
    if edits and known > _MOST_BEARERS[edits]:
        return None
    said = f"{_NUMBERS[edits]} apart" if edits else "differ only in blanks"
    return Difference("edit", round(0.95 - edits / letters - 0.02 * bool(way), 4), said + way)


def _slips(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether each word can be the other, mistyped: in a short one no letter is spare."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if len(words) != len(others):  # a blank too many; the letters together decide
        return True
    for word, other in zip(words, others, strict=True):
        short = min(len(word), len(other))
        if OSA.distance(word, other) > (0 if short < 3 else 1 if short < 6 else 2):
            return False
    return True


def _abbreviates(few: Sequence[str], more: Sequence[str]) -> bool:
    """Tell whether the words are the same but for initials, in one or the other order."""
    return any(
        _stands_for(words, more) for words in (few, (*few[1:], few[0]), (few[-1], *few[:-1]))
    )


def _stands_for(few: Sequence[str], more: Sequence[str]) -> bool:
    """Tell whether the words are the same but for initials, and at least one is whole."""
    if len(few) != len(more):
        return False
    whole = 0
    for word, other in zip(few, more, strict=True):
        if word == other:
            whole += len(word) > 1
        elif word[0] != other[0] or min(len(word), len(other)) > 1:
            return False
    return whole > 0


def _leaves_out_the_middle(few: Sequence[str], more: Sequence[str]) -> bool:
    if not 1 < len(few) < len(more) or (few[0], few[-1]) != (more[0], more[-1]):
        return False
    rest = iter(more)
    return all(word in rest for word in few)


def _begun(few: Sequence[str], more: Sequence[str]) -> Difference | None:
    if not 1 < len(few) == len(more) or few[1:] != more[1:]:
        return None
    short, long = sorted((few[0], more[0]), key=len)
    if len(short) < 3 or not long.startswith(short):
        return None
    return Difference("short", 0.7, "the first name of one begins the other")


def _short_form(few: Sequence[str], more: Sequence[str]) -> Difference | None:
    """Tell of two first names that are forms of one, before the same rest of a name."""
    rest, other = ([word for word in words[1:] if len(word) > 1] for words in (few, more))
    if not rest or rest != other or not may_be_one(few[0], more[0]):
        return None
    return Difference("nickname", 0.65, "the first names may be forms of one")


def _of_two(one: Spelling, other: Spelling) -> Difference | None:
    """Tell of a name that is of two people, of whom the other name may be one."""
    both, alone = (one, other) if one.joined else (other, one)
    if len(alone.words) < 2 or not 0 < len(both.words) - len(alone.words) < 3:
        return None
    if both.words[-1] != alone.words[-1] or not {*alone.words} < {*both.words}:
        return None
    return Difference("couple", 0.5, "one names two people, of whom the other may be one")
