"""Through whom the shortest ways between others run, and who links groups.

- `data`: who is on the map, in which group, and which ties join them; `isolates`: the people who
  have ties with me only, in a strip of their own;
- `text`: its finding, what it counts, its legend and notes;
- `islands`: where people stand, those whom nothing joins to others in an area of their own;
- `draw`: the page.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. The
numbers and the ranks are those of the analyses, and the title says no more than they do; the
map is made known by its line in :mod:`refgraph.maps.kind`.
"""
