"""What there is to decide: a question for each part that asks for one, with what it rests on."""

from __future__ import annotations

import pytest

from refgraph import Book
from refgraph.report.summary import summarize
from refgraph.review.findings import ASKED, to_decide
from refgraph.review.grid import Column, Grid
from refgraph.review.names import NAMES
from refgraph.review.page_parts import parts_of
from refgraph.review.part import Part, Suggestion


@pytest.fixture(scope="module", params=["mine", "chapter"])
def parts(request):
    book = Book.sample()
    book = book if request.param == "mine" else book.altered(me=None)
    return parts_of(book, summarize(book), ASKED)


def test_each_question_rests_on_a_part_and_names_its_people(parts):
    asked = to_decide(parts)
    known = {part.name: part for part in parts}
    assert {name for _, name in asked} <= ASKED <= {*NAMES}
    assert len({text for text, _ in asked}) == len(asked) >= 3
    tables = {name: part.grids[0] for name, part in known.items() if part.grids}
    for text, name in asked:
        assert text.endswith(("?", "."))
        if name in ("owed", "one-sided"):
            assert tables[name].rows[0][0] in text


def test_a_chapter_is_asked_who_meets_whom_and_one_person_whom_they_owe():
    told = {}
    for me in (None, "Robin Hale"):
        book = Book.sample().altered(me=me)
        told[me] = {name for _, name in to_decide(parts_of(book, summarize(book), ASKED))}
    assert {"members", "one-sided"} <= told[None]
    assert told["Robin Hale"].isdisjoint({"members", "one-sided"})


def test_what_today_asks_already_is_not_asked_again():
    news = Part("news", "", (), "2 wait for news.")
    assert [name for _, name in to_decide([news])] == ["news"]
    today = Part("today", "", (), suggestions=(Suggestion("Bring news: Ann", "", "", (), ""),))
    assert [name for _, name in to_decide([today, news])] == ["today"]


def test_who_waits_longest_is_asked_about_by_name():
    column = {name: Column(name, name, False, False) for name in ("person", "receiver", "you")}

    def asked(name, columns, *rows, **more):
        chosen = tuple(column[each] for each in columns)
        grid = Grid("", chosen, rows, dict.fromkeys(columns, ""))
        return [text for text, _ in to_decide([Part(name, "", (), grids=(grid,)), *more.values()])]

    today = Part("today", "", (), suggestions=(Suggestion("Say thanks: Ann", "", "", (), ""),))
    who = [("Ann",), ("Bo",), ("Bo",)]
    first, second = asked("thanks", ["person"], *who, today=today)
    assert first == "When do you thank Ann?"
    assert second.startswith("When do you thank Bo, who had no thanks")  # nobody is asked twice
    assert asked("thanks", ["person"], ("Ann",), today=today) == [first]
    assert asked("leaks", ["receiver"], ("Cy",))[0].endswith("The latest went to Cy.")
    assert asked("leaks", ["you", "person"], ("gave", "Di"))[0].endswith("are with Di.")


def test_members_who_gave_or_received_nothing_are_asked_for_once():
    members = Part("members", "", (), asked_about=("Ann", "Bo"))
    today = Part("today", "", (), suggestions=(Suggestion("Welcome: Ann", "", "", (), ""),))
    texts = [text for text, _ in to_decide([members, today])]
    assert [text for text in texts if "Bo" in text and "Ann" not in text]
    assert sum("Ann" in text for text in texts) == 1
