"""Who started what, from the left to the right, and what it led to.

- `data`: the chains as they are drawn: whom of each is named, and who is folded into a number;
- `arrange`: what is written beside everybody, how wide that is, and where they stand;
- `text`: its finding, and what is not on the page;
- `draw`: the page.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. The
numbers and the ranks are those of the analyses, and the title says no more than they do; the
map is made known by its line in :mod:`refgraph.maps.kind`.
"""
