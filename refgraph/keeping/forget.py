"""A person is taken out of a book: a word that means nothing stands for them everywhere."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from refgraph.errors import ConflictError, OutputError, UnknownPersonError
from refgraph.keeping.engine.journal import UNDO, Journal
from refgraph.keeping.engine.replace import Change, half_written, holding, replace_all
from refgraph.keeping.rename import Renaming
from refgraph.reading import ReadOptions
from refgraph.reading.book_files import home_of
from refgraph.reading.files.encodings import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Forgotten", "forget"]

#: What the name of an old version ends in, where one is kept.
OLD = ".old"


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
    recovered : str
        What was finished or taken back before, because a command was killed half-way.
    removed : list of str
        Half-written copies that killed commands had left, whoever they name.
    naming : list of str
        Of the other files, those in which a name of theirs or the address stands.
    unsearched : list of str
        Of the other files, pictures and others that may hold a name where it cannot be searched.
    """

    person: str
    pseudonym: str
    cells: dict[str, int]
    kept: list[str] = field(default_factory=list)
    traces: list[tuple[str, int]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    recovered: str = ""
    removed: list[str] = field(default_factory=list)
    naming: list[str] = field(default_factory=list)
    unsearched: list[str] = field(default_factory=list)


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
    that killed commands left half-written are removed, and what `undo` held, which named
    people: neither this command nor the one before can be undone then.

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
    home = home_of(path)
    with holding(home) as recovered:
        try:
            work = Renaming(path, reading, person, pseudonym, notes=notes)
        except UnknownPersonError:  # a row that is gone may still name them there
            if not dry_run and _stands_in_journal(home, person, reading.encoding):
                _remove(os.path.join(home, UNDO))  # noqa: PTH118
            raise
        after = work.drafts()
        work.confirm(after)
        kept = [name + OLD for name in after if keep_old and after[name] != work.before[name]]
        changes = [Change(name, None, work.before[name.removesuffix(OLD)]) for name in kept]
        _refuse_to_lose(kept)
        changes += [Change(name, work.before[name], new) for name, new in after.items()]
        strays = [stray for each in _folders(home, work.before) for stray in half_written(each)]
        for stray in () if dry_run else strays:  # before, so that none outlives a kill
            _remove(stray)
        if not dry_run:
            replace_all(home, changes, command="forget", undoable=False)
        undone = os.path.join(home, UNDO)  # noqa: PTH118
        unread = [each for each in work.unread() if each not in (*strays, undone)]
        named = {each: work.stands_in(each) for each in unread if each not in kept}
        return Forgotten(
            person=work.person,
            pseudonym=work.pseudonym,
            cells={name: cells for name, cells in work.cells.items() if cells},
            kept=[] if dry_run else kept,
            traces=[*work.traces(after)],
            unread=unread,
            recovered=recovered,
            removed=strays,
            naming=[each for each, is_so in named.items() if is_so],
            unsearched=[each for each, is_so in named.items() if is_so is None],
        )


def _stands_in_journal(home: str, person: str, encoding: str | None) -> bool:
    journal = Journal.read(home, UNDO)
    entries = journal.entries if journal else ()
    said = b"\n".join(hunk.old for entry in entries for hunk in entry.hunks)
    return _letters(person) in _letters(said.decode(encoding or "utf-8", "replace"))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, normalize("NFC", text).casefold()))


def _refuse_to_lose(kept: Iterable[str]) -> None:
    for path in kept:
        if os.path.lexists(path):
            msg = f"{path} is there already; move it away first. Nothing was written."
            raise ConflictError(msg)


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
