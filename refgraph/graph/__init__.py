"""The one door through which referrals become a graph.

- `door`: :func:`refgraph.referral_graph` and :func:`refgraph.adjacency`: names, counts and days
  become a directed NetworkX graph without self-loops, its arrays kept beside it;
- `folded_graph`: such a graph before anybody looks at its ties one by one: dictionaries of a
  million ties take seconds, and what is counted is counted in the arrays (`ties`);
- `referral_rows`: whatever is handed to the door, checked: tuples, frames, other graphs;
- `pairs`: what went each way between every two people, as arrays.

Rows come in, a graph goes out, or a sentence that says which row cannot be one.

Every measure takes its numbers from here, so that one table of referrals has one graph: an edge's
`weight` is how many referrals went that way, and a node is a name as it was written.
"""
