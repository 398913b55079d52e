"""What somebody does with half an hour a week: each habit reads the book, and does what it says.

Fixed before the run. A habit names what it would do in its order; what still fits into it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.analysis.owing import owe
from refgraph.analysis.tending import gratitude, rhythm, today
from refgraph.report.tending.commands import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from refgraph import Book
    from years.life import Life
    from years.record import Writer

    Read = Callable[[], Book]
    Habit = Callable[[Life, Read], Iterable["Deed"]]

__all__ = ["HABITS", "MINUTES", "SINGLE", "Deed", "spend_week"]

#: What each deed takes.
MINUTES = {
    "thanks": 5, "news": 5, "ask": 15, "call": 15, "follow": 15, "raise": 15, "introduction": 20,
    "gift": 30,
}  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """Something to be done: a kind of :data:`MINUTES`, for whom, about which referral."""

    what: str
    person: str
    about: str = ""
    other: str = ""
    level: int = 0


def nothing(life: Life, read: Read) -> list[Deed]:
    """Do nothing beside what one does anyway."""
    del life, read
    return []


def owe_list(life: Life, read: Read) -> list[Deed]:
    """Give a referral to whom most is owed, in the order of refgraph owe."""
    del life
    return [Deed("gift", person) for person in owe.rank(read())["person"]]


def cadence(life: Life, read: Read) -> list[Deed]:
    """Call who is past the cadence, who is furthest past it first."""
    del life
    table = rhythm.contact(read())
    table = table[table["state"].isin(["ideal", "limit"])]
    past = (table["days"] / table["ideal"]).sort_values(ascending=False, kind="stable")
    return [Deed("call", table["person"][at]) for at in past.index]


def thanks(life: Life, read: Read) -> list[Deed]:
    """Say the thanks that are due or late, in the order of refgraph thanks."""
    del life
    table = gratitude.due(read())
    table = table[table["state"].isin(["due", "late", "never"])].drop_duplicates("person")
    return [Deed("thanks", person) for person in table["person"]]


def random(life: Life, read: Read) -> list[Deed]:
    """Call, thank or give something to whoever comes to mind."""
    del read
    drawn = []
    for person, name in enumerate(life.names):
        kind = ("call", "thanks", "gift")[int(3 * life.chance(31, person, life.day))]
        drawn.append((life.chance(32, person, life.day), Deed(kind, name)))
    return [deed for _, deed in sorted(drawn, key=lambda each: each[0])]


def mix(life: Life, read: Read) -> list[Deed]:
    """Take the first of the thanks, of the calls and of the owed in turn."""
    book = read()
    each = [list(habit(life, lambda: book)) for habit in (thanks, cadence, owe_list)]
    longest = max(map(len, each))
    return [some[at] for at in range(longest) for some in each if at < len(some)]


def todays(life: Life, read: Read) -> list[Deed]:
    """Do what refgraph today lists, from the top, and leave what can wait."""
    del life
    book = read()
    table = today.choose(book)
    return [_deed(row, book) for row in table[~table["can_wait"]].to_dict("records")]


def _deed(row: dict[str, object], book: Book) -> Deed:
    """Read what is done off the command that records it."""
    words = record(row, book.today)
    person, about = str(row["person"]), str(row["about"])
    if words[0] == "add":
        return Deed("gift", person)
    if words[0] == "status" and "--handoff" in words:
        return Deed("raise", person, about, level=int(words[-1]))
    if row["lane"] == "save":
        return Deed("follow", person, about)
    told = words[words.index("--about") + 1] if "--about" in words else ""
    return Deed(words[2], person, told, other=str(row["other"]))


#: Those that do one thing.
SINGLE = ("owe list", "cadence", "thanks")
HABITS: dict[str, Habit] = {
    "nothing": nothing,
    "owe list": owe_list,
    "cadence": cadence,
    "thanks": thanks,
    "random": random,
    "mix": mix,
    "today": todays,
}


def spend_week(life: Life, habit: Habit, minutes: int, writer: Writer) -> int:
    """Do what the habit says on a Monday morning, as far as the time goes; give the minutes."""
    spent = 0
    for deed in habit(life, lambda: writer.write(life)):
        if spent + MINUTES[deed.what] <= minutes:
            spent += MINUTES[deed.what]
            _do(life, deed)
        if spent + min(MINUTES.values()) > minutes:
            break
    return spent


def _do(life: Life, deed: Deed) -> None:
    """Let a deed take effect, and write it down."""
    person = life.names.index(deed.person)
    if deed.what == "thanks":
        life.thank(person, deed.about)
    elif deed.what == "gift":
        life.give(person, 4)
    elif deed.what == "ask":
        life.ask(person)
    elif deed.what in ("follow", "raise"):
        life.follow_up(deed.about, person, deed.level)
    elif deed.what == "introduction":
        life.introduce(person, life.names.index(deed.other))
    else:
        life.touch(person, deed.what, deed.about)
