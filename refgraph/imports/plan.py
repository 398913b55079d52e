"""What of a file is new to a book, what is there already, and what is refused."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from refgraph.imports.column_names import TABLES
from refgraph.imports.leftovers import Listed
from refgraph.reading.files.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.matching.edited_rows import Edit
    from refgraph.imports.rules.recognise import Layout

__all__ = ["Plan"]


@dataclass(slots=True)
class Plan:
    """What an import is going to do.

    Attributes
    ----------
    path : str
        The file.
    rows : dict of str to list of dict
        For each file of the book, the rows that are new to it.
    there : Counter
        For each file of the book, how many rows it has already.
    problems : Problems
        Why rows are refused.
    left_out : Counter
        How many rows do not count, by the reason.
    listed : Listed
        What found no place, in the words of the file.
    edits : list of Edit
        Rows of the book of which the file says something else.
    couples : dict of str to (str, str)
        New names that are of two people, and each of them.
    notes : list of str
        What was decided.
    rules : str
        Rules that say what the columns were taken for.
    layouts : sequence of Layout
        What the columns of each table of the file mean.
    reasons : list of str
        Why each column was taken as it was.
    lost : list of str
        What is said of left-out columns that might have given a day or a value.
    several : dict of str to list of str
        Cells that name several people, whose rows are left out, and each of them.
    lines : array of int
        Where the new referrals stand in the file.
    nowhere : dict of str to str
        Names that options speak of and that stand in no row, and what is written nearly so.
    """

    path: str
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {table: [] for table in TABLES}
    )
    there: Counter[str] = field(default_factory=Counter)
    problems: Problems = field(default_factory=Problems)
    left_out: Counter[str] = field(default_factory=Counter)
    listed: Listed = field(default_factory=Listed)
    edits: list[Edit] = field(default_factory=list)
    couples: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rules: str = ""
    layouts: Sequence[Layout] = ()
    reasons: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    several: dict[str, list[str]] = field(default_factory=dict)
    lines: array[int] = field(default_factory=lambda: array("q"))
    nowhere: dict[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """How many rows of the file are refused."""
        return len({*self.problems.lines})

    @property
    def places_no_referral(self) -> bool:
        """Whether the file says who referred somebody, and it is known of no row who that is."""
        placed = self.rows["referrals"] or self.there["referrals"]
        return bool(self.listed.strangers or self.several) and not placed

    @property
    def new(self) -> int:
        """How many rows are new."""
        return sum(map(len, self.rows.values()))
