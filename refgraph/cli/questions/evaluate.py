"""The command that tries the ranking on the past of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.chosen_book import UNORDERED
from refgraph.cli.reading.options import book_options, for_option, half_life_option, horizon_option

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["evaluate"]

_MANY = 200_000  # rows, beyond which the rules take minutes


@listed("Whom to refer")
@click.command()
@for_option("Test the gifts of this person alone.")
@click.option("--calibration", is_flag=True, help="Set what was expected against what came of it.")
@horizon_option
@half_life_option
@click.option(
    "--samples",
    type=click.IntRange(100, 100_000),
    help="How often people are drawn for the intervals; 500 if not given.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**53),
    help="The seed of the draws; 0 if not given.",
)
@book_options()
@output_options(long=False)
def evaluate(
    source: Source,
    output: Output,
    whose: str | None,
    *,
    calibration: bool,
    horizon: int,
    half_life: float,
    samples: int | None,
    seed: int | None,
) -> None:
    """Try refer-first on this book's own past: what was foretold, and what was gained.

    Which gifts come back: the newest 40% of those whose horizon has passed are tested,
    each with what was on record before its day. The expected return is set beside simple
    rules: who gave before, how often, how lately, who returns most, who is close in the
    network. All gifts are tested, whoever made them, or only those of the person after
    --for.

    What the top of the list gained: gifts after a horizon of silence, those of the me of
    the book if it has one, are looked up in the list as it stood before, and what came
    back is counted above what the same people send on silent days without a gift.

    Each question is answered by itself, or it is said that the book is too small to tell,
    and how many more gifts it needs.

    \b
    Examples:
      refgraph evaluate data/adviser --explain
      refgraph evaluate data/adviser --for "Dana Whitfield"
      refgraph evaluate data/chapter --calibration
    """
    from refgraph.report.questions.trying import CALIBRATION, EVALUATE

    if calibration and (samples is not None or seed is not None):
        msg = "nothing is drawn for --calibration; leave out --samples and --seed"
        raise click.UsageError(msg)
    book, (person,) = source.compare(whose, undated=UNORDERED)
    if not calibration and len(book.dates) > _MANY:
        click.echo(
            f"Note: {len(book.dates):,} rows: setting every rule beside them takes many "
            f"minutes; --calibration asks the list alone.",
            err=True,
        )
    if calibration:
        answer = CALIBRATION(book, person, horizon=horizon, half_life=half_life)
        output.show(CALIBRATION, answer, book)
        return
    answer = EVALUATE(
        book,
        person,
        horizon=horizon,
        half_life=half_life,
        samples=samples or 500,
        seed=seed or 0,
        answered=output.form in ("table", "md"),
    )
    output.show(EVALUATE, answer, book)
