"""The bench: standing and holes by hand, as laws, and row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats
from strategies import TODAY, ago, book_of, books, dated_rows

from refgraph.analysis.suggesting import bench
from refgraph.analysis.suggesting.track_record import standing_range
from refgraph.errors import UnknownProfessionError
from refgraph.report.sections.bench import holes

PEOPLE = [
    {"person": "Ann", "profession": "Tax lawyer", "helpful": 5, "dependable": 3, "since": ago(900)},
    {"person": "Bo", "profession": "tax lawyer", "role": "client", "offers": ("tax",)},
    {"person": "Cy", "offers": ("wills",), "needs": ("tax", "roof repair"), "track_record": 0},
    {"person": "Dee", "profession": "roofer", "role": "prospect", "helpful": 5},
    {"person": "Eve", "profession": "plumber", "do_not_refer": True, "needs": ("wills",)},
    {"person": "Fay", "profession": "baker", "needs": ("wills", "websites", "roof repair")},
    {"person": "Me", "profession": "coach", "offers": ("websites",), "needs": ("gold",)},
]
ROWS = [
    (ago(400), "Me", "Bo", 2, {"status": "won"}),
    (ago(50), "Me", "Bo", 1, {"status": "lost"}),
    (ago(40), "Me", "Bo", 1, {"status": "met"}),
    (ago(30), "Me", "Ann", 1, {"status": "contacted"}),
    (ago(20), "Me", "Eve", 3),
    (ago(10), "Fay", "Ann", 1, {"status": "won"}),
    (ago(5), "Bo", "Me", 1),
]


def small(**more):
    return book_of(
        ROWS, **({"me": "Me", "people": PEOPLE, "touches": [(ago(7), "Ann", "call")]} | more)
    )


def test_the_range_of_a_standing_by_hand():
    ends = standing_range(small())
    mean = (3 + 1) / (4 + 2)
    ann, bo = stats.beta(1 + 4 * mean, 4 * (1 - mean)), stats.beta(2 + 4 * mean, 1 + 4 * (1 - mean))
    rated = {"Ann": (1.6 + 4 * 0.6) / 6, "Bo": 0.6}
    for name, law in (("Ann", ann), ("Bo", bo)):
        expected = [(rated[name] + law.ppf(at)) / 2 for at in (0.025, 0.975)]
        assert ends.loc[name].tolist() == pytest.approx(expected)


@settings(max_examples=25)
@given(books(me="A"))
def test_a_standing_lies_in_its_range_and_nothing_open_moves_it(book):
    ends, at = standing_range(book), bench.standing(book)
    assert (ends["standing_low"] < at).all()
    assert (at < ends["standing_high"]).all()
    more = [(ago(3), "A", "B", 7, {"status": "met"}), (ago(2), "C", "D", 5)]
    rows = book.history[["date", "giver", "receiver", "count", "status"]].astype(object)
    known = [
        (None if day is pd.NaT else day.date(), giver, receiver, int(count), {"status": status})
        for day, giver, receiver, count, status in rows.itertuples(index=False)
    ]
    people = [{"person": name} for name in "ABCD"]
    one, two = (book_of(some, me="A", people=people) for some in (known, [*known, *more]))
    assert_frame_equal(standing_range(one), standing_range(two))


def test_the_standing_by_hand():
    # Ratings: Ann 8 / 5 of 2, Cy 0 of 1, Dee 1 of 1; outcomes: Bo 2 of 3, Ann 1 of 1.
    rated, won = (2.6 + 1) / (4 + 2), (3 + 1) / (4 + 2)
    assert bench.standing(small()).to_dict() == pytest.approx(
        {
            "Ann": ((1.6 + 4 * rated) / 6 + (1 + 4 * won) / 5) / 2,
            "Bo": (rated + (2 + 4 * won) / 7) / 2,
            "Cy": (4 * rated / 5 + won) / 2,
            "Dee": ((1 + 4 * rated) / 5 + won) / 2,
            **dict.fromkeys(("Eve", "Fay", "Me"), (rated + won) / 2),
        }
    )


def test_who_is_on_the_bench_and_what_was_sent_by_hand():
    table = bench.by_person(small()).set_index("person")
    assert table.index.tolist() == ["Ann", "Bo", "Cy"]  # by profession, then by standing
    assert table["profession"].tolist() == ["Tax lawyer", "tax lawyer", "wills"]
    counts = ["sent", "won", "lost", "open", "contacted", "met"]
    assert table[counts].to_numpy().tolist() == [
        [1, 0, 0, 1, 1, 0],
        [4, 2, 1, 1, 0, 1],
        [0, 0, 0, 0, 0, 0],
    ]
    assert table["share"].tolist() == pytest.approx([1 / 5, 4 / 5, np.nan], nan_ok=True)
    assert table["rating"].tolist() == pytest.approx([4, np.nan, 0], nan_ok=True)
    assert table["evidence_days"].fillna(-1).tolist() == [7, 5, -1]
    assert table.loc["Ann", "known_since"].date() == ago(900)
    windowed = bench.by_person(small().window(ago(45))).set_index("person")
    assert windowed["sent"].tolist() == [1, 1, 0]
    assert windowed["standing"].tolist() == table["standing"].tolist()


def test_a_window_without_their_referrals_leaves_people_on_the_bench():
    table = bench.by_person(small().window(ago(20))).set_index("person")
    assert table["sent"].to_dict() == {"Ann": 0, "Bo": 0, "Cy": 0}  # only a referral seats Bo


def test_nobody_answers_their_own_need():
    people = [{"person": "Ann", "offers": ("tax",), "needs": ("tax",), "helpful": 5}]
    (row,) = bench.by_profession(book_of([], people=people)).to_dict("records")
    assert (row["on_bench"], row["needed"], row["needed_by"]) == (1, 1, ["Ann"])  # by no other
    people.append({"person": "Bo", "offers": ("tax", "wills"), "profession": "wills", "helpful": 4})
    table = bench.by_profession(book_of([], people=people)).set_index("profession")
    assert table["needed_by"].to_dict() == {"tax": [], "wills": ["Ann"]}


def test_the_holes_and_who_has_most_by_hand():
    table = bench.by_profession(small())
    columns = ["profession", "on_bench", "needed", "sent", "most_sent_to", "state"]
    assert table[columns].to_numpy().tolist() == [
        ["roof repair", 0, 2, 0, "", "nobody"],  # a prospect is not on the bench
        ["plumber", 0, 0, 3, "Eve", "nobody"],
        ["wills", 1, 1, 0, "", "one person"],  # Eve's need is not counted, Fay's is
        ["Tax lawyer", 2, 1, 5, "Bo", ""],
    ]
    assert table["needed_by"].tolist() == [["Cy", "Fay"], [], ["Fay"], ["Cy"]]
    assert table["offered_by"].tolist() == [[], [], [], []]
    assert table.loc[3, "people"] == ["Ann", "Bo"]
    assert (table.loc[3, "best"], table.loc[3, "won"], table.loc[3, "lost"]) == ("Ann", 2, 1)
    assert table.loc[3, "share"] == pytest.approx(4 / 5)


def test_a_hole_names_who_offers_it_and_is_not_rated():
    people = [
        {"person": "Ann", "needs": ("roof repair", "wills")},
        {"person": "Bo", "offers": ("roof repair",)},
        {"person": "Cy", "profession": "roof repair", "do_not_refer": True},
        {"person": "Dee", "profession": "roof repair", "role": "prospect"},
        {"person": "Eve", "profession": "roof repair"},
        {"person": "Fay", "profession": "wills", "helpful": 4},
        {"person": "Gus", "profession": "wills"},
    ]
    table = bench.by_profession(book_of([], people=people)).set_index("profession")
    assert table["offered_by"].to_dict() == {"roof repair": ["Bo", "Eve"], "wills": []}
    said = holes(table.reset_index()).splitlines()[0]
    assert "roof repair (needed by 1; Bo and 1 more, unrated, offer it)" in said


@pytest.mark.parametrize(("others", "offering"), [((), []), (("Ann",), ["Bo"])])
def test_nobody_is_named_for_what_they_alone_need(others, offering):
    people = [{"person": "Bo", "offers": ("wills",), "needs": ("wills",)}]
    people += [{"person": name, "needs": ("wills",)} for name in others]
    table = bench.by_profession(book_of([], people=people))
    assert table["needed_by"].tolist() == [[*others, "Bo"]]
    assert table["offered_by"].tolist() == [offering]


def test_without_me_what_anyone_sent_counts():
    table = bench.by_person(small(me=None)).set_index("person")
    assert table.index.tolist() == ["Me", "Ann", "Bo", "Cy"]
    assert table["sent"].tolist() == [1, 2, 4, 0]
    assert table["last_touch"].isna().all()
    fays = bench.by_person(small(), "Fay").set_index("person")
    assert fays["sent"].to_dict() == {"Ann": 1, "Cy": 0}


def test_a_profession_is_found_by_its_words_and_offers():
    book = small()
    assert bench.by_person(book, profession="LAWYERS")["person"].tolist() == ["Ann", "Bo"]
    assert bench.by_person(book, profession="tax")["person"].tolist() == ["Ann", "Bo"]
    assert bench.by_person(book, profession="roofer").empty  # known, but nobody on the bench
    for said in ("taks lawyer", "", "!", "$$"):
        with pytest.raises(UnknownProfessionError, match="Nobody in this book has, offers or"):
            bench.by_person(book, profession=said)
    with pytest.raises(UnknownProfessionError, match="Did you mean 'plumber'"):
        bench.by_person(book, profession="plumer")


def test_the_bench_of_somebody_who_is_not_to_be_referred():
    eves = bench.by_profession(small(), "Eve").set_index("profession")
    assert eves["state"].to_dict() == {
        "gold": "nobody",
        "roof repair": "nobody",
        "websites": "nobody",
        "Tax lawyer": "one person",
        "wills": "one person",
    }
    assert bench.by_person(small(), "Eve")["person"].tolist() == ["Ann", "Cy"]


@settings(max_examples=15)
@given(books(me="A"))
def test_what_was_sent_adds_up(book):
    able = book.people.assign(profession=["x", "X", "y", ""], helpful=[1.0, 2.0, np.nan, 5.0])
    book = book.altered(people=able)
    table = bench.by_person(book)
    assert tuple(table) == bench.COLUMNS
    assert (table["sent"] == table[["won", "lost", "open"]].sum(axis=1)).all()
    rows = book.history[book.history["giver"] == "A"]
    for person, sent in zip(table["person"], table["sent"], strict=True):
        assert sent == rows.loc[rows["receiver"] == person, "count"].sum()
    trades = bench.by_profession(book)
    assert tuple(trades) == bench.PROFESSIONS
    assert trades["on_bench"].sum() == len(table)
    assert trades["sent"].sum() == rows.loc[rows["receiver"].isin(["B", "C"]), "count"].sum()
    assert bench.standing(book).between(0, 1).all()
    assert_frame_equal(bench.by_person(book, "A"), table)


@settings(max_examples=15)
@given(dated_rows(max_size=8), st.integers(1, 3))
def test_one_more_won_never_lowers_a_standing_nor_one_lost_raises_it(rows, count):
    rows = [(*row, {"status": ("won", "lost", "given")[row[3] % 3]}) for row in rows]
    before = bench.standing(book_of(rows, people=[{"person": "B"}]))["B"]
    won, lost = (
        bench.standing(book_of([*rows, (TODAY, "C", "B", count, {"status": status})]))["B"]
        for status in ("won", "lost")
    )
    assert lost <= before <= won


@pytest.mark.parametrize("people", [[], [{"person": "Ann"}]])
def test_an_empty_bench_has_the_same_columns_and_kinds(people):
    book, full = book_of([], people=people), small()
    for function in (bench.by_person, bench.by_profession):
        table = function(book)
        assert table.empty
        assert table.dtypes.to_dict() == function(full).dtypes.to_dict()
    assert bench.standing(book).tolist() == [0.5] * len(people)


def test_a_profession_on_an_empty_bench_has_the_same_columns_too():
    table = bench.by_person(
        book_of([], people=[{"person": "Ann", "needs": ("tax",)}]), profession="tax"
    )
    assert table.empty
    assert tuple(table) == bench.COLUMNS
