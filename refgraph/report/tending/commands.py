"""The command that records a line of the list of today: complete, and it asks nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from refgraph.analysis.owing.following import FOLLOWED_UP
from refgraph.analysis.tending import set_aside
from refgraph.schema.text import argument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    Row = Mapping[Any, Any]

__all__ = ["LATER", "command", "not_mine", "record", "snooze"]

#: Days until something that was put off, or followed up, comes back.
LATER = {"snooze": 7, "follow up": 30, "not mine": 183, "spoken to": 90}


def record(row: Row, today: date, *, whose: str | None = None) -> list[str]:
    """Give the words of the command that records that a line is done.

    Parameters
    ----------
    row : mapping
        A line of :func:`refgraph.analysis.tending.today.choose`.
    today : datetime.date
        The day it is.
    whose : str, optional
        Who did it, if that is not the book's me: a touch names both then.

    Examples
    --------
    >>> from datetime import date
    >>> row = {"lane": "say thanks", "person": "Ann Lee", "about": "r1", "number": 1}
    >>> record(row, date(2026, 10, 1))
    ['touch', 'Ann Lee', 'thanks', '--about', 'r1']
    """
    return _DONE[row["lane"]](row, today, whose)


def snooze(row: Row, today: date, *, whose: str | None = None) -> list[str]:
    """Give the words that put everything about the person of a line off by a week.

    Examples
    --------
    >>> from datetime import date
    >>> " ".join(snooze({"person": "Ann"}, date(2026, 10, 1)))
    'touch Ann snooze --until 2026-10-08'
    """
    until = today + timedelta(LATER["snooze"])
    return _touch(row, "snooze", whose, "--until", until.isoformat())


def not_mine(row: Row, today: date, *, whose: str | None = None) -> list[str]:
    """Give the words that decide that a line is not for me to do.

    One about a referral does not come back; one about a person in six months at the earliest;
    what was decided is closed.

    Examples
    --------
    >>> from datetime import date
    >>> row = {"lane": "ask", "person": "Ann", "about": "r1"}
    >>> " ".join(not_mine(row, date(2026, 10, 1))[:5])
    'touch Ann decision --about r1'
    """
    if row["lane"] == "decided":
        return _carried_out(row, today, whose)
    note = ("--note", set_aside.NOT_MINE)
    if row["about"]:
        return _touch(row, "decision", whose, "--about", row["about"], *note)
    until = today + timedelta(LATER["not mine"])
    return _touch(row, "decision", whose, "--until", until.isoformat(), *note)


def command(words: Sequence[str], *more: str) -> str:
    """Write a command as it is typed, with the book behind it.

    Names stand in quotes; where one begins with a dash, all options stand before the names.
    What stands behind is given as it is typed.

    Examples
    --------
    >>> print(command(["touch", "Ann Lee", "call"], "-b '/home/me/book'"))
    refgraph touch 'Ann Lee' call -b '/home/me/book'
    >>> print(command(["touch", "-2+3", "thanks", "--about", "r1"]))
    refgraph touch --about 'r1' -- '-2+3' thanks
    """
    name, *rest = words
    options = next((at for at, word in enumerate(rest) if word.startswith("--")), len(rest))
    names = [word if word in _OURS else argument(word) for word in rest[:options]]
    pairs = zip(rest[options::2], rest[options + 1 :: 2], strict=True)
    said = [*(f"{option} {argument(value)}" for option, value in pairs), *more]
    if any(word.startswith("-") for word in rest[:options]):
        return " ".join(["refgraph", name, *said, "--", *names])
    return " ".join(["refgraph", name, *names, *said])


_OURS = frozenset(
    (
        "call",
        "thanks",
        "news",
        "ask",
        "introduction",
        "decision",
        "done",
        "snooze",
        "contacted",
        "me",
        "one-to-one",
    )
)


def _touch(row: Row, kind: str, whose: str | None, *more: str) -> list[str]:
    both = () if whose is None else ("--with", whose)
    return ["touch", row["person"], kind, *both, *more]


def _about(row: Row) -> tuple[str, ...]:
    return ("--about", row["about"]) if row["about"] else ()


def _gave(row: Row, _: date, whose: str | None) -> list[str]:
    return ["add", "me" if whose is None else whose, row["person"]]


def _told(row: Row, _: date, whose: str | None) -> list[str]:
    return _touch(row, "news", whose, *_only(row))


def _thanked(row: Row, _: date, whose: str | None) -> list[str]:
    return _touch(row, "thanks", whose, *_only(row))


def _only(row: Row) -> tuple[str, ...]:
    """Name the referral if there is no other of theirs: without it a word is about all."""
    return _about(row) if row["number"] == 1 else ()


def _saved(row: Row, today: date, whose: str | None) -> list[str]:
    if row["reason"] == "raise":
        return ["status", row["about"], row["status"], "--handoff", str(int(row["number"]))]
    if row["direction"] != "received":
        return _touch(row, "call", whose, *_about(row))
    if row["status"] == "given":
        return ["status", row["about"], "contacted"]
    until = (today + timedelta(LATER["follow up"])).isoformat()
    note = ("--note", FOLLOWED_UP)
    return _touch(row, "decision", whose, *_about(row), "--until", until, *note)


def _called(row: Row, _: date, whose: str | None) -> list[str]:
    return _touch(row, "call", whose)


def _introduced(row: Row, today: date, whose: str | None) -> list[str]:
    if whose is not None:  # a touch is between its two people, and tells nobody third
        return _gave(row, today, whose)
    return ["touch", row["person"], "introduction", "--with", row["other"]]


def _asked(row: Row, _: date, whose: str | None) -> list[str]:
    return _touch(row, "ask", whose)


def _met(row: Row, _: date, whose: str | None) -> list[str]:
    if row["reason"] == "planned":
        return _touch(row, "one-to-one", whose)
    return ["touch", row["person"], "one-to-one", "--with", row["other"]]


def _carried_out(row: Row, _: date, whose: str | None) -> list[str]:
    both = None if whose == row["person"] else whose
    return _touch(row, "done", both, *(("--note", row["word"]) if row["word"] else ()))


def _spoken(row: Row, today: date, whose: str | None) -> list[str]:
    until = (today + timedelta(LATER["spoken to"])).isoformat()
    return _touch(row, "decision", whose, "--until", until, "--note", set_aside.SPOKEN_TO)


_DONE: dict[str, Callable[[Row, date, str | None], list[str]]] = {
    "you owe": _gave,
    "bring news": _told,
    "say thanks": _thanked,
    "save": _saved,
    "stay close": _called,
    "give first": _introduced,
    "ask": _asked,
    "decided": _carried_out,
    "welcome": _spoken,
    "one-to-one": _met,
    "give again": _spoken,
}
