"""Plots of what an analysis gave, on axes of one's own: a table comes in, axes come out.

Each function is named after what it shows, takes the table of one analysis as it is, and a few
keyword arguments for the one Matplotlib call that draws it. Without ``ax`` it makes a figure, as
pandas does. Nothing is saved, shown or computed here, and no setting of Matplotlib is changed.

- :func:`ageing`: how long referrals have been open, from :func:`refgraph.owe.ageing`;
- :func:`returned`: how much of what each person gave came back, and they gave back, from
  :func:`refgraph.reciprocity.by_person`;
- :func:`answers`: how soon a gift is followed by one back, from :func:`refgraph.returns.curve`;
- :func:`added`: what one more referral may add, from :func:`refgraph.refer_first.rank`;
- :func:`scores`: how well each rule foretells, from :func:`refgraph.evaluate.overall`.
"""

from __future__ import annotations

from refgraph.plots.ranges import added, scores
from refgraph.plots.shares import ageing, answers, returned

__all__ = ["added", "ageing", "answers", "returned", "scores"]
