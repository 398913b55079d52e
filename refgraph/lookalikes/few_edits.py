"""Words that a few edits set apart, found by what is left of them when letters are taken out."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

__all__ = ["LONGEST", "MOST_EDITS", "Near", "edits_allowed", "few_edits"]

#: No two names with more edits between them are suggested.
MOST_EDITS = 2
#: Of longer words too many rests are left.
LONGEST = 24
# A rest that more words share than this tells none of them from another.
_CROWD = 25
_AT_ONCE = 1 << 18  # rests held at once
_MADE_AT_ONCE = 1 << 16
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among numbers of 64 bits
_INVERSE = pow(_BASE, -1, 1 << 64)
_ONE = np.uint64(1)
_LOW, _HALF = np.uint64(40), np.uint64(32)
_CORE = np.dtype(
    [("ends", "u8"), ("place", "i4")]
    + [(name, "i1") for name in ("front", "letters", "out", "more")]
)


def edits_allowed(letters: int) -> int:
    """How many edits may lie between two names of this length.

    Examples
    --------
    >>> edits_allowed(len("bo")), edits_allowed(len("annlee")), edits_allowed(len("jamesgreen"))
    (0, 1, 2)
    """
    return 0 if letters < 5 else 1 if letters < 9 else MOST_EDITS


class Near:
    """Pairs of words that may be few edits apart, and the words that are of a series.

    Attributes
    ----------
    pairs : array of int
        Of each pair the place of the first, times the number of words, and that of the second,
        which is the higher; each once.
    series : array of bool
        One row for one edit and one for two: whose rests so many share that they tell nothing.
    """

    def __init__(self, words: int) -> None:
        self.words = words
        self.bits = np.uint64(words.bit_length() + 1)
        self.mask = (_ONE << self.bits) - _ONE
        self.pairs = np.empty(0, np.int64)
        self.series = np.zeros((MOST_EDITS, words), np.bool_)

    def add(self, rests: Numbers) -> None:
        """Pair the words that have a rest in common, but for those that a crowd has.

        Of each number the highest bits are the rest's, then come those of whose word it is, and
        the last says whether two letters are out.
        """
        rests.sort()
        rests = rests[np.concatenate(([True], rests[1:] >> _ONE != rests[:-1] >> _ONE))]
        keys, owners = rests >> self.bits, (rests & self.mask) >> _ONE
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        sizes = np.diff(starts, append=len(keys))
        crowded = np.repeat(sizes > _CROWD, sizes)
        self.series[1, owners[crowded]] = True
        self.series[0, owners[crowded & (rests & _ONE == 0)]] = True
        keys, owners = keys[~crowded], owners[~crowded].astype(np.int64)
        found = [self.pairs]
        for step in range(1, _CROWD):
            at = np.flatnonzero(keys[step:] == keys[:-step])
            if not len(at):
                break
            found.append(np.unique(owners[at] * self.words + owners[at + step]))
        self.pairs = np.unique(np.concatenate(found))


def few_edits(words: Sequence[str]) -> Near:
    """Find pairs of words that at most two edits set apart, in a time that grows with the words.

    Parameters
    ----------
    words : sequence of str
        Blank ones, and those of more than :data:`LONGEST` letters, are left out.

    Returns
    -------
    Near
        Among its pairs is every one that as few edits set apart as its lengths allow, but for
        words of a series; others are among them too.

    Notes
    -----
    An edit puts in, takes out or changes a letter, or exchanges two that stand side by side. Who
    takes out a letter of each word for each edit between them is left with the same rest, so
    that only words with a rest in common need be compared (Garbe's symmetric deletion, 2012).
    Rests are numbers: the sum of a number for each letter times a power for its place.

    Examples
    --------
    >>> near = few_edits(["marcusbell", "macrusbel", "ingridsolberg"])
    >>> [divmod(pair, near.words) for pair in near.pairs.tolist()]
    [(0, 1)]
    """
    near, cores = Near(len(words)), _cores(words)
    batches = [*_batches(cores)]
    for low, high, parts in counted(batches, "Comparing the spellings of names", len(batches)):
        for part in range(parts):
            rests = [
                each[(each >> _LOW) % np.uint64(parts) == part] if parts > 1 else each
                for each in _numbered(words, cores[low:high], near.bits)
            ]
            near.add(np.concatenate(rests))
    return near


def _cores(words: Sequence[str]) -> NDArray[Any]:
    """Take none, one or two letters off the ends of each word; those with the same ends together.

    A rest keeps the ends of the one core that it comes from, so that only the cores with the same
    ends need be looked at together, a few at a time.
    """
    lengths = np.array([len(word) for word in words], np.int8 if words else np.int64)
    found = [np.empty(0, _CORE)]
    for length in range(1, LONGEST + 1):
        places = np.flatnonzero(lengths == length)
        if not len(places):
            continue
        letters = _letters(words[at] for at in places.tolist())
        most = edits_allowed(length)
        for front in range(most + 1):
            for back in range(most + 1 - front):
                some = np.empty(len(places), _CORE)
                ends = letters[:, front].astype(np.uint64) << _HALF | letters[:, length - 1 - back]
                some["ends"], some["place"] = ends, places
                some["front"], some["letters"] = front, length - front - back
                some["out"], some["more"] = front + back, most - front - back
                found.append(some)
    cores = np.concatenate(found)
    return cores[np.argsort(cores["ends"], kind="stable")]


def _batches(cores: NDArray[Any]) -> Iterator[tuple[int, int, int]]:
    """Put cores with the same ends together until they have many rests, or are of many parts."""
    inner = np.maximum(cores["letters"].astype(np.int64) - 2, 0)
    rests = 1 + inner * (cores["more"] > 0) + inner * (inner - 1) // 2 * (cores["more"] > 1)
    total = np.concatenate(([0], np.cumsum(rests)))
    edges = [*(np.flatnonzero(np.diff(cores["ends"])) + 1).tolist(), len(cores)]
    low = 0
    for edge, following in zip(edges, [*edges[1:], None], strict=True):
        count = int(total[edge] - total[low])
        if count and (following is None or total[following] - total[low] > _AT_ONCE):
            yield low, edge, -(-count // _AT_ONCE)
            low = edge


def _numbered(words: Sequence[str], cores: NDArray[Any], bits: np.uint64) -> Iterator[Numbers]:
    """Give the rests of cores, those of one length together, with whose they are."""
    kinds = (cores["letters"].astype(np.int64) << 4) | (cores["out"] << 2) | cores["more"]
    for kind in np.unique(kinds):
        alike = cores[kinds == kind]
        length, out, more = int(kind) >> 4, int(kind) >> 2 & 3, int(kind) & 3
        at_once = max(1, _MADE_AT_ONCE // length**more)
        for low in range(0, len(alike), at_once):
            some = alike[low : low + at_once]
            spans = zip(some["place"].tolist(), some["front"].tolist(), strict=True)
            rests = _taken_out(_letters(words[at][x : x + length] for at, x in spans), more)
            rests = (rests >> bits) << bits
            rests |= some["place"].astype(np.uint64)[:, None] << _ONE
            gone = np.repeat(np.arange(more + 1), _counts(length, more)) + out
            rests |= (gone > 1).astype(np.uint64)
            yield rests.ravel()


def _counts(letters: int, more: int) -> list[int]:
    """Count the ways to take none, one and two letters from between the ends of a core.

    >>> _counts(9, 2)
    [1, 7, 21]
    """
    return [comb(max(letters - 2, 0), out) for out in range(more + 1)]


def _letters(words: Iterable[str]) -> NDArray[np.uint32]:
    """Give the letters of words of one length, one word a row."""
    told = [*words]
    text = "".join(told).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(text, "<u4").reshape(len(told), -1)


def _taken_out(letters: NDArray[np.uint32], more: int) -> Numbers:
    """Give a number for each rest: without any letter out, without one, without two."""
    length = letters.shape[1]
    powers = np.array([pow(_BASE, at, 1 << 64) for at in range(length)], np.uint64)
    sums = np.zeros((len(letters), length + 1), np.uint64)
    np.cumsum(_mixed(letters) * powers, axis=1, out=sums[:, 1:])
    once, twice = np.uint64(_INVERSE), np.uint64(pow(_INVERSE, 2, 1 << 64))
    whole, before, after = sums[:, -1:], sums[:, 1:-2], sums[:, 2:-1]  # of letters between
    rests = [whole]
    if more > 0:
        rests.append(before + (whole - after) * once)
    if more > 1:
        first, second = np.triu_indices(before.shape[1], 1)
        between = (before[:, second] - after[:, first]) * once
        rests.append(before[:, first] + between + (whole - after[:, second]) * twice)
    return np.concatenate(rests, axis=1)


def _mixed(letters: NDArray[np.uint32]) -> Numbers:
    """Give each letter a number of 64 bits, so that no sums of letters are the same by design."""
    mixed = (letters.astype(np.uint64) + np.uint64(1)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(29))
