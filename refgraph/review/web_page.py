"""The page: its parts put into a template, with the style and the policy that holds it."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from refgraph.analysis.comparing.changes import compare_since
from refgraph.maps.html.inline_svg import color_rules
from refgraph.maps.html.shapes import Palette
from refgraph.progress import doing
from refgraph.report.page import heading
from refgraph.report.summary import summarize
from refgraph.report.tending.agreed_text import HOW
from refgraph.review.figures import change_figure, figures_of
from refgraph.review.findings import findings, left_out, terms
from refgraph.review.page_parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    import jinja2
    from markupsafe import Markup

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book

__all__ = ["page"]

# Letters that run to the left, and marks that turn what follows them.
_TURNING = frozenset(("R", "AL", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI"))


def page(
    book: Book,
    person: str | None = None,
    *,
    sections: Iterable[str] = (),
    since_review: date | None = None,
    compared: Comparison | None = None,
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
    paper = palette.number("#ffffff")
    summary = summarize(book, person, exact=exact)
    if compared is None and since_review is not None and not summary.withheld:
        compared = compare_since(book, since_review, person)
    parts = parts_of(book, summary, chosen, compared)
    whose = None if summary.withheld else person
    figures = figures_of(book, whose, [part.name for part in parts], palette, exact=exact)
    if compared is not None and parts and parts[0].name == "changes":
        drawn = change_figure(book, whose, compared, palette)
        figures["changes"] = [] if drawn is None else [drawn]
    with doing("Writing the page"):
        title, subtitle = heading(summary)
        by_day, by_night = color_rules(palette)
        style = _read("review.css").replace("/* by day */", by_day)
        style = style.replace("/* by night */", by_night).replace("PAPER", f"--c{paper}")
        script = _read("review.js")
        return _template(_names(book)).render(
            title=title,
            subtitle=subtitle,
            style=Markup(style),  # noqa: S704  # our own, and colours
            script=Markup(script),  # noqa: S704  # our own
            policy=_policy(style, script),
            findings=findings(parts),
            parts=parts,
            figures={
                part: [(figure, Markup(figure.svg)) for figure in some]  # noqa: S704  # escaped
                for part, some in figures.items()
            },
            terms=terms(parts),
            how_decided=HOW,
            left_out=left_out(book, summary, parts, figures, chosen=bool(chosen)),
        )


def _policy(style: str, script: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _names(book: Book) -> list[str]:
    """Give the names of the book that turn the direction of what stands around them."""
    told = {*book.people.index, *book.history.get("prospect", ())}
    return sorted(
        (name for name in map(str, told) if any(bidirectional(each) in _TURNING for each in name)),
        key=lambda name: (-len(name), name),
    )


def _isolating(names: list[str]) -> Callable[[str], Markup]:
    """Give what sets such names apart from the text around them."""
    from markupsafe import Markup, escape  # noqa: PLC0415

    if not names:
        return escape
    pattern = re.compile("|".join(map(re.escape, names)))

    def isolate(text: str) -> Markup:
        parts, done = [], 0
        for found in pattern.finditer(text):
            parts += [escape(text[done : found.start()]), Markup("<bdi>"), escape(found[0])]
            parts.append(Markup("</bdi>"))
            done = found.end()
        return Markup("").join([*parts, escape(text[done:])])

    return isolate


def _template(names: list[str]) -> jinja2.Template:
    import jinja2  # noqa: PLC0415

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Callable[..., Any]] = {"apart": _isolating(names)}
    environment.filters.update(filters)
    return environment.from_string(_read("review.html"))


@cache
def _read(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
