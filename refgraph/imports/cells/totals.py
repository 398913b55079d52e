"""Rows that say totals are found by what they are: a word for it, or the sums of their columns.

So are rows of an average, a goal or another year, and those between the others that only say
which month follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.imports.cells.amounts import NUMBER, Sums
from refgraph.imports.cells.date_order import is_month, is_partial, readings
from refgraph.names.blank_words import blank_word
from refgraph.names.summary_words import is_summary
from refgraph.schema.text import argument, quoted, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["group_of", "heading_rows", "plain_rows", "say_totals", "summary_of", "total_rows"]

# English, German, French, Spanish, Italian, Dutch, Portuguese.
_WORD = re.compile(
    r"(?:(?:grand |sub-?|sous-)?(?:totals?|totale|totaal|totaux|totali|totales|totais)"
    r"|sums?|summe|gesamt(?:summe|ergebnis)?|zwischensumme|endsumme|insgesamt|somme|suma|somma|soma|som"
    r"|eindtotaal|subtotaal|subtotale)"
    r"(?: (?:referrals?|slips?|meetings?|visitors?|fees?|amount|value|revenue|income|given|"
    r"received|sent|paid|general|"
    r"général|generale|geral|algemeen|[12][0-9]{3}))?"
    r" ?[:=]?(?: ?[$£€]?[0-9][0-9.,]* ?[€%]?)?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:(?:quarter|quartal|trimest(?:re|er|ral|e)|kwartaal|kw|week|woche|semaine|semana|settimana"
    r"|q|t) ?[0-9]{1,2}|[0-9]{1,2}\. quartal|[0-9]\. kwartaal)(?:[ ,/-]+(?:19|20)[0-9]{2})?",
    re.IGNORECASE,
)
#: What says a total wherever it stands, whatever it is of.
_PART = re.compile(
    r"(?:sub-? ?totals?|sous-total|zwischensumme|teilsumme|subtotale|subtotaal|tussentotaal"
    r"|parcial)"
    r"\b.*|(?:month(?:ly)? )?totals? (?:for )?(?P<of>.+)|(?:summe|gesamt) (?P<von>.+)",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(
    r"(?P<of>.+?) (?:sub-?)?(?:total|totale|totaal|gesamt|summe|ergebnis)", re.IGNORECASE
)
_MOST_MISSES = 20  # rows that are called as a total is, and are none
_FOOT = 3  # a word alone is a total only among the last rows
_MOST = 200  # cells of a row
_MOST_WORDS = 2  # of a summary: what it is, and of which month


def total_rows(rows: Sequence[Sequence[str]], named: Collection[str] = frozenset()) -> list[int]:
    """Find the rows that say totals and no referral.

    Such a row has a word for a total and nothing else but numbers, one of which
    is the sum of what stands above it. At the foot of a table with numbers the
    word is enough, and so are numbers that are all such sums. Rows of an average, a goal or
    the like (:func:`summary_of`) say none either, wherever they stand.

    Parameters
    ----------
    rows : sequence of sequence of str
        What stands under a header.
    named : collection of str
        Words of a summary or a total that are names here.

    Returns
    -------
    list of int
        Their positions.

    Examples
    --------
    >>> total_rows([["Ann Lee", "300"], ["Bo Park", "50"], ["Total", "350"]])
    [2]
    >>> total_rows([["North", "3"], ["North Total", "3"], ["Quality", "3"], ["Quality Total", "4"]])
    [1]
    >>> total_rows([["Ann Lee", "300"], ["Bo Park", "50"], ["", "$350.00"]])
    [2]
    >>> total_rows([["Ann Lee", "3"], ["Total Energy", "5"], ["Total", ""]])
    [2]
    """
    found: list[int] = []
    groups, named = _Groups(rows, found), frozenset(named)
    sums: dict[int, Sums] = {}
    start = 0  # where the rows begin that the next total is of
    summaries: set[int] = set()
    for at, row in enumerate(rows):
        cells = _cells_of_total(row)
        if (word := summary_of(row)) and word not in named:
            found.append(at)
            summaries.add(at)
            continue
        words = {place: cell for place, cell in cells.items() if not NUMBER.fullmatch(cell)}
        is_name = not named.isdisjoint(words.values())
        if not is_name and (any(map(_says_part, words.values())) or groups.end(words, at)):
            groups.close(next(iter(words)), at)
            found.append(at)
            start = at + 1
            sums.clear()
            continue
        foot = at >= len(rows) - _FOOT
        if not cells or any(not _WORD.fullmatch(word) for word in words.values()):
            continue
        if not (foot or words):
            continue
        agree = [
            sums.setdefault(place, Sums(place, start, summaries)).has_sum(rows, at, cell)
            for place, cell in cells.items()
        ]
        if words:
            ((place, word),) = words.items()
            is_total = at > 0 and any(agree)
            if at > 0 and foot and not is_total:
                is_total = len(cells) > 1 or word[-1].isdigit() or _counts(rows, place)
        else:
            is_total = all(agree)
        if is_total:
            found.append(at)
            start = at + 1
            sums.clear()
    return found


def summary_of(row: Sequence[str]) -> str:
    """Give the word of a row that says an average, a goal or the like; nothing of other rows.

    Beside the word it has numbers, and at most a month: it names nobody else, and no day.

    Parameters
    ----------
    row : sequence of str
        The cells.

    Examples
    --------
    >>> summary_of(["Average", "", "3.5"]), summary_of(["Dec 2026", "Goal", "10"])
    ('Average', 'Goal')
    >>> summary_of(["2026-03-01", "Target", "Okafor", "300"]), summary_of(["Target", ""])
    ('', '')
    """
    words: list[str] = []
    others: list[str] = []
    for text in row[:_MOST]:
        if cell := text.strip():
            (words if cell[0].isalpha() else others).append(cell)
            if len(words) > _MOST_WORDS:
                return ""
    told = [word for word in words if is_summary(word)]
    if len(told) != 1 or not any(any(map(str.isdigit, cell)) for cell in others):
        return ""
    if any(not (_is_period(word) or blank_word(word)) for word in words if word != told[0]):
        return ""
    dated = [cell for cell in others if not cell.isdigit() and (is_partial(cell) or readings(cell))]
    if not all(map(is_partial, dated)):
        return ""
    return told[0] if len(dated) < len(others) else ""


def say_totals(
    path: str, lines: Sequence[int], rows: Sequence[Sequence[str]], left: Iterable[int]
) -> list[str]:
    """Say which rows are left out as totals, or as summaries, which may be names after all.

    Parameters
    ----------
    path : str
        The file.
    lines : sequence of int
        Where its rows stand in it.
    rows : sequence of sequence of str
        What stands under a header.
    left : iterable of int
        Which of them are left out.

    Examples
    --------
    >>> rows = [["Ann", "3"], ["Goal", "9"], ["Ann Total", "3"], ["Total", "3"]]
    >>> for told in say_totals("a.csv", [2, 3, 4, 5], rows, [1, 2, 3]):
    ...     print(told)
    a.csv: left out line 3, a summary: 'Goal, 9' (if it is a name: --new-person 'Goal')
    a.csv: left out line 4, a total: 'Ann Total, 3' (if it is a name: --new-person 'Ann Total')
    a.csv: left out line 5, a total: 'Total, 3'
    """
    told = []
    for at in sorted(left):
        said = quoted(visible(", ".join(filter(None, map(str.strip, rows[at]))), 60))
        kind = "a summary" if (word := summary_of(rows[at])) else "a total"
        cells = _cells_of_total(rows[at]).values()
        names = filter(group_of, cells)
        word = word or next(names, "")
        is_name = f" (if it is a name: --new-person {argument(word)})" if word else ""
        told.append(f"{path}: left out line {lines[at]:,}, {kind}: {said}{is_name}")
    return told


@dataclass(slots=True)
class _Groups:
    """Where groups of a pivot begin, each named in its first row or in all of them.

    Attributes
    ----------
    rows : sequence of sequence of str
        What stands under the header.
    left : list of int
        The rows that are none of a group: totals. They are added to outside.
    starts : dict of int to int
        For each column, where the group of it begins that is open.
    seen : dict of int to dict of str to int
        For each column in which a total stands, where each text of it stood first since then.
    upto : dict of int to int
        Up to which row that is known.
    misses : int
        How many that may be totals were none.
    """

    rows: Sequence[Sequence[str]]
    left: list[int]
    starts: dict[int, int] = field(default_factory=dict)
    seen: dict[int, dict[str, int]] = field(default_factory=dict)
    upto: dict[int, int] = field(default_factory=dict)
    misses: int = 0

    def end(self, words: Mapping[int, str], at: int) -> bool:
        """Tell whether a row has one word alone, and is the total of whom it names, right above.

        Its numbers, if it has any, are one sum at least of those above it.
        """
        if len(words) != 1 or self.misses > _MOST_MISSES:
            return False
        ((place, word),) = words.items()
        if not (named := group_of(word)):
            return False
        first = self._first(place, named, at)
        is_total = first is not None and self._adds_up(first, at)
        self.misses += not is_total
        return is_total

    def close(self, place: int, at: int) -> None:
        """End the group of a column, and with it those to its right."""
        for other in [each for each in self.seen if each >= place]:
            del self.seen[other]
        self.starts[place] = at + 1

    def _first(self, place: int, named: str, at: int) -> int | None:
        """Find where a group begins; None if it is not open."""
        start = max((row for each, row in self.starts.items() if each <= place), default=0)
        seen = self.seen.setdefault(place, {})
        if not seen:
            self.upto[place] = start
        for row in range(max(self.upto[place], start), at):
            if place < len(self.rows[row]) and (text := self.rows[row][place].strip()):
                seen.setdefault(text.casefold(), row)
        self.upto[place] = at
        return seen.get(named)

    def _adds_up(self, first: int, at: int) -> bool:
        """Tell whether a number of a row is the sum of its column from a row on; or it has none."""
        total = _cells_of_total(self.rows[at])
        left = {*self.left[bisect_left(self.left, first) :]}
        numbers = {place: cell for place, cell in total.items() if NUMBER.fullmatch(cell)}
        return not numbers or any(
            Sums(place, first, left, fewest=1).has_sum(self.rows, at, cell)
            for place, cell in numbers.items()
        )


def group_of(cell: str) -> str:
    """Give whose total a cell says to be, in small letters; nothing if it says none.

    Examples
    --------
    >>> group_of("Ann Lee Total"), group_of("Grand Total"), group_of("Ann Lee")
    ('ann lee', '', '')
    """
    match = _OF_GROUP.fullmatch(cell.strip())
    return match["of"].strip().casefold() if match and not _WORD.fullmatch(cell.strip()) else ""


def _says_part(word: str) -> bool:
    """Tell whether a word says the total of a part: of a month, or of what stands above it."""
    match = _PART.fullmatch(word.rstrip(" :"))
    of = match and (match["of"] or match["von"])
    return match is not None and (not of or (_is_period(of) and not of.isdigit()))


def _is_period(text: str) -> bool:
    """Tell whether a text is a month, a year, a quarter or a week, and nothing else."""
    text = text.strip(" :-\u2013\u2014*")
    return is_partial(text) or is_month(text) or bool(_PERIOD.fullmatch(text))


def heading_rows(rows: Sequence[Sequence[str]], *, alone: bool = False) -> list[int]:
    """Find the rows that only say which month, quarter or year the rows below are of.

    A month without a year may be a name: it is a heading where another month is one too, and
    where a row that names somebody has more than one cell.

    Parameters
    ----------
    rows : sequence of sequence of str
        What stands under a header.
    alone : bool
        Whether each row that is none has more than one cell.

    Returns
    -------
    list of int
        Their positions.

    Examples
    --------
    >>> heading_rows([["March 2026", ""], ["Ann Lee", "300"], ["Q2 2026", ""], ["Bo", "50"]])
    [0, 2]
    >>> heading_rows([["April", ""], ["Ann Lee", "300"]])
    []
    >>> heading_rows([["April"], ["Ann Lee", "300"]], alone=True)
    [0]
    """
    found: dict[int, str] = {}
    if max(map(len, rows), default=0) < 2:
        return []
    for at, row in enumerate(rows):
        filled = [cell for cell in row[:_MOST] if cell.strip()]
        if len(filled) == 1 and _is_period(filled[0]):
            found[at] = filled[0].strip(" :-*").casefold()
    months = {word for word in found.values() if is_month(word)}
    return [at for at, word in found.items() if alone or len(months) > 1 or word not in months]


def plain_rows(rows: Sequence[Sequence[str]], most: int) -> list[Sequence[str]]:
    """Give the first rows without those that say totals or months alone."""
    some = rows[:most]
    left = {*total_rows(some), *heading_rows(some)}
    return [row for at, row in enumerate(some) if at not in left]


def _cells_of_total(row: Sequence[str]) -> dict[int, str]:
    """Give the cells of a row that may say a total; none where two of them are words."""
    cells: dict[int, str] = {}
    words = 0
    for place, text in enumerate(row[:_MOST]):
        if cell := " ".join(text.split()):
            cells[place] = cell
            words += not NUMBER.fullmatch(cell)
            if words > 1:
                return {}
    return cells


def _counts(rows: Sequence[Sequence[str]], name: int) -> bool:
    """Tell whether any other column than that of the word holds nothing but numbers."""
    width = min(_MOST, max(map(len, rows)))
    for place in range(width):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        if place != name and cells and all(map(NUMBER.fullmatch, cells)):
            return True
    return False
