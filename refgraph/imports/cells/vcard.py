"""Cards of contacts (vCard 2.1, 3.0 and 4.0) become rows of a table under headers of its own."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.reading.files.encodings import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HEADER", "is_vcard", "read_vcards"]

#: The headers of the table, as the rules for cards name them.
HEADER = ("Full Name", "Email", "Title", "Organization", "Note", "Referred By")
_START = re.compile(r"\s*BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)
_LINE = re.compile(r'(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<more>(?:;(?:"[^"]*"|[^":])*)?):')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_REFERRED = re.compile(r"refer(?:red|rer|ral)", re.IGNORECASE)
_SOFT = re.compile(r"encoding=quoted-printable|;quoted-printable", re.IGNORECASE)
_CHARSET = re.compile(r"charset=\"?([\w-]+)", re.IGNORECASE)
_SPLIT = "split it, and import one part after the other"


@dataclass(slots=True)
class _Card:
    """One card: each property by its name, with its group, parameters and text."""

    line: int
    said: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Give the first text that is not blank."""
        texts = (text for name in names for _, _, text in self.said.get(name, ()))
        return next(filter(None, map(str.strip, texts)), "")


def is_vcard(text: str) -> bool:
    r"""Tell whether a text is cards of contacts.

    Examples
    --------
    >>> is_vcard("BEGIN:VCARD\nFN:Ann Lee\nEND:VCARD\n"), is_vcard("begin,end\n")
    (True, False)
    """
    return _START.match(text[:200].lstrip("\ufeff")) is not None


def read_vcards(path: str, text: str, most: int) -> tuple[list[list[str]], list[int]]:
    r"""Read cards as rows under a header.

    Parameters
    ----------
    path : str
        The file, for messages.
    text : str
        All of it.
    most : int
        How many cards are read.

    Returns
    -------
    rows : list of list of str
        The header, on line 0, and a row for each card.
    lines : list of int
        Where each card begins.

    Raises
    ------
    LedgerError
        If a card has no end, or there are more than that.

    Examples
    --------
    >>> read_vcards("a.vcf", "BEGIN:VCARD\nVERSION:4.0\nN:Lee;Ann;;;\nEND:VCARD\n", 9)[0][1]
    ['Ann Lee', '', '', '', '', '']
    """
    cards: list[_Card] = []
    for card in _cards(path, text):
        cards.append(card)
        if len(cards) > most:
            message = f"this file holds more than {most:,} cards"
            raise unreadable(path, message, _SPLIT)
    uids = {card.first("UID"): name for card in cards if (name := _name(card))}
    rows = [[*HEADER], *(_row(card, uids) for card in cards)]
    return rows, [0, *(card.line for card in cards)]


def _cards(path: str, text: str) -> Iterator[_Card]:
    card, inner = None, 0
    for line, content in _unfolded(text):
        match = _LINE.match(content)
        if match is None:
            continue
        name, value = match["name"].upper(), content[match.end() :]
        mark = value.strip().upper()
        if card is None:
            if (name, mark) == ("BEGIN", "VCARD"):
                card = _Card(line)
        elif name == "BEGIN":  # an agent of 2.1: a card within the card
            inner += 1
        elif name == "END" and inner:
            inner -= 1
        elif name == "END":
            yield card
            card = None
        elif not inner:
            said = (match["group"] or "").upper(), match["more"], _decoded(match["more"], value)
            card.said.setdefault(name, []).append(said)
    if card is not None:
        message = "this card has no END:VCARD: the file is cut off"
        raise unreadable(path, message, "export it again", card.line)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines of a text, each with what is folded under it, and where it begins."""
    held: list[str] = []
    start, soft = 1, False
    for line, content in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if held and content[:1] in (" ", "\t"):
            held.append(content[1:])
            continue
        if held and soft and held[-1].endswith("="):
            held[-1] = held[-1][:-1]
            held.append(content)
            continue
        if held:
            yield start, "".join(held)
        held, start = [content], line
        soft = _SOFT.search(content.partition(":")[0]) is not None
    if held:
        yield start, "".join(held)


def _decoded(more: str, value: str) -> str:
    """Read a text in quoted-printable, as cards of version 2.1 write letters beyond English."""
    if not _SOFT.search(more):
        return value
    charset = _CHARSET.search(more)
    data = binascii.a2b_qp(value.encode("utf-8"))
    try:
        return data.decode(charset[1] if charset else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return value


def _parts(text: str, mark: str = ";") -> list[str]:
    """Split a text with parts, and take the escapes off."""
    parts = re.split(rf"(?<!\\){mark}", text)
    return [" ".join(_ESCAPED.sub(_unescaped, part).split()) for part in parts]


def _unescaped(match: re.Match[str]) -> str:
    return " " if match[1] in "nN" else match[1]


def _name(card: _Card) -> str:
    """Give the name of a card: as it is shown, else from its parts, else of the firm."""
    if shown := " ".join(_parts(card.first("FN"), "\0")):
        return shown.strip()
    family, given, middle, _, suffix, *_ = [*_parts(card.first("N")), *[""] * 5]
    joined = " ".join(filter(None, (given, middle, family, suffix)))
    return joined or _parts(card.first("ORG"))[0]


def _row(card: _Card, uids: dict[str, str]) -> list[str]:
    texts = {name: _parts(card.first(name), "\0")[0] for name in ("TITLE", "ROLE", "NOTE")}
    name, firm = _name(card), ", ".join(filter(None, _parts(card.first("ORG"))))
    email = _parts(card.first("EMAIL"), "\0")[0].removeprefix("mailto:")
    title = texts["TITLE"] or texts["ROLE"]
    return [name, email, title, "" if firm == name else firm, texts["NOTE"], _referrer(card, uids)]


def _referrer(card: _Card, uids: dict[str, str]) -> str:
    """Find who referred the person of a card: a relation called so, or a field of that name."""
    labels = {
        group: text for group, _, text in card.said.get("X-ABLABEL", ()) if _REFERRED.search(text)
    }
    for name in ("RELATED", "X-ABRELATEDNAMES"):
        for group, more, text in card.said.get(name, ()):
            if _REFERRED.search(more) or (group and group in labels):
                return uids.get(text.strip()) or _parts(text, "\0")[0]
    named = (name for name in card.said if name.startswith("X-") and _REFERRED.search(name))
    return next((_parts(card.first(name), "\0")[0] for name in named), "")
