"""A file of proposals: written by a dry run, read again with what somebody accepted in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.capture.proposals import KINDS_PROPOSED, Proposal
from refgraph.imports.cells.date_order import readings, settle_days
from refgraph.reading.files.formula_safe_csv import FORMULA, as_csv
from refgraph.reading.open_table import open_table
from refgraph.schema.dates import date_reader
from refgraph.schema.text import FieldError, quoted, refuse
from refgraph.schema.values import among, filled, level, person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from refgraph.reading.files.records import Source

__all__ = ["COLUMNS_PROPOSED", "read_accepted", "write_proposals"]

#: The columns of such a file: what is proposed, and first whether it is true.
COLUMNS_PROPOSED = (
    *("accept", "kind", "date", "person", "other", "handoff", "person_email", "other_email"),
    *("subject", "id"),
)
_NEEDED = COLUMNS_PROPOSED[:4]
_AT_DAY = COLUMNS_PROPOSED.index("date")
_OF_TWO = ("referral", "introduction")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")
_YES = frozenset(
    ("yes", "y", "x", "1", "true", "ok", "ja", "j", "oui", "o", "sí", "si", "s", "sim")
)
_NO = frozenset(("no", "n", "0", "false", "nein", "non", "nee", "não", "-"))


def write_proposals(proposals: Iterable[Proposal]) -> str:
    """Give proposals as CSV, with an empty column in which to say which are true.

    Parameters
    ----------
    proposals : iterable of Proposal
        What is proposed.

    Examples
    --------
    >>> from datetime import date
    >>> print(write_proposals([Proposal("email", date(2026, 11, 2), "Ann Lee")]).splitlines()[1])
    ,email,2026-11-02,Ann Lee,,,,,,
    """
    return as_csv(COLUMNS_PROPOSED, map(_row, proposals), raw=False)


def _row(each: Proposal) -> dict[str, object]:
    new = dict(each.new)
    level_said = "" if each.handoff is None else each.handoff
    emails = (new.get(each.person, ""), new.get(each.other, ""))
    said = (each.day.isoformat(), each.person, each.other, level_said, *emails)
    values = ("", each.kind, *said, each.subject, each.key)
    return dict(zip(COLUMNS_PROPOSED, values, strict=True))


def read_accepted(path: str, today: date) -> tuple[list[Proposal], list[Proposal], int]:
    """Read which proposals of a file were accepted, and which declined.

    Parameters
    ----------
    path : str
        The file, as it was edited; ``-`` is standard input.
    today : datetime.date
        The last day that is not in the future.

    Returns
    -------
    accepted, declined : list of Proposal
    left : int
        How many rows say neither.

    Raises
    ------
    LedgerError
        The file is none of proposals; with every row that cannot be taken as it stands.
    """
    source = open_table(path, frozenset(COLUMNS_PROPOSED), [], by_columns=False)
    places = _places(source)
    problems = [*source.broken.told()]
    accepted: list[Proposal] = []
    declined: list[Proposal] = []
    left = 0
    read_day = filled(date_reader(today), "a proposal needs its date")
    rows = [[_cell(row, at) for at in places] for row in source.rows[1:]]
    written = _days_of({row[_AT_DAY] for row in rows})
    for row, line in zip(rows, [*source.lines][1:], strict=True):
        said, kind, day, *cells = row
        day = written.get(day, day)
        try:
            if said:
                kept = accepted if _is_accepted(said) else declined
                kept.append(_proposal(kind, read_day(day), cells))
            else:
                left += 1
        except FieldError as error:
            problems.append(source.problem(line, str(error), error.hint))
    if problems:
        raise LedgerError(problems)
    return [*dict.fromkeys(accepted)], [*dict.fromkeys(declined)], left


def _days_of(texts: Collection[str]) -> dict[str, str]:
    """Give days that a spreadsheet wrote in its own way as they were, if all of them are sure."""
    try:
        days = settle_days(text for text in texts if readings(text))
    except FieldError:
        return {}
    return {text: days.read(text).isoformat() for text in texts if readings(text)}


def _cell(row: list[str], at: int) -> str:
    text = row[at].strip() if 0 <= at < len(row) else ""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def _places(source: Source) -> list[int]:
    said = [name.strip().casefold() for name in source.rows[0]]
    missing = [name for name in _NEEDED if name not in said]
    if missing:
        message = f"this is no file of proposals: there is no column {' and none '.join(missing)}"
        hint = "let --proposals FILE write one"
        raise LedgerError([Problem(source.path, source.lines[0], message, hint=hint)])
    return [said.index(name) if name in said else -1 for name in COLUMNS_PROPOSED]


def _is_accepted(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        refuse(f"{quoted(text)} in accept is neither yes nor no", "write yes or no, or nothing")
    return word in _YES


def _proposal(kind: str, day: date, cells: Sequence[str]) -> Proposal:
    one, other, handoff, one_email, other_email, _, key = cells
    kind = among("kind", KINDS_PROPOSED)(kind)
    one, other = person(one), person(other) if other else ""
    if kind == "introduction" and not other:
        refuse("an introduction needs two people", "name the second in other")
    if other and kind not in _OF_TWO:
        refuse(f"{quoted(kind)} is of one person", "leave other blank, or write two rows")
    for address in filter(None, (one_email, other_email)):
        if not _ADDRESS.fullmatch(address):
            refuse(f"{quoted(address)} is no address of mail", "correct it, or leave it blank")
    if one == other:
        refuse(f"{quoted(one)} is with themselves", "name another person in other")
    named = ((one, one_email), (other, other_email))
    new = tuple((name, address) for name, address in named if name and address)
    return Proposal(kind, day, one, other, level("handoff")(handoff), key, new=new)
