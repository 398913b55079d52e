"""Who owes whom a referral, and what has leaked.

- `owe`: what is open between every two people, settled first in, first out, with its age and the
  touch or return that settled the rest;
- `register`: the referrals behind such a balance, row by row, so that nobody has to believe it;
- `leaks`: referrals that nobody followed up, and thanks that were not said; `following`: what
  following them up has led to, beyond what moves anyway; `hanging`: how much of what people send
  hangs on a word of mine.

A :class:`refgraph.Book` with its day comes in, frames go out, the longest open first. It is a
memory for gratitude: a number here is how many referrals went one way and not yet the other, and
neither a debt nor a claim.
"""
