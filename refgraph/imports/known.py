"""What a book holds already: its people under all their names, its rows, its free places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from refgraph.imports.ours import TABLES
from refgraph.ledger.files import find
from refgraph.ledger.form import Form
from refgraph.ledger.header import read_header
from refgraph.ledger.layouts import KNOWN, open_referrals, read_own
from refgraph.ledger.opening import open_table
from refgraph.schema.dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.ledger.options import ReadOptions, Record, Table

__all__ = ["Known", "Names", "rows_of"]

_PARENTHESIS = re.compile(r"\s*\([^()]*\)$")


def rows_of(table: Table, columns: Iterable[str]) -> list[dict[str, Any]]:
    """Give the rows of a table of a book, each from column to value."""
    names = list(columns)
    texts = [list(table.columns[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*texts, strict=True)]


class Names:
    """Everyone who has a name in a book, to be found by what an export calls them.

    Parameters
    ----------
    people : iterable of str
        Everyone.
    aliases : mapping of str to str
        The person behind each alias.

    Examples
    --------
    >>> names = Names(["Ann Lee", "Bo Park"], {"Annie": "Ann Lee"})
    >>> names.find("ann lee (Lee & Co)"), names.find("Park, Bo"), names.find("Annie")
    (['Ann Lee'], ['Bo Park'], ['Annie'])
    >>> names.find("Google")
    []
    """

    def __init__(self, people: Iterable[str], aliases: Mapping[str, str]) -> None:
        self.aliases = dict(aliases)
        self.spelled: dict[str, set[str]] = {}
        for name in [*people, *aliases]:
            self.add(name)

    def add(self, name: str) -> None:
        """Make a name known."""
        self.spelled.setdefault(name.casefold(), set()).add(name)

    def person(self, name: str) -> str:
        """Give the person behind a name as it is written."""
        return self.aliases.get(name, name)

    def find(self, text: str) -> list[str]:
        """Find whom a text names: one name, several people it may be, or nobody.

        The text is a name if it equals one but for capitals, for a company in
        parentheses behind it, or for the order of ``Last, First``.
        """
        if text in self.spelled.get(text.casefold(), ()):
            return [text]
        bare = _PARENTHESIS.sub("", text)
        last, comma, first = (part.strip() for part in bare.partition(","))
        for form in (text, bare, f"{first} {last}" if comma and first else bare):
            people = {self.person(name) for name in self.spelled.get(form.casefold(), ())}
            if people:
                return sorted(people)
        return []

    def everyone(self) -> list[str]:
        """Give all names, in order."""
        return sorted(name for names in self.spelled.values() for name in names)


class Known:
    """A book, as an import looks at it.

    Parameters
    ----------
    path : str
        The book.
    record : Record
        What was read of it.
    options : ReadOptions
        How it was read.
    """

    def __init__(self, path: str, record: Record, options: ReadOptions) -> None:
        self.me = record.me
        self.today = record.today
        self.referrals = rows_of(record.referrals, TABLES["referrals"])
        self.touches = rows_of(record.touches, TABLES["touches"])
        people = rows_of(record.people, TABLES["people"])
        self.people = {row["person"]: row for row in people}
        aliases = {alias: row["person"] for row in people for alias in row["aliases"]}
        everyone = [
            record.me,
            *self.people,
            *(row[name] for row in self.referrals for name in ("giver", "receiver", "prospect")),
            *(row["person"] for row in self.touches),
        ]
        self.names = Names(filter(None, everyone), aliases)
        files = find(path)
        self.statuses: list[dict[str, Any]] = []
        if "statuses.csv" in files.own:
            sheet = read_own(files.own["statuses.csv"], "statuses", iso_date, [], options)
            self.statuses = rows_of(sheet.kept(), TABLES["statuses"])
        headers = [_of_referrals(file, options) for file, _ in files.referrals]
        #: The columns of each file of the book that is there.
        self.columns = {"referrals": headers[0].intersection(*headers[1:])}
        for table, columns in TABLES.items():
            if f"{table}.csv" in files.own:
                self.columns[table] = _of_own(files.own[f"{table}.csv"], columns, options)
        self.has_ids = "id" in self.columns["referrals"]


def _of_referrals(path: str, options: ReadOptions) -> set[str]:
    """Name the columns of a table of referrals; giver and receiver, however it tells them."""
    source = open_referrals(path, options, [])
    found = {*read_header(source, KNOWN, options.columns, header=options.header).positions}
    return found | {"giver", "receiver"}


def _of_own(path: str, columns: Iterable[str], options: ReadOptions) -> set[str]:
    known = list(columns)
    source = open_table(path, known, [], form=Form(encoding=options.encoding))
    return {*read_header(source, known, {}).positions}
