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
from refgraph.maps.kinds.overview.seats import seated
from refgraph.maps.layout.in_circles import Rings


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
