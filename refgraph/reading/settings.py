"""refgraph.toml: a few settings, every one checked, never code."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from refgraph.errors import LedgerError, Problem, RefgraphError
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.encodings import decode
from refgraph.reading.read_options import Settings
from refgraph.schema.dates import iso_date
from refgraph.schema.spans import first_day
from refgraph.schema.text import FieldError, clean, quoted, refuse, visible
from refgraph.schema.values import (
    CADENCES,
    LANES,
    LEADING,
    ROLES,
    did_you_mean,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MOST_BYTES", "PROFILES", "read_settings"]

PROFILES = ("law", "health", "realestate")
#: The bytes of a settings file: far more than it needs.
MOST_BYTES = 1_000_000
_MOST_TOLD, _MOST_PARTS, _MOST_WORTH = 20, 100, 1_000_000
_TEXT, _NO_KEY = re.compile(r"\"[^\"]*\"|'[^']*'"), re.compile(r"[^\w.-]+")
_PLACE = re.compile(r"^(.*?) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)


def read_settings(path: str, *, content: bytes | None = None) -> tuple[Settings, list[Problem]]:
    """Read refgraph.toml; give the settings that are right, and every problem.

    Parameters
    ----------
    path : str
        The file as it was named.
    content : bytes, optional
        What to read instead of the file.
    """
    try:
        text = decode(path, load(path, MOST_BYTES) if content is None else content)
    except LedgerError as error:
        return Settings(), list(error.problems)
    lines = text.replace("\r\n", "\n").split("\n")
    if line := _deep(lines):
        return Settings(), [_not_toml(path, lines, f"nested too deeply (at line {line}, column 1)")]
    try:
        entries = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Settings(), [_not_toml(path, lines, str(error))]
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for key, value in entries.items():
        if len(problems) >= _MOST_TOLD:
            message = "more of these settings may be wrong: these are the first"
            problems.append(Problem(path, 0, message, hint="correct them, and check again"))
            break
        try:
            values[key] = _READERS.get(key, _unknown(key))(value)
        except FieldError as error:
            problems.append(_at_key(path, lines, key, error))
    since, until = values.get("since"), values.get("until")
    if since and until and since > until:
        late = FieldError(f"since, {since}, is after until, {until}", "exchange the two")
        problems.append(_at_key(path, lines, "since", late))
    if "last" in values and (since or until):
        both = FieldError("last and since or until cannot both be set", "keep one of them")
        problems.append(_at_key(path, lines, "last", both))
    return Settings(**values), problems


def _deep(lines: list[str]) -> int:
    """Find a line with a key of very many parts, which takes more than its length to read."""
    for number, line in enumerate(lines, 1):
        if line.count(".") > _MOST_PARTS:
            bare = "".join(_TEXT.sub("x", line).split())
            if any(word.count(".") > _MOST_PARTS for word in _NO_KEY.split(bare)):
                return number
    return 0


def _not_toml(path: str, lines: list[str], message: str) -> Problem:
    found = _PLACE.match(message)
    why = found[1] if found else "nested too deeply, or a number too long"
    line = (
        int(found[2]) if found and found[2] else max(1, len("\n".join(lines).rstrip().split("\n")))
    )
    return Problem(
        path,
        line,
        f"this is not TOML: {visible(why[:1].lower() + why[1:])}",
        visible(lines[line - 1]) if line <= len(lines) else "",
        'text stands in quotes: me = "Ann Lee"',
    )


def _at_key(path: str, lines: list[str], key: str, error: FieldError) -> Problem:
    start = re.compile(rf"\s*\[{{0,2}}\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    line = next((number for number, text in enumerate(lines, 1) if start.match(text)), 0)
    excerpt = visible(lines[line - 1]) if line else ""
    column = key if key in _READERS else ""
    return Problem(path, line, str(error), excerpt, error.hint, column=column)


def _unknown(key: str) -> Callable[[Any], NoReturn]:
    def read_nothing(_: Any) -> NoReturn:
        near = did_you_mean(key.casefold(), _READERS)
        hint = f"did you mean {near}?" if near else f"settings are: {', '.join(_READERS)}"
        refuse(f"{quoted(key)} is not a setting", hint)

    return read_nothing


def _text(key: str, example: str) -> Callable[[Any], str]:
    def read_text(value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            refuse(f"{key} must be text", f"write {key} = {example}")
        return clean(value)

    return read_text


def _name(value: Any) -> str:
    return person(_text("me", '"Ann Lee"')(value))


def _day(key: str) -> Callable[[Any], date]:
    def read_day(value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if not isinstance(value, str):
            refuse(f"{key} must be a date", f"write {key} = 2026-06-30")
        return iso_date(value.strip())

    return read_day


def _span(value: Any) -> str:
    span = value.strip() if isinstance(value, str) else ""
    try:
        first_day(span, date.today())  # noqa: DTZ011  # the user's own day
    except RefgraphError:
        refuse("last must be a number of days, weeks, months or years", 'write last = "12m"')
    return span


def _phrases(
    key: str, example: str = "architects", write: str = ""
) -> Callable[[Any], tuple[str, ...]]:
    def read_phrases(value: Any) -> tuple[str, ...]:
        phrases = [value] if isinstance(value, str) else value
        if not isinstance(phrases, list) or not all(isinstance(one, str) for one in phrases):
            refuse(f"{key} must be a list of texts", write or f'write {key} = ["{example}"]')
        return tuple(dict.fromkeys(filter(None, map(clean, phrases))))

    return read_phrases


def _yes_or_no(value: Any) -> bool:
    answers = {"yes": True, "no": False}
    answer = answers.get(value.strip().casefold()) if isinstance(value, str) else value
    if not isinstance(answer, bool):
        refuse("accepting must be true or false", "write accepting = false")
    return answer


def _profile(value: Any) -> str:
    if value not in PROFILES:
        shown = quoted(value) if isinstance(value, str) else "this"
        refuse(f"{shown} is not a profile", f"profiles are: {', '.join(PROFILES)}")
    return str(value)


def _synonyms(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        refuse("synonyms must be a table", 'write [synonyms], and below it tax = ["accounting"]')
    found = {}
    for word, others in value.items():
        write = f'below [synonyms], write "{word}" = ["accounting"]'
        found[clean(word)] = _phrases(f"synonyms.{word}", write=write)(others)
    return found


def _worth(value: Any) -> dict[str, float]:
    if not isinstance(value, dict):
        refuse("worth must be a table", 'write [worth], and below it "say thanks" = 2')
    lanes = (*LANES, *LEADING)
    for lane, weight in value.items():
        if lane not in lanes:
            near = did_you_mean(lane.casefold(), lanes)
            hint = f"did you mean {quoted(near)}?" if near else f"lanes are: {', '.join(lanes)}"
            refuse(f"{quoted(lane)} is not a lane of the list of today", hint)
        is_number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not (is_number and 0 <= weight <= _MOST_WORTH):
            message = f"the worth of {quoted(lane)} must be a number from 0 to {_MOST_WORTH:,}"
            refuse(message, f'below [worth], write "{lane}" = 2')
    return {str(lane): float(weight) for lane, weight in value.items()}


def _cadence(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        refuse("cadence must be a table", 'write [cadence], and below it client = "quarterly"')
    for role, rhythm in value.items():
        if role not in ROLES:
            near = did_you_mean(role.casefold(), ROLES)
            hint = f"did you mean {quoted(near)}?" if near else f"roles are: {', '.join(ROLES)}"
            refuse(f"{quoted(role)} is not a role", hint)
        if rhythm not in CADENCES:
            shown = quoted(rhythm) if isinstance(rhythm, str) else "this"
            hint = f"cadences are: {', '.join(CADENCES)}"
            refuse(f"{shown} is not a cadence", hint)
    return {str(role): str(rhythm) for role, rhythm in value.items()}


def _apart(value: Any) -> tuple[tuple[str, ...], ...]:
    groups = value if isinstance(value, list) else [value]
    found = [each.get("people") if isinstance(each, dict) else None for each in groups]
    if not all(isinstance(each, list) and len(each) > 1 for each in found):
        refuse("apart must name people", 'write [[apart]], and below it people = ["Ann", "Anne"]')
    return tuple(tuple(map(_text("people", '["Ann", "Anne"]'), each or ())) for each in found)


_READERS: dict[str, Callable[[Any], Any]] = {
    "me": _name,
    "today": _day("today"),
    "since": _day("since"),
    "until": _day("until"),
    "last": _span,
    "looking_for": _phrases("looking_for"),
    "they_say": _phrases("they_say", "I never get round to it"),
    "accepting": _yes_or_no,
    "profile": _profile,
    "synonyms": _synonyms,
    "worth": _worth,
    "cadence": _cadence,
    "apart": _apart,
}
