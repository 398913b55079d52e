"""Shortest ways sought by machine code, where Numba is installed and there is much to seek.

- `shortest_ways`: Brandes' accumulation for eight sources at a time, in plain loops that Python
  runs too, only slowly;
- `numba_code`: those loops compiled, once for every program that follows; or why they are not;
- `parallel_sources`: all sources in fixed groups, on all cores, added up in a fixed order;
- `whole_ways`: one source after the other in Python's whole numbers, where lengths are whole
  numbers of any size, or paths are more than floating point counts.

The ties of a network and where ways begin come in; how much each source depends on everybody goes
out, the same whatever the number of cores. Who asks is `betweenness`, for a network so large that
it pays for importing Numba and compiling (the extra ``fast``); without it sparse products give
the same answer.
"""
