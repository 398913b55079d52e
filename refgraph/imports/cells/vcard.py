"""Cards of contacts (vCard 2.1, 3.0 and 4.0) become rows of a table under headers of its own."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.reading.files.encodings import unreadable
from refgraph.reading.files.lines import MOST_LINE, Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HEADER", "is_vcard", "read_vcards"]

#: The headers of the table, as the rules for cards name them.
HEADER = ("Full Name", "Email", "Title", "Organization", "Note", "Referred By")
_START = re.compile(r"\s*BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)
_LINE = re.compile(r'(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<more>(?:;(?:"[^"]*"|[^":])*)?):')
_RELATED = ("RELATED", "X-ABRELATEDNAMES")
_READ = re.compile(
    r"BEGIN|END|FN|N|EMAIL|TITLE|ROLE|ORG|NOTE|UID|RELATED|X-AB(?:LABEL|RELATEDNAMES)"
    r"|X-.*refer(?:red|rer|ral).*",
    re.IGNORECASE,
)
# The characters of a line among which its name and parameters are; the lines that they fill.
_HEAD, _FOLDS = 10_000, 100
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_REFERRED = re.compile(r"refer(?:red|rer|ral)", re.IGNORECASE)
_SOFT = re.compile(r"encoding=quoted-printable|;quoted-printable", re.IGNORECASE)
_CHARSET = re.compile(r"charset=\"?([\w-]+)", re.IGNORECASE)
_SPLIT = "split it, and import one part after the other"


@dataclass(slots=True)
class _Card:
    """One card, of which only what is read is kept: pictures may be as large as the file.

    Attributes
    ----------
    line : int
        Where it begins.
    said : dict of str to str
        The first text of each property that is not blank.
    related : list of (str, str, str, str)
        Who is related to them: the name of the property, its group, parameters and text.
    labels : set of str
        The groups whose label says that somebody referred them.
    """

    line: int
    said: dict[str, str] = field(default_factory=dict)
    related: list[tuple[str, str, str, str]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)

    def keep(self, name: str, group: str, more: str, text: str) -> None:
        """Keep a property as far as it is read."""
        if name in _RELATED and (group or _REFERRED.search(more)):
            self.related.append((name, group, more, text))
        elif name == "X-ABLABEL" and _REFERRED.search(text):
            self.labels.add(group)
        elif name not in _RELATED and text.strip():
            self.said.setdefault(name, text.strip())

    def first(self, *names: str) -> str:
        """Give the first text that is not blank."""
        return next((self.said[name] for name in names if name in self.said), "")


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
    rows, lines = [[*HEADER]], [0]
    uids: dict[str, str] = {}
    for card in _cards(path, text):
        rows.append(_row(card))
        lines.append(card.line)
        if len(rows) > most + 1:
            message = f"this file holds more than {most:,} cards"
            raise unreadable(path, message, _SPLIT)
        if (uid := card.first("UID")) and rows[-1][0]:
            uids[uid] = rows[-1][0]
    for row in rows:  # a card may come after those whom they sent
        row[-1] = uids.get(row[-1]) or _parts(row[-1], "\0")[0]
    return rows, lines


def _cards(path: str, text: str) -> Iterator[_Card]:
    card, inner = None, 0
    for line, match, value in _properties(path, text):
        name, mark = match["name"].upper(), value.strip().upper()
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
            more = match["more"]
            card.keep(name, (match["group"] or "").upper(), more, _decoded(more, value))
    if card is not None:
        message = "this card has no END:VCARD: the file is cut off"
        raise unreadable(path, message, "export it again", card.line)


def _properties(path: str, text: str) -> Iterator[tuple[int, re.Match[str], str]]:
    """Give each property that is read: its line, its name and parameters, and its text."""
    for line, content in _unfolded(text):
        match = _LINE.match(content, 0, _HEAD)
        if match is None:
            continue
        if len(content) > MOST_LINE:
            message = f"this line is longer than {MOST_LINE:,} characters"
            raise unreadable(path, message, "leave it out of the card", line)
        yield line, match, content[match.end() :]


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines that are read, each with what is folded under it, and where it begins."""
    held: list[str] = []
    start, soft, read = 1, False, True
    text = text.lstrip("\ufeff")
    for line, ended in enumerate(Lines(text if "\n" in text else text.replace("\r", "\n")), 1):
        content = ended.rstrip("\r\n")
        is_soft = bool(held) and soft and held[-1].endswith("=")
        if is_soft or (held and content[:1] in (" ", "\t")):
            held[-1] = held[-1][:-1] if is_soft else held[-1]
            if not read:
                held.clear()  # but the last, which tells whether it goes on
            held.append(content if is_soft else content[1:])
            read = read and (len(held) > _FOLDS or _is_read("".join(held)))
            continue
        if held and read:
            yield start, "".join(held)
        held, start, read = [content], line, _is_read(content)
        soft = _SOFT.search(content[:_HEAD].partition(":")[0]) is not None
    if held and read:
        yield start, "".join(held)


def _is_read(content: str) -> bool:
    """Tell whether a line is, or may become, a property of which something is read."""
    match = _LINE.match(content, 0, _HEAD)
    return match is None or _READ.fullmatch(match["name"]) is not None


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


def _row(card: _Card) -> list[str]:
    texts = {name: _parts(card.first(name), "\0")[0] for name in ("TITLE", "ROLE", "NOTE")}
    name, firm = _name(card), ", ".join(filter(None, _parts(card.first("ORG"))))
    email = _parts(card.first("EMAIL"), "\0")[0].removeprefix("mailto:")
    title = texts["TITLE"] or texts["ROLE"]
    return [name, email, title, "" if firm == name else firm, texts["NOTE"], _referrer(card)]


def _referrer(card: _Card) -> str:
    """Find who referred the person of a card: a relation called so, or a field of that name."""
    for _, group, more, text in sorted(card.related, key=lambda each: _RELATED.index(each[0])):
        if _REFERRED.search(more) or (group and group in card.labels):
            return text.strip()
    named = (name for name in card.said if name.startswith("X-") and _REFERRED.search(name))
    return next((card.first(name) for name in named), "")
