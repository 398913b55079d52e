"""Whom a few words name, among who is known; and the day that stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refgraph.imports.book_index import Names
from refgraph.imports.inbox.inbox_words import ME
from refgraph.names.lookup import Step
from refgraph.names.near import nearly
from refgraph.schema.text import argument, quoted, refuse
from refgraph.schema.values import person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.imports.request import Request

__all__ = ["CapturedNames"]

_MOST_WORDS = 4
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class CapturedNames:
    """Who is meant, in words written for oneself.

    Attributes
    ----------
    names : Names
        Everyone in the book.
    renames : mapping of str to str
        A name as it is written, and the name in the book.
    newcomers : frozenset of str
        Names that are of somebody new, whoever is called nearly so.
    every : bool
        Whether everybody who is not known is somebody new.
    taken : dict of str to str
        Parts of names that were taken for a whole one.
    new : dict of str to None
        Who is new.

    Examples
    --------
    >>> who = CapturedNames(Names(["Ann Lee", "Bo Park"], {}, "Bo Park"))
    >>> who.find("ann"), who.find("mir"), who.leading("me Okafor Dental")
    ('Ann Lee', 'Bo Park', ('Bo Park', 'Okafor Dental'))
    >>> who.taken
    {'ann': 'Ann Lee'}
    """

    names: Names
    renames: Mapping[str, str] = field(default_factory=dict)
    newcomers: frozenset[str] = frozenset()
    every: bool = False
    taken: dict[str, str] = field(default_factory=dict)
    new: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Names, request: Request) -> CapturedNames:
        """Look for those of a book, with what somebody says about who is meant."""
        mine = Names(names.everyone(), names.aliases, names.me)
        newcomers = frozenset(request.newcomers)
        return cls(mine, request.renames, newcomers, every=request.new_people)

    def with_new(self) -> CapturedNames:
        """Look among those too who turned out to be new, and have a name of several words."""
        whole = {name: None for name in self.new if " " in name}
        names = Names([*self.names.everyone(), *whole], self.names.aliases, self.names.me)
        return replace(self, names=names, taken={}, new=whole)

    def is_me(self, text: str) -> bool:
        """Tell whether somebody speaks of themselves."""
        return text.strip().casefold() in ME and not self.names.called(text.strip().casefold())

    def _me(self) -> str:
        if self.names.me is None:
            refuse("nothing says who you are", "say it with --me NAME")
        return self.names.me

    def _known(self, text: str, last: Step) -> str | None:
        """Give the one who is surely meant, at a step of the lookup."""
        if self.is_me(text):
            return self._me()
        return self.names.lookup.find(self.renames.get(text, text), last=last).person

    def find(self, text: str) -> str:
        """Find who is meant by a whole text; who is nearly called so is not taken for new.

        Raises
        ------
        FieldError
            It may be somebody, or several, or is no name.
        """
        name = person(text)
        if name in self.newcomers:
            self.new[name] = None
            return name
        found = self._known(name, Step.PART)
        if found is not None:
            surely = self._known(name, Step.FORM)
            if surely is None:
                self.taken[name] = found
            return found
        several = self.names.lookup.find(name).people
        near = several[:3] or nearly(name, self.names.lookup.names())
        if near and (several or not self.every):
            who = " or ".join(map(quoted, near))
            refuse(
                f"{quoted(name)} may be {who}",
                f"say --rename {argument(f'{name}={near[0]}')}, or --new-person {argument(name)}",
            )
        if len(name.split()) > _MOST_WORDS:
            refuse(
                f"{quoted(name)} is nobody of the book, and long for a name",
                "write a colon between who received and who was referred, "
                f"or say --new-person {argument(name)}",
            )
        self.new[name] = None
        return name

    def leading(self, text: str) -> tuple[str, str]:
        """Find who is named at the beginning of a text, and give the rest.

        The longest beginning that is somebody's name is meant; if none is, the whole text.

        Raises
        ------
        FieldError
            The whole text may be somebody, or is no name.
        """
        ends = [found.end() for found in _WORD.finditer(text)]
        for end in reversed(ends):
            who = self._known(person(text[:end]), Step.INITIAL)
            if who is not None:
                return who, text[end:].strip()
        return self.find(text), ""
