"""What every column means of the tables that advise whom to refer, and try the advice."""

from __future__ import annotations

__all__ = ["ADVICE"]

ADVICE: dict[str, dict[str, str]] = {
    "refer-first": {
        "rank": "1 is whom to refer first",
        "person": "to whom",
        "role": "client, partner, or none recorded",
        "expected_return": "chance that a referral comes back in time, whether or not because you"
        " gave one: r = (own answered + receipts"
        " + prior gifts x prior) / (own gifts + receipts + prior gifts), corrected",
        "introduce": "whom to introduce to them, by needs and offers",
        "because": "the evidence",
        "low": "lower end of the 95 % interval of the expected return",
        "high": "upper end of it",
        "gave_me": "referrals they gave you",
        "i_gave": "referrals they had back from you",
        "open": "referrals of theirs that nothing has settled yet",
        "gifts": "referrals anyone gave them first that were answered or not in time",
        "answered": "of these, answered",
        "partner_rate": "share they answer, less what comes anyway, the recent weighing more; drawn"
        " to that of all, the more so the less people of the book differ",
        "last_touch_days": "days since the last touch with them",
        "because_ids": "ids of the referrals behind the sentence",
        "added": "referrals that one more from you is expected to bring within the horizon beyond"
        " what comes anyway: what people sent after gifts less what they send at other times,"
        " pooled from the pair to the person to the book; the list is ranked by it",
        "added_low": "lower end of the middle 95 % of what it may be",
        "added_high": "upper end of it",
        "anyway": "referrals they are expected to send you in that time if you give nothing",
        "part": "start (never had anything from you), settle (something of theirs is open), again"
        " (a further gift), first try (too little is known: one referral tells)",
        "own_answered": "with --parts: of own gifts, answered; the recent weigh more",
        "own_gifts": "with --parts: referrals you gave them first; the recent weigh more, open ones"
        " for the share of returns that come as soon",
        "receipts": "with --parts: a quarter of the referrals they gave you; the recent weigh more",
        "unasked": "with --parts: chance that they refer to you in that time anyway, from those"
        " of late that answered nothing",
        "global_rate": "with --parts: share answered in the whole book, the recent weighing more:"
        " (answered + 1) / (gifts + 2)",
        "correction": "with --parts: what the odds of the global rate are multiplied by, for what"
        " came of the gifts whose time has passed; below 1, fewer came than were expected",
        "prior": "with --parts: chance of a return by all but what passed between you two",
        "prior_gifts": "with --parts: how many gifts between you two that chance is worth",
        "slope": "with --parts: what the distance of all log odds from that of the global rate is"
        " multiplied by; below 1, chances lay too far apart",
    },
    "effect": {
        "gifts": "gifts after silence that can be compared with silent days of the same person",
        "partners": "people they were made to",
        "after": "share with a referral back within the horizon after such a gift",
        "after_low": "lower end of its 95 % interval",
        "after_high": "upper end of it",
        "anyway": "share with one after days of the same silence without a gift, people weighed"
        " as after",
        "anyway_low": "lower end of its 95 % interval",
        "anyway_high": "upper end of it",
        "added": "after - anyway",
        "low": "lower end of its 95 % interval",
        "high": "upper end of it",
        "refused": "why nothing is said of them, if it is not",
        "more": "such gifts that it still takes for low and high to be 0.1 from added",
        "crossed": "exchanges left out: gift days on which something came back",
        "other_gifts": "gift days without silence before, or without silent days to compare with",
        "undated": "referrals without a date, left out",
        "horizon": "days of silence before a gift, and of looking on after it",
        "samples": "how often people were drawn anew for the intervals",
        "seed": "seed of the draws: the same gives the same numbers",
        "earlier_receipts": "referrals that had come before the silence, more than at other times;"
        " those before the horizon before it count half, and so on",
        "earlier_receipts_p": "chance of so many more if gifts came at any time alike",
        "later_receipts": "referrals that came once the horizon was over, more than at other times",
        "later_receipts_p": "chance of so many more, the same way",
        "gifts_to_others": "share with a referral after silent days with a gift to somebody else,"
        " less what is usual",
        "gifts_to_others_p": "chance of so large a difference, either way",
        "touches": "share with contact in the silence before a gift, less that of other silences",
        "touches_p": "chance of so much more, the same way",
    },
    "evaluate": {
        "score": "refer-first (the list), the expected return, or a simple rule that knows one"
        " thing only",
        "auc": "chance that, of a gift that came back and one that did not, the first scored"
        " higher: 0.5 is a coin",
        "auc_low": "lower end of its 95 % interval, drawing people anew",
        "auc_high": "upper end of it",
        "ahead": "AUC of the expected return less this one: above 0, the expected return is better",
        "ahead_low": "lower end of its 95 % interval; above 0, that is more than luck",
        "ahead_high": "upper end of it",
        "ahead_at_most": "upper end that holds for all rules but random at once: below 0, the rule"
        " is better even if it was picked out as the best",
        "ap": "average precision: share that came back among those scored as high; compare it"
        " with that of random",
        "cold_auc": "the AUC where the receiver had never given the giver anything",
        "precision_at_5": "share that came back of a giver's five best, as a mean over givers",
        "brier": "mean squared distance of the chance from what came of it: 0 is perfect",
        "calibration_error": "mean distance of the chance from the share that came back",
        "gain": "of two gifts of one giver, how many more came back after the one that scored"
        " higher, each above own base: what the same person sent on silent days without a gift",
        "gain_low": "lower end of its 95 % interval, drawing people anew",
        "gain_high": "upper end of it",
        "gain_top": "what came back above own base of a gift to the top third of a giver's list",
        "gain_rest": "the same of a gift to the others",
        "gain_ahead": "gain of refer-first less this one: above 0, refer-first is better",
        "gain_ahead_low": "lower end of its 95 % interval; above 0, that is more than luck",
        "gain_ahead_high": "upper end of it",
        "gain_ahead_at_most": "upper end that holds for all but random at once: below 0, this"
        " order is better even if it was picked out as the best",
    },
    "evaluate --calibration": {
        "low": "from this expected return on",
        "high": "up to this one",
        "gifts": "tested gifts whose expected return is between the two",
        "predicted": "their mean expected return",
        "observed": "the share of them that came back",
    },
}
