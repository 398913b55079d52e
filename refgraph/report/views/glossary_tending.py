"""What every column means of the tables about what needs tending."""

from __future__ import annotations

from refgraph.schema.columns import REFERRALS

__all__ = ["TENDING"]

_ROW = {field.name: field.meaning for field in REFERRALS if field.meaning}
_RANGE = {
    "share": "the second of these, of the first",
    "low": "lower end of its 95 % interval, a row being one case",
    "high": "upper end of it",
}
TENDING: dict[str, dict[str, str]] = {
    "today": {
        "rank": "1 is what is worth most",
        "person": "with whom",
        "lane": "you owe, bring news, say thanks, save, stay close, give first or ask",
        "reason": "what in that lane it is",
        "because": "the evidence",
        "due": "the day it should be done by, where there is one",
        "worth": "weight x chance x week: what waiting a week is expected to cost, in referrals",
        "do": "the command that records it; it runs as it stands",
        "message": "a draft; nothing is sent",
        "subject": "its subject",
        "mailto": "a link that opens it in a mail program; none without an address",
        "weight": "of the lane, from [worth] in refgraph.toml; else 1",
        "chance": "the chance that it matters: that a referral comes of it, or is won",
        "week": "the share of that which waiting one week costs",
        "about": "id of the referral it is about",
    },
    "pipeline": {
        **{name: _ROW[name] for name in ("id", "date", "prospect", "handoff")},
        "person": "the other one; without a me, who has it in hand",
        "other": "the other one, where nobody's side is looked at",
        "direction": "received or given by me; between, without a me",
        "status": "given, contacted or met",
        "age_days": "days since it was given",
        "giver": "who gave it",
        "receiver": "who received it",
        "days_quiet": "days since its newest status, or contact about it",
        "state": "leaking: over 30 days and no contact; quiet: no news for over 30 days; stale:"
        " for over 90; else open",
        "raise_to": "the handoff to raise it to, if more of those closed were won so",
        "brings": "by how much more of those closed were won so: a share",
        "brings_low": "lower end of its 95 % interval",
        "brings_high": "upper end of it",
    },
    "pipeline --by handoff": {
        "handoff": _ROW["handoff"],
        "referrals": "referrals introduced so",
        "open": "of these, neither won nor lost yet",
        "closed": "of these, won or lost",
        "won": "of these, won",
        **_RANGE,
        "share": "won / closed; none that is open has failed",
    },
    "pipeline --by direction": {
        "direction": "received or given by me, or all",
        "referrals": "referrals older than 30 days",
        "leaking": "of these, without any contact: still given, and no touch about it",
        **_RANGE,
        "share": "leaking / referrals",
    },
}
