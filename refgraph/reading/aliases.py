"""People under one name each: declared once, every alias pointing at one person."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from refgraph.errors import UnknownPersonError
from refgraph.names.lookup import Lookup
from refgraph.names.near import suggestions
from refgraph.names.spelling import as_codes, each_bare, unseen
from refgraph.reading.read_options import Table
from refgraph.schema.columns import MEMBERS, blanks_of
from refgraph.schema.distinct_values import Column, repeated_places
from refgraph.schema.row_ends import only_named
from refgraph.schema.row_facts import person_of
from refgraph.schema.text import quoted
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from refgraph.reading.read_options import Record
    from refgraph.reading.table import Sheet

__all__ = [
    "aliases",
    "alike",
    "declared_aliases",
    "everybody",
    "named_in",
    "rename",
    "seen_in",
    "with_me",
]

_MOST_TOLD = 5


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
    others = Column.of(people.columns["aliases"])
    if not any(others.distinct) and not len(repeated_places(person_of(people.columns))):
        return {}
    declared = _declared(people)
    owner: dict[str, tuple[str, int]] = {}
    for row, (name, called) in enumerate(zip(person_of(people.columns), others, strict=True)):
        if name is None or declared[name] != row:
            continue
        for alias in called or ():
            if alias == name:
                continue
            if alias in declared:
                place = people.source.place(people.lines[declared[alias]])
                people.refuse(
                    row,
                    f"{quoted(alias)} is an alias of {quoted(name)} here "
                    f"and a person of their own on {place}",
                    "remove the alias or the other row",
                    "aliases",
                )
            elif alias in owner:
                other, line = owner[alias]
                place = people.source.place(line)
                people.refuse(
                    row,
                    f"{quoted(alias)} is an alias of {quoted(name)} here "
                    f"and of {quoted(other)} on {place}",
                    "an alias can stand for one person only",
                    "aliases",
                )
            else:
                owner[alias] = (name, people.lines[row])
    kept = {name for row, name in enumerate(person_of(people.columns)) if row not in people.refused}
    return {alias: name for alias, (name, _) in owner.items() if name in kept}


def _declared(people: Sheet) -> dict[str, int]:
    """Find the first row of everybody; refuse the others."""
    declared: dict[str, int] = {}
    for row, name in enumerate(person_of(people.columns)):
        if name is None:
            continue
        if name in declared:
            first = people.source.place(people.lines[declared[name]])
            people.refuse(
                row,
                f"{quoted(name)} is declared twice, on {first} and here",
                "keep one of the two rows",
                "aliases",
            )
        else:
            declared[name] = row
    return declared


def rename(names: Column, canonical: Mapping[str, str]) -> Column:
    """Replace every alias in a column by the person.

    Examples
    --------
    >>> rename(Column.of(["A. Lee", "Bo"]), {"A. Lee": "Ann Lee"})
    ['Ann Lee', 'Bo']
    """
    return names.map(lambda name: canonical.get(name, name)) if canonical else names


def seen_in(record: Record) -> set[str]:
    """Name everybody whom a row of a record names.

    Raises
    ------
    UnknownPersonError
        There are referrals, and the record's me is nobody in it.

    Examples
    --------
    >>> from refgraph.reading.reader import read
    >>> len(seen_in(read("refgraph/sample")))
    12
    """
    seen = _members(record)
    known = seen.union(person_of(record.people.columns))
    if record.me is not None and record.me not in known and len(record.referrals):
        raise UnknownPersonError(record.me, suggestions(record.me, sorted(known)))
    return seen


def named_in(
    tables: Mapping[str, Table], columns: Mapping[str, Sequence[str]] = MEMBERS
) -> set[str]:
    """Name everybody in columns of tables, by the names of the files; members if not said.

    Examples
    --------
    >>> from refgraph.reading.reader import read
    >>> len(named_in({"referrals": read("refgraph/sample").referrals}))
    12
    """
    found = (each.columns[name] for table, each in tables.items() for name in columns[table])
    return {who for column in found for who in Column.of(column).distinct} - {""}


def _members(record: Record) -> set[str]:
    """Name everybody whom a referral or a touch names, but for prospects."""
    return named_in({"referrals": record.referrals, "touches": record.touches})


def declared_aliases(record: Record) -> dict[str, Sequence[str]]:
    """Give the aliases that people.csv has of each person.

    Examples
    --------
    >>> from refgraph.reading.reader import read
    >>> declared_aliases(read("refgraph/sample"))["Robin Hale"]
    ()
    """
    people = record.people.columns
    return dict(zip(person_of(people), people["aliases"], strict=True))


def everybody(record: Record, *, prospects: bool = False) -> Lookup:
    """Give everybody whom a record names, to be found by what is typed.

    Parameters
    ----------
    record : Record
        The book.
    prospects : bool, default False
        Whether those who were only referred are among them; where the profession of the
        book hides them, they are found and never suggested.

    Examples
    --------
    >>> from refgraph.reading.reader import read
    >>> everybody(read("refgraph/sample")).read("me")
    'Robin Hale'
    """
    referrals, aliases = record.referrals.columns, declared_aliases(record)
    everyone = {*aliases, *_members(record), *([record.me] if record.me else [])}
    referred = only_named(referrals) - everyone if prospects else ()
    people = {name: tuple(aliases.get(name, ())) for name in sorted(everyone.union(referred))}
    return Lookup(people, record.me, referred if record.settings.hides else ())


def with_me(record: Record, typed: str | None) -> Record:
    """Give a record that is only read with the me who is meant by a part of a name.

    Of a table that is no book yet, me may be somebody of whom no row speaks: an import would
    begin a book of theirs.

    Examples
    --------
    >>> from refgraph.reading.read_options import ReadOptions
    >>> from refgraph.reading.reader import read
    >>> with_me(read("refgraph/sample", ReadOptions(me="merton")), "merton").me
    'Alice Merton'
    """
    if typed is None:
        return record
    lookup = everybody(replace(record, me=None))
    if record.me is None or record.me in lookup.aliases:
        return record
    found = lookup.find(record.me)
    if found.person is not None:
        return replace(record, me=found.person)
    is_book = os.path.isdir(record.path)  # noqa: PTH112  # a name with a NUL byte is none
    is_near = bool(found.people) or bool(suggestions(record.me, sorted(lookup.aliases)))
    return record if is_book or is_near else _declaring(record, record.me)


def _declaring(record: Record, name: str) -> Record:
    """Give a record with one more person, of whom no row speaks."""
    columns = record.people.columns
    row: dict[str, object] = dict.fromkeys(columns, "") | blanks_of("people")
    row |= {"person": name, "line": 0}
    more: dict[str, Sequence[Any]] = {
        column: Column.of([*values, row[column]]) for column, values in columns.items()
    }
    note = f"{record.path}: no row speaks of {quoted(name)}, who is me"
    return replace(record, people=Table(more), notes=(*record.notes, note))


def alike(names: Iterable[str]) -> list[str]:
    """Ask about names that may be one person, in a few sentences.

    Examples
    --------
    >>> print(*alike(["Ann Lee", "ann lee", "Bo"]))
    'Ann Lee' and 'ann lee' differ only in capital letters or accents: one person? If so: \
refgraph people merge
    """
    distinct = list(dict.fromkeys(names))
    plain = each_bare(distinct)
    if len({*plain}) == len(plain):
        return []
    spelled: dict[str, list[str]] = {}
    for key, name in zip(plain, distinct, strict=True):
        spelled.setdefault(key, []).append(name)
    found = sorted(sorted(some) for some in spelled.values() if len(some) > 1)
    told = []
    for some in found[:_MOST_TOLD]:
        hidden = any(map(unseen, "".join(some)))
        *others, last = (quoted(as_codes(name, unseen)) for name in some)
        kinds = "accents or invisible characters" if hidden else "or accents"
        comma = "," if hidden else ""
        told.append(
            f"{', '.join(others)} and {last} differ only in capital letters{comma} {kinds}: "
            f"one person? If so: refgraph people merge"
        )
    if more := len(found) - len(told):
        told.append(
            f"{count(more, 'more name')} with several spellings like "
            f"these: refgraph people --lookalikes"
        )
    return told
