"""What no map may have: marks and names on each other, and ties that nobody can follow."""

from __future__ import annotations

__all__ = ["LONG", "NONE"]

#: Figures of :func:`refgraph.maps.quality.evaluate` that are 0 on every map of a network.
NONE = (
    "names_overlapping",
    "names_on_discs",
    "captions_overlapping",
    "off_page",
    "discs_overlapping",
    "heads_hidden",
    "pairs_on_one_line",
    "ties_without_head",
)
LONG = "The Very Long Established And Well Regarded Partnership Of Featherstonehaugh & Sons "
