"""Chains: who started what, what it was worth, and without whom it would not be there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.tracing import won_value
from refgraph.analysis.tracing.client_origins import by_client, essential
from refgraph.analysis.tracing.origin_forest import WHY, Forest, forest
from refgraph.book import professional_limits
from refgraph.errors import OptionError

if TYPE_CHECKING:
    from refgraph.book.book import Book

    Money = dict[str, Decimal]  # by currency

__all__ = ["DECAY", "by_client", "by_giver", "by_person", "by_root", "essential", "unknown"]

DECAY = Decimal("0.5")


def by_person(book: Book, *, touch: str = "first") -> pd.DataFrame:
    """Who brought each person, where their chain began, and who came after them.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    touch : {"first", "last"}, default "first"
        Which of several referrals brought somebody; see
        :func:`refgraph.analysis.tracing.origin_forest.forest`.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, sorted: the people of the book, and the prospects who
        are none of them. ``parent`` ("" where nobody brought them, or it is not
        known), ``root`` (the first of their chain, themselves without a parent),
        ``depth`` (steps from the root), ``children``, ``descendants``, ``date`` and
        ``id`` of the referral that brought them (NaT and "" without a parent).

    Raises
    ------
    OptionError
        `touch` is something else.

    Examples
    --------
    >>> from refgraph import Book
    >>> people = by_person(Book.sample())
    >>> people.loc["Jonas Vetter", ["parent", "root"]].tolist()
    ['Erin Kestrel', 'Carmen Ibarra']
    """
    tree = forest(book, touch=touch)
    names = np.array([*tree.names, ""], dtype=object)
    rows = book.history
    ids = np.array([*rows["id"], ""], dtype=object)
    days = np.append(rows["date"].to_numpy().astype("datetime64[s]"), np.datetime64("NaT", "s"))
    table = pd.DataFrame(
        {
            "parent": pd.Series(names[tree.parent], dtype="str"),
            "root": pd.Series(names[tree.root], dtype="str"),
            "depth": tree.depth,
            "children": tree.children,
            "descendants": tree.descendants,
            "date": days[tree.row],
            "id": pd.Series(ids[tree.row], dtype="str"),
        }
    ).set_axis(pd.Index(tree.names, dtype="str", name="person"))
    return professional_limits.beside(book, table)


def by_root(
    book: Book, *, decay: Decimal | float | str = DECAY, touch: str = "first"
) -> pd.DataFrame:
    r"""Who started what: the people below each root, and what they were worth.

    With :math:`v_c(x)` the value of the won referrals whose prospect is
    :math:`x`, whoever received them, in currency :math:`c`, and :math:`d` the
    steps from root :math:`r` to :math:`x`,

    .. math:: V_c(r) = \sum_{x \text{ below } r} \gamma^{d} v_c(x)

    so somebody the root brought counts :math:`\gamma` of what was won, whom they
    brought in turn :math:`\gamma^2`. Sums are exact, and never across currencies.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    decay : Decimal, float or str, default 0.5
        :math:`\gamma`, above 0 and at most 1.
    touch : {"first", "last"}, default "first"
        Which of several referrals brought somebody.

    Returns
    -------
    pandas.DataFrame
        One row for each root with anybody below, and for each currency that was won
        there: most people first, then the deepest, by root and currency. ``root``,
        ``currency`` ("" where none is known), ``started`` (people below), ``clients``
        (of them, clients by role or with a won referral), ``depth`` (steps to the
        lowest), ``value`` (:math:`V`) and ``won_value`` (with :math:`\gamma = 1`; both
        Decimal, None where no value is recorded), ``chain`` (the longest one, a list).

    Raises
    ------
    OptionError
        `decay` or `touch` is out of range.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = by_root(Book.sample()).set_index(["root", "currency"])
    >>> print(*table.loc[("Carmen Ibarra", "USD"), ["value", "won_value"]])
    3325 11600
    """
    professional_limits.refuse(book)
    gamma = _decay(decay)
    tree = forest(book, touch=touch)
    place = {name: at for at, name in enumerate(tree.names)}
    worth: list[Money] = [{} for _ in place]
    for prospect, currency, value in won_value.values(book):
        won_value.add(worth[place[prospect]], currency, value)
    clients = np.zeros(len(place), dtype=np.int64)
    clients[[place[name] for name in won_value.clients(book)]] = 1
    starters = np.flatnonzero((tree.parent < 0) & (tree.children > 0))
    starters = starters[np.lexsort((starters, -tree.height[starters], -tree.descendants[starters]))]
    total = _below(tree, worth, Decimal(1))
    faded = _below(tree, worth, gamma)
    served = np.bincount(tree.root[tree.order], clients[tree.order], len(place)).astype(np.int64)
    found = [
        (
            tree.names[root],
            currency,
            int(tree.descendants[root]),
            int(served[root]),
            int(tree.height[root]),
            faded[root].get(currency),
            total[root].get(currency),
            tree.longest(root),
        )
        for root in starters.tolist()
        for currency in sorted(total[root]) or [""]
    ]
    columns = ("root", "currency", "started", "clients", "depth", "value", "won_value", "chain")
    return professional_limits.beside(book, won_value.table_of(columns, found))


def by_giver(book: Book) -> pd.DataFrame:
    """Sum up what was won through the referrals of each giver, by currency.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.

    Returns
    -------
    pandas.DataFrame
        Ranked in each currency by value, then by name; those without a currency last:
        ``giver``, ``currency``, ``won`` (referrals won), ``valued`` (of them, with a
        value), ``value`` (Decimal, None where none is recorded).

    Examples
    --------
    >>> from refgraph import Book
    >>> table = by_giver(Book.sample())
    >>> bool((table["valued"] <= table["won"]).all())
    True
    """
    professional_limits.refuse(book)
    rows = book.referrals
    rows = rows[rows["status"] == "won"]
    counts: dict[tuple[str, str], list[int]] = {}
    worth: dict[str, Money] = {}
    columns = (rows[name] for name in ("giver", "currency", "count", "value"))
    for giver, currency, count, value in zip(*columns, strict=True):
        if value is not None:
            won_value.add(worth.setdefault(giver, {}), currency, value)
        each = counts.setdefault((giver, "" if value is None else currency), [0, 0])
        each[0] += count
        each[1] += 0 if value is None else count
    found = [
        (giver, currency, all_won, valued, worth.get(giver, {}).get(currency))
        for (giver, currency), (all_won, valued) in counts.items()
    ]
    found.sort(key=lambda row: (*won_value.by_value(row[1], row[4]), row[0]))
    told = ("giver", "currency", "won", "valued", "value")
    return professional_limits.beside(book, won_value.table_of(told, found))


def unknown(book: Book, *, touch: str = "first") -> pd.DataFrame:
    """Rows that do not say who brought whom, with why.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    touch : {"first", "last"}, default "first"
        Which of several referrals brought somebody.

    Returns
    -------
    pandas.DataFrame
        In the order of :data:`refgraph.analysis.tracing.origin_forest.WHY`, then of the record:
        ``date``, ``giver``, ``receiver``, ``prospect``, ``status``, ``why``, ``id``,
        ``file``, ``line``, ``count``. Prospects whom nobody else in the book is called end
        a chain, and are listed for they may be somebody under another name.

    Examples
    --------
    >>> from refgraph import Book
    >>> unknown(Book.sample())["why"].iloc[0]
    'won, but no prospect is named'
    """
    why = forest(book, touch=touch).why
    at = np.flatnonzero(why)
    at = at[np.argsort(why[at], kind="stable")]
    table = book.history.iloc[at][["date", "giver", "receiver", "prospect", "status"]]
    table["why"] = pd.Series([WHY[reason] for reason in why[at]], index=table.index, dtype="str")
    rest = book.history.iloc[at][["id", "file", "line", "count"]]
    return professional_limits.beside(book, pd.concat([table, rest], axis=1).reset_index(drop=True))


def _decay(decay: Decimal | float | str) -> Decimal:
    try:
        gamma = Decimal(str(decay))
    except ArithmeticError:
        gamma = Decimal(0)
    if not (gamma.is_finite() and 0 < gamma <= 1):
        msg = f"decay must be a number above 0 and at most 1, got {decay!s}"
        raise OptionError(msg)
    return gamma


def _below(tree: Forest, worth: list[Money], gamma: Decimal) -> dict[int, Money]:
    """Sum up what those below each root were worth, each step counting gamma."""
    parent = tree.parent.tolist()
    rising: list[Money] = [{} for _ in worth]  # from below, without their own
    for one in reversed(tree.order.tolist()):
        money, rising[one] = rising[one], {}  # a long chain would keep many long numbers
        for currency, value in worth[one].items():
            won_value.add(money, currency, value)
        for currency, value in money.items():
            won_value.add(rising[parent[one]], currency, won_value.EXACT.multiply(gamma, value))
    return {
        root: {currency: won_value.tidy(value) for currency, value in rising[root].items()}
        for root in np.flatnonzero(tree.parent < 0).tolist()
    }
