"""What many measures count with, and no measure itself.

- `share_interval`: a share of counts with both ends of its interval (Wilson; clustered where
  people repeat), so that a point never stands without its range;
- `group_means`: means of groups, each kept near what is usual of the others, and how unsure
  each is;
- `random`: the one generator behind every random choice, made from a seed and a name, so that
  the same book gives the same bytes;
- `sparse_products`: entries of a product of sparse matrices at the places that are asked for, in
  blocks of rows, without the product itself; `triangle_sums`: the same for ties, by triangles.

Arrays come in and go out; people and days are unknown here. Everything above may import these,
and they import nothing of refgraph but its errors.
"""
