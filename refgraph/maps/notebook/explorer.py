"""The page of a map in a notebook: a frame, or a widget that hears who is selected."""

from __future__ import annotations

import base64
import html
from importlib import import_module, resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from refgraph.errors import RefgraphError
from refgraph.maps import html as pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.maps.scenes.scene import Scene

__all__ = ["Explorer", "explore"]

_HEIGHT = 720  # pixels


def explore(scene: Scene, *, height: int = _HEIGHT) -> Explorer:
    """Give a map as a page to explore inside a notebook.

    Parameters
    ----------
    scene : Scene
        A drawn map.
    height : int, default 720
        Height of the page, in pixels; it is as wide as the notebook.

    Returns
    -------
    Explorer
        What a notebook shows as the page.

    Examples
    --------
    >>> from refgraph import Book, maps
    >>> explore(maps.draw("connectors", Book.sample()))
    <Explorer of 11 people: nobody is selected>
    """
    return Explorer(scene, height)


class Explorer:
    """A map as a page inside a notebook, and the person selected there.

    Parameters
    ----------
    scene : Scene
        A drawn map.
    height : int, default 720
        Height of the page, in pixels.

    Examples
    --------
    >>> from refgraph import Book, maps
    >>> page = maps.draw("connectors", Book.sample()).explore()
    >>> page.selected is None
    True
    """

    def __init__(self, scene: Scene, height: int = _HEIGHT) -> None:
        self.scene, self.height = scene, height
        self._widget = _widget(scene, height) if find_spec("anywidget") else None

    def __repr__(self) -> str:
        who = "nobody" if self.selected is None else self.selected
        return f"<Explorer of {len(self.scene.nodes)} people: {who} is selected>"

    @property
    def is_live(self) -> bool:
        """Whether a selection comes back: the extra ``notebook`` is installed."""
        return self._widget is not None

    @property
    def selected(self) -> str | None:
        """The person selected in the page, None for nobody, and without the extra ``notebook``."""
        return None if self._widget is None else self._widget.selected or None

    def select(self, person: str | None) -> None:
        """Select somebody in the page, or nobody.

        Parameters
        ----------
        person : str or None
            A name as it stands in ``scene.nodes``.

        Raises
        ------
        RefgraphError
            That person is not on the map, or the extra ``notebook`` is not installed.

        Examples
        --------
        >>> from refgraph import Book, maps
        >>> maps.draw("connectors", Book.sample()).explore().select("Nobody Known")
        Traceback (most recent call last):
        ...
        refgraph.errors.RefgraphError: Nobody Known is not on this map, so they cannot be selected.
        """
        if person is not None and person not in self.scene.nodes:
            msg = f"{person} is not on this map, so they cannot be selected."
            raise RefgraphError(msg)
        self._live().selected = person or ""

    def when_selected(self, told: Callable[[str | None], object]) -> None:
        """Call a function with the name, or None, whenever another person is selected.

        Parameters
        ----------
        told : callable
            Takes the name of the person, or None for nobody.

        Raises
        ------
        RefgraphError
            The extra ``notebook`` is not installed.
        """
        self._live().observe(lambda change: told(change["new"] or None), names="selected")

    def _live(self) -> Any:
        if self._widget is None:
            msg = "The page cannot tell who is selected. Install refgraph[notebook], then reopen."
            raise RefgraphError(msg)
        return self._widget

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Give the widget where there is one, and for everywhere else the page in a frame."""
        found = {"text/plain": repr(self), "text/html": _frame(self.scene, self.height)}
        if self._widget is not None:
            shown: dict[str, Any] = self._widget._repr_mimebundle_()[0]
            return shown | found
        return found


def _frame(scene: Scene, height: int) -> str:
    """Give the page in a frame without rights, with the picture behind it."""
    picture = base64.b64encode(scene.to_show()).decode("ascii")
    title = html.escape(scene.title)
    return (
        f'<div style="position:relative;min-height:{height}px">'
        f'<img alt="{title}" style="max-width:100%;max-height:{height}px" '
        f'src="data:image/png;base64,{picture}">'
        f'<iframe title="{title}" sandbox="allow-scripts" '
        'style="position:absolute;left:0;top:0;width:100%;height:100%;border:0" '
        f'srcdoc="{html.escape(pages.page(scene, for_phone=False))}"></iframe></div>'
    )


def _widget(scene: Scene, height: int) -> Any:
    """Make the widget: the page, and the name of who is selected in it."""
    anywidget, traitlets = import_module("anywidget"), import_module("traitlets")
    synced = {
        "page": pages.page(scene, also=_read("selection.js"), for_phone=False),
        "title": scene.title,
        "selected": "",
    }
    traits = {name: traitlets.Unicode(value).tag(sync=True) for name, value in synced.items()}
    traits["height"] = traitlets.Int(height).tag(sync=True)
    made = type("PageWidget", (anywidget.AnyWidget,), {"_esm": _read("widget.js"), **traits})
    return made()


def _read(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
