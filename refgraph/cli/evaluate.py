"""The command that tries the ranking on the past of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.options import as_field, book_options, half_life_option, horizon_option
from refgraph.cli.output import output_options

if TYPE_CHECKING:
    from refgraph.cli.output import Output
    from refgraph.cli.source import Source

__all__ = ["evaluate"]


@click.command()
@click.option(
    "--for",
    "whose",
    metavar="PERSON",
    callback=as_field("name"),
    help="Test the gifts of this person alone.",
)
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
@output_options()
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
    """Try refer-first on this book's own past: what would it have foretold.

    The newest 40% of the gifts whose horizon has passed are tested, each with what was
    on record before its day, and set beside simple rules: who gave before, how often,
    how lately, who returns most, who is close in the network. Or it says that the book
    is too small to tell, and how many more closed gifts it needs. All gifts are tested,
    whoever made them, or only those of the person after --for.

    \b
    Examples:
      refgraph evaluate data/adviser --explain
      refgraph evaluate data/adviser --for "Dana Whitfield"
      refgraph evaluate data/chapter --calibration
    """
    from refgraph.report import evaluation

    if calibration and (samples is not None or seed is not None):
        msg = "nothing is drawn for --calibration; leave out --samples and --seed"
        raise click.UsageError(msg)
    book, (person,) = source.compare(whose, undated="left out, as nothing says what came first")
    if calibration:
        table, said = evaluation.calibration_table(
            book, person, horizon=horizon, half_life=half_life
        )
        output.emit(table, named="evaluate --calibration", footer=said, within=book)
        return
    table, said = evaluation.compared(
        book, person, horizon=horizon, half_life=half_life, samples=samples or 500, seed=seed or 0
    )
    aside = ("ahead_at_most", "brier", "calibration_error")
    output.emit(table, named="evaluate", footer=said, within=book, aside=aside)
