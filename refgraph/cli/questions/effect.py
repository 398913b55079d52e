"""The command that asks whether giving brings anything back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import PICTURE, output_options
from refgraph.cli.reading.chosen_book import UNORDERED
from refgraph.cli.reading.options import book_options, for_option, horizon_option

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["effect"]


@listed("Whom to refer")
@click.command()
@for_option("The gifts of this person instead of mine.")
@horizon_option
@click.option(
    "--samples",
    type=click.IntRange(100, 100_000),
    default=1000,
    show_default=True,
    help="How often people are drawn anew for the ranges.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**53),
    default=0,
    show_default=True,
    help="The seed of the draws.",
)
@book_options()
@output_options(long=False, pictures=True)
def effect(
    source: Source, output: Output, whose: str | None, *, horizon: int, samples: int, seed: int
) -> None:
    """Show whether giving brings anything back, beyond what comes anyway.

    Gifts made after --horizon days in which nothing passed between the two are set against
    days of the same people with the same silence and no gift; both are followed for as many
    days. Negative controls look at what a gift cannot have changed: if one of them fails,
    no answer is given. Without a "me", everybody's gifts are taken together.
    A file that ends in .png, .svg or .pdf after -o gets a picture.

    \b
    Examples:
      refgraph effect data/adviser --explain
      refgraph effect data/chapter -o effect.png
      refgraph effect data/chapter --for "Gwen Aldridge" --horizon 90 -O json
    """
    from refgraph.report.questions.trying import EFFECT

    book, (person,) = source.compare(whose, undated=UNORDERED)
    if output.form != PICTURE:
        answer = EFFECT(book, person, horizon=horizon, samples=samples, seed=seed)
        output.show(EFFECT, answer, book)
        return
    from refgraph.book import professional_limits
    from refgraph.maps.kinds.effect import draw
    from refgraph.report.sections import effect as report

    told = report.ask(book, person, horizon=horizon, samples=samples, seed=seed)
    said, terms = report.finding(told), professional_limits.conditions(book)
    scene = draw.draw(told.found, told.controls, said, conditions=terms)
    output.save(scene)
