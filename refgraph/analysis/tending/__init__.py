"""What keeps a network warm: thanks, news, contact, asking, and referrals under way.

In comes a :class:`refgraph.Book`; out go tables that say what is due, since when, and the
rows behind it. Nothing here writes, and nothing sets what one gave against what one received.

- `pipeline`: referrals under way, how old and how introduced; which leak, how many do, and
  what was won by how it was introduced;
- `gratitude`, `news`: thanks that are due, late or unsaid, and who is to be told what became of
  what they sent; `rhythm`: who was not heard of for longer than is usual, or than was meant;
- `agreed`: what was decided and is due, and one-to-ones planned for this week;
- `asking`: the moments in which one may ask somebody whom they know, if at all.

What is due from one person to another stands in `owing`; here is what does not wait for a
referral. A touch that is recorded settles what it says, and nothing that was settled returns.
"""
