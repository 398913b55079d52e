"""One part of the page: what it answers, its rows, whom it suggests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refgraph.review.grid import Grid

__all__ = ["Part", "Suggestion"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to refer to: who, what it would be, whom to introduce to them, and why.

    ``introduction`` is whom to introduce to them in words, each with why; else the names alone.
    """

    person: str
    role: str
    says: str
    introduce: tuple[str, ...]
    because: str
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page.

    Attributes
    ----------
    name : str
        Its identifier on the page, and what ``--sections`` calls it.
    title : str
        What it answers.
    lead : str
        The finding, as the top of the page says it; "" for none.
    paragraphs : tuple of str
        The answer.
    suggestions : tuple of Suggestion
        Whom it suggests.
    grids : tuple of Grid
        The rows it stands on.
    note : str
        What stands under them.
    asked_about : tuple of str
        People of whom it tells that ask for a decision, where neither a table nor a suggestion
        names them.
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]
    lead: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    grids: tuple[Grid, ...] = ()
    note: str = ""
    asked_about: tuple[str, ...] = ()
