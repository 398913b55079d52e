"""A backend of NetworkX: its own functions, answered by the compact graph and measures of refgraph.

What comes in is a graph of NetworkX; what goes out is what its function gives, dictionaries by
person, from arrays instead of dictionaries of dictionaries. Nobody has to import this: NetworkX
finds it by the entry points of setup.cfg, and ``nx.betweenness_centrality(G, backend="refgraph")``
or ``nx.config.backend_priority = ["refgraph"]`` asks for it.

- `info`: what NetworkX is told before anything is loaded;
- `compact_graph`: names and arrays of the ties, made of any simple graph of NetworkX;
- `functions`: each function by its name there, with its arguments and its errors;
- `interface`: which calls are taken, which are worth it, and the conversion.

A new function is one in `functions` of the name and the arguments it has in NetworkX.
"""
