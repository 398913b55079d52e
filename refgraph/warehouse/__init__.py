"""Questions to a record that stays where it is: a database, or files larger than memory.

- `warehouse`: :class:`Warehouse`, which is opened once and asked as a book is;
- `place`: a file, a folder, an address or a table of Ibis becomes a table of rows;
- `coding`: every spelling, day and count is read once, by the readers of a book, and people
  become whole numbers; a row that a book would refuse is refused here too;
- `settling`, `exchange`: who owes whom, and what went each way, as expressions of Ibis;
- `asked`: such an expression, and the frame that the same question to a book gives;
- `part_book`: the rows of some people as a :class:`refgraph.Book`, for everything else.

A source comes in, tables go out, equal in value, type and order to those of
:mod:`refgraph.analysis`. It needs the extra ``warehouse``; only what is summed leaves the engine.
"""
