"""XML is read element by element, and a document type is refused: there are no entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from refgraph.reading.sheets.scan import Unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["LocalNames", "declares_type", "new_parser", "refuse_type"]

_MOST_NAMES = 1_000


class LocalNames(dict[str, str]):
    """From the name of an element as it is written to the name without its prefix.

    Examples
    --------
    >>> LocalNames()["x:row"]
    'row'
    """

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < _MOST_NAMES:
            self[name] = local
        return local


def new_parser(start: Callable[[str, Mapping[str, str]], None]) -> expat.XMLParserType:
    """Build a parser that tells of the start of each element.

    Raises
    ------
    Unsafe
        While it parses: the document declares a type, and may declare entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_type
    return parser


def refuse_type(*_: object) -> NoReturn:
    """Refuse a document that declares its type.

    Raises
    ------
    Unsafe
        Always.
    """
    message = "this workbook declares XML entities, which are never read"
    raise Unsafe(message, "open it in a spreadsheet and save it as CSV")


class _Begun(Exception):  # noqa: N818  # no error
    """The first element was reached."""


def declares_type(start: bytes) -> bool:
    """Tell whether XML declares a document type, which can only stand before its first element.

    Examples
    --------
    >>> declares_type(b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), declares_type(b"<x/>")
    (True, False)
    """

    def begun(*_: object) -> NoReturn:
        raise _Begun

    try:
        new_parser(begun).Parse(start, False)  # more may follow
    except Unsafe:
        return True
    except (_Begun, expat.ExpatError, LookupError, ValueError):
        return False
    return False
