"""Who owes whom, and the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.owing import owe as analysis
from refgraph.analysis.owing import register as rows
from refgraph.errors import RefgraphError
from refgraph.report.questions.meanings import GROUP, PAIR, PERSON, ROW
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections.section import joined
from refgraph.report.sections.standing import settled_otherwise

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["BALANCE", "BALANCE_BY_PAIR", "OWE", "REGISTER", "WHY", "tell_balance", "tell_owed"]


def _owe(book: Book, person: str | None = None) -> Answer:
    """Say whom one owes a referral, and for how long all of it has been open."""
    windowed = book.since is not None or book.until is not None
    return tell_owed(analysis.rank(book, person), analysis.ageing(book, person), windowed=windowed)


def tell_owed(table: pd.DataFrame, ages: pd.DataFrame, *, windowed: bool) -> Answer:
    """Say for how long what is owed has been open.

    Parameters
    ----------
    table, ages : DataFrame
        As :func:`refgraph.owe.rank` and :func:`refgraph.owe.ageing` give them.
    windowed : bool
        Whether only some days are looked at.
    """
    number_of = ages["referrals"]
    parts = [f"{number:,} for {age}" for age, number in number_of.items() if number]
    if undated := int(table["open"].sum() - number_of.sum()):
        parts.append(f"{undated:,} without a date")
    said = f"Open: {', '.join(parts)}." if parts else "Nothing is open."
    if not windowed:
        said = joined(said, settled_otherwise(table))
    return Answer(table, said, total=("open",))


def _balance(book: Book) -> Answer:
    """Give what each person gave and received, who went furthest ahead first."""
    from refgraph.analysis.reciprocity import balance  # noqa: PLC0415  # networkx, 0.1 s

    return tell_balance(balance.by_person(book.graph()))


def _balance_by_pair(book: Book) -> Answer:
    """Give what each two people gave each other."""
    from refgraph.analysis.reciprocity import balance  # noqa: PLC0415  # networkx, 0.1 s

    return Answer(balance.by_pair(book.graph()))


def tell_balance(found: pd.DataFrame) -> Answer:
    """Order people by their balance.

    Parameters
    ----------
    found : DataFrame
        As :func:`refgraph.balance.by_person` gives it.
    """
    table = found.reset_index()
    table = table.sort_values(["balance", "person"], ascending=[False, True], kind="stable")
    return Answer(table, total=("given", "received"))


def _register(book: Book, person: str) -> Answer:
    """Give every referral somebody gave or received, with the running balance."""
    table = rows.of(book, person)
    return Answer(table, "" if len(table) else f"No referrals of {person} are counted here.")


def _why(book: Book, person: str, asker: str | None = None) -> Answer:
    """Give the referrals between two people, and which are still open."""
    if person == (asker or book.me):
        msg = f"{person} cannot be asked about {person}; name the other person."
        raise RefgraphError(msg)
    table = rows.between(book, person, asker)
    still_open = int(table["open"].sum())
    said = f"{still_open:,} open" if still_open else "nothing open"
    total = ("open",) if still_open else ()
    return Answer(table, f"{person} gave {asker or book.me}: {said}.", total=total)


OWE = Question(
    "owe",
    _owe,
    {
        "me": "from whose side it is seen",
        "person": "who gave more than they had back",
        "role": f"{PERSON['role']}, as people.csv says",
        "gave_me": "referrals they gave",
        "i_gave": "referrals they had back",
        "open": "referrals of theirs that nothing has settled yet, the oldest settled first",
        "oldest_open": "day of the oldest open one",
        "days_open": "days since then",
        "last_from_them": "day of the last referral they gave",
        "last_from_me": "day of the last one they had",
    },
)
BALANCE = Question(
    "balance",
    _balance,
    {
        **GROUP,
        "balance": "given less received: above 0, they went first",
        "rate": "2 x referrals matched by one back from the same person / (given + received)",
    },
)
BALANCE_BY_PAIR = Question("balance --pairs", _balance_by_pair, PAIR)
REGISTER = Question(
    "register",
    _register,
    {
        "date": ROW["date"],
        "direction": "to or from the person",
        "person": "the other person",
        "given": "referrals given in this row",
        "received": "referrals received in this row",
        "balance": "given less received, up to and with this row",
        "prospect": ROW["prospect"],
        "status": ROW["status"],
        "note": ROW["note"],
    },
)
WHY = Question(
    "why",
    _why,
    {
        **ROW,
        "direction": "received from them, given to them, or settled by a touch",
        "open": "referrals of the row that nothing has settled yet",
    },
)
