"""A list of records in JSON becomes rows of cells, each with the line it begins on."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError
from refgraph.imports.rules.words import is_name_like
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.sheets.scan import MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_json", "read_json"]

#: Records in memory take many times the room of their text.
MOST_CHARACTERS = 20_000_000
_BLANK = " \t\r\n"


def is_json(text: str) -> bool:
    """Tell whether a text begins as records in JSON do.

    Examples
    --------
    >>> is_json('[{"from": "Ann"}]'), is_json('{"from": "Ann"}'), is_json("[sales] Ann,Bo")
    (True, True, False)
    """
    start = text.lstrip("\ufeff" + _BLANK)
    if start.startswith("["):
        return start[1:].lstrip(_BLANK)[:1] in ("{", "]")
    return start.startswith("{") and start[1:].lstrip(_BLANK)[:1] in ('"', "}")


def read_json(path: str, text: str, most: int) -> tuple[list[list[str]], list[int]]:
    r"""Read a list of records, or records line by line; the first row names their fields.

    Fields of a record within a record are called by both names, as ``owner.name``.

    Parameters
    ----------
    path : str
        The file, for messages.
    text : str
        All of it.
    most : int
        How many records there may be.

    Raises
    ------
    LedgerError
        It is no such list, or too large.

    Examples
    --------
    >>> read_json("a.json", '[{"from": "Ann", "n": 2.0},\n {"from": "Bo", "to": null}]', 9)
    ([['from', 'n', 'to'], ['Ann', '2', ''], ['Bo', '', '']], [1, 2, 3])
    """
    if len(text) > MOST_CHARACTERS:
        message = f"this JSON has more than {MOST_CHARACTERS:,} characters"
        raise unreadable(path, message, "export it as CSV")
    titles: dict[str, int] = {}
    records: list[dict[str, str]] = []
    lines = [1]
    for line, record in _records(path, text):
        cells = dict(_cells(path, line, record))
        for title in cells:
            titles.setdefault(title, len(titles))
        if len(titles) > MOST_COLUMNS or len(records) >= most:
            what = f"{most:,} records" if len(records) >= most else f"{MOST_COLUMNS:,} fields"
            raise unreadable(path, f"this JSON holds more than {what}", "split it", line)
        records.append(cells)
        lines.append(max(line, lines[-1] + 1))
    if not titles:
        raise unreadable(path, "this JSON holds no records", "export it again")
    return [[*titles], *([each.get(title, "") for title in titles] for each in records)], lines


def _records(path: str, text: str) -> Iterator[tuple[int, Any]]:
    """Give each record with the line it begins on."""
    decoder = json.JSONDecoder(
        object_pairs_hook=lambda pairs: _once(path, pairs), parse_float=Decimal, parse_constant=str
    )
    at, line, seen = 0, 1, 0
    begins = len(text) - len(text.lstrip("\ufeff" + _BLANK))
    is_list = text.startswith("[", begins)
    marks = "\ufeff" + _BLANK + ("[," if is_list else "")
    while True:
        while at < len(text) and text[at] in marks:
            at += 1
        line, seen = line + text.count("\n", seen, at), at
        if (is_list and text[at : at + 1] == "]") or (not is_list and at == len(text)):
            break
        try:
            record, at = decoder.raw_decode(text, at)
        except LedgerError:
            raise
        except (ValueError, ArithmeticError, RecursionError):
            message = "this JSON is cut off or damaged"
            raise unreadable(path, message, "export it again, or as CSV", line) from None
        is_only = not is_list and begins == seen and not text[at:].strip(_BLANK)
        rows = _only_list(path, record) if is_only else None
        if rows is not None:
            yield from ((line, row) for row in rows)
        else:
            yield line, record
    if is_list and text[at + 1 :].strip(_BLANK):
        message = "something follows the list of records"
        raise unreadable(path, message, "export it again, or as CSV", line)


def _only_list(path: str, record: Any) -> list[Any] | None:
    """Give the list of records that one record is wrapped around, as programs export it."""
    if not isinstance(record, dict):
        return None
    lists = [value for value in record.values() if isinstance(value, list)]
    records = [rows for rows in lists if rows and all(isinstance(row, dict) for row in rows)]
    if len(records) != 1:
        return None
    key = next(name for name, value in record.items() if value is records[0])
    texts = [key, *(value for value in record.values() if isinstance(value, str))]
    if named := next(filter(is_name_like, texts), ""):
        message = f"the records stand within one of {named!r}, and nothing says who that is"
        raise unreadable(
            path, message, "give each record a field of that name, or export it as CSV"
        )
    return records[0]


def _once(path: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a record that names a field twice: which one counts is not said."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name, times in Counter(names).items() if times > 1)
        raise unreadable(path, f"a record names the field {twice!r} twice", "export it again")
    return found


def _cells(path: str, line: int, record: Any, within: str = "") -> Iterator[tuple[str, str]]:
    """Give the fields of a record as texts."""
    if not isinstance(record, dict):
        message = "this JSON holds other things than records with named fields"
        raise unreadable(path, message, "export it as CSV", line)
    for name, value in record.items():
        title = f"{within}{name}"
        match value:
            case dict() if not within:
                yield from _cells(path, line, value, f"{title}.")
            case dict():
                message = f"the field {title!r} holds records within records"
                raise unreadable(path, message, "export it as CSV", line)
            case list() if any(isinstance(each, dict | list) for each in value):
                message = f"the field {title!r} holds records within records"
                raise unreadable(path, message, "export it as CSV", line)
            case list():
                yield title, "; ".join(map(_text, value))
            case _:
                yield title, _text(value)


def _text(value: Any) -> str:
    """Write a value as the fields of a CSV file are written."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            whole = value == value.to_integral_value() and abs(value.adjusted()) < 30
            return f"{value.to_integral_value():f}" if whole else str(value)
    return str(value)
