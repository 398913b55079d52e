"""The maps of the page, each beside the part that it shows, drawn for the width of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph import maps
from refgraph.maps import choice
from refgraph.maps.html.inline_svg import inline_svg
from refgraph.maps.kind import KINDS
from refgraph.review.names import BESIDE

if TYPE_CHECKING:
    from collections.abc import Collection

    from refgraph.book.book import Book
    from refgraph.maps.html.shapes import Palette

__all__ = ["Figure", "figures_of"]

_WIDTH = 1200  # the narrowest a map may be, so that its words are as large as they can be
_WIDTHS = {"owed": 1320}  # names and counts on both sides


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
    book: Book, person: str | None, parts: Collection[str], palette: Palette
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
        part: [_drawn(kind, book, person, palette) for kind in BESIDE[part] if kind in telling]
        for part in parts
        if part in BESIDE
    }


def _by_month(book: Book, person: str | None) -> list[str]:
    """Give the timeline of a book that is about nobody, where there are days to draw."""
    if book.whose(person) is not None or book.settings.hides:
        return []
    return ["timeline"] if book.referrals["date"].nunique() > 1 else []


def _drawn(kind: str, book: Book, person: str | None, palette: Palette) -> Figure:
    whose = {"person": person} if KINDS[kind].about_one else {}
    scene = maps.draw(kind, book, width=_WIDTHS.get(kind, _WIDTH), **whose)
    svg = inline_svg(scene, palette, labelled_by=f"map-{kind} map-{kind}-of")
    return Figure(kind, scene.title, scene.subtitle, svg, scene.notes)
