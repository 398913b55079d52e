"""How what one person gave and received grew over time, and the days that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.scenes import phrases
from refgraph.schema.row_ends import ends_of, given_by, passed_through
from refgraph.schema.row_facts import counts_of, dated_rows, days_of, undated_referrals

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.book.book import Book

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["BURST", "QUIET", "Course", "Event", "course_of", "events", "ticks"]

BURST = 30  # days that a burst is counted over
QUIET = 60  # days without a referral are worth a mark
_MANY = 4  # referrals that make a person worth naming
_FEW_TICKS = 3  # months named; below, days are
_FULL, _TIMES = 5, 3  # referrals that make a burst, and how often the usual pace


@dataclass(frozen=True)
class Course:
    """Running totals of one person's referrals in the window of a book.

    Attributes
    ----------
    day : (n,) array
        The days with a referral, as ordinals, ascending.
    given, received : (n,) arrays
        Totals at the end of each of those days.
    start, end : int
        First and last day of the timeline.
    undated : float
        Referrals without a date, which are in no total.
    to, by : dict
        Of each person, the day of the first referral given to them, or received from them, and
        how many there were.
    """

    day: Ints
    given: Floats
    received: Floats
    start: int
    end: int
    undated: float
    to: dict[str, tuple[int, float]]
    by: dict[str, tuple[int, float]]

    @property
    def gap(self) -> Floats:
        """Give how many more were given than received at the end of each day."""
        return self.given - self.received

    @property
    def leader(self) -> str:
        """What there is more of today, where that is not level: ``given`` or ``received``."""
        return "given" if self.gap[-1] > 0 else "received"

    @property
    def ahead_since(self) -> date | None:
        """The day on which the lead of today began; None without a lead, or if it is the first."""
        gap = self.gap
        if not len(gap) or gap[-1] == 0:
            return None
        level = np.flatnonzero(gap * np.sign(gap[-1]) <= 0)
        if not len(level):
            return None
        return date.fromordinal(int(self.day[level[-1] + 1]))


@dataclass(frozen=True)
class Event:
    """A day that stands out: which line it stands on, and what is to be said of it.

    `text` ends in the name of `person`, if there is one; `first` is the first day of a spell.
    """

    day: int
    line: str
    text: str
    person: str | None = None
    first: int | None = None


def course_of(book: Book, whose: str) -> Course:
    """Add up one person's referrals day by day.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; totals start from 0 there.
    whose : str
        Whose referrals.

    Returns
    -------
    Course

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> course = course_of(book, book.me)
    >>> float(course.given[-1]), float(course.received[-1])
    (13.0, 17.0)
    """
    rows = book.referrals
    rows = rows[passed_through(rows, whose)]
    undated = float(undated_referrals(rows))
    rows = dated_rows(rows)
    each = days_of(rows).astype(np.int64)
    each = each + date(1970, 1, 1).toordinal()
    count = counts_of(rows)
    mine = given_by(rows, whose).to_numpy()
    givers, receivers = ends_of(rows)
    day, where = np.unique(each, return_inverse=True)
    given = np.cumsum(np.bincount(where, count * mine, len(day)), dtype=float)
    received = np.cumsum(np.bincount(where, count * ~mine, len(day)), dtype=float)
    end = min(book.until or book.today, book.today).toordinal()
    begin = book.since.toordinal() if book.since else int(day[0]) if len(day) else end
    return Course(
        day,
        given,
        received,
        min(begin, end),
        max(end, int(day[-1])) if len(day) else end,
        undated,
        _firsts(receivers[mine], each[mine], count[mine]),
        _firsts(givers[~mine], each[~mine], count[~mine]),
    )


def _firsts(people: pd.Series[str], day: Ints, count: Floats) -> dict[str, tuple[int, float]]:
    """Give each person's first day and total."""
    found: dict[str, tuple[int, float]] = {}
    for person, when, much in zip(people.tolist(), day.tolist(), count.tolist(), strict=True):
        first, total = found.get(person, (when, 0.0))
        found[person] = min(first, when), total + much
    return found


def events(course: Course) -> list[Event]:
    """Choose at most six days worth a mark, the most telling first.

    The day the balance turned, the longest quiet spell, the first referral of whoever gave most
    and of whoever received most, and the fullest thirty days of either side. Each is
    marked only where it stands out: four referrals for a person; five for a burst, and three times
    as many as at the usual pace; sixty days for a quiet spell.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> [event.text for event in events(course_of(book, book.me))][:2]
    ['received in the lead since 14 April 2026', 'first of 4 from']
    """
    found: list[Event] = []
    since = course.ahead_since
    if since is not None and since.toordinal() > course.day[0]:
        found.append(
            Event(since.toordinal(), "both", f"{course.leader} in the lead since {_day(since)}")
        )
    found += _quiet(course)
    for line, people, verb in (("received", course.by, "from"), ("given", course.to, "to")):
        best = sorted(people.items(), key=lambda pair: (-pair[1][1], pair[0]))[:2]
        ahead = len(best) == 1 or (len(best) > 1 and best[0][1][1] > best[1][1][1])
        if ahead and best[0][1][1] >= _MANY:
            person, (first, total) = best[0]
            found.append(Event(first, line, f"first of {phrases.number(total)} {verb}", person))
    found += [*_burst(course, "received"), *_burst(course, "given")]
    return found


def _quiet(course: Course) -> list[Event]:
    """Find the longest time between two referrals, or since the last."""
    days = np.r_[course.day, course.end]
    if len(days) < 3:
        return []
    gaps = np.diff(days)
    k = int(gaps.argmax())
    if gaps[k] < QUIET:
        return []
    text = f"{phrases.number(int(gaps[k]))} quiet days"
    return [Event(int(days[k + 1]), "axis", text, first=int(days[k]))]


def _burst(course: Course, line: str) -> list[Event]:
    """Find the fullest thirty days of one line, ending on a day with a referral."""
    total = getattr(course, line)
    before = np.searchsorted(course.day, course.day - BURST, side="right") - 1
    inside = total - np.where(before >= 0, total[np.maximum(before, 0)], 0.0)
    if not len(inside):
        return []
    k = int(inside.argmax())
    usual = BURST * total[-1] / max(course.end - course.start + 1, BURST)
    if inside[k] < _FULL or inside[k] < _TIMES * usual:
        return []
    when = date.fromordinal(int(course.day[k]))
    text = f"{phrases.number(inside[k])} {line} in the {BURST} days to {_day(when)}"
    return [Event(when.toordinal(), line, text)]


def _day(day: date) -> str:
    return f"{day.day} {phrases.month(day)}"


def ticks(start: int, end: int, most: int = 12) -> list[tuple[int, str]]:
    """Choose days to name along the axis, at most `most`, and what to write there.

    Examples
    --------
    >>> a, b = date(2025, 1, 15).toordinal(), date(2025, 4, 2).toordinal()
    >>> [text for _, text in ticks(a, b)]
    ['Feb 2025', 'Mar', 'Apr']
    """
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400):
        found = _months(start, end, step)
        if len(found) <= most:
            break
    if len(found) >= _FEW_TICKS:
        return found
    days = max((end - start) // 6, 1)
    return [
        (at, f"{when.day} {phrases.month(when, year=False)[:3]}")
        for at in range(start, end + 1, days)
        for when in [date.fromordinal(at)]
    ]


def _months(start: int, end: int, step: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    first = date.fromordinal(start)
    month = first.year * 12 + first.month - 1
    month += -month % step
    year_named = None
    while month // 12 <= date.max.year:
        day = date(month // 12, month % 12 + 1, 1)
        if day.toordinal() > end:
            break
        if day.toordinal() >= start:
            text = str(day.year) if step >= 12 else phrases.month(day, year=False)[:3]
            if step < 12 and day.year != year_named:
                text += f" {day.year}"
            year_named = day.year
            found.append((day.toordinal(), text))
        month += step
    return found
