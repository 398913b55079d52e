"""Text from a file made safe to print, and told apart from text that is not."""

from __future__ import annotations

import re
import shlex
import unicodedata
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "UNSAFE",
    "FieldError",
    "argument",
    "book_option",
    "clean",
    "natural",
    "prose",
    "quoted",
    "refuse",
    "said_by",
    "visible",
]

# Control characters, bidirectional overrides and lone surrogates; not ZWJ and
# ZWNJ, which Persian names and joined emoji need.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# And what ends a line, or shows nowhere, though a name may hold it.
_UNSEEN_IN_LINE = re.compile(f"{UNSAFE.pattern[:-1]}\u2028\u2029\ufeff]")
_UNSAFE_IN_LINE = re.compile(UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b\x0c\x0e-\x1f"))
_UNSAFE_IN_PROSE = re.compile(f"{_UNSAFE_IN_LINE.pattern}|\r(?!\n)")


_NUMBER = re.compile("([0-9]+)")


def natural(text: str) -> tuple[object, ...]:
    """Give a key that sorts a list as people write it: by its numbers, not digit by digit.

    It is the same on every machine: no language of the reader has a say in it.

    Examples
    --------
    >>> sorted(["Table 10", "Table 2", "Table 02", "Bar", "10", "9"], key=natural)
    ['9', '10', 'Bar', 'Table 02', 'Table 2', 'Table 10']
    >>> sorted(["A10", "A2", "A"], key=natural)
    ['A', 'A2', 'A10']
    """
    parts: list[object] = list(_NUMBER.split(text))
    for at in range(1, len(parts), 2):
        digits = str(parts[at]).lstrip("0")
        parts[at] = len(digits), digits
    return tuple(parts), text


class FieldError(ValueError):
    """A field cannot be read; the sentence says why, the hint what to do.

    Examples
    --------
    >>> FieldError("there is no 2026-02-30", "dates are YYYY-MM-DD").hint
    'dates are YYYY-MM-DD'
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def refuse(message: str, hint: str = "") -> NoReturn:
    """Refuse a field: one sentence, and one remedy if there is one.

    Raises
    ------
    FieldError
        Always.
    """
    raise FieldError(message, hint)


def visible(text: str, width: int = 120) -> str:
    r"""Show text on one line: cut at `width`, unsafe characters as escapes.

    Examples
    --------
    >>> visible("Ann\x1b[31m")
    'Ann\\x1b[31m'
    >>> visible("a" * 10, width=5)
    'aaaa…'
    """
    cut = text if len(text) <= width else text[: width - 1] + "…"
    return _UNSEEN_IN_LINE.sub(lambda found: ascii(found[0])[1:-1], cut)


def quoted(text: str) -> str:
    """Quote text for a message, whatever it holds.

    Examples
    --------
    >>> print(quoted("Ann Lee"))
    'Ann Lee'
    """
    return f"'{visible(text, 60)}'"


def said_by(value: object, form: Callable[[object], str] = str) -> str:
    """Give what an object says it is, or its type where it cannot say that.

    Parameters
    ----------
    value : object
        Whatever somebody handed in.
    form : callable
        How it is asked: ``str`` or ``repr``.

    Examples
    --------
    >>> said_by(7), said_by(type("Mute", (), {"__str__": lambda _: None})())
    ('7', 'a value of type Mute')
    """
    try:
        return form(value)
    except Exception:  # noqa: BLE001  # whatever the class of somebody else does
        return f"a value of type {type(value).__name__}"


def argument(text: str) -> str:
    """Quote text as one word of a command that a message gives, also where it need not be.

    A name that is always in quotes is one that a screen for others can leave out.

    Examples
    --------
    >>> print(argument("Long"), argument("Ann Lee"), argument("O'Brien"))
    'Long' 'Ann Lee' 'O'"'"'Brien'
    """
    found = shlex.quote(text)
    return found if found.startswith("'") else f"'{found}'"


def book_option(path: str) -> str:
    """Name a book in a command that a message gives; nothing where commands look for one anyway.

    Examples
    --------
    >>> book_option("my book"), book_option("chapter"), book_option(".")
    (" -b 'my book'", ' -b chapter', '')
    """
    return "" if path in ("", ".") else f" -b {shlex.quote(path)}"


def _safe(text: str, unsafe: re.Pattern[str]) -> str:
    if found := unsafe.search(text):
        code = f"U+{ord(found[0]):04X}"
        refuse(
            f"{quoted(text.strip())} holds a control character, {code}",
            "type this field again instead of pasting it",
        )
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    r"""Read one line of text: NFC, runs of white space as one blank.

    Examples
    --------
    >>> clean("  Ann \n Lee ")
    'Ann Lee'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_safe(text, _UNSAFE_IN_LINE).split())


def prose(text: str) -> str:
    r"""Read free text: line breaks stay (as ``\n``), blanks around it go.

    Examples
    --------
    >>> prose(" kitchen refit,\r\nthen the roof ")
    'kitchen refit,\nthen the roof'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return _safe(text, _UNSAFE_IN_PROSE).replace("\r\n", "\n").strip()
