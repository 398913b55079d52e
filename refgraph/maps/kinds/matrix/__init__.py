"""Who refers to whom, one way or both, row by row and group by group.

- `data`: who stands in the rows and columns, in which order, and what is left out;
- `text`: its finding, what it counts, its legend and notes;
- `arrange`: how large a cell is, where names and groups stand;
- `draw`: the page;
- `heat` and `heat_page`: the same of more than 60 people, whose counts are shades.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. The
numbers and the ranks are those of the analyses, and the title says no more than they do; the
map is made known by its line in :mod:`refgraph.maps.kind`.
"""
