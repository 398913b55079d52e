"""The command that checks a book: silent when all is well."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from refgraph.cli.commands import tally
from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.printing.written import as_json
from refgraph.cli.reading.options import book_options
from refgraph.errors import LedgerError
from refgraph.progress import doing
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source
    from refgraph.errors import Problem
    from refgraph.reading import Record

__all__ = ["check"]


def chosen(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Read the names of checks, several in one option too."""
    from refgraph.reading import checks
    from refgraph.schema.values import did_you_mean

    names = [name.strip() for text in value for name in text.split(",")]
    for name in names:
        if name not in checks.NAMES:
            near = did_you_mean(name, checks.NAMES)
            hint = f"did you mean {near}?" if near else f"checks are: {', '.join(checks.NAMES)}"
            text = f"{name!r} is not a check; {hint}"
            raise click.BadParameter(text, ctx, param)
    return tuple(names)


@listed("Keep the book")
@click.command()
@click.option("--strict", is_flag=True, help="Check people, ordereddates and duplicates too.")
@click.option(
    "--only", metavar="NAME", multiple=True, callback=chosen, help="Run just these checks."
)
@book_options(window=False, place=False)
@output_options("table", "json", table=False)
@click.pass_context
def check(
    ctx: click.Context, source: Source, output: Output, *, strict: bool, only: tuple[str, ...]
) -> None:
    """Check a book and list every problem; silent when all is well.

    \b
    Always:
      parseable     encoding, quotes, columns and settings
      complete      the last line ends in a newline
      fields        every other cell holds what its column may
      dates         days that exist, and are at most a day after today
      counts        whole numbers above 0
      distinct      nobody refers to themselves
      ids           each is used once; statuses.csv names only known ones
      aliases       each stands for one person
      assertions    the totals of assertions.csv are those of the book
    With --strict:
      people        everyone is in people.csv, if there is one
      ordereddates  rows stand in the order of their dates
      duplicates    no row repeats another
    By name only:
      lookalikes    no two names that may be one person
      spreadsheet   no cell that a spreadsheet would compute
      recent        nobody unheard of for longer than their cadence

    A row of assertions.csv (date, person, given, received, note) says what somebody
    has given or received up to that day, as a chapter reports it, for example.

    \b
    Examples:
      refgraph check data/adviser
      refgraph check data/adviser --strict
      refgraph check data/adviser --only recent
      refgraph check referrals.csv -O json
    """
    if strict and only:
        msg = "--only names the checks; leave out --strict"
        raise click.UsageError(msg)
    from refgraph.reading import checks

    names = set(only) or {"assertions", *(checks.STRICT if strict else ())}
    problems = source.hidden(_found(source, names))
    shown = [problem for problem in problems if not only or problem.check in names]
    if output.form == "json":
        rows = [
            {
                "filename": problem.path,
                "lineno": problem.line,
                "message": problem.message,
                "excerpt": problem.excerpt,
                "hint": problem.hint,
                "check": problem.check,
                "column": problem.column,
            }
            for problem in shown
        ]
        output.write(as_json(rows))
    elif shown:
        output.write("\n".join([*map(str, shown), tally(LedgerError(shown))]) + "\n")
    if left := len(problems) - len(shown):
        click.echo(
            f"{count(left, 'other problem')} not shown: refgraph check without --only.", err=True
        )
    if shown:
        ctx.exit(1)


def _found(source: Source, names: set[str]) -> list[Problem]:
    """Read the book, and run the checks over all rows that can be read."""
    from refgraph.reading import checks
    from refgraph.reading.files.bounded_bytes import is_read_once

    record, problems = _tried(source, names)
    if record is None and not is_read_once(source.path):  # once more, without the bad rows
        with suppress(LedgerError):  # a file cannot be read at all, which is among the problems
            record = source.record(skip_bad=True)
    if record is None:
        return problems
    more = {}
    if "lookalikes" in names:
        from refgraph.lookalikes.check import one_person

        more["lookalikes"] = one_person
    with doing("Checking the rows"):
        problems += checks.found(record, names, source.reading, more)
    return sorted(problems, key=lambda each: (each.path, each.line))


def _tried(source: Source, names: set[str]) -> tuple[Record | None, list[Problem]]:
    """Read the book, or give what is wrong with it and nothing that was read."""
    try:
        record = source.record(skip_bad=source.skip_bad)
    except LedgerError as error:
        return None, list(error.problems)
    if "duplicates" in names:  # it lists them
        from refgraph.reading.checks.repeats import tell_repeats

        repeats = tell_repeats(record.referrals, record.repeats)
        record = replace(record, notes=tuple(n for n in record.notes if n not in repeats))
    source.tell(record)
    return record, list(record.skipped)
