"""A book beside itself as it stood on an earlier day: what changed, and by which rows.

In comes a :class:`refgraph.Book` and a day; out comes a table with one row for each thing that
is not as it was. No stored file is needed: the dated rows of the book say what it held then.

- `earlier_book`: the book as its dated rows say it stood on a day;
- `state`: what can change, as plain values by what they are about;
- `changes`: where two states differ, what that is called, and the rows behind it.

Two laws hold: a book beside itself on the same day has no change, and the changes applied to
the earlier state give the later one. What a new kind of change needs is a line in `state`, and
its words in `changes`.
"""
