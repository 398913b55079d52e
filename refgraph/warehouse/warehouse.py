"""A record of referrals that stays where it is, asked as a book is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from refgraph.analysis.tending import trend
from refgraph.book import professional_limits
from refgraph.book.window import read_day
from refgraph.errors import OptionError
from refgraph.reading.read_options import ReadOptions
from refgraph.schema.text import natural
from refgraph.schema.values import did_you_mean
from refgraph.warehouse import part_book
from refgraph.warehouse.exchanged import Exchanged
from refgraph.warehouse.opening import opened
from refgraph.warehouse.owed import Owed

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from refgraph.book.book import Book
    from refgraph.errors import Problem

__all__ = ["Warehouse"]


@dataclass(frozen=True, eq=False, repr=False)
class Warehouse(Exchanged, Owed):
    """A record that is asked where it is: in a database, or in files of any size.

    Make one with :meth:`Warehouse.open`. Every question gives an
    :class:`~refgraph.warehouse.asked.Asked`, which has the answer as an ``expression`` of Ibis
    and, with ``execute()``, as the frame that the same question to a book gives.

    Attributes
    ----------
    book : refgraph.Book
        Everybody, with touches, settings, day and window; it holds no referral.
    source : Opened
        The rows, people in them as positions among everybody.

    Examples
    --------
    >>> from pytest import importorskip
    >>> _ = importorskip("ibis", reason="no Ibis here")
    >>> from refgraph import Book, owe
    >>> there = Warehouse.open("refgraph/sample")
    >>> there
    <Warehouse of Robin Hale: 14 people in refgraph/sample, today 2026-10-01>
    >>> there.owe().execute().equals(owe.rank(Book.sample()))
    True
    """

    @classmethod
    def open(
        cls,
        source: str | os.PathLike[str] | Any,
        columns: Mapping[str, str] | None = None,
        me: str | None = None,
        today: date | str | None = None,
        *,
        table: str | None = None,
        people: pd.DataFrame | None = None,
        touches: pd.DataFrame | None = None,
        date_format: str | None = None,
        skip_bad: bool = False,
    ) -> Warehouse:
        """Open a record where it is, and read each of its spellings, days and counts once.

        Parameters
        ----------
        source : path-like, str or ibis.Table
            A file of DuckDB, SQLite, Parquet or CSV (UTF-8), a pattern of such files
            (``"slips/*.parquet"``), a folder that is a book, the address of a database, or a
            table of Ibis.
        columns : mapping, optional
            Our column name to that of the table: ``{"giver": "from"}``.
        me : str, optional
            Whose record it is; overrides ``refgraph.toml``.
        today : datetime.date or ISO string, optional
            Overrides ``refgraph.toml``, which overrides the clock.
        table : str, optional
            Which table of a database; ``referrals``, or the only one, if not given.
        people, touches : DataFrame, optional
            As in :meth:`refgraph.Book.from_frames`, for rows that have none beside them.
        date_format : str, optional
            As in :meth:`refgraph.Book.read`.
        skip_bad : bool, default False
            Leave out rows that have a problem and list some of them in ``skipped``.

        Raises
        ------
        LedgerError
            It cannot be opened or is no such table, or rows are wrong: each is named by its id,
            or else by its people.
        UnknownPersonError
            ``me`` is nowhere in the record.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> len(Warehouse.open("refgraph/sample").book.people)
        14
        """
        options = ReadOptions(
            me=me,
            today=read_day(today),
            columns={ours: str(theirs) for ours, theirs in (columns or {}).items()},
            date_format=date_format,
            skip_bad=skip_bad,
        )
        book, found = opened(source, options, table=table, people=people, touches=touches)
        return cls(book, found)

    def __repr__(self) -> str:
        whose = f"Warehouse of {self.book.me}" if self.book.me else "Warehouse"
        number = len(self.book.people)
        return f"<{whose}: {number:,} people in {self.path}, today {self.book.today}>"

    @property
    def skipped(self) -> tuple[Problem, ...]:
        """Some of the rows that were left out."""
        return self.source.skipped

    def window(
        self,
        since: date | str | None = None,
        until: date | str | None = None,
        *,
        last: str | None = None,
    ) -> Warehouse:
        """Choose which referrals are counted, as :meth:`refgraph.Book.window` does.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> there = Warehouse.open("refgraph/sample")
        >>> len(there.window(since="2026-09-01").pairs().execute()) < len(there.pairs().execute())
        True
        """
        return replace(self, book=self.book.window(since, until, last=last))

    def trend(self, person: str | None = None, **options: Any) -> pd.DataFrame:
        """Tell how it went from period to period, as ``refgraph trend`` does.

        Its bands need every row of the person, so these, and no others, are read into memory.

        Raises
        ------
        NoMeError
            Nobody is asked about.
        SizeError
            The person has more referrals than a book may hold.
        WithheldError
            The profession of the record does not allow it.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> int(Warehouse.open("refgraph/sample").trend(samples=99)["received"].sum())
        17
        """
        professional_limits.refuse(self.book)
        book, whose = self.alone(person)
        return trend.by_period(book, whose, **options)

    def alone(self, person: str | None = None) -> tuple[Book, str]:
        """Give the rows of one person, and no others, as a book; and the person's whole name.

        Raises
        ------
        NoMeError
            Nobody is asked about.
        SizeError
            The person has more referrals than a book may hold.
        UnknownPersonError
            The person named is not in the record.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> Warehouse.open("refgraph/sample").alone("castle")[1]
        'Ben Castle'
        """
        whose = self.book.asked(person, "What somebody gave and received")
        return self._part(self.source.joined_of([whose]), [whose]), whose

    def around(self, person: str, hops: int = 1) -> Book:
        """Give a person's part of the record as a book, for everything that a book is asked.

        Parameters
        ----------
        person : str
            By name, alias or a part of the name.
        hops : int, default 1
            How many ties away from them others may be, whichever way the ties go.

        Returns
        -------
        refgraph.Book
            All referrals among these people, and what is known of them; me is the record's, if
            they are among them, else the person.

        Raises
        ------
        OptionError
            There are no such hops.
        SizeError
            The part has more referrals than a book may hold.
        UnknownPersonError
            The person named is not in the record.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> there = Warehouse.open("refgraph/sample")
        >>> len(there.around("Ben Castle").people) < len(there.book.people)
        True
        """
        if hops < 0:
            msg = f"hops must be 0 or more, got {hops}"
            raise OptionError(msg)
        whose = self.book.person(person)
        people = part_book.within_hops(self.source, self.book, whose, hops)
        found = self._part(self.source.joined_of(people, both=True), people)
        return found if found.me is not None else found.altered(me=whose)

    def group(self, name: str) -> Book:
        """Give a group's part of the record as a book: all referrals among its people.

        Parameters
        ----------
        name : str
            As people.csv, or the table of people, names it.

        Raises
        ------
        OptionError
            There is no such group.
        SizeError
            The part has more referrals than a book may hold.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> there = Warehouse.open("data/chapter")
        >>> group = there.book.people["group"].iloc[0]
        >>> set(there.group(group).people["group"]) == {group}
        True
        """
        groups = self.book.people["group"]
        people = groups.index[groups == name].tolist()
        if not people or not name:
            known = sorted({*groups} - {""}, key=natural)
            near = did_you_mean(name, known) or ", ".join(known[:5])
            hint = f"did you mean {near}?" if near else "its people have no column group"
            msg = f"there is no group {name!r} in this record; {hint}"
            raise OptionError(msg)
        return self._part(self.source.joined_of(people, both=True), people)

    def _part(self, joined: Any, people: list[str]) -> Book:
        return part_book.book_of_rows(self.source, self.book, joined, people)
