"""The maps of the page, each beside the part that it shows, drawn for the width of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refgraph import maps
from refgraph.maps import choice
from refgraph.maps.html.inline_svg import inline_svg
from refgraph.maps.kind import KINDS
from refgraph.review.names import BESIDE
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book
    from refgraph.maps.html.shapes import Palette

    Tie = tuple[str, str]

__all__ = ["Figure", "change_figure", "figures_of"]

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
    """Draw the book as it is, all pale but for the ties that are new or stronger since a day.

    Nobody moves: what the book holds now is all that it held then, and more. Ties of a stored
    review whose rows were taken out of the book since are counted, and not drawn. Of somebody's
    own book it is the map of what is owed, else that of who links the others.

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
    whose, whole, day = book.whose(person), book.window(), compared.day
    new, more, gone = _ties_since(whole, compared.ties, whose)
    if not new and not more:
        return None
    kind = "connectors" if whose is None else "owed"
    options = {"person": person} if kind == "owed" else {}
    scene = maps.draw(kind, whole, width=_WIDTHS.get(kind, _WIDTH), **options)
    people = {each for ends in (*new, *more) for each in ends}
    told = [f"{count(len(new), 'tie', 'is')} new since {day}"] if new else []
    told += [_stronger(len(more), day, new=bool(new))] if more else []
    return Figure(
        "changes",
        ", and ".join(told),
        "these ties and their people as they are, all else pale; whole record"
        + (f"; {count(gone, 'tie', 'is')} gone, and not drawn" if gone else ""),
        inline_svg(
            scene,
            palette,
            labelled_by="map-changes map-changes-of",
            standing_out={*new, *more, *people},
        ),
        scene.notes,
    )


def _stronger(number: int, day: date, *, new: bool) -> str:
    if new:
        return f"{number:,} {agree(number, 'is')} stronger"
    return f"{count(number, 'tie', 'is')} stronger since {day}"


def _ties_since(
    now: Book, before: Mapping[Tie, int], whose: str | None
) -> tuple[set[Tie], set[Tie], int]:
    """Give the ties that are new, those with more referrals, and how many are gone.

    Of somebody theirs alone.
    """
    after = {(u, v): data["weight"] for u, v, data in now.graph().edges(data=True)}
    ties = [ends for ends in after if whose is None or whose in ends]
    new = {ends for ends in ties if ends not in before}
    more = {ends for ends in ties if ends not in new and after[ends] > before[ends]}
    gone = sum(ends not in after for ends in before if whose is None or whose in ends)
    return new, more, gone


def _by_month(book: Book, person: str | None) -> list[str]:
    """Give the timeline of a book that is about nobody, where there are days to draw."""
    if book.whose(person) is not None or book.settings.hides:
        return []
    return ["timeline"] if book.referrals["date"].nunique() > 1 else []


def _drawn(kind: str, book: Book, person: str | None, palette: Palette, *, exact: bool) -> Figure:
    whose: dict[str, Any] = {"person": person} if KINDS[kind].about_one else {}
    if exact and KINDS[kind].takes("exact"):
        whose["exact"] = True
    scene = maps.draw(kind, book, width=_WIDTHS.get(kind, _WIDTH), **whose)
    svg = inline_svg(scene, palette, labelled_by=f"map-{kind} map-{kind}-of")
    return Figure(kind, scene.title, scene.subtitle, svg, scene.notes)
