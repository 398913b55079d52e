"""What a book holds already: its people under all their names, its rows, its free places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.imports.cells.shared_keys import rows_like
from refgraph.imports.column_names import TABLES
from refgraph.names.lookup import Lookup, Step
from refgraph.reading.book_files import find
from refgraph.reading.files.file_format import Form
from refgraph.reading.header import read_header
from refgraph.reading.open_table import open_table
from refgraph.reading.tables import KNOWN, open_referrals, read_own
from refgraph.schema.columns import LATE, NAMED
from refgraph.schema.dates import iso_date
from refgraph.schema.row_facts import person_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from refgraph.reading.read_options import ReadOptions, Record, Table

__all__ = ["Known", "Names", "rows_of"]


def rows_of(table: Table, columns: Iterable[str]) -> list[dict[str, Any]]:
    """Give the rows of a table of a book, each from column to value."""
    names = list(columns)
    make = rows_like(dict.fromkeys(names))
    rows = [make() for _ in range(len(table))]
    for name in names:
        for row, value in zip(rows, table.columns[name], strict=True):
            row[name] = value
    return rows


class Names:
    """Everyone who has a name in a book, to be found by what an export calls them.

    Parameters
    ----------
    people : iterable of str
        Everyone.
    aliases : mapping of str to str
        The person behind each alias.
    me : str, optional
        Whose book it is.

    Examples
    --------
    >>> names = Names(["Ann Lee", "Bo Park"], {"Annie": "Ann Lee"})
    >>> names.find("ann lee (Lee & Co)"), names.find("Park, Bo"), names.find("Annie")
    (['Ann Lee'], ['Bo Park'], ['Annie'])
    >>> names.find("Google")
    []
    """

    def __init__(
        self, people: Iterable[str], aliases: Mapping[str, str], me: str | None = None
    ) -> None:
        self.aliases = dict(aliases)
        self.me = me
        self._names = dict.fromkeys([*people, *aliases])
        self._lookup: Lookup | None = None
        self._waiting: list[str] = []  # not in it yet: often nobody is looked up any more

    def add(self, name: str, person: str | None = None) -> None:
        """Make a name known: of somebody new, or one more of a person."""
        self._names[name] = None
        if person not in (None, name):
            self.aliases.setdefault(name, str(person))
        if self._lookup is not None:
            self._waiting.append(name)

    def __contains__(self, text: str) -> bool:
        """Tell whether somebody goes by a text, whatever its capitals and accents."""
        return bool(self.lookup.find(text, last=Step.FORM).people)

    def called(self, word: str) -> bool:
        """Tell whether somebody goes by a word in small letters, in whatever capitals."""
        return word in map(str.casefold, self._names)

    def person(self, name: str) -> str:
        """Give the person behind a name as it is written."""
        return self.aliases.get(name, name)

    @property
    def lookup(self) -> Lookup:
        """Everyone, as what is typed is looked up."""
        if self._lookup is None:
            self._lookup = self.as_they_are()
        for name in self._waiting:
            self._lookup.add(name, self.aliases.get(name))
        self._waiting.clear()
        return self._lookup

    def as_they_are(self) -> Lookup:
        """Everyone up to here, whoever is added later."""
        people: dict[str, list[str]] = {
            name: [] for name in sorted(self._names) if name not in self.aliases
        }
        for alias, person in self.aliases.items():
            people.setdefault(person, []).append(alias)
        return Lookup(people, self.me)

    def find(self, text: str) -> list[str]:
        """Find whom a text names: one name, several people it may be, or nobody.

        The text is a name as it is typed at the keyboard, but for a part of one: a word of a
        file is too often no name at all.
        """
        found = self.lookup.find(text, last=Step.INITIAL)
        if found.step <= Step.ALIAS:
            return [found.typed]
        return sorted(found.people)

    def everyone(self) -> list[str]:
        """Give all names, in order."""
        return sorted(self._names)


class Known:
    """A book, as an import looks at it.

    Parameters
    ----------
    record : Record
        What was read of it.
    columns : mapping of str to set of str
        The columns of each file of the book that is there.
    statuses : list of dict
        The rows of its changes of status.
    """

    def __init__(
        self,
        record: Record,
        columns: Mapping[str, Collection[str]] = TABLES,
        statuses: Sequence[dict[str, Any]] = (),
    ) -> None:
        self.me = record.me
        self.today = record.today
        self.referrals = rows_of(record.referrals, TABLES["referrals"])
        self.touches = rows_of(record.touches, TABLES["touches"])
        people = rows_of(record.people, TABLES["people"])
        self.people = {person_of(row): row for row in people}
        aliases = {alias: person_of(row) for row in people for alias in row["aliases"]}
        everyone = [
            record.me,
            *self.people,
            *(row[name] for row in self.referrals for name in NAMED["referrals"]),
            *(row[name] for row in self.touches for name in NAMED["touches"]),
        ]
        self.names = Names(filter(None, everyone), aliases, record.me)
        self.statuses = statuses
        self.columns = {table: {*there, *LATE[table]} for table, there in columns.items()}
        self.has_ids = "id" in self.columns["referrals"]

    @classmethod
    def of_files(cls, path: str, record: Record, options: ReadOptions) -> Known:
        """Look at the files of a book: what was read of them, and how."""
        files = find(path)
        statuses: list[dict[str, Any]] = []
        if "statuses.csv" in files.own:
            sheet = read_own(files.own["statuses.csv"], "statuses", iso_date, [], options)
            statuses = rows_of(sheet.kept(), TABLES["statuses"])
        headers = [_of_referrals(file, options) for file, _ in files.referrals]
        columns = {"referrals": headers[0].intersection(*headers[1:])}
        for table, named in TABLES.items():
            if f"{table}.csv" in files.own:
                columns[table] = _of_own(files.own[f"{table}.csv"], named, options)
        return cls(record, columns, statuses)


def _of_referrals(path: str, options: ReadOptions) -> set[str]:
    """Name the columns of a table of referrals; giver and receiver, however it tells them."""
    source = open_referrals(path, options, [])
    found = {*read_header(source, KNOWN, options.columns, header=options.header).positions}
    return found | {"giver", "receiver"}


def _of_own(path: str, columns: Iterable[str], options: ReadOptions) -> set[str]:
    known = list(columns)
    source = open_table(path, known, [], form=Form(encoding=options.encoding))
    return {*read_header(source, known, {}).positions}
