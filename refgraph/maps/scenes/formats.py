"""Formats of a scene that are written by a room above the drawing, and by which function.

So a scene can hand itself to the writer of pages, and drawing needs to know nothing of pages.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from refgraph.maps.scenes.scene import Scene

__all__ = ["register", "write"]

_WRITERS: dict[str, tuple[str, str]] = {}


def register(form: str, module: str, function: str) -> None:
    """Say which function gives a scene in a format; its module is loaded when it is asked for."""
    _WRITERS[form] = module, function


def write(form: str, scene: Scene, **options: Any) -> Any:
    """Give a scene in a format, with the options of the function that writes it.

    Examples
    --------
    >>> from refgraph import Book, maps
    >>> write("page", maps.draw("owed", Book.sample()))[:15]
    '<!DOCTYPE html>'
    """
    module, function = _WRITERS[form]
    return getattr(import_module(module), function)(scene, **options)
