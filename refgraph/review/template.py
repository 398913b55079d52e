"""A template of the page filled in: the style, the policy that holds it, names set apart."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from refgraph.maps.html.inline_svg import color_rules
from refgraph.maps.html.shapes import Palette
from refgraph.schema.row_ends import only_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from refgraph.book.book import Book

__all__ = ["render"]

# Letters that run to the left, and marks that turn what follows them.
_TURNING = frozenset(("R", "AL", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI"))

# Days, quarters and options: a line that ended at their hyphen would tear them.
_WHOLE = r"(?<![\w-])(?:\d{4}-(?:\d\d(?:-\d\d)?|Q\d)|--[a-z][a-z-]*\w)(?![\w-])"


def render(
    book: Book, name: str, *, palette: Palette | None = None, scripted: bool = False, **told: Any
) -> str:
    """Fill a template in, with its style, its policy and no other script than our own.

    Parameters
    ----------
    book : Book
        Whose names are set apart where they turn the direction of what stands around them.
    name : str
        The template: ``review.html`` or ``member.html``.
    palette : Palette, optional
        The colours of the maps in it.
    scripted : bool, default False
        Whether its maps answer to who points at them.
    **told
        What stands in it.
    """
    import jinja2  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    palette = palette or Palette()
    paper = palette.number("#ffffff")
    by_day, by_night = color_rules(palette)
    style = _read("review.css").replace("/* by day */", by_day)
    style = style.replace("/* by night */", by_night).replace("PAPER", f"--c{paper}")
    script = _read("review.js") if scripted else ""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FunctionLoader(_read),
    )
    filters: dict[str, Callable[..., Any]] = {"apart": _isolating(_names(book))}
    environment.filters.update(filters)
    return environment.get_template(name).render(
        style=Markup(style),  # noqa: S704  # our own, and colours
        script=Markup(script),  # noqa: S704  # our own
        policy=_policy(style, script),
        **told,
    )


def _policy(style: str, script: str) -> str:
    parts = ["default-src 'none'", f"style-src '{_digest(style)}'"]
    parts += [f"script-src '{_digest(script)}'"] if script else []
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _names(book: Book) -> list[str]:
    """Give the names of the book that turn the direction of what stands around them."""
    told = {*book.people.index, *only_named(book.history)}
    return sorted(
        (name for name in map(str, told) if any(bidirectional(each) in _TURNING for each in name)),
        key=lambda name: (-len(name), name),
    )


def _isolating(names: list[str]) -> Callable[[str], Markup]:
    """Give what sets such names apart from the text around them, and keeps days in one line."""
    from markupsafe import Markup, escape  # noqa: PLC0415

    isolated = Markup("<bdi>"), Markup("</bdi>")
    kept = Markup('<span class="u">'), Markup("</span>")
    pattern = re.compile("|".join([*map(re.escape, names), _WHOLE]))
    turning = frozenset(names)

    def isolate(text: str) -> Markup:
        parts, done = [], 0
        for found in pattern.finditer(text):
            opened, closed = isolated if found[0] in turning else kept
            parts += [escape(text[done : found.start()]), opened, escape(found[0]), closed]
            done = found.end()
        return Markup("").join([*parts, escape(text[done:])])

    return isolate


@cache
def _read(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
