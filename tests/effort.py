"""How much is tried: examples of a law, and how many of many cases, before a commit and after."""

from __future__ import annotations

import os
from typing import NamedTuple

__all__ = ["EFFORT", "EFFORTS", "LAWS", "Effort"]


class Effort(NamedTuple):
    """What one run of the tests tries."""

    #: Of a law, also of one with a number of its own.
    examples: int
    #: Of a slow law: the simplest, and one that is not, at least.
    slow_examples: int
    #: Of the cases of a slow test, and of several calls of a command, one in so many.
    one_in: int


#: ``quick`` before a commit, ``gate`` before it lands, ``full`` and ``long`` when somebody asks.
EFFORTS = {
    "quick": Effort(4, 2, 16),
    "gate": Effort(12, 6, 4),
    "full": Effort(100, 100, 1),
    "long": Effort(2000, 2000, 1),
}
LAWS = os.environ.get("REFGRAPH_LAWS", "quick")
EFFORT = EFFORTS[LAWS]
