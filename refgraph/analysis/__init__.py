"""Questions to a network or a book, each a pure function that gives a table back.

What comes in is a graph (:func:`refgraph.referral_graph`) or a :class:`refgraph.Book`; what goes
out is a frame with one row for each person, pair or group, where NaN means "no answer". Nothing
here prints, draws or writes. The rooms, from the ground up:

- `statistics`: intervals, sparse products and the seeded generator that the others share;
- `describing`: who is in a book, and how large it is;
- `reciprocity`: how much comes back, and whether chance alone would bring it;
- `owing`: who owes whom, row by row, and what leaks;
- `returning`: what follows a gift, and whether it would have come anyway;
- `estimating`: what a gift is expected to bring, from what was known on its morning;
- `suggesting`: whom to refer, to whom to introduce them, and why;
- `pairing`: who should meet whom in the coming weeks;
- `connecting`: who links people and groups that would otherwise be apart;
- `leaving`: what hangs on one person, and what to do before they leave;
- `tracing`: who started what, and what was won through whom;
- `comparing`: what is different since a day;
- `evaluating`: the advice, tried on the book's own past.

A new measure is a module of its own in the room of its question.
"""
