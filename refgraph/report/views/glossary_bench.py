"""What every column of the tables of the bench means, one line each."""

from __future__ import annotations

__all__ = ["BENCH"]

BENCH: dict[str, dict[str, str]] = {
    "bench": {
        "person": "whom you would refer",
        "profession": "their profession, or their first offer where they have none",
        "standing": "half ratings, half share won of the closed referrals anyone sent them; the"
        " fewer are known, the nearer to the book's mean",
        "rating": "mean of the ratings, 0 to 5",
        "helpful": "rating of how helpful they are",
        "dependable": "rating of how dependable they are",
        "follow_through": "rating of whether they do what they say",
        "track_record": "rating of how good their work has been",
        "sent": "referrals you sent them",
        "won": "of these, won",
        "lost": "of these, lost",
        "open": "of these, neither won nor lost yet",
        "share": "sent to them / sent to anyone of their profession",
        "known_since": "day since when you know them",
        "evidence_days": "days since the last referral with them or touch",
        "offers": "what they offer",
        "contacted": "of the open ones, contacted",
        "met": "of the open ones, met",
        "last_referral": "day of the last referral between you and them",
        "last_touch": "day of the last touch",
        "standing_low": "the standing at the lower end of the 95 % interval of the share won,"
        " ratings as they are",
        "standing_high": "at the upper end of it",
    },
    "bench --by profession": {
        "profession": "a profession, or a need that nobody on the bench answers",
        "on_bench": "people on the bench for it",
        "best": "who of them has the best standing",
        "standing": "that standing",
        "needed": "people who need what they offer",
        "sent": "referrals you sent to anyone of this profession",
        "won": "of these, won",
        "lost": "of these, lost",
        "most_sent_to": "who had most of them",
        "share": "their share",
        "state": "nobody, or only one person, on the bench",
        "people": "the people on the bench, the best first",
        "needed_by": "who needs it",
        "offered_by": "who offers it, and is neither rated nor had a referral yet",
        "standing_low": "lower end of the standing of the best, as outcomes tell",
        "standing_high": "upper end of it",
    },
    "bench --share": {
        "person": "whom to call on",
        "profession": "their profession, or their first offer where they have none",
        "offers": "what they offer",
        "because": "why them",
    },
}
