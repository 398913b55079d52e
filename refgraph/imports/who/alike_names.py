"""New names that may be another spelling of somebody's in the book or the file: these are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.names.lookup import Lookup, Step
from refgraph.names.nicknames import also_called, by_full_form
from refgraph.names.spelling import spelling
from refgraph.schema.distinct_values import repeated_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refgraph.names.spelling import Spelling

__all__ = ["alike_names"]


def alike_names(names: Iterable[str], book: Lookup) -> dict[str, Sequence[str]]:
    """Give, for each name that may be somebody else's in another spelling, whose.

    Parameters
    ----------
    names : iterable of str
        The names of a file, in their order: each may be one of the book or one before it.
    book : Lookup
        Everybody in the book.

    Examples
    --------
    >>> book = Lookup({"Ann Lee": []})
    >>> alike_names(["Ann B. Lee", "Robert Fox", "Bob Fox", "P. Lang", "Peter Lang"], book)
    {'Ann B. Lee': ('Ann Lee',), 'Bob Fox': ('Robert Fox',), 'Peter Lang': ('P. Lang',)}
    >>> alike_names(["Ann Lee", "P. Lang", "Paul Lang", "Peter Lang"], book)
    {'P. Lang': ('Paul Lang', 'Peter Lang')}
    """
    found: dict[str, Sequence[str]] = {}
    new: dict[str, str] = {}
    forms = by_full_form(book.names())
    for name in dict.fromkeys(names):
        met = book.find(name, last=Step.INITIAL)
        near = met.people or (also_called(name, forms) if " " in name else ())
        if near and met.step > Step.ME:
            found[name] = near
        elif not near:
            new[name] = name
    return found | _among_themselves([*new])


def _among_themselves(names: Sequence[str]) -> dict[str, Sequence[str]]:
    """Find the new names that may be one person: by a short form, or by initials."""
    whole: list[str] = []

    def outlines() -> Iterator[tuple[object, ...]]:
        for name in names:
            if len((each := spelling(name)).words) > 1:
                whole.append(name)
                yield _outline(each)

    places = repeated_places(outlines())  # of the others, which are many, nothing is kept
    pairs = _by_initials([whole[at] for at in places])
    forms = by_full_form((name, name) for name in whole)
    order = {name: at for at, name in enumerate(whole)} if forms else {}
    for name, at in order.items():
        near = [each for each in also_called(name, forms) if order[each] < at]
        if near and name not in pairs:
            pairs[name] = near
    return {name: tuple(pairs[name]) for name in names if name in pairs}


def _outline(name: Spelling) -> tuple[object, ...]:
    """Give what two names have in common if one has an initial for the other's first name."""
    return name.words[0][0], name.words[-1], name.apart


def _by_initials(names: Sequence[str]) -> dict[str, list[str]]:
    """Find whom a name with an initial may be short for, or the name that came after one."""
    pairs: dict[str, list[str]] = {}
    short: dict[tuple[object, ...], list[str]] = {}
    full: dict[tuple[object, ...], list[str]] = {}
    for name in names:
        each = spelling(name)
        place = short if len(each.words[0]) == 1 else full
        place.setdefault(_outline(each), []).append(name)
    order = {name: at for at, name in enumerate(names)}
    for key, some in short.items():
        others = full.get(key, [])
        for name in some:
            if len(others) == 1:  # the later of two is the one that is asked about
                first, second = sorted((name, others[0]), key=order.__getitem__)
                pairs.setdefault(second, []).append(first)
            elif others:
                pairs[name] = others
    return pairs
