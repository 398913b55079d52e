"""One decimal mark for the amounts of a whole file: stated, or the only one that fits.

By a mark, cells are numbers, and may be the sums of the cells above them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from refgraph.schema.text import quoted, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["MARKS", "NUMBER", "Sums", "currency_in", "is_amount", "is_of_several", "number_by"]
__all__ += ["settle_amounts"]

#: What the decimal mark is called, and what it is.
MARKS = {"point": ".", "comma": ","}
#: How a number is written by either mark, with a sign of a currency or without.
NUMBER = re.compile(r"[-+]?(?:R?[$£€¥₹]|[A-Z]{3})? ?[0-9][0-9., ']*(?: ?(?:[€$£%]|[A-Z]{3}))?")
_CODE = r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])"
_SIGN = re.compile(rf"{_CODE}|R\$|US\$|[$£€¥₹]")
_IGNORED = re.compile(rf"{_SIGN.pattern}|\s|(?<=[0-9])['\u2019](?=[0-9]{{3}})")
_THOUSANDS = re.compile(r"(?<=[0-9])(k|K|Tsd\.?|M|Mio\.?)$")  # $1.2k, 3K, 1,5 Mio.
_POWERS = {"k": 3, "t": 3, "m": 6}
_NO_CENTS = re.compile(r"(?<=[0-9])[.,][-\u2013\u2014]{1,2}$")  # 500,- and 1.200,--
#: The signs that are of one currency only.
_CURRENCIES = {"£": "GBP", "€": "EUR", "₹": "INR", "R$": "BRL", "US$": "USD"}


def _plain(text: str, mark: str) -> str | None:
    """Give an amount as digits with a decimal point, or None if it is not written so."""
    other = "," if mark == "." else "."
    bare = _NO_CENTS.sub("", _IGNORED.sub("", text))
    power = 0
    if short := _THOUSANDS.search(bare):
        bare, power = bare[: short.start()], _POWERS[short[1][0].lower()]
    whole = rf"[1-9][0-9]{{0,2}}(?:{re.escape(other)}[0-9]{{3}})+|[0-9]*"
    match = re.fullmatch(rf"({whole})(?:{re.escape(mark)}([0-9]+))?", bare)
    if match is None or not bare:
        return None
    digits = match[1].replace(other, "")
    plain = f"{digits}.{match[2]}" if match[2] else digits
    return plain if not (power and digits + (match[2] or "")) else _times(plain, power)


def _times(plain: str, power: int) -> str:
    """Give an amount times a power of ten, in digits.

    Examples
    --------
    >>> _times("1.2", 3), _times("3", 6), _times("1.2345", 3)
    ('1200', '3000000', '1234.5')
    """
    return format(Decimal(plain).scaleb(power), "f")


def _by_sign(both: list[tuple[str, str | None, str | None]]) -> str:
    """Give the decimal mark by which amounts with a sign of a currency are whole thousands."""
    signed = [each for each in both if each[1] != each[2] and _SIGN.search(each[0])]
    marks = {"." if len(point or "") < len(comma or "") else "," for _, point, comma in signed}
    return marks.pop() if len(marks) == 1 else ""


def _two_ways(both: list[tuple[str, str | None, str | None]], fits: list[bool]) -> tuple[str, ...]:
    """Give two amounts that no one mark reads: thousands behind a point, and behind a comma."""
    if not any(fits):
        return (
            next(text for text, _, comma in both if comma is None),
            next(text for text, point, _ in both if point is None),
        )
    by_point = next((text for text, _, comma in both if _is_thousands(text, comma)), "")
    by_comma = next((text for text, point, _ in both if _is_thousands(text, point)), "")
    return (by_comma, by_point) if by_point and by_comma else ()


def _is_thousands(text: str, read: str | None) -> bool:
    """Tell whether a mark before three digits vanishes where the other one is the decimal mark."""
    return read is not None and "." not in read and bool(re.search(r"[0-9][.,][0-9]{3}\b", text))


def is_amount(text: str) -> bool:
    """Tell whether a text is an amount, whatever its decimal mark.

    Examples
    --------
    >>> is_amount("3.900,00 €"), is_amount("$1,500"), is_amount("91 555 884"), is_amount("Ann")
    (True, True, True, False)
    >>> is_amount("12.000,-"), is_amount("500,-- €"), is_amount("500-")
    (True, True, False)
    >>> is_amount("$1.2k"), is_amount("1,5 Mio. €"), is_amount("k")
    (True, True, False)
    """
    return any(_plain(text, mark) is not None for mark in MARKS.values())


def currency_in(text: str) -> str:
    """Give the currency that an amount names, where its sign is of one only.

    Examples
    --------
    >>> currency_in("1.200,00 €"), currency_in("USD 900"), currency_in("$900"), currency_in("900")
    ('EUR', 'USD', '', '')
    """
    signs = {*_SIGN.findall(text)}
    sign = signs.pop() if len(signs) == 1 else ""
    return sign if sign.isalpha() and sign.isascii() else _CURRENCIES.get(sign, "")


def is_of_several(text: str) -> bool:
    """Tell whether an amount has a sign, and one that several currencies share.

    Examples
    --------
    >>> is_of_several("$900"), is_of_several("900 €"), is_of_several("US$ 900"), is_of_several("9")
    (True, False, False, False)
    """
    return bool(_SIGN.search(text)) and not currency_in(text) and is_amount(text)


def settle_amounts(texts: Iterable[str], mark: str | None = None) -> Callable[[str], str]:
    """Find the one decimal mark of a file, and read amounts by it.

    Signs of currencies and marks between thousands are left off. Three digits behind a
    mark are thousands where the sign of a currency says that this is money, which has no
    third decimal.

    Parameters
    ----------
    texts : iterable of str
        Every amount of the file.
    mark : {"point", "comma"}, optional
        What was stated.

    Returns
    -------
    callable
        From the text of an amount to digits with a decimal point; what is no
        amount comes back as it is, to be refused where it is read.

    Raises
    ------
    FieldError
        If an amount may be read both ways, and nothing tells which is right.

    Examples
    --------
    >>> settle_amounts(["1.500", "2.250,50"])("1.500")
    '1500'
    >>> settle_amounts(["$1,500", "12.5"])("$1,500")
    '1500'
    >>> settle_amounts(["$1,500"])("$1,500"), settle_amounts(["1.500 €"])("1.500 €")
    ('1500', '1500')
    >>> settle_amounts(["$1.2k"])("$1.2k"), settle_amounts(["3k"])("3k")
    ('1200', '3000')
    >>> settle_amounts(["1,500"])
    Traceback (most recent call last):
    refgraph.schema.text.FieldError: '1,500' may be 1500 or 1.500, and no amount of this file \
tells which
    """
    chosen = MARKS.get(mark or "")
    if chosen is None:
        ways = ((text, _plain(text, "."), _plain(text, ",")) for text in dict.fromkeys(texts))
        both = [each for each in ways if each[1] != each[2]]  # the others tell nothing of the mark
        fits = [all(each[at] is not None for each in both) for at in (1, 2)]
        unsure = next(iter(both), None)
        if unsure and all(fits) and (mark := _by_sign(both)):
            fits = [mark == ".", mark == ","]
        if unsure and all(fits):
            text, point, comma = unsure
            refuse(
                f"{quoted(text)} may be {point} or {comma}, and no amount of this file tells which",
                "say what the decimal mark is: --decimal point, or --decimal comma",
            )
        if pair := _two_ways(both, fits) if unsure else ():
            two, one = pair
            refuse(
                f"the amounts of this file are written in two ways: {quoted(two)} and "
                f"{quoted(one)}",
                "write them in one way, or keep to one with --decimal point or --decimal comma",
            )
        chosen = "." if fits[0] else ","

    def read_amount(text: str) -> str:
        plain = _plain(text, chosen)
        return text if plain is None else plain

    return read_amount


@dataclass(slots=True)
class Sums:
    """The sums of a column up to some row, by either decimal mark.

    Attributes
    ----------
    place : int
        The column.
    upto : int
        The rows above this one are in it.
    but : set of int
        The rows that are not in it.
    count : int
        How many cells are.
    fewest : int
        How many there are at least of which a number is the sum.
    by_mark : dict of str to Decimal
        The sum by each mark by which all of them are numbers.

    Examples
    --------
    >>> rows = [["Ann", "1,5"], ["Bo", "2,5"], ["Total", "4"]]
    >>> Sums(1, 0, set()).has_sum(rows, 2, "4"), Sums(1, 0, set()).has_sum(rows, 2, "40")
    (True, False)
    """

    place: int
    upto: int
    but: set[int]
    count: int = 0
    fewest: int = 2
    by_mark: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(MARKS, Decimal()))

    def has_sum(self, rows: Sequence[Sequence[str]], at: int, cell: str) -> bool:
        """Tell whether a number is the sum of the cells above it."""
        for row in (rows[place] for place in range(self.upto, at) if place not in self.but):
            if self.place < len(row) and row[self.place].strip():
                self.count += 1
                for mark in [*self.by_mark]:
                    self._add(mark, row[self.place])
        self.upto = at
        if self.count < self.fewest or not NUMBER.fullmatch(cell):
            return False
        return any(number_by(mark, cell) == total for mark, total in self.by_mark.items())

    def _add(self, mark: str, text: str) -> None:
        number = number_by(mark, text)
        if number is None:
            del self.by_mark[mark]
        else:
            self.by_mark[mark] += number


def number_by(mark: str, text: str) -> Decimal | None:
    """Read a number by a decimal mark, of :data:`MARKS`; nothing if it is none.

    Examples
    --------
    >>> number_by("comma", "1.200,50"), number_by("point", "1.200,50")
    (Decimal('1200.50'), None)
    """
    try:
        number = Decimal(_READ[mark](text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


_READ = {mark: settle_amounts((), mark) for mark in MARKS}
