"""Two names that are two people: noted in refgraph.toml, so that nobody asks again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.errors import RefgraphError
from refgraph.keeping.engine.journal import load
from refgraph.keeping.engine.replace import Change, holding, replace_all
from refgraph.keeping.people_file import folder_of
from refgraph.reading.aliases import everybody
from refgraph.reading.book_files import within
from refgraph.reading.files.encodings import decode, encode
from refgraph.reading.read_options import ReadOptions
from refgraph.reading.reader import read
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    import os

__all__ = ["tell_apart"]


def tell_apart(
    book: str | os.PathLike[str],
    person: str,
    other: str,
    options: ReadOptions | None = None,
    *,
    dry_run: bool = False,
) -> tuple[str, str]:
    r"""Note at the end of refgraph.toml that two names are those of two people.

    Parameters
    ----------
    book : path-like
        The folder.
    person, other : str
        The names, in full.
    options : ReadOptions, optional
        How the book is read.
    dry_run : bool
        Only say what would be written.

    Returns
    -------
    str, str
        The file, and the lines that it has now.

    Raises
    ------
    LedgerError
        If the settings could not be read with these lines.
    RefgraphError
        If the two are one person in the book.
    UnknownPersonError
        If nobody bears one of the names.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = "date,giver,receiver\n,Ann,Bo\n,Bo,Anne\n"
    ...     _ = Path(folder, "referrals.csv").write_text(table)
    ...     _ = tell_apart(folder, "Ann", "Anne")
    ...     Path(folder, "refgraph.toml").read_text()
    '[[apart]]\npeople = ["Ann", "Anne"]\n'
    """
    folder = folder_of(book)
    with holding(folder):
        reading = replace(options or ReadOptions(), skip_bad=False, drafts={})
        lookup = everybody(read(folder, reading), prospects=True)
        one, two = lookup.change(person), lookup.change(other)
        if one == two:
            msg = f"{quoted(other)} and {quoted(person)} are one person: {quoted(one)}."
            raise RefgraphError(msg)
        path = within(folder, "refgraph.toml")
        before = load(path)
        old = before or b""
        said = f"[[apart]]\npeople = [{_in_quotes(one)}, {_in_quotes(two)}]\n"
        after = old + encode(path, _following(decode(path, old), said), old)
        read(folder, replace(reading, drafts={path: after}))
        if not dry_run:
            replace_all(folder, [Change(path, before, after)], command="people tidy")
        return path, said


def _following(text: str, said: str) -> str:
    """Give the lines as they follow a text, after its line ends."""
    gap = "" if not text.strip() else "\n" if text.endswith(("\n", "\r")) else "\n\n"
    lines = gap + said
    return lines.replace("\n", "\r\n") if "\r\n" in text else lines


def _in_quotes(name: str) -> str:
    """Write a name as a text of TOML, as it stands but for what ends or bends one."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
