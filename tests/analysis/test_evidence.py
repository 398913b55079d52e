"""The evidence behind whom to refer first: by hand, row by row, and as a law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import TODAY, ago, book_of, books

from refgraph.analysis.returning import returns
from refgraph.analysis.suggesting import evidence, reason, refer_first

# Me gave Ann first and she answered; Cy gave her first and she did not; Ann gave Me one more.
ROWS = [
    (ago(700), "Me", "Ann", 1),
    (ago(640), "Ann", "Me", 1),
    (ago(500), "Cy", "Ann", 1),
    (ago(100), "Ann", "Me", 2),
    (ago(10), "Bo", "Cy", 1),
]


TOUCHES = [(ago(30), "Ann", "call"), (ago(50), "Ann", "thanks")]


def small(touches=TOUCHES):
    return book_of(ROWS, me="Me", touches=touches)


@pytest.mark.parametrize(("one", "other"), [("Bo", "Cy"), ("Cy", "Bo")])
def test_of_people_as_likely_who_is_owed_more_comes_first(one, other):
    book = book_of([(None, one, "Me", 1), (None, other, "Me", 2)], me="Me")
    table = refer_first.rank(book)  # without a date they say nothing of a return
    assert table["person"].tolist() == [other, one]
    assert table["expected_return"].nunique() == 1


def test_a_suggestion_by_hand():
    book = small()
    row = refer_first.rank(book).set_index("person").loc["Ann"]
    assert (row["gave_me"], row["i_gave"], row["open"]) == (3, 1, 2)
    assert (row["gifts"], row["answered"]) == (2, 1)
    assert row["last_touch_days"] == 30
    assert row["because_ids"] == ["r0", "r1", "r2", "r3"]
    assert (
        "within 180 days of the start one came back after 1 of 1 spell of giving by you, none "
        "after 1 by others" in row["because"]
    )


def test_the_ingredients_by_hand():
    ann = refer_first.expected_return(small(), "Me").loc["Ann"]
    own, others = 2 ** (-700 / 730), 2 ** (-500 / 730)  # Me's was answered, Cy's failed
    # Ann's gift to Me of 100 days ago is still open, and Bo's to Cy of 10 days ago. One return
    # came within a horizon that is over, after 60 days; five are taken to come evenly.
    waiting = 2 ** (-100 / 730) * (1 + 5 * 100 / 180) / 6 + 2 ** (-10 / 730) * 5 * 10 / 180 / 6
    assert ann["global_rate"] == pytest.approx((own + 1) / (own + others + waiting + 2))
    assert ann["receipts"] == pytest.approx(0.25 * (2 ** (-640 / 730) + 2 * 2 ** (-100 / 730)))
    assert (ann["own_answered"], ann["own_gifts"]) == pytest.approx((own, own))


@settings(max_examples=40)
@given(books(me="A"))
def test_every_row_behind_a_suggestion_is_about_the_person(book):
    rows = book.history.set_index("id")
    people = book.people.index
    found = evidence.rows_behind(book, "A", people)
    made = returns.episodes(book)
    for person, ids in zip(people, found, strict=True):
        behind = rows.loc[ids]
        assert len(set(ids)) == len(ids)
        assert ((behind["giver"] == person) | (behind["receiver"] == person)).all()
        between = rows[
            ((rows["giver"] == "A") & (rows["receiver"] == person))
            | ((rows["giver"] == person) & (rows["receiver"] == "A"))
        ]
        assert set(between.index) <= set(ids)
        gifts = made[(made["receiver"] == person) & made["state"].isin(["answered", "failed"])]
        opened = rows.reset_index().merge(gifts, on=["giver", "receiver", "date"])
        assert set(opened["id"]) <= set(ids)


def test_another_horizon_is_that_of_the_sentence_and_of_the_rows_too():
    table = refer_first.rank(small(), horizon=50, everyone=True).set_index("person")
    # Ann's answer after 60 days is none.
    assert (
        "within 50 days of the start none came back after 1 spell of giving by you, none after 1 "
        "by others" in table.loc["Ann", "because"]
    )
    assert (table.loc["Ann", "gifts"], table.loc["Ann", "answered"]) == (2, 0)
    rows = [(ago(30), "Cy", "Ann", 1), (ago(20), "Me", "Bo", 1)]
    for horizon, known in ((50, []), (30, ["r0"])):
        table = refer_first.rank(book_of(rows, me="Me"), horizon=horizon).set_index("person")
        assert table.loc["Ann", "because_ids"] == known


def test_the_rows_behind_come_oldest_first_whatever_their_ids():
    rows = [(ago(days), "Ann", "Me", 1, {"id": name}) for days, name in ((9, "a"), (90, "b"))]
    table = refer_first.rank(book_of(rows, me="Me")).set_index("person")
    assert table.loc["Ann", "because_ids"] == ["b", "a"]


def test_the_sentence_names_two_introductions():
    found = [("Bo", "needs wills"), ("Cy", "needs tax"), ("Di", "needs law")]
    said = reason.sentence(PLAIN, found)
    assert said.endswith("yet; introduce to them Bo (needs wills) or Cy (needs tax).")


@settings(max_examples=40)
@given(books(me="A"))
def test_the_interval_holds_the_expected_return(book):
    table = refer_first.rank(book, everyone=True)
    assert (table["low"] <= table["expected_return"]).all()
    assert (table["expected_return"] <= table["high"]).all()
    assert table["partner_rate"].between(0, 1).all()
    assert (table["answered"] <= table["gifts"]).all()
    assert list(table) == list(refer_first.COLUMNS)


def test_the_interval_holds_it_where_hardly_anything_ever_comes_back():
    rows = [(ago(200), f"g{at}", f"r{at}", 1) for at in range(2000)]
    table = refer_first.expected_return(book_of([*rows, (ago(1), "Me", "Bo", 1)]), "Me")
    assert (table["expected_return"] < 0.002).all()
    assert (table["expected_return"] <= table["high"]).all()


def test_the_interval_holds_it_where_one_of_many_never_answers():
    rows = [(ago(200), f"g{at}", "Bo", 1) for at in range(3000)]
    for at in range(3000):
        rows += [(ago(400), f"a{at}", f"b{at}", 1), (ago(399), f"b{at}", f"a{at}", 1)]
    bo = refer_first.expected_return(book_of(rows), "a0").loc["Bo"]
    assert bo["global_rate"] > 0.4
    assert bo["low"] <= bo["expected_return"] <= bo["high"] <= 0.1


def test_a_gift_that_waits_weighs_more_every_day_until_it_has_failed():
    def of(waited):
        rows = [(ago(900), "X", "Y", 1), (ago(waited), "Me", "Bo", 1)]
        return refer_first.expected_return(book_of(rows, me="Me"), "Me", half_life=10**9).loc["Bo"]

    # no return has come yet that could tell how soon they do
    watched = [of(waited)["own_gifts"] for waited in (0, 45, 179, 180, 400)]
    assert watched == pytest.approx([0, 45 / 180, 179 / 180, 1, 1])
    rates = [of(waited)["expected_return"] for waited in (0, 45, 179, 180)]
    assert rates == sorted(rates, reverse=True)
    assert of(179)["gifts"] == 0
    assert of(180)["gifts"] == 1


def test_who_refers_to_me_unasked_is_likelier_to_refer_again_and_an_answer_is_not_unasked():
    others = [(ago(days), "X", "Y", 1) for days in (500, 400, 300, 20)]
    few, many = (
        refer_first.expected_return(
            book_of([*others, *[(ago(30 + at), "Bo", "Me", 1) for at in range(number)]]), "Me"
        ).loc["Bo"]
        for number in (1, 3)
    )
    assert 0 < few["unasked"] < many["unasked"] < 1
    assert few["expected_return"] < many["expected_return"]
    asked = [*others, (ago(60), "Me", "Bo", 1), (ago(30), "Bo", "Me", 1)]
    assert refer_first.expected_return(book_of(asked), "Me").loc["Bo", "unasked"] == 0


@pytest.mark.parametrize("before", [[], [(ago(200), "Me", "Bo", 1)]])
@pytest.mark.parametrize("number", [12, 10**6])
def test_thousands_of_referrals_in_a_horizon_are_still_no_certainty(before, number):
    rows = [*before, (ago(5), "Bo", "Me", number)]
    bo = refer_first.expected_return(book_of(rows), "Me").loc["Bo"]
    assert 0 < bo["low"] <= bo["expected_return"] <= bo["high"] <= 1


def test_touches_are_those_of_me_alone():
    book = small()
    people = book.people.index
    assert np.isnan(evidence.days_since_touch(book, "Cy", people)).all()
    mine = evidence.days_since_touch(book, "Me", people)
    assert mine.fillna(-1).tolist() == [30, -1, -1, -1]
    told = refer_first.rank(book, "Cy", everyone=True)
    assert told["last_touch_days"].isna().all()
    assert not told["because"].str.contains("in touch").any()


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "1 day ago"), (2, "2 days ago")])
def test_the_last_touch_in_words(days, said):
    table = refer_first.rank(small([(ago(days), "Ann", "call")])).set_index("person")
    assert f"last in touch {said}" in table.loc["Ann", "because"]


PLAIN = {
    "gave_others": 0,
    **dict.fromkeys(("gave_me", "i_gave", "open", "own_closed", "others_closed"), 0),
    **dict.fromkeys(evidence.KINDNESSES, 0),
    "last_touch_days": np.nan,
    "do_not_refer": False,
}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "Has had no referral from you yet."),
        ({"i_gave": 2}, "Has had 2 from you; none from them is recorded yet."),
        (
            {"gave_me": 1200, "i_gave": 1, "last_from_them": TODAY, "open": 1199},
            "Gave you 1,200 (last on 2026-06-30) and has had 1 from you.",
        ),
        (
            {
                "gave_me": 1,
                "last_from_them": None,
                "open": 1,
                "own_closed": 1,
                "own_returned": 0,
                "others_closed": 6,
                "others_returned": 2,
            },
            (
                "Gave you 1 and has had no referral from you; within 180 days of the start none "
                "came back after 1 spell of giving by you, one after 2 of 6 by others."
            ),
        ),
        (
            {"gave_me": 3, "i_gave": 1, "last_from_them": None, "open": 1},
            "Gave you 3 and has had 1 from you, 1 of theirs settled otherwise.",
        ),
        (
            {"introduction": 2, "endorsement": 1, "gift": 1},
            (
                "Has had no referral from you yet; besides referrals you gave them 2 "
                "introductions, 1 endorsement and 1 gift."
            ),
        ),
        (
            {"gave_others": 3, "last_to_others": TODAY, "last_touch_days": 0},
            (
                "Has had no referral from you yet; gave others 3 (last on 2026-06-30); last in "
                "touch today."
            ),
        ),
        (
            {"gave_others": 1000, "last_to_others": None},
            "Has had no referral from you yet; gave others 1,000.",
        ),
        ({"gift": 3}, "Has had no referral from you yet; besides referrals you gave them 3 gifts."),
    ],
)
def test_the_sentence_in_every_case(row, said):
    assert reason.sentence(PLAIN | row, []) == said


@pytest.mark.parametrize("low", [0.0, 0.04, 0.06, 0.3])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_who_is_better_known_is_never_said_to_be_too_little_known_beside_another(low, share):
    said = []
    for width in np.linspace(0.05, 0.7, 27):
        row = {"added": low + share * width, "added_low": low, "added_high": low + width}
        said.append(reason.adds(row | {"gifts_seen": 9.0}).startswith("Too little is known"))
    assert said == sorted(said)
    assert said[0] is False


def test_what_else_was_given_is_that_of_me():
    kinds = ["endorsement", "endorsement", "gift", "call", "introduction"]
    book = small([(ago(30 + at), "Ann", kind) for at, kind in enumerate(kinds)])
    people = book.people.index
    mine = evidence.kindnesses(book, "Me", people)
    assert mine.loc[people.get_loc("Ann")].to_dict() == {
        "introduction": 1,
        "endorsement": 2,
        "gift": 1,
    }
    assert mine.to_numpy().sum() == 4
    assert not evidence.kindnesses(book, "Ann", people).to_numpy().any()


@settings(max_examples=40)
@given(books(me="A"))
def test_own_gifts_and_those_of_others_are_all_of_them(book):
    people = book.people.index
    asked = evidence.answers(book, "A", people)
    made = returns.episodes(book)
    whole = made[made["state"].isin(["answered", "failed"])]
    whole = whole[(np.datetime64(book.today) - whole["date"]).dt.days >= returns.HORIZON]
    for rows, parts in ((whole, "closed"), (whole[whole["state"] == "answered"], "returned")):
        both = (asked[f"own_{parts}"] + asked[f"others_{parts}"]).to_numpy()
        assert (
            both.tolist() == rows["receiver"].value_counts().reindex(people, fill_value=0).tolist()
        )


@pytest.mark.parametrize(("start", "told"), [(179, 0), (180, 1)])
def test_an_answer_counts_no_sooner_than_silence_would(start, told):
    rows = [(ago(start), "Me", name, 1) for name in ("Ann", "Bo")]
    book = book_of([*rows, (ago(start - 10), "Ann", "Me", 1)], me="Me")
    found = evidence.answers(book, "Me", book.people.index[:2])
    assert book.people.index.tolist() == ["Ann", "Bo", "Me"]
    assert found["own_closed"].tolist() == [told, told]
    assert found["own_returned"].tolist() == [told, 0]
    said = refer_first.rank(book).set_index("person")["because"]
    assert said.str.contains("of the start").tolist() == [bool(told)] * 2
