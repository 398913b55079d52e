"""Whom to refer next, to whom, and why.

- `refer_first`: people in the order of what one more gift adds, each with its reason and the
  introduction to make; `candidates` says who may stand on the list at all, `evidence` what stands
  behind each, `reason` puts it into one sentence;
- `introductions`: who could be introduced to whom, since one needs what the other offers:
  `phrasebook` compares the words, `need_offer_matching` finds the best pairs without listing all;
- `bench`: whom one would refer for what, and where nobody sits; `track_record` is how they did.

A :class:`refgraph.Book` comes in, frames go out, best first. Whoever asked not to be referred to
is on no list, and a place is earned by what a gift adds, not by who sends anyway.
"""
