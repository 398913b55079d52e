"""What every column of every table means, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.views.chance_terms import TESTED
from refgraph.report.views.glossary_advice import ADVICE
from refgraph.report.views.glossary_bench import BENCH
from refgraph.report.views.text_table import heading, width
from refgraph.schema.columns import PEOPLE, REFERRALS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["TABLES", "explained", "lines"]

_PAIR = {
    "a": "the one of the two who comes first by name",
    "b": "the other one",
    "a_to_b": "referrals a gave b",
    "b_to_a": "referrals b gave a",
    "balance": "a to b less b to a: above 0, a went first",
    "rate": "2 x the smaller of the two directions / all their referrals: 0 one-way, 1 even",
}
_GROUP = {
    "person": "a person of the network",
    "given": "referrals they gave",
    "received": "referrals they received",
}
_ROW = {
    **{field.name: field.meaning for field in REFERRALS if field.meaning},
    "file": "the file the row stands in",
    "line": "the line it starts on",
}
_PERSON = {field.name: field.meaning for field in PEOPLE if field.meaning}
_RETURNS = {
    "gifts": "first referrals made to them: not an answer, and none was open already",
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

TABLES: dict[str, dict[str, str]] = {
    "owe": {
        "me": "from whose side it is seen",
        "person": "who gave more than they had back",
        "role": f"{_PERSON['role']}, as people.csv says",
        "gave_me": "referrals they gave",
        "i_gave": "referrals they had back",
        "open": "referrals of theirs that nothing has settled yet, the oldest settled first",
        "oldest_open": "day of the oldest open one",
        "days_open": "days since then",
        "last_from_them": "day of the last referral they gave",
        "last_from_me": "day of the last one they had",
    },
    "balance": {
        **_GROUP,
        "balance": "given less received: above 0, they went first",
        "rate": "2 x referrals matched by one back from the same person / (given + received)",
    },
    "balance --pairs": _PAIR,
    "register": {
        "date": _ROW["date"],
        "direction": "to or from the person",
        "person": "the other person",
        "given": "referrals given in this row",
        "received": "referrals received in this row",
        "balance": "given less received, up to and with this row",
        "prospect": _ROW["prospect"],
        "status": _ROW["status"],
        "note": _ROW["note"],
    },
    "why": {
        **_ROW,
        "direction": "received from them, given to them, or settled by a touch",
        "open": "referrals of the row that nothing has settled yet",
    },
    **ADVICE,
    "introduce": {
        "rank": "1 is the introduction to make first",
        "person": "who needs something",
        "need": "what they need, in the words of people.csv",
        "introduce_to": "who offers it",
        "offer": "their offer or profession, in the words of people.csv",
        "fit": "words that need and offer have in common / all their words, synonyms counted",
        "standing_needs": "standing on the bench of who needs it",
        "standing_offers": "standing on the bench of who offers it",
        "because": "the evidence",
        "because_ids": "ids of the closed referrals to who offers it",
    },
    **BENCH,
    "connectors": {
        **_GROUP,
        "score": "mean, over the parts, of the share of people with a referral whom they are level"
        " with or ahead of (equal ones: the average; last without an answer); 1 is the most",
        "betweenness": "part: share of the shortest referral paths between others that run through"
        " them",
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
    "chains": {
        "root": "who started the chain: somebody whom nobody is known to have brought",
        "currency": "of the values; they are never added across currencies",
        "started": "people below the root: whom they referred, whom these referred, and so on",
        "clients": "of these, clients by role or prospects of a won referral",
        "depth": "steps from the root to the lowest",
        "value": "won by referrals of the people below; each step counts the decay once",
        "won_value": "the same, each step counting whole",
        "chain": "the longest chain, from the root on",
    },
    "chains --by person": {
        "person": "a person in a chain",
        "parent": "who brought them: the giver of the referral that they came by",
        "root": "the first of their chain",
        "depth": "steps from the root to them",
        "children": "people they brought themselves",
        "descendants": "people below them, at whatever distance",
        "date": "day of the referral they came by",
        "id": "its identity",
    },
    "chains --by giver": {
        "giver": "who gave the referrals",
        "currency": "of the value; none where no value is recorded",
        "won": "referrals of theirs that were won",
        "valued": "of these, with a value",
        "value": "what they were worth together",
    },
    "chains --by client": {
        "client": "client by role, or prospect of a won referral to you",
        "currency": "of the value; none where no value is recorded",
        "value": "of the won referrals to you",
        "depth": "people they came through; 0: nobody is known",
        "chain": "these people, from the first to the client",
    },
    "chains --essential": {
        "person": "somebody whom clients came through, at whatever distance",
        "currency": "of the value; none where no value is recorded",
        "clients": "clients who would be missing without them, in all currencies",
        "value": "of the won referrals of these clients to you",
    },
    "chains --unknown": {
        **{name: _ROW[name] for name in ("date", "prospect", "status", "id", "file", "line")},
        "giver": "who gave the referral",
        "receiver": "who received it",
        "why": "why it does not say who brought whom",
        "count": "how many referrals the row stands for",
    },
    "groups": {
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
    "groups --by person": {
        "person": _GROUP["person"],
        "declared": "their group in people.csv",
        "detected": "the group they are in by who refers to whom",
    },
    "reciprocity": {
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
    "reciprocity --by person": {
        **_GROUP,
        "mutual": "of these, matched by one the other way between the same two",
        "rate": "2 x mutual / (given + received): 0 one-way, 1 even",
        "answered": "mutual / given: of what they gave, the share matched by one back",
        "returned": "mutual / received: of what they received, the share matched by one they gave",
        "one_way_out": "given and not matched",
        "one_way_in": "received and not matched",
    },
    "reciprocity --by pair": {
        **_PAIR,
        "min_max": "the smaller of the two directions / the larger",
        "coherence": "2 x root of their product / their sum: kinder to nearly even pairs",
    },
    "returns": {"person": "to whom a referral was given first", **_RETURNS},
    "returns --curve": {
        "days": "days since the gift",
        "at_risk": "gifts not followed by one back yet and still watched on that day",
        "returned": "followed by one on that day",
        "share": "share followed by one by that day (Kaplan-Meier)",
        "low": "lower end of its 95 % interval",
        "high": "upper end of it",
    },
    "people": {
        "person": "everybody the book names, but for prospects who are nothing else in it",
        **_PERSON,
        "given": "referrals they gave",
        "received": "referrals they received",
        "touches": "dated contacts with them that are no referrals",
        "first": "day of the first referral or touch that names them",
        "last": "day of the last one",
        "declared": "whether people.csv has a row for them",
        "nearest": "whom of those declared the name looks most like",
        "why": "what that rests on",
    },
    "people --lookalikes": {
        "score": "1 the likeliest; it ranks, and is no probability",
        "person": "the name to keep: declared, or that of more rows, or the longer one",
        "other": "the name that would be an alias of it",
        "rows": "rows of referrals and touches that name the first",
        "other_rows": "rows that name the second",
        "reason": "what sets the two apart, or what they share",
    },
    "stats": {
        "rows": "rows of the ledger",
        "referrals": "referrals they stand for",
        "undated": "referrals without a date",
        "first": "day of the first one",
        "last": "day of the last one",
        "days_since_last": "days since then",
        "last_30_days": "referrals of the last 30 days",
        "last_7_days": "referrals of the last 7 days",
        "people": "people in the book, with or without referrals",
        "give": "people who gave any",
        "receive": "people who received any",
        "pairs": "pairs with a referral between them",
        "mutual_pairs": "of these, pairs who refer to each other",
        "touches": "touches recorded",
        "tied": "people with a referral",
        "mine_pairs": "of the pairs, those of me with somebody; the others are hearsay",
        "mine_mutual_pairs": "of these, pairs who refer to each other",
    },
}


def explained(table: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Give the columns (or measures) of a table with what each one means.

    Examples
    --------
    >>> explained("balance", ["given"])
    [('given', 'referrals they gave')]
    """
    return [(name, TABLES[table][name]) for name in names]


def lines(table: str, names: Iterable[str]) -> str:
    """Explain a table in text, a line for each column.

    Examples
    --------
    >>> print(lines("balance", ["person", "given"]))
    person  a person of the network
    given   referrals they gave
    """
    told = [(heading(name), text) for name, text in explained(table, names)]
    wide = max((width(name) for name, _ in told), default=0)
    return "\n".join(f"{name}{' ' * (wide - width(name))}  {text}" for name, text in told)
