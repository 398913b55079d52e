"""Which referral moves on: by its id, or by who was referred, among those still under way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from refgraph.errors import RefgraphError
from refgraph.names.lookup import Lookup, Step
from refgraph.reading.aliases import declared_aliases
from refgraph.schema.text import quoted
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from datetime import date as Date  # noqa: N812  # a field is called date

    from refgraph.reading.read_options import Record

__all__ = ["Moving", "find_referral", "of_id"]

#: What needs no follow-up any more.
_CLOSED = ("won", "lost")
_MOST_LISTED = 8


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
    rows = _rows(record)
    for row in rows:
        if typed.strip() in (row.id, row.place):
            return row
    me = record.me
    prospects = _lookup(record, {row.prospect for row in rows} - {""})
    # Nearly every referral has me on one side: it would choose nothing.
    people = _lookup(record, {who for row in rows for who in (row.giver, row.receiver)} - {me})
    for first, last in ((Step.EXACT, Step.ORDER), (Step.INITIAL, Step.PART)):
        for lookup in (prospects, people):
            meant = lookup.find(typed, last=last)
            if meant.step < first:
                continue
            named = {*meant.people}
            found = [row for row in rows if not named.isdisjoint(_names(row, lookup is prospects))]
            going = [row for row in found if row.status not in _CLOSED]
            if len(going) == 1:
                return going[0]
            if going:
                raise RefgraphError(_several(typed, going))
            if closed and len(found) == 1:
                return found[0]
            if found:
                raise RefgraphError(_closed(typed, found))
    raise RefgraphError(_nothing(typed, rows))


def of_id(record: Record, identity: str) -> Moving:
    """Give the referral with an id that is there."""
    return next(row for row in _rows(record) if row.id == identity)


def _rows(record: Record) -> list[Moving]:
    columns = record.referrals.columns
    names = ("id", "date", "giver", "receiver", "prospect", "status", "status_date", "handoff")
    hidden = [record.settings.hides] * len(record.referrals)
    told = zip(*(columns[name] for name in (*names, "file", "line")), hidden, strict=True)
    return [Moving(*row) for row in told]


def _lookup(record: Record, names: set[str]) -> Lookup:
    """Give some of those whom a record names, to be found by what is typed."""
    aliases = declared_aliases(record)
    return Lookup({name: aliases.get(name, ()) for name in sorted(names)})


def _names(row: Moving, of_prospect: bool) -> tuple[str, ...]:  # noqa: FBT001
    return (row.prospect,) if of_prospect else (row.giver, row.receiver)


def _several(typed: str, rows: list[Moving]) -> str:
    listed = "\n".join(f"  {row.named}  {row} - {row.standing}" for row in rows)
    by = "line" if rows[0].hidden else "id"
    msg = f"{len(rows):,} referrals under way are of {quoted(typed)}; name one by its {by}:"
    return f"{msg}\n{listed}"


def _closed(typed: str, rows: list[Moving]) -> str:
    listed = "\n".join(f"  {row.named}  {row} - {row.standing}" for row in rows[-_MOST_LISTED:])
    by = "line" if rows[0].hidden else "id"
    return f"No referral of {quoted(typed)} is under way; name a closed one by its {by}:\n{listed}"


def _nothing(typed: str, rows: list[Moving]) -> str:
    texts: dict[str, str] = {}
    for row in rows:
        told = () if row.hidden else (row.id, row.prospect)
        for text in (*told, row.giver, row.receiver):
            if text:
                texts.setdefault(text.casefold(), text)
    near = did_you_mean(typed.casefold(), texts, cutoff=0.7)
    hint = f" Did you mean {quoted(texts[near])}?" if near else ""
    return f"No referral has the id {quoted(typed)}, or is of somebody called so.{hint}"
