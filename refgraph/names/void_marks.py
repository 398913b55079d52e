"""A column that nothing is read from, and that says of some rows that they do not count.

Taken as they stand, such rows would be referrals that somebody has taken back. Whoever reads a
table asks here: the reader of books, of a frame, and an import.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from refgraph.names.blank_words import blank_word
from refgraph.names.folded import YES, YES_NO, fold
from refgraph.schema.text import argument, quoted
from refgraph.wording import count, pluralize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.schema.distinct_values import Column

__all__ = ["VoidMarks", "is_void_word", "may_void", "said_places", "void_marks"]

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
_WHOLE = re.compile(r"(?<=\d)[. ]0+$")  # of a number that a database keeps with its decimals
_MOST_PLACES = 20
_MOST_RULES, _LONGEST = 3, 40  # cells that are told as rules, and their letters


def may_void(title: str) -> bool:
    """Tell whether a column headed so may say of its rows that they do not count.

    Examples
    --------
    >>> [may_void(each) for each in ("Void?", "Deleted on", "Cancelled", "Voided by", "Voice")]
    [True, True, True, True, False]
    """
    header = fold(title)
    return bool(_VOID.fullmatch(header) or _CALLED_OFF.fullmatch(header))


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
        Whether each cell can only mean that its row is void, and some rows are not.
    """

    title: str
    places: Sequence[int]
    cells: Sequence[str]
    is_clear: bool

    def question(self, *, rules: bool = False) -> tuple[str, str]:
        """Ask whether the rows count, where that is not clear: a message and a remedy.

        Parameters
        ----------
        rules : bool
            Whether a rules file may say so.
        """
        doubtful = next((cell for cell in self.cells if not _says_void(cell)), self.cells[0])
        message = f"the column {quoted(self.title)} marks some rows, like {quoted(doubtful)}"
        also = _rules(self.title, self.cells) if rules else ""
        counts = f"if each is a referral: {self.counts_all()}"
        return message, f"{counts}; if not, take those rows out{also}"

    def told(self, places: Sequence[str]) -> str:
        """Say which rows are left out.

        Parameters
        ----------
        places : sequence of str
            What names each row: a number where they are lines.

        Examples
        --------
        >>> VoidMarks("Void", [1, 4], ["x"], is_clear=True).told(["3", "6"])
        "left out 2 rows that 'Void' marks: lines 3, 6; if each counts: --columns 'note=Void'"
        """
        rows, said = count(len(places), "row"), said_places(places)
        marked = f"left out {rows} that {quoted(self.title)} marks: {said}"
        return f"{marked}; if each counts: {self.counts_all()}"

    def counts_all(self) -> str:
        """Give the option by which each row counts."""
        return f"--columns {argument(f'note={self.title}')}"


def said_places(places: Sequence[str]) -> str:
    """Name the first rows of several, as lines where they are numbers.

    Examples
    --------
    >>> said_places(["3", "1,006"]), said_places(["id 's7'"])
    ('lines 3, 1,006', "id 's7'")
    """
    said = ", ".join(places[:_MOST_PLACES]) + ", ..." * (len(places) > _MOST_PLACES)
    return f"{pluralize(len(places), 'line')} {said}" if places[0][:1].isdigit() else said


def void_marks(title: str, cells: Column) -> VoidMarks | None:
    """Find the rows that a column marks; None if it is none that may, or marks none.

    Parameters
    ----------
    title : str
        Its header.
    cells : Column
        What stands in each row.

    Examples
    --------
    >>> from refgraph.schema.distinct_values import Column
    >>> marks = void_marks("Void", Column.of(["", "x", "no"]))
    >>> marks.places, marks.is_clear
    ([1], True)
    >>> void_marks("Cancelled", Column.of(["", "x"])).is_clear
    False
    """
    if not may_void(title):
        return None
    marking = [code for code, cell in enumerate(cells.distinct) if _is_marked(cell)]
    places = np.flatnonzero(np.isin(cells.codes, marking)).tolist()
    if not places:
        return None
    said = list(dict.fromkeys(cells[place].strip() for place in places))
    is_clear = bool(_VOID.fullmatch(fold(title))) and all(map(_says_void, said))
    return VoidMarks(title.strip(), places, said, is_clear and len(places) < len(cells))


def _says_void(cell: str) -> bool:
    """Tell whether a cell is a mark or a word that can only mean yes, it is void."""
    word = _WHOLE.sub("", fold(cell))
    return word in YES or word == "1" or bool(_VOID.fullmatch(word)) or not (word or "?" in cell)


def _rules(name: str, cells: Sequence[str]) -> str:
    """Say how a rules file takes the rows out, where their cells are few and short."""
    is_plain = len(cells) <= _MOST_RULES and all(
        len(cell) <= _LONGEST and cell.isprintable() and '"' not in cell for cell in (name, *cells)
    )
    if not is_plain:
        return ""
    rules = ", ".join(f'if "{name}" = "{cell}" skip' for cell in cells)
    return f", or give --rules a file that says, each on a line: {rules}"


def _is_marked(cell: str) -> bool:
    """Tell whether a cell says more than no or nothing."""
    cell = cell.strip()
    word = _WHOLE.sub("", fold(cell))
    if not word:  # a mark alone, as a cross or a dash
        return bool(cell) and cell not in _DASHES
    return word not in _NO and (word in YES_NO or not blank_word(cell))
