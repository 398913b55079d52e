"""A summary as text, Markdown or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refgraph.report.page import heading, sections
from refgraph.report.questions.registry import LINES
from refgraph.report.views import text_table
from refgraph.report.views.plain_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from refgraph.report.summary import Summary

_MOST = 1_000  # rows of a list in JSON

__all__ = ["Report", "as_json", "markdown", "text"]


@dataclass(frozen=True, eq=False, repr=False)
class Report:
    """A review that shows itself: as Markdown in Jupyter, as text where it is printed.

    Attributes
    ----------
    summary : Summary
        The tables and counts behind it.
    """

    summary: Summary

    def __repr__(self) -> str:
        return text(self.summary)

    def _repr_markdown_(self) -> str:
        return self.markdown()

    def markdown(self) -> str:
        """Give the page as Markdown."""
        return markdown(self.summary)

    def json(self) -> str:
        """Give the numbers as one JSON object."""
        return as_json(self.summary)


def text(summary: Summary, chosen: Collection[str] = ()) -> str:
    """Give the page for a terminal; only the sections that are chosen, if any are.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> text(summarize(Book.sample())).splitlines()[0]
    'Referrals of Robin Hale'
    """
    title, subtitle = heading(summary)
    blocks = [f"{title}\n{'=' * text_table.width(title)}\n{text_table.wrap(subtitle)}"]
    for part in sections(summary, chosen):
        lines = [part.title, "-" * len(part.title)]
        lines += [text_table.wrap(part.told)] if part.told else []
        if part.table is not None:
            lines += [
                "",
                text_table.plain([*map(str, part.table)], rows_of(part.table)).rstrip("\n"),
            ]
        for number, (who, why) in enumerate(part.items, start=1):
            lines += [f"{number}. {who}", text_table.wrap(why, "   ")]
        lines += [text_table.wrap(part.note)] if part.note else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def markdown(
    summary: Summary,
    *,
    pictures: Sequence[tuple[str, str, str]] = (),
    chosen: Collection[str] = (),
) -> str:
    """Give the page as Markdown, at its end pictures: title, file, and the file they lead to.

    ``chosen`` names the sections to show; all are shown if it is empty.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> markdown(summarize(Book.sample())).splitlines()[0]
    '# Referrals of Robin Hale'
    """
    title, subtitle = heading(summary)
    blocks = [f"# {text_table.escape(title)}", text_table.escape(subtitle)]
    for part in sections(summary, chosen):
        blocks.append(f"## {part.title}")
        if part.told:
            blocks += map(text_table.escape, part.told.splitlines())
        if part.table is not None:
            blocks.append(
                text_table.markdown([*map(str, part.table)], rows_of(part.table)).rstrip("\n")
            )
        if part.items:
            lines = (
                f"{number}. **{text_table.escape(who)}**: {text_table.escape(why)}"
                for number, (who, why) in enumerate(part.items, start=1)
            )
            blocks.append("\n".join(lines))
        if part.note:
            blocks.append(text_table.escape(part.note))
    for name, file, page in pictures:
        picture = f"![{text_table.escape(name)}]({file})"
        blocks.append(f"[{picture}]({page})" if page else picture)
    return "\n\n".join(blocks) + "\n"


def as_json(summary: Summary) -> str:
    """Give the summary as one JSON object, its lists exactly as their commands print them.

    A list of more than 1,000 rows is cut there, unless the summary is of everything; ``cut``
    then says of each how many rows there are, and how to have them.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> list(json.loads(as_json(summarize(Book.sample()))))[:4]
    ['book', 'position', 'owe', 'refer_first']
    """
    content: dict[str, Any] = {
        "book": summary.book,
        "position": dict(summary.position),
    }
    lists = {
        "owe": summary.owe,
        **{question.name.replace("-", "_"): summary.table(question.name) for question in LINES},
        "reciprocity": summary.reciprocity,
        "today": summary.today,
        "news_owed": summary.news,
        "leak_rate": summary.leak_rate,
    }
    most = summary.most(_MOST)
    content |= {name: rows_of(table.iloc[:most]) for name, table in lists.items()}
    upkeep = {"leaks": summary.leaks}
    if summary.own or (summary.withheld and summary.book["me"] is None):
        upkeep["thanks_due"] = summary.thanks_due
    content["position"] |= {name: rows_of(table.iloc[:most]) for name, table in upkeep.items()}
    long = {name: len(table) for name, table in (lists | upkeep).items()}
    cut = {name: rows for name, rows in long.items() if rows > most}
    if cut:
        content["cut"] = {
            "rows": cut,
            "shown": most,
            "all": summary.command("report", "-O json --all"),
        }
    said = {"conditions": summary.conditions, "withheld": summary.withheld}
    content |= {name: text for name, text in said.items() if text}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
