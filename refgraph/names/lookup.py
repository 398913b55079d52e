"""Who is meant by a name: one ladder, and what to do with a name at each of its steps."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from refgraph.errors import RefgraphError, UnknownPersonError
from refgraph.names.near import nearly, suggestions
from refgraph.names.short_forms import without_firm, without_initials
from refgraph.names.spelling import as_typed, bare, holds_in_a_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["ME_WORDS", "Found", "Lookup", "Meant", "Step", "as_typed"]

#: What somebody types for themselves.
ME_WORDS = ("me", "myself")
_BETWEEN_WORDS = re.compile(r"[\s()\[\],;/&\-\u2010-\u2015]+")
_LAST = "\U0010ffff"  # sorts after every word that begins alike


class Step(IntEnum):
    """How a name was found; the lower, the surer."""

    EXACT = 1
    ALIAS = 2
    ME = 3
    FORM = 4  # but for capitals and accents
    ORDER = 5  # but for the order "Last, First" and a company in brackets
    INITIAL = 6  # but for initials of middle names, which one of the two leaves out
    PART = 7
    NONE = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a name fits.

    Attributes
    ----------
    typed : str
        The name, in NFC and with single blanks.
    step : Step
        The first step on which it fits somebody.
    people : tuple of str
        Everybody whom it fits there, in the order of the book.
    """

    typed: str
    step: Step = Step.NONE
    people: tuple[str, ...] = ()

    @property
    def person(self) -> str | None:
        """The one whom it fits, if it is only one."""
        return self.people[0] if len(self.people) == 1 else None

    @property
    def is_sure(self) -> bool:
        """Whether it is a spelling of one name, and no guess."""
        return self.person is not None and self.step <= Step.FORM


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a row to be written names.

    Attributes
    ----------
    name : str
        The person, in the spelling of the book, or as typed if they are new.
    new : bool
        Whether nobody in the book is called so.
    guessed : bool
        Whether another spelling was typed than the book has.
    """

    name: str
    new: bool = False
    guessed: bool = False


class Lookup:
    """Everybody who can be meant, to be found by what is typed.

    Parameters
    ----------
    aliases : mapping of str to iterable of str
        Every person, with their other names.
    me : str, optional
        Who is meant by ``me``.
    hidden : collection of str
        People who are found, and never suggested.

    Examples
    --------
    >>> lookup = Lookup({"José Álvarez": [], "Joan Park": [], "Ann Lee": ["Annie"]}, me="Joan Park")
    >>> for typed in ("annie", "me", "jose alvarez", "Lee, Ann", "ann lee (Lee & Co)", "alv"):
    ...     print(f"{typed:<18} {lookup.find(typed).step.name:<5} {lookup.read(typed)}")
    annie              FORM  Ann Lee
    me                 ME    Joan Park
    jose alvarez       FORM  José Álvarez
    Lee, Ann           ORDER Ann Lee
    ann lee (Lee & Co) ORDER Ann Lee
    alv                PART  José Álvarez
    >>> lookup.find("oan").people
    ()
    """

    def __init__(
        self,
        aliases: Mapping[str, Iterable[str]],
        me: str | None = None,
        hidden: Iterable[str] = (),
    ) -> None:
        self.aliases = {person: tuple(others) for person, others in aliases.items()}
        self.me = me
        self.hidden = frozenset(hidden)
        self._called: dict[str, list[str]] = {}
        for person, others in self.aliases.items():
            for alias in others:
                _note(self._called, alias, person)
        self._forms: dict[Callable[[str], str], dict[str, list[str]]] = {}
        self._orders: dict[str, list[tuple[str, str]]] = {}
        self._initials: dict[str, list[tuple[str, str, str]]] = {}
        self._words: dict[bool, list[tuple[str, str, str]]] = {}

    def add(self, name: str, person: str | None = None) -> None:
        """Make one more name known: of somebody new, or of a person who goes by it too.

        It takes as long however many names there are.

        Parameters
        ----------
        name : str
            The name.
        person : str, optional
            Who goes by it; somebody new, if it is nobody else's.

        Examples
        --------
        >>> lookup = Lookup({"Ann Lee": []})
        >>> lookup.find("Cy, Dunn").people
        ()
        >>> lookup.add("Cy Dunn")
        >>> lookup.add("Annie", "Ann Lee")
        >>> lookup.find("Dunn, Cy").people, lookup.find("ANNIE").people
        (('Cy Dunn',), ('Ann Lee',))
        """
        person = name if person is None else person
        entries = []
        if person not in self.aliases:
            self.aliases[person] = ()
            entries.append(person)
        if name not in (person, *self.aliases[person]):
            self.aliases[person] = (*self.aliases[person], name)
            _note(self._called, name, person)
            entries.append(name)
        for text in entries:
            for form, spelled in self._forms.items():
                _note(spelled, form(text), person)
            if self._orders:
                self._order(text, person)
            if self._initials:
                self._initial(text, person)
            self._words.clear()

    def names(self) -> Iterator[tuple[str, str]]:
        """Give every name and alias, with the person who goes by it."""
        for person, others in self.aliases.items():
            yield from ((name, person) for name in dict.fromkeys((person, *others)))

    def find(self, typed: str, *, last: Step = Step.PART) -> Found:
        """Go up the ladder as far as ``last``, and stop where the name fits somebody."""
        name = as_typed(typed)
        for step, fitting in (
            (Step.EXACT, self._exact),
            (Step.ALIAS, self._by_alias),
            (Step.ME, self._by_me_word),
            (Step.FORM, self._by_form),
            (Step.ORDER, self._by_order),
            (Step.INITIAL, self._by_initial),
            (Step.PART, self._by_part),
        ):
            if step <= last and (people := fitting(name)):
                return Found(name, step, tuple(people))
        return Found(name)

    def is_alias(self, typed: str) -> bool:
        """Tell whether a name that is surely somebody's is only another name of theirs.

        Examples
        --------
        >>> lookup = Lookup({"Ann Lee": ["Annie"]})
        >>> lookup.is_alias("annie"), lookup.is_alias("ann lee")
        (True, False)
        """
        found = self.find(typed, last=Step.FORM)
        person = found.person
        same = person is not None and bare(person) == bare(found.typed)
        return found.step is Step.ALIAS or (found.step is Step.FORM and not same)

    def read(self, typed: str) -> str:
        """Find who is asked about: whom the name, or a part of one, fits alone.

        Raises
        ------
        UnknownPersonError
            It fits nobody, or several.
        RefgraphError
            It is ``me``, and nothing says who that is.

        Examples
        --------
        >>> Lookup({"Ann Lee": [], "Ann Park": []}).read("ann")
        Traceback (most recent call last):
        refgraph.errors.UnknownPersonError: 2 people in this book have 'ann' in their name. \
Did you mean 'Ann Lee' or 'Ann Park'?
        """
        found = self.find(typed)
        if found.person is None:
            raise self._refusal(found)
        return found.person

    def change(self, typed: str) -> str:
        """Find of whom a row is to be changed: nobody is taken by a guess.

        Raises
        ------
        UnknownPersonError
            It is no name, alias or other spelling of anybody; who may be meant is told.

        Examples
        --------
        >>> Lookup({"Ann Lee": ["Annie"]}).change("annie")
        'Ann Lee'
        >>> Lookup({"Ann Lee": []}).change("ann")
        Traceback (most recent call last):
        refgraph.errors.UnknownPersonError: No one called 'ann' in this book. \
Did you mean 'Ann Lee'?
        """
        found = self.find(typed)
        if found.is_sure and found.person is not None:
            return found.person
        raise self._refusal(found)

    def write(self, typed: str, *, new: bool = False) -> Meant:
        """Find whom a new row names: a known name is taken, and a guess is not.

        Parameters
        ----------
        typed : str
            What was typed.
        new : bool
            Whether somebody new is meant, unless the whole name is known.

        Raises
        ------
        UnknownPersonError
            It may be somebody: a part of a name fits, or a name is nearly so.

        Examples
        --------
        >>> lookup = Lookup({"Ann Lee": []})
        >>> lookup.write("ANN LEE").name, lookup.write("Cy").new, lookup.write("Ann", new=True).new
        ('Ann Lee', True, True)
        """
        found = self.find(typed)
        if found.is_sure and found.person is not None:
            return Meant(found.person, guessed=found.step is Step.FORM)
        if self._is_nobodys_me(found.typed):
            raise self._refusal(found)
        if found.people and (
            found.step <= Step.FORM or not (new or self.hidden.issuperset(found.people))
        ):
            raise self._refusal(found)
        if not new and (near := nearly(found.typed, self._shown())):
            raise UnknownPersonError(found.typed, near)
        return Meant(found.typed, new=True)

    def _is_nobodys_me(self, name: str) -> bool:
        return self.me is None and name.casefold() in ME_WORDS

    def _shown(self) -> Iterator[tuple[str, str]]:
        return ((name, person) for name, person in self.names() if person not in self.hidden)

    def _refusal(self, found: Found) -> RefgraphError:
        if not found.people and self._is_nobodys_me(found.typed):
            msg = (
                "This book does not say who me is. Say it with --me NAME, or in "
                'refgraph.toml: me = "NAME".'
            )
            return RefgraphError(msg)
        shown = [person for person in found.people if person not in self.hidden]
        if not found.people:
            shown = [*suggestions(found.typed, (name for name, _ in self._shown()))]
        return UnknownPersonError(found.typed, shown, fitting=len(found.people))

    def _exact(self, name: str) -> list[str]:
        return [name] if name in self.aliases else []

    def _by_alias(self, name: str) -> list[str]:
        return self._called.get(name, [])

    def _by_me_word(self, name: str) -> list[str]:
        return [self.me] if self.me is not None and name.casefold() in ME_WORDS else []

    def _by_form(self, name: str) -> list[str]:
        for form in (str.casefold, bare):
            if form not in self._forms:
                spelled = self._forms[form] = {}
                for text, person in self.names():
                    _note(spelled, form(text), person)
            if people := self._forms[form].get(form(name)):
                return people
        return []

    def _by_order(self, name: str) -> list[str]:
        if not self._orders:
            for text, person in self.names():
                self._order(text, person)
        plain, firm = without_firm(name)
        fitting = self._orders.get(plain, ()) if plain else ()
        return list(
            dict.fromkeys(person for other, person in fitting if other in ("", firm) or not firm)
        )

    def _by_initial(self, name: str) -> list[str]:
        if not self._initials:
            for text, person in self.names():
                self._initial(text, person)
        short, middle, firm = without_initials(name)
        fitting = self._initials.get(short, ()) if short else ()
        return list(
            dict.fromkeys(
                person
                for other, company, person in fitting
                if bool(middle) != bool(other) and (company in ("", firm) or not firm)
            )
        )

    def _order(self, text: str, person: str) -> None:
        plain, firm = without_firm(text)
        self._orders.setdefault(plain, []).append((firm, person))

    def _initial(self, text: str, person: str) -> None:
        short, middle, firm = without_initials(text)
        self._initials.setdefault(short, []).append((middle, firm, person))

    def _by_part(self, name: str) -> list[str]:
        if self._is_nobodys_me(name):
            return []
        return self._having(name, aliases=False) or self._having(name, aliases=True)

    def _having(self, part: str, *, aliases: bool) -> list[str]:
        """Find who has a word that begins so, or several words in a row, the last one begun."""
        if aliases not in self._words:
            self._words[aliases] = sorted(
                (word, text, person)
                for text, person in self.names()
                if (text != person) == aliases
                for word in {*bare(text).split(), *_BETWEEN_WORDS.split(bare(text))} - {""}
            )
        words, wanted = self._words[aliases], bare(part).split()
        if not wanted:
            return []
        if len(wanted) == 1:
            fitting = words[_place(words, wanted[0]) : _place(words, wanted[0] + _LAST)]
            having = {person for _, _, person in fitting}
        else:
            *whole, last = wanted
            spans = [(_place(words, word), _place(words, f"{word}\0")) for word in whole]
            spans.append((_place(words, last), _place(words, last + _LAST)))
            first, end = min(spans, key=lambda span: span[1] - span[0])
            texts = {(text, person) for _, text, person in words[first:end]}
            having = {
                person for text, person in texts if holds_in_a_row(bare(text).split(), wanted)
            }
        return sorted(having)


def _place(words: list[tuple[str, str, str]], word: str) -> int:
    return bisect_left(words, (word, "", ""))


def _note(spelled: dict[str, list[str]], text: str, person: str) -> None:
    people = spelled.setdefault(text, [])
    if person not in people[-1:]:  # the names of a person follow each other
        people.append(person)
