"""Commands about who is in a book, and who is one person under two names."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.books.write_session import tell_unused
from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading import complete
from refgraph.cli.reading.options import as_field, book_options
from refgraph.cli.reading.typed_day import settle_days, today_in
from refgraph.cli.reading.who import with_names
from refgraph.wording import count, pluralize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source
    from refgraph.keeping.merge import Change
    from refgraph.keeping.set_field import FieldSet
    from refgraph.schema.field import Field

__all__ = ["merge", "people", "set_", "split"]

_VIEWS = {
    "unused": "only those declared in people.csv who are in no referral",
    "undeclared": "only those not declared in people.csv: the typo finder",
    "lookalikes": "pairs of names that may be one person, the likeliest first",
}


@listed("Keep the book")
@click.command()
@click.option(
    "--find",
    "text",
    metavar="TEXT",
    help="Show only those whose name, alias, profession, group, e-mail or note holds TEXT.",
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
        said = _suggestion(answer.table, source)
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


def _suggestion(pairs: pd.DataFrame, source: Source) -> str:
    """Say how the first two are merged; with hidden names, how two are."""
    from refgraph.schema.text import argument

    if pairs.empty:
        return "No two names look like one person."
    first: Any = next(pairs.itertuples())
    names = ["PERSON", "OTHER"]
    if not source.incognito:
        names = [argument(first.person), argument(first.other)]
    return (
        f"Nothing is merged by itself. If two are one, say so; it can be undone:\n"
        f"refgraph people merge {' '.join(names)}{source.again}"
    )


def _read_column(ctx: click.Context, param: click.Parameter, value: str) -> Field:
    """Read a column of people.csv that can be set, with - or _ between its words."""
    from refgraph.keeping.set_field import EDITABLE
    from refgraph.schema.columns import COLUMNS
    from refgraph.schema.values import did_you_mean

    name = value.strip().casefold().replace("-", "_").replace(" ", "_")
    if name in EDITABLE:
        return EDITABLE[name]
    if name in COLUMNS["people"]:
        text = f"{value!r} is a name; names are for people merge and people split"
        raise click.BadParameter(text, ctx, param)
    near = did_you_mean(name, EDITABLE)
    every = ", ".join(each.replace("_", "-") for each in EDITABLE)
    hint = f"did you mean {near.replace('_', '-')}?" if near else f"fields are: {every}"
    text = f"{value!r} is no field that can be set; {hint}"
    raise click.BadParameter(text, ctx, param)


def _columns(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from refgraph.keeping.set_field import EDITABLE

    names = [each.replace("_", "-") for each in EDITABLE]
    return [name for name in names if name.startswith(incomplete.casefold())]


@listed("Keep the book")
@click.command("people merge")
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@click.argument(
    "others",
    metavar="OTHER...",
    nargs=-1,
    required=True,
    callback=as_field("name"),
    shell_complete=complete.people,
)
@click.option(
    "--prefer",
    type=click.Choice(("first", "second")),
    help="Whose facts stand where both have a row in people.csv and they differ.",
)
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@book_options(argument=False, asking=False)
def merge(
    source: Source, person: str, others: tuple[str, ...], prefer: str | None, *, dry_run: bool
) -> None:
    """Record that each OTHER is another name of PERSON, as an alias in people.csv.

    The rows of referrals and touches stay as they are; they count for PERSON from now
    on. To undo it: refgraph undo, or later: refgraph people split OTHER

    \b
    Examples:
      refgraph people merge "Ann Lee" "A. Lee" -b mybook
      refgraph people merge "Ann Lee" "A. Lee" "Lee, Ann" Annie -b mybook
    """
    from refgraph.keeping.merge import merge as record

    change = with_names(
        lambda *each: record(
            source.path, *each, options=source.reading, prefer=prefer, dry_run=dry_run
        ),
        person,
        *others,
    )
    _tell(change, dry_run=dry_run)
    for alias in change.aliases:
        _tell_rows(change, alias, f"for {change.person!r}", dry_run=dry_run)
    if dry_run:
        return
    later = "; ".join(
        f"refgraph people split {shlex.quote(alias)}{source.again}" for alias in change.aliases
    )
    if len(change.before) > 1 or (change.before and change.notes):
        later += f"; then put back in {change.path} the rows marked - above"
    click.echo(f"Undo: refgraph undo{source.again}. Later: {later}", err=True)


@listed("Keep the book")
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
    (alias,) = change.aliases
    _tell_rows(change, alias, "for that name again", dry_run=dry_run)


@listed("Keep the book")
@click.command("people set")
@click.argument("person", callback=as_field("name"), shell_complete=complete.people)
@click.argument("field", callback=_read_column, shell_complete=_columns)
@click.argument("value")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@book_options(argument=False, asking=False)
def set_(source: Source, person: str, field: Field, value: str, *, dry_run: bool) -> None:
    """Write VALUE as the FIELD of PERSON in people.csv, as their role or group.

    A blank VALUE clears the field; several offers or needs have ; between them. Somebody who
    has no row gets one, and an older file gets the column. For names there are
    people merge and people split.

    \b
    Examples:
      refgraph people set "Ann Lee" role client -b mybook
      refgraph people set "Ann Lee" do-not-refer yes -b mybook
      refgraph people set "Ann Lee" offers "tax law; wills" -b mybook
    """
    from refgraph.keeping.set_field import set_field

    context = click.get_current_context()
    said = next(each for each in context.command.params if each.name == "value")
    if value.strip():
        read = as_field(field)(context, said, value)
        if field.dtype == "day":
            value = str(settle_days({"day": read}, today_in(source.book, source.today))["day"])
    change = with_names(
        lambda name: set_field(
            source.path, name, field.name, value, source.reading, dry_run=dry_run
        ),
        person,
    )
    if change.before == change.after:
        is_blank = f"no {field.name}" if not change.text else f"{field.name} {change.text!r}"
        click.echo(f"{change.person!r} has {is_blank} already; nothing was written.", err=True)
        return
    _tell(change, dry_run=dry_run)
    if not change.before:
        click.echo(f"Note: {change.person!r} had no row in {change.path}.", err=True)
    if change.grown:
        click.echo(f"Note: {change.path} has now {field.name} too.", err=True)
    tell_unused("people", [{field.name: change.text}])
    if not dry_run:
        click.echo(f"Undo: refgraph undo{source.again}", err=True)


def _tell(change: Change | FieldSet, *, dry_run: bool) -> None:
    """Show the rows of people.csv as they stood and as they stand."""
    done = "Nothing was written; this would change in" if dry_run else "Changed"
    click.echo(f"{done} {change.path}:", err=True)
    for sign, rows in (("-", change.before), ("+", change.after)):
        for row in rows:
            click.echo(f"{sign} {row}", err=True)
    for note in change.notes:
        click.echo(note, err=True)


def _tell_rows(change: Change, alias: str, whose: str, *, dry_run: bool) -> None:
    """Say which rows of an alias count for somebody."""
    rows = change.rows[alias]
    told = count(sum(map(len, rows.values())), "row")
    will = "would count" if dry_run else ("counts" if told == "1 row" else "count")
    click.echo(f"{told} of {alias!r} {will} {whose}{_where(rows)}", err=True)


def _where(rows: Mapping[str, Sequence[int]]) -> str:
    """Name the lines of each file."""
    if not rows:
        return "."
    listed = []
    for path, lines in rows.items():
        every = ", ".join(f"{line:,}" for line in sorted(lines))
        listed.append(f"{pluralize(len(lines), 'line')} {every} of {path}")
    return f": {'; '.join(listed)}."
