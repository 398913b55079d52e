"""Tables as text and Markdown: numbers to the right, names to the left, one rule."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from refgraph.wording import decimals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["is_number", "markdown", "plain", "width", "wrap"]

_THREE_DIGITS = re.compile(r"betweenness|(.*_)?p(_less)?")  # a p near 0 is none that is 0
# Measures of which the third is the first less the second: printed so that it fits.
_LESS = (("after", "anyway", "added"),)
_SENTENCES = ("because", "chain")
_ENDS = 4  # people at either end of a chain that is too long to be read
_WIDTH = 88
_LEAST = 8  # columns that a text has in any case, however narrow the terminal
_MARKUP = frozenset("\\`*_[]<>|~&$#")


def plain(
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    total: Mapping[str, Any] | None = None,
    room: int | None = None,
    headings: Mapping[int, str] | None = None,
    heads: Mapping[str, str] | None = None,
) -> str:
    """Lay rows out in columns for a terminal; sentences stand under their row.

    Where there is not room for all columns, the widest texts go on in the next line. A heading
    stands above the row whose place it is given for. A column is headed by its name, or by what
    ``heads`` says instead.

    Examples
    --------
    >>> rows = [{"person": "Ann", "given": 12}, {"person": "王小明", "given": 7}]
    >>> print(plain(["person", "given"], rows, total={"given": 19}), end="")
    person  given
    Ann        12
    王小明      7
    ------  -----
               19
    >>> print(plain(["person", "given"], rows[:1], room=10), end="")
    person  given
    Ann        12
    >>> long = [{"person": "Ann", "note": "was in a hurry"}]
    >>> print(plain(["person", "note"], long, room=18), end="")
    person  note
    Ann     was in a
            hurry
    >>> print(plain(["person"], rows, headings={0: "first (1)", 1: "then (1)"}), end="")
    person
    <BLANKLINE>
    first (1)
    Ann
    <BLANKLINE>
    then (1)
    王小明
    """
    below = [name for name in names if name in _SENTENCES]
    names = [name for name in names if name not in _SENTENCES]
    places = _places(rows)
    cells = {name: [_kept_left(_cell(row, name, places)) for row in rows] for name in names}
    right = {name: any(is_number(row[name]) for row in rows) for name in names}
    heads = {name: (heads or {}).get(name, heading(name)) for name in names}
    foot = {name: cell(value, name) for name, value in (total or {}).items()}
    wide = {
        name: max(map(width, [heads[name], foot.get(name, ""), *cells[name]])) for name in names
    }
    least = {name: max(_LEAST, width(heads[name]), width(foot.get(name, ""))) for name in names}
    texts = {name: least[name] for name in names if not right[name] and wide[name] > least[name]}
    _narrow(wide, texts, room)

    def line(texts: Mapping[str, str]) -> str:
        padded = []
        for name in names:
            gap = " " * (wide[name] - width(texts.get(name, "")))
            text = texts.get(name, "")
            padded.append(gap + text if right[name] else text + gap)
        return "  ".join(padded).rstrip()

    body = list[str]()
    for at, row in enumerate(rows):
        body += ["", wrap(headings[at], room=room)] if headings and at in headings else []
        parts = {name: _folded(cells[name][at], wide[name]) for name in names}
        body += (
            line({name: "".join(parts[name][step : step + 1]) for name in names})
            for step in range(max(map(len, parts.values()), default=1))
        )
        body += [wrap(_told(row[name]), "      ", room) for name in below if row[name]]
    end = [line({name: "-" * wide[name] for name in names}), line(foot)] if foot and rows else []
    return "\n".join([line(heads), *body, *end]) + "\n"


def _narrow(wide: dict[str, int], least: Mapping[str, int], room: int | None) -> None:
    """Take from the widest columns of texts what does not fit, down to the least of each."""
    over = 0 if room is None else sum(wide.values()) + 2 * (len(wide) - 1) - room
    while over > 0 and (open_ := [name for name in least if wide[name] > least[name]]):
        widest = max(open_, key=lambda name: wide[name])
        wide[widest] -= 1
        over -= 1


def _folded(text: str, room: int) -> list[str]:
    """Break a text into pieces that are not wider, between words where that can be.

    Examples
    --------
    >>> _folded("was in a hurry", 8), _folded("王小明", 4), _folded("", 4)
    (['was in a', 'hurry'], ['王小', '明'], [''])
    """
    if width(text) <= room:
        return [text]
    pieces = [""]
    for word in re.findall(r"\S+\s*", text):
        if width(pieces[-1] + word.rstrip()) > room and pieces[-1]:
            pieces.append("")
        for letter in word:
            if width(pieces[-1] + letter) > room and not letter.isspace():
                pieces.append("")
            pieces[-1] += letter
    return [piece.rstrip() for piece in pieces if piece.strip()]


def markdown(
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    total: Mapping[str, Any] | None = None,
    headings: Mapping[int, str] | None = None,
    heads: Mapping[str, str] | None = None,
) -> str:
    r"""Lay rows out as a Markdown table; no character of a name is markup.

    A heading stands above the row whose place it is given for, each in a table of its own.

    Examples
    --------
    >>> print(markdown(["person", "given"], [{"person": "A|B *x*", "given": 1}]), end="")
    | person | given |
    | :--- | ---: |
    | A\|B \*x\* | 1 |
    """
    right = {name: any(is_number(row[name]) for row in rows) for name in names}
    head = [
        [escape((heads or {}).get(name, heading(name))) for name in names],
        ["---:" if right[name] else ":---" for name in names],
    ]
    foot = [[cell(total[name], name) if name in total else "" for name in names]] if total else []
    starts, places = [*headings] if headings else [0], _places(rows)
    tables = []
    for start, stop in pairwise([*starts, max(len(rows), 1)]):
        lines = [[escape(_cell(row, name, places)) for name in names] for row in rows[start:stop]]
        lines = [*head, *lines, *(foot if rows and stop == len(rows) else [])]
        above = f"**{escape(headings[start])}**\n\n" if headings else ""
        tables.append(above + "".join(f"| {' | '.join(line)} |\n" for line in lines))
    return "\n".join(tables)


def wrap(sentence: str, indent: str = "", room: int | None = None) -> str:
    """Break a text into lines that are read with ease, never inside a word.

    None is longer than 88 characters, nor than there is room for.

    Examples
    --------
    >>> print(wrap("Gave you 3", indent="  "))
      Gave you 3
    """
    return "\n".join(
        textwrap.fill(
            line,
            max(_LEAST, min(_WIDTH, room or _WIDTH)),
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in sentence.splitlines()
    )


def heading(name: str) -> str:
    """Give a column's name as a person reads it."""
    return "I gave" if name == "i_gave" else name.replace("_", " ")


def cell(value: Any, name: str = "") -> str:
    """One value as text: ``-`` for no answer, two decimals for a share."""
    if value is None or (isinstance(value, str | list) and not value):
        return "-"
    if isinstance(value, list):
        return _told(value) if name == "chain" else "; ".join(value)
    if isinstance(value, Decimal):
        return f"{value:,.{0 if value == value.to_integral_value() else 2}f}"
    if isinstance(value, float):
        return (
            f"{value:,.0f}"
            if value.is_integer() and abs(value) > 1
            else f"{value:z.{3 if _THREE_DIGITS.fullmatch(name) else 2}f}"
        )
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:+,}" if name == "balance" and value else f"{value:,}"
    return heading(str(value)) if name == "measure" else " ".join(str(value).split())


def _told(value: Any) -> str:
    """Give a sentence as it is, and a chain of people as steps, the middle of a long one left out.

    Examples
    --------
    >>> _told(["Ann", "Bo", "Cy"])
    'Ann > Bo > Cy'
    """
    if not isinstance(value, list):
        return str(value)
    names = [_kept_left(" ".join(name.split())) for name in value]
    if (left := len(names) - 2 * _ENDS) > 1:
        names[_ENDS:-_ENDS] = [f"... {left:,} more ..."]
    return " > ".join(names)


def _cell(row: Mapping[str, Any], name: str, places: Mapping[str, int]) -> str:
    """One value of a row; where rows are measures, in the form of its measure."""
    if name != "value" or "measure" not in row:
        return cell(row[name], name)
    measure, value = str(row["measure"]), row[name]
    if measure in places and isinstance(value, float):
        return f"{value:z.{places[measure]}f}"
    return cell(value, measure)


def _places(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Give the decimals of measures that stand beside their difference.

    Examples
    --------
    >>> after = [("after", 0.234), ("anyway", 0.206), ("added", 0.028)]
    >>> print(plain(["value"], [{"measure": name, "value": value} for name, value in after]))
    value
    0.234
    0.206
    0.028
    <BLANKLINE>
    """
    known = {row["measure"]: row.get("value") for row in rows if "measure" in row}
    found: dict[str, int] = {}
    for names in _LESS:
        values = [value for name in names if isinstance(value := known.get(name), float)]
        if len(values) == len(names):
            found |= dict.fromkeys(names, decimals(*values))
    return found


def escape(text: str) -> str:
    """Text that Markdown shows as it is; nor is its beginning that of a list."""
    shown = "".join(f"\\{letter}" if letter in _MARKUP else letter for letter in text)
    return re.sub(r"^(\d*)([-+.)])(?=\s)", r"\1\\\2", shown)


def width(text: str) -> int:
    """Columns a text takes in a terminal: two for CJK, none for combining marks."""
    return sum(
        0
        if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Me", "Mn")
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def _kept_left(text: str) -> str:
    """End a right-to-left name with a mark, so that the numbers beside it keep their places."""
    turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"{text}\u200e" if turned else text


def is_number(value: Any) -> bool:
    """Tell whether a value is a number, and stands at the right; a truth is none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
