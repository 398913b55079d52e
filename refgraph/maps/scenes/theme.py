"""Themes, shapes and sizes of every map, and the Matplotlib settings they are drawn under."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    # Of the theme in use: each is read from THEMES when it is asked for.
    PAPER: str
    INK: str
    GREY: str
    RULE: str
    HOLLOW: str
    SAMPLE: str
    LIT: str
    ROLES: dict[str, tuple[str, str, str]]
    PLAIN: tuple[str, str, str]
    ME: str
    OWE: str
    AGED: str
    FIRST: str
    EVEN: str
    GAVE_BACK: str
    GIVEN_BEFORE: str
    BETWEEN: str
    BETWEEN_PALE: str
    BETWEEN_FAINT: str
    INSIDE: str
    INSIDE_PALE: str
    INSIDE_FAINT: str
    HULL: str
    HULL_RIM: str
    TWO_WAY: str
    ONE_WAY: str
    OWE_GROUND: str
    FIRST_GROUND: str
    FLOW: str
    INSIDE_THIN: str

__all__ = [
    "AGED",
    "BETWEEN",
    "BETWEEN_FAINT",
    "BETWEEN_PALE",
    "CAPTION",
    "DPI",
    "DROP",
    "EVEN",
    "FAINT",
    "FIRST",
    "FIRST_GROUND",
    "FLOW",
    "GAVE_BACK",
    "GIVEN_BEFORE",
    "GREY",
    "HALO",
    "HEADING",
    "HOLLOW",
    "HULL",
    "HULL_RIM",
    "INK",
    "INSIDE",
    "INSIDE_FAINT",
    "INSIDE_PALE",
    "INSIDE_THIN",
    "LEADING",
    "LIT",
    "MARGIN",
    "ME",
    "NAME",
    "ONE_WAY",
    "OWE",
    "OWE_GROUND",
    "PAPER",
    "PLAIN",
    "ROLES",
    "RULE",
    "SAMPLE",
    "STRONG",
    "SUBTITLE",
    "THEMES",
    "TITLE",
    "TWO_WAY",
    "dashes",
    "name",
    "settings",
]

DPI = 100
MARGIN = 48.0

# Sizes of text, in pixels of a page 1600 wide.
TITLE, SUBTITLE, HEADING, STRONG, NAME, CAPTION, FAINT = 28.0, 15.0, 18.0, 16.0, 14.0, 13.0, 12.0
HALO = 3.4
#: From line to line, and from the middle of a line down to its baseline, in sizes of the text.
LEADING, DROP = 1.45, 0.36


def _roles(client: str, partner: str, prospect: str, other: str) -> dict[str, tuple[str, str, str]]:
    """Give shape, colour and word for each role; shape tells it as well as colour does."""
    return {
        "client": ("circle", client, "client"),
        "partner": ("diamond", partner, "partner"),
        "prospect": ("triangle", prospect, "prospect"),
        "other": ("square", other, "other"),
        "": ("ring", other, "no role given"),
    }


# The colours of roles, of what is owed, of ties and of the matrix stay at least 15 (CIEDE2000)
# apart in normal sight and in the three kinds of colour blindness, and 3:1 from the paper.
THEMES: dict[str, dict[str, Any]] = {
    "light": {
        "PAPER": "#ffffff", "INK": "#1a1d21", "GREY": "#5b6470", "RULE": "#cfd4db",
        "HOLLOW": "#e9edf2", "SAMPLE": "#b6bec9", "LIT": "#ffe98a",
        "ROLES": _roles("#0b6aa8", "#d17d00", "#b03040", "#7f8894"),
        "PLAIN": ("circle", "#3f5f7f", "person"), "ME": "#1a1d21",
        "OWE": "#c8500a", "AGED": "#6b2400", "FIRST": "#0b6aa8", "EVEN": "#7a828c",
        "GAVE_BACK": "#93bcdb", "GIVEN_BEFORE": "#e8b48f",
        "OWE_GROUND": "#f6ddcd", "FIRST_GROUND": "#d3e5f2",
        "BETWEEN": "#8a4fa3", "BETWEEN_PALE": "#e2d5e8", "BETWEEN_FAINT": "#efe7f2",
        "INSIDE": "#8a94a0", "INSIDE_PALE": "#dfe3e8", "INSIDE_FAINT": "#e8ebef",
        "HULL": "#f0f2f6", "HULL_RIM": "#dfe3ea", "FLOW": "#a27bb5", "INSIDE_THIN": "#bac2cd",
        "TWO_WAY": "#5f3f94", "ONE_WAY": "#c06c00",
    },
    "dark": {
        "PAPER": "#14171c", "INK": "#eef1f5", "GREY": "#a9b2be", "RULE": "#3d454f",
        "HOLLOW": "#2b323b", "SAMPLE": "#6b7582", "LIT": "#6b5a10",
        "ROLES": _roles("#3d9be6", "#f2b04a", "#e2566a", "#a3acb8"),
        "PLAIN": ("circle", "#8fb4d9", "person"), "ME": "#eef1f5",
        "OWE": "#f0843f", "AGED": "#ffe2c8", "FIRST": "#3d9be6", "EVEN": "#a3acb8",
        "GAVE_BACK": "#2f5f86", "GIVEN_BEFORE": "#8a5230",
        "OWE_GROUND": "#43291a", "FIRST_GROUND": "#1b3247",
        "BETWEEN": "#c98ae2", "BETWEEN_PALE": "#5c436b", "BETWEEN_FAINT": "#33283a",
        "INSIDE": "#7c8794", "INSIDE_PALE": "#434d59", "INSIDE_FAINT": "#2a3038",
        "HULL": "#1e232a", "HULL_RIM": "#343c46", "FLOW": "#9a6fb0", "INSIDE_THIN": "#56616d",
        "TWO_WAY": "#b58ae8", "ONE_WAY": "#f2a63a",
    },
    "print": {
        "PAPER": "#ffffff", "INK": "#000000", "GREY": "#4a4a4a", "RULE": "#bdbdbd",
        "HOLLOW": "#ffffff", "SAMPLE": "#b4b4b4", "LIT": "#dcdcdc",
        "ROLES": _roles("#000000", "#3b3b3b", "#6a6a6a", "#949494"),
        "PLAIN": ("circle", "#3b3b3b", "person"), "ME": "#000000",
        "OWE": "#3b3b3b", "AGED": "#000000", "FIRST": "#6a6a6a", "EVEN": "#949494",
        "GAVE_BACK": "#b0b0b0", "GIVEN_BEFORE": "#707070",
        "OWE_GROUND": "#dddddd", "FIRST_GROUND": "#f2f2f2",
        "BETWEEN": "#000000", "BETWEEN_PALE": "#c0c0c0", "BETWEEN_FAINT": "#d2d2d2",
        "INSIDE": "#8c8c8c", "INSIDE_PALE": "#cecece", "INSIDE_FAINT": "#dadada",
        "HULL": "#f4f4f4", "HULL_RIM": "#dcdcdc", "FLOW": "#6e6e6e", "INSIDE_THIN": "#bcbcbc",
        "TWO_WAY": "#000000", "ONE_WAY": "#6a6a6a",
    },
}  # fmt: skip

# Without colour, ties are told apart by dashes too: lengths on and off, in widths of the line.
_DASHES = {"FIRST": (3.0, 0.8), "GIVEN_BEFORE": (1.2, 0.7), "GAVE_BACK": (1.2, 0.7)}

_in_use: ContextVar[str] = ContextVar("theme", default="light")

_ITS_OWN: dict[Any, Any] = {
    "svg.hashsalt": "refgraph",
    "svg.fonttype": "path",
    "figure.max_open_warning": 0,
}
_LEFT_ALONE = ("backend", "interactive", "toolbar", "timezone", "webagg", "savefig.directory")


def __getattr__(name: str) -> Any:
    try:
        return THEMES[_in_use.get()][name]
    except KeyError:
        msg = f"module 'refgraph.maps.theme' has no attribute {name!r}"
        raise AttributeError(msg) from None


def name() -> str:
    """Give the name of the theme in use.

    Examples
    --------
    >>> with settings("dark"):
    ...     name()
    'dark'
    """
    return _in_use.get()


def dashes(color: str) -> tuple[float, ...]:
    """Give the dashes of ties of this colour: none, unless the theme has to do without colour.

    Examples
    --------
    >>> dashes("#0b6aa8")
    ()
    >>> with settings("print"):
    ...     dashes("#6a6a6a")
    (3.0, 0.8)
    """
    if _in_use.get() != "print":
        return ()
    worn = THEMES["print"]
    return next((each for name, each in _DASHES.items() if worn[name] == color), ())


@contextmanager
def settings(theme: str = "light") -> Iterator[None]:
    """Draw in a theme, under Matplotlib's own defaults, and put the user's back.

    Parameters
    ----------
    theme : {"light", "dark", "print"}
        Which colours this module has within; ``print`` is black, white and grey.

    Raises
    ------
    RefgraphError
        There is no such theme.

    Examples
    --------
    >>> from refgraph.maps.scenes import theme
    >>> with settings("dark"):
    ...     theme.PAPER, mpl.rcParams["svg.hashsalt"]
    ('#14171c', 'refgraph')
    >>> theme.PAPER
    '#ffffff'
    """
    if theme not in THEMES:
        msg = f"There is no theme {theme!r}. Choose {', '.join(list(THEMES)[:-1])} or print."
        raise RefgraphError(msg)
    defaults: dict[Any, Any] = {
        key: value
        for key, value in dict.items(mpl.rcParamsDefault)
        if not key.startswith(_LEFT_ALONE)
    }
    worn = _in_use.set(theme)
    try:
        with mpl.rc_context(defaults | _ITS_OWN):
            yield
    finally:
        _in_use.reset(worn)
