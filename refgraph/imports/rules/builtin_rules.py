"""The layouts that refgraph knows by itself, each a rules file of the package."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from refgraph.imports.rules.rules_file import parse_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.imports.rules.ruleset import Rules

__all__ = ["shipped"]


@cache
def shipped() -> Mapping[str, Rules]:
    """Give the rules of every layout that is shipped, by the name of its file.

    Examples
    --------
    >>> "linkedin" in shipped()
    True
    """
    folder = resources.files("refgraph") / "imports" / "rules"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".rules"): parse_rules(
            file.name, file.read_text(encoding="utf-8").replace("\r\n", "\n")
        )
        for file in files
        if file.name.endswith(".rules")
    }
