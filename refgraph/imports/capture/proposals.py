"""What the mails and appointments of an archive propose for a book: each true, or not."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from refgraph.imports.capture.correspondents import Correspondents, is_one_firm
from refgraph.imports.capture.event_meaning import (
    first_named,
    introduces,
    is_for,
    named_among,
    thanking,
    thanks_for,
)
from refgraph.imports.events.captured_event import key_of
from refgraph.imports.events.event_words import is_robot
from refgraph.schema.columns import COLUMNS, MEMBERS, NAMED, REFERRALS, names_where

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from refgraph.imports.book_index import Known
    from refgraph.imports.capture.correspondents import Correspondent
    from refgraph.imports.events.captured_event import Event

__all__ = ["KINDS_PROPOSED", "Proposal", "count_without_me", "propose", "row_id"]

#: What is proposed, in the order in which it is asked.
KINDS_PROPOSED = (
    *("referral", "introduction", "thanks", "they-thanked-me", "meeting", "call", "email"),
)
_MOST_NAMED, _MOST_WRITTEN_TO = 5, 3
_BY_MAIL, _IN_PERSON = 2, 5
_BOTH_WAYS = 2
_LEAST = KINDS_PROPOSED[-1]  # of a day on which there was more, nothing beside it
_DAY, _, _KIND = COLUMNS["touches"][:3]
(_KEY,) = names_where(REFERRALS, names="key")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row that may be true.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS_PROPOSED`.
    day : datetime.date
        When it was.
    person : str
        With whom it was; who gave the referral.
    other : str
        Who was introduced to them; who was referred.
    handoff : int or None
        Of a referral.
    key : str
        The digest of the mail or the appointment.
    subject : str
        How it is called: for whoever decides, and never kept.
    new : tuple of (str, str)
        Who of them is new in the book, and their address.
    """

    kind: str
    day: date
    person: str
    other: str = ""
    handoff: int | None = None
    key: str = ""
    subject: str = ""
    new: tuple[tuple[str, str], ...] = ()

    @property
    def mark(self) -> str:
        """What tells it again where it was declined, and nothing of it."""
        return f"{self.kind}-{key_of(f'{self.key} {self.person}')}"


@dataclass(slots=True)
class _Case:
    """An event, and who takes part in it: me as None among those who do."""

    event: Event
    sender: Correspondent | None
    others: list[Correspondent]
    is_mine: bool  # I wrote it
    to_me: bool
    found: list[Proposal] = field(default_factory=list)

    @property
    def people(self) -> list[Correspondent]:
        """Everybody but me."""
        return [*([] if self.is_mine or self.sender is None else [self.sender]), *self.others]


def propose(
    events: Iterable[Event],
    known: Known,
    mine: Iterable[str] = (),
    path: str = "",
    declined: Collection[str] = (),
) -> list[Proposal]:
    """Find what the events of an archive say that a book does not have.

    Parameters
    ----------
    events : iterable of Event
        Mails and appointments, in any order.
    known : Known
        The book.
    mine : iterable of str
        My addresses, beside those that the book or my name tells.
    path : str
        The archive, for messages.
    declined : collection of str
        The marks of what somebody said no to.

    Returns
    -------
    list of Proposal
        By kind, then by day.

    Raises
    ------
    LedgerError
        Nothing tells which address is mine.
    """
    once = {event.key: event for event in events}
    ordered = sorted(once.values(), key=lambda event: (event.second, event.key))
    there, new = _There(known), frozenset[str]()
    while True:  # whom a proposal makes known, others are about: accepting all leaves nothing
        who = Correspondents(known, ordered, mine, new)
        if not who.mine and any(not event.is_own for event in ordered):
            raise who.nobody_is_me(path, ordered)
        found = [each for each in _found_in(ordered, who) if not there.has(each)]
        found = [each for each in found if each.mark not in declined]
        named = {name for each in found for name, _ in each.new}
        named |= {each.other for each in found if each.kind == "referral"}
        more = {name for name in named if name not in known.names} - new
        if not more:
            break
        new |= more
    order = {kind: at for at, kind in enumerate(KINDS_PROPOSED)}
    found.sort(key=lambda each: (order[each.kind], each.day, each.person, each.other, each.key))
    return found


def count_without_me(events: Iterable[Event], known: Known, mine: Iterable[str] = ()) -> int:
    """Count the appointments without me, declined or with none of my addresses: they say nothing.

    Parameters
    ----------
    events, known, mine
        As of :func:`propose`.
    """
    once = {event.key: event for event in events}
    if not any(event.is_own for event in once.values()):
        return 0  # an archive of mail alone
    who = Correspondents(known, [*once.values()], mine)
    return sum(event.is_own and who.misses_me(event) for event in once.values())


def _found_in(events: Sequence[Event], who: Correspondents) -> list[Proposal]:
    """Find all that events say, in order."""
    cases = [_case(event, who) for event in events]
    pairs = [_pair_of(case, who) for case in cases]
    wanted, met = {*filter(None, pairs)}, _met_before(who.known)
    for case, pair in zip(cases, pairs, strict=True):
        new = _introduction(case, who) if pair else None
        if new is None:
            case.found += filter(None, [_thanks(case, who)])
        elif pair not in met:
            case.found.append(new)
        names = {each.name for each in case.people}
        names |= {str(who.known.me)} if case.to_me else set()
        met |= wanted & {frozenset(two) for two in combinations(names, 2)}
    return [*_said(cases), *_contacts(cases, who.new)]


def _case(event: Event, who: Correspondents) -> _Case:
    is_mine = who.is_me(event.sender) or (event.is_own and not event.sender.address)
    if event.is_own and who.misses_me(event):
        return _Case(event, None, [], is_mine=False, to_me=False)
    others = [each for each in event.others if not who.is_me(each)]
    found = {each.name: each for party in others if (each := who.who(party))}
    sender = None if is_mine else who.who(event.sender)
    if sender is not None:
        found.pop(sender.name, None)
    found.pop(str(who.known.me), None)
    to_me = is_mine or event.is_own or len(others) < len(event.others)
    return _Case(event, sender, [*found.values()], is_mine, to_me)


def _met_before(known: Known) -> set[frozenset[str]]:
    """Give the pairs of people who the book says have met."""
    named = [("referrals", row) for row in known.referrals] + [
        ("touches", row) for row in known.touches
    ]
    met = set()
    for table, row in named:
        names = [known.names.person(row[name]) for name in NAMED[table] if row[name]]
        met |= {frozenset((one, other)) for one in names for other in names if one != other}
    if known.me:
        met |= {
            frozenset((known.me, known.names.person(row[name])))
            for row in known.touches
            for name in MEMBERS["touches"]
            if row[name]
        }
    return met


def _two(case: _Case, who: Correspondents) -> list[Correspondent]:
    """Give the two whom an event may make known to each other; for one of them I may stand."""
    others = [each for each in case.others if not is_robot(each.address)]
    wanted = 2 if case.is_mine else 1
    if len(others) < wanted or len(case.event.others) > _MOST_NAMED + 1:
        return []
    if len(others) > wanted:
        names = {each.name: _names_of(each, who) for each in others}
        named = named_among(case.event, names)
        others = [each for each in others if each.name in named]
    return others if len(others) == wanted else []


def _pair_of(case: _Case, who: Correspondents) -> frozenset[str] | None:
    """Name the two whom an event may make known to each other."""
    if not (case.event.line or case.event.subject) or not case.to_me:
        return None
    if not case.is_mine and case.sender is None:
        return None
    two = _two(case, who)
    names = [each.name for each in two] + ([] if case.is_mine else [str(who.known.me)])
    return frozenset(names) if two else None


def _names_of(each: Correspondent, who: Correspondents) -> list[str]:
    aliases = who.lookup.aliases.get(each.name, ())
    return [each.name, *aliases, each.address.partition("@")[0]]


def _my_names(who: Correspondents) -> list[str]:
    me = str(who.known.me)
    return [me, *who.lookup.aliases.get(me, ())]


def _introduction(case: _Case, who: Correspondents) -> Proposal | None:
    """Find an introduction that I made, or a referral that I received."""
    two, event = _two(case, who), case.event
    me = str(who.known.me)
    names = [name for each in two for name in _names_of(each, who)]
    if not case.is_mine:
        names += _my_names(who)
    if not introduces(event, names):
        return None
    if case.is_mine:
        one, other = two
        if is_one_firm(one, other):
            return None
        return _proposal("introduction", event, one, other)
    sender, prospect = case.sender, two[0]
    if sender is None or is_one_firm(sender, prospect):
        return None
    people = {each.name: _names_of(each, who) for each in (sender, prospect)}
    if is_for(event, me, {**people, me: _my_names(who)}):
        return None
    level = _IN_PERSON if event.is_own else _BY_MAIL
    return _proposal("referral", event, sender, prospect, handoff=level)


def _thanks(case: _Case, who: Correspondents) -> Proposal | None:
    """Find thanks that I said, or that were said to me."""
    event = case.event
    said = "" if event.is_own else thanking(event.line)
    if not said or not case.to_me:
        return None
    others = {each.name: _names_of(each, who) for each in case.others}
    me = str(who.known.me)
    if not case.is_mine:
        to = first_named(said, {**others, me: _my_names(who)}) if others else me
        return (
            _proposal("they-thanked-me", event, case.sender) if case.sender and to == me else None
        )
    to = first_named(said, others) if len(event.others) > 1 else next(iter(others), None)
    thanked = next((each for each in case.others if each.name == to), None)
    if thanks_for(said) != "referral" or thanked is None:
        return None
    return _proposal("thanks", event, thanked)


def _proposal(
    kind: str,
    event: Event,
    one: Correspondent,
    other: Correspondent | None = None,
    handoff: int | None = None,
) -> Proposal:
    members = [one] if other is None or kind == "referral" else [one, other]
    new = tuple((each.name, each.address) for each in members if not each.is_known)
    second = "" if other is None else other.name
    return Proposal(kind, event.day, one.name, second, handoff, event.key, event.subject, new)


def _said(cases: Sequence[_Case]) -> Iterator[Proposal]:
    """Give what was found, of one kind and person once a day, and of each two people once."""
    seen = set()
    for case in cases:
        for each in case.found:
            key: Any = (each.kind, each.day, each.person)
            if each.other:
                key = (each.kind, frozenset((each.person, each.other)))
            if key not in seen:
                seen.add(key)
                yield each


def _contacts(cases: Sequence[_Case], new: Collection[str]) -> Iterator[Proposal]:
    """Give the days on which I was in touch with somebody, each once."""
    told = {(each.person, each.day) for case in cases for each in case.found}
    told |= {(each.other, each.day) for case in cases for each in case.found if each.other}
    ways: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for case in cases:
        for each in _in_touch(case):
            ways[each.name][case.is_mine] += 1
    seen = set()
    for case in cases:
        for each in _in_touch(case):
            both, key = ways[each.name], (each.name, case.event.day)
            is_stranger = not each.is_known and each.name not in new
            if is_stranger and (case.event.is_own or min(both[True], both[False]) < _BOTH_WAYS):
                continue
            is_told = case.event.kind == _LEAST and key in told
            if (case.event.kind, *key) not in seen and not is_told:
                seen.add((case.event.kind, *key))
                yield _proposal(case.event.kind, case.event, each)


def _in_touch(case: _Case) -> list[Correspondent]:
    """Give those with whom an event was contact."""
    if case.event.is_own:
        return case.people if len(case.event.others) <= _MOST_NAMED + 1 else []
    few = len(case.event.others) <= _MOST_WRITTEN_TO
    if case.is_mine:
        return case.others if few else []
    return [case.sender] if few and case.to_me and case.sender is not None else []


class _There:
    """What the book has already of what may be proposed."""

    def __init__(self, known: Known) -> None:
        name = known.names.person
        self.keys = {str(row[_KEY] or "") for row in known.referrals}
        giver, receiver, prospect = NAMED["referrals"]
        self.referred = {
            (name(row[giver]), _bare(row[prospect]))
            for row in known.referrals
            if name(row[receiver]) == known.me
        }
        self.touched, self.introduced = set(), set()
        for row in known.touches:
            day, kind = row[_DAY], row[_KIND]
            people = [name(row[each]) for each in MEMBERS["touches"] if row[each]]
            self.touched |= {(kind, day, each) for each in people}
            if kind == "introduction":
                self.introduced.add(frozenset(people))
        self.in_touch = {(day, each) for _, day, each in self.touched}
        for row in known.referrals:
            self.in_touch |= {(row[_DAY], name(row[each])) for each in NAMED["referrals"]}

    def has(self, each: Proposal) -> bool:
        """Tell whether the book has it."""
        if each.kind == "referral":
            pair = (each.person, _bare(each.other))
            return row_id(each) in self.keys or pair in self.referred
        if each.kind == "introduction":
            return frozenset((each.person, each.other)) in self.introduced
        if each.kind == _LEAST:
            return (each.day, each.person) in self.in_touch
        return (each.kind, each.day, each.person) in self.touched


def row_id(each: Proposal) -> str:
    """Give the id of the referral of a proposal: it tells the mail again, and nothing of it."""
    return f"m{each.key}"


def _bare(name: str) -> str:
    return " ".join(name.casefold().split())
