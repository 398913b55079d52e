"""Betweenness by machine code: the loops of Python, those of Numba and sparse products agree."""

from __future__ import annotations

import builtins
import sys
import threading
import time
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_series_equal
from strategies import referral_rows

from refgraph import referral_graph
from refgraph.analysis.connecting import betweenness as module
from refgraph.analysis.connecting.betweenness import betweenness
from refgraph.analysis.connecting.compiled import numba_code, parallel_sources
from refgraph.analysis.connecting.compiled.numba_code import Compiled, compiled
from refgraph.analysis.connecting.compiled.parallel_sources import dependencies
from refgraph.analysis.connecting.compiled.shortest_ways import (
    LANES,
    Room,
    add_dependencies,
    seek,
    sides_of,
)
from refgraph.graph.door import adjacency

IN_PYTHON = Compiled(seek, add_dependencies)


@pytest.fixture(params=["python", "numba"])
def code(request):
    """Give the loops as Python runs them, and as Numba compiles them."""
    if request.param == "python":
        return IN_PYTHON
    if compiled().missing:
        pytest.skip(compiled().missing)  # "Numba cannot be imported: ..."
    return compiled()


@pytest.fixture
def anew():
    """Compile anew, and leave nothing of it to others."""
    compiled.cache_clear()
    yield
    compiled.cache_clear()


@pytest.fixture
def always(monkeypatch):
    """Use machine code however little there is to do."""
    monkeypatch.setattr(module, "_MUCH_WORK", 0)


def graphs():
    for H in networks():
        yield referral_graph([(f"{u}", f"{v}", 1) for u, v in nx.DiGraph(H).edges if u != v])


def networks():
    yield nx.gnp_random_graph(40, 0.1, seed=1, directed=True)
    yield nx.DiGraph(nx.scale_free_graph(50, seed=2))
    yield nx.connected_caveman_graph(6, 5).to_directed()
    yield nx.path_graph(300, create_using=nx.DiGraph)  # more steps than a byte counts
    yield nx.star_graph(20).to_directed()
    yield nx.complete_graph(12).to_directed()
    yield nx.disjoint_union(nx.cycle_graph(9).to_directed(), nx.path_graph(5).to_directed())
    yield nx.DiGraph(  # 3 ** 11 shortest paths from end to end
        ((depth, a), (depth + 1, b)) for depth in range(12) for a in range(3) for b in range(3)
    )


def summed(step, sources, code):
    total, squares = np.zeros(step.shape[0]), np.zeros(step.shape[0])
    for one, another in dependencies(step, sources, code):
        total += one
        squares += another
    return total, squares


def steps_of(G):
    return (adjacency(G) > 0).astype(float)


def test_over_the_one_in_the_middle(code):
    """Ann and Cy reach Dee by two ways of two steps each: over Bo, half of each, and over Eve."""
    rows = [("Ann", "Bo", 1), ("Ann", "Eve", 1), ("Bo", "Dee", 1), ("Eve", "Dee", 1)]
    step = steps_of(referral_graph([*rows, ("Cy", "Bo", 1), ("Cy", "Eve", 1)]))
    total, squares = summed(step, np.array([0, 2]), code)  # Ann, Bo, Cy, Dee, Eve
    assert total.tolist() == [0, 1, 0, 0, 1]
    assert squares.tolist() == [0, 0.5, 0, 0, 0.5]


@given(referral_rows(), st.integers(1, 3))
def test_the_loops_are_the_sparse_products(rows, cores):
    step = steps_of(referral_graph(rows))
    everybody = np.arange(step.shape[0])
    if not len(everybody):
        return
    ours = summed(step, everybody, IN_PYTHON._replace(cores=cores))
    theirs = module._dependencies(step, everybody)
    for one, another in zip(ours, theirs, strict=False):
        np.testing.assert_allclose(one, another, rtol=1e-9, atol=1e-9)


def test_networks_of_every_shape_have_the_betweenness_of_networkx(code, always, monkeypatch):
    monkeypatch.setattr(numba_code, "compiled", lambda: code._replace(missing=""))
    for G in graphs():
        told = betweenness(G, exact=True)
        assert told.to_dict() == pytest.approx(nx.betweenness_centrality(G), abs=1e-9)


@pytest.mark.parametrize("exact", [True, False])
def test_machine_code_gives_what_sparse_products_give(monkeypatch, exact):
    if compiled().missing:
        pytest.skip(compiled().missing)
    for name, value in {"_MOST_WORK": 1_000, "_SAMPLED_WORK": 1_000}.items():
        monkeypatch.setattr(module, name, {False: value})
    monkeypatch.setattr(module, "_FEWEST_SOURCES", 50)
    for G in graphs():
        plain = betweenness(G, exact=exact)
        with monkeypatch.context() as patch:
            patch.setattr(module, "_MUCH_WORK", 0)
            patch.setattr(module, "_dependencies", None)  # which nobody may ask
            fast = betweenness(G, exact=exact)
        assert_series_equal(fast, plain, rtol=0, atol=1e-9)
        assert fast.attrs == pytest.approx(plain.attrs, abs=1e-9)


def test_any_number_of_cores_gives_the_same_bytes(code):
    G = referral_graph(nx.relabel_nodes(nx.gnp_random_graph(150, 0.02, seed=3, directed=True), str))
    step, everybody = steps_of(G), np.arange(150)
    assert len(everybody) > 2 * parallel_sources.GROUP
    one, two, many = (
        b"".join(each.tobytes() for each in summed(step, everybody, code._replace(cores=cores)))
        for cores in (1, 2, 7)
    )
    assert one == two == many


def test_a_room_is_found_empty_by_the_next_search(code):
    for G in graphs():
        step = steps_of(G)
        network, room = sides_of(step), Room.of(step.shape[0])
        nothing = np.zeros(step.shape[0])
        for first in range(0, min(step.shape[0], 24), LANES):
            sources = np.arange(first, min(first + LANES, step.shape[0]), dtype=np.uint32)
            found = code.seek(network, room, sources)
            code.add_dependencies(network, room, found, nothing, nothing.copy())
            assert not any(each.any() for each in room[:4])


def test_everybody_has_a_line_of_the_cache():
    room = Room.of(5)
    for numbers in (room.here, room.there, room.paths):
        assert numbers.ctypes.data % 64 == 0
        assert numbers.strides == (64, 8)
    assert sum(each.nbytes for each in Room.of(1_000)) == Room.bytes_of(1_000) + 16


def test_room_is_made_for_as_many_as_memory_has(monkeypatch):
    """And for no more than there are groups."""
    idle = Compiled(lambda *_: 0, lambda *_: None)
    monkeypatch.setattr(parallel_sources, "Room", CountedRoom)
    step = steps_of(referral_graph(nx.cycle_graph(200, create_using=nx.DiGraph)))
    for most, cores, rooms in (
        (10**9, 3, 3),
        (10**9, 50, 4),
        (2 * Room.bytes_of(200), 3, 2),
        (1, 3, 1),
    ):
        CountedRoom.made = 0
        monkeypatch.setattr(parallel_sources, "_MOST_BYTES", most)
        assert len(list(dependencies(step, np.arange(200), idle._replace(cores=cores)))) == 4
        assert CountedRoom.made == rooms


class CountedRoom:
    made = 0
    bytes_of = Room.bytes_of

    @classmethod
    def of(cls, people):
        cls.made += 1
        return Room.of(people)


def test_what_fails_in_a_thread_is_told_and_no_thread_stays():
    def fails(*_):
        time.sleep(0.01)  # so that both are at work as both fail
        raise MemoryError

    step = steps_of(referral_graph(nx.cycle_graph(200, create_using=nx.DiGraph)))
    with pytest.raises(MemoryError):
        list(dependencies(step, np.arange(200), Compiled(fails, add_dependencies, cores=2)))
    assert not [each for each in threading.enumerate() if each.name.startswith("refgraph ways")]


def test_little_work_never_asks_for_numba(monkeypatch):
    def asked():
        raise AssertionError

    monkeypatch.setattr(numba_code, "compiled", asked)
    G = referral_graph(nx.cycle_graph(40, create_using=nx.DiGraph))
    betweenness(G, exact=True)
    monkeypatch.setattr(module, "_MUCH_WORK", 40 * 40)
    with pytest.raises(AssertionError):
        betweenness(G, exact=True)
    monkeypatch.setattr(module, "_MUCH_WORK", 40 * 40 + 1)
    betweenness(G, exact=True)


def fake(njit, *, off=0):
    return SimpleNamespace(njit=njit, config=SimpleNamespace(DISABLE_JIT=off, NUMBA_NUM_THREADS=3))


def refuses(*, only_cached):
    def njit(*, nogil, cache):
        assert nogil
        if cache or not only_cached:
            msg = "cannot cache function: no locator available"
            raise RuntimeError(msg)
        return lambda function: function

    return njit


@pytest.mark.parametrize(
    ("numba", "said"),
    [
        (None, "Numba cannot be imported"),
        (fake(None, off=1), "NUMBA_DISABLE_JIT is set"),
        (fake(refuses(only_cached=False)), "Numba cannot compile: cannot cache"),
    ],
)
def test_without_numba_the_answer_is_there_and_why_is_known(numba, said, anew, always, monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", numba)
    G = referral_graph(nx.cycle_graph(40, create_using=nx.DiGraph))
    assert compiled().missing.startswith(said)
    assert betweenness(G, exact=True).tolist() == [0.5] * 40


def test_numba_that_breaks_while_it_is_imported_is_none(anew, monkeypatch):
    real = builtins.__import__

    def breaks(name, *more):
        if name == "numba":
            msg = "module 'coverage' has no attribute 'types'"
            raise AttributeError(msg)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", breaks)
    assert compiled().missing.endswith("no attribute 'types'")


def test_where_nothing_may_be_kept_each_program_compiles(anew, monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", fake(refuses(only_cached=True)))
    assert compiled() == Compiled(seek, add_dependencies, cores=3)
