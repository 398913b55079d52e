"""A year under habits: one chance for all lives, a book that says what was lived, and a table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")


@pytest.fixture(autouse=True)
def beside(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)


def test_at_its_smallest_it_lives_every_habit_within_its_time_and_tells_the_goals():
    import year

    lived = pd.DataFrame(year.look("member all", 0, people=7, weeks=2, before=120))
    assert lived["habit"].tolist() == [*year.HABITS]
    assert lived["hours"].le(2 * year.BUDGET / 60).all()
    assert lived["hours"].iloc[0] == 0
    assert lived["hours"].iloc[-1] > 0
    told = year.told(year.figures(lived, weeks=2))
    assert "What this cannot show" in told
    assert told.count("\n  ") == 1 + len(year.HABITS)  # and what stands above them


def test_where_nothing_has_an_effect_no_habit_wins_more():
    import year

    habits = ("nothing", "owe list", "random")
    lived = year.look("adviser nothing", 0, people=9, weeks=12, habits=habits, before=200)
    assert lived[0].received > 0
    assert lived[2].hours > 0
    assert len({(one.received, one.won) for one in lived}) == 1


def test_the_goals_are_told_against_the_habit_that_is_best_on_the_mean():
    import year

    rows = [
        ("adviser all", 0, "nothing", 3, 4.0, 0.0),
        ("adviser all", 0, "thanks", 3, 8.0, 4.0),
        ("adviser all", 0, "today", 3, 9.0, 4.0),
        ("member all", 0, "nothing", 3, 6.0, 0.0),
        ("member all", 0, "thanks", 3, 4.0, 4.0),
        ("member all", 0, "today", 3, 5.7, 4.0),
        ("adviser nothing", 0, "today", 3, 100.0, 4.0),  # where nothing has an effect: not counted
    ]
    years = year.figures(pd.DataFrame(rows, columns=list(year.Year._fields)), 4)
    told = year.goals(years, "won")
    # 9 + 5.7 = 14.7 beside thanks 12 (nothing 10): 22.5 % more, least 9 / 8 = 12.5 %
    assert "on the mean is thanks; today +22.5%" in told
    assert "least +12.5% in adviser all" in told


def lived(kind, days):
    from years.life import Life
    from years.natures import draw

    life = Life(draw(kind, 3, 12), 3)
    for _ in range(days):
        life.pass_day()
    return life


def test_a_life_lived_again_without_a_deed_is_the_same():
    life = lived("member all", 200)
    first, second = life.again(), life.again()
    for _ in range(60):
        first.pass_day()
    for _ in range(60):
        second.pass_day()
    assert first.referrals == second.referrals
    assert len(first.referrals) > len(life.referrals)


@pytest.mark.parametrize("kind", ["member all", "adviser leaving"])
def test_the_book_that_is_put_together_is_the_one_that_its_rows_give(kind):
    from years.record import Writer, write_book

    life = lived(kind, 100)
    writer = Writer(life)
    for _ in range(60):
        life.pass_day()
    quick, whole = writer.write(life), write_book(life)
    for name in ("history", "touches", "people"):
        one, other = (
            getattr(book, name).drop(columns=["file", "line"], errors="ignore")
            for book in (quick, whole)
        )
        pd.testing.assert_frame_equal(one, other)
    assert quick.status_changes == whole.status_changes
    assert {status for _, _, status in quick.status_changes} >= {"given", "contacted", "won"}


def test_each_kind_says_what_it_assumes_in_one_sentence():
    from years.natures import HELD, KINDS, says

    told = [says(kind) for kind in (*KINDS, *HELD)]
    assert all(one.endswith(".") and one.count(". ") == 0 for one in told)
    assert len({*told}) == 6 + len(HELD)
