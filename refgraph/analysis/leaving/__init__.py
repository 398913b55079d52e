"""What would be lost if a person left, and what to do before they do.

- `departure`: who would be cut off and which groups would not be linked any more, what was won
  through the person, who could take over, and whom to introduce to whom in time;
- `bridged_pairs`: pairs of contacts whom only the person brings within two steps, the
  introductions that keep most of them so, and the most that any could keep.

A :class:`refgraph.Book` and a name come in, a frame goes out with a row for each finding, the
heaviest first. Whether anybody means to leave is not asked: a chapter that hangs on one person
does so today. As everywhere, of a book with a "me" the network is looked at without me, who is
tied to nearly everybody in it.
"""
