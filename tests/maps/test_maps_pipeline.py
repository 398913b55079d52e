"""The pipeline: blocks counted by hand and against the rows, open and closed on their own sides."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of

from refgraph import Book, maps
from refgraph.analysis.tending import pipeline
from refgraph.errors import RefgraphError, WithheldError
from refgraph.maps import quality
from refgraph.maps.html import content
from refgraph.maps.kinds.pipeline import arrange
from refgraph.maps.kinds.pipeline.data import CLOSED, OPEN, pipeline_of
from refgraph.schema.values import STATUSES

ADVISER = Path(__file__).parents[2] / "data" / "adviser"
OLD, NEW = TODAY - timedelta(days=50), TODAY - timedelta(days=9)


def slip(day, giver, receiver, handoff, status, count=1):
    return day, giver, receiver, count, {"handoff": handoff, "status": status}


HAND = [
    slip(OLD, "Ann", "Me", 2, "given"),
    slip(NEW, "Ann", "Me", 2, "given", 3),
    slip(OLD, "Me", "Bo", 2, "met"),
    slip(OLD, "Bo", "Me", 2, "won"),
    slip(OLD, "Bo", "Me", 2, "lost"),
    slip(OLD, "Me", "Ann", 5, "won", 2),
    slip(OLD, "Me", "Ann", None, "contacted"),
    slip(OLD, "Ann", "Bo", 4, "won"),
]


def said(scene):
    return [text["text"] for text in scene.captions]


def blocks(scene):
    return [mark for layer in scene.layers for mark in layer if isinstance(mark.owner, tuple)]


def test_the_levels_by_hand():
    found = pipeline_of(book_of(HAND, me="Me"))
    told = {
        level.handoff: {segment.state: segment.total for segment in level.segments}
        for level in found.levels
    }
    assert told == {
        5: {"won": 2},
        2: {"leaking": 1, "given": 3, "met": 1, "won": 1, "lost": 1},
        None: {"contacted": 1},
    }
    assert [(level.won, level.closed) for level in found.levels] == [(2, 2), (1, 2), (0, 0)]
    everybody = pipeline_of(book_of(HAND))
    assert [level.handoff for level in everybody.levels] == [5, 4, 2, None]


def test_what_it_says_and_where():
    scene = maps.draw("pipeline", book_of(HAND, me="Me"))
    assert scene.title == "3 of 4 closed referrals were won; 6 are under way"
    assert "10 referrals to or from you" in scene.subtitle
    assert {"2 of 2 won", "1 of 2 won", "none closed yet", "not recorded how"} <= set(said(scene))
    assert {"under way", "closed", "won, of those closed"} <= set(said(scene))
    assert list(scene.nodes) == ["Ann"]
    assert "sent a referral, 50 days ago" in said(scene)
    figures = quality.evaluate(scene)
    assert figures["captions_overlapping"] == figures["off_page"] == 0


def test_ways_that_differ_beyond_chance_are_the_finding():
    rows = [slip(OLD, "Ann", "Me", 5, "won") for _ in range(12)]
    rows += [slip(OLD, "Ann", "Me", 0, "won" if k < 2 else "lost") for k in range(12)]
    rows += [slip(NEW, "Ann", "Me", 0, "given"), slip(OLD, "Ann", "Me", 3, "lost", 4)]
    scene = maps.draw("pipeline", book_of(rows, me="Me"))
    how = 'introduced in person: 12 of 12 closed were won; told to call or "use my name": 2 of 12'
    assert scene.title == f"I{how[1:]}"
    assert {"100 %, range 76 to 100 %", "17 %, range 5 to 45 %"} <= set(said(scene))
    assert "A better introduction may help" in said(scene)
    assert any("raise it from 0 to 5" in text for text in said(scene))
    few = [row for row in rows if row[4]["handoff"] != 5][:3]
    assert "closed referrals" in maps.draw("pipeline", book_of(few, me="Me")).title


def test_ways_are_compared_one_way_only_and_as_the_farthest_apart_of_all():
    won = [slip(OLD, "Ann", "Me", 5, "won") for _ in range(12)]
    lost = [slip(OLD, "Ann", "Me", 0, "won" if k < 7 else "lost") for k in range(12)]
    assert "12 of 12" in maps.draw("pipeline", book_of(won + lost, me="Me")).title
    given = [slip(OLD, "Me", "Ann", *row[4].values()) for row in won]
    pooled = maps.draw("pipeline", book_of(given + lost, me="Me")).title
    assert pooled == "19 of 24 closed referrals were won"
    between = [
        slip(OLD, "Ann", "Me", level, "won" if k < 9 else "lost")
        for level in (1, 2, 3)
        for k in range(12)
    ]
    of_many = maps.draw("pipeline", book_of(won + lost + between, me="Me")).title
    assert of_many == "46 of 60 closed referrals were won"


@pytest.mark.parametrize("name", ["adviser", "chapter", "sample"])
@pytest.mark.parametrize("width", [480, 1200, 1600])
def test_it_can_be_read(drawn, name, width):
    scene = drawn("pipeline", name, width=width)
    figures = quality.evaluate(scene)
    assert not [text for text in said(scene) if "…" in text]  # all words of each row
    assert figures["captions_overlapping"] == figures["off_page"] == 0
    assert figures["caption_px"] >= 10.5


def test_every_block_is_a_row_of_the_book():
    """Read the CSV file alone: each row with me is a block of its two people, and no other is."""
    with (ADVISER / "referrals.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    me = "Dana Whitfield"
    book = Book.read(ADVISER)
    mine = Counter(
        tuple(book.person(row[end]) for end in ("giver", "receiver"))
        for row in rows
        if me in {book.person(row["giver"]), book.person(row["receiver"])}
    )
    scene = maps.draw("pipeline", book)
    filled = Counter(mark.owner for mark in blocks(scene) if mark.code == "P" and mark.width == 0)
    assert filled == mine


levels = st.sampled_from([None, *range(6)])
days = st.sampled_from([None, OLD, NEW, TODAY - timedelta(days=200)])
rows_of = st.lists(
    st.builds(
        slip,
        days,
        st.just("Me"),
        st.sampled_from("AB"),
        levels,
        st.sampled_from(STATUSES),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=14,
)


@settings(deadline=None)
@given(rows_of)
def test_open_stands_left_of_closed_and_widths_are_counts(rows):
    book = book_of(rows, me="Me")
    found = pipeline_of(book)
    assert found.total(OPEN + CLOSED) == sum(row[3] for row in rows)
    placed = arrange.arrange(found, 0.0, 0.0, 700.0)
    units = set()
    for _, level, bars in placed.rows:
        assert [bar.segment for bar in bars] == list(level.segments)
        assert all(a.right == b.left for a, b in pairwise(bars))
        for bar in bars:
            side = bar.right <= placed.axis + 1e-6, bar.left >= placed.axis - 1e-6
            assert side == ((True, False) if bar.segment.state in OPEN else (False, True))
            units.add(round((bar.right - bar.left) / bar.segment.total, 6))
        assert level.closed == level.total(CLOSED)
        assert level.won == level.total(("won",))
    assert len(units) == 1
    table = pipeline.closing(book).set_index("handoff")
    for level in found.levels:
        if level.handoff is not None:
            assert level.share == table["share"][level.handoff] or not level.closed


def test_a_thousand_rows_are_bars_of_no_one():
    rows = [slip(OLD, "Ann", "Me", k % 6, STATUSES[k % 5]) for k in range(1600)]
    scene = maps.draw("pipeline", book_of(rows, me="Me"))
    assert blocks(scene) == []
    assert sum(len(layer.codes) for layer in scene.layers) < 120


def test_on_a_page_every_block_shows_whoever_is_drawn(drawn):
    scene = drawn("pipeline", "adviser")
    told = content(scene)
    assert told["sheet"]
    owned = {tie for layer in told["layers"] for tie in layer.get("tie", ())}
    assert owned
    pairs = {tuple(told["people"][end][0] for end in tie[:2]) for tie in told["ties"]}
    assert {mark.owner for mark in blocks(scene)} <= pairs


def test_without_referrals_it_says_so():
    assert maps.draw("pipeline", book_of([], me="Me")).title == "No referrals to draw yet"
    only = maps.draw("pipeline", book_of([slip(NEW, "Ann", "Me", 1, "given")], me="Me"))
    assert only.title == "1 referral, and none is closed yet"


@pytest.mark.parametrize("width", [700, 1200])
def test_where_nothing_is_closed_there_is_no_share_of_it(width):
    rows = [slip(OLD, "Ann", "Me", 2, "given") for _ in range(5)] + [
        slip(NEW, "Bo", "Me", 2, "met")
    ]
    scene = maps.draw("pipeline", book_of(rows, me="Me"), width=width)
    told = "6 referrals, none closed yet: 5 are over 30 days old and without contact"
    assert scene.title == told
    assert not {"closed", "won, of those closed", "0 %", "100 %"} & set(said(scene))
    assert quality.evaluate(scene)["captions_overlapping"] == 0


def test_without_any_status_nothing_is_known_of_contact_either():
    rows = [slip(OLD, "Ann", "Me", 2, "given"), slip(NEW, "Bo", "Me", 2, "given")]
    told = "2 referrals, and nothing is recorded of what became of them"
    scene = maps.draw("pipeline", book_of(rows, me="Me"))
    assert scene.title == told
    assert "nothing recorded since" in said(scene)
    undated = maps.draw("pipeline", book_of([slip(None, "Ann", "Me", 2, "given")], me="Me"))
    assert undated.title == "1 referral, and nothing is recorded of what became of it"
    assert "open, given lately" not in said(undated)
    met = slip(OLD, "Bo", "Me", 2, "met")
    beside = maps.draw("pipeline", book_of([slip(None, "Ann", "Me", 2, "given"), met], me="Me"))
    assert beside.title == "2 referrals, and none is closed yet"
    assert not any("leaking" in text or "see to these" in text for text in said(scene))


def test_what_it_refuses(adviser):
    with pytest.raises(RefgraphError, match="pixels"):
        maps.draw("pipeline", adviser, width=400)
    with pytest.raises(RefgraphError, match="pixels"):
        maps.draw("pipeline", adviser, height=100)
    with pytest.raises(WithheldError):
        maps.draw(
            "pipeline", adviser.altered(settings=adviser.settings.__class__(profile="health"))
        )


@settings(deadline=None)
@given(rows_of)
def test_the_row_of_all_and_the_numbers_under_the_bars_say_what_the_levels_do(rows):
    book = book_of(rows, me="Me")
    found, scene = pipeline_of(book), maps.draw("pipeline", book)
    closed, won = (
        sum(getattr(level, name) for level in found.levels) for name in ("closed", "won")
    )
    assert (found.overall.closed, found.overall.won) == (closed, won)
    assert ("all of them" in said(scene)) == (len(found.levels) > 1)
    if len(found.levels) > 1:
        assert f"{found.total(OPEN)} under way" in said(scene)
        assert not closed or f"{won} of {closed} won" in said(scene)
    figures = quality.evaluate(scene)
    assert figures["captions_overlapping"] == figures["off_page"] == 0


@pytest.mark.parametrize(
    ("won", "lost", "told"),
    [
        (1, 3, "1 of 4 closed referrals was won"),
        (0, 3, "0 of 3 closed referrals were won"),
        (0, 1, "0 of 1 closed referral was won"),
        (2, 2, "2 of 4 closed referrals were won"),
    ],
)
def test_the_verb_goes_with_how_many_were_won(won, lost, told):
    ends = ["won"] * won + ["lost"] * lost
    rows = [slip(OLD, f"P{k}", "Me", 2, end) for k, end in enumerate(ends)]
    assert maps.draw("pipeline", book_of(rows, me="Me")).title == told
