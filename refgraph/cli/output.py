"""How a command prints its table: as text, CSV, JSON or Markdown, to stdout or a file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

__all__ = ["Output", "output_options", "write_text"]

_SUFFIXES = {".txt": "table", ".csv": "csv", ".json": "json", ".md": "md"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONG = 40


@dataclass(frozen=True, slots=True)
class Output:
    """Where a table goes and in which form."""

    form: str
    path: Path | None
    everything: bool = True
    raw: bool = False

    def emit(self, table: pd.DataFrame, *, footer: str = "", total: Sequence[str] = ()) -> None:
        """Print a table, or write it to the file that was asked for.

        Parameters
        ----------
        table : DataFrame
            Printed with its columns in their order, without its index.
        footer : str
            A sentence under the text and Markdown forms.
        total : sequence of str
            Columns whose sum means something, shown under a rule in the text form.
        """
        from refgraph.report.rows import rows_of

        rows = rows_of(table)
        names = [str(name) for name in table]
        if self.form == "json":
            text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
        elif self.form == "csv":
            text = _csv(names, rows, raw=self.raw)
        else:
            from refgraph.report.tables import markdown, plain

            kept = rows if self.everything else rows[:_LONG]
            lay_out = plain if self.form == "table" else markdown
            text = lay_out(names, kept, total={name: table[name].sum() for name in total})
            if len(kept) < len(rows):
                text += f"\n{len(rows) - len(kept):,} more rows; --all shows them.\n"
            text += f"\n{footer}\n" if footer else ""
        self.write(text)

    def withhold(self, reason: str) -> None:
        """Print no rows, and on stderr why."""
        if self.form == "json":
            self.write("[]\n")
        click.echo(f"Note: {reason}", err=True)

    def write(self, text: str) -> None:
        """Print text, or write it to the file that was asked for."""
        if self.path is None:
            click.echo(text, nl=False)
        else:
            write_text(self.path, text)


def write_text(path: Path, text: str) -> None:
    """Write a file, all of it or none of it, and say so on stderr."""
    from refgraph.ledger import replacing

    try:
        with replacing(path) as stream:
            stream.write(text)
    except OSError as error:
        raise OutputError(path, error) from error
    click.echo(f"Wrote {path}", err=True)


def output_options(
    *forms: str, table: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``-O`` and ``-o``, as its ``output``.

    Parameters
    ----------
    *forms : str
        The forms it can print, the default first; all of them if not given.
    table : bool, default True
        Whether it prints a table that may be long (``--all``) or opened in a
        spreadsheet (``--raw``).
    """
    choices = forms or ("table", "csv", "json", "md")

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(
            *,
            form: str | None,
            path: Path | None,
            everything: bool = True,
            raw: bool = False,
            **rest: Any,
        ) -> None:
            chosen = form or _form_of(path, choices)
            everything = everything or path is not None
            command(output=Output(chosen, path, everything, raw), **rest)

        if table:
            run = click.option(
                "--raw", is_flag=True, help="CSV: leave cells like =1+1 as they are."
            )(run)
            run = click.option("--all", "everything", is_flag=True, help="Show every row.")(run)
        run = click.option(
            "-o",
            "--output",
            "path",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write to this file; its suffix chooses the format.",
        )(run)
        return click.option(
            "-O", "--format", "form", type=click.Choice(choices), help="How to print it."
        )(run)

    return decorate


def _form_of(path: Path | None, choices: Sequence[str]) -> str:
    if path is None:
        return choices[0]
    form = _SUFFIXES.get(path.suffix.lower())
    if form is None or form not in choices:
        known = ", ".join(suffix for suffix, form in _SUFFIXES.items() if form in choices)
        msg = f"{path.name!r} does not say which format to write; end it with one of {known}"
        raise click.BadParameter(msg, param_hint="'-o'")
    return form


def _csv(names: list[str], rows: list[dict[str, Any]], *, raw: bool) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name], raw=raw) for name in names] for row in rows)
    return stream.getvalue()


def _cell(value: Any, *, raw: bool) -> Any:
    """Guard a cell, so that a spreadsheet shows it instead of computing it."""
    text = "; ".join(value) if isinstance(value, list) else value
    if isinstance(text, str) and text.startswith(_FORMULA) and not raw:
        return f"'{text}"
    return text
