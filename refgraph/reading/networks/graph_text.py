"""Graph files are known by what they begin with, and become a table of referrals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.files.records import Source
from refgraph.reading.networks.edge_lists import DIRECT_IT, EDGES, WHO_GAVE
from refgraph.reading.networks.graph_xml import read_graph_xml
from refgraph.reading.networks.nested_graphs import read_dot, read_gml
from refgraph.reading.networks.plain_graphs import GraphError, read_dl, read_pajek, read_sif

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["graph_format", "read_graph_text"]

_READERS = {
    "GEXF": read_graph_xml,
    "GraphML": read_graph_xml,
    "Pajek": read_pajek,
    "UCINET DL": read_dl,
    "SIF": read_sif,
    "GML": read_gml,
    "DOT": read_dot,
}
_START = 20_000
_ROOT = re.compile(r"<(?:\w+:)?(gexf|graphml)[\s>]")
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^<>]*>", re.DOTALL)
_PAJEK = re.compile(r"\*(network|vertices)\b", re.IGNORECASE)
_DL = re.compile(r"dl\s+(n|nr|format)\s*=", re.IGNORECASE)
_GML = re.compile(
    r"(?:(?:creator|comment|version)\s+(?:\"[^\"]*\"|[^\s\"]\S*)\s+)*graph\s*\[", re.IGNORECASE
)
_DOT = re.compile(r"(?:strict\s+)?(?:di)?graph\s*(?:\"[^\"]*\"|\w+)?\s*\{", re.IGNORECASE)
_OF_OTHERS = (*",;|", "->", "=>", "\u2192")  # what no line of SIF holds
_FEWEST = 3  # words of a line of SIF


def graph_format(text: str, known: Iterable[str] = ()) -> str:
    r"""Name the format of a graph file by its beginning; nothing if it is none.

    Parameters
    ----------
    text : str
        The file.
    known : iterable of str
        Words that name a column: with one of them in its first line, it is a table.

    Examples
    --------
    >>> graph_format("*Vertices 2\n1 Ann\n2 Bo\n"), graph_format("date,giver,receiver\n")
    ('Pajek', '')
    """
    start = text[:_START].lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        found = _ROOT.match(_COMMENT.sub("", start).lstrip()) or _ROOT.search(start)
        return "" if found is None else {"gexf": "GEXF", "graphml": "GraphML"}[found[1]]
    pajek = start[start.find("\n") + 1 :] if start.startswith("%") else start
    if _PAJEK.match(pajek):
        return "Pajek"
    if _DL.match(start):
        return "UCINET DL"
    if _GML.match(start):
        return "GML"
    if _DOT.match(start):
        return "DOT"
    return "SIF" if _is_sif(start, {*known}) else ""


def _is_sif(start: str, known: set[str]) -> bool:
    """Tell whether each line is a person, the one word that all lines share, and others."""
    lines = [
        line for line in start.splitlines()[: -1 if len(start) > _START // 2 else None] if line
    ]
    rows = [line.split("\t") if "\t" in line else line.split() for line in lines]
    if (
        not rows
        or any(sign in start for sign in _OF_OTHERS)
        or known & {*map(str.casefold, rows[0])}
    ):
        return False
    words = {row[1] for row in rows if len(row) >= _FEWEST}
    whole = all(len(row) == 1 or len(row) >= _FEWEST for row in rows)
    return whole and len(words) == 1 and next(iter(words)).isalpha()


def read_graph_text(path: str, text: str, name: str, notes: list[str], most: int) -> Source:
    """Make a table of referrals of a graph file.

    Parameters
    ----------
    path : str
        The file as it was named.
    text : str
        All of it.
    name : str
        Its format, as :func:`graph_format` names it.
    notes : list of str
        What was decided is added here.
    most : int
        How many ties it may have.

    Raises
    ------
    LedgerError
        It is damaged, has ties without direction, or too many of them.
    """
    source = Source(path, text)
    try:
        ties = _READERS[name](text, most)
    except GraphError as error:
        hint = DIRECT_IT if error.message == WHO_GAVE else error.hint
        message = f"this is {name}: {error.message}"
        if error.line:
            raise LedgerError([source.problem(error.line, message, hint)]) from None
        raise unreadable(path, message, hint) from None
    if not ties:
        raise unreadable(path, f"this is {name}, and it has no edges", "export it again")
    source.rows = [[*EDGES], *([a, b, count] for a, b, count, _ in ties)]
    source.lines = [0, *(line for *_, line in ties)]
    notes.append(f"{path}: this is {name}: its referrals are undated")
    return source
