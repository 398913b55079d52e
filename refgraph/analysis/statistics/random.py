"""The generator behind every random choice: the same seed, the same choices."""

from __future__ import annotations

import numpy as np

from refgraph.errors import OptionError

__all__ = ["LARGEST", "generator"]

LARGEST = 2**53  # whole numbers up to it stay what they are in a table of floats


def generator(seed: int) -> np.random.Generator:
    """Give a generator of random numbers that depends on the seed alone.

    Raises
    ------
    OptionError
        `seed` is no whole number, or outside of these.

    Examples
    --------
    >>> generator(0).integers(100) == generator(0).integers(100)
    np.True_
    >>> generator(-1)
    Traceback (most recent call last):
    refgraph.errors.OptionError: a seed is a whole number from 0 to 9007199254740992, not -1
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed <= LARGEST:
        msg = f"a seed is a whole number from 0 to {LARGEST}, not {seed!r}"
        raise OptionError(msg)
    return np.random.default_rng(int(seed))
