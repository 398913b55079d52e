"""What a gift adds, as every command prints it, with what the controls found, in plain words."""

from __future__ import annotations

from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.returning import effect, returns
from refgraph.report.sections.section import joined, rows_used
from refgraph.wording import count, decimals

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["Told", "ask", "finding", "verdict"]

_SAMPLES, _SEED = 1000, 0  # those of the command, whose words are the same
_LARGE = 20_000  # referrals of a network, of which a page for one person asks nothing more
_WRONG = {
    "earlier receipts": "before these gifts more had come already than before other silent days "
    "of the same people, so they follow what comes",
    "earlier gifts": "gifts to the same people come in spells, closer together than chance has it, "
    "and what makes one give for a time may make them send",
    "gifts to others": "what others sent unasked differed as well around gifts to somebody else, "
    "so giving and receiving have a season in common",
    "touches": "there had been more contact before these gifts than before other silent days, "
    "which may be what brought a referral",
}


class Told:
    """What was found about one book: the numbers, the controls, and the words for them.

    Attributes
    ----------
    found : Series
        See :func:`refgraph.effect.overall`.
    controls : DataFrame
        See :func:`refgraph.effect.controls`.
    """

    def __init__(
        self, book: Book, person: str | None, *, horizon: int, samples: int, seed: int
    ) -> None:
        self.book, whose = book, book.whose(person)
        self.giver = "" if whose is None else "you" if whose == book.me else whose
        said = effect.answer(book, person, horizon=horizon, samples=samples, seed=seed)
        self.found: Any = said.overall
        self.controls = said.controls
        self._whose = whose

    @cached_property
    def failed_of_all(self) -> list[str]:
        """The controls that fail for everybody together, where one of a network is asked about.

        In the book of one person what passes among others is hearsay, and says nothing.
        """
        found = self.found
        if self._whose is None or self.book.me is not None or found["refused"] is not None:
            return []
        of_all = effect.controls(self.book, horizon=int(found["horizon"]))
        return [str(name) for name in of_all.loc[of_all["fails"], "control"]]

    @property
    def table(self) -> pd.DataFrame:
        """Everything as rows: ``measure`` and ``value``."""
        values: dict[str, object] = {str(name): value for name, value in self.found.items()}
        for row in self.controls.to_dict("records"):
            name = row["control"].replace(" ", "_")
            values |= {name: row["difference"], f"{name}_p": row["p"]}
        plain = [_whole(value) for value in values.values()]
        return pd.DataFrame(
            {
                "measure": pd.Series(list(values), dtype="str"),
                "value": pd.Series(plain, dtype=object),
            }
        )

    @property
    def words(self) -> str:
        """The answer, what it rests on, and what it does not hold, a line each."""
        parts = (finding(self), self.figures, self._more(), self._controls(), self._left_out())
        return "\n".join(filter(None, parts))

    @property
    def figures(self) -> str:
        """What came after gifts, and what came anyway; "" where that may not be said."""
        told, days = self.found, count(int(self.found["horizon"]), "day")
        if told["refused"] is not None:
            return ""
        one, two = told["added"], _between(told["low"], told["high"])
        places = decimals(told["after"], told["anyway"], one) - 2  # of a percentage
        after, anyway = (_share(told, name, places) for name in ("after", "anyway"))
        return (
            f"Estimated from {_gifts(told)}, each made when nothing had passed between the two for "
            f"{days}: a referral back comes within {days} after about {after} "
            f"of such gifts, and after about {anyway} of days of the same "
            f"people with the same silence and no gift. That is {abs(100 * one):.{places}f} "
            f"{'more' if one >= 0 else 'fewer'} of 100 ({two}). Ranges are "
            f"95%; people with more silent days to compare with count more, and who was given to "
            f"again counts until then."
        )

    def _more(self) -> str:
        told = self.found
        if told["refused"] == effect.TOO_FEW:
            return (
                "It takes such gifts to five people at least, and about 100 to tell a large effect."
            )
        if told["refused"] is not None or not told["more"]:
            return ""
        return (
            f"For a range of {100 * effect.HALF_WIDTH:.0f} of 100 to either side it takes about "
            f"{count(int(told['more']), 'more such gift')}{self._as_long()}."
        )

    def _as_long(self) -> str:
        """Say how long so many gifts take, made as often as those were; a record has a length."""
        so_far = np.nanmax(self.book.days_since(self.book.window().dates))
        years = self.found["more"] / self.found["gifts"] * so_far / 365.25
        if years < 1:
            return ", at the pace of this record less than a year"
        return f", at the pace of this record about {count(round(years), 'year')}"

    def _controls(self) -> str:
        """Say what each control found, and which could not be computed."""
        failed = self.controls[self.controls["fails"]]["control"].tolist()
        known = self.controls["p"].notna()
        passed = self.controls[known & ~self.controls["fails"]]["control"].tolist()
        missing = self.controls[~known]["control"].tolist()
        wrong = [f"Control failed, {name}: {_WRONG[name]}." for name in failed]
        good = f"Nothing amiss was seen in these controls: {', '.join(passed)}." if passed else ""
        none = f"Not recorded, or too few to compute: {', '.join(missing)}." if missing else ""
        limit = ""
        if self.found["refused"] is None:
            limit = (
                "Controls see what the record shows, and of few gifts little: if people warm to "
                "each other between two referrals, a gift may be a sign of it and no cause."
            )
        return "\n".join(filter(None, (*wrong, joined(good, none), self._of_all(), limit)))

    def _of_all(self) -> str:
        """Say that nothing would be said of everybody's gifts together, and why."""
        wrong = "; ".join(f"{name}: {_WRONG[name]}" for name in self.failed_of_all)
        if not wrong:
            return ""
        return (
            f"Of everybody's gifts together nothing is said in this book, as a control fails there "
            f"({wrong}). Of the fewer gifts of one person the same is harder to see."
        )

    def _left_out(self) -> str:
        told, said = self.found, []
        each = 1 if self.giver else 2  # without a giver both of a pair give
        crossed = each * int(told["crossed"])
        if number := int(told["gifts"] + told["other_gifts"]) + crossed:
            whose = f"{self.giver} gave somebody" if self.giver else "one person gave another"
            said.append(
                f"A gift is here a day on which {whose} something, however many referrals. "
                f"Of {count(number, 'gift')} {int(told['gifts']):,} came after a silence of "
                f"{count(int(told['horizon']), 'day')} and could be compared."
            )
        if told["other_gifts"]:
            said.append(
                f"Not used: {count(int(told['other_gifts']), 'gift')} made when something had "
                f"passed between the two within the horizon, or to people without silent days to "
                f"compare with."
            )
        if told["crossed"]:
            said.append(
                f"Not used either: {count(crossed, 'gift')} that crossed with one back on one "
                f"day, of which nothing says what came first."
            )
        return joined(*said, *rows_used(self.book))


def ask(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    samples: int = _SAMPLES,
    seed: int = _SEED,
) -> Told:
    """Ask a book whether giving brings anything back.

    Examples
    --------
    >>> from refgraph import Book
    >>> told = ask(Book.sample(), None, horizon=30, samples=100, seed=0)
    >>> told.table["measure"].tolist()[:3]
    ['gifts', 'partners', 'after']
    """
    return Told(book, person, horizon=horizon, samples=samples, seed=seed)


def finding(told: Told) -> str:
    """Say in one sentence what was found.

    Examples
    --------
    >>> from refgraph import Book
    >>> finding(ask(Book.sample(), None, horizon=180, samples=100, seed=0))
    'Too few gifts of yours to tell whether giving brings anything back.'
    """
    found, you = told.found, told.giver == "you"
    of = "" if not told.giver else " of yours" if you else f" of {told.giver}"
    if found["refused"] == effect.TOO_FEW:
        return f"Too few gifts{of} to tell whether giving brings anything back."
    if found["refused"] is not None:
        return (
            f"Whether giving brings anything back cannot be told from the record: with gifts{of} "
            f"something else differs too."
        )
    low, high = found["low"], found["high"]
    most = _between(low, high)
    if low > 0 or high < 0:
        unchecked = "" if told.controls["p"].notna().any() else "; no control could check it"
        return (
            f"Gifts{of} after a silence were followed by {'more' if low > 0 else 'less'} than "
            f"comes anyway: {most} of 100 had a referral back (95% range){unchecked}."
        )
    if not found["more"]:
        return (
            f"What followed gifts{of} after a silence cannot be told from what comes anyway, and "
            f"the range is narrow: {most} of 100."
        )
    return (
        f"It cannot be told yet whether gifts{of} add anything to what comes anyway: {most} of 100."
    )


def verdict(book: Book, person: str, *, horizon: int) -> str:
    """Say for a page that rests on it whether giving adds anything, as ``refgraph effect`` does.

    Such a page speaks to whoever it is for, so that their gifts are yours.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> verdict(book, book.me, horizon=180).partition(": ")[0]
    'Does giving add anything here (refgraph effect)'
    """
    told = ask(book, person, horizon=horizon)
    told.giver = "you"
    shown = told.found["low"] > 0
    so = "" if shown else "Until that is shown, added tells where to try, and promises nothing."
    said = finding(told)
    return joined(
        f"Does giving add anything here (refgraph effect): {said[0].lower()}{said[1:]}",
        _doubt(told),
        so,
    )


def _doubt(told: Told) -> str:
    """Say on a page for one person of a network what was found of everybody's gifts together."""
    if len(told.book.window().dates) > _LARGE and told.book.me is None:
        return "Of everybody's gifts together nothing was asked here; refgraph effect asks it."
    if not told.failed_of_all:
        return ""
    return (
        "Of everybody's gifts together refgraph effect says nothing in this book, as a control "
        f"fails: {', '.join(told.failed_of_all)}."
    )


def _gifts(told: pd.Series[Any]) -> str:
    return f"{count(int(told['gifts']), 'gift')} to {count(int(told['partners']), 'person')}"


def _share(told: pd.Series[Any], name: str, places: int) -> str:
    """Give a share with both ends of its range.

    Examples
    --------
    >>> told = pd.Series({"after": 0.23, "after_low": 0.0, "after_high": 0.52})
    >>> _share(told, "after", 0)
    '23% (0% to 52%)'
    """
    one, low, high = (f"{told[name + end]:z.{places}%}" for end in ("", "_low", "_high"))
    return f"{one} ({low} to {high})"


def _between(low: float, high: float) -> str:
    """Give a range of differences as how many of a hundred.

    Examples
    --------
    >>> _between(0.06, 0.29), _between(0.003, 0.1), _between(-0.3, -0.012), _between(-0.2, 0.57)
    ('6 to 29 more', 'under 1 to 10 more', '1 to 30 fewer', 'from 20 fewer to 57 more')
    """
    if low <= 0 <= high:
        return f"from {round(-100 * low)} fewer to {round(100 * high)} more"
    near, far = (round(100 * end) for end in sorted((abs(low), abs(high))))
    return f"{near or 'under 1'} to {far or 'under 1'} {'more' if low > 0 else 'fewer'}"


def _whole(value: object) -> object:
    if isinstance(value, float):
        return None if isnan(value) else int(value) if value.is_integer() and value > 1 else value
    return value
