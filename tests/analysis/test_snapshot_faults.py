"""A file that a review wrote, with anything else in any place of it: read, or told of."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import book_of

from refgraph.analysis.comparing import changes, snapshot_file
from refgraph.analysis.comparing.snapshot import Referral, Snapshot, Touch, snapshot_of
from refgraph.analysis.comparing.state import KINDS, RANKS
from refgraph.errors import RefgraphError

DAY = date(2026, 1, 5)
ROWS = [
    (DAY, "Ann", "Me", 2, {"status": "met", "status_date": date(2026, 1, 9)}),
    (None, "Me", "Bo", 1),
]
TOUCHES = [(DAY, "Ann", "meeting", {"with": "Bo", "about": "r0", "until": date(2026, 7, 7)})]
BOOK = book_of(ROWS, me="Me", touches=TOUCHES)
NOW = snapshot_of(BOOK)
TEXT = snapshot_file.as_text(NOW)
#: What a program in another language, or a hand, may have written in place of anything.
ODD = [
    *(None, True, False, 0, 1, -1, 1.5, 10**30, "", " ", "x", "2026-13-01", "2026-01-05"),
    *("\x1b[31m", "Ann", "met", "owed", [], [1], {}, {"x": 1}, [[]]),
]


def written():
    content = json.loads(TEXT)
    return content | {"state": content["state"][::4]}


def places(value, path=()):
    """Name every place of what was read from JSON, the whole first."""
    yield path
    parts = enumerate(value) if isinstance(value, list) else ()
    for key, part in value.items() if isinstance(value, dict) else parts:
        yield from places(part, (*path, key))


def replaced(path, new):
    content = written()
    at = content
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return content


def read(content, folder):
    file = folder / "then.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return snapshot_file.read_snapshot(file)


def in_order(content):
    """Give the content with its entries sorted, as whatever is written has them."""
    entries = {name: sorted(content[name]) for name in ("state", "referrals", "touches")}
    return {**content, **entries}


@pytest.mark.parametrize("name", written())
def test_what_is_read_is_what_stands_there_and_all_else_is_told(name, tmp_path, monkeypatch):
    """Whatever is let in comes out again as it was written, and can be compared with the book."""
    monkeypatch.setattr(changes, "snapshot_of", lambda *_: NOW)  # found once, it does not change
    some = {}
    for path in places(written()[name], (name,)):
        for new in ODD:
            content = replaced(path, deepcopy(new))
            try:
                some[path[-1]] = then = read(content, tmp_path)
            except RefgraphError as error:
                assert "is no review to compare with" in str(error)  # noqa: PT017
                continue
            assert json.loads(snapshot_file.as_text(then)) == in_order(content)
    for then in some.values():
        if then.whose == "Me" and then.day <= NOW.day:
            assert list(changes.compare_with(then, BOOK).table) == list(changes.COLUMNS)


def test_a_day_is_a_text_or_blank_and_a_second_person_too(tmp_path):
    for name, at in (("referrals", 1), ("referrals", 6), ("touches", 0), ("touches", 5)):
        assert written()[name][0][at]
        blank = replaced((name, 0, at), "")
        assert json.loads(snapshot_file.as_text(read(blank, tmp_path))) == in_order(blank)
        for new in (None, 0, False, []):
            with pytest.raises(RefgraphError, match=f"entry 1 of {name} is not as it was written"):
                read(replaced((name, 0, at), new), tmp_path)


# ------------------------------------------------------------------ people of another name

PEOPLE = st.sampled_from("ABCD")
NAMES = st.dictionaries(PEOPLE, st.sampled_from("ABCDXY"), max_size=4)
IDS = st.sampled_from(["", "r1", "r2"])
STATUS = st.sampled_from(["met", "won"])


def facts(kind):
    key = st.tuples(st.just(kind), PEOPLE, st.just("") | PEOPLE, IDS)
    return st.tuples(key, STATUS if kind == "status" else st.integers(1, 9))


FACTS = st.sampled_from(KINDS).flatmap(facts)
REFERRALS = st.builds(
    lambda two, number: Referral("2026-01-05", *two, number, "given", ""),
    st.permutations("ABCD").map(lambda four: four[:2]),
    st.integers(1, 3),
)
TOUCHED = st.builds(
    lambda person, other: Touch("2026-01-06", person, "call", other, "", ""),
    PEOPLE,
    st.just("") | PEOPLE,
)
SNAPSHOTS = st.builds(
    lambda state, referrals, touches: Snapshot(DAY, "A", dict(state), referrals, Counter(touches)),
    st.lists(FACTS, max_size=12),
    st.dictionaries(st.sampled_from("rstuv"), REFERRALS),
    st.lists(TOUCHED, max_size=5),
)


@settings(max_examples=60)
@given(SNAPSHOTS, NAMES)
def test_renamed_people_have_what_those_who_became_them_had(then, names):
    """Of two who become one, the counts are added up and the better place is kept."""
    now = then.renamed(names)
    assert now.whose == names.get("A", "A")
    assert now.touches.total() == then.touches.total()
    ties = Counter()
    for (giver, receiver), number in then.ties().items():
        ties[names.get(giver, giver), names.get(receiver, receiver)] += number
    assert now.ties() == ties
    for (kind, person, other, identity), value in now.state.items():
        were = [
            had
            for (what, one, two, about), had in then.state.items()
            if (what, about) == (kind, identity)
            and names.get(one, one) == person
            and names.get(two, two) == other
        ]
        if kind == "status":
            assert value in were
        else:
            assert value == (min(were) if kind in RANKS else sum(were))
    assert {kind for kind, *_ in now.state} == {kind for kind, *_ in then.state}


@settings(max_examples=30)
@given(SNAPSHOTS, st.permutations("ABCD"))
def test_a_change_of_all_names_and_back_is_none(then, other):
    there = dict(zip("ABCD", other, strict=True))
    back = then.renamed(there).renamed({new: old for old, new in there.items()})
    for part in ("day", "whose", "state", "referrals", "touches"):
        assert getattr(back, part) == getattr(then, part)
    assert then.renamed({}) is then


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("then")


@settings(max_examples=30)
@given(then=SNAPSHOTS)
def test_what_is_written_is_read_again_and_the_same_bytes_are_written(folder, then):
    text = snapshot_file.as_text(then)
    again = read(json.loads(text), folder)
    assert (again.state, again.referrals, again.touches) == (
        then.state,
        then.referrals,
        then.touches,
    )
    assert snapshot_file.as_text(again) == text
    turned = replace(then, state=dict(reversed([*then.state.items()])))
    assert snapshot_file.as_text(turned) == text
