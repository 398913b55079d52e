"""The header of a table: where each column of ours stands, or what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.names.void_marks import VOID, may_void
from refgraph.schema.text import quoted, visible
from refgraph.schema.values import did_you_mean
from refgraph.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from refgraph.errors import Problem
    from refgraph.reading.files.records import Source

__all__ = ["BESIDE", "NOWHERE", "Header", "read_header"]

#: What may be said of any table, whatever its other columns are taken for: of a free text, which
#: is joined to the one that is there, and of the column that marks rows as void.
BESIDE = frozenset(("note", VOID))
#: The place of a column that is said not to be there.
NOWHERE = -2

# Headers of other tables that are spelled nearly like one of ours.
_WORDS = frozenset(("country", "county", "account", "states", "update", "content", "contents"))
_WORDS |= {"course", "resource", "sources", "width"}
# How far down the line that names the columns is looked for.
_PREAMBLE = 30
# A day or a unix time, which no column is called.
_DATA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8,10}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}")


@dataclass(slots=True)
class Header:
    """Where each column of ours stands in a file.

    Attributes
    ----------
    positions : dict of str to int
        From our name to the position, from 0.
    width : int
        How many fields a row has.
    line : int
        The line of the header; 0 without one.
    mapped : set of str
        The columns that the reader was told about, absent ones too.
    others : dict of str to int
        Headers that are not ours, and their positions.
    void : int or None
        Where the column stands that is said to mark rows as void; `NOWHERE` if none does.
    titles : sequence of str
        The headers as they are written; none without a header.
    joined : dict of str to int
        Where more of our free text stands than in the column that is called so.
    problems : list of Problem
        What is wrong with the header.
    """

    positions: dict[str, int]
    width: int
    line: int = 0
    mapped: set[str] = field(default_factory=set)
    others: dict[str, int] = field(default_factory=dict)
    void: int | None = None
    titles: Sequence[str] = ()
    joined: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def asked(self) -> set[int]:
        """Give the columns that are asked which rows they mark as void."""
        if self.void == NOWHERE:
            return set()
        said = set() if self.void is None else {self.void}
        return said | {at for title, at in self.others.items() if may_void(title)}

    def settle(
        self,
        source: Source,
        ours: Collection[str],
        required: Iterable[str],
        *,
        nameable: bool = True,
    ) -> list[str]:
        """Check the header for one kind of file; give the names left out.

        Columns that belong to another kind of file are strangers here;
        `nameable` columns can be found under another name with an option. Where nothing
        that is `required` is there, a word like one of ours is a word of another table.
        """
        strangers = {
            **self.others,
            **{name: at for name, at in self.positions.items() if name not in ours},
        }
        self.positions = {name: at for name, at in self.positions.items() if name in ours}
        self.others = strangers
        absent = [name for name in ours if name not in self.positions and name not in self.mapped]
        required = [*required]
        asked = self.asked() if nameable else set()
        suspected, ignored, guessed = set(), [], []
        for name in sorted(strangers, key=strangers.__getitem__):
            spelled = name and self.line and name not in _WORDS
            near = did_you_mean(name, absent, cutoff=0.8) if spelled else ""
            if near:
                suspected.add(near)
                guessed.append(
                    source.problem(
                        self.line,
                        f"there is no column {quoted(name)}; did you mean {near}?",
                        f"correct the header, or leave it out: --columns {near}="
                        if nameable
                        else "correct the header",
                    )
                )
            elif name and strangers[name] not in asked:
                ignored.append(visible(name, 60))
        missing = [name for name in required if name in absent and name not in suspected]
        self.problems += guessed if len(missing) < len(required) else []
        if missing:
            self.problems.append(self._missing(source, missing, nameable=nameable))
        return ignored

    def _missing(self, source: Source, missing: list[str], *, nameable: bool) -> Problem:
        plural = pluralize(len(missing), "column")
        message = f"missing {plural}: {', '.join(missing)}"
        theirs = ",".join(f"{name}=HEADER" for name in missing)
        if not self.line:
            places = ",".join(f"{name}={at}" for at, name in enumerate(missing, 1))
            hint = f"without a header, give positions: --columns {places}"
        elif line := self._below(source, missing):
            hint = f"{source.place(line)} names the columns: remove the lines above it"
            if sign := _comment_sign(source.physical[self.line - 1 : line - 1]):
                hint = f'leave out the lines above line {line}: --comment "{sign}"'
        elif missing == ["giver", "receiver"] and "person" in self.others:
            hint = "add a column direction (given or received), or giver and receiver"
        elif nameable and (places := self._as_data(missing)):
            hint = f"if this line is a referral already: --no-header --columns {places}"
        elif not nameable:
            hint = f"let the first line name the columns: {','.join(missing)}"
        elif missing == ["date"]:
            hint = "name it: --columns date=HEADER (date= with nothing after it if there is none)"
        else:
            hint = f"correct the header, or name them: --columns {theirs}"
            if not (self.positions or self.mapped) and {"giver", "receiver"} <= {*missing}:
                hint += "; without a header: --no-header --columns giver=1,receiver=2"
        return source.problem(self.line or source.lines[0], message, hint)

    def _below(self, source: Source, missing: list[str]) -> int:
        """Find a later line that names the columns this one should; 0 if there is none."""
        if self.mapped:
            return 0
        for line in range(self.line, min(self.line + _PREAMBLE, len(source.physical))):
            fields = source.physical[line].split(source.separator or None)
            names = {" ".join(field.strip().strip('"').split()).casefold() for field in fields}
            if names.issuperset(missing):
                return line + 1
        return 0

    def _as_data(self, missing: list[str]) -> str:
        """Guess which column is which if the header holds data; nothing if it does not."""
        at = next((place for name, place in self.others.items() if _DATA.fullmatch(name)), None)
        if at is None or self.positions or self.mapped:
            return ""
        free = [place for place in range(self.width) if place != at]
        places = dict(zip((name for name in missing if name != "date"), free, strict=False))
        return ",".join(f"{name}={place + 1}" for name, place in {"date": at, **places}.items())


def read_header(
    source: Source, known: Collection[str], columns: Mapping[str, str], *, header: bool = True
) -> Header:
    """Find the known columns in the first record, or by the positions given.

    Parameters
    ----------
    source : Source
        The file; its header is taken off.
    known : collection of str
        Our columns, of any kind of file.
    columns : mapping of str to str
        From a column of ours to their header or their position from 1.
    header : bool
        Whether there is a header.
    """
    line = source.lines[0]
    names = [" ".join(name.split()).casefold() for name in source.rows[0]] if header else []
    found = Header({}, len(source.rows[0]), line if header else 0)
    if header:
        found.titles = source.rows[0]
        source.rows, source.lines = source.rows[1:], source.lines[1:]
        _check_names(source, found, names)
    places = {name: at for at, name in reversed(list(enumerate(names))) if name}
    _take_named(source, found, columns, places, line)
    taken = {*found.positions.values(), *found.joined.values()}
    for name, place in places.items():
        if place in taken:
            continue
        if name in known and name not in found.mapped:
            found.positions[name] = place
        else:
            found.others[name] = place
    return found


def _take_named(
    source: Source,
    found: Header,
    columns: Mapping[str, str],
    places: Mapping[str, int],
    line: int,
) -> None:
    """Find the columns that are named, or say which is not there."""
    for ours, theirs in columns.items():
        place = _place(theirs, places) if theirs.strip() else NOWHERE
        if ours != VOID:
            found.mapped.add(ours)
        if ours == VOID and (place == NOWHERE or 0 <= place < found.width):
            found.void = place
        elif 0 <= place < found.width:
            found.positions[ours] = place
            if ours in BESIDE and places.get(ours, place) != place:
                found.joined[ours] = places[ours]
        elif place != NOWHERE:
            there = sorted(places, key=places.__getitem__) or found.width
            found.problems.append(_no_column(source, line, ours, theirs, there))


def _check_names(source: Source, found: Header, names: list[str]) -> None:
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            message = f"the column {quoted(name)} appears {times} times"
            found.problems.append(source.problem(found.line, message, "give each its own name"))
    for at, name in enumerate(names):
        if not name and source.says_something(at):
            found.others[f"number {at + 1}, without a name"] = at


def _place(theirs: str, places: Mapping[str, int]) -> int:
    """Find a header of theirs, else read it as a position; -1 if it is neither."""
    wanted = " ".join(theirs.split()).casefold()
    if wanted in places:
        return places[wanted]
    digits = wanted.isascii() and wanted.isdigit() and len(wanted) < 6
    return int(wanted) - 1 if digits else -1


def _comment_sign(lines: Iterable[str]) -> str:
    """Give the sign with which all these lines begin, blank ones apart, if it is one."""
    signs = {line.strip()[0] for line in lines if line.strip()}
    sign = signs.pop() if len(signs) == 1 else ""
    return sign if sign in ("#", "%", "!") else ""


def _no_column(
    source: Source, line: int, ours: str, theirs: str, names: list[str] | int
) -> Problem:
    if isinstance(names, int):
        message = f"there is no column {quoted(theirs)} for {ours}: this row has {names}"
        hint = f"without a header, give a position: {ours}=1"
        if source.separator and names == 1 and len(source.physical[line - 1].split()) > 1:
            hint = "if blanks separate the fields, say --delimiter space"
        return source.problem(line, message, hint)
    listed = visible(", ".join(filter(None, names)), 200)
    message = f"there is no column {quoted(theirs)} for {ours}"
    return source.problem(line, message, f"the columns are: {listed}")
