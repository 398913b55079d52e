"""The page of each member as a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.pairing.calendar import file_names
from refgraph.review.handouts.handout import handouts_of
from refgraph.review.template import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.book.book import Book

__all__ = ["files"]


def files(book: Book) -> Iterator[tuple[str, str]]:
    """Give a file for each member of a chapter: its name, and the page.

    Names of files begin with a number, so that no two are one, whatever the names of people.

    Raises
    ------
    OptionError
        The book has a me.

    Examples
    --------
    >>> from refgraph import Book
    >>> names = [name for name, _ in files(Book.sample().altered(me=None))]
    >>> names[0]
    '1-alice-merton.html'
    """
    made = handouts_of(book)
    names = file_names([each.person for each in made], "html")
    for each in made:
        title = f"Referrals of {each.person}"
        yield names[each.person], render(book, "member.html", title=title, each=each)
