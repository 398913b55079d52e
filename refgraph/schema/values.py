"""Each field of a book: its text becomes a value, or a sentence saying why not."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any

from refgraph.schema.text import clean, quoted, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "CADENCES",
    "COLLEAGUES",
    "DIRECTIONS",
    "HANDOFFS",
    "KINDS",
    "LANES",
    "LEADING",
    "MOST",
    "NEVER_OWED",
    "NO_CONTACT",
    "PLANNED",
    "ROLES",
    "STATUSES",
    "among",
    "count",
    "did_you_mean",
    "filled",
    "flag",
    "level",
    "money",
    "named",
    "names",
    "perhaps",
    "person",
    "total",
    "words",
]

#: How an introduction was made, from the least to the most that was done.
HANDOFFS = (
    'told to call or "use my name"',
    "contact shared, the call is expected",
    "material or an e-mail introduction sent",
    "personal recommendation made",
    "called ahead and arranged a meeting",
    "introduced in person, three-way",
)
STATUSES = ("given", "contacted", "met", "won", "lost")
ROLES = ("client", "partner", "prospect", "vendor", "other")
#: Who is no one to refer to, or to return a referral to: portals, directories and the like.
NEVER_OWED = ("vendor", "other")
#: Of whom a book of health gives the e-mail address: nobody who may be a patient.
COLLEAGUES = ("partner", "vendor", "other")
CADENCES = ("monthly", "quarterly", "yearly", "none")
KINDS = (
    "thanks",
    "call",
    "meeting",
    "email",
    "endorsement",
    "introduction",
    "gift",
    "ask",
    "they-thanked-me",
    "settled",
    "news",
    "one-to-one",
    "mention",
    "concern",
    "resolved",
    "value",
    "snooze",
    "decision",
    "done",
)
#: Kinds that say something about a person, and are no contact with them.
NO_CONTACT = ("mention", "concern", "resolved", "value", "snooze", "decision", "done")
#: What the list of today holds: the lanes of lines, in order.
LANES = ("you owe", "bring news", "say thanks", "save", "stay close", "give first", "ask")
#: The lanes of what was decided, and of who leads a chapter, in a book without a me.
LEADING = ("decided", "welcome", "one-to-one", "give again")
#: The kind of contact that may be planned: its ``until`` is the day.
PLANNED = "one-to-one"
DIRECTIONS = ("given", "received")
#: The largest count of one row: a million such rows still add up exactly.
MOST = 1_000_000_000

_FLAGS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
# With three digits behind it, the comma may as well divide thousands.
_COMMA = re.compile(r"[0-9]{1,18},([0-9]{1,2}|[0-9]{4,9})")
# Letters and symbols that draw nothing, beside the format characters (Cf).
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"


def person(text: str) -> str:
    """Give the one canonical spelling of a name, safe to print, plot and export.

    Parameters
    ----------
    text : str
        The name as written; nothing in it is interpreted.

    Returns
    -------
    str
        NFC, with runs of white space as one blank.

    Raises
    ------
    FieldError
        If the name is empty or invisible, or holds a control character.

    Examples
    --------
    >>> person("  Ann   Lee ")
    'Ann Lee'
    >>> person("007"), person("NA")
    ('007', 'NA')
    """
    return _name(text, "a person has no name")


def _name(text: str, message: str) -> str:
    name = clean(text)
    if not name or (not name.isascii() and all(map(_invisible, name))):
        refuse(message)
    return name


def _invisible(letter: str) -> bool:
    return letter in _BLANKS or unicodedata.category(letter) in {"Cf", "Zs"}


def filled(read: Callable[[str], Any], message: str) -> Callable[[str], Any]:
    """Wrap a reader so that a blank field is refused with `message`.

    Examples
    --------
    >>> filled(person, "the giver is not named")("Ann")
    'Ann'
    """

    def read_filled(text: str) -> Any:
        if not text.strip():
            refuse(message)
        return read(text)

    return read_filled


def perhaps(read: Callable[[str], Any], blank: Any) -> Callable[[str], Any]:
    """Wrap a reader so that a blank field is `blank`.

    Examples
    --------
    >>> perhaps(among("role", ROLES), "")("")
    ''
    """

    def read_perhaps(text: str) -> Any:
        return read(text) if text.strip() else blank

    return read_perhaps


def named(message: str) -> Callable[[str], str]:
    """Build the reader of a name that refuses a blank one with `message`.

    Examples
    --------
    >>> named("the giver is not named")("Ann")
    'Ann'
    """
    return partial(_name, message=message)


def did_you_mean(text: str, allowed: Iterable[str], cutoff: float = 0.6) -> str:
    """Name the nearest of the allowed words, or nothing.

    Examples
    --------
    >>> did_you_mean("metting", ["call", "meeting"])
    'meeting'
    """
    return next(iter(get_close_matches(text, list(allowed), n=1, cutoff=cutoff)), "")


def among(field: str, allowed: tuple[str, ...]) -> Callable[[str], str]:
    """Build the reader of a field that holds one of a few words.

    Examples
    --------
    >>> among("status", STATUSES)(" Met ")
    'met'
    """

    def read_word(text: str) -> str:
        word = clean(text).casefold().replace(" ", "-").replace("_", "-")
        word = "email" if word == "e-mail" and "email" in allowed else word
        if word not in allowed:
            refuse(
                f"{quoted(clean(text))} is not a {field}",
                f"a {field} is one of: {', '.join(allowed)}",
            )
        return word

    return read_word


def count(text: str) -> int:
    """Read how many referrals a row stands for; blank is one.

    Raises
    ------
    FieldError
        It is no whole number above 0, or too large.

    Examples
    --------
    >>> count("12"), count("3.0"), count("")
    (12, 3, 1)
    """
    digits = text.strip()
    if not digits:
        return 1
    if digits.endswith((".0", ".00")):  # as programs write numbers; 3.000 may be three thousand
        digits = digits.partition(".")[0] or digits
    if not (digits.isascii() and digits.isdigit()) or not digits.strip("0"):
        refuse(f"count must be a whole number above 0, got {quoted(digits)}")
    if len(digits.lstrip("0")) > len(str(MOST)) or int(digits) > MOST:
        refuse(f"count can be at most {MOST:,}, got {quoted(digits)}")
    return int(digits)


def level(field: str, hint: str = "") -> Callable[[str], int | None]:
    """Build the reader of a field that holds 0 to 5, or nothing.

    Examples
    --------
    >>> level("handoff")("5"), level("handoff")("")
    (5, None)
    """

    def read_level(text: str) -> int | None:
        digit = text.strip()
        if not digit:
            return None
        if digit not in ("0", "1", "2", "3", "4", "5"):
            refuse(f"{field} must be 0 to 5, got {quoted(digit)}", hint)
        return int(digit)

    return read_level


def total(field: str) -> Callable[[str], int | None]:
    """Build the reader of a field that holds a sum of counts, 0 too, or nothing.

    Examples
    --------
    >>> total("given")("0"), total("given")("")
    (0, None)
    """

    def read_total(text: str) -> int | None:
        digits = text.strip()
        if not digits:
            return None
        if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(MOST)):
            refuse(f"{field} must be a whole number of 0 or more, got {quoted(digits)}")
        return int(digits)

    return read_total


def money(*, decimal_comma: bool = False) -> Callable[[str], Decimal | None]:
    """Build the reader of an amount: digits with a decimal point, or nothing.

    Parameters
    ----------
    decimal_comma : bool, default False
        Whether a comma stands for the decimal point, and no point anywhere.

    Examples
    --------
    >>> money()("1250.50"), money(decimal_comma=True)("1250,50")
    (Decimal('1250.50'), Decimal('1250.50'))
    """
    mark, word = (",", "comma") if decimal_comma else (".", "point")
    form = re.compile(rf"[0-9]{{1,18}}(\{mark}[0-9]{{1,9}})?|\{mark}[0-9]{{1,9}}")

    def read_amount(text: str) -> Decimal | None:
        amount = text.strip()
        if not amount:
            return None
        if not form.fullmatch(amount):
            hint = f"write digits with a decimal {word} and nothing else: 1250{mark}50"
            if not decimal_comma and _COMMA.fullmatch(amount):
                hint = "if the comma is a decimal comma, say so: --decimal-comma"
            refuse(f"value must be a plain amount of 0 or more, got {quoted(amount)}", hint)
        return Decimal(amount.replace(",", "."))

    return read_amount


def flag(field: str, *, blank: bool | None) -> Callable[[str], bool | None]:
    """Build the reader of a yes-or-no field.

    Examples
    --------
    >>> flag("personal", blank=None)("yes")
    True
    """

    def read_flag(text: str) -> bool | None:
        word = text.strip().casefold()
        if not word:
            return blank
        if word not in _FLAGS:
            refuse(f"{field} must be yes or no, got {quoted(text.strip())}")
        return _FLAGS[word]

    return read_flag


def words(text: str) -> tuple[str, ...]:
    """Read words separated by semicolons, each once.

    Examples
    --------
    >>> words("tax advice; audits;tax advice;")
    ('tax advice', 'audits')
    """
    return tuple(dict.fromkeys(word for part in text.split(";") if (word := clean(part))))


def names(text: str) -> tuple[str, ...]:
    """Read names separated by semicolons, each once.

    Examples
    --------
    >>> names("A. Lee; Annie")
    ('A. Lee', 'Annie')
    """
    return tuple(dict.fromkeys(person(part) for part in text.split(";") if part.strip()))
