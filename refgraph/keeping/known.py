"""Whom a name typed at the keyboard stands for: somebody known, or somebody new."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from refgraph.errors import RefgraphError, UnknownPersonError
from refgraph.ledger.spelling import bare
from refgraph.schema.values import person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refgraph.ledger.options import Record

__all__ = ["Known", "Meant"]

# High enough that Tom and Dana of one family are two people, and Lopez is asked about as Lopes.
_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant by what was typed.

    Attributes
    ----------
    name : str
        The person, in the spelling of the book, or as typed if they are new.
    new : bool
        Whether nobody in the book is called so.
    guessed : bool
        Whether another spelling was typed than the book has.
    near : tuple of str
        People with nearly the same name, if this one is new.
    """

    name: str
    new: bool = False
    guessed: bool = False
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody a book knows, with the names they go by.

    Attributes
    ----------
    people : dict of str to tuple of str
        Each person, with their aliases.
    me : str or None
        Whose book it is.
    prospects : tuple of str
        Those who were referred so far.
    hidden : bool
        Whether the profession of the book hides them: they are found, and never suggested.
    """

    people: dict[str, tuple[str, ...]]
    me: str | None = None
    prospects: tuple[str, ...] = ()
    hidden: bool = False
    _spelled: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record) -> Known:
        """Gather everybody in a record."""
        referrals, declared = record.referrals.columns, record.people.columns
        aliases = dict(zip(declared["person"], declared["aliases"], strict=True))
        everyone = {*referrals["giver"], *referrals["receiver"], *aliases}
        everyone.update(record.touches.columns["person"], [record.me] if record.me else [])
        people = {name: tuple(aliases.get(name, ())) for name in sorted(everyone)}
        prospects = tuple(sorted({*referrals["prospect"]} - {""}))
        return cls(people, record.me, prospects, record.settings.hides)

    def find(self, typed: str, *, new: bool = False) -> Meant:
        """Find the person meant: by name or alias, ``me``, or a part only one person has.

        A part is the beginning of one word of the name, or several whole words of it.

        Parameters
        ----------
        typed : str
            What was typed.
        new : bool
            Whether somebody new is meant, unless the whole name is known.

        Raises
        ------
        UnknownPersonError
            More than one person is meant.
        RefgraphError
            ``me`` is meant, and the book does not say who that is.

        Examples
        --------
        >>> known = Known({"Ann Lee": ("A. Lee",), "Bo Park": ()}, me="Bo Park")
        >>> [known.find(typed).name for typed in ("a. lee", "ann", "ME", "Cy")]
        ['Ann Lee', 'Ann Lee', 'Bo Park', 'Cy']
        >>> known.find("Anne Lee").near
        ('Ann Lee',)
        """
        name = person(typed)
        whole = self._called(name)
        if whole:
            return self._one(name, whole)
        if name.casefold() == "me":
            if self.me is None:
                msg = (
                    "This book does not say who me is. Say it with --me NAME, or in "
                    'refgraph.toml: me = "NAME".'
                )
                raise RefgraphError(msg)
            return Meant(self.me)
        if not new and (having := [each for each in self.people if _has(each, name)]):
            return self._one(name, having)
        return Meant(name, new=True, near=() if new else _near(name, self._names()))

    def prospect(self, typed: str) -> Meant:
        """Find a prospect by the whole name among people and earlier prospects."""
        name = person(typed)
        if whole := self._called(name):
            return self._one(name, whole)
        if name in self.prospects:
            return Meant(name)
        same = [each for each in self.prospects if bare(each) == bare(name)]
        if len(same) == 1:
            return Meant(same[0], guessed=True)
        earlier = {each: [each] for each in self._shown}
        return Meant(name, new=True, near=_near(name, self._names() | earlier))

    def completing(self, text: str) -> list[str]:
        """Give the names and aliases that complete a text, or the one person with such a word.

        Several names that only have such a word would replace what was typed by
        the beginning that they share, which may be nothing.

        Examples
        --------
        >>> known = Known({"Ann Lee": ("A. Lee",), "Anna Bell": (), "Cy Bell": ()})
        >>> known.completing("an"), known.completing("lee"), known.completing("bell")
        (['Ann Lee', 'Anna Bell'], ['Ann Lee'], [])
        """
        return _completing(text, sorted(self._names()), sorted(self.people))

    def completing_prospect(self, text: str) -> list[str]:
        """Do the same for those who were referred before, and everybody else."""
        names = sorted({*self._shown, *self.people})
        return _completing(text, names, names)

    @property
    def _shown(self) -> tuple[str, ...]:
        return () if self.hidden else self.prospects

    def _called(self, name: str) -> list[str]:
        names = self._names()
        if name in self.people:
            return [name]
        for form in (str, str.casefold, bare):
            having = [
                who for each, whose in names.items() if form(each) == form(name) for who in whose
            ]
            if having:
                return list(dict.fromkeys(having))
        return []

    def _names(self) -> dict[str, list[str]]:
        """Give every name and alias, with the people who go by it."""
        if not self._spelled:
            for who, aliases in self.people.items():
                for each in (who, *aliases):
                    self._spelled.setdefault(each, []).append(who)
        return self._spelled

    def _one(self, name: str, people: list[str]) -> Meant:
        if len(people) > 1:
            raise UnknownPersonError(name, people)
        (who,) = people
        return Meant(who, guessed=name != who and name not in self.people[who])


def _completing(text: str, names: list[str], people: list[str]) -> list[str]:
    """Choose the names that begin with a text, else the one person with a word that does."""
    start = bare(text)
    found = [name for name in names if bare(name).startswith(start)]
    if found:
        return found
    having = [name for name in people if any(word.startswith(start) for word in bare(name).split())]
    return having if len(having) == 1 else []


def _has(name: str, part: str) -> bool:
    words, wanted = bare(name).split(), bare(part).split()
    if len(wanted) == 1:
        return any(word.startswith(wanted[0]) for word in words)
    runs = (words[at : at + len(wanted)] for at in range(len(words)))
    return bool(wanted) and wanted in list(runs)


def _near(name: str, names: dict[str, list[str]]) -> tuple[str, ...]:
    spelled: dict[str, list[str]] = {}
    for each, whose in names.items():
        spelled.setdefault(bare(each), []).extend(whose)
    close = get_close_matches(bare(name), spelled, n=3, cutoff=_ALIKE)
    return tuple(_first(who for text in close for who in spelled[text]))


def _first(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))[:3]
