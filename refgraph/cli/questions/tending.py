"""Commands about what needs tending: thanks, referrals under way, and how it went over time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.chosen_book import LEFT_OUT
from refgraph.cli.reading.options import book_options, for_option
from refgraph.cli.reading.placed import is_asked_in_place

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["decisions", "pipeline", "thanks", "trend"]

_BY = ("handoff", "direction", "ask")


@listed("What to tend")
@click.command()
@click.option("--said", is_flag=True, help="List the thanks that were said, too.")
@for_option()
@book_options()
@output_options()
def thanks(source: Source, output: Output, whose: str | None, *, said: bool) -> None:
    """List whom to thank, what is late or was never said, and who is owed news.

    Thanks are due 2 days after a referral arrives, 7 after the first meeting, 7 after it is won,
    and once more a year after it came; a month later they count as never said. News is owed
    where a referral moved, and whoever gave it has not heard from you since. Record what you
    said with refgraph touch: thanks, or news.

    \b
    Examples:
      refgraph thanks data/adviser
      refgraph thanks data/adviser --said -O csv
    """
    from refgraph.report.questions.gratitude import THANKS

    book, (person,) = source.ask(whose, undated=LEFT_OUT)
    output.show(THANKS, THANKS(book, person, said=said), book)


@listed("What to tend")
@click.command()
@click.option(
    "--add",
    "table",
    metavar="FILE",
    help="Write down first what a table says: who, what, by when, and with whom if need be.",
)
@click.option("--new", is_flag=True, help="With --add: take names of somebody new without asking.")
@for_option("Only what names this person.")
@book_options(window=False)
@output_options()
def decisions(
    source: Source, output: Output, table: str | None, whose: str | None, *, new: bool
) -> None:
    """List what was decided, by when, and what of it is done.

    A decision is a touch of kind decision whose note says what and whose until by when. On that
    day it comes back in refgraph today, and it stands in the next review, until a touch of kind
    done with the same note.

    --add writes down what a meeting decided, all of it or nothing: a CSV file or a workbook
    with the columns who, what and by when ("me" is you). A row that says neither who nor by
    when was not decided and is left out, so the file to-decide.csv of refgraph review -o DIR
    --only csv can be filled in and handed over.

    \b
    Examples:
      refgraph decisions data/chapter
      refgraph decisions mybook --add decisions.csv
      refgraph touch "Ann Lee" decision --note "speaks in May" --until 2027-05-01
      refgraph touch "Ann Lee" done --note "speaks in May"
    """
    if table is not None:
        from refgraph.cli.books.decide import write_decisions

        write_decisions(source, table, new=new)
    elif new:
        msg = "--new goes with --add FILE"
        raise click.UsageError(msg)
    from refgraph.report.questions.tending import DECISIONS

    book, (person,) = source.ask(whose, needs="nothing")
    answer = DECISIONS(book, person)
    if source.incognito:  # what was decided is a note
        answer = replace(answer, said="What was decided is hidden with --incognito.")
    output.show(DECISIONS, answer, book)


@listed("What to tend")
@click.command()
@click.option("--leaks", is_flag=True, help="Only those over 30 days old, no contact recorded.")
@click.option(
    "--by",
    type=click.Choice(_BY),
    help="Count: what was won by how it was introduced, how many leak in each direction, or what"
    " asking led to.",
)
@for_option()
@book_options()
@output_options()
def pipeline(
    source: Source, output: Output, whose: str | None, by: str | None, *, leaks: bool
) -> None:
    """List the referrals under way, in both directions, and say how many leak.

    A referral is under way until it is won or lost: leaking after 30 days with no contact
    recorded, quiet after 30 days without news, stale after 90. The leak rate is the share
    of all referrals older than 30 days with no contact recorded; beside it stands what
    was only heard of. --by handoff counts what was won, of the closed ones only. --by ask
    lists whom you asked, and the referral that it led to: record that with refgraph touch
    PERSON ask --date DAY --about REFERRAL, the day you asked. Who wants not to be asked:
    refgraph touch PERSON ask --until DAY.

    \b
    Examples:
      refgraph pipeline data/adviser
      refgraph pipeline data/adviser --leaks
      refgraph pipeline data/adviser --by handoff
    """
    from refgraph.report.questions import tending

    if by and leaks:
        msg = "--leaks goes with the list, not with --by"
        raise click.UsageError(msg)
    book, (person,) = source.ask(whose, undated=LEFT_OUT)
    if by:
        counts = (tending.PIPELINE_BY_HANDOFF, tending.LEAKS_BY_DIRECTION, tending.ASKS)
        question = dict(zip(_BY, counts, strict=True))[by]
        output.show(question, question(book, person), book)
        return
    output.show(tending.PIPELINE, tending.PIPELINE(book, person, leaks=leaks), book)


@listed("What to tend")
@click.command()
@click.option(
    "--by",
    type=click.Choice(["quarter", "month"]),
    default="quarter",
    show_default=True,
    help="How long a period is.",
)
@for_option()
@click.option(
    "--samples",
    type=click.IntRange(min=99),
    default=999,
    show_default=True,
    help="Draws for the band of chance.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="The seed of the draws.",
)
@book_options()
@output_options()
def trend(
    source: Source, output: Output, whose: str | None, by: str, samples: int, seed: int
) -> None:
    """Show by quarter or month how it went, and what of that is more than chance.

    Given, received, people with both, reciprocity, median days to thanks, and the share that
    leaks. "Beyond" names what is outside its band: where each day with a referral is put on
    another day of the record by lot, with all that passed on it, in 95% of the draws nothing
    leaves its band. Of a period that is not whole, of a few days, and of people with both and
    reciprocity, nothing is claimed. A rise or fall over the whole time of what was given and
    received is tested as well, by how late these days are.

    \b
    Examples:
      refgraph trend data/adviser
      refgraph trend data/adviser --by month -o trend.csv
    """
    from refgraph.report.questions.tending import TREND

    if is_asked_in_place(source):
        from refgraph.cli.printing import asked_in_place

        asked_in_place.trend(source, output, whose, by=by, samples=samples, seed=seed)
        return
    book, (person,) = source.ask(whose, undated=LEFT_OUT)
    output.show(TREND, TREND(book, person, by=by, samples=samples, seed=seed), book)
