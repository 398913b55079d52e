"""Maps of a book: pictures whose every name can be read, and a scene that says where it is.

>>> from refgraph import Book, maps
>>> scene = maps.draw("owed", Book.sample())
>>> scene.save("owed.svg")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from refgraph.book import Book
    from refgraph.maps import connectors as connectors
    from refgraph.maps import owed as owed
    from refgraph.maps import quality as quality
    from refgraph.maps.scene import Scene as Scene

__all__ = ["KINDS", "Scene", "connectors", "draw", "owed", "quality"]

KINDS = ("owed", "connectors")


def draw(kind: str, book: Book, **options: Any) -> Scene:
    """Draw one kind of map.

    Parameters
    ----------
    kind : {"owed", "connectors"}
        Which map; see :func:`refgraph.maps.owed.draw`, :func:`refgraph.maps.connectors.draw`.
    book : Book
        What to draw.
    **options
        Passed on to that map.

    Returns
    -------
    Scene
        The figure, and where everything on it is.

    Examples
    --------
    >>> from refgraph import Book
    >>> draw("owed", Book.sample()).title[:7]
    'You owe'
    """
    if kind not in KINDS:
        msg = f"There is no map {kind!r}. Choose {' or '.join(KINDS)}."
        raise RefgraphError(msg)
    scene: Scene = import_module(f"refgraph.maps.{kind}").draw(book, **options)
    if scene.details is None:  # the map has nothing to add to what the book tells
        whose = options.get("person")
        details = import_module("refgraph.maps.details")
        scene.details = details.of(book, book.me if whose is None else book.person(whose))
    return scene


def __getattr__(name: str) -> Any:
    if name in {"connectors", "owed", "quality"}:
        return import_module(f"refgraph.maps.{name}")
    if name == "Scene":
        return import_module("refgraph.maps.scene").Scene
    msg = f"module 'refgraph.maps' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return list(__all__)
