"""Why somebody is suggested, in one sentence; "you" is the person who would give the referral."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.returning.returns import HORIZON
from refgraph.analysis.suggesting.evidence import KINDNESSES
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["adds", "sentence"]

#: What stands before the introductions in the sentence.
INTRODUCE = "introduce to them"
_NAMED = 2  # introductions that the sentence names


def sentence(
    row: Mapping[Any, Any], found: Sequence[tuple[str, str]], *, horizon: int = HORIZON
) -> str:
    """Say what passed between the two, how they answer, what else there was, and what to do.

    Parameters
    ----------
    row : mapping
        One person, as :func:`refgraph.analysis.suggesting.refer_first.rank` knows them.
    found : sequence of (str, str)
        Whom to introduce to them, and why.
    horizon : int, default 180
        Days within which one back counts as an answer.

    Examples
    --------
    >>> counts = ["gave_me", "i_gave", "open", "own_closed", "others_closed", "gave_others"]
    >>> row = dict.fromkeys([*counts, *KINDNESSES], 0) | {
    ...     "last_touch_days": 4,
    ...     "do_not_refer": False,
    ... }
    >>> sentence(row, [("Bo Park", "needs wills")]).split("; ")[1:]
    ['last in touch 4 days ago', 'introduce to them Bo Park (needs wills).']
    """
    parts = [_passed(row), _answered(row, horizon), _elsewhere(row), _also(row)]
    if not pd.isna(days := row["last_touch_days"]):
        parts.append(f"last in touch {'today' if not days else _ago(int(days))}")
    if row["do_not_refer"]:
        parts.append("is marked do not refer, so this is not a suggestion")
    elif found:
        named = " or ".join(f"{name} ({why})" for name, why in found[:_NAMED])
        parts.append(f"{INTRODUCE} {named}")
    said = "; ".join(filter(None, parts))
    return f"{said[0].upper()}{said[1:]}."


def adds(row: Mapping[Any, Any]) -> str:
    """Say what one more referral adds beyond what comes anyway, no closer than it is known.

    Parameters
    ----------
    row : mapping
        ``added``, ``added_low``, ``added_high``; ``own_gifts`` and ``gifts_seen`` (gifts of
        mine, and of anyone, to the person, of which something is known), 0 if left out.

    Examples
    --------
    >>> adds({"added": 0.62, "added_low": 0.31, "added_high": 0.88, "own_gifts": 3.0})
    'A referral from you has been followed by about 0.6 more than come anyway (0.3 to 0.9).'
    >>> adds({"added": 0.1, "added_low": 0.0, "added_high": 0.68})
    'What follows a referral to them is not known yet: one more may add 0 to 0.7 referrals.'
    >>> adds({"added": 0.1, "added_low": 0.0, "added_high": 0.68, "gifts_seen": 0.4})
    'Too little is known to say what one more adds: 0 to 0.7 referrals.'
    >>> adds({"added": 0.04, "added_low": 0.0, "added_high": 0.2, "gifts_seen": 5.0})
    'A referral to them has been followed by hardly more than comes anyway (0 to 0.2).'
    >>> adds({"added": 0.04, "added_low": 0.0, "added_high": 0.4, "gifts_seen": 5.0})
    'Too little is known to say what one more adds: 0 to 0.4 referrals.'
    >>> adds({"added": 0.01, "added_low": 0.0, "added_high": 0.04})
    'What follows a referral to them is not known yet: one more may add under 0.1 referrals.'
    """
    between = _between(row["added_low"], row["added_high"])
    own = row.get("own_gifts", 0) > _SEEN
    known = own or row.get("gifts_seen", 0) > _SEEN
    who = "A referral from you" if own else "A referral to them"
    if row["added_low"] >= _CLEAR:
        about = _tenths(row["added"])
        return f"{who} has been followed by about {about} more than come anyway ({between})."
    if not known:
        return (
            "What follows a referral to them is not known yet: one more may add "
            f"{between} referrals."
        )
    if row["added"] < _HARDLY and row["added_high"] < _LITTLE:
        return f"{who} has been followed by hardly more than comes anyway ({between})."
    if row["added_high"] - row["added_low"] > _WIDE or row["added"] < _HARDLY:
        return f"Too little is known to say what one more adds: {between} referrals."
    about = _tenths(row["added"])
    return (
        f"{who} has been followed by about {about} more than come anyway, or by none ({between})."
    )


def _between(low: float, high: float) -> str:
    """Give the ends of a range; "0 to 0" would claim more than is known."""
    ends = _tenths(low), _tenths(high)
    return "under 0.1" if ends == ("0", "0") else " to ".join(ends)


def _tenths(number: float) -> str:
    """Write a number with one decimal, 0 and 1 without."""
    return f"{number:.1f}".removesuffix(".0")


_SEEN = 0.05  # gifts, each weighed by its age and by how much of its horizon has passed
# Referrals; "hardly more" is said only where no more than a quarter of one may be hidden in it.
_CLEAR, _WIDE, _HARDLY, _LITTLE = 0.05, 0.5, 0.1, 0.25


def _passed(row: Mapping[Any, Any]) -> str:
    """Say what they gave, when, and what they had back."""
    gave, got = row["gave_me"], row["i_gave"]
    if not gave:
        if not got:
            return "has had no referral from you yet"
        return f"has had {got:,} from you; none from them is recorded yet"
    last = _last_on(row["last_from_them"])
    return f"gave you {gave:,}{last} and has had {f'{got:,}' if got else 'nothing'} back"


def _answered(row: Mapping[Any, Any], horizon: int) -> str:
    """Say after how many of what you, and what others, gave them first one came back."""
    told, most = [], 0
    for who, giver in (("own", "you"), ("others", "others")):
        if of := row[f"{who}_closed"]:
            came = row[f"{who}_returned"]
            told.append(f"{f'{came:,}' if came else 'none'} of {of:,} that {giver} gave them first")
            most += max(int(came), 1)
    after = f"{agree(most, 'was')} followed by one back within {count(horizon, 'day')}"
    return f"{' and '.join(told)} {after}" if told else ""


def _elsewhere(row: Mapping[Any, Any]) -> str:
    """Say what they gave to others: who refers much may refer to you too."""
    gave = row["gave_others"]
    return f"gave others {gave:,}{_last_on(row['last_to_others'])}" if gave else ""


def _also(row: Mapping[Any, Any]) -> str:
    """Say what else you gave them."""
    told = [count(row[kind], kind) for kind in KINDNESSES if row[kind]]
    if not told:
        return ""
    *before, last = told
    return f"you also gave them {', '.join(before)}{' and ' if before else ''}{last}"


def _last_on(day: Any) -> str:
    return "" if pd.isna(day) else f" (last on {day:%Y-%m-%d})"


def _ago(days: int) -> str:
    return f"{count(days, 'day')} ago"
