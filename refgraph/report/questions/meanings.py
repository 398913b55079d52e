"""What columns mean that several tables have, one line each."""

from __future__ import annotations

from refgraph.schema.columns import PEOPLE, REFERRALS

__all__ = ["GROUP", "PAIR", "PERSON", "ROW"]

#: Of a pair of people.
PAIR = {
    "a": "the one of the two who comes first by name",
    "b": "the other one",
    "a_to_b": "referrals a gave b",
    "b_to_a": "referrals b gave a",
    "balance": "a to b less b to a: above 0, a went first",
    "rate": "2 x the smaller of the two directions / all their referrals: 0 one-way, 1 even",
}
#: Of a person of the network.
GROUP = {
    "person": "a person of the network",
    "given": "referrals they gave",
    "received": "referrals they received",
}
#: Of a row of referrals.
ROW = {
    **{field.name: field.meaning for field in REFERRALS if field.meaning},
    "file": "the file the row stands in",
    "line": "the line it starts on",
}
#: Of a row of people.
PERSON = {field.name: field.meaning for field in PEOPLE if field.meaning}
