"""Pairs of who needs and who offers: against trying all, however many share a phrase."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.analysis.suggesting import need_offer_matching
from refgraph.analysis.suggesting.need_offer_matching import Room
from refgraph.analysis.suggesting.phrasebook import Phrasebook

WORDS = Phrasebook({"websites": ["web design"], "wills": ["estate plan", "testament"]})
PHRASES = st.sampled_from(
    ["tax", "tax returns", "returns desk", "wills", "estate plan", "web design", "site", "desk"]
)
SOME = st.lists(PHRASES, max_size=3)


@st.composite
def crowds(draw, most=12):
    """People with needs, offers and a standing, and who has been brought together."""
    people = draw(st.integers(0, most))
    needs, offers = (
        draw(st.lists(SOME, min_size=people, max_size=people)) for _ in ("needs", "offers")
    )
    standing = draw(st.lists(st.sampled_from([0.25, 0.5, 1.0]), min_size=people, max_size=people))
    places = st.integers(0, max(people - 1, 0))
    drawn = draw(st.sets(st.tuples(places, places), max_size=8))
    return needs, offers, standing, {(min(pair), max(pair)) for pair in drawn}


def room_of(crowd, least=0.5):
    needs, offers, standing, together = crowd
    return Room(needs, offers, standing, brought_together=together, phrasebook=WORDS, least=least)


def plainly(crowd, least=0.5):
    """Try every two people and every two of their words; the best pair first."""
    needs, offers, standing, together = crowd
    found = []
    for one in range(len(needs)):
        for other in range(len(needs)):
            if one == other or (min(one, other), max(one, other)) in together:
                continue
            fits = [
                (-WORDS.fit(need, offer), at, to)
                for at, need in enumerate(needs[one])
                for to, offer in enumerate(offers[other])
            ]
            if fits and -min(fits)[0] >= least:
                fit, at, to = min(fits)
                rank = fit, -(standing[one] + standing[other]), one, other
                found.append((rank, (one, other, needs[one][at], offers[other][to], -fit)))
    return [pair for _, pair in sorted(found)]


@pytest.mark.parametrize("many", [1, 2, 64])
@settings(max_examples=40)
@given(crowd=crowds(), least=st.sampled_from([0.3, 0.5, 1.0]), data=st.data())
def test_they_are_those_that_trying_all_finds(many, crowd, least, data):
    """Whether those who share a phrase stand in a line of their own makes no difference."""
    tried = plainly(crowd, least)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(need_offer_matching, "_MANY", many)
        room = room_of(crowd, least)
        every, matched, best = room.pairs(), room.matched(), room.pairs(most=1)
        person = data.draw(st.integers(0, len(crowd[0]) - 1)) if crowd[0] else None
        mine = room.of(person) if person is not None else []
    assert [tuple(pair) for pair in every] == tried
    gone, kept = set(), []
    for pair in tried:
        if not gone & {*pair[:2]}:
            gone |= {*pair[:2]}
            kept.append(pair)
    assert [tuple(pair) for pair in matched] == kept
    firsts = set()
    for side in (0, 1):
        seen = set()
        for pair in tried:
            if pair[side] not in seen:
                seen.add(pair[side])
                firsts.add(pair)
    assert {tuple(pair) for pair in best} >= firsts
    theirs, seen = [], set()
    for pair in tried:
        if person in pair[:2] and not {*pair[:2]} - {person} <= seen:
            seen |= {*pair[:2]} - {person}
            theirs.append(pair)
    assert [tuple(pair) for pair in mine] == theirs


@settings(max_examples=30)
@given(crowds(), st.integers(1, 4))
def test_of_more_places_each_keeps_those_it_had(crowd, most):
    room = room_of(crowd)
    few, more = ({*room.pairs(most=number)} for number in (most, most + 1))
    assert few <= more <= {*room.pairs()}
    for side in ("needs", "offers"):
        for person in range(len(crowd[0])):
            of_all = sum(getattr(pair, side) == person for pair in room.pairs())
            of_few = sum(getattr(pair, side) == person for pair in few)
            assert of_few >= min(of_all, most)


@settings(max_examples=30)
@given(crowds())
def test_asking_again_and_in_another_order_gives_the_same(crowd):
    room, other = room_of(crowd), room_of(crowd)
    matched = room.matched()
    assert room.pairs() == other.pairs()
    assert other.matched() == room.matched() == matched


def test_a_crowd_that_needs_and_offers_the_same_is_paired_without_trying_all():
    """Everybody may meet everybody: of 400 people that are 160,000 pairs, and 200 are asked for."""
    people = 400
    standing = [at % 7 / 7 for at in range(people)]
    crowd = [["tax"]] * people, [["tax"]] * people, standing, set()
    matched = room_of(crowd).matched()
    assert len(matched) == people // 2
    assert len({place for pair in matched for place in pair[:2]}) == people
    sums = [standing[pair.needs] + standing[pair.offers] for pair in matched]
    assert sums == sorted(sums, reverse=True)
