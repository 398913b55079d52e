"""A matrix with names on both axes: rows give, columns receive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.names.summary_words import is_summary
from refgraph.reading.networks.edge_lists import EDGES
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.reading.files.records import Source

__all__ = ["take_matrix"]

_MOST_ABOVE = 20
_BLANK = " -\u2013\u2014"  # what stands where there is nothing
# "To \\ From", "Receiver / Giver": what stands first in a corner is said of the rows.
_RECEIVES_FIRST = re.compile(
    r"\W*(?:to|receive[rd]?s?|received by|recipients?|erhalten\w*|bekommen\w*|empf[aä]nger\w*"
    r"|vers|re[cç]u\w*|para|recib\w+|receb\w+|ricev\w+|aan|naar|ontvang\w+)\b"
    r"|\W*an(?=\s*(?:$|[^\w\s]|von\b))|\W*[aà]\W+(?:de|da)\b",
    re.IGNORECASE,
)
_ROWS_RECEIVE = re.compile(
    r"\brows? (?:receives?|got|gets?)\b|\b(?:received(?: by)?|receivers?|to) \(?(?:in )?rows?\b"
    r"|\b(?:from|givers?) \(?(?:in )?columns?\b|\bcolumns? gives?\b"
    r"|\b(?:zeilen?|lignes?|rig(?:a|he)|filas?|linhas?|rij(?:en)?)\W+"
    r"(?:erh[aä]lt\w*|empf[aä]ng\w*|bek\w+|re[cç]oi\w+|recib\w+|receb\w+|ricev\w+|ontvang\w+)",
    re.IGNORECASE,
)
_TOTALS = frozenset(
    (
        *("", "total", "totals", "sum", "sums", "grand total", "row total", "column total"),
        *(
            "total given",
            "total received",
            "given",
            "received",
            "summe",
            "gesamt",
            "somme",
            "totale",
            "totaal",
        ),
        *("unique", "unique given", "unique received", "distinct"),
    )
)


def take_matrix(source: Source, notes: list[str]) -> bool:
    """Make a row of each cell that counts; say whether the table was a matrix.

    Raises
    ------
    LedgerError
        Its totals do not add up, a name stands twice on one axis, or a cell holds an error.
    """
    above = _titles(source)
    body = _body(source, above)
    if body is None:
        return False
    rows, lines = body
    rows_above = source.rows[:above]
    source.rows, source.lines = source.rows[above:], source.lines[above:]
    across = [_name(text) for text in source.rows[0]]
    down = [_name(row[0]) for row in rows]
    receivers = [at for at in range(1, len(across)) if not _is_total(across[at])]
    givers = [at for at in range(len(down)) if not _is_total(down[at])]
    _check(source, lines, [across[at] for at in receivers], [down[at] for at in givers])
    left = [name for name in dict.fromkeys([*across[1:], *down]) if is_summary(name)]
    totals = len(across) - 1 - len(receivers) + len(rows) - len(givers)
    if totals:
        _check_totals(source, rows, lines, (givers, down), (receivers, across))
    turned = _rows_receive(source.rows[0][0], rows_above)
    made, places = [[*EDGES]], [source.lines[0]]
    for at in givers:
        for to in receivers:
            cell = rows[at][to].strip()
            if cell.strip(_BLANK) and _number(cell) != 0:
                sides = [across[to], down[at]] if turned else [down[at], across[to]]
                made.append([*sides, cell])
                places.append(lines[at])
    axes = "rows receive, columns give, as it says" if turned else "rows give, columns receive"
    told = f"this is a matrix: {axes}, its referrals are undated"
    if totals:
        told += f"; its totals are no people{', nor are ' if left else ''}{', '.join(left)}"
    notes.append(f"{source.path}: {told}")
    source.rows, source.lines, source.bulk, source.faults = made, places, None, {}
    return True


def _rows_receive(corner: str, above: Sequence[Sequence[str]]) -> bool:
    """Tell whether the corner of a matrix, or a title above it, says that its rows receive."""
    titles = " ".join(cell for row in above for cell in row)
    return bool(_RECEIVES_FIRST.match(corner) or _ROWS_RECEIVE.search(f"{corner} {titles}"))


def _titles(source: Source) -> int:
    """Count the rows above the header of a sheet: those with fewer cells than a matrix has."""
    rows = [] if source.bulk else source.rows[:_MOST_ABOVE]
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    most = max(filled, default=0)
    return next((at for at, cells in enumerate(filled) if cells >= most - 1), 0)


def _body(source: Source, above: int) -> tuple[list[list[str]], list[int]] | None:
    """Give the rows under the header if the names on both axes are the same people."""
    header = source.rows[above]
    across = {_name(text) for text in header[1:]} - {""}
    width = len(header)
    if len(across) < 2 or source.broken:
        return None
    if source.bulk:
        if len(source.rows) > 1 or len(source.bulk.lines) > 2 * width:
            return None
        columns = [list(source.bulk.column(at)) for at in range(width)]
        rows = [list(row) for row in zip(*columns, strict=True)]
        lines = [int(line) for line in source.bulk.lines]
    else:
        rows, lines = source.rows[above + 1 :], list(source.lines[above + 1 :])
    if any(len(row) != width for row in rows):
        return None
    down = {_name(row[0]) for row in rows} - {""}
    shared = {name for name in across & down if not _is_total(name)}
    people = max(sum(1 for name in axis if not _is_total(name)) for axis in (across, down))
    enough = 2 * len(shared) >= people
    return (rows, lines) if len(shared) > 1 and enough else None


def _check(
    source: Source, lines: Sequence[int], receivers: Sequence[str], givers: Sequence[str]
) -> None:
    """Refuse names that stand twice on one axis, and cells that hold an error."""
    for names, axis in ((receivers, "columns"), (givers, "rows")):
        if twice := next((name for at, name in enumerate(names) if name in names[:at]), ""):
            message = f"{quoted(twice)} names two {axis} of this matrix"
            raise LedgerError([source.problem(source.lines[0], message, "give each its own name")])
    wrong = [
        source.problem(line, message, hint)
        for (line, _), (message, hint) in sorted(source.faults.items())
        if line in lines
    ]
    if wrong:
        raise LedgerError(wrong)


def _check_totals(
    source: Source,
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    down: tuple[Sequence[int], Sequence[str]],
    across: tuple[Sequence[int], Sequence[str]],
) -> None:
    """Refuse totals that are none: they may hide a person, or a cell that was lost.

    An axis is the places of its people, and what each place is called.
    """
    width = len(rows[0])
    (givers, names), (receivers, titles) = down, across
    sums = [
        (line, rows[at][to], [rows[at][each] for each in receivers])
        for at, line in enumerate(lines)
        for to in range(1, width)
        if at in givers and to not in receivers and not is_summary(titles[to])
    ]
    sums += [
        (lines[at], rows[at][to], [rows[each][to] for each in givers])
        for at in range(len(rows))
        for to in receivers
        if at not in givers and not is_summary(names[at])
    ]
    for line, total, cells in sums:
        added = sum(_number(cell) or 0.0 for cell in cells)
        partners = sum(bool(_number(cell)) for cell in cells)  # some reports count people
        if total.strip() and _number(total) not in (added, partners):
            message = f"a total says {quoted(total.strip())}, and its cells add up to {added:g}"
            hint = "correct it, or remove the totals; a person needs another name"
            raise LedgerError([source.problem(line, message, hint)])


def _is_total(name: str) -> bool:
    """Tell whether an axis names a total or a summary here, and nobody."""
    return name.casefold() in _TOTALS or is_summary(name)


def _name(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> float | None:
    try:
        return float(text) if text.strip(_BLANK) else 0.0
    except ValueError:
        return None
