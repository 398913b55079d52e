"""Who should meet whom in the coming weeks, one-to-one.

- `pairings`: the question, of a book: everybody's meetings, week by week, each with its reason;
- `meeting_worth`: what a meeting of two people is worth, and why: needs that offers answer,
  pairs of whom one alone refers, groups never linked, and the time since they last met;
- `rounds`: weeks of meetings that are worth most together, nobody meeting anybody twice;
- `most_worth`: the most that any weeks could be worth, and the pairs that make it up;
- `edge_colouring`: pairs put into weeks, so that nobody has two meetings in one;
- `calendar`: the meetings of one person as a calendar file.

A :class:`refgraph.Book` comes in, a frame goes out with one row for each meeting. Names are put in
order first, so the order of rows in a file changes nothing.
"""
