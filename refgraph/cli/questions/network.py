"""Commands about the network as a whole: how mutual it is, and who connects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refgraph.cli.headings import listed
from refgraph.cli.printing.output import output_options
from refgraph.cli.reading.chosen_book import UNORDERED
from refgraph.cli.reading.options import as_field, book_options, exact_option, horizon_option
from refgraph.cli.reading.placed import is_asked_in_place

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["connectors", "groups", "reciprocity", "returns"]


@listed("The network")
@click.command()
@click.option("--by", type=click.Choice(["person", "pair"]), help="One row for each.")
@click.option("--test", is_flag=True, help="Is it more than chance? Compare with random networks.")
@click.option(
    "--samples",
    type=click.IntRange(min=100),
    help="With --test: how many random networks; 1000 if not given.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**53),
    help="With --test: the seed of the random networks; 0 if not given.",
)
@book_options()
@output_options()
def reciprocity(
    source: Source,
    output: Output,
    *,
    by: str | None,
    test: bool,
    samples: int | None,
    seed: int | None,
) -> None:
    """Show how mutual a book is: a network, or your own ties and those among others.

    \b
    edge         share of ties that have one in the other direction
    dyad         share of the pairs with any referral that is mutual
    weighted     share of all referrals matched by one in the other direction
    circulation  share that comes back through whatever number of hands
    density      ties, as a share of those that could be among people with a referral

    low and high are the range of a share: a 95 % interval, for pairs like these. The
    book of one person is no network that was seen: their own ties (mine) stand apart from
    what they recorded of others.

    rho and katz powell set the edge share against chance. --test does it best: it
    draws networks at random in which everybody gives to, and receives from, as many
    people as here, and others that also keep how many of each group, and says how many of
    them are as mutual. More than chance is said only if both agree: people of one group
    refer to each other without giving anything back. Groups are those of people.csv, if half
    of the people have one; else they are found in one half of all pairs of people, and
    the other is tested. --all shows every number, --explain says what each line means.

    \b
    Examples:
      refgraph reciprocity data/chapter --test --explain
      refgraph reciprocity data/adviser --by person
    """
    from refgraph.report.questions import connecting as questions

    if by and test:
        msg = "--test is about the whole network; leave out --by"
        raise click.UsageError(msg)
    if not test and (samples is not None or seed is not None):
        msg = "--samples and --seed go with --test"
        raise click.UsageError(msg)
    if is_asked_in_place(source) and not test:
        from refgraph.cli.printing import asked_in_place

        asked_in_place.reciprocity(source, output, by=by)
        return
    by_what = {"person": questions.RECIPROCITY_BY_PERSON, "pair": questions.RECIPROCITY_BY_PAIR}
    book = source.open()
    if by:
        output.show(by_what[by], by_what[by](book), book)
        return
    answer = questions.RECIPROCITY(book, test=test, samples=samples or 1000, seed=seed or 0)
    output.show(questions.RECIPROCITY, answer, book)


@listed("The network")
@click.command()
@click.option("--with-me", is_flag=True, help="Leave me in the network.")
@click.option("--parts", is_flag=True, help="Show, and count in the score, every part.")
@click.option("--weighted", is_flag=True, help="Betweenness: more referrals, a shorter way.")
@exact_option
@book_options()
@output_options()
def connectors(
    source: Source, output: Output, *, with_me: bool, parts: bool, weighted: bool, exact: bool
) -> None:
    """Show through whom the shortest ways between others run, and who links groups.

    The score is the mean of the percentile ranks of betweenness (of all ordered
    pairs of others, the share whose shortest referral path runs through this person) and
    groups linked (groups, other than their own, they have referrals with), which
    stand beside it; with --parts, of six more that --explain describes. The report and
    the map go by the same score. The person whose book it is, who is tied to nearly
    everybody, is left out. Betweenness of a network too large for all shortest ways is
    estimated from some of them, and says how near that is; --exact takes all.

    \b
    Examples:
      refgraph connectors data/adviser
      refgraph connectors data/chapter --parts --explain
    """
    from refgraph.report.questions.connecting import CONNECTORS

    book = source.open()
    answer = CONNECTORS(
        book,
        with_me=with_me,
        parts=parts,
        weighted=weighted,
        everything=output.everything,
        exact=exact,
    )
    output.show(CONNECTORS, answer, book)


@listed("The network")
@click.command()
@click.option("--by", type=click.Choice(["person"]), help="One row for each person.")
@click.option("--with-me", is_flag=True, help="Leave me in the network.")
@book_options()
@output_options()
def groups(source: Source, output: Output, *, by: str | None, with_me: bool) -> None:
    """Show which groups exist, and how far referrals keep to them.

    The groups are those of people.csv; beside each stands the group that referrals
    alone show (directed Louvain) and that more of its people are in than in any other.
    Where people.csv names none, the groups are those that referrals show.

    \b
    Examples:
      refgraph groups data/chapter
      refgraph groups data/adviser --by person -o groups.csv
    """
    from refgraph.report.questions.connecting import GROUPS, GROUPS_BY_PERSON

    question = GROUPS_BY_PERSON if by else GROUPS
    book = source.open()
    output.show(question, question(book, with_me=with_me), book)


@listed("The network")
@click.command()
@click.option("--curve", is_flag=True, help="Show the share followed by one back, by each day.")
@click.option(
    "--to",
    "person",
    metavar="PERSON",
    callback=as_field("name"),
    help="With --curve, only gifts to this person.",
)
@horizon_option
@book_options()
@output_options()
def returns(
    source: Source, output: Output, *, curve: bool, person: str | None, horizon: int
) -> None:
    """Show how often, and how soon, a gift is followed by a referral back.

    A gift is a referral that answers none and follows none that is open. It counts as
    answered if a referral back follows within the horizon, whatever brought it about.
    Gifts that are still open count for as long as they have lasted (Kaplan-Meier), so the
    newest do not make anybody look slow.

    \b
    Examples:
      refgraph returns data/chapter
      refgraph returns data/adviser --curve -o curve.csv
    """
    from refgraph.report.questions.connecting import RETURNS, RETURNS_CURVE

    if person is not None and not curve:
        msg = "--to goes with --curve"
        raise click.UsageError(msg)
    book, (whose,) = source.ask(person, undated=UNORDERED)
    if curve:
        output.show(RETURNS_CURVE, RETURNS_CURVE(book, whose, horizon=horizon), book)
    else:
        output.show(RETURNS, RETURNS(book, horizon=horizon), book)
