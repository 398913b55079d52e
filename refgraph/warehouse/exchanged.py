"""Questions in place about what went each way, and how much of it comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.reciprocity import balance, circulation, reciprocity
from refgraph.book import professional_limits
from refgraph.warehouse import exchange, with_names
from refgraph.warehouse.asked import Asked, fetch
from refgraph.warehouse.in_place import InPlace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Exchanged"]


@dataclass(frozen=True, eq=False, repr=False)
class Exchanged(InPlace):
    """What a record in place can be asked about giving and receiving."""

    def pairs(self) -> Asked:
        """Tell what went each way between every two people: :func:`refgraph.balance.by_pair`.

        Raises
        ------
        WithheldError
            The profession of the record does not allow it.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> from refgraph.warehouse.warehouse import Warehouse
        >>> list(Warehouse.open("refgraph/sample").pairs().execute())
        ['a', 'b', 'a_to_b', 'b_to_a', 'balance', 'rate']
        """
        professional_limits.refuse(self.book)
        two = self._two.order_by("low", "high")
        told = two.select(a=two.low, b=two.high, a_to_b=two.forth, b_to_a=two.back)
        told = told.mutate(
            balance=told.a_to_b - told.b_to_a, rate=with_names.rate(told.a_to_b, told.b_to_a)
        )

        def read(found: Mapping[str, NDArray[np.int64]]) -> pd.DataFrame:
            return self._of_pairs(found)[balance.OF_PAIRS]

        return Asked(self.path, two, with_names.named(self.book, told, "a", "b"), read)

    def by_pair(self) -> Asked:
        """Tell how even every two people are: :func:`refgraph.reciprocity.by_pair`.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> from refgraph.warehouse.warehouse import Warehouse
        >>> list(Warehouse.open("refgraph/sample").by_pair().execute())[-3:]
        ['min_max', 'coherence', 'rate']
        """
        whole = self.pairs()
        told = with_names.evenness(whole.told)
        return replace(whole, told=told, read=self._of_pairs)

    def balance(self) -> Asked:
        """Tell what each person gave and received: :func:`refgraph.balance.by_person`.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> from refgraph.warehouse.warehouse import Warehouse
        >>> list(Warehouse.open("refgraph/sample").balance().execute())
        ['given', 'received', 'balance', 'rate']
        """
        whole = self.by_person()
        told = whole.told.mutate(balance=whole.told.given - whole.told.received)

        def read(found: Mapping[str, NDArray[np.int64]]) -> pd.DataFrame:
            table: pd.DataFrame = whole.read(found)
            table["balance"] = table["given"] - table["received"]
            return table[balance.OF_PEOPLE]

        return replace(whole, told=told.select(exchange.WHO, *balance.OF_PEOPLE), read=read)

    def by_person(self) -> Asked:
        """Tell how much of what each person gave came back: :func:`refgraph.reciprocity.by_person`.

        Raises
        ------
        WithheldError
            The profession of the record does not allow it.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> from refgraph.warehouse.warehouse import Warehouse
        >>> int(Warehouse.open("refgraph/sample").by_person().execute()["mutual"].sum()) % 2
        0
        """
        professional_limits.refuse(self.book)
        sums = exchange.per_person(self._two)
        names = ("given", "received", "mutual")

        def read(found: Mapping[str, NDArray[np.int64]]) -> pd.DataFrame:
            everybody = self.book.people.index
            told = {name: np.zeros(len(everybody)) for name in names}
            for name in names:
                told[name][found[exchange.WHO]] = found[name]
            return reciprocity.of_people(everybody, **told)

        return Asked(self.path, sums, with_names.of_everybody(self.book, sums, names), read)

    def reciprocity(self, *, with_all: bool = True) -> Asked:
        """Tell how mutual the whole record is: :func:`refgraph.reciprocity.overall`.

        The circulation of few enough ties is computed here, from their sums.

        Parameters
        ----------
        with_all : bool, default True
            Whether people without a referral in the window count among all who could have one.

        Raises
        ------
        WithheldError
            The profession of the record does not allow it.

        Examples
        --------
        >>> from pytest import importorskip
        >>> _ = importorskip("ibis", reason="no Ibis here")
        >>> from refgraph.warehouse.warehouse import Warehouse
        >>> float(Warehouse.open("refgraph/sample").reciprocity().execute()["people"])
        14.0
        """
        professional_limits.refuse(self.book)
        people = exchange.per_person(self._two)
        squares = people.agg(
            squares=(people.gives_to * people.gives_to).sum().fill_null(0).cast("int64"),
            people=people.count().cast("int64"),
        )
        coded = exchange.totals(self._two).cross_join(squares)

        def read(found: Mapping[str, NDArray[np.int64]]) -> pd.Series[float]:
            number = len(self.book.people) if with_all else int(found["people"][0])
            return self._overall(found, number)

        return Asked(self.path, coded, coded, read)

    def _of_pairs(self, found: Mapping[str, NDArray[np.int64]]) -> pd.DataFrame:
        everybody = self.book.people.index.rename(None)
        forth, back = (found[name].astype(float) for name in ("forth", "back"))
        return reciprocity.tabulate_pairs(
            everybody[found["low"]], everybody[found["high"]], forth, back
        )

    def _overall(self, found: Mapping[str, NDArray[np.int64]], people: int) -> pd.Series[float]:
        told = {name: int(values[0]) for name, values in found.items()}
        pairs, mutual = told["pairs"], told["mutual"]
        values = reciprocity.of_counts(
            people=people,
            mutual=mutual,
            one_way=pairs - mutual,
            squares=told["squares"],
            referrals=float(told["referrals"]),
            matched=float(told["matched"]),
        )
        values["circulation"] = np.nan
        if pairs and pairs + mutual <= circulation.LIMIT:
            values["circulation"] = self._circulation()
        return values

    def _circulation(self) -> float:
        from refgraph.graph.door import referral_graph  # noqa: PLC0415  # networkx, 0.1 s

        two = fetch(self.path, self._two)
        forth, back = two["forth"] > 0, two["back"] > 0
        ends = [
            np.r_[two["low"][forth], two["high"][back]],
            np.r_[two["high"][forth], two["low"][back]],
        ]
        everybody = self.book.people.index
        names = (pd.Categorical.from_codes(each, everybody) for each in ends)
        counts = np.r_[two["forth"][forth], two["back"][back]]
        columns = ("giver", "receiver", "count")
        told = dict(zip(columns, (*names, counts), strict=True))
        G = referral_graph(pd.DataFrame(told), people=everybody)
        return float(reciprocity.overall(G)["circulation"])
