"""Rows of a table as plain values, the same for every way of printing them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from refgraph.schema.among_texts import listed
from refgraph.schema.columns import columns_where

__all__ = ["rows_of", "values_of"]


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values: whole numbers as int, dates as ISO text, no answer as None."""
    columns = {str(name): values_of(table[name]) for name in table}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


# Ratings and kinds of introduction are whole, and may be missing.
_LEVELS = frozenset(columns_where(dtype="number"))


def values_of(column: pd.Series[Any]) -> list[Any]:
    """Values of one column, as plain as those of rows; a column of levels is one of integers.

    Examples
    --------
    >>> values_of(pd.Series([1.0, float("nan")], name="handoff"))
    [1, None]
    """
    if column.dtype.kind in "iub":
        return [None if value is pd.NA else value for value in column.tolist()]
    if column.dtype.kind == "f":
        values = [None if math.isnan(value) else value for value in column.tolist()]
    elif column.dtype.kind == "M":  # few days, over and over
        codes, days = pd.factorize(column)
        told = [*map(_plain, days), None]
        return [told[code] for code in codes.tolist()]
    elif isinstance(column.dtype, pd.StringDtype):
        return [value if isinstance(value, str) and value else None for value in listed(column)]
    else:
        values = [_plain(value) for value in column.tolist()]
    numbers = [value for value in values if isinstance(value, float)]
    if column.name in _LEVELS and all(number.is_integer() for number in numbers):
        return [int(value) if isinstance(value, float) else value for value in values]
    return values


def _plain(value: Any) -> Any:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "strftime"):  # a date, or NaT, the only one that is not itself
        return value.strftime("%Y-%m-%d") if value == value else None  # noqa: PLR0124
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return value
