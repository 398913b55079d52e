"""Maps of a book: pictures whose every name can be read, and a scene that says where it is.

A book comes in, a :class:`Scene` goes out, which writes PNG, SVG, PDF, HTML and JSON.

- `kind`: which maps there are, each declared once; `choice`: which of them suits a book;
- `kinds`: a room for each, from data to a page; `layout`: where people, names and ties go;
- `scenes`: what is drawn, and whose it is; `drawing`: text and shapes in pixels; `html`: the page
  that can be explored; `notebook`: that page inside a notebook.

>>> from refgraph import Book, maps
>>> scene = maps.draw("owed", Book.sample())
>>> scene.save("owed.svg")  # doctest: +SKIP
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.errors import RefgraphError
from refgraph.maps.kind import BY_VALUE, KINDS, kinds_with
from refgraph.maps.scenes import formats
from refgraph.progress import doing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from refgraph.book.book import Book
    from refgraph.maps import choice as choice
    from refgraph.maps.kinds.chains import draw as chains
    from refgraph.maps.kinds.connectors import draw as connectors
    from refgraph.maps.kinds.matrix import draw as matrix
    from refgraph.maps.kinds.overview import draw as overview
    from refgraph.maps.kinds.owed import draw as owed
    from refgraph.maps.kinds.pipeline import draw as pipeline
    from refgraph.maps.kinds.timeline import draw as timeline
    from refgraph.maps.layout import quality as quality
    from refgraph.maps.scenes.scene import Scene as Scene

__all__ = [
    "KINDS",
    "Scene",
    "chains",
    "choice",
    "connectors",
    "draw",
    "matrix",
    "overview",
    "owed",
    "pipeline",
    "quality",
    "timeline",
]

_MODULES = {"choice": "refgraph.maps.choice", "quality": "refgraph.maps.layout.quality"}

_NOTEBOOK = 1200  # pixels: a cell of a notebook has about so much room, and both sides of owed too
_PHONE = 480  # pixels: the least that maps are drawn on; a phone shows them a little smaller

formats.register("page", "refgraph.maps.html", "page")
formats.register("explorer", "refgraph.maps.notebook", "explore")


def draw(kind: str, book: Book, *, ax: Axes | None = None, **options: Any) -> Scene:
    """Draw one kind of map.

    Parameters
    ----------
    kind : str
        Which map, one of :data:`refgraph.maps.KINDS`, where it says what each shows; see the
        function ``draw`` of its module, like :func:`refgraph.maps.kinds.owed.draw.draw`.
    book : Book
        What to draw.
    ax : matplotlib.axes.Axes, optional
        Draw there, laid out for its size, without heading, legend and margins: what these say is
        in the scene's ``title``, ``subtitle`` and ``legend``.
    **options
        Passed on to that map.

    Returns
    -------
    Scene
        The figure, and where everything on it is. Without a size of one's own it is 1,600 pixels
        wide, and in a notebook 1,200, so that its letters can be read there.

    Raises
    ------
    RefgraphError
        There is no such map, or it cannot be drawn with these options.

    See Also
    --------
    refgraph.maps.choice.choose : the kind that suits a book.

    Examples
    --------
    >>> from refgraph import Book
    >>> draw("owed", Book.sample()).title[:7]
    'You owe'
    """
    if kind not in KINDS:
        *others, last = KINDS
        msg = f"There is no map {kind!r}. Choose {', '.join(others)} or {last}."
        raise RefgraphError(msg)
    for option in [name for name in BY_VALUE if name in options]:
        if not KINDS[kind].takes(option):
            able = " or ".join(each.name for each in kinds_with(option))
            msg = f"The map {kind} has no {option} of one's own choice. Draw {able} with it."
            raise RefgraphError(msg)
    with doing(f"Drawing the map {kind}"):
        if ax is None and (options.get("width") or options.get("height")):
            large_page = import_module("refgraph.maps.large_page")
            scene: Scene = large_page.draw_large(KINDS[kind].draw, {"book": book, **options})
        elif ax is None:
            scene = KINDS[kind].draw(book, **options)
            scene.for_notebook = partial(draw, kind, book, width=_NOTEBOOK, **options)
            if scene.sheet:
                scene.for_phone = partial(draw, kind, book, width=_PHONE, **options)
        else:
            draw_on = import_module("refgraph.maps.on_axes").draw_on
            scene = draw_on(ax, KINDS[kind].draw, {"book": book, **options})
        if scene.details is None:  # the map has nothing to add to what the book tells
            whose = options.get("person")
            details = import_module("refgraph.maps.scenes.details")
            scene.details = details.of(book, book.me if whose is None else book.person(whose))
    return scene


def __getattr__(name: str) -> Any:
    if name == "Scene":
        return import_module("refgraph.maps.scenes.scene").Scene
    if name in KINDS:
        return import_module(f"refgraph.maps.kinds.{name}.draw")
    if name in _MODULES:
        return import_module(_MODULES[name])
    msg = f"module 'refgraph.maps' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return list(__all__)
