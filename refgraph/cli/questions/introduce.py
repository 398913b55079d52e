"""The command that suggests whom to introduce to whom, with the messages for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.printing.written import as_json
from refgraph.cli.reading.options import as_field, book_options, for_option

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["introduce"]


@listed("Whom to refer")
@click.command()
@click.argument("person", required=False, callback=as_field("name"))
@click.option(
    "--draft",
    type=click.IntRange(min=1),
    metavar="RANK",
    help="Write the three messages for the introduction of this rank.",
)
@click.option("--mailto", is_flag=True, help="With --draft: as links that open in a mail program.")
@for_option("Who would introduce them, instead of me.")
@book_options(argument=False)
@output_options()
def introduce(
    source: Source,
    output: Output,
    person: str | None,
    draft: int | None,
    whose: str | None,
    *,
    mailto: bool,
) -> None:
    """Show who could be introduced to whom: one needs what the other offers.

    They are people whom no referral has brought together, by the words of their needs,
    offers and professions; [synonyms] in refgraph.toml adds other words. Best fit comes
    first, then the mean standing of the two on the bench. Without PERSON nobody appears
    twice: the best pair is taken, then the best of the rest. With PERSON it is every
    introduction of that person.

    --draft writes what to send: ask the one, ask the other, and introduce them when both
    have said yes.

    \b
    Examples:
      refgraph introduce -b data/adviser
      refgraph introduce "Priya Raman" -b data/adviser
      refgraph introduce -b data/adviser --draft 1
    """
    from refgraph.report.questions.suggesting import INTRODUCE

    if mailto and draft is None:
        msg = "--mailto goes with --draft RANK"
        raise click.UsageError(msg)
    if draft is not None and (output.form not in ("table", "json") or output.explain):
        msg = "--draft writes messages, not a table: as text, or with -O json"
        raise click.UsageError(msg)
    book, (about, introducer) = source.ask(person, whose, needs="people")
    answer = INTRODUCE(book, about, introducer)
    if draft is None:
        output.show(INTRODUCE, answer, book)
    else:
        text = _drafted(book, answer.table, draft, introducer, output.form, links=mailto)
        output.write(text)


def _drafted(
    book: Book, table: pd.DataFrame, draft: int, whose: str | None, form: str, *, links: bool
) -> str:
    from refgraph.book import professional_limits
    from refgraph.errors import RefgraphError
    from refgraph.report import drafts
    from refgraph.report.views.plain_rows import rows_of

    if draft > len(table):
        there = f"the last is {len(table):,}" if len(table) else "there is none"
        msg = f"There is no introduction of rank {draft:,}; {there}."
        raise RefgraphError(msg)
    row: dict[str, Any] = rows_of(table.iloc[[draft - 1]])[0]
    messages, terms = drafts.introduction(book, row, whose), professional_limits.conditions(book)
    if form == "json":
        written = {name: message.plain() for name, message in messages.items()}
        return as_json(row | written | ({"conditions": terms} if terms else {}))
    of = str(book.settings.profile) if book.settings.hides else ""
    told = drafts.text(messages, links=links, hidden=book.is_incognito, of=of)
    if terms:
        told = f"{told}\n\n{terms}\n"
    if book.whose(whose) != book.me:  # touches are those of me
        return told
    done = (
        f"When they have met, note it in touches.csv: an introduction with {row['person']}, and "
        f"{row['introduce_to']} in its note. It is not suggested again."
    )
    return f"{told}\n\n{done}\n"
