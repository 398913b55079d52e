"""A record of referrals as tables, with whose it is, its day and its window.

- `book`: :class:`refgraph.Book`, made from files, from frames in memory or from the sample; it
  hands out the tables, the graph and the part of itself between two days;
- `sources`: where a book comes from; `any_table`: a table of another program, as an import
  would take it;
- `frames`: checked columns become pandas frames, each column with one dtype, always;
- `window`: days and windows as they are typed;
- `incognito`: the same book with initials for names, holding nothing that is not public;
- `professional_limits`: what some professions may not show, and the conditions beside a list;
- `export`: the graph for other tools; `notebook_card`: the book at a glance, in a notebook.

Checked records come in from `reading` and `imports`; analyses, maps and reports ask the book
and never a file.
A book is not changed by anybody: a window or another day gives a new one.
"""
