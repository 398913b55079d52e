"""Files in, one checked record out; or every problem, each with its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from refgraph.errors import LedgerError, Problem
from refgraph.names.lookup import Lookup, Step
from refgraph.reading.aliases import aliases, alike, named_in, rename
from refgraph.reading.checks.repeats import repeated, tell_repeats
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.encodings import check_encoding
from refgraph.reading.identity import name_rows
from refgraph.reading.read_options import ReadOptions, Record, Settings, Table
from refgraph.reading.settings import read_settings
from refgraph.reading.source_table import tables_at
from refgraph.reading.statuses import find_unknown, update
from refgraph.reading.tables import check_options, parse_own, parse_referrals
from refgraph.schema.columns import COLUMNS, MEMBERS, NAMED, TOUCHES, names_where, readers_of
from refgraph.schema.dates import date_reader, has_zone
from refgraph.schema.distinct_values import Column, shared_codes
from refgraph.schema.row_ends import ends_of, unexplained
from refgraph.schema.text import FieldError, quoted
from refgraph.schema.values import person
from refgraph.wording import pluralize

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping

    from refgraph.reading.book_files import Files
    from refgraph.reading.source_table import Tables
    from refgraph.reading.statuses import Change
    from refgraph.reading.table import Sheet

__all__ = ["RowsError", "read", "read_tables"]


class RowsError(LedgerError):
    """The tables are those of a book, and some of their rows cannot be read."""


def read(path: str | os.PathLike[str], options: ReadOptions | None = None) -> Record:
    r"""Read a record of referrals: a book folder, or a single table.

    Parameters
    ----------
    path : path-like
        A folder with referrals.csv (or given.csv and received.csv); a single CSV file,
        workbook or database; or ``-`` for standard input.
    options : ReadOptions, optional
        How to read it.

    Returns
    -------
    Record
        Every row, checked.

    Raises
    ------
    LedgerError
        With every problem of every file, unless `skip_bad` leaves the bad
        rows out; a file that cannot be read at all is always a problem.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "referrals.csv")
    ...     _ = table.write_text("date,giver,receiver\n2026-01-08,Ann,Bo\n")
    ...     record = read(table)
    >>> record.referrals.columns["giver"], record.referrals.columns["id"]
    (['Ann'], ['ra47c97d3d4'])
    """
    options = options or ReadOptions()
    return read_tables(tables_at(path, options), options)


def read_tables(tables: Tables, options: ReadOptions) -> Record:
    """Read a record of referrals from tables, wherever they are.

    Parameters
    ----------
    tables : Tables
        The place: files, or frames in memory.
    options : ReadOptions
        How to read it.

    Raises
    ------
    LedgerError
        As :func:`read` does.
    """
    reading = _Reading(tables, options)
    try:
        return reading.record()
    except LedgerError as error:
        if not reading.hides:
            raise
        shown = type(error)(reading.shown(error.problems))
    raise shown  # not inside, where Python keeps the whole one beside it


class _Reading:
    """One reading: what was found so far, and what is wrong with it."""

    def __init__(self, tables: Tables, options: ReadOptions) -> None:
        self.tables = tables
        self.path = tables.path
        self.options = options
        self.fatal: list[Problem] = []
        self.sheets: list[Sheet] = []
        self.notes: list[str] = []
        self.wrong: list[Problem] = []
        self.hides = False

    def shown(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Give problems as they may be shown: a row of a book of health names who was referred."""
        if not self.hides:
            return tuple(problems)
        from refgraph.reading.redaction import concealed  # noqa: PLC0415  # few books need it

        return tuple(map(concealed, problems))

    def record(self) -> Record:
        files = self.tables.find()
        self.notes += files.notes
        settings = self.settings(files)
        today = self.options.today or settings.today or date.today()  # noqa: DTZ011
        dates = date_reader(today)
        self.wrong = check_options(self.path, self.options)
        self.fatal += self.wrong
        if check_encoding(self.path, self.options.encoding):
            self.options = replace(self.options, encoding=None)
        people = self.own(files, "people", dates)
        canonical = aliases(people) if people else {}
        said, me = self.me(settings, canonical)
        referrals = self.referrals(files, me, today)
        touches = self.own(files, "touches", dates)
        statuses = self.own(files, "statuses", dates)
        self.tell_ahead(today)
        name_rows(referrals)
        for sheet in referrals:
            _separate(sheet, canonical)
        if touches:
            for name in MEMBERS["touches"]:
                touches.columns[name] = rename(touches.columns[name], canonical)
            _explain(touches)
        changes: list[Change] = []
        if files.referrals and len(referrals) == len(files.referrals):  # else ids point nowhere
            changes = self.point(referrals, touches, statuses)
        skipped = self.judge()
        rows = _stack([sheet.kept() for sheet in referrals])
        declared = people.kept() if people else _empty("people")
        contacts = touches.kept() if touches else _empty("touches")
        everyone = named_in({"people": declared, "touches": contacts, "referrals": rows})
        if len(everyone) > self.options.max_people:
            raise _crowd(self.path, len(everyone), self.options.max_people)
        repeats = repeated(rows)
        return Record(
            path=self.path,
            me=_in_book(said, me, everyone, canonical),
            today=today,
            settings=settings,
            referrals=rows,
            people=declared,
            touches=contacts,
            skipped=self.shown(skipped),
            left_out=sum(sheet.rows_left_out for sheet in self.sheets),
            rows_read=sum(sheet.rows_read for sheet in referrals),
            notes=(
                *self.notes,
                *tell_repeats(rows, repeats, self.places()),
                *alike(everyone),
            ),
            status_changes=tuple(changes),
            ignored=tuple(dict.fromkeys(name for each in referrals for name in each.ignored)),
            repeats=repeats,
        )

    def settings(self, files: Files) -> Settings:
        """Read refgraph.toml; of a table that is named itself, only its profession counts."""
        toml = self.tables.settings(files)
        if not toml:
            return Settings()
        settings, problems = read_settings(toml, content=self.options.drafts.get(toml))
        self.hides = settings.hides or (
            bool(problems) and settings.profile is None and _has_profile(toml)
        )
        if toml not in files.own.values():
            return Settings(profile="health" if self.hides else settings.profile)
        self.fatal += problems
        return settings

    def own(self, files: Files, table: str, dates: Callable[[str], date | None]) -> Sheet | None:
        path = files.own.get(f"{table}.csv")
        if path is None:
            return None
        try:
            fields = readers_of(table, dates)
            source = self.tables.open_own(path, fields, self.options, self.notes)
            sheet = parse_own(source, table, dates, self.notes)
        except LedgerError as error:
            self.fatal += error.problems
            return None
        self.sheets.append(sheet)
        return sheet

    def me(self, settings: Settings, canonical: Mapping[str, str]) -> tuple[str | None, str | None]:
        """Give who me is as it was said, and as far as people.csv and the settings know them."""
        owner = settings.me and canonical.get(settings.me, settings.me)
        if self.options.me is None:
            return owner, owner
        try:
            name = person(self.options.me)
        except FieldError as error:
            self.fatal.append(Problem(self.path, 0, f"me: {error}", hint="say --me NAME"))
            return owner, owner
        name = canonical.get(name, name)
        known = {*canonical.values(), *([owner] if owner else [])}
        return name, _in_form(name, known, canonical, owner)

    def referrals(self, files: Files, me: str | None, today: date) -> list[Sheet]:
        if self.wrong:
            return []
        told: list[str] = []
        try:
            dates = date_reader(today, self.options.date_format, told.append)
        except FieldError as error:
            self.fatal.append(Problem(self.path, 0, str(error), hint=error.hint))
            return []
        sheets = []
        for path, kind in files.referrals:
            try:
                source = self.tables.open_referrals(path, self.options, self.notes)
                sheet = parse_referrals(
                    source, kind, me=me, dates=dates, options=self.options, notes=self.notes
                )
            except LedgerError as error:
                self.fatal += error.problems
            else:
                sheets.append(sheet)
            self.notes += (f"{path}: {note}" for note in _tell_dates(told))
            told.clear()
        self.sheets += sheets
        return sheets

    def places(self) -> dict[str, Callable[[int], str]]:
        """Give what names the places of rows in tables that are no files."""
        named = ((sheet.source.path, sheet.source.place_name) for sheet in self.sheets)
        return {path: name for path, name in named if name}

    def point(
        self, referrals: list[Sheet], touches: Sheet | None, statuses: Sheet | None
    ) -> list[Change]:
        """See that ids are those of referrals, and bring these up to date; give what changed."""
        patient = not self.options.skip_bad
        if touches:
            find_unknown(referrals, touches, "about", patient=patient)
        return update(referrals, statuses, patient=patient) if statuses else []

    def tell_ahead(self, today: date) -> None:
        """Tell of rows that are dated after today, by a clock that is ahead of this one."""
        for sheet in self.sheets:
            if rows := sheet.rows_after(today):
                are, count = ("is", "counts") if rows == 1 else ("are", "count")
                self.notes.append(
                    f"{sheet.source.path}: {rows:,} {pluralize(rows, 'row')} {are} dated "
                    f"after today, {today}, and {count} as today"
                )

    def judge(self) -> tuple[Problem, ...]:
        """Give the problems of rows, or raise them all with those of files."""
        rows = [problem for sheet in self.sheets for problem in sheet.problems.told()]
        found = [*self.fatal, *rows]
        found.sort(key=lambda problem: (problem.path, problem.line))
        if self.fatal:
            raise LedgerError(found)
        if rows and not self.options.skip_bad:
            raise RowsError(found)
        return tuple(found)


def _tell_dates(texts: list[str]) -> list[str]:
    """Say once how dates with a zone, and months or years alone, were taken."""
    zoned = next(filter(has_zone, texts), None)
    partial = next((text for text in texts if not has_zone(text)), None)
    notes = []
    if zoned:
        notes.append(f"times with a zone, like {zoned}, count on the day as it is written")
    if partial:
        notes.append(f"a month or a year alone, like {partial}, counts as undated")
    return notes


def _has_profile(toml: str) -> bool:
    """Tell whether settings that cannot be read may have a profile; then nobody knows which."""
    try:
        return b"profile" in load(toml)
    except LedgerError:
        return True


def _separate(sheet: Sheet, canonical: Mapping[str, str]) -> None:
    """Put people for aliases; refuse referrals of people to themselves."""
    written = ends_of(sheet.columns)
    for name in NAMED["referrals"]:
        sheet.columns[name] = rename(sheet.columns[name], canonical)
    givers, receivers = ends_of(sheet.columns)
    one, two = shared_codes(givers, receivers)
    for row in np.flatnonzero(one == two).tolist():
        name = givers[row]
        if name is None:
            continue
        alias = next((names[row] for names in written if names[row] != name), None)
        hint = f"people.csv says that {quoted(alias)} is {quoted(name)}" if alias else ""
        sheet.refuse(row, f"{quoted(name)} cannot refer to themselves", hint, "distinct")


def _explain(touches: Sheet) -> None:
    """Refuse a touch that settles a referral without saying how, or contradicts itself."""
    one, two = shared_codes(*(touches.columns[name] for name in MEMBERS["touches"]))
    for row in np.flatnonzero(one == two).tolist():
        if (name := touches.columns["with"][row]) is not None:
            message = f"{quoted(name)} is with themselves"
            touches.refuse(row, message, "name the second person in with, or nobody")
    (first,) = names_where(TOUCHES, dtype="day", ahead=False)
    days = zip(touches.columns[first], touches.columns["until"], strict=True)
    for row in [row for row, (day, until) in enumerate(days) if day and until and until < day]:
        message = f"until, {touches.columns['until'][row]}, is before the date"
        touches.refuse(row, message, "until is the last day, and date the first", "dates")
    for row in unexplained(touches.columns):
        touches.refuse(
            row,
            "a touch of kind settled needs a note",
            "say in note how it was settled, for example: returned in kind",
        )


def _in_book(
    said: str | None, me: str | None, people: set[str], canonical: Mapping[str, str]
) -> str | None:
    """Give who me is, as the rows spell it: exactly so, or else in another form."""
    if said is None or me != said or said in people:
        return said if said in people else me
    return _in_form(said, people, canonical)


def _in_form(
    name: str, people: Iterable[str], canonical: Mapping[str, str], me: str | None = None
) -> str:
    """Give a name in the spelling of the book, if it surely is somebody's there."""
    aliases: dict[str, list[str]] = {each: [] for each in sorted(people)}
    for alias, owner in canonical.items():
        aliases.setdefault(owner, []).append(alias)
    found = Lookup(aliases, me).find(name, last=Step.FORM)
    return found.person or name


def _stack(tables: list[Table]) -> Table:
    if not tables:
        return _empty("referrals")
    first, *rest = tables
    if not rest:
        return first
    return Table(
        {
            name: Column.of(chain(values, *(table.columns[name] for table in rest)))
            for name, values in first.columns.items()
        }
    )


def _crowd(path: str, people: int, most: int) -> LedgerError:
    message = f"this book names {people:,} people, more than {most:,}"
    hint = f"raise the limit: --max-people {people}"
    return LedgerError([Problem(path, 0, message, hint=hint)])


def _empty(table: str) -> Table:
    return Table({name: [] for name in (*COLUMNS[table], "file", "line")})
