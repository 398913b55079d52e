"""What the last command wrote in a book is taken back, if nothing was written since."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import ConflictError, RefgraphError
from refgraph.keeping.engine.journal import UNDO, Journal, digest_of, load
from refgraph.keeping.engine.replace import Change, holding, replace_all
from refgraph.reading.book_files import home_of, within
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.keeping.engine.journal import Entry

__all__ = ["Undone", "undo"]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, or would be.

    Attributes
    ----------
    command : str
        What had written it.
    files : dict of str to (list of str, list of str)
        The lines that are out of each file again, and those that are back in it.
    hides : bool
        Whether the profession of the book hides who was referred, and so what the lines say.
    """

    command: str
    files: dict[str, tuple[list[str], list[str]]]
    hides: bool = False


def undo(
    book: str | os.PathLike[str], *, encoding: str | None = None, dry_run: bool = False
) -> Undone:
    r"""Take back what the last command wrote in a book, if nothing was written since.

    Every file is as it was before that command, to the byte, and one that it made is gone. The
    command is that which is told last by any way of writing in a book: `add` and `import`,
    merging people, starting the book. It cannot be taken back twice, nor can this be undone:
    what is out of a book is kept nowhere.

    Parameters
    ----------
    book : path-like
        A folder, or a single table of referrals.
    encoding : str, optional
        How its tables are encoded, if not as UTF-8.
    dry_run : bool
        Only say what would be taken back.

    Raises
    ------
    RefgraphError
        If there is nothing to undo.
    ConflictError
        If a file of the book was changed since, by whomever; or if a command was killed
        half-way, which is finished or taken back then, and nothing else.
    OutputError
        If the files cannot be written; they are all as they were then.

    Examples
    --------
    >>> import tempfile
    >>> from refgraph.keeping import append
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "referrals.csv")
    ...     _ = table.write_text("giver,receiver\nAnn,Bo\n")
    ...     _ = append(table, [{"giver": "Bo", "receiver": "Ann"}], columns=["giver", "receiver"])
    ...     done = undo(table)
    ...     done.command, [*done.files.values()], table.read_text()
    ('add', [(['Bo,Ann'], [])], 'giver,receiver\nAnn,Bo\n')
    """
    path = os.fspath(book)
    if path == "-":
        raise unreadable(path, "standard input cannot be written to", "name the book: -b BOOK")
    home = home_of(path)
    with holding(home) as recovered:
        if recovered:  # which may be all that is wanted
            msg = f"{recovered} Nothing else was undone; say it again for the last one that wrote."
            raise ConflictError(msg)
        journal = Journal.read(home, UNDO)
        if journal is None:
            msg = (
                f"There is nothing to undo in {path}: no command wrote in it, or what "
                f"one wrote last is taken back already or was a forget, which is for good."
            )
            raise RefgraphError(msg)
        _refuse_others(path, journal)
        _refuse_changed(home, journal)
        changes, files = [], {}
        for entry in reversed(journal.entries):  # what needs the others goes first
            name = within(path, entry.name) if os.path.isdir(path) else path  # noqa: PTH112
            content = load(name)
            changes.append(Change(name, content, entry.restored(content)))
            files[name] = _lines(entry, content or b"", encoding)
        hides = _hides(home)
        if not dry_run:
            replace_all(home, changes, command="undo", undoable=False)
        return Undone(journal.command, files, hides)


def _refuse_others(path: str, journal: Journal) -> None:
    """Refuse what was written in the folder, and not in this book."""
    names = {each.name for each in journal.entries}
    own = {os.path.basename(each) for each in (path, os.path.realpath(path))}  # noqa: PTH119
    if not os.path.isdir(path) and not names <= own:  # noqa: PTH112
        msg = (
            f"The last command that wrote beside {path}, {journal.command}, wrote in "
            f"{', '.join(sorted(names))}; to undo that, name that file or the folder."
        )
        raise ConflictError(msg)


def _refuse_changed(home: str, journal: Journal) -> None:
    """Refuse to take back what somebody has written after, or beside."""
    known = {each.name: each.after for each in journal.entries} | {**journal.others}
    changed = [name for name, was in known.items() if digest_of(Path(home, name)) != was]
    if changed:
        msg = (
            f"{', '.join(changed)} changed after the last {journal.command}; nothing was taken "
            f"back, as that would be lost. Take the rows out by hand."
        )
        raise ConflictError(msg)


def _hides(home: str) -> bool:
    """Tell whether the profession hides rows; settings that cannot be read may say so."""
    toml = within(home, "refgraph.toml")
    if not os.path.lexists(toml):
        return False
    settings, problems = read_settings(toml)
    return settings.hides or bool(problems)


def _lines(entry: Entry, content: bytes, encoding: str | None) -> tuple[list[str], list[str]]:
    """Give the lines that the command wrote, and those that stood there before."""
    gone = _split((hunk.new(content) for hunk in entry.hunks), encoding)
    back = _split((hunk.old for hunk in entry.hunks), encoding)
    return gone, back


def _split(pieces: Iterator[bytes], encoding: str | None) -> list[str]:
    return [
        line
        for piece in pieces
        for line in piece.decode(encoding or "utf-8", "replace").splitlines()
        if line.strip()
    ]
