"""Rules say what the columns of an export mean, and which of its rows count."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EVERY_REFERRER", "INFERRED", "OWN", "Alternatives", "Condition", "Rules"]

#: Stands among the newcomers for every referrer whom the book lacks; it is no name.
EVERY_REFERRER = ""
#: How the tables of a book are called.
OWN = "a table of refgraph"
#: How a table is called whose columns were told by their headers and cells.
INFERRED = "a table of referrals"
_FREE = "note"  # free text, to which more of it can be added
#: Headers whose cells are joined by blanks, or else those of the next tuple.
Alternatives = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What happens to rows in which a column holds a text.

    Attributes
    ----------
    column : str
        A header of the file, or a column of ours.
    exact : bool
        Whether the whole cell is that text, and not a part of it. Capitals
        never count.
    text : str
        The text.
    sets : tuple of (str, str)
        The column of ours that is set, and to what; nothing if the row is skipped.
    line : int
        Where the rule stands.
    """

    column: str
    exact: bool
    text: str
    sets: tuple[str, str] | tuple[()]
    line: int

    def holds(self, cell: str) -> bool:
        """Tell whether a cell is meant."""
        cell, text = cell.strip().casefold(), self.text.casefold()
        return cell == text if self.exact else text in cell


@dataclass(frozen=True, slots=True)
class Rules:
    """What a rules file says.

    Attributes
    ----------
    path : str
        The file.
    name : str
        What an export of this kind is called.
    kind : str
        One of :data:`KINDS <refgraph.imports.column_names.KINDS>`; found from the columns if blank.
    like : str
        The shipped layout that these rules change.
    recognise : tuple of tuple of str
        Headers, all of which are there in such an export; any of the tuples will do.
    skip : int
        Lines left out at the top.
    fields : tuple of str
        Our column for each column of the file, in order; blank ones are left out.
    columns : mapping of str to alternatives
        Our column, and the headers it is read from.
    constants : mapping of str to str
        What a column of ours holds in every row where it is blank.
    conditions : tuple of Condition
        Which rows are skipped or changed.
    renames : mapping of str to str
        The name in the file, and the name in the book.
    newcomers : tuple of str
        Names among the referrers that are people, though the book knows none.
    above : tuple of str
        The headers of columns in which a blank cell says the same as the one above.
    date_format, decimal : str or None
        How dates and amounts are written.
    prefix : str
        What stands before the ids of such an export.
    void : str or None
        The header of the column that marks rows as void; nothing if none does.
    """

    path: str = ""
    name: str = ""
    kind: str = ""
    like: str = ""
    recognise: tuple[tuple[str, ...], ...] = ()
    skip: int = 0
    fields: tuple[str, ...] = ()
    columns: Mapping[str, Alternatives] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)
    newcomers: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    date_format: str | None = None
    decimal: str | None = None
    prefix: str = ""
    void: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether these are the columns of a table of a book."""
        return self.name == OWN

    @property
    def may_be_network(self) -> bool:
        """Whether nothing is said of the columns that an edge list or a matrix has."""
        return not (self.like or self.fields or {*self.columns} - {_FREE})

    def over(self, base: Rules) -> Rules:
        """Lay these rules over those of a layout.

        What an option says of a column of the file, nothing else is read from; a note that an
        option names is joined to the one that is there, which it does not displace.
        """
        told = set() if self.path else {each for some in self.columns.values() for each in some}
        kept = {
            name: tuple(x for x in some if x not in told) for name, some in base.columns.items()
        }
        own = dict(self.columns)
        if _FREE in own and kept.get(_FREE) and not self.path:
            own[_FREE] = (
                *((*one, *more) for one in kept[_FREE] for more in own[_FREE]),
                *own[_FREE],
            )
        return replace(
            base,
            path=self.path,
            skip=self.skip or base.skip,
            columns={**{name: some for name, some in kept.items() if some}, **own},
            constants={**base.constants, **self.constants},
            conditions=(*base.conditions, *self.conditions),
            renames={**base.renames, **self.renames},
            newcomers=(*base.newcomers, *self.newcomers),
            above=(*base.above, *self.above),
            date_format=self.date_format or base.date_format,
            decimal=self.decimal or base.decimal,
            prefix=self.prefix or base.prefix,
            void=base.void if self.void is None else self.void,
        )
