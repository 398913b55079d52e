"""One column of a book, with all that anything needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from refgraph.schema.dates import iso_date
from refgraph.schema.text import clean
from refgraph.schema.values import filled, money, named, perhaps

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Reader = Callable[[str], Any]
    Dates = Callable[[str], date | None]

__all__ = ["Field"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one file of a book.

    What is not said here is the careful answer: nobody sees the column incognito or in a
    book of health, and what ``forget`` finds of a name in it becomes the pseudonym.

    Attributes
    ----------
    name : str
        The header.
    read : callable
        From the text of a cell to its value; days, amounts and names of people are read as
        the file writes them (see :meth:`reader`).
    dtype : str
        What a value is: one ``text``, a ``day``, a ``whole`` number, a ``number`` or nothing,
        an ``amount`` of money or nothing, a ``list`` of texts, yes or no (``flag``), or that
        or nothing (``maybe``).
    words : tuple of str
        The only words it may hold; any, where there are none.
    ahead : bool
        Whether a day may lie after today.
    required : str
        The sentence that refuses a blank cell; the file must have such a column.
    check : str
        The check that a bad cell fails; ``dates`` or ``fields`` where nothing is said.
    names : str
        Whose name a cell is: a ``member`` of the book's network, or ``anyone``'s. A ``key``
        is no name, and others point to it as it stands, so nobody rewrites it. Every other
        text may mention a name.
    points : bool
        Whether a cell is the id of a referral.
    late : bool
        Whether a file that was begun without it is given it with the first value.
    unused : bool or tuple of str
        Whether nothing asks for it yet, or for which of its words nothing does: whoever writes
        it is told that it is kept, not used.
    public : bool
        Whether it stays as it is where a book is shown incognito, and in the row of somebody
        who is forgotten.
    health : bool
        Whether a book of health shows it though it is not public.
    help, metavar : str
        How its option is explained; no command has one where nothing is said.
    prompt : str
        How it is asked for; it is not asked for without a prompt.
    explain : str
        What it says, as ``?`` answers where it is asked for, and the page of the files.
    meaning : str
        What stands in the glossary.
    """

    name: str
    read: Reader = clean
    dtype: Literal["text", "day", "whole", "number", "amount", "list", "flag", "maybe"] = "text"
    words: tuple[str, ...] = ()
    ahead: bool = False
    required: str = ""
    check: str = ""
    names: Literal["", "member", "anyone", "key"] = ""
    points: bool = False
    late: bool = False
    unused: bool | tuple[str, ...] = False
    public: bool = False
    health: bool = False
    help: str = ""
    metavar: str = "TEXT"
    prompt: str = ""
    explain: str = ""
    meaning: str = ""

    def __post_init__(self) -> None:
        """Settle which check it is."""
        if not self.check:
            object.__setattr__(self, "check", "dates" if self.dtype == "day" else "fields")

    def reader(self, dates: Dates, *, decimal_comma: bool = False) -> Reader:
        """Give what reads a cell, in a file that writes its days and amounts so.

        Parameters
        ----------
        dates : callable
            The reader of days; blank is None.
        decimal_comma : bool
            Whether amounts have a decimal comma.

        Examples
        --------
        >>> from refgraph.schema.dates import iso_date
        >>> Field("giver", names="member", required="nobody").reader(iso_date)(" Ann  Lee ")
        'Ann Lee'
        >>> Field("since", dtype="day").reader(iso_date)("2026-03-01")
        datetime.date(2026, 3, 1)
        """
        if self.names == "member" and self.required:
            return named(self.required)
        read = self.read
        if self.dtype == "day":
            read = perhaps(iso_date, None) if self.ahead else dates
        elif self.dtype == "amount":
            read = money(decimal_comma=decimal_comma)
        return filled(read, self.required) if self.required else read

    def is_unused(self, value: object) -> bool:
        """Tell whether a value that is written changes no answer yet.

        Examples
        --------
        >>> Field("colour", unused=True).is_unused("red"), Field("colour").is_unused("red")
        (True, False)
        """
        if isinstance(self.unused, tuple):
            return value in self.unused
        return self.unused and value not in ("", None, ())

    @property
    def is_text(self) -> bool:
        """Whether a cell is one text that somebody typed, of any words."""
        return self.dtype == "text" and not self.words

    @property
    def is_name(self) -> bool:
        """Whether a cell is a name, and nothing else."""
        return self.names in ("member", "anyone")

    @property
    def is_fact(self) -> bool:
        """Whether a cell says the same whatever the people of the book are called."""
        return not (self.is_text or self.dtype == "list")

    @property
    def may_mention(self) -> bool:
        """Whether a name can stand within a cell, to be replaced there."""
        return not self.is_fact and self.names in ("", "anyone")

    @property
    def in_health(self) -> bool:
        """Whether a book of health shows it where it shows a row at all."""
        return self.public or self.health or self.names == "member"
