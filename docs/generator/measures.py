"""The public modules and their functions, each with the first sentence of its docstring."""

from __future__ import annotations

import inspect
import re
from types import ModuleType

import refgraph
from generator.markdown import escape, table

__all__ = ["functions"]

_ROLE = re.compile(r":\w+:`~?([^`]+)`")


def functions() -> str:
    """List what each public module of analyses offers."""
    parts = []
    for name in sorted(refgraph.__all__):
        module = getattr(refgraph, name)
        if not isinstance(module, ModuleType) or not module.__name__.startswith(_ANALYSIS):
            continue
        rows = [
            [f"`{name}.{each}({_arguments(function)})`", _first(function)]
            for each in module.__all__
            if inspect.isfunction(function := getattr(module, each))
        ]
        parts += [f"### {name}", escape(_first(module)), table(["function", "what it does"], rows)]
    return "\n\n".join(parts)


_ANALYSIS = "refgraph.analysis."


def _first(thing: object) -> str:
    """Give the first sentence of a docstring."""
    paragraph = (inspect.getdoc(thing) or "").partition("\n\n")[0]
    return _ROLE.sub(r"`\1`", " ".join(paragraph.split())).replace("``", "`").replace("|", "\\|")


def _arguments(function: object) -> str:
    """Name the arguments that must be given."""
    parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    needed = [each.name for each in parameters if each.default is each.empty]
    return ", ".join([*needed, "..."] if len(needed) < len(parameters) else needed)
