"""Where the rows are: a file, a folder, an address or a table of Ibis becomes a table of rows."""

from __future__ import annotations

import os
import re
import sqlite3
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import has_magic
from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.reading.book_files import Files, settings_beside
from refgraph.reading.databases.database_address import is_address
from refgraph.reading.databases.recognised import SQLITE, is_duckdb, is_parquet
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.frames.dataframes import FrameTables
from refgraph.reading.source_table import FileTables
from refgraph.schema.text import quoted, visible
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pandas as pd

    from refgraph.reading.files.records import Source
    from refgraph.reading.read_options import ReadOptions
    from refgraph.reading.source_table import Tables

__all__ = ["Place", "library", "place_of", "quiet"]

#: What a table of Ibis is called in messages.
UNNAMED = "(warehouse)"
_REFERRALS = "referrals"
_OTHERS = ("people", "touches", "statuses")
_SEPARATORS = ",;\t|"
# How an address names a database, where Ibis has another word for it.
_BACKENDS = {"postgresql": "postgres"}


@dataclass(frozen=True)
class Place:
    """A table of referrals where it is, and the small tables that go with it.

    Attributes
    ----------
    path : str
        How it is called in messages.
    rows : ibis.Table
        The referrals, with the columns that they have.
    beside : Beside
        People, touches and settings, and no referrals.
    """

    path: str
    rows: Any
    beside: Beside


@dataclass(frozen=True)
class Beside:
    """The tables of a book but for its referrals and what points at them by id.

    Attributes
    ----------
    inner : Tables
        Where they are.
    toml : str or None
        Settings that stand beside a file, if it holds a book.
    """

    inner: Tables
    toml: str | None = None

    @property
    def path(self) -> str:
        """The place as it was named."""
        return self.inner.path

    def find(self) -> Files:
        """Name the tables."""
        found = self.inner.find()
        own = {name: at for name, at in found.own.items() if name != "statuses.csv"}
        if self.toml is not None and own:
            own["refgraph.toml"] = self.toml
        return Files((), own, found.notes)

    def settings(self, files: Files) -> str | None:
        """Give the file of settings."""
        return self.toml or self.inner.settings(files)

    def open_referrals(self, name: str, options: ReadOptions, notes: list[str]) -> Source:
        """Give the rows of a table of referrals, of which there is none here."""
        return self.inner.open_referrals(name, options, notes)

    def open_own(
        self, name: str, wanted: Collection[str], options: ReadOptions, notes: list[str]
    ) -> Source:
        """Give the rows of people or touches."""
        return self.inner.open_own(name, wanted, options, notes)


@dataclass(frozen=True)
class _Held:
    """A connection, and the tables that it has by the names of a book's files."""

    path: str
    base: Any
    there: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, path: str, base: Any) -> _Held:
        names = base.list_tables()
        return cls(path, base, {name.strip().casefold(): name for name in reversed(names)})

    def rows(self, wanted: str | None) -> Any:
        """Give the table that was named, or that of the referrals, or the only one."""
        if not self.there:
            raise unreadable(self.path, "this database has no tables", "name another one")
        only = next(iter(self.there)) if len(self.there) == 1 else _REFERRALS
        name = self.there.get((only if wanted is None else wanted).strip().casefold())
        if name is not None:
            return self.base.table(name)
        listed = visible(", ".join(sorted(self.there.values())), 200)
        near = did_you_mean(wanted or _REFERRALS, sorted(self.there.values()))
        hint = f"did you mean {visible(near, 60)}?" if wanted and near else f"it has: {listed}"
        if wanted is None:
            hint = f"choose one with --table NAME: {listed}"
        raise unreadable(self.path, f"there is no table {quoted(wanted or _REFERRALS)}", hint)

    def frames(self, wanted: str | None) -> dict[str, pd.DataFrame]:
        """Give the small tables of a whole book; none where one table was named."""
        if wanted is not None or _REFERRALS not in self.there:
            return {}
        return {
            name: self.base.table(self.there[name]).to_pyarrow().to_pandas()
            for name in _OTHERS
            if name in self.there
        }


def library(path: str = UNNAMED) -> Any:
    """Give Ibis, with an engine that it works with.

    Raises
    ------
    LedgerError
        The extra ``warehouse`` is not installed.
    """
    try:
        found, duckdb = import_module("ibis"), import_module("duckdb")
        usable = hasattr(duckdb.DuckDBPyConnection, "fetch_arrow_table")
    except ImportError:
        usable = False
    if not usable:
        message = "asking it in place needs Ibis, and a DuckDB that Ibis works with"
        raise unreadable(path, message, 'pip install "refgraph[warehouse]"')
    return found


@contextmanager
def quiet(path: str) -> Iterator[None]:
    """Turn what an engine refuses into a sentence, and keep its library's own advice away.

    Raises
    ------
    LedgerError
        The engine refuses.
    """
    ibis, duckdb = import_module("ibis"), import_module("duckdb")
    arrow = import_module("pyarrow").ArrowException  # a column holds what its type does not
    undecoded = OverflowError, UnicodeDecodeError  # the text of an error may be no UTF-8
    refusing = (ibis.common.exceptions.IbisError, duckdb.Error, sqlite3.Error, arrow, *undecoded)
    with warnings.catch_warnings():
        for kind in (DeprecationWarning, FutureWarning, ResourceWarning):
            warnings.simplefilter("ignore", kind)  # of Ibis about its engines; nobody here can act
        try:
            yield
        except refusing as error:
            told = visible(str(error).strip().partition("\n")[0], 200)
            hint = (
                "check that it is a table of referrals, and that nobody else has it open; "
                "or ask it without --in-place"
            )
            raise unreadable(path, f"it cannot be asked in place: {told}", hint) from None


def place_of(
    source: Any,
    *,
    table: str | None = None,
    people: pd.DataFrame | None = None,
    touches: pd.DataFrame | None = None,
) -> Place:
    """Find the rows that a source means, and open them to be read.

    Parameters
    ----------
    source : path-like, str or ibis.Table
        A file of DuckDB, SQLite, Parquet or CSV, a pattern of Parquet or CSV files, a folder
        that is a book, the address of a database, or a table of Ibis.
    table : str, optional
        Which table of a database; ``referrals``, or the only one, if not given.
    people, touches : DataFrame, optional
        What else is known, instead of what stands beside the rows.

    Raises
    ------
    LedgerError
        It is none of these, or cannot be opened.
    """
    given = {"people": people, "touches": touches}
    frames = {name: frame for name, frame in given.items() if frame is not None}
    if not isinstance(source, str | os.PathLike):
        ibis = library()
        if not isinstance(source, ibis.Table):
            message = f"a record in place is no {type(source).__name__}"
            raise unreadable(UNNAMED, message, "name a file, or give a table of Ibis")
        return Place(UNNAMED, source, Beside(_frames(frames, UNNAMED)))
    path = os.fspath(source)
    library(path)
    with quiet(path):
        rows, beside = _opened(path, table)
    return Place(path, rows, Beside(_frames(frames, path)) if frames else beside)


def _frames(frames: Mapping[str, pd.DataFrame], path: str) -> FrameTables:
    return FrameTables(frames, path)


def _opened(path: str, table: str | None) -> tuple[Any, Beside]:
    """Give the rows of a path, and what stands beside them."""
    ibis = import_module("ibis")
    if is_address(path):
        held = _Held.of(path, _connected(path))
        return held.rows(table), Beside(_frames(held.frames(table), path))
    if os.path.isdir(path):  # noqa: PTH112
        files = FileTables(path).find().referrals
        if [kind for _, kind in files] != ["any"]:
            message = "this folder keeps what was given and received apart"
            raise unreadable(path, message, "name a file with both, or ask it without --in-place")
        return _from_text(files[0][0], import_module("ibis")), Beside(FileTables(path))
    beginning, end = _ends(path)
    alone = Beside(_frames({}, path), settings_beside(path))
    if beginning.startswith(SQLITE):
        held = _Held.of(path, ibis.sqlite.connect(path))
    elif is_duckdb(beginning):
        held = _Held.of(path, ibis.duckdb.connect(path, read_only=True))
    else:
        if table is not None:
            raise unreadable(path, "this is no database and has no tables", "leave out --table")
        if is_parquet(beginning + end) or path.endswith(".parquet"):
            return ibis.duckdb.connect().read_parquet(_as_pattern(path)), alone
        return _from_text(path, ibis), alone
    frames = held.frames(table)
    return held.rows(table), Beside(_frames(frames, path), settings_beside(path))


def _connected(path: str) -> Any:
    """Connect to an address; what is typed stands in the history of a shell, and in footers."""
    scheme, _, rest = path.partition("://")
    scheme = scheme.partition("+")[0].lower()
    who = rest.rpartition("@")[0]
    if ":" in who:
        message = "a password stands in this address, and would stand in all that names the book"
        hint = "leave it out, and keep it where the driver looks: ~/.pgpass, ~/.my.cnf, PGPASSWORD"
        shown = f"{scheme}://{rest.rpartition('@')[2]}"
        raise unreadable(shown, message, hint)
    ibis = import_module("ibis")
    try:
        return ibis.connect(f"{_BACKENDS.get(scheme, scheme)}://{rest}")
    except Exception as error:  # noqa: BLE001  # each driver has its own kinds
        told = visible(str(error).strip().partition("\n")[0], 200)
        if isinstance(error, ImportError):
            told = f"its driver is not installed: {told}"
        hint = "check the address, and that its server runs; Ibis says which driver it needs"
        raise unreadable(path, f"this database cannot be reached: {told}", hint) from None


def _from_text(path: str, ibis: Any) -> Any:
    """Read a table of text, or several, every cell as it is written."""
    separator = max(_SEPARATORS, key=_first_line(path).count)
    return ibis.duckdb.connect().read_csv(
        _as_pattern(path), all_varchar=True, header=True, delim=separator, quote='"', escape='"'
    )


def _as_pattern(path: str) -> str:
    """Write the name of a file that is there so that no engine takes its letters for a pattern.

    Examples
    --------
    >>> _as_pattern("what?.csv"), _as_pattern("tests/*.csv")
    ('what?.csv', 'tests/*.csv')
    """
    if not os.path.isfile(path):  # noqa: PTH113
        return path
    return re.sub(r"([*?\[])", r"[\1]", path)


def _first_line(path: str) -> str:
    if has_magic(path) and not os.path.isfile(path):  # noqa: PTH113
        return ","
    with open(path, "rb") as stream:  # noqa: PTH123
        return stream.readline(100_000).decode("utf-8", "replace")


def _ends(path: str) -> tuple[bytes, bytes]:
    """Give the bytes that tell what a file is; none of a pattern of several."""
    if has_magic(path) and not os.path.isfile(path):  # noqa: PTH113
        return b"", b""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            beginning = stream.read(16)
            stream.seek(max(os.path.getsize(path) - 4, 0))  # noqa: PTH202
            return beginning, stream.read(4)
    except OSError:
        raise unreadable(path, "no such file or folder", "name a file that is there") from None
