"""Who is meant by a name: one ladder for everything that is typed, and what names have in common.

In comes what somebody typed or a note says; out comes a person of the book, or a sentence that
says whom else it may be.

- :mod:`~refgraph.names.spelling`: the normal form of a name, without capitals and accents.
- :mod:`~refgraph.names.lookup`: the ladder. From the first step to the last it asks for the
  exact spelling, an alias, ``me``, capitals and accents, the order ``Last, First`` and a company
  in brackets, and the beginning of one word of the name. Whoever reads takes what only one
  person fits; whoever writes takes the first four steps, and asks about the others.
- :mod:`~refgraph.names.near`: names that are nearly spelled so, for "did you mean".
- :mod:`~refgraph.names.nicknames`: Bob may be Robert: short forms, which are asked about.
- :mod:`~refgraph.names.completion`: the names that complete what is typed up to now.
- :mod:`~refgraph.names.mentions`: whom a note or a sentence speaks of.
- :mod:`~refgraph.names.summary_words`: words of a row or column that name nobody: Average, Goal.
- :mod:`~refgraph.names.in_files`: whether a name stands in the bytes of a file of any kind.

Nothing here reads a file, and nothing here knows a book: names and aliases are handed in.
"""
