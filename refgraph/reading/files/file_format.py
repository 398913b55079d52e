"""How a file is written: its encoding, its sheet, its dates and decimals, its largest size."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MOST_COLUMNS", "MOST_PEOPLE", "MOST_ROWS", "PLAIN", "Form"]

#: Rows of one file, and people of one record, unless more are allowed by name.
MOST_ROWS, MOST_PEOPLE = 1_000_000, 50_000
#: Columns of one file: more than any table of referrals has.
MOST_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written.

    Attributes
    ----------
    encoding : str or None
        None for UTF-8.
    sheet : str or None
        The sheet of a workbook; None takes the only one, or one that fits.
    date_format : str or None
        How cells of a workbook that hold a day are written out as text.
    decimal_comma : bool
        Whether numbers in cells of a workbook are written out with a comma.
    max_rows : int
        The most rows of one file.

    Examples
    --------
    >>> PLAIN.max_rows
    1000000
    """

    encoding: str | None = None
    sheet: str | None = None
    date_format: str | None = None
    decimal_comma: bool = False
    max_rows: int = MOST_ROWS


#: A file of refgraph's own.
PLAIN = Form()
