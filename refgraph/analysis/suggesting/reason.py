"""Why somebody is suggested, in one sentence; "you" is the person who would give the referral."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.returning.returns import HORIZON
from refgraph.analysis.suggesting.evidence import KINDNESSES
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["adds", "expected", "sentence"]

#: What stands before the introductions in the sentence.
INTRODUCE = "introduce to them"
_NAMED = 2  # introductions that the sentence names


def sentence(
    row: Mapping[Any, Any],
    found: Sequence[tuple[str, str]],
    *,
    horizon: int = HORIZON,
    why_none: str = "",
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
    why_none : str, optional
        Why there is nobody to introduce to them, if there is nobody.

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
    elif why_none:
        parts.append(f"nobody to introduce: {why_none}")
    said = "; ".join(filter(None, parts))
    return f"{said[0].upper()}{said[1:]}."


def adds(row: Mapping[Any, Any]) -> str:
    """Say what is expected to follow one from me beyond what comes anyway, no closer than known.

    Parameters
    ----------
    row : mapping
        ``added``, ``added_low``, ``added_high``; ``gifts_seen`` (gifts to the person, mine and
        of others, of which something is known; each weighs as much as it tells), 0 if left out.

    Examples
    --------
    >>> adds({"added": 0.62, "added_low": 0.31, "added_high": 0.88, "gifts_seen": 3.0})
    'Expected to follow one from you: about 0.6 more than come anyway (0.3 to 0.9).'
    >>> adds({"added": 0.62, "added_low": 0.31, "added_high": 0.88})
    'Judged by others, expected to follow one: about 0.6 more than come anyway (0.3 to 0.9).'
    >>> adds({"added": 0.1, "added_low": 0.0, "added_high": 0.68})
    'What one more adds is not known yet (up to 0.7).'
    >>> adds({"added": 0.1, "added_low": 0.0, "added_high": 0.68, "gifts_seen": 0.4})
    'Too little is known of what one more adds (up to 0.7).'
    >>> adds({"added": 0.06, "added_low": 0.0, "added_high": 0.24, "gifts_seen": 5.0})
    'Expected to follow one from you: hardly more than come anyway (up to 0.2).'
    """
    seen = row.get("gifts_seen", 0)
    told = expected(row["added"], row["added_low"], row["added_high"])
    if _is_a_range(row["added_low"], row["added_high"]):
        most = f"up to {_tenths(row['added_high'])}"
        if seen <= _SEEN:
            return f"What one more adds is not known yet ({most})."
        return f"Too little is known of what one more adds ({most})."
    if seen < _ENOUGH:
        return f"Judged by others, expected to follow one: {told}."
    return f"Expected to follow one from you: {told}."


def expected(added: float, low: float, high: float) -> str:
    """Say how many more are expected than come anyway: about so many, or between how many.

    Examples
    --------
    >>> expected(0.62, 0.31, 0.88)
    'about 0.6 more than come anyway (0.3 to 0.9)'
    >>> expected(0.1, 0.0, 0.68)
    'anything up to 0.7 of a referral more than comes anyway'
    >>> expected(0.01, 0.0, 0.04), expected(0.14, 0.01, 0.2)
    ('hardly more than come anyway (under 0.1)', 'about 0.1 more than come anyway (up to 0.2)')
    """
    between = _between(low, high)
    if _is_a_range(low, high):
        return f"anything {_of_a_referral(high)} more than comes anyway"
    if added < _HARDLY and low < _CLEAR:
        return f"hardly more than come anyway ({between})"
    return f"about {_tenths(added)} more than come anyway ({between})"


def _is_a_range(low: float, high: float) -> bool:
    """Tell whether a range is all there is to say: it begins with nothing, and is wide.

    By the ends as they are printed, so that the same numbers are never said to mean two things.

    Examples
    --------
    >>> _is_a_range(0.0, 0.24), _is_a_range(0.0, 0.26), _is_a_range(0.06, 0.6)
    (False, True, False)
    """
    return low < _CLEAR and float(_tenths(high)) > _LITTLE


def _of_a_referral(high: float) -> str:
    """Give the end of a range that begins with nothing, as what it counts, which is no chance.

    Examples
    --------
    >>> _of_a_referral(0.8), _of_a_referral(0.98)
    ('up to 0.8 of a referral', 'up to 1 referral')
    """
    return f"up to {_tenths(high)} {'referral' if _tenths(high) == '1' else 'of a referral'}"


def _between(low: float, high: float) -> str:
    """Give the ends of a range; "0 to 0" would claim more than is known.

    Examples
    --------
    >>> _between(0.2, 0.51), _between(0.02, 0.5), _between(0.0, 0.01)
    ('0.2 to 0.5', 'up to 0.5', 'under 0.1')
    """
    if _tenths(high) == "0":
        return "under 0.1"
    if _tenths(low) == "0":
        return f"up to {_tenths(high)}"
    return f"{_tenths(low)} to {_tenths(high)}"


def _tenths(number: float) -> str:
    """Write a number with one decimal, 0 and 1 without."""
    return f"{number:.1f}".removesuffix(".0")


# Gifts, each weighed by its age and by how much of its horizon has passed: none of which anything
# is known, and so few that what is expected comes of other people's.
_SEEN, _ENOUGH = 0.05, 1.0
# Referrals. A number is said only where no more than a fifth of one may be hidden beside nothing.
_CLEAR, _HARDLY, _LITTLE = 0.05, 0.1, 0.2


def _passed(row: Mapping[Any, Any]) -> str:
    """Say what they gave, when, and what they had of you."""
    gave, got = row["gave_me"], row["i_gave"]
    if not gave:
        if not got:
            return "has had no referral from you yet"
        return f"has had {got:,} from you; none from them is recorded yet"
    last = _last_on(row["last_from_them"])
    # which of both came first is not said here
    told = f"gave you {gave:,}{last} and has had {f'{got:,}' if got else 'no referral'} from you"
    otherwise = gave - got - row["open"]
    return f"{told}, {otherwise:,} of theirs settled otherwise" if otherwise > 0 else told


def _answered(row: Mapping[Any, Any], horizon: int) -> str:
    """Say after how many spells of giving, yours and those of others, one came back in time.

    The time runs from the first referral of a spell, which is its start.
    """
    told: list[str] = []
    for who, giver in (("own", "you"), ("others", "others")):
        if of := int(row[f"{who}_closed"]):
            came = int(row[f"{who}_returned"])
            spells = f"{of:,}" if told else f"{count(of, 'spell')} of giving"
            after = f"after {f'{came:,} of ' if came else ''}{spells} by {giver}"
            told.append(f"{'one' if came else 'none'}{'' if told else ' came back'} {after}")
    return f"within {count(horizon, 'day')} of the start {', '.join(told)}" if told else ""


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
    return f"besides referrals you gave them {', '.join(before)}{' and ' if before else ''}{last}"


def _last_on(day: Any) -> str:
    return "" if pd.isna(day) else f" (last on {day:%Y-%m-%d})"


def _ago(days: int) -> str:
    return f"{count(days, 'day')} ago"
