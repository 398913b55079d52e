"""The command that goes through names that may be one person, and writes what is decided."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import partial
from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.written import print_text
from refgraph.cli.reading import complete
from refgraph.cli.reading.options import as_field, book_options
from refgraph.cli.reading.who import at_terminal, with_names
from refgraph.errors import LedgerError
from refgraph.progress import paused
from refgraph.schema.text import argument
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refgraph.cli.reading.chosen_book import Source

__all__ = ["tidy"]

_KEYS = "y one person, o one person and the other name is kept, n two people, l later, q end"
_WORD = "Whose word stands? 1 the first, 2 the other, l later"


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two names that may be one person."""

    person: str
    other: str
    rows: int
    other_rows: int
    reason: str

    def named(self, known: dict[str, str]) -> tuple[str, str]:
        """Give the two by the names that they have by now."""
        return known.get(self.person, self.person), known.get(self.other, self.other)


@dataclass(slots=True)
class _Decided:
    """What was decided so far."""

    merged: int = 0
    apart: set[frozenset[str]] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)

    def take(self, person: str, alias: str) -> None:
        """Take note of a name that is an alias now."""
        was = {name: person for name, owner in self.known.items() if owner == alias}
        self.known |= {**was, alias: person}
        self.merged += 1


@listed("Keep the book")
@click.command("people tidy")
@click.option(
    "--apart",
    "two",
    nargs=2,
    metavar="PERSON OTHER",
    callback=as_field("name"),
    shell_complete=complete.people,
    help="These are two people, whatever they are called: never ask again.",
)
@book_options(asking=False)
def tidy(source: Source, two: tuple[str, str] | None) -> None:
    """Go through names that may be one person, pair by pair, the likeliest first.

    At a terminal each pair is asked about: y one person, n two people, l later. What is two
    people is noted in refgraph.toml, and is never asked again. Elsewhere the pairs are
    printed with the commands that decide, and nothing is written.

    \b
    Examples:
      refgraph people tidy mybook
      refgraph people tidy --apart "Ann Lee" "Anna Lee" -b mybook
    """
    if two is not None:
        _note_apart(source, *two)
        return
    pairs = _pairs(source)
    if not pairs:
        click.echo("No two names look like one person.", err=True)
    elif at_terminal():
        _go_through(source, pairs)
    else:
        _list(source, pairs)


def _note_apart(source: Source, *two: str) -> None:
    from refgraph.keeping.tell_apart import tell_apart

    path, lines = with_names(
        lambda one, other: tell_apart(source.path, one, other, source.reading), *two
    )
    click.echo(f"Added to {path}:\n{lines}Undo: refgraph undo{source.again}", err=True)


def _pairs(source: Source) -> list[_Pair]:
    from refgraph.report.questions.describing import LOOKALIKES

    book, _ = source.told_of(needs="nothing")
    names = [each.name for each in fields(_Pair)]
    return [_Pair(*row) for row in LOOKALIKES(book).table[names].itertuples(index=False)]


def _list(source: Source, pairs: Iterable[_Pair]) -> None:
    """Print each pair, with the two commands that decide."""
    told = []
    for pair in pairs:
        names = f"{argument(pair.person)} {argument(pair.other)}{source.again}"
        told.append(f"# {_said(pair.person, pair.other, pair)}")
        told.append(f"refgraph people merge {names}")
        told.append(f"refgraph people tidy --apart {names}")
    print_text("".join(f"{line}\n" for line in told))
    click.echo("Nothing was written. Of each two commands one is right.", err=True)


def _said(person: str, other: str, pair: _Pair) -> str:
    one, two = (count(each, "row") for each in (pair.rows, pair.other_rows))
    return f"{person!r} ({one}) and {other!r} ({two}): {pair.reason}"


def _go_through(source: Source, pairs: list[_Pair]) -> None:
    """Ask about each pair, and write each answer at once."""
    done = _Decided()
    click.echo(_KEYS, err=True)
    try:
        for number, pair in enumerate(pairs, 1):
            person, other = pair.named(done.known)
            if person == other or frozenset((person, other)) in done.apart:
                continue
            click.echo(f"{number:,} of {len(pairs):,}: {_said(person, other, pair)}", err=True)
            key = _ask("One person?", "yonlq")
            if key == "q":
                break
            if key in "yo":
                _merge(source, *((person, other) if key == "y" else (other, person)), done)
            elif key == "n":
                _part(source, person, other, done)
    except click.Abort:
        click.echo(err=True)
        _tell(source, done)
        raise
    _tell(source, done)


def _ask(question: str, keys: str) -> str:
    with paused():
        return str(
            click.prompt(
                f"{question} [{'/'.join(keys)}]",
                type=click.Choice(tuple(keys), case_sensitive=False),
                default="l",
                show_choices=False,
                show_default=False,
                err=True,
            )
        )


def _merge(source: Source, person: str, other: str, done: _Decided) -> None:
    """Make the second an alias of the first; ask whose word stands where they differ."""
    from refgraph.keeping.merge import merge
    from refgraph.reading.files.causes import by_cause

    write = partial(merge, source.path, person, other, options=source.reading)
    try:
        write()
    except LedgerError as error:
        click.echo("\n".join(by_cause(error.problems, "refgraph check lists them all")), err=True)
        if (key := _ask(_WORD, "12l")) == "l":
            return
        try:
            write(prefer={"1": "first", "2": "second"}[key])
        except LedgerError:
            click.echo("That cannot be written; the pair is left as it is.", err=True)
            return
    done.take(person, other)


def _part(source: Source, person: str, other: str, done: _Decided) -> None:
    from refgraph.keeping.tell_apart import tell_apart

    tell_apart(source.path, person, other, source.reading)
    done.apart.add(frozenset((person, other)))


def _tell(source: Source, done: _Decided) -> None:
    """Say what was written, and how the last of it is undone."""
    said = (
        f"{count(done.merged, 'name', 'was')} merged, {count(len(done.apart), 'pair')} kept apart."
    )
    written = done.merged or done.apart
    last = f" Undo the last: refgraph undo{source.again}" if written else ""
    click.echo(f"{said}{last}", err=True)
