"""Introductions: by hand, as laws, against a plain implementation, and in large."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import TODAY, ago, book_of

from refgraph.analysis.suggesting import bench, introductions, refer_first
from refgraph.analysis.suggesting.phrasebook import Phrasebook
from refgraph.book.incognito import incognito
from refgraph.errors import RefgraphError, UnknownPersonError

NAMES = ["Ann", "Bo", "Cy", "Dee", "Eve", "Fay", "Me"]
TRADES = st.sampled_from(["tax", "tax returns", "returns desk", "wills", "web design", "websites"])
SOME = st.lists(TRADES, max_size=2, unique=True).map(tuple)
SAYINGS = {"web design": ("websites",)}


def said(table):
    return [tuple(row) for row in table[["person", "need", "introduce_to", "offer"]].to_numpy()]


@st.composite
def rooms(draw):
    """Books in which six people and me need, offer, know and rate one another."""
    people = [
        {
            "person": name,
            "needs": draw(SOME),
            "offers": draw(SOME),
            "profession": draw(st.sampled_from(["", "wills", "tax lawyer"])),
            "helpful": draw(st.none() | st.integers(0, 5)),
            "do_not_refer": draw(st.integers(0, 9)) == 0,
        }
        for name in NAMES
    ]
    pair = st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True)
    status = st.sampled_from(["given", "won", "lost"])
    drawn = draw(st.lists(st.tuples(pair, status), max_size=5))
    rows = [
        (ago(9), pair[0], pair[1], 1, {"status": status, "prospect": "".join(pair[2:])})
        for pair, status in drawn
    ]
    book = book_of(rows, me="Me", people=people)
    return book.altered(settings=replace(book.settings, synonyms=SAYINGS))


def plainly(book):
    """Every pair that may be introduced, best first, by trying all of them."""
    standing, people = bench.standing(book), book.people.to_dict("index")
    words = Phrasebook(book.settings.synonyms)
    met = [set(row) for row in book.history[["giver", "receiver", "prospect"]].to_numpy()]
    found = []
    for one, needing in people.items():
        for other, offering in people.items():
            left_out = needing["do_not_refer"] or offering["do_not_refer"]
            if left_out or one == other or "Me" in (one, other):
                continue
            if any({one, other} <= some for some in met):
                continue
            offers = [*offering["offers"], *filter(None, [offering["profession"]])]
            fits = [
                (-words.fit(need, offer), at, to, need, offer)
                for at, need in enumerate(needing["needs"])
                for to, offer in enumerate(offers)
            ]
            if fits and -min(fits)[0] >= 0.5:
                fit, _, _, need, offer = min(fits)
                found.append((fit, -(standing[one] + standing[other]), one, other, need, offer))
    came = {}  # ties go by who came into the record first
    for row in book.history.itertuples():
        for name in (row.giver, row.receiver):
            came.setdefault(name, len(came))
    for name in people:
        came.setdefault(name, len(came))
    return sorted(found, key=lambda row: (*row[:2], came[row[2]], came[row[3]], *row[4:]))


@settings(max_examples=25)
@given(rooms(), st.sampled_from(NAMES[:-1]), st.integers(1, 3))
def test_they_are_what_trying_all_pairs_finds(book, name, most):
    tried = plainly(book)
    found = introductions.possible(book)
    every = [(one.needs, one.word, one.offers, one.offer) for one in found]
    assert every == [(row[2], row[4], row[3], row[5]) for row in tried]
    gone, matched, seen, hers = set(), [], set(), []
    for row in tried:
        line = (row[2], row[4], row[3], row[5])
        if not gone & {*row[2:4]}:
            gone |= {*row[2:4]}
            matched.append(line)
        if name in row[2:4] and not seen & ({*row[2:4]} - {name}):
            seen |= {*row[2:4]} - {name}
            hers.append(line)
    assert said(introductions.rank(book)) == matched
    assert said(introductions.rank(book, name)) == hers
    few = introductions.possible(book, most=most)
    assert few == [one for one in found if one in few]
    for side in ("needs", "offers"):
        for person in NAMES:
            mine = [one for one in found if getattr(one, side) == person]
            kept = [one for one in few if getattr(one, side) == person]
            assert mine[:most] == kept[: len(mine[:most])]


@settings(max_examples=12)
@given(rooms())
def test_nobody_appears_twice_nor_with_whom_they_know_nor_unwanted(book):
    table = introductions.rank(book)
    assert tuple(table) == introductions.COLUMNS
    everyone = [*table["person"], *table["introduce_to"]]
    assert len(set(everyone)) == len(everyone)
    assert "Me" not in everyone
    assert not book.people.loc[everyone, "do_not_refer"].any()
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert table["fit"].is_monotonic_decreasing
    assert_frame_equal(introductions.rank(book.window(TODAY)), table)


@settings(max_examples=12)
@given(rooms(), st.sampled_from(NAMES[:-1]))
def test_a_mark_takes_all_introductions_of_a_person_away(book, name):
    marked = book.altered(
        people=book.people.assign(
            do_not_refer=book.people["do_not_refer"] | (book.people.index == name)
        )
    )
    assert introductions.rank(marked, name).empty
    kept = [one for one in introductions.possible(book) if name not in (one.needs, one.offers)]
    assert introductions.possible(marked) == kept


@settings(max_examples=12)
@given(rooms(), st.sampled_from(NAMES[:-1]), SOME)
def test_other_needs_of_one_person_change_their_lines_and_what_these_free(book, name, needs):
    people = book.people
    people["needs"] = pd.Series(
        [needs if one == name else had for one, had in people["needs"].items()],
        index=people.index,
        dtype=object,
    )
    changed = book.altered(people=people)

    def others(table):
        return [one for one in introductions.possible(table) if name not in (one.needs, one.offers)]

    assert others(changed) == others(book)
    before, after = said(introductions.rank(book)), said(introductions.rank(changed))
    same = next(
        (at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]),
        min(len(before), len(after)),
    )
    first = [*before[same : same + 1], *after[same : same + 1]]
    assert not first or any(name in row for row in first)  # the rest may be freed by it


@settings(max_examples=12)
@given(rooms())
def test_other_names_in_the_same_order_change_nothing_else(book):
    called = {name: f"the {name} of Wells" for name in NAMES}
    columns = {
        name: book.history[name].map(lambda one: called.get(one, one))
        for name in ("giver", "receiver", "prospect")
    }
    renamed = book.altered(
        history=book.history.assign(**columns),
        people=book.people.rename(index=called),
        me=called["Me"],
    )
    table = introductions.rank(book)
    for name in ("person", "introduce_to"):
        table[name] = table[name].map(called)
    columns = [name for name in table if name != "because"]
    assert_frame_equal(introductions.rank(renamed)[columns], table[columns])


PEOPLE = [
    {"person": "Ann", "needs": ("tax returns", "wills")},
    {"person": "Bo", "offers": ("tax advice", "wills"), "helpful": 1},
    {"person": "Cy", "offers": ("wills",), "helpful": 4, "dependable": 5},
    {"person": "Dee", "profession": "estate planning"},
    {"person": "Eve", "offers": ("returns desk",), "needs": ("wills",)},
]


def small(**more):
    rows = [
        (ago(40), "Me", "Cy", 1, {"status": "won"}),
        (ago(30), "Me", "Cy", 2, {"status": "lost"}),
        (ago(20), "Me", "Bo", 1),
    ]
    book = book_of(rows, me="Me", people=PEOPLE)
    sayings = {"estate planning": ("wills",)}
    return book.altered(settings=replace(book.settings, synonyms=sayings), **more)


def test_the_best_three_way_introductions_by_hand():
    book = small()
    table = introductions.rank(book)
    # (4 + 5) / 5 of two ratings and 1 / 5 of one: m = (2 + 1) / (3 + 2); 1 of 3 won: m = 2 / 5
    rated, closed = (3 / 5, (1.8 + 4 * 3 / 5) / 6), (2 / 5, (1 + 4 * 2 / 5) / 7)
    dee, cy = ((rated[at] + closed[at]) / 2 for at in (0, 1))
    assert bench.standing(book)[["Dee", "Cy"]].tolist() == pytest.approx([dee, cy])
    assert said(table) == [
        ("Ann", "wills", "Cy", "wills"),
        ("Eve", "wills", "Dee", "estate planning"),
    ]
    assert table["standing_offers"].tolist() == pytest.approx([cy, dee])
    assert table["because"].tolist() == [
        "Cy is rated 4.5 of 5 and won 1 of the 3 closed referrals anyone sent them.",
        "Dee has no rating or outcome yet; by [synonyms] wills is estate planning.",
    ]
    assert table["because_ids"].tolist() == [["r0", "r1"], []]
    assert introductions.rank(book, "Bo")["person"].tolist() == ["Ann", "Eve"]


def test_who_shares_only_a_word_is_told_so_and_less_than_half_is_nothing():
    people = [
        {"person": "Ann", "needs": ("tax returns",)},
        {"person": "Bo", "offers": ("returns desk",)},
        {"person": "Cy", "offers": ("tax",)},
    ]
    book = book_of([(ago(1), "Me", "Ann", 1)], me="Me", people=people)
    (row,) = introductions.rank(book).to_dict("records")
    assert (row["introduce_to"], row["fit"]) == ("Cy", 0.5)
    assert row["because"].endswith("; tax returns and tax have words in common.")
    assert len(introductions.possible(book, least=0.3)) == 2


@pytest.mark.parametrize(
    ("note", "made"),
    [
        ("with Cy", True),
        ("Cyril and Cyan", False),
        ("Charles Young came", True),
        ("Charles Youngs", False),
        ("cy", False),
        ("", False),
        ("介绍王小明认识", False),
    ],
)
def test_an_introduction_noted_with_the_other_name_is_made(note, made):
    people = [{"person": "Ann", "needs": ("tax",)}]
    people += [{"person": "Cy", "offers": ("tax",), "aliases": ("Charles Young",)}]
    book = book_of(
        [(ago(1), "Me", "Ann", 1)],
        me="Me",
        people=people,
        touches=[(ago(3), "Ann", "introduction"), (ago(2), "Ann", "call")],
    )
    noted = book.altered(touches=book.touches.assign(note=[note, "Cy"]))
    assert introductions.rank(noted).empty == made
    assert len(introductions.rank(noted, whose="Ann")) == 0
    assert len(introductions.possible(noted.altered(me=None))) == 1  # touches are those of me


def test_of_names_within_names_the_longest_is_meant_and_initials_are_read_alike():
    people = [{"person": "Bo", "needs": ("tax",)}]
    people += [{"person": name, "offers": ("tax",)} for name in ("Ann", "Ann Lee", "R D", "A R D")]
    book = book_of(
        [(ago(1), "Me", "Bo", 1)],
        me="Me",
        people=people,
        touches=[(ago(3), "Bo", "introduction"), (ago(2), "Bo", "introduction")],
    )
    noted = book.altered(touches=book.touches.assign(note=["with Ann Lee", "met A R D"]))
    assert introductions.rank(noted, "Bo")["introduce_to"].tolist() == ["Ann", "R D"]
    hidden, initials = incognito(noted)
    seen = introductions.rank(hidden, initials["Bo"])["introduce_to"].tolist()
    assert sorted(seen) == sorted([initials["Ann"], initials["R D"]])


@pytest.mark.parametrize(
    ("won", "lost", "said"),
    [
        (1, 0, "won the only closed referral anyone sent them."),
        (0, 1, "did not win the only closed referral anyone sent them."),
        (4, 0, "won all of the 4 closed referrals anyone sent them."),
        (0, 2, "won none of the 2 closed referrals anyone sent them."),
        (1, 2, "won 1 of the 3 closed referrals anyone sent them."),
    ],
)
def test_outcomes_are_told_as_a_person_would(won, lost, said):
    people = [{"person": "Ann", "needs": ("tax",)}]
    people += [{"person": "Cy", "offers": ("tax",), "helpful": 5}]
    rows = [
        (ago(1), "Me", "Cy", count, {"status": status})
        for status, count in (("won", won), ("lost", lost))
        if count
    ]
    table = introductions.rank(book_of(rows, me="Me", people=people))
    assert table["because"].tolist() == [f"Cy is rated 5 of 5 and {said}"]


def test_a_name_in_a_script_without_blanks_is_found_in_a_sentence():
    people = [{"person": "Ann", "needs": ("tax",)}, {"person": "王小明", "offers": ("tax",)}]
    book = book_of(
        [(ago(1), "Me", "Ann", 1)],
        me="Me",
        people=people,
        touches=[(ago(3), "Ann", "introduction")],
    )
    noted = book.altered(touches=book.touches.assign(note="介绍王小明认识"))
    assert (len(introductions.rank(book)), len(introductions.rank(noted))) == (1, 0)


def test_best_fit_and_standing_come_first_in_what_refer_first_names():
    people = [
        {"person": "Ann", "offers": ("tax",)},
        {"person": "Bo", "needs": ("tax advice",), "helpful": 5},
        *({"person": name, "needs": ("tax",), "helpful": at} for at, name in enumerate("FGHI")),
    ]
    book = book_of([(ago(1), "Ann", "Me", 1)], me="Me", people=people)
    table = refer_first.rank(book, everyone=True).set_index("person")
    assert table.loc["Ann", "introduce"] == ["I", "H", "G"]


@pytest.mark.parametrize(
    "people", [[], [{"person": "Ann"}], [{"person": "Ann", "needs": ("tax",), "offers": ("tax",)}]]
)
def test_nothing_to_introduce_is_an_empty_table_of_the_same_kinds(people):
    empty = introductions.rank(book_of([], people=people))
    assert empty.empty
    kinds = introductions.rank(small()).dtypes
    assert empty.dtypes.to_dict() == kinds.to_dict()


def test_who_cannot_be_asked_about():
    book = small()
    with pytest.raises(RefgraphError, match="Me would make the introductions"):
        introductions.rank(book, "me")
    with pytest.raises(RefgraphError, match="the book of Me, who is introduced to nobody"):
        introductions.rank(book, "Me", whose="Ann")
    with pytest.raises(UnknownPersonError):
        introductions.rank(book, "Zoe")
    with pytest.raises(UnknownPersonError):
        introductions.rank(book, whose="Zoe")
