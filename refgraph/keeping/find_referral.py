"""Which referral moves on: by its id, or by who was referred, among those still under way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from operator import indexOf
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from refgraph.errors import RefgraphError
from refgraph.names.lookup import Lookup, Step
from refgraph.reading.aliases import declared_aliases
from refgraph.schema.distinct_values import Column
from refgraph.schema.row_ends import ends_of
from refgraph.schema.row_facts import id_of
from refgraph.schema.text import quoted
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date as Date  # noqa: N812  # a field is called date

    from refgraph.reading.read_options import Record

__all__ = ["Moving", "find_referral", "of_id"]

#: What needs no follow-up any more.
_CLOSED = ("won", "lost")
_MOST_LISTED = 8
#: Ids of so many rows are compared with one that is not there; of more, names alone.
_MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Moving:
    """One referral as it stands.

    Attributes
    ----------
    id, giver, receiver, prospect, status : str
        As in the book.
    date, status_date : datetime.date or None
        When it was given, and since when it has its status.
    handoff : int or None
        How it was introduced.
    file, line : str, int
        Where it stands.
    hidden : bool
        Whether the profession of the book hides who was referred and by whom, and the id, which
        is made from that.
    """

    id: str
    date: Date | None
    giver: str
    receiver: str
    prospect: str
    status: str
    status_date: Date | None
    handoff: int | None
    file: str
    line: int
    hidden: bool

    def __str__(self) -> str:
        day = f"{self.date}: " if self.date else ""
        if self.hidden:
            return f"{day}between {' and '.join(sorted((self.giver, self.receiver)))}"
        who = f" ({self.prospect})" if self.prospect else ""
        return f"{day}{self.giver} to {self.receiver}{who}"

    @property
    def place(self) -> str:
        """The file and the line it stands on, as it may be typed: ``referrals.csv:12``."""
        return f"{PurePath(self.file).name}:{self.line}"

    @property
    def named(self) -> str:
        """What it can be named by: its id, or where that is hidden its place."""
        return self.place if self.hidden else self.id

    @property
    def standing(self) -> str:
        """The status, and since when it stands."""
        return f"{self.status} since {self.status_date}" if self.status_date else self.status


def find_referral(record: Record, typed: str, *, closed: bool = False) -> Moving:
    """Find the one referral that is meant.

    Parameters
    ----------
    record : Record
        The book.
    typed : str
        An id, or the file and line, like ``referrals.csv:12``; or else the name of a
        prospect, or of the giver or the receiver, or the beginning of a word of it,
        that only one referral under way has.
    closed : bool
        Whether it may also be the one closed referral that has it.

    Raises
    ------
    RefgraphError
        None is meant, or more than one: the sentence lists them.
    """
    columns = record.referrals.columns
    if (at := _named(record, typed.strip())) is not None:
        return _moving(record, at)
    prospect, *ends = map(Column.of, (columns["prospect"], *ends_of(columns)))
    prospects = _lookup(record, {*prospect.distinct} - {""})
    # Nearly every referral has me on one side: it would choose nothing.
    people = _lookup(record, {who for column in ends for who in column.distinct} - {record.me})
    for first, last in ((Step.EXACT, Step.ORDER), (Step.INITIAL, Step.PART)):
        for lookup, told in ((prospects, [prospect]), (people, ends)):
            meant = lookup.find(typed, last=last)
            if meant.step < first:
                continue
            found = [_moving(record, at) for at in _rows_of({*meant.people}, told)]
            going = [row for row in found if row.status not in _CLOSED]
            if len(going) == 1:
                return going[0]
            if going:
                raise RefgraphError(_several(typed, going))
            if closed and len(found) == 1:
                return found[0]
            if found:
                raise RefgraphError(_closed(typed, found))
    raise RefgraphError(_nothing(typed, record))


def of_id(record: Record, identity: str) -> Moving:
    """Give the referral with an id that is there."""
    return _moving(record, indexOf(id_of(record.referrals.columns), identity))


def _named(record: Record, typed: str) -> int | None:
    """Find the first row that has an id, or stands on a line of a file; None if there is none."""
    columns = record.referrals.columns
    found = [at for at, identity in enumerate(id_of(columns)) if identity == typed][:1]
    file, _, line = typed.rpartition(":")
    if file and len(line) < 19 and line.isdecimal() and line == str(int(line)):
        files = Column.of(columns["file"])
        meant = np.array([PurePath(each).name == file for each in files.distinct], bool)
        on_line = np.fromiter(columns["line"], np.int64, len(files)) == int(line)
        found += np.flatnonzero(meant[files.codes] & on_line)[:1].tolist()
    return min(found, default=None)


def _rows_of(named: set[str], columns: Sequence[Column]) -> list[int]:
    """Find the rows in one of whose columns somebody stands."""
    stands = [
        np.array([each in named for each in one.distinct], bool)[one.codes] for one in columns
    ]
    return np.flatnonzero(np.logical_or.reduce(stands)).tolist()


def _moving(record: Record, at: int) -> Moving:
    columns = record.referrals.columns
    names = ("id", "date", "giver", "receiver", "prospect", "status", "status_date", "handoff")
    told = [*(columns[name][at] for name in (*names, "file", "line")), record.settings.hides]
    return Moving(*told)


def _lookup(record: Record, names: set[str]) -> Lookup:
    """Give some of those whom a record names, to be found by what is typed."""
    aliases = declared_aliases(record)
    return Lookup({name: aliases.get(name, ()) for name in sorted(names)})


def _several(typed: str, rows: list[Moving]) -> str:
    listed = "\n".join(f"  {row.named}  {row} - {row.standing}" for row in rows)
    by = "line" if rows[0].hidden else "id"
    msg = f"{len(rows):,} referrals under way are of {quoted(typed)}; name one by its {by}:"
    return f"{msg}\n{listed}"


def _closed(typed: str, rows: list[Moving]) -> str:
    listed = "\n".join(f"  {row.named}  {row} - {row.standing}" for row in rows[-_MOST_LISTED:])
    by = "line" if rows[0].hidden else "id"
    return f"No referral of {quoted(typed)} is under way; name a closed one by its {by}:\n{listed}"


def _nothing(typed: str, record: Record) -> str:
    columns, hidden = record.referrals.columns, record.settings.hides
    told = [*ends_of(columns)]
    if not hidden:
        told.insert(0, columns["prospect"])
        if len(record.referrals) <= _MOST_COMPARED:
            told.insert(0, id_of(columns))
    texts: dict[str, str] = {}
    for text in chain.from_iterable(Column.of(each).distinct for each in told):
        if text:
            texts.setdefault(text.casefold(), text)
    near = did_you_mean(typed.casefold(), texts, cutoff=0.7)
    hint = f" Did you mean {quoted(texts[near])}?" if near else ""
    return f"No referral has the id {quoted(typed)}, or is of somebody called so.{hint}"
