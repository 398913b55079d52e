"""The command for the short list of what is worth doing today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.printing.written import as_json, write_text
from refgraph.cli.reading.chosen_book import IN_PART
from refgraph.cli.reading.options import book_options, for_option
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["today"]

_TOP = 10


@listed("What to tend")
@click.command()
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=_TOP,
    show_default=True,
    metavar="N",
    help="Lines at most.",
)
@click.option("--do", "asks", is_flag=True, help="Go through the lines, with one key for each.")
@click.option(
    "--draft", type=click.IntRange(min=1), metavar="RANK", help="Write the message of this line."
)
@click.option(
    "--mailto", is_flag=True, help="In text: messages as links that open in a mail program."
)
@click.option(
    "--ics",
    "calendar",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the lines with a day to this file, for a calendar.",
)
@for_option()
@book_options(window=False)
@output_options(long=False)
def today(
    source: Source,
    output: Output,
    top: int,
    whose: str | None,
    draft: int | None,
    calendar: Path | None,
    *,
    asks: bool,
    mailto: bool,
) -> None:
    """List what is worth doing today: one line a person, the most worth first.

    In lanes: you owe, bring news, say thanks, save (a referral that leaks), stay close, give
    first, ask. What doing it this week is worth is the chance that it matters, times the
    share of it that waiting a week costs, times the weight of the lane, from [worth] in
    refgraph.toml; --explain shows each. What is worth less than one referral won in twenty
    hours can wait, and stands apart. Under each line stands the command that records it: it
    runs as it stands, and asks nothing. Nothing is ever sent.

    In a book without a "me" it is the list of who leads the chapter: who is new, who had no
    one-to-one, who gave nothing for 90 days; --for PERSON gives that of a member.

    --do goes line by line: d done, m message, s snooze for a week, w why, n not mine, q quit.

    \b
    Examples:
      refgraph today data/adviser
      refgraph today data/adviser --explain --top 3
      refgraph today data/adviser --draft 1
      refgraph today -b mybook --do
    """
    from refgraph.report.tending import today_text

    if asks and (output.form != "table" or output.path or calendar or draft):
        msg = "--do asks at the keyboard; leave out --draft, --ics and how to print"
        raise click.UsageError(msg)
    if asks and source.incognito:
        msg = "--do writes names into the book; leave --incognito out"
        raise click.UsageError(msg)
    book, (person,) = source.ask(whose, needs="nothing", undated=IN_PART)
    table = today_text.table(book, person, top=top, behind=source.behind)
    if asks:
        from refgraph.cli.books.day_session import go_through

        go_through(source, book, table, person)
        return
    if draft is not None:
        output.write(_drafted(book, table, draft, person, output.form, links=mailto))
        return
    _show(output, book, table, links=mailto)
    if calendar is not None:
        from refgraph.report.tending.calendar import ics
        from refgraph.report.views.plain_rows import rows_of

        write_text(calendar, ics(rows_of(table), book.today))


def _show(output: Output, book: Book, table: pd.DataFrame, *, links: bool) -> None:
    """Print the list: as a page, or as rows."""
    from refgraph.book import professional_limits
    from refgraph.report.tending import today_text
    from refgraph.report.views.plain_rows import rows_of

    if output.form == "table":
        rows = rows_of(table)
        text = today_text.page(book, rows, explain=output.explain, links=links)
        terms = professional_limits.conditions(book) or professional_limits.withheld(book)
        output.write(f"{text}\n{terms}\n" if terms else text)
        return
    columns = list(today_text.COLUMNS)
    if output.form == "md":
        columns = [name for name in columns if name not in ("message", "subject", "mailto")]
    footer = "" if len(table) else today_text.NOTHING
    output.emit(table[columns], named="today", footer=footer, within=book)


def _drafted(
    book: Book, table: pd.DataFrame, draft: int, whose: str | None, form: str, *, links: bool
) -> str:
    """Give the message of one line, as text or as JSON."""
    from refgraph.book import professional_limits
    from refgraph.report import drafts
    from refgraph.report.tending.messages import message

    if form not in ("table", "json"):
        msg = "--draft writes a message, not a table: as text, or with -O json"
        raise click.UsageError(msg)
    if draft > len(table):
        there = f"the last is {len(table):,}" if len(table) else "there is none"
        msg = f"There is no line of rank {draft:,}; {there}."
        raise RefgraphError(msg)
    if book.whose(whose) is None:
        msg = "Nobody signs a message: name a member with --for PERSON."
        raise RefgraphError(msg)
    line = table.iloc[draft - 1].to_dict()
    if line["person"] == book.whose(whose):
        msg = f"Line {draft:,} is for {line['person']} alone: there is nobody to write to."
        raise RefgraphError(msg)
    written = message(book, line, whose)
    terms = professional_limits.conditions(book)
    if form == "json":
        return as_json(written.plain() | ({"conditions": terms} if terms else {}))
    of = str(book.settings.profile) if book.settings.hides else ""
    told = drafts.text({"": written}, links=links, hidden=book.is_incognito, of=of)
    return f"{told}\n\n{terms}\n" if terms else told
