"""One person of a file has one spelling, whatever capitals and order of names its rows use.

A name that is the name of somebody of the book but for capitals, accents, the order "Last,
First" or a company in brackets is that person. Of several spellings among the new names of a
file the one with capitals as names have them counts, and of those the most frequent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.names.lookup import Step
from refgraph.names.spelling import bare
from refgraph.schema.columns import MEMBERS
from refgraph.schema.distinct_values import repeated_places
from refgraph.schema.text import quoted
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from refgraph.imports.book_index import Known
    from refgraph.imports.converted import Converted, Row

__all__ = ["one_spelling", "unify_names"]

_MOST_TOLD = 5


def unify_names(converted: Converted, known: Known) -> list[str]:
    """Give each person of a file one spelling, and say which cells had another.

    Parameters
    ----------
    converted : Converted
        The file; its rows are changed.
    known : Known
        The book.

    Returns
    -------
    list of str
        What was decided.
    """
    written = Counter(_names_of(converted))
    meant: dict[str, str] = {}
    new: Counter[str] = Counter()
    for name, times in written.items():
        found = known.names.lookup.find(name, last=Step.ORDER)
        if found.step <= Step.ME or len(found.people) > 1:
            continue
        if found.person is None:
            new[name] = times
        else:
            meant[name] = found.person
    names = [*new]  # few of a file are alike, and of the others nothing is kept
    alike = {names[at]: new[names[at]] for at in repeated_places(map(_in_order, names))}
    meant |= one_spelling(alike)
    meant = {name: person for name, person in meant.items() if name != person}
    if not meant:
        return []
    _rename(converted, meant)
    told = [f"{quoted(name)} is {quoted(person)}" for name, person in meant.items()][:_MOST_TOLD]
    more = [f"and {len(meant) - _MOST_TOLD:,} more"] * (len(meant) > _MOST_TOLD)
    cells = count(sum(written[name] for name in meant), "cell", "spells")
    return [f"{converted.path}: {cells} a name in another way: {', '.join([*told, *more])}"]


def one_spelling(names: Mapping[str, int]) -> dict[str, str]:
    """Give for every name the spelling of the person: of those alike the most usual one.

    Parameters
    ----------
    names : mapping of str to int
        How often each stands in a file.

    Examples
    --------
    >>> one_spelling({"ANN LEE": 2, "Ann Lee": 1, "Lee, Ann": 1, "Park, Bo": 1})
    {'ANN LEE': 'Ann Lee', 'Ann Lee': 'Ann Lee', 'Lee, Ann': 'Ann Lee', 'Park, Bo': 'Park, Bo'}
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(bare(name), []).append(name)
    for form in [*alike]:
        last, comma, first = form.partition(", ")
        if comma and (same := alike.get(f"{first} {last}")):
            same += alike.pop(form)
    best = {
        name: max(some, key=lambda each: (_is_usual(each), names[each]))
        for some in alike.values()
        for name in some
    }
    return {name: best[name] for name in names}


def _in_order(name: str) -> str:
    """Give what two spellings of one person have in common."""
    last, comma, first = (form := bare(name)).partition(", ")
    return f"{first} {last}" if comma else form


def _is_usual(name: str) -> tuple[bool, bool]:
    """Tell whether the first name stands first, and capitals are as names have them."""
    return ", " not in name, not (name.isupper() or name.islower())


def _names_of(converted: Converted) -> Iterator[str]:
    for table, rows in converted.rows.items():
        for row in rows:
            yield from filter(None, (row.values[column] for column in MEMBERS[table]))
    yield from (reference.text for reference in converted.references)
    for closing in converted.closings:
        yield from (closing.giver, closing.receiver)


def _rename(converted: Converted, meant: Mapping[str, str]) -> None:
    for table, rows in converted.rows.items():
        rows[:] = [_with_names(row, MEMBERS[table], meant) for row in rows]
    converted.references[:] = [
        replace(each, text=meant.get(each.text, each.text)) for each in converted.references
    ]
    converted.closings[:] = [
        replace(
            each,
            giver=meant.get(each.giver, each.giver),
            receiver=meant.get(each.receiver, each.receiver),
        )
        for each in converted.closings
    ]


def _with_names(row: Row, columns: Iterable[str], meant: Mapping[str, str]) -> Row:
    changed = {name: meant[row.values[name]] for name in columns if row.values[name] in meant}
    return replace(row, values=row.values | changed) if changed else row
