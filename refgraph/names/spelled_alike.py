"""Names that are one but for capitals, accents and order, where nobody says who is who.

In a book names are as they are written, and people.csv says which are one. A table that is
imported has nobody who says so: ``ANN LEE``, ``Ann Lee`` and ``Lee, Ann`` are one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.names.spelling import bare
from refgraph.schema.distinct_values import repeated_places
from refgraph.schema.text import quoted
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["in_order", "is_code", "one_spelling", "say_spelled", "spelled_alike"]

_MOST_TOLD = 5


def one_spelling(names: Mapping[str, int]) -> dict[str, str]:
    """Give for every name the spelling of the person: of those alike the most usual one.

    A single word with a digit, and a single letter, are codes, and as they are written.

    Parameters
    ----------
    names : mapping of str to int
        How often each stands in a file.

    Examples
    --------
    >>> one_spelling({"ANN LEE": 2, "Ann Lee": 1, "Lee, Ann": 1, "Park, Bo": 1})
    {'ANN LEE': 'Ann Lee', 'Ann Lee': 'Ann Lee', 'Lee, Ann': 'Ann Lee', 'Park, Bo': 'Park, Bo'}
    >>> one_spelling({"x7Q": 1, "X7q": 1})
    {'x7Q': 'x7Q', 'X7q': 'X7q'}
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(name if is_code(name) else bare(name), []).append(name)
    for form in [*alike]:
        last, comma, first = form.partition(", ")
        if comma and (same := alike.get(f"{first} {last}")):
            same += alike.pop(form)
    best = {
        name: max(some, key=lambda each: (_is_usual(each), names[each]))
        for some in alike.values()
        for name in some
    }
    return {name: best[name] for name in names}


def spelled_alike(names: Mapping[str, int]) -> dict[str, str]:
    """Give the spelling of the person for each name that has another one.

    Examples
    --------
    >>> spelled_alike({"ANN LEE": 2, "Ann Lee": 1, "Bo Park": 1})
    {'ANN LEE': 'Ann Lee'}
    """
    some = [*names]  # few of a file are alike, and of the others nothing is kept
    alike = {some[at]: names[some[at]] for at in repeated_places(map(in_order, some))}
    return {name: best for name, best in one_spelling(alike).items() if name != best}


def say_spelled(
    meant: Mapping[str, str],
    written: Mapping[str, int],
    does: str = "spells",
    what: str = "a name in another way",
) -> str:
    """Say which cells name somebody in another way; nothing if none does.

    Examples
    --------
    >>> say_spelled({"ANN LEE": "Ann Lee"}, {"ANN LEE": 2})
    "2 cells spell a name in another way: 'ANN LEE' is 'Ann Lee'"
    """
    if not meant:
        return ""
    told = [f"{quoted(name)} is {quoted(person)}" for name, person in meant.items()][:_MOST_TOLD]
    more = [f"and {len(meant) - _MOST_TOLD:,} more"] * (len(meant) > _MOST_TOLD)
    cells = count(sum(written[name] for name in meant), "cell", does)
    return f"{cells} {what}: {', '.join([*told, *more])}"


def in_order(name: str) -> str:
    """Give what two spellings of one person have in common.

    Examples
    --------
    >>> in_order("Lee, Ann"), in_order("ANN LEE"), in_order("x7Q")
    ('ann lee', 'ann lee', 'x7Q')
    """
    if is_code(name):
        return name
    last, comma, first = (form := bare(name)).partition(", ")
    return f"{first} {last}" if comma else form


def is_code(name: str) -> bool:
    """Tell whether a name is a single word with a digit, or a single letter.

    Examples
    --------
    >>> is_code("n12"), is_code("a"), is_code("Ann"), is_code("Ann Lee 2")
    (True, True, False, False)
    """
    return " " not in name and (len(name) < 2 or any(map(str.isdigit, name)))


def _is_usual(name: str) -> tuple[bool, bool]:
    """Tell whether the first name stands first, and capitals are as names have them."""
    return ", " not in name, not (name.isupper() or name.islower())
