"""The page: its parts put into a template, with the style and the policy that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.comparing.changes import compare_since
from refgraph.maps.html.shapes import Palette
from refgraph.progress import doing
from refgraph.report.page import heading
from refgraph.report.summary import summarize
from refgraph.report.tending.agreed_text import HOW
from refgraph.review.figures import change_figure, figures_of
from refgraph.review.findings import findings, left_out, terms, to_decide
from refgraph.review.handouts.handout import handouts_of
from refgraph.review.page_parts import parts_of
from refgraph.review.template import render

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book
    from refgraph.report.summary import Summary
    from refgraph.review.part import Part

__all__ = ["page"]


def page(
    book: Book,
    person: str | None = None,
    *,
    sections: Iterable[str] = (),
    since_review: date | None = None,
    compared: Comparison | None = None,
    each: bool = False,
    exact: bool = False,
) -> str:
    """Give everything for a review meeting as one HTML page that needs nothing else.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.
    person : str, optional
        From whose side; the book's me if not given.
    sections : iterable of str
        The parts to show, of :data:`refgraph.review.names.NAMES`; all if empty.
    since_review : datetime.date, optional
        The day of the last review: what changed since then is said first.
    compared : Comparison, optional
        The same, compared already: with what a review wrote.
    each : bool, default False
        Whether a page for each member follows, of a book without a me.
    exact : bool, default False
        Whether to find all shortest ways, however large the network.

    Returns
    -------
    str
        HTML. Its Content-Security-Policy allows the page's own style and script and nothing else.

    Examples
    --------
    >>> from refgraph import Book
    >>> text = page(Book.sample(), sections=["owed"])
    >>> text.startswith("<!DOCTYPE html>"), "http" in text.replace("http-equiv", "")
    (True, False)
    """
    from markupsafe import Markup  # noqa: PLC0415

    chosen, palette = frozenset(sections), Palette()
    palette.number("#ffffff")
    summary = summarize(book, person, exact=exact)
    if compared is None and since_review is not None and not summary.withheld:
        compared = compare_since(book, since_review, person)
    parts = parts_of(book, summary, chosen, compared)
    whose = None if summary.withheld else person
    figures = figures_of(book, whose, _drawn(parts, summary), palette, exact=exact)
    if compared is not None and parts and parts[0].name == "changes":
        drawn = change_figure(book, whose, compared, palette)
        figures["changes"] = [] if drawn is None else [drawn]
    with doing("Writing the page"):
        title, subtitle = heading(summary)
        return render(
            book,
            "review.html",
            palette=palette,
            scripted=True,
            title=title,
            subtitle=subtitle,
            findings=findings(parts),
            to_decide=to_decide(parts),
            parts=parts,
            figures={
                part: [(figure, Markup(figure.svg)) for figure in some]  # noqa: S704  # escaped
                for part, some in figures.items()
            },
            handouts=handouts_of(book) if each else [],
            terms=terms(parts),
            how_decided=HOW,
            left_out=left_out(book, summary, parts, figures, chosen=bool(chosen)),
        )


def _drawn(parts: list[Part], summary: Summary) -> list[str]:
    """Name the parts to draw maps of: a book of somebody in which nobody links others has none."""
    own = summary.book["me"] is not None
    return [part.name for part in parts if part.grids or not (own and part.name == "connectors")]
