"""Sums over triangles: by hand, and the dense product at the places of the ties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from refgraph.analysis.statistics.triangle_sums import triangle_sums


def tied(people, density, seed):
    """Give a symmetric pattern, and two numbers for each of its places."""
    rng = np.random.default_rng(seed)
    half = np.triu(rng.random((people, people)) < density, 1)
    places = csr_array((half + half.T).astype(float))
    places.sort_indices()
    return places, rng.integers(-3, 4, (2, places.nnz)).astype(float)


def dense(places, values):
    return csr_array((values, places.indices, places.indptr), shape=places.shape).toarray()


def test_two_triangles_on_one_tie():
    Z = csr_array([[0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]])
    one = np.ones(Z.nnz)
    by_tie = triangle_sums(Z, [(one, one)])[0].tolist()
    assert by_tie == [2, 1, 1, 2, 1, 1, 1, 1, 1, 1]  # 01, 02, 03, 10, 12, 13, 20, 21, 30, 31


@given(
    st.integers(0, 14),
    st.sampled_from([0.1, 0.4, 0.9, 1.0]),
    st.integers(0, 2**32),
    st.sampled_from([1, 5, 2_000_000]),
)
def test_it_is_the_dense_product_at_the_places_in_any_blocks(people, density, seed, block):
    places, (x, y) = tied(people, density, seed)
    first, second = triangle_sums(places, [(x, y), (y, y)], block=block)
    X, Y, there = dense(places, x), dense(places, y), places.toarray() != 0
    assert first.tolist() == (X @ Y)[there].tolist()
    assert second.tolist() == (Y @ Y)[there].tolist()


def test_many_blocks_of_a_dense_network_add_up():
    places, (x, y) = tied(120, 0.9, 1)  # 250,000 pairs of ties: ten blocks
    (found,) = triangle_sums(places, [(x, y)], block=1)
    assert found.tolist() == (dense(places, x) @ dense(places, y))[places.toarray() != 0].tolist()


@pytest.mark.parametrize("people", [0, 1, 3])
def test_nobody_tied_gives_no_values(people):
    assert triangle_sums(csr_array((people, people)), [(np.zeros(0), np.zeros(0))])[0].shape == (0,)
