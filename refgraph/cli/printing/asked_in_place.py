"""Questions that a record answers where it is, printed as those to a book are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.cli.reading.placed import opened_in_place
from refgraph.progress import doing

if TYPE_CHECKING:
    from refgraph.cli.printing.output import Output
    from refgraph.cli.reading.chosen_book import Source

__all__ = ["balance", "owe", "reciprocity", "trend"]

_COUNTS = ("people", "ties", "mutual_pairs", "one_way_pairs", "null_pairs")
_ASKING = "Asking where the rows are"


def owe(source: Source, output: Output, whose: str | None) -> None:
    """Print whom one owes a referral, and for how long."""
    from refgraph.report.questions.owing import OWE, tell_owed

    place = opened_in_place(source)
    with doing(_ASKING):
        table, ages = place.owe(whose).execute(), place.ageing(whose).execute()
    windowed = place.book.since is not None or place.book.until is not None
    output.show(OWE, tell_owed(table, ages, windowed=windowed), place.book)


def balance(source: Source, output: Output, *, pairs: bool) -> None:
    """Print what each person gave and received, or each pair."""
    from refgraph.report.questions.owing import BALANCE, BALANCE_BY_PAIR, tell_balance
    from refgraph.report.questions.question import Answer

    place = opened_in_place(source)
    with doing(_ASKING):
        found = (place.pairs() if pairs else place.balance()).execute()
    if pairs:
        output.show(BALANCE_BY_PAIR, Answer(found), place.book)
    else:
        output.show(BALANCE, tell_balance(found), place.book)


def reciprocity(source: Source, output: Output, *, by: str | None) -> None:
    """Print how mutual a record is: as a whole, for each person or each pair."""
    from refgraph.report.questions import connecting as questions
    from refgraph.report.questions.question import Answer

    place = opened_in_place(source)
    with doing(_ASKING):
        if by is None:
            table, said = _measures(place)
            output.show(questions.RECIPROCITY, Answer(table, said), place.book)
        elif by == "pair":
            found = place.by_pair().execute()
            output.show(questions.RECIPROCITY_BY_PAIR, Answer(found), place.book)
        else:
            found = place.by_person().execute().reset_index()
            output.show(questions.RECIPROCITY_BY_PERSON, Answer(found), place.book)


def _measures(place: Any) -> tuple[Any, str]:
    """Give the measures of a whole record, of the people who have a referral in it."""
    import pandas as pd

    overall = place.reciprocity(with_all=False).execute()
    told = {name: int(value) if name in _COUNTS else value for name, value in overall.items()}
    table = pd.DataFrame(
        {
            "measure": pd.Series([*told], dtype="str"),
            "value": pd.Series([*told.values()], dtype=object),
        }
    )
    said = (
        "Ranges, and the ties of one person apart from those among others, are given for a part: "
        "--around PERSON."
    )
    return table, said


def trend(source: Source, output: Output, whose: str | None, **options: Any) -> None:
    """Print by period how it went for one person, whose rows alone are read."""
    from refgraph.report.questions.tending import TREND

    place = opened_in_place(source)
    with doing(_ASKING):
        book, person = place.alone(whose)
    output.show(TREND, TREND(book, person, **options), book)
