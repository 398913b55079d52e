"""Who is said to be me, and of whom no row speaks: somebody misspelt, or somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.column_names import NEEDED
from refgraph.names.lookup import Lookup
from refgraph.schema.columns import MEMBERS, NAMED
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from refgraph.imports.book_index import Known
    from refgraph.imports.plan import Plan

__all__ = ["see_me"]


def see_me(plan: Plan, known: Known, typed: str | None, *, new: bool) -> None:
    """Refuse a me who is nearly called as somebody of the file; declare one of whom it is silent.

    A book in which no row speaks of me could not be asked about me.

    Parameters
    ----------
    plan : Plan
        What the file says, and the book lacks; the person is added to it.
    known : Known
        The book.
    typed : str or None
        Whose book it is said to be, where it was said.
    new : bool
        Whether that is somebody new, whoever is called nearly so.

    Raises
    ------
    UnknownPersonError
        If it may be somebody of the file.

    Examples
    --------
    >>> from refgraph.imports.book_index import Known
    >>> from refgraph.imports.plan import Plan
    >>> from refgraph.reading import ReadOptions, read
    >>> known = Known(read("refgraph/sample", ReadOptions(me="Zora Quist")))
    >>> plan = Plan("a.csv")
    >>> plan.rows["referrals"].append({"giver": "Ann Lee", "receiver": "Bo Park"})
    >>> see_me(plan, known, "Zora Quist", new=False)
    >>> [row["person"] for row in plan.rows["people"]]
    ['Zora Quist']
    """
    me, rows = known.me, plan.rows["referrals"]
    if me is None or typed is None or not rows:
        return
    named = {str(row[side]) for row in rows for side in MEMBERS["referrals"]}
    if me in named | _spoken_of(plan, known):
        return
    Lookup({name: [] for name in sorted(named)}).write(me, new=new)
    plan.rows["people"].append({NEEDED["people"][0]: me})
    plan.notes.append(f"{plan.path}: no row speaks of {quoted(me)}, who is me")


def _spoken_of(plan: Plan, known: Known) -> set[str]:
    """Name everybody of whom the book has a row, or gets one as a person."""
    spoken = {str(row[NEEDED["people"][0]]) for row in plan.rows["people"]} | {*known.people}
    for table, rows in (("referrals", known.referrals), ("touches", known.touches)):
        spoken |= {str(row[name]) for row in rows for name in NAMED[table] if row[name]}
    return spoken
