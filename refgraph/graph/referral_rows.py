"""Whatever is handed to the door, as checked names, counts and days."""

from __future__ import annotations

import warnings
from numbers import Number
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.errors import GraphError
from refgraph.schema.text import said_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    from numpy.typing import NDArray

__all__ = [
    "NEVER",
    "frame_of_graph",
    "frame_of_triples",
    "in_order",
    "order_by_pair",
    "places_of",
    "read_counts",
    "read_days",
    "read_names",
    "read_span",
]

NEVER = np.iinfo(np.int64).min  #: NaT, as the whole number it is
_COLUMNS = ("giver", "receiver", "count")


def frame_of_triples(rows: Iterable[tuple[Any, Any, Any]]) -> pd.DataFrame:
    """Put (giver, receiver, count) triples into columns, as they are.

    Raises
    ------
    GraphError
        They are no rows, or one of them is no triple.
    """
    try:
        listed = list(rows)
        wrong = [at for at, row in enumerate(listed) if isinstance(row, str) or len(row) != 3]
    except TypeError:
        msg = "referrals are (giver, receiver, count) triples, a table with such columns or a graph"
        raise GraphError(msg) from None
    if wrong:
        msg = (
            f"row {wrong[0] + 1} is {said_by(listed[wrong[0]], repr)}, not (giver, receiver, count)"
        )
        raise GraphError(msg)
    columns = zip(*listed, strict=True) if listed else ((), (), ())
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype=object)
            for name, values in zip(_COLUMNS, columns, strict=True)
        }
    )


def frame_of_graph(G: nx.Graph[Any], *, stacklevel: int) -> pd.DataFrame:
    """List the ties of a directed graph; warn about those left out, and count them.

    Raises
    ------
    GraphError
        It is undirected, or holds an edge that is no tie.
    """
    if not G.is_directed():
        msg = "an undirected graph does not say who gave and who received; pass a DiGraph"
        raise GraphError(msg)
    giver, receiver, told = _edges(G)
    frame = pd.DataFrame({"giver": giver, "receiver": receiver})
    frame["count"] = pd.Series([data.get("weight", 1) for data in told], dtype=object)
    for name in ("first", "last"):
        days = pd.Series([data.get(name) for data in told], dtype=object)
        if days.notna().any():
            frame[name] = days
    loop = (frame["giver"] == frame["receiver"]).to_numpy()
    none = np.array([*map(_is_zero, frame["count"])], dtype=bool) & ~loop
    for dropped, one, more in (
        (loop, "self-referral", "self-referrals"),
        (none, "tie of weight 0", "ties of weight 0"),
    ):
        if total := int(dropped.sum()):
            text = f"left out {total:,} {one if total == 1 else more}"
            warnings.warn(text, stacklevel=stacklevel)
    return frame[~(loop | none)]


def _edges(G: nx.Graph[Any]) -> tuple[pd.Series[Any], pd.Series[Any], list[dict[str, Any]]]:
    """Give who gave, who received and what is known of each edge, in the order of the graph.

    A simple graph keeps them side by side: one by one they take four times as long.
    """
    if G.is_multigraph():
        listed: list[tuple[Any, Any, dict[str, Any]]] = list(G.edges(data=True))
        giver, receiver, told = ([edge[at] for edge in listed] for at in range(3))
    else:
        giver, receiver, told = [], [], []
        for person, others in G.adjacency():
            giver += [person] * len(others)
            receiver += others
            told += others.values()
    return pd.Series(giver, dtype=object), pd.Series(receiver, dtype=object), told


def read_names(frame: pd.DataFrame, column: str) -> tuple[NDArray[np.int64], list[Any]]:
    """Find the different names in a column, and which of them stands in each row.

    Raises
    ------
    GraphError
        A name is missing, or cannot be hashed.
    """
    cells = frame[column]
    known = isinstance(cells.dtype, pd.CategoricalDtype)  # numbered already
    try:
        code, found = pd.factorize(cells if known else cells.to_numpy(dtype=object))
    except TypeError:
        msg = f"every {column} must be a name: a text, a number or another hashable value"
        raise GraphError(msg) from None
    if len(nobody := np.flatnonzero(code < 0)):
        msg = f"row {nobody[0] + 1} has no {column}"
        raise GraphError(msg)
    return code, found.tolist()


def in_order(named: Iterable[Any], people: Iterable[Any]) -> list[Any]:
    """Put everybody in order, once.

    Raises
    ------
    GraphError
        They are no list of names.
    """
    try:
        found = dict.fromkeys(named) | dict.fromkeys(people)
    except TypeError:
        found = {None: None}
    if isinstance(people, str) or any(one is None or one != one for one in found):  # noqa: PLR0124  # NaN
        msg = "people must be a list of names"
        raise GraphError(msg)
    try:
        return sorted(found)
    except TypeError:  # names of several types, in a foreign graph
        return sorted(found, key=lambda one: (type(one).__name__, said_by(one)))


def places_of(
    code: NDArray[np.int64], found: Iterable[Any], people: Iterable[Any]
) -> NDArray[np.int64]:
    """Where among people the name in each row stands; see :func:`read_names`."""
    place = {person: at for at, person in enumerate(people)}
    return np.array([place[name] for name in found], dtype=np.int64)[code]


def read_counts(frame: pd.DataFrame) -> NDArray[np.float64]:
    """Read the column ``count``, 1 where there is none; refuse what is no number above 0.

    Raises
    ------
    GraphError
        A count is no finite number above 0.
    """
    if "count" not in frame:
        return np.ones(len(frame))
    try:
        count = frame["count"].to_numpy(dtype=float)
    except (TypeError, ValueError, OverflowError):
        count = np.array([_number(cell) for cell in frame["count"]], dtype=float)
    if len(wrong := np.flatnonzero(~(np.isfinite(count) & (count > 0)))):
        row = frame.iloc[wrong[0]]
        giver, receiver, told = (said_by(row[name], repr) for name in _COLUMNS)
        msg = f"the count for {giver} to {receiver} must be a finite number above 0, got {told}"
        raise GraphError(msg)
    return count


def _is_zero(count: Any) -> bool:
    try:
        return bool(count == 0)
    except (TypeError, ValueError, ArithmeticError):  # no number, which is refused later
        return False


def _number(cell: Any) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError, OverflowError):
        return np.nan


def read_days(dates: pd.Series[Any]) -> NDArray[np.int64]:
    """Days since 1970-01-01; :data:`NEVER` where there is no date.

    Raises
    ------
    GraphError
        Something is no date.

    Examples
    --------
    >>> read_days(pd.Series(["1970-01-02", None])).tolist() == [1, NEVER]
    True
    """
    msg = "the dates of referrals must be dates, or texts like 2026-03-01"
    if dates.dtype.kind != "M":
        dates = dates.astype(object).where(dates.notna(), None)
        if any(isinstance(day, Number) for day in dates):
            raise GraphError(msg)
    try:
        known = pd.to_datetime(dates, format="ISO8601").dt.tz_localize(None)
    except (TypeError, ValueError, AttributeError):
        raise GraphError(msg) from None
    return known.to_numpy().astype("datetime64[D]").astype(np.int64)


def read_span(frame: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day of each row: both its date, unless it is a tie with a span of its own.

    Examples
    --------
    >>> first, last = read_span(pd.DataFrame({"date": ["1970-01-02"]}))
    >>> first.tolist(), last.tolist()
    ([1], [1])
    """
    never = np.full(len(frame), NEVER)
    if "date" in frame:
        day = read_days(frame["date"])
        return day, day
    first, last = (read_days(frame[name]) if name in frame else never for name in ("first", "last"))
    return np.where(first == NEVER, last, first), np.where(last == NEVER, first, last)


def order_by_pair(
    first: NDArray[np.int64], second: NDArray[np.int64], people: int
) -> NDArray[np.intp]:
    """Sort by first, then second, and else as they came.

    Examples
    --------
    >>> order_by_pair(np.array([1, 0, 1]), np.array([0, 1, 0]), 2).tolist()
    [1, 0, 2]
    """
    narrow = np.min_scalar_type(people)  # few bits are sorted by counting, in no time
    return np.lexsort((second.astype(narrow), first.astype(narrow)))
