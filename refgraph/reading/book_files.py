"""Which files of a folder hold the record."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.reading.databases.database_address import is_address
from refgraph.reading.files.encodings import unreadable
from refgraph.schema.text import argument, visible
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from refgraph.errors import LedgerError

__all__ = ["BOOK_FILES", "PENDING", "Files", "find", "home_of", "is_book", "is_fresh"]
__all__ += ["left_half_way", "settings_beside", "within"]

_REFERRALS = ("referrals.csv", "given.csv", "received.csv")
_OWN = ("people.csv", "touches.csv", "statuses.csv", "assertions.csv", "refgraph.toml")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
#: Every file that a book is read from.
BOOK_FILES = (*_REFERRALS, *_OWN)
#: Stands in the folder while a command writes: what to take back if it is killed.
PENDING = ".refgraph.pending"
#: A new version of a file, before it takes the place of the old one.
is_fresh = re.compile(r"\.refgraph-[a-z0-9_]{8}\.new").fullmatch


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one record, as the user would name them.

    Attributes
    ----------
    referrals : tuple of (str, str)
        Each file with referrals and what it tells: ``"any"``, ``"given"``
        or ``"received"``.
    own : dict of str to str
        The optional files that are there, by plain name.
    notes : tuple of str
        Files that look as if they were meant to be read.
    """

    referrals: tuple[tuple[str, str], ...]
    own: dict[str, str]
    notes: tuple[str, ...] = ()


def find(path: str, drafts: Collection[str] = ()) -> Files:
    """Find the files of a book folder, or take a single table.

    Parameters
    ----------
    path : str
        The folder or the table.
    drafts : collection of str
        Files that are about to be written, and count as if they were there.

    Raises
    ------
    LedgerError
        There is no book here, or half of one.
    """
    try:
        folder = path != "-" and Path(path).is_dir()
        there = {entry.name for entry in Path(path).iterdir()} if folder else set()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unreadable(path, f"cannot be read: {reason.lower()}") from None
    if not folder:
        return Files(((path, "any"),), {})
    names = sorted(there | {name for name in BOOK_FILES if within(path, name) in drafts})
    pair = ("given.csv", "received.csv")
    here = [name for name in pair if name in names]
    if "referrals.csv" in names:
        main: tuple[tuple[str, str], ...] = (("referrals.csv", "any"),)
    elif len(here) == 2:
        main = (("given.csv", "given"), ("received.csv", "received"))
    elif here:
        lost = pair[1 - pair.index(here[0])]
        hint = f"add {lost}; the line date,person is enough if there is nothing to tell"
        raise unreadable(path, f"this folder holds {here[0]} but no {lost}", hint)
    else:
        raise _no_book(path, names)
    return Files(
        tuple((within(path, name), kind) for name, kind in main),
        {name: within(path, name) for name in _OWN if name in names},
        tuple(_notes(path, names, {*_OWN, *(name for name, _ in main)})),
    )


def settings_beside(path: str) -> str | None:
    """Give the settings in the folder of a single table, whose limits hold for it too."""
    if path == "-":
        return None
    try:
        beside = Path(path).parent / "refgraph.toml"
        return str(beside) if Path(path).is_file() and beside.is_file() else None
    except (OSError, ValueError):
        return None


def _notes(path: str, names: list[str], used: set[str]) -> Iterator[str]:
    """Tell of files that look as if they were meant to be read, or left half-way."""
    if PENDING in names:
        told = "a command is writing to this book, or was killed half-way; if so, the next one"
        yield f"{visible(path)}: {told} that writes takes back what it did"
    for name in names:
        if name in used or not name.casefold().endswith((".csv", ".toml")):
            continue
        near = did_you_mean(name.casefold(), used, cutoff=0.8)
        if name in _REFERRALS:
            yield f"{within(path, name)}: not read, because of referrals.csv"
        elif near and near not in names:
            shown = visible(within(path, name))
            yield f"{shown}: not read; did you mean to call it {near}?"


def _no_book(path: str, names: list[str]) -> LedgerError:
    if workbook := next((name for name in names if name.endswith(_WORKBOOKS)), ""):
        hint = f"name the workbook itself: {visible(within(path, workbook))}"
        return unreadable(path, "this folder holds a workbook and no referrals.csv", hint)
    near = did_you_mean("referrals.csv", [name.casefold() for name in names], cutoff=0.8)
    meant = next((name for name in names if near and name.casefold() == near), "")
    hint = (
        f"rename {visible(meant)} to referrals.csv"
        if meant
        else f"start a book with: refgraph init {path}"
    )
    message = "this folder holds no referrals.csv, and no given.csv with received.csv"
    return unreadable(path, message, hint)


def is_book(folder: Path) -> bool:
    """Tell whether a folder holds a file of referrals."""
    return any(os.path.lexists(folder / name) for name in _REFERRALS)


def home_of(book: str | os.PathLike[str]) -> str:
    """Name the folder of a book, which is where it is locked and where its journal stands.

    Raises
    ------
    LedgerError
        The book is a database at an address, which is only read.

    Examples
    --------
    >>> home_of("refgraph/sample")
    'refgraph/sample'
    """
    path = os.fspath(book)
    if is_address(path):
        hint = f"keep a book of it: refgraph import {argument(path)} -b mybook"
        raise unreadable(path, "this database is read, and never written to", hint)
    return path if os.path.isdir(path) else os.path.dirname(os.path.realpath(path))  # noqa: PTH112, PTH120


def left_half_way(book: str | os.PathLike[str]) -> bool:
    """Tell whether somebody writes in a book, or was killed while writing.

    Examples
    --------
    >>> left_half_way("refgraph/sample")
    False
    """
    if os.fspath(book) == "-" or is_address(os.fspath(book)):
        return False
    try:
        names = os.listdir(home_of(book))  # noqa: PTH208
    except (OSError, ValueError):
        return False
    return PENDING in names or any(map(is_fresh, names))


def within(folder: str, name: str) -> str:
    """Name a file of a book folder, with the folder spelled as the user spelled it."""
    return os.path.join(folder, name)  # noqa: PTH118 (pathlib would drop a leading ./)
