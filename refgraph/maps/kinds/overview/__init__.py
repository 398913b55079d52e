"""Groups as circles, their people inside, and the referrals that pass between.

- `data`: who is in which circle, and how many referrals pass between the circles;
- `inner_ties`: the ties within a circle, and names that stand clear of them;
- `text`: its finding, what it counts, its legend;
- `draw`: the page.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. The
numbers and the ranks are those of the analyses, and the title says no more than they do; the
map is made known by its line in :mod:`refgraph.maps.kind`.
"""
