"""Commands that suggest what to give next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.options import book_options, for_option, half_life_option, horizon_option

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["refer_first"]


@listed("Whom to refer")
@click.command("refer-first")
@click.option("--everyone", is_flag=True, help="Score all people, not only the candidates.")
@for_option("Look from this person instead of me.")
@click.option(
    "--role",
    type=click.Choice(["client", "partner", "none"]),
    help="Only clients, only partners, or only people without a role.",
)
@click.option("--never", is_flag=True, help="Only who never had a referral from you.")
@click.option("--settle", is_flag=True, help="Only those whose referrals to you are still open.")
@click.option(
    "--first-tries",
    metavar="N",
    type=click.IntRange(0, 5),
    default=2,
    show_default=True,
    help="Of every ten places, keep the last N for first tries, the widest ranges first.",
)
@click.option("--parts", is_flag=True, help="Show what the expected return is made of.")
@horizon_option
@half_life_option
@book_options()
@output_options()
def refer_first(
    source: Source,
    output: Output,
    whose: str | None,
    *,
    everyone: bool,
    role: str | None,
    never: bool,
    settle: bool,
    first_tries: int,
    parts: bool,
    horizon: int,
    half_life: float,
) -> None:
    """Show whom to refer first, why, and whom to introduce to them.

    By "added": how many referrals one more from you is expected to bring within
    --horizon days beyond what comes anyway, either with the middle 95% of what it may be. People
    are compared with themselves: what they sent after gifts, and at other times. Candidates
    are clients, partners and people without a role, in four parts: start (never had anything
    from you, whatever they sent), settle (had something, and more of theirs is open), again
    (a further gift), first try (never had one, out of turn: a referral tells how they answer).
    JSON and CSV are one list by rank. A page shows the parts one below the other, start
    first (of whom those who gave you something come first), by added in each, so that the
    most added may stand further down: the page says on which line.
    "You" is the person who would give the referral: me, or the one after --for.
    JSON, CSV and Markdown hold the evidence too, down to the ids of the rows behind it.

    \b
    Example:
      refgraph refer-first data/adviser
    """
    from refgraph.report.questions.suggesting import REFER_FIRST

    book, (person,) = source.ask(whose, needs="people")
    answer = REFER_FIRST(
        book,
        person,
        everyone=everyone,
        parts=parts,
        role="" if role == "none" else role,
        never=never,
        settle=settle,
        first_tries=first_tries,
        horizon=horizon,
        half_life=half_life,
        most=output.most,
    )
    output.show(REFER_FIRST, answer, book)
