"""How a command prints its table: as text, CSV, JSON or Markdown, to stdout or a file."""

from __future__ import annotations

import shlex
import shutil
import sys
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refgraph.cli.printing.written import as_json, print_text, suffix_of, write_text
from refgraph.cli.reading.folded import folded_option
from refgraph.progress import doing
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from refgraph.book.book import Book
    from refgraph.maps.scenes.scene import Scene
    from refgraph.report.questions.question import Answer, Question
    from refgraph.report.views.grouped import Grouping

__all__ = ["PICTURE", "Output", "output_options"]

PICTURE = "picture"  # the form of a command that draws, where the suffix of -o asks for it
_PICTURES = (".png", ".svg", ".pdf")
_NO_TEXT = (*_PICTURES, ".html", ".htm", ".xlsx")
_SUFFIXES = {".txt": "table", ".csv": "csv", ".json": "json", ".md": "md"}


def _named_book() -> str:
    """Give how a command that follows this one names its book: as this one did, if it did."""
    ctx = click.get_current_context(silent=True)
    said = {} if ctx is None else ctx.params
    book = said.get("option") or said.get("book")
    return f" -b {shlex.quote(str(book))}" if book else ""


@dataclass(frozen=True, slots=True)
class Output:
    """Where a table goes and in which form."""

    form: str
    path: Path | None
    everything: bool = True
    raw: bool = False
    explain: bool = False

    @property
    def most(self) -> int | None:
        """How many rows are shown; no limit where all are, or another program reads them."""
        from refgraph.report.sections.section import LONG

        return LONG if self.form == "table" and not self.everything else None

    def emit(
        self,
        table: pd.DataFrame,
        *,
        named: str,
        footer: str = "",
        total: Sequence[str] = (),
        within: Book | None = None,
        aside: Sequence[str] = (),
        first: Sequence[str] = (),
        grouping: Grouping | None = None,
        lead: str = "",
        heads: Mapping[str, str] | None = None,
    ) -> None:
        """Print a table, or write it to the file that was asked for.

        Parameters
        ----------
        table : DataFrame
            Printed with its columns in their order, without its index.
        named : str
            Which table it is, for :mod:`refgraph.report.views.glossary`.
        footer : str
            A sentence under the text and Markdown forms.
        total : sequence of str
            Columns whose sum means something, shown under a rule in the text form.
        within : Book, optional
            Say under which conditions the profession of this book allows such a table, or what
            it withholds: under the text, or on stderr where the output is read by a program.
            Conditions stand in each object of JSON too.
        aside : sequence of str
            Columns left out of the text form, where a sentence under the row tells them.
        first : sequence of str
            Of rows that are measures, those that the text form shows without ``--all``.
        grouping : Grouping, optional
            In which groups the text and Markdown forms show the rows.
        lead : str
            A sentence over the text and Markdown forms.
        heads : mapping of str to str, optional
            What stands above a column there, where its name says too little.
        """
        from refgraph.book import professional_limits
        from refgraph.reading.files.formula_safe_csv import as_csv
        from refgraph.report.views.grouped import arranged
        from refgraph.report.views.plain_rows import rows_of, values_of
        from refgraph.report.views.text_table import escape

        terms = "" if within is None else professional_limits.conditions(within)
        beside = {"conditions": terms} if terms else {}
        if within is not None:
            terms = terms or professional_limits.withheld(within)
        names, whole, totals = [str(name) for name in table], len(table), {}
        if self.form in ("table", "md"):
            totals = {name: sum(values_of(table[name])) for name in total}
        headings: dict[int, str] = {}
        most = self.most
        if most is not None and first:
            table = table[table["measure"].isin(first)]
        if self.form in ("table", "md"):
            table, headings = arranged(table, grouping, most)
        with doing("Laying out the table"):
            rows = rows_of(table)
        told = self._explained(named, names, rows, heads) if self.explain else ""
        names = [name for name in names if self.form != "table" or name not in aside]
        if self.form in ("json", "csv"):
            objects = [row | beside for row in rows]
            text = as_json(objects) if self.form == "json" else as_csv(names, rows, raw=self.raw)
            for note in filter(None, (told, f"Note: {terms}" if terms else "")):
                click.echo(note, err=True)
        else:
            said = [line for line in (footer, terms) if line]
            change = escape if self.form == "md" else self._broken
            said = [change(line) for line in said]
            said += [told] if told else []
            lines = self._laid_out(names, rows, totals, headings, heads or {})
            text = self._page(lines, said, rows=len(rows), left=whole - len(rows))
            if lead and rows:
                apart = "\n" if self._room() is None else "\n\n"  # what is broken needs a gap
                text = f"{apart.join(map(change, lead.splitlines()))}\n\n{text}"
        self.write(text)

    def show(self, question: Question, answer: Answer, book: Book | None = None) -> None:
        """Print the answer to a question, under the conditions of the profession of the book."""
        self.emit(
            answer.table,
            named=question.name,
            footer=answer.said.replace(" -b BOOK", _named_book()),
            total=answer.total,
            within=book,
            aside=answer.aside,
            first=answer.first,
            grouping=answer.grouping,
            lead=answer.lead,
            heads=answer.heads,
        )

    def _explained(
        self,
        named: str,
        names: list[str],
        rows: list[dict[str, Any]],
        heads: Mapping[str, str] | None,
    ) -> str:
        """Say what each column means, or each measure where the rows are measures."""
        from refgraph.report.views import glossary

        measures = names[:2] == ["measure", "value"]
        shown = [*(row["measure"] for row in rows), *names[2:]] if measures else names
        heads = heads if self.form in ("table", "md") else None
        told = glossary.lines(named, shown, heads=heads)
        return f"```\n{told}\n```" if self.form == "md" else told

    def _laid_out(
        self,
        names: list[str],
        rows: list[dict[str, Any]],
        totals: dict[str, Any],
        headings: dict[int, str],
        heads: Mapping[str, str],
    ) -> str:
        """Lay the rows out for a reader."""
        from refgraph.report.views.text_table import markdown, plain

        told: dict[str, Any] = {"total": totals, "headings": headings, "heads": heads}
        if self.form == "md":
            return markdown(names, rows, **told)
        return plain(names, rows, room=self._room(), **told)

    def _page(self, text: str, said: list[str], *, rows: int, left: int) -> str:
        """Give the rows as laid out, with what is to be said under them.

        Of ``left`` rows that are left out it is said how they are shown.
        """
        more = [f"{count(left, 'more row')}; --all shows them."] if left else []
        parts = [text] if rows or not said else []
        return "\n".join([*parts, *(f"{line}\n" for line in (*more, *said))])

    def _room(self) -> int | None:
        """Give how wide the terminal is; no limit for a file or another program."""
        wide = self.path is None and self._on_terminal()
        return shutil.get_terminal_size().columns if wide else None

    def _broken(self, text: str) -> str:
        """Break a text at a terminal between words, unless a command with its book is in it."""
        from refgraph.report.views.text_table import wrap

        room = self._room()
        return text if room is None or " -b " in text else wrap(text, room=room)

    def _on_terminal(self) -> bool:
        try:
            return sys.stdout.isatty()
        except (AttributeError, ValueError):  # it is closed, which is told when it is written to
            return False

    def write(self, text: str) -> None:
        """Print text, or write it to the file that was asked for."""
        if self.path is None:
            print_text(text)
        else:
            write_text(self.path, text)

    def save(self, scene: Scene) -> None:
        """Write a picture to the file that was asked for."""
        if self.path is not None:
            scene.save(self.path)
            click.echo(f"Wrote {self.path}", err=True)
            for note in scene.notes:
                click.echo(f"Note: {note}", err=True)


def output_options(
    *forms: str, table: bool = True, long: bool = True, pictures: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``-O`` and ``-o``, as its ``output``.

    Parameters
    ----------
    *forms : str
        The forms it can print, the default first; all of them if not given.
    table : bool, default True
        Whether it prints a table that may be opened in a spreadsheet (``--raw``).
    long : bool, default True
        Whether that table may be too long for a screen (``--all``).
    pictures : bool, default False
        Whether it can also draw: a file that ends in .png, .svg or .pdf has the form PICTURE.
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
            explain: bool = False,
            **rest: Any,
        ) -> None:
            chosen = form or _form_of(path, choices, pictures=pictures)
            if form is not None and path is not None:
                _refuse_picture(form, path)
            everything = everything or path is not None
            command(output=Output(chosen, path, everything, raw, explain), **rest)

        if table:
            run = folded_option("--explain", is_flag=True, help="Say what each column means.")(run)
            run = folded_option(
                "--raw", is_flag=True, help="CSV: leave cells like =1+1 as they are."
            )(run)
        if table and long:
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


def _refuse_picture(form: str, path: Path) -> None:
    """Refuse to write text to a file that ends as a picture, a page or a workbook does.

    Raises
    ------
    UsageError
        It ends so.
    """
    if path.suffix.lower() in _NO_TEXT:
        ending = next(suffix for suffix, each in _SUFFIXES.items() if each == form)
        msg = (
            f"-O {form} writes text, and {path.name!r} ends as no text does; "
            f"end it with {ending}, or leave -O out where the command draws"
        )
        raise click.UsageError(msg)


def _form_of(path: Path | None, choices: Sequence[str], *, pictures: bool) -> str:
    if path is None:
        return choices[0]
    known = [suffix for suffix, form in _SUFFIXES.items() if form in choices]
    return _SUFFIXES.get(suffix_of(path, [*known, *_PICTURES * pictures], "-o"), PICTURE)
