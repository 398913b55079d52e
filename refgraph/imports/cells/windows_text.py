"""Text that a spreadsheet on Windows saved as plain CSV: recognised by its letters, or not at all.

Such a file is in the code page of the system, cp1252 in western Europe and America. It is
taken for that only where each byte beyond ASCII is a letter or a mark of its languages, and
each such letter stands at a letter, a capital never behind a small one.
"""

from __future__ import annotations

import re
from itertools import islice

from refgraph.schema.text import quoted

__all__ = ["CODE_PAGE", "is_windows_text", "words_beyond_ascii"]

CODE_PAGE = "cp1252"
_CAPITALS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ"
_SMALL = _CAPITALS.lower() + "ßÿ"
_MARKS = "€£§ªº°´·–—‘’“”…«»¡¿\u00a0"  # noqa: RUF001  # as they are written
_WORD = re.compile(
    rf"[A-Za-z{_CAPITALS}{_SMALL}]*[{_CAPITALS}{_SMALL}][A-Za-z{_CAPITALS}{_SMALL}]*"
)
_ODD = re.compile(rf"[a-z{_SMALL}][{_CAPITALS}]|[{_SMALL}]{{3}}|[£§°·][A-Za-z]|[A-Za-z][£§]")
_MOST_SHOWN = 3


def is_windows_text(data: bytes) -> bool:
    r"""Tell whether bytes that are not UTF-8 read as names and words in cp1252.

    Examples
    --------
    >>> is_windows_text("José Müller, 50 €".encode("cp1252"))
    True
    >>> is_windows_text("Łukasz".encode("cp1250")), is_windows_text("José".encode("mac-roman"))
    (False, False)
    >>> is_windows_text("José".encode()), is_windows_text(b"Ann")
    (False, False)
    """
    if data.isascii() or 0 in data or _decodes(data, "utf-8"):
        return False
    if not _decodes(data, CODE_PAGE):
        return False
    text = data.decode(CODE_PAGE)
    known = {*_CAPITALS, *_SMALL, *_MARKS}
    return not _ODD.search(text) and all(each.isascii() or each in known for each in {*text})


def words_beyond_ascii(text: str) -> str:
    """Give some words by which somebody sees whether a text is read as it is written.

    Examples
    --------
    >>> words_beyond_ascii("Ann,José,Müller")
    "'José', 'Müller'"
    """
    words = dict.fromkeys(_WORD.findall(text))
    return ", ".join(map(quoted, islice(words, _MOST_SHOWN)))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
