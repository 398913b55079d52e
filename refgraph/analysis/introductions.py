"""Who could be introduced to whom: what one person needs and another offers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.book import Book

__all__ = ["Introduction", "possible"]


@dataclass(frozen=True, slots=True)
class Introduction:
    """One introduction that could be made: somebody who needs what another offers.

    Attributes
    ----------
    needs, offers : str
        The two people.
    word : str
        The need, in the words of the person who has it.
    """

    needs: str
    offers: str
    word: str


def possible(book: Book, person: str | None = None) -> list[Introduction]:
    """Match needs with offers and professions between people no referral has brought together.

    Two phrases match if they are the same but for case and punctuation, or if
    ``[synonyms]`` in ``refgraph.toml`` says that they mean the same. Me, and
    people marked ``do_not_refer``, are left out, and so is every pair that a
    referral has already brought together, at whatever time: as its giver,
    receiver or prospect.

    Parameters
    ----------
    book : Book
        The whole record counts, whatever the window.
    person : str, optional
        Who would introduce them, and so is left out; the book's me if not given.

    Returns
    -------
    list of Introduction
        Sorted by who offers, who needs, then word; one per pair and direction.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = possible(Book.sample())
    >>> all(one.needs != one.offers for one in found)
    True
    """
    left_out = [one for one in {person, book.me} if one is not None]
    people = book.people[~book.people["do_not_refer"]].drop(index=left_out, errors="ignore")
    same = _canonical(book.settings.synonyms)
    offered: dict[str, list[str]] = {}
    for name, offers, profession in zip(
        people.index, people["offers"], people["profession"], strict=True
    ):
        for word in dict.fromkeys(_meanings([*offers, profession], same)):
            offered.setdefault(word, []).append(str(name))
    columns = (book.history[name] for name in ("giver", "receiver", "prospect"))
    met = {pair for row in zip(*columns, strict=True) for pair in combinations(sorted(row), 2)}
    found: dict[tuple[str, str], Introduction] = {}
    for name, needs in zip(map(str, people.index), people["needs"], strict=True):
        for need in needs:
            for other in offered.get(_meaning(need, same), []):
                if other != name and (min(other, name), max(other, name)) not in met:
                    one = Introduction(name, other, need)
                    found.setdefault((other, name), one)
    return [found[pair] for pair in sorted(found)]


def _words(phrase: str) -> str:
    return " ".join(re.findall(r"\w+", phrase.casefold()))


def _canonical(synonyms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each synonym's words to the words of the entry it stands under."""
    return {_words(other): _words(word) for word, others in synonyms.items() for other in others}


def _meaning(phrase: str, same: Mapping[str, str]) -> str:
    words = _words(phrase)
    return same.get(words, words)


def _meanings(phrases: Iterable[str], same: Mapping[str, str]) -> list[str]:
    return [meaning for phrase in phrases if (meaning := _meaning(phrase, same))]
