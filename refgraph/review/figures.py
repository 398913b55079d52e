"""The maps of the page, each beside the part that it shows, drawn for the width of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from refgraph import maps
from refgraph.maps import choice
from refgraph.maps.html.inline_svg import inline_svg
from refgraph.maps.kind import KINDS
from refgraph.maps.kinds.differences import draw as differences
from refgraph.maps.kinds.differences.data import differing
from refgraph.review.names import BESIDE
from refgraph.wording import count, join_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book
    from refgraph.maps.html.shapes import Palette
    from refgraph.maps.scenes.scene import Scene

    Tie = tuple[str, str]

__all__ = ["Figure", "change_figure", "figures_of"]

# Of their pixels: as narrow as a map may be without losing anything, so that its words are large
# on a page and on paper.
_WIDTH, _CHANGES = 1200, 1040
_WIDTHS = {"owed": 1320, "connectors": 1040, "timeline": 1040}
# A network is as high as two thirds of a sheet hold and a screen shows at once; and so few people
# are drawn of many that their names have room.
_HIGH, _HIGHEST, _NETWORK = 30, {"connectors": 880, "overview": 880}, 640.0
_TOPS, _CROWD = {"owed": 20, "connectors": 60}, 80
# The same maps where the screen is narrower: a list, and a matrix without words beside it; rows
# and curves on a phone.
_NARROWER = {
    "owed": (480, "narrow"),
    "matrix": (1000, "narrow"),
    "timeline": (480, "phone"),
    "pipeline": (480, "phone"),
}
#: What the wider map of two is called, by the screens of the narrower: see review.css.
_SCREENS = {"narrow": "wide", "phone": "roomy"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A map of the page.

    Attributes
    ----------
    kind : str
        Which map.
    title, subtitle : str
        What it finds, and what was counted.
    svg : str
        The drawing, labelled by the elements ``map-KIND`` and ``map-KIND-of``.
    notes : tuple of str
        What its reader should be told.
    room : {"", "wide", "narrow", "roomy", "phone"}
        On which screens it is shown, where the same map is drawn for others too.
    """

    kind: str
    title: str
    subtitle: str
    svg: str
    notes: tuple[str, ...]
    room: str = ""

    @property
    def name(self) -> str:
        """What it is called on the page: no two have one name.

        Examples
        --------
        >>> [Figure("owed", "", "", "", (), room).name for room in ("", "wide", "narrow")]
        ['owed', 'owed', 'owed-narrow']
        """
        return f"{self.kind}-{self.room}" if self.room in _SCREENS else self.kind


def figures_of(
    book: Book,
    person: str | None,
    parts: Collection[str],
    palette: Palette,
    *,
    exact: bool = False,
) -> dict[str, list[Figure]]:
    """Draw the maps that have something to say, by the part they stand beside.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    person : str, optional
        Whose side to look from; the book's me if not given.
    parts : collection of str
        The parts on the page; no other map is drawn.
    palette : Palette
        The colours of the page, those of these maps added.
    exact : bool, default False
        Whether to find all shortest ways, however large the network.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.maps.html.shapes import Palette
    >>> wide, narrow = figures_of(Book.sample(), None, ["owed"], Palette())["owed"]
    >>> wide.kind, wide.title[:7], wide.title == narrow.title
    ('owed', 'You owe', True)
    """
    telling = [*choice.telling(book, person), *_by_month(book, person)]
    return {
        part: [
            figure
            for kind in BESIDE[part]
            if kind in telling
            for figure in _drawn(kind, book, person, palette, exact=exact)
        ]
        for part in parts
        if part in BESIDE
    }


def change_figure(
    book: Book, person: str | None, compared: Comparison, palette: Palette
) -> Figure | None:
    """Draw all ties that there are and were, with those that differ since a day as what they are.

    Nobody moves: what was and what is stand on one layout. Of somebody's own book the ties of
    theirs are told apart, all others are pale.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> from refgraph.analysis.comparing.changes import compare_since
    >>> from refgraph.maps.html.shapes import Palette
    >>> book = Book.sample()
    >>> change_figure(book, None, compare_since(book, date(2026, 7, 1)), Palette()).title
    '3 ties are stronger since 2026-07-01'
    >>> change_figure(book, None, compare_since(book, book.today), Palette()) is None
    True
    """
    whose, whole = book.whose(person), book.window()
    now = {(u, v): data["weight"] for u, v, data in whole.graph().edges(data=True)}
    ties = {
        ends: kind
        for ends, kind in differing(compared.ties, now).items()
        if whose is None or whose in ends
    }
    if not ties or not now:
        return None
    told = differences.Differences(
        ties=ties,
        more={ends: was - now.get(ends, 0) for ends, was in compared.ties.items()
              if ties.get(ends) in ("less", "gone")},
        words={**_WORDS, "other": "as before"},
        title=_counted(ties, compared.day),
        subtitle="nobody moved: the ties that there are and were, on one layout; whole record",
    )  # fmt: skip
    scene = differences.draw(whole, told, width=_CHANGES, high=_NETWORK)
    return _figure("changes", scene, palette)


_WORDS = {"new": "new", "more": "stronger", "less": "weaker", "gone": "gone"}


def _counted(ties: Mapping[Tie, str], day: date) -> str:
    """Say how many ties are new, stronger, weaker and gone."""
    number = Counter(ties.values())
    (first, many), *others = [(text, number[kind]) for kind, text in _WORDS.items() if number[kind]]
    parts = [f"{count(many, 'tie', 'is')} {first}", *(f"{some:,} {text}" for text, some in others)]
    return f"{join_names(parts)} since {day}"


def _by_month(book: Book, person: str | None) -> list[str]:
    """Give the timeline of a book that is about nobody, where there are days to draw."""
    if book.whose(person) is not None or book.settings.hides:
        return []
    return ["timeline"] if book.dates[book.in_window].nunique() > 1 else []


def _drawn(
    kind: str, book: Book, person: str | None, palette: Palette, *, exact: bool
) -> Iterator[Figure]:
    """Draw a map, and once more for narrow screens if it would not fit them."""
    options: dict[str, Any] = {"person": person} if KINDS[kind].about_one else {}
    if exact and KINDS[kind].takes("exact"):
        options["exact"] = True
    people = book.graph().number_of_nodes()
    if kind in _TOPS and (kind == "owed" or people > _CROWD):
        options["top"] = _TOPS[kind]
    wide = dict(options)
    if kind in _HIGHEST and people > _HIGH:
        wide["height"] = _HIGHEST[kind]
    width, screen = _NARROWER.get(kind, (0, ""))
    scene = maps.draw(kind, book, width=_WIDTHS.get(kind, _WIDTH), **wide)
    yield _figure(kind, scene, palette, _SCREENS.get(screen, ""))
    if screen:
        scene = maps.draw(kind, book, width=width, **options)
        yield replace(_figure(kind, scene, palette, screen), notes=())


def _figure(kind: str, scene: Scene, palette: Palette, room: str = "") -> Figure:
    """Put a map on the page, labelled by its heading there."""
    made = Figure(kind, scene.title, scene.subtitle, "", scene.notes, room)
    labels = f"map-{made.name} map-{made.name}-of"
    return replace(made, svg=inline_svg(scene, palette, labelled_by=labels))
