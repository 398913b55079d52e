"""Questions to a network or a book, each a pure function that gives a table back.

A graph or a :class:`refgraph.Book` comes in; a frame with one row for each person, pair or group
goes out, where NaN means "no answer". Nothing here prints, draws or writes. The rooms:

- `statistics`: intervals, sparse products and the seeded generator that the others share;
- `describing`: who is in a book, and how large it is;
- `reciprocity`: how much comes back, and whether chance alone would bring it;
- `owing`: who owes whom, row by row, and what leaks;
- `returning`: what follows a gift, and whether it would have come anyway;
- `estimating`: what a gift is expected to bring, from what was known on its morning;
- `suggesting`: whom to refer, to whom to introduce them, and why;
- `pairing`, `leaving`: who should meet whom; what hangs on one person;
- `connecting`: through whom the shortest ways run, and who links groups;
- `tracing`: who started what, and what was won through whom;
- `comparing`, `evaluating`: what is different since a day; the advice, tried on the past.

A new measure is a module of its own in the room of its question.
"""
