"""The command that takes an export of another program into a book."""

from __future__ import annotations

import shlex
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.books.import_questions import Answered, say_options, settle
from refgraph.cli.books.write_session import tell_unused
from refgraph.cli.capture.capture_import import Asking, accepted_of, is_archive
from refgraph.cli.headings import listed
from refgraph.cli.printing.written import print_text, write_text
from refgraph.cli.reading.chosen_book import path_of, tell_recovered
from refgraph.cli.reading.import_options import (
    of_the_book,
    read_book_options,
    read_our_columns,
    read_renames,
)
from refgraph.cli.reading.import_parts import as_each_has, parts_taken, tell_nowhere
from refgraph.cli.reading.options import DELIMITERS, as_field, read_columns, read_encoding
from refgraph.cli.reading.typed_day import settle_days, today_in
from refgraph.cli.reading.who import at_terminal, with_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from refgraph.errors import Problem
    from refgraph.imports import Prepared, Request
    from refgraph.keeping.append import Added

__all__ = ["import_"]


@listed("Keep the book")
@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1)
@click.option("-b", "--book", metavar="PATH", help="The book to add to.")
@click.option("--dry-run", is_flag=True, help="Print the rows that would be added; write nothing.")
@click.option(
    "--proposals",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what mail and calendars propose to a CSV file; nothing else is written.",
)
@click.option("--accept", metavar="FILE", help="Take in what was accepted in such a file.")
@click.option("--mine", metavar="ADDRESS", multiple=True, help="A mail address of yours.")
@click.option(
    "--problems",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every problem to a CSV file.",
)
@click.option(
    "--save-rules",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was understood as a rules file, to be edited and given to --rules.",
)
@click.option("--partial", is_flag=True, help="Take the other rows even if some are refused.")
@click.option(
    "--update", "changed", flag_value="update", help="Write what was edited in FILE since."
)
@click.option(
    "--as-new", "changed", flag_value="new", help="Take edited rows as rows of their own."
)
@click.option("--rules", metavar="RULES", help="A rules file, or the name of a layout.")
@click.option("--me", metavar="NAME", callback=as_field("name"), help="Whose book it is.")
@click.option("--new", is_flag=True, help="With --me: NAME is somebody new in the book.")
@click.option("--new-people", is_flag=True, help="Take every referrer as a person.")
@click.option(
    "--new-person",
    "newcomers",
    metavar="NAME",
    multiple=True,
    callback=as_field("name"),
    help="A referrer who is a person, though the book knows none of that name.",
)
@click.option(
    "--rename",
    "renames",
    metavar="TEXT=NAME",
    multiple=True,
    callback=read_renames,
    help="TEXT in FILE is NAME in the book.",
)
@click.option(
    "--columns",
    metavar="OURS=THEIRS,...",
    callback=read_our_columns,
    help="What columns of FILE are: giver=From,receiver=Sent To; void= counts every row.",
)
@click.option(
    "--above",
    metavar="HEADER",
    multiple=True,
    help="In this column of FILE a blank cell says the same as the one above.",
)
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
@click.option(
    "--date-format",
    metavar="FORMAT",
    is_eager=True,
    help="How its dates are written, like %d/%m/%Y.",
)
@click.option(
    "--decimal", type=click.Choice(["point", "comma"]), help="The decimal mark of its amounts."
)
@click.option("--currency", metavar="CODE", help="That of amounts which do not say it: USD.")
@click.option(
    "--repeats",
    "keeps_repeats",
    type=click.Choice(["leave", "keep"]),
    default="leave",
    callback=lambda _ctx, _param, said: said == "keep",
    help="Whether a row that repeats another is left out, or a referral of its own.",
)
@click.option("--encoding", metavar="NAME", help="How its text is encoded, if not as UTF-8.")
@click.option("--table", "--sheet", "sheet", metavar="NAME", help="Which sheet or table holds it.")
@click.option("--sql", metavar="QUERY", help="What of a database: SELECT ...")
@click.option(
    "--delimiter",
    type=click.Choice(["comma", "semicolon", "tab", "pipe"]),
    help="What separates its fields.",
)
@of_the_book("columns", metavar="OURS=THEIRS,...", callback=read_columns)
@of_the_book("no-header", is_flag=True)
@of_the_book("comment", metavar="TEXT")
@of_the_book("delimiter", type=click.Choice(DELIMITERS))
@of_the_book("date-format", metavar="FORMAT")
@of_the_book("decimal-comma", is_flag=True)
@of_the_book("encoding", metavar="NAME", callback=read_encoding)
@of_the_book("max-rows", type=click.IntRange(min=1))
@of_the_book("max-people", type=click.IntRange(min=1))
@click.pass_context
def import_(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    book: str | None,
    *,
    dry_run: bool,
    partial: bool,
    accept: str | None,
    mine: tuple[str, ...],
    problems: Path | None,
    proposals: Path | None,
    save_rules: Path | None,
    **asked: Any,
) -> None:
    """Add what is new in FILE, an export of another program, to a book.

    Several files, and several sheets of a workbook, come in one after the
    other: referrals sent in one and received in another, for example.

    Recognised by their headers: refgraph's own tables, a table with direction
    and person, a networking group's slip audit (CSV or Excel .xls of XML),
    LinkedIn's Connections.csv, Google Contacts, and the contacts and deals of
    HubSpot, Salesforce, Zoho, Pipedrive, Clio and Dynamics; any list of
    contacts with a column "Referred by" or "Referral source". Importing a
    file again adds nothing, and an overlapping one only what is new.
    inbox.txt is lines of words: "Ann Lee > me Okafor Dental", "thanks Ann".
    Mail (.mbox, .eml, a folder of them) and calendars (.ics) give proposals,
    each taken in where you say yes: with a key, or in a file.

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
      above       "From"                   a blank cell says the same as above
      like        hubspot                  change a layout that is shipped

    \b
    Examples:
      refgraph import Connections.csv -b mybook --dry-run
      refgraph import slips.xls -b data/chapter --date 2026-09-30
      refgraph import clients.csv -b mybook --rules clients.rules
      refgraph import archive.mbox calendar.ics -b mybook --proposals new.csv
      refgraph import --accept new.csv -b mybook
    """
    from refgraph.imports import Request
    from refgraph.keeping.engine.one_step import one_step

    _check_named(files, book, asked["rules"], accept)
    reading = read_book_options(
        {name: asked.pop(name) for name in [*asked] if name.startswith("book_")}
    )
    asked["changed"] = asked["changed"] or ""
    asked |= settle_days({"today": asked["today"]}, date.today())  # noqa: DTZ011  # their own day
    asked |= settle_days({"day": asked["day"]}, today_in(book, asked["today"]))
    first = [*files, str(accept)][0]
    request = Request(file=first, book=path_of(book), reading=reading, **asked)
    tell_recovered(request.book)
    archives = [file for file in files if is_archive(request, file)]
    tables = [replace(request, file=file) for file in files if file not in archives]
    parts = as_each_has([part for each in tables for part in parts_taken(each)])
    if save_rules is not None and len(parts) > 1:
        msg = "--save-rules is for one table: name one FILE, or one sheet of it with --sheet"
        raise click.UsageError(msg)
    found: list[Problem] = []
    nowhere, sound = [], True
    told = _told_of_each(parts, partial=partial, dry_run=dry_run)
    with nullcontext() if dry_run or len(told) < 2 else one_step(request.book):
        for each in told:
            prepared, answered = _settled(each)
            found += _problems(prepared)
            nowhere.append(prepared.plan.nowhere)
            with _rules_saved(save_rules, prepared):
                sound &= _take(prepared, book, dry_run=dry_run, partial=answered.partial)
            if answered.words:
                options = say_options(answered.words)
                click.echo(f"The same without a question: {options}", err=True)
    tell_nowhere(nowhere, parts)
    if not archives and proposals is not None:
        msg = "--proposals is for mail and calendars, and none of the files is one"
        raise click.UsageError(msg)
    asking = Asking(mine, proposals, dry_run=dry_run)
    for prepared in accepted_of(request, archives if sound else [], accept, asking):
        found += _problems(prepared)
        # each answer by a key stands for itself; a file is taken whole, as every other
        whole = accept is not None and not partial
        sound &= _take(prepared, book, dry_run=dry_run, partial=not whole)
    if problems is not None:
        write_text(problems, _as_table(found))
    if not sound:
        ctx.exit(1)


def _told_of_each(parts: list[Request], *, partial: bool, dry_run: bool) -> list[Answered]:
    """Give what is said of each table; of several, see first whether any cannot be written."""
    told = [Answered(part, partial) for part in parts]
    if len(parts) > 1 and not dry_run:  # nothing is written of any if one cannot be
        tried = [_settled(each, rows=False) for each in told]
        wrong = [] if partial or at_terminal() else [one for one in tried if one[0].plan.problems]
        told = [answered for _, answered in wrong or tried]
    return told


def _check_named(
    files: tuple[str, ...], book: str | None, rules: str | None, accept: str | None
) -> None:
    """Refuse a file, a book or rules without a name, and standard input beside other files."""
    if not files and accept is None:
        msg = "Missing argument 'FILE...'."
        raise click.UsageError(msg)
    if "" in (book, accept, *files):
        msg = "FILE and the book need a name each; - is standard input"
        raise click.UsageError(msg)
    if "-" in (*files, accept) and len(files) + (accept is not None) > 1:
        msg = "standard input is a file of its own: leave out the others"
        raise click.UsageError(msg)
    if rules == "":
        msg = "the rules file has no name; leave out --rules, or name a file or a layout"
        raise click.UsageError(msg)


def _settled(answered: Answered, *, rows: bool = True) -> tuple[Prepared, Answered]:
    """Prepare one file or sheet; at a terminal, ask about what is open in it."""
    if at_terminal():
        return settle(answered, _prepare, rows=rows)
    return _prepare(answered.request), answered


def _prepare(request: Request) -> Prepared:
    from refgraph.imports import prepare

    return with_names(
        lambda *me: prepare(replace(request, me=me[0]) if me else request),
        *([] if request.me is None else [request.me]),
        new=True,
    )


def _take(prepared: Prepared, book: str | None, *, dry_run: bool, partial: bool) -> bool:
    """Write what one file or sheet yields, or show it; tell whether it found its place."""
    from refgraph.errors import LedgerError
    from refgraph.imports import carry_out
    from refgraph.imports.preview import as_ledger, tally

    plan = prepared.plan
    wanted = (partial or not plan.problems) and not plan.places_no_referral
    told = _told(prepared)
    try:
        done = carry_out(prepared, dry_run=dry_run) if wanted else []
    except LedgerError:
        _say([*told, f"Nothing {'would be' if dry_run else 'was'} written."])
        raise
    _say([*(_understood(prepared) if wanted and dry_run else ()), *told])
    if wanted and dry_run:
        print_text(as_ledger(plan, hides=prepared.hides))
    else:
        _tell_done(prepared, done)
    nothing = "Nothing was written, as no referral of the file finds its giver."
    if not plan.listed.strangers:
        nothing = "Nothing was written, as each row names several people in one cell."
    _say([tally(plan, partial=partial), *[nothing] * plan.places_no_referral])
    if (done or (wanted and prepared.edits)) and not dry_run:
        named = "" if book is None else f" -b {shlex.quote(book)}"
        click.echo(f"Undo: refgraph undo{named}", err=True)
    return wanted


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
    from refgraph.reading.files.causes import by_cause

    plan, paragraphs = prepared.plan, prepared.paragraphs
    problems = by_cause(_problems(prepared), "--problems FILE writes them all")
    if not prepared.hides:
        return [*(f"Note: {note}" for note in plan.notes), *problems, *paragraphs]
    from refgraph.reading.redaction import redacted_text

    notes = [f"Note: {note}" for note in filter(None, map(redacted_text, plan.notes))]
    hidden = "What found no place is not shown, as the profile of the book is health."
    return [*notes, *problems, *([hidden] if paragraphs else [])]


def _understood(prepared: Prepared) -> list[str]:
    """Say the first rows as sentences, why the columns were taken so, and rules that say it."""
    from refgraph.imports.understood import say_examples, say_rules

    plan = prepared.plan
    told = [] if prepared.hides else say_examples(plan.rows["referrals"])
    if plan.reasons:
        told.append("What the columns were taken as, and why:")
        told += [f"  {line}" for line in plan.reasons]
    if plan.rules:
        told.append("Understood as these rules, which --save-rules FILE writes:")
        told += say_rules(plan.rules, hides=prepared.hides)
    return told


@contextmanager
def _rules_saved(path: Path | None, prepared: Prepared) -> Iterator[None]:
    """Write the rules that say what was understood after the book; refuse before, if none do."""
    if path is not None and not prepared.plan.rules:
        msg = f"{prepared.plan.path} has no line of headers that rules could name: "
        raise click.UsageError(msg + "leave out --save-rules")
    yield
    if path is not None:
        write_text(path, prepared.plan.rules)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)


def _problems(prepared: Prepared) -> list[Problem]:
    """Give the problems of the rows as they may be shown."""
    from refgraph.reading.redaction import concealed

    found = prepared.plan.problems.told()
    return [*map(concealed, found)] if prepared.hides else found


def _as_table(problems: list[Problem]) -> str:
    """Write the problems as a table, one a line."""
    from refgraph.reading.files.formula_safe_csv import as_csv

    names = ("path", "line", "message", "hint", "excerpt")
    rows = ({name: getattr(each, name) for name in names} for each in problems)
    return as_csv(names, rows, raw=False)
