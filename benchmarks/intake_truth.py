"""Invented referrals: what `intake.py` knows to be true.

A `World` is one person, or a group, with their referrals; a `Table` says them in columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from decimal import Decimal


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Abel Adele Agnes Alma Anton Arlo Basil Bea Boris Bruno Carla Cecil Clara Conrad Dana "
    "Delia Doris Edgar Elsa Emil Enid Esther Felix Flora Frank Gerda Gilda Greta Hanna Hector "
    "Helga Hugo Ida Igor Ines Iris Ivan Jonas Judith Karl Klara Lena Leo Lotte Lucia Magda "
    "Marek Mina Nadia Nils Nora Olga Oscar Otto Paula Petra Quentin Rafael Renata Rita Rosa "
    "Ruben Sven Tilda Ursula Vera Viktor Wanda Xenia Yannick Zelda José Zoë François Jörg "
    "Noël Inês Núria"
)
LAST = _words(
    "Abbott Adeyemi Ashworth Bairstow Bellamy Brandt Calloway Cavendish Dahl Delgado Drummond "
    "Eastwick Ekberg Farrow Fenwick Galloway Grimaldi Hadley Harrow Holloway Ibarra Ingram "
    "Jessop Kaminski Kettering Kovacs Langley Lindqvist Lockhart Marchetti Merriweather "
    "Moreau Nakamura Norwood Okafor Ollerton Ortiz Pemberton Petrov Quill Radcliffe Renshaw "
    "Rossi Sandoval Schofield Stanhope Szabo Tanaka Thackeray Underhill Vance Vasquez "
    "Wetherby Whitlock Yardley Zielinski Müller Núñez Lefèvre Sørensen Gonçalves O'Brien "
    "Van-Dyke Smith-Jones"
)
TRADES = ("Dental", "Roofing", "Bakery", "Legal", "Plumbing", "Interiors", "Motors", "Travel")
NOTES = (
    "met at the fair, very keen",
    "call again, then e-mail",
    'says "after the holidays"',
    "kitchen, bath and roof",
    "warm introduction",
    "wants a second opinion; urgent",
    "knows the family",
    "left message",
)
#: Status words of people, and what each may become.
OPEN = ("given", "contacted", "met")
STATUS = {
    **dict.fromkeys(
        ("Closed", "Won", "Closed Won", "Sold", "Paid", "Yes", "Converted", "Signed"), ("won",)
    ),
    **dict.fromkeys(("Lost", "Closed Lost", "Dead", "Not interested", "Declined"), ("lost",)),
    **dict.fromkeys(("No",), ("lost", *OPEN)),
    **dict.fromkeys(
        ("Pending", "Open", "In progress", "Active", "New", "", "Under contract"), OPEN
    ),
    "Contacted": ("contacted",),
    "Met": ("met",),
    "Meeting set": OPEN,
    "Left message": OPEN,
}


class Name(str):
    """A cell with the name of a person who gives or receives."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A referral that happened; `optional` where a book may do without it.

    `status` and `value` hold all that a careful reader may make of the cells; `also` is
    another name by which the prospect may go.
    """

    giver: str
    receiver: str
    day: date | None = None
    prospect: str = ""
    status: tuple[str, ...] = ()
    value: tuple[Decimal | None, ...] = ()
    count: int = 1
    optional: bool = False
    also: str = ""


@dataclass(slots=True)
class World:
    """Who refers whom in one book.

    Attributes
    ----------
    chance : random.Random
        All that is made up.
    me : str
        Whose referrals they are; in a group just one of them.
    others : list of str
        The others.
    facts : list of Fact
        In the order of their days; me is in each of them, or in few if it is a group.
    """

    chance: random.Random
    me: str
    others: list[str]
    facts: list[Fact]

    def pick(self, *words: str) -> str:
        """Choose a word."""
        return self.chance.choice(words)

    @property
    def given(self) -> list[Fact]:
        """What I gave."""
        return [fact for fact in self.facts if fact.giver == self.me]

    @property
    def received(self) -> list[Fact]:
        """What I received."""
        return [fact for fact in self.facts if fact.receiver == self.me]


def world_of(chance: random.Random, *, group: bool = False, title: str = "") -> World:
    """Make up people and referrals."""
    firsts, lasts = chance.sample(FIRST, 60), chance.sample(LAST, 55)
    names = [f"{title}{firsts.pop()} {lasts.pop()}" for _ in range(chance.randrange(5, 10))]
    me, *others = names
    number = chance.randrange(6, 22)
    start = date(2022, 3, 1)
    days = sorted(chance.sample(range(900), number))
    facts = []
    for back in days:
        pair = chance.sample(names, 2) if group else [me, chance.choice(others)]
        if not group and chance.random() < 0.5:
            pair.reverse()
        if lasts and chance.random() < 0.7:
            prospect = f"{firsts.pop()} {lasts.pop()}"
            if chance.random() < 0.08:
                prospect = f"{firsts.pop()} & {prospect}"
        else:
            prospect = f"{lasts.pop() if lasts else firsts.pop()} {chance.choice(TRADES)}"
        facts.append(Fact(*pair, start + timedelta(days=back), prospect))
    if not group:  # both ways are there
        facts[0] = replace(facts[0], giver=me, receiver=others[0])
        facts[1] = replace(facts[1], giver=others[1], receiver=me)
    return World(chance, me, others, facts)


@dataclass(slots=True)
class Table:
    """What a file says, column by column.

    Attributes
    ----------
    columns : dict of str to list
        Cells under their headers: text, `Name`, days, amounts.
    facts : list of Fact
        What is true of it.
    compared : tuple of str
        What of a fact stands in it: day, prospect, status, value.
    me : str or None
        Whose it is.
    people : list of str
        Who else is named as a person.
    wanted : list of str
        Whom a book must have, with or without a referral.
    nothing : bool
        Whether no referral can be read from it.
    meetings : int
        How many one-to-ones it holds.
    fixed : bool
        Whether the order of columns is that of a program, and nothing is added by hand.
    language : str
        Whose dates and amounts.
    """

    columns: dict[str, list[Any]]
    facts: list[Fact]
    compared: tuple[str, ...] = ()
    me: str | None = None
    people: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    nothing: bool = False
    meetings: int = 0
    fixed: bool = False
    language: str = "en"
    date_styles: tuple[str, ...] = ()
