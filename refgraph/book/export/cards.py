"""The people of a book as cards of contacts (vCard 4.0, RFC 6350)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.book.export.book_tables import book_tables
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.book.book import Book

__all__ = ["vcards"]

_ESCAPED = re.compile(r"[\\,;]")
# What a card says of a person, and the column that says it.
_SAID = {"FN": "person", "EMAIL": "email", "TITLE": "profession", "NOTE": "note"}
_OCTETS = 75  # of a line, without its end


def vcards(book: Book) -> str:
    r"""Give the people of a book as cards: name, e-mail, profession and note.

    Parameters
    ----------
    book : Book
        Everybody in ``people.csv`` has a card.

    Raises
    ------
    RefgraphError
        Nobody stands there.

    Examples
    --------
    >>> from refgraph import Book
    >>> vcards(Book.sample()).split("\r\n")[:3]
    ['BEGIN:VCARD', 'VERSION:4.0', 'FN:Alice Merton']
    """
    people = book_tables(book).get("people", {})
    if not people.get(_SAID["FN"]):
        msg = (
            "A card is made of a row of people.csv, and this book has none; write one first: "
            "refgraph people set PERSON role partner -b BOOK"
        )
        raise RefgraphError(msg)
    columns = {mark: people[name] for mark, name in _SAID.items() if name in people}
    cards = (zip(columns, row, strict=True) for row in zip(*columns.values(), strict=True))
    lines = (
        line
        for card in cards
        for said in ("BEGIN:VCARD", "VERSION:4.0", *_properties(dict(card)), "END:VCARD")
        for line in _folded(said)
    )
    return "".join(f"{line}\r\n" for line in lines)


def _properties(card: dict[str, str]) -> Iterator[str]:
    for mark, text in card.items():
        if text:
            escaped = _ESCAPED.sub(r"\\\g<0>", text).replace("\n", r"\n")
            yield f"{mark}:{escaped}"


def _folded(line: str) -> Iterator[str]:
    """Give a line in pieces of at most 75 octets, each but the first after a blank."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
