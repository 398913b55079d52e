"""Whom I may refer, and what a referral to each would be: a start, a return, a further gift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.errors import OptionError
from refgraph.schema.among_texts import is_one_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = [
    "AGAIN",
    "FIRST_TRY",
    "PARTS",
    "ROLES",
    "SETTLE",
    "START",
    "in_order",
    "left_out",
    "level",
    "may_be_referred",
]

START, SETTLE, AGAIN, FIRST_TRY = PARTS = ("start", "settle", "again", "first try")
ROLES = ("client", "partner", "")  # a person without a role may be a client
_PLACES = 10  # first tries take the last of every ten


def may_be_referred(book: Book, whose: str) -> NDArray[np.bool_]:
    """Tell of each of ``book.people`` whether ``whose`` may refer somebody to them.

    Clients, partners and people without a role may, unless marked ``do_not_refer``; not
    ``whose``, and nobody who was referred to ``whose`` and still waits for a call: the newest
    referral of them stands as ``given``, and they have referred to nobody themselves.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> bool(may_be_referred(book, book.me)[book.places([book.me])[0]])
    False
    """
    people = book.people
    chosen = people["role"].isin(ROLES) & ~people["do_not_refer"]
    return np.asarray(chosen & (people.index != whose) & ~_waiting(book, whose))


def left_out(book: Book, whose: str) -> dict[str, int]:
    """Count the others whom ``whose`` may refer nobody to, each by the first reason that holds.

    Returns
    -------
    dict of str to int
        ``do_not_refer``, ``role`` (another than those of ``ROLES``), ``waiting`` (still waits for
        a call): with the candidates they are everybody but ``whose``.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> candidates = int(may_be_referred(book, book.me).sum())
    >>> sum(left_out(book, book.me).values()) + candidates == len(book.people) - 1
    True
    """
    people, left = book.people, np.asarray(book.people.index != whose)
    found = {}
    for reason, holds in (
        ("do_not_refer", people["do_not_refer"].to_numpy(dtype=bool)),
        ("role", ~people["role"].isin(ROLES).to_numpy()),
        ("waiting", _waiting(book, whose)),
    ):
        found[reason] = int((left & holds).sum())
        left = left & ~holds
    return found


def _waiting(book: Book, whose: str) -> NDArray[np.bool_]:
    """Tell who was referred to ``whose``, was not contacted so far, and has referred nobody."""
    _, receiver = book.ends
    prospect = book.column("prospect")
    rows = np.flatnonzero((receiver == book.places([whose])[0]) & (prospect != "").to_numpy())
    newest = prospect.iloc[rows].drop_duplicates(keep="last")  # the record comes by date
    names = newest[book.column("status").loc[newest.index].isin(["given", ""])]
    waits = is_one_of(book.people.index, names)
    waits[book.ends[0]] = False
    return np.asarray(waits)


def in_order(
    table: pd.DataFrame, *, first_tries: int, chosen: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int64], list[str]]:
    """Give the order of the list, and the part each line of it belongs to.

    The most ``added`` comes first; of those level, to whom more is open, then whom one could
    introduce somebody to, then by ``turn``. The last ``first_tries`` of every full
    ten places go to those of whom least is known (the widest interval) among people who never
    had anything and to whom nothing is open: who is asked about nobody is never learned of.

    Parameters
    ----------
    table : DataFrame
        ``added``, ``added_low``, ``added_high``, ``open``, ``i_gave``, ``introduces`` (bool),
        ``turn`` (whole numbers).
    first_tries : int
        Of every ten places, 0 to 5.
    chosen : ndarray of bool, optional
        Who are candidates; the others are in no part and never a first try. All if not given.

    Returns
    -------
    order : ndarray of int64
        Rows of the table, best first.
    part : list of str
        In that order.

    Raises
    ------
    OptionError
        More than half of the places, or less than none, are to be first tries.

    Examples
    --------
    Of eleven, all level, the last two of ten places are kept for who never had anything:

    >>> import pandas as pd
    >>> lines = pd.DataFrame({"i_gave": [0, 0, 0] + [1] * 8, "open": [1, 0, 0] + [0] * 8})
    >>> lines = lines.assign(added=0.1, added_low=0.0, added_high=0.7, introduces=False)
    >>> lines["turn"] = range(11)
    >>> order, part = in_order(lines.assign(added=[0.1] * 3 + [0.3] * 8), first_tries=2)
    >>> order.tolist(), part[7:]
    ([3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 0], ['again', 'first try', 'first try', 'start'])
    """
    if not 0 <= first_tries <= _PLACES // 2:
        msg = f"first tries take 0 to {_PLACES // 2} of every {_PLACES} places, not {first_tries}"
        raise OptionError(msg)
    may = np.ones(len(table), dtype=bool) if chosen is None else chosen
    keys = [-table[name].to_numpy().astype(float) for name in ("introduces", "open", "added")]
    order = np.lexsort((table["turn"].to_numpy(), *keys))
    little = may & ((table["i_gave"] == 0) & (table["open"] == 0)).to_numpy()
    width = (table["added_high"] - table["added_low"]).to_numpy()
    tries = order[np.argsort(-width[order], kind="stable")]
    tries = tries[little[tries]]
    return _placed(order, tries, first_tries, [_part(row) for row in _rows(table, may)])


def _placed(
    order: NDArray[np.int64], tries: NDArray[np.int64], first_tries: int, part: list[str]
) -> tuple[NDArray[np.int64], list[str]]:
    """Put the first tries in the last places of every full ten."""
    usual, rare = order.tolist(), tries.tolist()
    taken, found = [False] * len(usual), []
    at = next_rare = 0
    full = len(usual) - len(usual) % _PLACES
    for place in range(len(usual)):
        turn = place < full and place % _PLACES >= _PLACES - first_tries
        while turn and next_rare < len(rare) and taken[rare[next_rare]]:
            next_rare += 1
        if turn and next_rare < len(rare):
            row = rare[next_rare]
            part[row] = FIRST_TRY
        else:
            while taken[usual[at]]:
                at += 1
            row = usual[at]
        taken[row] = True
        found.append(row)
    return np.array(found, dtype=np.int64), [part[row] for row in found]


def _rows(table: pd.DataFrame, may: NDArray[np.bool_]) -> Any:
    return zip(may.tolist(), table["i_gave"].tolist(), table["open"].tolist(), strict=True)


def _part(row: tuple[bool, int, int]) -> str:
    may, i_gave, owed = row
    if not may:
        return ""
    if not i_gave:
        return START
    return SETTLE if owed else AGAIN


def level(table: pd.DataFrame) -> int:
    """Count the first rows that cannot be told apart by what one more referral adds.

    A row is level with the first one as long as the chance that the first adds more is below
    0.9, taking what each adds as normal with a standard deviation of a quarter of its 95 %
    interval (the width over 3.92), and the two as independent.

    Parameters
    ----------
    table : DataFrame
        ``added``, ``added_low``, ``added_high``, the most first.

    Examples
    --------
    >>> import pandas as pd
    >>> level(
    ...     pd.DataFrame(
    ...         {
    ...             "added": [0.6, 0.5, 0.1],
    ...             "added_low": [0.4, 0.3, 0.0],
    ...             "added_high": [0.8, 0.7, 0.2],
    ...         }
    ...     )
    ... )
    2
    """
    if table.empty:
        return 0
    spread = ((table["added_high"] - table["added_low"]) / 3.92).to_numpy(dtype=float)
    ahead = table["added"].iloc[0] - table["added"].to_numpy(dtype=float)
    told_apart = ahead > _NINE_TENTHS * np.hypot(spread, spread[0])
    return int(np.argmax(told_apart)) if told_apart.any() else len(table)


_NINE_TENTHS = 1.2816  # standard deviations
