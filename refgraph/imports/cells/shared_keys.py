"""Rows as dictionaries that hold the names of their columns once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["rows_like"]

# So many objects Python waits for before it reserves no more room than they need.
_SETTLED = 32


def rows_like(blank: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
    """Give what makes rows with these columns and values, to be filled where they differ.

    Python holds the keys of the attributes of objects once for a class. Such a dictionary takes
    half the memory of another with the same keys, and so do its copies, as long as no key is
    added: a file has as many rows as it pleases, and a few columns.

    Parameters
    ----------
    blank : mapping of str to object
        What a row holds before it is filled.

    Examples
    --------
    >>> make = rows_like({"giver": "", "receiver": ""})
    >>> one, two = make(), make()
    >>> one["giver"] = "Ann"
    >>> one, two
    ({'giver': 'Ann', 'receiver': ''}, {'giver': '', 'receiver': ''})
    """
    kind = type("Row", (), {})
    for _ in range(_SETTLED):
        holder = kind()
        for name, value in blank.items():
            setattr(holder, name, value)
    one: dict[str, Any] = vars(holder)
    return one.copy
