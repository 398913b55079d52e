"""How a file is written: its encoding, its sheet, its dates and decimals, its largest size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["MOST_COLUMNS", "MOST_PEOPLE", "MOST_ROWS", "PLAIN", "Form"]

#: Rows of one file, and people of one record, unless more are allowed by name.
MOST_ROWS, MOST_PEOPLE = 1_000_000, 50_000
#: Columns of one file: more than any table of referrals has.
MOST_COLUMNS = 1_000
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # cells know no zones


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written.

    Attributes
    ----------
    encoding : str or None
        None for UTF-8.
    sheet : str or None
        The sheet of a workbook, or the table of a database; None takes the only one, or one
        that fits.
    sql : str or None
        The query whose rows are the table, of a database.
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
    sql: str | None = None
    date_format: str | None = None
    decimal_comma: bool = False
    max_rows: int = MOST_ROWS

    def write_day(self, day: datetime) -> str:
        """Write the day or moment of a cell as the fields of a file of this form are written.

        Examples
        --------
        >>> PLAIN.write_day(datetime(2026, 3, 2)), Form(date_format="%d.%m.%y").write_day(_EPOCH)
        ('2026-03-02', '01.01.70')
        """
        if self.date_format == "unix":
            return str(int((day - _EPOCH).total_seconds()))
        if self.date_format is not None:
            return day.strftime(self.date_format)
        midnight = not (day.hour or day.minute or day.second or day.microsecond)
        return day.date().isoformat() if midnight else day.isoformat(" ", "seconds")

    def write_number(self, digits: str) -> str:
        """Write a number with the decimal sign of this form.

        Examples
        --------
        >>> Form(decimal_comma=True).write_number("1250.50")
        '1250,50'
        """
        return digits.replace(".", ",") if self.decimal_comma else digits


#: A file of refgraph's own.
PLAIN = Form()
