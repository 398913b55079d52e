"""What a command writes in a book, and how to have it back: said before, kept until the next."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refgraph.errors import ConflictError, OutputError
from refgraph.reading.book_files import BOOK_FILES, PENDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["PENDING", "UNDO", "Entry", "Hunk", "Journal", "contents", "digest", "digest_of"]
__all__ += ["load"]

#: The journal of the last command, which holds what `undo` needs.
UNDO = ".refgraph.undo"
_VERSION = 1
# Lines that are compared each with each, where some came or went.
_MOST_COMPARED = 2_000


def digest(content: bytes | None) -> str:
    """Tell a content from any other, by its SHA-256; nothing for a file that is not there.

    Examples
    --------
    >>> digest(None), digest(b"")[:8]
    ('', 'e3b0c442')
    """
    return "" if content is None else sha256(content).hexdigest()


def load(path: str | os.PathLike[str]) -> bytes | None:
    """Read a regular file, or None where there is none.

    Raises
    ------
    OutputError
        If it is something else, or cannot be read.

    Examples
    --------
    >>> load("no-such-file.csv")
    """
    try:
        if Path(path).exists() and not Path(path).is_file():
            raise IsADirectoryError(0, "it is not a file")
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(os.fspath(path), error) from error


def contents(paths: Iterable[str]) -> dict[str, bytes | None]:
    """Read files, each None if it is not there.

    Examples
    --------
    >>> contents(["no-such-file.csv"])
    {'no-such-file.csv': None}
    """
    return {path: load(path) for path in paths}


def digest_of(path: Path) -> str:
    """Give the :func:`digest` of a file; of one that cannot be read, as if it were not there."""
    with suppress(OutputError):
        return digest(load(path))
    return ""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Bytes of the new content, by their place, and what stood there before."""

    start: int
    length: int
    old: bytes

    def new(self, content: bytes) -> bytes:
        """Give the bytes of the new content that it stands for."""
        return content[self.start : self.start + self.length]


@dataclass(frozen=True, slots=True)
class Entry:
    r"""One file, before and after; what is the same in both is not held.

    Attributes
    ----------
    name : str
        The file, in the folder of the book.
    before, after : str
        The :func:`digest` of what it held and of what it is to hold.
    hunks : tuple of Hunk
        What differs. Nothing of a row that is added has to be held: it is cut off.

    Examples
    --------
    >>> entry = Entry.of("r.csv", b"a\nb\nc\n", b"a\nB\nc\n")
    >>> entry.hunks, entry.restored(b"a\nB\nc\n")
    ((Hunk(start=2, length=2, old=b'b\n'),), b'a\nb\nc\n')
    >>> Entry.of("r.csv", b"a\n", b"a\nb\n").hunks
    (Hunk(start=2, length=2, old=b''),)
    """

    name: str
    before: str
    after: str
    hunks: tuple[Hunk, ...]

    @classmethod
    def of(cls, name: str, before: bytes | None, after: bytes | None) -> Entry:
        """Compare a file as it was with what it is to be; None where it is not there."""
        return cls(name, digest(before), digest(after), _hunks(before or b"", after or b""))

    def restored(self, content: bytes | None) -> bytes | None:
        """Give what the file held before, from what it holds.

        Raises
        ------
        ConflictError
            If that is not what the journal was written for.
        """
        new, pieces, at = content or b"", [], 0
        for each in self.hunks:
            pieces += [new[at : each.start], each.old]
            at = each.start + each.length
        found = b"".join([*pieces, new[at:]]) if self.before else None
        if digest(content) != self.after or digest(found) != self.before:
            msg = f"{self.name} is not what the journal says; nothing was taken back."
            raise ConflictError(msg)
        return found


def _hunks(before: bytes, after: bytes) -> tuple[Hunk, ...]:
    """Find the lines that differ; of a file that only grew, where it did."""
    if after.startswith(before):
        return (Hunk(len(before), len(after) - len(before), b""),)
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    shorter = min(len(old), len(new))
    top = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - top) if old[-1 - at] != new[-1 - at]), shorter - top)
    start = sum(map(len, new[:top]))
    old, new = old[top : len(old) - end], new[top : len(new) - end]
    found, at = [], 0
    for one, two, first, last in _pieces(old, new):
        start += sum(map(len, new[at:first]))
        found.append(Hunk(start, sum(map(len, new[first:last])), b"".join(old[one:two])))
        start, at = start + found[-1].length, last
    return tuple(found)


def _pieces(old: list[bytes], new: list[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Find the lines that differ: where each piece begins and ends, in the old and in the new."""
    if len(old) == len(new):
        yield from ((at, at + 1, at, at + 1) for at in range(len(old)) if old[at] != new[at])
    elif max(len(old), len(new)) > _MOST_COMPARED:
        yield 0, len(old), 0, len(new)
    else:
        for what, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what != "equal":
                yield places[0], places[1], places[2], places[3]


@dataclass(frozen=True, slots=True)
class Journal:
    """What one command writes.

    Attributes
    ----------
    command : str
        What it is called on the command line.
    undoable : bool
        Whether the journal stays when all is written, for `undo`.
    entries : tuple of Entry
        The files, in the order in which they are written.
    others : dict of str to str
        The :func:`digest` of every other file of the book.
    """

    command: str
    undoable: bool
    entries: tuple[Entry, ...]
    others: Mapping[str, str]

    @classmethod
    def of(cls, home: str, command: str, entries: Iterable[Entry], *, undoable: bool) -> Journal:
        """Write down what a command is about to do in a folder."""
        listed = tuple(entries)
        names = {entry.name for entry in listed}
        others = [] if names.isdisjoint(BOOK_FILES) else [*BOOK_FILES]
        there = {name: digest_of(Path(home, name)) for name in others if name not in names}
        return cls(command, undoable, listed, there)

    def to_bytes(self) -> bytes:
        """Give it as JSON in which every name stands as it is, so that it can be searched for."""
        files = [
            {
                "name": each.name,
                "before": each.before,
                "after": each.after,
                "hunks": [[hunk.start, hunk.length, _text(hunk.old)] for hunk in each.hunks],
            }
            for each in self.entries
        ]
        said = {
            "refgraph": _VERSION,
            "command": self.command,
            "undoable": self.undoable,
            "files": files,
            "others": {**self.others},
        }
        return json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "surrogateescape")

    @classmethod
    def read(cls, home: str, name: str) -> Journal | None:
        """Read the journal of a folder; None if there is none.

        Raises
        ------
        ConflictError
            If it is not one that this refgraph wrote.
        """
        content = load(Path(home, name))
        if content is None:
            return None
        try:
            return cls._from(json.loads(content.decode("utf-8", "surrogateescape")))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            msg = (
                f"{os.path.join(home, name)} is not as this refgraph writes it. "  # noqa: PTH118
                f"Look at the files of the book, and then delete it."
            )
            raise ConflictError(msg) from error

    @classmethod
    def _from(cls, said: Any) -> Journal:
        entries = []
        for each in said["files"]:
            hunks = [Hunk(int(one), int(two), _bytes(old)) for one, two, old in each["hunks"]]
            name, before, after = (str(each[key]) for key in ("name", "before", "after"))
            entries.append(Entry(name, before, after, tuple(hunks)))
        is_plain = all(each.name and each.name not in (".", "..") for each in entries)
        is_plain = is_plain and not any(mark in each.name for each in entries for mark in "/\\\0")
        if said["refgraph"] != _VERSION or not is_plain:
            raise ValueError
        others = {str(name): str(value) for name, value in said["others"].items()}
        return cls(str(said["command"]), bool(said["undoable"]), tuple(entries), others)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
