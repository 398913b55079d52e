"""Tables as CSV that a spreadsheet shows and does not compute."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["FORMULA", "as_csv"]

#: What a spreadsheet takes for a formula, at the beginning of a cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]], *, raw: bool) -> str:
    r"""Give rows as CSV; unless `raw`, no text in it is a formula to a spreadsheet.

    Parameters
    ----------
    names : sequence of str
        The columns, in order.
    rows : iterable of mapping
        One value for each column; lists are joined by ``; ``.
    raw : bool
        Leave text like ``=1+1`` as it is, instead of putting an apostrophe before it.

    Returns
    -------
    str
        A header and one line for each row.

    Examples
    --------
    >>> as_csv(["person", "balance"], [{"person": "=1+1", "balance": -2}], raw=False)
    "person,balance\n'=1+1,-2\n"
    """
    stream = io.StringIO()
    plain = csv.writer(stream, lineterminator="\n")
    # Some versions of Python leave a bare carriage return unquoted.
    careful = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    plain.writerow(names)
    for row in rows:
        cells = [_cell(row[name], raw=raw) for name in names]
        lone = any(isinstance(cell, str) and "\r" in cell for cell in cells)
        (careful if lone else plain).writerow(cells)
    return stream.getvalue()


def _cell(value: Any, *, raw: bool) -> Any:
    text = "; ".join(value) if isinstance(value, list) else value
    if isinstance(text, Decimal):
        return f"{text:f}"  # never 1E+3
    if isinstance(text, str) and text.startswith(FORMULA) and not raw:
        return f"'{text}"
    return text
