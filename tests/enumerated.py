"""All networks of a few people, and what the sampler's own moves make of each.

Usage: python tests/enumerated.py [PEOPLE]      (5 people: some minutes)
"""

from __future__ import annotations

import sys
import time
from itertools import combinations, combinations_with_replacement, product

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from refgraph.analysis.reciprocity.group_swaps import GroupChains

__all__ = ["classes", "moves_from_all", "partitions", "same_givers"]

_PARTS = 12  # of the lower half of an onward draw: halves, thirds and quarters are exact


def partitions(total, most=None):
    """Sizes of groups that add up to a number, the largest first."""
    if not total:
        return [()]
    top = min(total, most or total)
    return [(n, *rest) for n in range(top, 0, -1) for rest in partitions(total - n, n)]


def same_givers(sizes):
    """Give all networks in lots that share all givers and the group each tie leads to.

    Where two people of a group could change places, one of the two lots is given.
    Each lot: the givers of its ties, block by block, and a row of receivers for each network.
    """
    code = np.repeat(np.arange(len(sizes)), sizes)
    people, groups = len(code), range(len(sizes))
    room = [
        [[v for v in range(people) if code[v] == g and v != u] for g in groups]
        for u in range(people)
    ]
    ways = []  # how many ties everybody of a group may have to each group
    for g, size in enumerate(sizes):
        most = [size_h - (g == h) for h, size_h in enumerate(sizes)]
        profiles = list(product(*(range(m + 1) for m in most)))
        ways.append(list(combinations_with_replacement(profiles, size)))
    for chosen in product(*ways):
        gives = [profile for group in chosen for profile in group]
        cells = [(g, h, u) for h in groups for u, g in enumerate(code.tolist()) if gives[u][h]]
        cells.sort()
        choices = [list(combinations(room[u][h], gives[u][h])) for _, h, u in cells]
        giver = np.repeat([u for *_, u in cells], [gives[u][h] for _, h, u in cells]).astype(int)
        every = [[v for part in parts for v in part] for parts in product(*choices)]
        yield code, giver, np.array(every, dtype=np.int64).reshape(len(every), len(giver))


def classes(people, giver, every, code):
    """Number each network by what it keeps: who gets how many ties from each group."""
    got = np.zeros((len(every), people * people), dtype=np.int64)
    for tie in range(len(giver)):
        got[np.arange(len(every)), every[:, tie] * people + code[giver[tie]]] += 1
    return np.unique(got, axis=0, return_inverse=True)[1]


def moves_from_all(people, giver, every, code):
    """Chances to come from each network of a lot to each other, by a swap and by a turn."""
    count, ties = every.shape
    chains = GroupChains(people, giver, every[0], count, group=code)
    cells = np.zeros((count, people, people), dtype=bool)
    cells[:] = np.eye(people, dtype=bool)
    for tie, by in enumerate(giver):
        cells[np.arange(count), by, every[:, tie]] = True
    weights = 1 << np.arange(people**2)
    keys, kind = cells.reshape(count, -1) @ weights, classes(people, giver, every, code)
    order = np.argsort(keys)
    block = code[giver] * people + code[every[0]]
    inside = np.flatnonzero(code[giver] == code[every[0]])
    swaps = [(a, b) for a in range(ties) for b in range(ties) if block[a] == block[b]]
    shares = [1 / ties / np.count_nonzero(block == block[a]) for a, _ in swaps]
    turns = list(product(range(len(inside)), [(k + 0.5) / (2 * _PARTS) for k in range(_PARTS)]))
    found = []
    for move, proposals, share in (
        ("swap", swaps, shares),
        ("turn", turns, [1 / len(inside) / (2 * _PARTS)] * len(turns) if turns else []),
    ):
        ends = []
        for proposal in proposals:
            chains.receiver[:] = every
            chains._taken[:] = cells.reshape(-1)
            getattr(chains, move)(*(np.full(count, one) for one in proposal))
            now = chains._taken.reshape(count, -1)
            there = np.zeros_like(cells)
            there[:] = np.eye(people, dtype=bool)
            for tie, by in enumerate(giver):
                there[np.arange(count), by, chains.receiver[:, tie]] = True
            assert (there.reshape(count, -1) == now).all()
            key = now @ weights
            at = np.searchsorted(keys, key, sorter=order)
            assert (keys[order[at]] == key).all()  # it is a network of the lot
            assert (kind[order[at]] == kind).all()  # nobody has more or fewer of any group
            ends.append(order[at])
        data = np.repeat(np.array(share, dtype=float), count)
        begin = np.tile(np.arange(count), len(proposals))
        end = np.concatenate(ends) if ends else np.empty(0, dtype=int)
        found.append(coo_array((data, (begin, end)), shape=(count, count)).tocsr())
    return found


def main(people):
    for sizes in partitions(people):
        begun, networks, kept, parts, skew, lots = time.perf_counter(), 0, 0, 0, 0.0, 0
        for code, giver, every in same_givers(sizes):
            lots += 1
            networks += len(every)
            kind = classes(people, giver, every, code)
            kept += kind.max() + 1
            if kind.max() + 1 == len(every):  # every network is alone in its class
                parts += len(every)
                continue
            both = moves_from_all(people, giver, every, code)
            skew = max(skew, *(abs(move - move.T).max() for move in both))
            part = connected_components(both[0] + both[1])[1]
            parts += part.max() + 1
        print(  # noqa: T201
            f"groups of {sizes}: {networks:,} networks in {lots:,} lots, {kept:,} classes, "
            f"{parts:,} parts that moves connect, largest difference between a move and the one "
            f"back {skew:.1e}, {time.perf_counter() - begun:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
