"""Through whom the shortest ways between others run, and who links groups.

- `connectors`: the people of a network in the order of what they connect, from the measures below;
- `betweenness`: whose place on the shortest ways it is (Brandes 2001), and `compiled` the same in
  machine code; `structural_holes`: how far one's contacts are tied to one another (Burt 1992);
  `articulation`: who would be cut off;
- `groups`: the ones the book declares, else the ones its referrals show (`partition`,
  `group_membership`); `partition_agreement` compares two of them, `participation` says how evenly
  ties are spread over them;
- `brokerage`: the roles of Gould and Fernandez (1989), counted by `broker_counts`, expected by
  chance in `brokerage_moments`, tested for everybody at once by `unusual_brokers`.

A graph comes in, frames go out. To connect groups is not to do them a favour: the words say
"links", and no more.
"""
