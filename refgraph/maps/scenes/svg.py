"""Titles in an SVG: each shape of a person or a tie says whose it is when it is pointed at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["enlarge", "with_titles"]

_SHAPES = ("path", "use")
_APART = ("defs", "clipPath")  # what is in these is drawn elsewhere
_SIDES = re.compile(rb'\b(width|height)="([\d.]+)pt"')
_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0


def with_titles(
    svg: bytes, shapes: Mapping[str, Sequence[str]], groups: Mapping[str, str]
) -> bytes:
    """Give shapes and groups of an SVG a title.

    Parameters
    ----------
    svg : bytes
        The file, as Matplotlib writes it.
    shapes : mapping of str to list of str
        By the id of a group, the title of each shape in it, "" for none. A group that holds
        another number of shapes is left as it is.
    groups : mapping of str to str
        By the id of a group, its own title.

    Returns
    -------
    bytes
        The file with the titles in it.

    Examples
    --------
    >>> with_titles(b'<svg><g id="a"><path d="M 0 0"/></g></svg>', {"a": ["Ann & Bo"]}, {})
    b'<svg><g id="a"><path d="M 0 0"><title>Ann &amp; Bo</title></path></g></svg>'
    """
    found = _Places(svg, {*shapes, *groups})
    added: list[tuple[int, bytes, int]] = []  # from where, what, up to where
    for name, places in found.shapes.items():
        titles = shapes.get(name, ())
        if len(places) != len(titles):
            continue
        for (at, tag), title in zip(places, titles, strict=True):
            close = svg.index(b">", at)
            if title and svg[close - 1 : close] == b"/":
                added.append((close - 1, b">%b</%b>" % (_title(title), tag.encode()), close + 1))
    for name, title in groups.items():
        if name in found.starts:
            close = svg.index(b">", found.starts[name]) + 1
            added.append((close, _title(title), close))
    parts, done = [], 0
    for first, text, after in sorted(added):
        parts += [svg[done:first], text]
        done = after
    return b"".join([*parts, svg[done:]])


def enlarge(svg: bytes, times: float) -> bytes:
    """Give a picture more points each way; its content keeps its coordinates.

    Examples
    --------
    >>> enlarge(b'<svg width="72pt" height="36.5pt" viewBox="0 0 72 36.5">', 2.0)
    b'<svg width="144pt" height="73pt" viewBox="0 0 72 36.5">'
    """
    if times == 1:
        return svg

    def larger(found: re.Match[bytes]) -> bytes:
        return b'%b="%bpt"' % (found[1], f"{float(found[2]) * times:.6g}".encode())

    return _SIDES.sub(larger, svg, count=2)


class _Places:
    """Where the named groups of an SVG start, and the shapes in each: their bytes and tags."""

    def __init__(self, svg: bytes, names: AbstractSet[str]) -> None:
        self.names = names
        self.starts: dict[str, int] = {}
        self.shapes: dict[str, list[tuple[int, str]]] = {}
        self._open: list[str] = []  # the group that each open element belongs to, "" for none
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(svg, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        group, name = self._open[-1] if self._open else "", attributes.get("id", "")
        if name in self.names:
            group = name
            self.starts[name] = self._parser.CurrentByteIndex
            self.shapes[name] = []
        elif tag in _APART:
            group = ""
        elif tag in _SHAPES and group:
            self.shapes[group].append((self._parser.CurrentByteIndex, tag))
        self._open.append(group)

    def _end(self, _: str) -> None:
        self._open.pop()


def _title(text: str) -> bytes:
    return f"<title>{escape(_REFUSED.sub('', text))}</title>".encode()
