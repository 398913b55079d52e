"""Every spelling, day and count is read once, and people become whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.names.void_marks import VOID
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.files.split_rows import source_of_rows
from refgraph.reading.frames.cell_text import text_of
from refgraph.reading.header import NOWHERE, read_header
from refgraph.reading.tables import KNOWN, check_options
from refgraph.schema.columns import readers_of, required_of
from refgraph.schema.dates import date_reader
from refgraph.schema.text import FieldError, quoted, visible
from refgraph.warehouse.asked import EPOCH, NO_DAY
from refgraph.warehouse.place import quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from refgraph.reading.read_options import ReadOptions
    from refgraph.warehouse.place import Place

__all__ = ["MOST_SHOWN", "OF_IDS", "Coding", "Found", "columns_of", "said_void"]

#: Rows of one kind that are shown as examples of what is wrong.
MOST_SHOWN = 20
#: Columns that are put beside each row where an id stands twice.
OF_IDS = frozenset(("id_place", "id_key"))
_ENDS = ("giver", "receiver")


@dataclass(frozen=True)
class Found:
    """What the distinct values of a column mean.

    Attributes
    ----------
    values : list
        Each as the engine holds it.
    meant : list
        What each means; None for those that are wrong.
    wrong : dict of int to FieldError
        By their place among the values.
    """

    values: Any
    meant: list[Any]
    wrong: dict[int, FieldError] = field(default_factory=dict)


def columns_of(place: Place, options: ReadOptions) -> dict[str, str]:
    """Find our columns in the table: from our name to that of the engine.

    Raises
    ------
    LedgerError
        One that is needed is not there, or one that was named.
    """
    names = list(place.rows.columns)
    source = source_of_rows(place.path, [names], [1])
    problems = check_options(place.path, options)
    header = read_header(source, KNOWN, options.columns)
    required = ("date", *required_of("referrals"))
    header.settle(source, readers_of("referrals", lambda _: None), required)
    problems += header.problems
    problems += [
        Problem(
            place.path,
            0,
            f"a referral needs the column {name}",
            hint=f"name it: --columns {name}=HEADER",
        )
        for name in _ENDS
        if not options.columns.get(name, name).strip()
    ]
    if problems:
        raise LedgerError(problems)
    return {ours: names[at] for ours, at in header.positions.items()}


def said_void(place: Place, options: ReadOptions) -> str | None:
    """Give the column that is said to mark rows as void, "" if none does; None if nothing is said.

    It may be said by its name or by its place, as every column.
    """
    names = list(place.rows.columns)
    said = {name: theirs for name, theirs in options.columns.items() if name == VOID}
    void = read_header(source_of_rows(place.path, [names], [1]), KNOWN, said).void
    return None if void is None else "" if void == NOWHERE else names[void]


class Coding:
    """The rows of a place, ready to be read: which column is which, and what its values mean.

    Parameters
    ----------
    place : Place
        Where the rows are.
    columns : mapping of str to str
        From our columns to those of the table.
    today : datetime.date
        Nothing may be dated more than a day after it.
    date_format : str, optional
        How days are written, if not as ISO 8601 writes them.
    decimal_comma : bool
        Whether amounts have a comma where others have a point.
    """

    def __init__(
        self,
        place: Place,
        columns: Mapping[str, str],
        today: date,
        date_format: str | None = None,
        *,
        decimal_comma: bool = False,
    ) -> None:
        self.place, self.columns, self.today = _without_ours(place, columns), dict(columns), today
        dates = date_reader(today, date_format, lambda _: None)
        self._readers = readers_of("referrals", dates, decimal_comma=decimal_comma)
        self._ibis = import_module("ibis")

    @property
    def identity(self) -> str:
        """Name the column whose cells name the rows; "" where the table has none."""
        return self.columns.get("id", "")

    def names(self) -> Found:
        """Read every spelling of a giver or a receiver, each once."""
        rows = self.place.rows
        ends = [rows[self.columns[name]] for name in _ENDS]
        if len({each.type() for each in ends}) > 1:
            ends = [each.cast("string") for each in ends]
        one, two = (rows.select(spelled=each).distinct() for each in ends)
        return self._read(one.union(two, distinct=True), self._readers["giver"], "giver")

    def days(self) -> Found | None:
        """Read every day, each once; None where the table has none."""
        if "date" not in self.columns:
            return None
        found = self.place.rows.select(spelled=self.cells(self.place.rows, "date")).distinct()
        return self._read(found, lambda text: _whole(self._readers["date"](text), self.today))

    def units(self) -> Found | None:
        """Read every count, each once; None where the table has none, and each row is one."""
        if "count" not in self.columns:
            return None
        found = self.place.rows.select(spelled=self.cells(self.place.rows, "count")).distinct()
        return self._read(found, self._readers["count"], "count")

    def read_cells(self, name: str, rows: Any) -> Found:
        """Read the cells of a column in some rows, each once."""
        found = rows.select(spelled=self.cells(rows, name)).distinct()
        return self._read(found, self._readers[name], name)

    def cells(self, rows: Any, name: str) -> Any:
        """Give a column of ours in a table that has those of the place; of moments their day."""
        found = rows[self.columns[name]]
        return found.date() if found.type().is_timestamp() else found

    def _read(self, table: Any, read: Callable[[str], Any], name: str = "date") -> Found:
        with quiet(self.place.path):
            values = table.order_by("spelled").to_pyarrow().column(0).combine_chunks()
        meant: list[Any] = []
        wrong: dict[int, FieldError] = {}
        for at, value in enumerate(values.to_pylist()):
            try:
                meant.append(read(text_of(value, name)))
            except FieldError as error:
                meant.append(None)
                wrong[at] = error
        return Found(values, meant, wrong)

    def rows(
        self, codes: Sequence[int | None], names: Found, days: Found | None, units: Found | None
    ) -> Any:
        """Put whole numbers for the values of every row; rows with a wrong one are left out.

        Parameters
        ----------
        codes : sequence of int or None
            The person behind each spelling, as a position among everybody.
        names, days, units : Found
            What the values of each column mean.

        Returns
        -------
        ibis.Table
            All columns of the place, and ``giver_at``, ``receiver_at``, ``day_at``, ``units_at``.
        """
        rows, columns = self.place.rows, self.columns
        ends = {name: rows[columns[name]] for name in _ENDS}
        same = len({each.type() for each in ends.values()}) == 1
        for name in _ENDS:
            key = rows[columns[name]]
            rows = self._joined(rows, key if same else key.cast("string"), names, codes, name)
        if days is None:
            rows = rows.mutate(day_at=self._ibis.literal(NO_DAY, "int64"))
        else:
            key = self.cells(rows, "date")
            rows = self._joined(rows, key, days, days.meant, "day", blank=NO_DAY)
        if units is None or all(each == 1 for each in units.meant):
            return rows.mutate(units_at=self._ibis.literal(1, "int64"))
        return self._joined(rows, self.cells(rows, "count"), units, units.meant, "units", blank=1)

    def _joined(  # noqa: PLR0917  # each is a part of one join
        self,
        rows: Any,
        key: Any,
        found: Found,
        meant: Sequence[int | None],
        name: str,
        blank: int | None = None,
    ) -> Any:
        """Put beside each row what one of its values means; what is missing means ``blank``."""
        arrow = import_module("pyarrow")
        values = found.values.to_pylist()
        keep = [
            at
            for at, (value, each) in enumerate(zip(values, meant, strict=True))
            if value is not None and each is not None
        ]
        told = self._ibis.memtable(
            arrow.table(
                {
                    f"{name}_spelled": found.values.take(arrow.array(keep, arrow.int64())),
                    f"{name}_at": arrow.array([meant[at] for at in keep], arrow.int64()),
                }
            )
        )
        on = key == told[f"{name}_spelled"]
        if blank is None or None not in values:
            return rows.inner_join(told, on).drop(f"{name}_spelled")
        joined = rows.left_join(told, on)
        if found.wrong:  # which has no meaning, and is not missing
            joined = joined.filter(key.isnull() | joined[f"{name}_at"].notnull())
        told_at = joined[f"{name}_at"].fill_null(blank)
        return joined.mutate(**{f"{name}_at": told_at}).drop(f"{name}_spelled")

    def problems(self, name: str, found: Found | None) -> list[Problem]:
        """Name the rows that hold a wrong value, by their key."""
        if found is None or not found.wrong:
            return []
        values = found.values.to_pylist()
        told = []
        named = _ENDS if name == "giver" else (name,)
        for at, error in [*found.wrong.items()][:MOST_SHOWN]:
            for column in named:
                key = self.cells(self.place.rows, column)
                is_it = key.isnull() if values[at] is None else key == values[at]
                told += self._shown(self.place.rows.filter(is_it), str(error), error.hint)
        return told

    def to_themselves(self, joined: Any, several: Sequence[Any]) -> list[Problem]:
        """Name the rows in which somebody refers to themselves.

        Parameters
        ----------
        joined : ibis.Table
            What :meth:`rows` gave.
        several : sequence
            How people are written who are written in several ways.
        """
        giver, receiver = (joined[self.columns[name]] for name in _ENDS)
        perhaps = giver == receiver  # which an engine finds before it looks anybody up
        if len(several):
            perhaps |= giver.isin(several) & receiver.isin(several)
        own = joined.filter(perhaps).filter(joined.giver_at == joined.receiver_at)
        return self._shown(own.select(*self.place.rows.columns), "", "", check="distinct")

    def _shown(self, rows: Any, message: str, hint: str, *, check: str = "") -> list[Problem]:
        """Show some rows that are wrong, and say how many are."""
        with quiet(self.place.path):
            some = rows.limit(MOST_SHOWN + 1).to_pyarrow().to_pylist()
            total = len(some) if len(some) <= MOST_SHOWN else int(rows.count().to_pyarrow().as_py())
        told = []
        for row in some[:MOST_SHOWN]:
            said = (
                message or f"{quoted(str(row[self.columns['giver']]))} cannot refer to themselves"
            )
            excerpt = ",".join("" if value is None else str(value) for value in row.values())
            told.append(
                Problem(
                    self.place.path,
                    0,
                    said,
                    visible(excerpt, 200),
                    hint,
                    check or "parseable",
                    place=self._key(row),
                )
            )
        if total > MOST_SHOWN:
            said = f"{total - MOST_SHOWN:,} more rows have the same fault"
            told.append(Problem(self.place.path, 0, said, hint=hint, times=total - MOST_SHOWN))
        return told

    def _key(self, row: Mapping[str, Any]) -> str:
        """Name a row: by its id, or else by what it says."""
        if self.identity and (key := row[self.identity]) not in (None, ""):
            return f"id {quoted(str(key))}"
        ends = " to ".join(quoted(str(row[self.columns[name]])) for name in _ENDS)
        return f"the row {ends}"


def _without_ours(place: Place, columns: Mapping[str, str]) -> Place:
    """Leave out columns that are called as those that are put beside each row, and are unused.

    Raises
    ------
    LedgerError
        One of them is used.
    """
    named = ("giver", "receiver", "day", "units")
    ours = {f"{name}{end}" for name in named for end in ("_at", "_spelled")} | OF_IDS
    taken = sorted(ours & {*place.rows.columns})
    if used := next((name for name in taken if name in columns.values()), None):
        message = f"the column {quoted(used)} is called as one that is made here"
        raise unreadable(place.path, message, "rename it there, or ask without --in-place")
    return replace(place, rows=place.rows.drop(*taken)) if taken else place


def _whole(day: date | None, today: date) -> int:
    """Give a day as a whole number since 1970, at most today."""
    return NO_DAY if day is None else min(day, today).toordinal() - EPOCH
