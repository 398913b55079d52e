"""The first line of a mail, with the greeting above it; nothing of what it answers or quotes."""

from __future__ import annotations

import binascii
import html
import quopri
import re
from typing import TYPE_CHECKING

from refgraph.imports.events.captured_event import plain_text
from refgraph.imports.events.event_words import GREETING, QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST_LINE", "first_line", "first_line_of_text", "is_invitation"]

#: The letters of a first line that are read.
LONGEST_LINE = 400
_BOUNDARY = re.compile(rb'boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;]{1,200}))', re.IGNORECASE)
_TYPE = re.compile(rb"(?im)^content-type[ \t]*:[ \t]*([\w.+-]+/[\w.+-]+)")
_CODING = re.compile(
    rb"^content-transfer-encoding[ \t]*:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE
)
_CHARSET = re.compile(rb"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_ATTACHED = re.compile(
    rb"^content-disposition[ \t]*:[ \t]*attachment", re.IGNORECASE | re.MULTILINE
)
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_GONE = re.compile(
    r"<(style|script|head|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/h[1-6]|/li|p|div|blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>?")
_QUOTED = re.compile(r"<blockquote.*|<div class=\"gmail_quote.*", re.IGNORECASE | re.DOTALL)
_MOST_PARTS = 200


def first_line(head: bytes, body: bytes) -> str:
    r"""Give the first line of a mail, from its header and the beginning of its body.

    Examples
    --------
    >>> first_line(b"Subject: Hi\n", b"Hi Dana,\n\nmeet Paul.\n\nAnn\n")
    'Hi Dana, meet Paul.'
    """
    for part_head, part in _parts(head, body):
        kind = _first(_TYPE, part_head, b"text/plain").lower()
        if kind in (b"text/plain", b"text/html") and not _ATTACHED.search(part_head):
            text = _decoded(part_head, part)
            return first_line_of_text(_without_tags(text) if kind == b"text/html" else text)
    return ""


def is_invitation(head: bytes, body: bytes) -> bool:
    """Tell whether a mail is an appointment that was sent: the calendar tells of those."""
    return any(
        _first(_TYPE, part_head, b"").lower() == b"text/calendar"
        for part_head, _ in _parts(head, body)
    )


def _first(form: re.Pattern[bytes], text: bytes, otherwise: bytes) -> bytes:
    found = form.search(text)
    return next(filter(None, found.groups()), otherwise) if found else otherwise


def _parts(head: bytes, body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the parts of a body that hold no others, however deep they lie, in order."""
    head = _FOLDED.sub(b" ", head)
    boundary = _first(_BOUNDARY, head, b"")
    if not _first(_TYPE, head, b"").lower().startswith(b"multipart/") or not boundary:
        yield head, body
        return
    marks = {b"--" + boundary}
    part_head, held, state = b"", list[bytes](), "before"
    number = 0
    for line in body.splitlines(keepends=True):
        bare = line.strip()
        if bare.startswith(b"--") and (bare in marks or bare.removesuffix(b"--") in marks):
            if state == "body":
                yield part_head, b"".join(held)
            number += 1
            if number > _MOST_PARTS:
                return
            part_head, held, state = b"", [], "head"
        elif state == "head" and not bare:
            part_head, held = _FOLDED.sub(b" ", b"".join(held)), []
            inner = _first(_BOUNDARY, part_head, b"")
            within = _first(_TYPE, part_head, b"").lower().startswith(b"multipart/")
            if within and inner:
                marks.add(b"--" + inner)
            state = "before" if within else "body"
        elif state != "before":
            held.append(line)
    if state == "body":
        yield part_head, b"".join(held)


def _decoded(head: bytes, part: bytes) -> str:
    """Give the text of a part, as far as it can be read."""
    coding = _first(_CODING, head, b"").lower()
    if coding == b"quoted-printable":
        part = quopri.decodestring(part)
    elif coding == b"base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", part)
        try:
            letters = letters[: len(letters) - (len(letters) % 4 == 1)]
            part = binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
        except binascii.Error:
            part = b""
    charset = _first(_CHARSET, head, b"utf-8").decode("ascii", "replace")
    for name in (charset, "utf-8"):
        try:
            return part.decode(name, "strict" if name != charset else "replace")
        except (LookupError, ValueError):
            continue
    return part.decode("latin-1")


def _without_tags(text: str) -> str:
    text = _QUOTED.sub("", _GONE.sub(" ", text))
    text = _BREAK.sub("\n", " ".join(text.split()))
    return html.unescape(_TAG.sub(" ", text))


def first_line_of_text(text: str) -> str:
    r"""Give the first paragraph of a text, on one line, with a greeting that stands above it.

    Examples
    --------
    >>> first_line_of_text("Hi,\n\nI would like\nto meet.\n\nBo")
    'Hi, I would like to meet.'
    >>> first_line_of_text("> Hi\n\nOn Monday Ann wrote:\n> Hello")
    ''
    """
    kept: list[str] = []
    paragraph: list[str] = []
    for raw in [*text.splitlines(), ""]:
        line = plain_text(raw, LONGEST_LINE)
        if line.startswith(">"):
            continue
        if line == "--" or QUOTES.match(line):
            break
        if line:
            paragraph.append(line)
        elif paragraph:
            kept.append(" ".join(paragraph))
            paragraph = []
            if len(kept) > 1 or not GREETING.fullmatch(kept[0]):
                break
        if sum(map(len, paragraph)) > LONGEST_LINE:
            break
    return plain_text(" ".join([*kept, *paragraph]), LONGEST_LINE)
