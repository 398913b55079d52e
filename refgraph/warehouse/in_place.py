"""What every question to a record in place starts from: its rows, its window, its people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.owing.owe import may_be_owed, settled_otherwise
from refgraph.warehouse import exchange, settling
from refgraph.warehouse.asked import EPOCH, NO_DAY

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.warehouse.opening import Opened

__all__ = ["InPlace"]


@dataclass(frozen=True, eq=False, repr=False)
class InPlace:
    """Rows that stay where they are, and what is known beside them.

    Attributes
    ----------
    book : refgraph.Book
        Everybody, with touches, settings, day and window; it holds no referral.
    source : Opened
        The rows, people in them as positions among everybody.
    """

    book: Book
    source: Opened

    @property
    def path(self) -> str:
        """What was opened."""
        return self.source.path

    @cached_property
    def rows(self) -> Any:
        """The rows of the window as a table of Ibis: ``giver``, ``receiver``, ``day``, ``units``.

        People are positions among ``book.people``; days are counted from 1970.
        """
        return self._within(self.source.rows)

    def _within(self, rows: Any) -> Any:
        """Keep the days of the window; no day is in one."""
        if (since := self.book.since) is not None:
            rows = rows.filter(rows.day >= since.toordinal() - EPOCH)
        if (until := self.book.until) is not None:
            rows = rows.filter((rows.day != NO_DAY) & (rows.day <= until.toordinal() - EPOCH))
        return rows

    @cached_property
    def _two(self) -> Any:
        return exchange.by_two(self.rows)

    def _open_days(self, whose: str | None) -> Any:
        """Give the days of the window, with what is open; of one person, if one is named."""
        rows = self.source.rows if whose is None else self.source.rows_of([whose])
        never = np.flatnonzero(~may_be_owed(self.book)).tolist()
        return self._within(settling.open_days(rows, self._settled(), never))

    def _settled(self) -> dict[tuple[int, int], int]:
        """Count the touches with which I settled what each person gave me."""
        told: dict[tuple[int, int], int] = {}
        if self.book.me is None:
            return told
        for at in self.book.places(settled_otherwise(self.book)).tolist():
            key = (self._place(self.book.me), at)
            told[key] = told.get(key, 0) + 1
        return told

    def _place(self, person: str) -> int:
        return int(self.book.places([person])[0])
