"""What columns mean that several tables have, one line each."""

from __future__ import annotations

from refgraph.schema.columns import PEOPLE, REFERRALS

__all__ = ["GROUP", "PAIR", "PERSON", "ROW", "TESTED"]

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
#: Of the measures of the test against chance.
TESTED = {
    "others_expected": "mean edge of random networks among the others, in which everybody gives"
    " to, and receives from, as many of them as here",
    "others_p": "chance of so high an edge among the others in these networks, as p",
    "others_p_less": "chance of so low an edge among the others in these networks, as p less",
    "expected": "mean edge of random networks in which everybody gives to, and receives from,"
    " as many as here",
    "sd": "standard deviation of edge over these networks",
    "z": "(edge - expected) / sd",
    "p": "chance of so high an edge at random: (1 + networks as high) / (1 + networks); more than"
    " chance if this (with a me: others p) and groups p are under 0.025",
    "p_less": "chance of so low an edge at random, the same way",
    "excess": "(edge - expected) / (1 - expected): 0 no more than chance, 1 all there could be",
    "samples": "random networks, each 20 swaps of receivers a tie away from a common start",
    "seed": "seed of the draws: the same gives the same numbers",
    "dbcm_expected": "expected edge by a formula that keeps the numbers of people on average only",
    "dbcm_z": "z by that formula; it is smaller, for the numbers themselves vary there",
    "weighted_expected": "expected weighted by a formula that keeps what all give and receive",
    "weighted_excess": "(weighted - weighted expected) / (1 - weighted expected)",
    "groups_from": "whose groups the test with groups keeps: declared in people.csv, or detected in"
    " one half of all pairs of people, the other half being tested; none if too few ties",
    "groups_ties": "ties that are tested with groups: all, with a me those among the others, or the"
    " tested half of these",
    "groups_edge": "the edge of these",
    "groups_expected": "its mean over random networks in which everybody gives to, and receives"
    " from, as many of each group as here; ties of people of no group stay",
    "groups_sd": "standard deviation of the edge over these networks",
    "groups_z": "(groups edge - groups expected) / groups sd",
    "groups_p": "chance of so high an edge in these networks, as p",
    "groups_p_less": "chance of so low an edge in these networks, as p less",
    "groups_excess": "(groups edge - groups expected) / (1 - groups expected)",
}
