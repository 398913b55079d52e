"""The kinds of maps, each a room of the same steps.

`data` says who and what is on the map, `text` what it says in words, `arrange` where it stands,
and `draw` paints it. A kind is made known by one line in :mod:`refgraph.maps.kind`, from which
the command line, the review and the documentation take its name, help and options.

- `owed`: whom one person owes a referral, and where they went first;
- `connectors`: through whom the shortest ways run, and who links groups;
- `overview`: groups as circles, and the referrals between them;
- `matrix`: who refers to whom, row by row;
- `timeline`: what was given and received over time;
- `chains`: who started what, and what it led to;
- `effect`: what came after gifts, and what came anyway.

`group_filter` chooses the people of one group for any of them.
"""
