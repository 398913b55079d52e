"""What a file yields: rows for the book, and what still has to find its place there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from refgraph.imports.column_names import TABLES
from refgraph.reading.files.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from refgraph.imports.rules.recognise import Layout


__all__ = ["Closing", "Converted", "Reference", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row for a file of the book.

    Attributes
    ----------
    line : int
        Where it stands in the export.
    values : dict of str to object
        Every column of the file of the book, read and checked.
    told : frozenset of str
        The columns that the export itself filled.
    """

    line: int
    values: dict[str, Any]
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reference:
    """A text that may name who referred somebody.

    Attributes
    ----------
    line : int
        Where it stands in the export.
    text : str
        What is written there.
    values : dict of str to object
        The referral that it is, if it names a person: all but the giver.
    told : frozenset of str
        The columns that the export itself filled.
    """

    line: int
    text: str
    values: dict[str, Any]
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Closing:
    """Business that came of a referral, and the thanks for it.

    Attributes
    ----------
    line : int
        Where it stands in the export.
    giver, receiver : str
        Who gave the referral, and who received it and says thank you.
    date : datetime.date or None
        When the thanks were said.
    value : decimal.Decimal or None
        What the business was worth.
    currency, note : str
        Of the business.
    """

    line: int
    giver: str
    receiver: str
    date: date | None
    value: Decimal | None
    currency: str
    note: str


@dataclass(slots=True)
class Converted:
    """Everything that one file yields.

    Attributes
    ----------
    path : str
        The file as it was named.
    rows : dict of str to list of Row
        For each file of a book.
    references : list of Reference
        Who referred whom, in the words of the export.
    newcomers : list of str
        Names among them that are people, though the book knows none.
    closings : list of Closing
        Amounts that belong to a referral.
    left_out : Counter
        How many rows do not count, by the reason.
    problems : Problems
        What is wrong with rows; those rows are not among the others.
    notes : list of str
        What was decided.
    rules : str
        Rules that say what the columns were taken for.
    layouts : sequence of Layout
        What the columns of each of its tables mean.
    reasons : list of str
        Why each column was taken as it was.
    lost : list of str
        What is said of left-out columns that might have given a day or a value.
    several : dict of str to list of str
        Cells that name several people, whose rows are left out, and each of them.
    heard : set of str
        The names of its rows as they are written, where an option or a rule names somebody.
    """

    path: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})
    references: list[Reference] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: Problems = field(default_factory=Problems)
    notes: list[str] = field(default_factory=list)
    rules: str = ""
    layouts: Sequence[Layout] = ()
    reasons: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    several: dict[str, list[str]] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
