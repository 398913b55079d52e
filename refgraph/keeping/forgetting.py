"""A person is taken out of a book: a word that means nothing stands for them everywhere."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refgraph.errors import OutputError
from refgraph.keeping.lock import locked
from refgraph.keeping.renaming import Renaming
from refgraph.keeping.rewriting import half_written, recover, replace_all
from refgraph.ledger import ReadOptions
from refgraph.ledger.encodings import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Forgotten", "forget"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was written, or would be.

    Attributes
    ----------
    person, pseudonym : str
        Who was forgotten, and what stands for them.
    cells : dict of str to int
        How many cells or settings were changed, by file.
    kept : list of str
        Where the old files are, if they were kept.
    traces : list of (str, int)
        File and line where a word that nobody else's name has, or the address, still
        stands.
    unread : list of str
        Other files of the folder, which no book is read from: they stay as they are.
    recovered : list of str
        Files that were taken back before, because a writer was killed half-way.
    removed : list of str
        Half-written copies that killed commands had left, whoever they name.
    naming : list of str
        Of the other files, those in which a name of theirs or the address stands.
    """

    person: str
    pseudonym: str
    cells: dict[str, int]
    kept: list[str] = field(default_factory=list)
    traces: list[tuple[str, int]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    naming: list[str] = field(default_factory=list)


def forget(
    book: str | os.PathLike[str],
    person: str,
    options: ReadOptions | None = None,
    *,
    pseudonym: str | None = None,
    notes: bool = False,
    keep_old: bool = False,
    dry_run: bool = False,
) -> Forgotten:
    r"""Replace a person by a pseudonym in every file of a book; all counts stay.

    Giver, receiver, prospect, touches, ``people.csv`` and ``refgraph.toml`` name the
    pseudonym from then on, and so does every note that mentioned the person by name or
    alias. In their row of ``people.csv`` aliases, e-mail address, note and columns that are
    not refgraph's are cleared; what says nothing of who they are stays. Ids that
    were made from the content of a row change with it, and ``statuses.csv`` follows. Copies
    that killed commands left half-written are removed.

    Parameters
    ----------
    book : path-like
        A folder, or a single table of referrals.
    person : str
        A name or an alias, in full.
    options : ReadOptions, optional
        How the book is read.
    pseudonym : str, optional
        What to call them; else six random letters, which are kept nowhere but in the book.
        Nobody may be called so yet.
    notes : bool
        Whether the notes of their own referrals and touches are cleared too, whatever
        they say.
    keep_old : bool
        Whether the old files stay beside the new ones.
    dry_run : bool
        Only say what would be written.

    Returns
    -------
    Forgotten

    Raises
    ------
    UnknownPersonError
        If nobody bears that name.
    LedgerError, RefgraphError
        If the book cannot be read, or would not be the same but for the name.
    ConflictError, OutputError
        If the files cannot be written; they are all as they were then.

    Notes
    -----
    The pseudonym is drawn, not computed: one that is computed from the name, with a key or
    without, can be found out by whoever has the key and a list of names. It is stable because
    it stands in the files, and the same in all of them.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "referrals.csv")
    ...     _ = table.write_text("date,giver,receiver,note\n2026-01-08,Ann Lee,Bo,Ann Lee called\n")
    ...     done = forget(folder, "Ann Lee", pseudonym="Person-x")
    ...     table.read_text()
    'date,giver,receiver,note\n2026-01-08,Person-x,Bo,Person-x called\n'
    """
    path = os.fspath(book)
    reading = replace(options or ReadOptions(), skip_bad=False, drafts={})
    if path == "-":
        raise unreadable(path, "standard input cannot be written to", "name the book: -b BOOK")
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH112, PTH120
    with ExitStack() as locks:
        locks.enter_context(locked(folder))
        recovered = recover(folder)
        work = Renaming(path, reading, person, pseudonym, notes=notes)
        after = work.drafts()
        work.confirm(after)
        changed = {name: new for name, new in after.items() if work.before[name] != new}
        folders = _folders(folder, work.before)
        for other in folders[1:]:
            locks.enter_context(locked(other))
        strays = [stray for each in folders for stray in half_written(each)]
        kept = [] if dry_run else replace_all(work.before, changed, keep_old=keep_old)
        for stray in () if dry_run else strays:
            _remove(stray)
        return Forgotten(
            person=work.person,
            pseudonym=work.pseudonym,
            cells={name: cells for name, cells in work.cells.items() if cells},
            kept=kept,
            traces=[*work.traces(after)],
            unread=(unread := [path for path in work.unread() if path not in strays]),
            recovered=recovered,
            removed=strays,
            naming=[path for path in unread if path not in kept and work.stands_in(path)],
        )


def _folders(folder: str, files: Iterable[str]) -> list[str]:
    """Name where files of the book are written: its folder, and those that links lead to."""
    first = os.path.realpath(folder)
    others = {os.path.dirname(os.path.realpath(path)) for path in files} - {first}  # noqa: PTH120
    return [folder, *sorted(others)]


def _remove(path: str) -> None:
    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(path, error) from error
