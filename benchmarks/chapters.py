"""A seeded network like that of a referral organisation: members in chapters, few of them busy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["chapters"]


def chapters(
    people: int,
    ties: int,
    *,
    seed: int = 0,
    size: int = 32,
    leaving: float = 0.08,
    answered: float = 0.2,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw referrals as arrays of giver and receiver, until there are so many different ties.

    Members meet in chapters of ``size``; how much each one gives follows a Pareto law; a
    share ``leaving`` of what they give leaves the chapter; a share ``answered`` comes back.
    """
    rng = np.random.default_rng(seed)
    activity = rng.pareto(1.5, people) + 0.2
    activity /= activity.sum()
    key = np.zeros(0, dtype=np.int64)
    while len(np.unique(key)) < ties:
        giver = rng.choice(people, ties // 2, p=activity)
        receiver = giver // size * size + rng.integers(0, size, len(giver))
        away = rng.random(len(giver)) < leaving
        receiver[away] = rng.integers(0, people, away.sum())
        real = (receiver < people) & (giver != receiver)
        giver, receiver = giver[real], receiver[real]
        back = rng.random(len(giver)) < answered
        rows = np.r_[giver, receiver[back]] * people + np.r_[receiver, giver[back]]
        key = np.r_[key, rng.permutation(rows)]
    first = np.sort(np.unique(key, return_index=True)[1])
    key = key[: first[ties - 1] + 1]
    return key // people, key % people
