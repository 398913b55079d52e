"""Names within longer names, and long names that share the words few others have."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from refgraph.lookalikes.differences import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refgraph.names.spelling import Spelling

__all__ = ["fragments"]

_FEW = 3  # longer names that a part of two words or more may fit
_RARE = 25  # names that hold a word which still tells something
_LEAST_WORDS = 3
_LEAST_SHARED = 0.7


def fragments(spellings: Sequence[Spelling]) -> Iterator[tuple[int, int, Difference]]:
    """Find names that are a part of another, and long names with nearly the same words.

    Parameters
    ----------
    spellings : sequence of Spelling
        Names taken apart.

    Yields
    ------
    int, int, Difference
        Places of two spellings, and what sets them apart.

    Notes
    -----
    A part is told of only if it is a part of nearly nobody else: one word must fit one
    longer name alone, several words at most three. Long names, as firms have, are compared
    by the cosine of their words, each weighted by the logarithm of how few names hold it
    (Salton and Buckley, 1988).

    Examples
    --------
    >>> from refgraph.names.spelling import spelling
    >>> [
    ...     (first, second, found.reason)
    ...     for first, second, found in fragments(
    ...         [spelling(name) for name in ("Rosa", "Rosa Delgado", "Ann Lee")]
    ...     )
    ... ]
    [(0, 1, 'one is a part of the other, and of no other name')]
    """
    holders: dict[str, set[int]] = defaultdict(set)
    for place, one in enumerate(spellings):
        for word in one.words:
            holders[word].add(place)
    yield from _parts(spellings, holders)
    yield from _long_names(spellings, holders)


def _parts(
    spellings: Sequence[Spelling], holders: dict[str, set[int]]
) -> Iterator[tuple[int, int, Difference]]:
    for place, one in enumerate(spellings):
        words = set(one.words)
        if not words or all(len(word) == 1 for word in words):
            continue
        fewest, *others = sorted((holders[word] for word in words), key=len)
        if not others and len(fewest) > 2 * _FEW:  # many of one word: nothing to be told
            continue
        held = fewest.intersection(*others) if others else fewest
        longer = [at for at in held if len({*spellings[at].words}) > len(words)]
        if not 0 < len({spellings[at].words for at in longer}) <= (_FEW if others else 1):
            continue
        for at in sorted(longer):
            if spellings[at].apart == one.apart:
                unique = ", and of no other name" if len(longer) == 1 else ""
                reason = f"one is a part of the other{unique}"
                yield place, at, Difference("part", 0.6 if others else 0.5, reason)


def _long_names(
    spellings: Sequence[Spelling], holders: dict[str, set[int]]
) -> Iterator[tuple[int, int, Difference]]:
    long = [at for at, one in enumerate(spellings) if len({*one.words}) >= _LEAST_WORDS]
    if len(long) < 2:
        return
    number = {word: at for at, word in enumerate(holders)}
    entries = [
        (row, number[word]) for row, at in enumerate(long) for word in {*spellings[at].words}
    ]
    rows, columns = np.array(sorted(entries)).T
    borne = np.array([len(held) for held in holders.values()])
    weight = np.log(len(spellings) / borne)
    shape = len(long), len(number)
    words = sparse.csr_array((weight[columns], (rows, columns)), shape=shape)
    length = np.sqrt(words.multiply(words).sum(axis=1))
    length[length == 0] = 1
    words = sparse.csr_array(words.multiply(1 / length[:, None]))
    rare = words[:, np.flatnonzero(borne <= _RARE)]
    near = sparse.triu(rare @ rare.T, k=1).tocoo()
    shared = np.asarray(words[near.row].multiply(words[near.col]).sum(axis=1)).ravel()
    for row, column, cosine in zip(near.row, near.col, shared, strict=True):
        first, second = spellings[long[row]], spellings[long[column]]
        if cosine < _LEAST_SHARED or first.apart != second.apart:
            continue
        mine, theirs = {*first.words}, {*second.words}
        if max(len(mine), len(theirs)) <= _LEAST_WORDS:  # two first names and a surname
            continue
        rarest = sorted(mine & theirs, key=lambda word: (len(holders[word]), word))
        telling = [word for word in rarest if 2 * len(holders[word]) < len(spellings)][:3]
        reason = f"share words that few others have: {', '.join(telling)}"
        yield long[row], long[column], Difference("words", round(0.75 * float(cosine), 4), reason)
