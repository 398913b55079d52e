"""Every table that a command prints, column by column, from the registered questions."""

from __future__ import annotations

from generator.markdown import code, escape, table
from refgraph.report.questions.registry import QUESTIONS

__all__ = ["columns"]


def columns() -> str:
    """Say what each column of each table means."""
    parts = []
    for name, question in QUESTIONS.items():
        rows = [[code(column), escape(meaning)] for column, meaning in question.meanings.items()]
        parts += [f"## {name}", table(["column", "meaning"], rows)]
    return "\n\n".join(parts)
