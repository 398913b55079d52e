"""The Book: what was read, as tables that do not depend on the order of the files."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from elsewhere import asked_elsewhere, asked_here
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import TODAY, book_of, books, dated_rows

from refgraph import Book, referral_graph
from refgraph.analysis.connecting import connectors, groups
from refgraph.analysis.describing import stats
from refgraph.analysis.owing import leaks, owe, register
from refgraph.analysis.reciprocity import balance, reciprocity
from refgraph.analysis.returning import returns
from refgraph.analysis.suggesting import refer_first
from refgraph.book.incognito import incognito
from refgraph.errors import LedgerError, NoMeError, RefgraphError, UnknownPersonError

HEADER = "date,giver,receiver\n"
NAMES = ["NA", "007", "=1+1", "Cash $$ Money", "Ann [sales]", "محمد علي", "王小明", "nan", "True"]
THREE = HEADER + "2026-01-05,Ann,Bo\n2026-03-01,Bo,Ann\n,Ann,Cy\n2026-06-30,Cy,Ann\n"


def test_a_book_knows_everyone_and_every_row(make_book):
    book = make_book(
        THREE,
        people="person,aliases,role,do_not_refer\nDee,D. Lee,client,yes\n",
        touches="date,person,kind\n2026-02-01,Eve,call\n",
        me="Ann",
    )
    assert list(book.people.index) == ["Ann", "Bo", "Cy", "Dee", "Eve"]
    assert book.people["declared"].tolist() == [False, False, False, True, False]
    assert book.people.loc["Dee", ["aliases", "role", "do_not_refer"]].tolist() == [
        ("D. Lee",),
        "client",
        True,
    ]
    assert book.history["giver"].tolist() == ["Ann", "Ann", "Bo", "Cy"]  # undated first
    assert (book.me, book.today, book.undated) == ("Ann", date(2026, 6, 30), 1)
    assert repr(book) == (
        "<Book of Ann: 4 referrals of 5 people, 2026-01-05 to 2026-06-30, today 2026-06-30>"
    )
    assert list(book.graph()) == list(book.people.index)


def test_names_are_never_interpreted(make_book):
    rows = "".join(f"2026-01-05,{one},{other}\n" for one in NAMES for other in NAMES if one < other)
    book = make_book(HEADER + rows, me="007")
    assert list(book.people.index) == sorted(NAMES)
    assert list(book.graph()) == sorted(NAMES)
    assert set(owe.pairs(book)["me"]) == set(NAMES)
    assert balance.by_person(book.graph()).index.tolist() == sorted(NAMES)


def test_a_header_only_has_the_same_columns_and_types(make_book):
    empty, full = make_book(HEADER), make_book(THREE)
    for name in ("history", "people", "touches", "referrals"):
        one, other = getattr(empty, name), getattr(full, name)
        assert one.dtypes.to_dict() == other.dtypes.to_dict()
        assert one.index.dtype == other.index.dtype
    assert repr(empty) == "<Book: 0 referrals of 0 people, today 2026-06-30>"


def test_every_answer_about_nothing_has_the_types_of_an_answer(make_book):
    empty, full = make_book(HEADER, me="Ann"), make_book(THREE, me="Ann")
    answers = {
        "by_person": lambda book: balance.by_person(book.graph()),
        "by_pair": lambda book: balance.by_pair(book.graph()),
        "connectors": lambda book: connectors.rank(book.graph()),
        "groups": lambda book: groups.of(book, book.graph()).to_frame(),
        "pairs": owe.pairs,
        "rank": owe.rank,
        "position": owe.position,
        "ageing": owe.ageing,
        "overall": lambda book: reciprocity.overall(book.graph()).to_frame(),
        "refer_first": refer_first.rank,
        "expected": lambda book: refer_first.expected_return(book, "Ann"),
        "register": lambda book: register.of(book, "Ann"),
        "between": lambda book: register.between(book, "Ann"),
        "episodes": returns.episodes,
        "unresolved": leaks.unresolved,
        "thanks": leaks.thanks_due,
        "stats": lambda book: stats.overall(book).to_frame(),
    }
    for name, answer in answers.items():
        one, other = answer(empty), answer(full)
        assert one.dtypes.to_dict() == other.dtypes.to_dict(), name
        assert one.index.dtype == other.index.dtype, name
        assert one.index.name == other.index.name, name


def test_the_graph_of_a_book_is_the_graph_of_its_rows(adviser, chapter):
    for book in (adviser, chapter, adviser.window("2026-01-01"), Book.sample()):
        expected = referral_graph(book.referrals, people=book.people.index)
        assert list(book.graph().nodes) == list(expected.nodes)
        assert list(book.graph().edges(data=True)) == list(expected.edges(data=True))
        assert book.graph() is book.graph()


@settings(max_examples=20)
@given(dated_rows(), st.randoms(), st.randoms())
def test_shuffled_rows_give_the_same_book(rows, random, other):
    more = [
        {"prospect": other.choice(["", "Zoe"]), "handoff": other.choice([None, 2])}
        | {"status_date": other.choice([None, TODAY]), "id": f"x{at}"}
        for at in range(len(rows))
    ]
    rows = [(*row, each) for row, each in zip(rows, more, strict=True)]
    one, two = book_of(rows), book_of(random.sample(rows, len(rows)))
    assert_frame_equal(one.history.drop(columns="line"), two.history.drop(columns="line"))
    assert_frame_equal(one.people, two.people)
    assert list(one.graph().edges(data=True)) == list(two.graph().edges(data=True))


def test_rows_equal_but_for_the_day_of_their_status_are_in_one_order():
    days = [date(2026, 6, 1), date(2026, 6, 2), None]
    rows = [(date(2026, 5, 1), "A", "B", 1, {"status_date": day, "id": "r"}) for day in days]
    orders = [book_of(some).history["status_date"].tolist() for some in (rows, rows[::-1])]
    assert str(orders[0]) == str(orders[1])


def test_touches_are_in_one_order(make_book):
    lines = ["2026-02-01,Bo,call,yes,\n", "2026-02-01,Bo,call,no,\n", "2026-02-01,Bo,call,,\n"]
    head = "date,person,kind,personal,note\n"
    orders = [
        make_book(THREE, touches=head + "".join(some)).touches["personal"].tolist()
        for some in (lines, lines[::-1])
    ]
    assert orders[0] == orders[1]


@settings(max_examples=20)
@given(books())
def test_a_window_of_everything_is_no_window_but_for_undated_rows(book):
    whole = book.window("1900-01-01", TODAY)
    dated = book.history[book.history["date"].notna()].reset_index(drop=True)
    assert_frame_equal(whole.referrals, dated)
    assert len(whole.history) == len(book.history)
    assert_frame_equal(book.window().referrals, book.referrals)
    assert_frame_equal(whole.window().referrals, book.referrals)


@settings(max_examples=20)
@given(books(), st.integers(0, 400))
def test_disjoint_windows_share_the_rows(book, back):
    day = TODAY - timedelta(days=back)
    before, after = book.window(until=day), book.window(since=day + timedelta(days=1))
    undated = book.history["date"].isna().to_numpy()
    parts = [undated, before.in_window, after.in_window]
    assert (np.sum(parts, axis=0) == 1).all()
    assert len(before.graph()) == len(after.graph()) == len(book.people)


def test_both_days_of_a_window_belong_to_it(make_book):
    book = make_book(THREE)
    assert len(book.window("2026-01-05", "2026-03-01").referrals) == 2
    assert len(book.window("2026-01-06", date(2026, 2, 28)).referrals) == 0
    stamp = datetime(2026, 3, 1, 13, 30)  # noqa: DTZ001
    assert len(book.window(until=stamp).referrals) == 2
    assert book.window(pd.Timestamp(stamp)).since == date(2026, 3, 1)


def test_a_window_may_be_one_day(make_book):
    book = make_book(THREE).window("2026-03-01", "2026-03-01")
    assert book.referrals["giver"].tolist() == ["Bo"]


def test_an_empty_window_answers(make_book):
    book = make_book(THREE, me="Ann").window("2020-01-01", "2020-12-31")
    assert owe.rank(book).empty
    assert balance.by_person(book.graph())["rate"].isna().all()
    assert stats.overall(book)["first"] is None
    assert connectors.rank(book.graph())["betweenness"].tolist() == [0, 0, 0]
    assert repr(book).startswith("<Book of Ann: 0 referrals of 3 people, today")


def test_what_a_caller_writes_into_the_referrals_stays_theirs(make_book):
    book = make_book(THREE)
    mine = book.referrals
    mine.loc[0, "count"] = 99
    mine["new"] = 1
    assert book.referrals["count"].tolist() == [1, 1, 1, 1]
    assert "new" not in book.history


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Ann Lee", "Ann Lee"),
        ("ann lee", "Ann Lee"),
        ("  Ann   Lee ", "Ann Lee"),
        ("park", "Bo Park"),
        ("Bobby", "Bo Park"),
        ("BOBBY", "Bo Park"),
        ("Jose\u0301", "José"),
    ],
)
def test_a_person_is_found_by_what_they_are_called(make_book, said, meant):
    book = make_book(
        HEADER + "2026-01-05,Ann Lee,Bo Park\n2026-01-06,José,Ann Lee\n",
        people="person,aliases\nBo Park,Bobby; Robert\n",
    )
    assert book.person(said) == meant
    assert book.whose(said) == book.asked(said, "It") == meant


def test_me_may_be_an_alias(make_book):
    people = "person,aliases\nAnn,Annie\n"
    assert make_book(THREE, people=people, me="Annie").me == "Ann"


def test_me_need_not_have_referrals(make_book):
    book = make_book(THREE, people="person\nMe\n", me="Me")
    assert owe.rank(book).empty
    assert owe.position(book).empty
    assert sorted(refer_first.rank(book)["person"]) == ["Ann", "Bo", "Cy"]


def test_days_since_counts_to_today():
    book = book_of([(date(2026, 6, 1), "A", "B", 1)])
    assert book.days_since(np.array(["2026-06-30", "2026-05-31", "NaT"], "M8[s]")).tolist()[:2] == [
        0,
        30,
    ]
    assert book.places(["B", "A", "Zed"]).tolist() == [1, 0, -1]


ABOUT_ONE = {
    "owe.position": owe.position,
    "refer_first.rank": refer_first.rank,
    "register.between": lambda book, person=None: register.between(book, "Ann", person),
    "leaks.thanks_due": lambda book, person=None: leaks.thanks_due(book),
}


@pytest.mark.parametrize("question", ABOUT_ONE.values(), ids=ABOUT_ONE)
def test_questions_about_one_person_need_one(make_book, question):
    with pytest.raises(NoMeError, match="is about one person, and this book does not say who"):
        question(make_book(THREE))


@pytest.mark.parametrize(
    "question",
    [
        owe.rank,
        owe.position,
        owe.ageing,
        refer_first.rank,
        refer_first.expected_return,
        register.of,
        register.between,
        leaks.unresolved,
        Book.person,
    ],
)
def test_an_unknown_person_is_told_with_near_names(question):
    book = book_of([(TODAY, "Anna Lee", "Bo Park", 1)], me="Bo Park")
    with pytest.raises(UnknownPersonError) as error:
        question(book, "Ana Lee")
    assert str(error.value) == "No one called 'Ana Lee' in this book. Did you mean 'Anna Lee'?"
    with pytest.raises(UnknownPersonError):
        question(book, "")


def test_a_part_that_two_people_have_is_nobody():
    book = book_of([(TODAY, "Ann Lee", "Ann Park", 1)])
    with pytest.raises(UnknownPersonError, match="'Ann Lee' or 'Ann Park'"):
        book.person("ann")


def test_an_unknown_me_is_refused(make_book):
    with pytest.raises(UnknownPersonError, match="No one called 'Anne'"):
        make_book(THREE, me="Anne")


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "20260101", "2026-W01-1", "", 20260101])
def test_a_day_that_is_none_is_refused(make_book, day):
    with pytest.raises(RefgraphError, match="is not a date; dates are YYYY-MM-DD"):
        make_book(THREE).window(day)
    with pytest.raises(RefgraphError, match="is not a date; dates are YYYY-MM-DD"):
        make_book(THREE, today=day)


def test_a_window_that_ends_before_it_starts_is_refused(make_book):
    with pytest.raises(RefgraphError, match="starts on 2026-03-01, after its end on 2026-01-01"):
        make_book(THREE).window("2026-03-01", "2026-01-01")


def test_what_cannot_be_read_is_told_at_once(make_book):
    with pytest.raises(LedgerError) as error:
        make_book(HEADER + "2026-01-05,Ann,Ann\n2026-07-02,Ann,Bo\n")
    assert len(error.value.problems) == 2


def test_the_same_in_every_process():
    sample = Path(__file__).parent.parent / "data" / "adviser"
    code = (
        "import sys;"
        "from refgraph import Book, balance, connectors, groups, owe, refer_first, returns;"
        "book = Book.read(sys.argv[1]); G = book.graph();"
        "print(book.history.to_csv(), book.people.to_csv(), book.touches.to_csv(),"
        "balance.by_pair(G).to_csv(), connectors.rank(G).to_csv(), groups.detect(G).to_csv(),"
        "owe.pairs(book).to_csv(), refer_first.rank(book, everyone=True).to_csv(),"
        "returns.episodes(book).to_csv())"
    )
    assert asked_elsewhere(code, sample) == asked_here(code, sample)


def test_writing_into_a_table_of_the_book_changes_only_that_table(make_book):
    book = make_book("date,giver,receiver\n2026-01-01,Ann,Bo\n")
    history, people, rows = book.history, book.people, book.referrals
    history["count"] = 7
    people["role"] = "client"
    rows.loc[0, "giver"] = "Cy"
    assert book.history["count"].tolist() == [1]
    assert book.people["role"].tolist() == ["", ""]
    assert book.referrals["giver"].tolist() == ["Ann"]


def test_each_person_of_the_graph_says_who_it_is(make_book):
    people = "person,role,profession,group\nBo,client,architect,club\n"
    book = make_book(THREE, people=people).window(since="2026-01-01")
    assert book.graph().nodes["Bo"] == {
        "role": "client",
        "profession": "architect",
        "group": "club",
        "given": 1,
        "received": 1,
        "balance": 0,
    }
    assert book.graph().nodes["Cy"]["role"] == ""
    for name, about in book.graph().nodes.items():
        assert about["given"] == book.graph().out_degree(name, weight="weight")
        assert about["received"] == book.graph().in_degree(name, weight="weight")
        assert about["balance"] == about["given"] - about["received"]
        assert {type(about[each]) for each in ("given", "received", "balance")} == {int}


def with_profile(book, profile):
    return book.altered(settings=replace(book.settings, profile=profile))


def test_the_graph_of_a_book_of_health_tells_no_number_of_anybody(adviser):
    about = with_profile(adviser, "health").graph().nodes
    assert {name for each in about.values() for name in each} == {"role", "profession", "group"}


def test_a_card_says_what_the_book_holds(make_book):
    book = make_book(f"{THREE}2026-02-30,Ann,Bo\n", me="Ann", skip_bad=True)
    card = book._repr_html_()
    for said in ("<b>Book of Ann</b>", "2026-01-05 to 2026-06-30", "history, 4 rows", "prospect"):
        assert said in card
    assert "there is no 2026-02-30" in card
    rows = pd.read_html(StringIO(card))[0].set_index(0)[1] if has_lxml() else None
    assert rows is None or rows["rows left out"] == "1"


def has_lxml():
    return importlib.util.find_spec("lxml") is not None


def test_no_name_is_markup_in_a_card(make_book):
    name = "<script>alert(1)</script>"
    card = make_book(f"{HEADER}2026-01-05,{name},Bo\n", me=name)._repr_html_()
    assert "<script" not in card
    assert "&lt;script&gt;" in card


def test_a_card_hides_what_its_book_hides(adviser):
    hidden, _ = incognito(adviser)
    card = hidden._repr_html_()
    assert not [name for name in adviser.people.index if name in card]
    health = with_profile(adviser, "health")._repr_html_()
    assert f"{int(adviser.history['count'].sum()):,}" not in health
    assert "rows, " not in health


def test_a_window_that_a_book_has_already_is_the_book_itself():
    book = Book.sample()
    half = book.window(since="2026-01-01")
    assert book.window() is book
    assert half.window(since="2026-01-01") is half
    assert half.window().referrals.equals(book.referrals)
    assert len(half.referrals) < len(book.referrals)
