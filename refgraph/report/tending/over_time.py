"""What is said of how it went over time: in single periods, and over the whole record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.tending import trend
from refgraph.wording import join_names

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["told"]

_SURE = 0.05 / len(trend.COUNTED)  # p under which a rise or a fall is said
_SHARES = ("leak rate",)
_HALF, _FROM = " in the second half of the time", " without the first day"


def told(table: pd.DataFrame, halves: pd.DataFrame, by: str) -> str:
    """Say what is beyond chance.

    Parameters
    ----------
    table : DataFrame
        Of :func:`refgraph.analysis.tending.trend.by_period`.
    halves : DataFrame
        Of :func:`refgraph.analysis.tending.trend.over_all`.
    by : str
        How long a period is.

    Returns
    -------
    str
        Of single periods first, then of the whole record.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> print(told(trend.by_period(book), trend.over_all(book), "quarter"))
    No quarter is beyond what chance alone brings; mutual people and reciprocity are not compared. \
A quarter that is not whole is not compared. Neither what was given (3 in the second half of the \
time, after 10 without the first day; p 0.198) nor what was received (7, after 9; p 0.563) is \
shown to rise or fall: that takes a p under 0.025.
    """
    if table.empty:
        return "None of these referrals has a date, or there are none."
    compared = table["given_low"].notna()
    single = [
        f"{_in_words(beyond)} in {period}"
        for period, beyond in zip(table["period"], table["beyond"], strict=True)
        if beyond
    ]
    if not compared.any():
        said = (
            "Too little to say what is beyond chance: it takes referrals on "
            f"{trend.FEWEST_DAYS} days, and a whole {by}."
        )
    elif single:
        said = f"Beyond chance: {'; '.join(single)}."
    else:
        said = (
            f"No {by} is beyond what chance alone brings; mutual people and reciprocity are not "
            "compared."
        )
    if compared.any() and not compared.all():
        said = f"{said} A {by} that is not whole is not compared."
    return f"{said} {_over_all(halves)}".strip()


def _over_all(halves: pd.DataFrame) -> str:
    """Say of what was given and received whether it rose or fell over the whole record."""
    if halves["p"].isna().any():
        return ""
    rows = halves.to_dict("records")
    known = {
        row["measure"]: f"{row['second_half']:,}{_HALF}, after {row['first_half']:,}{_FROM}; "
        f"p {row['p']:.3f}"
        for row in rows
    }
    sure = [row for row in rows if row["p"] < _SURE]
    if not sure:
        (one, numbers), (other, others) = known.items()
        others = others.replace(_HALF, "").replace(_FROM, "")
        return (
            f"Neither what was {one} ({numbers}) nor what was {other} ({others}) is shown to rise "
            f"or fall: that takes a p under {_SURE:.3f}."
        )
    parts = []
    for row in sure:
        way = "More" if row["rises"] else "Fewer"
        name = row["measure"]
        parts.append(f"{way} were {name} as time went on ({known.pop(name)}).")
    parts += [f"What was {name} is not shown to change ({told})." for name, told in known.items()]
    return " ".join(parts)


def _in_words(beyond: str) -> str:
    """Say what is outside its band as one would, of counts and of shares.

    Examples
    --------
    >>> _in_words("received above; leak rate below")
    'more received and lower leak rate'
    """
    told = []
    for each in beyond.split("; "):
        name, _, side = each.rpartition(" ")
        more, less = ("higher", "lower") if name in _SHARES else ("more", "fewer")
        told.append(f"{more if side == 'above' else less} {name}")
    return join_names(told)
