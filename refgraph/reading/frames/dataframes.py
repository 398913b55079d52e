"""Frames in memory as tables of rows of text, each row named by its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.errors import OptionError, Problem
from refgraph.reading.book_files import Files
from refgraph.reading.files.records import Source, blank_records
from refgraph.reading.frames.cell_text import is_missing, text_column, text_of
from refgraph.schema.text import FieldError, quoted, said_by, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import NDArray

    from refgraph.reading.read_options import ReadOptions
    from refgraph.schema.distinct_values import Column

__all__ = ["FrameTables", "in_python", "read_frame", "row_names", "said_in_python"]

_ABOVE = 2  # the line of the first row, were the frame written as a file with a header
# What the tables of a Book say beside the columns of its files.
_OF_BOOKS = frozenset(("file", "line", "declared"))


def read_frame(frame: Any, name: str) -> pd.DataFrame:
    """Give a pandas frame, from anything that makes one of itself.

    Raises
    ------
    OptionError
        It is no frame, and has no ``to_pandas()`` that works here.

    Examples
    --------
    >>> len(read_frame(pd.DataFrame({"giver": ["Ann"]}), "referrals"))
    1
    """
    if isinstance(frame, pd.DataFrame):
        return frame
    kind = type(frame).__name__
    if not hasattr(frame, "to_pandas"):
        advice = "collect it first" if hasattr(frame, "collect") else "make it one: pd.DataFrame(…)"
        msg = f"{name} must be a DataFrame, and this is of type {kind}: {advice}"
        raise OptionError(msg)
    try:
        made = frame.to_pandas()
    except ImportError as error:
        msg = f"{name}, of type {kind}, cannot be made a pandas DataFrame: {error}"
        raise OptionError(msg) from None
    if not isinstance(made, pd.DataFrame):
        msg = f"{name} must be a DataFrame, and this is of type {kind}"
        raise OptionError(msg)
    return made


@dataclass(frozen=True, slots=True)
class FrameTables:
    """Frames in memory, as the reader takes tables.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        ``referrals``, and of ``people``, ``touches`` and ``statuses`` those that there are.
    path : str
        What stands for the place.
    """

    frames: Mapping[str, pd.DataFrame]
    path: str = "(frames)"

    def find(self) -> Files:
        """Name the frames."""
        own = {f"{name}.csv": name for name in self.frames if name != "referrals"}
        return Files((("referrals", "any"),), own)

    def settings(self, _: Files) -> None:
        """Give no file: frames have no settings."""

    def open_referrals(self, name: str, options: ReadOptions, _: list[str]) -> Source:
        """Give the rows of the frame of referrals."""
        return _open_frame(self.frames[name], name, options.columns)

    def open_own(self, name: str, _: Collection[str], __: ReadOptions, ___: list[str]) -> Source:
        """Give the rows of another frame."""
        frame = self.frames[name]
        if name == "people" and "declared" in frame:  # of a book: the others are seen elsewhere
            frame = frame[frame["declared"].astype(bool)]
        return _open_frame(frame, name, {})


def _open_frame(frame: pd.DataFrame, path: str, mapped: Mapping[str, str]) -> Source:
    """Give the rows of a frame, the names of its columns as the first of them."""
    columns = _columns_of(frame)
    header = [name for name, _ in columns]
    meant = [*map(_spelled, header)]
    for ours, theirs in mapped.items():
        if _spelled(theirs) in meant:
            meant[meant.index(_spelled(theirs))] = ours
        elif theirs.isdecimal() and 0 < int(theirs) <= len(meant):
            meant[int(theirs) - 1] = ours
    texts = _FrameColumns(
        [(ours, values) for ours, (_, values) in zip(meant, columns, strict=True)], len(frame)
    )
    source = Source(path, "", [header], [1], bulk=texts, faults=texts.faults)
    source.place_name = _Places(frame.index)
    source.show(_Shown(columns, len(frame)))
    texts.keep(~blank_records(texts, len(header)))
    return source


def _columns_of(frame: pd.DataFrame) -> list[tuple[str, pd.Series[Any]]]:
    """Give the columns by their names as text, and before them the index where it has a name."""
    columns = [(_name_of(label), frame.iloc[:, at]) for at, label in enumerate(frame.columns)]
    there = {_spelled(name) for name, _ in columns}
    levels = [
        (_name_of(label), pd.Series(frame.index.get_level_values(at)))
        for at, label in enumerate(frame.index.names)
    ]
    named = [(name, level) for name, level in levels if name and _spelled(name) not in there]
    return [(name, each) for name, each in [*named, *columns] if name not in _OF_BOOKS]


def _name_of(label: Any) -> str:
    return "" if is_missing(label) else said_by(label)


def _spelled(name: str) -> str:
    return " ".join(name.split()).casefold()


class _FrameColumns:
    """The columns of a frame as text, each written when it is asked for.

    Attributes
    ----------
    lines : list of int
        For each row that says something, the line it would have in a file.
    faults : dict
        From line and position of a cell that is no text, number or day to what is wrong.
    """

    def __init__(self, columns: list[tuple[str, pd.Series[Any]]], rows: int) -> None:
        self.lines = list(range(_ABOVE, rows + _ABOVE))
        self.faults: dict[tuple[int, int], tuple[str, str]] = {}
        self._columns = columns
        self._kept = np.ones(rows, bool)
        self._found: dict[int, Column] = {}

    def column(self, at: int) -> Column:
        """Give one column, a text for each row."""
        if at not in self._found:
            name, values = self._columns[at]
            column, wrong = text_column(values, name)
            for row, error in wrong.items():
                self.faults[row + _ABOVE, at] = str(error), error.hint
            self._found[at] = column if self._kept.all() else column.where(self._kept)
        return self._found[at]

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Leave out rows, of all there are."""
        if kept.all():
            return
        self._kept = kept
        self.lines = (np.flatnonzero(kept) + _ABOVE).tolist()
        self._found = {at: column.where(kept) for at, column in self._found.items()}


def row_names(labels: pd.Index[Any]) -> Callable[[int], str]:
    """Give what names a row of a frame by the line that it would have in a file.

    Examples
    --------
    >>> row_names(pd.Index(["x", "y"]))(3)
    "row label 'y'"
    """
    return _Places(labels)


class _Places:
    """Names a row by its label in a frame."""

    def __init__(self, labels: pd.Index[Any]) -> None:
        self._labels = labels

    def __call__(self, line: int) -> str:
        if line < _ABOVE:
            return "its columns"
        row = line - _ABOVE
        told = f"row label {_label_text(self._labels[row])}"
        return told if self._labels.is_unique else f"{told} (row {line - 1:,})"


def _label_text(label: Any) -> str:
    """Write a label of an index: a text in quotes, the labels of several levels in brackets.

    Examples
    --------
    >>> _label_text("x"), _label_text(7), _label_text((np.int64(7), "x"))
    ("'x'", '7', "(7, 'x')")
    """
    if isinstance(label, tuple):
        return f"({', '.join(map(_label_text, label))})"
    return quoted(label) if isinstance(label, str) else visible(said_by(label), 60)


class _Shown(Sequence[str]):
    """The rows of a frame as the lines of a file, for problems to show."""

    def __init__(self, columns: list[tuple[str, pd.Series[Any]]], rows: int) -> None:
        self._columns = columns
        self._rows = rows

    def __len__(self) -> int:
        return self._rows + 1

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if at == 0:
            return ",".join(name for name, _ in self._columns)
        return ",".join(_cell(values.iloc[at - 1], name) for name, values in self._columns)


def _cell(value: Any, name: str) -> str:
    try:
        return text_of(value, _spelled(name))
    except FieldError:
        return said_by(value)


def _argument(option: str) -> str:
    ours, _, theirs = option.partition("=")
    return f'"{ours}": ' + (f'"{theirs}"' if theirs else "None")


# What is an option at the command line is an argument here, and what is a file is a frame.
_HINTS: tuple[tuple[str, Any], ...] = (
    (r"; without a header: --no-header --columns \S+", ""),
    (
        r"if this line is a referral already: --no-header --columns \S+",
        "if this is a referral already, read the frame with header=None and name its columns",
    ),
    (r"if the comma is a decimal comma, say so: --decimal-comma", "write 1250.50"),
    (
        r"--columns (?:'([^']*)'|([^\s;]+))",
        lambda found: f"columns={{{', '.join(map(_argument, (found[1] or found[2]).split(',')))}}}",
    ),
    (r"\(date= with nothing after it if there is none\)", "(None if there is none)"),
    (r"--me NAME", 'me="NAME"'),
    (r"--today\b", "today="),
    (r"let the first line name the columns: ", "name the columns: "),
    (r"\b(referrals|people|touches|statuses)\.csv\b", r"\1"),
)


def in_python(problem: Problem) -> Problem:
    """Give a problem whose remedy speaks of arguments and frames, not of options and files.

    Examples
    --------
    >>> problem = Problem("referrals", 1, "missing column: date", hint="--columns date=HEADER")
    >>> in_python(problem).hint
    'columns={"date": "HEADER"}'
    """
    return replace(problem, hint=said_in_python(problem.hint))


def said_in_python(text: str) -> str:
    """Give a text that speaks of arguments and frames, not of options and files.

    Examples
    --------
    >>> said_in_python("if each counts: --columns 'note=Void row'")
    'if each counts: columns={"note": "Void row"}'
    """
    if "refgraph import" in text:  # a command
        return text
    for pattern, said in _HINTS:
        text = re.sub(pattern, said, text)
    return text
