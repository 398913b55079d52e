r"""A rules file is read, or every line of it that cannot be read is named.

::

    # club.rules
    skip        1
    fields      date, , giver, receiver, note
    date-format %d/%m/%Y
    if note ~ "TYFCB"  skip
    rename      "A. Lee" -> "Ann Lee"
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.imports.amounts import MARKS
from refgraph.imports.headers import bare
from refgraph.imports.ours import KINDS
from refgraph.imports.ruleset import Condition, Rules
from refgraph.ledger.dates import date_reader
from refgraph.ledger.fields import did_you_mean, person
from refgraph.ledger.text import FieldError, quoted, refuse, visible

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WORDS", "parse_rules"]

#: Each rule, and how it is written.
WORDS = {
    "skip": "skip 1",
    "fields": "fields date, , giver, receiver, note",
    "column": 'column person "First Name" + "Last Name" | "Full Name"',
    "set": 'set role "client"',
    "date-format": "date-format %d/%m/%Y",
    "decimal": "decimal comma",
    "if": 'if note ~ "TYFCB" skip',
    "rename": 'rename "A. Lee" -> "Ann Lee"',
    "new": 'new "Cy Dunn"',
    "like": "like hubspot",
    "id-prefix": "id-prefix hubspot-",
    "name": "name an export of the club",
    "kind": "kind referrals",
    "recognise": 'recognise "From", "To", "Slip Type"',
}
_TOKEN = re.compile(r'"(?:[^"]|"")*"|->|[~=|+,]|[^\s"~=|+,]+')
_OURS = tuple(dict.fromkeys(name for columns in KINDS.values() for name in columns))


def parse_rules(path: str, text: str) -> Rules:
    r"""Read a rules file.

    Parameters
    ----------
    path : str
        The file, for messages.
    text : str
        What stands in it. Lines that begin with ``#`` are left out.

    Raises
    ------
    LedgerError
        With every problem and its line.

    Examples
    --------
    >>> rules = parse_rules("club.rules", 'fields date, , giver\nrename "A. Lee" -> "Ann Lee"\n')
    >>> rules.fields, rules.renames
    (('date', '', 'giver'), {'A. Lee': 'Ann Lee'})
    >>> parse_rules("club.rules", "skipp 1\n")
    Traceback (most recent call last):
    refgraph.errors.LedgerError: club.rules:1: there is no rule 'skipp'
        1 | skipp 1
          = did you mean skip?
    """
    reading = _Reading(path)
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        try:
            reading.take(number, written)
        except FieldError as error:
            problems.append(Problem(path, number, str(error), visible(written), error.hint))
    if problems:
        raise LedgerError(problems)
    return reading.rules


class _Reading:
    """One reading of a rules file: what it said up to here."""

    def __init__(self, path: str) -> None:
        self.rules = Rules(path)
        self.line = 0

    def take(self, line: int, written: str) -> None:
        self.line = line
        word, *more = written.split(None, 1)
        rest = more[0].strip() if more else ""
        if word not in WORDS:
            near = did_you_mean(word, WORDS)
            hint = f"did you mean {near}?" if near else f"rules are: {', '.join(WORDS)}"
            refuse(f"there is no rule {quoted(word)}", hint)
        if not rest:
            refuse(f"{word} says nothing", f"write it like: {WORDS[word]}")
        self.rules = self.reader(word)(rest)

    def reader(self, word: str) -> Callable[[str], Rules]:
        special = {
            "fields": self.names,
            "if": self.condition,
            "new": self.newcomer,
            "id-prefix": self.word("prefix"),
            "date-format": self.date_format,
        }
        if word in ("name", "like"):
            return self.word(word)
        found: Callable[[str], Rules] = special.get(word) or getattr(self, word)
        return found

    def once(self, name: str) -> None:
        if getattr(self.rules, name):
            refuse(f"{name.replace('_', '-')} is said twice", "keep one of the two lines")

    def skip(self, rest: str) -> Rules:
        if not (rest.isascii() and rest.isdigit() and len(rest) < 7):
            refuse(f"{quoted(rest)} is not a number of lines", f"write it like: {WORDS['skip']}")
        self.once("skip")
        return replace(self.rules, skip=int(rest))

    def names(self, rest: str) -> Rules:
        self.once("fields")
        names = tuple(name.strip() for name in rest.split(","))
        for name in filter(None, names):
            _own(name)
            if names.count(name) > 1:
                refuse(
                    f"{quoted(name)} is named twice", "a blank leaves a column out: date, ,giver"
                )
        return replace(self.rules, fields=names)

    def column(self, rest: str) -> Rules:
        tokens = _tokens(rest, "column")
        ours, signs = tokens[0], tokens[1:]
        _own(ours)
        if ours in self.rules.columns:
            refuse(f"the column {ours} is said twice", 'say both at once: "One" | "Other"')
        alternatives: list[tuple[str, ...]] = [()]
        for at, sign in enumerate(signs):
            if at % 2 == 0:
                alternatives[-1] = (*alternatives[-1], bare(_text(sign, "column")))
            elif sign == "|":
                alternatives.append(())
            elif sign != "+":
                refuse(f"{quoted(sign)} cannot stand here", f"write it like: {WORDS['column']}")
        if len(signs) % 2 == 0:
            refuse("a header is missing", f"write it like: {WORDS['column']}")
        return replace(self.rules, columns={**self.rules.columns, ours: tuple(alternatives)})

    def recognise(self, rest: str) -> Rules:
        tokens = _tokens(rest, "recognise")
        headers = tuple(bare(_text(each, "recognise")) for each in tokens if each != ",")
        return replace(self.rules, recognise=(*self.rules.recognise, headers))

    def set(self, rest: str) -> Rules:
        ours, text = _pair(_tokens(rest, "set"), "set")
        return replace(self.rules, constants={**self.rules.constants, ours: text})

    def condition(self, rest: str) -> Rules:
        column, sign, text, *action = (*_tokens(rest, "if"), "", "", "")
        action = [each for each in action if each]
        if sign not in ("~", "=") or not action or action[0] not in ("skip", "set"):
            refuse("this rule is not complete", f"write it like: {WORDS['if']}")
        sets: tuple[str, str] | tuple[()] = ()
        if action[0] == "set":
            sets = _pair(action[1:], "if")
        elif action[1:]:
            refuse(f"{quoted(action[1])} follows skip", "nothing may follow it")
        name = _text(column, "if") if column.startswith('"') else column
        found = Condition(name, sign == "=", _text(text, "if"), sets, self.line)
        return replace(self.rules, conditions=(*self.rules.conditions, found))

    def rename(self, rest: str) -> Rules:
        tokens = _tokens(rest, "rename")
        if len(tokens) != 3 or tokens[1] != "->":
            refuse("this rule is not complete", f"write it like: {WORDS['rename']}")
        old, new = person(_text(tokens[0], "rename")), person(_text(tokens[2], "rename"))
        if self.rules.renames.get(old, new) != new:
            refuse(f"{quoted(old)} is renamed twice", "keep one of the two lines")
        return replace(self.rules, renames={**self.rules.renames, old: new})

    def newcomer(self, rest: str) -> Rules:
        tokens = _tokens(rest, "new")
        if len(tokens) != 1:
            refuse("this rule names more than one person", "write a line for each")
        name = person(_text(tokens[0], "new"))
        return replace(self.rules, newcomers=(*self.rules.newcomers, name))

    def date_format(self, rest: str) -> Rules:
        self.once("date_format")
        date_reader(date.max, rest)
        return replace(self.rules, date_format=rest)

    def kind(self, rest: str) -> Rules:
        self.once("kind")
        if rest not in KINDS:
            refuse(f"{quoted(rest)} is not a kind of export", f"kinds are: {', '.join(KINDS)}")
        return replace(self.rules, kind=rest)

    def decimal(self, rest: str) -> Rules:
        self.once("decimal")
        if rest not in MARKS:
            refuse(f"{quoted(rest)} is not a decimal mark", "decimal is point or comma")
        return replace(self.rules, decimal=rest)

    def word(self, name: str) -> Callable[[str], Rules]:
        def read(rest: str) -> Rules:
            self.once(name)
            text = _text(rest, name) if rest.startswith('"') else rest
            changed: dict[str, Any] = {name: text}
            return replace(self.rules, **changed)

        return read


def _tokens(rest: str, word: str) -> list[str]:
    if rest.count('"') % 2:
        refuse("a quote is opened and never closed", f"write it like: {WORDS[word]}")
    tokens = _TOKEN.findall(rest)
    return tokens or [""]


def _text(token: str, word: str) -> str:
    if len(token) < 2 or not token.startswith('"'):
        refuse(f"{quoted(token)} has to stand in quotes", f"write it like: {WORDS[word]}")
    return token[1:-1].replace('""', '"')


def _own(name: str) -> None:
    if name not in _OURS:
        near = did_you_mean(name, _OURS)
        hint = f"did you mean {near}?" if near else f"columns are: {', '.join(_OURS)}"
        refuse(f"{quoted(name)} is not a column of a book", hint)


def _pair(tokens: list[str], word: str) -> tuple[str, str]:
    """Read a column of ours and the text that it is set to."""
    if len(tokens) != 2:
        refuse("this rule is not complete", f"write it like: {WORDS[word]}")
    _own(tokens[0])
    return tokens[0], _text(tokens[1], word)
