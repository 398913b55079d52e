"""What can be asked of the reader, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.reading.files.file_format import MOST_PEOPLE, MOST_ROWS, Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from refgraph.errors import Problem

__all__ = ["ReadOptions", "Record", "Settings", "Table"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a record of referrals.

    Attributes
    ----------
    me : str or None
        The person whose record it is; None takes `me` of refgraph.toml.
    today : datetime.date or None
        None takes `today` of refgraph.toml, else the clock.
    columns : mapping of str to str
        From a column of ours to theirs: a header, or a position from 1; an
        empty text says that the file has no such column.
    header : bool
        Whether the first line names the columns.
    comment : str or None
        Lines that begin with this are left out.
    delimiter : {"comma", "semicolon", "tab", "pipe", "space"} or None
        None recognises it.
    date_format : str or None
        None for YYYY-MM-DD, ``"unix"``, or a `datetime.strptime` format.
    skip_bad : bool
        Leave out the rows that cannot be read, and list them, instead of
        refusing the whole record.
    leaves_void : bool
        Leave out the rows that a column which is none of ours clearly marks as void, and ask of
        others; who writes in a book sees them all.
    encoding : str or None
        How the tables are encoded: a name that Python knows; None for UTF-8.
    decimal_comma : bool
        Whether `value` is written with a decimal comma.
    sheet : str or None
        Which sheet of a workbook, or table of a database, holds the referrals.
    sql : str or None
        The query that gives the referrals, of a database.
    max_rows : int
        The most rows that one file may have.
    max_people : int
        The most people that the record may name.
    drafts : mapping of str to bytes
        What to read instead of a file, by its path as :func:`find
        <refgraph.reading.book_files.find>` gives it: rows are tried so before they
        are written.

    Notes
    -----
    `columns`, `header`, `comment`, `delimiter`, `date_format`, `decimal_comma`,
    `sheet` and `sql` concern the referrals; people.csv, touches.csv and statuses.csv are
    refgraph's own. refgraph.toml is always UTF-8.

    Examples
    --------
    >>> ReadOptions(me="Ann", columns={"giver": "from", "receiver": "to"}).header
    True
    """

    me: str | None = None
    today: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    header: bool = True
    comment: str | None = None
    delimiter: str | None = None
    date_format: str | None = None
    skip_bad: bool = False
    leaves_void: bool = False
    encoding: str | None = None
    decimal_comma: bool = False
    sheet: str | None = None
    sql: str | None = None
    max_rows: int = MOST_ROWS
    max_people: int = MOST_PEOPLE

    @property
    def form(self) -> Form:
        """How a file of referrals is written."""
        return Form(
            encoding=self.encoding,
            sheet=self.sheet,
            sql=self.sql,
            date_format=self.date_format,
            decimal_comma=self.decimal_comma,
            max_rows=self.max_rows,
        )

    drafts: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, always every column of their kind.

    A column reads as a list; the reader hands out a :class:`.Column` where rows share
    values.

    Examples
    --------
    >>> len(Table({"giver": ["Ann", "Bo"], "receiver": ["Bo", "Ann"]}))
    2
    """

    columns: dict[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))


@dataclass(frozen=True, slots=True)
class Settings:
    """What refgraph.toml says.

    Attributes
    ----------
    me : str or None
        The person whose book it is.
    today, since, until : datetime.date or None
        The day that counts as today, and the default window.
    last : str or None
        The default window as a span up to today: ``"12m"``, ``"90d"``.
    looking_for : tuple of str
        Whom I would like to meet.
    they_say : tuple of str
        What people say when they need what I offer.
    accepting : bool
        Whether I take on new clients; if not, no asking is suggested.
    profile : {"law", "health", "realestate"} or None
        The profession whose limits apply.
    synonyms : mapping of str to tuple of str
        Other words for an offer or a need.
    worth : mapping of str to float
        How much a lane of the list of today weighs; 1 where nothing is said.
    cadence : mapping of str to str
        How often to be in touch with who has a role, where ``people.csv`` says nothing.
    apart : tuple of tuple of str
        Names that look like one person's, and are each somebody else's.

    Examples
    --------
    >>> Settings().accepting
    True
    """

    me: str | None = None
    today: date | None = None
    since: date | None = None
    until: date | None = None
    last: str | None = None
    looking_for: tuple[str, ...] = ()
    they_say: tuple[str, ...] = ()
    accepting: bool = True
    profile: str | None = None
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    worth: Mapping[str, float] = field(default_factory=dict)
    cadence: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[tuple[str, ...], ...] = ()

    @property
    def hides(self) -> bool:
        """Whether the profession hides prospects, values, and what was given and received.

        Examples
        --------
        >>> Settings(profile="health").hides, Settings(profile="law").hides
        (True, False)
        """
        return self.profile == "health"


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was read, checked, with the lines it stands on.

    Attributes
    ----------
    path : str
        What was read, as it was named.
    me : str or None
        The person whose record it is, in the spelling of the record.
    today : datetime.date
        The day that counts as today.
    settings : Settings
        What refgraph.toml says.
    referrals, people, touches : Table
        The rows; `file` and `line` tell where each stands.
    skipped : tuple of Problem
        Why rows were left out (only with `skip_bad`).
    rows_read : int
        Rows of referrals in the files, kept or not.
    notes : tuple of str
        What the reader decided by itself.
    left_out : int
        How many rows of all files were left out.
    status_changes : tuple of (date or None, str, str)
        Day, id and status of each row of statuses.csv, oldest first for each referral; before
        them what its own row says.
    ignored : tuple of str
        Columns of tables of referrals that are none of ours.
    repeats : (ndarray of int, ndarray of int)
        The places of referrals that repeat an earlier one, and of that one for each.

    Examples
    --------
    >>> Record.__slots__[-1]
    'repeats'
    """

    path: str
    me: str | None
    today: date
    settings: Settings
    referrals: Table
    people: Table
    touches: Table
    skipped: tuple[Problem, ...]
    rows_read: int
    notes: tuple[str, ...]
    left_out: int = 0
    status_changes: tuple[tuple[date | None, str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    repeats: tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]] = field(
        default_factory=lambda: (np.empty(0, np.intp), np.empty(0, np.intp))
    )
