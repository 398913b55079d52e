"""The network as a whole: how mutual it is, who connects it, what follows what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.connecting import connectors
from refgraph.analysis.reciprocity import reciprocity
from refgraph.analysis.returning.returns import HORIZON
from refgraph.report.questions.meanings import GROUP, PAIR, TESTED
from refgraph.report.questions.question import Answer, Line, Question
from refgraph.report.sections import chance_text, health, mutual, network
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = [
    "CONNECTORS",
    "GROUPS",
    "GROUPS_BY_PERSON",
    "RECIPROCITY",
    "RECIPROCITY_BY_PAIR",
    "RECIPROCITY_BY_PERSON",
    "RETURNS",
    "RETURNS_CURVE",
]

_RETURNS = {
    "gifts": "first referrals made to them: not an answer, and none was open already; exchanges"
    " on one day (swapped) included",
    "answered": "of these, followed by a referral back within the horizon, whatever brought it",
    "failed": "of these, not followed by one when the horizon had passed",
    "censored": "of these, still open: the horizon has not passed yet",
    "share": "share followed by one by the horizon, the open ones counted for as long as they"
    " lasted (Kaplan-Meier)",
    "median_days": "days until half of the gifts are followed by one; none if fewer ever are",
    "swapped": "gifts that crossed on one day with one back: an exchange, neither answered nor"
    " failed",
    "low": "lower end of the 95 % interval of the share (Jeffreys, of those answered or failed)",
    "high": "upper end of it",
}
_PARTS = {
    "betweenness": "betweenness",
    "groups_linked": "groups linked",
    "reach": "reach",
    "brokerage": "brokerage",
    "constraint": "constraint (less is ahead)",
    "participation_out": "participation out",
    "participation_in": "participation in",
    "cut_off": "cut off",
}


def _reciprocity(book: Book, *, test: bool = False, samples: int = 1000, seed: int = 0) -> Answer:
    """Say how mutual a book is; with ``test``, beside networks drawn at random."""
    if test:
        table, said = network.tested(book, samples=samples, seed=seed)
        return Answer(table, said, first=chance_text.shown(book.me))
    sides = mutual.sides(book)
    table = network.reciprocity_table(book, sides)
    return Answer(table, network.how_mutual(book, table, sides))


def _connectors(
    book: Book,
    *,
    with_me: bool = False,
    parts: bool = False,
    weighted: bool = False,
    everything: bool = False,
    exact: bool = False,
) -> Answer:
    """Say through whom the shortest ways run and who links groups, best first."""
    shown = connectors.ALL_PARTS if parts else connectors.PARTS
    table, said = network.connectors_table(
        book, with_me=with_me, parts=shown, weighted=weighted, everything=everything, exact=exact
    )
    aside = connectors.ranks(table) if parts else ()
    return Answer(table, said, aside=("betweenness_error", *aside))  # the sentence has it


def _returns(book: Book, *, horizon: int = HORIZON) -> Answer:
    """Say what followed the first gifts to each person, in heads that blame nobody."""
    table, said = network.returns_table(book, horizon=horizon)
    heads = {
        "person": "given to",
        "answered": "one back",
        "failed": f"none within {count(horizon, 'day')}",
        "censored": "too early to say",
        "swapped": "same day both ways",
    }
    return Answer(table, said, heads=heads)


RECIPROCITY = Question(
    "reciprocity",
    _reciprocity,
    {
        "people": "people with a referral in this book",
        "ties": "ordered pairs with a referral: who refers to whom",
        "mutual_pairs": "pairs who refer to each other",
        "one_way_pairs": "pairs where only one refers to the other",
        "null_pairs": "pairs with no referral between them",
        "density": "ties / those that could be among people with a referral",
        "edge": "share of the ties that have one back: 2 x mutual pairs / ties",
        "dyad": "share of the pairs with any referral that is mutual",
        "log_ratio": "ln(edge / density): 0 as if ties were strewn at random",
        "rho": "(edge - density) / (1 - density): above chance, if ties were strewn at random",
        "katz_powell": "the same, if everybody chose as many people at random as they refer to",
        "weighted": "share of all referrals matched by one back between the same two",
        "circulation": "share of all referrals that come back round, through however many people",
        "mine_ties": "ties from me or to me",
        "mine_edge": "of these, the share that has one back",
        "mine_weighted": "of the referrals in them, the share matched by one back",
        "others_ties": "ties among others that this book records: hearsay, not all there are",
        "others_edge": "of these, the share that has one back",
        "others_weighted": "of the referrals in them, the share matched by one back",
        "low": "lower end of the range of a share: its 95 % interval, each pair of people one case",
        "high": "upper end of it",
        **TESTED,
    },
)
RECIPROCITY_BY_PERSON = Question(
    "reciprocity --by person",
    lambda book: Answer(reciprocity.by_person(book.graph()).reset_index()),
    {
        **GROUP,
        "mutual": "of these, matched by one the other way between the same two",
        "rate": "2 x mutual / (given + received): 0 one-way, 1 even",
        "answered": "mutual / given: of what they gave, the share matched by one back",
        "returned": "mutual / received: of what they received, the share matched by one they gave",
        "one_way_out": "given and not matched",
        "one_way_in": "received and not matched",
    },
)
RECIPROCITY_BY_PAIR = Question(
    "reciprocity --by pair",
    lambda book: Answer(reciprocity.by_pair(book.graph())),
    {
        **PAIR,
        "min_max": "the smaller of the two directions / the larger",
        "coherence": "2 x root of their product / their sum: kinder to nearly even pairs",
    },
)
CONNECTORS = Question(
    "connectors",
    _connectors,
    {
        **GROUP,
        "score": "mean, over the parts, of the share of people with a referral whom they are level"
        " with or ahead of (equal ones: the average; last without an answer); 1 is the most",
        "betweenness": "part: of all ordered pairs of others, the share whose shortest referral"
        " path runs through them; of several, as many of these as do; a pair without a path counts",
        "groups_linked": "part: groups, other than their own, they have referrals with",
        "reach": "part: people of other groups they refer to, directly or over one person between",
        "brokerage": "part: paths i to them to k where i has no tie to k",
        "constraint": "part, less is more: how far their contacts are tied to each other (Burt)",
        "participation_out": "part: how evenly what they give is spread over groups; 0 all to one",
        "participation_in": "part: how evenly what they receive is spread over groups",
        "cut_off": "part: people who would be cut off from the others without them",
        "cut_off_referrals": "referrals of the people who would be cut off",
        **{
            f"{part}_rank": f"share of people with a referral whom they are ahead of or level with"
            f" by {said}; the score is the mean of these"
            for part, said in _PARTS.items()
        },
        "betweenness_error": "of a sample: how far betweenness may be off, for 95 of 100 people",
    },
    compares=False,
    line=Line(
        "who links the others",
        health.connectors,
        lambda book, _, exact: _connectors(book, exact=exact),
    ),
)
GROUPS = Question(
    "groups",
    lambda book, **options: Answer(*network.groups_table(book, **options)),
    {
        "group": "name of the group; none for people without one",
        "people": "people in it",
        "inside": "referrals among them",
        "given": "referrals they gave to other groups",
        "received": "referrals they received from other groups",
        "inside_share": "inside / (inside + given)",
        "inside_expected": "the inside share if they gave as much, to all others in proportion to"
        " what these receive",
        "edge": "of the ties among them, the share that has one back",
        "mostly": "the group by who refers to whom that more of them are in than in any other",
        "mostly_share": "share in it of those who are in any",
    },
    compares=False,
)
GROUPS_BY_PERSON = Question(
    "groups --by person",
    lambda book, **options: Answer(*network.groups_by_person(book, **options)),
    {
        "person": GROUP["person"],
        "declared": "their group in people.csv",
        "detected": "the group they are in by who refers to whom",
    },
    compares=False,
)
RETURNS = Question(
    "returns",
    _returns,
    {"person": "to whom a gift was made", **_RETURNS},
)
RETURNS_CURVE = Question(
    "returns --curve",
    lambda book, person=None, *, horizon=HORIZON: Answer(
        *network.curve_table(book, horizon=horizon, person=person)
    ),
    {
        "days": "days since the gift",
        "at_risk": "gifts not followed by one back yet and still watched on that day",
        "returned": "followed by one on that day",
        "share": "share followed by one by that day (Kaplan-Meier)",
        "low": "lower end of its 95 % interval",
        "high": "upper end of it",
    },
)
