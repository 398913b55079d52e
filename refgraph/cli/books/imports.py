"""The command that takes an export of another program into a book."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.books.write_session import tell_unused
from refgraph.cli.printing.written import print_text
from refgraph.cli.reading.chosen_book import path_of, tell_recovered
from refgraph.cli.reading.options import DELIMITERS, as_field, read_columns, read_encoding
from refgraph.cli.reading.who import with_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.imports import Prepared
    from refgraph.keeping.append import Added
    from refgraph.reading import ReadOptions

__all__ = ["import_"]


def _of_the_book(name: str, **more: Any) -> Callable[[Any], Any]:
    """Give the option that says how the book is written, where FILE has one of that name."""
    return click.option(f"--book-{name}", help=f"As --{name} of other commands.", **more)


def _reading(said: dict[str, Any]) -> ReadOptions:
    """Give how the book is written, as the options of other commands say it."""
    from refgraph.reading import ReadOptions

    named = {name.removeprefix("book_"): value for name, value in said.items()}
    header, columns = not named.pop("no_header"), named.pop("columns") or {}
    limits = {name: named.pop(name) for name in ("max_rows", "max_people")}
    named |= {name: most for name, most in limits.items() if most is not None}
    return ReadOptions(header=header, columns=columns, **named)


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("-b", "--book", metavar="PATH", help="The book to add to.")
@click.option("--dry-run", is_flag=True, help="Print the rows that would be added; write nothing.")
@click.option("--partial", is_flag=True, help="Take the other rows even if some are refused.")
@click.option("--rules", metavar="RULES", help="A rules file, or the name of a layout.")
@click.option("--me", metavar="NAME", callback=as_field("name"), help="Whose book it is.")
@click.option("--new", is_flag=True, help="With --me: NAME is somebody new in the book.")
@click.option("--new-people", is_flag=True, help="Take every referrer as a person.")
@click.option(
    "--today",
    metavar="DATE",
    callback=as_field("day"),
    help="The last day that is not in the future.",
)
@click.option(
    "--date",
    "day",
    metavar="DATE",
    callback=as_field("day"),
    help="The day of rows that have none.",
)
@click.option("--date-format", metavar="FORMAT", help="How its dates are written, like %d/%m/%Y.")
@click.option(
    "--decimal", type=click.Choice(["point", "comma"]), help="The decimal mark of its amounts."
)
@click.option("--encoding", metavar="NAME", help="How its text is encoded, if not as UTF-8.")
@click.option("--sheet", metavar="NAME", help="Which sheet of a workbook holds it.")
@click.option(
    "--delimiter",
    type=click.Choice(["comma", "semicolon", "tab", "pipe"]),
    help="What separates its fields.",
)
@_of_the_book("columns", metavar="OURS=THEIRS,...", callback=read_columns)
@_of_the_book("no-header", is_flag=True)
@_of_the_book("comment", metavar="TEXT")
@_of_the_book("delimiter", type=click.Choice(DELIMITERS))
@_of_the_book("date-format", metavar="FORMAT")
@_of_the_book("decimal-comma", is_flag=True)
@_of_the_book("encoding", metavar="NAME", callback=read_encoding)
@_of_the_book("max-rows", type=click.IntRange(min=1))
@_of_the_book("max-people", type=click.IntRange(min=1))
@click.pass_context
def import_(
    ctx: click.Context, /, book: str | None, *, dry_run: bool, partial: bool, **asked: Any
) -> None:
    """Add what is new in FILE, an export of another program, to a book.

    Recognised by their headers: refgraph's own tables, a table with direction
    and person, a networking group's slip audit (CSV or Excel .xls of XML),
    LinkedIn's Connections.csv, Google Contacts, and the contacts and deals of
    HubSpot, Salesforce, Zoho, Pipedrive, Clio and Dynamics; any list of
    contacts with a column "Referred by" or "Referral source". Importing a
    file again adds nothing, and an overlapping one only what is new.

    For anything else, say in a rules file what the columns mean:

    \b
      skip        1                        leave out lines at the top
      fields      date, , giver, receiver  our name for each column, in order
      column      giver "From" | "Sender"  or by header; "A" + "B" joins two
      set         role "client"            what a blank cell holds
      date-format %d/%m/%Y
      decimal     comma
      if "Type" ~ "visitor" skip           ~ holds the text, = is the text
      if "Stage" = "Won" set status "won"
      rename      "A. Lee" -> "Ann Lee"
      new         "Cy Dunn"                a referrer whom the book lacks; * is all
      like        hubspot                  change a layout that is shipped

    \b
    Examples:
      refgraph import Connections.csv -b mybook --dry-run
      refgraph import slips.xls -b data/chapter --date 2026-09-30
      refgraph import clients.csv -b mybook --rules clients.rules
    """
    from refgraph.errors import LedgerError
    from refgraph.imports import Request, carry_out, prepare
    from refgraph.imports.preview import as_ledger, tally

    if "" in (book, asked["file"]):
        msg = "FILE and the book need a name each; - is standard input"
        raise click.UsageError(msg)
    if asked["rules"] == "":
        msg = "the rules file has no name; leave out --rules, or name a file or a layout"
        raise click.UsageError(msg)
    reading = _reading({name: asked.pop(name) for name in [*asked] if name.startswith("book_")})
    request = Request(book=path_of(book), reading=reading, **asked)
    tell_recovered(request.book)
    prepared = with_names(
        lambda *me: prepare(replace(request, me=me[0]) if me else request),
        *([] if request.me is None else [request.me]),
        new=True,
    )
    plan = prepared.plan
    for line in _told(prepared):
        click.echo(line, err=True)
    wanted = partial or not plan.problems
    try:
        done = carry_out(prepared, dry_run=dry_run) if wanted else []
    except LedgerError:
        click.echo(f"Nothing {'would be' if dry_run else 'was'} written.", err=True)
        raise
    if wanted and dry_run:
        print_text(as_ledger(plan, hides=prepared.hides))
    else:
        _tell_done(prepared, done)
    click.echo(tally(plan, partial=partial), err=True)
    if done and not dry_run:
        named = "" if book is None else f" -b {shlex.quote(book)}"
        click.echo(f"Undo: refgraph undo{named}", err=True)
    if not wanted or plan.places_no_referral:
        ctx.exit(1)


def _tell_done(prepared: Prepared, done: list[Added]) -> None:
    """Say what was written, and what of it nothing uses."""
    if prepared.begins and done:
        click.echo(f"Made the book {prepared.request.book}.", err=True)
    for added in done:
        click.echo(f"Added {added}", err=True)
    for table, rows in prepared.plan.rows.items() if done else ():
        tell_unused(table, rows)


def _told(prepared: Prepared) -> list[str]:
    """Say what was decided, what is refused, and what has no place, as far as it may be shown."""
    plan, paragraphs = prepared.plan, prepared.paragraphs
    if not prepared.hides:
        notes = [f"Note: {note}" for note in plan.notes]
        return [*notes, *map(str, plan.problems.told()), *paragraphs]
    from refgraph.reading.redaction import concealed, redacted_text

    notes = [f"Note: {note}" for note in filter(None, map(redacted_text, plan.notes))]
    told = [*notes, *map(str, map(concealed, plan.problems.told()))]
    hidden = "What found no place is not shown, as the profile of the book is health."
    return [*told, *([hidden] if paragraphs else [])]
