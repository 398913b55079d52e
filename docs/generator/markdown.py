"""Tables, code and headings in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.report.views.text_table import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["block", "code", "escape", "slug", "table"]


def code(text: str) -> str:
    """Give a text as code within a line or the cell of a table."""
    return f"`{text}`".replace("|", "\\|") if text else ""


def block(text: str) -> str:
    """Give a text as a block of its own, as it stands."""
    return f"```text\n{text}\n```"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay rows out under their heads; cells are Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def slug(heading: str) -> str:
    """Give the anchor that a page of Markdown has at a heading.

    Examples
    --------
    >>> slug("`balance --pairs`"), slug("What it promises")
    ('balance---pairs', 'what-it-promises')
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
