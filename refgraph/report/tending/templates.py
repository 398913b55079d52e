"""Texts with named fields: those that refgraph ships, or the book's own in ``messages/``."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import RefgraphError
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.encodings import decode
from refgraph.schema.text import quoted
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book

__all__ = ["FIELDS", "FOLDER", "Template", "read_template"]

#: The folder of a book where its own templates stand, each called like the one it replaces.
FOLDER = "messages"
_SHIPPED = Path(__file__).parent / "messages"
_MOST_BYTES = 100_000
_REFERRED = ("prospect", "ago")
_PAIR = ("needing", "needing_who", "offering", "offering_who", "need", "known")
#: The fields of each template, beside ``to`` and ``me``.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "thanks": _REFERRED,
    "thanks-late": _REFERRED,
    "thanks-won": _REFERRED,
    "thanks-again": _REFERRED,
    "news": (*_REFERRED, "news"),
    "nudge": _REFERRED,
    "still": _REFERRED,
    "first-contact": (*_REFERRED, "giver"),
    "again": (*_REFERRED, "giver"),
    "consent": _REFERRED,
    "raise": _REFERRED,
    "went-badly": _REFERRED,
    "value": (),
    "meet": (),
    "decided": ("decision",),
    "give": (),
    "ask": (*_REFERRED, "looking_for"),
    "ask-closed": (*_REFERRED, "looking_for"),
    "introduce-first": _PAIR,
    "introduce-second": _PAIR,
    "introduction": _PAIR,
}
_FIELD = re.compile(r"\{([^{}\n]*)\}")
_SUBJECT = "Subject:"


@dataclass(frozen=True, slots=True)
class Template:
    """A message with fields in braces.

    Attributes
    ----------
    subject, body : str
        The line after ``Subject:``, and what stands below it.
    """

    subject: str
    body: str

    def filled(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Give subject and body with what the fields say; what that says is no field again.

        Examples
        --------
        >>> Template("For {to}", "{prospect}!").filled({"to": "Ann", "prospect": "{to}"})
        ('For Ann', '{to}!')
        """
        subject, body = (
            _FIELD.sub(lambda found: fields[found[1]], text) for text in (self.subject, self.body)
        )
        return " ".join(subject.split()), body


def read_template(book: Book, name: str) -> Template:
    """Read a template: the book's own of that name, else the one that refgraph ships.

    Of a book that is shown to others, with initials for names, the shipped one.

    Parameters
    ----------
    book : Book
        Its folder may hold ``messages/NAME.txt``: a line ``Subject: ...``, an empty line, and
        the text, with fields like ``{to}``.
    name : str
        One of :data:`FIELDS`.

    Raises
    ------
    RefgraphError
        The file has no subject, or names a field that there is not, with its line.
    LedgerError
        The file cannot be read.

    Examples
    --------
    >>> from refgraph import Book
    >>> read_template(Book.sample(), "thanks").subject
    'Thank you for sending {prospect} my way'
    """
    own = os.path.join(book.path, FOLDER, f"{name}.txt")  # noqa: PTH118 (as it was typed)
    path = own if not book.is_incognito and os.path.isfile(own) else str(_SHIPPED / f"{name}.txt")  # noqa: PTH113
    text = decode(path, load(path, _MOST_BYTES)).replace("\r\n", "\n").strip()
    head, _, body = text.partition("\n")
    if not head.startswith(_SUBJECT) or not body.strip():
        msg = f'{path}:1: a message begins with a line "{_SUBJECT} ...", and its text stands below'
        raise RefgraphError(msg)
    known = ("to", "me", *FIELDS[name])
    for number, line in enumerate(text.split("\n"), 1):
        for field in _FIELD.findall(line):
            if field not in known:
                near = did_you_mean(field.casefold(), known)
                hint = f"did you mean {{{near}}}?" if near else ""
                hint = hint or f"fields are: {', '.join(f'{{{each}}}' for each in known)}"
                msg = f"{path}:{number}: {quoted(f'{{{field}}}')} is not a field of {name}; {hint}"
                raise RefgraphError(msg)
    return Template(head.removeprefix(_SUBJECT).strip(), body.strip())
