"""Whether giving brings anything back, and whether the advice was any good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections import effect, evaluation

if TYPE_CHECKING:
    from typing import Any

    from refgraph.book.book import Book

__all__ = ["CALIBRATION", "EFFECT", "EVALUATE"]

_ASIDE = (
    *("ahead_low", "ahead_high", "ahead_at_most", "ap", "cold_auc", "precision_at_5"),
    *("brier", "calibration_error"),
    *("gain_ahead", "gain_ahead_low", "gain_ahead_high", "gain_ahead_at_most"),
)


def _effect(book: Book, person: str | None = None, **options: Any) -> Answer:
    """Say what a gift adds, with what the controls found."""
    told = effect.ask(book, person, **options)
    return Answer(told.table, told.words)


def _evaluate(
    book: Book, person: str | None = None, *, answered: bool = False, **options: Any
) -> Answer:
    """Set the list beside simple rules; with ``answered``, without what cannot be told."""
    found = evaluation.compared(book, person, **options)
    table = found.table
    if answered:
        table = table[found.shown] if found.shown else table.iloc[:0]
    return Answer(table, found.said, aside=_ASIDE)


EFFECT = Question(
    "effect",
    _effect,
    {
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
        "more": "such gifts that it still takes for low and high to be 0.1 from added; none where"
        " nothing is said",
        "crossed": "exchanges left out: gift days on which something came back",
        "other_gifts": "gift days without silence before, or without silent days to compare with",
        "undated": "referrals without a date, left out",
        "horizon": "days of silence before a gift, and of looking on after it",
        "samples": "how often people were drawn anew for the intervals",
        "seed": "seed of the draws: the same gives the same numbers",
        "earlier_receipts": "referrals that had come before the silence, more than at other times;"
        " those before the horizon before it count half, and so on",
        "earlier_receipts_p": "chance of so many more if gifts came at any time alike",
        "earlier_gifts": "gifts in the horizon before a gift that answers nothing, those of its"
        " later half counted twice, more than before other such days of the same person",
        "earlier_gifts_p": "chance of so many more, the same way",
        "gifts_to_others": "referrals that answer nothing from each other person within a horizon"
        " of such a gift, near ones counting more, less what is usual",
        "gifts_to_others_p": "chance of so large a difference, either way",
        "touches": "share with contact in the silence before a gift, less that of other silences",
        "touches_p": "chance of so much more, the same way",
    },
)
EVALUATE = Question(
    "evaluate",
    _evaluate,
    {
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
)
CALIBRATION = Question(
    "evaluate --calibration",
    lambda book, person=None, **options: Answer(
        *evaluation.calibration_table(book, person, **options)
    ),
    {
        "low": "from this expected return on",
        "high": "up to this one",
        "gifts": "tested gifts whose expected return is between the two",
        "predicted": "their mean expected return",
        "observed": "the share of them that came back",
    },
)
