"""Drafts of messages: nothing is sent. Those of an introduction, and any from a template."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from refgraph.book import professional_limits
from refgraph.report.sections.bench import listed, praise
from refgraph.report.tending.templates import read_template
from refgraph.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book

__all__ = ["Message", "draft", "introduction", "text"]


@dataclass(frozen=True, slots=True)
class Message:
    """A draft of one message.

    Attributes
    ----------
    to : tuple of str
        Whom it is for.
    addresses : tuple of str
        Their e-mail addresses; blank where none is recorded.
    when : str
        When to send it.
    subject, body : str
        What it says.
    """

    to: tuple[str, ...]
    addresses: tuple[str, ...]
    when: str
    subject: str
    body: str

    @property
    def mailto(self) -> str | None:
        r"""The message as a link that a mail program opens (RFC 6068); None without an address.

        Examples
        --------
        >>> Message(("Bo",), ("bo@example.org",), "", "You & Ann?", "Hello,\n100 %").mailto
        'mailto:bo@example.org?subject=You%20%26%20Ann%3F&body=Hello%2C%0D%0A100%20%25'
        """
        if not all(self.addresses):
            return None
        to = ",".join(quote(address, safe="@") for address in self.addresses)
        body = "\r\n".join(self.body.splitlines())
        return f"mailto:{to}?subject={quote(self.subject, safe='')}&body={quote(body, safe='')}"

    def plain(self) -> dict[str, Any]:
        """Give the message as plain values."""
        return {
            "to": list(self.to),
            "email": [address or None for address in self.addresses],
            "when": self.when,
            "subject": self.subject,
            "body": self.body,
            "mailto": self.mailto,
        }


def introduction(
    book: Book, row: Mapping[Any, Any], whose: str | None = None
) -> dict[str, Message]:
    """Draft the three messages of an introduction, consent first.

    Parameters
    ----------
    book : Book
        Where names, addresses, professions and ratings stand.
    row : mapping
        A row of :func:`refgraph.introductions.rank`.
    whose : str, optional
        Who introduces them, and signs; the book's me if not given.

    Returns
    -------
    dict
        ``ask_person`` (who needs), ``ask_introduce_to`` (who offers), ``introduction``
        (to both), in the order to send them. Nobody is named to the other before they
        agreed, nor anything asked for in return.

    Raises
    ------
    NoMeError
        Nobody signs.

    Examples
    --------
    >>> from refgraph import Book, introductions
    >>> book = Book.sample()
    >>> row = introductions.rank(book).to_dict("records")[0]
    >>> list(introduction(book, row))
    ['ask_person', 'ask_introduce_to', 'introduction']
    """
    me = book.asked(whose, "Who signs an introduction")
    needing, offering = row["person"], row["introduce_to"]
    fields = {
        "needing": needing,
        "offering": offering,
        "need": row["need"],
        "needing_who": _who(book, needing),
        "offering_who": f"{_who(book, offering)}{_does(book, offering)}",
        "known": _known(book, offering) if me == book.me else "",
    }
    both = "when both have said yes; best said when the three of you meet (handoff 5)"
    return {
        "ask_person": draft(book, "introduce-first", me, (needing,), when="first", fields=fields),
        "ask_introduce_to": draft(
            book,
            "introduce-second",
            me,
            (offering,),
            when=f"when {needing} has said yes",
            fields=fields,
        ),
        "introduction": draft(
            book, "introduction", me, (needing, offering), when=both, fields=fields
        ),
    }


def draft(
    book: Book,
    name: str,
    me: str,
    to: tuple[str, ...],
    *,
    when: str = "today",
    fields: Mapping[str, str] = MappingProxyType({}),
) -> Message:
    """Fill a template in; what the profession asks to be said stands before the signature.

    Parameters
    ----------
    book : Book
        Where addresses stand, and templates of its own.
    name : str
        One of :data:`refgraph.report.tending.templates.FIELDS`.
    me : str
        Who signs.
    to : tuple of str
        Whom it is for.
    when : str
        When to send it.
    fields : mapping of str to str
        What stands for the other fields of the template.

    Raises
    ------
    RefgraphError
        The book's own template is not as it should be.

    Examples
    --------
    >>> from refgraph import Book
    >>> draft(Book.sample(), "give", "Robin Hale", ("Hiro Tanabe",)).subject
    'Whom would you like to meet?'
    """
    template = read_template(book, name)
    subject, body = template.filled({"to": join_names(to), "me": me, **fields})
    if promise := professional_limits.promise(book):
        said, _, signature = body.rpartition("\n\n")
        body = "\n\n".join(filter(None, (said, promise, signature)))
    emails = book.people["email"]
    addresses = tuple(str(emails.get(each, "")) for each in to)
    return Message(to, addresses, when, subject, body)


def text(
    messages: Mapping[str, Message], *, links: bool = False, hidden: bool = False, of: str = ""
) -> str:
    """Lay the messages out to be copied, or as links that open a mail program.

    ``hidden`` addresses are not said to be missing, and of a book with a profile, ``of``, that
    hides some, no more than that.

    Examples
    --------
    >>> print(text({"ask": Message(("Bo",), ("",), "first", "A question", "Hello Bo")}), end="")
    1. To Bo, first
       No e-mail address is recorded for Bo.
    Subject: A question
    <BLANKLINE>
    Hello Bo
    """
    parts = []
    for number, message in enumerate(messages.values(), 1):
        lines = [f"{number}. To {' and '.join(message.to)}, {message.when}"]
        pairs = zip(message.to, message.addresses, strict=True)
        missing = [name for name, address in pairs if not address]
        if hidden:
            lines.append("   The e-mail address is hidden.")
        elif missing:
            either = f", or the profile {of} hides it" if of else ""
            lines.append(f"   No e-mail address is recorded for {' and '.join(missing)}{either}.")
        elif not links:
            lines.append(f"   {', '.join(message.addresses)}")
        if links and message.mailto is not None:
            lines.append(message.mailto)
        else:
            lines += [f"Subject: {message.subject}", "", message.body]
        parts.append("\n".join(lines) + "\n")
    return "\n\n".join(parts)


def _who(book: Book, name: str) -> str:
    profession = book.people["profession"][name]
    return f"{name} ({profession})" if profession else name


def _does(book: Book, name: str) -> str:
    offers = list(book.people["offers"][name])
    return f", who offers {listed(offers)}" if offers else ""


def _known(book: Book, name: str) -> str:
    """One sentence about why them, from the ratings of 4 and 5."""
    words = praise(book.people.loc[name].to_dict())
    return f" I know {name} as {listed(words)}." if words else ""
