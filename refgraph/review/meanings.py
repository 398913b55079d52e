"""What the columns of the page mean that are in no command's table."""

from __future__ import annotations

from refgraph.report.questions.meanings import GROUP, ROW

__all__ = ["CHANGED", "LEAKS", "MEASURES", "NEWS", "ONE_SIDED", "PLAIN", "THANKS"]

_ENDS = {"giver": "who gave it", "receiver": "who received it"}
LEAKS = {
    **GROUP,
    **ROW,
    **_ENDS,
    "you": "whether you gave it or received it",
    "other": "the second person of it",
    "days_quiet": "days since the newest status, else since it was given",
}
THANKS = {
    **GROUP,
    "referrals": "their referrals to you since you last thanked them",
    "latest": "day of the latest of these",
    "last_thanked": "day of the latest thanks; none are recorded otherwise",
}
NEWS = {
    **GROUP,
    **ROW,
    "moved": "the day of that status",
    "days": "days since then",
}
ONE_SIDED = {
    **GROUP,
    **_ENDS,
    "given_back": "referrals from the receiver to the giver",
}
CHANGED = {
    **GROUP,
    "change": "what became different",
    "other": "and with whom",
    "you": "of a referral, whether you gave it or received it",
    "before": "as it stood on that day: a number, a status, a place in a list of ten; none where"
    " there was nothing",
    "after": "as it stands; none where there is nothing any more",
    "rows": "referrals and touches between the two that are dated since, or changed since; for"
    " a rank those of all; none where time alone made something quiet",
}
MEASURES = {
    "measure": "what is measured",
    "value": "how much that is; a share or a chance of 1 would be all",
}
#: The measures of the table of chance, in words for whoever meets them there first.
PLAIN = {
    "people": "people",
    "ties": "ties: one gave the other something",
    "mutual_pairs": "pairs with a tie each way",
    "edge": "share of ties that have one back",
    "expected": "the same share by chance",
    "p": "chance of so high a share",
    "others_ties": "ties among the others: one gave the other something",
    "others_edge": "share of these that have one back",
    "others_expected": "the same share by chance",
    "others_p": "chance of so high a share",
    "groups_ties": "groups kept: ties that are tested",
    "groups_edge": "groups kept: share of ties that have one back",
    "groups_expected": "groups kept: the same share by chance",
    "groups_p": "groups kept: chance of so high a share",
}
