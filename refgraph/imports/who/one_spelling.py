"""One person of a file has one spelling, whatever capitals and order of names its rows use.

A name that is the name of somebody of the book but for capitals, accents, the order "Last,
First" or a company in brackets is that person. Of several spellings among the new names of a
file the one with capitals as names have them counts, and of those the most frequent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from refgraph.names.lookup import Step
from refgraph.names.spelled_alike import in_order, say_spelled, spelled_alike
from refgraph.names.spelling import Spelling, has_title, spelling
from refgraph.schema.columns import MEMBERS
from refgraph.schema.text import argument

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from refgraph.imports.book_index import Known
    from refgraph.imports.converted import Converted, Row

__all__ = ["may_be_unified", "unify_names"]


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
    newcomers = {*converted.newcomers}
    meant: dict[str, str] = {}
    new: Counter[str] = Counter()
    for name, times in written.items():
        found = known.names.lookup.find(name, last=Step.ORDER)
        if found.step <= Step.ME or len(found.people) > 1 or name in newcomers:
            continue
        if found.person is None:
            new[name] = times
        else:
            meant[name] = found.person
    meant |= spelled_alike(new)
    addressed = {} if _is_own(converted) else _without_titles(written, meant, converted, known)
    meant = {name: addressed.get(person, person) for name, person in meant.items()} | addressed
    meant = {name: person for name, person in meant.items() if name != person}
    _rename(converted, meant)
    plain = {name: person for name, person in meant.items() if name not in addressed}
    said = (
        (plain, say_spelled(plain, written)),
        (addressed, say_spelled(addressed, written, "has", "a title beside a name")),
    )
    notes = []
    for some, told in said:
        if told:
            other = f"if that is somebody else: --new-person {argument(next(iter(some)))}"
            notes.append(f"{converted.path}: {told}; {other}")
    return notes


def _is_own(converted: Converted) -> bool:
    """Tell whether these are tables of a book, whose names are as they are."""
    return bool(converted.layouts) and all(each.rules.is_own for each in converted.layouts)


def _without_titles(
    written: Mapping[str, int], meant: Mapping[str, str], converted: Converted, known: Known
) -> dict[str, str]:
    """Find who is meant by a whole name beside a title or a degree, where it fits one alone."""
    named = {*converted.newcomers}
    spelled = {meant.get(name, name) for name in written}
    file = [name for name in written if name in spelled and name not in named]
    book = [(text, person) for text, person in known.names.lookup.names() if text not in spelled]
    if not any(map(has_title, chain(file, (text for text, _ in book)))):
        return {}
    groups: dict[tuple[object, ...], dict[str, tuple[str, Spelling]]] = {}
    people = known.names.lookup
    for text, person in chain(book, ((name, people.find(name).person or name) for name in file)):
        each = spelling(text)
        if len(each.words) > 1 or each.titles:  # a title tells who has but one name
            alone = each.titles if len(each.words) == 1 else None
            key = each.words, each.firm, each.apart, each.joined, alone
            groups.setdefault(key, {})[text] = person, each
    found: dict[str, str] = {}
    for some in groups.values():
        if len(some) < 2 or len({each.sex for _, each in some.values()} - {""}) > 1:
            continue
        ranked = sorted(some, key=lambda name: _rank(name, some[name][1], written))
        person = some[ranked[0]][0]
        found |= {name: person for name in some if name in written and some[name][1].titles}
    return {name: person for name, person in found.items() if name != person}


def _rank(name: str, said: Spelling, written: Mapping[str, int]) -> tuple[bool, bool, int]:
    """Rank the spellings of a person: without a title first, then of the book, then the usual."""
    return bool(said.titles), name in written, -written.get(name, 0)


def may_be_unified(names: Collection[str]) -> bool:
    """Tell whether some of the names of a file may be one, or one of them several.

    Examples
    --------
    >>> may_be_unified(["Ann Lee", "Bo Park"]), may_be_unified(["Ann Lee", "ANN LEE"])
    (False, True)
    """
    alone = all("," not in name and ";" not in name and not has_title(name) for name in names)
    return not alone or len({*map(in_order, names)}) < len(names)


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
