"""Colours and sizes of marks by a column or by values of one's own, and what the legend says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.errors import RefgraphError
from refgraph.graph.door import adjacency
from refgraph.maps.drawing import legend
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.shades import shades

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book

    Look = tuple[str, str, str]

__all__ = ["OWN", "Worn", "worn"]

_SHADES = 5
_LONGEST = 28  # letters of a value in the legend


@dataclass(frozen=True, eq=False)
class Worn:
    """What colours and sizes tell.

    Attributes
    ----------
    colors : mapping of person to color, or None
        None where colours are those of roles.
    items : sequence of Item
        Entries of the legend for the colours.
    sizes : mapping of person to number, or None
        None where the map has sizes of its own.
    bigger : str
        The entry of the legend for the sizes.
    """

    colors: Mapping[str, str] | None = None
    items: Sequence[legend.Item] = ()
    sizes: Mapping[str, float] | None = None
    bigger: str = ""

    @property
    def is_sized(self) -> bool:
        """Whether sizes are by value."""
        return self.sizes is not None

    def look(self, person: str, role: Look) -> Look:
        """Give shape, colour and word of somebody; hollow, if they have no value.

        Examples
        --------
        >>> Worn({"Ann": "#112233"}).look("Ann", ("square", "#7f8894", "other"))
        ('square', '#112233', 'other')
        >>> OWN.look("Ann", ("square", "#7f8894", "other"))[1]
        '#7f8894'
        """
        if self.colors is None:
            return role
        shape, _, word = role
        if person not in self.colors:
            return "ring", theme.ROLES["other"][1], word
        return "circle" if shape == "ring" else shape, self.colors[person], word

    def shares(self, people: Iterable[str]) -> NDArray[np.float64]:
        """Give how large each is, as a share of the largest radius: the area is in proportion.

        Examples
        --------
        >>> Worn(sizes={"Ann": 4.0, "Bo": 1.0}).shares(["Ann", "Bo", "Cy"]).tolist()
        [1.0, 0.5, 0.0]
        """
        sizes = self.sizes or {}
        most = max(sizes.values(), default=0.0) or 1.0
        shares = np.array([sizes.get(person, 0.0) / most for person in people], dtype=float)
        return np.asarray(np.sqrt(shares), dtype=float)


OWN = Worn()  #: The map's own colours and sizes.


def worn(
    book: Book,
    tables: Sequence[pd.DataFrame],
    people: Sequence[str],
    *,
    color: str | Mapping[str, Any] | None,
    size: str | Mapping[str, Any] | None,
) -> Worn:
    """Read what colours and sizes are to tell.

    Parameters
    ----------
    book : Book
        Finds people by their names, and adds up what they gave and received.
    tables : sequence of DataFrame
        Whose columns may be named; one row each person.
    people : sequence of str
        Everybody who may be drawn.
    color, size : str or mapping, optional
        A column, or a value for each person.

    Returns
    -------
    Worn
        The map's own where neither is given.

    Raises
    ------
    RefgraphError
        There is no such column or person, nobody drawn has a value, or a size is no number of 0
        or more.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> told = worn(book, [book.people], ["Alice Merton"], color=None, size={"Alice Merton": 2})
    >>> told.bigger
    'bigger: more value'
    """
    if color is None and size is None:
        return OWN
    colors: Mapping[str, str] | None = None
    sizes: Mapping[str, float] | None = None
    items: Sequence[legend.Item] = ()
    bigger = ""
    if color is not None:
        title, values = _values(book, tables, people, color, "color")
        colors, items = _colored(title, values)
    if size is not None:
        title, values = _values(book, tables, people, size, "size")
        sizes = {person: _sized(person, value) for person, value in values.items()}
        bigger = f"bigger: more {title}"
    return Worn(colors, items, sizes, bigger)


def _values(
    book: Book,
    tables: Sequence[pd.DataFrame],
    people: Sequence[str],
    asked: str | Mapping[str, Any] | pd.Series[Any],
    option: str,
) -> tuple[str, dict[str, Any]]:
    """Give what the values are called, and that of everybody drawn who has one."""
    if isinstance(asked, str):
        title, known = asked.replace("_", " "), _column(book, tables, asked, option)
    elif isinstance(asked, pd.Series | Mapping):
        name = getattr(asked, "name", None)
        title = "value" if name is None else str(name).replace("_", " ")
        known = {book.person(str(person)): value for person, value in asked.items()}
    else:
        msg = f"{option} is {asked!r}. Give the name of a column, or a mapping of names to values."
        raise RefgraphError(msg)
    found = {person: known[person] for person in people if _is_told(known.get(person))}
    if not found:
        msg = f"Nobody on this map has a {title} to go by. Give {option} a value for some of them."
        raise RefgraphError(msg)
    return title, found


def _column(book: Book, tables: Sequence[pd.DataFrame], name: str, option: str) -> dict[str, Any]:
    """Give a column by its name."""
    sums = {} if book.settings.hides else {"given": 1, "received": 0}  # by the axis to sum along
    if name in sums:
        graph = book.graph()
        totals = np.asarray(adjacency(graph).sum(axis=sums[name])).ravel()
        return dict(zip(graph, totals.tolist(), strict=True))
    hidden = {"given", "received"} - {*sums}
    columns = {str(each): table[each] for table in tables for each in table if each not in hidden}
    if name in columns:
        return dict(zip(map(str, columns[name].index), columns[name].tolist(), strict=True))
    *others, last = dict.fromkeys([*columns, *sums])
    msg = f"There is no column {name!r} for {option}. Choose {', '.join(others)} or {last}."
    raise RefgraphError(msg)


def _is_told(value: Any) -> bool:
    """Tell whether there is a value.

    Examples
    --------
    >>> [_is_told(value) for value in (0, "x", "", None, float("nan"), pd.NA)]
    [True, True, False, False, False, False]
    """
    return bool(pd.api.types.is_scalar(value) and not pd.isna(value) and str(value).strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_) and isfinite(value)


def _sized(person: str, value: Any) -> float:
    """Read a size.

    Examples
    --------
    >>> _sized("Ann", -1)
    Traceback (most recent call last):
    ...
    refgraph.errors.RefgraphError: The size of Ann is -1. Give numbers of 0 or more.
    """
    if not _is_number(value) or value < 0:
        msg = f"The size of {person} is {value!r}. Give numbers of 0 or more."
        raise RefgraphError(msg)
    return float(value)


def _colored(title: str, values: Mapping[str, Any]) -> tuple[dict[str, str], list[legend.Item]]:
    """Give everybody's colour, and the entries of the legend."""
    if all(_is_number(value) for value in values.values()):
        return _shaded(title, {person: float(value) for person, value in values.items()})
    said = {person: str(value).strip() for person, value in values.items()}
    counts = Counter(said.values())
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    four = [theme.ROLES[role][1] for role in ("client", "partner", "prospect")] + [theme.ME]
    own = dict(zip(ranked, dict.fromkeys(four), strict=False))
    grey = theme.ROLES["other"][1]
    items = [legend.mark("circle", color, _cut(word)) for word, color in own.items()]
    others = ranked[len(own) :]
    if others:
        told = _cut(others[0]) if len(others) == 1 else f"{len(others):,} other values"
        items.append(legend.mark("circle", grey, told))
    return {person: own.get(word, grey) for person, word in said.items()}, items


def _shaded(title: str, values: Mapping[str, float]) -> tuple[dict[str, str], list[legend.Item]]:
    """Give shades of one colour, from the least number to the largest."""
    low, high = min(values.values()), max(values.values())
    worn = shades(theme.ROLES["client"][1], _SHADES if high > low else 1)
    step = (high - low) / len(worn) or 1.0
    at = {person: min(int((value - low) / step), len(worn) - 1) for person, value in values.items()}
    text = phrases.number(low) + (f" to {phrases.number(high)}" if high > low else "")
    return {person: worn[k] for person, k in at.items()}, [
        legend.swatches(worn, f"{title}: {text}")
    ]


def _cut(word: str) -> str:
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 1].rstrip()}…"
