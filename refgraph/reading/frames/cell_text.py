"""Values of a frame become the text that a CSV file would hold, each distinct one once."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

import numpy as np
import pandas as pd

from refgraph.schema.columns import columns_where
from refgraph.schema.distinct_values import Column
from refgraph.schema.text import FieldError, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_missing", "text_column", "text_of"]

_DAYS = frozenset(columns_where(dtype="day"))
_WHOLE = frozenset(columns_where(dtype="number") + columns_where(dtype="whole"))
_PLACES = 9  # decimals that an amount may have
_MOST_DIGITS = 400  # of a number: those of any float; one of Decimal may have a thousand million
_TOO_LARGE = 10**_MOST_DIGITS
# Kinds of objects of which equal ones are written alike; 1 equals True, and a moment
# equals the same moment of another zone.
_ALIKE = frozenset(("string", "date", "integer", "floating", "boolean", "empty"))


def text_column(values: pd.Series[Any], name: str = "") -> tuple[Column, dict[int, FieldError]]:
    """Write a column of a frame as text; blank where a value is missing.

    Parameters
    ----------
    values : Series
        Of any type. A moment becomes the day of its own zone in a column of days.
    name : str
        The column of ours that it is.

    Returns
    -------
    Column
        A text for each row.
    dict
        By their place, the values that are no text, number or day.

    Examples
    --------
    >>> text_column(pd.Series([3.0, None, 3.0]), "count")
    (['3', '', '3'], {})
    >>> text_column(pd.Series(pd.to_datetime(["2026-01-05T23:30:00-05:00"])), "date")[0]
    ['2026-01-05']
    """
    if values.dtype.kind == "M" and name in _DAYS:
        return _day_column(values), {}
    distinct: Sequence[Any]
    if values.dtype != object or pd.api.types.infer_dtype(values, skipna=True) in _ALIKE:
        try:
            codes, found = values.factorize()
            distinct = list(found)
        except (TypeError, NotImplementedError):  # lists, and some columns of Arrow
            codes, distinct = np.arange(len(values)), values.tolist()
    else:
        codes, distinct = np.arange(len(values)), values.tolist()
    texts, wrong = [], {}
    for at, value in enumerate(distinct):
        try:
            texts.append(text_of(value, name))
        except FieldError as error:
            texts.append("")
            wrong[at] = error
    rows = np.flatnonzero(np.isin(codes, list(wrong))).tolist() if wrong else []
    return _shared(texts, codes), {row: wrong[int(codes[row])] for row in rows}


def _shared(texts: list[str], codes: np.ndarray[Any, Any]) -> Column:
    """Give equal texts one place, and what is missing (a code below 0) that of a blank one."""
    if (codes < 0).any():
        texts = [*texts, ""]
    column = Column.of(texts)
    return Column(column.distinct, column.codes[codes])


def _day_column(moments: pd.Series[Any]) -> Column:
    """Write moments as the days on which they were in their own zone."""
    has_no_zone = moments.dtype.type is date  # days of Arrow, which have no hour either
    local = moments if has_no_zone else moments.dt.tz_localize(None)
    days = local.astype("datetime64[us]").to_numpy().astype("datetime64[D]").astype("datetime64[s]")
    codes, distinct = pd.factorize(days)
    return _shared(np.datetime_as_string(distinct.astype("datetime64[D]")).tolist(), codes)


def text_of(value: Any, name: str = "") -> str:
    """Write one value as a CSV file would hold it.

    Raises
    ------
    FieldError
        It is no text, number or day, nor a list of texts.

    Examples
    --------
    >>> text_of(3.0), text_of(Decimal("1250.50")), text_of(None), text_of(("a", "b"))
    ('3', '1250.50', '', 'a; b')
    """
    if isinstance(value, str):
        return str(value)
    if is_missing(value):
        return ""
    return _written(value, name)


def is_missing(value: Any) -> bool:
    """Tell whether a value stands for nothing, as NaN of any kind does.

    Examples
    --------
    >>> is_missing(None), is_missing(Decimal("sNaN")), is_missing("NaN"), is_missing(())
    (True, True, False, False)
    """
    if isinstance(value, Decimal):  # asked whether it is itself, a signalling NaN raises
        return value.is_nan()
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _refuse_long() -> NoReturn:
    refuse(f"this cell holds a number of more than {_MOST_DIGITS} digits", "write a smaller one")


@singledispatch
def _written(value: Any, _: str) -> str:
    """Write a value that is there, and no text, by its type."""
    refuse(
        f"this cell holds a value of type {type(value).__name__}",
        "write it as text, a number or a day first",
    )


@_written.register(list)
@_written.register(tuple)
@_written.register(np.ndarray)
def _(value: Sequence[Any], _: str) -> str:
    if not all(isinstance(each, str) for each in value):
        refuse("this cell holds a list, and not all of it is text", "write a list of texts")
    return "; ".join(value)


@_written.register
def _(value: int, _: str) -> str:
    if abs(value) >= _TOO_LARGE:
        _refuse_long()
    return str(value)


@_written.register(UUID)
@_written.register(pd.Period)
def _(value: object, _: str) -> str:
    return str(value)


@_written.register
def _(value: bool, _: str) -> str:  # noqa: FBT001  # the value of a cell
    return "TRUE" if value else "FALSE"


@_written.register
def _(value: float, _: str) -> str:
    if value.is_integer():
        return str(int(value))
    short = round(value, _PLACES)  # without what is only there because digits are binary
    return format(Decimal(repr(short if math.isclose(short, value, rel_tol=1e-12) else value)), "f")


@_written.register
def _(value: Decimal, name: str) -> str:
    if not value.is_finite():
        return str(value)
    if abs(value.adjusted()) >= _MOST_DIGITS:
        _refuse_long()
    whole = name in _WHOLE and value == value.to_integral_value()
    return str(int(value)) if whole else format(value, "f")


@_written.register
def _(value: np.generic, name: str) -> str:
    plain = float(str(value)) if isinstance(value, np.floating) else value.item()
    return _written(plain, name)


@_written.register
def _(value: date, _: str) -> str:
    return value.isoformat()


@_written.register
def _(value: datetime, name: str) -> str:
    if name in _DAYS or value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat(" ", "seconds")
