"""Who is behind the names and addresses of mail: me, somebody of the book, or somebody new."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.book_index import Names
from refgraph.imports.events.event_words import is_robot, is_shared
from refgraph.names.lookup import Step
from refgraph.schema.text import FieldError, argument
from refgraph.schema.values import person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from refgraph.imports.book_index import Known
    from refgraph.imports.events.captured_event import Event, Party

__all__ = ["Correspondent", "Correspondents", "is_one_firm"]

_BRACKETS = re.compile(r"\s*[(\[|].*$")
_VIA = re.compile(r"\s+(?:via|von|by|chez|@|at|per|través de)\s+.*$", re.IGNORECASE)
_FIRM = re.compile(
    r"\b(?:ltd|inc|llc|llp|gmbh|ag|kg|sarl|sas|sa|srl|spa|bv|nv|plc|co|corp|team|group|gruppe"
    r"|support|service|services|bank|shop|newsletter|office|club|verein|praxis|kanzlei)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][^\d_]*")
# Names that are written without a blank: Chinese, Japanese, Korean.
_WITHOUT_BLANKS = re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]{2,6}|[\uac00-\ud7a3]{2,5}")
_PARTS = re.compile(r"[._-]+")
_ADDRESSES = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
_MANY = re.compile(
    r"(?:gmail|googlemail|gmx|web|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|proton"
    r"|protonmail|pm|t-online|freenet|posteo|mailbox|orange|wanadoo|free|laposte|sfr|libero"
    r"|tiscali|alice|virgilio|terra|telefonica|ziggo|kpnmail|planet|xs4all|sapo|uol|bol|zoho"
    r"|fastmail|hey|mail|email|bluewin|hispeed|tutanota|tuta)\.\S+"
)


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody who takes part.

    Attributes
    ----------
    name : str
        As the book spells it, or as mail shows it.
    address : str
        Where mail reached them.
    is_known : bool
        Whether the book knows them.
    """

    name: str
    address: str
    is_known: bool


def is_one_firm(one: Correspondent, other: Correspondent) -> bool:
    """Tell whether two have their addresses at one firm, and not at where many have theirs.

    Examples
    --------
    >>> ann = Correspondent("Ann", "ann@lee.example", True)
    >>> is_one_firm(ann, Correspondent("Bo", "bo@lee.example", True))
    True
    """
    domains = {each.address.rpartition("@")[2] for each in (one, other)}
    return len(domains) == 1 and not any(_MANY.fullmatch(each) for each in domains)


class Correspondents:
    """Everybody who takes part in some events, as the book knows them or as they are called.

    Parameters
    ----------
    known : Known
        The book.
    events : sequence of Event
        The mails and appointments.
    mine : iterable of str
        Addresses that are said to be mine.
    new : collection of str
        Who is to become somebody of the book.
    """

    def __init__(
        self,
        known: Known,
        events: Sequence[Event],
        mine: Iterable[str] = (),
        new: Collection[str] = (),
    ) -> None:
        self.known, self.new = known, new
        names = known.names
        everyone = [*names.everyone(), *new]
        self.lookup = Names(everyone, names.aliases, names.me).lookup if new else names.lookup
        self._people = dict(_addresses_of(known))
        self.mine = {each.casefold() for each in mine}
        self.mine |= {address for address, name in self._people.items() if name == known.me}
        self._shown = _names_shown(events)
        self._found: dict[tuple[str, str], Correspondent | None] = {}
        self.mine |= self._called_me(events)

    def _called_me(self, events: Sequence[Event]) -> set[str]:
        """Find the addresses that go by my name.

        Those that are written to, as anybody can write in my name; where nobody writes to me,
        that which writes most, unless it is known how I am reached.
        """
        received, sent = Counter[str](), Counter[str]()
        for event in events:
            if self._names_me(event.sender):
                sent[event.sender.address] += 1
            for each in event.others:
                if self._names_me(each):
                    received[each.address] += 1
        most = {address for address, times in sent.items() if 2 * times >= sent.total()}
        return {*received} or (set() if self.mine else most)

    def _names_me(self, party: Party) -> bool:
        name = self._book_name(party.name)
        return name is not None and name == self.known.me

    def is_me(self, party: Party) -> bool:
        """Tell whether an address is mine."""
        return party.address in self.mine

    def misses_me(self, event: Event) -> bool:
        """Tell whether an appointment was without me: I declined, or nobody called me to it."""
        called = (event.sender, *event.others)
        without = bool(event.sender.address) and not any(map(self.is_me, called))
        return not self.mine.isdisjoint(event.away) or (bool(self.mine) and without)

    def nobody_is_me(self, path: str, events: Sequence[Event]) -> LedgerError:
        """Build the error that is raised where no address is known to be mine."""
        often = Counter(each.address for event in events for each in (event.sender, *event.others))
        (address, _), *_ = often.most_common(1) or [("you@mail.example", 0)]
        message = "nothing says which address is yours"
        return LedgerError([Problem(path, 0, message, hint=f"say it: --mine {argument(address)}")])

    def who(self, party: Party) -> Correspondent | None:
        """Find who is behind a party; None if that is nobody whom one could name."""
        key = (party.name, party.address)
        if key not in self._found:
            self._found[key] = self._find(party)
        return self._found[key]

    def _book_name(self, shown: str) -> str | None:
        """Find whom of the book a name surely means."""
        for text in dict.fromkeys((shown, _BRACKETS.sub("", shown))):
            if text and (name := self.lookup.find(text, last=Step.INITIAL).person):
                return name
        return None

    def _find(self, party: Party) -> Correspondent | None:
        address = party.address
        if is_robot(address):
            return None
        shown = self._shown.get(address, "")
        if name := self._people.get(address) or self._book_name(party.name):
            return Correspondent(name, address, is_known=name not in self.new)
        if name := self._book_name(shown):
            return Correspondent(name, address, is_known=name not in self.new)
        new = "" if is_shared(address) else _new_name(shown, address)
        people = self.lookup.find(new, last=Step.INITIAL).people if new else ()
        if len(people) == 1:
            return Correspondent(people[0], address, is_known=people[0] not in self.new)
        # one of several: who, nobody can tell
        return Correspondent(new, address, is_known=False) if new and not people else None


def _addresses_of(known: Known) -> Iterable[tuple[str, str]]:
    for name, row in known.people.items():
        for address in _ADDRESSES.findall(str(row.get("email") or "")):
            yield address.casefold(), name


def _names_shown(events: Sequence[Event]) -> dict[str, str]:
    """Give the name by which each address is shown most."""
    shown: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        for each in (event.sender, *event.others):
            if each.name:
                shown[each.address][each.name] += 1
    return {address: names.most_common(1)[0][0] for address, names in shown.items()}


def _new_name(shown: str, address: str) -> str:
    """Give the name of somebody new as one says it; nothing where it is none of a person."""
    name = _VIA.sub("", _BRACKETS.sub("", shown)).strip(" \"'.,;:")
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma and first and "," not in first and not _FIRM.search(first):
        name = f"{first} {last}"
    if len(name.split()) < 2:
        parts = [part for part in _PARTS.split(address.partition("@")[0]) if part]
        if len(parts) == 2 and all(len(part) > 1 and part.isalpha() for part in parts):
            name = " ".join(part.capitalize() for part in parts)
    words = name.split()
    sound = (2 <= len(words) <= 5 or _WITHOUT_BLANKS.fullmatch(name)) and all(
        _WORD.match(word) for word in words
    )
    if not sound or _FIRM.search(name):
        return ""
    try:
        return person(name)
    except FieldError:
        return ""
