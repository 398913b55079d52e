"""One way in for every table: its bytes, its text, its records under one header."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.encodings import decode, unreadable
from refgraph.reading.files.file_format import PLAIN, Form
from refgraph.reading.files.records import count_filled, open_source
from refgraph.reading.networks import graph_format, read_graph_text
from refgraph.reading.sheets.table_files import check_single, holds_tables, open_held

if TYPE_CHECKING:
    from collections.abc import Collection

    from refgraph.reading.files.records import Source

__all__ = ["DELIMITERS", "open_table"]

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": ""}
_NUMBER = re.compile(r"[-+.0-9]+")
_PLURAL = {";": "semicolons", "\t": "tabs", "|": "vertical bars", "": "blanks"}


def open_table(  # one way in for every table, ours or foreign
    path: str,
    wanted: Collection[str],
    notes: list[str],
    *,
    content: bytes | None = None,
    by_columns: bool = True,
    form: Form = PLAIN,
    delimiter: str | None = None,
    comment: str | None = None,
    header: bool = True,
    least: int = 0,
    graphs: bool = False,
) -> Source:
    """Give the records of a CSV file or of a table that a file holds, each with its line.

    Parameters
    ----------
    path : str
        The file as it was named; ``-`` is standard input.
    wanted : collection of str
        Names of columns, in small letters: of several separators the one that finds
        most of them in the first line is taken.
    notes : list of str
        What was decided is added here.
    content : bytes, optional
        What to read instead of the file.
    by_columns : bool
        Whether the records of a large file may be split by columns.
    form : Form
        How the file is written.
    delimiter : {"comma", "semicolon", "tab", "pipe", "space"} or None
        None recognises it.
    comment : str or None
        Lines that begin with this are left out.
    header : bool
        Whether the first record names the columns.
    least : int
        The number of fields a first line without names must have.
    graphs : bool
        Whether it may be a graph file of another program, too.

    Returns
    -------
    Source
        With the header as its first record. Records of other widths are still there.

    Raises
    ------
    LedgerError
        The file cannot be read at all, is empty, or has more rows than `form` allows.
    """
    data = load(path) if content is None else content
    if holds_tables(data):
        source = open_held(path, data, notes, form, comment)
    else:
        check_single(path, form)
        text = decode(path, data, form.encoding, notes)
        del data  # it is as large as the text
        if graphs and (name := graph_format(text, wanted)):
            return read_graph_text(path, text, name, notes, form.max_rows)

        def choose(first: str) -> str:
            return _recognise(first, wanted, least) if delimiter is None else DELIMITERS[delimiter]

        source = open_source(
            path,
            text,
            comment=comment,
            choose=choose,
            by_columns=by_columns and header,
            most=form.max_rows,
        )
        if source.rows and delimiter is None and source.separator != ",":
            notes.append(f"{path}: the columns are separated by {_PLURAL[source.separator]}")
    if not source.rows:
        raise _empty(source, wanted)
    if header and source.broken and source.broken[0].line < source.lines[0]:
        raise LedgerError(source.broken[:1])
    if source.full or source.count - header > form.max_rows:
        raise _too_long(source, form.max_rows, header=header, comment=comment)
    return source


def _empty(source: Source, wanted: Collection[str]) -> LedgerError:
    """Build the error of a table without a record that is well formed."""
    if source.broken:
        return LedgerError(source.broken.told())
    hint = "the first line names the columns: date,giver,receiver"
    if "person" in wanted and "giver" not in wanted:
        hint = "remove it, or let the first line name the columns"
    return unreadable(source.path, "this file is empty", hint)


def _too_long(source: Source, most: int, *, header: bool, comment: str | None) -> LedgerError:
    """Build the error of a table with too many rows, which may not have been read to its end."""
    rows = count_filled(source.text, source.separator) - header
    exact = comment is None and '"' not in source.text
    told = f"{rows:,} rows, more than {most:,}" if exact else f"more than {most:,} rows"
    hint = f"raise the limit: --max-rows {rows}"
    return unreadable(source.path, f"this file holds {told}", hint)


def _recognise(first: str, wanted: Collection[str], least: int) -> str:
    best, most = ",", (0, 0)
    for separator in (",", ";", "\t", "|"):
        try:
            names = next(csv.reader([first], delimiter=separator, skipinitialspace=True), [])
        except csv.Error:
            names = []
        found = sum(" ".join(name.split()).casefold() in wanted for name in names)
        score = (found, len(names) if len(names) > 1 and len(names) >= least else 0)
        if score > most:
            best, most = separator, score
    words = first.split()
    blanks = sum(word.casefold() in wanted for word in words)
    # Without names of columns, only numbers: names of people hold blanks themselves.
    numbers = all(_NUMBER.fullmatch(word) for word in words)
    if (blanks > most[0] and most[1] == 0) or (
        most[1] == 0 and least and len(words) >= least and numbers
    ):
        return ""
    return best
