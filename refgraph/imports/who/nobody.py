"""Cells in which a word like `n/a` or `unknown` stands for a name, a day or an amount.

Such a cell is blank. A row that names nobody where it must name a person is no referral of this
book: it is left out, and listed. What the book, a rules file or an option calls a person stays
one, and a table with the header of a book's own is read as it is written.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from refgraph.imports.column_names import DATES, NAMES, needed_for
from refgraph.names.blank_words import NOTHING, blank_word
from refgraph.schema.text import argument, quoted
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from refgraph.imports.book_index import Names
    from refgraph.imports.cells.named_rows import Entries, Entry
    from refgraph.imports.rules.recognise import Layout

__all__ = ["blank_nobody"]

_OTHERS = (*DATES, "prospect", "value", "count", "currency")
_MOST_TOLD, _MOST_LINES = 5, 20
#: Why such a row is left out.
_REASON = "naming nobody"


def blank_nobody(path: str, layout: Layout, entries: Entries, names: Names) -> list[str]:
    """Blank the cells of a table whose word names nobody, and say how many they are.

    Parameters
    ----------
    path : str
        The file, for what is said.
    layout : Layout
        What its columns mean.
    entries : Entries
        Its rows: those that name nobody where they must are taken out, and counted.
    names : Names
        Who has a name in the book.

    Returns
    -------
    list of str
        What was decided.
    """
    rules = layout.rules
    if rules.is_own:
        return []
    kept = {*rules.newcomers, *rules.renames, *rules.renames.values()}
    columns = [name for name in (*NAMES, *_OTHERS) if name in layout.columns]
    needed = [name for name in needed_for(layout.kind) if name in NAMES]
    if layout.kind == "contacts":  # who has no name may still have been sent by somebody
        needed = []
    blanked: dict[str, Counter[str]] = {}
    left: list[tuple[Entry, str]] = []
    called: dict[str, bool] = {}
    for entry in entries.rows:
        for name in columns:
            text = entry.texts.get(name, "").strip()
            if not text or not (kind := blank_word(text)):
                continue
            if text in kept or (name in NAMES and _is_called(text, names, called)):
                continue
            entry.texts[name] = rules.constants.get(name, "") if kind == NOTHING else ""
            if name in needed and not entry.texts[name]:
                left.append((entry, text))
            else:
                blanked.setdefault(name, Counter())[text] += 1
    if left:
        gone = {id(entry) for entry, _ in left}
        entries.rows[:] = [entry for entry in entries.rows if id(entry) not in gone]
        entries.left_out[_REASON] += len(gone)
    return [*_say_blanked(path, blanked), *_say_left(path, left)]


def _is_called(text: str, names: Names, called: dict[str, bool]) -> bool:
    """Tell whether somebody of the book goes by a text."""
    if text not in called:
        called[text] = text in names
    return called[text]


def _say_blanked(path: str, blanked: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Say in a line how many cells of each column count as blank."""
    parts = []
    for name, texts in blanked.items():
        said = ", ".join(quoted(text) for text, _ in texts.most_common(_MOST_TOLD))
        parts.append(f"{count(texts.total(), 'cell')} of {name} ({said})")
    if parts:
        yield f"{path}: taken as blank: {', '.join(parts)}"


def _say_left(path: str, left: list[tuple[Entry, str]]) -> Iterator[str]:
    """Say which rows are left out, and how one of the words becomes a name."""
    if not left:
        return
    lines = [*dict.fromkeys(entry.line for entry, _ in left)]
    said = Counter(text for _, text in left)
    words = ", ".join(quoted(text) for text, _ in said.most_common(_MOST_TOLD))
    shown = ", ".join(f"{line:,}" for line in lines[:_MOST_LINES])
    shown += ", ..." * (len(lines) > _MOST_LINES)
    rows = count(len(lines), "row")
    first = argument(said.most_common(1)[0][0])
    yield (
        f"{path}: {rows} that {agree(len(lines), 'names')} nobody ({words}) "
        f"{agree(len(lines), 'is')} left out: {pluralize(len(lines), 'line')} {shown}; "
        f"if it is a name: --new-person {first}"
    )
