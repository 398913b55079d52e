"""What a meeting decided, written down all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.books.write_session import Desk
from refgraph.cli.reading.typed_day import read_day, settle_days
from refgraph.errors import LedgerError, Problem, RefgraphError
from refgraph.schema.row_ends import parties_of
from refgraph.wording import count, join_names, pluralize

if TYPE_CHECKING:
    from datetime import date

    from refgraph.cli.reading.chosen_book import Source
    from refgraph.imports.kinds.decisions import Decision

__all__ = ["write_decisions"]


def write_decisions(source: Source, table: str, *, new: bool) -> None:
    """Write what a table says was decided: all of it, or nothing.

    What stands in the book already, word for word and for the same day, is not written again.

    Raises
    ------
    UsageError
        Names are to be hidden.
    LedgerError
        A row cannot be taken as it stands.
    RefgraphError
        It is not clear who is meant, or somebody is named twice in a row.
    """
    if source.incognito:
        msg = "--add writes names into the book; leave --incognito out"
        raise click.UsageError(msg)
    from refgraph.imports.kinds.decisions import read_decisions

    desk = Desk(source, new=new)
    today = desk.record.today

    def on(text: str) -> date:
        day: date = settle_days({"": read_day(text)}, today)[""]
        return day

    decided, left = read_decisions(table, on)
    _refuse_past(table, decided, today)
    rows = _rows(desk, decided, new=new)
    known = _known(desk)
    fresh = [row for row in rows if _key(row) not in known]
    if left:
        at = f"{pluralize(len(left), 'line')} {join_names([f'{line:,}' for line in left])}"
        click.echo(f"Note: left out, without who and by when: {at} of {table}.", err=True)
    if again := len(rows) - len(fresh):
        click.echo(f"Note: {count(again, 'decision', 'is')} in the book already.", err=True)
    if not fresh:
        click.echo("There is no decision to write.", err=True)
        return
    _write(desk, fresh)


def _refuse_past(table: str, decided: list[Decision], today: date) -> None:
    hint = "name a day to come"
    problems = [
        Problem(table, each.line, f"by when {each.until} is before {today}, today", hint=hint)
        for each in decided
        if each.until < today
    ]
    if problems:
        raise LedgerError(problems)


def _rows(desk: Desk, decided: list[Decision], *, new: bool) -> list[dict[str, object]]:
    """Give the touches of what was decided, with the names that the book has."""
    typed = [*dict.fromkeys(name for each in decided for name in (each.who, each.other) if name)]
    named = dict(zip(typed, desk.people(*typed, new=new), strict=True))
    for each in decided:
        if each.other and named[each.other] in (named[each.who], desk.record.me):
            msg = f"{named[each.other]} is no second person; leave the column with empty."
            raise RefgraphError(msg)
    return [
        {
            "date": desk.record.today,
            "person": named[each.who],
            "kind": "decision",
            "note": each.what,
            "with": named.get(each.other, ""),
            "until": each.until,
        }
        for each in decided
    ]


def _key(row: dict[str, object]) -> tuple[object, ...]:
    return *parties_of(row), str(row["note"]).casefold(), row["until"]


def _known(desk: Desk) -> set[tuple[object, ...]]:
    """Give what was decided before."""
    columns = desk.record.touches.columns
    return {
        (who, other, note.casefold(), until)
        for who, other, note, until, kind in zip(
            *parties_of(columns), columns["note"], columns["until"], columns["kind"], strict=True
        )
        if kind == "decision"
    }


def _write(desk: Desk, rows: list[dict[str, object]]) -> None:
    from refgraph.keeping import record

    try:
        done = record(desk.path, {"touches": rows}, desk.reading, command="decisions")
    except LedgerError:
        click.echo("Nothing was written.", err=True)
        raise
    if done.recovered:
        click.echo(done.recovered, err=True)
    (added,) = done.added
    told = count(len(rows), "decision")
    click.echo(f"Added {told} to {added.path}. Undo: refgraph undo{desk.again}", err=True)
    if added.grown:
        click.echo(f"Note: {added.path} has now {', '.join(added.grown)} too.", err=True)
