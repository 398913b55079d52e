"""How what somebody gave and received grew, and how far apart the two are.

- `data`: the two courses of one person, and the days that stand out; `monthly`: the referrals of
  a whole network, month by month;
- `callouts`: where captions go, near their day and clear of the lines and of each other;
- `draw`: the page.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. The
numbers and the ranks are those of the analyses, and the title says no more than they do; the
map is made known by its line in :mod:`refgraph.maps.kind`.
"""
