"""Names that may belong to one person: every pair with its reason, the likeliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from refgraph.lookalikes.candidate_pairs import pairs_worth_a_look
from refgraph.lookalikes.differences import Difference, compare
from refgraph.lookalikes.fragments import fragments
from refgraph.names.spelling import spelling
from refgraph.progress import counted, doing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refgraph.names.spelling import Spelling

__all__ = ["Lookalike", "lookalikes"]

# More people than this behind one e-mail address share an office, not a name.
_OFFICE = 3
_SHORT = ("initial", "middle")
_UNSURE = {"edit", "initial", "middle", "short", "nickname", "part", "words"}


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Two names that may belong to one person.

    Attributes
    ----------
    person : str
        The name to keep: that of more rows, else the longer one.
    other : str
        The name that would become an alias of it.
    score : float
        Between 0 and 1, to rank by; it is no probability.
    reason : str
        What the suggestion rests on.
    """

    person: str
    other: str
    score: float
    reason: str


def lookalikes(
    people: Mapping[str, Iterable[str]] | Iterable[str],
    *,
    emails: Mapping[str, str] | None = None,
    rows: Mapping[str, int] | None = None,
    apart: Iterable[tuple[str, str]] = (),
) -> list[Lookalike]:
    """Suggest pairs of names that may belong to one person, the likeliest first.

    Names that differ in a number (Person 1, Person 2), in Jr, Sr or II, or in Mr and Mrs are
    two people whatever else is alike.

    Parameters
    ----------
    people : iterable of str, or mapping of str to iterable of str
        The names, each once; a mapping gives their aliases too.
    emails : mapping of str to str, optional
        From names to e-mail addresses. The same one is a reason; two different ones
        make a likeness of spelling doubtful.
    rows : mapping of str to int, optional
        How many rows name each, to say which of the two to keep.
    apart : iterable of (str, str), optional
        Pairs known to be two people, for example because one referred to the other.

    Returns
    -------
    list of Lookalike
        In an order that does not depend on that of the names.

    Examples
    --------
    >>> for pair in lookalikes(["Ann Lee", "Lee, Ann", "Ann Leigh", "J. Moss", "Jane Moss"]):
    ...     print(pair.score, pair.person, "/", pair.other, ":", pair.reason)
    0.97 Ann Lee / Lee, Ann : the same words in another order
    0.8 Jane Moss / J. Moss : an initial stands for a name
    """
    known = {name: people[name] if isinstance(people, Mapping) else () for name in sorted(people)}
    with doing("Looking for names that may be one person", 10) as work:
        owners, spellings = [], []
        for name, others in known.items():
            for text in dict.fromkeys((name, *others)):
                owners.append(name)
                spellings.append(spelling(text))
        work.advance(3)  # tenths of the time
        found = _best(owners, spellings)
        _weigh(found, {name: email.strip().casefold() for name, email in (emails or {}).items()})
        work.advance(4)
        never = {frozenset(pair) for pair in apart}
        counts = rows or {}
        told = []
        for (one, other), difference in found.items():
            if frozenset((one, other)) not in never:
                keep, drop = sorted((one, other), key=lambda name: _standing(name, counts))
                told.append(Lookalike(keep, drop, difference.score, difference.reason))
    return sorted(told, key=lambda pair: (-pair.score, pair.person, pair.other))


def _standing(name: str, rows: Mapping[str, int]) -> tuple[int, bool, int, str]:
    return -rows.get(name, 0), "," in name, -len(name), name


def _best(
    owners: Sequence[str], spellings: Sequence[Spelling]
) -> dict[tuple[str, str], Difference]:
    """Find the best reason for every pair of people, over all the spellings of both."""
    holders: dict[str, set[str]] = defaultdict(set)
    for owner, one in zip(owners, spellings, strict=True):
        for word in one.words:
            holders[word].add(owner)
    bearers = {word: len(held) for word, held in holders.items()}
    pairs = pairs_worth_a_look(spellings)
    compared = (
        (first, second, difference)
        for first, second in counted(pairs, "Comparing names that are alike", len(pairs))
        if owners[first] != owners[second]
        and (difference := compare(spellings[first], spellings[second], bearers))
    )
    best: dict[tuple[str, str], Difference] = {}
    for first, second, difference in _told(spellings, compared):
        pair = min(owners[first], owners[second]), max(owners[first], owners[second])
        if pair[0] != pair[1] and (pair not in best or difference.score > best[pair].score):
            best[pair] = difference
    return best


def _told(
    spellings: Sequence[Spelling], compared: Iterable[tuple[int, int, Difference]]
) -> Iterator[tuple[int, int, Difference]]:
    """Add the fragments, and doubt a short form that fits several names."""
    pairs = list(compared)
    fits: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for first, second, difference in pairs:
        if difference.kind in _SHORT:
            short, full = _by_length(spellings, first, second)
            fits[short].add(tuple(sorted(spellings[full].words)))
    for first, second, difference in pairs:
        several = len(fits[_by_length(spellings, first, second)[0]])
        if difference.kind in _SHORT and several > 1:
            said = f"{difference.reason}, and {several} names fit"
            yield first, second, Difference(difference.kind, 0.55, said)
        else:
            yield first, second, difference
    yield from fragments(spellings)


def _by_length(spellings: Sequence[Spelling], first: int, second: int) -> tuple[int, int]:
    longer = len(spellings[first].letters) > len(spellings[second].letters)
    return (second, first) if longer else (first, second)


def _weigh(found: dict[tuple[str, str], Difference], emails: Mapping[str, str]) -> None:
    """Add the pairs that share an e-mail address; doubt those whose addresses differ."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for name in sorted(emails):
        if emails[name]:
            sharing[emails[name]].append(name)
    for (one, other), difference in found.items():
        mine, theirs = emails.get(one), emails.get(other)
        if mine and theirs and mine != theirs and difference.kind in _UNSURE:
            doubt = Difference(
                difference.kind,
                round(difference.score * 0.8, 4),
                f"{difference.reason}, but their e-mail addresses differ",
            )
            found[one, other] = doubt
    for names in sharing.values():
        for pair in combinations(names, 2) if len(names) <= _OFFICE else ():
            if spelled := found.get(pair):
                said = f"the same e-mail address; {spelled.reason}"
                found[pair] = Difference("email", round(0.5 + spelled.score / 2, 4), said)
            else:
                found[pair] = Difference("email", 0.65, "the same e-mail address")
