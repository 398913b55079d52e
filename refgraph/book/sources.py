"""The ways into a Book: files, frames in memory, and the book that is shipped."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from refgraph import reading
from refgraph.book.any_table import read_any
from refgraph.book.frame_columns import told_columns
from refgraph.book.window import read_day
from refgraph.errors import LedgerError
from refgraph.reading.aliases import named_in, with_me
from refgraph.reading.frames.dataframes import FrameTables, in_python, read_frame, said_in_python
from refgraph.reading.header import BESIDE
from refgraph.reading.reader import read_tables
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import date
    from typing import Self

    import pandas as pd

__all__ = ["BookSources"]

_MOST_CELLS = 2_000_000  # of a frame that is read as the file that it would make


def _of_frames(tables: FrameTables, options: reading.ReadOptions) -> reading.Record:
    """Read frames, with notes that speak of arguments, not of options."""
    record = read_tables(tables, options)
    return replace(record, notes=(*map(said_in_python, record.notes),))


def _told(record: reading.Record, columns: Mapping[str, str]) -> reading.Record:
    """Say in a record what the columns of a frame were taken as."""
    said = ", ".join(f"{quoted(theirs)} is {ours}" for ours, theirs in columns.items())
    return replace(record, notes=(*record.notes, f"{record.path}: read so: {said}"))


def _of_foreign(
    tables: FrameTables, options: reading.ReadOptions, columns: Mapping[str, str]
) -> reading.Record | None:
    """Read a frame with headers of its own: by what they say, else as an import takes its file.

    Raises
    ------
    LedgerError
        It is known, and neither can read its rows.
    """
    frame, alone = tables.frames["referrals"], len(tables.frames) == 1
    told = told_columns(frame)
    if not told:
        return _as_file(frame, options) if alone else None
    try:
        record = _of_frames(tables, replace(options, columns={**told, **columns}))
    except LedgerError:
        other = _tried(frame, options) if alone else None
        if other is None:
            raise
        return other
    other = _tried(frame, options) if alone and _may_be_parted(record, frame) else None
    return other or _told(record, told)


def _may_be_parted(record: reading.Record, frame: pd.DataFrame) -> bool:
    """Tell whether a cell may name several people, or one by a title, as an import would see."""
    from refgraph.imports.who.me_cells import calls_me  # noqa: PLC0415  # few need it
    from refgraph.imports.who.one_spelling import may_be_unified  # noqa: PLC0415

    if frame.size > _MOST_CELLS:
        return False
    names = named_in({"referrals": record.referrals})
    return bool(calls_me(names)) or may_be_unified(names)


def _tried(frame: pd.DataFrame, options: reading.ReadOptions) -> reading.Record | None:
    """Read a frame as an import takes its file; None also where it would refuse."""
    try:
        return _as_file(frame, options) if frame.size <= _MOST_CELLS else None
    except LedgerError:
        return None


def _as_file(frame: pd.DataFrame, options: reading.ReadOptions) -> reading.Record | None:
    """Read a frame as an import takes its file: with columns IN and OUT, or months."""
    from refgraph.book.foreign_frame import read_foreign_frame  # noqa: PLC0415  # few need it

    if {"giver", "receiver"} & {*map(str, frame.columns)}:  # it is ours, and wrong
        return None
    return read_foreign_frame(frame, options)


class BookSources(ABC):
    """What makes a Book; :class:`refgraph.Book` has it all."""

    @classmethod
    @abstractmethod
    def of(cls, record: reading.Record) -> Self:
        """Turn a checked ledger record into tables."""

    @classmethod
    def read(
        cls,
        path: str | os.PathLike[str],
        me: str | None = None,
        today: date | str | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        header: bool = True,
        comment: str | None = None,
        delimiter: str | None = None,
        date_format: str | None = None,
        skip_bad: bool = False,
        encoding: str | None = None,
        decimal_comma: bool = False,
        sheet: str | None = None,
        sql: str | None = None,
        max_rows: int = reading.MOST_ROWS,
        max_people: int = reading.MOST_PEOPLE,
    ) -> Self:
        """Read a book folder, a table of referrals, or any table that an import recognises.

        Parameters
        ----------
        path : str or path-like
            A folder that holds ``referrals.csv`` (or ``given.csv`` and
            ``received.csv``), or a single CSV file, workbook (``.xlsx``, ``.xls``, ``.xlsb``,
            ``.ods``) or database (SQLite; DuckDB and Parquet with the extra ``data``);
            ``-`` is standard input.
        me : str, optional
            Whose book it is; overrides ``refgraph.toml``.
        today : datetime.date or ISO string, optional
            Overrides ``refgraph.toml``, which overrides the clock.
        columns : mapping, optional
            Our column name to the file's: ``{"giver": "from"}``, or to a
            position from 1 (``{"giver": "1"}``) together with ``header=False``.
        header : bool, default True
            Whether the first line names the columns.
        comment : str, optional
            Lines that start with this are left out.
        delimiter : {"comma", "semicolon", "tab", "pipe", "space"}, optional
            What separates the fields; recognised from the first line if not given.
        date_format : str, optional
            ``"unix"`` (seconds since 1970, UTC) or a ``strptime`` format; else ISO dates.
        skip_bad : bool, default False
            Leave out rows that have a problem and list them in ``skipped``.
        encoding, decimal_comma, sheet, sql, max_rows, max_people
            How files are written, how large they may be: :class:`refgraph.reading.ReadOptions`.

        Raises
        ------
        LedgerError
            With every problem found, each with its file, line and remedy.
        UnknownPersonError
            ``me`` is nowhere in the book.

        Examples
        --------
        >>> from refgraph import Book
        >>> Book.read("refgraph/sample").me
        'Robin Hale'
        """
        options = reading.ReadOptions(
            me=me,
            today=read_day(today),
            columns={ours: str(theirs) for ours, theirs in (columns or {}).items()},
            header=header,
            comment=comment,
            delimiter=delimiter,
            date_format=date_format,
            skip_bad=skip_bad,
            encoding=encoding,
            decimal_comma=decimal_comma,
            sheet=sheet,
            sql=sql,
            max_rows=max_rows,
            max_people=max_people,
        )
        return cls.of(with_me(read_any(path, options), me))

    @classmethod
    def from_frames(
        cls,
        referrals: pd.DataFrame | Any,
        people: pd.DataFrame | Any | None = None,
        touches: pd.DataFrame | Any | None = None,
        statuses: pd.DataFrame | Any | None = None,
        *,
        me: str | None = None,
        today: date | str | None = None,
        columns: Mapping[str, Any] | None = None,
    ) -> Self:
        """Take a book from data already in memory, read and checked as files are.

        Parameters
        ----------
        referrals, people, touches, statuses : DataFrame
            Of pandas, or anything with ``to_pandas()``; with the columns of the files of
            these names. An index with a name is a column. What is missing in any way is
            blank, 3.0 is 3, and a moment is the day that it was in its own zone. The frames
            stay as they are.
        me, today
            As in :meth:`read`; a frame has no ``refgraph.toml``.
        columns : mapping, optional
            Our column name to that of the referrals, or its position from 1; None if there
            is no such column: ``{"giver": "from", "receiver": "to", "date": None}``. Where
            this is left out and our names are not there, columns are told by their headers
            and cells, as an import tells them: IN and OUT, months, who referred to `me`.

        Raises
        ------
        LedgerError
            With every problem found, each with the label of its row.
        OptionError
            Something is no frame.
        UnknownPersonError
            ``me`` is nowhere in the book.

        Examples
        --------
        >>> import pandas as pd
        >>> from refgraph import Book
        >>> rows = {"date": ["2026-01-08"], "from": ["Ann"], "to": ["Bo"]}
        >>> columns = {"giver": "from", "receiver": "to"}
        >>> Book.from_frames(pd.DataFrame(rows), me="Ann", today="2026-06-30", columns=columns)
        <Book of Ann: 1 referrals of 2 people, 2026-01-08 to 2026-01-08, today 2026-06-30>
        """
        given = {"referrals": referrals, "people": people, "touches": touches, "statuses": statuses}
        tables = FrameTables(
            {
                name: read_frame(frame, name)
                for name, frame in given.items()
                if frame is not None or name == "referrals"
            }
        )
        named = {
            ours: "" if theirs is None else str(theirs) for ours, theirs in (columns or {}).items()
        }
        most = sys.maxsize  # whoever holds the rows in memory has let them in
        options = reading.ReadOptions(
            me=me,
            today=read_day(today),
            columns=named,
            max_rows=most,
            max_people=most,
            leaves_void=True,
        )
        is_plain = {*named} <= BESIDE
        try:
            try:
                return cls.of(_of_frames(tables, options))
            except LedgerError as error:
                lacking = any("missing column" in each.message for each in error.problems)
                record = _of_foreign(tables, options, named) if lacking and is_plain else None
                if record is None:
                    raise
                return cls.of(with_me(record, me))
        except LedgerError as error:
            raise LedgerError(map(in_python, error.problems)) from None

    @classmethod
    def sample(cls) -> Self:
        """Read the small invented book that is shipped with refgraph."""
        with resources.as_file(resources.files("refgraph") / "sample") as folder:
            record = reading.read(folder)
        return cls.of(replace(record, path="sample"))
