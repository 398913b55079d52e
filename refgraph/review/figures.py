"""The maps of the page, each beside the part that it shows, drawn for the width of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
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
    from collections.abc import Collection, Mapping
    from datetime import date

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book
    from refgraph.maps.html.shapes import Palette

    Tie = tuple[str, str]

__all__ = ["Figure", "change_figure", "figures_of"]

# Of their pixels: as narrow as a map may be without losing anything, so that its words are large
# on a page and on paper.
_WIDTH, _CHANGES = 1200, 1040
_WIDTHS = {"owed": 1320, "connectors": 1040, "timeline": 1040}


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
    """

    kind: str
    title: str
    subtitle: str
    svg: str
    notes: tuple[str, ...]


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
    >>> (figure,) = figures_of(Book.sample(), None, ["owed"], Palette())["owed"]
    >>> figure.kind, figure.title[:7]
    ('owed', 'You owe')
    """
    telling = [*choice.telling(book, person), *_by_month(book, person)]
    return {
        part: [
            _drawn(kind, book, person, palette, exact=exact)
            for kind in BESIDE[part]
            if kind in telling
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
    scene = differences.draw(whole, told, width=_CHANGES)
    svg = inline_svg(scene, palette, labelled_by="map-changes map-changes-of")
    return Figure("changes", scene.title, scene.subtitle, svg, scene.notes)


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


def _drawn(kind: str, book: Book, person: str | None, palette: Palette, *, exact: bool) -> Figure:
    whose: dict[str, Any] = {"person": person} if KINDS[kind].about_one else {}
    if exact and KINDS[kind].takes("exact"):
        whose["exact"] = True
    scene = maps.draw(kind, book, width=_WIDTHS.get(kind, _WIDTH), **whose)
    svg = inline_svg(scene, palette, labelled_by=f"map-{kind} map-{kind}-of")
    return Figure(kind, scene.title, scene.subtitle, svg, scene.notes)
