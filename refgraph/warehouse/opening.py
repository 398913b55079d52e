"""A source becomes rows of whole numbers, and everybody who stands in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.book import frames, professional_limits
from refgraph.book.book import Book
from refgraph.errors import LedgerError, UnknownPersonError
from refgraph.names.lookup import Lookup, Step
from refgraph.names.near import suggestions
from refgraph.reading.aliases import declared_aliases, named_in
from refgraph.reading.reader import read_tables
from refgraph.reading.tables import parse_own
from refgraph.schema.columns import COLUMNS, readers_of
from refgraph.schema.dates import date_reader
from refgraph.warehouse.coding import Coding, columns_of, said_void
from refgraph.warehouse.other_cells import (
    first_of_each_id,
    leave_void_out,
    read_others,
    repeated_ids,
    without,
)
from refgraph.warehouse.place import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from refgraph.errors import Problem
    from refgraph.reading.read_options import ReadOptions, Record
    from refgraph.warehouse.place import Place

__all__ = ["Opened", "opened"]


class Spellings:
    """How people are written in the rows, who may be written in several ways.

    Parameters
    ----------
    values : sequence
        Every spelling, as the engine holds it.
    codes : sequence of int or None
        The person behind each, as a position among everybody.
    people : Index
        Everybody.
    """

    def __init__(self, values: Any, codes: list[int | None], people: pd.Index[str]) -> None:
        self._values, self._people = values, people
        self._codes = np.array([-1 if code is None else code for code in codes], dtype=np.int64)

    def of(self, people: Iterable[str]) -> list[Any]:
        """Give every spelling of these people."""
        wanted = self._people.get_indexer(pd.Index([*people], dtype=object))
        return self._at(np.isin(self._codes, wanted[wanted >= 0]))

    def several(self) -> list[Any]:
        """Give the spellings of people who have more than one."""
        known = self._codes >= 0
        times = np.bincount(self._codes[known], minlength=1)
        return self._at(known & (times[self._codes] > 1))

    def _at(self, chosen: Any) -> list[Any]:
        return self._values.take(np.flatnonzero(chosen)).to_pylist()  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class Opened:
    """Rows that were opened, with people as positions among everybody.

    Attributes
    ----------
    path : str
        What was opened.
    joined : ibis.Table
        The rows with all their columns, and what the values of four of them mean.
    columns : mapping of str to str
        From our columns to those of the table.
    spellings : Spellings
        How each person is written in the rows.
    skipped : tuple of Problem
        Some of the rows that were left out.
    statuses : DataFrame or None
        What is said later of rows, by their id.
    """

    path: str
    joined: Any
    columns: Mapping[str, str]
    spellings: Spellings
    skipped: tuple[Problem, ...] = ()
    statuses: pd.DataFrame | None = None

    @property
    def rows(self) -> Any:
        """Every row: ``giver``, ``receiver``, ``day``, ``units``."""
        return _plain(self.joined)

    def rows_of(self, people: Iterable[str]) -> Any:
        """Give the rows that name one of these people, found by how they are written."""
        return _plain(self.joined_of(people))

    def joined_of(self, people: Iterable[str], *, both: bool = False) -> Any:
        """Give such rows with all their columns; those among these people, if ``both``."""
        spelled = self.spellings.of(people)
        there = self.joined
        giver, receiver = (
            there[self.columns[name]].isin(spelled) for name in ("giver", "receiver")
        )
        return there.filter(giver & receiver if both else giver | receiver)


def _plain(joined: Any) -> Any:
    return joined.select(
        giver=joined.giver_at, receiver=joined.receiver_at, day=joined.day_at, units=joined.units_at
    )


def opened(
    source: Any,
    options: ReadOptions,
    *,
    table: str | None,
    people: pd.DataFrame | None,
    touches: pd.DataFrame | None,
) -> tuple[Book, Opened]:
    """Open a source: give everybody as a book without referrals, and the rows.

    Raises
    ------
    LedgerError
        It cannot be opened, or rows are wrong and none are to be skipped.
    """
    place = place_of(source, table=table, people=people, touches=touches)
    me = options.me
    record = read_tables(place.beside, replace(options, columns={}))
    coding = Coding(
        place,
        columns_of(place, options),
        record.today,
        options.date_format,
        decimal_comma=options.decimal_comma,
    )
    voids = leave_void_out(coding, said_void(place, options))
    names, days, units = coding.names(), coding.days(), coding.units()
    canonical = {
        alias: name for name, others in declared_aliases(record).items() for alias in others
    }
    meant = [None if name is None else canonical.get(name, name) for name in names.meant]
    book = _everybody(record, {name for name in meant if name is not None}, me)
    at = {str(name): place for place, name in enumerate(book.people.index)}
    codes = [None if name is None else at[name] for name in meant]
    joined = coding.rows(codes, names, days, units)
    spellings = Spellings(names.values, codes, book.people.index)
    others, twice = read_others(coding), repeated_ids(coding)
    problems = [
        *coding.problems("giver", names),
        *coding.problems("date", days),
        *coding.problems("count", units),
        *(each for name, cells in others.items() for each in coding.problems(name, cells)),
        *coding.to_themselves(joined, spellings.several()),
        *twice,
        *voids,
    ]
    if professional_limits.withheld(book):  # the rows may say what this profession keeps to itself
        problems = [replace(each, excerpt="", place="") for each in problems]
    if problems and not options.skip_bad:
        raise LedgerError(problems)
    if problems:
        joined = _without_wrong(coding, joined, others, twice=bool(twice))
    found = Opened(
        place.path,
        joined,
        coding.columns,
        spellings,
        tuple(problems),
        _statuses(place, options, record.today),
    )
    return book, found


def _without_wrong(coding: Coding, joined: Any, others: Mapping[str, Any], *, twice: bool) -> Any:
    """Leave out the rows that hold something wrong, and all but the first with one id."""
    joined = joined.filter(joined.giver_at != joined.receiver_at)
    for name, cells in others.items():
        joined = without(coding, joined, name, cells)
    return first_of_each_id(joined, coding.identity) if twice else joined


def _statuses(place: Place, options: ReadOptions, today: date) -> pd.DataFrame | None:
    """Read what is said later of rows, where anything is."""
    own = place.beside.inner.find().own.get("statuses.csv")
    if own is None:
        return None
    dates, notes = date_reader(today), list[str]()
    fields = readers_of("statuses", dates)
    source = place.beside.inner.open_own(own, fields, options, notes)
    told = parse_own(source, "statuses", dates, notes).kept().columns
    columns = {name: list(told[name]) for name in COLUMNS["statuses"]}
    return pd.DataFrame(columns, dtype=object)


def _everybody(record: Record, seen: set[str], typed: str | None) -> Book:
    """Give the book of all who are declared, in contact or in a row, without a referral.

    Raises
    ------
    UnknownPersonError
        There are rows, and its me is nobody in them.
    """
    known = seen | named_in({"touches": record.touches, "people": record.people})
    me = record.me
    if me is not None and me not in known and seen:
        aliases = {name: declared_aliases(record).get(name, ()) for name in sorted(known)}
        found = Lookup(aliases).find(me, last=Step.FORM if typed is None else Step.PART)
        if found.person is None:
            raise UnknownPersonError(me, suggestions(me, sorted(known)))
        me = found.person
    book = Book.of(replace(record, me=None)).altered(me=me)
    known |= {me} if me else set()
    return book.altered(people=frames.people(record.people.columns, known, record.today))
