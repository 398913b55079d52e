"""Names that may be one person: found fast, compared with care, each with its reason.

What comes in are the names of a book; what goes out are pairs with a share of how near they are
and a sentence that says why. Nothing is merged here: ``refgraph people merge`` does that.

- `candidate_pairs`: the few pairs of very many that are worth comparing;
- `fragments`: names of which one is a part of the other;
- `differences`: in what two names differ: a letter, an order, an initial, an accent;
- `ranking`: the pairs by how near they are;
- `told_apart`: the pairs that somebody has called two people;
- `check`: the check for them, where the rarer of the two names first stands.
"""

from __future__ import annotations

from refgraph.lookalikes.ranking import Lookalike, lookalikes

__all__ = ["Lookalike", "lookalikes"]
