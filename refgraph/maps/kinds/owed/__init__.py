"""Whom one person owes a referral, where theirs went first, and how long ago.

- `data`: who stands on which side, the longest open first, and who is left out for room;
- `arrange`: the columns and the heights of their rows; `fan_lanes`: the lanes between two columns
  and the one disc, which never cross;
- `colors`: what says where one stands with somebody;
- `draw`: the page.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. The
numbers and the ranks are those of the analyses, and the title says no more than they do; the
map is made known by its line in :mod:`refgraph.maps.kind`.
"""
