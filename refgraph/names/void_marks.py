"""A column that nothing is read from, and that says of some rows that they do not count.

Taken as they stand, such rows would be referrals that somebody has taken back. Whoever reads a
table asks here: the reader of books, of a frame, and an import.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from refgraph.names.blank_words import blank_word
from refgraph.names.folded import YES, YES_NO, fold
from refgraph.schema.text import argument, quoted
from refgraph.wording import agree, count, join_names, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from refgraph.schema.distinct_values import Column

__all__ = [
    "COUNTS_ALL",
    "VOID",
    "VoidMarks",
    "is_asked",
    "is_called",
    "is_void_word",
    "marks_of",
    "may_void",
    "said_places",
    "void_marks",
]

#: What is said, in place of a column of ours, of the column that marks rows as void.
VOID = "void"
#: The option by which each row counts, whatever marks it.
COUNTS_ALL = f"--columns {VOID}="

# English, German, French, Spanish, Italian, Dutch, Portuguese.
_WORD = (
    r"void(ed)?|deleted?|duplicates?( of)?|dupe?s?|removed?|ignored?|excluded?|disregard"
    r"|do not (count|use)|test( (row|entry|record|data))?"
    r"|geloscht|doppelt|dublette|duplikat|ignorieren|nicht zahlen|supprimee?|doublon|ignorer"
    r"|eliminad[oa]|borrad[oa]|duplicad[oa]|ignorar|eliminat[oa]|doppione|duplicat[oa]|ignora"
    r"|verwijderd|dubbel|negeren|apagad[oa]|excluid[oa]"
)
_INVALID = r"invalid|ungultig|invalide|invalid[oa]|non valid[oa]|ongeldig"
_WHEN = r"( (on|at|by|date|am|von|le|par|el|por|il|da|op|door|em))?"
_VOID_WORD = re.compile(rf"(marked as )?({_WORD})")
_VOID = re.compile(rf"((is|was|row|entry|mark(ed)? as) )?({_WORD}|{_INVALID}){_WHEN}")
# What was called off may be the business, and the referral have been made all the same.
_CALLED_OFF = re.compile(
    r"((is|was) )?(cancell?ed|retracted|reversed|withdrawn|storniert|storno|annulliert"
    r"|zuruckgezogen|annulee?|retiree?|anulad[oa]|cancelad[oa]|retirad[oa]|annullat[oa]"
    rf"|cancellat[oa]|ritirat[oa]|geannuleerd|ingetrokken){_WHEN}"
)
_NO = frozenset(
    ("", "n", "no", "false", "0", "nein", "non", "nee", "nao", "falsch", "faux", "falso", "onwaar")
)
_DASHES = frozenset("-\u2013\u2014\u2610\u25a1")
_DOUBTS = frozenset("?\uff1f\u061f\u00bf")
_WHOLE = re.compile(r"(?<=\d)[. ]0+$")  # of a number that a database keeps with its decimals
_MOST_PLACES = 20


def may_void(title: str) -> bool:
    """Tell whether a column headed so may say of its rows that they do not count.

    Examples
    --------
    >>> [may_void(each) for each in ("Void?", "Deleted on", "Cancelled", "Voided by", "Voice")]
    [True, True, True, True, False]
    """
    header = fold(title)
    return bool(_VOID.fullmatch(header) or _CALLED_OFF.fullmatch(header))


def is_asked(title: str, told: str | None = None) -> bool:
    """Tell whether a column that nothing is read from is asked which rows it marks as void.

    Parameters
    ----------
    title : str
        Its header.
    told : str, optional
        The header of the column that is said to mark rows; nothing if none does.

    Examples
    --------
    >>> is_asked("Void"), is_asked("Void", ""), is_asked("Mark"), is_asked("Mark", "mark")
    (True, False, False, True)
    """
    return told != "" and (is_called(title, told) or may_void(title))


@lru_cache
def is_void_word(text: str) -> bool:
    """Tell whether a word under the header of an outcome says that its row is none.

    What is called invalid or cancelled may be the business, and is no such word.

    Examples
    --------
    >>> [is_void_word(each) for each in ("VOID", "Duplicate", "gelöscht", "Cancelled", "Invalid")]
    [True, True, True, False, False]
    """
    return bool(_VOID_WORD.fullmatch(fold(text)))


@dataclass(frozen=True, slots=True)
class VoidMarks:
    """The rows that a column marks.

    Attributes
    ----------
    title : str
        The header of the column.
    places : sequence of int
        Which rows, from 0.
    cells : sequence of str
        What stands there, each text once.
    is_clear : bool
        Whether each cell can only mean that its row is void.
    together : sequence of str
        The headers of all columns that mark rows, where they mark every row.
    """

    title: str
    places: Sequence[int]
    cells: Sequence[str]
    is_clear: bool
    together: Sequence[str] = ()

    def question(self) -> tuple[str, str]:
        """Ask whether the rows count, where that is not clear: a message and a remedy."""
        counts = f"if each is a referral: {COUNTS_ALL}"
        if self.together:
            who = join_names([*map(quoted, self.together)])
            does = agree(len(self.together), "marks")
            columns = pluralize(len(self.together), "column")
            message = f"the {columns} {who} {does} every row, so that none would count"
            one = f"; if {quoted(self.title)} alone says so: {self._chooses()}"
            return message, counts + one * (len(self.together) > 1)
        doubtful = next((cell for cell in self.cells if not _says_void(cell)), self.cells[0])
        message = f"the column {quoted(self.title)} marks some rows, like {quoted(doubtful)}"
        return message, f"{counts}; if those rows are none: {self._chooses()}"

    def _chooses(self) -> str:
        """Give the option by which the marked rows are none."""
        return f"--columns {argument(f'{VOID}={self.title}')}"

    def told(self, places: Sequence[str]) -> str:
        """Say which rows are left out.

        Parameters
        ----------
        places : sequence of str
            What names each row: a number where they are lines.

        Examples
        --------
        >>> VoidMarks("Void", [1, 4], ["x"], is_clear=True).told(["3", "6"])
        "left out 2 rows that 'Void' marks: lines 3, 6; if each counts: --columns void="
        """
        rows, said = count(len(places), "row"), said_places(places)
        marked = f"left out {rows} that {quoted(self.title)} marks: {said}"
        return f"{marked}; if each counts: {COUNTS_ALL}"


def said_places(places: Sequence[str]) -> str:
    """Name the first rows of several, as lines where they are numbers.

    Examples
    --------
    >>> said_places(["3", "1,006"]), said_places(["id 's7'"])
    ('lines 3, 1,006', "id 's7'")
    """
    said = ", ".join(places[:_MOST_PLACES]) + ", ..." * (len(places) > _MOST_PLACES)
    return f"{pluralize(len(places), 'line')} {said}" if places[0][:1].isdigit() else said


def void_marks(title: str, cells: Column, *, is_told: bool = False) -> VoidMarks | None:
    """Find the rows that a column marks; None if it is none that may, or marks none.

    Parameters
    ----------
    title : str
        Its header.
    cells : Column
        What stands in each row.
    is_told : bool
        Whether somebody says that it marks rows, so that its header need not.

    Examples
    --------
    >>> from refgraph.schema.distinct_values import Column
    >>> marks = void_marks("Void", Column.of(["", "x", "no"]))
    >>> marks.places, marks.is_clear
    ([1], True)
    >>> void_marks("Cancelled", Column.of(["", "x"])).is_clear
    False
    """
    if not (is_told or may_void(title)):
        return None
    marking = [code for code, cell in enumerate(cells.distinct) if _is_marked(cell)]
    places = np.flatnonzero(np.isin(cells.codes, marking)).tolist()
    if not places:
        return None
    said = list(dict.fromkeys(cells[place].strip() for place in places))
    is_clear = bool(_VOID.fullmatch(fold(title))) and all(map(_says_void, said))
    return VoidMarks(title.strip(), places, said, is_clear or is_told)


def marks_of(columns: Iterable[tuple[str, Column]], told: str | None = None) -> list[VoidMarks]:
    """Find the rows that columns mark, each row under the first column that marks it.

    Parameters
    ----------
    columns : iterable of (str, Column)
        The header of each column that nothing is read from, and what stands in its rows.
    told : str, optional
        What somebody says marks rows: the header of a column, or nothing at all. Where it and
        others mark every row, it alone counts.

    Examples
    --------
    >>> from refgraph.schema.distinct_values import Column
    >>> void, gone = Column.of(["", "x", "x"]), Column.of(["", "", "x"])
    >>> [(each.title, each.places) for each in marks_of([("Void", void), ("Deleted", gone)])]
    [('Void', [1, 2])]
    >>> marks_of([("Void", void)], "")
    []
    >>> every = marks_of([("Void", void), ("Deleted", Column.of(["x", "", ""]))])
    >>> every[0].question()[0]
    "the columns 'Void' and 'Deleted' mark every row, so that none would count"
    """
    if told == "":
        return []
    found: list[VoidMarks] = []
    marked: set[int] = set()
    rows = 0
    columns = sorted(columns, key=lambda each: not is_called(each[0], told))
    for title, cells in columns:
        rows = len(cells)
        is_told = is_called(title, told)
        marks = void_marks(title, cells, is_told=is_told)
        if marks is None:
            continue
        places = [place for place in marks.places if place not in marked]
        marked.update(places)
        if places or not marks.is_clear:
            found.append(replace(marks, places=places or marks.places))
    if marked and len(marked) == rows:
        alone = [each for each in found if is_called(each.title, told)]
        if alone and len(alone[0].places) < rows:
            return alone
        titles = [each.title for each in found]
        found.sort(key=lambda each: len(each.places) == rows)  # one that leaves rows is offered
        found = [replace(each, is_clear=False, together=titles) for each in found]
    return found


def is_called(title: str, told: str | None) -> bool:
    """Tell whether a column is the one that somebody names, but for capitals and marks behind it.

    Examples
    --------
    >>> is_called("Void?", "void"), is_called("Void (2)", "void"), is_called("Void", None)
    (True, False, False)
    """
    return told is not None and _plain(title) == _plain(told)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold().rstrip(" :?*")


def _says_void(cell: str) -> bool:
    """Tell whether a cell is a mark or a word that can only mean yes, it is void."""
    word = _WHOLE.sub("", fold(cell))
    is_yes = not word or word in YES or word == "1" or _VOID.fullmatch(word) is not None
    return is_yes and _DOUBTS.isdisjoint(cell)


def _is_marked(cell: str) -> bool:
    """Tell whether a cell says more than no or nothing."""
    cell = cell.strip()
    word = _WHOLE.sub("", fold(cell))
    if not word:  # a mark alone, as a cross or a dash
        return bool(cell) and cell not in _DASHES
    return word not in _NO and (word in YES_NO or not blank_word(cell))
