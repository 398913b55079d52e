"""The comparison with simple rules, and whether a book is large enough for one."""

from __future__ import annotations

import random
from math import isnan, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal
from strategies import ago, book_of, books

from refgraph.analysis.evaluating import bootstrap, evaluate, scoring, simple_rules
from refgraph.analysis.returning import returns
from refgraph.errors import OptionError, UnknownPersonError
from refgraph.report.sections import evaluation

COLUMNS = [
    *("auc", "auc_low", "auc_high", "ahead", "ahead_low", "ahead_high", "ahead_at_most"),
    *("ap", "cold_auc", "precision_at_5", "brier", "calibration_error"),
]


def habits(*, gifts=1500, people=40, seed=0, me=None):
    """A book in which half of the people nearly always return a gift, and half hardly ever."""
    rng = random.Random(seed)  # noqa: S311
    rows = []
    for _ in range(gifts):
        i, j = rng.sample(range(people), 2)
        day = 30 * rng.randrange(7, 32)
        rows.append((ago(day), f"P{i:02}", f"P{j:02}", 1))
        if rng.random() < (0.9 if j % 2 else 0.1):
            rows.append((ago(day - rng.randrange(1, 150)), f"P{j:02}", f"P{i:02}", 1))
    return book_of(rows, me=me)


@pytest.fixture(scope="module")
def habit_book():
    return habits()


@pytest.fixture(scope="module")
def habit_scores(habit_book):
    return evaluate.scores(habit_book)


@pytest.fixture(scope="module")
def habit_table(habit_book):
    return evaluate.overall(habit_book, samples=200)


def test_habits_are_found_where_there_are_any(habit_book, habit_table, habit_scores):
    ours = habit_table.loc["expected return"]
    assert list(habit_table) == COLUMNS
    assert habit_table.index.tolist() == ["expected return", *simple_rules.NAMES]
    assert ours["auc"] > 0.75
    assert ours["auc_low"] > 0.7
    assert ours["cold_auc"] > 0.7  # memory has nothing to go by there
    others = habit_table.drop(index="expected return")
    assert (others["ahead_low"] > 0).sum() >= 8
    assert others.loc["random", "ahead_low"] > 0.2
    told = evaluation.compared(habit_book, horizon=180, half_life=730, samples=200, seed=0).said
    best = others.drop(index="random")["auc"].idxmax()
    assert best == "return rate"
    assert f"the best of 11 simple rules here, {best}: AUC {ours['auc']:.3f} against" in told
    hoped, came = (habit_scores[name].mean() for name in ("expected return", "answered"))
    assert f"{hoped:.0%} were expected to have one; {came:.0%} did (95% range " in told


def test_the_point_is_inside_its_interval(habit_table):
    assert (habit_table["auc_low"] <= habit_table["auc"]).all()
    assert (habit_table["auc"] <= habit_table["auc_high"]).all()
    others = habit_table.drop(index="expected return")
    assert (others["ahead_low"] <= others["ahead"]).all()
    assert (others["ahead"] <= others["ahead_high"]).all()
    ours = habit_table.loc["expected return", "auc"]
    assert (ours - others["auc"]).tolist() == pytest.approx(others["ahead"].tolist())


def test_the_table_is_made_of_the_scores(habit_book, habit_table, habit_scores):
    scores = habit_scores
    answered = scores["answered"].to_numpy()
    gave = set()  # what was given before each gift, from the rows
    rows = habit_book.history.sort_values("date", kind="stable").itertuples()
    row, cold = next(rows, None), []
    for gift in scores.itertuples():
        while row is not None and row.date < gift.date:
            gave.add((row.giver, row.receiver))
            row = next(rows, None)
        cold.append((gift.receiver, gift.giver) not in gave)
    cold = np.array(cold)
    first = ~scores.duplicated(["giver", "receiver"])
    for name, found in habit_table.to_dict("index").items():
        score = scores[name].to_numpy()
        assert found["auc"] == scoring.auc(score, answered)
        assert found["ap"] == scoring.average_precision(score, answered)
        assert found["cold_auc"] == scoring.auc(score[cold], answered[cold])
        assert found["precision_at_5"] == scoring.precision_at(
            score[first], answered[first], scores["giver"][first]
        )
        is_chance = name in ("expected return", "return rate")
        assert isnan(found["brier"]) == isnan(found["calibration_error"]) == (not is_chance)
    table = evaluate.calibration(habit_book)
    assert table["gifts"].sum() == len(scores)
    apart = abs(table["predicted"] - table["observed"]) @ table["gifts"] / len(scores)
    assert habit_table.loc["expected return", "calibration_error"] == pytest.approx(apart)


def test_the_same_seed_gives_the_same_intervals():
    book = habits(gifts=200, people=20)
    first, again, other = (evaluate.overall(book, samples=50, seed=seed) for seed in (0, 0, 1))
    assert_frame_equal(first, again, check_exact=True)
    assert other["auc_low"].tolist() != first["auc_low"].tolist()
    known = [name for name in first.index if name != "random"]
    assert other.loc[known, "auc"].tolist() == first.loc[known, "auc"].tolist()


def test_in_a_book_of_mine_the_other_person_is_drawn():
    rng = random.Random(5)  # noqa: S311
    rows = []
    for at in range(400):
        name, day = f"P{rng.randrange(30):02}", 1400 - 30 * (at // 10)
        rows.append((ago(day), "Me", name, 1))
        if rng.random() < 0.4:
            rows.append((ago(day - 2), name, "Me", 1))
    mine = evaluate.overall(book_of(rows, me="Me"), horizon=20, samples=100)
    nobodys = evaluate.overall(book_of(rows), horizon=20, samples=100)
    assert mine["auc"].tolist() == nobodys["auc"].tolist()
    assert mine["auc_low"].notna().all()
    assert nobodys["auc_low"].isna().all()  # they are all gifts of one person


@pytest.mark.parametrize(
    ("people", "answered", "others"), [(4, 9, 9), (5, 9, 9), (9, 4, 9), (9, 5, 9), (9, 9, 4)]
)
def test_an_interval_needs_five_people_five_answered_and_five_others(people, answered, others):
    tested = answered + others
    rows = [(ago(500), f"x{at}", f"y{at}", 1) for at in range(-(-tested * 3 // 2))]
    for at in range(tested):
        rows.append((ago(400), f"g{at % people}", f"r{at}", 1))
        if at < answered:
            rows.append((ago(390), f"r{at}", f"g{at % people}", 1))
    table = evaluate.overall(book_of(rows), samples=100)
    assert evaluate.needed(book_of(rows))[["tested", "answered"]].tolist() == [tested, answered]
    enough = min(people, answered, others) >= 5
    assert table["auc_low"].notna().all() == table["auc_low"].notna().any() == enough


BEST = "the best of 2 simple rules here, memory"
CHOSEN = "that it was chosen among 2 makes it"


@pytest.mark.parametrize(
    ("low", "high", "most", "coin", "said"),
    [
        (0.01, 0.05, 0.06, 0.6, f"The expected return beats {BEST}: AUC 0.700 against"),
        (
            -0.05,
            -0.02,
            -0.01,
            0.6,
            "The best of 2 simple rules beats the expected return here, memory: A",
        ),
        (-0.05, -0.02, -0.01, 0.6, f"-0.050 to -0.020); {CHOSEN} -0.010 at most."),
        (-0.05, -0.02, 0.01, 0.6, f"Undecided between the expected return and {BEST}: AUC 0.700"),
        (-0.05, -0.02, 0.01, 0.6, f"-0.020). It looks better, but {CHOSEN} +0.010 at most."),
        (-0.01, 0.05, 0.06, 0.6, f"Undecided between the expected return and {BEST}"),
        (
            -0.01,
            0.05,
            0.06,
            0.4,
            "-0.010 to +0.050). Nor can the expected return be told from a coin.",
        ),
        (
            *(np.nan, np.nan, np.nan, np.nan),
            "against 0.680, +0.020. Too few people gave these for an",
        ),
    ],
)
def test_the_verdict_in_words(monkeypatch, low, high, most, coin, said):
    row = {
        "auc": 0.68,
        "ahead": 0.02,
        "ahead_low": low,
        "ahead_high": high,
        "ahead_at_most": most,
    }
    rows = {"expected return": {"auc": 0.7, "auc_low": coin}, "random": {"auc": 0.9}, "memory": row}
    rows["count"] = row | {"auc": 0.6}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("score")
    monkeypatch.setattr(evaluate, "compared", lambda *_, **__: table)
    monkeypatch.setattr(evaluate, "needed", lambda *_, **__: {"more": 0})
    book = habits(gifts=60, people=10)
    told = evaluation.compared(book, horizon=180, half_life=730, samples=100, seed=0).said
    assert said in told.splitlines()[0]


def test_an_upper_end_for_all_is_above_that_of_each_and_the_higher_the_more_there_are():
    rng = np.random.default_rng(1)
    drawn = rng.normal(size=(12, 4000)) * np.arange(1, 13)[:, None]
    all_of_them = bootstrap.at_most(np.zeros(12), drawn)
    # of twelve independent normal values the highest is below 3.14 with a chance of 99 %
    assert all_of_them == pytest.approx(3.14 * np.arange(1, 13), rel=0.06)
    assert bootstrap.at_most(np.zeros(1), drawn[:1]) == pytest.approx(2.33, rel=0.05)
    assert bootstrap.at_most([0.3], np.full((1, 9), 0.5)).tolist() == [0.3]  # nothing varies
    assert np.isnan(bootstrap.at_most([0.3], np.full((1, 9), np.nan))).all()


def test_an_upper_end_is_as_far_as_samples_fall_below_their_mean():
    drawn = np.array([[-1.0] * 10 + [0.0] * 90])  # 0.9 below it, and only 0.1 above
    assert bootstrap.at_most([0.0], drawn) == pytest.approx(0.9)


def test_the_random_rule_is_none_to_choose_from(habit_table):
    ends = habit_table["ahead_at_most"]
    assert ends[ends.isna()].index.tolist() == ["expected return", "random"]


def test_where_nothing_can_be_foreseen_no_rule_is_better_for_being_chosen():
    """Eleven rules and refer-first, all luck: many an interval misses, the joint one not."""
    rng = np.random.default_rng(6)
    each = joint = 0
    for at in range(60):
        answered, person = rng.random(150) < 0.4, rng.integers(0, 25, 150)
        scores = list(rng.random((12, 150)))
        drawn = bootstrap.aucs(scores, answered, person, samples=300, seed=at)
        ahead = drawn[0] - drawn[1:]
        auc = [scoring.auc(score, answered) for score in scores]
        point = auc[0] - np.array(auc[1:])
        each += (np.quantile(ahead, 0.975, axis=1) < 0).any()
        joint += (bootstrap.at_most(point, ahead) < 0).any()
    assert joint <= 5  # 2.5 % of 60 are 1.5, and the draws of so few people are a little narrow
    assert each >= joint + 6


def test_the_gifts_of_one_person_are_tested_alone():
    book = habits(gifts=900, people=12)
    every, hers = evaluate.scores(book), evaluate.scores(book, "P03")
    assert set(hers["giver"]) == {"P03"}
    made = returns.told(book)
    mine = made[(made["giver"] == "P03") & (book.days_since(made["date"]) >= 180)]
    last = sorted(mine["date"])[-(-len(mine) * 3 // 5) - 1]  # of her own gifts
    assert len(hers) == (mine["date"] > last).sum()
    both = hers.merge(every, on=["giver", "receiver", "date"], suffixes=("", "_every"))
    assert len(both) > 10
    for name in ("expected return", *simple_rules.NAMES):  # known are the gifts of everybody
        assert both[name].tolist() == both[f"{name}_every"].tolist()
    assert evaluate.needed(book, "P03")["tested"] == len(hers)
    assert evaluate.calibration(book, "P03")["gifts"].sum() == len(hers)
    table = evaluate.overall(book, "P03", samples=100)
    assert table["auc_low"].notna().all()  # those she gave to are drawn
    told = evaluation.compared(book, "P03", horizon=180, half_life=730, samples=100, seed=0).said
    assert told.startswith("P03 made too few gifts first to tell how well returns are foretold: ")
    assert f"Tested: {len(hers)} gifts that P03 made first, from" in told
    with pytest.raises(UnknownPersonError, match="P3"):
        evaluate.overall(book, "P3")


def half_width(yes, no):
    """Hanley and McNeil's interval of an AUC of 0.7, written out once more."""
    q1, q2 = 0.7 / 1.3, 2 * 0.49 / 1.7
    return 1.96 * sqrt((0.21 + (yes - 1) * (q1 - 0.49) + (no - 1) * (q2 - 0.49)) / (yes * no))


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_how_many_more_a_sample_book_needs(request, name):
    book = request.getfixturevalue(name)
    made = returns.told(book)
    gifts = made[made["date"] <= book.today.isoformat()]
    gifts = gifts[book.days_since(gifts["date"]) >= 180]
    later = gifts[gifts["date"] > sorted(gifts["date"])[-(-len(gifts) * 3 // 5) - 1]]
    tested, answered = len(later), int((later["state"] == "answered").sum())
    share, required = answered / tested, 2
    while half_width(share * required, (1 - share) * required) > 0.1:
        required += 1
    size = evaluate.needed(book)
    assert size.to_dict() == pytest.approx(
        {
            "closed": len(gifts),
            "tested": tested,
            "answered": answered,
            "half_width": half_width(answered, tested - answered),
            "required": required,
            "more": np.ceil(round((required - tested) / 0.4, 6)),
        }
    )
    said = evaluation.compared(book, horizon=180, half_life=730, samples=100, seed=0).said
    assert said.startswith(
        f"This book is too small to tell how well returns are foretold: of {tested} gifts in the "
        f"test part, {answered} had a referral back in time. It needs about {size['more']:.0f} "
        "more gifts whose time is over, at least.\n"
    )


@pytest.mark.parametrize(("days", "closed"), [(181, 1), (180, 1), (179, 0)])
def test_a_gift_counts_from_the_last_day_of_its_horizon_on(days, closed):
    assert evaluate.needed(book_of([(ago(days), "A", "B", 1)]))["closed"] == closed


def test_the_numbers_that_the_rule_gives():
    # 40 answered and 120 not: 1.96 s is 0.0996; 39 and 117 are too few
    assert half_width(40, 120) == pytest.approx(0.0996, abs=5e-5)
    assert half_width(40, 120) < 0.1 < half_width(39, 117)
    rows = [(ago(400 - at), f"a{at}", f"b{at}", 1) for at in range(100)]
    rows += [(ago(395 - at), f"b{at}", f"a{at}", 1) for at in range(0, 100, 4)]
    size = evaluate.needed(book_of(rows))
    assert size[["closed", "tested", "answered"]].tolist() == [100, 40, 10]
    assert size["required"] == next(
        n for n in range(100, 200) if half_width(n / 4, 3 * n / 4) <= 0.1
    )
    assert size["more"] == np.ceil((size["required"] - 40) / 0.4)


def test_enough_is_enough(habit_book):
    size = evaluate.needed(habit_book)
    assert size["more"] == 0
    assert size["half_width"] < 0.1
    assert size["required"] <= size["tested"]


@pytest.mark.parametrize("answered", [False, True])
def test_one_kind_alone_is_never_enough(answered):
    rows = [(ago(900 - at // 50), f"a{at}", f"b{at}", 1) for at in range(500)]
    rows += [(ago(800 - at // 50), f"b{at}", f"a{at}", 1) for at in range(500)] if answered else []
    book = book_of(rows)
    size = evaluate.needed(book)
    assert size["tested"] == 200
    assert size["more"] > 0
    assert isnan(size["half_width"])
    table = evaluate.overall(book, samples=100)
    assert table[["auc", "auc_low", "ap", "cold_auc", "ahead"]].isna().all(axis=None)


@settings(max_examples=6)
@given(books())
def test_any_book_gives_the_same_columns_and_numbers_within_their_bounds(book):
    table = evaluate.overall(book, horizon=60, samples=20)
    assert list(table) == COLUMNS
    assert set(table.dtypes.astype(str)) == {"float64"}
    assert table.index.tolist() == ["expected return", *simple_rules.NAMES]
    shares = table.drop(columns=["ahead", "ahead_low", "ahead_high", "ahead_at_most"]).to_numpy()
    assert ((shares >= 0) & (shares <= 1) | np.isnan(shares)).all()
    size = evaluate.needed(book, horizon=60)
    assert size["answered"] <= size["tested"] <= size["closed"]


def test_no_gifts_are_no_answer_in_the_same_columns():
    some = habits(gifts=60, people=10)
    empty, few = book_of([]), book_of([(ago(300), "A", "B", 1)])
    for ask in (evaluate.scores, evaluate.overall, evaluate.calibration):
        full = ask(some)
        for book in (empty, few):
            assert ask(book).dtypes.to_dict() == full.dtypes.to_dict()
    assert len(evaluate.scores(few)) == 0
    assert evaluate.overall(empty).isna().all(axis=None)
    assert evaluate.needed(empty)["tested"] == 0


def test_what_cannot_be_asked_is_said():
    book = habits(gifts=60, people=10)
    with pytest.raises(OptionError, match="1 or more, not 0"):
        evaluate.overall(book, samples=0)
    with pytest.raises(OptionError, match="at least 1 day"):
        evaluate.needed(book, horizon=0)
    with pytest.raises(OptionError, match="a seed is a whole number"):
        evaluate.overall(book, seed=-1)


def test_in_the_sample_chapter_most_rules_have_the_higher_auc_as_the_readme_says(chapter):
    table = evaluate.overall(chapter, samples=100).drop(index=["expected return", "random"])
    assert (table["ahead"] < 0).sum() > len(table) / 2


def test_a_rule_that_is_clearly_ahead_is_named_though_the_book_is_small(monkeypatch):
    row = {"auc": 0.8, "ahead": -0.2, "ahead_low": -0.3, "ahead_high": -0.1, "ahead_at_most": -0.05}
    rows = {"expected return": {"auc": 0.6, "auc_low": 0.5}, "random": {"auc": 0.9}, "count": row}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("score")
    monkeypatch.setattr(evaluate, "compared", lambda *_, **__: table)
    book = habits(gifts=60, people=10)
    told = evaluation.compared(book, horizon=180, half_life=730, samples=100, seed=0).said
    assert told.startswith("This book is too small to tell how well")
    assert (
        "Even so, the best of 1 simple rule beats the expected return here, count: "
        "AUC 0.600 against 0.800, -0.200 (95% interval -0.300 to -0.100); that it was chosen "
        "among 1 makes it -0.050 at most."
    ) in told.splitlines()[0]
