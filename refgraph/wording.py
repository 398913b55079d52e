"""Numbers, plurals, verbs and lists in English, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["agree", "count", "decimals", "ended", "join_names", "percent", "pluralize", "which_of"]

_PAIRS = "person people, touch touches, has have, does do, is are, was were, it them"
_PLURALS = {one: more for pair in _PAIRS.split(", ") for one, more in [pair.split()]}


def which_of(number: float, one: str, more: str) -> str:
    """Choose between two texts by whether a number is one.

    Examples
    --------
    >>> which_of(1, "the group", "the groups"), which_of(0, "the group", "the groups")
    ('the group', 'the groups')
    """
    return one if number == 1 else more


def pluralize(number: float, noun: str) -> str:
    """Give a noun in the form that goes with a number; what follows its first word stays.

    Examples
    --------
    >>> pluralize(1, "referral"), pluralize(0, "person"), pluralize(2, "change of status")
    ('referral', 'people', 'changes of status')
    >>> pluralize(2, "other problem"), pluralize(2, "row without a date")
    ('other problems', 'rows without a date')
    """
    if number == 1:
        return noun
    for apart in (" of ", " without "):
        if apart in noun:
            head, behind = noun.split(apart, 1)
            return f"{pluralize(number, head)}{apart}{behind}"
    return _PLURALS.get(noun, f"{noun}s")


def agree(number: float, verb: str) -> str:
    """Give a verb, or "it", in the form that goes with a number.

    Examples
    --------
    >>> [agree(number, verb) for verb in ("is", "refers") for number in (1, 2)]
    ['is', 'are', 'refers', 'refer']
    """
    return verb if number == 1 else _PLURALS.get(verb, verb.removesuffix("s"))


def count(number: int, noun: str, verb: str = "") -> str:
    """Count things, and say what they do.

    Examples
    --------
    >>> count(1, "person"), count(1200, "person"), count(0, "referral"), count(2, "row", "says")
    ('1 person', '1,200 people', '0 referrals', '2 rows say')
    """
    does = f" {agree(number, verb)}" if verb else ""
    return f"{number:,} {pluralize(number, noun)}{does}"


def decimals(first: float, second: float, difference: float, *, least: int = 2) -> int:
    """Give how many decimals it takes to print two numbers and their difference so that it fits.

    Each is rounded for itself, so that with few decimals the last digit may be one off.

    Examples
    --------
    >>> decimals(0.23, 0.20, 0.03), decimals(0.234, 0.206, 0.028)
    (2, 3)
    """
    for places in range(least, _MOST_DECIMALS):
        one, other, apart = (round(each, places) for each in (first, second, difference))
        if round(one - other, places) == apart:
            return places
    return _MOST_DECIMALS


_MOST_DECIMALS = 6


def percent(share: float) -> str:
    """Give a share in percent, 0 and 100 only where it is none or all.

    What would round to these has as many decimals as tell it from them.

    Examples
    --------
    >>> percent(0.0042), percent(0.5), percent(0.996), percent(1), percent(0.0)
    ('0.4%', '50%', '99.6%', '100%', '0%')
    """
    least, places = min(share, 1 - share), 0
    if 0 < least < 0.01:
        places = 1
        while not round(100 * least, places):
            places += 1
    return f"{share:z.{places}%}"


def ended(text: str) -> str:
    """End a sentence with one full stop, also behind a name that has one.

    Examples
    --------
    >>> ended("Ask Ann"), ended("Ask Ines C.")
    ('Ask Ann.', 'Ask Ines C.')
    """
    return text if text.endswith(".") else f"{text}."


def join_names(names: Sequence[str]) -> str:
    """Join names as one says them.

    Examples
    --------
    >>> join_names(["Ann"]), join_names(["Ann", "Bo"]), join_names(["Ann", "Bo", "Cy"])
    ('Ann', 'Ann and Bo', 'Ann, Bo and Cy')
    """
    return " and ".join([", ".join(names[:-1]), *names[-1:]] if len(names) > 1 else names)
