"""The network's tables as every command, page and notebook prints them."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.connecting import connectors, groups
from refgraph.analysis.reciprocity import circulation, reciprocity
from refgraph.analysis.returning import returns
from refgraph.book.arrival import arrivals, by_arrival
from refgraph.book.dated_referrals import dated_referrals
from refgraph.graph.door import tied, without
from refgraph.report.sections import chance_text, connecting, mutual
from refgraph.report.sections.section import joined, rows_used
from refgraph.wording import agree, count, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from refgraph.book.book import Book

__all__ = [
    "circulation_left_out",
    "connectors_table",
    "curve_table",
    "groups_by_person",
    "groups_table",
    "hanging_table",
    "how_mutual",
    "reciprocity_table",
    "returns_table",
    "tested",
]

_NAMED = 3  # people, in a sentence
_COUNTS = ("people", "ties", "mutual_pairs", "one_way_pairs", "null_pairs")
_SHARES = ("edge", "dyad", "weighted")
_OF_SIDES = ("ties", "edge", "weighted")


def reciprocity_table(book: Book, sides: pd.DataFrame | None = None) -> pd.DataFrame:
    """Reciprocity of a whole book as rows: ``measure``, ``value`` and the range of a share.

    People without a referral count nowhere: who else there is does not change what is
    between those who refer. In a book with a me, the ties of me, and those among others,
    follow apart: `sides` are those of :func:`refgraph.report.sections.mutual.sides`, where they
    are known.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = reciprocity_table(Book.sample())
    >>> table["measure"].tolist()[:3], table["measure"].tolist()[-6:]
    (['people', 'ties', 'mutual_pairs'], ['mine_ties', 'mine_edge', 'mine_weighted', \
'others_ties', 'others_edge', 'others_weighted'])
    """
    overall = reciprocity.overall(tied(book.graph()))
    values: dict[str, Any] = {
        str(name): int(value) if name in _COUNTS else value for name, value in overall.items()
    }
    ends: dict[str, tuple[float, float]] = {}
    for side, row in (mutual.sides(book) if sides is None else sides).iterrows():
        before = "" if side == "all" else f"{side}_"
        for name in _SHARES if side == "all" else _OF_SIDES:
            values[f"{before}{name}"] = int(row[name]) if name == "ties" else row[name]
            if name != "ties":
                ends[f"{before}{name}"] = row[f"{name}_low"], row[f"{name}_high"]
    table = _measures(values)
    for column, at in (("low", 0), ("high", 1)):
        told = [ends[name][at] if name in ends else None for name in table["measure"]]
        table[column] = pd.Series(told, dtype=object)
    return table


def how_mutual(book: Book, table: pd.DataFrame, sides: pd.DataFrame) -> str:
    """Say what :func:`reciprocity_table` of these sides comes to, and what it leaves out.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> sides = mutual.sides(book)
    >>> table = reciprocity_table(book, sides)
    >>> how_mutual(book, table, sides).splitlines()[0].partition(" (")[0]
    'You and 5 of 10 people with whom you have referrals refer both ways'
    """
    value = dict(zip(table["measure"], table["value"], strict=True))
    lines = mutual.told(book, sides, circulation=value["circulation"])
    if lines and book.me is not None and value["others_ties"]:
        lines.append(
            "The lines that are not of mine or others are of the whole book: they mix both."
        )
    return "\n".join(filter(None, [*lines, circulation_left_out(book)]))


def tested(book: Book, *, samples: int, seed: int) -> tuple[pd.DataFrame, str]:
    """Reciprocity of the whole network against chance, as rows; and the verdict in words.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, said = tested(Book.sample(), samples=50, seed=0)
    >>> table["measure"].tolist()[-3:]
    ['groups_p', 'groups_p_less', 'groups_excess']
    """
    values, said = chance_text.against_chance(
        by_arrival(book, book.graph()),
        groups.declared(book),
        me=book.me,
        samples=samples,
        seed=seed,
    )
    table = pd.concat([reciprocity_table(book), _measures(values)], ignore_index=True)
    return table, "\n".join(filter(None, (said, circulation_left_out(book))))


def circulation_left_out(book: Book) -> str:
    """Say why the circulation is not computed for a book; "" where it is.

    Examples
    --------
    >>> from refgraph import Book
    >>> circulation_left_out(Book.sample())
    ''
    """
    ties = book.graph().number_of_edges()
    if ties <= circulation.LIMIT:
        return ""
    return f"Circulation is computed for at most {circulation.LIMIT:,} ties; here are {ties:,}."


def connectors_table(
    book: Book,
    *,
    with_me: bool = False,
    parts: Sequence[str] = connectors.PARTS,
    weighted: bool = False,
    everything: bool = False,
    exact: bool = False,
) -> tuple[pd.DataFrame, str]:
    """Connectors of the network without me, best first, as rows; and what to know of them.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, note = connectors_table(Book.sample())
    >>> list(table)[:3], list(table)[-2:]
    (['person', 'score', 'betweenness'], ['betweenness_rank', 'groups_linked_rank'])
    >>> note.partition(":")[0]
    'Hiro Tanabe comes first'
    """
    G = by_arrival(book, _others(book, with_me=with_me))
    group = groups.of(book, G)
    ranked = connectors.rank(G, group, parts=parts, weighted=weighted, exact=exact)
    table, said = ranked.reset_index(), [connecting.first_of(ranked)]
    said += filter(None, [connectors.sampling(G, ranked, weighted=weighted)])
    declared = group.attrs["source"] == "declared"
    said.append("Groups are those of people.csv." if declared else _found(group))
    if weighted:
        said.append("The more referrals, the shorter the way: a tie is 1 / referrals long.")
    if "cut_off" in parts:
        most, aside = len(G) if everything else _NAMED, book.me is not None and not with_me
        said += connecting.cut_off(G, table, aside=aside, most=most, hint=" (--all names them)")
    said += _left_out(book, with_me=with_me)
    if book.me is not None:
        said.append("Ties among others are hearsay.")
    return table, " ".join(said)


def hanging_table(book: Book) -> tuple[pd.DataFrame, list[str]]:
    """Count who would be cut off without whom, most first, as rows; and name them.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, told = hanging_table(Book.sample())
    >>> list(table)
    ['person', 'cut_off', 'cut_off_referrals']
    """
    G = by_arrival(book, _others(book, with_me=False))
    table = connectors.articulation(G)
    columns = ["cut_off", "cut_off_referrals"][: 1 if book.settings.hides else 2]
    table = table.loc[table["cut_off"] > 0, columns]
    table = table.sort_values(columns, ascending=False, kind="stable").reset_index()
    return table, connecting.cut_off(G, table, aside=book.me is not None, most=_NAMED)


def groups_table(book: Book, *, with_me: bool = False) -> tuple[pd.DataFrame, str]:
    """Give the groups of the network without me, as rows; and how far declared and detected agree.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, note = groups_table(Book.sample())
    >>> list(table)[:4]
    ['group', 'people', 'inside', 'given']
    """
    G = _others(book, with_me=with_me)
    group = groups.of(book, G)
    table = groups.by_group(G, group).reset_index()
    said = [_found(group), "There are none in people.csv."]
    if (group != "").any():
        said += ["That they keep more inside than expected is what they were sought for."]
    if group.attrs["source"] == "detected":  # the largest first, who is in none last
        order = np.lexsort((-table["people"], table["group"] == ""))
        table = table.iloc[order].reset_index(drop=True)
    if group.attrs["source"] == "declared":
        detected = groups.found_in(book, G)
        known = detected[(group != "") & (detected != "")]
        most = known.groupby(group[known.index]).agg(_most_common)
        table["mostly"] = table["group"].map(most.str[0]).astype("str")
        table["mostly_share"] = table["group"].map(most.str[1])
        said = [f"Groups are those of people.csv. {_compared(group, detected)}"]
    return table, " ".join([*said, *_left_out(book, with_me=with_me)])


def groups_by_person(book: Book, *, with_me: bool = False) -> tuple[pd.DataFrame, str]:
    """Give both groups of everybody, as rows; and how far they agree.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(groups_by_person(Book.sample())[0])
    ['person', 'declared', 'detected']
    """
    G = _others(book, with_me=with_me)
    declared = groups.declared(book).reindex(list(G), fill_value="")
    detected = groups.found_in(book, G)
    table = pd.DataFrame({"declared": declared, "detected": detected})
    said = [_compared(declared, detected)] if (declared != "").any() else []
    return table.reset_index(names="person"), " ".join([*said, *_left_out(book, with_me=with_me)])


def returns_table(book: Book, *, horizon: int) -> tuple[pd.DataFrame, str]:
    """Give what follows the first gifts to each person, as rows; and what follows all of them.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, note = returns_table(Book.sample(), horizon=180)
    >>> list(table)[:3]
    ['person', 'gifts', 'answered']
    """
    table = returns.by_person(book, horizon=horizon).iloc[np.argsort(arrivals(book))]
    table = table[table["gifts"] > 0].sort_values("gifts", ascending=False, kind="stable")
    return table.reset_index(), _followed(book, horizon, None)


def curve_table(book: Book, *, horizon: int, person: str | None) -> tuple[pd.DataFrame, str]:
    """Give the share of gifts followed by one back by each day, as rows; and what it comes to.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(curve_table(Book.sample(), horizon=180, person=None)[0])[:2]
    ['days', 'at_risk']
    """
    table = returns.curve(book, horizon=horizon, person=person)
    return table, _followed(book, horizon, person)


def _others(book: Book, *, with_me: bool) -> nx.DiGraph[Any]:
    """Give the network, without me unless I am asked for."""
    return book.graph() if with_me or book.me is None else without(book.graph(), book.me)


def _left_out(book: Book, *, with_me: bool) -> list[str]:
    if book.me is None or with_me:
        return []
    return [f"{book.me}, whose book this is, is left out."]


def _most_common(names: pd.Series[str]) -> tuple[str, float]:
    """Find the most common of some names, the first of several, and its share."""
    counts = names.groupby(names, sort=False).size().sort_values(ascending=False, kind="stable")
    return str(counts.index[0]), float(counts.iloc[0] / counts.sum())


def _found(group: pd.Series[str]) -> str:
    """Say that groups were found from the ties, or why none were."""
    why = group.attrs["doubt"]
    if why:
        return f"No groups are found by who refers to whom: {why}."
    return "Groups are found by who refers to whom."


def _compared(declared: pd.Series[str], found: pd.Series[str]) -> str:
    """Say how far groups found from the ties agree with the declared ones."""
    return _found(found) if found.attrs["doubt"] else _agreement(declared, found)


def _agreement(one: pd.Series[str], other: pd.Series[str]) -> str:
    """Say how far two ways of grouping the same people agree."""
    found = groups.agreement(one, other)
    if isnan(found["adjusted_rand"]):
        return "There is nothing to compare them with who refers to whom."
    both, either = _together(one, other)
    return (
        f"Of the {either:,} pairs of people who share a group by people.csv or by "
        f"who refers to whom, {both:,} share one by both ({percent(found['together'])}; adjusted "
        f"Rand index {found['adjusted_rand']:.2f}: 0 is chance, 1 the same groups)."
    )


def _together(one: pd.Series[str], other: pd.Series[str]) -> tuple[int, int]:
    """Count the pairs of people who share a group by both, and by either."""
    known = pd.DataFrame({"one": one, "other": other}).fillna("")
    known = known[(known["one"] != "") & (known["other"] != "")]
    by = (["one", "other"], ["one"], ["other"])
    both, first, second = (
        sum(size * (size - 1) // 2 for size in known.groupby(names).size().tolist()) for names in by
    )
    return both, first + second - both


def _followed(book: Book, horizon: int, person: str | None) -> str:
    """Say what followed all gifts, or those to one person, and what is not in it."""
    return joined(_of_gifts(book, horizon, person), _stamped(book), *rows_used(book))


def _of_gifts(book: Book, horizon: int, person: str | None) -> str:
    to = f" to {person}" if person else ""
    answers: Any = (
        returns.by_person(book, horizon=horizon).astype(float).loc[person]
        if person
        else returns.overall(book, horizon=horizon)
    )
    gifts, swapped = int(answers["gifts"]), int(answers["swapped"])
    exchanges = swapped if person else swapped // 2  # a gift in each direction
    one_way, still = gifts - swapped, int(answers["censored"])
    if not gifts:
        return f"No gift with a date was made{to} yet."
    if not one_way or isnan(answers["share"]):
        crossed = ""
        if swapped:
            of, are = f" with {person}" if person else "", agree(exchanges, "is")
            crossed = f"{count(exchanges, 'exchange')}{of} on one day {are} counted neither as "
            crossed += "answered nor as not."
        if not one_way:
            return joined(f"{_spells(gifts)}{to}, all crossed with one back on one day.", crossed)
        open_ = f"{_spells(one_way)}{to}, all still open: none followed by a referral back"
        return joined(f"{open_} yet.", crossed)
    made = returns.episodes(book, horizon=horizon)
    watched = made["days"] if person is None else made["days"][made["receiver"] == person]
    came, failed = int(answers["answered"]), int(answers["failed"])
    states = [
        f"{came:,} {agree(came, 'was')} followed by a referral back within {count(horizon, 'day')}",
        f"{failed:,} {agree(failed, 'was')} not",
        f"{still:,} {agree(still, 'is')} still open",
    ]
    of = ""
    if swapped:
        of = f" of the {one_way:,} that did not cross"
        pairs = count(exchanges, "exchange")
        states.append(f"{swapped:,} crossed with one back on one day ({pairs}, which is neither)")
    half = ""
    if not isnan(answers["median_days"]):
        half = f", half of all by day {answers['median_days']:.0f}"
    low, high = percent(answers["low"]), percent(answers["high"])
    return (
        f"Of {_spells(gifts)}{to}, each begun by a referral that answers none, "
        f"{', '.join(states[:-1])}, and {states[-1]}. Counting the "
        f"open ones for as long as they have lasted, {percent(answers['share'])}{of} (95% range "
        f"{low} to {high} if each is a case of its own) are followed by one within "
        f"{count(int(watched.max()), 'day')}{half}. What follows a gift need not come of it."
    )


def _spells(number: int) -> str:
    """Count spells of giving: a referral that answers none, and what follows while it is open."""
    return f"{count(number, 'spell')} of giving"


def _stamped(book: Book) -> str:
    """Say what an import stamped with one day."""
    if (day := returns.stamped(book)) is None:
        return ""
    return (
        f"{day[1]:,} of the {len(dated_referrals(book).day):,} rows with a date are "
        f"dated {day[0]:%Y-%m-%d}, as by an import: it is not known which of them came "
        "first, so those given one way are left out."
    )


def _measures(values: Mapping[str, float | str | None]) -> pd.DataFrame:
    measures = pd.Series(list(values), dtype="str")
    told = pd.Series(list(values.values()), dtype=object)
    return pd.DataFrame({"measure": measures, "value": told})
