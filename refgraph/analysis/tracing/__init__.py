"""Who started what, and what was won through whom.

- `origin_forest`: for everybody the one referral they came by, as a forest;
- `chains`: what each of its roots led to, how deep, and without whom it would not be there;
- `client_origins`: through whom each client came;
- `won_value`: what was won, in exact decimals, never added across currencies.

A :class:`refgraph.Book` comes in, frames go out. Where the record does not say who came first the
answer is "not known", counted beside the rest; that a chain began with somebody does not say that
nobody else would have begun it.
"""
