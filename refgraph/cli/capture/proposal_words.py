"""What is proposed, as questions that can be answered with one key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.schema.text import visible
from refgraph.wording import count, join_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.capture.proposals import Proposal

__all__ = ["Question", "questions_of", "say_left"]

_NOUNS = {
    "referral": "referrals that you received",
    "introduction": "introductions that you made",
    "thanks": "thanks that you said",
    "they-thanked-me": "thanks that were said to you",
    "contact": "people with whom you were in touch",
    "person": "people who are new",
}
_COUNTED = {"email": "e-mail", "meeting": "meeting", "call": "call"}
_LEFT = {
    "machine": "from machines and lists",
    "crowd": "to many people at once",
    "undated": "without a day that can be",
    "nobody": "without an address",
    "cancelled": "cancelled",
    "no meeting": "of a whole day or with nobody",
    "to come": "still to come",
    "without me": "that you declined, or with none of your addresses (--mine ADDRESS names one)",
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is true or not: one proposal, or all contact with one person.

    Attributes
    ----------
    kind : str
        Of what kind it is: ``"contact"`` for all contact with somebody whom the book knows.
    proposals : tuple of Proposal
        What is accepted with it.
    said : str
        What is asked.
    """

    kind: str
    proposals: tuple[Proposal, ...]
    said: str

    @property
    def noun(self) -> str:
        """What several of its kind are called."""
        return _NOUNS[self.kind]


def questions_of(proposals: Sequence[Proposal], *, hides: bool) -> list[Question]:
    """Give the questions that proposals ask, in their order.

    Parameters
    ----------
    proposals : sequence of Proposal
        By kind, then by day.
    hides : bool
        Whether who was referred is not shown.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph.imports.capture.proposals import Proposal
    >>> day = date(2026, 11, 2)
    >>> both = [Proposal("referral", day, "Ann", "Bo"), Proposal("email", day, "Ann")]
    >>> for each in questions_of(both, hides=False):
    ...     print(each.said)
    2026-11-02  Ann referred Bo to you.
    You were in touch with Ann on 1 day: 1 e-mail, 2026-11-02.
    """
    found: list[Question] = []
    contacts: dict[str, list[Proposal]] = {}
    for each in proposals:
        if each.kind in _COUNTED:
            contacts.setdefault(each.person, []).append(each)
        else:
            found.append(Question(each.kind, (each,), _say(each, hides=hides)))
    asked = [_contact(person, those) for person, those in contacts.items()]
    return found + sorted(asked, key=lambda each: each.kind)


def _say(each: Proposal, *, hides: bool) -> str:
    other = "somebody" if hides and each.kind == "referral" else each.other
    said = {
        "referral": f"{each.person} referred {other} to you",
        "introduction": f"You introduced {each.person} and {each.other} to each other",
        "thanks": f"You thanked {each.person}",
        "they-thanked-me": f"{each.person} thanked you",
    }[each.kind]
    lines = [f"{each.day}  {said}."]
    if each.subject and not hides:
        lines.append(f"  Subject: {visible(each.subject, 100)}")
    if each.new:
        lines.append(f"  New in this book: {_people(each)}")
    return "\n".join(lines)


def _people(each: Proposal) -> str:
    return join_names([f"{name} <{address}>" for name, address in each.new])


def _contact(person: str, those: Sequence[Proposal]) -> Question:
    days = sorted({each.day for each in those})
    kinds = Counter(each.kind for each in those)
    parts = [count(kinds[kind], noun) for kind, noun in _COUNTED.items() if kinds[kind]]
    span = " to ".join(dict.fromkeys((f"{days[0]}", f"{days[-1]}")))
    on = count(len(days), "day")
    said = f"You were in touch with {person} on {on}: {join_names(parts)}, {span}."
    new = next((each for each in those if each.new), None)
    if new is not None:
        said = f"{said}\n  New in this book: {_people(new)}"
    return Question("contact" if new is None else "person", tuple(those), said)


def say_left(left: Counter[str]) -> str:
    """Say how many mails and appointments told nothing, and why.

    Examples
    --------
    >>> from collections import Counter
    >>> say_left(Counter(machine=3, crowd=1))
    'Left aside: 3 from machines and lists, 1 to many people at once.'
    """
    parts = [f"{left[name]:,} {said}" for name, said in _LEFT.items() if left[name]]
    return f"Left aside: {', '.join(parts)}." if parts else ""
