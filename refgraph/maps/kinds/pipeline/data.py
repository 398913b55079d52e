"""The referrals of each handoff, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.owing.leaks import tells_any_outcome
from refgraph.analysis.tending import pipeline
from refgraph.maps.scenes.roles import roles_of
from refgraph.schema.row_ends import ENDS, ends_of, given_by, passed_through
from refgraph.schema.row_facts import date_of, id_of, person_of

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["CLOSED", "OPEN", "Level", "Pipeline", "Segment", "Urgent", "pipeline_of"]

#: What a referral may be, from left to right: under way, and closed.
OPEN = ("unknown", "leaking", "given", "contacted", "met")
CLOSED = ("won", "lost")
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Segment:
    """The referrals of a handoff that are in one state, each with its two people and its count."""

    state: str
    ties: tuple[tuple[str, str], ...]
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many referrals there are."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Level:
    """Referrals introduced in one way.

    Attributes
    ----------
    handoff : int or None
        Which, 5 the best; None where it is not recorded.
    segments : tuple of Segment
        By state, in the order of :data:`OPEN` and :data:`CLOSED`; none is empty.
    closed, won : int
        Of the referrals, those won or lost, and of these those won.
    share, low, high : float
        won / closed and its 95 % interval; NaN where none is closed.
    """

    handoff: int | None
    segments: tuple[Segment, ...]
    closed: int
    won: int
    share: float
    low: float
    high: float

    def total(self, states: tuple[str, ...]) -> int:
        """Count the referrals that are in one of some states."""
        return sum(segment.total for segment in self.segments if segment.state in states)


@dataclass(frozen=True, slots=True)
class Urgent:
    """A referral under way to see to first: with whom, of whom, and what to do."""

    person: str
    role: str
    prospect: str
    direction: str
    age: int
    handoff: int | None
    raise_to: int | None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """All of it: a level for each handoff, the best first, and what to see to first.

    Attributes
    ----------
    levels : tuple of Level
        The best first.
    urgent : tuple of Urgent
        What to see to first.
    one_way : bool
        Whether all that are closed run one way, seen from whose they are. Who introduces, and who
        is met, differ between what one gives and gets: ways are only compared within one.
    listed_of : int
        Of how many people :attr:`urgent` names the first.
    overall : Level
        All levels together, without a handoff or segments of its own.
    """

    levels: tuple[Level, ...]
    urgent: tuple[Urgent, ...]
    one_way: bool
    listed_of: int
    overall: Level

    def total(self, states: tuple[str, ...]) -> int:
        """Count the referrals that are in one of some states."""
        return sum(level.total(states) for level in self.levels)


def pipeline_of(book: Book, person: str | None = None) -> Pipeline:
    """Collect what became of the referrals of somebody, by how they were introduced.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    person : str, optional
        Whose, given or received; the book's me if not given. Without either, everybody's.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = pipeline_of(Book.sample())
    >>> [level.handoff for level in found.levels], found.levels[0].closed, found.levels[0].won
    ([5, 4, 3, 2, 1, 0], 3, 3)
    """
    whose, rows = book.whose(person), book.referrals
    if whose is not None:
        rows = rows[passed_through(rows, whose)]
    leaking = pipeline.rank(book, person, leaks=True)
    leaks = id_of(rows).isin(id_of(leaking))
    told = tells_any_outcome(book)
    silent = (rows["status"] == "given") & date_of(rows).isna()  # given lately or not, nobody knows
    state = rows["status"].mask(silent, "unknown")
    rows = rows.assign(state=state.mask(leaks, "leaking" if told else "unknown"))
    handoffs = [*sorted(map(int, rows["handoff"].dropna().unique()), reverse=True), None]
    levels = [
        _level(level, rows[rows["handoff"].isna() if level is None else rows["handoff"] == level])
        for level in handoffs
    ]
    found = tuple(level for level in levels if level.segments)
    raised = pipeline.raised_first(pipeline.rank(book, person))
    urgent = raised if len(raised) else leaking[: None if told else 0]
    given = given_by(rows, whose)[rows["status"].isin(CLOSED)]
    one_way = whose is None or given.nunique() < 2
    people = int(person_of(urgent).nunique())
    overall = Level(None, (), **pipeline.close_rate(rows))
    return Pipeline(found, _urgent(book, urgent), one_way, people, overall)


def _level(handoff: int | None, rows: pd.DataFrame) -> Level:
    ordered = rows.sort_values([*ENDS, "count"], kind="stable")
    segments = []
    for state in (*OPEN, *CLOSED):
        some = ordered[ordered["state"] == state]
        if len(some):
            ties = tuple(zip(*(side.tolist() for side in ends_of(some)), strict=True))
            segments.append(Segment(state, ties, tuple(map(int, some["count"].tolist()))))
    return Level(handoff, tuple(segments), **pipeline.close_rate(rows))


def _urgent(book: Book, rows: pd.DataFrame) -> tuple[Urgent, ...]:
    """Name the referrals under way to see to first, one a person."""
    chosen = rows[~person_of(rows).duplicated()].head(_NAMED)
    roles = roles_of(book, person_of(chosen)).tolist()
    return tuple(
        Urgent(
            person_of(row),
            str(role),
            row["prospect"],
            row["direction"],
            int(row["age_days"]),
            *(None if np.isnan(row[name]) else int(row[name]) for name in ("handoff", "raise_to")),
        )
        for row, role in zip(
            chosen.astype({"handoff": float, "raise_to": float}).to_dict("records"),
            roles,
            strict=True,
        )
    )
