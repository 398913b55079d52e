"""The tables of chains, and what they say: who started most, and how much is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from refgraph.analysis.tracing import chains, won_value
from refgraph.analysis.tracing.origin_forest import WHY
from refgraph.report.sections.section import joined
from refgraph.report.views.text_table import cell
from refgraph.wording import agree, count, which_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from refgraph.book.book import Book

__all__ = ["VIEWS", "chains_table", "without_repeats"]

#: What can be asked, as the command line says it.
VIEWS = ("--by root", "--by person", "--by giver", "--by client", "--essential", "--unknown")

_NO_CHAIN = "No chain is known. Name in the column prospect who was referred."
_NAMED = 3  # people, in a sentence
_GAPS = dict(
    zip(
        WHY[1:-1],
        (
            "won without a prospect",
            "by two people on one day",
            "made on the day on which the prospect referred somebody themselves",
            "without a date",
            "whose prospect is the giver",
            "whose prospect is the receiver",
            "by somebody who was brought later themselves",
        ),
        strict=True,
    )
)


def chains_table(
    book: Book,
    view: str = "--by root",
    *,
    person: str | None = None,
    decay: Decimal = chains.DECAY,
    touch: str = "first",
) -> tuple[pd.DataFrame, str]:
    """Give one of the tables of chains as rows, and what to know of it.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, note = chains_table(Book.sample(), "--by giver")
    >>> list(table)
    ['giver', 'currency', 'won', 'valued', 'value']
    >>> note
    'Won: EUR 10,850; USD 35,300. 6 of 20 won referrals have no value.'
    """
    if view == "--by giver":
        table = chains.by_giver(book)
        return table, _givers(table)
    if view == "--by client":
        table = chains.by_client(book, person, touch=touch)
        return table, _clients(table, chains.essential(book, person, touch=touch))
    if view == "--essential":
        table = chains.essential(book, person, touch=touch)
        return table, _missing(table) or "No client is known to have come through somebody."
    unknown = chains.unknown(book, touch=touch)
    if view == "--unknown":
        return unknown, _remedy(unknown)
    if view == "--by person":
        table = chains.by_person(book, touch=touch)
        chained = table[(table["depth"] > 0) | (table["children"] > 0)]
        chained = chained.reset_index().sort_values(["root", "depth", "person"], kind="stable")
        return chained, _people(chained, unknown)
    table = chains.by_root(book, decay=decay, touch=touch)
    return table, _roots(book, table, unknown, decay=decay)


def without_repeats(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out the chains that tell a reader nothing: too short, or told above.

    Examples
    --------
    >>> from refgraph import Book, chains
    >>> without_repeats(chains.by_root(Book.sample()))["chain"].map(len).tolist()[:4]
    [0, 0, 4, 0]
    """
    if "chain" not in table:
        return table
    short = table["depth"] < (2 if "root" in table else 1)
    again = table.duplicated("root" if "root" in table else "client") | short
    none: list[str] = []
    told = [none if hide else chain for hide, chain in zip(again, table["chain"], strict=True)]
    return table.assign(chain=pd.Series(told, index=table.index, dtype=object))


def _roots(book: Book, table: pd.DataFrame, unknown: pd.DataFrame, *, decay: Decimal) -> str:
    """Say who started most, what the value counts, and what is not known."""
    told = _NO_CHAIN if table.empty else _starters(book, table)
    priced = decay < 1 and table["value"].notna().any()
    value = f"Value: each step from the root counts {decay:f} of what was won; won value counts it"
    return _lines(told, f"{value} whole." if priced else "", _unlinked(unknown))


def _starters(book: Book, table: pd.DataFrame) -> str:
    """Name who started most, besides me where I started as many."""
    others = table[table["root"] != book.me].drop_duplicates("root")
    if others.empty:
        return "Nobody but you started a chain."
    most = int(others["started"].max())
    mine = table.loc[table["root"] == book.me, "started"]
    besides = "Besides you, " if mine.ge(most).any() else ""
    names = others.loc[others["started"] == most, "root"].tolist()
    if len(names) > 1:
        return f"{besides}{_list(names)} started most, {count(most, 'person')} each."
    clients = int(others["clients"].iloc[0])
    served = f", {clients:,} of them {which_of(clients, 'a client', 'clients')}" if clients else ""
    return f"{besides}{names[0]} started most: {count(most, 'person')}{served}."


def _people(table: pd.DataFrame, unknown: pd.DataFrame) -> str:
    """Say how many people a referral brought, of those who are in a chain."""
    if table.empty:
        return _lines(_NO_CHAIN, _unlinked(unknown))
    came, gave = int((table["depth"] > 0).sum()), int((table["children"] > 0).sum())
    were = agree(came, "was")
    told = (
        f"Of {count(len(table), 'person')} in chains, {came:,} {were} brought by a referral, and "
        f"{gave:,} brought somebody."
    )
    return _lines(told, _unlinked(unknown))


def _givers(table: pd.DataFrame) -> str:
    """Sum up what was won in each currency, and for how many referrals that is not recorded."""
    if table.empty:
        return "No referral is marked as won."
    total: dict[str, Decimal] = {}
    for currency, value in zip(table["currency"], table["value"], strict=True):
        if value is not None:
            won_value.add(total, currency, value)
    number, lacking = int(table["won"].sum()), int((table["won"] - table["valued"]).sum())
    if not total:
        return f"{count(number, 'referral')} {agree(number, 'was')} won."
    some = f"{lacking:,} of {count(number, 'won referral')}"
    none = f"{some} {agree(lacking, 'has')} no value." if lacking else ""
    return joined(f"Won: {_money(total)}.", none)


def _clients(table: pd.DataFrame, needed: pd.DataFrame) -> str:
    """Say how many clients came through somebody, and without whom most would be missing."""
    if table.empty:
        return "No client is known: nobody's role is client, and no referral received was won."
    each = table.drop_duplicates("client")
    came = int((each["depth"] > 0).sum())
    who = count(len(each), "client")
    told = f"{came:,} of {who} came through somebody; of the others it is not known."
    if came == len(each):
        told = which_of(
            came, "The client came through somebody.", f"All {who} came through somebody."
        )
    return joined(told, _missing(needed))


def _missing(needed: pd.DataFrame) -> str:
    """Say without whom most clients, and which value, would be missing."""
    if needed.empty:
        return ""
    most = int(needed["clients"].max())
    top = needed[needed["clients"] == most]
    names = list(dict.fromkeys(top["person"]))
    them = count(most, "client")
    if len(names) > 1:
        return f"Without {_list(names, 'or')}, {them} would be missing for each."
    value = dict(zip(top["currency"], top["value"], strict=True))
    worth = {currency: each for currency, each in value.items() if each is not None}
    return f"Without {names[0]}, {them} would be missing{f' ({_money(worth)})' if worth else ''}."


def _remedy(unknown: pd.DataFrame) -> str:
    """Say how to mend the rows that do not say who brought whom."""
    if unknown.empty:
        return "Every referral that names somebody says who brought whom."
    return (
        "Name in the column prospect who was referred. Somebody known by another name is found "
        "if that name is an alias in people.csv."
    )


def _unlinked(unknown: pd.DataFrame) -> str:
    """Count the referrals that do not say who brought whom, by why."""
    numbers = unknown.groupby("why")["count"].sum()
    gaps = [f"{numbers[why]:,} {told}" for why, told in _GAPS.items() if why in numbers]
    strangers = int(numbers.get(WHY[-1], 0))
    first, *_ = [*gaps, ""]
    if gaps:
        number, _, rest = first.partition(" ")
        gaps[0] = f"{number} referral{'' if number == '1' else 's'} {rest}"
    told = f"In no chain: {_list(gaps, most=len(gaps))}." if gaps else ""
    ends = (
        f"{strangers:,} {agree(strangers, 'names')} somebody who is nobody else in "
        "the book, and ends the chain."
        if strangers
        else ""
    )
    return joined(told, ends, "The command chains --unknown lists them." if told or ends else "")


def _money(total: Mapping[str, Decimal]) -> str:
    """Write out amounts, one for each currency."""
    return "; ".join(f"{currency} {cell(total[currency])}".lstrip() for currency in sorted(total))


def _list(names: list[str], word: str = "and", most: int = _NAMED) -> str:
    """Put names, or phrases, in a row; of many the first."""
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most:,} more"]
    *others, last = names
    return f"{', '.join(others)} {word} {last}" if others else last


def _lines(*told: str) -> str:
    return "\n".join(filter(None, told))
