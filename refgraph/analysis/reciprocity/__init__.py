"""How much of what is given comes back, and how much of that chance alone would bring.

- `reciprocity` and `balance`: shares and differences in the network, of a person, of a pair;
- `own_ties`: one's own ties apart from those among others;
- `circulation` and `triads`: what comes back through more hands than two;
- `chance` with `swap_tests`: the share beside that of random networks which keep what everybody
  gives and receives: drawn (`degree_preserving_swaps`, and `group_swaps` within groups), or in
  closed form (`expected_networks`, of maximal entropy); `above_chance` is what is left.

A graph comes in, frames go out. Sources: Garlaschelli and Loffredo (2004), Squartini and
Garlaschelli (2011), Strona and others (2014); each module says which formula is whose.
"""
