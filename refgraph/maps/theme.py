"""Colours, shapes and sizes of every map, and the Matplotlib settings they are drawn under."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "AGED",
    "BETWEEN",
    "BETWEEN_FAINT",
    "BETWEEN_PALE",
    "CAPTION",
    "DPI",
    "EVEN",
    "FAINT",
    "FIRST",
    "FLOW",
    "GAVE_BACK",
    "GIVEN_BEFORE",
    "GREY",
    "HALO",
    "HEADING",
    "HULL",
    "HULL_RIM",
    "INK",
    "INSIDE",
    "INSIDE_FAINT",
    "INSIDE_PALE",
    "INSIDE_THIN",
    "MARGIN",
    "ME",
    "NAME",
    "OWE",
    "PAPER",
    "PLAIN",
    "ROLES",
    "RULE",
    "STRONG",
    "SUBTITLE",
    "TITLE",
    "settings",
]

DPI = 100
MARGIN = 48.0

PAPER = "#ffffff"
INK = "#1a1d21"
GREY = "#5b6470"
RULE = "#cfd4db"

# Sizes of text, in pixels of a page 1600 wide.
TITLE, SUBTITLE, HEADING, STRONG, NAME, CAPTION, FAINT = 28.0, 15.0, 18.0, 16.0, 14.0, 13.0, 12.0
HALO = 3.4

# Shape tells the role as well as colour does; the colours stay at least 17 (CIEDE2000) apart
# in normal sight and in the three kinds of colour blindness.
ROLES: dict[str, tuple[str, str, str]] = {
    "client": ("circle", "#0b6aa8", "client"),
    "partner": ("diamond", "#d17d00", "partner"),
    "prospect": ("triangle", "#b03040", "prospect"),
    "other": ("square", "#7f8894", "other"),
    "": ("ring", "#7f8894", "no role given"),
}
PLAIN = ("circle", "#3f5f7f", "person")
ME = INK

OWE, AGED, FIRST, EVEN = "#c8500a", "#6b2400", "#0b6aa8", "#7a828c"
GAVE_BACK, GIVEN_BEFORE = "#93bcdb", "#e8b48f"

BETWEEN, INSIDE = "#8a4fa3", "#8a94a0"
FLOW, INSIDE_THIN = "#a27bb5", "#bac2cd"  # of a whole group; one of thousands
BETWEEN_PALE, INSIDE_PALE = "#e2d5e8", "#dfe3e8"
BETWEEN_FAINT, INSIDE_FAINT = "#efe7f2", "#e8ebef"  # where thousands lie on each other
HULL, HULL_RIM = "#f0f2f6", "#dfe3ea"

_ITS_OWN: dict[Any, Any] = {
    "svg.hashsalt": "refgraph",
    "svg.fonttype": "path",
    "figure.max_open_warning": 0,
}
_LEFT_ALONE = ("backend", "interactive", "toolbar", "timezone", "webagg", "savefig.directory")


@contextmanager
def settings() -> Iterator[None]:
    """Draw under Matplotlib's own defaults, whatever the user's are, and put theirs back.

    Examples
    --------
    >>> import matplotlib as mpl
    >>> with settings():
    ...     mpl.rcParams["svg.hashsalt"]
    'refgraph'
    """
    defaults: dict[Any, Any] = {
        key: value
        for key, value in dict.items(mpl.rcParamsDefault)
        if not key.startswith(_LEFT_ALONE)
    }
    with mpl.rc_context(defaults | _ITS_OWN):
        yield
