"""What a review says, section by section, in words a person reads once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.report.summary import Summary

__all__ = ["Section", "heading", "sections"]

_ROWS = 10
_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page.

    Attributes
    ----------
    title : str
        What it answers.
    sentences : tuple of str
        The answer.
    table : DataFrame or None
        The rows under it.
    items : tuple of (str, str)
        Numbered points instead of a table: who, and why.
    note : str
        What stands under the rows.
    """

    title: str
    sentences: tuple[str, ...]
    table: pd.DataFrame | None = None
    items: tuple[tuple[str, str], ...] = field(default=())
    note: str = ""


def heading(summary: Summary) -> tuple[str, str]:
    """Title and subtitle of the page."""
    about = summary.book
    title = f"Referrals of {about['me']}" if about["me"] else "Referrals in this network"
    parts = [f"{count(about['referrals'], 'referral')} of {count(about['people'], 'person')}"]
    if about["first"]:
        parts.append(f"{about['first']} to {about['last']}")
    if about["since"] or about["until"]:
        window = [f"from {about['since']}"] if about["since"] else []
        window += [f"up to {about['until']}"] if about["until"] else []
        parts.append(f"counting only {' '.join(window)}")
    if about["undated"]:
        parts.append(f"{about['undated']:,} without a date")
    return title, f"{', '.join(parts)}. Today is {about['today']}."


def sections(summary: Summary) -> list[Section]:
    """Give the sections of the page in reading order."""
    mine = summary.book["me"] is not None
    parts = [_standing(summary), _owed(summary), _refer_first(summary)]
    if not mine:
        parts.insert(1, _one_sided(summary))
    parts += [_connectors(summary), _mutual(summary), _leaks(summary)]
    return [*parts, _thanks(summary)] if mine else parts


def _standing(summary: Summary) -> Section:
    at = summary.position
    if summary.book["me"] is None:
        told = (
            f"{count(at['giving'], 'person')} gave {count(at['given'], 'referral')} "
            f"to {count(at['receiving'], 'person')}."
        )
        return Section("Where the network stands", (told,))
    flows = f"You received {count(at['received'], 'referral')} and gave {at['given']:,}."
    if summary.withheld:
        return Section("Where you stand", (flows, summary.withheld))
    first = (
        f"You went first with {count(at['went_first_people'], 'person')} "
        f"({count(at['went_first_referrals'], 'referral')} more than you had back) "
        f"and are even with {at['even_people']:,}."
    )
    return Section("Where you stand", (flows, *_owing(at), first))


def _owing(at: dict[str, Any]) -> list[str]:
    if not at["owe_people"]:
        return ["You owe no one a referral."]
    owed = count(at["owe_referrals"], "referral")
    told = f"You owe {count(at['owe_people'], 'person')} {owed}"
    if at["days_open"] is not None:
        told += f"; the oldest has been open for {count(at['days_open'], 'day')}"
    ages = [f"{number:,} for {age}" for age, number in at["ageing"].items() if number]
    return [f"{told}.", *([f"Open {', '.join(ages)}."] if ages else [])]


def _owed(summary: Summary) -> Section:
    table = summary.owe
    if summary.withheld:
        return Section("Whom you owe", ("Not shown for this profession.",))
    title = "Whom you owe" if summary.book["me"] else "What is open between people"
    if table.empty:
        return Section(title, ("Nothing is open.",))
    columns = [name for name in ("me", "person", "role") if name in table]
    columns += ["gave_me", "i_gave", "open", "oldest_open", "days_open"]
    if summary.book["me"] is None:
        columns.remove("role")
    told = "Longest open first; what is given back settles the oldest."
    return Section(title, (told,), table[columns].head(_ROWS), note=_more(table, "refgraph owe"))


def _one_sided(summary: Summary) -> Section:
    table = summary.one_sided
    if summary.withheld:
        return Section("The most one-sided pairs", ("Not shown for this profession.",))
    told = () if len(table) else ("Every pair is even.",)
    return Section(
        "The most one-sided pairs",
        told,
        table[["a", "b", "a_to_b", "b_to_a", "balance"]].head(_ROWS) if len(table) else None,
        note=_more(table, "refgraph balance --pairs"),
    )


def _refer_first(summary: Summary) -> Section:
    table = summary.refer_first
    if summary.withheld:
        return Section("Refer first", ("Not shown for this profession.",))
    if summary.book["me"] is None:
        told = "Say for whom: refgraph refer-first --for PERSON, or name yourself with --me."
        return Section("Refer first", (told,))
    if table.empty:
        told = "Everyone has had a referral from you, and nothing is open."
        return Section("Refer first", (told,))
    items = []
    for row in table.head(_SUGGESTIONS).to_dict("records"):
        role, chance = row["role"] or "no role", row["expected_return"]
        items.append((f"{row['person']} ({role}, {chance:.0%})", str(row["because"])))
    told = (
        "Giving first starts the return. The share is how likely an answer within 180 days is, "
        "going by how they answered before."
    )
    note = f"{_more(table, 'refgraph refer-first', _SUGGESTIONS)} {summary.conditions}".strip()
    return Section("Refer first", (told,), items=tuple(items), note=note)


def _connectors(summary: Summary) -> Section:
    table = summary.connectors
    return Section(
        "Connectors",
        ("People who link others, and groups, that would otherwise be apart.",),
        table.head(_ROWS // 2),
        note=f"{summary.connectors_note} {_more(table, 'refgraph connectors', _ROWS // 2)}".strip(),
    )


def _mutual(summary: Summary) -> Section:
    value: dict[str, Any] = dict(
        zip(summary.reciprocity["measure"], summary.reciprocity["value"], strict=True)
    )
    pairs = value["mutual_pairs"] + value["one_way_pairs"]
    if not pairs:
        return Section("Is it mutual?", ("There are no referrals to compare.",))
    told = [
        f"{value['mutual_pairs']:,} of {count(pairs, 'pair')} refer both ways ({value['dyad']:.0%}).",
        f"{value['edge']:.0%} of the ties have one in the other direction.",
        f"{value['weighted']:.0%} of all referrals are matched by one coming back.",
        f"Of all ties there could be, {value['density']:.1%} exist.",
    ]
    return Section("Is it mutual?", tuple(told))


def _leaks(summary: Summary) -> Section:
    table = summary.leaks
    if table.empty:
        return Section("What is leaking", ("No referral has gone quiet.",))
    told = (
        f"{count(len(table), 'referral')} neither won nor lost, and no news for over 30 days. "
        "The latest to go quiet come first: the easiest to save."
    )
    newest = table.iloc[::-1].head(_ROWS)
    return Section("What is leaking", (told,), newest, note=_more(table, ""))


def _thanks(summary: Summary) -> Section:
    table = summary.thanks_due
    if table.empty:
        return Section("Thanks due", ("Everyone who referred to you has been thanked since.",))
    told = (f"{count(len(table), 'person')} not thanked since their latest referral.",)
    return Section("Thanks due", told, table.head(_ROWS), note=_more(table, ""))


def _more(table: pd.DataFrame, command: str, shown: int = _ROWS) -> str:
    left = len(table) - shown
    if left <= 0:
        return ""
    return f"{left:,} more" + (f": {command}" if command else "") + "."


def count(number: int, noun: str) -> str:
    """``1 person``, ``3 people``.

    Examples
    --------
    >>> count(1, "person"), count(1200, "person"), count(0, "referral")
    ('1 person', '1,200 people', '0 referrals')
    """
    plural = "people" if noun == "person" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
