"""What would go with somebody who leaves, on the map of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.maps.kinds.differences.draw import Differences, draw
from refgraph.wording import count

if TYPE_CHECKING:
    from typing import Any

    from refgraph.analysis.leaving.departure import Departure
    from refgraph.book.book import Book
    from refgraph.maps.scenes.scene import Scene

__all__ = ["draw_without"]

_WORDS = {
    "new": "introduction to make",
    "gone": "tie that would go",
    "other": "tie that would stay",
    "people": "cut off",
}


def draw_without(book: Book, name: str, found: Departure, **options: Any) -> Scene:
    """Draw the ties of somebody as gone, and the introductions to make before as new.

    Parameters
    ----------
    book : Book
        In a book with a me it is drawn without me.
    name : str
        Who would leave.
    found : Departure
        What hangs on them.
    **options
        As :func:`refgraph.maps.kinds.differences.draw.draw` takes them.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.leaving.departure import without_person
    >>> book = Book.sample()
    >>> scene = draw_without(book, "Hiro Tanabe", without_person(book, "Hiro Tanabe"))
    >>> scene.title.split(":")[0]
    'Without Hiro Tanabe'
    """
    table = found.table
    introduced = table[table["part"] == "introduce"]
    alone = table.loc[table["part"] == "cut off", "person"].tolist()
    G = book.graph()
    gone = {(u, v): "gone" for u, v in G.edges if name in (u, v) and book.me not in (u, v)}
    new = dict.fromkeys(zip(introduced["person"], introduced["with"], strict=True), 1.0)
    cut, bridged = count(len(alone), "person"), found.bridged
    title = f"Without {name}: {cut} cut off" if alone else f"Without {name}: nobody is cut off"
    if bridged.pairs:
        many = count(len(introduced), "introduction")
        pairs = count(bridged.pairs, "pair")
        title += f"; {many} would keep {bridged.kept:,} of {pairs} within two steps"
    told = Differences(
        ties=gone | dict.fromkeys(new, "new"),
        more=new,
        words=_WORDS,
        title=title,
        subtitle=f"{name} has referrals with {count(found.contacts, 'person')}"
        + (f"; {book.me}, whose book it is, is left out" if book.me else ""),
        ringed=alone,
        left_out=book.me,
    )
    return draw(book, told, **options)
