"""Going through the list of today, with one key for each line."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.reading.who import at_terminal, pressed_key
from refgraph.errors import RefgraphError
from refgraph.schema.row_facts import person_of
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from refgraph.book.book import Book
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["go_through"]

_KEYS = "d done, m message, s snooze for a week, w why, n not mine, u undo, q quit"
_DID = {"d": "done", "s": "snoozed", "n": "not yours"}


def go_through(source: Source, book: Book, table: pd.DataFrame, person: str | None) -> None:
    """Show each line of the list, and do what the key says that is pressed.

    Parameters
    ----------
    source : Source
        Which book it is.
    book : Book
        The book as it was read.
    table : DataFrame
        Of :func:`refgraph.report.tending.today_text.table`.
    person : str or None
        Who does it, if that is not me.

    Raises
    ------
    RefgraphError
        Nobody sits at a keyboard, or the book can not be written in.
    """
    from refgraph.report.tending import today_text
    from refgraph.report.views.plain_rows import rows_of

    behind = source.behind
    if not behind or not at_terminal():
        msg = "--do asks for a key at each line: run it at a terminal, on a book to write in."
        raise RefgraphError(msg)
    rows, at, did = rows_of(table), 0, list[str]()
    if not rows:
        click.echo(today_text.NOTHING)
        return
    click.echo(f"{_KEYS}\n", err=True)
    whose = None if person in (None, book.me) else person
    while at < len(rows):
        row = rows[at]
        if row["can_wait"] and not (at and rows[at - 1]["can_wait"]):
            click.echo(f"{today_text.NOTHING if not at else ''} {today_text.CAN_WAIT}".strip())
        click.echo(f"{at + 1} of {len(rows)}  {row['lane'].capitalize()}: {person_of(row)}")
        click.echo(f"  {row['because']}")
        key = pressed_key()
        if key == "q":
            break
        if key == "u":
            at -= _undone(did, behind)
        elif key in _DID:
            if _recorded(_words(key, row, book, whose), behind):
                did.append(key)
                at += 1
        else:
            _tell(key, row)
    counted = Counter(did)
    said = [f"{number} {_DID[key]}" for key in _DID if (number := counted[key])]
    left = f"{count(len(rows) - len(did), 'line')} left"
    click.echo(f"{', '.join([*said, left])}.", err=True)


def _words(key: str, row: Mapping[str, Any], book: Book, whose: str | None) -> Sequence[str]:
    from refgraph.report.tending import commands

    make = {"d": commands.record, "s": commands.snooze, "n": commands.not_mine}[key]
    blank = {name: "" for name, value in row.items() if value is None}
    return make({**row, **blank}, book.today, whose=whose)


def _recorded(words: Sequence[str], behind: Sequence[str]) -> bool:
    """Run the command of a line, as it would be typed; tell whether it was written down."""
    from refgraph.report.tending.commands import command

    return _run(shlex.split(command(words, *behind))[1:])


def _undone(did: list[str], behind: Sequence[str]) -> int:
    """Take the last line back that was recorded here; tell by how many lines to go back."""
    if not did:
        click.echo("Nothing was recorded yet.", err=True)
        return 0
    if not _run(["undo", *shlex.split(behind[0])]):
        return 0
    did.pop()
    return 1


def _run(argv: list[str]) -> bool:
    from refgraph.cli.commands import main

    try:
        main.main(argv, "refgraph", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return False
    return True


def _tell(key: str, row: Mapping[str, Any]) -> None:
    """Say the message of a line, or why it stands there; else which keys there are."""
    from refgraph.report.tending.today_text import worth

    if key == "m" and not row["message"]:
        click.echo("  There is nobody to write to.")
    elif key == "m":
        click.echo(f"\nSubject: {row['subject']}\n\n{row['message']}\n")
        if row["mailto"]:
            click.echo(f"{row['mailto']}\n")
    elif key == "w":
        click.echo(f"  {worth(row)}")
    else:
        click.echo(_KEYS, err=True)
