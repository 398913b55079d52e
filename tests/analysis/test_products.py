"""Products at places: the dense product, whatever the blocks, without its memory."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from refgraph.analysis.statistics.sparse_products import at_places

NUMBERS = st.sampled_from([0, 0, 0, 1, -1, 2])


def matrices(rows, columns):
    cells = st.lists(NUMBERS, min_size=rows * columns, max_size=rows * columns)
    return cells.map(lambda each: np.array(each, dtype=float).reshape(rows, columns))


@st.composite
def factors(draw):
    n, k, m = (draw(st.integers(1, 6)) for _ in range(3))
    return draw(matrices(n, k)), draw(matrices(k, m)), draw(matrices(n, m))


@given(factors(), st.integers(1, 20))
def test_it_is_the_dense_product_at_the_places_in_any_blocks(three, block):
    X, Y, places = three
    found = at_places(csr_array(X), csr_array(Y), csr_array(places), block=block)
    assert found.tolist() == (X @ Y)[places != 0].tolist()


def test_entries_that_cancel_are_zero():
    X, Y = csr_array([[1.0, -1.0]]), csr_array([[1.0], [1.0]])
    assert at_places(X, Y, csr_array([[1.0]])).tolist() == [0]


@pytest.mark.parametrize("people", [0, 1, 3])
def test_no_places_give_no_values(people):
    empty = csr_array((people, people))
    assert at_places(empty, empty, empty).shape == (0,)


def test_the_whole_product_is_never_held():
    at = np.sort(np.random.default_rng(0).choice(3000**2, 180_000, replace=False))
    X = csr_array((np.ones(len(at)), (at // 3000, at % 3000)), shape=(3000, 3000))
    whole = X @ X
    tracemalloc.start()
    at_places(X, X, X, block=200_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < (whole.data.nbytes + whole.indices.nbytes) / 4


def test_many_people_are_not_taken_for_others():
    people = 50_000  # row times column is more than 32 bits hold
    far = people - 1
    X = csr_array((np.array([2.0, 3.0]), ([far, far], [far, 0])), shape=(people, people))
    X.sort_indices()
    assert at_places(X, X, X).tolist() == [6.0, 4.0]
