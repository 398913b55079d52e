"""What is to be said of the owner of a mark in one line: a name, and the referrals counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.maps.scenes import phrases
from refgraph.maps.scenes.folded_ties import Counted
from refgraph.maps.scenes.marks import Between

if TYPE_CHECKING:
    from refgraph.maps.scenes.details import Details
    from refgraph.maps.scenes.marks import Owner

__all__ = ["Titles"]


class Titles:
    """Titles of the people and the ties of a map, from what it may tell of them.

    Parameters
    ----------
    details : Details or None
        What the map tells; names alone are said without it.

    Examples
    --------
    >>> from refgraph.maps.scenes.details import Details
    >>> from refgraph.maps.scenes.folded_ties import Tie
    >>> ties = [Tie("Ann", "Bo", undated=2), Tie("Bo", "Ann", undated=1)]
    >>> titles = Titles(Details(None, you=False, people={}, ties=ties))
    >>> titles.of("Ann")
    'Ann: gave 2 referrals to 1 person, received 1 from 1 person'
    >>> titles.of(("Ann", "Bo"))
    'Ann to Bo: 2 referrals'
    """

    def __init__(self, details: Details | None) -> None:
        self.details = details
        self._counted = Counted(details.ties if details else ())

    def of(self, owner: Owner) -> str:
        """Give the title of an owner; "" for nobody."""
        if owner is None:
            return ""
        if isinstance(owner, Between):
            between = f"{phrases.isolated(owner.giver)} to {phrases.isolated(owner.receiver)}"
            return f"{between}: {phrases.many(owner.referrals, 'referral')}"
        if isinstance(owner, tuple):
            return self._tie(*owner)
        told = self._person(owner)
        return f"{self._called(owner)}: {told}" if told else self._called(owner)

    def _called(self, person: str) -> str:
        known = self.details
        mine = known is not None and known.you and person == known.whose
        return "You" if mine else phrases.isolated(person)

    def _tie(self, giver: str, receiver: str) -> str:
        ends = self._called(giver), self._called(receiver)
        if self.details is None:
            return f"{ends[0]} and {ends[1]}"
        if self.details.shared:
            return f"{ends[0]} and {ends[1]}: a referral passed"
        if self.details.brought:
            return f"{ends[0]} brought {ends[1]}"
        count = self._counted.between(giver, receiver)
        told = f": {phrases.many(count, 'referral')}" if count is not None else ""
        return f"{ends[0]} to {ends[1]}{told}"

    def _person(self, person: str) -> str:
        """Say how much somebody gave and received, as far as the map tells of it."""
        if self.details is None:
            return ""
        (gave, to), (got, by) = self._counted.given(person), self._counted.received(person)
        if self.details.shared:
            return f"ties with {phrases.many(len({*to, *by}), 'person', 'people')}"
        if self.details.brought:
            brought = f"brought {phrases.many(len(to), 'person', 'people')}" if to else ""
            came = f"brought by {phrases.listed([self._called(each) for each in by])}" if by else ""
            return "; ".join(filter(None, (came, brought)))
        parts = []
        if to:
            people = phrases.many(len(to), "person", "people")
            parts.append(f"gave {phrases.many(gave, 'referral')} to {people}")
        if by:
            people = phrases.many(len(by), "person", "people")
            total = phrases.number(got) if parts else phrases.many(got, "referral")
            parts.append(f"received {total} from {people}")
        return ", ".join(parts) or "no referrals"
