"""The Book: a record of referrals as tables, with its me, its today and its window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.book import frames, professional_limits
from refgraph.book.notebook_card import card_html
from refgraph.book.sources import BookSources
from refgraph.book.window import read_window
from refgraph.errors import NoMeError, Problem
from refgraph.names.lookup import Lookup
from refgraph.reading.aliases import seen_in
from refgraph.schema.row_facts import referrals_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import networkx as nx
    from numpy.typing import ArrayLike, NDArray

    from refgraph import reading

__all__ = ["Book"]


@dataclass(frozen=True, eq=False, repr=False)
class Book(BookSources):
    """A record of referrals, read and checked, ready to be asked.

    Make one with :meth:`Book.read` or :meth:`Book.from_frames`. Books do not change:
    :meth:`window` gives another.

    Attributes
    ----------
    history : pandas.DataFrame
        Every referral, one dated after today as of today; undated ones first, then by date,
        giver, receiver, whatever their order in the file. Columns ``date`` (NaT where blank),
        ``giver``, ``receiver``, ``prospect``, ``count``, ``handoff`` (NaN where blank),
        ``status``, ``status_date``, ``value`` (Decimal or None), ``currency``, ``note``,
        ``id``, ``consent`` (True, False or None), ``source``, ``file``, ``line``. With ``health``
        only between whom and when; see :func:`refgraph.book.professional_limits.shared`.
    people : pandas.DataFrame
        Everyone, indexed by ``person``; ``declared`` tells who is only seen in a referral.
    touches : pandas.DataFrame
        Dated contacts, and what is said of somebody: ``date``, ``person``, ``kind``,
        ``personal``, ``note``, ``with`` (a second person), ``about`` (the id of a referral),
        ``until`` (NaT where blank), ``file``, ``line``.
    me : str or None
        Whose book it is.
    today : datetime.date
        The day every age is counted to.
    since, until : datetime.date or None
        The window; both days belong to it.
    status_changes : tuple of (date or None, str, str)
        Day, id and status of what statuses.csv says, oldest first for each referral, and before
        it what the row of the referral says; the newest stands in ``history``. None with the
        profile ``health``.
    is_incognito : bool
        Whether names are initials, and what is private blank (:mod:`refgraph.book.incognito`).

    Examples
    --------
    >>> book = Book.sample()
    >>> book
    <Book of Robin Hale: 46 referrals of 14 people, 2025-10-10 to 2026-09-15, today 2026-10-01>
    """

    path: str
    _history: frames.Columns
    _people: pd.DataFrame
    _touches: pd.DataFrame
    me: str | None
    today: date
    settings: reading.Settings
    since: date | None = None
    until: date | None = None
    skipped: tuple[Problem, ...] = ()
    left_out: int = 0
    notes: tuple[str, ...] = ()
    is_incognito: bool = False
    status_changes: tuple[tuple[date | None, str, str], ...] = ()
    _kept: dict[str, Any] = field(default_factory=dict)  # holds for every window

    @classmethod
    def of(cls, record: reading.Record) -> Book:
        """Turn a checked ledger record into tables."""
        history = frames.history(record.referrals.columns, record.today)
        touches = frames.touches(record.touches.columns, record.today)
        seen = seen_in(record) | ({record.me} if record.me else set())
        people = frames.people(record.people.columns, seen, record.today)
        settings, later = record.settings, record.status_changes
        book = cls(
            path=record.path,
            _history=history,
            _people=people,
            _touches=touches,
            me=record.me,
            today=record.today,
            settings=settings,
            skipped=record.skipped,
            left_out=record.left_out,
            notes=record.notes,
            status_changes=() if settings.hides else frames.changes_until(record.today, later),
        )
        return book.window(settings.since, settings.until, last=settings.last)

    def __repr__(self) -> str:
        rows = self.select("date", "count")
        dated = rows["date"].dropna()
        span = f", {dated.min():%Y-%m-%d} to {dated.max():%Y-%m-%d}" if len(dated) else ""
        whose = "Book" if self.me is None else f"Book of {self.me}"
        total = "" if self.settings.hides else f"{referrals_in(rows):,} referrals of "
        return f"<{whose}: {total}{len(self.people):,} people{span}, today {self.today}>"

    def _repr_html_(self) -> str:
        return card_html(self)

    @property
    def history(self) -> pd.DataFrame:
        """Every referral up to today, whatever the window."""
        return self._shown.frame.copy(deep=False)  # pandas copies what is written to

    @cached_property
    def _shown(self) -> frames.Columns:
        if not self.settings.hides:
            return self._history
        return frames.Columns.of(professional_limits.shared(self._history.frame))

    def column(self, name: str) -> pd.Series[Any]:
        """Give one column of ``history``, without making the others.

        Examples
        --------
        >>> int(Book.sample().column("count").sum())
        46
        """
        return self._shown[name]

    @property
    def dates(self) -> pd.Series[Any]:
        """When each row of ``history`` was, without making the other columns."""
        return self.column("date")

    def select(self, *names: str) -> pd.DataFrame:
        """Give some columns of ``referrals``, without making the others.

        Examples
        --------
        >>> Book.sample().select("giver", "count").columns.tolist()
        ['giver', 'count']
        """
        rows = self._shown.select(names)
        if self.since is None and self.until is None:
            return rows
        return rows[self.in_window].reset_index(drop=True)

    @property
    def people(self) -> pd.DataFrame:
        """Everyone, indexed by ``person``; with ``health`` no notes, nor addresses of patients."""
        told = self._people.copy(deep=False)
        return professional_limits.unsaid("people", told) if self.settings.hides else told

    @property
    def touches(self) -> pd.DataFrame:
        """Dated contacts; what is said in them, and of which referral, not with ``health``."""
        told = self._touches.copy(deep=False)
        return professional_limits.unsaid("touches", told) if self.settings.hides else told

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """Who was in contact on which day: a row for each person of a touch that is a contact.

        Examples
        --------
        >>> list(Book.sample().contacts)
        ['date', 'kind', 'person']
        """
        return frames.contacts(self._touches)

    def altered(
        self,
        *,
        history: pd.DataFrame | None = None,
        people: pd.DataFrame | None = None,
        touches: pd.DataFrame | None = None,
        **changes: Any,
    ) -> Book:
        """Give the same book with other tables or another me, and nothing kept of this one.

        Examples
        --------
        >>> book = Book.sample()
        >>> book.altered(me="Hiro Tanabe").me
        'Hiro Tanabe'
        """
        return replace(
            self,
            _history=self._history if history is None else frames.Columns.of(history),
            _people=self._people if people is None else people,
            _touches=self._touches if touches is None else touches,
            _kept={},
            **changes,
        )

    @property
    def referrals(self) -> pd.DataFrame:
        """The referrals of the window, all columns of ``history``."""
        rows = self.history
        return rows[self.in_window].reset_index(drop=True) if self.windowed else rows

    @property
    def in_window(self) -> NDArray[np.bool_]:
        """Which rows of ``history`` the window counts; undated rows only if it is open."""
        return frames.within(self.dates, self.since, self.until)

    @property
    def windowed(self) -> bool:
        """Whether only some days are looked at."""
        return self.since is not None or self.until is not None

    @property
    def undated(self) -> int:
        """Number of referrals without a date: they count, but have no age."""
        return int(self.column("count")[self.dates.isna()].sum())

    def days_since(self, dates: ArrayLike) -> NDArray[np.float64]:
        """Days from each date to today; NaN where there is no date.

        Examples
        --------
        >>> Book.sample().days_since(np.array(["2026-09-30", "NaT"], dtype="datetime64[s]"))
        array([ 1., nan])
        """
        day = np.asarray(dates, dtype="datetime64[s]")
        age = np.where(np.isnat(day), np.nan, (np.datetime64(self.today, "s") - day).astype(float))
        return age / 86400

    def places(self, names: Iterable[str]) -> NDArray[np.int64]:
        """Where each name stands among ``people``; -1 for nobody.

        Examples
        --------
        >>> Book.sample().places(["Alice Merton", "Nobody"])
        array([ 0, -1])
        """
        return self.people.index.get_indexer(pd.Index(names)).astype(np.int64)

    @property
    def ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where giver and receiver of each row of ``history`` stand among ``people``.

        Examples
        --------
        >>> book = Book.sample()
        >>> giver, receiver = book.ends
        >>> bool((book.people.index[giver] == book.history["giver"]).all())
        True
        """
        if "ends" not in self._kept:
            coded = [self._shown.code(name) for name in ("giver", "receiver")]
            places = [self.places(each.distinct)[each.codes] for each in coded]
            for each in places:
                each.setflags(write=False)
            self._kept["ends"] = tuple(places)
        ends: tuple[NDArray[np.int64], NDArray[np.int64]] = self._kept["ends"]
        return ends

    def window(
        self,
        since: date | str | None = None,
        until: date | str | None = None,
        *,
        last: str | None = None,
    ) -> Book:
        """Choose which referrals are counted and drawn; both days are included.

        Settling always uses the whole book up to today. Referrals without a
        date are in no window. The window replaces the one that the book has,
        and without any argument there is none.

        Parameters
        ----------
        since, until : datetime.date or ISO string, optional
            First and last day.
        last : str, optional
            Instead of ``since``, a span that ends today: ``90d``, ``8w``,
            ``12m``, ``2y``.

        Examples
        --------
        >>> book = Book.sample()
        >>> len(book.window(since="2026-01-01").referrals) < len(book.referrals)
        True
        """
        begin, end = days = read_window(since, until, last, self.today)
        return self if days == (self.since, self.until) else replace(self, since=begin, until=end)

    def graph(self) -> nx.DiGraph[str]:
        """Give the referral graph of the window, with everyone in it.

        Returns
        -------
        networkx.DiGraph
            See :func:`refgraph.referral_graph`. People carry ``role``, ``profession`` and
            ``group`` ("" where none is recorded) and, unless the book's profile hides them,
            the numbers ``given``, ``received`` and ``balance`` of the window.

        Examples
        --------
        >>> Book.sample().graph().nodes["Hiro Tanabe"]["role"]
        'partner'
        """
        return self._graph

    @cached_property
    def _graph(self) -> nx.DiGraph[str]:
        from refgraph.graph.door import referral_graph  # noqa: PLC0415  # networkx, 0.1 s

        rows = self.select("date", "count")
        for name, places in zip(("giver", "receiver"), self.ends, strict=True):
            rows[name] = pd.Categorical.from_codes(places[self.in_window], self.people.index)
        G = professional_limits.marked(
            referral_graph(rows, people=self.people.index), self.settings
        )
        about = self.people[["role", "profession", "group"]]
        if professional_limits.compared(G):
            given, received = (
                np.bincount(places[self.in_window], rows["count"], len(about)).astype(np.int64)
                for places in self.ends
            )
            about = about.assign(given=given, received=received, balance=given - received)
        columns = {str(name): about[name].tolist() for name in about}
        for node, values in zip(G.nodes.values(), zip(*columns.values(), strict=True), strict=True):
            node.update(zip(columns, values, strict=True))
        return G

    def whose(self, person: str | None) -> str | None:
        """Whom a question is about: the person named, else me, else nobody.

        Raises
        ------
        UnknownPersonError
            The person named is not in the book.

        Examples
        --------
        >>> Book.sample().whose(None)
        'Robin Hale'
        """
        return self.me if person is None else self.person(person)

    def asked(self, person: str | None, question: str) -> str:
        """Whom a question about one person is about: the person named, else me.

        Raises
        ------
        NoMeError
            Nobody is named, and the book has no me.
        UnknownPersonError
            The person named is not in the book.

        Examples
        --------
        >>> Book.sample().asked("Hiro Tanabe", "Whom to refer first")
        'Hiro Tanabe'
        """
        whose = self.whose(person)
        if whose is None:
            raise NoMeError(question)
        return whose

    def person(self, name: str) -> str:
        """Find a person by name, alias or ``me``, or by a part that only one person has.

        A part is the beginning of one word of the name; words before it stand whole.

        Raises
        ------
        UnknownPersonError
            Nobody, or more than one person, is meant.

        Examples
        --------
        >>> Book.sample().person("robin")
        'Robin Hale'
        """
        if name in self._people.index:
            return name
        if "lookup" not in self._kept:
            aliases = zip(map(str, self._people.index), self._people["aliases"], strict=True)
            self._kept["lookup"] = Lookup(dict(aliases), self.me)
        lookup: Lookup = self._kept["lookup"]
        return lookup.read(name)
