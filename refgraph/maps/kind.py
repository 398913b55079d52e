"""The kinds of maps there are, each declared once: the commands, a review and choices read it here.

A new kind is a room of its own in :mod:`refgraph.maps.kinds`, and one entry in :data:`KINDS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.book.book import Book
    from refgraph.maps.scenes.scene import Scene

__all__ = ["BY_VALUE", "KINDS", "MapKind", "kinds_with"]

#: What colours and sizes of marks tell, where a map takes them.
BY_VALUE = ("color", "size")


@dataclass(frozen=True, slots=True)
class MapKind:
    """One kind of map.

    Attributes
    ----------
    name : str
        What it is called on the command line; its room in :mod:`refgraph.maps.kinds` too.
    help : str
        What it shows, in one line.
    options : mapping of str to str
        The options that not every map has, by the name of the argument: what it counts or does on
        this map, "" where it does what it does on every map.
    about_one : {"", "side", "without"}
        Whether it looks from one person, or leaves one person out; ``draw`` takes ``person`` then.
    compares : bool
        Whether it sets what was given against what was received, which some professions forbid.
    made_for : int or None
        How many people it is made for; with more it takes very long.
    by_value : bool
        Whether ``draw`` takes ``color`` and ``size``, a column or a value for each person; they are
        no options of the command line.

    Examples
    --------
    >>> KINDS["matrix"].help
    'who refers to whom, one way or both'
    >>> KINDS["matrix"].takes("person"), KINDS["overview"].takes("person")
    (False, True)
    """

    name: str
    help: str
    options: Mapping[str, str] = field(default_factory=dict)
    about_one: Literal["", "side", "without"] = ""
    compares: bool = True
    made_for: int | None = None
    by_value: bool = False

    def takes(self, option: str) -> bool:
        """Tell whether it has an option that not every map has."""
        if option in BY_VALUE:
            return self.by_value
        return bool(self.about_one) if option == "person" else option in self.options

    def draw(self, book: Book, **options: Any) -> Scene:
        """Draw it; its module is loaded only here."""
        scene: Scene = import_module(f"refgraph.maps.kinds.{self.name}.draw").draw(book, **options)
        return scene


def _by_name(kinds: Iterable[MapKind]) -> dict[str, MapKind]:
    return {kind.name: kind for kind in kinds}


KINDS: Mapping[str, MapKind] = _by_name(
    (
        MapKind(
            "owed",
            "whom you owe, and where you went first",
            {"highlight": "", "top": "rows on a side"},
            about_one="side",
        ),
        MapKind(
            "connectors",
            "who links the groups",
            {"with_me": "", "highlight": "", "top": "people", "only": "", "exact": ""},
            about_one="without",
            compares=False,
            by_value=True,
        ),
        MapKind(
            "overview",
            "a network of up to 100,000 people, as circles of groups",
            about_one="without",
            made_for=10_000,
            by_value=True,
        ),
        MapKind(
            "matrix",
            "who refers to whom, one way or both",
            {"highlight": "", "top": "people, up to 200", "only": "", "order": ""},
        ),
        MapKind(
            "timeline",
            "what you gave and received over time; without a me, all referrals by month",
            about_one="side",
        ),
        MapKind(
            "pipeline",
            "from given to won, by how it was introduced",
            about_one="side",
        ),
        MapKind(
            "chains",
            "who started what: whom they brought, and whom these brought in turn",
            {
                "with_me": "",
                "highlight": "",
                "top": "chains",
                "touch": "which of several referrals brought somebody; first if not given",
            },
        ),
    )
)


def kinds_with(option: str) -> list[MapKind]:
    """List the kinds that have an option.

    Examples
    --------
    >>> [kind.name for kind in kinds_with("only")]
    ['connectors', 'matrix']
    """
    return [kind for kind in KINDS.values() if kind.takes(option)]
