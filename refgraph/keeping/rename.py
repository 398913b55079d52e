"""One name becomes another in every file of a book, and nothing else of what the book says."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import fields, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from refgraph.errors import RefgraphError
from refgraph.keeping.engine.cells import Cells
from refgraph.keeping.engine.declined import DECLINED
from refgraph.keeping.engine.journal import UNDO, contents
from refgraph.keeping.engine.lock import LOCK_FILE
from refgraph.keeping.people_file import everyone_in
from refgraph.names.in_files import MOST, Wanted
from refgraph.names.mentions import Mentions, folded
from refgraph.names.spelling import bare
from refgraph.reading import ReadOptions, Record, read
from refgraph.reading.aliases import declared_aliases, everybody
from refgraph.reading.book_files import find, within
from refgraph.reading.files.encodings import decode, unreadable
from refgraph.reading.files.formula_safe_csv import FORMULA
from refgraph.reading.settings import read_settings
from refgraph.reading.tables import KNOWN
from refgraph.schema.columns import FIELDS, MEMBERS, names_where, required_of
from refgraph.schema.row_facts import id_of
from refgraph.schema.text import clean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from refgraph.reading import Settings

__all__ = ["Renaming"]

_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: no words
# What must be the same, in the same order, but for the name: every table of a record.
_SAME = tuple(table for table in FIELDS if table in {each.name for each in fields(Record)})
# What a review, an answer, an export or another book is written as.
_ANSWERS: tuple[str, ...] = (
    *(".md", ".json", ".html", ".svg", ".png", ".pdf", ".txt", ".csv", ".ics", ".vcf"),
    *(".graphml", ".gexf", ".xlsx", ".db", ".duckdb", ".parquet", ".rules", ".toml", UNDO),
)


class Renaming:
    """A person and a word for them, and the files of a book as they are.

    Parameters
    ----------
    path : str
        The book.
    reading : ReadOptions
        How it is read.
    person : str
        A name, an alias or ``me``, in full.
    pseudonym : str or None
        The word; None draws one.
    notes : bool
        Whether the notes of their own referrals and touches are cleared.
    """

    def __init__(
        self,
        path: str,
        reading: ReadOptions,
        person: str,
        pseudonym: str | None,
        *,
        notes: bool,
    ) -> None:
        self.path, self.reading, self.notes = path, reading, notes
        self.files = find(path)
        self.before = contents(
            [*(name for name, _ in self.files.referrals), *self.files.own.values()]
        )
        self.record = read(path, reading)
        self.person = everybody(self.record, prospects=True).change(person)
        known = _everyone(self.record)
        self.pseudonym: str = pseudonym or _drawn(known)
        if ";" in self.pseudonym or self.pseudonym.startswith(FORMULA):
            msg = f"{quoted(self.pseudonym)} would be read as something else; choose another word."
            raise RefgraphError(msg)
        if self.pseudonym in known:
            msg = f"Somebody in this book is called {quoted(self.pseudonym)}; choose another word."
            raise RefgraphError(msg)
        self.aliases, self.address = _row(self.record, self.person)
        self.called = {self.person, *self.aliases}
        mine = [name for name in self.called if any(map(str.isalpha, name))]
        self.others = _people(self.record) - self.called
        others: dict[str, Iterable[str]] = dict.fromkeys(self.others, ())
        self.mentions = Mentions({**others, self.person: mine})
        self.mentioned = [*map(folded, mine)]
        self.wanted = Wanted([*self.called, *filter(None, [self.address])], reading.encoding)
        self.cells: dict[str, int] = {}

    def drafts(self) -> dict[str, bytes]:
        """Give every file its new content."""
        own = self.files.own
        told = sorted(self.before, key=lambda name: name == own.get("statuses.csv"))
        after = dict.fromkeys(told, b"")
        self.cells = dict.fromkeys(told, 0)
        for table, _ in self.files.referrals:
            after[table] = self.table(table, "referrals", self.reading)
        tables = {kind: own[f"{kind}.csv"] for kind in FIELDS if f"{kind}.csv" in own}
        pointing = [kind for kind in tables if names_where(FIELDS[kind], points=True)]
        for kind in [kind for kind in tables if kind not in pointing]:
            after[tables[kind]] = self.table(tables[kind], kind)
        if toml := own.get("refgraph.toml"):
            after[toml] = self.settings(toml)
        # The ids that they point to are the old ones, so the book is read without them.
        nothing = {tables[kind]: f"{','.join(required_of(kind))}\n".encode() for kind in pointing}
        there = self.reread({**after, **nothing}) if nothing else self.record
        ids = zip(*(id_of(each.referrals.columns) for each in (self.record, there)), strict=True)
        moved = {old: new for old, new in ids if old != new}
        for kind in pointing:
            after[tables[kind]] = self.table(tables[kind], kind, ids=moved)
        return after

    def reread(self, after: Mapping[str, bytes]) -> Record:
        """Read the book as it would be."""
        me = self.record.me if self.reading.me is not None else None
        me = self.pseudonym if me in self.called else me
        return read(self.path, replace(self.reading, drafts=after, me=me))

    def table(
        self,
        name: str,
        kind: str,
        options: ReadOptions | None = None,
        ids: Mapping[str, str] | None = None,
    ) -> bytes:
        """Give a table its new content: names, mentions, and what is cleared."""
        fields = FIELDS[kind]
        columns = KNOWN if kind == "referrals" else [field.name for field in fields]
        encoding = self.reading.encoding
        table = Cells.of(name, self.before[name] or b"", columns, options, encoding)
        header = table.header.positions
        told = {header[field.name]: field for field in fields if field.name in header}
        others = {*range(table.header.width)} - {*header.values()}
        named = {place for place, field in told.items() if field.is_name}
        if kind == "referrals" and "person" in header:  # of a file that names only the other
            named.add(header["person"])
        texts = others | {place for place, field in told.items() if field.may_mention}
        keep = named | {place for place, field in told.items() if field.public}
        note = header.get("note", -1)
        pointing = {place for place, field in told.items() if field.points}
        changes: dict[tuple[int, int], str] = {}
        for row, cells in enumerate(table.source.rows):
            # A row may be shorter or longer than the header where nothing but a check reads it.
            theirs = any(clean(cells[at]) in self.called for at in named if at < len(cells))
            for place, text in enumerate(cells):
                new = text
                if place in named and clean(text) in self.called:
                    new = self.pseudonym
                elif theirs and kind == "people" and place not in keep:
                    new = ""
                elif theirs and self.notes and place == note:
                    new = "settled" if table.text(row, "kind").strip() == "settled" else ""
                elif place in pointing:
                    new = (ids or {}).get(clean(text), text)
                elif place in texts or place >= table.header.width:
                    new = self.told(text)
                if new != text:
                    changes[row, place] = new
        self.cells[name] = len(changes)
        return table.edited(changes)

    def told(self, text: str) -> str:
        """Give a text with the pseudonym for the name, an alias or the address."""
        plain = normalize("NFC", text)
        new = plain
        low = folded(plain)
        if any(name in low for name in self.mentioned):
            new = self.mentions.replaced(plain, {self.person: self.pseudonym})
        if self.address and self.address.casefold() in new.casefold():
            new = re.sub(re.escape(self.address), self.pseudonym, new, flags=re.IGNORECASE)
        return text if new == plain else new

    def settings(self, name: str) -> bytes:
        """Give refgraph.toml its new content; the names in it stand as they are, in quotes.

        Raises
        ------
        LedgerError
            The name cannot be replaced in this file.
        """
        content = self.before[name] or b""
        mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
        text = decode(name, content)
        new = "\n".join(map(self.told, text.split("\n")))  # a name never runs over two lines here
        for called in self.called:
            in_quotes = called.replace("\\", "\\\\").replace('"', '\\"')
            new = new if in_quotes == called else new.replace(in_quotes, self.pseudonym)
        self.cells[name] = sum(
            one != other for one, other in zip(text.split("\n"), new.split("\n"), strict=True)
        )
        after = mark + new.encode()
        found, problems = read_settings(name, content=after)
        if problems or found != self.expected():
            hint = f"write {quoted(self.pseudonym)} there first, and say --as {self.pseudonym}"
            message = f"the name of {quoted(self.person)} cannot be replaced in this file"
            raise unreadable(name, message, hint)
        return after

    def expected(self) -> Settings:
        """Say what refgraph.toml is to mean."""
        settings = self.record.settings
        me = settings.me in self.called
        return replace(
            settings,
            me=self.pseudonym if me else settings.me,
            looking_for=tuple(map(self.told, settings.looking_for)),
            they_say=tuple(map(self.told, settings.they_say)),
            synonyms={
                self.told(word): tuple(map(self.told, others))
                for word, others in settings.synonyms.items()
            },
            apart=tuple(tuple(map(self.told, group)) for group in settings.apart),
        )

    def confirm(self, after: Mapping[str, bytes]) -> None:
        """See that the book would be the same, row by row, but for the name.

        Raises
        ------
        RefgraphError
            Something else than the name would change.
        """
        there = self.reread(after)
        for table in _SAME:
            old, new = getattr(self.record, table).columns, getattr(there, table).columns
            for column in [
                field.name for field in FIELDS[table] if field.is_fact or field.names == "member"
            ]:
                wanted = [self.pseudonym if name == self.person else name for name in old[column]]
                if list(new[column]) != wanted:
                    msg = f"The book would not be the same in {column}; nothing was written."
                    raise RefgraphError(msg)

    def traces(self, after: Mapping[str, bytes]) -> Iterator[tuple[str, int]]:
        """Find lines where their name, a word that only it has, or the address still stands."""
        others = {*map(bare, self.others)} - {""}
        whole = {name for name in map(bare, self.called) if any(map(str.isalpha, name))} - others
        mentions = Mentions({**dict.fromkeys(others, ()), **dict.fromkeys(whole, ())})
        words = {word for name in self.called for word in bare(name).split() if len(word) > 2}
        words -= {word for name in self.others for word in bare(name).split()}
        words |= {self.address.casefold()} - {""}
        alone = _any_of(words, r"(?<!\w)", r"(?!\w)")
        within = _any_of(whole)
        for name, content in after.items():
            for number, line in enumerate(self.text_of(name, content).split("\n"), 1):
                low = bare(line)
                is_theirs = within.search(low) and not whole.isdisjoint(mentions.people(low))
                if is_theirs or alone.search(low):
                    yield name, number

    def text_of(self, name: str, content: bytes) -> str:
        """Give the text of a file of the book; the settings are always UTF-8."""
        encoding = None if name.endswith(".toml") else self.reading.encoding
        return decode(name, content, encoding)

    def stands_in(self, path: str) -> bool | None:
        """Tell whether a name of theirs or the address stands in another file.

        None if that cannot be known: a picture may show it, and a large file is not read.
        """
        if os.path.getsize(path) > MOST:  # noqa: PTH202
            return None
        return self.wanted.stands_in(contents([path])[path] or b"")

    def unread(self) -> list[str]:
        """Name the other files of the folder, and what answers stand in folders in it."""
        if not os.path.isdir(self.path):  # noqa: PTH112
            return []
        there = [within(self.path, name) for name in os.listdir(self.path)]  # noqa: PTH208
        for folder, below, names in os.walk(self.path):
            below[:] = [name for name in below if not name.startswith(".")]
            if folder != self.path:
                said = [name for name in names if name.endswith(_ANSWERS)]
                there += [os.path.join(folder, name) for name in said]  # noqa: PTH118
        nameless = {within(self.path, name) for name in (LOCK_FILE, DECLINED)}
        # a link that goes round holds nothing, and from a pipe nothing may ever come
        return sorted({*filter(os.path.isfile, there)} - {*self.before} - nameless)


def _people(record: Record) -> set[str]:
    """Name everybody who gives, receives, is declared or was in touch, by all their names."""
    named = {
        who
        for table in _SAME
        for name in MEMBERS[table]
        for who in getattr(record, table).columns[name]
    }
    named.update(alias for aliases in declared_aliases(record).values() for alias in aliases)
    return named - {""}


def _everyone(record: Record) -> set[str]:
    return _people(record) | everyone_in(record)


def _row(record: Record, person: str) -> tuple[tuple[str, ...], str]:
    """Give the aliases and the e-mail address that people.csv has."""
    aliases = declared_aliases(record)
    addresses = dict(zip(aliases, record.people.columns["email"], strict=True))
    return tuple(aliases.get(person, ())), addresses.get(person, "")


def _any_of(words: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """Match one of several texts; nothing where there are none."""
    return re.compile(
        "|".join(f"{before}{re.escape(word)}{after}" for word in sorted(words)) or r"(?!)"
    )


def _drawn(known: Iterable[str]) -> str:
    while True:
        word = f"Person-{''.join(secrets.choice(_LETTERS) for _ in range(6))}"
        if word not in known:
            return word
