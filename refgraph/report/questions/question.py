"""A question that is asked of a book, registered once, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from refgraph.book import professional_limits
from refgraph.report.sections.section import FEW, Section, joined, rest
from refgraph.report.views import text_table
from refgraph.report.views.grouped import arranged
from refgraph.report.views.plain_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from refgraph.book.book import Book
    from refgraph.report.summary import Summary
    from refgraph.report.views.grouped import Grouping

__all__ = ["Answer", "Line", "Question"]


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """The rows that answer a question, and the sentences that belong over and under them.

    Attributes
    ----------
    table : DataFrame
        The rows, each column explained in the glossary under the name of the question.
    said : str
        What they come to, and what they leave out.
    total : tuple of str
        Columns whose sum means something.
    aside : tuple of str
        Columns that a reader is spared, since the sentence of the row tells them.
    first : tuple of str
        Of rows that are measures, those a reader sees first.
    grouping : Grouping or None
        In which groups a reader sees the rows; whatever reads them as data has one list.
    lead : str
        What a reader is to know before the first row.
    heads : mapping of str to str
        What stands above a column for a reader, where its name says too little.
    """

    table: pd.DataFrame
    said: str = ""
    total: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    grouping: Grouping | None = None
    lead: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)

    def rows(self) -> list[dict[str, Any]]:
        """Give the rows as plain values, as JSON holds them."""
        return rows_of(self.table)

    def __repr__(self) -> str:
        names, rows, headings = self._for_a_reader()
        laid_out = text_table.plain(names, rows, headings=headings, heads=self.heads)
        return "\n".join(filter(None, [self.lead, laid_out, self.said]))

    def _repr_markdown_(self) -> str:
        names, rows, headings = self._for_a_reader()
        said = [text_table.escape(line) for line in self.said.splitlines()]
        laid_out = text_table.markdown(names, rows, headings=headings, heads=self.heads)
        lead = [text_table.escape(self.lead)] if self.lead else []
        return "\n\n".join([*lead, laid_out, *said])

    def _for_a_reader(self) -> tuple[list[str], list[dict[str, Any]], dict[int, str]]:
        table = self.table
        if self.first:
            table = table[table["measure"].isin(self.first)]
        table, headings = arranged(table, self.grouping)
        names = [str(name) for name in table if name not in self.aside]
        return names, rows_of(table), headings


@dataclass(frozen=True, eq=False)
class Line:
    """How the report tells what a question answers, for which it asks once.

    Attributes
    ----------
    looking : str
        What the report says it does meanwhile, after "Looking".
    section : callable or str
        Takes the summary and the answer, gives the part of the page. A text is the title of a part
        with the first rows of the answer, what is said under them, and the command for the rest.
    asked : callable, optional
        Takes the book, from whose side it is looked at, and whether the ways of everybody are
        taken (``exact``); gives the answer. If not given, the question is asked of the book alone.
    """

    looking: str
    section: Callable[[Summary, Answer], Section] | str
    asked: Callable[[Book, str | None, bool], Answer] | None = None


@dataclass(frozen=True, eq=False)
class Question:
    """A question, for the command line, the report, JSON, the glossary and notebooks alike.

    Attributes
    ----------
    name : str
        As it is asked at the command line, options that make it another table included.
    answer : callable
        Takes a :class:`refgraph.Book` and what the command takes, gives an :class:`Answer`.
    meanings : mapping of str to str
        What each column means, or each measure where the rows are measures; one line each.
    compares : bool
        Whether it sets what was given against what was received, or tells what became of it: what
        some professions forbid, and is refused there before anything is computed.
    line : Line or None
        How the report tells it, if it does.
    """

    name: str
    answer: Callable[..., Answer]
    meanings: Mapping[str, str] = field(default_factory=dict)
    compares: bool = True
    line: Line | None = None

    def __call__(self, book: Book, *args: Any, **options: Any) -> Answer:
        """Ask the question of a book.

        Raises
        ------
        WithheldError
            It compares, and the profession of the book forbids that.
        """
        if self.compares:
            professional_limits.refuse(book)
        return self.answer(book, *args, **options)

    def part(self, summary: Summary, answer: Answer) -> Section | None:
        """Give the part of a report that tells an answer; None if the report does not ask.

        Examples
        --------
        >>> import pandas as pd
        >>> from refgraph import Book
        >>> from refgraph.report.summary import summarize
        >>> said = Answer(pd.DataFrame({"day": range(9)}), "Nine days.")
        >>> asked = Question("days", lambda book: said, line=Line("at days", "Which days"))
        >>> part = asked.part(summarize(Book.sample()), said)
        >>> part.title, len(part.table), part.note
        ('Which days', 5, 'Nine days. 4 more: refgraph days BOOK.')
        """
        if self.line is None:
            return None
        title = self.line.section
        if not isinstance(title, str):
            return title(summary, answer)
        if answer.table.empty:
            return Section(title, (answer.said,))
        most = summary.most(FEW)
        left = rest(answer.table, summary.command(*self.name.split()), most)
        shown = answer.table.head(most).drop(columns=[*answer.aside], errors="ignore")
        return Section(title, (), shown, note=joined(answer.said, left))
