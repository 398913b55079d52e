"""One summary of a book, and the ways to print it.

What comes in is a :class:`refgraph.Book`; what goes out is a :class:`Report`, whose parts are the
same in text, Markdown, HTML and JSON. The numbers are those of `refgraph.analysis`; here they
become rows, and rows become sentences.

- `sections`: the parts of a review: what is asked, the answer, the rows under it;
- `summary`: all parts in their order, computed once; `page`: the review in words;
- `questions`: what can be asked of a book, each registered once for commands, pages, notebooks;
- `views`: tables and summaries as text, Markdown and JSON, and what each column means;
- `card` and `drafts`: what is handed to one person.

A new part is the `Line` of a `Question`; it stands where `questions.registry` has the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.report.questions.question import Answer
    from refgraph.report.views.render import Report

__all__ = ["ask", "of"]


def of(book: Book, *, everything: bool = False, exact: bool = False) -> Report:
    """Give the one-page review of a book, which shows itself in Jupyter.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.
    everything : bool, default False
        Whether it shows every row of its lists.
    exact : bool, default False
        Whether connectors go by the shortest ways of everybody, however many people there are.

    Returns
    -------
    Report
        ``print`` it, or take ``report.markdown()`` or ``report.json()``; the
        tables and counts behind it are in ``report.summary``.

    Examples
    --------
    >>> from refgraph import Book
    >>> str(of(Book.sample())).splitlines()[0]
    'Referrals of Robin Hale'
    """
    from refgraph.report.summary import summarize  # noqa: PLC0415
    from refgraph.report.views.render import Report  # noqa: PLC0415  # pandas waits for the first call

    return Report(summarize(book, everything=everything, exact=exact))


def ask(book: Book, question: str, /, *about: Any, **options: Any) -> Answer:
    """Ask a book what a command asks it, by the name of the command.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.
    question : str
        A command that answers with a table, such as ``"owe"``, with the option that makes it
        another table, such as ``"chains --by client"``.
    *about, **options
        What the question takes, as the command does: a person, ``horizon=90``.

    Returns
    -------
    Answer
        Shows itself in Jupyter; ``answer.table`` are its rows, ``answer.said`` what they come to.

    Raises
    ------
    RefgraphError
        No question has this name.

    Examples
    --------
    >>> from refgraph import Book
    >>> ask(Book.sample(), "owe").said
    'Open: 1 for 0-30 days, 1 for 31-90 days, 3 for 91-180 days, 2 for over 180 days.'
    """
    from refgraph.errors import RefgraphError  # noqa: PLC0415
    from refgraph.report.questions.registry import QUESTIONS  # noqa: PLC0415  # pandas waits

    if question not in QUESTIONS:
        msg = f"{question!r} is no question; there are {', '.join(sorted(QUESTIONS))}."
        raise RefgraphError(msg)
    return QUESTIONS[question](book, *about, **options)
