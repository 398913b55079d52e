"""People under one name each: declared once, every alias pointing at one person."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from refgraph.ledger.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.ledger.table import Sheet

__all__ = ["aliases", "alike", "bare", "rename"]

_MOST_TOLD = 5
_ACCENTS = 10  # combining classes below this make other letters


def aliases(people: Sheet) -> dict[str, str]:
    """Find the person behind every alias; refuse the rows that contradict another.

    Parameters
    ----------
    people : Sheet
        The rows of people.csv; rows may be refused.

    Returns
    -------
    dict of str to str
        From each alias to the person.
    """
    declared: dict[str, int] = {}
    for row, name in enumerate(people.columns["person"]):
        if name is None:
            continue
        if name in declared:
            first = people.lines[declared[name]]
            people.refuse(
                row,
                f"{quoted(name)} is declared twice, on line {first} and here",
                "keep one of the two rows",
            )
        else:
            declared[name] = row
    owner: dict[str, tuple[str, int]] = {}
    for row, (name, others) in enumerate(
        zip(people.columns["person"], people.columns["aliases"], strict=True)
    ):
        if name is None or declared[name] != row:
            continue
        for alias in others or ():
            if alias == name:
                continue
            if alias in declared:
                line = people.lines[declared[alias]]
                people.refuse(
                    row,
                    f"{quoted(alias)} is an alias of {quoted(name)} here "
                    f"and a person of their own on line {line}",
                    "remove the alias or the other row",
                )
            elif alias in owner:
                other, line = owner[alias]
                people.refuse(
                    row,
                    f"{quoted(alias)} is an alias of {quoted(name)} here "
                    f"and of {quoted(other)} on line {line}",
                    "an alias can stand for one person only",
                )
            else:
                owner[alias] = (name, people.lines[row])
    kept = {name for row, name in enumerate(people.columns["person"]) if row not in people.refused}
    return {alias: name for alias, (name, _) in owner.items() if name in kept}


def rename(names: list[str | None], canonical: Mapping[str, str]) -> list[str | None]:
    """Replace every alias in a column by the person.

    Examples
    --------
    >>> rename(["A. Lee", "Bo"], {"A. Lee": "Ann Lee"})
    ['Ann Lee', 'Bo']
    """
    if not canonical:
        return names
    return [name if name is None else canonical.get(name, name) for name in names]


def alike(names: Iterable[str]) -> list[str]:
    """Ask about names that may be one person, in a few sentences.

    Examples
    --------
    >>> print(*alike(["Ann Lee", "ann lee", "Bo"]))
    'Ann Lee' and 'ann lee' differ only in capital letters or accents: one person? If so, name \
one an alias in people.csv
    """
    distinct = list(dict.fromkeys(names))
    letters = list(map(bare, distinct))
    if len({*letters}) == len(letters):
        return []
    spelled: dict[str, list[str]] = {}
    for key, name in zip(letters, distinct, strict=True):
        spelled.setdefault(key, []).append(name)
    found = sorted(sorted(some) for some in spelled.values() if len(some) > 1)
    told = []
    for some in found[:_MOST_TOLD]:
        *others, last = map(quoted, some)
        unseen = any(map(_unseen, "".join(some)))
        kinds = "accents or invisible characters" if unseen else "or accents"
        comma = "," if unseen else ""
        told.append(
            f"{', '.join(others)} and {last} differ only in capital letters{comma} {kinds}: "
            f"one person? If so, name one an alias in people.csv"
        )
    if more := len(found) - len(told):
        told.append(
            f"{more:,} more name{'s' if more > 1 else ''} with several spellings like these"
        )
    return told


def bare(name: str) -> str:
    """Give a name without capitals, accents and characters that draw nothing.

    Examples
    --------
    >>> bare("José Núñez")
    'jose nunez'
    """
    if name.isascii():
        return name.casefold()
    letters = unicodedata.normalize("NFKD", name.casefold())
    seen = [
        letter
        for letter in letters
        if unicodedata.combining(letter) < _ACCENTS and not _unseen(letter)
    ]
    return " ".join("".join(seen).split()).casefold()


def _unseen(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) == "Cf"
