"""A crowd sits in its circles: everybody inside, nobody on another, nobody on a name."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from refgraph import Book
from refgraph.maps import draw
from refgraph.maps.kinds.overview import arrange
from refgraph.maps.kinds.overview.seats import MARK, _Hall, seated
from refgraph.maps.layout import label_candidates
from refgraph.maps.layout.in_circles import AWAY, Rings


@given(
    number=st.lists(st.integers(1, 60), min_size=1, max_size=3),
    radius=st.floats(30, 200),
    named=st.integers(0, 3),
    seed=st.integers(0, 99),
)
def test_everybody_has_a_seat_of_their_own(number, radius, named, seed):
    rng = np.random.default_rng(seed)
    member = np.repeat(np.arange(len(number)), number)
    middle = np.array([[500.0 * k, 90.0] for k in range(len(number))])
    rings = Rings(middle, np.full(len(number), radius), member)
    order = rng.permutation(len(member))
    first, _ = seated(rings, order, {}, np.zeros((len(member), 2)), 0.0)
    boxes = {int(i): np.r_[first[i] + (3, -4), first[i] + (radius / 3, 4)] for i in order[:named]}
    at, apart = seated(rings, order, boxes, first, 2.0)
    assert (np.hypot(*(at - middle[member]).T) <= radius - 4 + 1e-6).all()
    assert (at[list(boxes)] == first[list(boxes)]).all()
    apart_by_circle = at + 1e6 * member[:, None]  # those of another circle are no neighbours
    near = np.full(len(at), np.inf)
    if len(at) > 1:
        near = cKDTree(apart_by_circle).query(apart_by_circle, k=2)[0][:, 1]
    others = np.setdiff1d(np.arange(len(at)), list(boxes))
    assert (near[others] >= 0.9 * apart[others] - 1e-6).all()
    for box in boxes.values():
        inside = ((at[others] > box[:2]) & (at[others] < box[2:])).all(axis=1)
        assert not inside.any()
    again, _ = seated(rings, order, boxes, first, 2.0)
    assert (again == at).all()


def plain_seats(middle, room, boxes, taken, step):
    """Try each place of the grid by itself, the nearest to the middle first."""
    found = []
    most, wide = int(room / (step * np.sqrt(3) / 2)), int(room / step) + 1
    for row in range(-most, most + 1):
        for column in range(-wide, wide + 1):
            x, y = step * (column + 0.5 * (row % 2)), step * (np.sqrt(3) / 2) * row
            seat = np.array([x, y]) + middle
            off = [
                ((seat <= box[:2] - MARK * step) | (seat >= box[2:] + MARK * step)).any()
                for box in boxes
            ]
            alone = [np.hypot(*(seat - other)) > 0.9 * step for other in taken]
            if np.hypot(x, y) <= room + 1e-9 and all(off) and all(alone):
                found.append((round(float(np.hypot(x, y)), 9), round(np.arctan2(y, x), 9), *seat))
    return np.array([seat[2:] for seat in sorted(found)]).reshape(-1, 2)


@given(st.integers(0, 999), st.floats(4, 60), st.integers(0, 4))
def test_seats_are_those_of_a_grid_tried_one_by_one(seed, step, named):
    rng = np.random.default_rng(seed)
    middle, room = np.array([300.0, 40.0]), 70.0
    corner = middle + rng.uniform(-90, 90, (named, 2))
    boxes = np.hstack([corner, corner + rng.uniform(0, 80, (named, 2))])
    taken = middle + rng.uniform(-60, 60, (named, 2))
    hall = _Hall(middle, room, boxes, taken)
    expected = plain_seats(middle, room, boxes, taken, step)
    free = hall.free(step) + middle
    assert sorted(map(tuple, free.tolist())) == sorted(map(tuple, expected.tolist()))
    if len(free):
        apart, seats = hall.widest(len(free))
        assert seats == pytest.approx(
            plain_seats(middle, room, boxes, taken, apart)[: len(free)], abs=1e-6
        )


@given(st.integers(0, 999), st.integers(0, 30))
def test_marks_in_the_way_are_counted_as_one_by_one(seed, crowd):
    rng = np.random.default_rng(seed)
    at, size = rng.uniform(0, 100, (crowd, 2)), rng.uniform(0, 12, crowd)
    corner = rng.uniform(0, 100, (4, 2))
    boxes = np.hstack([corner, corner + rng.uniform(0, 40, (4, 2))])
    found = label_candidates._in_the_way(0, boxes, at, size, np.arange(crowd))
    for box, count in zip(boxes, found, strict=True):
        apart = np.maximum(np.maximum(box[:2] - at, at - box[2:]), 0)
        near = np.hypot(*apart.T) < size + AWAY
        assert count == near[1:].sum()


def test_a_crowd_is_drawn_whole_and_its_names_lie_on_nobody(monkeypatch):
    monkeypatch.setattr(arrange, "_SEATED", 20)
    rng = np.random.default_rng(4)
    rows = [("Me", f"P{i}", 1) for i in range(3)]
    for i in range(80):
        there = (i // 20) * 20 + rng.integers(0, 20, 3)
        rows += [(f"P{i}", f"P{j}", 1) for j in there if j != i]
    frame = pd.DataFrame(rows, columns=["giver", "receiver", "count"]).assign(date=None)
    book = Book.from_frames(frame, me="Me")
    scene = draw("overview", book)
    assert len(scene.nodes) == 80
    x, y, radius = np.array([*scene.nodes.values()]).T
    far, other = cKDTree(np.stack([x, y], axis=1)).query(np.stack([x, y], axis=1), k=2)
    assert (far[:, 1] > radius + radius[other[:, 1]]).all()
    assert scene.to_bytes("png") == draw("overview", book).to_bytes("png")


def test_one_person_sits_in_the_middle():
    rings = Rings(np.array([[7.0, 9.0]]), np.array([30.0]), np.zeros(1, dtype=np.int64))
    at, _ = seated(rings, np.arange(1), {}, np.zeros((1, 2)), 0.0)
    assert at == pytest.approx(np.array([[7.0, 9.0]]))
