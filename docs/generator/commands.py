"""Every command with all its options, from the tree of commands."""

from __future__ import annotations

import inspect
from collections import Counter
from functools import cache

import click

from generator.markdown import block, code, escape, slug, table
from refgraph.cli import main
from refgraph.cli.reading.folded import FULL
from refgraph.report.questions.registry import QUESTIONS

__all__ = ["overview", "reference", "shared_options"]

_LONGEST = 400  # characters of a first sentence, which is shown whole
_SHARED_BY = 5  # commands
Record = tuple[str, str]


def _context(name: str) -> click.Context:
    command = main.commands[name]
    context = command.make_context(f"refgraph {name}", [], resilient_parsing=True)
    context.meta[FULL] = True
    return context


@cache
def _options(name: str) -> tuple[Record, ...]:
    """Give each option as it is written, and what it does."""
    context = _context(name)
    records = [
        each.get_help_record(context)
        for each in context.command.params
        if isinstance(each, click.Option) and not each.hidden
    ]
    return tuple(record for record in records if record)


@cache
def _shared() -> dict[Record, int]:
    """Count the commands of each option that several have, with the same words."""
    counts = Counter(record for name in main.commands for record in _options(name))
    return {record: times for record, times in counts.items() if times >= _SHARED_BY}


def _rows(records: list[Record]) -> list[list[str]]:
    return [[code(written), escape(does)] for written, does in records]


def overview() -> str:
    """List every command under its heading, each with what it answers."""
    rows = []
    for section, names in main.sections.items():
        rows.append([f"**{section}**", ""])
        for name in names:
            said = main.commands[name].get_short_help_str(_LONGEST)
            rows.append([f"[{code(name)}](#{slug(name)})", escape(said)])
    return table(["command", "what it does"], rows)


def shared_options() -> str:
    """List the options that several commands have, each once."""
    order = list(dict.fromkeys(record for name in main.commands for record in _options(name)))
    shared = _shared()
    return table(["option", "what it does"], _rows([each for each in order if each in shared]))


def reference() -> str:
    """Give every command: how it is written, what it does, its options, its tables."""
    return "\n\n".join(_one(name) for names in main.sections.values() for name in names)


def _one(name: str) -> str:
    context, shared = _context(name), _shared()
    records = _options(name)
    own = [record for record in records if record not in shared]
    also = [written for written, _ in records if (written, _) in shared]
    usage = " ".join(["refgraph", name, *context.command.collect_usage_pieces(context)])
    parts = [f"### {name}", f"`{usage}`", _prose(context.command.help or "")]
    if own:
        parts.append(table(["option", "what it does"], _rows(own)))
    if also:
        names = ", ".join(code(written.split()[0].rstrip(",")) for written in also)
        parts.append(f"And of the [options that several commands have](#shared-options): {names}.")
    tables = [each for each in QUESTIONS if each == name or each.startswith(f"{name} ")]
    if tables:
        links = ", ".join(f"[{code(each)}](columns.md#{slug(each)})" for each in tables)
        parts.append(f"Columns: {links}.")
    return "\n\n".join(parts)


def _prose(text: str) -> str:
    """Give a help text: paragraphs, and what stands in lines of its own as a block."""
    parts = []
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b"):
            parts.append(block(paragraph.lstrip("\b").strip("\n")))
        else:
            parts.append(escape(" ".join(paragraph.split())))
    return "\n\n".join(parts)
