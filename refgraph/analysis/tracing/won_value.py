"""What was won, in exact decimals and never across currencies, and for whom."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.book import professional_limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from refgraph.book.book import Book

    Money = dict[str, Decimal]

__all__ = ["EXACT", "add", "by_value", "clients", "table_of", "tidy", "values"]

#: Sums and products of decimals are exact, however many digits that takes.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])

_OBJECTS = ("value", "won_value", "chain")
_WORDS = ("root", "currency", "giver", "client", "person")


def values(book: Book, receiver: str | None = None) -> Iterator[tuple[str, str, Decimal]]:
    """Yield prospect, currency and value of the won referrals that name a prospect.

    Examples
    --------
    >>> from refgraph import Book
    >>> all(value >= 0 for _, _, value in values(Book.sample()))
    True
    """
    professional_limits.refuse(book)
    rows = book.history
    chosen = (rows["status"] == "won") & (rows["prospect"] != "") & rows["value"].notna()
    if receiver is not None:
        chosen &= rows["receiver"] == receiver
    columns = (rows.loc[chosen, name] for name in ("prospect", "currency", "value"))
    yield from zip(*columns, strict=True)


def clients(book: Book, receiver: str | None = None, *, roles: bool = True) -> list[str]:
    """Name the clients: by their role, and by a won referral (that somebody received).

    Examples
    --------
    >>> from refgraph import Book
    >>> clients(Book.sample())[:2]
    ['Erin Kestrel', 'Farid Nassar']
    """
    professional_limits.refuse(book)
    rows = book.history
    won = (rows["status"] == "won") & (rows["prospect"] != "")
    if receiver is not None:
        won &= rows["receiver"] == receiver
    named = book.people.index[(book.people["role"] == "client") & roles]
    return list(dict.fromkeys([*map(str, named), *rows.loc[won, "prospect"]]))


def add(money: Money, currency: str, value: Decimal) -> None:
    """Add a value to what there is in its currency.

    Examples
    --------
    >>> money = {"EUR": Decimal("0.10")}
    >>> add(money, "EUR", Decimal("0.2")), money
    (None, {'EUR': Decimal('0.30')})
    """
    money[currency] = EXACT.add(money.get(currency, Decimal(0)), value)


def tidy(value: Decimal) -> Decimal:
    """Drop the zeros at the end of what stands behind the point.

    Examples
    --------
    >>> tidy(Decimal("1200.50")), tidy(Decimal("1200.00"))
    (Decimal('1200.5'), Decimal('1200'))
    """
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize(EXACT)


def by_value(currency: str, value: Decimal | None) -> tuple[bool, str, Decimal]:
    """Sort by currency, the largest value first, and what has none last.

    Examples
    --------
    >>> by_value("EUR", Decimal(2)) < by_value("EUR", Decimal(1)) < by_value("", None)
    True
    """
    return value is None, currency, Decimal(0) if value is None else value.copy_negate()


def table_of(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Put rows into columns that have one dtype each, also when there are none.

    Examples
    --------
    >>> table_of(["giver", "won"], []).dtypes.astype(str).tolist()
    ['str', 'int64']
    """
    names = list(columns)
    cells = list(zip(*rows, strict=True)) or [()] * len(names)
    dtypes = dict.fromkeys(_OBJECTS, object) | dict.fromkeys(_WORDS, "str")
    return pd.DataFrame(
        {
            name: pd.Series(list(each), dtype=dtypes.get(name, np.int64))
            for name, each in zip(names, cells, strict=True)
        }
    )
