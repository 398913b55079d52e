"""The advice, tried on the book's own past.

- `evaluate`: on days that are over, the list as it would have stood then (`past_lists`), and what
  became of it;
- `scoring`: how well scores put the answered first, and how well chances came true; `bootstrap`
  gives such figures their intervals, drawing people anew;
- `gain` and `qini`: what gifts to the top of a list gained beyond what comes anyway;
- `simple_rules` and `path_rules`: the plain orders that a ranking must beat to be worth its name.

A :class:`refgraph.Book` comes in, frames go out. Only what stood on record on the morning of a
day may speak for that day; a book too young for an answer gets none.
"""
