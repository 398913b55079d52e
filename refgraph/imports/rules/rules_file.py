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
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.imports.cells.amounts import MARKS
from refgraph.imports.column_names import KINDS
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.ruleset import EVERY_REFERRER, Condition, Rules
from refgraph.reading.files.problems import Problems
from refgraph.schema.columns import readers_of
from refgraph.schema.dates import date_reader
from refgraph.schema.text import FieldError, quoted, refuse, visible
from refgraph.schema.values import did_you_mean, person

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.imports.rules.ruleset import Alternatives

__all__ = ["MEANINGS", "MOST_BYTES", "WORDS", "parse_rules"]

#: The bytes of a rules file.
MOST_BYTES = 20_000_000

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
    "above": 'above "From"',
    "void": 'void "Deleted"',
    "like": "like hubspot",
    "id-prefix": "id-prefix hubspot-",
    "name": "name an export of the club",
    "kind": "kind referrals",
    "recognise": 'recognise "From", "To", "Slip Type"',
}
#: What each rule says.
MEANINGS = {
    "skip": "leave out so many lines at the top",
    "fields": "our column for each of theirs, in order; left out where nothing stands",
    "column": 'our column by their header; "A" + "B" joins two, "A" | "B" takes what is there',
    "set": "what a column of ours holds where it is blank",
    "date-format": "how the days are written",
    "decimal": "the decimal mark of amounts: point or comma",
    "if": "skip the rows in which a column of either side holds a text (~) or is it (=); or"
    ' set a column of ours there: if "Stage" = "Won" set status "won"',
    "rename": "whom a name in the file means in the book",
    "new": "a referrer who is a person, though the book lacks them; new * says it of all",
    "above": "a column in which a blank cell says the same as the one above it",
    "void": 'the column that marks rows which do not count; void "" where none does',
    "like": "all that a layout says which is shipped, changed by the rules beside it",
    "id-prefix": "what stands before the ids of the file, which are its own",
    "name": "what such a file is called in messages",
    "kind": "which kind of table it is, where the columns do not tell",
    "recognise": "a file that has all these headers is one of these; more lines, other headers",
}
_TOKEN = re.compile(r'"(?:[^"]|"")*"|->|[~=|+,]|[^\s"~=|+,]+')
# What these may hold does not depend on how a file writes dates and amounts.
_READERS = {
    name: read
    for table in ("people", "statuses", "touches", "referrals")
    for name, read in readers_of(table, date_reader(date.max)).items()
    if name in ("count", "handoff", "kind", "personal", "role", "status", "cadence")
}
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
    problems = Problems()
    for number, line in enumerate(text.split("\n"), 1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        try:
            reading.take(number, written)
        except FieldError as error:
            problems.append(Problem(path, number, str(error), visible(written), error.hint))
    if problems:
        raise LedgerError(problems.told())
    return reading.rules()


class _Reading:
    """One reading of a rules file: what it said up to here."""

    def __init__(self, path: str) -> None:
        self.once_each = Rules(path)
        self.line = 0
        # Of these a file may hold any number of lines.
        self.columns: dict[str, Alternatives] = {}
        self.constants: dict[str, str] = {}
        self.renames: dict[str, str] = {}
        self.conditions: list[Condition] = []
        self.newcomers: list[str] = []
        self.repeated: list[str] = []
        self.recognised: list[tuple[str, ...]] = []

    def rules(self) -> Rules:
        """Give what was said, all of it."""
        return replace(
            self.once_each,
            columns=self.columns,
            constants=self.constants,
            renames=self.renames,
            conditions=tuple(self.conditions),
            newcomers=tuple(self.newcomers),
            above=tuple(self.repeated),
            recognise=tuple(self.recognised),
        )

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
        self.reader(word)(rest)

    def reader(self, word: str) -> Callable[[str], None]:
        special = {
            "fields": self.names,
            "if": self.condition,
            "new": self.newcomer,
            "id-prefix": self.word("prefix"),
            "date-format": self.date_format,
        }
        if word in ("name", "like"):
            return self.word(word)
        found: Callable[[str], None] = special.get(word) or getattr(self, word)
        return found

    def once(self, name: str) -> None:
        if getattr(self.once_each, name):
            refuse(f"{name.replace('_', '-')} is said twice", "keep one of the two lines")

    def say(self, name: str, value: Any) -> None:
        self.once(name)
        changed: dict[str, Any] = {name: value}
        self.once_each = replace(self.once_each, **changed)

    def skip(self, rest: str) -> None:
        if not (rest.isascii() and rest.isdigit() and len(rest) < 7):
            refuse(f"{quoted(rest)} is not a number of lines", f"write it like: {WORDS['skip']}")
        self.say("skip", int(rest))

    def void(self, rest: str) -> None:
        if self.once_each.void is not None:
            refuse("void is said twice", "keep one of the two lines")
        self.once_each = replace(self.once_each, void=_text(rest, "void"))

    def names(self, rest: str) -> None:
        self.once("fields")
        names = tuple(name.strip() for name in rest.split(","))
        times = Counter(names)
        for name in filter(None, names):
            _own(name)
            if times[name] > 1:
                refuse(
                    f"{quoted(name)} is named twice", "a blank leaves a column out: date, ,giver"
                )
        self.say("fields", names)

    def column(self, rest: str) -> None:
        tokens = _tokens(rest, "column")
        ours, signs = tokens[0], tokens[1:]
        _own(ours)
        if ours in self.columns:
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
        self.columns[ours] = tuple(alternatives)

    def recognise(self, rest: str) -> None:
        tokens = _tokens(rest, "recognise")
        headers = tuple(bare(_text(each, "recognise")) for each in tokens if each != ",")
        self.recognised.append(headers)

    def set(self, rest: str) -> None:
        ours, text = _pair(_tokens(rest, "set"), "set")
        self.constants[ours] = text

    def condition(self, rest: str) -> None:
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
        sought = _text(text, "if")
        if sign == "~" and not sought.strip():
            refuse('every cell holds ""', f'for a blank cell write: if {column} = ""')
        found = Condition(name, sign == "=", sought, sets, self.line)
        self.conditions.append(found)

    def rename(self, rest: str) -> None:
        tokens = _tokens(rest, "rename")
        if len(tokens) != 3 or tokens[1] != "->":
            refuse("this rule is not complete", f"write it like: {WORDS['rename']}")
        old, new = person(_text(tokens[0], "rename")), person(_text(tokens[2], "rename"))
        if self.renames.setdefault(old, new) != new:
            refuse(f"{quoted(old)} is renamed twice", "keep one of the two lines")

    def newcomer(self, rest: str) -> None:
        if rest == "*":
            self.newcomers.append(EVERY_REFERRER)
            return
        tokens = _tokens(rest, "new")
        if len(tokens) != 1:
            refuse("this rule names more than one person", "write a line for each")
        self.newcomers.append(person(_text(tokens[0], "new")))

    def above(self, rest: str) -> None:
        tokens = _tokens(rest, "above")
        if len(tokens) != 1:
            refuse("this rule names more than one column", "write a line for each")
        self.repeated.append(bare(_text(tokens[0], "above")))

    def date_format(self, rest: str) -> None:
        self.once("date_format")
        date_reader(date.max, rest)
        self.say("date_format", rest)

    def kind(self, rest: str) -> None:
        self.once("kind")
        if rest not in KINDS:
            refuse(f"{quoted(rest)} is not a kind of export", f"kinds are: {', '.join(KINDS)}")
        self.say("kind", rest)

    def decimal(self, rest: str) -> None:
        self.once("decimal")
        if rest not in MARKS:
            refuse(f"{quoted(rest)} is not a decimal mark", "decimal is point or comma")
        self.say("decimal", rest)

    def word(self, name: str) -> Callable[[str], None]:
        def read(rest: str) -> None:
            self.say(name, _text(rest, name) if rest.startswith('"') else rest)

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
    text = _text(tokens[1], word)
    if tokens[0] in _READERS:
        _READERS[tokens[0]](text)  # refuses what no book can hold
    return tokens[0], text
