"""Questions in place about who owes whom, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing import owe
from refgraph.book import professional_limits
from refgraph.warehouse import settling, with_names
from refgraph.warehouse.asked import EPOCH, NO_DAY, Asked, days_of, sent
from refgraph.warehouse.in_place import InPlace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Owed"]

_DAYS = ("oldest_open", "last_from_them", "last_from_me")
_AGED = ("referrals", "people")


@dataclass(frozen=True, eq=False, repr=False)
class Owed(InPlace):
    """What a record in place can be asked about what is open."""

    def owe(self, person: str | None = None, *, everybody: bool = False) -> Asked:
        """Tell whom one person owes a referral: :func:`refgraph.owe.rank`.

        Parameters
        ----------
        person : str, optional
            Who asks; the record's me if not given. Without either, everyone is asked.
        everybody : bool, default False
            All pairs as each of the two sees them, with nothing open too:
            :func:`refgraph.owe.pairs`.

        Raises
        ------
        UnknownPersonError
            The person named is not in the record.
        WithheldError
            The profession of the record does not allow it.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> from refgraph.warehouse.warehouse import Warehouse
        >>> bool((Warehouse.open("refgraph/sample").owe().execute()["open"] >= 1).all())
        True
        """
        professional_limits.refuse(self.book)
        whose = None if everybody else self.book.whose(person)
        found = settling.in_both_directions(settling.standing(self._open_days(whose)))
        if whose is not None:
            found = found.filter(found.me == self._place(whose))
        if everybody:
            found = found.order_by("me", "person")
        else:
            found = found.filter(found.open > 0)
            undated = found.oldest_open == NO_DAY
            found = found.order_by(undated, found.oldest_open, found.me, found.person)

        def read(columns: Mapping[str, NDArray[np.int64]]) -> pd.DataFrame:
            dated = {name: days_of(columns[name]) for name in _DAYS}
            table = owe.tabulate(self.book, {**columns, **dated})
            return table if whose is None else table.drop(columns="me")

        told = with_names.owed(self.book, found, _DAYS)
        return Asked(self.path, found, told if whose is None else told.drop("me"), read)

    def ageing(self, person: str | None = None) -> Asked:
        """Tell what is open, by how long it has been: :func:`refgraph.owe.ageing`.

        Raises
        ------
        UnknownPersonError
            The person named is not in the record.
        WithheldError
            The profession of the record does not allow it.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> from refgraph.warehouse.warehouse import Warehouse
        >>> list(Warehouse.open("refgraph/sample").ageing().execute())
        ['referrals', 'people']
        """
        professional_limits.refuse(self.book)
        whose = self.book.whose(person)
        days = self._open_days(whose)
        me = None if whose is None else self._place(whose)
        coded = settling.by_age(days, self.book.today.toordinal() - EPOCH, owe.LAST_DAYS, me)
        names = sent({"age": range(len(owe.AGES)), "open_for": owe.AGES})
        told = coded.inner_join(names, "age").order_by("age")

        def read(found: Mapping[str, NDArray[np.int64]]) -> pd.DataFrame:
            told = {name: np.zeros(len(owe.AGES), dtype=np.int64) for name in _AGED}
            for name in _AGED:
                told[name][found["age"]] = found[name]
            return pd.DataFrame(told, index=pd.Index(owe.AGES, name="open for"))

        return Asked(self.path, coded, told.select("open_for", *_AGED), read)
