"""Names that may be one person: found fast, compared with care, each with its reason."""

from __future__ import annotations

from refgraph.lookalikes.ranking import Lookalike, lookalikes

__all__ = ["Lookalike", "lookalikes"]
