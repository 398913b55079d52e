"""Where things stand: people, ties, names, groups, each by the method of its textbook name.

- `stress_layout` and `force`: people by graph distance and by pull, hundreds and thousands;
- `overlap`: marks and names pushed apart; `circle_packing`, `in_circles` and `shelf_packing`:
  groups as circles, people inside, blocks on shelves;
- `tie_routing` and `group_flows`: ties that run clear of names, flows between circles;
- `label_candidates`, `label_placement`, `label_repair`: a name beside its mark, clear of others,
  or not at all; `hull_captions`: captions at the rim of a hull;
- `quality`: how well a finished map can be read, as figures.

Arrays of places and sizes come in and go out; what they mean is not known here, nothing is
painted, and the same input gives the same places to the last bit.
"""
