"""Commands about who is in a book, and who is one person under two names."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.options import as_field, book_options
from refgraph.cli.reading.who import with_names
from refgraph.wording import count, pluralize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source
    from refgraph.keeping.merge import Change

__all__ = ["merge", "people", "split"]

_VIEWS = {
    "unused": "only those declared in people.csv who are in no referral",
    "undeclared": "only those not declared in people.csv: the typo finder",
    "lookalikes": "pairs of names that may be one person, the likeliest first",
}


@click.command()
@click.option(
    "--find",
    "text",
    metavar="TEXT",
    help="Show only those whose name, alias, profession, group or e-mail holds TEXT.",
)
@click.option("--unused", "view", flag_value="unused", help=f"Show {_VIEWS['unused']}.")
@click.option("--undeclared", "view", flag_value="undeclared", help=f"Show {_VIEWS['undeclared']}.")
@click.option("--lookalikes", "view", flag_value="lookalikes", help=f"Show {_VIEWS['lookalikes']}.")
@book_options()
@output_options()
def people(source: Source, output: Output, text: str | None, view: str | None) -> None:
    """List everyone in the book, find a name, a typo, or one person under two names.

    \b
    Examples:
      refgraph people data/adviser
      refgraph people data/adviser --lookalikes
      refgraph people merge "Ann Lee" "A. Lee" -b data/adviser
    """
    if text is not None and view is not None:
        msg = f"--find and --{view} ask for two different lists; keep one"
        raise click.UsageError(msg)
    from refgraph.analysis.describing import people as analysis
    from refgraph.book.incognito import incognito
    from refgraph.report.questions.describing import LOOKALIKES, PEOPLE
    from refgraph.report.questions.question import Answer

    book, _ = source.told_of(needs="nothing")  # names are compared as they are spelled
    if view == "lookalikes":
        answer = LOOKALIKES(book)
        if source.incognito:
            initials = incognito(book)[1]
            table = _hidden_names(answer.table, initials, ("person", "other"), "reason")
            answer = replace(answer, table=table)
        said = _suggestion(len(answer.table), source)
        output.show(LOOKALIKES, replace(answer, said=said))
        return
    tables = {"unused": analysis.unused, "undeclared": analysis.undeclared}
    if text is not None:
        table = analysis.named(book, text)
    else:
        table = tables.get(view or "", analysis.by_person)(book)
    if source.incognito:
        hidden, initials = incognito(book)
        people_of = analysis.by_person(hidden).loc[[*map(initials.__getitem__, table.index)]]
        told = _hidden_names(table, initials, ("nearest",), "why")
        for name in (each for each in told if each not in people_of):
            people_of[name] = told[name].to_numpy()
        table = people_of[[*table.columns]]
        book = hidden
    nobody = "Nobody here." if view is None else "Nobody, which is well."
    footer = "" if len(table) else nobody
    if view == "undeclared" and len(table) and not book.people["declared"].any():
        footer = "Nobody is declared: the book has no people.csv, or nobody in it."
    output.show(PEOPLE, Answer(table.reset_index(), footer), book)


def _hidden_names(
    table: pd.DataFrame, initials: Mapping[str, str], names: Sequence[str], said: str
) -> pd.DataFrame:
    """Put initials for the names in some columns, and leave out what a reason quotes."""
    import pandas as pd

    from refgraph.book.incognito import HIDDEN
    from refgraph.reading.redaction import redacted_text

    hidden = table.copy()
    for column in (each for each in names if each in table):
        told = [None if name is None else initials.get(name, HIDDEN) for name in table[column]]
        hidden[column] = pd.Series(told, index=table.index, dtype=object)
    if said in table:
        why = [each and (redacted_text(each) or HIDDEN) for each in table[said]]
        hidden[said] = pd.Series(why, index=table.index, dtype=object)
    return hidden


def _suggestion(pairs: int, source: Source) -> str:
    if not pairs:
        return "No two names look like one person."
    return (
        f"Nothing is merged by itself. If two are one, say so; it can be undone:\n"
        f"refgraph people merge PERSON OTHER{source.again}"
    )


@click.command("people merge")
@click.argument("person", callback=as_field("name"))
@click.argument("other", callback=as_field("name"))
@click.option(
    "--prefer",
    type=click.Choice(("first", "second")),
    help="Whose facts stand where both have a row in people.csv and they differ.",
)
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@book_options(argument=False, asking=False)
def merge(source: Source, person: str, other: str, prefer: str | None, *, dry_run: bool) -> None:
    """Record that OTHER is another name of PERSON, as an alias in people.csv.

    The rows of referrals and touches stay as they are; they count for PERSON from now
    on. To undo it: refgraph undo, or later: refgraph people split OTHER

    \b
    Example:
      refgraph people merge "Ann Lee" "A. Lee" -b mybook
    """
    from refgraph.keeping.merge import merge as record

    change = with_names(
        lambda one, two: record(
            source.path, one, two, source.reading, prefer=prefer, dry_run=dry_run
        ),
        person,
        other,
    )
    _tell(change, dry_run=dry_run)
    count = _count(change)
    will = "would count" if dry_run else ("counts" if count == "1 row" else "count")
    click.echo(
        f"{count} of {change.alias!r} {will} for {change.person!r}{_where(change)}", err=True
    )
    if dry_run:
        return
    later = f"refgraph people split {shlex.quote(change.alias)}{source.again}"
    if len(change.before) > 1 or (change.before and change.notes):
        later += f"; then put back in {change.path} the rows marked - above"
    click.echo(f"Undo: refgraph undo{source.again}. Later: {later}", err=True)


@click.command("people split")
@click.argument("alias", callback=as_field("name"))
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@book_options(argument=False, asking=False)
def split(source: Source, alias: str, *, dry_run: bool) -> None:
    """Take ALIAS off its person again, in people.csv: it is a name of its own then.

    \b
    Example:
      refgraph people split "A. Lee" -b mybook
    """
    from refgraph.keeping.merge import split as record

    change = record(source.path, alias, source.reading, dry_run=dry_run)
    _tell(change, dry_run=dry_run)
    count = _count(change)
    will = "would count" if dry_run else ("counts" if count == "1 row" else "count")
    click.echo(f"{count} of {change.alias!r} {will} for that name again{_where(change)}", err=True)


def _tell(change: Change, *, dry_run: bool) -> None:
    """Show the rows of people.csv as they stood and as they stand."""
    done = "Nothing was written; this would change in" if dry_run else "Changed"
    click.echo(f"{done} {change.path}:", err=True)
    for sign, rows in (("-", change.before), ("+", change.after)):
        for row in rows:
            click.echo(f"{sign} {row}", err=True)
    for note in change.notes:
        click.echo(note, err=True)


def _count(change: Change) -> str:
    return count(sum(map(len, change.rows.values())), "row")


def _where(change: Change) -> str:
    """Name the lines of each file."""
    if not change.rows:
        return "."
    listed = []
    for path, lines in change.rows.items():
        every = ", ".join(f"{line:,}" for line in sorted(lines))
        listed.append(f"{pluralize(len(lines), 'line')} {every} of {path}")
    return f": {'; '.join(listed)}."
