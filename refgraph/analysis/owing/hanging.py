"""How much of what people send hangs on a word of mine, as far as the book tells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis.statistics.sorting import distinct
from refgraph.schema.among_texts import is_one_of
from refgraph.schema.contact_days import CONTACT
from refgraph.schema.values import NO_CONTACT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["FRESH_DAYS", "HANGS", "SILENT_DAYS", "Days", "Seen", "days_of", "seen", "share_hanging"]

#: The share of what somebody sends that hangs on a word of mine, where no book tells it.
HANGS = 0.5
#: Days for which a word is fresh, and after which it is silence.
FRESH_DAYS, SILENT_DAYS = 30, 90
_AS_IF = 4  # referrals with a fresh word, as if the book held them; in silence came HANGS of them
_DATE = CONTACT[0]
_EPOCH = date(1970, 1, 1).toordinal()
_APART = 10**6  # days: more than between any two days of a book


class Days(NamedTuple):
    """The days of every word of somebody to each person, by its kind, and of what they sent."""

    words: pd.DataFrame
    sent: pd.DataFrame


class Seen(NamedTuple):
    """What somebody's people sent in the days after a word, and in silence.

    ``fresh`` and ``silent``: referrals; ``after`` and ``without``: those two, each person's made
    comparable with as many days of the other kind (Mantel and Haenszel).
    """

    fresh: int
    silent: int
    after: float
    without: float


def share_hanging(
    book: Book, whose: str, kinds: tuple[str, ...] = (), days: Days | None = None
) -> float:
    r"""Give the share of what people send that hangs on a word from somebody.

    For each person the days within 30 days after a word are set against those more than 90 days
    after the last one. With :math:`a_i, x_i` referrals and days of the first kind, and
    :math:`b_i, y_i` of the second,

    .. math:: 1 - \frac{\sum b_i x_i / (x_i + y_i) + 2}{\sum a_i y_i / (x_i + y_i) + 4}

    (one less the ratio of rates of Mantel and Haenszel, as if four had come of fresh words before,
    and two in as many days of silence), held between 0 and 1. Each person is compared with none
    but themselves, so that the busy do not count as moved by being called. That who is in touch
    is in a season of sending may make it too large, and does not make it too small.

    Parameters
    ----------
    book : Book
        As that person sees it; the whole record is used, whatever the window.
    whose : str
        Whose word, and to whom they send.
    kinds : tuple of str, optional
        The kinds of touch that are such a word; any contact that is not automated if none.
    days : Days, optional
        Of the same two (:func:`days_of`), where they are known.

    Returns
    -------
    float
        From 0 (as much came in silence) to 1 (nothing did); one half where nothing is known.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> 0 <= share_hanging(book, book.me) <= 1, share_hanging(book, book.me, ("news",))
    (True, 0.5)
    """
    found = seen(book, whose, kinds, days)
    share = 1 - (found.without + HANGS * _AS_IF) / (found.after + _AS_IF)
    return round(min(max(share, 0.0), 1.0), 6)


def seen(book: Book, whose: str, kinds: tuple[str, ...] = (), days: Days | None = None) -> Seen:
    """Count what people sent in the days after a word of somebody, and in silence.

    A day counts from the day after the first that names a person on; what came on the day of a
    word itself counts to what was before.

    Examples
    --------
    >>> from refgraph import Book
    >>> seen(Book.sample(), "Nobody")
    Seen(fresh=0, silent=0, after=0.0, without=0.0)
    """
    words, sent = days or days_of(book, whose)
    chosen = words[words["kind"].isin(kinds)] if kinds else words
    today = book.today.toordinal()
    start = pd.concat([words, sent]).groupby("person")["day"].min()
    sends = is_one_of(start.index, sent["person"])  # of who sends nothing nothing is told
    people = start.index[sends]
    begun = start.reindex(people).to_numpy()
    fresh_at, fresh_days = _spans(people, begun, chosen, today)
    all_at, _ = _spans(people, begun, words, today)
    silent_days = all_at.days_beyond(SILENT_DAYS)
    at = people.get_indexer(pd.Index(sent["person"]))
    day = sent["day"].to_numpy()
    counted = sent["count"].to_numpy(dtype=float)
    later = day > begun[at]
    fresh = later & (fresh_at.since(at, day) <= FRESH_DAYS) & fresh_at.any_before(at, day)
    silent = later & (all_at.since(at, day) > SILENT_DAYS)
    a, b = (np.bincount(at, counted * some, len(people)) for some in (fresh, silent))
    both = fresh_days + silent_days
    with np.errstate(invalid="ignore", divide="ignore"):
        after = np.nan_to_num(a * silent_days / both).sum()
        without = np.nan_to_num(b * fresh_days / both).sum()
    return Seen(int(a.sum()), int(b.sum()), float(after), float(without))


def days_of(book: Book, whose: str) -> Days:
    """Give the days of every word of somebody to each person, and of what each sent them.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(days_of(Book.sample(), "Nobody").sent)
    ['person', 'date', 'count', 'day']
    """
    touches = book.touches
    real = ~touches["kind"].isin((*NO_CONTACT, "they-thanked-me"))
    touches = touches[real & (touches["personal"] != False)]  # noqa: E712  # blank is yes
    rows = book.window().select("giver", "receiver", _DATE, "count")
    rows = rows[rows[_DATE].notna()]
    gave, got = rows[rows["giver"] == whose], rows[rows["receiver"] == whose]
    ends = pd.concat(
        [
            touches[["person", _DATE, "kind"]],
            touches[["with", _DATE, "kind"]].rename(columns={"with": "person"}),
        ]
    )
    given = gave[["receiver", _DATE]].set_axis(["person", _DATE], axis=1).assign(kind="gift")
    words = pd.concat([ends, given])
    words = words[~words["person"].isin(["", whose])]
    words = words.assign(day=_day(words[_DATE])).drop_duplicates(["person", "day", "kind"])
    sent = got[["giver", _DATE, "count"]].rename(columns={"giver": "person"})
    return Days(words, sent.assign(day=_day(sent[_DATE])))


def _day(dates: pd.Series) -> NDArray[np.int64]:
    """Count days from the year 1 on, so that none is below 0."""
    days: NDArray[np.int64] = dates.to_numpy().astype("datetime64[D]").astype(np.int64)
    return days + _EPOCH


class _Spans:
    """The days of words to each person, to be asked how long ago the last was."""

    def __init__(self, begun: NDArray[np.int64], keys: NDArray[np.int64], today: int) -> None:
        self.begun, self.keys, self.today = begun, keys, today

    def since(self, at: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the days since the last word before a day, or since the person is known."""
        place = np.searchsorted(self.keys, at * _APART + day) - 1
        last = self.keys[place.clip(0)] - at * _APART if len(self.keys) else np.full(len(at), -1)
        began: NDArray[np.int64] = self.begun[at]
        return day - np.where(self._theirs(at, place), last, began)

    def any_before(self, at: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell whether there was a word before a day."""
        return self._theirs(at, np.searchsorted(self.keys, at * _APART + day) - 1)

    def _theirs(self, at: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.bool_]:
        if not len(self.keys):
            return np.zeros(len(at), dtype=bool)
        theirs: NDArray[np.bool_] = (place >= 0) & (self.keys[place.clip(0)] // _APART == at)
        return theirs

    def gaps(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """Give for each span of days whose it is, how long, and whether a word begins it."""
        at, day = self.keys // _APART, self.keys % _APART
        number = np.arange(len(self.begun))
        whose, start = np.concatenate([number, at]), np.concatenate([self.begun, day])
        is_word = np.concatenate([np.zeros(len(number), dtype=bool), np.ones(len(at), dtype=bool)])
        order = np.lexsort((is_word, start, whose))
        whose, start, is_word = whose[order], start[order], is_word[order]
        end = np.append(start[1:], self.today)
        end[np.append(whose[1:] != whose[:-1], True)] = self.today
        return whose, np.maximum(end - start, 0), is_word

    def days_beyond(self, days: int) -> NDArray[np.float64]:
        """Count each person's days that are more than so many after the last word."""
        whose, length, _ = self.gaps()
        beyond = np.maximum(length - days, 0)
        return np.bincount(whose, beyond, len(self.begun)).astype(np.float64)


def _spans(
    people: pd.Index, begun: NDArray[np.int64], words: pd.DataFrame, today: int
) -> tuple[_Spans, NDArray[np.float64]]:
    """Give the spans between words, and how many days of each person are within 30 after one."""
    at = people.get_indexer(pd.Index(words["person"]))
    keys = distinct((at * _APART + words["day"].to_numpy())[at >= 0])
    spans = _Spans(begun, keys, today)
    whose, length, is_word = spans.gaps()
    fresh = np.minimum(length, FRESH_DAYS) * is_word
    return spans, np.bincount(whose, fresh, len(people)).astype(np.float64)
