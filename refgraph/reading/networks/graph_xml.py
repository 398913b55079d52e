"""GEXF and GraphML, element by element: no document type, and so no entities."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from refgraph.reading.networks.edge_lists import UNDIRECTED, WHO_GAVE
from refgraph.reading.networks.plain_graphs import EXPORT, LABELS, GraphError, by_label, too_many
from refgraph.reading.sheets.scan import Unsafe
from refgraph.reading.sheets.xml import LocalNames, new_parser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.reading.networks.plain_graphs import Tie

__all__ = ["read_graph_xml"]

_DRAWN = "NodeLabel"  # what yEd writes in a node, within what it says of its shape


class _Reading:
    """The nodes and edges that were read so far."""

    def __init__(self, most: int) -> None:
        self.parser = new_parser(self.start)
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.most = most
        self.local = LocalNames()
        self.directed = True
        self.keys: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.edges: list[list[str]] = []
        self.lines: list[int] = []
        self.node, self.inside, self.key = "", "", ""
        self.pieces: list[str] = []

    def start(self, name: str, found: Mapping[str, str]) -> None:
        local, line = self.local[name], self.parser.CurrentLineNumber
        if local == "graph":
            kind = found.get("defaultedgetype") or found.get("edgedefault") or "directed"
            self.directed = kind == "directed"
        elif local == "key":
            self.keys[found.get("id", "")] = found.get("attr.name", "").casefold()
        elif local == "node":
            self.inside, self.node = "node", found.get("id", "")
            self.labels[self.node] = found.get("label", "")
        elif local == "edge":
            kind = found.get("type", "").casefold()
            said = {"true": True, "false": False}.get(found.get("directed", ""), self.directed)
            if kind in UNDIRECTED or not (said or kind == "directed"):
                raise GraphError(WHO_GAVE, line=line)
            if len(self.edges) >= self.most:
                raise too_many(self.most)
            self.inside = "edge"
            ends = [found.get("source", ""), found.get("target", "")]
            self.edges.append([*ends, found.get("weight", "")])
            self.lines.append(line)
        elif local == "data":
            self.key, self.pieces = self.keys.get(found.get("key", ""), ""), []
        elif local == _DRAWN:
            self.key, self.pieces = LABELS[0], []

    def text(self, text: str) -> None:
        if self.key:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        local = self.local[name]
        if local in ("data", _DRAWN):
            value, key, self.key = "".join(self.pieces).strip(), self.key, ""
            if self.inside == "edge" and key == "weight":
                self.edges[-1][2] = value
            elif self.inside == "node" and key in LABELS:
                self.labels[self.node] = self.labels[self.node] or value
        elif local in ("node", "edge"):
            self.inside = ""


def read_graph_xml(text: str, most: int) -> list[Tie]:
    """Read the edges of GEXF or GraphML; people are called by their labels.

    Raises
    ------
    GraphError
        It is damaged, declares entities, or has an edge without direction.
    """
    reading = _Reading(most)
    try:
        reading.parser.Parse(text.encode("utf-8"), True)
    except Unsafe:
        message = "it declares XML entities, which are never read"
        raise GraphError(message, "remove its document type, or export it again") from None
    except expat.ExpatError as error:
        msg = "it is damaged"
        raise GraphError(msg, EXPORT, line=error.lineno) from None
    except UnicodeEncodeError:
        msg = "it is damaged"
        raise GraphError(msg, EXPORT) from None
    pairs = zip(reading.edges, reading.lines, strict=True)
    return by_label(((a, b, count, line) for (a, b, count), line in pairs), reading.labels)
