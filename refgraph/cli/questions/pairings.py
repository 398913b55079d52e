"""The command that plans who meets whom in the coming weeks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.options import Folder, as_field, book_options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from refgraph.analysis.pairing.pairings import Plan
    from refgraph.book.book import Book
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["pairings"]

_AWAY = re.compile(r"(?P<name>.*):(?P<weeks>[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*)")


@listed("Whom to refer")
@click.command()
@click.option(
    "--weeks",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="How many weeks to plan.",
)
@click.option(
    "--start",
    metavar="DATE",
    callback=as_field("day"),
    help="A day of the first week; next week if not given.",
)
@click.option(
    "--absent",
    multiple=True,
    metavar="PERSON[:WEEKS]",
    help="Who is away, all the time or in some weeks: 'Ann Lee:2,5-7'. May be repeated.",
)
@click.option("--group", metavar="NAME", help="Only people of this group.")
@click.option(
    "--ics", metavar="DIR", type=Folder(), help="Write a calendar for each person to this folder."
)
@click.option("--accept", is_flag=True, help="Write the meetings into touches.csv, as planned.")
@book_options()
@output_options()
def pairings(
    source: Source,
    output: Output,
    *,
    weeks: int,
    start: date | None,
    absent: Sequence[str],
    group: str | None,
    ics: Path | None,
    accept: bool,
) -> None:
    """Plan who meets whom one-to-one in each of the coming weeks.

    Members, partners and you take part. No pair meets twice; with an even number
    everybody meets somebody every week, else one sits out, and nobody twice. What
    counts most are needs that an offer answers, then pairs of whom one alone has
    referred, then groups never linked and the time since they last met. The most
    that any plan could be worth is printed beside what this one is.

    --accept writes each meeting as a touch of kind one-to-one whose until is the
    Monday of its week; refgraph undo takes them back. A planned meeting is no
    contact: when the two have met, note it with refgraph touch.

    \b
    Examples:
      refgraph pairings data/chapter
      refgraph pairings data/chapter --weeks 4 --absent "Gwen Aldridge:2-3" -O json
      refgraph pairings data/chapter --ics calendars
    """
    from refgraph.analysis.pairing.pairings import plan
    from refgraph.report.questions.planning import PAIRINGS, answer_of

    if accept and source.incognito:
        msg = "--accept writes names into the book; leave --incognito out"
        raise click.UsageError(msg)
    away = [_away(each) for each in absent]
    book, people = source.ask(*(name for name, _ in away), needs="people")
    told: dict[str, set[int]] = {}
    for person, (_, when) in zip(people, away, strict=True):
        told.setdefault(str(person), set()).update(when)
    chosen = plan(book, weeks=weeks, start=start, absent=told, group=group)
    if ics is not None:
        _write_calendars(source, book, chosen, ics)
    output.show(PAIRINGS, answer_of(book, chosen, weeks), book)
    if accept:
        _accept(source, book, chosen)


def _away(said: str) -> tuple[str, set[int]]:
    """Read who is away, and in which weeks; none of them for all."""
    found = _AWAY.fullmatch(said)
    name, weeks = (said, "") if found is None else (found["name"], found["weeks"])
    when = set()
    for part in filter(None, weeks.split(",")):
        first, _, last = part.partition("-")
        if not 1 <= int(first) <= int(last or first):
            msg = f"{part!r} is no week, and no weeks from one to a later one"
            raise click.BadParameter(msg, param_hint="'--absent'")
        when |= {*range(int(first), int(last or first) + 1)}
    return name, when


def _write_calendars(source: Source, book: Book, chosen: Plan, folder: Path) -> None:
    from refgraph.analysis.pairing.calendar import calendars
    from refgraph.cli.reading.protect_book import spare
    from refgraph.reading import replacing
    from refgraph.reading.files.writer import make_folder

    files = [(folder / name, content) for name, content in calendars(book, chosen)]
    spare(source.path, *(path for path, _ in files))
    make_folder(folder)
    for path, content in files:
        with replacing(path) as stream:
            stream.write(content)
    from refgraph.wording import count

    click.echo(f"Wrote {count(len(files), 'calendar')} to {folder}", err=True)


def _accept(source: Source, book: Book, chosen: Plan) -> None:
    """Write the meetings into the book, each as a touch that is planned."""
    from refgraph.keeping import record
    from refgraph.wording import count

    rows = [
        {
            "date": min(book.today, day.date()),
            "person": a if b == book.me else b if a == book.me else a,
            "kind": "one-to-one",
            "note": why,
            "with": "" if book.me in (a, b) else b,
            "until": day.date(),
        }
        for a, b, why, day in chosen.meetings[["a", "b", "why", "date"]].itertuples(index=False)
    ]
    if not rows:
        click.echo("There is no meeting to write.", err=True)
        return
    done = record(source.path, {"touches": rows}, source.reading, command="pairings")
    if done.recovered:
        click.echo(done.recovered, err=True)
    (added,) = done.added
    planned = count(len(rows), "planned one-to-one")
    click.echo(f"Added {planned} to {added.path}. Undo: refgraph undo{source.again}", err=True)
