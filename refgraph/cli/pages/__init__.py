"""Commands that make a page or a picture to look at, to bring, or to hand on.

- `review`: the report, and the review with its maps in a folder;
- `map`: one map, as PNG, SVG, PDF, HTML or JSON;
- `card`: what to look for on my behalf, for the people who refer.

A page or a picture needs no network and holds no more than the book may show.

Each takes a book, has `refgraph.report` or `refgraph.maps` make the whole of it, and writes it
completely or not at all. Which kinds of maps there are, and which options each takes, comes from
`refgraph.maps.kind`.
"""
