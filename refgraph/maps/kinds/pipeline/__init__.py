"""From given to won, by handoff: what became of referrals, by how they were introduced.

- `data`: the referrals of each handoff, the share of the closed ones that was won, and which open
  ones to see to first;
- `text`: what the page says;
- `arrange`: how high each row stands, and where each referral is in its bar;
- `draw`: the page.

A :class:`refgraph.Book` comes in, a :class:`refgraph.maps.scenes.scene.Scene` goes out. Open
referrals stand to the left of the axis and closed ones to the right: none that is open has failed.
"""
