"""GML and DOT, token by token."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from refgraph.reading.networks.edge_lists import WHO_GAVE
from refgraph.reading.networks.plain_graphs import (
    GraphError,
    Tie,
    by_label,
    label_of,
    too_many,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["read_dot", "read_gml"]

_GML = re.compile(r'#[^\n]*|"(?P<quoted>[^"]*)(?:"|\Z)|(?P<word>[^\s"\[\]]+)|(?P<sign>[\[\]])')
_DOT = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*|\"(?P<quoted>(?:[^\"\\]|\\.)*)(?:\"|\Z)"
    r"|(?P<word>-[0-9.]+|[^\s\"{}\[\]=;,:<>+-]+)|(?P<sign>->|--|[{}\[\]=;,:<>+-])",
    re.DOTALL,
)
_LINE_END = re.compile(r"\\[nlr]")  # in a label of DOT, where \N is what the node is called
_NUMERAL = re.compile(r"-[0-9.]+")
_WEIGHTS = ("weight", "value", "count")
_MOST_DEPTH = 40
_NUMBER = "id"  # of a node of GML, which is no column of ours
_JOINING = frozenset(":<>+-")  # signs that go on with a name or a value
_OF_ALL = frozenset(("node", "edge", "graph"))
_UNPAIRED = "it is cut off, or its brackets do not pair"
_WITHIN = "it has graphs within the graph"
_NOT_READ = "it has ports, labels of HTML, or names that need quotes"
_NO_ENDS = "this edge does not say its source and its target"


def read_gml(text: str, most: int) -> list[Tie]:
    r"""Read the edges of a graph in GML.

    Raises
    ------
    GraphError
        It is not said to be directed, or is cut off.

    Examples
    --------
    >>> node = 'node [ id {} label "{}" ]'
    >>> nodes = node.format(1, "Ann Lee") + node.format(2, "Bo")
    >>> read_gml(f"graph [ directed 1 {nodes}\nedge [ source 1 target 2 value 3 ] ]", 10)
    [('Ann Lee', 'Bo', '3', 2)]
    """
    names: dict[str, str] = {}
    edges: list[tuple[dict[str, str], int]] = []
    directed = False
    for name, said, line in _records(text):
        if name == "node" and (number := said.get(_NUMBER)):
            names[number] = unescape(label_of(said))
        elif name == "edge":
            edges.append((said, line))
        elif name == "graph":
            directed = said.get("directed") == "1"
        if len(edges) > most:
            raise too_many(most)
    if edges and not directed:
        raise GraphError(WHO_GAVE, line=edges[0][1])
    return by_label((_tie(said, line) for said, line in edges), names)


def _records(text: str) -> Iterator[tuple[str, dict[str, str], int]]:
    """Give what stands in each pair of brackets of GML: its name, its values and its line."""
    inside: list[tuple[str, dict[str, str], int]] = []
    key = ""
    for line, word, sign in _tokens(_GML, text):
        if sign == "[" and len(inside) < _MOST_DEPTH:
            inside.append((key.casefold(), {}, line))
        elif sign and not (sign == "]" and inside):
            raise GraphError(_UNPAIRED, line=line)
        elif sign:
            yield inside.pop()
        elif key and inside:
            inside[-1][1].setdefault(key.casefold(), word)
        key = "" if sign or key else word
    if inside:
        raise GraphError(_UNPAIRED, line=inside[0][2])


def _tie(said: Mapping[str, str], line: int) -> Tie:
    """Give an edge of GML as a tie."""
    if not {"source", "target"} <= said.keys():
        raise GraphError(_NO_ENDS, line=line)
    return said["source"], said["target"], _count(said), line


def _count(said: Mapping[str, str]) -> str:
    return next((said[name] for name in _WEIGHTS if name in said), "1")


def read_dot(text: str, most: int) -> list[Tie]:
    r"""Read the edges of a graph of Graphviz.

    Raises
    ------
    GraphError
        It is undirected, has graphs, ports or labels of HTML in it, or is cut off.

    Examples
    --------
    >>> read_dot('digraph {\na [label="Ann Lee"];\na -> Bo -> Cy [weight=2]\n}', 10)
    [('Ann Lee', 'Bo', '2', 3), ('Bo', 'Cy', '2', 3)]
    """
    ends = [(0, "", "")] * 4  # no step goes further
    tokens = [*_tokens(_DOT, text), *ends]
    begin = next((k for k, (_, _, sign) in enumerate(tokens) if sign == "{"), len(tokens) - 4)
    if not any(word.casefold() == "digraph" for _, word, _ in tokens[:begin]):
        raise GraphError(WHO_GAVE, line=tokens[0][0])
    names: dict[str, str] = {}
    ties: list[Tie] = []
    usual: dict[str, str] = {}  # of the edges that follow
    for chain, said, line in _statements(tokens, begin + 1):
        if len(chain) == 1 and chain[0].casefold() not in _OF_ALL and (label := label_of(said)):
            names[chain[0]] = _LINE_END.sub(" ", label).replace(r"\N", chain[0])
        if len(chain) == 1 and chain[0].casefold() == "edge":
            usual |= said
        number = _count(usual | said)
        ties += [(giver, receiver, number, line) for giver, receiver in pairwise(chain)]
        if len(ties) > most:
            raise too_many(most)
    return by_label(ties, names)


def _statements(
    tokens: Sequence[tuple[int, str, str]], at: int
) -> Iterator[tuple[list[str], dict[str, str], int]]:
    """Give each node or chain of edges of DOT, what is said of it, and its line."""
    while tokens[at][0] and tokens[at][2] != "}":
        line, word, sign = tokens[at]
        at += 1
        if sign in ("--", "{", "->") or word.casefold() == "subgraph":
            raise GraphError(WHO_GAVE if sign == "--" else _WITHIN, line=line)
        if sign in (";", ","):
            continue
        chain = [word]
        while tokens[at][2] == "->" and tokens[at + 1][1]:
            chain.append(tokens[at + 1][1])
            at += 2
        if sign or tokens[at][2] in _JOINING or any(map(_NUMERAL.fullmatch, chain)):
            raise GraphError(_NOT_READ, line=line)
        said: dict[str, str] = {}
        if tokens[at][2] == "=":  # of the whole graph
            at += 2
        else:
            said, at = _attributes(tokens, at)
        yield chain, said, line
    if not tokens[at][0]:
        raise GraphError(_UNPAIRED)


def _attributes(tokens: Sequence[tuple[int, str, str]], at: int) -> tuple[dict[str, str], int]:
    """Read what stands in brackets behind a name or an edge; where it goes on."""
    said: dict[str, str] = {}
    while tokens[at][2] == "[":
        at += 1
        while tokens[at][0] and tokens[at][2] != "]":
            if tokens[at + 1][2] == "=" and not tokens[at][2]:
                if tokens[at + 2][2] or tokens[at + 3][2] in _JOINING:
                    raise GraphError(_NOT_READ, line=tokens[at][0])
                said[tokens[at][1].casefold()] = tokens[at + 2][1]
                at += 3
            else:
                at += 1
        at += bool(tokens[at][0])
    return said, at


def _tokens(kind: re.Pattern[str], text: str) -> Iterator[tuple[int, str, str]]:
    """Give each token: its line, the word, and the sign that it is if it is no word."""
    line, end = 1, 0
    for match in kind.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        if match.lastgroup == "sign":
            yield line, "", match["sign"]
        elif match.lastgroup == "quoted":
            yield line, match["quoted"].replace('\\"', '"'), ""
        elif match.lastgroup:
            yield line, match["word"], ""
