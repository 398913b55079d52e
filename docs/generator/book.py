"""The files of a book, from the schema: columns, settings, templates of messages."""

from __future__ import annotations

import re
from inspect import getdoc
from typing import TYPE_CHECKING

from generator.markdown import code, escape, table
from refgraph.reading.read_options import Settings
from refgraph.report.tending.templates import FIELDS as TEMPLATE_FIELDS
from refgraph.schema.columns import FIELDS

if TYPE_CHECKING:
    from refgraph.schema.field import Field

__all__ = ["files", "settings", "templates"]

_KINDS = {
    "text": "text",
    "day": "day",
    "whole": "whole number, 1 or more",
    "number": "number",
    "amount": "amount",
    "list": "list, with ; between",
    "flag": "yes or no",
    "maybe": "yes, no or blank",
}
_ENTRY = re.compile(r"^([\w, ]+) : (.+)\n((?:    .+\n?)+)", re.MULTILINE)


def files() -> str:
    """List the columns of each file of a book."""
    parts = []
    for name in sorted(FIELDS, key="referrals".__ne__):  # what must be there comes first
        fields = FIELDS[name]
        heads = ["column", "holds", "what it says"]
        parts += [f"### {name}.csv", table(heads, [_row(field) for field in fields])]
    return "\n\n".join(parts)


def _row(field: Field) -> list[str]:
    holds = ", ".join(map(code, field.words)) if field.words else _KINDS[field.dtype]
    if field.is_name:
        holds = "name"
    said = (field.explain or field.help or field.meaning).rstrip(".")
    said = said[:1].lower() + said[1:]
    beside = [
        "**must be filled**" if field.required else "",
        "may lie ahead" if field.ahead else "",
        "kept, not used yet" if field.unused is True else "",
        "hidden by `--incognito`" if not (field.public or field.names == "member") else "",
    ]
    if isinstance(field.unused, tuple):
        beside.append(f"{', '.join(map(code, field.unused))}: kept, not used yet")
    said = "; ".join([part for part in (escape(said), *beside) if part])
    return [code(field.name), holds, said]


def settings() -> str:
    """List what refgraph.toml may say."""
    rows = []
    for names, kind, text in _ENTRY.findall(getdoc(Settings) or ""):
        said = " ".join(text.split()).replace("``", "`")
        if kind.startswith("{"):
            words = re.findall(r"\w+", kind.partition("}")[0])
            said += f" One of {', '.join(map(code, words))}."
        rows += [[", ".join(code(_written(name, kind)) for name in names.split(", ")), said]]
    return table(["setting", "what it says"], rows)


def _written(name: str, kind: str) -> str:
    """Give a setting as it is written: some are tables of their own."""
    if kind.startswith("mapping"):
        return f"[{name}]"
    return f"[[{name}]]" if kind.startswith("tuple of tuple") else name


def templates() -> str:
    """List the templates of messages, each with its fields."""
    rows = [
        [code(f"{name}.txt"), ", ".join(code(f"{{{field}}}") for field in ("to", "me", *fields))]
        for name, fields in TEMPLATE_FIELDS.items()
    ]
    return table(["template", "fields"], rows)
