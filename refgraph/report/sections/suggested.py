"""Whom to refer first, in words: by part, with who cannot be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.returning.returns import HORIZON
from refgraph.analysis.suggesting import candidates, evidence
from refgraph.analysis.suggesting.reason import expected
from refgraph.report.sections.effect import verdict
from refgraph.report.sections.section import Section, joined, rest
from refgraph.wording import agree, count, ended, which_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book
    from refgraph.report.questions.question import Answer
    from refgraph.report.summary import Summary

__all__ = [
    "HEADINGS",
    "NOBODY",
    "SAYS",
    "about_even",
    "kinds",
    "lead",
    "most_expected",
    "no_low_end",
    "refer_first",
    "shown",
]

NOBODY = "There is nobody in this book who could be suggested."
_ALL_HAD = "Everyone who could be suggested has had a referral from you."
_NAMED = 6  # people that a sentence names
#: Those of the part ``start`` who gave something, and those who did not.
GAVE, NEITHER = "start, gave", "start, gave nothing"
_NEVER = (GAVE, NEITHER, candidates.FIRST_TRY)  # never had a referral from me
_SHOWN = {GAVE: 3, NEITHER: 1, candidates.FIRST_TRY: 1, candidates.SETTLE: 1, candidates.AGAIN: 1}
#: What is said of the people of each kind, the first of the page first.
SAYS = {
    GAVE: "gave you referrals, and never had one from you",
    NEITHER: "no referral either way yet",
    candidates.FIRST_TRY: "a first try, to learn how they answer",
    candidates.SETTLE: "to settle more of what is open",
    candidates.AGAIN: "once more, though nothing is open",
}
#: What stands above the rows of each kind, and of those who are in no part.
HEADINGS = {
    GAVE: "Gave you referrals, and never had one from you",
    NEITHER: "No referral either way yet",
    candidates.FIRST_TRY: "First tries: never had one from you either; out of turn, to learn",
    candidates.SETTLE: "Settle: had one from you, and more of theirs is open",
    candidates.AGAIN: "Again: had one from you, and nothing is open",
    "": "No suggestion: marked do not refer, still waiting for a call, or of another role",
}


def kinds(table: pd.DataFrame) -> pd.Series[str]:
    """Give of each row its part, with those of ``start`` who gave apart from those who did not.

    Examples
    --------
    >>> lines = pd.DataFrame({"part": ["start", "start", "again"], "gave_me": [2, 0, 0]})
    >>> kinds(lines).tolist()
    ['start, gave', 'start, gave nothing', 'again']
    """
    gave = table["gave_me"].gt(0).map({True: GAVE, False: NEITHER}).astype("str")
    return table["part"].mask(table["part"] == candidates.START, gave)


def about_even(table: pd.DataFrame, line: int | None = None) -> str:
    """Say how much the order of a list by ``added`` tells: who is level with its first.

    ``line`` is where the first of the list stands on the page, if that is not the top.

    Examples
    --------
    >>> import pandas as pd
    >>> lines = pd.DataFrame(
    ...     {
    ...         "person": ["Bo", "Cy", "Di"],
    ...         "added": [0.6, 0.5, 0.1],
    ...         "added_low": [0.4, 0.3, 0.0],
    ...         "added_high": [0.8, 0.7, 0.2],
    ...     }
    ... )
    >>> about_even(lines).split(". ")[1]
    'By this record about even with Bo: Cy.'
    >>> about_even(lines.head(2), line=7)
    'Most is expected of Bo (line 7), but this record tells nobody apart, so that another order \
may be as good.'
    >>> about_even(lines.head(1))
    'Expected of Bo: about 0.6 more than come anyway (0.4 to 0.8).'
    """
    number, where = candidates.level(table), "" if line is None else f" (line {line:,})"
    first: Any = next(table.head(1).itertuples())
    if number == len(table) > 1:
        return (
            f"Most is expected of {first.person}{where}, but this record tells nobody apart, so "
            "that another order may be as good."
        )
    most = which_of(len(table), "Expected", "Most is expected")
    much = expected(first.added, first.added_low, first.added_high)
    told = f"{most} of {first.person}{where}: {much}."
    if number < 2:
        return told
    level = _named(table["person"].iloc[1:number].tolist())
    return f"{told} By this record about even with {first.person}: {level}."


def _named(names: Sequence[str]) -> str:
    """Name people of a list, the first few of many."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def lead(
    book: Book, table: pd.DataFrame, lines: pd.Series[int], whose: str, *, horizon: int
) -> str:
    """Say over the list whom to refer first, how sure that is, and what its numbers count.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    table : DataFrame
        What :func:`refgraph.analysis.suggesting.refer_first.rank` gives.
    lines : Series of int
        The lines of those a page shows, by the index of the table.
    whose : str
        Who would give the referral.
    horizon : int
        Days within which a return counts.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.suggesting import refer_first
    >>> book = Book.sample()
    >>> table = refer_first.rank(book)
    >>> said = lead(book, table, table["rank"], book.me, horizon=180)
    >>> [line.partition(":")[0] for line in said.splitlines()[2:4]]
    ['How sure', 'Does giving add anything here (refgraph effect)']
    """
    if table.empty:
        return ""
    of = kinds(table)
    gave = table.loc[(of == GAVE).to_numpy(), "person"].tolist()
    first = f"First those who {SAYS[GAVE]}: {_named(gave)}." if gave else ""
    asked = _by_added(table)
    sure = effect = ""
    if len(asked):
        line = lines.get(asked.index[0])
        even = about_even(asked, None if line in (None, 1) else int(line))
        sure = (
            "How sure: who gave and who had is counted from the record; what one more adds is an "
            f"estimate. {even}"
        )
        effect = verdict(book, whose, horizon=horizon)
    you = "" if whose == book.me else f"You, on this page, are {ended(whose)}"
    told = joined(f"As of {book.today:%Y-%m-%d}.", you, first, _never(book, table, whose))
    parts = told, _who_is_listed(book, table, whose), sure, effect, _columns(table, horizon)
    return "\n".join(filter(None, parts))


def most_expected(table: pd.DataFrame) -> str:
    """Say of whom most is expected, whatever their part, and who is level; nothing of nobody.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.suggesting import refer_first
    >>> most_expected(refer_first.rank(Book.sample())).partition(",")[0]
    'Most is expected of Ben Castle'
    """
    asked = _by_added(table)
    return about_even(asked) if len(asked) else ""


def clients_without_one(table: pd.DataFrame) -> str:
    """Name the clients who gave some and never had one, and count those with none either way.

    Examples
    --------
    >>> lines = pd.DataFrame(
    ...     {
    ...         "person": ["Bo", "Cy", "Di", "Ed"],
    ...         "role": ["client", "client", "partner", "client"],
    ...         "gave_me": [2, 0, 1, 1],
    ...         "i_gave": [0, 0, 0, 3],
    ...     }
    ... )
    >>> clients_without_one(lines)
    'Of the clients who may be suggested, 1 gave you referrals, and never had one from you: Bo. \
1 more has had none from you and gave you none.'
    >>> clients_without_one(lines.iloc[1:2])
    'Of the clients who may be suggested, 1 has had none from you and gave you none.'
    """
    without = table[table["role"].eq("client") & table["i_gave"].eq(0)]
    gave = without["gave_me"].gt(0).to_numpy()
    some, none = (without.loc[chosen, "person"].tolist() for chosen in (gave, ~gave))
    more = f"{len(none):,}{' more' if some else ''} {agree(len(none), 'has')}"
    told = (
        f"{len(some):,} {SAYS[GAVE]}: {_named(some)}.",
        f"{more} had none from you and gave you none.",
    )
    said = joined(*(each for each, who in zip(told, (some, none), strict=True) if who))
    return f"Of the clients who may be suggested, {said}" if said else ""


def _by_added(table: pd.DataFrame) -> pd.DataFrame:
    """Give those who may be suggested, by what one more adds, whatever their part."""
    return table[table["part"] != ""].sort_values("added", ascending=False, kind="stable")


def _never(book: Book, table: pd.DataFrame, whose: str) -> str:
    """Say how many never had a referral, and how many of these had something else."""
    of = kinds(table)
    chosen = of.isin(_NEVER).to_numpy()
    number, groups = int(chosen.sum()), len({*of} & {*_NEVER})
    if not number:
        return ""
    people = pd.Index(table.loc[chosen, "person"])
    other = int(evidence.kindnesses(book, whose, people).any(axis=1).sum())
    sent = int((evidence.times_sent(book, whose, people) > 0).sum())
    told = [f"{other:,} had an introduction, an endorsement or a gift"] if other else []
    if sent:
        told.append(f"{sent:,} {agree(sent, 'was')} themselves referred by you to somebody")
    had = f" ({', and '.join(told)})" if told else ""
    if number == len(table):
        return f"Nobody on this list has had a referral from you{had}."
    where = which_of(groups, "the first group", f"the first {groups} groups")
    return f"{number:,} of {len(table):,} never had a referral from you{had}: {where}."


def _who_is_listed(book: Book, table: pd.DataFrame, whose: str) -> str:
    """Say who may be suggested at all, how many are not and why, and how many are listed."""
    left = candidates.left_out(book, whose)
    others, listed = len(book.people) - 1, int((table["part"] != "").sum())
    may = others - sum(left.values())
    why = {
        "do_not_refer": "marked do not refer",
        "role": "of another role",
        "waiting": "still waiting for your call",
    }
    none = [f"{number:,} {why[reason]}" for reason, number in left.items() if number]
    some = _of_the_others(may, others)
    told = f"{some} in this book may be suggested: clients, partners, and people without a role."
    few = f"Listed: {listed:,} of them." if listed < may else ""
    return joined(told, f"Left out: {', '.join(none)}." if none else "", few)


def _of_the_others(some: int, others: int) -> str:
    """Say of how many of the others something is true.

    Examples
    --------
    >>> _of_the_others(1, 1), _of_the_others(0, 1), _of_the_others(2, 2)
    ('The only other person', 'Not even the only other person', 'Both others')
    >>> _of_the_others(2, 3), _of_the_others(3, 3)
    ('2 of the 3 others', 'All 3 others')
    """
    if others == 1:
        return "The only other person" if some else "Not even the only other person"
    if some < others:
        return f"{some:,} of the {others:,} others"
    return "Both others" if others == 2 else f"All {others:,} others"


def _columns(table: pd.DataFrame, horizon: int) -> str:
    """Say what the numbers of a line count."""
    span = _range_of(table, "added")
    expected_so = "" if table["anyway_high"].isna().all() else f" ({_range_of(table, 'anyway')})"
    undated = table["anyway"].notna() & table["anyway_high"].isna()
    none = "; no range where some of what they sent has no date" if undated.any() else ""
    small = "; 0.00 is under 0.005" if table["anyway"].between(0, 0.005, "neither").any() else ""
    return (
        f"added: referrals expected to follow one more from you within {count(horizon, 'day')}, "
        f"beyond what comes anyway, if people stay as they are ({span}). anyway: referrals "
        f"expected from them in that time if you give nothing, "
        f"by how active they are now{expected_so}{none}{small}."
    )


def _range_of(table: pd.DataFrame, name: str) -> str:
    """Say which columns hold the range of a number."""
    if no_low_end(table, name):
        lines = "every line that has one" if table[f"{name}_high"].isna().any() else "every line"
        return f"{name} high: where its 95% range ends; it begins at 0 on {lines}"
    return f"{name} low to high: 95% range of this expectation"


def no_low_end(table: pd.DataFrame, name: str = "added") -> bool:
    """Tell whether the lower end of a number says nothing: printed as 0 on every line, or none.

    Examples
    --------
    >>> no_low_end(pd.DataFrame({"added_low": [0.0, 0.004]}))
    True
    """
    low = table[f"{name}_low"]
    return bool((low.isna() | low.lt(0.005)).all())


def refer_first(summary: Summary, answer: Answer) -> Section:
    """Say whom to refer first, part by part, each with why."""
    table, title = answer.table, "Refer first"
    if summary.book["me"] is None:
        told = f"This needs a person: {summary.command('refer-first', '--for PERSON')}."
        return Section(title, (told,))
    if table.empty:
        return Section(title, (NOBODY,))
    ranked = (
        "Of each kind the first few, by what one more adds: what is expected to follow it within "
        f"{HORIZON} days beyond what comes anyway."
    )
    of = kinds(table)
    had = clients_without_one(table) if of.isin(_NEVER).any() else _ALL_HAD
    even = most_expected(table)
    items = [
        (f"{_who(row)}: {SAYS[row['kind']]}", str(row["because"]))
        for row in shown(summary).to_dict("records")
    ]
    left = rest(table, summary.command("refer-first"), len(items))
    caution = (
        "This tells where to try, not what to give back, and promises nothing; "
        f"{summary.command('effect')} asks whether giving adds anything."
    )
    return Section(
        title,
        (*filter(None, (had,)), joined(ranked, even), caution),
        items=tuple(items),
        note=joined(left, summary.conditions),
    )


def shown(summary: Summary) -> pd.DataFrame:
    """Give the suggestions that a page shows, kind by kind, with the ``kind`` of each.

    Where few gave, others who never had a referral take their places.

    Examples
    --------
    >>> from refgraph.report.summary import summarize
    >>> from refgraph import Book
    >>> shown(summarize(Book.sample()))["kind"].unique().tolist()
    ['start, gave', 'start, gave nothing', 'settle', 'again']
    """
    table = summary.refer_first
    table = table.assign(kind=kinds(table))
    parts, free = [], 0
    for kind in SAYS:
        most = summary.most(_SHOWN[kind])
        parts.append(table[table["kind"] == kind].head(most + free))
        free = max(most - len(parts[-1]), 0) if kind == GAVE else 0
    return pd.concat(parts)


def _who(row: Mapping[Any, Any]) -> str:
    return f"{row['person']} ({row['role']})" if row["role"] else f"{row['person']}"
