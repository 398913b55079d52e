"""What came after gifts, and what came anyway, with the controls beside it.

- `draw`: two shares with their ranges, the difference with its range, and what was found where
  nothing should be found.

What comes after a gift is not called its effect: the picture sets the silent days of the same two
people beside the gifts, and says where that comparison cannot be trusted.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. The
numbers and the ranks are those of the analyses, and the title says no more than they do; the
map is made known by its line in :mod:`refgraph.maps.kind`.
"""
