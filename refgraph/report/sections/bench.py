"""The bench in words: who is missing, what hangs on one person, and the list to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.book import professional_limits
from refgraph.report.sections.section import joined
from refgraph.schema.row_ends import COUNTED, ENDS, given_by
from refgraph.schema.row_facts import referrals_by
from refgraph.wording import count, percent, which_of

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["SHARED", "concentration", "holes", "listed", "praise", "shared"]

SHARED = ("person", "profession", "offers", "because")

_NAMED = 5  # holes told of each kind
_GOOD, _POOR = 4, 3  # a rating to hand on; one below this, and nobody is handed on
_MUCH, _SOME = 2 / 3, 3  # a share worth telling, of so many
_PRAISE = {
    "helpful": "helpful",
    "dependable": "dependable",
    "follow_through": "true to their word",
    "track_record": "good at what they do",
}


def holes(table: pd.DataFrame) -> str:
    """Say what nobody, and what only one person, on the bench does.

    Parameters
    ----------
    table : DataFrame
        As :func:`refgraph.bench.by_profession` gives it.

    Examples
    --------
    >>> from refgraph import Book, bench
    >>> lines = holes(bench.by_profession(Book.sample())).splitlines()
    >>> lines[0].partition(", contracts")[0]
    'Nobody on the bench for: websites (needed by 3; Jonas Vetter, unrated, offers it)'
    """
    nobody = [_wanted(row) for row in _rows(table[table["state"] == "nobody"])]
    wanted = table["needed"] > 0
    if "sent" in table:
        wanted |= table["sent"] > 0
    alone = table[(table["state"] == "one person") & wanted]
    thin = [f"{row['profession']} ({row['best']})" for row in _rows(alone)]
    lines = [f"Nobody on the bench for: {_some(nobody)}."] if nobody else []
    lines += [f"Only one person for: {_some(thin)}."] if thin else []
    return "\n".join(lines)


def _wanted(row: dict[Any, Any]) -> str:
    parts = [f"needed by {row['needed']:,}"] if row["needed"] else []
    parts += [f"{row['sent']:,} sent"] if row.get("sent") else []
    told = ", ".join(parts)
    if row["offered_by"]:
        first, *more = row["offered_by"]
        others = f" and {len(more):,} more" if more else ""
        told += f"; {first}{others}, unrated, {'offer' if more else 'offers'} it"
    return f"{row['profession']} ({told})"


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more (--by profession)" if more > 0 else "")


def concentration(book: Book, table: pd.DataFrame, whose: str | None) -> str:
    """Say how much of what is sent goes to one person, in all and within a profession.

    Parameters
    ----------
    book : Book
        Its window chooses what is counted.
    table : DataFrame
        As :func:`refgraph.bench.by_profession` gives it.
    whose : str or None
        Who sent it; anyone if None.

    Returns
    -------
    str
        "" of a book with the profile ``health``, where it is not told.
    """
    if professional_limits.withheld(book):
        return ""
    rows = book.select(*COUNTED)
    rows = rows if whose is None else rows[given_by(rows, whose)]
    total = referrals_by(rows, ENDS[1]).sort_values(ascending=False, kind="stable")
    who = "anyone" if whose is None else "you" if whose == book.me else whose
    if total.empty:
        return "Nothing was sent yet." if whose is None else f"{_capital(who)} sent nothing yet."
    sent, (name, most) = int(total.sum()), next(iter(total.items()))
    share = f"{int(most):,} ({percent(most / sent)}) went to {name}"
    told = f"Of {count(sent, 'referral')} {who} sent, {share}."
    if most == sent:
        every = which_of(sent, "The only referral", f"All {count(sent, 'referral')}")
        told = f"{every} {who} sent went to {name}."
    many = table[(table["share"] > _MUCH) & (table["sent"] >= _SOME) & (table["on_bench"] > 1)]
    within = [
        f"{row['most_sent_to']} ({row['share'] * row['sent']:.0f} of {row['sent']:,} for "
        f"{row['profession']})"
        for row in _rows(many.sort_values("sent", ascending=False, kind="stable"))
    ]
    alone = f"Most goes to one, though there are others: {_some(within)}." if within else ""
    return joined(told, alone)


def praise(row: dict[Any, Any]) -> list[str]:
    """Name the qualities a person is rated 4 or 5 in, in words.

    Examples
    --------
    >>> praise({"helpful": 5.0, "dependable": 3.0, "follow_through": 4.0, "track_record": None})
    ['helpful', 'true to their word']
    """
    return [word for name, word in _PRAISE.items() if (row[name] or 0) >= _GOOD]


def shared(table: pd.DataFrame) -> pd.DataFrame:
    """Give the list to hand on: who does what, and why them; no rating and no count.

    Only who is rated 4 or 5 somewhere, and nowhere below 3, is on it: of the others there is
    nothing good to say, and some are clients, which is nobody else's business.

    Parameters
    ----------
    table : DataFrame
        As :func:`refgraph.bench.by_person` gives it.

    Returns
    -------
    pandas.DataFrame
        By profession and name: ``person``, ``profession``, ``offers``, ``because``.

    Examples
    --------
    >>> from refgraph import Book, bench
    >>> shared(bench.by_person(Book.sample())).set_index("person")["because"]["Carmen Ibarra"]
    'Dependable, true to their word and good at what they do; known since 2019.'
    """
    kept = [row for row in _rows(table) if praise(row) and not _poor(row)]
    kept.sort(key=lambda row: (row["profession"].casefold(), row["person"]))
    told = {name: [row[name] for row in kept] for name in SHARED[:-1]}
    told["because"] = [_why(row) for row in kept]
    kinds = dict.fromkeys(SHARED, "str") | {"offers": "object"}
    return pd.DataFrame({name: pd.Series(told[name], dtype=kinds[name]) for name in SHARED})


def _poor(row: dict[Any, Any]) -> bool:
    """Tell whether a person is rated below 3 in anything."""
    return any(row[name] < _POOR for name in _PRAISE if row[name] is not None)


def listed(words: list[str]) -> str:
    """Words with commas, and an *and* before the last.

    Examples
    --------
    >>> listed(["wills"]), listed(["wills", "trusts", "deeds"])
    ('wills', 'wills, trusts and deeds')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _why(row: dict[Any, Any]) -> str:
    known = "" if pd.isna(row["known_since"]) else f"; known since {row['known_since']:%Y}"
    return f"{_capital(listed(praise(row)))}{known}."


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")
