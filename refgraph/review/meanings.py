"""What the columns of the page mean that are in no command's table."""

from __future__ import annotations

__all__ = ["CHANGED", "LEAKS", "MEASURES", "ONE_SIDED", "THANKS"]

LEAKS = {
    "date": "day of the referral",
    "you": "whether you gave it or received it",
    "person": "the other person of the referral",
    "other": "the second person of it",
    "giver": "who gave it",
    "receiver": "who received it",
    "prospect": "who was referred",
    "status": "what became of it so far",
    "days_quiet": "days since the newest status, else since it was given",
}
THANKS = {
    "person": "who referred to you",
    "referrals": "their referrals to you since you last thanked them",
    "latest": "day of the latest of these",
    "last_thanked": "day of the latest thanks; none are recorded otherwise",
}
ONE_SIDED = {
    "giver": "who gave more of the two",
    "receiver": "who gave less",
    "given": "referrals from the first to the second",
    "given_back": "referrals from the second to the first",
}
MEASURES = {
    "measure": "what is measured",
    "value": "how much that is",
}
CHANGED = {
    "change": "what became different",
    "person": "with whom, or who",
    "other": "and with whom",
    "you": "of a referral, whether you gave it or received it",
    "before": "as it stood on that day; none where there was nothing",
    "after": "as it stands; none where there is nothing any more",
    "rows": "referrals and touches between the two that are dated since, or changed since",
}
