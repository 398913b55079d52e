"""The messages for an introduction: ask the one, ask the other, then introduce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from refgraph.book import professional_limits
from refgraph.report.sections.bench import listed, praise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book

__all__ = ["Message", "introduction", "text"]

_ASK = """\
I remember that you could use help with {need}, and I thought of {other}.{known}

Would you like me to introduce the two of you? A no is as welcome as a yes, and I will not \
mention you to {offering} before I have heard from you."""
_ASK_OTHER = """\
{one} could use help with {need}, and I thought of you. {needing} knows that I am asking.

Would you like me to introduce the two of you, and have you room for it just now? A no is as \
welcome as a yes."""
_BOTH = """\
Thank you both for saying yes. It is a pleasure to bring you together.

{needing}, this is {other}.{known}

{offering}, this is {one}, who could use help with {need}.

What happens next: please each send me two times that suit you for half an hour, and I will \
arrange for the three of us to meet, in person or by phone, and open the talk. After that \
{offering} writes to {needing} what was agreed, and in two weeks I will ask you both how it went."""


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
    needing, offering, need = row["person"], row["introduce_to"], row["need"]
    one, other = _who(book, needing), f"{_who(book, offering)}{_does(book, offering)}"
    known = _known(book, offering) if me == book.me else ""
    return {
        "ask_person": _message(
            book,
            me,
            (needing,),
            ("first", f"May I introduce you to {offering}?"),
            _ASK.format(need=need, other=other, known=known, offering=offering),
        ),
        "ask_introduce_to": _message(
            book,
            me,
            (offering,),
            (f"when {needing} has said yes", f"May I introduce {needing} to you?"),
            _ASK_OTHER.format(one=one, need=need, needing=needing),
        ),
        "introduction": _message(
            book,
            me,
            (needing, offering),
            (
                "when both have said yes; best said when the three of you meet (handoff 5)",
                f"{needing} and {offering}: an introduction",
            ),
            _BOTH.format_map(
                {"needing": needing, "offering": offering, "one": one, "other": other}
                | {"need": need, "known": known}
            ),
        ),
    }


def text(messages: Mapping[str, Message], *, links: bool = False, hidden: bool = False) -> str:
    """Lay the messages out to be copied, or as links that open a mail program.

    ``hidden`` addresses are not said to be missing.

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
            lines.append(f"   No e-mail address is recorded for {' and '.join(missing)}.")
        elif not links:
            lines.append(f"   {', '.join(message.addresses)}")
        if links and message.mailto is not None:
            lines.append(message.mailto)
        else:
            lines += [f"Subject: {message.subject}", "", message.body]
        parts.append("\n".join(lines) + "\n")
    return "\n\n".join(parts)


def _message(
    book: Book, me: str, to: tuple[str, ...], heading: tuple[str, str], said: str
) -> Message:
    addresses = tuple(str(book.people["email"][name]) for name in to)
    paragraphs = (
        f"Hello {listed(list(to))},",
        said,
        professional_limits.promise(book),
        f"Warm regards,\n{me}",
    )
    return Message(to, addresses, *heading, "\n\n".join(filter(None, paragraphs)))


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
