"""A book open to write in: who is meant by a name, and what is said of a row that is added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.printing.written import as_json, print_text
from refgraph.cli.reading.who import of_names
from refgraph.errors import LedgerError
from refgraph.wording import agree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.cli.reading.chosen_book import Source
    from refgraph.keeping import Added
    from refgraph.names.lookup import Lookup

__all__ = ["Desk", "tell_unused", "written_as"]

written_as = click.option(
    "-O",
    "--format",
    "form",
    type=click.Choice(("csv", "json")),
    default="csv",
    help="How to print the row.",
)


_CONTENT = ("date", "giver", "receiver", "prospect")


def tell_unused(kind: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Say of what was written that no answer asks for it yet."""
    from refgraph.schema.unused import unused_in

    if unused := unused_in(kind, rows):
        click.echo(f"Note: {', '.join(unused)}: kept, not used.", err=True)


class Desk:
    """A book, everybody in it, and the way in."""

    def __init__(self, source: Source, form: str = "csv", *, new: bool | None = None) -> None:
        from refgraph.book.any_table import read_to_write

        self.path, self.reading, self.form = source.path, source.reading, form
        self.again = source.again
        self.record = read_to_write(self.path, self.reading)
        if source.me is not None and new is not None:
            self._check_me(new=new)

    @property
    def lookup(self) -> Lookup:
        """Everybody in the book as it stands, by every name."""
        from refgraph.reading.aliases import everybody

        return everybody(self.record)

    def _check_me(self, *, new: bool) -> None:
        """See that who says to be me is no misspelling of somebody."""
        from refgraph.reading.aliases import everybody

        me = str(self.record.me)
        (meant,) = of_names(everybody(replace(self.record, me=None)), [me], new=new)
        if meant.name != me:
            self.reading = replace(self.reading, me=meant.name)
            self.record = replace(self.record, me=meant.name)

    def people(self, *typed: str, new: bool) -> list[str]:
        """Find who is meant; a name that may be somebody's is asked about, or refused.

        Raises
        ------
        RefgraphError
            A name may be somebody's, and nobody can be asked.
        """
        found = of_names(self.lookup, typed, new=new)
        for each, meant in zip(typed, found, strict=True):
            if meant.guessed:
                click.echo(f"Note: {each!r} is taken as {meant.name!r}.", err=True)
            elif meant.new:
                click.echo(f"Note: {meant.name!r} is new in this book.", err=True)
        return [meant.name for meant in found]

    def prospect(self, typed: str) -> str:
        """Give a prospect in the spelling that the book has, and tell of one nearly alike."""
        from refgraph.names.lookup import Step
        from refgraph.names.near import nearly
        from refgraph.reading.aliases import everybody

        if not typed:
            return ""
        for lookup in (self.lookup, everybody(self.record, prospects=True)):
            if lookup.find(typed, last=Step.FORM).people:
                return lookup.change(typed)
        known = everybody(self.record, prospects=not self.record.settings.hides)
        guess = known.find(typed)
        if near := guess.people[:3] or nearly(guess.typed, known.names()):
            told = " or ".join(map(repr, near))
            are = agree(len(near), "is")
            click.echo(f"Note: {guess.typed!r} is new in this book; {told} {are} not.", err=True)
        return guess.typed

    def refuse_read_only(self) -> None:
        """Refuse, before anything is asked, a book of whose files none may be written."""
        from refgraph.reading.book_files import find
        from refgraph.reading.files.writer import refuse_read_only

        files = find(self.path).referrals
        if len(files) == 1:  # else the row decides in which one it stands
            refuse_read_only(Path(files[0][0]), files[0][0])

    def write(self, kind: str, row: Mapping[str, object]) -> None:
        """Add one row, print it, and say where it stands and how to undo it."""
        from refgraph.keeping import record

        command = {"referrals": "add", "touches": "touch", "statuses": "status"}[kind]
        try:
            done = record(self.path, {kind: [row]}, self.reading, command=command)
        except LedgerError:
            click.echo("Nothing was written.", err=True)
            raise
        self.record = done.record
        if done.recovered:
            click.echo(done.recovered, err=True)
        (added,) = done.added
        hidden = self.record.settings.hides
        identity = self._identity(added) if kind == "referrals" and not hidden else ""
        named = f" (id {identity})" if identity else ""
        click.echo(f"Added {added}{named}. Undo: refgraph undo{self.again}", err=True)
        if added.grown:
            click.echo(f"Note: {added.path} has now {', '.join(added.grown)} too.", err=True)
        tell_unused(kind, [row])
        self._tell_ahead(row)
        if kind == "referrals":
            self._tell_repeats(added)
        self._print(kind, row, added)

    def _print(self, kind: str, row: Mapping[str, object], added: Added) -> None:
        if self.record.settings.hides:
            self._print_shown(kind, row, added)
        elif self.form == "csv":
            print_text("".join(f"{text}\n" for text in added.texts))
        else:
            print_text(as_json(self._full(kind, row, added)))

    def _print_shown(self, kind: str, row: Mapping[str, object], added: Added) -> None:
        """Print what the profession of the book shows of a row, which is written in full."""
        from refgraph.schema.columns import hidden_in_health

        hidden = hidden_in_health(kind)
        full = self._full(kind, row, added)
        shown = {name: value for name, value in full.items() if name not in hidden}
        if self.form == "json":
            print_text(as_json(shown))
        else:
            from refgraph.reading.files.formula_safe_csv import as_csv

            names = [name for name in shown if name not in ("file", "line")]
            print_text(as_csv(names, [shown], raw=True))
        if any(row.get(name) for name in hidden):
            said = "the row is written in full; who was referred and the like is not shown"
            click.echo(f"Note: {said}, as the profile is health.", err=True)

    def _full(self, kind: str, row: Mapping[str, object], added: Added) -> dict[str, object]:
        place = {"file": added.path, "line": added.first}
        columns = self.record.referrals.columns
        at = self._at(added) if kind == "referrals" else -1
        full = {name: columns[name][at] for name in columns} if kind == "referrals" else dict(row)
        return {name: _plain(value) for name, value in (full | place).items()}

    def _at(self, added: Added) -> int:
        columns = self.record.referrals.columns
        places = [*zip(columns["file"], columns["line"], strict=True)]
        return places.index((added.path, added.first))

    def _identity(self, added: Added) -> str:
        return str(self.record.referrals.columns["id"][self._at(added)])

    def _tell_ahead(self, row: Mapping[str, object]) -> None:
        from refgraph.schema.columns import DATES

        today = self.record.today
        days = {row.get(name) for name in DATES}
        for day in sorted(day for day in days if isinstance(day, date) and day > today):
            click.echo(f"Note: {day} is after today, {today}, and counts as today.", err=True)

    def _tell_repeats(self, added: Added) -> None:
        line = self.repeated(self._row(self._at(added)), besides=added)
        if line:
            click.echo(
                f"Note: {line} tells the same date, giver, receiver and prospect; "
                f"if this is one referral, delete one of the two.",
                err=True,
            )

    def repeated(self, row: tuple[Any, ...], besides: Added | None = None) -> str:
        """Name the line of a referral with the same date, giver, receiver and prospect."""
        import numpy as np

        from refgraph.schema.distinct_values import Column

        columns = self.record.referrals.columns
        same = np.ones(len(self.record.referrals), bool)
        for name, value in zip(_CONTENT, row, strict=True):
            column = Column.of(columns[name])
            alike = np.array([each == value for each in column.distinct], bool)
            same &= alike[column.codes]
        for at in np.flatnonzero(same).tolist():
            place = columns["file"][at], columns["line"][at]
            if besides is None or place != (besides.path, besides.first):
                return f"line {place[1]:,} of {place[0]}"
        return ""

    def _row(self, at: int) -> tuple[Any, ...]:
        columns = self.record.referrals.columns
        return tuple(columns[name][at] for name in _CONTENT)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
