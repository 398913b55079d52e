"""Parts of a review about who gave whom: where one stands, what is open, whom to refer first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.report.sections.section import FEW, Section, joined, rest
from refgraph.wording import agree, count

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.report.summary import Summary

__all__ = [
    "one_sided",
    "open_between",
    "owed",
    "owing",
    "settled_otherwise",
    "standing",
]

_ROWS = 8


def standing(summary: Summary) -> Section:
    """Say where me, or the whole network, stands."""
    at = summary.position
    if summary.withheld:
        return _unnumbered(summary)
    if summary.book["me"] is None:
        told = (
            f"{count(at['giving'], 'person')} gave {count(at['given'], 'referral')} "
            f"to {count(at['receiving'], 'person')}."
        )
        return Section("Where the network stands", (told, summary.conditions))
    flows = f"You received {count(at['received'], 'referral')} and gave {at['given']:,}."
    first = f"You are even with {count(at['even_people'], 'person')}."
    if at["went_first_people"]:
        first = (
            f"You went first with {count(at['went_first_people'], 'person')} "
            f"({count(at['went_first_referrals'], 'referral')} beyond those that came from them) "
            f"and are even with {at['even_people']:,}."
        )
    return Section("Where you stand", (flows, *owing(at), first, summary.conditions))


def _unnumbered(summary: Summary) -> Section:
    """Say how many people refer, where neither the direction nor the number may be told."""
    people = count(summary.position["people"], "person")
    if summary.book["me"] is None:
        told = f"Referrals passed among {people}."
        return Section("Where the network stands", (told, summary.withheld))
    return Section(
        "Where you stand", (f"Referrals passed between you and {people}.", summary.withheld)
    )


def owing(at: dict[str, Any]) -> list[str]:
    """Say how much me owes, and for how long.

    Examples
    --------
    >>> owing({"owe_people": 1, "owe_referrals": 2, "days_open": 9, "ageing": {"0-30 days": 2}})
    ['You owe 1 person 2 referrals; the oldest has been open for 9 days.', 'Open: 2 for 0-30 days.']
    """
    if not at["owe_people"]:
        return ["You owe no one a referral."]
    owed = count(at["owe_referrals"], "referral")
    told = f"You owe {count(at['owe_people'], 'person')} {owed}"
    if at["days_open"] is not None:
        told += f"; the oldest has been open for {count(at['days_open'], 'day')}"
    ages = [f"{number:,} for {age}" for age, number in at["ageing"].items() if number]
    return [f"{told}.", *([f"Open: {', '.join(ages)}."] if ages else [])]


def owed(summary: Summary) -> Section:
    """Say whom me owes, the longest open first."""
    table = summary.owe
    if table.empty:
        return Section("Whom you owe", ("Nothing is open.",))
    windowed = summary.book["since"] or summary.book["until"]
    columns = ["person", "role", "gave_me", "i_gave", "open", "oldest_open", "days_open"]
    shown = table[columns].rename(columns={"gave_me": "gave_you", "i_gave": "you_gave"})
    return Section(
        "Whom you owe",
        (
            "Longest open first. Whatever you give settles the oldest one.",
            "" if windowed else settled_otherwise(table),
            f"The rows behind it: {summary.command('why', about=str(table['person'].iloc[0]))}.",
        ),
        shown.head(summary.most(_ROWS)),
        note=joined(rest(table, summary.command("owe"), summary.most(_ROWS)), summary.conditions),
    )


def settled_otherwise(table: pd.DataFrame) -> str:
    """Say how many referrals of these people were settled without one in return.

    Examples
    --------
    >>> import pandas as pd
    >>> settled_otherwise(pd.DataFrame({"gave_me": [4], "i_gave": [2], "open": [1]}))
    '1 was settled otherwise, by a touch of kind settled.'
    """
    number = int((table["gave_me"] - table["i_gave"] - table["open"]).clip(lower=0).sum())
    verb = agree(number, "was")
    return f"{number:,} {verb} settled otherwise, by a touch of kind settled." if number else ""


def open_between(summary: Summary) -> Section:
    """Say what is open between people, in a book without a me."""
    title, table = "What is open between people", summary.owe
    if table.empty:
        return Section(title, ("Nothing is open.",))
    names = {"person": "giver", "me": "receiver", "gave_me": "given", "i_gave": "given_back"}
    shown = table.rename(columns=names)[[*names.values(), "open", "oldest_open", "days_open"]]
    told = "Given and not yet matched by one back, longest open first."
    most = summary.most(FEW)
    left = rest(table, summary.command("owe"), most)
    return Section(title, (told,), shown.head(most), note=joined(left, summary.conditions))


def one_sided(summary: Summary) -> Section:
    """Show the pairs furthest from even."""
    title, pairs = "The most one-sided pairs", summary.one_sided
    if pairs.empty:
        return Section(title, ("Every pair is even.",))
    ahead = pairs["balance"] > 0
    shown = pairs.assign(
        giver=pairs["a"].where(ahead, pairs["b"]),
        receiver=pairs["b"].where(ahead, pairs["a"]),
        given=pairs["a_to_b"].where(ahead, pairs["b_to_a"]),
        given_back=pairs["b_to_a"].where(ahead, pairs["a_to_b"]),
    )[["giver", "receiver", "given", "given_back"]]
    left = rest(pairs, summary.command("balance", "--pairs"), summary.most(FEW))
    return Section(title, (), shown.head(summary.most(FEW)), note=joined(left, summary.conditions))
