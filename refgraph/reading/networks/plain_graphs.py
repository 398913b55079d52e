"""Pajek, UCINET DL and SIF, line by line."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from refgraph.errors import RefgraphError
from refgraph.reading.files.file_format import MOST_COLUMNS
from refgraph.reading.networks.edge_lists import WHO_GAVE
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["EXPORT", "LABELS", "GraphError", "Tie", "by_label", "label_of", "read_dl"]
__all__ += ["read_pajek", "read_sif", "too_many"]

#: Giver, receiver, count as it is written, and the line.
Tie = tuple[str, str, str, int]
#: What helps where a graph file cannot be read.
EXPORT = "export its edges as CSV: giver,receiver,count"
#: What programs call the column that says what a node is called: the first goes before.
LABELS = ("label", "name")
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


class GraphError(RefgraphError):
    """A graph file that cannot be read, with the line if there is one.

    Parameters
    ----------
    message, hint : str
        What is wrong with it, and what helps.
    line : int
        Where; 0 for the whole file.
    """

    def __init__(self, message: str, hint: str = EXPORT, *, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


def too_many(most: int) -> GraphError:
    """Build the error of a graph with more ties than a table may have rows."""
    return GraphError(f"it has more than {most:,} edges", "split it, or raise --max-rows")


def label_of(said: Mapping[str, str]) -> str:
    """Give what is said to be the label of a node; nothing if none is.

    Examples
    --------
    >>> label_of({"id": "7", "name": "Ann"}), label_of({"id": "7"})
    ('Ann', '')
    """
    return next((said[name] for name in LABELS if said.get(name)), "")


def by_label(ties: Iterable[Tie], labels: Mapping[str, str]) -> list[Tie]:
    """Call people by their labels; those who share one by it and by what the file calls each.

    Parameters
    ----------
    ties : iterable of (giver, receiver, count, line)
        Their ends are what the file calls each person: two that differ are two people.
    labels : mapping of str to str
        The label of each that has one.

    Examples
    --------
    >>> ties = [("1", "3", "1", 5), ("2", "3", "1", 6)]
    >>> [giver for giver, *_ in by_label(ties, {"1": "Ann", "2": "Ann", "3": "Bo"})]
    ['Ann (1)', 'Ann (2)']
    """
    ties = list(ties)
    tidy = {end: " ".join(label.split()) for end, label in labels.items()}
    names = {end: tidy.get(end) or end for tie in ties for end in tie[:2]}
    times = Counter(names.values())
    names = {end: name if times[name] == 1 else f"{name} ({end})" for end, name in names.items()}
    if len({*names.values()}) < len(names):  # somebody's label is what another is called now
        names = {end: end for end in names}
    return [(names[giver], names[receiver], count, line) for giver, receiver, count, line in ties]


def _words(line: str) -> list[str]:
    return [inside or plain for inside, plain in _WORD.findall(line)]


def _keep(ties: list[Tie], most: int, *tie: str, line: int) -> None:
    if len(ties) >= most:
        raise too_many(most)
    giver, receiver, count = tie
    ties.append((giver, receiver, count, line))


def read_pajek(text: str, most: int) -> list[Tie]:
    r"""Read the arcs of a network of Pajek.

    Raises
    ------
    GraphError
        It has edges without direction, or a section that is not read.

    Examples
    --------
    >>> read_pajek('*Vertices 2\n1 "Ann Lee"\n2 Bo\n*Arcs\n1 2 3\n', 10)
    [('Ann Lee', 'Bo', '3', 5)]
    """
    names: dict[str, str] = {}
    ties: list[Tie] = []
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        words = _words(line)
        if not words or line.lstrip().startswith("%"):
            continue
        if words[0].startswith("*"):
            section = words[0].casefold().rstrip(":")
            continue
        if section == "*vertices":
            names[words[0]] = words[1] if len(words) > 1 else words[0]
        elif section in ("*edges", "*edgeslist"):
            raise GraphError(WHO_GAVE, line=number)
        elif section == "*arcs" and len(words) > 1:
            _keep(ties, most, *words[:2], words[2] if len(words) > 2 else "1", line=number)
        elif section == "*arcslist":
            for other in words[1:]:
                _keep(ties, most, words[0], other, "1", line=number)
        elif section.startswith("*network"):
            continue
        else:
            msg = "this line is not understood"
            raise GraphError(msg, line=number)
    return by_label(ties, names)


def read_dl(text: str, most: int) -> list[Tie]:
    r"""Read UCINET DL: a list of edges or of nodes, or a full matrix, with labels.

    Raises
    ------
    GraphError
        It is of another form.

    Examples
    --------
    >>> read_dl("dl n=2 format=edgelist1 labels embedded\ndata:\nann bo 3\n", 10)
    [('ann', 'bo', '3', 3)]
    """
    lines = text.split("\n")
    begin = next((at for at, line in enumerate(lines) if line.strip().casefold() == "data:"), -1)
    if begin < 0:
        msg = "it has no line data:"
        raise GraphError(msg)
    head = " ".join(lines[:begin])
    told = re.search(r"format\s*=\s*(\w+)", head, re.IGNORECASE)
    form = told[1].casefold() if told else "fullmatrix"
    if form not in ("edgelist1", "nodelist1", "fullmatrix"):
        msg = f"its form {form} is not read"
        raise GraphError(msg)
    inside = re.search(r"labels\s+embedded", head, re.IGNORECASE)
    listed = re.search(r"labels\s*:(.*)", head, re.IGNORECASE)
    labels = [] if inside or not listed else _words(listed[1].replace(",", " "))
    _refuse_twice(labels)
    names = {str(at): name for at, name in enumerate(labels, 1)}
    rows = [(at, _words(line)) for at, line in enumerate(lines[begin + 1 :], begin + 2)]
    rows = [(at, words) for at, words in rows if words]
    if form == "fullmatrix":
        return _matrix(rows, labels, embedded=bool(inside), most=most)
    ties: list[Tie] = []
    for number, words in rows:
        ends = [names.get(word, word) for word in words]
        if form == "nodelist1":
            for other in ends[1:]:
                _keep(ties, most, ends[0], other, "1", line=number)
        elif len(words) in (2, 3):
            _keep(ties, most, *ends[:2], words[2] if len(words) > 2 else "1", line=number)
        else:
            msg = "this line is not a pair and its weight"
            raise GraphError(msg, line=number)
    return ties


def _refuse_twice(labels: Sequence[str]) -> None:
    """Refuse a label of two people: whoever names it may mean either."""
    if twice := next((label for label, times in Counter(labels).items() if times > 1), ""):
        message = f"{quoted(twice)} is the label of two people"
        raise GraphError(message, "give each a label of their own")


def _matrix(
    rows: list[tuple[int, list[str]]], labels: list[str], *, embedded: bool, most: int
) -> list[Tie]:
    """Read a full matrix: rows give, columns receive."""
    if embedded and rows:
        labels, rows = rows[0][1], rows[1:]
        _refuse_twice(labels)
    if not labels:
        msg = "it names nobody: its labels are missing"
        raise GraphError(msg)
    if len(labels) > MOST_COLUMNS:
        msg = f"its matrix has more than {MOST_COLUMNS:,} columns"
        raise GraphError(msg)
    if len(rows) != len(labels):
        msg = f"expected {len(labels)} rows in its matrix, got {len(rows)}"
        raise GraphError(msg)
    ties: list[Tie] = []
    for (number, words), label in zip(rows, labels, strict=True):
        giver = words[0] if embedded else label
        cells = words[1:] if embedded else words
        if len(cells) != len(labels):
            message = f"expected {len(labels)} cells in this row, got {len(cells)}"
            raise GraphError(message, line=number)
        for other, cell in zip(labels, cells, strict=True):
            if cell.strip("0.") or not cell.strip("."):
                _keep(ties, most, giver, other, cell, line=number)
    return ties


def read_sif(text: str, most: int) -> list[Tie]:
    r"""Read SIF: a giver, the kind of tie, and receivers.

    Examples
    --------
    >>> read_sif("Ann refers Bo Cy\n", 10)
    [('Ann', 'Bo', '1', 1), ('Ann', 'Cy', '1', 1)]
    """
    ties: list[Tie] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip().split("\t") if "\t" in line else line.split()
        for other in words[2:]:
            _keep(ties, most, words[0], other, "1", line=number)
    return ties
