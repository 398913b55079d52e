"""Invented towns of any size for the tests of maps: planted groups, names in several scripts."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import product

import numpy as np
from strategies import TODAY, book_of

__all__ = ["ME", "names", "rows", "town"]

ME = "Robin Hale"

# The first ones are the most frequent; the last ones show every script.
_FIRST = [
    "Ana", "Mateo", "Zoë", "Liam", "Priya", "Kwame", "Ingrid", "Tomás", "Aisha", "Jürgen", "Mei",
    "Olga", "Péter", "Noor", "Luca", "Hana", "Björn", "Ngozi", "Émile", "Siobhán", "Dóra", "Omar",
    "Łukasz", "Thandi", "Yara", "Ravi", "Chloé", "Viktor", "Amina", "Günter", "Nia", "Paolo",
    "Сергей", "Ирина", "Νίκος", "Ελένη", "محمد", "ליאור",
]  # fmt: skip
_LAST = [
    "Okafor", "Larsen", "Silva", "Novák", "Ferreira", "Haddad", "Kowalska", "Moreau", "Lindqvist",
    "Rossi", "Tanaka", "O’Connor", "Petrov", "Van der Meer", "Khan", "Schäfer", "Mensah", "Bianchi",
    "Castillo", "Andersen", "Fernández-Vega", "Papadakis", "Featherstonehaugh", "Quispe", "Nguyen",
    "Żółć", "Ivanova", "Dubois", "Bauer", "Adeyemi", "Иванова", "Παππάς", "علي", "כהן",
]  # fmt: skip
_MIDDLE = ["", *(f" {letter}." for letter in "ABCDEFGHJKLMNOPRSTUVWZ")]


@cache
def _every() -> list[str]:
    return [f"{a}{m} {b}" for m, a, b in product(_MIDDLE, _FIRST, _LAST)]


def names(n: int, *, seed: int = 0) -> list[str]:
    """Invent `n` different names."""
    draw = np.random.default_rng([seed, 1])
    every = _every()
    size = len(_FIRST) * len(_LAST)
    pool = max(-(-n // size), 1) * size  # with middle letters only where there must be
    more = [f"{name} {k}" for k in range(2, 2 + pool // len(every)) for name in every]
    return [(every + more)[k] for k in draw.permutation(pool)[:n].tolist()]


def rows(n: int, *, groups: int, ties: float = 2.8, across: float = 0.16, seed: int = 0):
    """Draw the ties of `n` people as arrays giver, receiver and count.

    A share of them, `across`, leads to another group, mostly to the next two. A few of each
    group do much of the giving; a third of the ties have one back. One in twelve has none.
    """
    draw = np.random.default_rng([seed, 2])
    share = draw.lognormal(0.0, 0.6, groups)
    group = np.sort(draw.choice(groups, n, p=share / share.sum()))
    active = draw.permutation(n)[: max(n - n // 12, 2)]
    appeal = draw.pareto(2.2, n) + 0.3
    kinds = [active[group[active] == k] for k in range(groups)]
    m = int(ties * n)
    giver = draw.choice(active, m, p=appeal[active] / appeal[active].sum())
    step = np.where(
        draw.random(m) < 0.8, draw.integers(1, 3, m), draw.integers(1, max(groups, 2), m)
    )
    goal = np.where(draw.random(m) < across, (group[giver] + step) % groups, group[giver])
    receiver = np.full(m, -1)
    for k, those in enumerate(kinds):
        here = np.flatnonzero(goal == k)
        if len(those):
            receiver[here] = draw.choice(those, len(here), p=appeal[those] / appeal[those].sum())
    back = draw.random(m) < 0.33
    ends = np.r_[giver, receiver[back]], np.r_[receiver, giver[back]]
    kept = (ends[0] != ends[1]) & (ends[0] >= 0) & (ends[1] >= 0)
    key, times = np.unique(ends[0][kept] * n + ends[1][kept], return_counts=True)
    count = times + draw.geometric(0.55, len(key)) - 1
    return key // n, key % n, count, group


def town(
    n: int, *, groups: int | None = None, seed: int = 0, declared: bool = False, me: str | None = ME
):
    """Make a book of `n` people beside `me`, in planted groups.

    Groups are about 45 people each unless told; `declared` writes them into the book. Me has
    ties with one person in nine.
    """
    groups = groups or max(2, min(round(n / 45), 40))
    giver, receiver, count, group = rows(n, groups=groups, seed=seed)
    draw = np.random.default_rng([seed, 3])
    who = names(n, seed=seed)
    ago = draw.integers(1, 700, len(giver) + n).tolist()
    drawn = zip(giver.tolist(), receiver.tolist(), count.tolist(), strict=True)
    entries = [(who[a], who[b], k) for a, b, k in drawn]
    if me is not None:
        for person in draw.permutation(n)[: max(n // 9, 2)].tolist():
            both = draw.random()
            entries += [(who[person], me, 1 + person % 3)] * (both < 0.7)
            entries += [(me, who[person], 1 + person % 2)] * (both > 0.4)
    dated = [
        (TODAY - timedelta(days=days), *entry) for days, entry in zip(ago, entries, strict=False)
    ]
    role = draw.choice(
        ["client", "partner", "prospect", "other", ""], n, p=[0.5, 0.2, 0.1, 0.12, 0.08]
    )
    people = [
        {"person": name, "role": role[k], "group": f"Table {group[k] + 1}" if declared else ""}
        for k, name in enumerate(who)
    ]
    return book_of(dated, me=me, people=people)
