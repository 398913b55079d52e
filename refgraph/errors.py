"""The errors refgraph raises on purpose, each a sentence with a place and a remedy.

::

    RefgraphError
    ├── LedgerError          the files could not be read; carries every Problem
    ├── GraphError           the rows given to the door are not referrals
    ├── UnknownPersonError   a person was named who is not in the book
    ├── UnknownProfessionError  nobody in the book has, offers or needs it
    ├── NoMeError            the question is about one person, and nobody is "me"
    ├── OptionError          a function was asked for something that it does not do
    ├── SizeError            the network is too large for the measure
    ├── WithheldError        the book's profession does not allow an answer
    ├── ConflictError        somebody else writes the file, or wrote it meanwhile
    └── OutputError          a file or folder could not be written
        ├── ReadOnlyError    it is marked as not to be written
        └── InUseError       another program has it open
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ConflictError",
    "GraphError",
    "InUseError",
    "LedgerError",
    "NoMeError",
    "OptionError",
    "OutputError",
    "Problem",
    "ReadOnlyError",
    "RefgraphError",
    "SizeError",
    "UnknownPersonError",
    "UnknownProfessionError",
    "WithheldError",
]


class RefgraphError(Exception):
    """Base class: catch this to catch everything refgraph raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place, with what to do about it.

    Attributes
    ----------
    path : str
        The file as the user named it.
    line : int
        Line on which the record starts, from 1; 0 for the file as a whole.
    message : str
        What is wrong, without a full stop.
    excerpt : str
        The record as it stands in the file.
    hint : str
        One remedy, or nothing.
    check : str
        The name of the check that it fails.
    column : str
        The column of the cell that is wrong, where it is one.
    times : int
        How many problems it stands for: those that are counted and not listed.
    place : str
        Where the record stands in a table that is no file, instead of its line.

    Examples
    --------
    >>> print(Problem("r.csv", 2, "there is no 2026-02-30", "2026-02-30,Ann,Bo", "use YYYY-MM-DD"))
    r.csv:2: there is no 2026-02-30
        2 | 2026-02-30,Ann,Bo
          = use YYYY-MM-DD
    """

    path: str
    line: int
    message: str
    excerpt: str = ""
    hint: str = ""
    check: str = "parseable"
    column: str = ""
    times: int = 1
    place: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        place = f"{self.path}, {self.place}" if self.place else place
        gutter = f"{'' if self.place else self.line or '':>5} | "
        parts = [f"{place}: {self.message}"]
        parts += [f"{gutter}{self.excerpt}"] if self.excerpt else []
        parts += [f"{' ' * (len(gutter) - 2)}= {self.hint}"] if self.hint else []
        return "\n".join(parts)


class LedgerError(RefgraphError, ValueError):
    """The files could not be read; carries *every* problem, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class GraphError(RefgraphError, ValueError):
    """What was handed to the door is not a set of referrals."""


class UnknownPersonError(RefgraphError, KeyError):
    """Nobody in the book is meant by a name, or several people may be.

    Parameters
    ----------
    name : str
        What was typed.
    near : iterable of str
        Who may be meant.
    fitting : int
        How many people the name fits.
    """

    def __init__(self, name: str, near: Iterable[str] = (), *, fitting: int = 0) -> None:
        self.name, self.near, self.fitting = name, tuple(near), fitting
        hint = f" Did you mean {' or '.join(map(repr, self.near[:3]))}?" if self.near else ""
        if fitting > 1:
            self.message = f"{fitting:,} people in this book have {name!r} in their name.{hint}"
        else:
            self.message = f"No one called {name!r} in this book.{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:  # KeyError would print the repr
        return self.message


class UnknownProfessionError(RefgraphError, KeyError):
    """A profession was named that nobody in the book has, offers or needs."""

    def __init__(self, profession: str, near: Iterable[str] = ()) -> None:
        told = " or ".join(map(repr, near))
        hint = f" Did you mean {told}?" if told else ""
        self.message = f"Nobody in this book has, offers or needs {profession!r}.{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:  # KeyError would print the repr
        return self.message


class NoMeError(RefgraphError, ValueError):
    """The question is about one person, and the book does not say who "me" is."""

    def __init__(self, question: str) -> None:
        super().__init__(
            f"{question} is about one person, and this book does not say who that is. "
            f'Name one with --for PERSON, or say who you are: --me NAME, or me = "NAME" '
            f"in refgraph.toml."
        )


class OptionError(RefgraphError, ValueError):
    """A function was asked for something that it does not do."""


class SizeError(RefgraphError, ValueError):
    """The network is too large for the measure; the sentence says what to use instead."""


class WithheldError(RefgraphError):
    """The profession of the book does not allow an answer; the sentence says what may be asked."""


class ConflictError(RefgraphError):
    """Somebody else is writing the file, or has written it since it was read."""


class OutputError(RefgraphError, OSError):
    """A file or folder could not be written."""

    def __init__(self, path: object, error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        super().__init__(f"Cannot write {path}: {reason}. Choose another place.")


class ReadOnlyError(OutputError):
    """A file is marked as not to be written, and is left as it is."""

    def __init__(self, path: object) -> None:
        name = shlex.quote(str(path))
        remedy = f'attrib -r "{path}"' if sys.platform == "win32" else f"chmod u+w {name}"
        message = f"Cannot write {path}: it is read-only. To allow it: {remedy}"
        super(OutputError, self).__init__(message)


class InUseError(OutputError):
    """Another program has a file open and lets nobody replace it, as Windows allows."""

    def __init__(self, path: object) -> None:
        message = (
            f"Cannot write {path}: it is open in another program, or protected. "
            f"Close it there, and try again; it is as it was."
        )
        super(OutputError, self).__init__(message)
