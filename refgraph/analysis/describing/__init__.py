"""Who is in a book, and how large it is.

- `people`: everyone, with what is declared of them, what is counted, and who may be one person
  under two names;
- `stats`: the span of a book, its last entry, its people, pairs and referrals.

A :class:`refgraph.Book` comes in, a frame or a few numbers go out. These are counts and
declarations alone: nothing is estimated, and nothing is ranked beyond the order of names, so
that what stands here can be checked row by row in the files. What is counted afresh for each
measure (pairs, degrees) is in `reciprocity` and `connecting`.
"""
