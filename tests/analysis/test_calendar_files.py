"""Calendars of meetings, read back by RFC 5545: unfolded, unescaped, and compared with the plan."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of, names, notes

from refgraph.analysis.pairing.calendar import calendars, file_names
from refgraph.analysis.pairing.pairings import COLUMNS, Plan

MONDAY = date(2026, 7, 6)


def plan_of(meetings):
    """Give a plan of (week, one, other, why), where the other may be nobody."""
    rows = [
        (week, one, other, why, pd.Timestamp(MONDAY + timedelta(weeks=week - 1)), 1)
        for week, one, other, why in meetings
    ]
    return Plan(pd.DataFrame(rows, columns=list(COLUMNS)), 0, 0, 9, 9, {})


def events_of(content):
    """Read the events of a calendar as another program does."""
    lines = content.split("\r\n")
    assert lines.pop() == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = re.sub("\r\n ", "", "\r\n".join(lines)).split("\r\n")
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events = []
    for line in unfolded[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            assert name not in events[-1]
            events[-1][name] = plain(value)
    assert content.count("END:VEVENT\r\n") == len(events)
    return events


def plain(value):
    """Take back what stands for a comma, a semicolon, a backslash or the end of a line."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)  # none of these stands alone
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


@st.composite
def plans(draw):
    """Meetings of a few people with nasty names, for reasons of several lines."""
    people = draw(st.lists(names(), min_size=2, max_size=5, unique=True))
    pair = st.permutations(people).map(lambda some: some[:2])
    drawn = draw(st.lists(st.tuples(st.integers(1, 6), pair, notes(), st.booleans()), max_size=6))
    return [(week, one, "" if alone else two, why) for week, (one, two), why, alone in drawn]


@settings(max_examples=60)
@given(plans())
@example([(1, "A", "B" * 80, "a, b; c\\n d\\\ne")])
@example([(1, "A", "é" * 40, "👩\u200d👩\u200d👧" * 12)])
def test_a_calendar_read_back_is_the_meetings_of_one_person(meetings):
    book = book_of([], today=TODAY)
    met = [row for row in meetings if row[2]]
    found = dict(calendars(book, plan_of(meetings)))
    people = sorted({name for row in met for name in row[1:3]})
    assert list(found) == list(file_names(people).values())
    for person, content in zip(people, found.values(), strict=True):
        mine = [row for row in met if person in row[1:3]]
        assert [
            (event["SUMMARY"], event["DESCRIPTION"], event["DTSTART;VALUE=DATE"])
            for event in events_of(content)
        ] == [
            (
                f"One-to-one with {two if one == person else one}",
                "\n".join(why.splitlines()),
                f"{MONDAY + timedelta(weeks=week - 1):%Y%m%d}",
            )
            for week, one, two, why in mine
        ]


def test_a_meeting_is_one_event_in_both_calendars_and_lasts_the_week():
    meetings = [(1, "Ann", "Bo", "x"), (2, "Ann", "Bo", "x"), (1, "Cy", "Di", "x")]
    every = {
        name: events_of(content)
        for name, content in calendars(book_of([], today=TODAY), plan_of(meetings))
    }
    told = [event["UID"] for events in every.values() for event in events]
    assert len(told) == 6
    assert len(set(told)) == 3  # the same for both who meet, another one for each meeting
    assert every["1-ann.ics"][0]["UID"] == every["2-bo.ics"][0]["UID"]
    for events in every.values():
        for event in events:
            first, last = event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]
            assert date.fromisoformat(last) - date.fromisoformat(first) == timedelta(days=7)
            assert event["DTSTAMP"] == f"{TODAY:%Y%m%d}T000000Z"
            assert (event["UID"].endswith("@refgraph"), event["TRANSP"]) == (True, "TRANSPARENT")


def test_a_calendar_made_again_has_the_same_bytes_whatever_the_order_of_names():
    meetings = [(1, "Ann", "Bo", "x"), (1, "Cy", "Di", "y"), (2, "Ann", "Cy", "z")]
    book = book_of([], today=TODAY)
    known = list(calendars(book, plan_of(meetings)))
    assert list(calendars(book, plan_of(meetings))) == known
    assert [name for name, _ in known] == ["1-ann.ics", "2-bo.ics", "3-cy.ics", "4-di.ics"]
    assert list(calendars(book, plan_of([]))) == []


@pytest.mark.parametrize(
    ("people", "files"),
    [
        ([], []),
        (["Ann  Lee"], ["1-ann-lee.ics"]),
        (["../../etc", "CON", "."], ["1-etc.ics", "2-con.ics", "3.ics"]),
        (["Straße", "É"], ["1-strasse.ics", "2-é.ics"]),
        (["x" * 99], [f"1-{'x' * 40}.ics"]),
        ([f"P{at}" for at in range(10)], [f"{at + 1:02}-p{at}.ics" for at in range(10)]),
    ],
)
def test_names_of_files_are_numbered_and_plain(people, files):
    assert list(file_names(people).values()) == files
    assert list(file_names(people, "html").values()) == [f"{name[:-4]}.html" for name in files]
