"""Cells that name several people, where a row of a referral names one.

`Bob Fox, Cy Dunn` is two people, and `Lang, Peter` or `García López, María José` is one: several
are told by a part that is a name in another row or in the book, by a first name that stands first,
or by there being three. Such a row is left out and listed, as nobody knows whose referral it is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from refgraph.imports.column_names import NAMES
from refgraph.imports.rules.words import is_name_like
from refgraph.names.nicknames import full_forms
from refgraph.names.spelling import bare, spelling
from refgraph.schema.text import argument, quoted
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from refgraph.imports.book_index import Names
    from refgraph.imports.cells.named_rows import Entries, Entry
    from refgraph.imports.converted import Converted
    from refgraph.imports.rules.recognise import Layout

__all__ = ["leave_several", "people_in"]

_LISTED = re.compile(r"[,;\n]|\s/\s")
_JOINED = re.compile(r"\s(?:and|und|et|y|e|en|&|\+)\s|[^\W\d_]/[^\W\d_]")
_BETWEEN = re.compile(r"\s*[,;\n]\s*(?:(?:and|und|et|y|e|en|&)\s+)?|\s+/\s+|\s+(?:and|und|et|&)\s+")
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|&|\+)\s+|\s*/\s*")
_MOST_TOLD, _MOST_LINES = 5, 20
#: Why such a row is left out.
_REASON = "naming several people"


def people_in(text: str, known: Collection[str] = ()) -> list[str]:
    """Give the people whom a cell names one after the other; none if it is one name.

    Parameters
    ----------
    text : str
        The cell.
    known : collection of str
        Names that stand alone elsewhere, bare.

    Examples
    --------
    >>> people_in("Bob Fox, Cy Dunn"), people_in("Cy Dunn, Di East", {"di east"})
    (['Bob Fox', 'Cy Dunn'], ['Cy Dunn', 'Di East'])
    >>> people_in("Lang, Peter"), people_in("García López, María José"), people_in("Ann Lee, CPA")
    ([], [], [])
    >>> people_in("Cy Dunn; Di East and Ed Park")
    ['Cy Dunn', 'Di East', 'Ed Park']
    >>> people_in("Cy Dunn & Di East"), people_in("Cy Dunn & Di East", {"di east"})
    ([], ['Cy Dunn', 'Di East'])
    """
    parts = _parts(text)
    told = len(parts) > 2 or ";" in text or "\n" in text or " / " in text
    told = told or any(bare(part) in known for part in parts)
    by_name = bool(_LISTED.search(text) and parts and full_forms(bare(parts[0].split()[0])))
    return parts if parts and (told or by_name) else []


def _parts(text: str) -> list[str]:
    """Give the whole names that a list holds; none where it is no list of them."""
    if not _LISTED.search(text):
        return _joined(text)
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    return parts if len(parts) > 1 and all(map(_is_whole, parts)) else []


def _joined(text: str) -> list[str]:
    """Give two whole names between which `and` stands, and no couple of one surname."""
    parts = [part.strip() for part in _AND.split(text.strip())] if _JOINED.search(text) else []
    surnames = {bare(part).split()[-1] for part in parts if part}
    return parts if len(parts) == len(surnames) > 1 and all(map(_is_whole, parts)) else []


def _is_whole(part: str) -> bool:
    """Tell whether a part has the words of a whole name: two or three, and no title alone."""
    return is_name_like(part) and 2 <= len(spelling(part).words) <= 3 and not spelling(part).firm


def leave_several(layout: Layout, entries: Entries, names: Names, found: Converted) -> None:
    """Leave out the rows that name several people for one, and say how one of them is taken.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    entries : Entries
        Its rows: those that name several are taken out, and counted.
    names : Names
        Who has a name in the book.
    found : Converted
        Is told what was decided.
    """
    rules = layout.rules
    columns = [name for name in NAMES if name in layout.columns]
    if layout.kind == "contacts":  # who was sent may be a family
        columns = [name for name in columns if name != "person"]
    cells = dict.fromkeys(
        text for entry in entries.rows for name in columns if (text := _text(entry, name))
    )
    kept = {*rules.newcomers, *rules.renames.values()}
    lists = {} if rules.is_own else {text: parts for text in cells if (parts := _parts(text))}
    lists = {text: parts for text, parts in lists.items() if text not in kept}
    if not (lists := {text: parts for text, parts in lists.items() if text not in names}):
        return
    known = {*map(bare, cells), *map(bare, names.everyone())}
    several: dict[str, list[str]] = {}
    for _ in range(2):  # who is named in one list is known in the next
        several |= {text: people for text in lists if (people := people_in(text, known))}
        known |= {bare(name) for people in several.values() for name in people}
    open_lists = [text for text in lists if text not in several and _LISTED.search(text)]
    if sum("," in text for text in cells) * 2 > len(cells):
        open_lists = []  # "Last, First" is how this file writes names
    left = {
        id(entry): (entry, text)
        for entry in entries.rows
        for name in columns
        if (text := _text(entry, name)) in several
    }
    if left:
        entries.rows[:] = [entry for entry in entries.rows if id(entry) not in left]
        entries.left_out[_REASON] += len(left)
    found.several |= several
    found.notes += _say(found.path, [*left.values()], several)
    found.notes += _say_open(found.path, open_lists, lists)


def _text(entry: Entry, name: str) -> str:
    return entry.texts.get(name, "").strip()


def _say(path: str, left: list[tuple[Entry, str]], several: dict[str, list[str]]) -> Iterator[str]:
    """Say which rows are left out, and what takes them in."""
    if not left:
        return
    lines = [entry.line for entry, _ in left]
    said = Counter(text for _, text in left)
    words = ", ".join(quoted(text) for text, _ in said.most_common(_MOST_TOLD))
    words += ", ..." * (len(said) > _MOST_TOLD)
    shown = ", ".join(f"{line:,}" for line in lines[:_MOST_LINES])
    shown += ", ..." * (len(lines) > _MOST_LINES)
    first = said.most_common(1)[0][0]
    yield (
        f"{path}: {count(len(lines), 'row')} that {agree(len(lines), 'names')} several people in "
        f"one cell ({words}) {agree(len(lines), 'is')} left out: {pluralize(len(lines), 'line')} "
        f"{shown}; write a row for each of them, or take one of them: --rename "
        f"{argument(f'{first}={several[first][0]}')}, or all as one: --new-person {argument(first)}"
    )


def _say_open(path: str, texts: list[str], lists: dict[str, list[str]]) -> Iterator[str]:
    """Say which names may be of several people, and are kept as one."""
    if texts:
        shown = ", ".join(map(quoted, texts[:_MOST_TOLD])) + ", ..." * (len(texts) > _MOST_TOLD)
        one = argument(f"{texts[0]}={lists[texts[0]][0]}")
        yield (
            f"{path}: {count(len(texts), 'name')} may be of several people and "
            f"{agree(len(texts), 'is')} kept as one: {shown}; to name one of them: --rename {one}"
        )
