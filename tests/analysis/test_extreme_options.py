"""Options at the edge of what a number or a calendar can hold: an answer, or a sentence."""

from __future__ import annotations

import math
import random
from datetime import date

import pytest
from pandas.testing import assert_frame_equal
from strategies import ago, book_of

from refgraph import pairings
from refgraph.analysis.estimating import added
from refgraph.analysis.evaluating import evaluate
from refgraph.analysis.pairing.calendar import calendars
from refgraph.analysis.returning import effect, returns
from refgraph.analysis.suggesting import refer_first
from refgraph.errors import OptionError

PEOPLE = [{"person": name} for name in ("Ann", "Bo", "Cy")]
LAST = date(9999, 12, 27)  # the last Monday whose whole week there is


def lived(*, days=1500, rows=90, seed=1):
    """Give a book of six people who refer to one another by chance."""
    rng = random.Random(seed)  # noqa: S311
    return book_of(
        [(ago(rng.randrange(days)), *rng.sample("ABCDEF", 2), 1) for _ in range(rows)], me="A"
    )


# ------------------------------------------------------------------------------- horizons


@pytest.mark.parametrize("horizon", [10**19, 10**40])
def test_a_horizon_beyond_any_number_of_the_machine_is_one_that_never_ends(horizon):
    book, ever = lived(rows=40), 2**41
    for ask in (returns.overall, returns.by_person, returns.curve, evaluate.scores):
        assert ask(book, horizon=horizon).equals(ask(book, horizon=ever))
    of_me = ((added.by_person, {"ends": False}), (refer_first.expected_return, {}))
    for ask, more in of_me:
        found, known = (ask(book, "A", horizon=each, **more) for each in (horizon, ever))
        names = [name for name in found if name != "anyway"]  # which grows with the horizon
        assert_frame_equal(found[names], known[names], rtol=1e-6)
    assert refer_first.rank(book, horizon=horizon)["anyway"].isna().all()  # no record is as long
    assert effect.overall(book, horizon=horizon, samples=9)["refused"] == effect.TOO_FEW


# ------------------------------------------------------------------------------ half-lives


@pytest.mark.parametrize("half_life", [math.inf, -math.inf, math.nan, 0, -1])
def test_a_half_life_is_a_number_of_days(half_life):
    book = lived(rows=9)
    for ask in (returns.decayed, refer_first.rank, evaluate.scores, evaluate.gained):
        with pytest.raises(OptionError, match="a half-life is a number of days above 0, not"):
            ask(book, half_life=half_life)


@pytest.mark.parametrize("half_life", [0.5, 1, 1e300])
def test_where_evidence_ages_so_fast_that_nothing_is_left_of_it_there_are_ranges_all_the_same(
    half_life,
):
    """Of four years ago nothing is left at a half-life of a day: 2^-1460 is 0 for the machine."""
    book = lived(rows=40)
    table = added.by_person(book, half_life=half_life)
    assert not table.isna().any(axis=None)
    assert (table["anyway_low"] <= table["anyway"] + 1e-9).all()
    assert (table["anyway"] <= table["anyway_high"] + 1e-9).all()
    assert table["added"].between(0, 1).all()
    assert refer_first.expected_return(book, "A", half_life=half_life).notna().all(axis=None)


# -------------------------------------------------------------------------------- calendars


def test_meetings_go_to_the_last_week_there_is_and_no_further():
    book = book_of([], people=PEOPLE)
    chosen = pairings.plan(book, weeks=2, start=date(9999, 12, 19))
    assert {day.date() for day in chosen.table["date"]} == {date(9999, 12, 13), date(9999, 12, 20)}
    assert len(list(calendars(book, chosen))) == 3
    for weeks, start in ((3, date(9999, 12, 19)), (1, LAST), (1, date(9999, 12, 31))):
        with pytest.raises(OptionError, match=f"{weeks} weeks? from {start} on go beyond the year"):
            pairings.plan(book, weeks=weeks, start=start)
    with pytest.raises(OptionError, match="from 9999-12-30 on go beyond the year 9999"):
        pairings.plan(book.altered(today=date(9999, 12, 30)), weeks=1)
    first = pairings.plan(book, weeks=1, start=date(1, 1, 1)).table
    assert {day.date() for day in first["date"]} == {date(1, 1, 1)}


@pytest.mark.parametrize(("weeks", "said"), [({0}, "0"), ({3, -2}, "-2"), ([1, 0], "0")])
def test_weeks_of_absence_are_counted_from_one(weeks, said):
    book = book_of([], people=PEOPLE)
    with pytest.raises(OptionError, match=f"weeks are counted from 1, not {said}"):
        pairings.plan(book, weeks=3, absent={"Bo": weeks})
    beyond = pairings.plan(book, weeks=3, absent={"Bo": {4, 10**30}})
    assert beyond.table.equals(pairings.plan(book, weeks=3).table)
