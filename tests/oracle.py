"""The reference values of independent implementations, where they are at hand."""

from __future__ import annotations

import json
from math import nan
from pathlib import Path

import numpy as np
import pytest

from refgraph import referral_graph

__all__ = ["agrees", "edge_case", "graph_of", "networks", "paper", "value"]

ORACLE = Path(__file__).parents[2] / "shared" / "reference" / "oracle.json"
_MISSING = [pytest.param(None, marks=pytest.mark.skip(reason="the reference values are not here"))]
_KNOWN = json.loads(ORACLE.read_text(encoding="utf-8")) if ORACLE.is_file() else {}


def networks(*having):
    """Parametrize a test by network: those that have all these values."""
    found = [
        pytest.param(network, id=network["id"])
        for network in _KNOWN.get("networks", [])
        if all(name in network["values"] for name in having)
    ]
    return pytest.mark.parametrize("network", found or _MISSING)


def _named(section, name):
    if not _KNOWN:
        pytest.skip("the reference values are not here")
    return next(each for each in _KNOWN[section] if each["id"] == name)


def edge_case(name):
    """One of the edge cases, or skip."""
    return _named("edge_cases", name)


def paper(name):
    """One of the published tables that could be checked, or skip."""
    return _named("paper_tables", name)


def graph_of(network, *, weighted=True):
    """Give a network's referral graph, people in its order, self-loops left out."""
    people = [f"{at:04}" for at in range(network["n"])]
    rows = [
        (people[giver], people[receiver], weight if weighted else 1)
        for giver, receiver, weight in network["edges"]
        if giver != receiver
    ]
    return referral_graph(rows, people=people)


def value(network, name):
    """A value with its tolerance; NaN for what is undefined."""
    each = network["values"][name]
    known = each["value"] if isinstance(each, dict) and "value" in each else each
    array = np.array([nan if one is None else one for one in np.atleast_1d(known)], dtype=float)
    return array if isinstance(known, list) else float(array[0])


def agrees(ours, network, name, tolerance=None):
    """Tell whether our values are those of the oracle, within its tolerance."""
    theirs = value(network, name)
    tol = tolerance or network["values"][name].get("tol", 1e-8)
    size = max(1.0, np.nanmax(np.abs(theirs), initial=0.0))
    return np.allclose(ours, theirs, rtol=0, atol=tol * size, equal_nan=True)
