"""Kinds of tables whose rows say more than their columns do.

- `contacts`: a list of people: each is a person, and a referral if it says who sent them;
- `slips`: the reports of a networking group: referrals, one-to-ones, and business that came of
  them, several kinds of row under one header;
- `closing`: business that came of a referral is put where the referral stands, if that is clear;
- `decisions`: what a meeting decided: who, what, by when;
- `outcomes`: the words and ticks of an outcome become a status of ours.

A kind is chosen by the rules of the file, and never guessed from one row.

Rows under our names come in, rows for the book go out, with what still has to find its place
there. A table that is a list of referrals needs none of this: its columns are enough.
"""
