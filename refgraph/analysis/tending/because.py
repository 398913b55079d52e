"""Why a line stands on the list of today, in one sentence; "they" are its person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.suggesting.reason import adds
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Row = Mapping[Any, Any]

__all__ = ["NEVER", "because"]

#: Days that stand for never.
NEVER = 9999


def because(row: Row) -> str:
    """Say why, from the numbers of the line and no more than they say.

    Examples
    --------
    >>> because(
    ...     {
    ...         "lane": "say thanks",
    ...         "reason": "receipt",
    ...         "prospect": "Zed",
    ...         "days": 1.0,
    ...         "status": "due",
    ...         "number": 1,
    ...     }
    ... )
    'They sent you Zed 1 day ago, and no thanks are recorded.'
    """
    said = _SENTENCES[row["lane"]](row)
    return f"{said[0].upper()}{said[1:]}."


def _owe(row: Row) -> str:
    number = int(row["number"])
    since: str = (
        "" if pd.isna(row["days"]) else f", the oldest for {count(int(row['days']), 'day')}"
    )
    return f"{count(number, 'referral')} of theirs to you {agree(number, 'is')} open{since}"


def _news(row: Row) -> str:
    became = {"won": "was won", "lost": "came to nothing", "met": "met you"}
    moved = became.get(row["status"], "was contacted")
    said = f"{_who(row)}, whom they sent you, {moved} {_ago(row)}, and they have not been told"
    return f"{said}{_others(row)}"


def _thanks(row: Row) -> str:
    late = {"late": "; late, and still welcome", "never": "; it is never too late"}
    told = {
        "receipt": f"they sent you {_who(row)} {_ago(row)}, and no thanks are recorded",
        "meeting": f"you met {_who(row)}, whom they sent you, {_ago(row)}, and no thanks since",
        "close": f"{_who(row)}, whom they sent you, was won {_ago(row)}, and no thanks since",
        "year": f"over a year ago they sent you {_who(row)}, and it was won: a day to remember it",
    }
    return f"{told[row['reason']]}{_others(row)}{late.get(row['status'], '')}"


def _others(row: Row) -> str:
    """Say how many more of theirs one word answers too."""
    more = int(row["number"]) - 1
    return f"; {more:,} more of theirs {agree(more, 'waits')} too" if more else ""


def _save(row: Row) -> str:
    days = count(int(row["days"]), "day")
    if row["direction"] == "":  # the profession does not tell who sent whom
        return f"no news of what passed between you for {days}"
    if row["reason"] == "raise":
        now, then = int(row["handoff"]), int(row["number"])
        points = round(100 * row["brings"])
        sent, ask, side = f"you sent them {_who(row)}", "", "you gave"
        if row["direction"] == "received":
            sent, side = f"they sent you {_who(row)}", "you received"
            ask = ": ask them to bring you together"
        return (
            f"{sent} as a handoff of {now}, the last news {_ago(row)}; of those {side} and closed, "
            f"{points} points more were won with {then}, by chance or as they were warmer, "
            f"maybe{ask}"
        )
    if row["reason"] == "lost":
        return f"{_who(row)}, whom you sent them, was lost {_ago(row)}: ask what went wrong"
    if row["direction"] == "given":
        sent, ask = f"you sent them {_who(row)}", "ask whether it arrived"
    else:
        sent, ask = f"they sent you {_who(row)}", "get in touch"
    if row["reason"] in ("waiting", "leaking"):
        return f"{sent}, and after {days} no contact is recorded: {ask}"
    if row["reason"] == "stale":
        return f"{sent}, and there was no news for {days}: {ask}, or close it as lost"
    ask = "ask how it stands" if row["direction"] == "given" else "get in touch again"
    moved = {"met": "who was met"}.get(row["status"], "who was contacted")
    return f"{sent}, {moved}, and there was no news for {days}: {ask}"


def _stay(row: Row) -> str:
    days = count(int(row["days"]), "day")
    if row["reason"] == "quiet":
        usual = count(round(row["number"]), "day")
        return f"they usually send somebody every {usual}, and now it is {days}"
    past = "which is past the limit" if row["reason"] == "limit" else "a little long"
    rhythm = f" for a {row['word']} rhythm" if row["word"] else ""
    return f"you were last in touch {days} ago, {past}{rhythm}"


def _give(row: Row) -> str:
    if row["status"] == "needs":
        fits = f"they need {row['word']}, which {row['other']} offers"
    else:
        fits = f"they offer {row['word']}, which {row['other']} needs"
    more: str = "" if pd.isna(row["added"]) else f". {adds(row).removesuffix('.')}"
    return f"they have had no referral from you yet, and {fits}{more}"


def _ask(row: Row) -> str:
    number: int = 0 if pd.isna(row["number"]) else int(row["number"])
    theirs: str = (
        f"; you sent no client back yet for {number:,} of theirs: give first, if you can"
        if number
        else ""
    )
    if row["reason"] == "thanked":
        return f"they thanked you {_ago(row)}: the moment to ask, if at all{theirs}"
    return f"their matter closed well {_ago(row)}: a moment to ask, if at all{theirs}"


def _welcome(row: Row) -> str:
    return f"they joined {_ago(row)}: see that they meet everybody, and give them a first referral"


def _decided(row: Row) -> str:
    when = "today" if not row["days"] else f"{count(int(row['days']), 'day')} ago"
    more = int(row["number"]) - 1
    also = f"; {count(more, 'decision')} more {agree(more, 'waits')} too" if more else ""
    if not row["word"]:  # it is not shown
        return f"something was decided, due {when}{also}"
    return f"it was decided: {str(row['word']).removesuffix('.')}; due {when}{also}"


def _talk(row: Row) -> str:
    if row["reason"] == "planned":
        week = "this week" if row["days"] < 7 else "last week, and none is recorded"
        why: str = str(row["word"]).removesuffix(".")
        return f"your one-to-one was planned for {week}{f': {why}' if why else ''}"
    had = "have had no one-to-one so far" if row["days"] >= NEVER else f"had none {_since(row)}"
    return f"they {had}; {row['other']} would suit: one of the two needs {row['word']}"


def _again(row: Row) -> str:
    gave = "have given no referral so far" if row["days"] >= NEVER else f"gave none {_since(row)}"
    return f"they {gave}: ask what they need to recognise one for the others"


def _since(row: Row) -> str:
    return f"for {count(int(row['days']), 'day')}"


_SENTENCES: dict[str, Callable[[Row], str]] = {
    "you owe": _owe,
    "bring news": _news,
    "say thanks": _thanks,
    "save": _save,
    "stay close": _stay,
    "give first": _give,
    "ask": _ask,
    "decided": _decided,
    "welcome": _welcome,
    "one-to-one": _talk,
    "give again": _again,
}


def _who(row: Row) -> str:
    return row["prospect"] or "somebody"


def _ago(row: Row) -> str:
    days = int(row["days"])
    return "today" if not days else f"{count(days, 'day')} ago"
