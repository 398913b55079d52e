"""evaluate at the command line: its words, its bounds, and what it keeps to itself."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from elsewhere import printed_elsewhere

import refgraph
from refgraph.analysis.evaluating import gain

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"
HEADER = "date,giver,receiver\n"
COLUMNS = [
    *("auc", "auc_low", "auc_high", "ahead", "ahead_low", "ahead_high", "ahead_at_most"),
    *("ap", "cold_auc", "precision_at_5", "brier", "calibration_error"),
]


@pytest.fixture
def table(tmp_path):
    def write(rows, settings=""):
        (tmp_path / "referrals.csv").write_text(HEADER + rows, encoding="utf-8")
        (tmp_path / "refgraph.toml").write_text(f'today = "2026-06-30"\n{settings}', "utf-8")
        return tmp_path

    return write


def habits():
    """Rows of a year, in which half of the people answer within a week."""
    rng = random.Random(2)  # noqa: S311
    rows = []
    for at in range(1500):
        i, j = rng.sample(range(30), 2)
        month, day = divmod(at // 20, 7)
        rows.append(f"2025-{month % 11 + 1:02}-{4 * day + 1:02},P{i},P{j}\n")
        if j % 2:
            rows.append(f"2025-{month % 11 + 1:02}-{4 * day + 3:02},P{j},P{i}\n")
    return "".join(rows)


def gifts_only():
    """Rows of one giver, whose gifts half of the people always return."""
    rng = random.Random(3)  # noqa: S311
    rows = []
    for at in range(260):
        j, day = at % 26, date(2025, 1, 1) + timedelta(days=2 * at)
        rows.append(f"{day},Me,P{j:02}\n")
        if j % 2:
            rows.append(f"{day + timedelta(days=rng.randrange(1, 6))},P{j:02},Me\n")
    return "".join(rows)


def test_a_small_book_says_plainly_that_it_is(run):
    said = run("evaluate", ADVISER).stdout
    size = refgraph.evaluate.needed(refgraph.Book.read(ADVISER))
    assert said.startswith(
        f"This book is too small to tell how well returns are foretold: of "
        f"{size['tested']:.0f} gifts in the test part, {size['answered']:.0f} had a referral back "
        f"in time. It needs about {size['more']:.0f} more gifts whose time is over, at least.\n"
    )
    assert re.search(
        "\nToo few to tell whether gifts to the top of the list gained more: [0-9]+ gifts after "
        "silence can be looked up in it; for want of silent days of the same people to set beside "
        "them, they are worth [0-9]+. It takes about [0-9]+ more that can be set beside such "
        "days.\n",
        said,
    )
    assert "no proof of what referring brings about" in said
    assert "beats" not in said


@pytest.mark.parametrize("book", [ADVISER, CHAPTER])
def test_of_what_cannot_be_told_no_table_is_shown(run, book):
    for more in ([], ["-O", "md"]):
        said = run("evaluate", book, *more).stdout
        assert "auc" not in said
        assert "katz" not in said
        assert "|" not in said
        assert "  -" not in said
        assert "-O csv" in said
    rows = json.loads(run("evaluate", book, "-O", "json").stdout)
    assert rows[0]["score"] == "refer-first"
    assert sum(row["auc"] is not None for row in rows) == 13
    assert list(rows[0])[1:13] == COLUMNS
    assert list(rows[0])[13:] == list(gain.COLUMNS)


def test_of_one_question_that_is_answered_only_its_columns_are_shown(run, table):
    said = run("evaluate", table(gifts_only()), "--horizon", "7").stdout
    head = said.splitlines()[0]
    assert " ".join(head.split()) == "score gain gain low gain high gain top gain rest"
    assert "too small to tell how well returns are foretold" in said
    assert "Gifts high on the list gained more than others." in said
    order = [float(line.split()[-5]) for line in said.split("\n\n")[0].splitlines()[3:]]
    assert order == sorted(order, reverse=True)


def test_a_book_with_habits_gets_a_verdict(run, table):
    said = run("evaluate", table(habits()), "--horizon", "7").stdout
    assert "too small" not in said
    found = re.search(
        r"\n(.*) here, (.*): AUC (.*) against (.*), (.*) \(95% interval (.*) to (.*)\)", said
    )
    verdict, rule, *numbers = found.groups()
    ours, best, ahead, low, high = map(float, numbers)
    assert f"\n{rule} " in said
    assert ahead == pytest.approx(ours - best, abs=0.0011)
    beats = (
        "The expected return beats the best of 11 simple rules"
        if low > 0
        else "The best of 11 simple rules beats the expected return"
    )
    undecided = "Undecided between the expected return and the best of 11 simple rules"
    assert verdict == (undecided if low <= 0 <= high else beats)
    assert "had a referral back within 7 days. Every score knew only what was on record" in said


def test_the_numbers_are_those_of_python(run):
    rows = json.loads(run("evaluate", CHAPTER, "-O", "json", "--samples", "100").stdout)
    book = refgraph.Book.read(CHAPTER)
    known = refgraph.evaluate.overall(book, samples=100)
    gained = refgraph.evaluate.gained(book, samples=100)
    assert {row["score"] for row in rows} == set(known.index) | set(gained.index)
    for row in rows:
        for name, value in row.items():
            of = known if name in known else gained
            if name != "score" and row["score"] in of.index and value is not None:
                assert value == of.loc[row["score"], name]
    assert [row["score"] for row in rows[:2]] == ["refer-first", "expected return"]
    auc = [row["auc"] for row in rows[2:] if row["auc"] is not None]
    assert auc == sorted(auc, reverse=True)
    assert len(auc) == 12
    options = ["--horizon", "60", "--half-life", "100"]
    classes = json.loads(run("evaluate", CHAPTER, "--calibration", *options, "-O", "json").stdout)
    book = refgraph.Book.read(CHAPTER)
    found = refgraph.evaluate.calibration(book, horizon=60, half_life=100)
    assert [row["observed"] for row in classes] == found["observed"].tolist()


def test_the_gifts_of_one_person(run):
    dana = ("evaluate", ADVISER, "--for", "Dana Whitfield")
    book = refgraph.Book.read(ADVISER)
    for more, known in (
        (["--samples", "100"], refgraph.evaluate.overall(book, "Dana Whitfield", samples=100)),
        (["--calibration"], refgraph.evaluate.calibration(book, "Dana Whitfield")),
    ):
        rows = json.loads(run(*dana, *more, "-O", "json").stdout)
        found = [row.get("auc", row.get("observed")) for row in rows]
        assert sorted(str(value) for value in found if value is not None) == sorted(
            map(str, known["auc" if "auc" in known else "observed"].dropna())
        )
        said = run(*dana, *more).stdout
        assert "Dana Whitfield made too few gifts first to tell how well" in said
        assert "foretold: of 14 gifts in" in said
        assert "Dana" not in run(*dana, *more, "--incognito").stdout
    assert "Did you mean" in run("evaluate", ADVISER, "--for", "Dana Whitfeld", status=1).stderr


def test_another_seed_draws_other_people(run):
    first, again, other = (
        run("evaluate", CHAPTER, "--samples", "100", "--seed", seed, "-O", "csv").stdout
        for seed in (0, 0, 7)
    )
    assert first == again != other


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2026-06-01,Ann,Bo\n", "of 0 gifts in the test part, 0 had"),
        ("2024-06-01,Ann,Bo\n", "of 0 gifts in the test part, 0 had"),
        ("2024-06-01,Ann,Bo\n2024-07-01,Ann,Cy\n,Bo,Ann\n", "of 0 gifts in"),
        ("2024-06-01,NA,=1+1\n2024-07-01,007,NA\n2024-08-01,王小明,NA\n", "of 1 gift in"),
    ],
)
def test_any_dated_gift_gets_an_answer(run, table, rows, said):
    book = table(rows)
    for more in ([], ["--calibration"]):
        assert (
            f"This book is too small to tell how well returns are foretold: {said}"
            in run("evaluate", book, *more).stdout
        )
    found = json.loads(run("evaluate", book, "-O", "json").stdout)
    assert all(row["auc"] is None for row in found)


def test_a_book_without_dates_has_nothing_to_evaluate(run, table):
    for more in ([], ["--calibration"]):
        result = run("evaluate", table(",Ann,Bo\n,Bo,Ann\n"), *more, status=1)
        assert "Error: Nothing to evaluate: no referral of this book has a date" in result.stderr
        assert result.stdout == ""
    assert "No referrals yet" in run("evaluate", table(""), status=1).stderr


def test_what_is_left_out_is_said(run, table):
    rows = "2024-06-01,Ann,Bo\n2024-07-01,Ann,Cy\n2024-08-01,Bo,Cy\n,Bo,Ann\n"
    left = "Note: 1 referral has no date: left out, as nothing says what came first.\n"
    for more in ([], ["--calibration"]):
        result = run("evaluate", table(rows), *more)
        assert "Referrals without a date are left out." in result.stdout
        assert result.stderr == left
    assert "1 referral has no date: counted" in run("balance", table(rows)).stderr
    said = run("evaluate", table(rows), "--since", "2024-07-15").stdout
    assert "The whole record is used, whatever the window." in said


@pytest.mark.parametrize("more", [[], ["--calibration"]])
def test_where_referrals_may_not_be_traded_nothing_is_shown(run, table, more):
    book = table(habits(), 'profile = "health"\n')
    for words in ([], ["--for", "P1"], ["-O", "json"]):
        result = run("evaluate", book, *more, *words, status=1)
        assert "profile is health" in result.stderr
        assert result.stdout == ""
    assert (
        "Not legal advice" in run("evaluate", table("2024-06-01,A,B\n", 'profile = "law"\n')).stdout
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--horizon", "0"],
        ["--half-life", "0"],
        ["--samples", "10"],
        ["--seed", "-1"],
        ["--calibration", "--seed", "1"],
        ["--calibration", "--samples", "100"],
    ],
)
def test_what_is_not_possible_is_exit_2(run, words):
    assert run("evaluate", ADVISER, *words, status=2).stdout == ""


def test_a_horizon_and_a_half_life_of_any_length(run):
    for words in (["--horizon", "9" * 30], ["--half-life", "0.5"], ["--half-life", "9" * 30]):
        assert run("evaluate", ADVISER, *words).stderr == ""


def test_the_same_bytes_whatever_the_order_of_the_file_and_the_seed_of_names(run, tmp_path):
    head, *lines = (CHAPTER / "referrals.csv").read_text(encoding="utf-8").splitlines(True)
    random.Random(1).shuffle(lines)  # noqa: S311
    moved = tmp_path / "referrals.csv"
    moved.write_text("".join([head, *lines]), encoding="utf-8")
    more = ["--today", "2026-10-01", "--samples", "100", "-O", "csv"]
    there = printed_elsewhere("-m", "refgraph", "evaluate", moved, *more)
    assert there == run("evaluate", CHAPTER / "referrals.csv", *more).stdout
