"""A book to show to others: the same structure, and no word of anybody."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import timedelta

import networkx as nx
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import AWKWARD, TODAY, book_of, books, names, referral_rows

from refgraph import Book, report
from refgraph.analysis.owing import owe
from refgraph.analysis.reciprocity import balance, reciprocity
from refgraph.analysis.suggesting import refer_first
from refgraph.analysis.tending import today
from refgraph.book.incognito import HIDDEN, incognito
from refgraph.errors import NoMeError
from refgraph.report.questions.registry import QUESTIONS

WORD = "Sesame"


def test_initials_are_stable_and_differ():
    book = book_of([(TODAY, "Ann Lee", "Al Lu", 1), (TODAY, "José", "李 雷", 1)])
    assert incognito(book)[1] == {
        "Al Lu": "A.L.1",
        "Ann Lee": "A.L.2",
        "José": "J.1",
        "李 雷": "#1",
    }


@settings(max_examples=30)
@given(referral_rows())
def test_everybody_has_initials_of_their_own(rows):
    book = book_of([(TODAY, *row) for row in rows])
    hidden, initials = incognito(book)
    assert list(initials) == list(book.people.index)
    assert sorted(initials.values()) == sorted(set(initials.values())) == list(hidden.people.index)
    assert nx.utils.graphs_equal(
        nx.relabel_nodes(book.graph(), initials), nx.DiGraph(hidden.graph())
    )


@settings(max_examples=60)
@given(st.lists(names(), min_size=1, max_size=4).map(" ".join).map(str.split))
@example(["ßa", "ss"])
@example(["ﬁx", "fi"])
def test_initials_hold_no_whole_word_of_a_name_and_one_letter_of_each(words):
    name = " ".join(words)
    told = incognito(book_of([], people=[{"person": name}]))[1][name]
    parts = {part.casefold() for part in re.findall(r"[^\W\d_]+", told)}
    for word in words:
        letters = "".join(filter(str.isalpha, word)).casefold()
        assert letters not in parts or (word.endswith(".") and len(letters) == 1)
    assert all(len(part) == 1 for part in parts)
    if all(sum(map(str.isalpha, word)) < 2 for word in words):  # like J. R., who is all there
        assert not parts


def test_awkward_names_have_initials_too():
    hidden, initials = incognito(book_of([(TODAY, a, "Zoe", 1) for a in AWKWARD]))
    assert len(set(initials.values())) == len(AWKWARD) + 1
    assert len(hidden.graph()) == len(AWKWARD) + 1


def test_no_word_of_anybody_is_left(make_book):
    book = make_book(
        "date,giver,receiver,prospect,note,id,value,currency,count\n"
        f"2026-01-05,{WORD} Lee,Bo {WORD},{WORD} Inc,{WORD},{WORD}1,5000,EUR,2\n"
        f"2026-01-06,{WORD} Lee,{WORD} Lee,{WORD},,{WORD}2,,,1\n",
        people=f"person,aliases,email,note\nBo {WORD},{WORD}y,{WORD}@example.org,{WORD}\n",
        touches=f"date,person,kind,note\n2026-02-01,{WORD} Lee,call,{WORD}\n",
        me=f"Bo {WORD}",
        skip_bad=True,
    )
    assert book.skipped
    hidden, _ = incognito(book)
    texts = [repr(hidden)]
    for field in fields(hidden):
        value = getattr(hidden, field.name)
        texts.append(value.to_csv() if isinstance(value, pd.DataFrame) else repr(value))
    assert WORD not in "".join(texts)
    assert "5000" not in hidden.history.to_csv()
    assert hidden.history["id"].is_unique
    assert hidden.history.dtypes.to_dict() == book.history.dtypes.to_dict()
    assert hidden.people.dtypes.to_dict() == book.people.dtypes.to_dict()
    assert hidden.touches.dtypes.to_dict() == book.touches.dtypes.to_dict()
    assert hidden.person("b.s.1") == hidden.me


def test_what_the_settings_say_is_hidden():
    book = book_of([(TODAY, "Me", "Ann Lee", 1)], me="Me", people=[{"person": "Ann Lee"}])
    told = {"looking_for": ("owners like Ann Lee",), "they_say": ("Ann Lees said so",)}
    hidden, _ = incognito(book.altered(settings=replace(book.settings, **told)))
    assert hidden.settings.looking_for == hidden.settings.they_say == (HIDDEN,)


@settings(max_examples=15)
@given(books(me="A"))
def test_every_number_stays(book):
    hidden, initials = incognito(book.window("2026-01-01"))
    book = book.window("2026-01-01")
    assert hidden.since == book.since
    assert reciprocity.overall(hidden.graph()).equals(reciprocity.overall(book.graph()))
    people = balance.by_person(book.graph()).rename(index=initials).sort_index()
    pd.testing.assert_frame_equal(balance.by_person(hidden.graph()), people)
    owed = owe.rank(book).assign(person=lambda table: table["person"].map(initials))
    pd.testing.assert_frame_equal(
        owe.rank(hidden).sort_values("person", ignore_index=True),
        owed.sort_values("person", ignore_index=True),
    )
    first, seen = refer_first.rank(hidden, everyone=True), refer_first.rank(book, everyone=True)
    assert first["person"].tolist() == seen["person"].map(initials).tolist()
    for told in ("rank", "part", "expected_return", "added"):
        assert first[told].tolist() == seen[told].tolist()


#: Lists of everybody, or of every pair, whose level rows stand by name; and a register of one.
BY_NAME = {
    *("balance", "balance --pairs", "owe", "people", "people --lookalikes", "stats"),
    *("reciprocity --by person", "reciprocity --by pair", "groups --by person"),
    *("chains --by giver", "chains --by client", "bench --by profession", "changes"),
}
ABOUT_ONE = {"register", "why", "without"}
_WINDOW = {"horizon": 180, "seed": 0}
ASKED = {
    "effect": _WINDOW | {"samples": 20},
    "evaluate": _WINDOW | {"half_life": 730, "samples": 20},
    "evaluate --calibration": {"horizon": 180, "half_life": 730},
    "reciprocity": {"test": True, "samples": 50},
}
NOT_SHOWN = {
    "id",
    "because_ids",
    "about",
    "do",
    "message",
    "file",
    "line",
}  # of the book itself, or of its files


@pytest.fixture(scope="module", params=[True, False], ids=["mine", "nobody's"])
def level(request):
    """Give a book in which many are level, and in which initials sort otherwise than names do."""
    names = "AzCyEwGuIsKqMoOm"
    people = [f"{letter}an Lee" for letter in names]
    rows = []
    for at in range(len(people)):
        here = people[7 * at % 16]  # they come into the record in no order of names
        if request.param and here != people[0]:
            rows.append((TODAY - timedelta(100), here, people[0], 1, {"status": "won"}))
            rows += [(TODAY - timedelta(60), people[0], here, 1)] if at % 2 else []
        rows += [
            (TODAY - timedelta(90 + 20 * step), here, people[(7 * at + step) % 16], 1)
            for step in (1, 3)
        ]
        rows += [] if at % 4 else [(TODAY - timedelta(40), people[(7 * at + 1) % 16], here, 1)]
    declared = [
        {
            "person": name,
            "role": "client",
            "group": ("a", "b")[at % 2] if request.param else "",
            "profession": ("law", "tax")[at % 2],
            "offers": (("tax",), ("wills",))[at % 2],
            "needs": (("wills",), ("tax",))[at % 2],
            "cadence": "monthly",
        }
        for at, name in enumerate(people)
    ]
    touches = [(TODAY - timedelta(150), name, "call") for name in people[1:]]
    me = people[0] if request.param else None
    book = book_of(
        [row for row in rows if row[1] != row[2]], me=me, people=declared, touches=touches
    )
    return book, *incognito(book)


@pytest.mark.parametrize("question", sorted({*QUESTIONS} - BY_NAME - ABOUT_ONE))
def test_every_ranking_names_the_same_people_in_the_same_order(level, question):
    book, hidden, initials = level
    names = re.compile("|".join(initials))

    def told(of, hide):
        about = [] if of.me or question != "refer-first" else [of.people.index[0]]
        answer = report.ask(of, question, *about, **ASKED.get(question, {}))
        columns = [name for name in answer.table if name not in NOT_SHOWN]
        rows = [[hide(str(cell)) for cell in row] for row in answer.table[columns].to_numpy(object)]
        return rows, hide(answer.lead), hide(answer.said)

    try:
        shown = told(book, lambda text: names.sub(lambda found: initials[found[0]], text))
    except NoMeError:
        assert book.me is None
        return
    rows, lead, said = told(hidden, str)
    assert (rows, lead) == shown[:2]
    if question != "introduce":  # which gives a command that initials are of no use in
        assert said == shown[2]


@pytest.mark.parametrize("step", [1, -1])
def test_the_list_of_today_names_the_same_people_in_the_same_order(step):
    """Many who are level: each had one contact, long ago, on the same day."""
    people = AWKWARD[::step]
    rows = [(TODAY - timedelta(days=400), "Me", name, 1) for name in people]
    touches = [(TODAY - timedelta(days=380), name, "call") for name in people]
    declared = [{"person": name, "role": "client", "cadence": "quarterly"} for name in people]
    book = book_of(rows, me="Me", people=declared, touches=touches)
    hidden, initials = incognito(book)
    told = today.choose(book, top=99)
    assert len(told) > 5
    assert today.choose(hidden, top=99)["person"].tolist() == told["person"].map(initials).tolist()


def test_the_book_itself_stays_as_it_is():
    book = Book.sample()
    before = book.history.copy(), book.people.copy()
    book.graph()
    hidden, initials = incognito(book)
    assert set(hidden.graph()) == set(initials.values())
    pd.testing.assert_frame_equal(book.history, before[0])
    pd.testing.assert_frame_equal(book.people, before[1])
    assert "Robin Hale" in book.graph()


@settings(max_examples=25)
@given(names())
def test_no_name_is_too_odd(name):
    assert incognito(book_of([], people=[{"person": name}]))[1][name].endswith("1")


def test_nobody_is_hidden_in_an_empty_book():
    hidden, initials = incognito(book_of([]))
    assert initials == {}
    assert hidden.me is None
    assert hidden.history.empty


@pytest.mark.parametrize("me", [None, "A"])
def test_me_stays_me(me):
    hidden, initials = incognito(book_of([(TODAY, "A", "B", 1)], me=me))
    assert hidden.me == hidden.settings.me == initials.get(me)


@pytest.mark.parametrize("form", ["%d.%m.%Y", "%Y/%m/%d %H:%M", "%m-%d-%y"])
def test_how_dates_are_written_is_shown_in_a_remedy_with_incognito(tmp_path, run, form):
    table = tmp_path / "r.csv"
    table.write_text("date,giver,receiver\n14th of May,Ann Lee,Bo Park\n", encoding="utf-8")
    words = ["owe", table, "--date-format", form, "--incognito"]
    said = run(*words, status=1).stderr
    assert f"dates are read as {form} (--date-format)" in said
    assert "May" not in said
    assert "Ann" not in said
