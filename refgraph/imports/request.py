"""What is to be imported, how it is read, and the rules that this says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.rules.builtin_rules import shipped
from refgraph.imports.rules.headers import bare as bare_header
from refgraph.imports.rules.rules_file import MOST_BYTES, parse_rules
from refgraph.imports.rules.ruleset import EVERY_REFERRER, Rules
from refgraph.names.void_marks import VOID
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.encodings import decode, unreadable
from refgraph.reading.read_options import ReadOptions
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from refgraph.imports.rules.ruleset import Alternatives

__all__ = ["Request", "rules_for"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and how it is read.

    Attributes
    ----------
    file, book : str
        The export (``-`` for standard input), and the book.
    rules : str or None
        A rules file, or the name of a shipped layout.
    me : str or None
        Whose book it is, where the book does not say so.
    new : bool
        Whether that is somebody new, whoever in the book is called nearly so.
    new_people : bool
        Whether every referrer is a person, but for those nearly called as somebody of the book.
    today : datetime.date or None
        The last day that is not in the future.
    encoding, delimiter : str or None
        How the file is written; recognised if not given, UTF-8 and no other.
    sheet : str or None
        Which sheet of a workbook, or table of a database, is read.
    sql : str or None
        The query whose rows are read, of a database.
    date_format, decimal : str or None
        How its dates and amounts are written; settled from all of them if not given.
    currency : str or None
        The currency of amounts that name none, or whose sign is of several.
    day : datetime.date or None
        The date of rows that have none.
    columns : mapping of str to str
        Our columns, and the headers of the file that they are read from.
    renames : mapping of str to str
        A name in the file, and the name in the book.
    newcomers : tuple of str
        Names among the referrers that are people, though the book knows none.
    above : tuple of str
        The headers of columns in which a blank cell says the same as the one above.
    changed : str
        What becomes of rows that were edited in the file: ``"update"`` or ``"new"``.
    keeps_repeats : bool
        Whether a row that repeats another one in full is a referral of its own.
    reading : ReadOptions
        How the book is read and written, apart from `me` and `today`.

    Examples
    --------
    >>> Request("Connections.csv", "mybook").rules is None
    True
    """

    file: str
    book: str
    rules: str | None = None
    me: str | None = None
    new: bool = False
    new_people: bool = False
    today: date | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sql: str | None = None
    date_format: str | None = None
    decimal: str | None = None
    currency: str | None = None
    day: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    newcomers: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    changed: str = ""
    keeps_repeats: bool = False
    reading: ReadOptions = field(default_factory=ReadOptions)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said of its columns: it may be no table at all."""
        said = (self.rules, self.sheet, self.sql, self.delimiter)
        return not (self.columns or any(each is not None for each in said))


def _load_rules(name: str) -> bytes:
    """Read a rules file; suggest the layout that is meant if there is no such file."""
    try:
        return load(name, MOST_BYTES)
    except LedgerError:
        if Path(name).exists() or not (near := did_you_mean(name, shipped())):
            raise
        message = "there is no such file, and no layout of this name"
        raise unreadable(name, message, f"did you mean {near}?") from None


def _told(columns: Mapping[str, str]) -> dict[str, Alternatives]:
    """Give columns and their headers as rules name them."""
    return {name: ((bare_header(header),),) for name, header in columns.items() if name != VOID}


def rules_for(request: Request) -> Rules | None:
    """Read the rules of an import, and lay what its options say over them.

    Raises
    ------
    LedgerError
        The rules cannot be read.
    """
    rules = Rules()
    if request.rules is not None:
        if request.rules in shipped() and not Path(request.rules).exists():
            rules = Rules(path=request.rules, like=request.rules)
        else:
            text = decode(request.rules, _load_rules(request.rules))
            rules = parse_rules(request.rules, text.replace("\r\n", "\n"))
    rules = replace(
        rules,
        date_format=request.date_format or rules.date_format,
        decimal=request.decimal or rules.decimal,
        columns={**rules.columns, **_told(request.columns)},
        void=request.columns.get(VOID, rules.void),
        constants={
            **rules.constants,
            **({"currency": request.currency} if request.currency else {}),
        },
        renames={**rules.renames, **request.renames},
        above=(*rules.above, *map(bare_header, request.above)),
        newcomers=(
            *(*rules.newcomers, *request.newcomers),
            *[EVERY_REFERRER] * request.new_people,
        ),
    )
    return None if rules == Rules() else rules
