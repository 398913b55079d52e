"""Pairs of names worth a second look, found without comparing all with all in Python."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.lookalikes.few_edits import LONGEST, MOST_EDITS, edits_allowed, few_edits
from refgraph.names.nicknames import full_forms
from refgraph.progress import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from refgraph.names.spelling import Spelling

__all__ = ["pairs_worth_a_look"]

# A key that more names share than this tells none of them from another.
_CROWD = 25
# A name with more neighbours than this is one of a series (Team Aa, Team Ab), and no slip.
_SERIES = 12
_LONG_SERIES = 100  # as many are one whatever the rest of the names
_LONGEST = 64  # longer names are compared by their words: one edit in so many tells little
_ROWS = 256  # compared at once, so that the table of distances stays small


def pairs_worth_a_look(spellings: Sequence[Spelling]) -> list[tuple[int, int]]:
    """Find the pairs that share words, an initial, a part of the name, or nearly all letters.

    Parameters
    ----------
    spellings : sequence of Spelling
        Names taken apart.

    Returns
    -------
    list of (int, int)
        Places of two spellings, the lower first, sorted. Pairs that differ in their
        numbers or their generation are not among them.

    Notes
    -----
    Names that are nearly alike are found by what is left of them without a letter or two; those
    of more than 24 letters by comparing all of nearly one length with each other, by rapidfuzz,
    many at once. All else is found by keys that two names share.
    """
    together: dict[Any, list[int]] = defaultdict(list)
    for place, one in enumerate(spellings):
        if one.words:
            together[one.apart].append(place)
    found: set[tuple[int, int]] = set()
    for places in together.values():
        if len(places) > 1:
            some = [spellings[place] for place in places]
            for first, second in (*_by_key(some), *_by_letters(some)):
                found.add((places[min(first, second)], places[max(first, second)]))
    return sorted(found)


def _by_key(some: Sequence[Spelling]) -> Iterator[tuple[int, int]]:
    for keys in (_letters, _sorted_words, _ends, _beginning, _full_forms):
        for places in _grouped(some, keys).values():
            if len(places) <= _CROWD:
                yield from combinations(places, 2)
    initials, whole = _grouped(some, _with_initial), _grouped(some, _initialled)
    for key, short in initials.items():
        full = [place for place in whole.get(key, ()) if place not in short]
        if len(full) <= _CROWD >= len(short):
            yield from ((one, other) for one in short for other in full)
            yield from combinations(short, 2)


def _grouped(
    some: Sequence[Spelling], keys: Callable[[Spelling], Iterable[Any]]
) -> dict[Any, list[int]]:
    groups: dict[Any, list[int]] = defaultdict(list)
    for place, one in enumerate(some):
        for key in dict.fromkeys(keys(one)):
            groups[key].append(place)
    return groups


def _letters(one: Spelling) -> Iterable[Any]:
    return (one.letters,)


def _sorted_words(one: Spelling) -> Iterable[Any]:
    return (tuple(sorted(one.words)),)


def _ends(one: Spelling) -> Iterable[Any]:
    """First and last name, whatever stands between."""
    return ((one.words[0], one.words[-1]),) if len(one.words) > 1 else ()


def _beginning(one: Spelling) -> Iterable[Any]:
    """Give the first letters of the first name, with the rest of it."""
    return ((one.words[0][:3], *one.words[1:]),) if len(one.words) > 1 else ()


def _full_forms(one: Spelling) -> Iterable[Any]:
    """Give every first name that the first one may be short for, with the rest of it."""
    rest = tuple(word for word in one.words[1:] if len(word) > 1)
    return ((full, *rest) for full in full_forms(one.words[0])) if rest else ()


def _with_initial(one: Spelling) -> Iterable[Any]:
    """Every whole word with every initial beside it."""
    initials = [word for word in one.words if len(word) == 1]
    whole = [word for word in one.words if len(word) > 1]
    return ((word, initial) for word in whole for initial in initials)


def _initialled(one: Spelling) -> Iterable[Any]:
    """Every word with the first letter of every other, as an initial would stand for it."""
    return (
        (word, other[0])
        for at, word in enumerate(one.words)
        for beside, other in enumerate(one.words)
        if beside != at and len(word) > 1
    )


def _by_letters(some: Sequence[Spelling]) -> Iterator[tuple[int, int]]:
    straight = [one.letters if len(one.letters) <= _LONGEST else "" for one in some]
    turned = [
        "".join(one.turned) if letters and len(one.words) > 1 else ""
        for one, letters in zip(some, straight, strict=True)
    ]
    first, second, edits, series = _near_short(straight, turned)
    if any(len(letters) > LONGEST for letters in straight):
        long = [letters if len(letters) > LONGEST - MOST_EDITS else "" for letters in straight]
        back = [letters if kept else "" for letters, kept in zip(turned, long, strict=True)]
        near = [*_near(long, long), *_near(long, back)]
        if near:
            parts = (np.concatenate(part) for part in zip(*near, strict=True))
            together = zip((first, second, edits), parts, strict=True)
            first, second, edits = (np.concatenate(both) for both in together)
        del near
    lengths = np.array([*map(len, straight)])
    allowed = np.array([*map(edits_allowed, range(_LONGEST + 1))])
    keep = first != second
    keep &= edits <= allowed[np.minimum(lengths[first], lengths[second])]
    first, second, edits = first[keep], second[keep], edits[keep]
    low, high = np.minimum(first, second), np.maximum(first, second)
    pair = (low.astype(np.int64) * len(some) + high) * (MOST_EDITS + 1) + edits
    pair.sort()  # the fewest edits of a pair first
    pair = pair[np.diff(pair // (MOST_EDITS + 1), prepend=-1) > 0]
    pair, edits = np.divmod(pair, MOST_EDITS + 1)
    low, high = np.divmod(pair, len(some))
    for most in range(MOST_EDITS - 1, -1, -1):
        crowded = np.bincount(np.concatenate((low, high)), minlength=len(some)) > _SERIES
        crowded |= series[most]
        keep = (edits <= most) | ~(crowded[low] | crowded[high])
        low, high, edits = low[keep], high[keep], edits[keep]
    yield from zip(low.tolist(), high.tolist(), strict=True)


def _near_short(straight: Sequence[str], turned: Sequence[str]) -> tuple[NDArray[Any], ...]:
    """Compare the short names that have a rest in common; give who is of a series too."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only who asks for lookalikes pays

    words = [letters if len(letters) <= LONGEST else "" for letters in (*straight, *turned)]
    near = few_edits(words)
    first, second = np.divmod(near.pairs, near.words)
    mine = first < len(straight)  # nobody's name is turned on both sides
    first, second = first[mine], second[mine]
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    edits = np.array(
        [OSA.distance(words[one], words[other], score_cutoff=MOST_EDITS) for one, other in pairs],
        np.uint8,
    )
    kept = edits <= MOST_EDITS
    series = near.series[:, : len(straight)] | near.series[:, len(straight) :]
    return first[kept], second[kept] % len(straight), edits[kept], series


def _near(
    rows: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]]:
    """Compare every row with the columns of nearly its length; blank ones are left out."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only who asks for lookalikes pays
    from rapidfuzz.process import cdist  # noqa: PLC0415

    same = rows is columns
    # Of long series many pairs are held: in half the bytes.
    row_order = np.argsort([*map(len, rows)], kind="stable").astype(np.int32)
    column_order = np.argsort([*map(len, columns)], kind="stable").astype(np.int32)
    row_length = np.array([*map(len, rows)])[row_order]
    column_length = np.array([*map(len, columns)])[column_order]
    starts = range(0, len(rows), _ROWS)
    for start in counted(starts, "Comparing the spellings of names", len(starts)):
        stop = min(start + _ROWS, len(rows))
        low = int(np.searchsorted(column_length, max(row_length[start] - MOST_EDITS, 1)))
        low = max(low, start) if same else low
        high = int(np.searchsorted(column_length, row_length[stop - 1] + MOST_EDITS, "right"))
        if low >= high:
            continue
        chunk, beside = row_order[start:stop], column_order[low:high]
        edits = cdist(
            [rows[at] for at in chunk],
            [columns[at] for at in beside],
            scorer=OSA.distance,
            score_cutoff=MOST_EDITS,
            dtype=np.uint8,
        )
        for most in range(MOST_EDITS, 0, -1):  # of a long series few pairs are held at once
            crowded = (edits <= most).sum(axis=1) > _LONG_SERIES
            edits[crowded[:, None] & (edits == most)] = MOST_EDITS + 1
        one, other = np.nonzero(edits <= MOST_EDITS)
        yield chunk[one], beside[other], edits[one, other]
