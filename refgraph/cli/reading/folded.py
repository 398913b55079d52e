"""Options that many commands share: folded in ``--help``, and shown by ``--help-all``."""

from __future__ import annotations

from typing import Any

import click

__all__ = ["FULL", "HELP_ALL", "Folded", "folded_option", "folded_options"]

#: What asks for a help with every option, and how a context remembers that.
HELP_ALL, FULL = "--help-all", "refgraph.help_all"


class Folded(click.Option):
    """An option that the help of a command only names."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give how it is written and what it does, where all options are shown."""
        return super().get_help_record(ctx) if ctx.meta.get(FULL) else None


def folded_option(*names: str, **attributes: Any) -> Any:
    """Give a command an option that its help folds."""
    return click.option(*names, cls=Folded, **attributes)


def folded_options(command: click.Command) -> str:
    """Say which options the help of a command folds, and what shows them."""
    names = [each.opts[-1] for each in command.params if isinstance(each, Folded)]
    if not names:
        return ""
    return f"Options that many commands share, explained by {HELP_ALL}: {', '.join(names)}."
