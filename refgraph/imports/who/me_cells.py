"""Cells in which somebody calls themselves `me` or `us`, or by a part of their own name.

A part of my name is me only where it fits nobody else whom the file or the book names; if it
fits another one too, who is meant is asked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.column_names import NAMES
from refgraph.names.lookup import ME_WORDS
from refgraph.names.nicknames import may_be_one
from refgraph.names.spelling import bare, spelling
from refgraph.schema.text import argument, quoted
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from refgraph.errors import Problem
    from refgraph.imports.book_index import Names
    from refgraph.imports.cells.named_rows import Entry
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.converted import Converted

__all__ = ["UnnamedMeError", "calls_me", "name_me", "shortens"]

# What people call themselves in a list of their own; some of it is a name elsewhere.
_MINE = ("me", "i", "myself", "self", "ich", "moi", "je", "yo", "io", "ik", "eu")
_OURS = (
    *("us", "we", "ourselves", "our office", "our firm", "our team", "our company", "my office"),
    *("my firm", "my team", "my company", "in house", "in-house", "wir", "uns", "nous", "nosotros"),
    *("nosotras", "noi", "wij", "ons", "nos"),
)
_WORDS = frozenset((*_MINE, *_OURS))
_SIDES = ("giver", "receiver")
_MOST_NAMED = 3
_LONGEST_CODE, _FEWEST_CODES = 3, 3


class UnnamedMeError(LedgerError):
    """Somebody calls themselves me, and nothing says who that is."""


def calls_me(names: Collection[str]) -> list[str]:
    """Give the texts by which somebody calls themselves me or us.

    A letter or two in capitals is no such text where other names are codes of the same length.

    Parameters
    ----------
    names : collection of str
        Every name of a file.

    Examples
    --------
    >>> calls_me(["Us", "Ann Lee"]), calls_me(["US", "DE", "FR"]), calls_me(["A", "I", "C"])
    (['Us'], [], [])
    """
    codes = Counter(len(name) for name in names if name.isupper() and len(name) <= _LONGEST_CODE)
    return [
        name
        for name in names
        if name.casefold() in _WORDS and not (name.isupper() and codes[len(name)] >= _FEWEST_CODES)
    ]


def name_me(
    grid: Grid,
    entries: Sequence[Entry],
    me: str | None,
    names: Names,
    found: Converted,
    *,
    kept: Iterable[str] = (),
    is_own: bool = False,
) -> None:
    """Put my name where somebody calls themselves me, and tell in how many cells.

    Parameters
    ----------
    grid : Grid
        The file, for messages.
    entries : sequence of Entry
        Its rows, which are changed.
    me : str or None
        Whose book it is.
    names : Names
        Who has a name in the book.
    found : Converted
        Is told what was decided.
    kept : iterable of str
        Texts that are names of their own, as somebody says.
    is_own : bool
        Whether it is a table with the header of a book's own, in which a part of a name is
        a name.

    Raises
    ------
    UnnamedMeError
        If somebody calls themselves me and nothing says who that is.
    LedgerError
        If a part of my name is that of another person too.
    """
    own = {*kept}
    written = {entry.texts.get(name, "").strip() for entry in entries for name in NAMES}
    mine = {
        text
        for text in calls_me(written)
        if text not in own and (not names.called(text.casefold()) or text.casefold() == names.me)
    }
    said: Counter[str] = Counter()
    for entry in entries if mine else ():
        for name in NAMES:
            text = entry.texts.get(name, "").strip()
            if text not in mine:
                continue
            if me is not None:
                entry.texts[name] = me
                said[text] += 1
            elif text.casefold() in (*ME_WORDS, *_OURS):
                message = f"{quoted(text)} stands for a name, and nothing says who you are"
                raise UnnamedMeError([grid.problem(entry.line, message, "say it with --me NAME")])
    if me is not None and not is_own:
        said += _name_parts(grid, entries, me, names, own)
    for text, times in sorted(said.items()):
        cells = count(times, "cell", "says")
        told = f"{grid.path}: {cells} {quoted(text)}: taken as {quoted(str(me))}"
        if text not in mine:
            told += f", whom alone it fits; if it is somebody else: --new-person {argument(text)}"
        found.notes.append(told)


def _name_parts(
    grid: Grid, entries: Sequence[Entry], me: str, names: Names, own: set[str]
) -> Counter[str]:
    """Put my name where a part of it stands for the giver or the receiver."""
    lines: dict[str, int] = {}
    for entry in entries:
        for name in _SIDES:
            lines.setdefault(entry.texts.get(name, "").strip(), entry.line)
    parts = [text for text in lines if shortens(text, me) and not (text in own or text in names)]
    if not parts:
        return Counter()
    written = dict.fromkeys(
        entry.texts.get(name, "").strip() for entry in entries for name in NAMES
    )
    others = [name for name in dict.fromkeys([*written, *names.everyone()]) if name not in parts]
    met = {frozenset(entry.texts.get(name, "").strip() for name in _SIDES) for entry in entries}
    for text in parts:
        fitting = [name for name in others if names.person(name) != me and shortens(text, name)]
        if fitting or {text, me} in met or not _is_sure(text, me):
            raise LedgerError([_whose(grid, lines[text], text, [me, *fitting])])
    said: Counter[str] = Counter()
    for entry in entries:
        for name in _SIDES:
            if (text := entry.texts.get(name, "").strip()) in parts:
                entry.texts[name] = me
                said[text] += 1
    return said


def _whose(grid: Grid, line: int, text: str, people: Sequence[str]) -> Problem:
    """Ask whom a part of a name means."""
    named = [quoted(name) for name in people[:_MOST_NAMED]]
    others = ["others"] * (len(people) > _MOST_NAMED) or ["somebody else"] * (len(people) == 1)
    message = f"{quoted(text)} may be {' or '.join([*named, *others])}"
    renames = [f"--rename {argument(f'{text}={name}')}" for name in people[:_MOST_NAMED]]
    another = f"--new-person {argument(text)} if it is a name of its own"
    return grid.problem(line, message, f"say who it is: {', '.join([*renames, another])}")


def shortens(text: str, name: str) -> bool:
    """Tell whether a text is a part of a name: one of its ends, a short form, or initials.

    The whole name beside a title is one too.

    Parameters
    ----------
    text : str
        What stands in a cell.
    name : str
        The whole name.

    Examples
    --------
    >>> [
    ...     shortens(each, "Robert J. Hale")
    ...     for each in ("Rob", "Hale", "R. Hale", "Robert H.", "RJH")
    ... ]
    [True, True, True, True, True]
    >>> shortens("Mr. Robert J. Hale", "Robert J. Hale"), shortens("Mr. Hale Jr.", "Robert Hale")
    (True, False)
    >>> [
    ...     shortens(each, "Robert J. Hale")
    ...     for each in ("Roland", "Ann Hale", "R. J.", "Robert Q. Hale")
    ... ]
    [False, False, False, False]
    """
    if _is_addressed(text, name):
        return True
    words, whole = _words_of(text), _words_of(name)
    if not words or len(whole) < 2 or len(words) > len(whole) or words == whole:
        return False
    first, last = words[0], words[-1]
    if len(words) == 1:
        if first in (whole[0], whole[-1]) or may_be_one(first, whole[0]):
            return len(first) > 1
        initials = "".join(word[0] for word in whole)
        return text.isupper() and first in (initials, initials[0] + initials[-1])
    full = [word for word in (first, last) if len(word) > 1]
    begins = _is_initial(first, whole[0]) or may_be_one(first, whole[0])
    middle = iter(whole[1:-1])
    between = all(any(_is_initial(word, other) for other in middle) for word in words[1:-1])
    return bool(full) and begins and between and _is_initial(last, whole[-1])


def _is_sure(text: str, name: str) -> bool:
    """Tell whether a part is no short form of the first name beside a surname: a relative's."""
    words = _words_of(text)
    return _is_addressed(text, name) or len(words) == 1 or _is_initial(words[0], _words_of(name)[0])


def _is_addressed(text: str, name: str) -> bool:
    """Tell whether a text is the whole name beside a title or a degree: Dr, Frau, CPA."""
    said, whole = spelling(text), spelling(name)
    alike = (said.words, said.firm, said.apart, said.joined) == (
        *(whole.words, whole.firm, whole.apart, whole.joined),
    )
    return alike and len(said.words) > 1 and said.titles > whole.titles


def _words_of(name: str) -> list[str]:
    """Give the words of a name, bare, the surname last."""
    last, comma, before = name.partition(",")
    return bare(f"{before} {last}" if comma else name).replace(".", " ").split()


def _is_initial(word: str, whole: str) -> bool:
    """Tell whether a word is another one, or its first letter."""
    return word == whole or word == whole[0]
