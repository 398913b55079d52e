"""What every column of every table means, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.questions.registry import QUESTIONS
from refgraph.report.views.text_table import heading, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["TABLES", "explained", "lines"]

#: By the name of the table, what each of its columns means.
TABLES = {name: question.meanings for name, question in QUESTIONS.items()}


def explained(table: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Give the columns (or measures) of a table with what each one means.

    Examples
    --------
    >>> explained("balance", ["given"])
    [('given', 'referrals they gave')]
    """
    return [(name, TABLES[table][name]) for name in names]


def lines(table: str, names: Iterable[str], *, heads: Mapping[str, str] | None = None) -> str:
    """Explain a table in text, a line for each column, under its name or what ``heads`` says.

    Examples
    --------
    >>> print(lines("balance", ["person", "given"]))
    person  a person of the network
    given   referrals they gave
    """
    told = [
        ((heads or {}).get(name, heading(name)), text) for name, text in explained(table, names)
    ]
    wide = max((width(name) for name, _ in told), default=0)
    return "\n".join(f"{name}{' ' * (wide - width(name))}  {text}" for name, text in told)
